"""A run's changes page by page: by kind, field, text, alarm and outcome, without ever reading the whole plan."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pomost.app.reporting import found_run, no_such_page, shown
from pomost.app.results import Change
from pomost.model.change import Change as PlannedChange
from pomost.model.change import kind_of, touched
from pomost.model.outcome import Outcome, ending
from pomost.model.text import Text, alike
from pomost.rules.guard import Alarm, Stop
from pomost.store.journal import Journal, StoredBatch
from pomost.store.models import Run

_MARK = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})")
PATIENCE = 0.12
"""Seconds a page looks through a plan before it answers with what it has found and where to go on."""
OUTCOMES = ("done", "skipped", "failed", "unsent")


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes to show; blank takes all. `field` as in `touched`, `outcome` one of OUTCOMES."""

    kind: str = ""
    field: str = ""
    search: str = ""
    alarm: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Some changes. `next`: where the next page begins, blank at the end.

    `whole` False: time ran out before the page was full, and `next` goes on from there. `kinds`, `fields` and `alarms`
    count the whole plan: by kind, by (kind, field), by alarm.
    """

    changes: tuple[Change, ...]
    next: str
    whole: bool
    kinds: Mapping[str, int]
    fields: Mapping[tuple[str, str], int]
    alarms: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Unusual:
    """One kind of change the guard holds back: how many, how many may pass, of how many, and some of them."""

    alarm: str
    why: Text
    count: int
    limit: int
    standing: int
    examples: tuple[Change, ...]


def matching(channel: str, number: int, wanted: ChangeFilter) -> Iterator[Change]:
    """A run's changes in the order they are sent, batch by batch: a million need no more memory than one batch."""
    row = found_run(channel, number)
    for batch in Journal(channel).batches(row, kind=wanted.kind, alarm=wanted.alarm):
        for change, outcome in answered(batch):
            if _wanted(wanted, change, outcome):
                yield shown(row, change, outcome, batch.alarm)


def page(
    channel: str,
    number: int,
    wanted: ChangeFilter,
    after: str = "",
    limit: int = 50,
    patience: float = PATIENCE,
    tick: Callable[[], float] = time.monotonic,
) -> ChangesPage:
    """A page of changes, from where `after` says. Raises Refused for a mark that is none."""
    row = found_run(channel, number)
    start, offset = _place(after)
    began = tick()
    found: list[Change] = []
    following, whole = "", True
    for batch in Journal(channel).batches(row, kind=wanted.kind, alarm=wanted.alarm, first=start):
        if batch.number != start:
            offset = 0
        if found_enough := _take(row, batch, offset, wanted, found, limit):
            following = found_enough
            break
        if tick() - began > patience:
            following, whole = f"{batch.number + 1}.0", False
            break
    kinds, alarms = Journal(channel).sizes(row)
    return ChangesPage(tuple(found), following, whole, kinds, _fields(row.counts), alarms)


def unusual(channel: str, number: int, limit: int = 20) -> list[Unusual]:
    """What the guard holds back of a plan, with examples."""
    row = found_run(channel, number)
    found = []
    for one in row.stops:
        stop = Stop.of(one)
        held = "" if stop.alarm is Alarm.RESTORED else stop.alarm  # then whatever the plan holds
        examples = tuple(islice(matching(channel, number, ChangeFilter(alarm=held)), limit))
        found.append(Unusual(stop.alarm, stop.why, stop.count, stop.limit, stop.standing, examples))
    return found


def answered(batch: StoredBatch) -> Iterator[tuple[PlannedChange, Outcome | None]]:
    """Each change of a batch with its outcome, None where it has none."""
    outcomes: list[Outcome | None] = [*(batch.outcomes or [])]
    outcomes += [None] * (len(batch.changes) - len(outcomes))
    return zip(batch.changes, outcomes, strict=True)


def _take(row: Run, batch: StoredBatch, offset: int, wanted: ChangeFilter, found: list[Change], limit: int) -> str:
    """Take what is wanted of a batch; where the next page begins once there is enough, else blank."""
    for place, (change, outcome) in enumerate(answered(batch)):
        if place < offset or not _wanted(wanted, change, outcome):
            continue
        if len(found) == limit:
            return f"{batch.number}.{place}"
        found.append(shown(row, change, outcome, batch.alarm))
    return ""


def _wanted(wanted: ChangeFilter, change: PlannedChange, outcome: Outcome | None) -> bool:
    return (
        (not wanted.kind or kind_of(change) == wanted.kind)
        and (not wanted.search or alike(wanted.search) in alike(change.target.label))
        and (not wanted.outcome or ending(outcome) == wanted.outcome)
        and (not wanted.field or wanted.field in touched(change))
    )


def _place(after: str) -> tuple[int, int]:
    if not after:
        return 0, 0
    place = _MARK.fullmatch(after)
    if place is None:
        raise no_such_page()
    return int(place[1]), int(place[2])


def _fields(counts: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Counts by kind and field, as the plan kept them under `field.KIND.FIELD`."""
    found: Counter[tuple[str, str]] = Counter()
    for name, count in counts.items():
        if name.startswith("field."):
            _, kind, field = name.split(".", 2)
            found[kind, field] += count
    return dict(found)
