"""Which language to speak, and how the command line says a sentence, a moment and a number."""

import locale
import os
from collections.abc import Mapping
from datetime import datetime

from pomost.model.text import Language, Text
from pomost.model.words import called, valued


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


def word(words: Mapping[str, Text], name: str) -> str:
    """A term of one of the tables of `model.words`; unknown names stand for themselves."""
    return called(words, name).into(language())


def value(text: str) -> str:
    """A value of a field: what the tables of `model.words` say of it, else the value itself."""
    return valued(text).into(language())
