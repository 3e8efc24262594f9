"""Settings of the Subiekt GT connection (tab Połączenie)."""

from dataclasses import dataclass
from enum import StrEnum

from pomost.model.setting import setting
from pomost.model.text import Text


class Driver(StrEnum):
    """How SQL Server is spoken to; `sqlite` opens a file, as the sandbox makes them."""

    MSSQL_PYTHON = "mssql-python"
    PYTHON_TDS = "python-tds"
    SQLITE = "sqlite"


@dataclass(frozen=True, slots=True)
class SubiektSettings:
    """Where the company's database is and how to log in to it."""

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
        Text("yes, no albo strict.", "yes, no or strict."),
        default="yes",
    )
    trust_certificate: bool = setting(
        Text("Ufaj certyfikatowi serwera", "Trust the server's certificate"),
        Text("Dla serwera w tej samej sieci bez certyfikatu urzędu.", "For a server without a signed certificate."),
        default=False,
    )
    timeout: int = setting(
        Text("Czas oczekiwania (s)", "Timeout (s)"),
        Text("Na połączenie z serwerem.", "For connecting to the server."),
        default=30,
        least=1,
        most=3600,
    )
