"""Finding a company: its database through the configuration database, the shop it serves, what its version has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path, PureWindowsPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pomost.connectors.erp.optima.settings import Driver, OptimaSettings, StockSent
from pomost.connectors.erp.optima.sql import lists, tables
from pomost.connectors.erp.optima.sql.tables import Extras
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.transport.disk import Folders
from pomost.transport.sql import SqlReader

_CONFIGURATION_SERVER, _CONFIGURATION_DATABASE = 1001, 1002  # SystemCDN.SYS_ID
_ON_HAND = 1  # ESS_ExpZasoby: assumed; anything else is taken as available, which promises nobody's goods twice

Clock = Callable[[ZoneInfo], datetime]


@dataclass(frozen=True, slots=True)
class Station:
    """One shop as the company's configuration of it says (konfiguracja stanowiska e-Sklep).

    `root`: number of the group its tree hangs on. `everywhere`: stock of all warehouses in use is sent.
    `busy`: Optima's own exchange holds it, or broke off.
    """

    id: int
    name: str
    active: bool
    root: int
    on_hand: bool
    everywhere: bool
    currency: str
    busy: bool


class Company:
    """One company's databases, opened for reading when something is first asked for."""

    def __init__(self, settings: OptimaSettings, clock: Clock = datetime.now) -> None:
        self.settings = settings
        self._clock = clock
        self._reader: SqlReader | None = None
        self._configuration: SqlReader | None = None
        self._station: Station | None = None
        self._extras: Extras | None = None
        self.folders = Folders(settings.file_folders)

    @property
    def reader(self) -> SqlReader:
        if self._reader is None:
            settings = self.settings
            server, database = settings.server, settings.database
            if not database:
                server, database = self._looked_up()
            self._reader = SqlReader(settings.address(server=server, database=database, schema=tables.SCHEMA))
        return self._reader

    @property
    def configuration(self) -> SqlReader:
        """The configuration database: the one of the settings, else the one the company names."""
        if self._configuration is None:
            server, database = self.settings.server, self.settings.configuration
            if not database:
                system = dict(self.reader.rows(lists.system()))
                server = str(system.get(_CONFIGURATION_SERVER) or "").strip() or server
                database = str(system.get(_CONFIGURATION_DATABASE) or "").strip()
                if self.settings.driver is Driver.SQLITE:
                    database = _file_beside(self.settings.database, database)
            self._configuration = self._beside(server, database)
        return self._configuration

    @property
    def extras(self) -> Extras:
        """Which optional tables and columns there are, probed once."""
        if self._extras is None:
            self._extras = Extras(
                **{
                    name: all({*tables.names_of(one)} <= self.reader.columns(one.name) for one in needed)
                    for name, needed in tables.OPTIONAL.items()
                }
            )
        return self._extras

    @property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.settings.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise Refused(
                Text("Nieznana strefa czasowa „{zone}”.", "Unknown time zone “{zone}”.").fill(
                    zone=self.settings.time_zone
                ),
                Text("Wpisz np. Europe/Warsaw.", "Type e.g. Europe/Warsaw."),
            ) from error

    @property
    def station(self) -> Station:
        """The shop this channel serves. Raises Refused where the company has none, or several to choose from."""
        if self._station is None:
            self._station = self._chosen(self.stations())
        return self._station

    def stations(self) -> list[Station]:
        return [_station(row) for row in self.reader.rows(lists.stations())]

    def companies(self) -> list[tuple[str, str, bool]]:
        """Name, database and whether it is in use, of every company of the configuration database."""
        return [
            (str(name), str(database or ""), not inactive)
            for name, database, _, inactive in self.configuration.rows(lists.companies())
        ]

    def today(self) -> date:
        return self._clock(self.zone).date()

    def midnight(self) -> datetime:
        """The end of today by the company's clock, as its database writes moments: without a zone."""
        return datetime.combine(self.today() + timedelta(days=1), time())

    def on_hand(self) -> bool:
        """Whether the shop is sent what lies there, rather than that minus reservations."""
        chosen = self.settings.stock_sent
        return self.station.on_hand if chosen == StockSent.CONFIGURED else chosen == StockSent.ON_HAND

    def warehouses(self) -> list[int]:
        """Ids of the warehouses whose stock the shop is sent, the default one first; closed ones are left out."""
        if self.station.everywhere:
            return [int(row[0]) for row in self.reader.rows(lists.warehouses())]
        rows = self.reader.rows(lists.shop_warehouses(self.station.id))
        return [int(key) for key, _, closed in rows if not closed]

    def close(self) -> None:
        for one in (self._reader, self._configuration):
            if one is not None:
                one.close()

    def _beside(self, server: str, database: str) -> SqlReader:
        """Another database of the same server; with files, one in the same folder."""
        if self.settings.driver is Driver.SQLITE:
            place = Path(database)
            if place.suffix != ".db":
                place = Path(self.settings.database).parent / f"{database}.db"
            database = str(place)
        return SqlReader(self.settings.address(server=server, database=database, schema=tables.SCHEMA))

    def _looked_up(self) -> tuple[str, str]:
        """Server and database of the company the settings name, from the configuration's list."""
        settings = self.settings
        if not settings.configuration or not settings.company:
            raise Refused(
                Text("Nie podano bazy firmowej.", "No company database is given."),
                Text(
                    "Wpisz nazwę bazy firmowej albo bazę konfiguracyjną i nazwę firmy.",
                    "Type the company database, or the configuration database and the company's name.",
                ),
            )
        rows = self.configuration.rows(lists.companies())
        for name, database, server, _ in rows:
            if str(name).strip() == settings.company.strip():
                if settings.driver is Driver.SQLITE:
                    return "", _file_beside(settings.configuration, str(database))
                return str(server or settings.server), str(database)
        raise Refused(
            Text(
                "W bazie konfiguracyjnej nie ma firmy „{company}” (są: {names}).",
                "The configuration database has no company “{company}” (it has: {names}).",
            ).fill(company=settings.company, names=", ".join(str(row[0]) for row in rows) or "-"),
            Text("Wpisz nazwę tak, jak na liście firm Optimy.", "Type the name as Optima's list of companies has it."),
        )

    def _chosen(self, found: list[Station]) -> Station:
        wanted = self.settings.station.strip()
        active = [one for one in found if one.active]
        listed = ", ".join(f"{one.id} ({one.name})" for one in active) or "-"
        if wanted:
            for one in found:
                if str(one.id) == wanted and one.active:
                    return one
            raise Refused(
                Text(
                    "Firma nie ma aktywnego stanowiska e-Sklep nr {wanted} (aktywne: {listed}).",
                    "The company has no active shop configuration no. {wanted} (active: {listed}).",
                ).fill(wanted=wanted, listed=listed),
                Text(
                    "Wybierz stanowisko z listy albo włącz je w konfiguracji Optimy.",
                    "Choose one of the list, or switch it on in Optima's configuration.",
                ),
            )
        if not active:
            raise Refused(
                Text(
                    "Firma nie ma w Optimie konfiguracji stanowiska e-Sklep.",
                    "The company has no shop configured in Optima.",
                ),
                Text(
                    "Skonfiguruj e-Sklep w Optimie (Konfiguracja / Stanowisko / e-Sklep), potem spróbuj ponownie.",
                    "Configure the shop in Optima (Configuration / Workstation / e-Sklep), then try again.",
                ),
            )
        if len(active) > 1:
            raise Refused(
                Text(
                    "Firma ma kilka stanowisk e-Sklep: {listed}.", "The company has several shops configured: {listed}."
                ).fill(listed=listed),
                Text(
                    "Wybierz w ustawieniach, którego dotyczy kanał.",
                    "Choose in the settings which one the channel serves.",
                ),
            )
        return active[0]


def _station(row: Any) -> Station:
    key, name, inactive, root, stock, total, currency, state = row
    return Station(
        id=int(key),
        name=str(name or "").strip(),
        active=not inactive,
        root=int(root or 0),
        on_hand=stock == _ON_HAND,
        everywhere=bool(total),
        currency=str(currency or "").strip() or "PLN",
        busy=bool(state),
    )


def _file_beside(known: str, name: str) -> str:
    """The file of a database that a table names, in the folder of one we know: a path in the name leads nowhere."""
    return str(Path(known).parent / f"{PureWindowsPath(name).name.removesuffix('.db')}.db")


def missing(reader: SqlReader, wanted: tuple[Any, ...]) -> Iterator[str]:
    """Tables and columns a database lacks, of those that cannot be done without."""
    for table in wanted:
        columns = {*tables.names_of(table)}
        there = reader.columns(table.name)
        if not there:
            yield str(table.name)
        else:
            yield from (f"{table.name}.{name}" for name in sorted(columns - there))
