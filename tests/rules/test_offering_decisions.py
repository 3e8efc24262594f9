"""Whole decisions about one card: verdict, match, offer, stocks, every finding in its order, and the unit's row."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.conditions import Condition, ConditionField, Qualification
from pomost.model.known import Known
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.policy import PackBase, Policy
from pomost.model.product import CatalogueProduct, Product
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit
from pomost.rules.offering import Decision, Shop, Verdict, decide
from tests.rules.trade import (
    BRANCH,
    EAN,
    GOODS,
    LEVEL,
    MAIN,
    MINIMUM_FIELD,
    OTHER,
    POLICY,
    PRICES,
    SECOND,
    SHOP,
    STOCKS,
    card,
    decided,
    known,
    listed,
    on_hand,
    packs,
    standing,
    unit_fields,
)

MATCH = listed()
PIECE, PACK = packs("PCE×1", "PU×6")
WRONG_DIGIT = "5900000000016"
CHECKSUM = Finding.of(Reason.EAN_CHECKSUM, ean=WRONG_DIGIT)
INACTIVE = Finding.of(Reason.CARD_INACTIVE)
PALETTE = Finding.of(
    Reason.UNIT_TYPE_UNKNOWN,
    typed="Paleta",
    allowed="PCE / Sztuka, CT / Karton, B / Keg, CR / Skrzynka, PU / Zgrzewka",
    hint="",
)
NO_PRICE = Finding.of(Reason.PRICE_MISSING, level=LEVEL)
NO_RATE = Finding.of(Reason.VAT_UNKNOWN, vat="22", allowed="0, 23, 5, 8, np, oo, zw")
BAD_MINIMUM = Finding.of(Reason.MIN_QUANTITY_INVALID, typed="1,5")
FRACTION = Finding.of(Reason.STOCK_FRACTION, quantity="2.5", branch="MAG")


def shown(quantity: int, visible: bool | None = None, branch: str = "MAG", basis: Basis = Basis.AVAILABLE) -> Stock:
    return Stock(branch, quantity, visible, basis)


@pytest.mark.parametrize(
    ("product", "matches", "rivals", "decision"),
    [
        (card(active=False), (MATCH,), 1, Decision(Verdict.OUT, MATCH, None, (), (INACTIVE,))),
        (card(active=False), (MATCH,), 3, Decision(Verdict.OUT, MATCH, None, (), (INACTIVE,))),
        (
            card(active=False, ean=WRONG_DIGIT),
            (),
            1,
            Decision(
                Verdict.OUT, None, None, (), (Finding.of(Reason.EAN_NOT_IN_SHOP, ean=WRONG_DIGIT), CHECKSUM, INACTIVE)
            ),
        ),
        (card(ean=""), (MATCH,), 1, Decision(Verdict.OUT, None, None, (), (Finding.of(Reason.EAN_MISSING),))),
        (card(), (), 1, Decision(Verdict.OUT, None, None, (), (Finding.of(Reason.EAN_NOT_IN_SHOP, ean=EAN),))),
        (
            card(ean="20123451"),
            (MATCH,),
            1,
            Decision(Verdict.OUT, None, None, (), (Finding.of(Reason.EAN_IN_SHOP, ean="20123451"),)),
        ),
        (
            card(),
            (MATCH,),
            2,
            Decision(Verdict.SKIPPED, None, None, (), (Finding.of(Reason.EAN_DUPLICATE_ERP, ean=EAN, cards=2),)),
        ),
        (
            card(ean=WRONG_DIGIT),
            (MATCH, MATCH),
            1,
            Decision(
                Verdict.SKIPPED,
                None,
                None,
                (),
                (Finding.of(Reason.EAN_DUPLICATE_SHOP, ean=WRONG_DIGIT, products=2), CHECKSUM),
            ),
        ),
    ],
    ids=[
        "blocked",
        "blocked among others of its code",
        "blocked and not in the shop",
        "no code",
        "not in the shop",
        "a code of every store",
        "two cards",
        "two products of the shop",
    ],
)
def test_a_card_that_is_not_offered_is_out_or_waits_for_a_person(
    product: Product, matches: tuple[CatalogueProduct, ...], rivals: int, decision: Decision
) -> None:
    """Decision tables 2.1-2.3: out where it is no product of the shop, skipped where somebody must mend something."""
    assert decide(product, matches, rivals, POLICY, SHOP, known(standing())) == decision


def offer(**terms: object) -> Offer:
    plain = Offer("WODA15", PIECE, False, "23", Decimal("2.50"), PriceKind.NET, "PLN")
    return replace(plain, **terms)


@pytest.mark.parametrize(
    ("product", "policy", "decision"),
    [
        (card(), POLICY, Decision(Verdict.OFFERED, MATCH, offer(), (shown(20),), (), "B1")),
        (
            card(own=unit_fields("PU", "6") | {MINIMUM_FIELD: "2"}, vat="8%"),
            POLICY,
            Decision(
                Verdict.OFFERED,
                MATCH,
                offer(unit=PACK, recalculated=True, vat="8", price=Decimal("15.00"), min_quantity=2),
                (shown(3),),
                (),
                "A6",
            ),
        ),
        (
            card(currency="EUR", gross="3.08"),
            replace(POLICY, prices=replace(PRICES, kind=PriceKind.GROSS, currency="EUR")),
            Decision(
                Verdict.OFFERED,
                MATCH,
                offer(price=Decimal("3.08"), price_kind=PriceKind.GROSS, currency="EUR"),
                (shown(20),),
                (),
                "B1",
            ),
        ),
        (
            card(price=None),
            replace(POLICY, prices=replace(PRICES, enabled=False)),
            Decision(Verdict.OFFERED, MATCH, offer(price=None, price_kind=None, currency=None), (shown(20),), (), "B1"),
        ),
        (
            card(
                symbol="W\ufffdDA",
                ean=WRONG_DIGIT,
                base_unit="but.",
                own={MINIMUM_FIELD: "1,5"},
                stock={MAIN: on_hand("2.5")},
            ),
            POLICY,
            Decision(
                Verdict.OFFERED,
                MATCH,
                offer(sku="W\ufffdDA"),
                (shown(2),),
                (
                    CHECKSUM,
                    Finding.of(Reason.UNIT_ASSUMED_PIECE, base="but."),
                    BAD_MINIMUM,
                    Finding.of(Reason.TEXT_BROKEN, text="W\ufffdDA"),
                    FRACTION,
                ),
                "B7",
            ),
        ),
        (card(symbol="X"), POLICY, Decision(Verdict.OFFERED, MATCH, offer(sku="X"), (shown(20),), (), "B1")),
    ],
    ids=["plain", "in packs", "gross in euro", "prices off", "every warning", "a symbol of one sign"],
)
def test_a_card_that_is_offered_with_all_there_is_to_say(product: Product, policy: Policy, decision: Decision) -> None:
    """Decision tables 1-3 and part 7: the offer, its stock, and warnings in the order of the work."""
    assert decided(product, MATCH, policy) == decision


@pytest.mark.parametrize(
    ("facts", "findings"),
    [
        ({"price": None}, (NO_PRICE,)),
        ({"vat": "22"}, (NO_RATE,)),
        ({"vat": None}, (Finding.of(Reason.VAT_UNKNOWN, vat="", allowed="0, 23, 5, 8, np, oo, zw"),)),
        ({"symbol": ""}, (Finding.of(Reason.SYMBOL_UNUSABLE, symbol="", limit=20),)),
        ({"symbol": "X" * 21}, (Finding.of(Reason.SYMBOL_UNUSABLE, symbol="X" * 21, limit=20),)),
        (
            {
                "price": None,
                "vat": "22",
                "symbol": "\ufffd" * 21,
                "ean": WRONG_DIGIT,
                "base_unit": "but.",
                "own": {MINIMUM_FIELD: "1,5"},
            },
            (
                CHECKSUM,
                Finding.of(Reason.UNIT_ASSUMED_PIECE, base="but."),
                NO_PRICE,
                NO_RATE,
                Finding.of(Reason.SYMBOL_UNUSABLE, symbol="\ufffd" * 21, limit=20),
                BAD_MINIMUM,
                Finding.of(Reason.TEXT_BROKEN, text="\ufffd" * 21),
            ),
        ),
    ],
    ids=["price", "rate", "no rate", "no symbol", "long symbol", "everything"],
)
@pytest.mark.parametrize(
    ("held", "kept"),
    [
        (None, False),
        (known(standing(), published=False), False),
        (known(None), False),
        (known(standing()), True),
    ],
    ids=["never offered", "withdrawn", "terms not known", "standing"],
)
def test_what_stands_in_the_way_of_an_offer_leaves_a_standing_one_with_fresh_stock(
    facts: dict[str, object], findings: tuple[Finding, ...], held: Known | None, kept: bool
) -> None:
    """Decision tables part 7 "no price", "VAT rate …": nothing published or amended, a standing offer gets stock."""
    rule = "B7" if "base_unit" in facts else "B1"
    product = card(**{"stock": {MAIN: on_hand("2.5")}, **facts})
    expected = (
        Decision(Verdict.KEPT, MATCH, None, (shown(2),), (*findings, FRACTION), rule)
        if kept
        else Decision(Verdict.SKIPPED, MATCH, None, (), findings, rule)
    )
    assert decided(product, MATCH, held=held) == expected


FAULTY = card(ean=WRONG_DIGIT, own=unit_fields("Paleta"), stock={MAIN: on_hand("2.5"), OTHER: on_hand("4")})
ZEROING = replace(POLICY, goods=replace(GOODS, zero_stock_on_unit_error=True))
HIDING = replace(ZEROING, stock=replace(STOCKS, hide_when_out=True), branches=(BRANCH, SECOND))
HIDDEN = {"MAG": shown(0, visible=False)}


@pytest.mark.parametrize(
    ("policy", "held", "stocks", "told"),
    [
        (POLICY, None, (), ()),
        (POLICY, known(standing(), published=False), (), ()),
        (POLICY, known(None), (), ()),
        (POLICY, known(standing()), (shown(2),), (FRACTION,)),
        (POLICY, replace(known(standing()), key=8), (), ()),
        (ZEROING, None, (), ()),
        (ZEROING, known(standing(), published=False), (), ()),
        (ZEROING, known(None), (shown(0),), ()),
        (ZEROING, replace(known(standing()), key=8), (shown(0),), ()),
        (ZEROING, known(standing(), stocks=HIDDEN), (shown(0, visible=True),), ()),
        (
            replace(ZEROING, stock=replace(STOCKS, basis=Basis.STOCK)),
            known(standing()),
            (shown(0, basis=Basis.STOCK),),
            (),
        ),
        (HIDING, known(standing()), (shown(0, visible=False), shown(0, visible=False, branch="FIL")), ()),
        (
            replace(ZEROING, branches=(BRANCH, SECOND)),
            known(standing(), stocks=HIDDEN),
            (shown(0, visible=True), shown(0, branch="FIL")),
            (),
        ),
    ],
    ids=[
        "never offered",
        "withdrawn",
        "terms not known",
        "standing",
        "another card's",
        "emptied: never offered",
        "emptied: withdrawn",
        "emptied: terms not known",
        "emptied: another card's",
        "emptied: hidden by us",
        "emptied: on hand",
        "emptied: hiding",
        "emptied: hidden by us in one branch",
    ],
)
def test_a_unit_error_leaves_the_offer_and_its_stock_goes_on_or_to_nought(
    policy: Policy, held: Known | None, stocks: tuple[Stock, ...], told: tuple[Finding, ...]
) -> None:
    """Decision tables 1.2 `on_unit_error` and 8.16; where hiding is on, what cannot be bought is not shown either."""
    expected = Decision(Verdict.SKIPPED, MATCH, None, stocks, (CHECKSUM, PALETTE, *told), "A1")
    assert decided(FAULTY, MATCH, policy, held=held) == expected


def test_the_unit_is_decided_by_the_settings_of_the_goods() -> None:
    """Decision tables 1.1 and 1.7 Q2, Q5: letter case, dictionary and what a pack as base unit means."""
    loose = replace(POLICY, goods=replace(GOODS, unit_ignore_case=True))
    assert decided(card(own=unit_fields("pu", "6"))).unit_rule == "A1"
    assert decided(card(own=unit_fields("pu", "6")), policy=loose).unit_rule == "A6"
    translated = replace(POLICY, goods=replace(GOODS, unit_dictionary={"opak. zb.": "PU"}))
    assert decided(card(base_unit="opak. zb."), policy=translated).unit_rule == "B4"
    pack = card(base_unit="Zgrzewka", own=unit_fields("PU", "6"))
    for way, recalculated in ((PackBase.SELECT, False), (PackBase.RECALCULATE, True), (PackBase.ERROR, None)):
        found = decided(pack, policy=replace(POLICY, goods=replace(GOODS, pack_base=way)))
        assert found.unit_rule == "A8"
        assert (None if found.offer is None else found.offer.recalculated) is recalculated


@pytest.mark.parametrize("strict", [False, True])
def test_a_fraction_in_one_branch_stops_the_stock_of_all_where_only_whole_numbers_are_sent(strict: bool) -> None:
    """Decision tables 1.5 "`strict` option: skip the stock of that product"; every branch's fraction is told."""
    third = replace(SECOND, id="TRZ", main_warehouse="4")
    policy = replace(POLICY, stock=replace(STOCKS, strict_whole=strict), branches=(BRANCH, SECOND, third))
    product = card(stock={MAIN: on_hand("2.5"), OTHER: on_hand("4"), "4": on_hand("0.25")})
    reason = Reason.STOCK_FRACTION_STRICT if strict else Reason.STOCK_FRACTION
    findings = tuple(Finding.of(reason, quantity=told, branch=at) for told, at in (("2.5", "MAG"), ("0.25", "TRZ")))
    stocks = () if strict else (shown(2), shown(4, branch="FIL"), shown(0, branch="TRZ"))
    assert decided(product, MATCH, policy) == Decision(Verdict.OFFERED, MATCH, offer(), stocks, findings, "B1")


