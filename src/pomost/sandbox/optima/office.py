"""The office everybody in the company works in: one database, one clock, and the stamps the program itself writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Delete, Select, Table, Update, func, insert, select, update

from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima.books import Books, Row
from pomost.sandbox.optima.connection import Clock, open_engine
from pomost.sandbox.optima.groups import GROUP


class Office:
    """Where changes are saved. Triggers stamp by themselves; what the program stamps goes through `stamped`."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.clock = clock
        self._stamping = True
        self.engine = open_engine(path, clock, stamping=lambda: self._stamping)

    @contextmanager
    def unstamped(self) -> Iterator[None]:
        """Changes made by somebody's script with the triggers off: nothing is stamped."""
        self._stamping = False
        try:
            yield
        finally:
            self._stamping = True

    def stamped(self, *columns: str) -> dict[str, datetime]:
        """The present moment for the columns in which the program notes when a thing was saved."""
        return dict.fromkeys(columns, self.clock()) if self._stamping else {}

    def books(self, connection: Connection) -> Books:
        """Books that go on where the database ends."""
        return _Continued(connection, self.clock())

    def save_card(self, connection: Connection, key: int, **values: Any) -> None:
        """Save a product card as its window does: everything that is on it, and when."""
        changed = {**values, **self.stamped("Twr_TS_Mod")}
        if changed:
            table = goods.towary
            connection.execute(update(table).where(table.c.Twr_TwrId == key).values(changed))


class _Continued(Books):
    """Books opened on what stands in the database already."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        super().__init__(now, seed=0)
        self._connection = connection
        card, customer = goods.towary.c, parties.kontrahenci.c
        self.products = _by_code(connection, card.Twr_Kod, card.Twr_TwrId)
        self.customers = _by_code(connection, customer.Knt_Kod, customer.Knt_KntId)

    def next_id(self, table: Table) -> int:
        if table not in self._used:
            last = func.max(next(iter(table.primary_key.columns)))
            self._used[table] = self._connection.execute(select(func.coalesce(last, 0))).scalar_one()
        return super().next_id(table)


def _by_code(connection: Connection, code: Any, key: Any) -> dict[str, int]:
    return {name: number for name, number in connection.execute(select(code, key))}  # noqa: C416 (rows are not pairs)


def product_id(connection: Connection, code: str) -> int:
    card = goods.towary.c
    return _known(connection, select(card.Twr_TwrId).where(card.Twr_Kod == code), f"no product has the code {code!r}")


def customer_id(connection: Connection, code: str) -> int:
    card = parties.kontrahenci.c
    return _known(connection, select(card.Knt_KntId).where(card.Knt_Kod == code), f"no customer has the code {code!r}")


def group_number(connection: Connection, code: str) -> int:
    """Number (`TwG_GIDNumer`) of a group by its code."""
    group = goods.twr_grupy.c
    query = select(group.TwG_GIDNumer).where(group.TwG_GIDTyp == GROUP, group.TwG_Kod == code)
    return _known(connection, query, f"no group has the code {code!r}")


def _known(connection: Connection, query: Select[int], otherwise: str) -> int:
    """The first answer there must be. Raises KeyError with this sentence when there is none."""
    found = connection.execute(query).scalars().first()
    if found is None:
        raise KeyError(otherwise)
    return int(found)


def exists(connection: Connection, table: Table, whose: Row) -> bool:
    """Whether there is a row with these values."""
    here = (table.c[name] == value for name, value in whose.items())
    return connection.execute(select(next(iter(table.primary_key.columns))).where(*here)).first() is not None


def put(connection: Connection, table: Table, whose: Row, values: Row) -> None:
    """Update the row these columns name, or insert it."""
    here = [table.c[name] == value for name, value in whose.items()]
    if exists(connection, table, whose):
        connection.execute(update(table).where(*here).values(values))
    else:
        connection.execute(insert(table), {**whose, **values})


def must(connection: Connection, statement: Update | Delete, otherwise: str) -> None:
    """Change or delete rows there must be. Raises KeyError with this sentence when there are none."""
    if connection.execute(statement).rowcount == 0:
        raise KeyError(otherwise)
