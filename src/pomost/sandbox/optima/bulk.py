"""Large companies for measurements: hundreds of thousands of cards, written straight into SQLite in constant memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from pomost.sandbox.data.draw import mixed
from pomost.sandbox.data.gtin import complete
from pomost.sandbox.data.kinds import KINDS
from pomost.sandbox.optima import pictures
from pomost.sandbox.optima.cards import PRODUCT_GID, TAXED
from pomost.sandbox.optima.company import RETAIL, SHOP, WAREHOUSES, WHOLESALE, WHOLESALE_2
from pomost.sandbox.optima.connection import Clock, Ticking
from pomost.sandbox.optima.filling import minimal
from pomost.sandbox.optima.groups import BY_KIND, GROUP, MEMBER
from pomost.sandbox.optima.sandbox import OptimaSandbox

_CHUNK = 10_000
_OLDEST = 400
_PLAIN_PICTURE, _LARGEST_PICTURE = 2_500, 60_000
_CODE = "D{:08}"
_RATES = (23, 8, 5, 23)
_GROUPS = [BY_KIND[kind.group] for kind in KINDS]
_FIRST_GROUP_ROW = 1000
_TEXT_OF_MOMENT = "%Y-%m-%d %H:%M:%S.%f"

_TABLES = {
    "Towary": (
        "Twr_TwrId Twr_Typ Twr_Kod Twr_EAN Twr_Nazwa Twr_TwGGIDNumer Twr_JM Twr_Stawka Twr_Flaga Twr_ESklep Twr_PrdID"
        " Twr_MrkID Twr_WagaKG Twr_GIDTyp Twr_GIDNumer Twr_TS_Zal Twr_TS_Mod"
    ),
    "TwrTSModEsklep": "TwTS_TwrId TwTS_TS_ModESklep",
    "TwrCeny": "TwC_TwrID TwC_TwCNumer TwC_Typ TwC_Wartosc TwC_Waluta TwC_Punkty",
    "TwrIlosci": "TwI_TwrId TwI_MagId TwI_Data TwI_Ilosc TwI_Rezerwacje TwI_RezerwacjeZlecenia",
    "TwrESklep": (
        "Twes_ESklepId Twes_Udostepnij Twes_TwrID Twes_ESklepStatus Twes_ESklepDostepnosc Twes_TwGGIDNumer"
        " Twes_SynchroUdostepnij Twes_ESklepDataDostepnosci"
    ),
    "TwrGrupy": ("TwG_TwGID TwG_GIDTyp TwG_GIDNumer TwG_GrOTyp TwG_GrONumer TwG_Kod TwG_Nazwa TwG_CzasModyfikacji"),
    "DaneBinarne": "DAB_DABID DAB_Wartosc DAB_Rozmiar DAB_NazwaPliku DAB_Rozszerzenie DAB_TS_Mod",
    "DaneBinarneLinki": "DBL_TwrID DBL_Lp DBL_NazwaPliku DBL_Sciezka DBL_WBazie DBL_DabId DBL_ESklep DBL_TagAlt",
}
Chunk = dict[str, Iterator[tuple[Any, ...]]]


def fill_bulk(
    folder: str | Path,
    products: int,
    *,
    pictures_count: int = 0,
    picture_bytes: int = 4096,
    seed: int = 1,
    clock: Clock | None = None,
) -> OptimaSandbox:
    """Build a company of so many sound products, all in the shop, with three sale prices and stock in five warehouses.

    The first `pictures_count` products have a picture of about so many bytes, each another one. Codes run from
    D00000001 on.
    """
    if not 0 <= pictures_count <= products:
        raise ValueError(f"{products} products can have 0 to {products} pictures, not {pictures_count}")
    if picture_bytes > _LARGEST_PICTURE:
        raise ValueError(f"pictures can have up to {_LARGEST_PICTURE} bytes, not {picture_bytes}")
    time = clock or Ticking()
    sandbox = minimal(folder, clock=time)
    first = len(sandbox.goods.codes())
    sandbox.close()
    with closing(sqlite3.connect(sandbox.company_file, isolation_level=None)) as connection:
        triggers = _take_off_triggers(connection)
        _write(connection, products, _Maker(first, pictures_count, picture_bytes, seed, time()))
        for trigger in triggers:
            connection.execute(trigger)
        # Back to the mode in which readers and the writer do not wait for each other.
        connection.execute("PRAGMA journal_mode=WAL")
    return sandbox


def _take_off_triggers(connection: sqlite3.Connection) -> list[str]:
    """Drop the triggers, which would call for functions this connection lacks; returns what makes them again."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def _write(connection: sqlite3.Connection, products: int, maker: "_Maker") -> None:
    """Insert chunk by chunk in the order of the keys, so that most indexes only grow at their ends."""
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-131072"):
        connection.execute(f"PRAGMA {pragma}")
    statements = {table: _insert(table, columns) for table, columns in _TABLES.items()}
    numbers = iter(range(1, products + 1))
    while chunk := list(islice(numbers, _CHUNK)):
        connection.execute("BEGIN")
        for table, rows in maker.rows(chunk).items():
            connection.executemany(statements[table], rows)
        connection.execute("COMMIT")


