"""Engines of the sandbox: a file of SQLite by default, any database by its URL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect

from pomost.sandbox.subiekt_gt.schema import schema


def open_engine(path_or_url: str | Path) -> Engine:
    """Engine for an address: a text with `://` is a URL of SQLAlchemy, anything else a file of SQLite."""
    address = str(path_or_url)
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """Let a reader work while somebody writes; a lost sandbox is built again, so no waiting for the disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.execute("PRAGMA busy_timeout=60000")
    cursor.close()


def create_empty(path_or_url: str | Path) -> Engine:
    """Engine of a database with all tables and no rows; an inhabited database is refused, never overwritten."""
    engine = open_engine(path_or_url)
    if inspect(engine).get_table_names():
        engine.dispose()
        raise ValueError(f"the database {path_or_url} already has tables; the sandbox builds only into an empty one")
    schema().create_all(engine)
    return engine
