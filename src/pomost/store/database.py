"""Opening the store by one URL: a SQLite file by default, PostgreSQL for many workers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management import call_command
from django.db import DatabaseError as StoreError
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

__all__ = ["StoreError", "close_store", "files_of", "one_transaction", "open_store"]

# FULL, not NORMAL: an in-doubt mark that a power cut loses would hide a change the shop already took.
# 24 MB of pages kept: with SQLite's own 2 MB a product costs more the more products there are.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-24000; PRAGMA wal_autocheckpoint=4000;"
)


def open_store(url: str) -> None:
    """Connect this process to the store at `url` and bring its tables up to date.

    `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://user:password@host:port/name`. One process has
    one store; opening another closes the first. Raises ValueError for any other URL, OSError and
    django.db.DatabaseError where the database cannot be opened.
    """
    connections.close_all()
    connections.databases["default"] = connections.configure_settings({"default": _database(url)})["default"]
    # The handler keeps one connection per thread; without this the next use would still meet the old database.
    if any(True for _ in connections.all(initialized_only=True)):
        del connections["default"]
    executor = MigrationExecutor(connection)
    # The command looks at every table's every state even where nothing is left to do, and each process opens a store.
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_transaction(*, lasting: bool = True) -> Iterator[None]:
    """All or nothing: a batch's outcomes and the ledger are recorded together.

    A `lasting` one has reached the disk when it ends. Another outlives the death of this process, and may be undone by
    a power cut until the next lasting one ends; it never waits for the disk.
    """
    outermost = not connection.in_atomic_block
    sqlite = connection.vendor == "sqlite"
    if not lasting and outermost and sqlite:
        _pragma("synchronous=NORMAL")
    try:
        with transaction.atomic():
            if not lasting and not sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = off")
            yield
    finally:
        if not lasting and outermost and sqlite:
            _pragma("synchronous=FULL")


def close_store() -> None:
    """Give back this thread's connection."""
    connections.close_all()


def _pragma(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")


def files_of(url: str) -> tuple[Path, ...]:
    """The files a store at `url` lies in, whether they are there yet or not; none where a server keeps it."""
    if urlsplit(url).scheme != "sqlite":
        return ()
    # All after the third slash is the path: signs that mean something in other URLs belong to a name here.
    path = Path(url.partition("://")[2].removeprefix("/") or "pomost.db")
    return (path, *(path.with_name(path.name + more) for more in ("-wal", "-shm")))


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path, *_ = files_of(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": _PRAGMAS},
        }
    if parts.scheme in {"postgresql", "postgres"}:
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", "") or parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }
    raise ValueError(f"store URL must begin with sqlite:/// or postgresql://, not {parts.scheme or url!r}://")
