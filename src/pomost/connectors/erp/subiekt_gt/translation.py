"""Raw rows of Subiekt GT turned into nouns."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pomost.model.product import Component, OnHand, Price, Prints, Product, ProductKind

KINDS = {
    1: ProductKind.GOODS,
    2: ProductKind.SERVICE,
    4: ProductKind.PACKAGING,
    8: ProductKind.SET,
    16: ProductKind.FEE,
}
FIXED = 11  # columns before prices in `sql.cards`

_MONEY = Decimal("0.0001")
_EXTENDED_COLUMN = re.compile(r"^pwd_(Data|Liczba|Tekst|Kwota|Fk|Flaga)(0[1-9]|10)$")
_SIMPLE_COLUMN = re.compile(r"^tw_Pole[1-8]$")


def is_simple_field(name: str) -> bool:
    return _SIMPLE_COLUMN.fullmatch(name) is not None


def is_extended_field(name: str) -> bool:
    """Whether a name may be used as a column of pw_Dane; it comes from the database, so it is never trusted."""
    return _EXTENDED_COLUMN.fullmatch(name) is not None


def money(value: Any) -> Decimal:
    """`money` of SQL Server: Decimal with 4 places. The sandbox's file keeps it as a number or text."""
    return value if isinstance(value, Decimal) else _exact(value)


@lru_cache(maxsize=4096)  # the same few quantities and prices come again and again
def _exact(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(_MONEY) if value is not None else Decimal(0)


def price(net: Any, gross: Any, currency: Any) -> Price:
    """A level nobody filled is NULL or 0: both mean no price."""
    return Price(money(net) or None, money(gross) or None, str(currency or "").strip())


def field_text(value: Any) -> str:
    """An own field of any kind as the text people see: 6 not 6.0000, yes/no for flags, ISO dates."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal() | float():
            return f"{money(value).normalize():f}"
        case date():
            return value.isoformat()[:10]
        case _:
            return str(value)


def on_hand(rows: Sequence[Any]) -> dict[str, OnHand]:
    """Stock rows (product, warehouse, stock, reserved) by warehouse."""
    return {str(row[1]): OnHand(money(row[2]), money(row[3])) for row in rows}


def product(
    row: Any,
    levels: Sequence[int],
    fields: Sequence[str],
    traits: Sequence[int],
    stock: Mapping[str, OnHand],
    components: tuple[Component, ...],
    prints: Prints,
) -> Product:
    """A card from one row of `sql.cards` and what belongs to it."""
    key, ean, symbol, name, kind, blocked, deleted, unit, vat, group, shop_flag = row[:FIXED]
    prices, place = {}, FIXED
    for level in levels:
        prices[str(level)] = price(*row[place : place + 3])
        place += 3
    own_fields = {name_: field_text(value) for name_, value in zip(fields, row[place:], strict=False)}
    place += len(fields)
    held = {str(trait) for trait, mark in zip(traits, row[place:], strict=True) if mark is not None}
    return Product(
        key=int(key),
        symbol=(symbol or "").strip(),
        name=(name or "").strip(),
        ean=(ean or "").strip(),
        kind=KINDS.get(int(kind), ProductKind.SERVICE),
        active=not blocked and not deleted,
        base_unit=(unit or "").strip(),
        vat=None if vat is None else str(vat).strip(),
        prices=prices,
        stock=stock,
        own_fields=own_fields,
        group=None if group is None else str(group),
        traits=frozenset(held),
        shop_flag=bool(shop_flag),
        components=components,
        prints=prints,
    )
