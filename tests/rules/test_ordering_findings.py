"""What an order that waits is told of, facts and all, and what a whole document looks like."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.offer import Offer, PriceKind
from pomost.model.order import DraftLine, Order, OrderDraft
from pomost.model.order_policy import OrderPolicy, VatDiffers
from pomost.model.policy import Policy
from pomost.model.reason import Finding, Reason
from pomost.model.totals import DocumentTotals, Totals
from pomost.model.unit import SalesUnit
from pomost.ports.capability import ErpCapabilities
from pomost.rules.order_lines import Cards
from pomost.rules.ordering import Facts, content_print, held_against, key_of
from tests.rules.orders import PIECE, POLICY, decide, facts, line, line_card, order
from tests.worlds import ean

DEPOSIT = line_card(8, symbol="KAUCJA", vat="np")
MARKED = replace(POLICY, orders=OrderPolicy(enabled=True, status="new", mark="B2B-", most=50))
NOUGHT_ALLOWED = replace(POLICY, orders=OrderPolicy(enabled=True, status="new", deposit_zero_rate=True))
WRONG_UNIT = SalesUnit("CT", 24)


def with_nip(nip: str) -> Order:
    return order(buyer=replace(order().buyer, nip=nip))


HEADS: dict[str, tuple[Order, Facts, Finding]] = {
    "no tax number": (with_nip("-"), facts(), Finding.of(Reason.ORDER_WITHOUT_NIP)),
    "nobody of the ERP": (
        order(customer_id="c2"),
        facts(),
        Finding.of(Reason.ORDER_CUSTOMER_UNKNOWN, name="Bar Luna", nip="123*****18"),
    ),
    "gone from the ERP": (order(), facts(tax_numbers={8: "1"}), Finding.of(Reason.ORDER_CUSTOMER_GONE, key=7)),
    "another tax number there": (
        with_nip("999-000-00-27"),
        facts(),
        Finding.of(Reason.ORDER_NIP_DIFFERS, nip="999*****27", held="123*****18"),
    ),
    "an unknown branch": (order(branch="FIL"), facts(), Finding.of(Reason.ORDER_BRANCH_UNKNOWN, branch="FIL")),
    "an unknown currency": (
        order(currency="USD"),
        facts(),
        Finding.of(Reason.ORDER_CURRENCY_UNKNOWN, currency="USD", known="EUR, PLN"),
    ),
    "no lines": (replace(order(), lines=()), facts(), Finding.of(Reason.ORDER_EMPTY)),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_a_bad_head_is_told_of(name: str) -> None:
    ordered, known, finding = HEADS[name]
    decision = decide(ordered, known)
    assert (decision.draft, decision.findings) == (None, (finding,))
    assert decision.customer == (None if "CUSTOMER" in finding.reason or "NIP" in finding.reason else 7)


# Every bad line is the second of its order, so that a number counted from 0 shows.
LINES: dict[str, tuple[dict[str, object], Facts, Finding]] = {
    "no piece": (
        {"quantity": 0},
        facts(),
        Finding.of(Reason.ORDER_QUANTITY, line=2, quantity=0, most=50),
    ),
    "more than anybody means": (
        {"quantity": 51},
        facts(),
        Finding.of(Reason.ORDER_QUANTITY, line=2, quantity=51, most=50),
    ),
    "a price below nought": (
        {"unit_price": Decimal("-0.01")},
        facts(),
        Finding.of(Reason.ORDER_PRICE, line=2, price="-0.01", original="B2B-ZAM/000001"),
    ),
    "a rate the ERP does not know": (
        {"vat": "7"},
        facts(),
        Finding.of(Reason.ORDER_VAT_UNKNOWN, line=2, vat="7", allowed="0, 23, 5, 8, zw"),
    ),
    "a unit the card contradicts": (
        {},
        facts(line_card(1), line_card(2, base_unit="Karton")),
        Finding.of(Reason.ORDER_UNIT_CONFLICT, line=2, unit="PU x 6", sku="S2", base="Karton"),
    ),
    "a card that is gone": (
        {"sku": "NIC", "ean": ""},
        facts(),
        Finding.of(Reason.ORDER_LINE_UNKNOWN, line=2, sku="NIC", ean="-", name="Towar 2"),
    ),
    "a deposit without a card for it": (
        {"deposit": Decimal("9.00")},
        facts(),
        Finding.of(Reason.ORDER_DEPOSIT_CARD, amount="9.00"),
    ),
    "a deposit below nought": (
        {"deposit": Decimal("-0.50")},
        facts(deposit=DEPOSIT),
        Finding.of(Reason.ORDER_PRICE, line=2, price="-0.50", original="B2B-ZAM/000001"),
    ),
    "a deposit on a taxed card": (
        {"deposit": Decimal("9.00")},
        facts(deposit=replace(DEPOSIT, vat="23")),
        Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol="KAUCJA", vat="23"),
    ),
    "a deposit on a card without a rate": (
        {"deposit": Decimal("9.00")},
        facts(deposit=replace(DEPOSIT, vat=None)),
        Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol="KAUCJA", vat="-"),
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_what_a_bad_line_is_told_of(name: str) -> None:
    wrong, known, finding = LINES[name]
    decision = decide(order(line(1), replace(line(2), **wrong)), known, MARKED)
    assert (decision.draft, decision.findings, decision.customer) == (None, (finding,), 7)


def test_notes_of_a_line_name_its_place_on_the_order() -> None:
    known = facts(line_card(1), line_card(5, symbol="S2"), can=ErpCapabilities(price_places=2))
    assert decide(order(line(1), line(2, 1, "10.00", SalesUnit("PU", 3))), known).findings == (
        Finding.of(Reason.ORDER_EAN_DIFFERS, line=2, sku="S2", held=ean(5), ean=ean(2)),
        Finding.of(
            Reason.ORDER_GROSZ_MOVED,
            line=2, usual="3.33", total="10.00", moved=1, quantity=3, unit="szt.", price="3.34",
        ),
    )  # fmt: skip


def test_the_greatest_quantity_allowed_passes() -> None:
    """Setting "at most so many": up to it and with it."""
    assert decide(order(line(1, 50)), policy=MARKED).draft is not None


def test_a_deposit_of_a_line_of_no_pieces_waits_for_its_quantity() -> None:
    ordered = order(replace(line(1, deposit=Decimal("9.00")), quantity=0))
    decision = decide(ordered, facts(deposit=DEPOSIT))
    assert decision.findings == (Finding.of(Reason.ORDER_QUANTITY, line=1, quantity=0, most=100_000),)


def test_a_deposit_of_nought_is_none() -> None:
    decision = decide(order(line(1, deposit=Decimal("0.00"))))
    assert decision.findings == ()
    assert [one.line_id for one in decision.draft.lines] == ["l1"]


@pytest.mark.parametrize(
    "policy,findings",
    [(NOUGHT_ALLOWED, ()), (POLICY, (Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol="KAUCJA", vat="0"),))],
)
def test_a_deposit_card_at_the_rate_0_is_a_matter_of_settings(policy: Policy, findings: tuple[Finding, ...]) -> None:
    """Decision table 8.11: a deposit bears no VAT; 0 counts as such where the settings say so."""
    known = facts(deposit=replace(DEPOSIT, vat="0"))
    assert decide(order(line(1, deposit=Decimal("9.00"))), known, policy).findings == findings


def test_codes_are_compared_as_the_settings_say() -> None:
    """Setting "compare codes literally": the cards are listed, and found, by their codes sign by sign."""
    card = line_card(1, symbol="X")
    literal = facts(cards=Cards({}, {f"={ean(1)}": (card,)}))
    policy = replace(POLICY, goods=replace(POLICY.goods, ean_literal=True))
    assert decide(known=literal, policy=policy).draft.lines[0].key == 1
    assert decide(known=literal).draft is None


@pytest.mark.parametrize("recalculated,quantity", [(True, 18), (False, 3)])
def test_the_offer_of_the_lines_own_product_says_how_a_pack_was_counted(recalculated: bool, quantity: int) -> None:
    """Decision table 8.6: kept in the pack itself, the offer alone tells whether the multiplier was counted in."""
    told = Offer("S1", line().unit, recalculated=recalculated, vat="23", base_unit="Zgrzewka")
    other = replace(told, recalculated=not recalculated)
    known = facts(line_card(1, base_unit="Zgrzewka"), told={"p1": told, "p2": other})
    assert [one.quantity for one in decide(known=known).draft.lines] == [quantity]


# The whole document


def test_a_document_has_the_orders_identity_and_every_line() -> None:
    ordered = order(line(1), line(2, 1, "10.00", SalesUnit("PU", 3)), branch="KRA")
    made = decide(ordered, facts(can=ErpCapabilities(price_places=2)), MARKED).draft
    assert made == OrderDraft(
        shop="B2B-",
        order_id="or1",
        number="ZAM/000001",
        original_number="B2B-ZAM/000001",
        customer=7,
        warehouse="3",
        counts_from=PriceKind.NET,
        currency="PLN",
        reserve=True,
        lines=(
            DraftLine("l1", 1, "S1", Decimal(18), "szt.", Decimal("2.50"), Decimal("45.00"), "23", card_vat="23"),
            DraftLine("l2", 2, "S2", Decimal(1), "szt.", Decimal("3.34"), Decimal("3.34"), "23", card_vat="23"),
            DraftLine("l2/2", 2, "S2", Decimal(2), "szt.", Decimal("3.33"), Decimal("6.66"), "23", card_vat="23"),
        ),
    )


@pytest.mark.parametrize(
    "number,limit,apart,original",
    [
        ("ZAM/1", 30, "", "MS-ZAM/1"),
        ("ZAM/1", 30, "or1", "MS-ZAM/1~YFOFUUAW77YR"),
        ("Zamówienie 7", 30, "", "MS-Zamwienie7~ZV2TPFP6RXHS"),
        ("HURTOWNIA/2026/11/24/1", 20, "", "MS-HURT~WRUALIPXYW7D"),
        ("HURTOWNIA/2026/11/24/1", 16, "", "MS-~WRUALIPXYW7D"),
    ],
)
def test_a_number_keeps_its_form_for_ever(number: str, limit: int, apart: str, original: str) -> None:
    """It is what an order is found by in the ERP: whoever changes it registers every order of yesterday once more."""
    key = key_of("MS-", number, limit, apart)
    assert (key.shop, key.number) == ("MS-", number)
    assert key.original == original


# Sums of the order itself, and of its document


def test_an_order_is_held_against_its_own_lines() -> None:
    """The order's totals against its own lines; never corrected here. What no line names is no deposit either."""
    ordered = order(line(1, 1, "10.00", PIECE))
    dearer = replace(ordered, net=Decimal("11.00"), tax=Decimal("3.30"), gross=Decimal("13.30"))
    assert decide(dearer).findings == (
        Finding.of(Reason.ORDER_TOTALS_DIFFER, side="netto / net", lines="10.00", order="11.00"),
        Finding.of(Reason.ORDER_TOTALS_DIFFER, side="VAT", lines="2.30", order="3.30"),
        Finding.of(Reason.ORDER_TOTALS_DIFFER, side="brutto / gross", lines="12.30", order="13.30"),
    )


