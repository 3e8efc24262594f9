"""Whether a database is a sound store of ours, before anything is read from it or written to it."""

from enum import StrEnum
from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_LARGEST_PAGE = 65_536


class Flaw(StrEnum):
    """Why a database is not opened."""

    EMPTY = "empty"
    CUT = "cut"
    FOREIGN = "foreign"
    NEWER = "newer"


class StoreUnfit(Exception):
    """A database that must not be used, nor made anew in its place. `facts`: which versions, how many bytes."""

    def __init__(self, flaw: Flaw, place: Path | str, **facts: object) -> None:
        super().__init__(f"{flaw}: {place}")
        self.flaw = flaw
        self.place = place
        self.facts = facts


def look_at_file(file: Path) -> None:
    """Raises StoreUnfit for a file that is empty, is no SQLite database, or ends before its last page."""
    size = file.stat().st_size
    if not size:
        raise StoreUnfit(Flaw.EMPTY, file)
    with file.open("rb") as opened:
        header = opened.read(_HEADER)
    if header[:16] != _MAGIC[: len(header)]:
        raise StoreUnfit(Flaw.FOREIGN, file)
    if len(header) < _HEADER:
        raise StoreUnfit(Flaw.CUT, file, size=size, wanted=_HEADER)
    wanted = _page_size(header) * int.from_bytes(header[28:32], "big")
    # While a log lies beside it, the file itself may be shorter: its last pages are in the log.
    log = file.with_name(f"{file.name}-wal")
    if size < wanted and not (log.exists() and log.stat().st_size):
        raise StoreUnfit(Flaw.CUT, file, size=size, wanted=wanted)


def _page_size(header: bytes) -> int:
    told = int.from_bytes(header[16:18], "big")
    return _LARGEST_PAGE if told == 1 else told
