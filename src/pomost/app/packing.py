"""A copy of Pomost's data as one file: packed with a manifest, and read back only if every byte is what it was."""

import hashlib
import json
import os
import uuid
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, BinaryIO

from pomost.model.text import Text
from pomost.ports.fault import Refused

DATABASE, KEY = "pomost.db", "master.key"
_MANIFEST, _FORMAT = "manifest.json", 1
_CHUNK = 1 << 20
_MOST = 1 << 20  # bytes of a manifest, of a key, of a channel's settings
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Packed:
    """What a copy says of itself: when it was made, of which kind of store, with which channels."""

    made: datetime
    store: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A copy that was checked."""

    facts: Packed
    _archive: zipfile.ZipFile

    def read(self, name: str) -> bytes | None:
        """A small part; None where the copy has none."""
        return self._archive.read(name) if name in self._archive.namelist() else None

    def opened(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


def pack(
    file: Path, facts: Packed, *, key: bytes | None, database: Path | None, settings: Sequence[Mapping[str, object]]
) -> None:
    """Write a copy that nobody else may read, to its last byte on the disk."""
    parts: dict[str, bytes | Path] = {
        f"settings/{number}.json": json.dumps(one, ensure_ascii=False, indent=1).encode()
        for number, one in enumerate(settings, 1)
    }
    parts |= {} if key is None else {KEY: key}
    parts |= {} if database is None else {DATABASE: database}
    with made_private(file) as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
            told = {name: _added(archive, name, part) for name, part in parts.items()}
            manifest = {
                "format": _FORMAT,
                "program": version("pomost"),
                "made": facts.made.isoformat(),
                "store": facts.store,
                "channels": list(facts.channels),
                "files": told,
            }
            archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        opened.flush()
        os.fsync(opened.fileno())


@contextmanager
def unpacked(file: Path) -> Iterator[Unpacked]:
    """A copy, checked: its format, and every part's digest. Raises Refused for what is none, is cut, or is newer."""
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, *_BROKEN) as error:
        raise _damaged(file) from error
    with archive:
        try:
            facts = _checked(archive, file)
        except _BROKEN as error:
            raise _damaged(file) from error
        yield Unpacked(facts, archive)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """A name in the same folder for something that is to take a file's place; gone afterwards, with its logs."""
    fresh = file.with_name(f".{file.name}.{uuid.uuid4().hex[:12]}")
    try:
        yield fresh
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def made_private(file: Path) -> BinaryIO:
    """A new file that only this user may read."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _added(archive: zipfile.ZipFile, name: str, part: bytes | Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as target:
        for chunk in _chunks(part):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {"sha256": digest.hexdigest(), "size": size}


def _chunks(part: bytes | Path) -> Iterator[bytes]:
    if isinstance(part, bytes):
        yield part
        return
    with part.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk


def _checked(archive: zipfile.ZipFile, file: Path) -> Packed:
    with archive.open(_MANIFEST) as opened:
        told: dict[str, Any] = json.loads(opened.read(_MOST))
    if told["format"] > _FORMAT:
        raise Refused(
            Text(
                "Kopię {file} zrobiła nowsza wersja programu ({version}).",
                "{file} was made by a newer version of the program ({version}).",
            ).fill(file=file, version=told["program"]),
            Text("Zainstaluj tamtą wersję albo nowszą.", "Install that version or a newer one."),
        )
    files: dict[str, Any] = told["files"]
    if {*files, _MANIFEST} != {*archive.namelist()}:
        raise ValueError(_MANIFEST)
    for name, one in files.items():
        digest = hashlib.sha256()
        with archive.open(name) as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != one["sha256"]:
            raise ValueError(name)
    if told["store"] == "sqlite" and DATABASE not in files:
        raise ValueError(DATABASE)
    return Packed(datetime.fromisoformat(told["made"]), str(told["store"]), tuple(map(str, told["channels"])))


def _damaged(file: Path) -> Refused:
    return Refused(
        Text(
            "{file} nie jest kopią Pomostu albo jest uszkodzony.", "{file} is no copy of Pomost's, or is damaged."
        ).fill(file=file),
        Text("Użyj innej kopii; niczego nie zmieniono.", "Use another copy; nothing was changed."),
    )
