"""Decimal columns that stay exact in SQLite too, for every sandbox that plays a database."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Numeric

Converter = Callable[[Any], Any]


class Exact(Numeric[Decimal]):
    """`decimal(precision, scale)`, exact on the way in and out.

    SQLite has no decimals. Its column gets the affinity NUMERIC, values travel to it as text (`'0.8333'`) and are kept
    as an integer or as the nearest binary number, so that sums and comparisons in SQL work as on a real server. Up to
    fifteen digits come back exactly, because the answer is rounded to the column's places.
    """

    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale, asdecimal=True)

    def bind_processor(self, dialect: Dialect) -> Converter | None:
        if dialect.name != "sqlite":
            inherited: Converter | None = super().bind_processor(dialect)  # type: ignore[no-untyped-call]
            return inherited
        return lambda value: None if value is None else format(Decimal(value), "f")

    def result_processor(self, dialect: Dialect, coltype: object) -> Converter | None:
        if dialect.name != "sqlite":
            inherited: Converter | None = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
            return inherited
        places = self.scale
        return lambda value: None if value is None else Decimal(f"{value:.{places}f}")
