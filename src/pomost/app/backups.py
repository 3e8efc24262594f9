"""Copies of Pomost's own data: a file made while runs go on, checked and put back, and a master key that is lost."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pomost.app.opening import default_home, store_url, told_as_fault
from pomost.app.packing import DATABASE, KEY, Packed, beside, made_private, pack, unpacked
from pomost.app.results import StoreFault
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.store import copies, secrets
from pomost.store.channels import names
from pomost.store.copies import CopyDamaged
from pomost.store.database import close_store, file_of, open_store
from pomost.store.secrets import KeyUnfit, Vault

_ON_SERVER, _IN_FILE = "postgresql", "sqlite"
_AGAIN = Text(
    "Zatrzymaj panel i synchronizacje, potem spróbuj ponownie.", "Stop the panel and all runs, then try again."
)
_EXISTS = (
    Text("Plik {file} już istnieje.", "{file} exists already."),
    Text("Podaj inną nazwę albo dodaj --force.", "Give another name, or add --force."),
)
_LIVING = (
    Text("{place} już istnieje, a kopia zajęłaby jego miejsce.", "{place} exists, and the copy would take its place."),
    Text(
        "Dodaj --force: to, co tam jest, zostanie zachowane obok pod inną nazwą.",
        "Add --force: what is there is kept beside it under another name.",
    ),
)
_IN_USE = (Text("{place} jest teraz otwarty przez inny proces.", "{place} is open in another process now."), _AGAIN)
_OTHER_STORE = (
    Text(
        "{file} jest kopią bazy {kind}, a dane Pomostu są w {ours}.",
        "{file} is a copy of {kind}; the data are in {ours}.",
    ),
    Text("Ustaw POMOST_STORE na bazę, z której jest ta kopia.", "Set POMOST_STORE to the database the copy is of."),
)
_OTHER_KEY = (
    Text("{place} jest innym kluczem niż ten w kopii.", "{place} is another key than the one in the copy."),
    Text(
        "Dodaj --force: ten klucz zostanie zachowany obok pod inną nazwą.",
        "Add --force: this key is kept beside it under another name.",
    ),
)
_DUMP_FIRST = (
    Text(
        "W bazie nie ma kanałów tej kopii: {channels}.", "The database does not have the copy's channels: {channels}."
    ),
    Text("Najpierw przywróć bazę: {command}", "Put the database back first: {command}"),
)
_KEY_STANDS = (
    Text("Klucz główny nie zginął: {place}.", "The master key is not lost: {place}."),
    Text("Nowy nie otworzyłby haseł, które ten zamknął.", "A new one would not open the passwords this one sealed."),
)
_CANNOT = Text("Nie można zapisać kopii: {why}", "The copy cannot be written: {why}")
_ROOM = Text("Sprawdź wolne miejsce i prawa do folderu.", "Check free space and the folder's rights.")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A copy that was made. `key`: it holds the master key. `dump`: the command that copies a server's database."""

    file: Path
    channels: tuple[str, ...]
    key: bool
    dump: str = ""


@dataclass(frozen=True, slots=True)
class PutBack:
    """A copy that was put back. `aside`: where what stood there before is kept. `unopened`: secrets no key opens."""

    made: datetime
    channels: tuple[str, ...]
    aside: tuple[Path, ...] = ()
    unopened: tuple[tuple[str, str], ...] = ()


def back_up(
    file: Path, home: Path | None = None, store: str = "", *, sealed: bool = False, force: bool = False
) -> BackedUp:
    """Copy what a store needs into one file that only this user may read, as it is at one moment; runs go on.

    `sealed`: without the master key, so that the file alone opens no password. A store on a server is copied by the
    server's own tool; then the file holds the key and the settings. Raises Refused, StoreFault.
    """
    place, url = _places(home, store)
    database = file_of(url)
    key = _opened_with_key(place, url)
    if file.exists() and not force:
        raise _refused(_EXISTS, file=file)
    kept = not sealed and secrets.key_in_environment() is None
    channels = tuple(names())
    with _told(), beside(file) as fresh, beside(file) as copy:
        if database is not None:
            copies.copy_file(database, copy)
        pack(
            fresh,
            Packed(datetime.now(UTC), _ON_SERVER if database is None else _IN_FILE, channels),
            key=key if kept else None,
            database=None if database is None else copy,
            settings=[*copies.settings_of_channels().values()],
        )
        if force:
            fresh.replace(file)
        else:
            copies.link(fresh, file)
    return BackedUp(
        file, channels, kept, "" if database else _command("pg_dump --format=custom --file={file}", url, file)
    )


