"""Kinds of arguments: what a member accepts, checked strictly, because COM's own conversions hide mistakes."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from pomost.sandbox.sfera.errors import Refusal

Kind = Callable[[Any], Any]
"""Gives the accepted value, or raises `Refusal` with a type mismatch or an overflow."""

INT_LIMIT = 1 << 31
CURRENCY_LIMIT = Decimal("922337203685477.5807")
PLACES = Decimal("0.0001")


def _mismatch() -> Refusal:
    return Refusal("type_mismatch")


def whole(value: Any) -> int:
    """A 32-bit integer; a bool is none."""
    if type(value) is not int:
        raise _mismatch()
    if not -INT_LIMIT <= value < INT_LIMIT:
        raise Refusal("overflow")
    return value


def text(value: Any) -> str:
    if type(value) is not str:
        raise _mismatch()
    return value


def bit(value: Any) -> bool:
    if type(value) is not bool:
        raise _mismatch()
    return value


def money(value: Any) -> Decimal:
    """A currency value with at most four decimals; an integer is taken, a binary fraction is not."""
    if type(value) is int:
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise _mismatch()
    if abs(value) > CURRENCY_LIMIT:
        raise Refusal("overflow")
    if value != value.quantize(PLACES):
        raise _mismatch()
    return value


def moment(value: Any) -> datetime:
    """A date with time; of a time zone only the clock on the wall is kept, as in COM's own dates."""
    if not isinstance(value, datetime):
        raise _mismatch()
    return value.replace(tzinfo=None)


def key(value: Any) -> int | str:
    """An id, or a text such as a symbol or a number."""
    if type(value) is str:
        return value
    return whole(value)


def anything(value: Any) -> Any:
    """A variant of the plain kinds, or an object of the program."""
    return value
