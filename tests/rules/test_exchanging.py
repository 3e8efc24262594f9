"""Which areas a run with a shop of entries is about, how far it goes in each, and what cannot be asked for together."""

import itertools

import pytest

from pomost.model.change import Part
from pomost.model.entry import CONTENTS
from pomost.model.subject import Area
from pomost.model.window import Refusal
from pomost.ports.entries import EntryTerrain, Mode
from pomost.rules.exchanging import Reach, reaches, refusal

CARD, PRICE, STOCK, FILES, CUSTOMERS = Part.CARD, Part.PRICE, Part.STOCK, Part.FILES, Part.CUSTOMERS
PARTS = (CARD, PRICE, STOCK, FILES, CUSTOMERS)
EVERY = [frozenset(chosen) for size in range(6) for chosen in itertools.combinations(PARTS, size)]
NEW, DIFFERENTIAL, FULL = Reach.NEW, Reach.DIFFERENTIAL, Reach.FULL


def shop(*able):
    return EntryTerrain(
        ("pl",), "pl", frozenset({"PLN"}), 1, 2, total_stock=False, availability=frozenset(), able=frozenset(able)
    )


WHOLE = shop("files", "bundles")
LISTS = (Area.PRICE_TYPE, Area.WAREHOUSE, Area.ATTRIBUTE)


def told(*parts, full=False, terrain=WHOLE):
    return dict(reaches(frozenset(parts), terrain, full=full))


def test_the_offer():
    of_cards = (*LISTS, Area.GROUP, Area.PRODUCT, Area.PROMOTION)
    assert told(CARD) == dict.fromkeys(of_cards, DIFFERENTIAL)
    assert told(CARD, full=True) == dict.fromkeys(of_cards, FULL)


def test_prices_alone_need_what_price_types_there_are_new():
    of_prices = (Area.PRICES, Area.CUSTOMER_DISCOUNT, Area.PUBLIC_DISCOUNT)
    assert told(PRICE) == {Area.PRICE_TYPE: NEW, **dict.fromkeys(of_prices, DIFFERENTIAL)}
    assert told(PRICE, full=True) == {Area.PRICE_TYPE: NEW, **dict.fromkeys(of_prices, FULL)}
    assert told(PRICE, CARD)[Area.PRICE_TYPE] is DIFFERENTIAL
    assert told(PRICE, CARD, full=True)[Area.PRICE_TYPE] is FULL


def test_stock_alone_needs_what_warehouses_there_are_new():
    assert told(STOCK) == {Area.WAREHOUSE: NEW, Area.STOCKS: DIFFERENTIAL}
    assert told(STOCK, full=True) == {Area.WAREHOUSE: NEW, Area.STOCKS: FULL}
    assert told(STOCK, CARD, full=True)[Area.WAREHOUSE] is FULL


def test_prices_and_stock_together_need_what_both_of_them_need():
    assert told(PRICE, STOCK) == told(PRICE) | told(STOCK)
    assert [told(PRICE, STOCK)[area] for area in (Area.PRICE_TYPE, Area.WAREHOUSE)] == [NEW, NEW]


def test_customers_are_never_swept():
    wanted = {Area.PRICE_TYPE: NEW, Area.CUSTOMER: DIFFERENTIAL, Area.CUSTOMER_DISCOUNT: DIFFERENTIAL}
    assert told(CUSTOMERS) == told(CUSTOMERS, full=True) == wanted
    both = told(CUSTOMERS, PRICE, full=True)
    assert both[Area.CUSTOMER] is DIFFERENTIAL
    assert both[Area.CUSTOMER_DISCOUNT] is FULL, "with prices in full their rules are too"
    assert both[Area.PUBLIC_DISCOUNT] is FULL


def test_files():
    assert told(FILES) == {Area.FILES: DIFFERENTIAL}
    assert told(FILES, full=True) == {Area.FILES: FULL}


def test_what_the_shop_has_no_use_for_is_left_out():
    assert Area.PROMOTION not in told(CARD, terrain=shop("files"))
    assert Area.FILES not in told(CARD, FILES, terrain=shop("bundles"))
    assert told(CARD, FILES, terrain=shop("bundles"))[Area.PROMOTION] is DIFFERENTIAL
    assert told(CARD, FILES, terrain=shop("files"))[Area.FILES] is DIFFERENTIAL
    assert told(CARD, FILES, terrain=shop()) == dict.fromkeys((*LISTS, Area.GROUP, Area.PRODUCT), DIFFERENTIAL)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("parts", EVERY, ids=lambda parts: "+".join(sorted(parts)) or "nothing")
def test_areas_come_in_the_order_they_are_sent(parts, full):
    found = list(reaches(parts, WHOLE, full=full))
    assert found == [area for area in CONTENTS if area in found]


def test_parts_of_another_kind_are_no_areas():
    assert told(Part.ORDERS, Part.STATUSES, Part.BRANCHES) == {}
    assert told() == {}


def test_how_a_reach_is_told_to_the_shop():
    assert [reach.mode for reach in (NEW, DIFFERENTIAL, FULL)] == [Mode.DIFFERENTIAL, Mode.DIFFERENTIAL, Mode.FULL]
    assert [str(reach) for reach in Reach] == ["new", "differential", "full"]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("parts", EVERY, ids=lambda parts: "+".join(sorted(parts)) or "nothing")
def test_what_cannot_be_asked_for_together(parts, full):
    """Decision tables, part 6: files need the offer, and a full offer contradicts what is asked for alone."""
    wanted = None
    if FILES in parts and CARD not in parts:
        wanted = Refusal.BINARIES
    if full and CARD not in parts and parts & {PRICE, STOCK}:
        wanted = Refusal.ONLY
    assert refusal(parts, full=full) is wanted
