"""The tree of groups as the shop takes it, and what has to make room when it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.reason import Reason
from pomost.rules.grouping import DEEPEST, Place, in_the_way, tree

ROOT = 0


def line(length, top=ROOT, first=1):
    """Parents of groups one below the other."""
    return {first + level: top if level == 0 else first + level - 1 for level in range(length)}


def named(parents):
    return {key: Place(f"G{key}", parent) for key, parent in parents.items()}


def test_sound_groups_have_their_level():
    found = tree({ROOT: Place("Sklep", None), **named({1: ROOT, 2: 1, 3: 2, 4: ROOT})}, (), ROOT)
    assert (found.levels, found.above, found.astray) == ({1: 1, 2: 2, 3: 3, 4: 1}, {1: 0, 2: 1, 3: 2, 4: 0}, {})


def told(found, key):
    return found.astray[key].reason, dict(found.astray[key].facts)


def test_the_deepest_level_is_sound_and_the_next_one_is_told_with_its_path():
    """Decision table 8.26: told by name, with the names on the path."""
    found = tree(named(line(DEEPEST + 2)), (), ROOT)
    assert found.levels.keys() == set(range(1, DEEPEST + 1))
    path = " > ".join(f"G{key}" for key in range(1, DEEPEST + 2))
    assert told(found, DEEPEST + 1) == (
        Reason.GROUP_TOO_DEEP,
        {"group": f"G{DEEPEST + 1}", "path": path, "most": str(DEEPEST)},
    )
    assert found.astray[DEEPEST + 2].reason is Reason.GROUP_TOO_DEEP


def test_a_ring_is_told_with_the_way_round_and_so_is_what_hangs_below_it():
    """Decision table 8.26: detached into a ring."""
    found = tree(named({1: 2, 2: 3, 3: 1, 4: 3, 5: 5, 6: ROOT}), (), ROOT)
    assert found.levels == {6: 1}
    assert told(found, 1) == (Reason.GROUP_IN_RING, {"group": "G1", "path": "G1 > G3 > G2 > G1"})
    assert told(found, 5) == (Reason.GROUP_IN_RING, {"group": "G5", "path": "G5 > G5"})
    assert told(found, 4)[0] is Reason.GROUP_IN_RING


def test_what_hangs_below_a_group_that_cannot_be_sent():
    found = tree(named({1: ROOT, 2: 1, 3: 2, 4: ROOT}), {1}, ROOT)
    assert found.levels == {4: 1}
    assert told(found, 3) == (Reason.GROUP_BELOW_UNSENT, {"group": "G3", "path": "G1 > G2 > G3", "above": "G1"})
    assert 1 not in found.astray, "its own fault is said where it is decided"


@pytest.mark.parametrize("parent", [None, 99])
def test_what_hangs_below_nothing(parent):
    found = tree(named({1: parent, 2: 1}), (), ROOT)
    assert found.astray[1].reason is found.astray[2].reason is Reason.GROUP_OUT_OF_TREE


def test_nothing_is_in_the_way_of_a_tree_that_fits_all_the_time():
    assert in_the_way({}, line(DEEPEST), list(range(1, DEEPEST + 1)), ROOT) == set()
    held = line(3)
    assert in_the_way(held, held, [1, 2, 3], ROOT) == set()


def test_what_would_hang_too_deep_for_a_moment_is_in_the_way():
    held = line(DEEPEST) | {50: ROOT}
    wanted = {key: parent for key, parent in held.items() if key != DEEPEST} | {1: 50}
    assert in_the_way(held, wanted, [50, *range(1, DEEPEST)], ROOT) == {DEEPEST}


KEYS = range(1, 14)
TREES = st.fixed_dictionaries({key: st.integers(0, 13) for key in KEYS})


@given(first=TREES, second=TREES, hidden=st.sets(st.sampled_from(KEYS)))
def test_every_step_is_one_the_shop_takes(first, second, hidden):
    """Whatever the shop holds and the ERP wants: no step hangs a group too deep or below itself."""
    held = dict(tree(named(first), (), ROOT).above)
    sound = tree(named(second), hidden, ROOT)
    wanted = sound.above
    order = sorted(wanted, key=lambda key: (sound.levels[key], key))
    shop = dict(held)
    for key in sorted(in_the_way(held, wanted, order, ROOT)):
        move(shop, key, ROOT)
    for key in order:
        move(shop, key, wanted[key])
    assert {key: shop[key] for key in wanted} == wanted


def move(shop, key, parent):
    """What a shop does that knows nothing of plans: it looks where the group is to hang, and what it takes along."""
    line_up, at = [], parent
    while at != ROOT:
        assert at != key, "below itself"
        line_up.append(at)
        at = shop[at]
    assert len(line_up) + height(shop, key) <= DEEPEST, "too deep"
    shop[key] = parent


def height(shop, key):
    return 1 + max((height(shop, one) for one, above in shop.items() if above == key), default=0)


# What has to make room, worked out by hand: in the shop a chain 1..9 hangs below the root, and 20 with 21 below it.

CHAIN = line(9)
SHOP = CHAIN | {20: ROOT, 21: 20}


@pytest.mark.parametrize(
    ("held", "wanted", "order", "loose"),
    [
        pytest.param(SHOP, CHAIN | {20: 8}, [20], set(), id="the last level is deep enough for both"),
        pytest.param(SHOP, CHAIN | {20: 9}, [20], {21}, id="one level more, and what must not be there leaves"),
        pytest.param(SHOP, CHAIN | {20: 9, 21: ROOT}, [21, 20], set(), id="what has left before takes no room"),
        pytest.param(
            SHOP | {30: ROOT}, CHAIN | {30: 8, 20: 30}, [30, 20], {21}, id="the place itself moved down before"
        ),
        pytest.param(
            line(7, first=11) | {1: 17, 20: ROOT, 21: 20},
            line(7, first=11) | {1: 17, 40: 1, 20: 40},
            [40, 20],
            {21},
            id="the place is new",
        ),
        pytest.param(
            {1: ROOT, 2: 1} | line(9, first=11), {1: 19} | line(9, first=11), [1], {2}, id="whatever the keys are"
        ),
        pytest.param(
            CHAIN | {20: ROOT, 21: 20, 22: 20, 23: 22},
            CHAIN | {20: 8, 22: 20},
            [20, 22],
            {21, 23},
            id="what stays is kept, what is below it and must not be there is not",
        ),
        pytest.param(
            CHAIN | {20: ROOT, 21: 20, 22: 20, 24: 21},
            CHAIN | {20: 8, 22: 20},
            [20, 22],
            {21},
            id="the uppermost takes along what is below it",
        ),
        pytest.param(
            line(10), line(9) | {10: ROOT, 40: 10}, [40], set(), id="a place that is not sent is where it hangs"
        ),
        pytest.param(
            line(6) | {60: 6, 61: 60, 20: ROOT, 21: 20, 22: 21} | line(6, first=31),
            line(6) | {61: ROOT, 20: 61, 60: 36} | line(6, first=31),
            [20, 60],
            {21},
            id="what left below a place that moves later takes no room there",
        ),
        pytest.param(
            line(7, first=31) | {60: ROOT, 61: 60, 20: ROOT, 22: 20},
            line(7, first=31) | {60: 37, 61: ROOT, 20: 61, 22: 20},
            [20, 60],
            {61},
            id="what came below a place that moves later goes along with all of it",
        ),
        pytest.param(line(11), line(10), list(range(1, 11)), set(), id="what hangs where it is to hang is left alone"),
        pytest.param(
            line(11) | {1: 77}, line(10), list(range(1, 11)), {11}, id="a shop that holds more levels than it takes"
        ),
        pytest.param(
            line(11, first=21) | {20: 77, 21: 20},
            line(10, first=21) | {20: ROOT},
            [20, 21],
            {21},
            id="what was put out of the way hangs below the root",
        ),
    ],
)
def test_room_is_made_for_what_moves_and_for_nothing_else(held, wanted, order, loose):
    assert in_the_way(held, wanted, order, ROOT) == loose


def test_what_hangs_on_a_group_that_is_not_there_is_told_by_its_key():
    found = tree(named({1: 99, 2: 1, 3: None}), (), ROOT)
    assert told(found, 1) == (Reason.GROUP_OUT_OF_TREE, {"group": "G1", "path": "#99 > G1"})
    assert told(found, 2) == (Reason.GROUP_OUT_OF_TREE, {"group": "G2", "path": "#99 > G1 > G2"})
    assert told(found, 3) == (Reason.GROUP_OUT_OF_TREE, {"group": "G3", "path": "G3"})
