"""What the shop shows held against what it confirmed: lost, kept in its own way, or right."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.change import Amend, Publish, SetStock, Target, Withdraw
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.reason import Reason
from pomost.model.unit import SalesUnit
from pomost.ports.shop import ShelfItem
from pomost.rules.echo import lost, misfit

TARGET = Target(1, "S1", "p1")
PIECE, PACK = SalesUnit("PCE", 1), SalesUnit("PU", 6)
OFFER = Offer(
    "S1", PIECE, recalculated=False, vat="23", price=Decimal("9.99"), price_kind=PriceKind.NET, currency="PLN"
)
DEARER = replace(OFFER, price=Decimal("12.50"))


def stock(quantity, visible=None, branch="MAG"):
    return Stock(branch, quantity, visible, Basis.STOCK)


def shelf(offer=OFFER, stocks=(), active=True):
    return ShelfItem("p1", active, offer, tuple(stocks))


def told(found):
    """Reason, what was sent, what is shown, whether it is sent again, and what the shop is taken to hold."""
    facts = dict(found.finding.facts)
    return found.finding.reason, facts["sent"], facts["shown"], found.lost, found.held


# --- offers


@pytest.mark.parametrize("change", [Publish(TARGET, OFFER), Amend(TARGET, DEARER, OFFER), Amend(TARGET, None, OFFER)])
def test_what_is_shown_as_it_was_sent_is_right(change):
    assert misfit(change, shelf()) is None
    assert misfit(change, shelf(active=None)) is None, "a status nobody knows is no other status"


@pytest.mark.parametrize("item", [None, shelf(active=False), shelf(offer=None)])
@pytest.mark.parametrize("change", [Publish(TARGET, OFFER), Amend(TARGET, DEARER, OFFER)])
def test_an_offer_nobody_finds_was_lost(change, item):
    gone = Withdraw(TARGET, None, ())
    sent = "S1, PCE x 1, 9.99 PLN, VAT 23"
    assert told(misfit(change, item)) == (Reason.NOT_KEPT, sent, "-", True, gone)


def test_an_amendment_shown_as_it_was_before_was_lost():
    found = misfit(Amend(TARGET, DEARER, OFFER), shelf(DEARER))
    sent, shown = "S1, PCE x 1, 9.99 PLN, VAT 23", "S1, PCE x 1, 12.50 PLN, VAT 23"
    assert told(found) == (Reason.NOT_KEPT, sent, shown, True, Amend(TARGET, None, DEARER))


def test_what_is_neither_old_nor_new_is_the_shops_own_way():
    found = misfit(Amend(TARGET, DEARER, OFFER), shelf(replace(OFFER, price=Decimal("9.90"))))
    assert told(found)[0::3] == (Reason.KEPT_OTHERWISE, False)
    assert told(found)[1:3] == ("S1, PCE x 1, 9.99 PLN, VAT 23", "S1, PCE x 1, 9.90 PLN, VAT 23")
    assert found.held is None
    published = misfit(Publish(TARGET, OFFER), shelf(DEARER))
    assert (published.finding.reason, published.lost) == (Reason.KEPT_OTHERWISE, False)
    unknown = misfit(Amend(TARGET, None, OFFER), shelf(DEARER))
    assert (unknown.finding.reason, unknown.lost) == (Reason.KEPT_OTHERWISE, False)


def test_one_term_kept_and_one_lost_was_lost_all_the_same():
    before = replace(OFFER, sku="S0", price=Decimal(5))
    kept_one = replace(OFFER, price=Decimal(5))
    assert misfit(Amend(TARGET, before, OFFER), shelf(kept_one)).lost
    other = replace(OFFER, sku="S9", price=Decimal(5))
    assert not misfit(Amend(TARGET, before, OFFER), shelf(other)).lost


def test_only_terms_that_travelled_are_compared():
    change = Amend(TARGET, replace(OFFER, sku="S0"), OFFER)
    assert misfit(change, shelf(replace(OFFER, price=Decimal(1)))) is None
    assert misfit(change, shelf(replace(OFFER, sku="S0"))).lost
    again = replace(change, again=True)
    assert misfit(again, shelf(replace(OFFER, price=Decimal(1)))) is not None


def test_a_kind_of_price_nobody_told_is_no_other_kind():
    assert misfit(Publish(TARGET, OFFER), shelf(replace(OFFER, price_kind=None))) is None
    assert misfit(Publish(TARGET, OFFER), shelf(replace(OFFER, price_kind=PriceKind.GROSS))) is not None
    assert misfit(Publish(TARGET, OFFER), shelf(replace(DEARER, price_kind=None))) is not None
    none = replace(OFFER, price=None, price_kind=None, currency=None)
    assert misfit(Publish(TARGET, none), shelf(none)) is None


def test_offers_in_a_few_words():
    bare = Offer("S1", PACK, recalculated=False, vat="zw")
    found = misfit(Publish(TARGET, bare), shelf(replace(bare, vat="8", min_quantity=3)))
    assert told(found)[1:3] == ("S1, PU x 6, VAT zw", "S1, PU x 6, VAT 8, min. 3")
    no_currency = replace(OFFER, currency=None)
    assert told(lost(Publish(TARGET, no_currency)))[1] == "S1, PCE x 1, 9.99, VAT 23"


# --- stock


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (stock(5), stock(5)),
        (stock(5, visible=True), stock(5, visible=None)),
        (stock(5, visible=None), stock(5, visible=False)),
        (stock(5, visible=True), stock(5, visible=True)),
        (stock(0, visible=False), stock(0, visible=False)),
    ],
)
def test_stock_that_is_shown(wanted, shown):
    assert misfit(SetStock(TARGET, stock(9), wanted), shelf(stocks=[stock(1, branch="FIL"), shown])) is None


def test_stock_nobody_finds_was_lost():
    change = SetStock(TARGET, stock(9), stock(5))
    for item in (None, shelf(), shelf(stocks=[stock(5, branch="FIL")])):
        assert told(misfit(change, item)) == (Reason.NOT_KEPT, "MAG: 5", "-", True, SetStock(TARGET, None, stock(9)))


def test_stock_shown_as_it_was_before_was_lost():
    found = misfit(
        SetStock(TARGET, stock(9, visible=True), stock(5, visible=True)), shelf(stocks=[stock(9, visible=False)])
    )
    # what buyers see is for the shop to say, not whether it was us who hid it
    assert told(found) == (Reason.NOT_KEPT, "MAG: 5", "MAG: 9", True, SetStock(TARGET, None, stock(9, visible=None)))


def test_stock_whose_before_nobody_knows_was_lost():
    found = misfit(SetStock(TARGET, None, stock(5)), shelf(stocks=[stock(7)]))
    assert told(found) == (Reason.NOT_KEPT, "MAG: 5", "MAG: 7", True, SetStock(TARGET, None, stock(7)))


def test_stock_that_is_neither_old_nor_new():
    found = misfit(SetStock(TARGET, stock(9), stock(5)), shelf(stocks=[stock(4)]))
    assert told(found) == (Reason.KEPT_OTHERWISE, "MAG: 5", "MAG: 4", False, None)


def test_quantities_and_branches_are_compared_by_what_they_are():
    def many():
        return int("1000")

    branch = "mag".upper()
    rows = [stock(1, branch="ZZZ"), stock(many(), branch=branch), stock(2, branch="AAA")]
    assert misfit(SetStock(TARGET, stock(9), stock(many())), shelf(stocks=rows)) is None
    before = misfit(SetStock(TARGET, stock(many()), stock(5)), shelf(stocks=rows))
    assert before.finding.reason is Reason.NOT_KEPT
    more = misfit(SetStock(TARGET, stock(9), stock(5)), shelf(stocks=[stock(10)]))
    assert more.finding.reason is Reason.KEPT_OTHERWISE
    assert lost(SetStock(TARGET, stock(many()), stock(many()))).held is None
    assert lost(SetStock(TARGET, stock(3), stock(5))).held == SetStock(TARGET, None, stock(3))
    shown = misfit(SetStock(TARGET, None, stock(5, visible=True)), shelf(stocks=[stock(5, visible=False)]))
    assert shown.lost


def test_what_should_be_hidden_and_is_not():
    change = SetStock(TARGET, stock(9, visible=True), stock(0, visible=False))
    found = misfit(change, shelf(stocks=[stock(0, visible=True)]))
    assert told(found) == (Reason.NOT_KEPT, "MAG: 0", "MAG: 0", True, None)


# --- withdrawals


def test_what_was_withdrawn_and_is_still_there():
    change = Withdraw(TARGET, OFFER, ("MAG",))
    assert told(misfit(change, shelf())) == (Reason.NOT_KEPT, "-", "S1", True, Publish(TARGET, OFFER))
    assert told(misfit(change, shelf(offer=None)))[2] == "-"
    for item in (None, shelf(active=False), shelf(active=None)):
        assert misfit(change, item) is None
    assert misfit(Withdraw(TARGET, None, ()), shelf()).held is None


# --- lost, whatever is shown


def test_what_the_shop_holds_of_a_change_it_lost():
    assert told(lost(Publish(TARGET, OFFER))) == (
        Reason.NOT_KEPT, "S1, PCE x 1, 9.99 PLN, VAT 23", "-", True, Withdraw(TARGET, None, ()),
    )  # fmt: skip
    assert lost(Amend(TARGET, DEARER, OFFER)).held == Amend(TARGET, None, DEARER)
    assert lost(Amend(TARGET, None, OFFER)).held is None
    assert told(lost(Amend(TARGET, None, OFFER)))[1] == "S1, PCE x 1, 9.99 PLN, VAT 23"
    assert lost(SetStock(TARGET, stock(9), stock(5))).held == SetStock(TARGET, None, stock(9))
    assert lost(SetStock(TARGET, None, stock(5))).held is None
    # sent again because of a doubt: what was held before is what is wanted, and tells nothing
    assert lost(SetStock(TARGET, stock(5), stock(5))).held is None
    assert told(lost(SetStock(TARGET, stock(9), stock(5)), "x"))[1:3] == ("MAG: 5", "x")
    assert lost(Withdraw(TARGET, OFFER, ())).held == Publish(TARGET, OFFER)
    assert told(lost(Withdraw(TARGET, OFFER, ())))[1:3] == ("-", "-")
    assert lost(Withdraw(TARGET, None, ())).held is None