def test_a_card_out_of_several_conditions_names_them_all() -> None:
    """Decision tables 2.2, part 7 "explain shows all"."""
    trait, group = Condition(ConditionField.TRAIT, ("M",)), Condition(ConditionField.GROUP, ("Piwo",))
    goods = replace(GOODS, qualification=Qualification.CONDITIONS, conditions=(trait, group))
    findings = (
        Finding.of(Reason.CONDITION_NOT_MET, condition="trait = M"),
        Finding.of(Reason.CONDITION_NOT_MET, condition="group = Piwo"),
    )
    found = decided(card(), MATCH, replace(POLICY, goods=goods))
    assert found == Decision(Verdict.OUT, MATCH, None, (), findings)


def test_a_shop_may_hold_longer_symbols_and_other_rates() -> None:
    """Manual, Towary: the symbol's length and the rates are the shop's own."""
    shop = Shop(SHOP.units, replace(SHOP.can, sku_length=5, vat_rates=frozenset({"23"})))
    findings = (
        Finding.of(Reason.VAT_UNKNOWN, vat="8", allowed="23"),
        Finding.of(Reason.SYMBOL_UNUSABLE, symbol="WODA15", limit=5),
    )
    assert decided(card(vat="8"), MATCH, shop=shop) == Decision(Verdict.SKIPPED, MATCH, None, (), findings, "B1")


def test_a_pack_is_the_shops_own_with_its_id() -> None:
    """Contract: an offer names the pack as the shop lists it, id and all."""
    found = decided(card(own=unit_fields("Zgrzewka")), listed("PCE×1", "PU×6"))
    assert found.offer is not None
    assert found.offer.unit == SalesUnit("PU", 6, id="unit-2")
