"""Values the shop takes once: whoever lets go of one goes before whoever takes it, whatever the order of keys."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.account import CustomerEntry, Login
from pomost.model.assortment import AttributeEntry, AttributeFormat, AttributeSubject, GroupEntry, ProductEntry, Vat
from pomost.model.entry import unique_values
from pomost.model.trade import PromotionEntry, SetPart
from pomost.rules.unique import Turn, asleep, on_the_way, turns


def turn(key, held, wanted, **more):
    return Turn(key, frozenset(held), frozenset(wanted), **more)


def carried_out(entries):
    """What each key holds at the end, of a shop that takes no value twice; raises where a step would be refused."""
    plan = turns(entries)
    shop = {one.key: set(one.held) for one in entries}
    by_key = {one.key: one for one in entries}

    def hold(key, values):
        for other, theirs in shop.items():
            assert other == key or not theirs & values, f"{key} takes what {other} has"
        shop[key] = set(values)

    for key in sorted(plan.first | plan.passing.keys()):
        one, without = by_key[key], plan.passing.get(key)
        if without is None:
            hold(key, one.wanted)
        else:
            hold(key, (one.held if one.leaves else one.wanted) - without)
    for key in sorted(plan.after):
        hold(key, by_key[key].wanted)
    return shop


def test_a_code_handed_on_needs_nothing_in_between():
    """Decision table 8.17: the last of a chain lets go first, as it is to be."""
    plan = turns([turn(5, "P", "Q"), turn(6, "Q", "R")])
    assert (plan.first, dict(plan.passing), plan.after) == ({6}, {}, {5})


@pytest.mark.parametrize("keys", list(permutations([1, 2, 3])), ids=str)
def test_in_a_ring_everybody_holds_something_else_for_a_moment(keys):
    """Decision table 8.17: a ring, in any order of ids."""
    first, second, third = keys
    ring = [turn(first, "A", "B"), turn(second, "B", "C"), turn(third, "C", "A")]
    plan = turns(ring)
    assert (plan.first, plan.passing.keys(), plan.after) == (set(), {1, 2, 3}, {1, 2, 3})
    assert carried_out(ring) == {first: {"B"}, second: {"C"}, third: {"A"}}


def test_what_leaves_lets_go_of_what_others_want_alone():
    plan = turns([turn(1, "AB", "", leaves=True), turn(2, "C", "CA"), turn(3, "D", "", leaves=True)])
    assert dict(plan.passing) == {1: {"A"}}
    assert (plan.first, plan.after) == (set(), {2})


def test_who_may_hold_it_lets_go_too():
    """In doubt, an entry may hold what it had and what it asked for since."""
    entries = [turn(1, "AB", "C"), turn(2, "D", "B")]
    assert turns(entries).first == {1}
    assert carried_out(entries) == {1: {"C"}, 2: {"B"}}


def test_nobody_waits_for_nothing():
    plan = turns([turn(1, "A", "B"), turn(2, "", "C")])
    assert (plan.first, dict(plan.passing), plan.after) == ({1, 2}, {}, set())


@given(
    before=st.dictionaries(st.integers(1, 9), st.sets(st.sampled_from("abcdefgh"), max_size=3), max_size=7),
    after=st.dictionaries(st.integers(1, 9), st.sets(st.sampled_from("abcdefgh"), max_size=3), max_size=7),
)
def test_whatever_is_exchanged_nothing_is_taken_before_it_is_let_go(before, after):
    """Decision table 8.17: any exchange of values among ours, with new ones and some that leave."""
    held, wanted = once(before), once(after)
    keys = held.keys() | wanted.keys()
    entries = [turn(key, held.get(key, ()), wanted.get(key, ()), leaves=key not in wanted) for key in keys]
    shop = carried_out(entries)
    assert {key: shop[key] for key in wanted} == {key: set(values) for key, values in wanted.items()}


def once(sets):
    """Each value with its first holder alone, as the ERP and the shop have them."""
    seen = set()
    found = {}
    for key, values in sets.items():
        found[key] = values - seen
        seen |= values
    return found


PRODUCT = ProductEntry("A", (), Vat(Decimal(23)), "szt.")
PEOPLE = CustomerEntry("K", False, ("K",), logins=(Login("a@x"), Login("B@x")))
ATTRIBUTE = AttributeEntry("KOLOR", "Kolor", AttributeSubject.PRODUCT, AttributeFormat.TEXT)
BUNDLE = PromotionEntry("Z", "Zestaw", 3, (SetPart(4, Decimal(1), "szt."),))


def test_which_values_are_unique():
    assert unique_values(PRODUCT) == {"a"}
    assert unique_values(PEOPLE) == {"a@x", "b@x"}
    assert unique_values(BUNDLE) == {"3 z"}
    assert unique_values(ATTRIBUTE) == {"product kolor"}
    assert not unique_values(replace(PRODUCT, code=""))
    assert not unique_values(GroupEntry("G", 1, ()))
    assert not unique_values(None)


@pytest.mark.parametrize("content", [PRODUCT, BUNDLE, ATTRIBUTE])
def test_a_code_on_the_way_is_the_entrys_key_and_no_bodys(content):
    meanwhile = on_the_way(content, 17, unique_values(content), unique_values(content))
    assert meanwhile == replace(content, code="~17")
    taken = unique_values(meanwhile)
    assert on_the_way(content, 17, unique_values(content), taken).code == "~~17"
    assert len(on_the_way(content, 2**62, (), ()).code) <= 20


def test_logins_on_the_way_are_those_nobody_waits_for():
    assert [one.email for one in on_the_way(PEOPLE, 1, {"a@x"}, ()).logins] == ["B@x"]
    assert on_the_way(PEOPLE, 1, {"b@x", "a@x"}, ()).logins == ()
    assert on_the_way(GroupEntry("G", 1, ()), 1, {"a"}, ()) == GroupEntry("G", 1, ())


def test_what_shows_itself_again_does_nothing():
    assert asleep(PEOPLE).blocked
    dated = replace(BUNDLE, valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30))
    for bundle in (BUNDLE, dated):
        assert asleep(bundle) == replace(BUNDLE, valid_to=date(2000, 1, 1)), "it was over long ago, whenever it began"
    assert asleep(ATTRIBUTE) == ATTRIBUTE
