"""Every statement for Comarch ERP Optima, compiled for SQL Server, against the schema the sandbox was written from."""

import inspect
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from sqlglot.errors import OptimizeError

from pomost.connectors.erp.optima.sql import files, goods, lists, parties, tables, trade
from pomost.connectors.erp.optima.sql.tables import OPTIONAL, Extras
from pomost.connectors.erp.optima.translation import rows
from pomost.sandbox.optima.schema import company, configuration, marked
from tests.connectors.tsql import checked, compiled, only_reads, refused, tables_of

SHOP = 1
ALL = Extras(**dict.fromkeys(OPTIONAL, True))
NONE = Extras()
BOTH = (False, True)
DAY = date(2026, 11, 30)
STATEMENTS = {
    "offered": [goods.offered(SHOP)],
    "products": [goods.products(SHOP, goods=one, keys=keys) for one in BOTH for keys in BOTH],
    "cards": [goods.cards(SHOP, keys=keys) for keys in BOTH],
    "texts": [goods.texts(SHOP, keys=keys) for keys in BOTH],
    "attributes": [goods.attributes(SHOP, keys=keys) for keys in BOTH] + [lists.attributes()],
    "units": [goods.units(SHOP, keys=keys) for keys in BOTH],
    "barcodes": [goods.barcodes(SHOP, keys=keys) for keys in BOTH],
    "foreign_vat": [goods.foreign_vat(SHOP, keys=keys) for keys in BOTH],
    "substitutes": [goods.substitutes(SHOP, keys=keys) for keys in BOTH],
    "memberships": [goods.memberships(SHOP, keys=keys) for keys in BOTH],
    "beside_cards": [one for extras in (ALL, NONE) for one in goods.beside_cards(SHOP, extras) if one is not None],
    "prices": [goods.prices(SHOP, levels, keys=keys) for levels in ([], [2, 3]) for keys in BOTH],
    "stock": [goods.stock(SHOP, [1, 3], reserved=one, keys=keys) for one in BOTH for keys in BOTH],
    "groups": [goods.groups()],
    "group_texts": [goods.group_texts(SHOP)],
    "count_offered": [goods.count_offered(SHOP)],
    "links": [files.links(SHOP, extras, keys=keys) for extras in (ALL, NONE) for keys in BOTH],
    "bytes_of": [files.bytes_of()],
    "place_of": [files.place_of()],
    "discounts": [trade.discounts(of_customers=one, today=DAY, keys=keys) for one in BOTH for keys in BOTH],
    "sets": [trade.sets(today=DAY, keys=keys) for keys in BOTH],
    "parts": [trade.parts(keys=keys) for keys in BOTH],
    "customers": [parties.customers(SHOP, keys=keys) for keys in BOTH],
    "logins": [parties.logins(keys=keys) for keys in BOTH],
    "customer_attributes": [parties.customer_attributes(keys=keys) for keys in BOTH],
    "consents": [parties.consents(SHOP, keys=keys) for keys in BOTH],
    "beside_customers": [one for one in parties.beside_customers(SHOP, ALL) if one is not None],
    "system": [lists.system()],
    "companies": [lists.companies()],
    "operators": [lists.operators()],
    "stations": [lists.stations()],
    "shop_warehouses": [lists.shop_warehouses(SHOP)],
    "shop_currencies": [lists.shop_currencies(SHOP)],
    "warehouses": [lists.warehouses()],
    "price_levels": [lists.price_levels()],
    "attribute_values": [lists.attribute_values()],
    "customer_groups": [lists.customer_groups()],
    "units_in_use": [lists.units_in_use()],
    "newest": list(lists.newest()),
    "deletions": [lists.deletions()],
}
MODULES = (goods, files, trade, parties, lists)
COLUMNS = {
    table.name: [column.name for column in table.columns]
    for metadata in (company(), configuration())
    for table in metadata.sorted_tables
}
# sqlglot folds names to one case, as SQL Server's collation does; exact names are checked below.
SCHEMA = {tables.SCHEMA: {name: dict.fromkeys(columns, "int") for name, columns in COLUMNS.items()}}
NAMES = {name.casefold() for name in COLUMNS}


