"""The journal: runs, batches, trails of one card, what is forgotten and what is counted; on both databases."""

from datetime import timedelta

import pytest

from pomost.model.change import Publish, SetStock, Target, Withdraw
from pomost.model.offer import Basis, Stock
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Finding, Reason
from pomost.store.journal import State
from tests.store.test_ledger import OFFER
from tests.worlds import World


@pytest.fixture
def world(either_store):
    return World()


@pytest.fixture
def journal(world):
    return world.channel().journal


def begin(world, journal, **facts):
    run = journal.begin({"full": False}, "A", "host", world.clock(), 1)
    for name, value in facts.items():
        setattr(run, name, value)
    run.save()
    return run


def publish(key):
    return Publish(Target(key, f"S{key}", f"p{key}"), OFFER)


def stock(key, branch="MAG"):
    return SetStock(Target(key, f"S{key}", f"p{key}"), None, Stock(branch, 5, None, Basis.STOCK))


def test_a_plan_is_read_back_batch_by_batch(world, journal):
    run = begin(world, journal)
    journal.add(run, 1, "publish", "", [publish(1), publish(2)])
    journal.add(run, 2, "withdraw", "withdrawn", [Withdraw(Target(3, "S3", "p3"), None, ("MAG",))], [(3, b"p" * 32)])
    first, second = journal.batches(run)
    assert (first.changes, first.outcomes, first.settles) == ([publish(1), publish(2)], None, [])
    assert (second.alarm, second.settles) == ("withdrawn", [(3, b"p" * 32)])
    assert [(head.number, head.size, head.sent) for head in journal.batch_heads(run)] == [(1, 2, False), (2, 1, False)]
    assert journal.cards(run, 1) == [1, 2]


def test_an_answered_batch_is_sent_and_keeps_its_outcomes(world, journal):
    run = begin(world, journal)
    journal.add(run, 1, "publish", "", [publish(1), publish(2)])
    answers = [Done("v1"), Failed(Finding.of(Reason.SHOP_REFUSED, code="x"))]
    journal.answered(run, 1, answers, world.clock())
    assert journal.load(run, 1).outcomes == answers
    assert [head.sent for head in journal.batch_heads(run)] == [True]


def test_equal_plans_have_equal_packed_forms(world, journal):
    run = begin(world, journal)
    assert journal.add(run, 1, "publish", "", [publish(1)]) == journal.add(run, 2, "publish", "", [publish(1)])
    assert journal.add(run, 3, "publish", "", [publish(1)]) != journal.add(run, 4, "publish", "", [publish(2)])


def test_the_trail_of_a_card_is_told_newest_first(world, journal):
    one, two = begin(world, journal), begin(world, journal)
    journal.add(one, 1, "publish", "", [publish(1), publish(2)])
    journal.add(one, 2, "stock", "", [stock(1), stock(1, "FIL"), stock(2)])
    journal.answered(one, 1, [Done("v1"), Done("v2")], world.clock())
    journal.add(two, 1, "stock", "", [stock(1)])
    trail = [(run.pk, type(change), outcome) for run, change, outcome in journal.trail(1)]
    assert trail == [
        (two.pk, SetStock, None),
        (one.pk, SetStock, None),
        (one.pk, SetStock, None),
        (one.pk, Publish, Done("v1")),
    ]
    assert journal.trail(9) == []


def test_another_channels_trail_is_another(world, journal):
    run = begin(world, journal)
    journal.add(run, 1, "publish", "", [publish(1)])
    assert World().channel().journal.trail(1) == []


def test_a_run_that_was_cut_off_is_marked_broken_by_the_next(world, journal):
    cut, done = begin(world, journal, state=State.APPLYING), begin(world, journal, state=State.DONE)
    begin(world, journal)
    assert journal.run(cut.pk).state == State.BROKEN
    assert journal.run(cut.pk).ended is not None
    assert journal.run(done.pk).state == State.DONE


def test_a_new_plan_outdates_plans_nobody_applied(world, journal):
    waiting, planned = begin(world, journal, state=State.WAITING), begin(world, journal, state=State.PLANNED)
    assert journal.latest(State.PLANNED, State.WAITING).pk == planned.pk
    journal.supersede(State.PLANNED, State.WAITING)
    assert journal.run(waiting.pk).state == State.SUPERSEDED
    assert journal.latest(State.PLANNED, State.WAITING) is None


def test_old_batches_are_forgotten_and_their_runs_are_not(world, journal):
    runs = [begin(world, journal, counts={"plan.publish": 1}) for _ in range(5)]
    for run in runs:
        journal.add(run, 1, "publish", "", [publish(1)])
    journal.prune(2)
    assert [len(journal.batch_heads(run)) for run in runs] == [0, 0, 0, 1, 1]
    assert [run.pk for run in journal.runs()] == [run.pk for run in reversed(runs)]
    assert journal.run(runs[0].pk).counts == {"plan.publish": 1}
    assert len(journal.trail(1)) == 2


def test_only_unattended_and_recent_alarms_are_counted_together(world, journal):
    begin(world, journal, withdrawn=3, zeroed=1, jumped=2)
    begin(world, journal, withdrawn=4, unassigned=6, hidden=3, cheaper=4, terms=5)
    # A run approved later keeps what had passed without anybody; what the approval sent is never added to its row.
    begin(world, journal, withdrawn=5, approved_by="somebody")
    counted = {"withdrawn": 12, "zeroed": 1, "jumped": 2, "unassigned": 6, "hidden": 3, "cheaper": 4, "terms": 5}
    assert journal.unattended(world.clock(), 24) == counted
    world.clock.now += timedelta(hours=25)
    assert set(journal.unattended(world.clock(), 24).values()) == {0}
    assert journal.unattended(world.clock(), 48) == counted


def test_runs_of_other_channels_are_not_told(world, journal):
    run = begin(world, journal)
    other = World().channel().journal
    assert other.runs() == []
    assert other.run(run.pk) is None
    assert set(other.unattended(world.clock(), 24).values()) == {0}
