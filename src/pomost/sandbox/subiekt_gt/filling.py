"""Building of whole sandbox companies: a believable wholesaler, an empty one, an old one and a wrong one."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlalchemy import Column, Connection, Engine, Integer, MetaData, String, Table, inspect, text

from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_goods as goods
from pomost.sandbox.subiekt_gt.cards import Card, Row, own_field_row, price_row, product_row, stock_rows
from pomost.sandbox.subiekt_gt.company import TRAIT_DOUBLES, furnish, set_counters, write
from pomost.sandbox.subiekt_gt.connection import create_empty, open_engine
from pomost.sandbox.subiekt_gt.customers import fill_customers
from pomost.sandbox.subiekt_gt.plan import plan
from pomost.sandbox.subiekt_gt.sandbox import SubiektSandbox
from pomost.sandbox.subiekt_gt.schema import optional_columns

NEEDED_COLUMN = ("tw__Towar", "tw_SklepInternet")
"""A column every real company has; a database without it is damaged or something else."""
_GONE = 900_000
"""Ids from here on belong to no card: components of broken sets point there."""


def build(path_or_url: str | Path, *, seed: int = 1) -> SubiektSandbox:
    """Build the wholesaler: about 2,200 cards, three warehouses, customers, and every troublesome case.

    The seed decides prices and stocks; which card carries which case never changes.
    """
    engine = create_empty(path_or_url)
    with engine.begin() as connection:
        furnish(connection)
        write(
            connection, common.sl_cecha_tw, [{"ctw_Id": key, "ctw_Nazwa": name} for key, name in TRAIT_DOUBLES.items()]
        )
        _fill_products(connection, plan().cards, Random(seed))  # noqa: S311 (repeatable by seed, no secret)
        fill_customers(connection)
        set_counters(connection)
    return SubiektSandbox(engine)


def minimal(path_or_url: str | Path) -> SubiektSandbox:
    """An empty company: dictionaries, warehouses, price levels and parameters, no products and no customers."""
    engine = create_empty(path_or_url)
    with engine.begin() as connection:
        furnish(connection)
    return SubiektSandbox(engine)


def older_version(path_or_url: str | Path, *, lacking: Sequence[tuple[str, str]] = ()) -> SubiektSandbox:
    """An empty company of an older program: without the newer columns, and without those named (table, column)."""
    sandbox = minimal(path_or_url)
    for table, column in (*optional_columns(), *lacking):
        _drop_column(sandbox.engine, table, column)
    return sandbox


def damaged(path_or_url: str | Path) -> SubiektSandbox:
    """A company whose product cards lack a column nobody can do without."""
    return older_version(path_or_url, lacking=[NEEDED_COLUMN])


def not_subiekt(path_or_url: str | Path) -> Engine:
    """A database of some other program."""
    engine = open_engine(path_or_url)
    other = MetaData()
    Table("products", other, Column("id", Integer, primary_key=True), Column("name", String(100)))
    Table("orders", other, Column("id", Integer, primary_key=True), Column("number", String(40)))
    other.create_all(engine)
    return engine


def _drop_column(engine: Engine, table: str, column: str) -> None:
    quote = engine.dialect.identifier_preparer.quote
    indexes = [index["name"] for index in inspect(engine).get_indexes(table) if column in index["column_names"]]
    with engine.begin() as connection:
        for index in indexes:
            connection.execute(text(f"DROP INDEX {quote(str(index))}"))
        connection.execute(text(f"ALTER TABLE {quote(table)} DROP COLUMN {quote(column)}"))


def _fill_products(connection: Connection, cards: Sequence[Card], random: Random) -> None:
    """Write the cards with everything that hangs on them, one statement per table."""
    ids = {card.symbol: key for key, card in enumerate(cards, 1)}
    numbered = list(enumerate(cards, 1))
    write(connection, goods.tw_towar, [product_row(card, key) for key, card in numbered])
    write(
        connection, goods.tw_cena, [price_row(card, key, random) for key, card in numbered if not card.without_prices]
    )
    write(connection, goods.tw_stan, [row for key, card in numbered for row in stock_rows(card, key, random)])
    traits = [(key, trait) for key, card in numbered for trait in card.traits]
    write(
        connection,
        goods.tw_cecha_tw,
        [{"cht_Id": number, "cht_IdTowar": key, "cht_IdCecha": trait} for number, (key, trait) in enumerate(traits, 1)],
    )
    write(
        connection, common.pw_dane, [own_field_row(card, key) for key, card in numbered if card.own_fields is not None]
    )
    write(connection, goods.tw_jedn_miary, _units(numbered))
    write(connection, goods.tw_kod_kreskowy, _codes(numbered))
    write(connection, goods.tw_komplet, _components(numbered, ids))


def _units(numbered: Sequence[tuple[int, Card]]) -> list[Row]:
    units = [(key, unit, factor) for key, card in numbered for unit, factor in card.more_units]
    keys = ("jm_Id", "jm_IdTowar", "jm_IdJednMiary", "jm_Przelicznik")
    return [dict(zip(keys, (number, *unit), strict=True)) for number, unit in enumerate(units, 1)]


def _codes(numbered: Sequence[tuple[int, Card]]) -> list[Row]:
    codes = [(key, code, quantity) for key, card in numbered for code, quantity in card.more_codes]
    keys = ("kk_Id", "kk_IdTowar", "kk_Kod", "kk_Ilosc")
    return [dict(zip(keys, (number, *code), strict=True)) for number, code in enumerate(codes, 1)]


def _components(numbered: Sequence[tuple[int, Card]], ids: dict[str, int]) -> list[Row]:
    parts = [
        (key, ids.get(symbol, _GONE + key), Decimal(quantity))
        for key, card in numbered
        for symbol, quantity in card.components
    ]
    keys = ("kpl_Id", "kpl_IdKomplet", "kpl_IdSkladnik", "kpl_Liczba")
    return [dict(zip(keys, (number, *part), strict=True)) for number, part in enumerate(parts, 1)]