def written(statement):
    return compiled(statement, keys=[701, 702, 703], until=datetime.fromisoformat("2026-11-17"), file=1, link=1)


def texts():
    return [(f"{name}-{place}", written(one)) for name, group in STATEMENTS.items() for place, one in enumerate(group)]


@pytest.mark.parametrize(("name", "text"), texts(), ids=[name for name, _ in texts()])
def test_a_statement_names_only_what_is_there(name, text):
    assert {one.casefold() for one in tables_of(checked(text, SCHEMA))} <= NAMES | {
        "newest_rows",
        "forms",
        "shown",
        "used",
    }
    assert '"CDN".' in text
    assert not refused(text)


def test_every_statement_is_looked_at():
    found = {
        name
        for module in MODULES
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_") and name != "among_keys"
    }
    assert found == set(STATEMENTS)


def test_every_table_is_in_the_schema():
    found = [one for _, one in inspect.getmembers(tables) if isinstance(one, sa.TableClause)]
    assert len(found) > 30
    for table in found:
        assert table.schema == tables.SCHEMA
        assert set(tables.names_of(table)) <= set(COLUMNS[table.name]), table.name


def test_what_is_not_certain_is_optional():
    """Tables and columns whose names alone are known, or nothing, are looked for before they are asked for."""
    uncertain = {*marked("named"), *marked("assumed")}
    needed = {(table.name, column) for table in tables.READ for column in tables.names_of(table)}
    assert not needed & uncertain
    asked = {
        (table.name, column) for group in OPTIONAL.values() for table in group for column in tables.names_of(table)
    }
    assert asked <= uncertain
    assert set(OPTIONAL) == {*Extras.__slots__}


def test_every_table_that_is_read_is_looked_for():
    required = {table.name for table in (*tables.READ, *tables.READ_OF_CONFIGURATION)}
    optional = {table.name for group in OPTIONAL.values() for table in group}
    named = {one.casefold() for _, text in texts() for one in tables_of(checked(text, SCHEMA))}
    assert named & NAMES <= {one.casefold() for one in required | optional}


@pytest.mark.parametrize(
    "record, statement, more",
    [
        (rows.CardRow, goods.cards(SHOP), len(goods.FLAGS)),
        (rows.DiscountRow, trade.discounts(of_customers=True, today=DAY), 0),
        (rows.SetRow, trade.sets(today=DAY), 0),
        (rows.PartRow, trade.parts(), 0),
        (rows.CustomerRow, parties.customers(SHOP), 0),
        (rows.LinkRow, files.links(SHOP, ALL), 0),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_rows_have_a_name_for_each_column(record, statement, more):
    assert len(statement.selected_columns) == len(record._fields) + more


def test_products_begin_like_cards():
    """Whether a product is shown is told by the same columns of both."""
    few, all_ = (list(one.selected_columns.keys()) for one in (goods.products(SHOP), goods.cards(SHOP)))
    assert all_[: len(few)] == few


def test_keys_are_bound_once():
    """SQL Server takes 2,100 parameters at most; a batch is 500 keys. Counted in `test_sql_parameters.py`."""
    for name, group in STATEMENTS.items():
        for one in group:
            assert written(one).count("701, 702, 703") <= 1, name


def test_a_wrong_column_is_caught():
    wrong = sa.select(sa.column("Twr_Code", _selectable=tables.TOWARY)).select_from(tables.TOWARY)
    with pytest.raises(OptimizeError):
        checked(compiled(wrong), SCHEMA)


def test_reading_writes_nothing():
    assert [name for name, text in texts() if not only_reads(text)] == []
