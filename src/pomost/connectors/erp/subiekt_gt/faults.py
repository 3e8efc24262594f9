"""What a database failure means to the user of Subiekt GT, and what to do about it."""

from pomost.connectors.erp.subiekt_gt.settings import SubiektSettings
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.transport.sql import SqlFailure


def fault_of(failure: SqlFailure, settings: SubiektSettings) -> Fault:  # noqa: PLR0911  (one return per kind)
    """The fault behind a driver's complaint."""
    place = {"server": settings.server or "-", "database": settings.database, "detail": failure.detail[:200]}
    match failure.kind:
        case "driver":
            return Refused(
                Text("Brak sterownika {detail}.", "Driver {detail} is not installed.").fill(**place),
                Text(
                    "Zainstaluj dodatek: pip install pomost[mssql] (lub pomost[tds]) albo wybierz inny sterownik.",
                    "Install the extra: pip install pomost[mssql] (or pomost[tds]), or choose another driver.",
                ),
            )
        case "login":
            return Refused(
                Text(
                    "Serwer {server} odrzucił login lub hasło SQL.",
                    "Server {server} refused the SQL login or password.",
                ).fill(**place),
                Text("Popraw login i hasło w zakładce Połączenie.", "Correct login and password under Connection."),
            )
        case "database":
            return Refused(
                Text(
                    "Nie można otworzyć bazy {database} na serwerze {server}.",
                    "Database {database} on server {server} cannot be opened.",
                ).fill(**place),
                Text(
                    "Sprawdź nazwę bazy i prawo odczytu dla tego loginu.",
                    "Check the database's name and the login's right to read it.",
                ),
            )
        case "table" | "column":
            return Refused(
                Text(
                    "Baza {database} nie ma oczekiwanej tabeli lub kolumny: {detail}",
                    "Database {database} lacks a table or column: {detail}",
                ).fill(**place),
                Text(
                    "Sprawdź, czy to baza podmiotu Subiekta GT; jeśli tak, zgłoś jego wersję.",
                    "Check that this is a Subiekt GT company database; if so, report its version.",
                ),
            )
        case "locked":
            return Unavailable(
                Text(
                    "Baza {database} jest chwilowo zajęta przez innych użytkowników.",
                    "Database {database} is busy with other users just now.",
                ).fill(**place),
                Text("Spróbuj ponownie za chwilę.", "Try again in a moment."),
            )
        case "unreachable":
            return Unavailable(
                Text("Serwer {server} nie odpowiada: {detail}", "Server {server} does not answer: {detail}").fill(
                    **place
                ),
                Text(
                    "Sprawdź nazwę serwera, sieć i czy usługa SQL Server działa.",
                    "Check the server's name, the network, and that SQL Server is running.",
                ),
            )
        case _:
            return Unavailable(
                Text("Odczyt bazy {database} przerwano: {detail}", "Reading {database} broke off: {detail}").fill(
                    **place
                ),
                Text("Spróbuj ponownie; jeśli się powtarza, zgłoś treść.", "Try again; if it recurs, report the text."),
            )
