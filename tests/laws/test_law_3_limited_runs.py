"""Law 3: stock-only leaves cards and prices alone, prices-only leaves stock alone; neither publishes or withdraws."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.change import Amend, Kind, Part, SetStock, kind_of
from tests.laws.lives import beginnings, born, edits
from tests.worlds import World, differences, shown

STOCK, PRICES = frozenset({Part.STOCK}), frozenset({Part.PRICE})


def after_work(beginning, work) -> World:
    world = born(beginning)
    world.settle()
    for edit in work:
        edit.do(world)
    world.shop.log.clear()
    return world


def terms(world: World):
    return {product: one.offer for product, one in shown(world.shop).items()}


def stocks(world: World):
    return {product: one.stocks for product, one in shown(world.shop).items()}


def without_price(offers):
    return {product: replace(one, price=None, price_kind=None, currency=None) for product, one in offers.items()}


@given(beginnings(), edits, st.booleans())
def test_stock_only(store, beginning, work, full):
    world = after_work(beginning, work)
    before = terms(world)
    world.settle(parts=STOCK, full=full)
    assert {kind_of(change) for change in world.shop.log} <= {Kind.STOCK}
    assert terms(world) == before
    world.settle()
    assert differences(world) == {}, "the limited run must not swallow what it did not send"


@given(beginnings(), edits, st.booleans())
def test_prices_only(store, beginning, work, full):
    world = after_work(beginning, work)
    before, quantities = terms(world), stocks(world)
    world.settle(parts=PRICES, full=full)
    assert {kind_of(change) for change in world.shop.log} <= {Kind.AMEND}
    assert without_price(terms(world)) == without_price(before)
    assert stocks(world) == quantities
    world.settle()
    assert differences(world) == {}, "the limited run must not swallow what it did not send"


@given(beginnings(), st.lists(edits, min_size=1, max_size=3), st.lists(st.sampled_from([STOCK, PRICES]), min_size=3))
def test_a_day_of_limited_runs_ends_like_one_ordinary_run(store, beginning, days, runs):
    world, plain = born(beginning), born(beginning)
    for one in (world, plain):
        one.settle()
    for work, parts in zip(days, runs, strict=False):
        for edit in work:
            edit.do(world)
            edit.do(plain)
        world.settle(parts=parts)
    world.settle()
    plain.settle()
    assert differences(world) == {}
    assert shown(world.shop).keys() == shown(plain.shop).keys()


@pytest.mark.parametrize("sent", [STOCK, PRICES])
@pytest.mark.parametrize("then", [None, STOCK, PRICES])
def test_what_a_limited_run_sent_and_the_erp_took_back_goes_back(store, sent, then):
    """The card is again as it was settled last, and yet the shop does not hold what it says."""
    world = World.of(3)
    world.run()
    was = world.erp.cards[2]
    world.change(2, main=3, price=Decimal(99))
    world.run(parts=sent)
    world.erp.put(was)
    if then is not None:
        world.run(parts=then)
    world.run()
    assert differences(world) == {}
    assert world.run().run.counts.get("decided", 0) == 0


def test_stock_only_sends_the_stock_that_moved(store):
    world = World.of(3)
    world.run()
    world.change(2, main=3, price=Decimal(99))
    world.change(3, active=False)
    world.shop.log.clear()
    world.run(parts=STOCK)
    assert [(one.target.product_id, one.after.branch, one.after.quantity) for one in world.shop.log] == [
        ("p2", "MAG", 3)
    ]
    assert isinstance(world.shop.log[0], SetStock)


def test_prices_only_sends_the_price_that_moved(store):
    world = World.of(3)
    world.run()
    world.change(2, main=3, price=Decimal(99), symbol="NEW")
    world.shop.log.clear()
    world.run(parts=PRICES)
    (only,) = world.shop.log
    assert isinstance(only, Amend)
    assert only.terms == {"price"}
    assert (only.after.price, only.after.sku) == (99, "S2")
