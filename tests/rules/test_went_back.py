"""Decision table 8.27, the pure part: what shows that our store is older than the shop, and what the shelf says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.known import OFFER_MARK, Known, stock_mark
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.unit import SalesUnit
from pomost.ports.shop import ShelfItem
from pomost.rules.went_back import as_shown, doubted, unexplained

PIECE, PACK = SalesUnit("PCE", 1), SalesUnit("PU", 6)
OFFER = Offer("S1", PIECE, False, "23", Decimal("2.50"), PriceKind.NET, "PLN", 2)


def stock(quantity, visible=None, branch="MAG"):
    return Stock(branch, quantity, visible, Basis.STOCK)


def known(**facts):
    sound = Known("p1", 1, "S1", published=True, offer=OFFER, stocks={"MAG": stock(10)})
    return replace(sound, **facts)


def shown(offer=OFFER, *stocks, active=True):
    return ShelfItem("p1", None if offer is None else active, offer, stocks)


# Noticing


@pytest.mark.parametrize(
    "other",
    [
        {"price": Decimal("2.51")},
        {"price": None, "price_kind": None, "currency": None},
        {"vat": "8"},
        {"unit": PACK},
        {"sku": "S2"},
        {"min_quantity": 3},
        {"min_quantity": None},
        {"price_kind": PriceKind.GROSS},
    ],
    ids=str,
)
def test_an_offer_written_by_our_key_that_is_otherwise_than_known_shows_it(other):
    assert unexplained(shown(replace(OFFER, **other)), known())


def test_an_offer_as_it_is_known_shows_nothing():
    assert not unexplained(shown(), known())
    assert not unexplained(shown(replace(OFFER, recalculated=True)), known()), "the shop does not know of that"
    assert not unexplained(shown(replace(OFFER, price_kind=None)), known()), "a kind we do not know is no other kind"
    assert not unexplained(shown(replace(OFFER, unit=SalesUnit("PCE", 1, "su7"))), known())


def test_a_product_nobody_knows_shows_it_and_its_stock_alone_does_not():
    assert unexplained(shown(), None)
    assert unexplained(shown(active=False), None), "published and withdrawn since"
    assert not unexplained(shown(None, stock(5)), None), "another channel's, perhaps"


@pytest.mark.parametrize("active, published", [(True, False), (False, True)])
def test_on_offer_here_and_not_there_shows_it(active, published):
    assert unexplained(shown(active=active), known(published=published))


def test_a_status_nobody_knows_shows_nothing():
    assert not unexplained(ShelfItem("p1", None, replace(OFFER, vat="8"), ()), known())


def test_a_withdrawn_offer_may_have_any_terms():
    assert not unexplained(shown(replace(OFFER, vat="8"), active=False), known(published=False))


def test_a_price_or_a_minimum_we_never_set_is_the_panels():
    ours = replace(OFFER, price=None, price_kind=None, currency=None, min_quantity=None)
    assert not unexplained(shown(), known(offer=ours))
    assert unexplained(shown(replace(OFFER, vat="8")), known(offer=ours))


def test_terms_nobody_knows_show_nothing():
    assert not unexplained(shown(), known(offer=None))


def test_what_is_in_doubt_may_be_anything():
    """A run killed between sending and recording."""
    assert not unexplained(shown(replace(OFFER, vat="8")), known(doubtful=frozenset({OFFER_MARK})))
    assert not unexplained(shown(active=False), known(doubtful=frozenset({OFFER_MARK})))
    assert not unexplained(shown(None, stock(9)), known(doubtful=frozenset({stock_mark("MAG")})))
    assert unexplained(shown(None, stock(9)), known(doubtful=frozenset({stock_mark("KRA"), OFFER_MARK})))
    assert unexplained(shown(replace(OFFER, vat="8")), known(doubtful=frozenset({stock_mark("MAG")})))


def test_stock_sent_by_our_key_that_is_otherwise_than_known_shows_it():
    assert unexplained(shown(None, stock(9)), known())
    assert unexplained(shown(None, stock(0, branch="KRA")), known()), "sent to a branch nothing is known of"
    assert not unexplained(shown(None, stock(10)), known())
    assert not unexplained(shown(None, stock(10, visible=False)), known()), "whether buyers see it is the panel's too"
    assert not unexplained(shown(None, stock(9)), known(published=False)), "withdrawn: the shop zeroes it by itself"
    assert unexplained(shown(None, stock(10), stock(3, branch="KRA")), known()), "any branch"


# Doubting


def test_everything_is_doubted_where_it_is_known_and_where_the_settings_send():
    one = doubted(known(doubtful=frozenset({stock_mark("OLD")})), ["KRA"])
    assert one.doubtful == {OFFER_MARK, *(stock_mark(branch) for branch in ("MAG", "KRA", "OLD"))}
    assert (one.offer, one.stocks, one.published) == (OFFER, {"MAG": stock(10)}, True)


# Reading the shelf


def read(item, held, recalculated=False, minimum=False, hides=False):
    return as_shown(item, held, recalculated=recalculated, minimum=minimum, hides=hides)


def test_what_the_shelf_shows_is_known_without_a_doubt():
    held = known(doubtful=frozenset({OFFER_MARK, stock_mark("MAG")}), held=True, owned=False)
    seen = read(shown(replace(OFFER, price=Decimal("7.77")), stock(3), stock(4, branch="KRA")), held)
    assert seen.offer == replace(OFFER, price=Decimal("7.77"))
    assert seen.stocks == {"MAG": stock(3), "KRA": stock(4, branch="KRA")}
    assert (seen.doubtful, seen.published, seen.held, seen.owned) == (frozenset(), True, True, False)
    assert read(shown(active=False), known()).published is False


def test_whether_a_pack_was_recalculated_is_told_or_its_terms_are_not_known():
    """A guess would offer six times the stock."""
    packed = replace(OFFER, unit=PACK)
    told = read(shown(packed), known(offer=None), recalculated=True, minimum=True)
    assert told.offer == replace(packed, recalculated=True)
    assert read(shown(packed), known(), recalculated=None).offer is None


@pytest.mark.parametrize(
    "held, minimum, kept",
    [(None, False, None), (None, True, 5), (2, False, 5), (2, True, 5)],
)
def test_a_minimum_is_ours_if_we_set_any(held, minimum, kept):
    """Else it would be cleared in the shop, and a person set it there."""
    seen = read(shown(replace(OFFER, min_quantity=5)), known(offer=replace(OFFER, min_quantity=held)), minimum=minimum)
    assert seen.offer.min_quantity == kept


@pytest.mark.parametrize(
    "quantity, sees, hides, before, after",
    [
        (0, False, True, None, False),  # hidden by a run nobody remembers
        (0, False, True, True, False),
        (0, False, True, False, False),
        (0, False, False, None, None),  # we hide nothing: a person did
        (0, False, False, False, False),  # we did, when the settings still said so
        (5, False, True, None, None),  # we hide only what is out
        (5, False, True, False, None),
        (5, False, True, True, None),
        (5, True, True, False, True),  # shown again by a run nobody remembers, or by a person
        (5, True, True, None, None),
        (5, True, True, True, True),
        (0, True, True, None, None),
        (0, None, True, None, None),
        (5, None, True, False, False),  # a shop that does not tell
    ],
)
def test_who_hid_a_product_decides_whether_it_comes_back(quantity, sees, hides, before, after):
    """Decision table 8.21 in reverse: what a person hid stays hidden, what we hid comes back with the stock."""
    held = known(stocks={"MAG": stock(1, visible=before)})
    assert read(shown(OFFER, stock(quantity, visible=sees)), held, hides=hides).stocks["MAG"].visible is after
