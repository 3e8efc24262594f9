"""The way back of decision tables 1.5: quantities in ERP units, and totals that hold to the grosz."""

from dataclasses import replace
from decimal import ROUND_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.offer import Offer, PriceKind
from pomost.model.policy import GoodsPolicy, PackBase
from pomost.model.unit import SalesUnit
from pomost.ports.capability import ErpCapabilities, no, yes
from pomost.rules import order_lines
from pomost.rules.order_lines import amounts, base_units, deposit_line
from tests.rules.orders import CARTON, PACK, PIECE, POLICY, UNITS, decide, facts, line, line_card, money, order, reasons

TWO_PLACES = ErpCapabilities(price_places=2)
FROM_TOTALS = ErpCapabilities(price_places=2, line_totals=yes())


def back(ordered, card=None, can=None, **more):
    """Quantity, unit, price and total of every line drafted."""
    decision = decide(order(ordered), facts(card or line_card(1), can=can, **more))
    return [(one.quantity, one.unit, one.price, one.total) for one in decision.draft.lines], reasons(decision)


def D(text):  # noqa: N802  (short for a table)
    return Decimal(text)


def test_a_packs_ordered_by_the_pack_are_pieces_in_the_erp():
    assert back(line(1, 3, "15.00", PACK)) == ([(18, "szt.", D("2.5"), D("45.00"))], [])


def test_b_a_base_unit_that_is_the_pack_is_copied():
    assert back(line(1, 2, "60.00", CARTON), line_card(1, "Karton")) == ([(2, "Karton", D("60"), D("120.00"))], [])


def test_c_a_price_that_does_not_divide_still_comes_to_the_total():
    assert back(line(1, 2, "5.00", PACK), line_card(1, "butelka")) == ([(12, "butelka", D("0.8333"), D("10.00"))], [])


def test_d_where_the_price_cannot_say_it_the_total_is_kept():
    three = SalesUnit("PU", 3)
    assert back(line(1, 1, "10.00", three), can=FROM_TOTALS) == ([(3, "szt.", D("3.33"), D("10.00"))], [])


def test_d_where_the_erp_cannot_keep_a_total_the_additional_unit_is_used():
    three = SalesUnit("PU", 3)
    card = line_card(1, units=(("karton", D(12)), ("3-pak", D(3))))
    assert back(line(1, 2, "10.00", three), card, TWO_PLACES) == (
        [(2, "3-pak", D("10.00"), D("20.00"))],
        ["ORDER_UNIT_ADDITIONAL"],
    )


def test_d_else_the_difference_goes_onto_some_of_the_line_and_is_told():
    three = SalesUnit("PU", 3)
    assert back(line(1, 1, "10.00", three), can=TWO_PLACES) == (
        [(1, "szt.", D("3.34"), D("3.34")), (2, "szt.", D("3.33"), D("6.66"))],
        ["ORDER_GROSZ_MOVED"],
    )


def test_an_erp_of_two_places_takes_a_price_that_divides():
    assert back(line(1, 3, "15.00", PACK), can=TWO_PLACES) == ([(18, "szt.", D("2.50"), D("45.00"))], [])


def test_todays_card_decides_whatever_the_offer_was_made_of():
    """Decision table 8.6: an offer made by the pack's own base unit, of a card that is kept in pieces by now."""
    for recalculated in (True, False):
        told = {"p1": Offer("S1", PACK, recalculated=recalculated, vat="23", base_unit="Zgrzewka")}
        assert back(line(1, 3, "15.00", PACK), told=told) == ([(18, "szt.", D("2.5"), D("45.00"))], [])
    other = {"p1": Offer("S1", PIECE, recalculated=False, vat="23")}
    assert back(line(1, 3, "15.00", PACK), told=other)[0][0][0] == 18, "an offer in another unit tells nothing"


@pytest.mark.parametrize(
    ("base", "unit", "factor"),
    [
        ("szt.", PIECE, 1),
        ("szt.", PACK, 6),
        ("butelka", PACK, 6),
        ("butelka", PIECE, 1),
        ("Zgrzewka", PACK, 1),
        ("opak. zb.", PACK, 1),
        ("flaszka", PACK, 6),
    ],
)
def test_the_base_unit_says_whether_a_pack_was_recalculated(base, unit, factor):
    goods = GoodsPolicy(unit_dictionary={"opak. zb.": "PU", "flaszka": "PCE"})
    assert base_units(line(unit=unit), 1, line_card(1, base), None, UNITS, goods) == factor


def test_a_pack_as_base_that_is_recalculated_by_settings_comes_back_so():
    goods = GoodsPolicy(pack_base=PackBase.RECALCULATE)
    assert base_units(line(unit=PACK), 1, line_card(1, "PU"), None, UNITS, goods) == 6


@pytest.mark.parametrize("base", ["Karton", "Keg", ""])
def test_nobody_guesses_a_multiplier_between_packs(base):
    found = base_units(line(unit=PACK), 1, line_card(1, base), None, UNITS, POLICY.goods)
    assert str(found.reason) == "ORDER_UNIT_CONFLICT"


quantities = st.integers(1, 5000)
prices = st.one_of(
    st.decimals(Decimal("0.00"), Decimal("0.30"), places=2),  # where a grosz is much
    st.decimals(Decimal("0.00"), Decimal("9999.99"), places=2),
    st.decimals(Decimal("0.0000"), Decimal("99.9999"), places=4),
)
sizes = st.sampled_from([1, 2, 3, 6, 7, 12, 18, 24, 30, 144])
cans = st.builds(
    ErpCapabilities, price_places=st.sampled_from([2, 3, 4]), line_totals=st.sampled_from([no("", ""), yes()])
)
more_units = st.lists(st.tuples(st.just("opak."), sizes.map(Decimal)), max_size=2).map(tuple)
rates = st.sampled_from(["23", "8", "5", "0", "zw"])
discounts = st.sampled_from([Decimal(1), Decimal("0.9"), Decimal("0.3333"), Decimal(0)])


