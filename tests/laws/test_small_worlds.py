"""The worlds themselves: an ordinary world comes out as the oracle says, so that laws stand on firm ground."""

from decimal import Decimal

from pomost.store.journal import State
from tests.worlds import World, differences, listed, shown


def test_a_sound_world_is_shown_as_desired(store):
    world = World.of(5)
    world.change(2, unit="PU", price=Decimal("1.115"), main=20, minimum="3")
    world.change(3, active=False)
    ended = world.run()
    assert ended.run.state == State.DONE
    assert differences(world) == {}
    assert sorted(shown(world.shop)) == ["p1", "p2", "p4", "p5"]
    assert shown(world.shop)["p2"].stocks == {"MAG": 3, "FIL": 0}


def test_the_oracle_notices_a_wrong_price(store):
    world = World.of(2)
    world.run()
    world.change(1, price=Decimal(9))
    assert list(differences(world)) == ["p1"]


def test_the_oracle_notices_a_missing_offer(store):
    world = World.of(2)
    world.shop.refuses.add("p2")
    world.run()
    world.shop.list_products(listed(7))
    assert list(differences(world)) == ["p2"]
