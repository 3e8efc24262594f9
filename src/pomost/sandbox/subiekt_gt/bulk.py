"""Large companies for measurements: up to a million cards, written straight into SQLite in constant memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from pomost.sandbox.data.draw import mixed
from pomost.sandbox.data.gtin import complete
from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt.company import GROUPS, MSTORE, VAT_IDS, WAREHOUSES, set_counters
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.sandbox.subiekt_gt.sandbox import SubiektSandbox

_CHUNK = 20_000
_MOST_WAREHOUSES = 99
_GROUP = GROUPS["Napoje"]
_RATES = (VAT_IDS["23"], VAT_IDS["8"], VAT_IDS["5"], VAT_IDS["23"])
_PER_CENT = (23, 8, 5, 23)
# Base unit, the two own fields: pieces, packs named in the own fields, packs as the base unit.
_UNITS = (("szt.", "", ""), ("szt.", "PU", "6"), ("szt.", "", ""), ("Karton", "", ""))
_PACKS = (("PCE", 1), ("PU", 6), ("CT", 24))

_TOWAR = (
    'INSERT INTO "tw__Towar" ("tw_Id", "tw_Symbol", "tw_Nazwa", "tw_PodstKodKresk", "tw_JednMiary", "tw_JednMiarySprz",'
    ' "tw_IdVatSp", "tw_IdVatZak", "tw_IdGrupa", "tw_SklepInternet", "tw_Pole1", "tw_Pole2")'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)"
)
_CENA = (
    'INSERT INTO "tw_Cena" ("tc_Id", "tc_IdTowar", "tc_CenaNetto2", "tc_CenaBrutto2", "tc_CenaNetto3",'
    ' "tc_CenaBrutto3") VALUES (?, ?, ?, ?, ?, ?)'
)
_CECHA = 'INSERT INTO "tw_CechaTw" ("cht_Id", "cht_IdTowar", "cht_IdCecha") VALUES (?, ?, ?)'
_STAN = 'INSERT INTO "tw_Stan" ("st_TowId", "st_MagId", "st_Stan", "st_StanRez") VALUES (?, ?, ?, ?)'


def fill_bulk(path: str | Path, products: int, *, warehouses: int = 5, seed: int = 1) -> SubiektSandbox:
    """Build a company of so many sound products, all qualified, with stock in every warehouse."""
    if not 1 <= warehouses <= _MOST_WAREHOUSES:
        raise ValueError(f"a company has 1 to {_MOST_WAREHOUSES} warehouses, not {warehouses}")
    sandbox = minimal(path)
    keys = _add_warehouses(sandbox, warehouses)
    sandbox.engine.dispose()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _write(connection, products, keys, seed)
    with sandbox.engine.begin() as connection:
        set_counters(connection)
    return sandbox


def bulk_catalogue(products: int) -> Iterator[dict[str, Any]]:
    """The shop's entries for the same products, in the same order."""
    units = [{"type": kind, "multiplier": multiplier} for kind, multiplier in _PACKS]
    for number in range(1, products + 1):
        yield {"ean": _code(number), "name": _name(number), "sales_units": [dict(unit) for unit in units]}


def _add_warehouses(sandbox: SubiektSandbox, count: int) -> list[int]:
    """Ids of the warehouses; those beyond the company's own are made up."""
    keys = sorted(WAREHOUSES.values())
    more = list(range(len(keys) + 1, count + 1))
    if more:
        rows = [{"mag_Id": key, "mag_Symbol": f"M{key:02}", "mag_Nazwa": f"Magazyn {key}"} for key in more]
        with sandbox.engine.begin() as connection:
            connection.execute(insert(common.sl_magazyn), rows)
    return [*keys, *more][:count]


def _code(number: int) -> str:
    """A valid code of the range for demonstrations and examples: it belongs to no real article."""
    return complete(f"952{number:09}")


def _name(number: int) -> str:
    return f"Napój testowy nr {number}"


def _write(connection: sqlite3.Connection, products: int, keys: list[int], seed: int) -> None:
    """Insert chunk by chunk in the order of the keys, so that every index only grows at its end."""
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-64000")
    numbers = iter(range(1, products + 1))
    while chunk := list(islice(numbers, _CHUNK)):
        connection.execute("BEGIN")
        connection.executemany(_TOWAR, map(_product, chunk))
        connection.executemany(_CENA, (_prices(number, seed) for number in chunk))
        connection.executemany(_CECHA, ((number, number, MSTORE) for number in chunk))
        connection.executemany(_STAN, (row for number in chunk for row in _stocks(number, keys, seed)))
        connection.execute("COMMIT")
    # Back to the mode in which readers and the writer do not wait for each other.
    connection.execute("PRAGMA journal_mode=WAL")


def _product(number: int) -> tuple[Any, ...]:
    unit, field, multiplier = _UNITS[number % 4]
    vat = _RATES[number % 4]
    symbol = f"B{number:08}"
    return (number, symbol, _name(number), _code(number), unit, unit, vat, vat, _GROUP, field, multiplier)


def _prices(number: int, seed: int) -> tuple[Any, ...]:
    """Wholesale and shop prices; all arithmetic in whole ten-thousandths, handed over as text."""
    wholesale = 100 * (99 + mixed(number, seed) % 4_900)
    shop = wholesale - 100 * (wholesale // 3_000)
    rate = 100 + _PER_CENT[number % 4]
    amounts = (wholesale, wholesale * rate // 100, shop, shop * rate // 100)
    return (number, number, *(f"{amount // 10_000}.{amount % 10_000:04}" for amount in amounts))


def _stocks(number: int, keys: list[int], seed: int) -> Iterator[tuple[int, int, int, int]]:
    for key in keys:
        drawn = mixed(number * 64 + key, seed)
        on_hand = 0 if drawn % 7 == 0 else (drawn >> 8) % 500
        yield number, key, on_hand, on_hand // 10 if drawn % 3 == 0 else 0
