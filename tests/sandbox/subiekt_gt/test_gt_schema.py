"""The schema has the documented names, and every database can make it."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, create_mock_engine, inspect

from pomost.sandbox.subiekt_gt.schema import VIEWS, column_names, optional_columns, schema, tables

KINDS = ("Data", "Liczba", "Tekst", "Kwota", "Fk", "Flaga")
MORE = {
    "tw__Towar": ["tw_ObjetySysKaucyjnym"],
    "kh__Kontrahent": ["kh_SKPodmiotReprezentujacy"],
    "adr__Ewid": ["adr_GLN"],
    "dok__Dokument": ["dok_NumerKSeFId"],
}
"""Columns seen in newer databases only, beside the documented selection."""


def documented():
    """Tables and columns as they are documented; own fields are documented with three columns of each kind."""
    names = {}
    for line in Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines():
        head, _, tail = line.rpartition(":")
        if head:
            table = head
        names.setdefault(table, []).extend(tail.split())
    return names


def test_tables_and_columns_have_the_documented_names():
    expected = documented()
    ours = {table.name: [column.name for column in table.columns] for table in tables()}
    assert set(ours) == set(expected)
    for table, columns in expected.items():
        if table != "pw_Dane":
            assert [name for name in ours[table] if name not in MORE.get(table, [])] == columns
            assert set(ours[table]) == {*columns, *MORE.get(table, [])}


def test_own_fields_have_ten_columns_of_each_kind():
    own = column_names()["pw_Dane"]
    assert own[:4] == documented()["pw_Dane"][:4]
    assert own[4:] == [f"pwd_{kind}{number:02}" for kind in KINDS for number in range(1, 11)]


def test_columns_of_newer_versions_are_marked():
    assert set(optional_columns()) == {
        ("dok__Dokument", "dok_ZrealizowaneZRezerwacja"),
        *((table, column) for table, columns in MORE.items() for column in columns),
    }


@pytest.mark.parametrize("url", ["mssql+pyodbc://", "postgresql+psycopg://", "sqlite://"])
def test_compiles_for_every_database(url):
    statements = []
    engine = create_mock_engine(url, lambda sql, *_: statements.append(str(sql.compile(dialect=engine.dialect))))
    schema().create_all(engine, checkfirst=False)
    made = "\n".join(statements)
    assert made.count("CREATE TABLE") == len(tables())
    assert made.count("CREATE VIEW") == len(VIEWS)
    assert "IDENTITY" not in made
    assert "SERIAL" not in made


def test_sqlite_makes_tables_and_the_view():
    engine = create_engine("sqlite://")
    schema().create_all(engine)
    inspector = inspect(engine)
    assert set(inspector.get_table_names()) == {table.name for table in tables()}
    assert inspector.get_view_names() == ["vwPoziomyCenWaluty"]
