"""The schema has the documented names, types and constraints, and both databases can make it."""

import re
from pathlib import Path

import pytest
from sqlalchemy import UniqueConstraint, create_mock_engine
from sqlalchemy.dialects import mssql

from pomost.sandbox.optima.connection import create_empty, open_readonly
from pomost.sandbox.optima.schema import company, configuration, marked
from pomost.sandbox.optima.triggers import STAMPING

TABLES = {table.name: table for metadata in (company(), configuration()) for table in metadata.sorted_tables}
BESIDE = {"TwrStawkiVAT", "TwrPrzeceny", "TwrGrupyJezykObcy", "KntAtrybuty", "BazZakazy"}
BESIDE |= {"PodmiotRejestracjaZgod", "RejestracjaZgodTrescESklepy"}
"""Tables whose names are known, while their columns are known in part or not at all."""
NAMED = {
    ("DaneBinarneLinki", "DBL_TagLink"),
    ("eSklepStanowiska", "ESS_OstatnieDabId"),
    ("eSklepStanowiska", "ESS_OstatnieTwrId"),
    ("eSklepStanowiska", "ESS_OstatnieRabatyPusto"),
}
"""Columns of the documented tables whose names alone are known."""


def documented():
    """What `schema.txt` says of each table."""
    lines = Path(__file__).with_name("schema.txt").read_text(encoding="utf-8").splitlines()[1:]
    whole = re.sub(r"\n  ", " ", "\n".join(lines))
    return {name: set(rest.split("; ")) for name, _, rest in (line.partition(": ") for line in whole.splitlines())}


def typed(column):
    """The type in the words of SQL Server."""
    words = column.type.compile(dialect=mssql.dialect()).lower().replace(", ", ",")
    return words.replace("integer", "int").replace("numeric", "decimal")


def described(column):
    if column.computed is not None:
        return f"{column.name} computed"
    told = f"{column.name} {typed(column)}"
    if column is column.table.autoincrement_column:
        return f"{told} identity"
    default = str(column.server_default.arg) if column.server_default is not None else None
    spelt = {"(getdate())": "GETDATE()", "(newid())": "NEWID()"}.get(default, default)
    return f"{told}{' null' if column.nullable else ''}{f' = {spelt}' if spelt else ''}"


def names(columns):
    return f"({', '.join(column.name for column in columns)})"


def told_of(table):
    """Everything about a table in the words of `schema.txt`."""
    plain = [column for column in table.columns if not {"named", "assumed"} & set(column.info)]
    return {
        *map(described, plain),
        f"key {names(table.primary_key.columns)}",
        *(f"unique {names(one.columns)}" for one in table.constraints if isinstance(one, UniqueConstraint)),
        *(f"index {names(one.columns)}" for one in table.indexes),
        *(
            f"{key.parent.name} -> {key.column.table.name}.{key.column.name}"
            for key in table.foreign_keys
            if key.parent in plain
        ),
    }


def test_the_documented_tables_are_all_there():
    assert set(TABLES) - BESIDE == set(documented())


@pytest.mark.parametrize("name", sorted(documented()))
def test_each_table_is_as_documented(name):
    assert told_of(TABLES[name]) == documented()[name]


def test_whatever_is_beside_the_documentation_is_marked():
    uncertain = {*marked("named"), *marked("assumed")}
    known = {(table, column) for table, column in uncertain if table not in BESIDE}
    assert known == NAMED
    for name in BESIDE - {"BazZakazy"}:
        assert {column for table, column in uncertain if table == name} == {one.name for one in TABLES[name].columns}


@pytest.mark.parametrize("url", ["mssql+pyodbc://", "postgresql+psycopg://", "sqlite://"])
def test_compiles_for_every_database(url):
    statements = []
    engine = create_mock_engine(url, lambda sql, *_: statements.append(str(sql.compile(dialect=engine.dialect))))
    for metadata in (company(), configuration()):
        metadata.create_all(engine, checkfirst=False)
    made = "\n".join(statements)
    assert made.count("CREATE TABLE") == len(TABLES)
    assert 'CREATE TABLE "CDN"."Towary"' in made or "CREATE TABLE [CDN].[Towary]" in made
    if url.startswith("mssql"):
        assert made.count(" IDENTITY") == sum(table.autoincrement_column is not None for table in TABLES.values())


def test_sqlite_makes_both_databases(tmp_path):
    for name, metadata in (("company", company()), ("configuration", configuration())):
        create_empty(tmp_path / f"{name}.db", metadata)
        connection = open_readonly(tmp_path / f"{name}.db")
        found = {row[0] for row in connection.execute("SELECT name FROM CDN.sqlite_master WHERE type = 'table'")}
        assert found == {table.name for table in metadata.sorted_tables}
        connection.close()


def test_triggers_stand_on_the_documented_tables_and_name_a_product():
    assert set(STAMPING) == {
        "Towary",
        "TwrESklep",
        "TwrCeny",
        "TwrAtrybuty",
        "TwrJMZ",
        "TwrEan",
        "DaneBinarneLinki",
        "ZestawyTwr",
    }
    for table, (_, product) in STAMPING.items():
        assert product in TABLES[table].columns
