"""The book of a run: its batches numbered in the order they were written, its counts and its checksum."""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pomost.model.change import Change, Kind, kind_of, touched
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.store.journal import Counts, Journal, StoredBatch
from pomost.store.models import Run

_BY_FIELD = frozenset({Kind.AMEND, Kind.STOCK, Kind.AMEND_BRANCH})
"""Kinds of which a person asks what they change; the others say it by their name."""


@dataclass(slots=True)
class Book:
    """A run being written. `seen`: its plan was counted when a person saw it, and is not counted again."""

    journal: Journal
    run: Run
    seen: bool = False
    counts: Counts = field(default_factory=Counts)
    number: int = 0
    checksum: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    @classmethod
    def reopened(cls, journal: Journal, run: Run) -> "Book":
        """The book of a run that was planned before and goes on."""
        last = max((head.number for head in journal.batch_heads(run)), default=0)
        return cls(journal, run, seen=True, counts=Counts(dict(run.counts)), number=last)

    def plan(self, changes: Sequence[Change], alarm: str = "", settles: Sequence[tuple[int, bytes]] = ()) -> int:
        """Write a batch of changes of one kind; returns its number, to be answered by. Inside a transaction."""
        if not changes:
            return 0
        self.number += 1
        kind = kind_of(changes[0])
        self.checksum.update(self.journal.add(self.run, self.number, kind, alarm, changes, settles))
        if not self.seen:
            self.counts.add(f"plan.{kind}", len(changes))
            if kind in _BY_FIELD:
                for field_name, count in Counter(name for change in changes for name in touched(change)).items():
                    self.counts.add(f"field.{kind}.{field_name}", count)
        return self.number

    def set_apart(self, waits: Mapping[tuple[str, str], str], stay: Collection[str]) -> None:
        """Put changes (by area and id) into batches of their own under the alarm each waits for, where they stand.

        For what is only known once the whole plan is. Batches under alarms that `stay` keep theirs. The checksum is
        that of the plan as it stands then.
        """
        areas, journal = {area for area, _ in waits}, self.journal
        cuts: dict[int, int] = {}
        for head in journal.batch_heads(self.run):
            if head.area in areas and head.alarm not in stay:
                cuts[head.number] = len(_sorted_out(journal.load(self.run, head.number), waits))
        journal.make_room(self.run, {number: pieces - 1 for number, pieces in cuts.items() if pieces > 1})
        moved = 0
        for number, pieces in cuts.items():
            batch = journal.load(self.run, number + moved)
            journal.replace(self.run, batch, _sorted_out(batch, waits))
            moved += pieces - 1
        self.number += moved
        self.checksum = journal.checksum(self.run)

    def answer(self, number: int, kind: Kind, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write what became of a batch, and count it. Inside a transaction."""
        if not outcomes:
            return
        self.journal.answered(self.run, number, outcomes, now)
        for outcome in outcomes:
            match outcome:
                case Done():
                    self.counts.add(f"done.{kind}")
                case Skipped(reason=reason):
                    self.counts.add(f"skipped.{reason.reason}")
                case Failed():
                    self.counts.add(f"failed.{kind}")

    def save(self) -> None:
        self.run.counts = self.counts.numbers
        self.run.save(update_fields=["counts"])


def _sorted_out(batch: StoredBatch, waits: Mapping[tuple[str, str], str]) -> dict[str, list[Change]]:
    """A batch's changes by the alarm each waits for."""
    found: dict[str, list[Change]] = {}
    for change in batch.changes:
        found.setdefault(waits.get((change.target.area, change.target.id), batch.alarm), []).append(change)
    return found