@given(quantities, prices, sizes, cans, st.sampled_from(PriceKind), rates, more_units, discounts)
def test_lines_always_come_to_the_orders_total_and_quantity(quantity, price, size, can, kind, vat, units, discount):
    """Decision table 8.8: a line at 0 is legal; no line is of nothing or below it, and no piece and no grosz is lost.

    Law 9, on the way back, whatever the ERP's precision.
    """
    ordered = line(1, quantity, price, SalesUnit("PU", size), vat, kind)
    # A discount of the shop's own, also one that makes a gift of it.
    ordered = replace(ordered, net=money(ordered.net * discount), gross=money(ordered.gross * discount))
    step = Decimal(1).scaleb(-can.price_places)
    for side in PriceKind:
        total = ordered.net if side is PriceKind.NET else ordered.gross
        parts, found = amounts(ordered, 1, line_card(1, units=units), size, side, can)
        assert "ORDER_LINE_UNSOUND" not in [str(one.reason) for one in found]
        assert 1 <= len(parts) <= (1 if can.line_totals else 2)
        assert sum(one.quantity * one.pack for one in parts) == quantity * size
        assert sum(one.total for one in parts) == total
        for one in parts:
            assert one.quantity > 0
            assert one.price >= 0
            assert one.price == one.price.quantize(step)
            assert one.holds or can.line_totals, "an ERP that multiplies comes to the very same"


@given(st.integers(1, 100), st.decimals(Decimal("0.00"), Decimal("99.99"), places=2), sizes, st.sampled_from([2, 4]))
def test_deposits_come_to_their_total_too(quantity, deposit, size, places):
    """Decision table 8.8: the same of a deposit's line."""
    ordered = line(1, quantity, unit=SalesUnit("PU", size), deposit=deposit)
    made = deposit_line(ordered, line_card(8, vat="np"), ErpCapabilities(price_places=places))
    assert made.quantity > 0
    assert made.total == deposit == money(made.quantity * made.price)


def _one_too_many(whole, step):
    """The split as it would be if it rounded up: the dearer ones are taken off, one of them below nought."""
    high = (whole.total / whole.quantity).quantize(step, ROUND_UP)
    fewer = ((whole.total - whole.quantity * high) / step).to_integral_value()
    first = replace(whole, quantity=fewer, price=high - step, total=fewer * (high - step))
    return first, replace(whole, quantity=whole.quantity - fewer, price=high, total=whole.total - first.total)


def test_a_wrong_line_never_leaves(monkeypatch):
    """Decision table 8.8: a mistake of ours in the rounding makes the order wait, and is told with what came out."""
    monkeypatch.setattr(order_lines, "_split", _one_too_many)
    decision = decide(order(line(1, 1, "10.00", SalesUnit("PU", 3))), facts(line_card(1), can=TWO_PLACES))
    assert decision.draft is None
    assert reasons(decision) == ["ORDER_LINE_UNSOUND"]
    told = dict(decision.findings[0].facts)
    assert (told["wanted"], "-2 szt." in told["made"]) == ("3 szt. = 10.00", True)


@pytest.mark.parametrize("price", ["0.00", "15.00"])
@pytest.mark.parametrize("kind", PriceKind)
@pytest.mark.parametrize("can", [ErpCapabilities(), TWO_PLACES, FROM_TOTALS], ids=["four", "two", "totals"])
def test_a_gift_is_a_line_at_nought(price, kind, can):
    """Decision table 8.8: price 0, or a full coupon that leaves the price and takes the total."""
    nothing = replace(line(1, 2, price, PACK, kind=kind), net=D("0.00"), tax=D("0.00"), gross=D("0.00"))
    lines, found = back(nothing, can=can)
    assert (lines, found) == ([(12, "szt.", D("0"), D("0.00"))], [])


@pytest.mark.parametrize("wrong", [{"unit_price": D("-0.01")}, {"net": D("-1.00")}, {"gross": D("-1.00")}])
def test_a_line_below_nought_waits(wrong):
    """Decision table 8.8: negative waits, whichever of its amounts it is."""
    decision = decide(order(replace(line(1), **wrong)))
    assert (decision.draft, reasons(decision)) == (None, ["ORDER_PRICE"])


def test_a_deposit_below_nought_waits():
    """Decision table 8.8: the same of a deposit."""
    known = facts(line_card(1), deposit=line_card(8, symbol="KAUCJA", vat="np"))
    decision = decide(order(line(1, deposit=D("-0.50"))), known)
    assert (decision.draft, reasons(decision)) == (None, ["ORDER_PRICE"])


@given(quantities, prices, sizes)
def test_an_erp_that_keeps_totals_needs_one_line(quantity, price, size):
    parts, found = amounts(
        line(1, quantity, price, SalesUnit("PU", size)), 1, line_card(1), size, PriceKind.NET, FROM_TOTALS
    )
    assert (len(parts), found) == (1, ())


def test_a_line_whose_shop_gave_a_discount_keeps_the_total():
    cheaper = replace(line(1, 3, "15.00"), net=D("40.00"), tax=D("9.20"), gross=D("49.20"))
    lines, found = back(cheaper)
    assert sum(one[3] for one in lines) == D("40.00")
    assert found == []
