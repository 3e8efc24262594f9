"""Which language to speak, and words the command line says in both."""

import locale
import os
from datetime import datetime

from pomost.model.text import Language, Text


def language() -> Language:
    """POMOST_LANG if set, else the locale: Polish where it says so, English everywhere else."""
    asked = os.environ.get("POMOST_LANG", "")
    if asked:
        return "pl" if asked.casefold().startswith("pl") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "pl" if os.environ[name].casefold().startswith("pl") else "en"
    return "pl" if (locale.getlocale()[0] or "").casefold().startswith(("pl", "polish")) else "en"


def say(pl: str, en: str, **facts: object) -> str:
    """A sentence in the user's language."""
    return Text(pl, en).fill(**facts).into(language())


def moment(at: datetime | None) -> str:
    """Local date and time, to the second."""
    return "" if at is None else at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def number(count: int) -> str:
    """A whole number with its thousands apart: 12 345."""
    return f"{count:,}".replace(",", "\u00a0")


STATES = {
    "planning": Text("planowanie", "planning"),
    "planned": Text("podgląd", "preview"),
    "applying": Text("wysyłanie", "sending"),
    "waiting": Text("czeka na zatwierdzenie", "waiting for approval"),
    "done": Text("zakończona", "done"),
    "broken": Text("przerwana", "broken off"),
    "superseded": Text("zastąpiona", "superseded"),
}
KINDS = {
    "publish": Text("wystawienie", "publish"),
    "amend": Text("aktualizacja", "amend"),
    "stock": Text("stan", "stock"),
    "withdraw": Text("wycofanie", "withdraw"),
}
PARTS = {"card": Text("towary", "goods"), "price": Text("ceny", "prices"), "stock": Text("stany", "stock")}
FIELDS = {
    "sku": Text("symbol", "symbol"),
    "unit": Text("jednostka", "unit"),
    "price": Text("cena", "price"),
    "vat": Text("VAT", "VAT"),
    "min_quantity": Text("minimalna ilość", "minimum quantity"),
    "quantity": Text("stan", "stock"),
    "visible": Text("widoczny", "visible"),
    "status": Text("status", "status"),
}
VALUES = {
    "active": Text("w ofercie", "on offer"),
    "withdrawn": Text("wycofany", "withdrawn"),
    "True": Text("tak", "yes"),
    "False": Text("nie", "no"),
}


def word(words: dict[str, Text], name: str) -> str:
    """A term of one of the tables above; unknown names stand for themselves. `quantity@KRA` keeps its branch."""
    bare, _, branch = name.partition("@")
    text = words[bare].into(language()) if bare in words else bare
    return f"{text} {branch}".strip()
