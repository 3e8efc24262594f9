"""The window of a manual run: the truth table of decision tables, part 6, and what clicks do to it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.change import Part
from pomost.model.window import LABELS, REFUSALS, Box, Refusal, Window

DIFFERENTIAL = frozenset({Part.CARD, Part.PRICE, Part.STOCK, Part.FILES})
FULL = frozenset({Part.CARD, Part.PRICE, Part.STOCK})
NOTHING = frozenset()
B, O = Refusal.BINARIES, Refusal.ONLY  # noqa: E741  (as the table has them)
TABLE = {
    (0, 0, 0, 0, 0): NOTHING,
    (0, 0, 0, 0, 1): B,
    (0, 0, 0, 1, 0): FULL,
    (0, 0, 0, 1, 1): DIFFERENTIAL,
    (0, 0, 1, 0, 0): frozenset({Part.PRICE}),
    (0, 0, 1, 0, 1): B,
    (0, 0, 1, 1, 0): O,
    (0, 0, 1, 1, 1): O,
    (0, 1, 0, 0, 0): frozenset({Part.STOCK}),
    (0, 1, 0, 0, 1): B,
    (0, 1, 0, 1, 0): O,
    (0, 1, 0, 1, 1): O,
    (0, 1, 1, 0, 0): frozenset({Part.PRICE, Part.STOCK}),
    (0, 1, 1, 0, 1): B,
    (0, 1, 1, 1, 0): O,
    (0, 1, 1, 1, 1): O,
    (1, 0, 0, 0, 0): DIFFERENTIAL,
    (1, 0, 0, 0, 1): B,
    (1, 0, 0, 1, 0): FULL,
    (1, 0, 0, 1, 1): DIFFERENTIAL,
    (1, 0, 1, 0, 0): O,
    (1, 0, 1, 0, 1): B,
    (1, 0, 1, 1, 0): O,
    (1, 0, 1, 1, 1): O,
    (1, 1, 0, 0, 0): O,
    (1, 1, 0, 0, 1): B,
    (1, 1, 0, 1, 0): O,
    (1, 1, 0, 1, 1): O,
    (1, 1, 1, 0, 0): O,
    (1, 1, 1, 0, 1): B,
    (1, 1, 1, 1, 0): O,
    (1, 1, 1, 1, 1): O,
}
"""A, C, D, F, G of the table: why it is refused, or the offer part of the run."""


def test_the_table_is_whole():
    assert set(TABLE) == set(itertools.product((0, 1), repeat=5))


@pytest.mark.parametrize("orders", [False, True])
@pytest.mark.parametrize("customers", [False, True])
@pytest.mark.parametrize("row", TABLE)
def test_every_state_of_the_window(row, orders, customers):
    offer, stock, prices, full, binaries = map(bool, row)
    window = Window(offer, orders, stock, prices, customers, full, binaries)
    expected = TABLE[row]
    if isinstance(expected, Refusal):
        assert window.refusal is expected
        return
    beside = {Part.ORDERS, Part.STATUSES} if orders else set()
    beside |= {Part.CUSTOMERS} if customers else set()
    if not (expected or beside):
        assert window.refusal is Refusal.NOTHING
        return
    assert window.refusal is None
    request = window.request()
    assert request.parts == expected | beside
    assert request.full is full


@pytest.mark.parametrize(
    ("clicks", "ticked"),
    [
        ((), {Box.OFFER, Box.ORDERS}),
        ((Box.STOCK_ONLY,), {Box.ORDERS, Box.STOCK_ONLY}),
        ((Box.PRICES_ONLY,), {Box.ORDERS, Box.PRICES_ONLY}),
        ((Box.STOCK_ONLY, Box.PRICES_ONLY), {Box.ORDERS, Box.STOCK_ONLY, Box.PRICES_ONLY}),
        ((Box.STOCK_ONLY, Box.STOCK_ONLY), {Box.ORDERS}),
        ((Box.STOCK_ONLY, Box.OFFER), {Box.ORDERS, Box.OFFER}),
        ((Box.FULL,), {Box.OFFER, Box.ORDERS, Box.FULL}),
        ((Box.BINARIES,), {Box.OFFER, Box.ORDERS}),
        ((Box.FULL, Box.BINARIES), {Box.OFFER, Box.ORDERS, Box.FULL, Box.BINARIES}),
        ((Box.FULL, Box.BINARIES, Box.FULL), {Box.OFFER, Box.ORDERS}),
        ((Box.FULL, Box.BINARIES, Box.OFFER), {Box.ORDERS}),
        ((Box.STOCK_ONLY, Box.FULL), {Box.OFFER, Box.ORDERS, Box.FULL}),
        ((Box.FULL, Box.BINARIES, Box.PRICES_ONLY), {Box.ORDERS, Box.PRICES_ONLY}),
        ((Box.ORDERS, Box.CUSTOMERS), {Box.OFFER, Box.CUSTOMERS}),
    ],
)
def test_boxes_hang_together(clicks, ticked):
    window = Window()
    for box in clicks:
        window = window.click(box)
    assert {box for box in Box if window.ticked(box)} == ticked


@given(st.lists(st.sampled_from(Box), max_size=12))
def test_no_clicks_lead_to_an_illegal_mix(clicks):
    window = Window()
    for box in clicks:
        window = window.click(box)
        assert window.refusal in {None, Refusal.NOTHING}


def test_every_box_and_every_refusal_is_said_in_both_languages():
    assert set(LABELS) == set(Box)
    assert set(REFUSALS) == set(Refusal)
