"""Groups too deep for the shop or inside themselves: told by name, and out of the way of those that can be sent."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.assortment import GroupEntry
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.rules.grouping import DEEPEST
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import ROOT, Pair, named
from tests.end_to_end.test_exchange import live
from tests.end_to_end.test_exchange_codes import small_batches
from tests.end_to_end.test_exchange_withdrawn import told

FIRST = 200
"""Key of the first group of a chain."""


def hang(pair, key, parent):
    pair.publish(Area.GROUP, key, GroupEntry(f"G{key}", parent, named(f"Grupa {key}")))


def chain(pair, length, top=ROOT, first=FIRST):
    """Groups one below the other."""
    for level in range(length):
        hang(pair, first + level, top if level == 0 else first + level - 1)


def parents(pair):
    return {
        int(key): int(one.get("parent_erp_id") or 0)
        for key, one in pair.state("groups").items()
        if one["state"] == "published"
    }


def done(ended):
    failed = {name: count for name, count in ended.run.counts.items() if name.startswith(("failed", "skipped"))}
    assert (ended.run.state, failed, ended.stops) == (State.DONE, {}, ())


def test_a_group_too_deep_is_told_by_its_name_and_stops_what_needs_it_alone(pair):
    """Decision table 8.26: a group that cannot be made stops only itself and what needs it."""
    chain(pair, DEEPEST + 1)
    deepest = FIRST + DEEPEST
    pair.sell(1, default_group=deepest)
    pair.sell(2, default_group=deepest - 1)
    pair.discount(8, 7, "10", what=deepest)
    done(pair.run())
    assert deepest not in parents(pair)
    assert {*range(FIRST, deepest)} <= parents(pair).keys()
    assert live(pair.state("products")) == {"2", "3"}
    assert not live(pair.state("discounts"))
    reasons, ((polish, english),) = told(pair, Area.GROUP, deepest)
    assert reasons == [Reason.GROUP_TOO_DEEP]
    assert f"„Grupa {deepest}”" in polish
    assert f"Grupa {FIRST} > Grupa {FIRST + 1} > " in polish
    assert f"“Grupa {deepest}”" in english
    _, ((product, _),) = told(pair, Area.PRODUCT, 1)
    assert f"Grupa {deepest}" in product
    _, ((rule, _),) = told(pair, Area.PUBLIC_DISCOUNT, 8)
    assert f"Grupa {deepest}" in rule


def test_a_chain_that_moves_down_leaves_its_end_behind(pair):
    """Decision table 8.26: withdrawn where it blocks others. In the shop the whole chain hangs on what moves."""
    chain(pair, DEEPEST)
    last = FIRST + DEEPEST - 1
    pair.run()
    assert parents(pair)[last] == last - 1
    hang(pair, 150, ROOT)
    hang(pair, FIRST, 150)
    done(pair.run())
    assert parents(pair)[FIRST] == 150
    assert last not in parents(pair), "it would be too deep, and stood in the way of all the others"
    assert {*range(FIRST, last)} <= parents(pair).keys()
    assert told(pair, Area.GROUP, last)[0] == [Reason.GROUP_TOO_DEEP]
    pair.run()
    assert not pair.written()
    assert told(pair, Area.GROUP, last)[0] == [Reason.GROUP_TOO_DEEP], "there is still something to mend"
    hang(pair, FIRST, ROOT)
    done(pair.run())
    assert parents(pair)[last] == last - 1
    assert told(pair, Area.GROUP, last) == ([], [])


def test_a_group_too_deep_that_is_in_nobodys_way_stays_where_it_stands(pair):
    chain(pair, DEEPEST)
    last = FIRST + DEEPEST - 1
    hang(pair, 300, ROOT)
    pair.run()
    hang(pair, 300, last)
    done(pair.run())
    assert parents(pair)[300] == ROOT
    assert told(pair, Area.GROUP, 300)[0] == [Reason.GROUP_TOO_DEEP]


@pytest.mark.parametrize("length", [1, 2, 4])
def test_groups_detached_into_a_ring_are_told_with_the_way_round(pair, length):
    """Decision table 8.26: nothing above leads to them; what hangs below them is told as well."""
    chain(pair, length + 1)
    pair.run()
    hang(pair, FIRST, FIRST + length - 1)
    pair.sell(1, default_group=FIRST + length)
    done(pair.run())
    for level in range(length + 1):
        reasons, sentences = told(pair, Area.GROUP, FIRST + level)
        assert reasons == [Reason.GROUP_IN_RING], level
        assert f"„Grupa {FIRST + level}”" in sentences[0][0]
    path = told(pair, Area.GROUP, FIRST)[1][0][0]
    assert " > ".join(f"Grupa {FIRST + level}" for level in range(length)) in path
    assert told(pair, Area.PRODUCT, 1)[0] == [Reason.DEFAULT_GROUP_OUTSIDE, Reason.STILL_SOLD]
    hang(pair, FIRST, ROOT)
    done(pair.run())
    assert told(pair, Area.GROUP, FIRST) == told(pair, Area.PRODUCT, 1) == ([], [])


def test_below_a_group_without_a_name_nothing_goes_and_everything_beside_it_does(pair):
    chain(pair, 3)
    pair.publish(Area.GROUP, FIRST, GroupEntry("BEZ", ROOT, ()))
    hang(pair, 300, ROOT)
    done(pair.run())
    assert {FIRST, FIRST + 1, FIRST + 2}.isdisjoint(parents(pair))
    assert 300 in parents(pair)
    reasons, ((polish, _),) = told(pair, Area.GROUP, FIRST + 2)
    assert (reasons, "„BEZ”" in polish) == ([Reason.GROUP_BELOW_UNSENT], True)


@contextmanager
def fresh(url):
    pair = Pair(url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found(1)
    yield pair
    pair.close()


TREES = st.lists(st.integers(0, 12), min_size=12, max_size=12)
"""Of groups 201 to 212, the one each hangs on: 0 is the shop's root, others by their number."""


