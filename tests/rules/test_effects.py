"""What buyers lose by a plan: goods, and prices; decided product by product from what stands and what will stand."""

import pytest

from pomost.model.selling import Tags
from pomost.model.subject import Area
from pomost.rules.effects import Shown
from pomost.rules.grouping import DEEPEST
from tests.rules.selling import (
    DET,
    G1,
    G10,
    G20,
    HURT,
    NET,
    PRICE,
    PRODUCT,
    ROOT,
    SOLD,
    T1,
    TREE,
    comparison,
    goods,
    scene,
    shown,
    tags,
)

STAY = ((DET, DET),)


def loss(after=SOLD, before=SOLD, moves=STAY, will=None, was=None, **touched):
    """The changes that cause a loss and, where there are any, the moves that do; None where nothing is lost."""
    found = comparison(will, was, **touched).loss(T1, before, after, moves)
    if found is None or not found.moves:
        return found and set(found.causes)
    return set(found.causes), set(found.moves)


def less(*groups, **moved):
    return {key: parent for key, parent in TREE.items() if key not in groups}


# --- the tree


@pytest.mark.parametrize(
    ("parents", "group", "line", "there"),
    [
        (TREE, G10, [G10, G1, ROOT], True),
        (TREE, ROOT, [ROOT], True),
        (TREE, None, [], False),
        (TREE, 99, [], False),
        (less(G1), G10, [G10], False),
        (less(ROOT), G10, [G10, G1], False),
        (less(G10), G10, [], False),
        ({**TREE, G10: None}, G10, [G10], False),
        ({**TREE, G10: G20, G20: G10}, G10, [G10, G20], False),
        ({**TREE, G10: G10}, G10, [G10], False),
    ],
)
def test_a_group_and_those_above_it(parents, group, line, there):
    assert scene(parents).line(group) == line
    assert scene(parents).shows(group) is there
    twice = scene(parents)
    assert [twice.shows(group), twice.shows(group)] == [there, there]


def test_a_tree_no_deeper_than_the_shop_takes():
    chain = {ROOT: None} | {ROOT + depth: ROOT + depth - 1 for depth in range(1, DEEPEST + 2)}
    assert scene(chain).shows(ROOT + DEEPEST)
    assert not scene(chain).shows(ROOT + DEEPEST + 1)


# --- goods


def test_what_stays_is_no_loss():
    assert loss() is None


def test_what_was_not_seen_before_is_no_loss():
    assert loss(before=Shown(None)) is None
    assert loss(after=Shown(None), was=scene(less(G1))) is None
    assert loss(will=scene(less(G1)), was=scene(less(G10)), groups={G1}) is None


def test_what_is_taken_back_counts_by_itself():
    assert loss(after=Shown(None)) == set()


@pytest.mark.parametrize(
    ("parents", "touched", "causes"),
    [
        (less(G10), {G10}, {(Area.GROUP, G10)}),
        (less(G1), {G1}, {(Area.GROUP, G1)}),
        (less(ROOT), {ROOT}, {(Area.GROUP, ROOT)}),
        (less(G1, G10), {G1, G10}, {(Area.GROUP, G1), (Area.GROUP, G10)}),
        ({**less(G20), G10: G20}, {G10, G20}, {(Area.GROUP, G10), (Area.GROUP, G20)}),
        (less(G1), {G20}, set()),
    ],
)
def test_a_group_that_is_gone_hides_what_is_in_it(parents, touched, causes):
    assert loss(will=scene(parents), groups=touched) == causes


def test_goods_that_move_to_a_group_nobody_finds():
    moved = shown(goods=goods(99))
    assert loss(moved, cards={T1}) == {PRODUCT}
    assert loss(shown(goods=goods(G20)), cards={T1}) is None
    both = loss(shown(goods=goods(G20)), will=scene(less(G20)), groups={G20}, cards={T1})
    assert both == {PRODUCT, (Area.GROUP, G20)}
    assert loss(shown(goods=goods(None)), cards={T1}) == {PRODUCT}
    detached = loss(shown(goods=goods(G20)), will=scene({**less(), G20: None}), groups={G20}, cards={T1})
    assert detached == {PRODUCT, (Area.GROUP, G20)}


