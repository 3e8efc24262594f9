"""What buyers see of the entries a shop holds: the few fields that decide it, read without the rest, in key order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from pomost.model.selling import Goods, Rule, Tags, Terms
from pomost.model.subject import Area
from pomost.store import sql
from pomost.store.packing import reader_of

_CHUNK = 2_000
_STANDING = """channel_id = %s AND area = %s AND (published OR attempt <> '') AND content IS NOT NULL"""
_ALL = f"SELECT key, content FROM store_knownentry WHERE {_STANDING} AND key > %s ORDER BY key LIMIT %s"  # noqa: S608
_SOME = f"SELECT key, content FROM store_knownentry WHERE {_STANDING} AND key IN ({{keys}})"  # noqa: S608
_RULES = (Area.CUSTOMER_DISCOUNT, Area.PUBLIC_DISCOUNT)
_END = float("inf")


@dataclass(frozen=True, slots=True)
class _Group:
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class _PriceType:
    active: bool = True


@dataclass(frozen=True, slots=True)
class _Quantity:
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class _Stock:
    lines: tuple[_Quantity, ...] = ()


_goods, _tags, _stock = reader_of(Goods), reader_of(Tags), reader_of(_Stock)
_rule, _terms = reader_of(Rule), reader_of(Terms)
_group, _price_type = reader_of(_Group), reader_of(_PriceType)


class Selling:
    """One channel's entries as buyers meet them: what the shop holds, or may hold."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def goods(self, keys: Sequence[int] | None = None) -> Iterator[tuple[int, Goods, Tags, bool]]:
        """Products, all of them or some, in key order: each with its prices, and whether something is in stock.

        Where the shop was told nothing of a stock, nobody counts.
        """
        prices, stocks = self._rows(Area.PRICES, keys), self._rows(Area.STOCKS, keys)
        price, stock = next(prices, (_END, b"")), next(stocks, (_END, b""))
        for key, content in self._rows(Area.PRODUCT, keys):
            while price[0] < key:
                price = next(prices, (_END, b""))
            while stock[0] < key:
                stock = next(stocks, (_END, b""))
            tags = _tags(price[1]) if price[0] == key else Tags()
            stocked = stock[0] != key or sum((one.quantity for one in _stock(stock[1]).lines), Decimal(0)) > 0
            yield key, _goods(content), tags, stocked

    def groups(self) -> dict[int, int | None]:
        """Groups, each with the one above it."""
        return {key: _group(content).parent for key, content in self._rows(Area.GROUP)}

    def price_types(self) -> set[int]:
        """Price types on sale."""
        return {key for key, content in self._rows(Area.PRICE_TYPE) if _price_type(content).active}

    def customers(self) -> Iterator[tuple[int, Terms]]:
        return ((key, _terms(content)) for key, content in self._rows(Area.CUSTOMER))

    def rules(self) -> Iterator[tuple[int, Rule]]:
        """Rules of discount, for everybody and for customers."""
        return ((key, _rule(content)) for area in _RULES for key, content in self._rows(area))

    def _rows(self, area: Area, keys: Sequence[int] | None = None) -> Iterator[tuple[int, Any]]:
        if keys is not None:
            yield from sorted(sql.rows_in(_SOME, [self._channel, area], keys), key=itemgetter(0))
            return
        last = -(2**63)
        while chunk := sql.rows(_ALL, [self._channel, area, last, _CHUNK]):
            yield from chunk
            last = chunk[-1][0]
