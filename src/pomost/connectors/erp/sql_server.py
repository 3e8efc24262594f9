"""ERPs on SQL Server: the settings they share, and what a failure of the database means to people."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pomost.model.setting import setting
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.transport.sql import ENCRYPTIONS, SqlAddress, SqlFailure, encryption_kept


class Driver(StrEnum):
    """How SQL Server is spoken to; `sqlite` opens a file, as the sandbox makes them."""

    MSSQL_PYTHON = "mssql-python"
    PYTHON_TDS = "python-tds"
    SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class SqlServerSettings:
    """Where a company's database is and how to log in to it; an ERP adds what is its own."""

    database: str = setting(
        Text("Baza podmiotu", "Company database"),
        Text("Nazwa bazy na serwerze SQL (dla sterownika sqlite: plik).", "Its name on the server (sqlite: a file)."),
    )
    server: str = setting(
        Text("Serwer", "Server"),
        Text("Np. KOMPUTER\\INSERTGT.", "E.g. COMPUTER\\INSERTGT."),
        default="",
    )
    login: str = setting(
        Text("Login SQL", "SQL login"),
        Text("Puste: logowanie Windows. Wystarczy prawo odczytu.", "Blank: Windows login. Reading rights suffice."),
        default="",
    )
    password: str = setting(
        Text("Hasło SQL", "SQL password"),
        Text("Przechowywane zaszyfrowane.", "Kept encrypted."),
        default="",
        secret=True,
    )
    driver: Driver = setting(
        Text("Sterownik", "Driver"),
        Text(
            "mssql-python (zalecany), python-tds (stare serwery), sqlite (piaskownica).",
            "mssql-python (recommended), python-tds (old servers), sqlite (sandbox).",
        ),
        default=Driver.MSSQL_PYTHON,
    )
    encryption: str = setting(
        Text("Szyfrowanie", "Encryption"),
        Text(
            "yes, no albo strict. python-tds łączy się tylko bez szyfrowania: no.",
            "yes, no or strict. python-tds connects without encryption only: no.",
        ),
        default="yes",
    )
    trust_certificate: bool = setting(
        Text("Ufaj certyfikatowi serwera", "Trust the server's certificate"),
        Text("Dla serwera w tej samej sieci bez certyfikatu urzędu.", "For a server without a signed certificate."),
        default=False,
    )
    timeout: int = setting(
        Text("Czas oczekiwania na bazę (s)", "Timeout for the database (s)"),
        Text("Na połączenie z serwerem.", "For connecting to the server."),
        default=30,
        least=1,
        most=3600,
    )

    def address(self, *, server: str | None = None, database: str | None = None, schema: str = "") -> SqlAddress:
        """The database of these settings, or another one reached with the same login."""
        return SqlAddress(
            driver=self.driver,
            server=self.server if server is None else server,
            database=self.database if database is None else database,
            login=self.login,
            password=self.password,
            encryption=self.encryption,
            trust_certificate=self.trust_certificate,
            timeout=self.timeout,
            schema=schema,
        )


_UNENCRYPTED = Text(
    "Sterownik python-tds nie szyfruje połączenia: przy szyfrowaniu „{word}” hasło SQL szłoby jawnie.",
    "The driver python-tds does not encrypt: with encryption “{word}” the SQL password would travel in clear.",
)
_UNKNOWN_WORD = Text("Szyfrowanie „{word}” nie jest jednym z: {words}.", "Encryption “{word}” is none of: {words}.")


def unfit_connection(settings: SqlServerSettings) -> Iterator[tuple[str, Text]]:
    """An encryption nobody knows, or one this driver would leave out without a word."""
    if not encryption_kept(settings.driver, settings.encryption):
        yield "encryption", _no_encryption(settings.encryption)


def _no_encryption(word: str) -> Text:
    if word in ENCRYPTIONS:
        return _UNENCRYPTED.fill(word=word)
    return _UNKNOWN_WORD.fill(word=word, words=", ".join(ENCRYPTIONS))


def fault_of(failure: SqlFailure, settings: SqlServerSettings, program: str) -> Fault:  # noqa: PLR0911  (one return per kind)
    """The fault behind a driver's complaint; `program`: whose database it should be, e.g. Subiekt GT."""
    place = {"server": settings.server or "-", "database": settings.database, "detail": failure.detail[:200]}
    match failure.kind:
        case "encryption":
            return Refused(
                _no_encryption(failure.detail),
                Text(
                    "Wybierz sterownik mssql-python, albo wpisz szyfrowanie „no”, jeśli sieć do serwera jest zaufana.",
                    "Choose the driver mssql-python, or encryption “no” where the network to the server is trusted.",
                ),
            )
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
                    "Sprawdź, czy to baza firmy programu {program}; jeśli tak, zgłoś jego wersję.",
                    "Check that this is a company database of {program}; if so, report its version.",
                ).fill(program=program),
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
