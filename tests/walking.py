"""Everything of a Pomost that lies on disk, walked for what must not be there."""

import sqlite3
from contextlib import closing


def places_of(home, secret):
    """Where `secret` is found under a data folder: table and column of the store, or the name of a file.

    Rows are looked at besides the file's own bytes, so that a finding names its table; the master key is left out.
    """
    found = set()
    for database in home.rglob("*.db"):
        with closing(sqlite3.connect(database)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                rows = connection.execute(f'SELECT * FROM "{table}"')
                names = [column[0] for column in rows.description]
                found |= {
                    f"{table}.{name}"
                    for row in rows
                    for name, cell in zip(names, row, strict=True)
                    if holds(cell, secret)
                }
    for file in home.rglob("*"):
        if file.is_file() and file.name != "master.key" and holds(file.read_bytes(), secret):
            found.add(file.name)
    return found


def holds(cell, secret):
    if isinstance(cell, bytes | memoryview):
        return secret.encode() in bytes(cell) or secret.encode("utf-16-le") in bytes(cell)
    # JSON writes letters beyond ASCII as escapes: secrets of these tests are ASCII.
    return secret in str(cell)
