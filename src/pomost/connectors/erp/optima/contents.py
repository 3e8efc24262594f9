"""The bytes of files: fetched one by one, from the database or from the disk a link names."""

from pomost.connectors.erp.optima.company import Company
from pomost.connectors.erp.optima.sql import files
from pomost.connectors.erp.optima.translation.files import media_type_of, name_of
from pomost.connectors.erp.optima.translation.values import as_kept
from pomost.model.reason import Finding, Reason
from pomost.transport.disk import Barred, TooLarge
from pomost.transport.media import holds

MOST = 256 * 1024 * 1024
"""Bytes beyond which a file on a disk is not read; no shop takes such a one."""


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
        """A file at a path of the ERP's tables: of a named folder, and of the type its name says, or not at all."""
        rows = self._company.reader.rows(files.place_of(), {"link": link})
        place, name, stored_name, ending = (as_kept(one) for one in rows[0]) if rows else ("", "", "", "")
        if not place:
            return Finding.of(Reason.FILE_GONE, file=f"#{link}", id=link)
        file_name = name_of(name, stored_name, place)
        try:
            data = self._company.folders.read(place, MOST)
        except TooLarge as large:
            return Finding.of(Reason.FILE_TOO_LARGE_TO_READ, file=file_name, size=large.size)
        except (Barred, OSError) as error:
            why = Reason.FILE_NOT_ALLOWED if isinstance(error, Barred) else Reason.FILE_NOT_ON_DISK
            return Finding.of(why, file=file_name, path=place)
        if data and not holds(data, media_type_of(file_name, ending)):
            return Finding.of(Reason.FILE_NOT_ALLOWED, file=file_name, path=place)
        return data or Finding.of(Reason.FILE_EMPTY, file=file_name)
