"""Dated balances of stock: the newest row of a product and a warehouse is what lies there now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from pomost.sandbox.optima.books import Books
from pomost.sandbox.optima.company import CLOSED_WAREHOUSE, WAREHOUSES

_DELIVERED = (24, 900)
_KEYS = {**WAREHOUSES, **dict([CLOSED_WAREHOUSE])}


@dataclass(frozen=True, slots=True)
class Balance:
    """What lay in a warehouse from a day on, and how much of it was promised to orders and to service jobs."""

    warehouse: str | None
    """Symbol of the warehouse; None is the company's total."""
    days_ago: int | None
    """None leaves the row without a date; a negative number is a day to come."""
    on_hand: str
    reserved: str = "0"
    in_service: str = "0"
    hour: int = 0


def now_in(warehouse: str, on_hand: str, reserved: str = "0", in_service: str = "0") -> Balance:
    """The balance of a warehouse as it stands since a week ago."""
    return Balance(warehouse, 7, on_hand, reserved, in_service)


def drawn_balances(random: Random) -> tuple[Balance, ...]:
    """A well-filled main warehouse, less in the others, in one to three steps each."""
    found = []
    for place, symbol in enumerate(WAREHOUSES):
        if place and random.random() < 1 / 3:
            continue
        on_hand = 0
        for days in sorted(random.sample(range(2, 200), random.randint(1, 3)), reverse=True):
            on_hand = random.randint(*_DELIVERED) // (place + 1) if random.random() > 1 / 8 else 0
            reserved = random.randint(0, on_hand // 4) if on_hand and random.random() < 1 / 3 else 0
            in_service = random.randint(0, on_hand // 8) if reserved and random.random() < 1 / 4 else 0
            found.append(Balance(symbol, days, str(on_hand), str(reserved), str(in_service)))
    return tuple(found)


def stock_rows(
    books: Books, key: int, balances: Iterable[Balance], cost: Decimal, *, totals: bool
) -> Iterator[dict[str, Any]]:
    """Rows of the balances in the order given; with `totals`, a row of the company's total follows each."""
    latest: dict[str | None, Balance] = {}
    sums: dict[datetime | None, dict[str, Any]] = {}
    for balance in sorted(balances, key=lambda one: -(one.days_ago or 0)) if totals else balances:
        row = _row(books, key, balance, cost)
        yield row
        latest[balance.warehouse] = balance
        if totals:
            now = [_row(books, key, one, cost) for one in latest.values()]
            columns = ("TwI_Ilosc", "TwI_Wartosc", "TwI_Rezerwacje", "TwI_RezerwacjeZlecenia")
            sums[row["TwI_Data"]] = {**row, "TwI_MagId": None} | {
                column: sum((one[column] for one in now), Decimal(0)) for column in columns
            }
    yield from sums.values()


def _row(books: Books, key: int, balance: Balance, cost: Decimal) -> dict[str, Any]:
    on_hand = Decimal(balance.on_hand)
    return {
        "TwI_TwrId": key,
        "TwI_MagId": None if balance.warehouse is None else _KEYS[balance.warehouse],
        "TwI_Data": None if balance.days_ago is None else books.days_ago(balance.days_ago, balance.hour),
        "TwI_Ilosc": on_hand,
        "TwI_Wartosc": on_hand * cost,
        "TwI_Rezerwacje": Decimal(balance.reserved),
        "TwI_RezerwacjeZlecenia": Decimal(balance.in_service),
    }
