"""The guard measured: plans of entries noted and weighed against what a shop of 100,000 products holds.

`python -m bench guard [PRODUCTS CUSTOMERS RULES]` prints the table; with `step` it is one of the measured processes.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench import peak_mb
from pomost.model.account import CustomerEntry
from pomost.model.assortment import GroupEntry, PriceTypeEntry, ProductEntry, Vat, Wording
from pomost.model.change import Change, Drop, Put
from pomost.model.entry import Content, subject
from pomost.model.offer import Basis, PriceKind
from pomost.model.outcome import Done
from pomost.model.policy import GuardPolicy
from pomost.model.subject import Area
from pomost.model.trade import DiscountEntry, PriceLine, PricesEntry, StockLine, StocksEntry
from pomost.ports.entries import EntryTerrain
from pomost.rules.entries import SHAPES
from pomost.rules.guard import alarms_of
from pomost.runs.effects import weigh
from pomost.runs.noting import Noted
from pomost.store.database import one_transaction, open_store
from pomost.store.entries import Entries
from pomost.store.models import Channel as ChannelRow
from pomost.store.selling import Selling

PRODUCTS, CUSTOMERS, RULES = 100_000, 2_000, 5_000
_CHANNEL, _ROOT, _GROUPS, _LEVELS, _CLASSES = "guard", 1, 100, (2, 3, 4), 20
_TODAY = date(2026, 11, 25)
_PIECE = 500
_SHOP = EntryTerrain(("pl",), "pl", frozenset({"PLN"}), _ROOT, 3, total_stock=False, availability=frozenset({"1"}))
_NAME = (Wording("pl", "Nazwa towaru o zwykłej długości", description="<p>Opis, jaki miewają towary.</p>" * 8),)


def group_of(product: int) -> int:
    return 100 + product % _GROUPS


def product(key: int) -> ProductEntry:
    group = group_of(key)
    return ProductEntry(
        f"T{key}", _NAME, Vat(Decimal(23)), "szt.", default_group=group, groups=(group,), availability="1"
    )


def prices(key: int, factor: str = "1", levels: tuple[int, ...] = _LEVELS) -> PricesEntry:
    value = Decimal(key % 90 + 10) * Decimal(factor)
    return PricesEntry(tuple(PriceLine(level, value - level, PriceKind.GROSS, "PLN") for level in levels))


def stocks(key: int) -> StocksEntry:
    return StocksEntry(tuple(StockLine(house, Decimal(key % 40 + 1), Basis.STOCK) for house in range(1, 6)))


def customer(key: int, **facts: Any) -> CustomerEntry:
    one = CustomerEntry(f"K{key}", company=True, names=(f"Klient {key}",), group=key % _CLASSES + 1)
    return replace(one, **{"price_type": _LEVELS[key % 3], "discount": Decimal(key % 15), **facts})


def rule(key: int, percent: int = 0) -> DiscountEntry:
    """One rule of every type in turn; fixed prices near the price that stands."""
    type_ = (6, 5, 2, 4, 3, 1, 8, 7, 11)[key % 9]
    who, what = SHAPES[type_]
    whose = {"customer": key % CUSTOMERS + 1, "customer_group": key % _CLASSES + 1, "all": 0}[str(who)]
    of = {"product": key % PRODUCTS + 1, "group": group_of(key), "all_products": 0}[str(what)]
    if type_ == 11:
        value = prices(of).lines[1].value
        return DiscountEntry(11, who, what, whose, of, price=value, basis=PriceKind.GROSS, currency="PLN")
    return DiscountEntry(type_, who, what, whose, of, Decimal(percent or key % 30))


def put(area: Area, key: int, before: Content | None, after: Content) -> Change:
    return Put(subject(area, key, f"{area} {key}"), before, after)


def rules_area(entry: DiscountEntry) -> Area:
    return Area.PUBLIC_DISCOUNT if entry.who == "all" else Area.CUSTOMER_DISCOUNT


def contents(products: int, customers: int, rules: int) -> Iterator[tuple[Area, int, Content]]:
    """What the shop holds, area by area."""
    yield Area.GROUP, _ROOT, GroupEntry("ROOT", None, _NAME)
    for key in range(100, 100 + _GROUPS):
        yield Area.GROUP, key, GroupEntry(f"G{key}", _ROOT if key < 110 else 100 + key % 10, _NAME)
    for level in _LEVELS:
        yield Area.PRICE_TYPE, level, PriceTypeEntry(level, f"cena {level}", PriceKind.GROSS, "PLN")
    yield from ((Area.CUSTOMER, key, customer(key)) for key in range(1, customers + 1))
    for make, area in ((product, Area.PRODUCT), (prices, Area.PRICES), (stocks, Area.STOCKS)):
        yield from ((area, key, make(key)) for key in range(1, products + 1))
    made = ((key, rule(key)) for key in range(1, rules + 1))
    yield from ((rules_area(one), key, one) for key, one in made)


def plan(what: str, products: int, customers: int, rules: int) -> Iterator[Change]:
    """The changes of one case."""
    every = range(1, products + 1)
    match what:
        case "sold":
            yield from (put(Area.STOCKS, key, stocks(key), StocksEntry(stocks(key).lines[:4])) for key in every[:1000])
        case "cheaper":
            yield from (put(Area.PRICES, key, prices(key), prices(key, "0.9")) for key in every[:1000])
        case "all cheaper":
            yield from (put(Area.PRICES, key, prices(key), prices(key, "0.9")) for key in every)
        case "rule" | "deep rule":
            key = next(key for key in range(1, rules + 1) if rule(key).type == 7)
            yield put(Area.PUBLIC_DISCOUNT, key, rule(key), rule(key, 31 if what == "rule" else 99))
        case "all rules":
            kept = (key for key in range(1, rules + 1) if rule(key).type != 11)
            yield from (put(rules_area(rule(key)), key, rule(key), rule(key, 99)) for key in kept)
        case "group":
            yield Drop(subject(Area.GROUP, 105, "G105"))
        case "level":
            yield Drop(subject(Area.PRICE_TYPE, 3, "cena 3"))
            yield from (put(Area.PRICES, key, prices(key), prices(key, levels=(2, 4))) for key in every)
        case "terms":
            gone = {"price_type": None, "discount": None}
            yield from (
                put(Area.CUSTOMER, key, customer(key), customer(key, **gone)) for key in range(1, customers + 1)
            )


CASES = {
    "sold": "1,000 stocks sold from: nothing is weighed",
    "cheaper": "1,000 prices lowered by a tenth",
    "all cheaper": "every price lowered by a tenth",
    "rule": "one rule on a group, to 31 %",
    "deep rule": "one rule on a group, to 99 %",
    "all rules": "every percent to 99 %",
    "group": "one group of ten goes, with nine below it",
    "level": "the default price level goes, and all its prices",
    "terms": "every customer loses price type and discount",
}


def fill(home: Path, products: int, customers: int, rules: int) -> None:
    """A store that knows the shop to hold all of it."""
    open_store(f"sqlite:///{home / 'guard.db'}")
    now = datetime.now(UTC)
    ChannelRow.objects.create(name=_CHANNEL, company=_CHANNEL, erp="optima", shop="esklep", created=now)
    entries, piece = Entries(_CHANNEL), []
    for area, key, content in contents(products, customers, rules):
        piece.append(put(area, key, None, content))
        if len(piece) == _PIECE:
            _record(entries, piece)
            piece = []
    _record(entries, piece)


def _record(entries: Entries, piece: list[Any]) -> None:
    with one_transaction():
        entries.record(piece, [Done("created")] * len(piece), "bench")


def step(what: str, home: Path, products: int, customers: int, rules: int) -> dict[str, Any]:
    """One case: what noting costs, what weighing costs, and what was found."""
    open_store(f"sqlite:///{home / 'guard.db'}")
    policy, noted, noting = GuardPolicy(), Noted(), 0.0
    piece: list[Change] = []
    for change in plan(what, products, customers, rules):
        piece.append(change)
        if len(piece) == _PIECE:
            noting += _note(noted, piece, policy)
            piece = []
    noting += _note(noted, piece, policy)
    before, cpu = peak_mb(), time.process_time()
    found = weigh(noted, Selling(_CHANNEL), _SHOP, policy.price_jump, _TODAY)
    told = {str(alarm): count for alarm, count in found.counts.items()}
    weighing = time.process_time() - cpu
    return {"noting": noting, "weighing": weighing, "noted_mb": before, "peak_mb": peak_mb(), "found": told}


def _note(noted: Noted, piece: list[Change], policy: GuardPolicy) -> float:
    alarms = alarms_of(piece, policy)
    cpu = time.process_time()
    noted.take(piece, alarms)
    return time.process_time() - cpu


def measure_guard(products: int = PRODUCTS, customers: int = CUSTOMERS, rules: int = RULES) -> None:
    """Print one table."""
    print(f"\n### The guard: {products:,} products, {customers:,} customers, {rules:,} rules of discount\n")
    columns = ("plan", "noting, CPU s", "weighing, CPU s", "peak MB when noted", "peak MB", "found")
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    with tempfile.TemporaryDirectory(prefix="pomost-bench-") as home:
        sizes = [str(one) for one in (products, customers, rules)]
        for what in ("fill", *CASES):
            command = [sys.executable, "-m", "bench.guard", "step", what, home, *sizes]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(done.stderr)
            if what == "fill":
                continue
            told = json.loads(done.stdout.strip().splitlines()[-1])
            found = ", ".join(f"{name} {count:,}" for name, count in told["found"].items()) or "-"
            figures = (f"{told['noting']:.2f}", f"{told['weighing']:.2f}", f"{told['noted_mb']:.0f}")
            print("| " + " | ".join((CASES[what], *figures, f"{told['peak_mb']:.0f}", found)) + " |", flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["step", what, home, *sizes]:
            numbers = [int(one) for one in sizes]
            if what == "fill":
                fill(Path(home), *numbers)
            else:
                print(json.dumps(step(what, Path(home), *numbers)))
        case sizes:
            measure_guard(*(int(one) for one in sizes))
