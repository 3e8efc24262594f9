"""Tab Inne: where temporary files go, and what a channel's Info log tells and for how long."""

from dataclasses import dataclass

from pomost.model.setting import setting
from pomost.model.text import Text


@dataclass(frozen=True, slots=True)
class OtherPolicy:
    """Technical settings of a channel."""

    temp_directory: str = setting(
        Text("Inny katalog tymczasowy", "Other temporary directory"),
        Text(
            "Gdy domyślny jest niedostępny dla użytkownika; prawo zapisu sprawdza się przy zapisie ustawień.",
            "Where the default one is closed to the user; writing there is tried when the settings are saved.",
        ),
        default="",
    )
    log_products: bool = setting(
        Text("Rozszerzone logowanie towarów", "Extended log of products"),
        Text(
            "Zapisuje w logu Info ceny i stany przekazane do sklepu. Na co dzień wyłączone.",
            "Notes prices and stock given to the shop in the Info log. Off in ordinary times.",
        ),
        default=False,
    )
    log_customers: bool = setting(
        Text("Rozszerzone logowanie kontrahentów", "Extended log of customers"),
        Text(
            "Zapisuje w logu Info rozpoznanych kontrahentów; NIP tylko częściowo. Na co dzień wyłączone.",
            "Notes recognised customers in the Info log, tax numbers masked. Off in ordinary times.",
        ),
        default=False,
    )
    log_megabytes: int = setting(
        Text("Wielkość pliku logu (MB)", "Size of a log file (MB)"),
        Text("Po przekroczeniu zaczyna się następny plik.", "Beyond it the next file begins."),
        default=5,
        least=1,
        most=1000,
    )
    log_files: int = setting(
        Text("Liczba plików logu", "Number of log files"),
        Text("Starsze pliki są usuwane.", "Older files are removed."),
        default=10,
        least=1,
        most=1000,
    )
    log_days: int = setting(
        Text("Przechowywanie logu (dni)", "Days a log is kept"),
        Text("Pliki starsze niż tyle dni są usuwane.", "Files older than this are removed."),
        default=30,
        least=1,
        most=3650,
    )
