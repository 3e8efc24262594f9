"""Rows of a company before they are written: every table with its next free id."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert

from pomost.sandbox.optima.schema import company

Row = dict[str, Any]
_EPOCH = datetime.fromisoformat("1990-01-01")


def whole_seconds(moment: datetime) -> int:
    """Seconds from the beginning of 1990, as the integer stamps of Comarch's programs count them."""
    return int((moment - _EPOCH).total_seconds())


class Books:
    """What will stand in the company's tables; `now` is the moment the company is looked at for the first time."""

    def __init__(self, now: datetime, seed: int) -> None:
        self.now = now
        self.today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.seed = seed
        self.products: dict[str, int] = {}
        """Ids of the product cards by code."""
        self.customers: dict[str, int] = {}
        self._rows: dict[Table, list[Row]] = {}
        self._used: dict[Table, int] = {}

    def random(self, *about: object) -> Random:
        """Chance that depends on the seed and on what it is about, not on what was drawn before."""
        return Random(":".join(map(str, (self.seed, *about))))  # noqa: S311 (repeatable by seed, no secret)

    def days_ago(self, days: int, hour: int = 0) -> datetime:
        return self.today - timedelta(days=days) + timedelta(hours=hour)

    def next_id(self, table: Table) -> int:
        return self._used.get(table, 0) + 1

    def add(self, table: Table, **values: Any) -> int:
        """Enter a row and return its id, the next free one unless it is given."""
        column = table.autoincrement_column
        if column is None:
            self._rows.setdefault(table, []).append(values)
            return 0
        key = int(values.setdefault(column.name, self.next_id(table)))
        self._used[table] = max(key, self._used.get(table, 0))
        self._rows.setdefault(table, []).append(values)
        return key

    def add_all(self, table: Table, rows: Iterable[Row]) -> None:
        for row in rows:
            self.add(table, **row)

    def rows(self, table: Table) -> list[Row]:
        return self._rows.get(table, [])

    def write(self, connection: Connection) -> None:
        """Insert everything, parents first; rows that name the same columns go in one statement."""
        for table in company().sorted_tables:
            alike: dict[tuple[str, ...], list[Row]] = {}
            for row in self.rows(table):
                alike.setdefault(tuple(row), []).append(row)
            for rows in alike.values():
                connection.execute(insert(table), rows)
