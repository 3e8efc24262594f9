"""Single values of an Optima database: decimals, moments, texts, languages."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pomost.model.offer import PriceKind
from pomost.model.reason import Finding, Reason
from pomost.model.text import cleaned

Row = Sequence[Any]
Groups = tuple[tuple[Row, ...], ...]
"""What hangs on a leading row: for each statement beside it its rows, whose first column is the key again."""

OPEN_FROM, OPEN_TO = date(1900, 1, 1), date(2999, 12, 31)
"""What Optima writes where an interval has no beginning and no end."""
OWN_LANGUAGE = 1
"""The language a row gets unless somebody chooses one (default of every *_JezykID)."""
SIDES = {1: PriceKind.NET, 2: PriceKind.GROSS}
"""TwC_Typ, DfC_Typ."""


def decimal(value: Any, places: int) -> Decimal:
    """A decimal of the database. The sandbox's file gives the nearest binary fraction of it."""
    return _exact(value, places)


@lru_cache(maxsize=8192)  # the same few prices and quantities come again and again
def _exact(value: Any, places: int) -> Decimal:
    return Decimal(0) if value is None else Decimal(str(value)).quantize(Decimal(1).scaleb(-places))


def some(value: Any, places: int) -> Decimal | None:
    """A decimal, None where the field was left at nought."""
    return decimal(value, places) or None


def text(value: Any) -> str:
    """One line of text as it may leave for the shop."""
    return cleaned(str(value or "")).strip()


def prose(value: Any) -> str:
    """The same of a text that may have lines."""
    return cleaned(str(value or ""), lines=True).strip()


def as_kept(value: Any) -> str:
    """A text that names something outside, such as a path: sign for sign as the database has it."""
    return str(value or "").strip()


def code(value: Any) -> str:
    """A number that stands for something, "" for nought."""
    return str(value) if value else ""


def key(value: Any) -> int | None:
    """The id of something else; Optima writes nought or nothing where there is none."""
    return int(value) if value else None


def moment(value: Any) -> datetime | None:
    """A moment by the company's clock, as the driver gives it; a file keeps texts."""
    if value is None or isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value))


def day(value: Any) -> date | None:
    """A day, None where the interval is open on that side."""
    found = moment(value)
    return None if found is None or found.date() in {OPEN_FROM, OPEN_TO} else found.date()


def utc(value: Any, zone: ZoneInfo) -> datetime | None:
    """A moment of the company's clock as UTC."""
    found = moment(value)
    return None if found is None else found.replace(tzinfo=zone).astimezone(UTC)


class Languages:
    """The numbers of Optima's languages and what the shop calls them."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {number.strip(): name.strip() for number, name in names.items()}
        self.own = self.named(OWN_LANGUAGE) or "pl"

    def named(self, number: Any) -> str | None:
        """The shop's name of a language, None for one the settings do not know."""
        return self._names.get(str(number)) or None

    def of_thing(self, number: Any) -> str | None:
        """Of something that has a language only where somebody chose one: None is every language."""
        return None if number in {None, 0, OWN_LANGUAGE} else self.named(number)


def unknown_language(number: Any) -> Finding:
    return Finding.of(Reason.TEXT_LANGUAGE_UNKNOWN, language=number)
