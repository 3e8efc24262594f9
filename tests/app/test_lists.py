"""Lists page by page: what is unresolved, orders; on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pomost.app import Refused
from pomost.model.change import Area
from pomost.model.reason import Finding, Reason
from pomost.store.links import Link, Links, LinkState
from pomost.store.unresolved import Inbox, Item
from tests.worlds import World

REFUSED = Finding.of(Reason.SHOP_REFUSED, code="x")


@pytest.fixture
def inbox(world):
    """Seven items of one reason, two of them of one card and one of an order, and one of another reason."""
    items = [Item(key, "offer", f"S{key}", f"p{key}", (REFUSED,), retry=True) for key in (1, 2, 3, 4)]
    items += [Item(4, part, "S4", "p4", (REFUSED,)) for part in ("stock:MAG", "stock:KRA")]
    items.append(Item(0, "order", "S4", "", (REFUSED,), area=Area.ORDER, subject="o1"))
    items.append(Item(9, "decision", "S9", "", (Finding.of(Reason.EAN_MISSING),)))
    Inbox(world.name).put(items, world.clock())
    return world


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_pages_of_a_reason_together_are_the_whole(pomost, inbox, limit):
    found, after = [], ""
    for _ in range(20):
        page = pomost.errors_page(inbox.name, "SHOP_REFUSED", after=after, limit=limit)
        assert page.count == 7
        found += [(one.symbol, one.key, one.area, one.part) for one in page.items]
        after = page.next
        if not after:
            break
    assert len(found) == len(set(found)) == 7
    assert [one[0] for one in found] == ["S1", "S2", "S3", "S4", "S4", "S4", "S4"]


def test_a_reason_nobody_has_is_an_empty_page(pomost, inbox):
    page = pomost.errors_page(inbox.name, "EAN_MOVED")
    assert (page.count, page.items, page.next) == (0, (), "")


def test_items_are_found_by_their_symbol(pomost, inbox):
    assert [one.symbol for one in pomost.errors_page(inbox.name, "SHOP_REFUSED", search="s2").items] == ["S2"]
    assert pomost.errors_page(inbox.name, "SHOP_REFUSED", search="%").items == ()


@pytest.mark.parametrize(
    "mark", ["x", "[]", "{}", '["S1"]', '["S1", "1", "offer", "", "offer"]', '[["S1"], 1, "", "", ""]']
)
def test_a_mark_of_the_inbox_that_is_none_is_refused(pomost, inbox, mark):
    with pytest.raises(Refused):
        pomost.errors_page(inbox.name, "SHOP_REFUSED", after=mark)


def link(number, at, state=LinkState.WAITING):
    return Link(f"o{number}", "S", f"{number}", "MAG", Decimal("10.00"), "PLN", at, state, content=b"x")


@pytest.fixture
def ordered(world):
    """Five orders, two of them placed at the same moment, one acknowledged."""
    at = world.clock()
    times = [at, at + timedelta(hours=1), at + timedelta(hours=1), at + timedelta(hours=2), at + timedelta(hours=3)]
    links = [link(1001 + place, moment) for place, moment in enumerate(times)]
    links[4] = link(1005, times[4], LinkState.ACKNOWLEDGED)
    Links(world.name).put(links, 1)
    return world


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_of_orders_come_newest_first(ordered, limit):
    shelf = Links(ordered.name)
    found, after = [], ""
    for _ in range(10):
        page, after = shelf.page([], "", after, limit)
        found += [one.number for one in page]
        if not after:
            break
    assert found == ["1005", "1004", "1002", "1003", "1001"]


def test_orders_by_state_and_by_number(ordered):
    shelf = Links(ordered.name)
    assert [one.number for one in shelf.page([LinkState.ACKNOWLEDGED], "", "", 9)[0]] == ["1005"]
    assert [one.number for one in shelf.page([], "1003", "", 9)[0]] == ["1003"]
    assert [one.number for one in shelf.page([], "o1002", "", 9)[0]] == ["1002"]
    assert shelf.page([], "9", "", 9) == ([], "")
    assert Links(World.of(1).name).page([], "", "", 9) == ([], "")


@pytest.mark.parametrize("mark", ["x", "2026-13-01 o1", " o1"])
def test_a_mark_of_orders_that_is_none_is_told(ordered, mark):
    with pytest.raises(ValueError):
        Links(ordered.name).page([], "", mark, 9)
