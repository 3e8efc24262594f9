"""Opening Pomost: its data folder, its store, its vault."""

import os
import sys
from pathlib import Path

from pomost.app.closing import close_to_others
from pomost.app.launching import Launcher
from pomost.app.logs import start_logging
from pomost.app.operations import Pomost
from pomost.app.results import StoreFault
from pomost.model.text import Text
from pomost.store.database import StoreError, files_of, open_store
from pomost.store.secrets import Vault, derived_key, master_key
from pomost.transport.disk import keep_out


def default_home() -> Path:
    """Where Pomost keeps its data unless told otherwise: POMOST_HOME, else the system's usual place."""
    given = os.environ.get("POMOST_HOME")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "Pomost"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "pomost"


def open_pomost(home: Path | None = None, store_url: str = "") -> Pomost:
    """Open the store and the vault. Raises StoreFault where they cannot be opened."""
    place = home or default_home()
    url = store_url or os.environ.get("POMOST_STORE", "") or f"sqlite:///{(place / 'data' / 'pomost.db').absolute()}"
    keep_out(place, *files_of(url))
    try:
        start_logging(place / "logs", os.environ.get("POMOST_LOG", "INFO").upper())
        open_store(url)
        vault = Vault(master_key(place / "key"))
        close_to_others(place, files_of(url))
    except (StoreError, OSError, ValueError) as error:
        text = Text("Nie można otworzyć danych Pomostu: {error}", "Pomost's data cannot be opened: {error}")
        advice = Text(
            "Sprawdź folder danych i wolne miejsce na dysku (POMOST_HOME, POMOST_STORE).",
            "Check the data folder and free disk space (POMOST_HOME, POMOST_STORE).",
        )
        raise StoreFault(text.fill(error=_without_password(str(error), url)), advice) from error
    return Pomost(vault, logs=place / "logs", launcher=Launcher(place, url))


def panel_key(home: Path | None = None) -> str:
    """What the panel signs with: made of the master key, so that it is kept where that is and nowhere else."""
    return derived_key(master_key((home or default_home()) / "key"), "panel").hex()


def _without_password(text: str, url: str) -> str:
    """A driver may quote the URL it was given."""
    password = url.partition("://")[2].partition("@")[0].partition(":")[2]
    return text.replace(password, "***") if password else text