def test_a_price_level_that_is_gone():
    gone = scene(TREE, {HURT})
    assert loss(will=gone, price_types={DET}) == {(Area.PRICE_TYPE, DET)}
    without = shown(tags=tags((HURT, "90.00", NET)))
    assert loss(without, will=gone, price_types={DET}, prices={T1}) == {(Area.PRICE_TYPE, DET), PRICE}
    assert loss(will=gone, price_types={DET}, prices={T1}) == {(Area.PRICE_TYPE, DET)}, "its price is still there"
    assert loss(will=gone) == set(), "not by this plan"
    assert loss(will=gone, moves=((HURT, HURT),), price_types={DET}) is None


def test_a_price_that_is_gone():
    without = shown(tags=tags((HURT, "90.00", NET)))
    assert loss(without, prices={T1}) == {PRICE}
    assert loss(without, prices={2}) == set()
    assert loss(without, moves=((HURT, HURT),), prices={T1}) is None
    assert loss(without, before=without, prices={T1}) is None
    assert loss(shown(tags=tags((DET, "0"))), prices={T1}) is None, "nought is a price"


def test_a_buyer_who_moves_to_a_level_without_a_price():
    retail_alone = shown(tags=tags((DET, "123.00")))
    moves, moved = (*STAY, (DET, HURT)), {(DET, HURT)}
    assert loss(retail_alone, before=retail_alone, moves=moves) == (set(), moved)
    assert loss(moves=moves) is None
    assert loss(retail_alone, moves=moves, prices={T1}) == ({PRICE}, moved)
    assert loss(retail_alone, before=retail_alone, moves=(*STAY, (HURT, DET))) is None
    both = loss(shown(tags=Tags()), moves=moves, prices={T1})
    assert both == ({PRICE}, moved), "those who stay are moved by nothing"


def test_goods_one_has_to_ask_for():
    asked = shown(goods=goods(ask_for_price=True))
    assert loss(asked, cards={T1}) == {PRODUCT}
    assert loss(asked) == set()
    assert loss(before=asked, cards={T1}) is None
    assert loss(asked, before=asked, cards={T1}) is None


def test_stock_that_goes_to_nought_counts_by_itself():
    out = shown(stocked=False)
    assert loss(out) == set()
    assert loss(out, cards={T1}) == set()
    assert loss(before=out) is None
    for free in ({"ignore_stock": True}, {"service": True}):
        assert loss(shown(stocked=False, goods=goods(**free)), before=shown(goods=goods(**free))) is None


def test_stock_that_is_taken_back_though_the_product_stays():
    assert loss(shown(stocked=False), stocks={T1}) == {(Area.STOCKS, T1)}
    assert loss(shown(stocked=False), stocks={2}) == set()
    assert loss(shown(stocked=False, goods=goods(service=True)), stocks={T1}) is None


def test_stock_that_counts_from_now_on():
    before = shown(goods=goods(ignore_stock=True), stocked=False)
    assert loss(shown(stocked=False), before=before, cards={T1}) == {PRODUCT}
    assert loss(shown(stocked=True), before=shown(goods=goods(ignore_stock=True)), cards={T1}) is None
    priceless = shown(tags=tags((HURT, "90.00", NET)))
    held = shown(goods=goods(ignore_stock=True))
    assert loss(priceless, before=held, cards={T1}, prices={T1}) == {PRICE}
    kept = shown(goods=goods(ignore_stock=True), tags=priceless.tags, stocked=False)
    assert loss(kept, before=held, cards={T1}, prices={T1}) == {PRICE}
