"""Law 5: an empty or half-read ERP withdraws nothing unattended, and the next good reading goes on as if nothing was."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pomost.conformance.hostile import Empty, HalfRead, Shrinking
from pomost.model.change import Publish, Withdraw
from pomost.model.policy import GuardPolicy
from pomost.ports.fault import Unavailable
from pomost.store.journal import State
from tests.laws.lives import beginnings, born
from tests.worlds import World, differences, shown

GUARDED = GuardPolicy()


def guarded(world: World) -> World:
    world.policy = replace(world.policy, guard=GUARDED)
    return world


def withdrawn(world: World) -> list[str]:
    return [one.target.product_id for one in world.shop.log if isinstance(one, Withdraw)]


@given(beginnings())
def test_an_empty_erp_withdraws_nothing(store, beginning):
    world = guarded(born(beginning))
    world.settle()
    held = shown(world.shop)
    world.shop.log.clear()
    ended = world.run(erp=Empty(world.erp))
    assert withdrawn(world) == []
    assert shown(world.shop) == held
    assert (ended.run.state == State.WAITING) is bool(held)
    again = world.run(erp=Empty(world.erp))
    assert shown(world.shop) == held, "the guard must not tire"
    assert (again.run.state == State.WAITING) is bool(held)
    world.run()
    assert shown(world.shop) == held
    assert differences(world) == {}


@given(beginnings(), st.integers(0, 7), st.booleans())
def test_a_reading_that_breaks_off_changes_nothing(store, beginning, after, full):
    world = guarded(born(beginning))
    world.settle()
    held = shown(world.shop)
    with pytest.raises(Unavailable):
        world.run(erp=HalfRead(world.erp, after), full=full)
    assert withdrawn(world) == []
    assert shown(world.shop) == held
    world.settle()
    assert shown(world.shop) == held
    assert differences(world) == {}


@given(beginnings(), st.integers(0, 7))
def test_a_scan_that_misses_rows_does_no_harm(store, beginning, after):
    """Rows that move while they are read: the cards are still there when asked for by key."""
    world = born(beginning)
    world.settle()
    held = shown(world.shop)
    ended = world.run(erp=Shrinking(world.erp, after))
    assert ended.run.state == State.DONE
    assert withdrawn(world) == []
    assert shown(world.shop) == held


@given(
    st.integers(1, 8),
    st.lists(st.integers(0, 8), min_size=1, max_size=4),
    st.integers(0, 3),
    st.sampled_from([Decimal(0), Decimal("0.3"), Decimal(1)]),
)
@example(count=3, readings=[1, 3, 1], floor=0, share=Decimal(1))
def test_no_day_of_half_read_erps_withdraws_more_than_the_guard_allows(store, count, readings, floor, share):
    """However often and however much is missing, with whatever guard: the day's limit, and never the last offer."""
    world = World.of(count)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy(share=share, floor=floor))
    world.settle()
    for seen in readings:
        before = len(withdrawn(world))
        ended = world.run(erp=Shrinking(world.erp, seen, blind=True))
        after = len(withdrawn(world))
        came_back = sum(isinstance(one, Publish) for one in world.shop.log) - count
        assert after <= max(floor, int(share * (count + came_back))), "what came back stands anew"
        assert shown(world.shop), "never the last offer"
        assert after == before or ended.run.state == State.DONE, "of a kind that waits nothing passes"
    world.settle()
    assert differences(world) == {}


def test_a_large_part_missing_waits_for_a_person(store):
    world = guarded(World.of(100))
    world.settle()
    ended = world.run(erp=Shrinking(world.erp, 70, blind=True))
    assert ended.run.state == State.WAITING
    assert [(stop.alarm, stop.count, stop.limit) for stop in ended.stops] == [("withdrawn", 30, 20)]
    assert withdrawn(world) == []
    world.approve()
    assert len(withdrawn(world)) == 30


def test_small_ticks_are_counted_together(store):
    world = guarded(World.of(100))
    world.settle()
    first = world.run(erp=Shrinking(world.erp, 85, blind=True))
    second = world.run(erp=Shrinking(world.erp, 75, blind=True))
    assert (first.run.state, second.run.state) == (State.DONE, State.WAITING)
    assert len(withdrawn(world)) == 15


def test_a_guard_lets_everything_else_go_on(store):
    world = guarded(World.of(100))
    world.settle()
    world.change(1, price=Decimal(3))
    world.change(2, main=1)
    world.run(erp=Shrinking(world.erp, 60, blind=True))
    assert shown(world.shop)["p1"].offer.price == 3
    assert shown(world.shop)["p2"].stocks["MAG"] == 1
    assert withdrawn(world) == []


def test_a_wrong_warehouse_waits(store):
    """The whole stock going to nought is what choosing an empty warehouse looks like."""
    world = guarded(World.of(30))
    world.settle()
    held = shown(world.shop)
    for key in range(1, 31):
        world.change(key, main=0, other=0)
    ended = world.run()
    assert ended.run.state == State.WAITING
    assert shown(world.shop) == held


def test_a_wrong_price_level_waits(store):
    world = guarded(World.of(30))
    world.settle()
    held = shown(world.shop)
    for key in range(1, 31):
        world.change(key, price=Decimal("0.50"))
    ended = world.run()
    assert ended.run.state == State.WAITING
    assert shown(world.shop) == held
