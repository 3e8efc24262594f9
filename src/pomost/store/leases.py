"""Leases: who may write to a channel now, since when, how far, and the fencing number that outdates older runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from pomost.model.text import Text
from pomost.store import sql
from pomost.store.models import Lease

BEAT = timedelta(seconds=15)
TTL = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: what it does, how many are done of how many (None: nobody knows), and since when it does it."""

    text: Text
    done: int
    total: int | None
    since: datetime

    @property
    def told(self) -> Text:
        count = f"{self.done}" if self.total is None else f"{self.done}/{self.total}"
        return Text(f"{self.text.pl}: {count}", f"{self.text.en}: {count}")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease; `alive` is False when the heartbeat is too old (broken off). `stopping`: asked to stop."""

    owner: str
    host: str
    pid: int
    manual: bool
    started: datetime
    heartbeat: datetime
    step: Step | None
    fence: int
    alive: bool
    stopping: bool = False


@dataclass(frozen=True, slots=True)
class Grip:
    """A lease we hold."""

    name: str
    fence: int


class LeaseLost(Exception):
    """Another run raised the fencing number: nothing of ours may be written any more."""

    def __init__(self, name: str, holder: Holder | None) -> None:
        super().__init__(name)
        self.name = name
        self.holder = holder


def holder(name: str, now: datetime) -> Holder | None:
    """Who holds the lease, alive or broken off; None when it is free."""
    row = Lease.objects.filter(name=name).first()
    return None if row is None else _holder(row, now)


def take(
    name: str, owner: str, host: str, now: datetime, *, manual: bool, force: bool = False, pid: int = 0
) -> Grip | Holder:
    """Take a free or broken-off lease, or any with `force`; else tell who holds it. Raises the fencing number."""
    with transaction.atomic():
        Lease.objects.get_or_create(name=name)
        row = Lease.objects.select_for_update().get(name=name)
        held = _holder(row, now)
        if held is not None and held.alive and not force:
            return held
        row.owner, row.host, row.pid, row.manual = owner, host, pid, manual
        row.started, row.heartbeat, row.expires = now, now, now + TTL
        row.fence, row.stop_requested, row.step = row.fence + 1, False, None
        row.save()
        return Grip(name, row.fence)


def beat(grip: Grip, now: datetime, step: Step | None = None) -> bool:
    """Say that the run is alive and how far it got; True when it is asked to stop. Raises LeaseLost."""
    changes: dict[str, object] = {"heartbeat": now, "expires": now + TTL}
    if step is not None:
        since = step.since.isoformat()
        changes["step"] = {
            "pl": step.text.pl,
            "en": step.text.en,
            "done": step.done,
            "total": step.total,
            "since": since,
        }
    if not Lease.objects.filter(name=grip.name, fence=grip.fence, owner__gt="").update(**changes):
        raise LeaseLost(grip.name, holder(grip.name, now))
    return Lease.objects.filter(name=grip.name, stop_requested=True).exists()


def confirm(grips: Sequence[Grip], now: datetime) -> None:
    """Inside a transaction: go on only while the fencing numbers are ours; locks the rows. Raises LeaseLost.

    Asked around every batch, hence without the ORM. SQLite's write transactions hold the whole file anyway.
    """
    statement = "SELECT name, fence, owner FROM store_lease WHERE name IN ({keys})"
    if connection.vendor == "postgresql":
        statement += " ORDER BY name FOR UPDATE"
    fences = {name: fence for name, fence, owner in sql.rows_in(statement, (), [one.name for one in grips]) if owner}
    for grip in grips:
        if fences.get(grip.name) != grip.fence:
            raise LeaseLost(grip.name, holder(grip.name, now))


def release(grip: Grip) -> None:
    """Give the lease back; the fencing number stays for the next one."""
    Lease.objects.filter(name=grip.name, fence=grip.fence).update(owner="", stop_requested=False, step=None)


def ask_to_stop(name: str) -> None:
    """Ask the holder to stop at its next item."""
    Lease.objects.filter(name=name).exclude(owner="").update(stop_requested=True)


def wait_until_free(name: str, clock: Callable[[], datetime], pause: Callable[[float], None], seconds: float) -> bool:
    """Wait for a holder that was asked to stop; False when it did not within `seconds`."""
    until = clock() + timedelta(seconds=seconds)
    while clock() < until:
        held = holder(name, clock())
        if held is None or not held.alive:
            return True
        pause(0.25)
    return False


def _holder(row: Lease, now: datetime) -> Holder | None:
    if not row.owner or row.started is None or row.heartbeat is None or row.expires is None:
        return None
    told = row.step
    step = told and Step(
        Text(told["pl"], told["en"]), told["done"], told["total"], datetime.fromisoformat(told["since"])
    )
    times = (row.started, row.heartbeat)
    alive = row.expires > now
    return Holder(row.owner, row.host, row.pid, row.manual, *times, step, row.fence, alive, row.stop_requested)
