"""The journal: every run, every change of it and every outcome, packed in batches with an index by card."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Collate

from pomost.model.change import Area, Change, Subject, Target
from pomost.model.outcome import Outcome
from pomost.store import sql
from pomost.store.models import Batch, Channel, Run
from pomost.store.packing import (
    pack_changes,
    pack_outcomes,
    pack_prints,
    unpack_changes,
    unpack_outcomes,
    unpack_prints,
)


class State(StrEnum):
    """How far a run is."""

    PLANNING = "planning"
    PLANNED = "planned"  # a preview: nothing of it was sent
    APPLYING = "applying"
    WAITING = "waiting"  # the guard held something back for a person
    DONE = "done"
    BROKEN = "broken"  # ended by a fault; the next run goes on from here
    SUPERSEDED = "superseded"  # a later run planned anew, or a person turned it down


OPEN = (State.PLANNING, State.APPLYING)
_COUNTED = ("withdrawn", "zeroed", "jumped", "unassigned", "hidden", "cheaper", "terms")
"""What passed unattended, as a run's row keeps it; the names are those of `rules/guard.py: Tally`."""
_NOTE = f"UPDATE store_run SET counts = %s, {', '.join(f'{name} = %s' for name in _COUNTED)} WHERE id = %s"  # noqa: S608
_MOVE = "UPDATE store_batch SET number = -(number + %s) WHERE run_id = %s AND number > %s AND number <= %s"
_LOAD = """
SELECT number, kind, alarm, changes, outcomes, settles FROM store_batch WHERE run_id = %s AND number = %s
"""


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A piece of a plan; `outcomes` None until it was sent. `alarm` names the guard it waits for."""

    number: int
    kind: str
    alarm: str
    changes: list[Change]
    outcomes: list[Outcome] | None
    settles: list[tuple[int, bytes]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Head:
    """A batch without its contents."""

    number: int
    kind: str
    alarm: str
    size: int
    sent: bool
    area: str


@dataclass(frozen=True, slots=True)
class Flight:
    """A batch that left for the other side and whose answer was never recorded."""

    run: int
    number: int
    attempt: str
    changes: list[Change]


@dataclass(slots=True)
class Counts:
    """What a run counted."""

    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, count: int = 1) -> None:
        if count:
            self.numbers[name] = self.numbers.get(name, 0) + count


class Journal:
    """One channel's runs."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def begin(self, request: dict[str, object], owner: str, host: str, now: datetime, version: int) -> Run:
        """A new run in the planning state; earlier ones that were cut off are marked broken."""
        Run.objects.filter(channel_id=self._channel, state__in=OPEN).update(state=State.BROKEN, ended=now)
        return Run.objects.create(
            channel_id=self._channel,
            state=State.PLANNING,
            request=request,
            owner=owner,
            host=host,
            started=now,
            settings_version=version,
        )

    def add(
        self,
        run: Run,
        number: int,
        kind: str,
        alarm: str,
        changes: Sequence[Change],
        settles: Sequence[tuple[int, bytes]] = (),
    ) -> bytes:
        """Store a batch of the plan; returns its packed form, for the checksum."""
        packed = pack_changes(changes)
        places = [_place(change.target) for change in changes]
        keys, subjects = [key for key, _ in places], [subject for _, subject in places]
        Batch.objects.create(
            run=run,
            number=number,
            kind=kind,
            alarm=alarm,
            size=len(changes),
            changes=packed,
            area=changes[0].target.area,
            first_key=min(keys),
            last_key=max(keys),
            first_subject=min(subjects),
            last_subject=max(subjects),
            settles=pack_prints(settles),
        )
        return packed

    def batches(self, run: Run, *, kind: str = "", alarm: str = "", first: int = 0) -> Iterator[StoredBatch]:
        """Batches in the order they are sent, unpacked one at a time; of one kind or alarm, from a number on."""
        rows = run.batch_set.filter(number__gte=first)
        rows = rows.filter(kind=kind) if kind else rows
        rows = rows.filter(alarm=alarm) if alarm else rows
        for number in list(rows.order_by("number").values_list("number", flat=True)):
            yield self.load(run, number)

    def sizes(self, run: Run) -> tuple[dict[str, int], dict[str, int]]:
        """How many changes there are of each kind, and under each alarm."""
        kinds: Counter[str] = Counter()
        alarms: Counter[str] = Counter()
        for kind, alarm, size in run.batch_set.values_list("kind", "alarm").annotate(changes_in_all=Sum("size")):
            kinds[kind] += size
            alarms[alarm] += size
        del alarms[""]
        return dict(kinds), dict(alarms)

    def batch_heads(self, run: Run) -> list[Head]:
        """Every batch without unpacking any."""
        rows = run.batch_set.order_by("number").values_list("number", "kind", "alarm", "size", "at", "area")
        return [Head(number, kind, alarm, size, at is not None, area) for number, kind, alarm, size, at, area in rows]

    def make_room(self, run: Run, after: Mapping[int, int]) -> None:
        """Leave so many numbers free behind each of these batches of a plan."""
        bounds = [*sorted(after), 2**31 - 1]
        shift = 0
        for first, last in pairwise(bounds):
            shift += after[first]
            # By way of numbers below nought: a number is unique at every moment.
            sql.run(_MOVE, (shift, run.pk, first, last))
        sql.run("UPDATE store_batch SET number = -number WHERE run_id = %s AND number < 0", (run.pk,))

    def replace(self, run: Run, batch: StoredBatch, pieces: Mapping[str, Sequence[Change]]) -> None:
        """Put pieces of a batch, by their alarms, in its place, in the numbers that follow it."""
        Batch.objects.filter(run=run, number=batch.number).delete()
        for place, (alarm, changes) in enumerate(pieces.items(), 1):
            settles = batch.settles if place == len(pieces) else ()
            self.add(run, batch.number + place - 1, batch.kind, alarm, changes, settles)

    def checksum(self, run: Run) -> "hashlib._Hash":
        """The checksum of a plan as it is stored, to be gone on with."""
        found = hashlib.sha256()
        for packed in run.batch_set.order_by("number").values_list("changes", flat=True).iterator(chunk_size=50):
            found.update(bytes(packed))
        return found

    def cards(self, run: Run, number: int) -> list[int]:
        """Keys of the cards a batch speaks of."""
        return sorted({_place(change.target)[0] for change in self.load(run, number).changes})

    def load(self, run: Run, number: int) -> StoredBatch:
        """One batch, unpacked. Asked before every sending, hence without the ORM."""
        return _unpacked(sql.rows(_LOAD, (run.pk, number))[0])

    def leaving(self, run: Run, number: int, attempt: str) -> None:
        """Before a batch leaves: until it is answered, whatever it touches may or may not have taken effect."""
        sql.run("UPDATE store_batch SET attempt = %s WHERE run_id = %s AND number = %s", (attempt, run.pk, number))

    def answered(self, run: Run, number: int, outcomes: Sequence[Outcome], now: datetime) -> None:
        statement = "UPDATE store_batch SET outcomes = %s, at = %s WHERE run_id = %s AND number = %s"
        sql.run(statement, (pack_outcomes(outcomes), now, run.pk, number))

    def note(self, run: Run) -> None:
        """A run's counts so far."""
        sql.run(_NOTE, (json.dumps(run.counts), *(getattr(run, name) for name in _COUNTED), run.pk))

    def in_flight(self) -> list[Flight]:
        """Batches of runs that were cut off between sending and recording."""
        rows = Batch.objects.filter(run__channel_id=self._channel, at=None, attempt__gt="").order_by("run_id", "number")
        return [Flight(row.run_id, row.number, row.attempt, unpack_changes(bytes(row.changes))) for row in rows]

    def give_up(self, run: int, number: int) -> None:
        """What is known of a batch without an answer is in the ledger now; nobody waits for it any more."""
        Batch.objects.filter(run_id=run, number=number).update(attempt="")

    def runs(self, limit: int = 20) -> list[Run]:
        return list(Run.objects.filter(channel_id=self._channel).order_by("-started", "-pk")[:limit])

    def run(self, number: int) -> Run | None:
        return Run.objects.filter(channel_id=self._channel, pk=number).first()

    def last_planned(self) -> Run | None:
        """The last run whose plan came to its end, a preview too."""
        found = Run.objects.filter(channel_id=self._channel, checksum__gt="")
        return found.order_by("-started", "-pk").first()

    def latest(self, *states: State) -> Run | None:
        return Run.objects.filter(channel_id=self._channel, state__in=states).order_by("-started", "-pk").first()

    def ran(self, owner: str) -> bool:
        """Whether a run of ours had this owner."""
        return Run.objects.filter(channel_id=self._channel, owner=owner).exists()

    def supersede(self, *states: State) -> None:
        """A new plan outdates plans nobody applied."""
        Run.objects.filter(channel_id=self._channel, state__in=states).update(state=State.SUPERSEDED)

    def unattended(self, now: datetime, hours: int) -> dict[str, int]:
        """What passed unattended within the last `hours`, by the names of what is counted."""
        recent = Run.objects.filter(channel_id=self._channel, started__gt=now - timedelta(hours=hours)).aggregate(
            **{name: Sum(name) for name in _COUNTED}
        )
        return {name: recent[name] or 0 for name in _COUNTED}

    def passed(self, run: Run) -> dict[str, int]:
        """What of a run passed unattended so far, by the names of what is counted."""
        return {name: getattr(run, name) for name in _COUNTED}

    def vanished(self, now: datetime, hours: int) -> int:
        """Orders told within the last `hours`, unattended, that their documents are gone."""
        recent = Run.objects.filter(channel_id=self._channel, started__gt=now - timedelta(hours=hours))
        return recent.aggregate(vanished=Sum("vanished"))["vanished"] or 0

    def erp_seen(self) -> tuple[datetime | None, int | None, dict[str, int]]:
        """What is noted of the ERP's age: its latest moment, the deletions it had noted by then, its counters."""
        return Channel.objects.values_list("erp_moment", "erp_deletions", "erp_counters").get(name=self._channel)

    def note_erp(self, moment: datetime | None, deletions: int | None, counters: Mapping[str, int]) -> None:
        Channel.objects.filter(name=self._channel).update(
            erp_moment=moment, erp_deletions=deletions, erp_counters=dict(counters)
        )

    def trail(self, key: int, limit: int = 20) -> list[tuple[Run, Change, Outcome | None]]:
        """What was planned for one card and what became of it, newest first."""
        rows = Batch.objects.filter(area=Area.OFFER, first_key__lte=key, last_key__gte=key)
        return self._trail(rows, (key, ""), limit)

    def trail_of(self, area: Area, subject: str, limit: int = 20) -> list[tuple[Run, Change, Outcome | None]]:
        """What was planned for one thing that is no card, and what became of it, newest first."""
        # Bytewise as in `add`: a database's own order of letters may be another.
        first, last = (Collate(name, sql.bytewise()) for name in ("first_subject", "last_subject"))
        rows = Batch.objects.annotate(first=first, last=last).filter(area=area, first__lte=subject, last__gte=subject)
        return self._trail(rows, (0, subject), limit)

    def _trail(
        self, rows: QuerySet[Batch], place: tuple[int, str], limit: int
    ) -> list[tuple[Run, Change, Outcome | None]]:
        ours = rows.filter(run__channel_id=self._channel).order_by("-run_id", "-number").select_related("run")
        found: list[tuple[Run, Change, Outcome | None]] = []
        for row in ours.iterator(chunk_size=8):
            batch = _stored(row)
            outcomes: list[Outcome | None] = [*(batch.outcomes or [])]
            outcomes += [None] * (len(batch.changes) - len(outcomes))
            found += [
                (row.run, change, outcome)
                for change, outcome in zip(batch.changes, outcomes, strict=True)
                if _place(change.target) == place
            ]
            if len(found) >= limit:
                break
        return found

    def prune(self, keep: int) -> None:
        """Forget the batches of all but the last `keep` runs; the runs' own rows and counts stay."""
        old = Run.objects.filter(channel_id=self._channel).order_by("-pk").values_list("pk", flat=True)[keep:]
        for run_id in list(old):
            Batch.objects.filter(run_id=run_id).delete()


def _place(target: Target | Subject) -> tuple[int, str]:
    """Where the index finds it: a card by its key, anything else by its id."""
    return (target.key, "") if isinstance(target, Target) else (0, target.id)


def _stored(row: Batch) -> StoredBatch:
    return _unpacked((row.number, row.kind, row.alarm, row.changes, row.outcomes, row.settles))


def _unpacked(row: tuple[Any, ...]) -> StoredBatch:
    number, kind, alarm, changes, outcomes, settles = row
    answers = None if outcomes is None else unpack_outcomes(bytes(outcomes))
    return StoredBatch(number, kind, alarm, unpack_changes(bytes(changes)), answers, unpack_prints(bytes(settles)))
