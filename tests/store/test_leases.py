"""Leases, row by row of decision tables 6.2, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from pomost.model.text import Text
from pomost.store import leases
from pomost.store.database import one_transaction
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
