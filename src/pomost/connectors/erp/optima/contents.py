"""The bytes of files: fetched one by one, from the database or from the disk a link names."""

from pathlib import Path

from pomost.connectors.erp.optima.company import Company
from pomost.connectors.erp.optima.sql import files
from pomost.connectors.erp.optima.translation.values import text
from pomost.model.reason import Finding, Reason

MOST = 256 * 1024 * 1024
"""Bytes beyond which a file on a disk is not even opened; no shop takes such a one."""


class Contents:
    """Bytes by the ids of `FileLink.file`: above nought in the database, below nought on a disk."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def read(self, file: int) -> bytes | Finding:
        """The bytes, or why they cannot be had. Raises SqlFailure."""
        return self._stored(file) if file > 0 else self._lying(-file)

    def _stored(self, file: int) -> bytes | Finding:
        rows = self._company.reader.rows(files.bytes_of(), {"file": file})
        if not rows:
            return Finding.of(Reason.FILE_GONE, file=f"#{file}", id=file)
        data = bytes(rows[0][0] or b"")
        return data or Finding.of(Reason.FILE_EMPTY, file=f"#{file}")

    def _lying(self, link: int) -> bytes | Finding:
        rows = self._company.reader.rows(files.place_of(), {"link": link})
        place = text(rows[0][0]) if rows else ""
        if not place:
            return Finding.of(Reason.FILE_GONE, file=f"#{link}", id=link)
        try:
            path = Path(place)
            size = path.stat().st_size
            if size > MOST:
                return Finding.of(Reason.FILE_TOO_LARGE_TO_READ, file=path.name, size=size)
            data = path.read_bytes()
        except (OSError, ValueError):
            return Finding.of(Reason.FILE_NOT_ON_DISK, file=Path(place).name, path=place)
        return data or Finding.of(Reason.FILE_EMPTY, file=path.name)
