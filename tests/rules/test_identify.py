"""Decision tables 2.1: which product of the shop a card is, by its primary EAN."""

from dataclasses import replace

import pytest

from pomost.model.conditions import Condition, ConditionField, Qualification
from pomost.model.policy import Policy
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import say, weight
from pomost.rules.identify import Identification, identify
from pomost.rules.offering import Verdict, decide
from tests.rules.trade import EAN, GOODS, POLICY, SHOP, card, decided, listed, reasons, unit_fields

WRONG_DIGIT = "5900000000016"


@pytest.mark.parametrize("ean", ["", " ", "\t"])
def test_a_blank_code_is_not_considered(ean: str) -> None:
    """Decision tables 2.1 row "blank"."""
    found = identify(ean, (), 1)
    assert found.product is None
    assert reasons(found.findings) == [Reason.EAN_MISSING]


def test_a_code_with_a_wrong_check_digit_is_compared_all_the_same() -> None:
    """Decision tables 2.1 row "invalid check digit": compare literally, warn."""
    found = identify(WRONG_DIGIT, (listed(ean=WRONG_DIGIT),), 1)
    assert found.product is not None
    assert reasons(found.findings) == [Reason.EAN_CHECKSUM]
    assert weight(found.findings[0]) is Weight.WARN


def test_a_wrong_check_digit_without_a_match_is_told_beside_the_missing_match() -> None:
    """Decision tables 2.1 rows "invalid check digit" and "none" together."""
    found = identify(WRONG_DIGIT, (), 1)
    assert found.product is None
    assert set(reasons(found.findings)) == {Reason.EAN_NOT_IN_SHOP, Reason.EAN_CHECKSUM}


@pytest.mark.parametrize("ean", ["2012345678900", "0212345678903", "20123451"])
def test_a_code_every_store_makes_for_itself_is_matched_only_where_the_settings_say_so(ean: str) -> None:
    """Decision table 8.22: the shop's product of that code is something else."""
    matches = (listed(ean=ean),)
    found = identify(ean, matches, 1)
    assert (found.product, reasons(found.findings)) == (None, [Reason.EAN_IN_SHOP])
    assert identify(ean, matches, 1, in_shop_codes=True).product == matches[0]
    assert decided(card(ean=ean), match=matches[0]).verdict is Verdict.OUT
    shared = replace(POLICY, goods=replace(GOODS, in_shop_codes=True))
    assert decided(card(ean=ean), match=matches[0], policy=shared).verdict is Verdict.OFFERED


def test_a_code_the_catalogue_lacks_is_skipped() -> None:
    """Decision tables 2.1 row "valid, none"; manual, Towary: "towar zostanie pominięty"."""
    found = identify(EAN, (), 1)
    assert found.product is None
    assert reasons(found.findings) == [Reason.EAN_NOT_IN_SHOP]


def test_one_product_with_the_code_is_the_match() -> None:
    """Decision tables 2.1 row "valid, one"."""
    product = listed()
    found = identify(EAN, (product,), 1)
    assert found.product is product
    assert found.findings == ()


@pytest.mark.parametrize("matches", [0, 1, 2])
@pytest.mark.parametrize("rivals", [2, 3])
def test_two_qualified_cards_with_one_code_are_all_skipped(rivals: int, matches: int) -> None:
    """Decision tables 2.1 row "same EAN on >= 2 qualified ERP products, any"."""
    found = identify(EAN, tuple(listed(id=f"P-{number}") for number in range(matches)), rivals)
    assert found.product is None
    assert Reason.EAN_DUPLICATE_ERP in reasons(found.findings)
    told = next(finding for finding in found.findings if finding.reason is Reason.EAN_DUPLICATE_ERP)
    assert str(rivals) in say(told, "pl")


def test_a_code_on_two_products_of_the_shop_is_skipped() -> None:
    """Decision tables 2.1 row "valid, >= 2 catalogue products"."""
    found = identify(EAN, (listed(id="P-1"), listed(id="P-2")), 1)
    assert found.product is None
    assert reasons(found.findings) == [Reason.EAN_DUPLICATE_SHOP]


@pytest.mark.parametrize("matches", [(), (listed(id="P-1"), listed(id="P-2"))], ids=["none", "two"])
def test_nothing_is_offered_without_exactly_one_match(matches: tuple[object, ...]) -> None:
    """Decision tables 2.1: skip, through the whole decision."""
    decision = decide(card(), matches, 1, POLICY, SHOP, None)
    assert decision.verdict in {Verdict.SKIPPED, Verdict.OUT}
    assert (decision.match, decision.offer, decision.stocks) == (None, None, ())


def test_an_unqualified_card_does_not_trouble_its_rival() -> None:
    """Decision tables 2.1: only *qualified* products count as duplicates, so one rival left means a match."""
    assert decided(card(), rivals=1).verdict is Verdict.OFFERED


