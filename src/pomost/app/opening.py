"""Opening Pomost: its data folder, its store, its vault."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pomost.app.closing import close_to_others
from pomost.app.launching import Launcher
from pomost.app.logs import start_logging
from pomost.app.operations import Pomost
from pomost.app.results import StoreFault
from pomost.model.text import Text
from pomost.store.database import Flaw, StoreError, StoreUnfit, files_of, open_store
from pomost.store.secrets import KeyUnfit, Vault, anything_sealed, derived_key, master_key
from pomost.transport.disk import keep_out

_CANNOT = Text("Nie można otworzyć danych Pomostu: {why}", "Pomost's data cannot be opened: {why}")
_FROM_COPY = Text(
    "Przywróć dane z kopii: pomost restore PLIK (docs/backup.md).",
    "Put the data back from a copy: pomost restore FILE (docs/backup.md).",
)
_FLAWS = {
    Flaw.EMPTY: (
        Text("{place} jest pusty, a nie jest tworzony od nowa.", "{place} is empty, and is not made anew."),
        Text(
            f"{_FROM_COPY.pl} Jeśli to nowa instalacja, usuń ten plik i uruchom Pomost ponownie.",
            f"{_FROM_COPY.en} If this is a new installation, delete the file and start Pomost again.",
        ),
    ),
    Flaw.CUT: (
        Text(
            "{place} jest ucięty: ma {size} bajtów, a powinien mieć {wanted}.",
            "{place} is cut off: it has {size} bytes and should have {wanted}.",
        ),
        _FROM_COPY,
    ),
    Flaw.FOREIGN: (
        Text("{place} nie jest bazą Pomostu.", "{place} is no database of Pomost's."),
        Text(
            f"Sprawdź POMOST_HOME i POMOST_STORE; Pomost potrzebuje własnej bazy. {_FROM_COPY.pl}",
            f"Check POMOST_HOME and POMOST_STORE; Pomost needs a database of its own. {_FROM_COPY.en}",
        ),
    ),
    Flaw.NEWER: (
        Text(
            "zapisała je nowsza wersja programu ({version}), a ta to {ours}.",
            "a newer version of the program ({version}) keeps them; this is {ours}.",
        ),
        Text(
            "Zainstaluj tamtą wersję albo nowszą, albo przywróć kopię sprzed jej instalacji (docs/backup.md).",
            "Install that version or a newer one, or put back a copy made before it (docs/backup.md).",
        ),
    ),
}
_NO_KEY = (
    Text(
        "brak klucza głównego {place}, a dane zawierają zaszyfrowane hasła i klucze.",
        "master key {place} is missing, and the data hold sealed passwords and keys.",
    ),
    Text(
        "Przywróć plik klucza z kopii (docs/backup.md). Jeśli nie ma kopii: pomost new-key, potem wpisz hasła od nowa.",
        "Put the key's file back from a copy (docs/backup.md). If there is none: pomost new-key, then enter the "
        "passwords again.",
    ),
)
_BAD_KEY = (
    Text(
        "klucz główny {place} ma {size} bajtów zamiast 32.",
        "master key {place} has {size} bytes instead of 32.",
    ),
    _NO_KEY[1],
)


def default_home() -> Path:
    """Where Pomost keeps its data unless told otherwise: POMOST_HOME, else the system's usual place."""
    given = os.environ.get("POMOST_HOME")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "Pomost"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "pomost"


def store_url(place: Path, given: str = "") -> str:
    """Where the store of a data folder is: as given, else POMOST_STORE, else a file in the folder."""
    return given or os.environ.get("POMOST_STORE", "") or f"sqlite:///{(place / 'data' / 'pomost.db').absolute()}"


def open_pomost(home: Path | None = None, store: str = "") -> Pomost:
    """Open the store and the vault. Raises StoreFault where they cannot be opened."""
    place = home or default_home()
    url = store_url(place, store)
    keep_out(place, *files_of(url))
    with told_as_fault(url):
        start_logging(place / "logs", os.environ.get("POMOST_LOG", "INFO").upper())
        open_store(url)
        vault = Vault(master_key(place / "key", sealed=anything_sealed()))
        close_to_others(place, files_of(url))
    return Pomost(vault, logs=place / "logs", launcher=Launcher(place, url))


@contextmanager
def told_as_fault(url: str) -> Iterator[None]:
    """Whatever keeps the store or the vault from being opened becomes a StoreFault, without the URL's password."""
    try:
        yield
    except StoreUnfit as unfit:
        why, advice = _FLAWS[unfit.flaw]
        facts = {"place": _without_password(str(unfit.place), url), **unfit.facts}
        raise StoreFault(_because(why.fill(**facts)), advice) from unfit
    except KeyUnfit as unfit:
        why, advice = _BAD_KEY if unfit.size else _NO_KEY
        raise StoreFault(_because(why.fill(place=unfit.place, size=unfit.size)), advice) from unfit
    except (StoreError, OSError, ValueError) as error:
        advice = Text(
            "Sprawdź folder danych i wolne miejsce na dysku (POMOST_HOME, POMOST_STORE).",
            "Check the data folder and free disk space (POMOST_HOME, POMOST_STORE).",
        )
        told = _without_password(str(error), url)
        raise StoreFault(_because(Text(told, told)), _FROM_COPY if _damaged(told) else advice) from error


def panel_key(home: Path | None = None) -> str:
    """What the panel signs with: made of the master key, so that it is kept where that is and nowhere else."""
    found = master_key((home or default_home()) / "key", sealed=anything_sealed())
    return derived_key(found, "panel").hex()


def _because(why: Text) -> Text:
    return Text(_CANNOT.pl.format(why=why.pl), _CANNOT.en.format(why=why.en))


def _damaged(told: str) -> bool:
    """SQLite's own words for a file whose pages are not what they should be."""
    return "malformed" in told or "not a database" in told


def _without_password(text: str, url: str) -> str:
    """A driver may quote the URL it was given."""
    password = url.partition("://")[2].partition("@")[0].partition(":")[2]
    return text.replace(password, "***") if password else text
