"""The temporary directory of a channel (tab Inne): tried when it is saved, used while the channel is open."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from pomost.app.results import Problem
from pomost.model.text import Text

# Ours, Windows' two spellings of it, and SQLite's own: children such as the one that writes documents inherit them.
_VARIABLES = ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR")


def check_workspace(directory: str) -> list[Problem]:
    """Whether files can be made there; the problem as people should hear it."""
    if not directory:
        return []
    try:
        with tempfile.NamedTemporaryFile(dir=directory, prefix="pomost-"):
            return []
    except OSError as error:
        text = Text(
            "katalog „{directory}” jest niedostępny do zapisu: {why}",
            "directory “{directory}” cannot be written to: {why}",
        )
        return [Problem("other.temp_directory", text.fill(directory=directory, why=error.strerror or error))]


@contextmanager
def working_in(directory: str) -> Iterator[None]:
    """Temporary files go to `directory` while a channel is open; blank leaves the system's own place.

    A process opens one channel at a time: the place belongs to the process.
    """
    if not directory:
        yield
        return
    before, environment = tempfile.tempdir, {name: os.environ.get(name) for name in _VARIABLES}
    tempfile.tempdir = directory
    os.environ.update(dict.fromkeys(_VARIABLES, directory))
    try:
        yield
    finally:
        tempfile.tempdir = before
        for name, value in environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
