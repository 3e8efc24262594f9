"""Law 8: what was sent is what `shelf` echoes, so that no run amends the same thing for ever."""

from hypothesis import given
from hypothesis import strategies as st

from pomost.model.change import changed_terms
from tests.laws.lives import beginnings, born, edits
from tests.worlds import World


def echoes(world: World) -> list[str]:
    """Products whose shelf would make us amend what the ledger says they hold."""
    channel = world.channel()
    shelf = {item.product_id: item for item in world.shop.shelf()}
    found = []
    for product_id, known in channel.ledger.known(world.shop.listed).items():
        item = shelf.get(product_id)
        if not known.published or world.shop.listed[product_id].deleted:
            continue
        if (
            item is None
            or not item.active
            or item.offer is None
            or changed_terms(item.offer, known.offer)
            or {one.branch: one.quantity for one in item.stocks}
            != {branch: one.quantity for branch, one in known.stocks.items()}
        ):
            found.append(product_id)
    return found


@given(beginnings(), st.lists(edits, max_size=3))
def test_the_shelf_says_what_the_ledger_says(store, beginning, days):
    world = born(beginning)
    world.settle()
    for work in days:
        for edit in work:
            edit.do(world)
        world.settle()
    assert echoes(world) == []


def test_an_echo_that_differs_is_noticed(store):
    world = World.of(2)
    world.run()
    world.shop.held.pop("p2")
    assert echoes(world) == ["p2"]
