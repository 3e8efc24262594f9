"""Decision tables 1.5 (price, minimum quantity) and the price and VAT rows of part 7."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.offer import PriceKind
from pomost.model.product import Price
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import weight
from pomost.rules.offering import Verdict
from pomost.rules.pricing import PriceDecision, bare_rate, minimum_quantity, price, sales_price, vat_rate
from tests.rules.trade import (
    LEVEL,
    MAIN,
    MINIMUM_FIELD,
    POLICY,
    PRICES,
    VAT_RATES,
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


@pytest.mark.parametrize(
    "base,size,recalculated,sent",
    [
        ("0.8333", 6, True, "5.00"),  # not 0.83 x 6 = 4.98
        ("2.50", 6, True, "15.00"),
        ("12.345", 30, True, "370.35"),
        ("12.345", 30, False, "12.35"),  # half up; half-even would give 12.34
        ("0.125", 1, False, "0.13"),
        ("1.005", 1, False, "1.01"),  # a binary float is a little less than 1.005 and would give 1.00
        ("2.675", 1, False, "2.68"),
        ("0.0049", 1, False, "0.00"),
        ("0.005", 1, False, "0.01"),
        ("7", 1, False, "7.00"),
        ("9999999.9999", 48, True, "480000000.00"),
    ],
)
def test_multiply_first_round_once_half_up(base: str, size: int, recalculated: bool, sent: str) -> None:
    """Decision tables 1.5 "Price": exact decimals, multiply first, round once, half up, 2 places."""
    assert str(sales_price(Decimal(base), size, recalculated=recalculated)) == sent


@pytest.mark.parametrize("kind,sent", [(PriceKind.NET, "2.50"), (PriceKind.GROSS, "3.08")])
def test_net_or_gross_is_a_setting(kind: PriceKind, sent: str) -> None:
    """Decision tables 1.7 Q8."""
    decision = decided(card(), policy=replace(POLICY, prices=replace(PRICES, kind=kind)))
    assert decision.offer is not None
    assert (str(decision.offer.price), decision.offer.price_kind) == (sent, kind)
    assert decision.offer.currency == "PLN"


def test_net_is_the_default() -> None:
    """Decision tables 1.7 Q8: "default net"."""
    assert type(PRICES)().kind is PriceKind.NET


def test_the_chosen_level_is_the_one_sent() -> None:
    """Manual, Ceny: the price of the level chosen is sent, no other level's."""
    levels = {LEVEL: Price(Decimal(2), Decimal(3), "PLN"), "wholesale": Price(Decimal(1), Decimal("1.23"), "PLN")}
    decision = decided(card(prices=levels), policy=replace(POLICY, prices=replace(PRICES, level="wholesale")))
    assert decision.offer is not None
    assert str(decision.offer.price) == "1.00"


def test_price_is_per_sales_unit_with_the_unit_beside_it() -> None:
    """Decision tables 1.7 Q7: price per sales unit with the multiplier."""
    decision = decided(card(own=unit_fields("PU", "6")))
    assert decision.offer is not None
    assert (str(decision.offer.price), decision.offer.unit.multiplier) == ("15.00", 6)


@pytest.mark.parametrize("amount", [None, "0", "0.00"])
def test_no_price_at_the_level_publishes_nothing(amount: str | None) -> None:
    """Decision tables part 7 "no price at the chosen level (NULL or 0)"."""
    decision = decided(card(price=amount))
    assert decision.verdict is not Verdict.OFFERED
    assert decision.offer is None
    assert Reason.PRICE_MISSING in reasons(decision.findings)
    assert decision.stocks == ()


def test_a_level_the_card_has_no_row_for_is_no_price() -> None:
    """Decision tables part 7, same row: the card knows no such level."""
    assert Reason.PRICE_MISSING in reasons(decided(card(prices={})).findings)


@pytest.mark.parametrize("kind,missing", [(PriceKind.NET, "price"), (PriceKind.GROSS, "gross")])
def test_the_kind_asked_for_must_be_there(kind: PriceKind, missing: str) -> None:
    """Decision tables part 7, same row: the other kind of price does not stand in."""
    policy = replace(POLICY, prices=replace(PRICES, kind=kind))
    decision = decided(card(**{missing: None}), policy=policy)
    assert Reason.PRICE_MISSING in reasons(decision.findings)


def test_an_offer_published_before_keeps_its_price_and_still_gets_its_stock() -> None:
    """Decision tables part 7 "no price": "an offer already published keeps its price and still gets its stock"."""
    decision = decided(card(price=None), held=known(standing()))
    assert (decision.verdict, decision.offer) == (Verdict.KEPT, None)
    assert quantities(decision) == {"MAG": 20}


