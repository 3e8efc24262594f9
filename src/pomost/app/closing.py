"""Pomost's data is its owner's alone: no process of ours makes files for others, and what was wider is closed."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import structlog

_log = structlog.get_logger("pomost.data")
_OTHERS = 0o077
_OURS = ("data", "key", "logs")
"""Folders of ours in the data folder; what else lies there is somebody else's, and hidden by the folder itself."""


def begin_alone() -> None:
    """At the start of every process of ours: what it makes, and its children make, is its owner's alone."""
    os.umask(_OTHERS)


def close_to_others(home: Path, files: Iterable[Path]) -> None:
    """Take away what others may do with the data folder, with our files in it and with `files` beside it.

    An older program, or a copy put back, may have left them open; that is said in the log. Windows has no such modes.
    """
    if os.name == "nt":
        return
    closed, left = [], []
    for path in _ours(home, files):
        try:
            mode = path.lstat().st_mode
            # A link has no mode of its own; a folder where everybody may put files, such as /tmp, is not ours to close.
            if mode & _OTHERS and not stat.S_ISLNK(mode) and not mode & stat.S_ISVTX:
                path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
                closed.append(str(path))
        except FileNotFoundError:
            continue  # a log that was just rotated, a store's own files that come and go
        except PermissionError:
            left.append(str(path))
    if closed:
        _log.warning("others could read this, and no longer can", folder=str(home), count=len(closed), first=closed[0])
    if left:
        _log.warning("others can read this, and it is not ours to close", count=len(left), first=left[0])


def _ours(home: Path, files: Iterable[Path]) -> Iterator[Path]:
    yield home
    for name in _OURS:
        yield from _tree(home / name)
    yield from files


def _tree(folder: Path) -> Iterator[Path]:
    yield folder
    for root, folders, names in os.walk(folder):
        yield from (Path(root, name) for name in (*folders, *names))
