"""Plans that wait for a person: what goes on without, what an approval sends, and when it is too late for it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.expecting import fault_of
from pomost.conformance.hostile import Breaking, Refusing
from pomost.model.change import Part
from pomost.model.policy import GoodsPolicy, GuardPolicy, Policy
from pomost.model.reason import Reason
from pomost.model.request import RunRequest
from pomost.ports.fault import Refused, Unavailable
from pomost.runs import offer
from pomost.runs.planning import SettingsRefused
from pomost.runs.rollback import release, rollback
from pomost.store.journal import State
from tests.worlds import World, differences, shown


@pytest.fixture
def guarded(store):
    world = World.of(40)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy())
    world.settle()
    world.shop.log.clear()
    return world


def dearer(world, keys, price=Decimal(9)):
    for key in keys:
        world.change(key, price=price)


def test_held_prices_wait_and_everything_else_goes_on(guarded):
    dearer(guarded, range(1, 31))
    guarded.change(40, symbol="NEW")
    for key in range(1, 31):
        guarded.change(key, main=key)
    ended = guarded.run()
    assert ended.run.state == State.WAITING
    assert [(stop.alarm, stop.count) for stop in ended.stops] == [("price jump", 30)]
    now = shown(guarded.shop)
    assert now["p5"].stocks["MAG"] == 5
    assert now["p5"].offer.price == Decimal("2.50")
    assert now["p40"].offer.sku == "NEW"
    approved = guarded.approve()
    assert (approved.run.state, approved.run.approved_by) == (State.DONE, "somebody")
    assert differences(guarded) == {}
    again = guarded.run().run.counts
    assert not [name for name in again if name.startswith("plan.")]


def test_what_waits_is_planned_anew_by_the_next_run(guarded):
    dearer(guarded, range(1, 31))
    waiting = guarded.run().run
    dearer(guarded, range(1, 31), Decimal("2.50"))
    assert guarded.run().run.state == State.DONE
    assert guarded.channel().journal.run(waiting.pk).state == State.SUPERSEDED
    fault_of(guarded.approve, Refused)
    assert differences(guarded) == {}


def test_a_plan_made_under_other_settings_is_too_old(guarded):
    dearer(guarded, range(1, 31))
    guarded.run()
    channel = guarded.channel()
    object.__setattr__(channel, "settings_version", 2)
    fault_of(lambda: offer.approve(channel, None, "", "somebody", RunRequest()), Refused)
    assert shown(guarded.shop)["p1"].offer.price == Decimal("2.50")


def test_a_preview_sends_nothing_and_settles_nothing(guarded):
    dearer(guarded, [1])
    seen = offer.preview(guarded.channel(), RunRequest())
    assert (seen.run.state, seen.run.counts["plan.amend"]) == (State.PLANNED, 1)
    assert guarded.shop.log == []
    assert guarded.run().run.counts["done.amend"] == 1


def test_a_broken_connection_ends_the_run_with_its_words(store):
    world = World.of(40)
    with pytest.raises(Unavailable):
        world.run(shop=Breaking(world.shop, 30, taken=True))
    broken = world.channel().journal.runs()[0]
    assert broken.state == State.BROKEN
    assert broken.ended
    assert broken.fault["pl"].startswith("Przerwano celowo.")
    assert broken.fault["en"].startswith("Broken on purpose.")
    assert world.channel().ledger.in_doubt()
    world.settle()
    assert differences(world) == {}
    assert world.channel().ledger.in_doubt() == []


def test_come_later_is_in_doubt_and_sent_again(store):
    world = World.of(3)
    ended = world.run(shop=Refusing(world.shop, ["p2"], retry=True))
    assert ended.run.counts["failed.publish"] == 1
    assert world.channel().ledger.in_doubt() == [2]
    assert dict(world.channel().inbox.by_reason())[Reason.SHOP_LATER] == 1
    world.settle()
    assert differences(world) == {}
    assert world.channel().inbox.by_reason() == []


def test_settings_that_cannot_work_send_nothing(store):
    world = World.of(2)
    world.policy = replace(world.policy, prices=replace(world.policy.prices, level="9"), branches=())
    with pytest.raises(SettingsRefused) as refused:
        world.run()
    assert {found.reason for found in refused.value.findings} >= {Reason.PRICE_LEVEL_UNKNOWN, Reason.BRANCH_NONE}
    assert world.shop.log == []
    world.policy = replace(world.policy, goods=GoodsPolicy(), stock=Policy().stock)
    fault_of(world.run, Refused)
    fault_of(lambda: World.of(1).run(parts=frozenset()), Refused)


def test_a_wrong_branch_does_not_stop_the_goods(store):
    world = World.of(2)
    world.policy = replace(world.policy, branches=(replace(world.policy.branches[0], main_warehouse="99"),))
    ended = world.run()
    assert ended.run.state == State.DONE
    assert Reason.WAREHOUSE_UNKNOWN in {found.reason for found in ended.findings}
    assert {one.offer.sku for one in shown(world.shop).values()} == {"S1", "S2"}
    assert all(not one.stocks for one in shown(world.shop).values())


def test_a_run_can_be_undone_and_stays_undone_until_released(store):
    world = World.of(4)
    world.settle()
    before = shown(world.shop)
    dearer(world, [1, 2])
    world.change(3, active=False)
    world.change(4, main=1)
    undone = world.settle().run
    done = rollback(world.channel(), undone.pk, "somebody", RunRequest())
    assert (done.ended.run.state, done.left_alone) == (State.DONE, 0)
    now = shown(world.shop)
    assert {product: one.offer for product, one in now.items()} == {
        product: one.offer for product, one in before.items()
    }
    assert now["p4"].stocks["MAG"] == 1, "stock is never rolled back"
    dearer(world, [1], Decimal(11))
    world.settle()
    assert shown(world.shop)["p1"].offer.price == Decimal("2.50"), "held"
    assert release(world.channel()) == 3
    world.settle()
    assert differences(world) == {}


def test_what_changed_again_is_not_undone(store):
    world = World.of(2)
    world.settle()
    dearer(world, [1, 2])
    undone = world.settle().run
    dearer(world, [2], Decimal(5))
    world.settle()
    done = rollback(world.channel(), undone.pk, "somebody", RunRequest())
    assert done.left_alone == 1
    assert {product: one.offer.price for product, one in shown(world.shop).items()} == {"p1": Decimal("2.50"), "p2": 5}


def test_a_run_that_never_was_cannot_be_undone(store):
    world = World.of(1)
    fault_of(lambda: rollback(world.channel(), 999_999, "somebody", RunRequest()), Refused)


def test_parts_that_are_off_are_not_sent(store):
    world = World.of(2)
    world.policy = replace(world.policy, stock=replace(world.policy.stock, enabled=False))
    world.settle()
    assert all(not one.stocks for one in shown(world.shop).values())
    fault_of(lambda: world.run(parts=frozenset({Part.STOCK})), Refused)
