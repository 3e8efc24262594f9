"""Settings of the connection to Comarch ERP Optima (tab Połączenie)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pomost.connectors.erp.sql_server import Driver, SqlServerSettings, unfit_connection
from pomost.model.setting import ChoiceKind, setting
from pomost.model.text import Text
from pomost.transport.disk import is_folder

__all__ = ["Driver", "OptimaSettings", "StockSent", "unfit"]


class StockSent(StrEnum):
    """Which quantity the shop is sent."""

    CONFIGURED = "configured"
    ON_HAND = "on-hand"
    AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class OptimaSettings(SqlServerSettings):
    """Where the company's database is, and which of its shops this channel serves."""

    database: str = setting(
        Text("Baza firmowa", "Company database"),
        Text(
            "Np. CDN_Firma (sterownik sqlite: plik). Puste, gdy podano bazę konfiguracyjną i firmę.",
            "E.g. CDN_Firma (sqlite: a file). Blank where the configuration database and the company are given.",
        ),
        default="",
    )
    server: str = setting(Text("Serwer", "Server"), Text("Np. SERWER\\OPTIMA.", "E.g. SERVER\\OPTIMA."), default="")
    configuration: str = setting(
        Text("Baza konfiguracyjna", "Configuration database"),
        Text(
            "Np. CDN_KNF_Konfiguracja. Puste: ta, którą wskazuje baza firmowa.",
            "E.g. CDN_KNF_Konfiguracja. Blank: the one the company database names.",
        ),
        default="",
    )
    company: str = setting(
        Text("Firma w Optimie", "Company in Optima"),
        Text(
            "Nazwa z listy firm Optimy; potrzebna, gdy nie podano bazy firmowej.",
            "Its name in Optima's list of companies; needed where no company database is given.",
        ),
        default="",
        choice=ChoiceKind.COMPANIES,
    )
    station: str = setting(
        Text("Stanowisko e-Sklepu", "Shop configuration"),
        Text(
            "Z konfiguracji stanowiska e-Sklep w Optimie. Puste: jedyne aktywne.",
            "Of Optima's shop configurations. Blank: the only active one.",
        ),
        default="",
        choice=ChoiceKind.STATIONS,
    )
    stock_sent: StockSent = setting(
        Text("Wysyłany stan", "Stock sent"),
        Text(
            "Zwykle tak, jak mówi konfiguracja stanowiska w Optimie.",
            "Usually as the shop's configuration in Optima says.",
        ),
        default=StockSent.CONFIGURED,
        options={
            StockSent.CONFIGURED: Text("jak w konfiguracji stanowiska", "as the shop's configuration says"),
            StockSent.ON_HAND: Text("stan", "what lies there"),
            StockSent.AVAILABLE: Text("stan minus obie rezerwacje", "less both reservations"),
        },
    )
    languages: Mapping[str, str] = setting(
        Text("Języki", "Languages"),
        Text(
            "Numer języka w Optimie = język w sklepie, np. 2 = en.",
            "Number of a language in Optima = language in the shop, e.g. 2 = en.",
        ),
        factory=lambda: {"1": "pl", "2": "en", "3": "de"},
    )
    file_folders: tuple[str, ...] = setting(
        Text("Foldery z plikami", "Folders of files"),
        Text(
            "Pełne ścieżki folderów, np. D:\\Zdjecia albo \\\\SERWER\\zdjecia. Pliki, które Optima trzyma na dysku, a "
            "nie w bazie, są czytane tylko z nich i z ich podfolderów. Puste: z żadnych.",
            "Full paths of folders, e.g. D:\\Pictures or \\\\SERVER\\pictures. Files that Optima keeps on a disk and "
            "not in its database are read from these and below only. Blank: from none.",
        ),
        factory=tuple,
    )
    time_zone: str = setting(
        Text("Strefa czasowa", "Time zone"),
        Text("Zegar firmy: które stany są dzisiejsze.", "The company's clock: which stock is today's."),
        default="Europe/Warsaw",
    )


def unfit(settings: OptimaSettings) -> Iterator[tuple[str, Text]]:
    """What is wrong with the connection, and texts that name no folder."""
    yield from unfit_connection(settings)
    for folder in settings.file_folders:
        if not is_folder(folder):
            text = Text(
                "„{folder}” nie jest pełną ścieżką folderu (cały dysk nie może nim być)",
                "“{folder}” is not the full path of a folder (a whole disk is none)",
            )
            yield "file_folders", text.fill(folder=folder)