def test_an_order_that_waits_for_its_vat_knows_which_findings_say_so() -> None:
    """Decision table 8.7: what the ERP tells takes the place of what was foreseen, also of an order that waits."""
    policy = replace(POLICY, orders=OrderPolicy(enabled=True, status="new", vat_differs=VatDiffers.WAIT))
    sound = decide(order(line(1, 1, "10.00", PIECE), remarks="x" * 600), policy=policy)
    cut = Finding.of(Reason.ORDER_REMARKS_CUT, limit=500)
    assert (sound.findings, sound.differing) == ((cut,), ())
    made = Totals(Decimal("10.00"), Decimal("0.80"), Decimal("10.80"))
    waiting = held_against(sound, DocumentTotals(made, {"8": made}), policy.orders)
    differing = (
        Finding.of(Reason.ORDER_VAT_DIFFERS, vat="23", order="10.00 + 2.30 = 12.30", erp="0.00 + 0.00 = 0.00"),
        Finding.of(Reason.ORDER_VAT_DIFFERS, vat="8", order="0.00 + 0.00 = 0.00", erp="10.00 + 0.80 = 10.80"),
    )
    assert (waiting.draft, waiting.findings, waiting.differing) == (None, (*differing, cut), differing)
    again = held_against(waiting, sound.ordered, policy.orders)
    assert (again.findings, again.differing) == ((cut,), ())


def test_the_print_of_an_order_has_sixteen_bytes() -> None:
    assert len(content_print(order())) == 16
