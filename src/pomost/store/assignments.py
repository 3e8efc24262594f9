"""What the shop is known to hold of customers for us, with doubts, and which segments are of our making."""

from collections.abc import Iterable, Sequence

from pomost.model.customer import Assignment, HeldAssignment
from pomost.model.customer_change import Assign, CustomerChange, DropSegment, PutSegment, Unassign
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.store import sql
from pomost.store.models import KnownAssignment, OwnSegment

_SELECT = """SELECT customer_id, key, branch, segment, confirmed, attempt FROM store_knownassignment
WHERE channel_id = %s"""
_UPSERT = """
INSERT INTO store_knownassignment (channel_id, customer_id, key, branch, segment, confirmed, attempt)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (channel_id, customer_id) DO UPDATE SET key = excluded.key, branch = excluded.branch,
  segment = excluded.segment, confirmed = excluded.confirmed, attempt = excluded.attempt
"""
_DOUBT = """
INSERT INTO store_knownassignment (channel_id, customer_id, key, branch, segment, confirmed, attempt)
VALUES (%s, %s, %s, %s, %s, FALSE, %s)
ON CONFLICT (channel_id, customer_id) DO UPDATE SET attempt = excluded.attempt
"""
_SURE = """UPDATE store_knownassignment SET attempt = ''
WHERE channel_id = %s AND attempt <> '' AND customer_id IN ({keys})"""
_FORGET = "DELETE FROM store_knownassignment WHERE channel_id = %s AND customer_id IN ({keys})"
_FORGET_REFUSED = f"{_FORGET} AND NOT confirmed"
_OURS = "INSERT INTO store_ownsegment (channel_id, key) VALUES (%s, %s) ON CONFLICT (channel_id, key) DO NOTHING"
_KEYS = """SELECT customer_id, key FROM store_mirroredcustomer
WHERE channel_id = %s AND key IS NOT NULL AND customer_id IN ({keys})"""


class Assignments:
    """One channel's assignments, keyed by the shop's customer."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def known(self) -> dict[str, HeldAssignment]:
        """Everything known, by the shop's customer."""
        return {row[0]: _held(row) for row in sql.rows(_SELECT, [self._channel])}

    def of(self, customer_ids: Iterable[str]) -> dict[str, HeldAssignment]:
        found = sql.rows_in(_SELECT + " AND customer_id IN ({keys})", [self._channel], set(customer_ids))
        return {row[0]: _held(row) for row in found}

    def erp_customers(self, shop_customer_ids: Iterable[str]) -> dict[str, int]:
        """Which card of the ERP each of these customers of the shop is recognised as; others are left out.

        For orders: a customer that is not here is unknown and its order waits. Recognised customers are here whether or
        not they have a branch: without one the order's own decides (decision tables part 7). `branches` tells theirs.
        """
        return dict(sql.rows_in(_KEYS, [self._channel], set(shop_customer_ids)))

    def branches(self, shop_customer_ids: Iterable[str]) -> dict[str, str]:
        """The branch (its ID of the settings) the shop confirmed for each of these customers; others are left out."""
        held = self.of(shop_customer_ids)
        return {ident: one.confirmed.branch for ident, one in held.items() if one.confirmed is not None}

    def standing(self) -> int:
        """Customers with an assignment of ours."""
        return KnownAssignment.objects.filter(channel_id=self._channel).count()

    def by_branch(self) -> dict[str, int]:
        """How many customers each branch is confirmed to have."""
        statement = """SELECT branch, COUNT(*) FROM store_knownassignment
            WHERE channel_id = %s AND confirmed GROUP BY branch ORDER BY branch"""
        return dict(sql.rows(statement, [self._channel]))

    def in_doubt(self) -> list[str]:
        rows = KnownAssignment.objects.filter(channel_id=self._channel).exclude(attempt="")
        return list(rows.values_list("customer_id", flat=True))

    def doubt(self, changes: Sequence[CustomerChange], attempt: str) -> None:
        """These changes left and were not answered: nobody knows what the shop holds of what they touch.

        A segment that may have been made is ours to drop.
        """
        rows, marked = [], []
        for change in changes:
            match change:
                case Assign(after=after):
                    rows.append((self._channel, change.target.id, after.key, after.branch, after.segment, attempt))
                case Unassign():
                    marked.append((attempt, self._channel, change.target.id))
                case _:
                    pass
        sql.run_many(_DOUBT, rows)
        statement = "UPDATE store_knownassignment SET attempt = %s WHERE channel_id = %s AND customer_id = %s"
        sql.run_many(statement, marked)
        self._own(changes)

    def record(self, changes: Sequence[CustomerChange], outcomes: Sequence[Outcome], attempt: str) -> None:
        """Record what the shop answered: done changes become known, refused ones leave no doubt.

        One that may have been taken in spite of its failure is in doubt from now on.
        """
        answered = list(zip(changes, outcomes, strict=False))
        done = [change for change, outcome in answered if isinstance(outcome, Done)]
        unsure = [change for change, outcome in answered if isinstance(outcome, Failed) and outcome.retry]
        refused = [change.target.id for change, outcome in answered if _refused(outcome)]
        held = self.of(change.target.id for change in done if isinstance(change, Assign))
        sql.run_many(_UPSERT, [self._row(one, held.get(one.target.id)) for one in done if isinstance(one, Assign)])
        sql.run_in(_FORGET, [self._channel], [one.target.id for one in done if isinstance(one, Unassign)])
        sql.run_in(_SURE, [self._channel], refused)
        sql.run_in(_FORGET_REFUSED, [self._channel], refused)
        dropped = [one.target.id for one in done if isinstance(one, DropSegment)]
        OwnSegment.objects.filter(channel_id=self._channel, key__in=dropped).delete()
        self._own(done)
        self.doubt(unsure, attempt)

    def forget(self, customer_ids: Iterable[str]) -> None:
        """Customers the shop no longer has; their assignments went with them."""
        sql.run_in(_FORGET, [self._channel], customer_ids)

    def doubt_everything(self) -> None:
        """Nobody knows what the shop holds of any customer: whoever is recognised is told again."""
        KnownAssignment.objects.filter(channel_id=self._channel).update(attempt="went back")

    def own_segments(self) -> frozenset[str]:
        """Keys of the segments we made."""
        return frozenset(OwnSegment.objects.filter(channel_id=self._channel).values_list("key", flat=True))

    def _own(self, changes: Sequence[CustomerChange]) -> None:
        made = [one.target.id for one in changes if isinstance(one, PutSegment) and one.before is None]
        sql.run_many(_OURS, [(self._channel, key) for key in made])

    def _row(self, change: Assign, held: HeldAssignment | None) -> tuple[object, ...]:
        after, before = change.after, None if held is None else held.confirmed
        segment = after.segment
        if segment is None and before is not None:
            segment = before.segment
        return (self._channel, change.target.id, after.key, after.branch, segment, True, "")


def _refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Skipped) or (isinstance(outcome, Failed) and not outcome.retry)


def _held(row: tuple[object, ...]) -> HeldAssignment:
    _, key, branch, segment, confirmed, attempt = row
    assert isinstance(key, int)
    told = Assignment(key, str(branch), None if segment is None else str(segment)) if confirmed else None
    return HeldAssignment(told, bool(attempt))
