"""Runs asked for at a door that does not wait for them: asked, taken by a process of its own, ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pomost.model.text import Text
from pomost.store.models import Launch

_KEPT = 50


class LaunchState(StrEnum):
    """How far a launch is."""

    ASKED = "asked"
    TAKEN = "taken"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Launched:
    """One launch. `errand`: what was asked, as facts. `run`: its number in the journal. `said`: why it has none.

    `asks`: what was said is a question, and the same errand with `force` is the answer "yes".
    """

    id: int
    channel: str
    errand: Mapping[str, Any]
    by: str
    at: datetime
    state: LaunchState
    host: str = ""
    pid: int = 0
    run: int | None = None
    said: Text | None = None
    asks: bool = False


def ask(channel: str, errand: Mapping[str, Any], by: str, now: datetime) -> Launched:
    """Keep what was asked; the oldest launches of the channel are forgotten."""
    row = Launch.objects.create(channel_id=channel, errand=dict(errand), by=by, at=now, state=LaunchState.ASKED)
    kept = Launch.objects.filter(channel_id=channel).order_by("-pk").values_list("pk", flat=True)[:_KEPT]
    Launch.objects.filter(channel_id=channel).exclude(pk__in=list(kept)).delete()
    return _launched(row)


def place(number: int, host: str, pid: int) -> None:
    """Where the process runs that was started for it, until that process says so itself."""
    Launch.objects.filter(pk=number, state=LaunchState.ASKED).update(host=host, pid=pid)


def take(number: int, host: str, pid: int) -> Launched | None:
    """Make it this process's; None where there is no such launch, or another process has it."""
    taken = Launch.objects.filter(pk=number, state=LaunchState.ASKED)
    if not taken.update(state=LaunchState.TAKEN, host=host, pid=pid):
        return None
    return _launched(Launch.objects.get(pk=number))


def end(number: int, now: datetime, run: int | None, said: Text | None, *, asks: bool = False) -> None:
    """It is over; what was said first stays."""
    told = None if said is None else {"pl": said.pl, "en": said.en, "asks": asks}
    rows = Launch.objects.filter(pk=number).exclude(state=LaunchState.ENDED)
    rows.update(state=LaunchState.ENDED, ended=now, run=run, said=told)


def latest(channel: str) -> Launched | None:
    row = Launch.objects.filter(channel_id=channel).order_by("-pk").first()
    return None if row is None else _launched(row)


def launch(channel: str, number: int) -> Launched | None:
    row = Launch.objects.filter(channel_id=channel, pk=number).first()
    return None if row is None else _launched(row)


def _launched(row: Launch) -> Launched:
    said = None if row.said is None else Text(row.said["pl"], row.said["en"])
    asks = row.said is not None and bool(row.said.get("asks"))
    state = LaunchState(row.state)
    return Launched(row.pk, row.channel_id, row.errand, row.by, row.at, state, row.host, row.pid, row.run, said, asks)
