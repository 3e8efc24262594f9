"""Every statement for Subiekt GT, compiled for SQL Server, against the schema the sandbox was written from."""

import inspect
from contextlib import suppress

import pytest
import sqlalchemy as sa
from sqlglot.errors import OptimizeError, ParseError

from pomost.connectors.erp.subiekt_gt import sql
from pomost.connectors.erp.subiekt_gt import sql_of_documents as documents
from pomost.sandbox.subiekt_gt.schema import column_names
from tests.connectors.tsql import checked, compiled, only_reads, refused, tables_of

KEYS = [1, 2, 3]
EXTENDED = {"pwd_Liczba01": False, "pwd_Fk01": True, "pwd_Flaga01": False, "pwd_Tekst10": False, "pwd_Fk02": True}
SIMPLE = [f"tw_Pole{number}" for number in range(1, 9)]
STATEMENTS = {
    "cards": [
        sql.cards((), (), {}, ()),
        sql.cards(range(1, 11), SIMPLE, EXTENDED, [1, 9, 10]),
        sql.cards([3], ["tw_Pole1"], {}, [], keys=True),
    ],
    "stock": [sql.stock([]), sql.stock([1, 2]), sql.stock([1], keys=True)],
    "compositions": [sql.compositions(), sql.compositions(keys=True)],
    "stock_of_parts": [sql.stock_of_parts([1, 2])],
    "matching": [sql.matching("5900000000015")],
    "customers": [sql.customers(), sql.customers(keys=True)],
    "customer_traits": [sql.customer_traits([1, 2]), sql.customer_traits([], keys=True)],
    "count_cards": [sql.count_cards()],
    "price_level_names": [sql.price_level_names()],
    "simple_field_names": [sql.simple_field_names()],
    "extended_fields": [sql.extended_fields()],
    "warehouses": [sql.warehouses()],
    "units_in_use": [sql.units_in_use()],
    "dictionary": [sql.dictionary(one) for one in (sql.GRUPA_TW, sql.CECHA_TW, sql.GRUPA_KH, sql.CECHA_KH, sql.BRANZA)],
    "categories": [sql.categories()],
    "operators": [sql.operators()],
    "orders_by_number": [documents.orders_by_number()],
    "goods_of_orders": [documents.goods_of_orders()],
    "orders_by_id": [documents.orders_by_id()],
    "counters": [documents.counters()],
    "committed": [
        documents.committed(one) for one in (documents.orders_by_number(), documents.issued_by_lines("ob_DokHanId"))
    ],
    "issued_by_the_orders_own_link": [documents.issued_by_the_orders_own_link()],
    "issued_by_the_documents_link": [documents.issued_by_the_documents_link()],
    "issued_by_lines": [documents.issued_by_lines(one) for one in ("ob_DokHanId", "ob_DokMagId")],
    "line_cards": [documents.line_cards()],
    "more_units": [documents.more_units()],
    "currencies": [documents.currencies()],
    "vat_rates": [documents.vat_rates()],
    "vat_symbols": [documents.vat_symbols()],
}
# SQL Server's collation does not tell letter cases apart, and neither does the parser; exact names are checked below.
NAMES = {table.casefold() for table in column_names()}
SCHEMA = {table: dict.fromkeys(columns, "int") for table, columns in column_names().items()}


def written(statement):
    return compiled(statement, keys=KEYS, numbers=["MS-1"], symbols=["A"], codes=["5900000000015"])


def texts():
    return [(f"{name}-{place}", written(one)) for name, group in STATEMENTS.items() for place, one in enumerate(group)]


@pytest.mark.parametrize(("name", "text"), texts(), ids=[name for name, _ in texts()])
def test_a_statement_names_only_what_is_there(name, text):
    assert tables_of(checked(text, SCHEMA)) <= NAMES
    assert not refused(text)


def test_every_statement_is_looked_at():
    found = {
        name
        for module in (sql, documents)
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_") and name not in {"names_of", "table"}
    }
    assert found == set(STATEMENTS)


def test_every_table_is_in_the_schema():
    members = [pair for module in (sql, documents) for pair in inspect.getmembers(module)]
    tables = [one for _, one in members if isinstance(one, sa.TableClause)]
    assert len(tables) > 15
    for table in tables:
        assert set(sql.names_of(table)) <= set(SCHEMA[table.name]), table.name


def test_a_wrong_column_is_caught():
    wrong = sa.select(sa.column("tw_Symbl", _selectable=sql.TOWAR)).select_from(sql.TOWAR)
    with pytest.raises(OptimizeError):
        checked(compiled(wrong), SCHEMA)


def test_a_wrong_column_in_a_condition_is_caught():
    with pytest.raises(OptimizeError):
        checked('SELECT "tw_Id" FROM "tw__Towar" WHERE "tw_Zablokowana" = 1', SCHEMA)


def test_a_wrong_table_is_caught():
    assert not tables_of(checked('SELECT t."tw_Id" FROM "tw_Towar" AS t', SCHEMA)) <= NAMES


@pytest.mark.parametrize(
    "text",
    [
        'SELECT "tw_Id" FROM "tw__Towar" LIMIT 5',
        'SELECT IFNULL("tw_Symbol", 1) FROM "tw__Towar"',
        'SELECT "tw_Symbol" || "tw_Nazwa" FROM "tw__Towar"',
        'SELECT "tw_Id" FROM "tw__Towar" WHERE "tw_Symbol" ILIKE \'a\'',
        'SELECT "tw_Id" FROM "tw__Towar" WHERE "tw_Zablokowany" = TRUE',
        'SELECT "tw_Id"::int FROM "tw__Towar"',
    ],
)
def test_a_foreign_construct_is_caught(text):
    with suppress(ParseError):
        assert refused(text)


def test_reading_writes_nothing():
    assert [name for name, text in texts() if not only_reads(text)] == []


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        (documents.orders_by_number(), 1),
        (documents.orders_by_id(), 1),
        (documents.goods_of_orders(), 1),
        (documents.issued_by_the_orders_own_link(), 2),
        (documents.issued_by_the_documents_link(), 1),
        (documents.issued_by_lines("ob_DokHanId"), 3),
    ],
)
def test_what_is_acted_on_is_read_as_committed(statement, tables):
    """Decision table 8.5: every table of the statement waits for whoever writes; the plain one waits for nobody."""
    assert written(documents.committed(statement)).count("WITH (READCOMMITTED)") == tables
    assert "READCOMMITTED" not in written(statement)
