"""The Pomost this process serves; screens ask it for everything."""

from pomost.app import Pomost

_opened: list[Pomost] = []


def enter(pomost: Pomost) -> None:
    """Serve this one from now on. A process has one store, so it has one Pomost."""
    _opened[:] = [pomost]


def pomost() -> Pomost:
    return _opened[0]
