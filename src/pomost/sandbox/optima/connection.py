"""Files of the sandbox as databases of a server: how they are opened, and what a connection needs in order to write.

One folder plays the SQL Server, one SQLite file in it (`NAME.db`) plays the database NAME. The file holds its tables
without a schema; whoever opens it attaches it under the name CDN to an empty database in memory, and from then on a
statement about `CDN.Towary` means here what it means on SQL Server.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, MetaData, QueuePool, create_engine

from pomost.sandbox.optima.columns import SCHEMA

Clock = Callable[[], datetime]
MONDAY = datetime.fromisoformat("2026-11-16T08:00:00")
"""When the sandbox company opens in the morning, unless another clock is given."""


class Ticking:
    """A clock that moves one second each time it is read, so that equal work leaves equal stamps."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def database_file(folder: Path, database: str) -> Path:
    """Where the database of this name lies on this 'server'."""
    return folder / f"{database}.db"


def open_readonly(path: Path) -> sqlite3.Connection:
    """A plain connection to one database for reading, its tables under `CDN.`; no writer is kept waiting."""
    connection = sqlite3.connect(":memory:", uri=True, check_same_thread=False)
    connection.execute(f"ATTACH DATABASE ? AS {SCHEMA}", (f"{path.absolute().as_uri()}?mode=ro",))
    return connection


def open_engine(path: Path, clock: Clock, *, stamping: Callable[[], bool] = lambda: True) -> Engine:
    """Engine of one database for the people who work in it.

    `clock` answers GETDATE(); `stamping` says whether the triggers of the database are on at the moment.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.create_function("getdate", 0, lambda: clock().isoformat(" ", "microseconds"))
        connection.create_function("triggers_enabled", 0, lambda: int(stamping()))
        connection.execute(f"ATTACH DATABASE ? AS {SCHEMA}", (str(path),))
        # Readers and the writer do not wait for each other; a lost sandbox is built again, so no waiting for the disk.
        connection.execute(f"PRAGMA {SCHEMA}.journal_mode=WAL")
        connection.execute(f"PRAGMA {SCHEMA}.synchronous=OFF")
        connection.execute("PRAGMA busy_timeout=60000")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=QueuePool)


def create_empty(path: Path, tables: MetaData) -> None:
    """A new database with these tables and no rows; an existing file is refused, never overwritten."""
    if path.exists():
        raise ValueError(f"the database {path} exists already; the sandbox builds only new ones")
    engine = open_engine(path, Ticking())
    tables.create_all(engine, checkfirst=False)
    engine.dispose()
