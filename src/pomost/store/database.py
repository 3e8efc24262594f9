"""Opening the store by one URL: a SQLite file by default, PostgreSQL for many workers."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management import call_command
from django.db import DatabaseError as StoreError
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from pomost.store.soundness import Flaw, StoreUnfit, look_at_file

__all__ = ["Flaw", "StoreError", "StoreUnfit", "close_store", "file_of", "files_of", "one_transaction", "open_store"]

_OURS = frozenset({"store", "panel"})

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
    django.db.DatabaseError where the database cannot be opened, StoreUnfit where it is no sound store of ours: a file
    that is empty, cut off or somebody else's is never made anew, nor is what a newer program keeps ever written to.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        _make(file)
    if file is not None:
        look_at_file(file)
    _connect(_database(url))
    _bring_up_to_date(file or urlsplit(url).path.removeprefix("/"), made=file is None)


def file_of(url: str) -> Path | None:
    """The file a store lives in; None for one on a server. All after the third slash is its path."""
    if not url.startswith("sqlite:"):
        return None
    # Signs that mean something in other URLs belong to a name here.
    return Path(url.partition("://")[2].removeprefix("/") or "pomost.db")


def _make(file: Path) -> None:
    """A new store appears whole: made beside its place, so that a first start cut off leaves nothing half made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex[:12]}")
    try:
        _connect(_database(f"sqlite:///{beside}"))
        _bring_up_to_date(beside, made=True)
        connections.close_all()
        with suppress(FileExistsError):  # another process was first
            link(beside, file)
    finally:
        connections.close_all()
        for ending in ("", "-wal", "-shm", "-journal"):
            beside.with_name(beside.name + ending).unlink(missing_ok=True)


def link(fresh: Path, file: Path) -> None:
    """Give a whole file the name it is for, if nobody has it. Raises FileExistsError."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows no second name of a file
        if file.exists():
            raise FileExistsError(str(file)) from None
        fresh.rename(file)


def _connect(facts: dict[str, Any]) -> None:
    connections.close_all()
    connections.databases["default"] = connections.configure_settings({"default": facts})["default"]
    # The handler keeps one connection per thread; without this the next use would still meet the old database.
    if any(True for _ in connections.all(initialized_only=True)):
        del connections["default"]


def _bring_up_to_date(place: Path | str, *, made: bool) -> None:
    """Migrate what is ours, and note which program did. `made`: a database without tables is a new one."""
    executor = MigrationExecutor(connection)
    applied = executor.loader.applied_migrations
    if ("store", "0001_initial") not in applied:
        _refuse_strange(place, made=made)
    unknown = [one for one in applied if one[0] in _OURS and one not in executor.loader.graph.nodes]
    if unknown:
        noted = "store_keeper" in connection.introspection.table_names()
        newer = (noted and _kept_by()) or max(name for _, name in unknown)
        raise StoreUnfit(Flaw.NEWER, place, version=newer, ours=_version())
    # The command looks at every table's every state even where nothing is left to do, and each process opens a store.
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    if _kept_by() != _version():
        _note_keeper()


def _refuse_strange(place: Path | str, *, made: bool) -> None:
    """A database with other tables than ours is somebody else's; one without any is new only where that was meant."""
    found = set(connection.introspection.table_names())
    ours = {"django_migrations", *connection.introspection.django_table_names(include_views=False)}
    if found - ours:
        raise StoreUnfit(Flaw.FOREIGN, place)
    if not found and not made:
        raise StoreUnfit(Flaw.EMPTY, place)


def _kept_by() -> str:
    """The version of the program that last brought the tables up to date, "" where none noted it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM store_keeper WHERE one = 1")
        row = cursor.fetchone()
    return "" if row is None else str(row[0])


def _note_keeper() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_keeper (one, version, at) VALUES (1, %s, %s)"
            " ON CONFLICT (one) DO UPDATE SET version = excluded.version, at = excluded.at",
            [_version(), datetime.now(UTC)],
        )


def _version() -> str:
    return version("pomost")


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
    path = file_of(url)
    return () if path is None else (path, *(path.with_name(path.name + more) for more in ("-wal", "-shm")))


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file_of(url)),
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
