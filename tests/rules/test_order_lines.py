"""The way back of decision tables 1.5: quantities in ERP units, and totals that hold to the grosz."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.offer import Offer, PriceKind
from pomost.model.policy import GoodsPolicy, PackBase
from pomost.model.unit import SalesUnit
from pomost.ports.capability import ErpCapabilities, yes
from pomost.rules.order_lines import amounts, base_units
from tests.rules.orders import CARTON, PACK, PIECE, POLICY, UNITS, decide, facts, line, line_card, order, reasons

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


def test_what_the_shop_was_told_decides_before_the_cards_own_unit():
    """The offer was made by the pack's own base unit; the way back is the way there."""
    told = {"p1": Offer("S1", PACK, recalculated=False, vat="23")}
    assert back(line(1, 3, "15.00", PACK), told=told) == ([(3, "szt.", D("15"), D("45.00"))], [])
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
prices = st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2)
sizes = st.sampled_from([1, 2, 3, 6, 7, 12, 18, 24, 30, 144])
cans = st.builds(ErpCapabilities, price_places=st.sampled_from([2, 4]))


@given(quantities, prices, sizes, cans, st.sampled_from(PriceKind), st.sampled_from(["23", "8", "5", "0"]))
def test_lines_always_come_to_the_orders_total_and_quantity(quantity, price, size, can, kind, vat):
    """Law 9, on the way back: no piece and no grosz is lost, whatever the ERP's precision."""
    ordered = line(1, quantity, price, SalesUnit("PU", size), vat, kind)
    for side in PriceKind:
        total = ordered.net if side is PriceKind.NET else ordered.gross
        if total <= 0:
            continue
        parts, _ = amounts(ordered, 1, line_card(1), size, side, can)
        assert sum(one.quantity for one in parts) == quantity * size
        assert sum(one.total for one in parts) == total
        for one in parts:
            assert one.holds, "an ERP that multiplies comes to the very same"
            assert one.price == one.price.quantize(Decimal(1).scaleb(-can.price_places))
            assert one.total == (one.quantity * one.price).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert len(parts) <= 2


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