def test_stock_of_a_kept_offer_goes_in_the_unit_that_offer_stands_in() -> None:
    """Decision tables part 7 "no price": the offer is not amended, so its unit stays PU x 6."""
    held = known(standing("PU×6", recalculated=True, price="15.00"))
    decision = decided(card(price=None, own=unit_fields("PU", "12")), listed("PCE×1", "PU×6", "PU×12"), held=held)
    assert decision.verdict is Verdict.KEPT
    assert quantities(decision) == {"MAG": 3}


def test_a_withdrawn_offer_without_a_price_gets_no_stock() -> None:
    """Decision tables part 7 "no price": only "an offer already published" gets stock."""
    assert decided(card(price=None), held=known(published=False)).stocks == ()


@pytest.mark.parametrize("currency", ["EUR", "USD"])
def test_a_price_in_another_currency_is_never_sent_as_zloty(currency: str) -> None:
    """Decision tables part 7 "price level in another currency": "never sent as PLN"."""
    decision = decided(card(currency=currency))
    assert decision.offer is None
    assert Reason.PRICE_CURRENCY in reasons(decision.findings)
    amount = price(card(currency=currency), PRICES, 1, recalculated=False).amount
    assert amount is None


def test_price_synchronisation_off_sends_offers_without_a_price() -> None:
    """Decision tables part 7 "Synchronizacja cen off": offers are written without a price; the panel's stays."""
    policy = replace(POLICY, prices=replace(PRICES, enabled=False))
    for product in (card(), card(price=None, gross=None), card(currency="EUR"), card(prices={})):
        decision = decided(product, policy=policy)
        assert decision.verdict is Verdict.OFFERED
        assert decision.offer is not None
        assert decision.offer.price is None
        assert quantities(decision) == {"MAG": 20}


@pytest.mark.parametrize(
    "symbol,rate",
    [
        ("23", "23"),
        ("23%", "23"),
        (" 8 ", "8"),
        ("5", "5"),
        ("0", "0"),
        ("zw", "zw"),
        ("zw.", "zw"),
        ("ZW", "zw"),
        ("np", "np"),
        ("oo", "oo"),
    ],
)
def test_the_shops_rate_for_a_symbol_of_the_erp(symbol: str, rate: str) -> None:
    """Manual, Towary: "stawka podatku VAT" is synchronised; the ERP writes `23`, `23%`, `zw.`."""
    assert vat_rate(symbol, VAT_RATES) == rate


@pytest.mark.parametrize("symbol", ["22", "7", "", None, "x", "023", "2 3", "-23"])
def test_a_rate_the_shop_lacks(symbol: str | None) -> None:
    """Decision tables part 7 "VAT rate that the shop's list lacks"."""
    assert vat_rate(symbol, VAT_RATES) is None
    decision = decided(card(vat=symbol))
    assert decision.offer is None
    assert decision.stocks == ()
    assert Reason.VAT_UNKNOWN in reasons(decision.findings)


def test_a_published_offer_with_an_unknown_rate_still_gets_its_stock() -> None:
    """Decision tables part 7 "VAT rate …": "as above" – kept as it stands, with fresh stock."""
    decision = decided(card(vat="22"), held=known(standing()))
    assert (decision.verdict, decision.offer) == (Verdict.KEPT, None)
    assert quantities(decision) == {"MAG": 20}


def test_the_rate_travels_with_the_offer() -> None:
    """Manual, Towary: "stawka podatku VAT"."""
    decision = decided(card(vat="8"))
    assert decision.offer is not None
    assert decision.offer.vat == "8"


@pytest.mark.parametrize("text,number", [("1", 1), ("12", 12), (" 6 ", 6), ("6,0", 6), ("06", 6)])
def test_a_minimum_quantity(text: str, number: int) -> None:
    """Decision tables 1.5 "Minimum quantity": a whole number >= 1."""
    assert minimum_quantity(text) == (number, ())


@pytest.mark.parametrize("text", ["0", "-1", "1,5", "2.5", "dwa", "6 szt."])
def test_what_is_not_a_minimum_quantity(text: str) -> None:
    """Decision tables 1.5 "Minimum quantity": otherwise warn and omit."""
    invalid = Finding.of(Reason.MIN_QUANTITY_INVALID, typed=text)
    assert minimum_quantity(f" {text}\t") == (None, (invalid,))
    assert weight(invalid) is Weight.WARN


@pytest.mark.parametrize("text", ["", " "])
def test_no_minimum_quantity_is_no_fault(text: str) -> None:
    """Decision tables part 7 "minimum quantity blanked later": cleared, without a warning."""
    assert minimum_quantity(text) == (None, ())


