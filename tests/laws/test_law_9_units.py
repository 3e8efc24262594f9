"""Law 9, lightly (the rules' own tests go row by row): conversion loses no piece and no grosz the tables do not allow."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pomost.rules.availability import sales_quantity
from pomost.rules.pricing import sales_price

quantities = st.decimals(Decimal(-100_000), Decimal(1_000_000), places=4)
prices = st.decimals(Decimal("0.0001"), Decimal(100_000), places=4)
packs = st.integers(1, 500)


@given(quantities, packs)
def test_no_piece_is_lost_or_invented(pieces, pack):
    sold = sales_quantity(pieces, pack, recalculated=True)
    assert sold >= 0
    if pieces >= 0:
        assert sold * pack <= pieces < (sold + 1) * pack
    else:
        assert sold == 0


@given(prices, packs)
def test_no_more_than_half_a_grosz_is_rounded_away(price, pack):
    assert abs(sales_price(price, pack, recalculated=True) - price * pack) <= Decimal("0.005")


@given(prices, quantities, packs)
def test_nothing_is_recalculated_unless_it_must_be(price, pieces, pack):
    assert sales_price(price, pack, recalculated=False) == sales_price(price, 1, recalculated=True)
    assert sales_quantity(pieces, pack, recalculated=False) == sales_quantity(pieces, 1, recalculated=True)
