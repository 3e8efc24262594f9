"""Leases, row by row of decision tables 6.2, on both databases."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from pomost.model.text import Text
from pomost.store import leases
from pomost.store.database import close_store, one_transaction, open_store
from pomost.store.leases import BEAT, TTL, Grip, Holder, LeaseLost, Step

T0 = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)
NAME = "channel:shop"


def take(owner="A", at=T0, *, manual=True, force=False):
    return leases.take(NAME, owner, f"host of {owner}", at, manual=manual, force=force)


def facts(held: Holder):
    names = ("owner", "host", "manual", "started", "heartbeat", "step", "fence", "alive")
    return tuple(getattr(held, name) for name in names)


def test_a_free_lease_is_taken_by_anyone(either_store):
    assert leases.holder(NAME, T0) is None
    assert take() == Grip(NAME, 1)
    assert facts(leases.holder(NAME, T0)) == ("A", "host of A", True, T0, T0, None, 1, True)


@pytest.mark.parametrize("manual", [True, False])
def test_a_held_lease_is_told_with_its_facts(either_store, manual):
    take()
    step = Step(Text("Wysyłanie", "Sending"), 41, 100, T0)
    leases.beat(Grip(NAME, 1), T0 + BEAT, step)
    held = take("B", T0 + BEAT, manual=manual)
    assert facts(held) == ("A", "host of A", True, T0, T0 + BEAT, step, 1, True)
    assert held.step.told == Text("Wysyłanie: 41/100", "Sending: 41/100")
    assert leases.holder(NAME, T0 + BEAT).owner == "A"


@pytest.mark.parametrize("manual", [True, False])
def test_a_lease_that_broke_off_is_taken_over(either_store, manual):
    take()
    late = T0 + TTL + timedelta(seconds=1)
    assert not leases.holder(NAME, late).alive
    assert take("B", late, manual=manual) == Grip(NAME, 2)


def test_a_beat_keeps_a_lease_alive(either_store):
    grip = take()
    for beats in range(1, 20):
        assert leases.beat(grip, T0 + BEAT * beats) is False
    assert isinstance(take("B", T0 + BEAT * 20), Holder)
    assert BEAT * 3 < TTL, "two beats may be missed"


def test_force_raises_the_fencing_number(either_store):
    old, new = take(), take("B", force=True)
    assert (old.fence, new.fence) == (1, 2)
    with pytest.raises(LeaseLost) as lost:
        leases.beat(old, T0)
    assert lost.value.holder.owner == "B"
    with pytest.raises(LeaseLost), one_transaction():
        leases.confirm([old], T0)
    with one_transaction():
        leases.confirm([new], T0)


def test_the_older_run_cannot_give_back_what_is_not_its_own(either_store):
    old, new = take(), take("B", force=True)
    leases.release(old)
    assert leases.holder(NAME, T0).owner == "B"
    leases.release(new)
    assert leases.holder(NAME, T0) is None


def test_the_fencing_number_only_grows(either_store):
    fences = []
    for owner in "ABCD":
        grip = take(owner)
        fences.append(grip.fence)
        leases.release(grip)
    assert fences == [1, 2, 3, 4]


def test_a_released_lease_may_not_be_written_under(either_store):
    grip = take()
    leases.release(grip)
    with pytest.raises(LeaseLost), one_transaction():
        leases.confirm([grip], T0)
    with pytest.raises(LeaseLost):
        leases.beat(grip, T0)


def test_a_run_hears_that_it_is_asked_to_stop(either_store):
    grip = take()
    leases.ask_to_stop(NAME)
    assert leases.beat(grip, T0) is True
    leases.release(grip)
    assert leases.beat(take("B"), T0) is False, "the wish was for the run before"


def test_waiting_ends_when_the_holder_lets_go(either_store):
    grip = take()
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            leases.release(grip)

    assert leases.wait_until_free(NAME, lambda: T0 + timedelta(seconds=len(pauses)), pause, 60)
    assert len(pauses) == 3


def test_waiting_has_an_end(either_store):
    take()
    pauses = []
    moment = lambda: T0 + timedelta(seconds=10 * len(pauses))  # noqa: E731
    assert leases.wait_until_free(NAME, moment, pauses.append, 60) is False
    assert 5 <= len(pauses) <= 7


def test_leases_of_other_names_do_not_meddle(either_store):
    take()
    assert leases.take("channel:other", "B", "h", T0, manual=True) == Grip("channel:other", 1)


# Locks of rows: on PostgreSQL two connections may be at one row; SQLite's write transactions hold the whole file.


class Elsewhere(threading.Thread):
    """Something done in a connection of its own; `waits` once the database makes it wait for a row."""

    def __init__(self, what):
        super().__init__(daemon=True)
        self._what, self.answer, self.number = what, None, 0
        self._connected = threading.Event()

    def run(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.number = cursor.fetchone()[0]
        self._connected.set()
        self.answer = self._what()
        close_store()

    def ends_or_waits(self):
        """True once it waits for a row, False once it ended without; asked from a transaction that goes on."""
        assert self._connected.wait(30)
        for _ in range(3000):
            if not self.is_alive():
                return False
            with connection.cursor() as cursor:
                # What other backends do is read anew only when the snapshot of it is thrown away.
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [self.number])
                if cursor.fetchone() == ("Lock",):
                    return True
            self.join(0.01)
        raise AssertionError("neither ended nor waited")


@pytest.fixture
def on_server(postgres_stores):
    url = postgres_stores.copy()
    open_store(url)
    yield
    close_store()
    postgres_stores.drop(url)


def test_of_two_who_take_a_free_lease_at_once_one_gets_it(on_server):
    """`take` locks the row it looks at: the second one sees what the first one made of it."""
    leases.release(take())
    with transaction.atomic():
        first = take("A")
        second = Elsewhere(lambda: take("B"))
        second.start()
        assert second.ends_or_waits()
    second.join(30)
    assert isinstance(first, Grip)
    assert isinstance(second.answer, Holder)
    assert second.answer.owner == "A"
    assert leases.holder(NAME, T0).owner == "A"


def test_nobody_takes_over_between_a_confirmation_and_what_is_recorded_with_it(on_server):
    """`confirm` locks the row until the transaction ends: whoever takes over comes after all of it."""
    grip = take("A")
    with one_transaction():
        leases.confirm([grip], T0)
        thief = Elsewhere(lambda: take("B", force=True))
        thief.start()
        assert thief.ends_or_waits(), "took over before what was confirmed was recorded"
    thief.join(30)
    assert thief.answer == Grip(NAME, grip.fence + 1)
    with pytest.raises(LeaseLost), one_transaction():
        leases.confirm([grip], T0)