@given(first=TREES, second=TREES, size=st.integers(1, 5))
def test_whatever_moves_in_the_tree_every_sound_group_arrives_in_one_run(
    store, esklep, monkeypatch, first, second, size
):
    """Decision table 8.26: any tree, with rings and branches too deep, then any other."""
    with fresh(esklep.url) as pair, small_batches(monkeypatch, size):
        for tree in (first, second):
            wanted = {201 + place: (ROOT if above == 0 else 200 + above) for place, above in enumerate(tree)}
            for key, above in wanted.items():
                hang(pair, key, above)
            done(pair.run())
            sound = {key for key in wanted if 0 < depth(key, wanted) <= DEEPEST}
            held = parents(pair)
            assert {key: held.get(key) for key in sound} == {key: wanted[key] for key in sound}
            for key in wanted.keys() - sound:
                assert told(pair, Area.GROUP, key)[0][0] in {Reason.GROUP_TOO_DEEP, Reason.GROUP_IN_RING}, key
        pair.run()
        assert not pair.written()


def depth(key, above):
    """Levels below the root; 0 for what never gets there."""
    levels = 0
    while key != ROOT:
        levels += 1
        key = above[key]
        if levels > len(above):
            return 0
    return levels


@given(order=st.permutations(range(DEEPEST)), size=st.integers(1, 5))
def test_a_chain_turned_over_arrives_in_one_run(store, esklep, monkeypatch, order, size):
    """The deepest chain there may be, in any other order: nothing may be too deep or inside itself on the way."""
    with fresh(esklep.url) as pair, small_batches(monkeypatch, size):
        chain(pair, DEEPEST)
        done(pair.run())
        wanted = {}
        for place, level in enumerate(order):
            wanted[FIRST + level] = ROOT if place == 0 else FIRST + order[place - 1]
            hang(pair, FIRST + level, wanted[FIRST + level])
        done(pair.run())
        held = parents(pair)
        assert {key: held[key] for key in wanted} == wanted


def test_groups_come_from_the_top_down_whatever_their_keys(pair):
    """More groups than one batch takes, children with lower keys than what they hang on."""
    for key in range(300, 600):
        hang(pair, key, ROOT if key >= 590 else key + 10 if key >= 560 else 560 + key % 30)
    done(pair.run())
    assert len(parents(pair)) == 303
    pair.run()
    assert not pair.written()


def test_a_group_hidden_by_the_shop_that_is_in_the_way_is_hidden_again(pair):
    chain(pair, DEEPEST)
    last = FIRST + DEEPEST - 1
    pair.run()
    pair.erp.unpublish(Area.GROUP, last)
    done(pair.run())
    assert last not in parents(pair)
    hang(pair, 150, ROOT)
    hang(pair, FIRST, 150)
    done(pair.run())
    assert parents(pair)[FIRST] == 150
    assert last not in parents(pair)
    pair.run()
    assert not pair.written()


def test_a_text_of_a_group_goes_out_where_it_stands(pair):
    chain(pair, 2)
    pair.run()
    pair.publish(Area.GROUP, FIRST, replace(pair.erp.published[Area.GROUP][FIRST].content, texts=named("Inna nazwa")))
    done(pair.run())
    assert pair.state("groups")[str(FIRST)]["texts"][0]["name"] == "Inna nazwa"