def put_back(file: Path, home: Path | None = None, store: str = "", *, force: bool = False) -> PutBack:
    """Put a copy where the data are, after it was checked to the last byte; the store then knows it was put back.

    Never over a store that is there without `force`, and never while another process has it open. Raises Refused,
    StoreFault.
    """
    place, url = _places(home, store)
    database, now = file_of(url), datetime.now(UTC)
    with unpacked(file) as copy, _told():
        kind = _ON_SERVER if database is None else _IN_FILE
        if copy.facts.store != kind:
            raise _refused(_OTHER_STORE, file=file, kind=copy.facts.store, ours=kind)
        if database is None:
            _look_at_server(url, file, copy.facts.channels)
        elif database.exists():
            if not force:
                raise _refused(_LIVING, place=database)
            if copies.in_use(database):
                raise _refused(_IN_USE, place=database)
        key, given = copy.read(KEY), secrets.key_in_environment()
        if key is not None and _other_key(place, key) and not force:
            raise _refused(_OTHER_KEY, place=secrets.key_file(place / "key") if given is None else "POMOST_MASTER_KEY")
        aside: list[Path | None] = []
        if database is None:
            copies.note_put_back(now)
        else:
            database.parent.mkdir(parents=True, exist_ok=True)
            with beside(database) as fresh:
                with copy.opened(DATABASE) as old, made_private(fresh) as new:
                    shutil.copyfileobj(old, new)
                copies.look_over(fresh)
                with told_as_fault(url):
                    open_store(f"sqlite:///{fresh}")
                copies.note_put_back(now)
                close_store()
                aside.append(copies.put_in_place(fresh, database, now))
        if key is not None and given is None and secrets.held_key(place / "key") != key:
            aside.append(_move_aside(secrets.key_file(place / "key"), now))
            secrets.write_key(place / "key", key)
    with told_as_fault(url):
        open_store(url)
    kept = tuple(one for one in aside if one is not None)
    return PutBack(copy.facts.made, copy.facts.channels, kept, _unopened(place))


def renew_key(home: Path | None = None, store: str = "") -> tuple[tuple[str, str], ...]:
    """A new master key in place of a lost one; the secrets it sealed are gone. Gives their channels and fields.

    Refused while the key is there: it opens what is sealed.
    """
    place, url = _places(home, store)
    with told_as_fault(url):
        open_store(url)
    if _key_or_none(place) is not None:
        raise _refused(_KEY_STANDS, place=secrets.key_file(place / "key"))
    lost = tuple((channel.name, field) for channel, field in secrets.sealed_secrets())
    with _told():
        _move_aside(secrets.key_file(place / "key"), datetime.now(UTC))
        secrets.drop_sealed()
        secrets.write_key(place / "key", secrets.new_key())
    return lost


def _places(home: Path | None, store: str) -> tuple[Path, str]:
    place = home or default_home()
    return place, store_url(place, store)


def _opened_with_key(place: Path, url: str) -> bytes:
    with told_as_fault(url):
        open_store(url)
        return secrets.master_key(place / "key", sealed=secrets.anything_sealed())


def _look_at_server(url: str, file: Path, channels: tuple[str, ...]) -> None:
    """The server's own tool puts its database back; what is there must be what the copy is of."""
    with told_as_fault(url):
        open_store(url)
    missing = sorted({*channels} - {*names()})
    if missing:
        command = _command("pg_restore --clean --if-exists --dbname={url} {file}", url, file)
        raise _refused(_DUMP_FIRST, channels=", ".join(missing), command=command)


def _other_key(place: Path, key: bytes) -> bool:
    """Whether another key stands where this one is to go."""
    held = secrets.key_in_environment() or secrets.held_key(place / "key")
    return held is not None and held != key


def _key_or_none(place: Path) -> bytes | None:
    """The master key, if there is a sound one; none is made."""
    try:
        return secrets.master_key(place / "key", sealed=True)
    except KeyUnfit:
        return None


def _unopened(place: Path) -> tuple[tuple[str, str], ...]:
    """Secrets of the open store that the master key does not open, all of them where there is none."""
    key = _key_or_none(place)
    if key is None:
        return tuple((channel.name, field) for channel, field in secrets.sealed_secrets())
    return tuple(copies.unopened(Vault(key)))


def _move_aside(path: Path, now: datetime) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.before-{now:%Y%m%d-%H%M%S}")
    return path.rename(aside)


def _command(form: str, url: str, file: Path) -> str:
    """A command of PostgreSQL's own tools, without the password: it asks for it, or PGPASSWORD tells."""
    parts = urlsplit(url)
    bare = parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}").geturl()
    return form.format(file=f"'{file}.dump'", url=f"'{bare}'") + ("" if "{url}" in form else f" '{bare}'")


def _refused(told: tuple[Text, Text], **facts: object) -> Refused:
    return Refused(told[0].fill(**facts), told[1].fill(**facts))


@contextmanager
def _told() -> Iterator[None]:
    """What keeps a copy from being made or put in place becomes a StoreFault."""
    try:
        yield
    except FileExistsError as error:
        raise _refused(_EXISTS, file=error.filename2 or error.filename) from error
    except (OSError, sqlite3.Error, CopyDamaged) as error:
        raise StoreFault(_CANNOT.fill(why=error), _ROOM) from error