def _insert(table: str, columns: str) -> str:
    names = columns.split()
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608 (our own names)


class _Maker:
    """Rows of products by their numbers; all arithmetic in whole numbers, amounts handed over as text."""

    def __init__(self, first: int, pictures_count: int, picture_bytes: int, seed: int, now: datetime) -> None:
        self._first, self._pictures, self._size, self._seed = first, pictures_count, picture_bytes, seed
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._days = [(today - timedelta(days=days)).strftime(_TEXT_OF_MOMENT) for days in range(_OLDEST + 1)]

    def rows(self, chunk: list[int]) -> Chunk:
        pictured = [number for number in chunk if number <= self._pictures]
        return {
            "Towary": map(self._card, chunk),
            "TwrTSModEsklep": ((self._first + number, self._changed(number)) for number in chunk),
            "TwrCeny": (row for number in chunk for row in self._prices(number)),
            "TwrIlosci": (row for number in chunk for row in self._stocks(number)),
            "TwrESklep": map(self._in_shop, chunk),
            "TwrGrupy": map(self._membership, chunk),
            "DaneBinarne": map(self._picture, pictured),
            "DaneBinarneLinki": map(self._link, pictured),
        }

    def _changed(self, number: int) -> str:
        return self._days[3 + number % 200]

    def _card(self, number: int) -> tuple[Any, ...]:
        key, maker = self._first + number, 1 + number % 40
        changed = self._changed(number)
        named = (key, 1, _CODE.format(number), complete(f"952{number:09}"), f"Towar testowy nr {number}")
        sold = (_group(number), "szt", _RATES[number % 4], TAXED, 1, maker, maker, f"{number % 3000 / 1000:.3f}")
        return (*named, *sold, MEMBER, key + PRODUCT_GID, self._days[_OLDEST], changed)

    def _prices(self, number: int) -> Iterator[tuple[Any, ...]]:
        net = 99 + mixed(number, self._seed) % 4_900
        gross = net * 125 * (100 + _RATES[number % 4]) // 10_000
        points = number % 20
        for level, cents in ((WHOLESALE, net), (RETAIL, gross), (WHOLESALE_2, net - net // 20)):
            value = f"{cents // 100}.{cents % 100:02}"
            yield self._first + number, level.key, level.basis, value, level.currency, points

    def _stocks(self, number: int) -> Iterator[tuple[Any, ...]]:
        """One balance of each warehouse, and the total of them."""
        total, promised = 0, 0
        day = self._days[2 + number % 90]
        for warehouse in WAREHOUSES.values():
            drawn = mixed(number * 64 + warehouse, self._seed)
            on_hand = 0 if drawn % 7 == 0 else (drawn >> 8) % 500
            reserved = on_hand // 10 if drawn % 3 == 0 else 0
            total, promised = total + on_hand, promised + reserved
            yield self._first + number, warehouse, day, on_hand, reserved, 0
        yield self._first + number, None, day, total, promised, 0

    def _in_shop(self, number: int) -> tuple[Any, ...]:
        return SHOP, 1, self._first + number, 1, 1 + number % 3, _group(number), 1, "1900-01-01 00:00:00.000000"

    def _membership(self, number: int) -> tuple[Any, ...]:
        key = self._first + number
        row = (MEMBER, key + PRODUCT_GID, GROUP, _group(number), _CODE.format(number), f"Towar testowy nr {number}")
        return (_FIRST_GROUP_ROW + number, *row, 0)

    def _picture(self, number: int) -> tuple[Any, ...]:
        code = _CODE.format(number)
        kind = ("jpg", "png")[number % 2]
        data = pictures.noted(
            f"Towar {number % 50}", number % 50 * 40_503, kind, code.ljust(self._size - _PLAIN_PICTURE, ".")
        )
        return number, data, len(data), f"{code}.{kind}", kind, self._changed(number)

    def _link(self, number: int) -> tuple[Any, ...]:
        code = _CODE.format(number)
        name = f"{code}.{('jpg', 'png')[number % 2]}"
        return self._first + number, 1, name, "", 1, number, 1, f"Towar testowy nr {number}"


def _group(number: int) -> int:
    return _GROUPS[number % len(_GROUPS)]
