"""Copies of the store: taken while others write, looked over, and what must be told a store that was put back."""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from django.db.models import F

from pomost.store import sql
from pomost.store.channels import names, versions
from pomost.store.database import link, one_transaction
from pomost.store.launches import LaunchState
from pomost.store.models import Launch, Lease
from pomost.store.secrets import SecretUnreadable, Vault, sealed_secrets
from pomost.store.watermarks import doubt_all_channels

__all__ = [
    "CopyDamaged",
    "copy_file",
    "in_use",
    "link",
    "look_over",
    "note_put_back",
    "put_in_place",
    "settings_of_channels",
    "unopened",
]

_PATIENCE = 30  # seconds a writer is waited for
_AHEAD = 1_000_000
_BESIDE = ("-wal", "-shm")


class CopyDamaged(Exception):
    """A copied database does not pass SQLite's own check."""


def copy_file(source: Path, target: Path) -> None:
    """A copy of a SQLite store as it is at one moment, whoever writes meanwhile; nobody else may read the file.

    Raises FileExistsError, sqlite3.Error, CopyDamaged.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source, timeout=_PATIENCE)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)  # in one step: it sees one state of the file and its log
        new.execute("PRAGMA journal_mode = DELETE")  # the copy is one file
    look_over(target)


def look_over(file: Path) -> None:
    """Raises CopyDamaged where SQLite finds a page that is not what it should be."""
    try:
        with closing(sqlite3.connect(file)) as opened:
            said = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise CopyDamaged(str(error)) from error
    if said != ("ok",):
        raise CopyDamaged(str(said[0]))


def in_use(file: Path) -> bool:
    """Whether another process has this SQLite store open, a panel that rests included.

    Where nobody has, what lies in its log is now in the file itself.
    """
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as opened:
            opened.execute("PRAGMA locking_mode = EXCLUSIVE")
            opened.execute("BEGIN EXCLUSIVE")
            opened.execute("COMMIT")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False  # no store of anybody's
    return False


def put_in_place(fresh: Path, file: Path, now: datetime) -> Path | None:
    """Put a store's file where another one may be, which is kept beside; gives its place.

    At no moment is there no file: a start meanwhile would make an empty store.
    """
    aside: Path | None = None
    if file.exists():
        aside = file.with_name(f"{file.name}.before-{now:%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}")
        try:
            os.link(file, aside)
        except OSError:  # a file system that knows no second name of a file
            shutil.copy2(file, aside)
        for ending in _BESIDE:
            with suppress(FileNotFoundError):  # a log belongs to its own file alone
                file.with_name(file.name + ending).rename(aside.with_name(aside.name + ending))
    fresh.replace(file)
    return aside


def settings_of_channels() -> dict[str, Mapping[str, object]]:
    """The newest settings of every channel, as they are exported: without secrets."""
    return {name: versions(name, 1)[0][3] for name in names()}


def unopened(vault: Vault) -> list[tuple[str, str]]:
    """Channel and field of every secret of the open store that this vault's key does not open."""
    found = []
    for channel, field in sealed_secrets():
        try:
            vault.open(channel, field)
        except SecretUnreadable:
            found.append((channel.name, field))
    return found


def note_put_back(now: datetime) -> None:
    """The open store was put back from a copy: what it knows is doubted, and whatever it thinks is going on is not.

    Whoever still works with the store it replaces holds an older fencing number than anybody is given from now on.
    Browsers that were signed in then, and links that worked once then, do not work again.
    """
    with one_transaction():
        doubt_all_channels()
        Lease.objects.update(owner="", stop_requested=False, step=None, fence=F("fence") + _AHEAD)
        Launch.objects.exclude(state=LaunchState.ENDED).update(state=LaunchState.ENDED, ended=now)
        sql.run("DELETE FROM panel_session")
        sql.run("DELETE FROM panel_invitation")
