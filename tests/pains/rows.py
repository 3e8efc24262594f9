"""One pain: its number, what happened to somebody, the tests that show it does not happen here, and what is not yet."""

from dataclasses import dataclass

TWINS = "not yet: orders the shop itself placed twice are told"
PANEL = "not yet: the panel"
SERVICE = "not yet: the service that runs channels by itself"
BINARIES = "not yet: pictures and files"


@dataclass(frozen=True, slots=True)
class Pain:
    """`proof`: node ids of tests; `left`: what of it waits for a part of the product that is not there. One at least."""

    number: int
    told: str
    proof: tuple[str, ...] = ()
    left: str = ""


def shown(number: int, told: str, *proof: str, left: str = "") -> Pain:
    return Pain(number, told, proof, left)


def later(number: int, told: str, left: str) -> Pain:
    return Pain(number, told, left=left)
