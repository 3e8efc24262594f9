"""Laws of the rules for any input: exact money, stock that is there, no text that breaks them, no half sentence."""

import string
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pomost.model.conditions import Qualification
from pomost.model.offer import Basis
from pomost.model.policy import PackBase
from pomost.model.product import OnHand, Price, ProductKind
from pomost.model.reason import Finding, Weight
from pomost.model.sentences_of_runs import SENTENCES, advise, say, weight
from pomost.model.unit import SalesUnit
from pomost.rules.availability import sales_quantity
from pomost.rules.identify import identify
from pomost.rules.offering import Decision, Verdict, decide
from pomost.rules.pricing import minimum_quantity, sales_price, vat_rate
from pomost.rules.units import multiplier_of, resolve
from tests.rules.trade import (
    EAN,
    GOODS,
    LEVEL,
    MAIN,
    MINIMUM_FIELD,
    POLICY,
    PRICES,
    SHOP,
    STOCKS,
    UNITS,
    VAT_RATES,
    card,
    known,
    listed,
    standing,
    unit_fields,
)

CENT = Decimal("0.01")
PRICES_OF_THE_ERP = st.decimals(min_value=0, max_value=99999999, places=4)
STOCK_OF_THE_ERP = st.decimals(min_value=-1000000, max_value=1000000, places=4)
SIZES = st.integers(1, 500)
LIKELY = st.sampled_from(
    [
        "",
        " ",
        "PU",
        "pu",
        "Zgrzewka",
        "Karton",
        "CT",
        "PCE",
        "szt.",
        "butelka",
        "BK",
        "6",
        "6,0",
        "0",
        "-1",
        "sześć",
        "{x}",
    ]
)
TEXTS = LIKELY | st.text()
PACKS = st.lists(
    st.builds(SalesUnit, st.sampled_from([row.symbol for row in UNITS.types]), st.integers(1, 24)), unique=True
)


def assert_well_said(findings: Iterable[Finding]) -> None:
    """Every place of the sentence and of the advice has its fact, and something is said in both languages."""
    for finding in findings:
        facts = dict(finding.facts)
        sentence = SENTENCES[finding.reason]
        for text in (sentence.text, sentence.advice):
            for written in (text.pl, text.en):
                missing = {name for _, name, _, _ in string.Formatter().parse(written) if name} - facts.keys()
                assert not missing, (finding, missing)
        # Braces typed by a person are repeated as they are; the sentence must add none of its own.
        calm = Finding(
            finding.reason, tuple((name, value.replace("{", "").replace("}", "")) for name, value in facts.items())
        )
        for language in ("pl", "en"):
            for said in (say(calm, language), advise(calm, language)):
                assert said.strip(), finding
                assert "{" not in said, said
                assert "}" not in said, said


@given(PRICES_OF_THE_ERP, SIZES, st.booleans())
def test_price_is_the_exact_product_rounded_half_up_by_half_a_grosz_at_most(
    base: Decimal, size: int, recalculated: bool
) -> None:
    """Decision tables 1.5 "Price", law 9: checked with fractions, so no float can hide in it."""
    sent = sales_price(base, size, recalculated=recalculated)
    exact = Fraction(base) * (size if recalculated else 1)
    assert isinstance(sent, Decimal)
    assert sent == sent.quantize(CENT)
    error = Fraction(sent) - exact
    assert -Fraction(1, 200) < error <= Fraction(1, 200)


@given(st.decimals(min_value=0, max_value=9999, places=3), st.integers(1, 100))
def test_price_does_not_depend_on_the_callers_decimal_context(base: Decimal, size: int) -> None:
    """Decision tables 1.5 "exact decimals": a narrow context elsewhere must not shave a grosz."""
    usual = sales_price(base, size, recalculated=True)
    with localcontext() as context:
        context.rounding = "ROUND_DOWN"
        assert sales_price(base, size, recalculated=True) == usual


@given(STOCK_OF_THE_ERP, SIZES, st.booleans())
def test_stock_is_never_oversold_and_lacks_less_than_one_pack(base: Decimal, size: int, recalculated: bool) -> None:
    """Decision tables 1.5 "Stock", law 9."""
    sent = sales_quantity(base, size, recalculated=recalculated)
    pack = size if recalculated else 1
    there = max(Decimal(0), base)
    assert isinstance(sent, int)
    assert sent >= 0
    assert sent * pack <= there
    assert there - sent * pack < pack


