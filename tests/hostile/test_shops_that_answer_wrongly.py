"""A shop that answers too little, too much, or what it should have answered before; or that keeps things in its way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.hostile import Breaking, Refusing
from pomost.conformance.hostile_shops import Chatty, Curt, Lagging, LosingPage, RepeatingPages, Rounding
from pomost.model.change import Amend
from pomost.model.policy import GuardPolicy
from pomost.model.reason import Reason
from pomost.ports.fault import Unavailable
from pomost.store.journal import State
from tests.hostile.ending import comes_right, planned, reasons, withdrawn
from tests.worlds import World, differences, listed, shown


def settled(count: int, **facts: object) -> World:
    world = World.of(count, **facts)
    world.settle()
    world.shop.log.clear()
    return world


@pytest.mark.parametrize("after", [0, 1, 12, 24])
def test_an_answer_cut_in_half_leaves_the_rest_in_doubt(store, after):
    world = settled(25)
    for key in range(1, 26):
        world.change(key, price=Decimal(7))
    ended = world.run(shop=Curt(world.shop, after))
    assert ended.run.counts.get("done.amend", 0) == after
    assert ended.run.counts["failed.amend"] == 25 - after
    assert reasons(world) == {Reason.SHOP_SILENT: 25 - after}
    for key in range(1, 26):
        world.change(key, price=Decimal("2.50"))  # back in the ERP, while the shop took the change in silence
    comes_right(world)


def test_more_answers_than_questions_are_somebody_elses(store):
    world = settled(3)
    world.change(2, price=Decimal(7))
    ended = world.run(shop=Chatty(world.shop))
    assert reasons(world) == {Reason.SHOP_SILENT: 1}
    assert ended.run.counts["failed.amend"] == 1
    comes_right(world)


def test_the_answers_of_the_request_before_are_not_believed(store):
    """Too few or too many give themselves away; as many by chance are found out at the shelf, which shows no p50."""
    world = settled(60)
    for key in range(1, 61):
        world.change(key, price=Decimal(7))
    lagging = Lagging(Refusing(world.shop, ["p50"]))
    ended = world.run(shop=lagging)
    assert ended.run.counts["failed.amend"] == 25 + 1 + 10, "no answers, one untrue among 25, 25 answers to 10"
    assert reasons(world) == {Reason.SHOP_SILENT: 35, Reason.NOT_KEPT: 1}
    comes_right(world)


def test_prices_rounded_by_the_shop_are_told_once_and_not_sent_for_ever(store):
    world = World.of(30)
    for key in range(1, 31):
        world.change(key, price=Decimal("2.56"))
    rounding = Rounding(world.shop)
    first = world.run(shop=rounding)
    told = reasons(world)
    assert set(told) == {Reason.KEPT_OTHERWISE}
    assert 1 <= told[Reason.KEPT_OTHERWISE] <= 2, "a sample is told, not every product"
    assert "unkept" not in first.run.counts
    for _ in range(3):
        assert planned(world.run(shop=rounding)) == {}
    world.change(30, price=Decimal("2.57"))  # a new price is sent once more, and rounds to the same
    assert planned(world.run(shop=rounding)) == {"plan.amend": 1}
    assert planned(world.run(shop=rounding)) == {}
    world.change(30, price=Decimal("2.60"))  # one that needs no rounding is told no more
    world.run(shop=rounding)
    assert "S30" not in {item.symbol for item in world.channel().inbox.items(Reason.KEPT_OTHERWISE)}


def test_a_shop_that_shows_no_more_than_so_many_pieces(store):
    world = settled(3)
    capped = Rounding(world.shop, most=99)
    world.change(3, other=500)
    world.run(shop=capped)
    assert reasons(world) == {Reason.KEPT_OTHERWISE: 1}
    for _ in range(2):
        assert planned(world.run(shop=capped)) == {}


@pytest.mark.parametrize("full", [True, False])
def test_a_lost_page_of_the_catalogue_withdraws_nothing(store, full):
    world = settled(250)  # three pages: a lost one is less than what a guard would hold back
    world.policy = replace(world.policy, guard=GuardPolicy(share=Decimal("0.50")))
    ended = world.run(shop=LosingPage(world.shop, 1), full=full)
    assert ended.run.state == State.DONE
    assert withdrawn(world) == []
    assert world.channel().catalogue.count() == 250
    comes_right(world)


def test_what_is_not_found_by_its_code_either_is_gone(store):
    world = settled(150)
    world.shop.list_products(replace(listed(7), deleted=True))
    world.shop.moved.clear()  # no tombstone tells of it
    ended = world.run(shop=LosingPage(world.shop, 0), full=True)
    assert [one for one in withdrawn(world) if one != "p7"] == []
    assert world.channel().catalogue.count() == 149
    assert ended.run.counts["plan.withdraw"] == 1


def test_pages_that_come_twice_are_read_once(store):
    world = World.of(250)
    ended = world.run(shop=RepeatingPages(world.shop), full=True)
    assert planned(ended) == {"plan.publish": 250, "plan.stock": 500}
    comes_right(world)


def test_what_was_answered_before_a_fault_counts_for_the_guard_at_once(store):
    """Fifteen withdrawals pass, six are answered before the line breaks: fourteen more are one too many."""
    world = settled(100)
    world.policy = replace(world.policy, guard=GuardPolicy())
    for key in range(1, 16):
        world.change(key, active=False)
    with pytest.raises(Unavailable):
        world.run(shop=Breaking(world.shop, 6))
    broken = world.channel().journal.runs(1)[0]
    assert (broken.state, broken.withdrawn, broken.counts["done.withdraw"]) == (State.BROKEN, 6, 6)
    (batch,) = [one for one in world.channel().journal.batches(broken) if one.kind == "withdraw"]
    assert len(batch.outcomes) == 6, "the journal tells what was answered"
    for key in range(16, 22):
        world.change(key, active=False)
    ended = world.run()
    assert [(stop.alarm, stop.count, stop.limit) for stop in ended.stops] == [("withdrawn", 15, 14)]
    assert ended.run.state == State.WAITING
    world.approve()
    assert len(withdrawn(world)) == len(set(withdrawn(world))) == 21


def test_a_refusal_of_something_nobody_wants_any_more_leaves_the_inbox(store):
    world = settled(3)
    world.change(2, price=Decimal(7), main=1)
    world.run(shop=Refusing(world.shop, ["p2"]))
    assert reasons(world) == {Reason.SHOP_REFUSED: 2}
    world.change(2, price=Decimal("2.50"))
    world.run(shop=Refusing(world.shop, ["p2"]))
    assert reasons(world) == {Reason.SHOP_REFUSED: 1}, "the stock still is"
    world.change(2, main=10)
    world.run(shop=Refusing(world.shop, ["p2"]))
    assert reasons(world) == {}
    assert world.run().run.counts.get("decided", 0) == 0


def test_a_shop_that_keeps_the_old_price_in_silence_is_told_every_time_and_costs_one_item(store):
    world = settled(10)
    keeping = Rounding(world.shop, step=Decimal("2.50"))
    world.change(5, price=Decimal("2.60"))
    for _ in range(3):
        ended = world.run(shop=keeping)
        assert planned(ended) == {"plan.amend": 1}
        assert ended.run.counts["unkept"] == 1
    assert {type(one) for one in world.shop.log} == {Amend}
    assert differences(world).keys() == {"p5"}
    assert shown(world.shop)["p5"].offer.price == Decimal("2.50")
