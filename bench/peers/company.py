"""The company all contenders read: one file per contender, what happens in it, and what the shop ought to hold."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from pomost.sandbox.subiekt_gt.bulk import fill_bulk

Held = dict[str, dict[str, dict[str, Any]]]

_GROSZ = Decimal("0.01")
_BOXES = 24  # pieces in the box that is a base unit of its own; its price and stock are kept per box
_CHILDREN = ("tw_Cena.tc_IdTowar", "tw_Stan.st_TowId", "tw_CechaTw.cht_IdTowar", "tw_ZmianaTw.twz_TowarId")
# The change register of the cards as a gift to those who read by timestamp: filled, and with the indexes it lacks.
_REGISTER = (
    """INSERT INTO "tw_ZmianaTw" SELECT "tw_Id", 1,
       strftime('%Y-%m-%dT%H:%M:%f', '2026-01-01', ("tw_Id" / 100.0) || ' seconds') FROM "tw__Towar" """,
    'CREATE INDEX "bench_card" ON "tw_ZmianaTw" ("twz_TowarId")',
    'CREATE INDEX "bench_moment" ON "tw_ZmianaTw" ("twz_CzasModyf", "twz_TowarId")',
)


def build(path: Path, products: int, warehouses: int) -> None:
    """A bulk company whose change register knows every card, each at a moment of its own."""
    fill_bulk(path, products, warehouses=warehouses).engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        for statement in _REGISTER:
            connection.execute(statement)
        connection.commit()
        # One file without a journal beside it, so that it can be copied.
        connection.execute("PRAGMA journal_mode=DELETE")


@dataclass(slots=True)
class Company:
    """Somebody works in the company; `day` counts the changes, so that the register's moments only grow."""

    path: Path
    day: int = 0

    def raise_prices(self, upto: int, *, one_by_one: bool = False) -> None:
        """Ten groszy more on the cards up to this id: in one statement, hence one moment, or card by card."""
        day = f"2026-06-{self.day + 1:02}T12:00:00"
        moment = f"strftime('%Y-%m-%dT%H:%M:%f', '{day}', (\"twz_TowarId\" / 100.0) || ' seconds')"
        self._change(
            f'UPDATE "tw_Cena" SET "tc_CenaNetto3" = ROUND("tc_CenaNetto3" + 0.1, 4) WHERE "tc_IdTowar" <= {upto}',
            f'UPDATE "tw_ZmianaTw" SET "twz_CzasModyf" = {moment if one_by_one else repr(f"{day}.000")}'
            f' WHERE "twz_TowarId" <= {upto}',
        )

    def move_stock(self, upto: int) -> None:
        """A delivery to the first warehouse. A register of cards knows nothing of it."""
        self._change(f'UPDATE "tw_Stan" SET "st_Stan" = "st_Stan" + 600 WHERE "st_MagId" = 1 AND "st_TowId" <= {upto}')

    def delete_from(self, first: int) -> None:
        """Cards from this id on leave the company with everything that hangs on them."""
        children = (child.split(".") for child in _CHILDREN)
        deletes = [f'DELETE FROM "{table}" WHERE "{column}" >= {first}' for table, column in children]
        self._change(*deletes, f'DELETE FROM "tw__Towar" WHERE "tw_Id" >= {first}')

    def wanted(self) -> Held:
        """What the shop ought to hold, worked out here from the tables and from nobody's code."""
        held: Held = {"offers": {}, "stocks": {}}
        for card, symbol, base, kind, pieces, net, vat, available in self._cards():
            named = bool(kind)
            unit, multiplier = (kind, int(pieces)) if named else (("CT", _BOXES) if base == "Karton" else ("PCE", 1))
            times = multiplier if named else 1
            price = (Decimal(str(net)) * times).quantize(_GROSZ, ROUND_HALF_UP)
            quantity = (Decimal(str(available)) / times).to_integral_value(ROUND_FLOOR)
            held["offers"][f"p{card}"] = {
                "status": "active",
                "distributor_sku": symbol,
                "sales_unit": {"type": unit, "multiplier": multiplier},
                "price": str(price),
                "price_kind": "net",
                "currency": "PLN",
                "vat_rate": vat,
            }
            held["stocks"][f"p{card}"] = {"quantity": max(int(quantity), 0), "basis": "available"}
        return held

    def _cards(self) -> Iterator[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            stocks = dict(
                connection.execute(
                    'SELECT "st_TowId", SUM("st_Stan" - "st_StanRez") FROM "tw_Stan" GROUP BY "st_TowId"'
                )
            )
            for card, *rest in connection.execute(
                'SELECT "tw_Id", "tw_Symbol", "tw_JednMiary", "tw_Pole1", "tw_Pole2", "tc_CenaNetto3", "vat_Symbol"'
                ' FROM "tw__Towar" JOIN "tw_Cena" ON "tc_IdTowar" = "tw_Id"'
                ' JOIN "sl_StawkaVAT" ON "vat_Id" = "tw_IdVatSp"'
            ):
                yield card, *rest, stocks[card]

    def _change(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        self.day += 1


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a shop is from what it ought to hold: items that are wrong or absent, and offers that should be gone."""

    missed: frozenset[str]
    leftover: frozenset[str]


def compare(held: Held, wanted: Held) -> Difference:
    """Stock of a product that is off the offer does not matter: nobody sees it."""
    missed = {
        f"{kind}/{product}"
        for kind in ("offers", "stocks")
        for product, item in wanted[kind].items()
        if held[kind].get(product) != item
    }
    standing = {product for product, offer in held["offers"].items() if offer.get("status") == "active"}
    return Difference(frozenset(missed), frozenset(standing - wanted["offers"].keys()))