@given(TEXTS, TEXTS, TEXTS, PACKS, st.dictionaries(TEXTS, TEXTS, max_size=3), st.booleans(), st.sampled_from(PackBase))
def test_a_unit_is_always_decided_and_always_explained(
    typed: str,
    multiplier: str,
    base: str,
    packs: list[SalesUnit],
    dictionary: dict[str, str],
    ignore_case: bool,
    pack_base: PackBase,
) -> None:
    """Decision tables 1.2: first match of a complete list; 1.7 Q13: only a pack the shop has, never an invented one."""
    decision = resolve(typed, multiplier, base, packs, UNITS, dictionary, ignore_case=ignore_case, pack_base=pack_base)
    skips = [finding for finding in decision.findings if weight(finding) is Weight.SKIP]
    if decision.unit is None:
        assert len(skips) == 1
        assert decision.findings[0] is skips[0]
        assert decision.recalculated is False
    else:
        assert skips == []
        assert decision.unit in packs
        assert not decision.recalculated or decision.unit.multiplier > 1
        # 1.2: only an own field recalculates; a base unit alone is sent as it is.
        assert not decision.recalculated or typed.strip()
    assert_well_said(decision.findings)


@given(TEXTS)
def test_numbers_typed_by_people_never_break_anything(text: str) -> None:
    """Decision tables 1.1 M, 1.5 minimum quantity, part 7 VAT: any text is a number, or it is not."""
    number = multiplier_of(text)
    assert number is None or (number.is_finite() and number > 0)
    minimum, findings = minimum_quantity(text)
    assert minimum is None or minimum >= 1
    assert_well_said(findings)
    rate = vat_rate(text, VAT_RATES)
    assert rate is None or rate in VAT_RATES


@given(TEXTS | st.sampled_from([EAN, "5900000000016"]), st.integers(0, 3), st.integers(0, 3))
def test_a_card_is_matched_with_one_product_or_told_why_not(ean: str, matches: int, rivals: int) -> None:
    """Decision tables 2.1: no third outcome."""
    found = identify(ean, [listed(id=f"P-{number}") for number in range(matches)], rivals)
    assert found.product is not None or found.findings
    assert_well_said(found.findings)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """A card, a shop and settings of any kind, decided."""
    amounts = st.none() | PRICES_OF_THE_ERP
    product = card(
        ean=draw(st.sampled_from([EAN, "5900000000016", ""]) | TEXTS),
        symbol=draw(st.sampled_from(["WODA15", "", "X" * 21])),
        kind=draw(st.sampled_from(ProductKind)),
        active=draw(st.booleans()),
        base_unit=draw(TEXTS),
        vat=draw(st.sampled_from(["23", "zw.", "99", None]) | TEXTS),
        prices={LEVEL: Price(draw(amounts), draw(amounts), draw(st.sampled_from(["PLN", "EUR"])))},
        stock={MAIN: OnHand(draw(STOCK_OF_THE_ERP), draw(STOCK_OF_THE_ERP))},
        own_fields=unit_fields(draw(TEXTS), draw(TEXTS)) | {MINIMUM_FIELD: draw(TEXTS)},
    )
    matches = [
        replace(listed(), id=f"P-{number}", units=tuple(draw(PACKS))) for number in range(draw(st.integers(0, 2)))
    ]
    policy = replace(
        POLICY,
        goods=replace(
            GOODS,
            qualification=draw(st.sampled_from(Qualification)),
            pack_base=draw(st.sampled_from(PackBase)),
            unit_dictionary=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
            zero_stock_on_unit_error=draw(st.booleans()),
        ),
        prices=replace(PRICES, enabled=draw(st.booleans())),
        stock=replace(
            STOCKS,
            enabled=draw(st.booleans()),
            basis=draw(st.sampled_from(Basis)),
            hide_when_out=draw(st.booleans()),
            strict_whole=draw(st.booleans()),
            floor_per_warehouse=draw(st.booleans()),
        ),
    )
    held = draw(st.sampled_from([None, known(standing()), known(None), known(published=False)]))
    return decide(product, matches, draw(st.integers(0, 2)), policy, SHOP, held)


@given(decisions())
def test_whatever_a_card_holds_it_is_decided_and_explained(decision: Decision) -> None:
    """Decision tables part 7 "several reasons at once": every card not offered has a reason, said in both languages."""
    assert (decision.offer is not None) == (decision.verdict is Verdict.OFFERED)
    assert decision.verdict is Verdict.OFFERED or decision.findings
    if decision.offer is not None:
        assert decision.offer.price is None or decision.offer.price == decision.offer.price.quantize(CENT)
        assert decision.match is not None
        assert decision.offer.unit in decision.match.units
        assert not [finding for finding in decision.findings if weight(finding) is Weight.WITHDRAW]
    for stock in decision.stocks:
        assert isinstance(stock.quantity, int)
        assert stock.quantity >= 0
    assert_well_said(decision.findings)
