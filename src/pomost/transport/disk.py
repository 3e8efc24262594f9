"""Files at paths that come from outside: only below named folders, never our own, regular files of a known size."""

import os
import re
import stat
from collections.abc import Iterable
from ntpath import normcase, normpath, splitdrive
from pathlib import Path
from posixpath import normpath as posix_normpath

Shape = tuple[int, int]
"""Of a file: when it was last changed (nanoseconds) and its bytes."""
_WINDOWS = re.compile(r"[\\/]{2}|[A-Za-z]:")
"""How a path of Windows begins: with two slashes for a share, else with the letter of a drive."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)", re.IGNORECASE)
_SHARE = re.compile(r"\\\\[^\\]+\\[^\\]+")
_OURS: set[Path] = set()


class Barred(Exception):
    """The path leads elsewhere than to a regular file below a named folder."""


class TooLarge(Exception):
    """The file has more bytes than were allowed."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def keep_out(*places: Path) -> None:
    """Folders of our own: whatever is named, nothing in them is ever read for others. They belong to the process."""
    _OURS.update(Path(os.path.realpath(place)) for place in places)


def is_folder(folder: str) -> bool:
    """Whether a text names one folder: a full path, of Windows or of this system, that is not a whole disk."""
    parts = _parts(folder)
    return parts is not None and (len(parts) > 1 or parts[0].startswith("\\\\"))


class Folders:
    """The folders whose files may be read. Comparing comes before any look at the disk, and again after links."""

    def __init__(self, named: Iterable[str]) -> None:
        self._named = [(folder, parts) for folder in named if is_folder(folder) and (parts := _parts(folder))]

    def missing(self) -> list[str]:
        """Those that cannot be reached from here."""
        return [folder for folder, _ in self._named if _real(folder) is None]

    def shape(self, path: str) -> Shape:
        """Raises Barred, and OSError where there is no such file."""
        return _shape_of(self._place(path).stat())

    def read(self, path: str, most: int) -> bytes:
        """The whole file, of at most so many bytes. Raises as `shape`, and TooLarge."""
        place = self._place(path)
        _shape_of(place.stat())  # a device or a pipe is not even opened
        flags = os.O_RDONLY
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
            flags |= getattr(os, name, 0)
        with os.fdopen(os.open(place, flags), "rb") as file:
            _, size = _shape_of(os.fstat(file.fileno()))
            if size > most:
                raise TooLarge(size)
            data = file.read(most + 1)
        if len(data) > most:
            raise TooLarge(len(data))
        return data

    def _place(self, path: str) -> Path:
        """Where the path leads once links are followed."""
        parts = _parts(path)
        if parts is None or not any(_is_below(parts, folder) for _, folder in self._named):
            raise Barred(path)
        if _WINDOWS.match(path) and os.name != "nt":
            raise FileNotFoundError(path)
        place = Path(os.path.realpath(path, strict=True))
        folders = [real for folder, _ in self._named if (real := _real(folder)) is not None]
        if not any(place.is_relative_to(folder) for folder in folders):
            raise Barred(path)
        if any(place.is_relative_to(ours) for ours in _OURS):
            raise Barred(path)
        return place


def _real(folder: str) -> Path | None:
    if _WINDOWS.match(folder) and os.name != "nt":
        return None
    try:
        return Path(os.path.realpath(folder, strict=True))
    except OSError:
        return None


def _shape_of(found: os.stat_result) -> Shape:
    if not stat.S_ISREG(found.st_mode):
        raise Barred
    return found.st_mtime_ns, found.st_size


def _is_below(parts: tuple[str, ...], folder: tuple[str, ...]) -> bool:
    return len(parts) > len(folder) and parts[: len(folder)] == folder


def _parts(path: str) -> tuple[str, ...] | None:
    """A full path in the form it is compared in, `..` taken out; None for one that is not full, or names a device."""
    if any(ord(sign) < ord(" ") for sign in path):
        return None
    if _WINDOWS.match(path):
        return _parts_of_windows(path.replace("/", "\\"))
    if os.name == "nt" or not path.startswith("/"):
        return None
    return ("/", *(part for part in posix_normpath(path).split("/") if part))


def _parts_of_windows(path: str) -> tuple[str, ...] | None:
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return None
    drive, rest = splitdrive(normpath(path))
    inner = [part for part in rest.split("\\") if part]
    if not _SHARE.fullmatch(drive) and not (drive and rest.startswith("\\")):
        return None
    # A stream of a file; a name Windows would read as another one; a device.
    if any(":" in part or part[-1] in ". " or _DEVICES.match(part) for part in inner):
        return None
    return (normcase(drive), *(normcase(part) for part in inner))
