"""Desired minus known: what is published, amended, stocked and withdrawn, in every scope a run may have."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.change import Amend, Part, Publish, SetStock, Target, Withdraw
from pomost.model.known import Known, stock_mark
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit
from pomost.rules.diff import Scope, differences, growing_units, stock_differences
from pomost.rules.offering import Decision, Verdict

TARGET = Target(1, "S1", "p1")
PIECE, PACK = SalesUnit("PCE", 1, "u1"), SalesUnit("PU", 6, "u2")
OFFER = Offer("S1", PIECE, recalculated=False, vat="23", price=Decimal(10), price_kind=PriceKind.NET, currency="PLN")
WHY = (Finding.of(Reason.UNIT_ASSUMED_PIECE, base="x"),)
CARD, PRICE, STOCK = Part.CARD, Part.PRICE, Part.STOCK
ALL = Scope(frozenset({CARD, PRICE, STOCK}))


def stock(quantity, visible=None, branch="MAG", basis=Basis.STOCK):
    return Stock(branch, quantity, visible, basis)


def decided(verdict=Verdict.OFFERED, offer=OFFER, stocks=()):
    return Decision(verdict, None, offer if verdict is Verdict.OFFERED else None, tuple(stocks), WHY)


def known(offer=OFFER, stocks=(), **facts):
    published = facts.pop("published", True)
    return Known("p1", 1, "S1", published, offer, {one.branch: one for one in stocks}, **facts)


def changes(decision, held, scope=ALL):
    return list(differences(TARGET, decision, held, scope))


def scope(*parts, again=()):
    return Scope(frozenset(parts), frozenset(again))


# --- publishing


def test_what_is_not_there_is_published_with_its_stock():
    found = changes(decided(stocks=[stock(5), stock(0, branch="FIL")]), None)
    assert found == [
        Publish(TARGET, OFFER, WHY),
        SetStock(TARGET, None, stock(5), why=WHY),
        SetStock(TARGET, None, stock(0, branch="FIL"), why=WHY),
    ]


def test_what_was_withdrawn_is_published_again_with_all_its_stock():
    """A withdrawal zeroes stock, so that even what looks equal is told again."""
    held = known(published=False, stocks=[stock(5)])
    assert changes(decided(stocks=[stock(5)]), held) == [
        Publish(TARGET, OFFER, WHY),
        SetStock(TARGET, stock(5), stock(5), why=WHY),
    ]


def test_only_a_run_with_cards_publishes():
    for parts in ({PRICE}, {STOCK}, {PRICE, STOCK}):
        assert changes(decided(stocks=[stock(5)]), None, Scope(frozenset(parts))) == []
    bare = replace(OFFER, price=None, price_kind=None, currency=None)
    assert changes(decided(stocks=[stock(5)]), None, scope(CARD)) == [Publish(TARGET, bare, WHY)]
    assert changes(decided(), None, scope(CARD, PRICE)) == [Publish(TARGET, OFFER, WHY)]


# --- amending


def test_what_is_equal_is_left_alone():
    assert changes(decided(stocks=[stock(5)]), known(stocks=[stock(5)])) == []


@pytest.mark.parametrize(
    "other",
    [{"sku": "S2"}, {"vat": "8"}, {"price": Decimal(11)}, {"unit": PACK}, {"min_quantity": 2}, {"currency": "EUR"}],
)
def test_what_differs_is_amended(other):
    wanted = replace(OFFER, **other)
    assert changes(decided(offer=wanted), known())[:1] == [Amend(TARGET, OFFER, wanted, why=WHY)]


def test_a_run_without_prices_leaves_them_alone():
    wanted = replace(OFFER, sku="S2", price=Decimal(11))
    bare = replace(wanted, price=None, price_kind=None, currency=None)
    assert changes(decided(offer=wanted), known(), scope(CARD)) == [Amend(TARGET, OFFER, bare, why=WHY)]
    assert changes(decided(offer=replace(OFFER, price=Decimal(11))), known(), scope(CARD)) == []


def test_prices_alone_keep_every_other_term():
    wanted = replace(OFFER, sku="S2", vat="8", price=Decimal(11), price_kind=PriceKind.GROSS, currency="EUR")
    after = replace(OFFER, price=Decimal(11), price_kind=PriceKind.GROSS, currency="EUR")
    assert changes(decided(offer=wanted), known(), scope(PRICE)) == [Amend(TARGET, OFFER, after, why=WHY)]
    assert changes(decided(offer=replace(OFFER, sku="S2")), known(), scope(PRICE)) == []


def test_prices_alone_are_never_for_another_unit():
    for unit in (PACK, SalesUnit("PU", 1), SalesUnit("PCE", 6)):
        assert changes(decided(offer=replace(OFFER, unit=unit, price=Decimal(60))), known(), scope(PRICE)) == []
    again = replace(OFFER, unit=replace(PIECE, id="other"), price=Decimal(11))
    assert len(changes(decided(offer=again), known(), scope(PRICE))) == 1


def test_prices_alone_need_known_terms():
    wanted = decided(offer=replace(OFFER, price=Decimal(11)))
    assert changes(wanted, known(offer=None), scope(PRICE)) == []
    assert changes(wanted, known(doubtful=frozenset({"offer"})), scope(PRICE)) == []
    assert changes(wanted, known(published=False), scope(PRICE)) == []


def test_a_forced_run_of_prices_sends_the_price_again():
    bare = replace(OFFER, price=None, price_kind=None, currency=None)
    forced = scope(PRICE, again=[PRICE])
    assert changes(decided(), known(), forced) == [Amend(TARGET, bare, OFFER, why=WHY)]
    assert changes(decided(offer=replace(OFFER, price=None)), known(), forced) == []


@pytest.mark.parametrize("again", [{CARD}, {PRICE}, {CARD, PRICE, STOCK}])
def test_a_forced_run_sends_what_is_held_again(again):
    found = changes(decided(), known(), Scope(ALL.parts, frozenset(again)))
    assert found == [Amend(TARGET, OFFER, OFFER, again=True, why=WHY)]


def test_what_is_in_doubt_is_sent_again():
    doubtful = known(doubtful=frozenset({"offer"}))
    assert changes(decided(), doubtful) == [Amend(TARGET, OFFER, OFFER, again=True, why=WHY)]
    assert changes(decided(), known(doubtful=frozenset({stock_mark("MAG")}))) == []
    assert changes(decided(), known(), Scope(ALL.parts, frozenset({STOCK}))) == []


def test_what_is_not_known_is_sent_whole():
    assert changes(decided(), known(offer=None)) == [Amend(TARGET, None, OFFER, why=WHY)]


# --- withdrawing


def test_what_is_out_is_withdrawn_once():
    held = known(stocks=[stock(5), stock(2, branch="FIL")])
    assert changes(decided(Verdict.OUT), held) == [Withdraw(TARGET, OFFER, ("FIL", "MAG"), WHY)]
    assert changes(decided(Verdict.OUT), replace(held, published=False)) == []
    assert changes(decided(Verdict.OUT), None) == []


def test_a_withdrawal_takes_no_stock_along():
    assert len(changes(decided(Verdict.OUT, stocks=[stock(7)]), known(stocks=[stock(5)]))) == 1


def test_what_may_stand_is_withdrawn_too():
    held = known(offer=None, published=False, doubtful=frozenset({"offer", stock_mark("KRA")}))
    assert changes(decided(Verdict.OUT), held) == [Withdraw(TARGET, None, ("KRA",), WHY)]


def test_what_is_not_ours_is_never_withdrawn():
    """H.25 `not-owned withdrawn`."""
    held = known(owned=False, stocks=[stock(5)])
    assert changes(decided(Verdict.OUT), held) == []
    assert changes(decided(Verdict.OUT, stocks=[stock(7)]), held) == [SetStock(TARGET, stock(5), stock(7), why=WHY)]


def test_only_a_run_with_cards_withdraws():
    held = known(stocks=[stock(5)])
    for parts in ({PRICE}, {STOCK}, {PRICE, STOCK}):
        assert changes(decided(Verdict.OUT), held, Scope(frozenset(parts))) == []
    assert changes(decided(Verdict.OUT), held, scope(CARD)) == [Withdraw(TARGET, OFFER, ("MAG",), WHY)]


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.SKIPPED])
def test_what_is_kept_gets_its_stock_alone(verdict):
    held = known(stocks=[stock(5)])
    found = changes(decided(verdict, stocks=[stock(7)]), held)
    assert found == [SetStock(TARGET, stock(5), stock(7), why=WHY)]
    assert changes(decided(verdict, stocks=[stock(7)]), None) == []
    assert changes(decided(verdict, stocks=[stock(7)]), replace(held, published=False)) == []


def test_an_offer_without_terms_is_none():
    assert changes(Decision(Verdict.OFFERED, None, None, (stock(7),), WHY), None) == []
    assert len(changes(Decision(Verdict.OFFERED, None, None, (stock(7),), WHY), known())) == 1


# --- stock


def told(wanted, held, scope_=ALL, *, fresh=False):
    return list(stock_differences(TARGET, tuple(wanted), held, scope_, WHY, fresh=fresh))


@pytest.mark.parametrize(
    ("held", "wanted", "differs"),
    [
        (stock(5), stock(5), False),
        (stock(5), stock(6), True),
        (stock(5, visible=True), stock(5, visible=None), False),
        (stock(5, visible=True), stock(5, visible=True), False),
        (stock(5, visible=True), stock(5, visible=False), True),
        (stock(5, visible=None), stock(5, visible=True), True),
        (stock(0, visible=False), stock(0, visible=False), False),
    ],
)
def test_stock_that_differs(held, wanted, differs):
    assert told([wanted], known(stocks=[held])) == ([SetStock(TARGET, held, wanted, why=WHY)] if differs else [])


def test_stock_of_a_branch_nothing_is_known_of():
    assert told([stock(0)], known()) == [SetStock(TARGET, None, stock(0), why=WHY)]
    assert told([stock(0)], None) == [SetStock(TARGET, None, stock(0), why=WHY)]
    assert told([], known(stocks=[stock(5)])) == []


def test_stock_told_again_though_it_is_equal():
    held = known(stocks=[stock(5), stock(2, branch="FIL")])
    equal = [stock(5), stock(2, branch="FIL")]
    assert told(equal, held) == []
    assert len(told(equal, held, fresh=True)) == 2
    assert len(told(equal, held, Scope(ALL.parts, frozenset({STOCK})))) == 2
    assert told(equal, held, Scope(ALL.parts, frozenset({CARD, PRICE}))) == []
    doubtful = replace(held, doubtful=frozenset({stock_mark("FIL")}))
    assert [one.after.branch for one in told(equal, doubtful)] == ["FIL"]
    assert told(equal, replace(held, doubtful=frozenset({"offer"}))) == []


def test_stock_is_compared_by_what_it_is():
    held = known(stocks=[stock(int("1000"))])
    assert list(stock_differences(TARGET, (stock(int("1000")),), held, ALL, WHY)) == []


def test_stock_is_told_only_where_it_is_in_the_scope():
    held = known(stocks=[stock(5)])
    assert changes(decided(stocks=[stock(6)]), held, scope(CARD, PRICE)) == []
    assert changes(decided(stocks=[stock(6)]), held, scope(STOCK)) == [SetStock(TARGET, stock(5), stock(6), why=WHY)]
    in_doubt = known(published=False, offer=None, doubtful=frozenset({"offer"}), stocks=[stock(5)])
    assert len(changes(decided(Verdict.SKIPPED, stocks=[stock(6)]), in_doubt)) == 1


# --- unit, price and quantity together


def test_a_new_unit_takes_its_stock_along_whatever_the_scope():
    """Decision table 8.18: unit, price and quantity of an offer move together."""
    held = known(stocks=[stock(60)])
    wanted = decided(offer=replace(OFFER, unit=PACK), stocks=[stock(10)])
    found = changes(wanted, held, scope(CARD, PRICE))
    assert [type(one) for one in found] == [Amend, SetStock]
    assert found[1] == SetStock(TARGET, stock(60), stock(10), why=WHY)
    same = decided(offer=replace(OFFER, sku="S2"), stocks=[stock(10)])
    assert [type(one) for one in changes(same, held, scope(CARD, PRICE))] == [Amend]
    unknown = decided(offer=replace(OFFER, unit=PACK), stocks=[stock(10)])
    assert [type(one) for one in changes(unknown, known(offer=None), scope(CARD, PRICE))] == [Amend]


def amend(before, after, product="p1"):
    offers = [None if one is None else replace(OFFER, unit=one) for one in (before, after)]
    return Amend(replace(TARGET, product_id=product), *offers)


def test_units_that_grow():
    assert growing_units([amend(PIECE, PACK), amend(PACK, PIECE, "p2"), amend(PACK, PACK, "p3")]) == {"p1"}
    assert growing_units([amend(PIECE, SalesUnit("B", 1)), amend(None, PACK, "p2")]) == set()
    assert growing_units([SetStock(TARGET, stock(60), stock(10)), Publish(TARGET, OFFER)]) == set()
    assert growing_units([amend(SalesUnit("B", 2), PACK, "p7")]) == {"p7"}
