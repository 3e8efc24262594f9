"""Decision tables 1.6: the 32 worked examples, by the single rules and from the card to the offer."""

from dataclasses import replace

import pytest

from pomost.model.product import CatalogueProduct, OnHand
from pomost.rules.availability import sales_quantity
from pomost.rules.offering import Verdict
from pomost.rules.pricing import sales_price
from pomost.rules.units import resolve
from tests.rules.trade import EAN, GOODS, MAIN, POLICY, UNITS, card, decided, quantities, reasons, unit_fields
from tests.rules.unit_examples import Example, examples

EXAMPLES = examples()
NUMBERED = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"1.6 #{example.number}")


def test_the_table_holds_32_examples() -> None:
    """Decision tables, head: "32 examples"."""
    assert [example.number for example in EXAMPLES] == [str(number) for number in range(1, 33)]


@NUMBERED
def test_unit_price_and_stock(example: Example) -> None:
    """Decision tables 1.6, by `resolve`, `sales_price` and `sales_quantity`."""
    decision = resolve(example.typed, example.multiplier, example.base_unit, example.packs, UNITS, example.dictionary)
    assert decision.rule == example.rule
    if example.unit is None:
        assert decision.unit is None
        assert reasons(decision.findings) == [example.skip]
        return
    assert decision.unit is not None
    assert (decision.unit.type, decision.unit.multiplier) == example.unit
    assert decision.recalculated is example.recalculated
    assert reasons(decision.findings) == ([example.warning] if example.warning else [])
    size, recalculated = decision.unit.multiplier, decision.recalculated
    assert str(sales_price(example.erp_price, size, recalculated=recalculated)) == example.price
    assert sales_quantity(example.erp_stock, size, recalculated=recalculated) == example.stock


@NUMBERED
def test_what_the_shop_is_told(example: Example) -> None:
    """Decision tables 1.6, from the card to the offer; 1.2: of a skipped product nothing is sent."""
    policy = replace(POLICY, goods=replace(GOODS, unit_dictionary=example.dictionary))
    product = card(
        price=str(example.erp_price),
        base_unit=example.base_unit,
        stock={MAIN: OnHand(example.erp_stock, example.erp_stock * 0)},
        own=unit_fields(example.typed, example.multiplier),
    )
    decision = decided(product, CatalogueProduct("P-1", EAN, "Woda", example.packs), policy)
    assert decision.unit_rule == example.rule
    if example.unit is None:
        assert decision.verdict is Verdict.SKIPPED
        assert decision.offer is None
        assert decision.stocks == ()
        assert reasons(decision.findings) == [example.skip]
        return
    assert decision.verdict is Verdict.OFFERED
    assert decision.offer is not None
    assert (decision.offer.unit.type, decision.offer.unit.multiplier) == example.unit
    assert decision.offer.recalculated is example.recalculated
    assert str(decision.offer.price) == example.price
    assert quantities(decision) == {"MAG": example.stock}
    assert reasons(decision.findings) == ([example.warning] if example.warning else [])
