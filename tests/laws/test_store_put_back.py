"""Decision table 8.27 as a law: a store put back from any moment of its life ends like one that never was."""

from hypothesis import given
from hypothesis import strategies as st

from pomost.store.database import close_store, open_store
from tests.laws.lives import beginnings, born, edits
from tests.worlds import differences, leftovers

_days = st.lists(edits, min_size=2, max_size=5)


def nameless(world):
    """Products on offer whose symbol no card has, or two have: a store that forgot them cannot say whose they are."""
    symbols = [card.symbol for card in world.erp.cards.values()]
    return {one.product_id for one in world.shop.held.values() if one.offer and symbols.count(one.offer.sku) != 1}


@given(beginnings(), _days, st.data())
def test_whatever_was_done_since_the_copy_is_made_up_for(sqlite_stores, beginning, days, data):
    """Any work since, any work before the next run, any moment of the copy; withdrawals are agreed to."""
    copied = data.draw(st.integers(0, len(days) - 1), "copied before day")
    alive = sqlite_stores.copy()
    open_store(alive)
    world = born(beginning)
    world.settle()
    kept = ""
    for day, work in enumerate(days):
        if day == copied:
            close_store()
            kept = sqlite_stores.copy(of=alive)
            open_store(alive)
        for edit in work:
            edit.do(world)
        if day < len(days) - 1 or data.draw(st.booleans(), "a run on the last day"):
            world.settle()
    close_store()
    open_store(kept)
    sent = len(world.shop.log)
    ended = world.run()
    if ended.run.state == "waiting":
        world.approve()
    assert {product: told for product, told in differences(world).items() if product not in nameless(world)} == {}
    assert leftovers(world.shop) == []
    again = world.run()
    assert [name for name in again.run.counts if name.startswith("plan.")] == [], sent
    assert "STORE_WENT_BACK" not in {str(one.reason) for one in again.findings}
    close_store()
    for url in (alive, kept):
        sqlite_stores.drop(url)
