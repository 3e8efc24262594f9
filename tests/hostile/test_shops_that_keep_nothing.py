"""A shop that accepts everything and stores nothing, or part of it: noticed in the same run, named, and sent again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.hostile import Forgetful
from pomost.conformance.hostile_shops import PartlyForgetful, Unreadable
from pomost.model.change import Publish, SetStock, kind_of
from pomost.model.reason import Reason
from pomost.model.sentences_of_runs import say
from pomost.store.journal import State
from tests.hostile.ending import comes_right, planned, reasons, withdrawn
from tests.worlds import World, differences, shown


def looked_at(world: World, size: int) -> World:
    world.policy = replace(world.policy, guard=replace(world.policy.guard, read_back=size))
    return world


def test_a_first_run_that_was_not_kept_is_named_and_sent_again(store):
    world = World.of(70)  # three batches of each kind
    ended = world.run(shop=Forgetful(world.shop))
    assert (ended.run.state, shown(world.shop)) == (State.DONE, {})
    assert ended.run.counts["unkept"] == 210
    assert ended.run.counts["failed.publish"] == 70
    assert "done.publish" not in ended.run.counts
    assert reasons(world) == {Reason.NOT_KEPT: 210}
    comes_right(world)


@pytest.mark.parametrize("change", ["price", "main", "active"])
def test_a_change_that_was_not_kept_is_sent_until_it_is(store, change):
    world = World.of(5)
    world.settle()
    before = shown(world.shop)
    world.change(3, **{change: {"price": Decimal(7), "main": 2, "active": False}[change]})
    for _ in range(3):  # as often as it is tried, it is named, and never believed
        ended = world.run(shop=Forgetful(world.shop))
        assert sum(planned(ended).values()) == 1
        assert ended.run.counts["unkept"] == 1
        assert reasons(world)[Reason.NOT_KEPT] == 1
    assert shown(world.shop) == before
    comes_right(world)


def test_a_change_back_while_nothing_is_kept_leaves_nothing_to_do(store):
    world = World.of(3)
    world.settle()
    world.change(2, price=Decimal(9))
    world.run(shop=Forgetful(world.shop))
    world.change(2, price=Decimal("2.50"))
    comes_right(world)
    assert shown(world.shop)["p2"].offer.price == Decimal("2.50")


def test_one_lost_batch_costs_that_batch_and_no_more(store):
    """The sample finds one batch of several; every other one is looked at, and what was kept is believed."""
    world = World.of(100)
    lost = {f"p{key}" for key in range(26, 51)}  # the second batch of publications, and of each branch's stock
    shop = PartlyForgetful(world.shop, lost)
    ended = world.run(shop=shop)
    assert {one.target.product_id for one in shop.forgotten} == lost
    assert set(shown(world.shop)) == {f"p{key}" for key in range(1, 101)} - lost
    assert ended.run.counts["failed.publish"] == 25
    assert ended.run.counts["done.publish"] == 75
    world.shop.log.clear()
    comes_right(world)
    assert {one.target.product_id for one in world.shop.log if isinstance(one, Publish)} == lost
    assert {kind_of(one) for one in world.shop.log if one.target.product_id not in lost} <= {"stock"}


def test_half_a_batch_is_told_from_a_whole_one(store):
    world = World.of(25)
    lost = {f"p{key}" for key in range(13, 26)}  # the second half: the batch's last change is in it, its first is not
    ended = world.run(shop=PartlyForgetful(world.shop, lost))
    assert (ended.run.counts["failed.publish"], ended.run.counts["done.publish"]) == (13, 12)
    world.shop.log.clear()
    comes_right(world)
    assert {one.target.product_id for one in world.shop.log} == lost


def test_what_was_caught_once_is_looked_at_again(store):
    """A product in the middle of a batch escapes the sample; one caught before never does."""
    world = World.of(25)
    world.settle()
    for key in (12, 25):
        world.change(key, price=Decimal(7))
    shop = PartlyForgetful(world.shop, {"p25"})
    assert world.run(shop=shop).run.counts["unkept"] == 1
    for key in range(1, 26):
        world.change(key, symbol=f"X{key}")
    world.change(26 - 1, price=Decimal(7))
    shop = PartlyForgetful(world.shop, {"p25"})
    assert world.run(shop=shop).run.counts["unkept"] == 1
    comes_right(world)


def test_a_sample_of_none_looks_at_nothing(store):
    world = looked_at(World.of(3), 0)
    ended = world.run(shop=Forgetful(world.shop))
    assert "unkept" not in ended.run.counts
    assert reasons(world) == {}


def test_a_shelf_that_cannot_be_read_is_told_and_breaks_no_run(store):
    world = World.of(3)
    ended = world.run(shop=Unreadable(world.shop))
    (found,) = ended.findings
    assert (ended.run.state, found.reason) == (State.DONE, Reason.READ_BACK_FAILED)
    assert "nie dał sprawdzić" in say(found, "pl")
    assert "could not be read" in say(found, "en")
    comes_right(world)


def test_a_withdrawal_that_was_not_kept_is_not_forgotten(store):
    world = World.of(4)
    world.settle()
    world.change(1, active=False)
    world.run(shop=Forgetful(world.shop))
    assert (withdrawn(world), "p1" in shown(world.shop)) == ([], True)
    world.erp.cards.pop(1)  # and then the card is deleted as well
    comes_right(world, within=2)
    assert withdrawn(world) == ["p1"]


def test_an_approved_plan_is_looked_at_too(store):
    world = World.of(30)
    world.settle()
    world.policy = replace(world.policy, guard=replace(world.policy.guard, floor=0, share=Decimal(0)))
    for key in range(1, 31):
        world.change(key, main=0, other=key)
    assert world.run(shop=Forgetful(world.shop)).run.state == State.WAITING
    ended = world.approve(shop=Forgetful(world.shop))
    assert ended.run.counts["unkept"] >= 30
    world.settle()
    assert differences(world) == {}
    assert {one.after.branch for one in world.shop.log if isinstance(one, SetStock)} == {"MAG", "FIL"}
