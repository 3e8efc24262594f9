"""Decision tables part 7 and the manual's switches, as far as they shape one offer."""

from dataclasses import replace

import pytest

from pomost.model.branch import Branch
from pomost.model.change import changed_terms
from pomost.model.reason import Reason
from pomost.rules.offering import Verdict, stock_for
from tests.rules.trade import (
    BRANCH,
    EAN,
    EXTRA,
    GOODS,
    MAIN,
    MINIMUM_FIELD,
    OTHER,
    POLICY,
    PRICES,
    SECOND,
    STOCKS,
    UNITS,
    card,
    decided,
    known,
    listed,
    on_hand,
    quantities,
    reasons,
    standing,
    unit_fields,
)

CARDS_OFF = replace(POLICY, goods=replace(GOODS, enabled=False))


def test_everything_the_manual_names_travels_in_one_offer() -> None:
    """Manual, Towary: price, sales unit with multiplier, minimum quantity, VAT rate, symbol – and nothing else."""
    product = card(own=unit_fields("Zgrzewka", "6") | {MINIMUM_FIELD: "2"}, vat="8", symbol="WODA15")
    decision = decided(product)
    offer = decision.offer
    assert offer is not None
    assert (offer.sku, str(offer.unit), str(offer.price), offer.vat, offer.min_quantity) == (
        "WODA15",
        "PU x 6",
        "15.00",
        "8",
        2,
    )
    assert changed_terms(None, offer) == {"sku", "unit", "price", "vat", "min_quantity"}


def test_goods_off_and_stocks_on_sends_stock_in_the_standing_offers_unit() -> None:
    """Decision tables part 7 "Włącz synchronizację towarów off, stocks on": in that offer's unit."""
    held = known(standing("PU×6", recalculated=True, price="15.00"))
    stocks, findings = stock_for(card(own=unit_fields("Karton", "24")), CARDS_OFF, held, UNITS)
    assert [(stock.branch, stock.quantity) for stock in stocks] == [("MAG", 3)]
    assert findings == ()


def test_a_pack_offer_without_recalculation_gets_the_erp_stock_as_it_is() -> None:
    """Decision tables part 7, same row: the standing offer says whether stock is recalculated."""
    held = known(standing("CT×24", price="60.00"))
    stocks, _ = stock_for(card(base_unit="Karton", stock={MAIN: on_hand("7")}), CARDS_OFF, held, UNITS)
    assert [stock.quantity for stock in stocks] == [7]


def test_goods_off_neither_a_bad_unit_nor_a_missing_price_stops_the_stock() -> None:
    """Decision tables part 7, same row: only the stock is looked at."""
    product = card(own=unit_fields("Paleta", "x"), price=None, gross=None, vat="99", active=True)
    stocks, _ = stock_for(product, CARDS_OFF, known(standing()), UNITS)
    assert [stock.quantity for stock in stocks] == [20]


def test_goods_off_and_nothing_published_sends_nothing() -> None:
    """Decision tables part 7, same row: "only for products whose offer already exists in the shop"."""
    stocks, _ = stock_for(card(), CARDS_OFF, known(published=False), UNITS)
    assert stocks == ()


def test_every_branch_gets_the_stock_of_its_own_warehouses() -> None:
    """Manual, Stany: stocks of the warehouses chosen under Oddziały, branch by branch."""
    branches = (replace(BRANCH, extra_warehouses=(EXTRA,)), SECOND)
    product = card(stock={MAIN: on_hand("1"), EXTRA: on_hand("2"), OTHER: on_hand("4")})
    assert quantities(decided(product, policy=replace(POLICY, branches=branches))) == {"MAG": 3, "FIL": 4}


def test_a_branch_is_told_by_its_own_id() -> None:
    """Manual, Oddziały: "ID oddziału … wg którego dany oddział będzie rozpoznawany"."""
    policy = replace(POLICY, branches=(Branch(id="Żory-1", name="Żory", main_warehouse=MAIN),))
    assert quantities(decided(card(), policy=policy)) == {"Żory-1": 20}


def test_a_symbol_the_shop_cannot_hold_is_told() -> None:
    """Manual, Towary: the symbol is the distributor's id; one that does not fit cannot identify anything."""
    for symbol in ("", "X" * 21):
        decision = decided(card(symbol=symbol))
        assert decision.offer is None
        assert Reason.SYMBOL_UNUSABLE in reasons(decision.findings)
    assert decided(card(symbol="X" * 20)).verdict is Verdict.OFFERED


@pytest.mark.parametrize("code,listed_as", [("036000291452", "0036000291452"), ("0036000291452", "036000291452")])
def test_a_twelve_digit_code_is_the_thirteen_digit_one_with_a_nought(code: str, listed_as: str) -> None:
    """Decision tables 2.1 "one": "12-digit UPC = 0 + UPC"; the caller matches by key, the decision keeps the match."""
    match = listed(ean=listed_as)
    decision = decided(card(ean=code), match)
    assert decision.verdict is Verdict.OFFERED
    assert decision.match is match


def test_a_decision_rests_on_its_arguments_alone() -> None:
    """The same card twice gives the same decision, whatever was decided in between."""
    first = decided(card(own=unit_fields("PU", "6")))
    decided(card(own=unit_fields("Paleta")))
    assert decided(card(own=unit_fields("PU", "6"))) == first


@pytest.mark.parametrize("prices,stock", [(True, False), (False, True), (False, False), (True, True)])
def test_the_switches_of_prices_and_stocks_are_independent(prices: bool, stock: bool) -> None:
    """Decision tables part 7: two separate switches; manual, Ceny and Stany."""
    policy = replace(POLICY, prices=replace(PRICES, enabled=prices), stock=replace(STOCKS, enabled=stock))
    decision = decided(card(ean=EAN), policy=policy)
    assert decision.offer is not None
    assert (decision.offer.price is not None, bool(decision.stocks)) == (prices, stock)
