"""Settings of the connection to the shop (tab Połączenie)."""

from dataclasses import dataclass

from pomost.model.setting import setting
from pomost.model.text import Text


@dataclass(frozen=True, slots=True)
class EsklepSettings:
    """Where the shop answers and the key of this workstation (*stanowisko*): one key is one shop."""

    address: str = setting(
        Text("Adres", "Address"),
        Text("Adres, pod którym odpowiada sklep, https://...", "The address the shop answers at, https://..."),
    )
    key: str = setting(
        Text("Klucz API", "API key"),
        Text("Klucz sklepu; przechowywany zaszyfrowany.", "The shop's key; kept encrypted."),
        secret=True,
    )
    timeout: int = setting(
        Text("Czas oczekiwania (s)", "Timeout (s)"),
        Text("Na odpowiedź sklepu.", "For the shop's answer."),
        default=30,
        least=1,
        most=3600,
    )
