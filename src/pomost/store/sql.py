"""The few statements Django's ORM is too slow for: bulk upserts and keyed reads, on SQLite and PostgreSQL alike."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection

_T = TypeVar("_T")
_PIECE = 500  # SQLite takes 32,766 parameters at once, PostgreSQL 65,535: 500 keys are far below either


def pieces(items: Iterable[_T], size: int = _PIECE) -> Iterator[list[_T]]:
    """Lists of at most `size` items."""
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def bytewise() -> str:
    """The collation that orders texts by their bytes, as Python orders plain texts."""
    return "C" if connection.vendor == "postgresql" else "BINARY"


def rows(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def rows_in(statement: str, before: Sequence[Any], keys: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of `statement`, whose place `IN ({keys})` takes any number of keys, asked piece by piece."""
    for piece in pieces(keys):
        yield from rows(*_among(statement, before, piece))


def run(statement: str, parameters: Sequence[Any] = ()) -> int:
    """Execute; the number of rows touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def run_in(statement: str, before: Sequence[Any], keys: Iterable[Any]) -> None:
    """Execute `statement`, whose place `IN ({keys})` takes any number of keys, piece by piece."""
    for piece in pieces(keys):
        run(*_among(statement, before, piece))


def run_many(statement: str, parameters: Sequence[Sequence[Any]]) -> None:
    if parameters:
        with connection.cursor() as cursor:
            cursor.executemany(statement, parameters)


def _among(statement: str, before: Sequence[Any], piece: list[Any]) -> tuple[str, Sequence[Any]]:
    """PostgreSQL takes a list as one parameter: taking apart a text of 500 marks costs more than the question."""
    if connection.vendor == "postgresql":
        return statement.replace("IN ({keys})", "= ANY(%s)"), (*before, piece)
    marks = ", ".join(["%s"] * len(piece))
    return statement.format(keys=marks), (*before, *piece)
