"""The deposit's card among the settings of orders (decision table 8.11)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.order import OrderStatus
from pomost.model.order_policy import OrderPolicy
from pomost.ports.capability import yes
from pomost.rules.settings_of_orders import OrderTerrain, check_orders
from tests.rules.orders import POLICY, decide, facts, line, line_card, order, reasons

POLICY_OF_ORDERS = OrderPolicy(enabled=True, status="new", deposit_card="KAUCJA")
TERRAIN = OrderTerrain(yes(), yes(), yes(), (OrderStatus("new", "Nowe", final=False),))


def found(rate, *, zero=False, cards=None):
    terrain = replace(TERRAIN, cards={"KAUCJA": rate} if cards is None else cards)
    return [str(one.reason) for one in check_orders(replace(POLICY_OF_ORDERS, deposit_zero_rate=zero), terrain)]


@pytest.mark.parametrize("rate", ["np", "NP.", "oo"])
def test_a_deposit_card_outside_vat_is_sound(rate):
    """Decision table 8.11: np or oo."""
    assert found(rate) == []


@pytest.mark.parametrize("rate", ["23", "8%", "5", "zw", "", None])
@pytest.mark.parametrize("zero", [False, True])
def test_a_deposit_card_that_carries_vat_is_refused(rate, zero):
    """Decision table 8.11: refused by `orders.deposit_card`; exempt is not outside VAT, and no rate is none to save."""
    assert found(rate, zero=zero) == ["ORDER_DEPOSIT_CARD_TAXED"]


def test_rate_nought_is_outside_vat_by_a_setting_alone():
    """Decision table 8.11: rate 0 outside VAT by setting."""
    assert (found("0"), found("0", zero=True)) == (["ORDER_DEPOSIT_CARD_TAXED"], [])


def test_a_card_that_is_not_there_is_told_so_first():
    assert found(None, cards={}) == ["ORDER_DEPOSIT_CARD_UNKNOWN"]


@pytest.mark.parametrize(("vat", "waits"), [("23", True), ("zw", True), ("0", True), ("np", False), (None, True)])
def test_an_order_with_a_deposit_is_decided_by_the_same_rule(vat, waits):
    """Decision table 8.11: what an order is explained by; one without a deposit needs no such card."""
    known = facts(line_card(1), deposit=line_card(8, symbol="KAUCJA", vat=vat))
    decision = decide(order(line(1, deposit=Decimal("9.00"))), known, POLICY)
    assert reasons(decision) == (["ORDER_DEPOSIT_CARD_TAXED"] if waits else [])
    assert decide(order(line(1)), known, POLICY).findings == ()
