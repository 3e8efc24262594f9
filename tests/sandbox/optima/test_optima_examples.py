"""The priced examples of the contract come out of the rows that stand in the company."""

from decimal import Decimal

import pytest
from tests.sandbox.optima.oracle import CENT, Oracle, cents

from pomost.sandbox.optima.examples import BASKET, PRICED, SCENES

SCENE = {scene.name: scene for scene in SCENES}
EXAMPLE = {example.number: example for example in PRICED}


@pytest.mark.parametrize("number", [number for number, one in EXAMPLE.items() if not one.in_bundle])
def test_the_rows_give_the_price_of_the_example(read, number):
    example = EXAMPLE[number]
    scene = SCENE[example.scene]
    customer = None if example.guest else scene.name
    quote = Oracle(read).quote(scene.product, customer, example.unit, example.at, example.discount_base)
    assert quote.gross == example.gross
    assert quote.winner == example.winner
    if example.net is not None:
        assert quote.net == example.net


def test_every_row_of_the_table_has_its_examples():
    assert {int(number.rstrip("abc")) for number in EXAMPLE} == set(range(1, 16))


def test_the_set_is_sold_by_the_hour(read):
    scene = SCENE["PRZ-14"]
    assert Oracle(read).bundle(scene.bundle.code, EXAMPLE["14a"].at) == EXAMPLE["14a"].gross
    assert Oracle(read).bundle(scene.bundle.code, EXAMPLE["14b"].at) is None


def test_two_pieces_of_the_first_example(read):
    example = EXAMPLE["1"]
    gross = example.gross * example.quantity
    net = cents(gross / Decimal("1.23"))
    assert (gross, net, gross - net) == (Decimal("246.00"), Decimal("200.00"), Decimal("46.00"))


def test_the_basket_of_the_last_example(read):
    oracle = Oracle(read)
    for product, value in BASKET.lines:
        assert oracle.quote(product, "PRZ-15", "szt", EXAMPLE["15"].at, "gross").gross == value
    total = sum(value for _, value in BASKET.lines)
    assert total == Decimal("189.90")
    shares = [(BASKET.coupon * value / total).quantize(CENT, "ROUND_DOWN") for _, value in BASKET.lines]
    odd = sorted(range(3), key=lambda place: shares[place] - BASKET.coupon * BASKET.lines[place][1] / total)
    for place in odd[: int((BASKET.coupon - sum(shares)) / CENT)]:
        shares[place] += CENT
    assert tuple(shares) == BASKET.shares
    assert total - BASKET.coupon + BASKET.delivery - BASKET.points_value == BASKET.to_pay


def test_scenes_do_not_meet(read):
    """No rule of one scene names the product, the group or the customer of another."""
    named = "SELECT count(*) FROM CDN.Rabaty WHERE Rab_TwrId = (SELECT Twr_TwrId FROM CDN.Towary WHERE Twr_Kod = ?) AND Rab_Typ IN (4, 6, 8, 11, 12, 13)"
    for scene in SCENES:
        mine = sum(rule.kind in (4, 6, 8, 11, 12, 13) for rule in scene.rules)
        assert read.execute(named, (scene.product,)).fetchone() == (mine,)
    groups = [scene.group + step for scene in SCENES for step in (-1, 0, 1)]
    assert len(set(groups)) == len(groups)
