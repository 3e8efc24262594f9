"""The company's database as the program uses it: rows, its own ids, fitting of texts, transactions, record locks."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.kinds import CURRENCY_LIMIT

Row = dict[str, Any]
CODE_PAGE = "cp1250"
_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
_WIDTH = {"VARCHAR", "CHAR"}
_NEWER = {"dok_ZrealizowaneZRezerwacja"}
"""Columns written only where the company's version of the program has them."""


class Books:
    """One connection to the file of a sandbox company; `ValueError` when the file is no such company."""

    def __init__(self, path: str | Path) -> None:
        if not Path(path).is_file():
            raise ValueError(f"there is no sandbox company in {path}")
        # Transactions are begun by hand, so that one save is one of them.
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._columns: dict[str, dict[str, int | None]] = {}
        self._keys: dict[str, str] = {}
        if not self._known("dok_Vat"):
            self.close()
            raise ValueError(f"{path} is no sandbox company, or one without the table dok_Vat")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def saving(self) -> Iterator[None]:
        """One transaction: all of it or nothing, for refusals and for the database's own errors alike."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._run("ROLLBACK")
            raise
        self._run("COMMIT")

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """A transaction nothing of which stays."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._run("ROLLBACK")

    def rows(self, query: str, *values: Any) -> list[Row]:
        return [dict(row) for row in self._run(query, *values)]

    def row(self, query: str, *values: Any) -> Row | None:
        """The first row found."""
        found = self._run(query, *values).fetchone()
        return None if found is None else dict(found)

    def value(self, query: str, *values: Any) -> Any:
        """The first column of the first row, None when there is none."""
        found = self._run(query, *values).fetchone()
        return None if found is None else found[0]

    def execute(self, statement: str, *values: Any) -> int:
        """The number of rows a statement changed."""
        return self._run(statement, *values).rowcount

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, [_bound(value) for value in values])
        except sqlite3.Error as error:
            raise Refusal("failure", f"Błąd bazy danych: {error}") from error

    def next_id(self, table: str, count: int = 1) -> int:
        """The first of so many ids, taken from the program's own counters."""
        columns = self._known(table)
        if self.execute("UPDATE ins_ident SET ido_wartosc = ido_wartosc + ? WHERE ido_nazwa = ?", count, table):
            return int(self.value("SELECT ido_wartosc FROM ins_ident WHERE ido_nazwa = ?", table)) - count
        key = self._keys[table]
        assert key in columns
        first = int(self.value(f"SELECT coalesce(max({key}), 0) FROM {table}")) + 1
        self.execute("INSERT INTO ins_ident (ido_nazwa, ido_wartosc) VALUES (?, ?)", table, first + count)
        return first

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        fitted = self._fitted(table, row)
        names, marks = ", ".join(fitted), ", ".join("?" * len(fitted))
        self.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", *fitted.values())

    def update(self, table: str, key: int, row: Mapping[str, Any]) -> None:
        """Change the row with this id."""
        fitted = self._fitted(table, row)
        changes = ", ".join(f"{name} = ?" for name in fitted)
        statement = f"UPDATE {table} SET {changes} WHERE {self._keys[table]} = ?"
        self.execute(statement, *fitted.values(), key)

    def width(self, table: str, column: str) -> int:
        """How many characters a text column holds."""
        width = self._known(table)[column]
        assert width is not None
        return width

    def _known(self, table: str) -> dict[str, int | None]:
        """Columns of a table, the texts among them with their width."""
        if table not in self._columns:
            found = self.rows("SELECT name, type, pk FROM pragma_table_info(?)", table)
            self._columns[table] = {row["name"]: _width(row["type"]) for row in found}
            self._keys[table] = next((row["name"] for row in found if row["pk"]), "")
        return self._columns[table]

    def _fitted(self, table: str, row: Mapping[str, Any]) -> Row:
        """Values as the database keeps them: letters the code page lacks are lost, a text too long is refused."""
        columns, fitted = self._known(table), {}
        for name, value in row.items():
            if name not in columns and name in _NEWER:
                continue
            kept, width = value, columns[name]
            if isinstance(value, str):
                kept = value.encode(CODE_PAGE, "replace").decode(CODE_PAGE)
                if width is not None and len(kept) > width:
                    raise Refusal("database", f"Wartość pola {name} jest dłuższa niż {width} znaków.")
            elif isinstance(value, Decimal) and abs(value) > CURRENCY_LIMIT:
                raise Refusal("database", f"Wartość pola {name} jest za duża.")
            fitted[name] = kept
        return fitted


def _width(declared: str) -> int | None:
    name, _, rest = declared.partition("(")
    return int(rest.rstrip(")")) if name in _WIDTH else None


def _bound(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.strftime(_MOMENT)
    return value


def decimal(value: Any) -> Decimal:
    """A money column; SQLite keeps the nearest binary number, its four decimals are exact."""
    return Decimal(f"{value or 0:.4f}")


def moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
