"""Laws 1 to 4 and 8 where a wire matters: the same small lives, with the shop beyond HTTP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.store.journal import State
from tests.laws.lives import beginnings, born, come_back, cuts, edits, remember
from tests.laws.test_law_2_power_cuts import cut_short, mended
from tests.laws.test_law_3_limited_runs import PRICES, STOCK
from tests.laws.test_law_8_echo import echoes
from tests.laws.wired import wire
from tests.worlds import UNSURE, World, desired, differences


@pytest.fixture(scope="module")
def wired():
    with wire() as found:
        yield found


def settled(wired, beginning, *days) -> World:
    world = born(beginning, wired.world())
    world.settle()
    for work in days:
        for edit in work:
            edit.do(world)
        world.settle()
    return world


@given(beginnings(), st.lists(edits, max_size=2))
def test_a_second_run_posts_nothing_and_the_shelf_says_what_the_ledger_says(store, wired, beginning, days):
    world = settled(wired, beginning, *days)
    assert differences(world) == {}
    assert echoes(world) == []
    written = len(world.shop.log)
    again = world.run()
    assert (again.run.state, len(world.shop.log)) == (State.DONE, written)


@given(beginnings(), edits, cuts, st.booleans())
def test_a_rerun_equals_no_power_cut(store, wired, beginning, work, cut, back):
    world = settled(wired, beginning)
    then = remember(world)
    for edit in work:
        edit.do(world)
    cut_short(world, cut)
    if back:
        come_back(world, then)
    mended(world)
    unsure = {product_id for product_id, want in desired(world).items() if want is UNSURE}
    assert set(echoes(world)) <= unsure, "of these a person must first say which card they are"


@given(beginnings(), edits, st.booleans())
def test_stock_only_leaves_the_offers_rows_alone(store, wired, beginning, work, full):
    world = settled(wired, beginning)
    for edit in work:
        edit.do(world)
    offers, _ = world.shop.rows()
    world.settle(parts=STOCK, full=full)
    assert world.shop.rows()[0] == offers


@given(beginnings(), edits, st.booleans())
def test_prices_only_leaves_the_stocks_rows_alone_and_the_same_products_on_offer(store, wired, beginning, work, full):
    world = settled(wired, beginning)
    for edit in work:
        edit.do(world)
    offers, stocks = world.shop.rows()
    world.settle(parts=PRICES, full=full)
    after = world.shop.rows()
    assert after[1] == stocks
    assert {name: row.status for name, row in after[0].items()} == {name: row.status for name, row in offers.items()}


@given(beginnings(), edits)
def test_a_forced_run_raises_no_version_of_an_offer_and_moves_no_stock(store, wired, beginning, work):
    world = settled(wired, beginning, work)
    offers, stocks = world.shop.rows()
    written = len(world.shop.log)
    ended = world.settle(full=True)
    after = world.shop.rows()
    assert after[0] == offers
    assert {name: row.quantity for name, row in after[1].items()} == {
        name: row.quantity for name, row in stocks.items()
    }
    offered = ended.run.counts.get("verdict.offered", 0)
    assert len(world.shop.log) > written or not offered, "a forced run does send what is on offer"
