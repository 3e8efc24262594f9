"""Pains with orders: too many of them, and too old."""

from datetime import timedelta

from pomost.model.change import Part
from tests.order_worlds import OrderWorld, order_line

ORDERS_ALONE = frozenset({Part.ORDERS, Part.STATUSES})


def test_pain_6_however_many_orders_there_are_they_enter_in_one_run(store):
    """More than fit into any page or piece; every tenth of them is bad and waits."""
    world = OrderWorld.of(2)
    for number in range(1, 251):
        world.place(order_line(9 if number % 10 == 0 else 1))
    world.run(parts=ORDERS_ALONE)
    assert len(world.documents()) == len(set(world.documents())) == 225
    assert len(world.reasons()) == 25


def test_pain_10_an_order_of_long_ago_enters_like_any_other(store):
    """Placed two years before the first look, and again one placed in an outage of four months."""
    world = OrderWorld.of(2)
    long_ago = world.clock() - timedelta(days=730)
    world.place(placed_at=long_ago, updated_at=long_ago)
    world.run(parts=ORDERS_ALONE)
    since = world.clock() - timedelta(days=120)
    world.place(placed_at=since, updated_at=since)
    world.run(parts=ORDERS_ALONE)
    assert len(world.documents()) == 2
    assert world.reasons() == {}
