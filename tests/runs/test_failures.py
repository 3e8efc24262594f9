"""What failed once: it is tried until it is done or no longer wanted, also after its card has left the ERP."""

from dataclasses import replace
from decimal import Decimal

from pomost.model.change import Part
from pomost.model.policy import GoodsPolicy
from pomost.store.journal import State
from tests.worlds import World, card, differences, leftovers, listed, shown


def inbox(world):
    return [(one.key, one.part) for one in world.channel().inbox.items()]


def test_a_withdrawal_that_failed_is_tried_again_though_the_card_is_gone(either_store):
    world = World.of(3)
    world.run()
    world.erp.cards.pop(2)
    world.shop.refuses.add("p2")
    for _ in range(2):
        assert world.settle().run.counts["failed.withdraw"] == 1
        assert inbox(world) == [(2, "offer")]
    world.shop.refuses.clear()
    world.settle()
    assert sorted(shown(world.shop)) == ["p1", "p3"]
    assert leftovers(world.shop) == []
    assert inbox(world) == []
    assert world.run().run.counts == {}
    assert world.channel().sightings.living() == 2


def test_what_failed_and_is_wanted_no_more_is_no_failure(either_store):
    world = World.of(3)
    world.run()
    world.shop.refuses.add("p2")
    world.change(2, price=Decimal(9), main=3)
    world.settle()
    assert inbox(world) == [(2, "offer"), (2, "stock:MAG")]
    world.change(2, price=Decimal("2.50"))
    world.settle()
    assert inbox(world) == [(2, "stock:MAG")]
    world.change(2, main=10)
    world.settle()
    assert inbox(world) == []
    assert world.run().run.counts == {}


def test_an_offer_that_was_refused_and_whose_card_is_gone_is_no_failure(either_store):
    world = World.of(2)
    world.run()
    world.erp.put(card(3))
    world.shop.list_products(listed(3))
    world.shop.refuses.add("p3")
    world.settle()
    assert inbox(world) == [(3, "offer"), (3, "stock:FIL"), (3, "stock:MAG")]
    world.erp.cards.pop(3)
    world.settle()
    assert inbox(world) == []
    assert world.run().run.counts == {}
    assert world.channel().sightings.living() == 2


def test_a_limited_run_forgives_nothing_it_did_not_decide(store):
    world = World.of(2)
    world.run()
    world.shop.refuses.add("p2")
    world.change(2, price=Decimal(9), main=3)
    world.settle()
    world.run(parts=frozenset({Part.STOCK}))
    assert inbox(world) == [(2, "offer"), (2, "stock:MAG")]


def test_in_a_channel_of_stocks_alone_too(store):
    world = World.of(2)
    world.run()
    world.policy = replace(world.policy, goods=GoodsPolicy(enabled=False))
    world.shop.refuses.add("p2")
    world.change(2, main=3)
    assert world.settle().run.counts["failed.stock"] == 1
    assert inbox(world) == [(2, "stock:MAG")]
    world.change(2, main=10)
    assert world.settle().run.state == State.DONE
    assert inbox(world) == []
    assert world.run().run.counts.get("decided", 0) == 0
    assert differences(world) == {}
