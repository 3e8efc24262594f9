"""Settings of the M/store connection (tab Połączenie)."""

from dataclasses import dataclass

from pomost.model.setting import setting
from pomost.model.text import Text


@dataclass(frozen=True, slots=True)
class MstoreSettings:
    """Where M/store's API is and the distributor's key.

    The manual says to paste the key into the field "Adres", so one pasted text may hold both (`shop.addresses`).
    """

    address: str = setting(
        Text("Adres", "Address"),
        Text(
            "Adres API M/store albo cały otrzymany tekst z kluczem.",
            "Address of the M/store API, or the whole text received, key included.",
        ),
    )
    key: str = setting(
        Text("Klucz API", "API key"),
        Text("Klucz otrzymany od M/store; przechowywany zaszyfrowany.", "The key from M/store; kept encrypted."),
        default="",
        secret=True,
    )
    timeout: int = setting(
        Text("Czas oczekiwania (s)", "Timeout (s)"),
        Text("Na odpowiedź sklepu.", "For the shop's answer."),
        default=30,
        least=1,
        most=3600,
    )
