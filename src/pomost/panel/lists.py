"""Lists that settings choose from, asked of the ERP or the shop once and kept for a few minutes."""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass

from pomost.app import Fault
from pomost.model.setting import Choice, ChoiceKind
from pomost.panel.hallway import pomost

_KEPT, _FAULT_KEPT = 300.0, 15.0  # seconds; many fields of one page must not each wait for a server that is away
_Key = tuple[str, int, ChoiceKind]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, or why there is none."""

    choices: tuple[Choice, ...] = ()
    fault: Fault | None = None

    def label(self, ident: str) -> str:
        """What people call an id; the id itself where the list does not know it."""
        return next((one.label for one in self.choices if one.id == ident), ident)


_kept: dict[_Key, tuple[float, Listed]] = {}
_asking: defaultdict[_Key, threading.Lock] = defaultdict(threading.Lock)


def kept(channel: str, version: int, kind: ChoiceKind) -> Listed | None:
    """The list as last asked for, if that is not long ago; asks nobody."""
    found = _kept.get((channel, version, kind))
    if found is None:
        return None
    return found[1] if time.monotonic() - found[0] < (_KEPT if found[1].fault is None else _FAULT_KEPT) else None


def asked(channel: str, version: int, kind: ChoiceKind) -> Listed:
    """The list, from the other side where it is not kept. Fields that ask for the same list at once ask together."""
    key = (channel, version, kind)
    with _asking[key]:
        found = kept(*key)
        if found is not None:
            return found
        try:
            listed = Listed(tuple(pomost().choices(channel, kind)))
        except Fault as fault:
            listed = Listed(fault=fault)
        _kept[key] = (time.monotonic(), listed)
        return listed


def forget(channel: str) -> None:
    """Ask anew next time: the user says the lists have changed."""
    for key in [one for one in _kept if one[0] == channel]:
        _kept.pop(key, None)