def test_the_minimum_is_in_sales_units_already() -> None:
    """Decision tables 1.5: "already in sales units: send as is" – never divided by the multiplier."""
    decision = decided(card(own=unit_fields("PU", "6") | {MINIMUM_FIELD: "2"}))
    assert decision.offer is not None
    assert decision.offer.recalculated is True
    assert decision.offer.min_quantity == 2


def test_a_bad_minimum_does_not_stop_the_offer() -> None:
    """Decision tables 1.5: warn and omit, everything else is sent."""
    decision = decided(card(own={MINIMUM_FIELD: "1,5"}))
    assert decision.verdict is Verdict.OFFERED
    assert decision.offer is not None
    assert decision.offer.min_quantity is None
    assert Reason.MIN_QUANTITY_INVALID in reasons(decision.findings)


@pytest.mark.parametrize("own", [{}, {MINIMUM_FIELD: ""}])
def test_a_minimum_blanked_later_is_cleared(own: dict[str, str]) -> None:
    """Decision tables part 7 "minimum quantity blanked later": the new terms hold none, without a warning."""
    held = known(replace(standing(), min_quantity=2))
    decision = decided(card(own=own), held=held)
    assert decision.offer is not None
    assert decision.offer.min_quantity is None
    assert decision.findings == ()


def test_a_minimum_field_not_chosen_sends_no_minimum() -> None:
    """Manual, Towary 3: the own field is chosen in the settings; none chosen, none read."""
    policy = replace(POLICY, goods=replace(POLICY.goods, min_quantity_field=""))
    decision = decided(card(own={MINIMUM_FIELD: "1,5"}, stock={MAIN: on_hand("1")}), policy=policy)
    assert decision.offer is not None
    assert (decision.offer.min_quantity, decision.findings) == (None, ())


MISSING = Finding.of(Reason.PRICE_MISSING, level=LEVEL)


@pytest.mark.parametrize(
    ("net", "currency", "size", "recalculated", "decided_price"),
    [
        ("2.50", "PLN", 6, True, PriceDecision(Decimal("15.00"))),
        ("2.50", "PLN", 6, False, PriceDecision(Decimal("2.50"))),
        ("0.005", "PLN", 1, False, PriceDecision(Decimal("0.01"))),
        ("1", "PLN", 1, False, PriceDecision(Decimal("1.00"))),
        (None, "PLN", 1, False, PriceDecision(None, (MISSING,))),
        ("0", "EUR", 1, False, PriceDecision(None, (MISSING,))),
        ("0.0049", "PLN", 1, False, PriceDecision(None, (MISSING,))),
        ("-2.50", "EUR", 6, True, PriceDecision(None, (Finding.of(Reason.PRICE_NEGATIVE, level=LEVEL, price="-2.5"),))),
        (
            "2.50",
            "EUR",
            1,
            False,
            PriceDecision(None, (Finding.of(Reason.PRICE_CURRENCY, level=LEVEL, currency="EUR", wanted="PLN"),)),
        ),
    ],
)
def test_a_price_or_the_one_reason_there_is_none(
    net: str | None, currency: str, size: int, recalculated: bool, decided_price: PriceDecision
) -> None:
    """Decision tables part 7 and 8.24: none, nought and what rounds to nought, below nought, another currency."""
    product = card(price=net, gross="99", currency=currency)
    assert price(product, PRICES, size, recalculated=recalculated) == decided_price


def test_a_level_the_card_lacks_is_named() -> None:
    """Decision tables part 7 "no price at the chosen level"."""
    assert price(card(prices={}), PRICES, 1, recalculated=False) == PriceDecision(None, (MISSING,))


@pytest.mark.parametrize(
    ("symbol", "bare"),
    [
        ("23%", "23"),
        (" 23 % ", "23"),
        ("ZW.", "zw"),
        ("zw .%", "zw"),
        ("%8", "%8"),
        (".", ""),
        ("X5", "x5"),
        ("5x", "5x"),
    ],
)
def test_a_rates_symbol_without_signs_after_it(symbol: str, bare: str) -> None:
    """Manual, Towary: `23` for `23%`, `zw` for `ZW.`; only what stands behind the rate goes."""
    assert bare_rate(symbol) == bare


@pytest.mark.parametrize("symbol", [None, "", " "])
def test_a_card_without_a_rate_has_none_whatever_the_shops_rates_are_called(symbol: str | None) -> None:
    """Decision tables part 7 "VAT rate that the shop's list lacks"."""
    assert vat_rate(symbol, frozenset({"none", "xxxx", "23"})) is None