def test_name_and_code_never_reach_the_shop() -> None:
    """Decision tables 2.1 "Name and EAN are never written": the offer has no place for them."""
    decision = decided(card(name="Nazwa z ERP"))
    assert decision.offer is not None
    told = repr((decision.offer, decision.stocks))
    assert "Nazwa z ERP" not in told
    assert EAN not in told


def test_the_symbol_travels_as_the_distributors_id() -> None:
    """Manual, Towary: "Symbol z Subiekta (jako ID dystrybutora)"."""
    decision = decided(card(symbol="PIWO-05"))
    assert decision.offer is not None
    assert decision.offer.sku == "PIWO-05"


def test_reasons_come_in_the_order_of_the_work() -> None:
    """Decision tables part 7 "several reasons at once": identification, qualification, unit, price, VAT."""
    everything_wrong = card(ean=WRONG_DIGIT, own=unit_fields("Paleta", "x"), price=None, gross=None, vat="99")
    unqualified = replace(
        GOODS, qualification=Qualification.CONDITIONS, conditions=(Condition(ConditionField.TRAIT, ("5",)),)
    )
    order = [
        {Reason.EAN_CHECKSUM, Reason.EAN_NOT_IN_SHOP},
        {Reason.CONDITION_NOT_MET},
        {Reason.UNIT_TYPE_UNKNOWN},
        {Reason.PRICE_MISSING},
        {Reason.VAT_UNKNOWN},
    ]
    for product, matches, goods in (
        (everything_wrong, (), unqualified),
        (everything_wrong, (listed(ean=WRONG_DIGIT),), unqualified),
        (everything_wrong, (listed(ean=WRONG_DIGIT),), GOODS),
        (replace(everything_wrong, own_fields={}), (listed(ean=WRONG_DIGIT),), GOODS),
    ):
        decision = decide(product, matches, 1, Policy(goods, POLICY.prices, POLICY.stock, POLICY.branches), SHOP, None)
        places = [next(at for at, step in enumerate(order) if code in step) for code in reasons(decision.findings)]
        assert places == sorted(places), decision.findings
        assert places, decision


def test_the_first_reason_is_the_one_reported() -> None:
    """Decision tables part 7 "several reasons at once": a card with a bad unit and no price reports the unit."""
    decision = decided(card(own=unit_fields("Paleta", "60"), price=None, gross=None, vat="99"))
    assert decision.findings[0].reason is Reason.UNIT_TYPE_UNKNOWN
    no_price_no_rate = decided(card(price=None, gross=None, vat="99"))
    assert no_price_no_rate.findings[0].reason is Reason.PRICE_MISSING


ONE, OTHER_ONE = listed(id="P-1"), listed(id="P-2")
CHECKSUM = Finding.of(Reason.EAN_CHECKSUM, ean=WRONG_DIGIT)


@pytest.mark.parametrize(
    ("ean", "matches", "rivals", "found"),
    [
        (" ", (ONE,), 2, Identification(None, (Finding.of(Reason.EAN_MISSING),))),
        ("20123451 ", (ONE,), 2, Identification(None, (Finding.of(Reason.EAN_IN_SHOP, ean="20123451"),))),
        (f" {EAN}\t", (ONE,), 0, Identification(ONE)),
        (EAN, (ONE,), 1, Identification(ONE)),
        (f" {WRONG_DIGIT}", (ONE,), 1, Identification(ONE, (CHECKSUM,))),
        (EAN, (ONE,), 2, Identification(None, (Finding.of(Reason.EAN_DUPLICATE_ERP, ean=EAN, cards=2),))),
        (
            WRONG_DIGIT,
            (),
            3,
            Identification(None, (Finding.of(Reason.EAN_DUPLICATE_ERP, ean=WRONG_DIGIT, cards=3), CHECKSUM)),
        ),
        (EAN, (), 0, Identification(None, (Finding.of(Reason.EAN_NOT_IN_SHOP, ean=EAN),))),
        (WRONG_DIGIT, (), 1, Identification(None, (Finding.of(Reason.EAN_NOT_IN_SHOP, ean=WRONG_DIGIT), CHECKSUM))),
        (
            EAN,
            (ONE, OTHER_ONE),
            1,
            Identification(None, (Finding.of(Reason.EAN_DUPLICATE_SHOP, ean=EAN, products=2),)),
        ),
        (
            WRONG_DIGIT,
            (ONE, OTHER_ONE),
            1,
            Identification(None, (Finding.of(Reason.EAN_DUPLICATE_SHOP, ean=WRONG_DIGIT, products=2), CHECKSUM)),
        ),
    ],
)
def test_a_match_or_the_reason_there_is_none_then_the_warning(
    ean: str, matches: tuple[CatalogueProduct, ...], rivals: int, found: Identification
) -> None:
    """Decision tables 2.1, row by row, with every fact told."""
    assert identify(ean, matches, rivals) == found
