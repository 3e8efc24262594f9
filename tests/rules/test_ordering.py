"""Orders into drafts: decision tables part 5 and 7, and every kind of bad order with its named reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pomost.model.branch import Address
from pomost.model.offer import PriceKind
from pomost.model.order import Permit
from pomost.model.order_policy import OrderPolicy
from pomost.model.reason import Weight
from pomost.model.sentences_of_runs import weight
from pomost.model.unit import SalesUnit
from pomost.rules.ordering import content_print, key_of
from tests.rules.orders import NIP, PACK, POLICY, SEAT, TODAY, decide, facts, line, line_card, order, reasons
from tests.worlds import ean


def with_orders(**settings):
    return replace(POLICY, orders=replace(OrderPolicy(enabled=True, status="new"), **settings))


def test_a_sound_order_becomes_a_document_in_the_branchs_main_warehouse():
    decision = decide(order(line(1), line(2, 2, "2.50", SalesUnit("PCE", 1)), branch="kra", requested_date=TODAY))
    draft = decision.draft
    assert decision.findings == ()
    assert (draft.customer, draft.warehouse, draft.counts_from, draft.currency) == (7, "3", PriceKind.NET, "PLN")
    assert (draft.number, draft.original_number, draft.due) == ("ZAM/000001", "ZAM/000001", TODAY)
    assert [(one.key, one.quantity, one.unit, one.price, one.total, one.vat) for one in draft.lines] == [
        (1, 18, "szt.", Decimal("2.5"), Decimal("45.00"), "23"),
        (2, 2, "szt.", Decimal("2.5"), Decimal("5.00"), "23"),
    ]


def test_category_reservation_and_price_level_come_from_the_settings():
    blank = decide(policy=with_orders(reserve=False)).draft
    assert (blank.category, blank.price_level, blank.reserve) == (None, None, False)
    chosen = decide(policy=with_orders(category="2", price_level="3")).draft
    assert (chosen.category, chosen.price_level, chosen.reserve) == ("2", "3", True)


def test_two_lines_with_the_same_product_stay_two_lines():
    draft = decide(order(line(1), replace(line(1, 2), id="l2"))).draft
    assert [(one.line_id, one.key, one.quantity) for one in draft.lines] == [("l1", 1, 18), ("l2", 1, 12)]


def test_one_unknown_line_leaves_the_whole_order_waiting():
    decision = decide(order(line(1), line(9)))
    assert decision.draft is None
    assert reasons(decision) == ["ORDER_LINE_UNKNOWN"]
    assert dict(decision.findings[0].facts)["line"] == "2"


def test_a_line_is_found_by_symbol_else_by_ean():
    renamed = facts(line_card(1, symbol="NEW"))
    assert decide(known=renamed).draft.lines[0].symbol == "NEW"
    other = decide(known=facts(line_card(5, symbol="S1")))
    assert other.draft.lines[0].key == 5, "a code no card has does not unname the symbol's card"
    assert reasons(other) == ["ORDER_EAN_DIFFERS"]


TWO_CARDS = {
    "swapped symbols": ([line_card(6, symbol="S1", ean=ean(7)), line_card(7, symbol="S7", ean=ean(1))], None),
    "a symbol given to another": ([line_card(1, symbol="OTHER"), line_card(5, symbol="S1")], None),
    "a symbol given to one without a code": ([line_card(1, symbol="OTHER"), line_card(5, symbol="S1", ean="")], None),
    "both name one": ([line_card(1), line_card(2)], 1),
    "the code is shared, the symbol is not": ([line_card(1), line_card(3, ean=ean(1))], 1),
    "the symbol is shared, the code is not": ([line_card(1), line_card(3, symbol="S1", ean="")], 1),
    "the other is not for sale any more": (
        [line_card(5, symbol="S1", ean=""), line_card(1, symbol="X", active=False)],
        5,
    ),
    "the symbol's card is not for sale": ([line_card(5, symbol="S1", active=False), line_card(1, symbol="X")], 0),
}


@pytest.mark.parametrize("name", TWO_CARDS)
def test_symbol_and_code_that_name_two_living_cards_name_none(name):
    """Decision table 8.9: `ORDER_LINE_AMBIGUOUS`, the order waits; goods nobody ordered are not sent."""
    found, key = TWO_CARDS[name]
    decision = decide(order(line(1)), facts(*found))
    if key:
        assert decision.draft.lines[0].key == key
        return
    assert decision.draft is None
    assert reasons(decision) == ["ORDER_LINE_BLOCKED" if key == 0 else "ORDER_LINE_AMBIGUOUS"]
    if key is None:
        assert dict(decision.findings[0].facts)["cards"] == ", ".join(sorted(one.symbol for one in found))


def test_a_twelve_digit_code_is_the_thirteen_digit_one():
    upc = "614141000036"
    known = facts(line_card(1, symbol="X", ean=f"0{upc}"))
    assert decide(order(line(1, sku="gone", ean=upc)), known).draft.lines[0].symbol == "X"


WAITING = {
    "ORDER_CUSTOMER_UNKNOWN": (order(customer_id="c2"), facts()),
    "ORDER_WITHOUT_NIP": (order(buyer=replace(order().buyer, nip=" - ")), facts()),
    "ORDER_NIP_DIFFERS": (order(buyer=replace(order().buyer, nip="9990000018")), facts()),
    "ORDER_CUSTOMER_GONE": (order(), facts(tax_numbers={})),
    "ORDER_BRANCH_UNKNOWN": (order(branch="FIL"), facts()),
    "ORDER_CURRENCY_UNKNOWN": (order(currency="USD"), facts()),
    "ORDER_EMPTY": (replace(order(), lines=()), facts()),
    "ORDER_LINE_UNKNOWN": (order(line(9)), facts()),
    "ORDER_LINE_AMBIGUOUS": (order(line(1, sku="")), facts(line_card(1), line_card(3, ean=line_card(1).ean))),
    "ORDER_LINE_BLOCKED": (order(), facts(line_card(1, active=False))),
    "ORDER_QUANTITY": (order(line(quantity=10**9)), facts()),
    "ORDER_PRICE": (order(line(price="-0.01")), facts()),
    "ORDER_PRICE ": (order(replace(line(), net=Decimal("-0.01"))), facts()),
    "ORDER_PRICE  ": (order(replace(line(), gross=Decimal("-0.01"))), facts()),
    "ORDER_UNIT_UNKNOWN": (order(line(unit=SalesUnit("PAL", 60))), facts()),
    "ORDER_UNIT_CONFLICT": (order(), facts(line_card(1, base_unit="Karton"))),
    "ORDER_VAT_UNKNOWN": (order(line(vat="7")), facts()),
    "ORDER_DEPOSIT_CARD": (order(line(deposit=Decimal("9.00"))), facts()),
}


@pytest.mark.parametrize("reason", WAITING)
def test_a_bad_order_waits_with_its_own_reason(reason):
    ordered, known = WAITING[reason]
    decision = decide(ordered, known)
    assert decision.draft is None
    assert reasons(decision) == [reason.strip()]
    assert weight(decision.findings[0]) is Weight.SKIP


@pytest.mark.parametrize("quantity", [0, -1, 10**9, 100_001])
def test_a_quantity_nobody_means(quantity):
    ordered = order(replace(line(1), quantity=quantity))
    assert reasons(decide(ordered)) == ["ORDER_QUANTITY"]


def test_a_great_quantity_may_be_allowed():
    assert decide(order(line(quantity=200_000)), policy=with_orders(most=10**6)).draft is not None


def test_every_reason_is_found_and_the_first_is_the_customers():
    bad = replace(order(line(9), line(1, quantity=0)), customer_id="c2", branch="", currency="USD")
    assert reasons(decide(bad)) == [
        "ORDER_CUSTOMER_UNKNOWN",
        "ORDER_BRANCH_UNKNOWN",
        "ORDER_CURRENCY_UNKNOWN",
        "ORDER_LINE_UNKNOWN",
        "ORDER_QUANTITY",
    ]


def test_tax_numbers_are_told_masked():
    decision = decide(order(customer_id="c2"))
    assert NIP not in str(decision.findings)
    assert dict(decision.findings[0].facts)["nip"] == "123*****18"


def test_the_orders_own_branch_decides_whatever_the_customers_is():
    assert decide(order(branch="KRA")).draft.warehouse == "3"


# VAT and totals: told, never mended


def test_vat_per_rate_is_the_orders_and_a_grosz_is_normal():
    lines = [line(number, 1, "0.02", SalesUnit("PCE", 1)) for number in (1, 2)]
    decision = decide(order(*lines))
    assert decision.findings == ()
    assert [one.vat for one in decision.draft.lines] == ["23", "23"]


def test_a_difference_of_vat_beyond_the_tolerance_is_told_and_nothing_is_changed():
    wrong = replace(line(1), tax=Decimal("3.60"), gross=Decimal("48.60"))
    decision = decide(order(wrong))
    assert reasons(decision) == ["ORDER_VAT_DIFFERS"]
    assert decision.draft.lines[0].total == Decimal("45.00")
    assert dict(decision.findings[0].facts) == {
        "vat": "23",
        "order": "45.00 + 3.60 = 48.60",
        "erp": "45.00 + 10.35 = 55.35",
    }


def test_totals_are_compared_without_deposits():
    known = facts(deposit=line_card(8, symbol="KAUCJA", vat="np"))
    with_deposit = line(1, deposit=Decimal("9.00"))
    assert reasons(decide(order(with_deposit), known)) == []
    counted = order(with_deposit)
    assert reasons(decide(replace(counted, gross=counted.gross + 9), known)) == []
    assert reasons(decide(replace(counted, gross=counted.gross + 10), known)) == ["ORDER_TOTALS_DIFFER"]


def test_a_gross_order_counts_from_gross():
    decision = decide(order(line(1, 3, "18.45", kind=PriceKind.GROSS)))
    assert decision.findings == ()
    assert decision.draft.counts_from is PriceKind.GROSS
    assert [(one.price, one.total) for one in decision.draft.lines] == [(Decimal("3.075"), Decimal("55.35"))]


def test_an_order_of_both_kinds_counts_from_net():
    decision = decide(order(line(1), line(2, 1, "12.30", SalesUnit("PCE", 1), kind=PriceKind.GROSS)))
    assert decision.draft.counts_from is PriceKind.NET
    assert [one.total for one in decision.draft.lines] == [Decimal("45.00"), Decimal("10.00")]


# Deposit and permits


def test_a_deposit_is_a_line_of_its_own_on_the_chosen_card():
    known = facts(deposit=line_card(8, symbol="KAUCJA", vat="np"))
    draft = decide(order(line(1, deposit=Decimal("9.00")), line(2)), known).draft
    assert [(one.line_id, one.symbol) for one in draft.lines] == [("l1", "S1"), ("l2", "S2"), ("l1/deposit", "KAUCJA")]
    deposit = draft.lines[-1]
    assert (deposit.quantity, deposit.price, deposit.total, deposit.vat) == (18, Decimal("0.5"), Decimal("9.00"), "np")


def test_a_deposit_that_does_not_divide_is_one_piece_of_the_whole():
    known = facts(deposit=line_card(8, symbol="KAUCJA", vat="np"), can=replace(facts().can, price_places=2))
    deposit = decide(order(line(1, deposit=Decimal("9.01"))), known).draft.lines[-1]
    assert (deposit.quantity, deposit.price, deposit.total) == (1, Decimal("9.01"), Decimal("9.01"))


BEER = line(1, permit="A")
PERMITS = {
    "valid": ((Permit("A", date(2026, 12, 31)),), {}, True),
    "to the very day": ((Permit("A", TODAY),), {}, True),
    "ran out": ((Permit("A", date(2026, 11, 23)),), {}, False),
    "runs out before the delivery": ((Permit("A", date(2026, 12, 1)),), {"requested_date": date(2026, 12, 2)}, False),
    "of another class": ((Permit("B", date(2027, 1, 1)),), {}, False),
    "none": ((), {}, False),
    "of this place": ((Permit("A", date(2027, 1, 1), "Jutrzenki 116, 02-230 Warszawa"),), {}, True),
    "of another place": ((Permit("A", date(2027, 1, 1), "Polna 1, Pruszków"),), {}, False),
    "delivered elsewhere": (
        (Permit("A", date(2027, 1, 1), "Jutrzenki 116"),),
        {"delivery": Address("Polna", "1", "", "05-800", "Pruszków")},
        False,
    ),
}


@pytest.mark.parametrize("name", PERMITS)
def test_a_line_of_alcohol_passes_only_with_the_buyers_permit(name):
    permits, more, passes = PERMITS[name]
    decision = decide(order(BEER, permits=permits, **more), policy=with_orders(permits=True))
    assert reasons(decision) == ([] if passes else ["ORDER_PERMIT_MISSING"])


def test_permits_are_not_looked_at_unless_asked_for():
    assert decide(order(BEER)).draft is not None


# Numbers and remarks


@pytest.mark.parametrize("number", ["ZAM/1", "1001", "A B C", "x" * 30])
def test_a_number_that_fits_is_kept_as_it_is(number):
    assert key_of("", number, 30).original == number


@pytest.mark.parametrize("number", ["x" * 31, "Zamówienie 7", "A~B", "A  B", " 7", "7 ", "", "7\n8", "№ 7"])
def test_a_number_that_does_not_fit_keeps_its_identity(number):
    key = key_of("MS-", number, 30)
    assert len(key.original) <= 30
    assert key.original.startswith("MS-")
    assert key.original.isascii()
    assert key == key_of("MS-", number, 30)


def test_long_numbers_with_the_same_beginning_stay_apart():
    originals = {key_of("", "HURTOWNIA/2026/11/24/" + str(number).zfill(20), 30).original for number in range(2000)}
    assert len(originals) == 2000
    assert {len(one) for one in originals} == {30}


def test_two_shops_may_both_have_an_order_1001():
    assert key_of("MS-", "1001", 30) != key_of("B2B-", "1001", 30)
    assert key_of("MS-", "1001", 30).original == "MS-1001"
    long = "9" * 40
    assert key_of("A", long, 30).original[1:] != key_of("B", long, 30).original[1:]


def test_a_shortened_number_is_in_the_remarks_in_full_even_without_remarks():
    number = "HURTOWNIA/2026/11/24/" + "1" * 20
    decision = decide(order(number=number, remarks="Proszę dzwonić"), policy=with_orders(remarks=False))
    assert decision.draft.remarks == f"Zamówienie {number}"
    assert reasons(decision) == ["ORDER_NUMBER_SHORTENED"]
    assert decide(order(remarks="x"), policy=with_orders(remarks=False)).draft.remarks == ""


def test_remarks_tell_of_delivery_payment_and_the_buyers_wish():
    delivery = Address("Polna", "1", "2", "05-800", "Pruszków")
    ordered = order(
        delivery=delivery, delivery_method="kurier", payment_method="przelew", payment_days=14, remarks=" Po  15. "
    )
    assert decide(ordered).draft.remarks.splitlines() == [
        "Dostawa: kurier Polna 1/2, 05-800 Pruszków",
        "Płatność: przelew 14 dni",
        "Po 15.",
    ]
    assert decide(order(delivery=SEAT)).draft.remarks == ""


def test_remarks_too_long_are_cut_and_told():
    decision = decide(order(remarks="ż" * 600))
    assert len(decision.draft.remarks) == 500
    assert reasons(decision) == ["ORDER_REMARKS_CUT"]


def test_the_print_of_what_was_ordered_moves_with_lines_not_with_statuses():
    first = content_print(order())
    assert content_print(order(status="accepted", version="v2", remarks="!")) == first
    assert content_print(order(line(1, 4))) != first
    assert content_print(order(line(1, unit=replace(PACK, multiplier=12)))) != first
    assert content_print(order(branch="KRA")) != first
