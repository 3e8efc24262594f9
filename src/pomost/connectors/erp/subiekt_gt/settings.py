"""Settings of the Subiekt GT connection (tab Połączenie)."""

from dataclasses import dataclass

from pomost.connectors.erp.sql_server import Driver, SqlServerSettings
from pomost.model.setting import ChoiceKind, setting
from pomost.model.text import Text

__all__ = ["Driver", "SubiektSettings"]


@dataclass(frozen=True, slots=True)
class SubiektSettings(SqlServerSettings):
    """Where the company's database is, how to log in to it, and how Sfera is started."""

    sfera_operator: str = setting(
        Text("Operator Sfery", "Sfera operator"),
        Text(
            "Imię i nazwisko jak w oknie logowania Subiekta. Puste: zamówienia nie są zapisywane.",
            "The name as in Subiekt's login window. Blank: no orders are registered.",
        ),
        default="",
        choice=ChoiceKind.OPERATORS,
    )
    sfera_operator_password: str = setting(
        Text("Hasło operatora Sfery", "Sfera operator's password"),
        Text("Przechowywane zaszyfrowane.", "Kept encrypted."),
        default="",
        secret=True,
    )
    sfera_sql_login: str = setting(
        Text("Login SQL dla Sfery", "Sfera's SQL login"),
        Text(
            "Login, którym łączy się sam Subiekt (np. sa): Sfera zapisuje dokumenty, więc prawo odczytu jej nie "
            "wystarczy. Puste: ten sam, którym Pomost czyta.",
            "The login Subiekt itself connects with (e.g. sa): Sfera writes documents, so reading rights are not "
            "enough. Blank: the one Pomost reads with.",
        ),
        default="",
    )
    sfera_sql_password: str = setting(
        Text("Hasło SQL dla Sfery", "Sfera's SQL password"),
        Text("Przechowywane zaszyfrowane.", "Kept encrypted."),
        default="",
        secret=True,
    )
    sfera_python: str = setting(
        Text("32-bitowy Python dla Sfery", "32-bit Python for Sfera"),
        Text(
            "Plik python.exe z pakietem pywin32; Sfera działa tylko w programach 32-bitowych. Puste: ten sam Python.",
            "A python.exe with the pywin32 package; Sfera works in 32-bit programs only. Blank: this very Python.",
        ),
        default="",
    )
    sfera_start_seconds: int = setting(
        Text("Czas na uruchomienie Sfery (s)", "Time for starting Sfera (s)"),
        Text("Pierwsze uruchomienie Subiekta bywa długie.", "Subiekt's first start may take long."),
        default=600,
        least=5,
        most=3600,
    )
    sfera_call_seconds: int = setting(
        Text("Czas na zapis jednego zamówienia (s)", "Time for registering one order (s)"),
        Text(
            "Po tym czasie Pomost uznaje, że Subiekt czeka na odpowiedź w oknie, i kończy własny jego proces.",
            "After it Pomost takes it that Subiekt waits in a window, and ends its own Subiekt process.",
        ),
        default=120,
        least=1,
        most=3600,
    )
    sfera_lock_tries: int = setting(
        Text("Próby przy zablokowanym rekordzie", "Tries at a locked record"),
        Text("Gdy ktoś edytuje tego kontrahenta lub dokument.", "While somebody edits that customer or document."),
        default=6,
        least=1,
        most=100,
    )
    sfera_lock_pause: int = setting(
        Text("Przerwa między próbami (s)", "Pause between tries (s)"),
        Text("Przy zablokowanym rekordzie.", "At a locked record."),
        default=10,
        least=0,
        most=600,
    )
    sfera_idle_seconds: int = setting(
        Text("Zwolnij licencję po bezczynności (s)", "Give back the licence when idle (s)"),
        Text("Sfera zajmuje stanowisko Subiekta; oddaje je po tylu sekundach.", "Sfera takes one seat of Subiekt."),
        default=60,
        least=1,
        most=3600,
    )
