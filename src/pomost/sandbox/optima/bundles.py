"""Promotional sets: a main product with others, cheaper together."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pomost.sandbox.optima import tables_extras as extras
from pomost.sandbox.optima.books import Books, Row
from pomost.sandbox.optima.columns import LONG_AGO

NO_REDUCTION, PERCENT, AMOUNT, FIXED_PRICE = 0, 1, 2, 3
"""Kinds of a reduction inside a set (`ZTw_TypRabatu`, `ZTS_TypRabatu`); the values are assumed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A component of a set with its own reduction, a per cent unless another kind is named."""

    product: str | None
    """Code; None is a product that was deleted."""
    quantity: str = "1"
    reduction: str = "0"
    kind: int = PERCENT
    unit: str = "szt"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A promotional set; the main product is not repeated among the parts."""

    code: str
    main: str | None
    parts: tuple[Part, ...]
    percent: str = "0"
    name: str = ""
    since: str = ""
    until: str = ""
    hours: tuple[str, str] | None = None
    in_shop: bool = True
    kind: int = PERCENT


def bundle_row(one: Bundle, main: int | None, stamp: datetime) -> Row:
    row: dict[str, Any] = {
        "ZTw_TwrId": main,
        "ZTw_Kod": one.code,
        "ZTw_Nazwa": one.name or f"Zestaw {one.code}",
        "ZTw_TypRabatu": one.kind,
        "ZTw_Wartosc": Decimal(one.percent),
        "ZTw_Waluta": "PLN",
        "ZTw_ESklep": int(one.in_shop),
        "ZTw_CzyOgraniczacDaty": int(bool(one.since or one.until)),
        "ZTw_CzyOgraniczacCzas": int(one.hours is not None),
        "ZTw_TS_Mod": stamp,
    }
    for column, day in (("ZTw_DataOd", one.since), ("ZTw_DataDo", one.until)):
        row[column] = datetime.fromisoformat(day) if day else LONG_AGO
    for column, hour in zip(("ZTw_GodzinaOd", "ZTw_GodzinaDo"), one.hours or ("00:00", "00:00"), strict=True):
        row[column] = datetime.fromisoformat(f"{LONG_AGO:%Y-%m-%d}T{hour}:00")
    return row


def part_row(part: Part, bundle_key: int, product: int | None) -> Row:
    return {
        "ZTS_ZTwId": bundle_key,
        "ZTS_TwrId": product,
        "ZTS_TypRabatu": part.kind,
        "ZTS_Wartosc": Decimal(part.reduction),
        "ZTS_Waluta": "PLN",
        "ZTS_Ilosc": Decimal(part.quantity),
        "ZTS_Jm": part.unit,
    }


def bundle(books: Books, one: Bundle) -> int:
    """Enter a set whose products stand in the books already."""
    main = books.products[one.main] if one.main else None
    key = books.add(extras.zestawy_twr, **bundle_row(one, main, books.days_ago(30, hour=10)))
    for part in one.parts:
        product = books.products[part.product] if part.product else None
        books.add(extras.zestawy_twr_skladniki, **part_row(part, key, product))
    return key
