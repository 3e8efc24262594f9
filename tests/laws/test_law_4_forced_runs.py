"""Law 4: a forced run changes nothing on a synchronised shop, and mends what somebody changed there by hand."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from pomost.model.change import Amend, SetStock
from tests.laws.lives import beginnings, born, edits
from tests.worlds import World, differences, shown


@given(beginnings(), edits)
def test_a_forced_run_changes_nothing(store, beginning, work):
    world = born(beginning)
    world.settle()
    for edit in work:
        edit.do(world)
    world.settle()
    held = shown(world.shop)
    world.shop.log.clear()
    world.settle(full=True)
    assert shown(world.shop) == held
    assert all(isinstance(change, Amend | SetStock) for change in world.shop.log)
    assert {one.target.product_id for one in world.shop.log} <= set(held)


def test_a_forced_run_sends_every_standing_offer_again(store):
    world = World.of(4)
    world.run()
    world.change(4, active=False)
    world.run()
    world.shop.log.clear()
    world.run(full=True)
    assert sorted({one.target.product_id for one in world.shop.log}) == ["p1", "p2", "p3"]
    assert sum(isinstance(one, Amend) for one in world.shop.log) == 3
    assert sum(isinstance(one, SetStock) for one in world.shop.log) == 6


def test_a_forced_run_mends_what_was_changed_in_the_panel(store):
    world = World.of(2)
    world.run()
    held = world.shop.held["p1"]
    world.shop.held["p1"] = replace(
        held,
        offer=replace(held.offer, price=Decimal(1), sku="BY HAND"),
        stocks={name: replace(stock, quantity=999) for name, stock in held.stocks.items()},
    )
    world.run()
    assert list(differences(world)) == ["p1"], "an ordinary run compares with what was confirmed"
    world.run(full=True)
    assert differences(world) == {}
