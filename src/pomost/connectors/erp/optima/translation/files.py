"""Links of products to files turned into entries, without the bytes."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from pomost.connectors.erp.optima.translation.rows import LinkRow
from pomost.connectors.erp.optima.translation.values import Languages, Row, as_kept, moment, text, unknown_language
from pomost.model.reason import Finding, Reason
from pomost.model.trade import FileLink, FileRole, FilesEntry
from pomost.transport.disk import Shape

MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media type by the ending of a file's name."""


def is_on_disk(row: Row) -> bool:
    """Whether a link says that its bytes are not in the database but at a path."""
    link = LinkRow(*row)
    return not link.in_database and bool(as_kept(link.path))


def files(
    rows: tuple[Row, ...], on_disk: Mapping[int, Shape | Reason], languages: Languages
) -> tuple[FilesEntry, tuple[Finding, ...]]:
    """Rows of `sql.files.links` for one product; `on_disk`: what was found of files outside the database, by link.

    A file in the database is named by its id there, one on a disk by the link's id below nought. A picture of the
    default language is for every language: Optima gives that one to each file somebody adds.
    """
    links: list[FileLink] = []
    findings: list[Finding] = []
    for row in rows:
        one = LinkRow(*row)
        file_name = name_of(text(one.name), text(one.stored_name), as_kept(one.path))
        if is_on_disk(row):
            shape = on_disk[one.link]
            if isinstance(shape, Reason):
                findings.append(Finding.of(shape, file=file_name, path=as_kept(one.path)))
                continue
            key, version, length = -int(one.link), f"{shape[0]}:{shape[1]}", shape[1]
        elif one.stored is None:
            findings.append(Finding.of(Reason.FILE_GONE, file=file_name, id=one.wanted or "-"))
            continue
        elif not one.size:
            findings.append(Finding.of(Reason.FILE_EMPTY, file=file_name))
            continue
        else:
            key, version, length = int(one.stored), _version(one.stamp, one.size), int(one.size)
        spoken = languages.of_thing(one.language)
        if spoken is None and languages.named(one.language) is None:
            findings.append(unknown_language(one.language))
            continue
        media = media_type_of(file_name, text(one.ending))
        links.append(
            FileLink(
                file=key,
                version=version,
                role=FileRole.IMAGE if media.startswith("image/") else FileRole.ATTACHMENT,
                position=len(links) + 1,
                file_name=file_name,
                media_type=media,
                size=length,
                language=spoken,
                alt=text(one.alt),
                title=text(one.title),
                link=text(one.address),
            )
        )
    return FilesEntry(tuple(links)), tuple(findings)


def _version(stamp: Any, size: Any) -> str:
    when = moment(stamp)
    return f"{'-' if when is None else when.isoformat()}:{size}"


def name_of(name: str, stored_name: str, path: str) -> str:
    """What a file is called: by its link, by the bytes in the database, by its path."""
    return name or stored_name or PurePath(path.replace("\\", "/")).name


def media_type_of(name: str, ending: str) -> str:
    """By the ending of the name, else by the one kept beside the bytes; blank for one nobody knows."""
    return MEDIA_TYPES.get((PurePath(name).suffix.lstrip(".") or ending).casefold(), "")
