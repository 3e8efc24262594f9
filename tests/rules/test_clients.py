"""Whom a plan gives other prices, and which customers lose what they were granted."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pomost.model.selling import Terms
from pomost.model.subject import Area
from pomost.model.trade import What
from pomost.rules.clients import EVERYTHING, Changed, Clients, cases_of, cases_of_thing, lost_terms
from pomost.rules.quoting import Book, Buyer
from tests.rules.selling import DET, G10, G20, HURT, K1, T1, TODAY, VIP, fixed, percent

K2, K3, OTHERS = 8, 9, 71
DAY = timedelta(days=1)
CARD1, CARD2 = (Area.CUSTOMER, K1), (Area.CUSTOMER, K2)
RULE = (Area.CUSTOMER_DISCOUNT, 50)
PUBLIC = (Area.PUBLIC_DISCOUNT, 50)


def clients(was=None, will=None):
    held = {K1: Terms(VIP), K2: Terms(VIP, HURT), K3: Terms()} if was is None else was
    return Clients(DET, held, held if will is None else will)


def changed(before=None, after=None, area=Area.CUSTOMER_DISCOUNT, customers=()):
    rules = {} if before is None and after is None else {50: after}
    return Changed({50: before}, rules, dict.fromkeys(rules, area), frozenset(customers))


def books(*unchanged, before=None, after=None):
    rest = [(60 + place, rule) for place, rule in enumerate(unchanged)]
    was, will = ([] if one is None else [(50, one)] for one in (before, after))
    return Book.of([*rest, *was]), Book.of([*rest, *will])


def asked(before=None, after=None, *unchanged, area=Area.CUSTOMER_DISCOUNT, customers=(), of=None):
    was, will = books(*unchanged, before=before, after=after)
    found = cases_of(changed(before, after, area, customers), of or clients(), was, will, TODAY)
    return {
        thing: {(case.before, case.after, case.day): set(case.causes) for case in cases}
        for thing, cases in found.items()
    }


# --- the customers themselves


def test_price_types_somebody_buys_at():
    assert clients().price_types == {DET, HURT}
    assert clients({}).price_types == {DET}
    assert clients({K1: Terms(VIP, HURT)}, {K1: Terms(VIP)}).price_types == {DET}
    assert clients().price_types_of(VIP) == {DET, HURT}
    assert clients().price_types_of(0) == {DET}
    assert clients().price_types_of(OTHERS) == set()
    assert dict(clients().members) == {VIP: [K1, K2], 0: [K3]}


def test_customers_who_stay():
    was, will = {K1: Terms(), K2: Terms(VIP)}, {K2: Terms(OTHERS), K3: Terms()}
    held = Clients(DET, was, will)
    assert list(held.staying([K3, K2, K1])) == [(K2, Terms(VIP), Terms(OTHERS))]
    both = clients()
    assert [key for key, _, _ in both.staying({K3, K1})] == [K1, K3]


def test_price_types_before_and_after():
    was = {K1: Terms(), K2: Terms(price_type=HURT), K3: Terms()}
    will = {K1: Terms(price_type=HURT), K2: Terms(price_type=HURT), K3: Terms(price_type=HURT)}
    held = Clients(DET, was, will)
    stay = {(DET, DET): set(), (HURT, HURT): set()}
    assert held.moves({K1, K2, K3}) == stay | {(DET, HURT): {CARD1, (Area.CUSTOMER, K3)}}
    assert held.moves(set()) == stay
    own = Clients(DET, {K1: Terms()}, {K1: Terms(price_type=DET)})
    assert own.moves({K1}) == {(DET, DET): set()}


# --- whom to ask


def test_a_rule_for_everybody_is_asked_of_every_price_type():
    found = asked(percent(8, 10, what=T1), percent(8, 20, what=T1), area=Area.PUBLIC_DISCOUNT)
    guest, wholesale = Buyer(DET), Buyer(HURT)
    assert found == {(What.PRODUCT, T1): {(guest, guest, TODAY): {PUBLIC}, (wholesale, wholesale, TODAY): {PUBLIC}}}
    group = asked(None, percent(7, 20, what=G10), area=Area.PUBLIC_DISCOUNT)
    assert list(group) == [(What.GROUP, G10)]


def test_a_rule_that_moves_is_asked_about_in_both_places():
    found = asked(percent(8, 10, what=T1), percent(7, 10, what=G10), area=Area.PUBLIC_DISCOUNT)
    assert set(found) == {(What.PRODUCT, T1), (What.GROUP, G10)}


def test_a_rule_of_a_group_is_asked_of_its_customers():
    member, wholesale = Buyer(DET, group=VIP), Buyer(HURT, group=VIP)
    found = asked(None, percent(3, 20, VIP, G10))
    assert found == {(What.GROUP, G10): {(member, member, TODAY): {RULE}, (wholesale, wholesale, TODAY): {RULE}}}
    assert asked(None, percent(3, 20, OTHERS, G10)) == {}
    assert set(asked(None, percent(1, 20, VIP))) == {EVERYTHING}
    assert set(asked(None, fixed(12, "1", who=VIP))) == {(What.PRODUCT, T1)}


def test_a_rule_of_a_customer():
    one = Buyer(DET, K1, VIP)
    assert asked(None, percent(6, 20, K1, T1)) == {(What.PRODUCT, T1): {(one, one, TODAY): {RULE}}}
    assert asked(None, percent(5, 20, K1, G10)) == {(What.GROUP, G10): {(one, one, TODAY): {RULE}}}
    assert asked(None, fixed(13, "1", who=K1)) == {(What.PRODUCT, T1): {(one, one, TODAY): {RULE}}}
    assert asked(None, percent(6, 20, 99, T1)) == {}, "nobody of ours"


def test_rules_of_a_customer_are_asked_about_on_the_days_of_each():
    first, second = percent(6, 20, K1, T1, since=TODAY + 3 * DAY), percent(5, 10, K1, G10, until=TODAY + 4 * DAY)
    told = Changed({50: None, 51: None}, {50: first, 51: second}, dict.fromkeys((50, 51), Area.CUSTOMER_DISCOUNT))
    found = cases_of(told, clients(), Book.of([]), Book.of([(50, first), (51, second)]), TODAY)
    one = Buyer(DET, K1, VIP)
    days = [TODAY, TODAY + 3 * DAY, TODAY + 5 * DAY]
    assert {
        thing: sorted((case.day, case.before, case.after, set(case.causes)) for case in cases)
        for thing, cases in found.items()
    } == {
        (What.PRODUCT, T1): [(day, one, one, {RULE}) for day in days],
        (What.GROUP, G10): [(day, one, one, {(Area.CUSTOMER_DISCOUNT, 51)}) for day in days],
    }


def test_a_rule_that_passes_to_another_customer_is_asked_of_both():
    one, other = Buyer(DET, K1, VIP), Buyer(HURT, K2, VIP)
    found = asked(percent(6, 20, K1, T1), percent(6, 20, K2, T1))
    assert found == {(What.PRODUCT, T1): {(one, one, TODAY): {RULE}, (other, other, TODAY): {RULE}}}


def test_a_rule_on_everything_that_ends_is_asked_about_while_it_would_have_held():
    granted = Buyer(DET, percent=Decimal(20))
    found = asked(percent(2, 20, K1, until=TODAY), None)
    assert found == {EVERYTHING: {(granted, Buyer(DET), TODAY): {RULE}}}


def test_a_rule_of_a_customer_on_everything():
    """A customer nobody names on a product is a buyer like any other there: those of like terms are one."""
    found = asked(None, percent(2, 20, K1))
    assert found == {EVERYTHING: {(Buyer(DET), Buyer(DET, percent=Decimal(20)), TODAY): {RULE}}}
    named = asked(None, percent(2, 20, K1), percent(4, 5, VIP, 99))
    (pair,) = named[EVERYTHING]
    assert pair == (Buyer(DET, group=VIP), Buyer(DET, group=VIP, percent=Decimal(20)), TODAY)
    own = asked(None, percent(2, 20, K1), percent(6, 5, K1, T1), percent(5, 5, K1, G20))
    assert set(own) == {EVERYTHING, (What.PRODUCT, T1), (What.GROUP, G20)}
    before, after = Buyer(DET, K1, VIP), Buyer(DET, K1, VIP, Decimal(20))
    assert own[What.PRODUCT, T1] == {(before, after, TODAY): {RULE}}
    assert asked(percent(2, 20, K1), percent(2, 20, K1, until=TODAY)).get(EVERYTHING) == {
        (Buyer(DET, percent=Decimal(20)), Buyer(DET), TODAY + DAY): {RULE}
    }


def test_a_card_that_grants_less_or_more():
    was = {K1: Terms(discount=Decimal(5)), K2: Terms(discount=Decimal(5)), K3: Terms()}
    will = {K1: Terms(), K2: Terms(), K3: Terms(discount=Decimal(9))}
    found = asked(customers={K1, K2, K3}, of=Clients(DET, was, will))
    assert found == {
        EVERYTHING: {
            (Buyer(DET, percent=Decimal(5)), Buyer(DET), TODAY): {CARD1, CARD2},
            (Buyer(DET), Buyer(DET, percent=Decimal(9)), TODAY): {(Area.CUSTOMER, K3)},
        }
    }


def test_a_card_that_moves_to_another_price_type_or_group():
    was, will = {K1: Terms(VIP)}, {K1: Terms(OTHERS, HURT)}
    found = asked(None, None, percent(1, 5, VIP), percent(6, 5, K1, T1), customers={K1}, of=Clients(DET, was, will))
    assert found == {
        EVERYTHING: {(Buyer(DET, group=VIP), Buyer(HURT), TODAY): {CARD1}},
        (What.PRODUCT, T1): {(Buyer(DET, K1, VIP), Buyer(HURT, K1, OTHERS), TODAY): {CARD1}},
    }


def test_a_card_and_a_rule_together():
    was, will = {K1: Terms()}, {K1: Terms(discount=Decimal(9))}
    found = asked(None, percent(6, 5, K1, T1), customers={K1}, of=Clients(DET, was, will))
    assert found[EVERYTHING] == {(Buyer(DET), Buyer(DET, percent=Decimal(9)), TODAY): {CARD1}}
    known = (Buyer(DET, K1), Buyer(DET, K1, percent=Decimal(9)), TODAY)
    assert found[What.PRODUCT, T1] == {known: {CARD1, RULE}}


def test_a_card_that_changes_nothing_a_buyer_feels():
    found = asked(customers={K1}, of=Clients(DET, {K1: Terms(VIP)}, {K1: Terms(OTHERS)}))
    assert set(found) == {EVERYTHING}, "the group differs, though no rule names it"
    assert asked(customers={K1}, of=clients()) == {}


def test_who_comes_or_goes_is_asked_nothing():
    coming, going = Clients(DET, {}, {K1: Terms()}), Clients(DET, {K1: Terms()}, {})
    for of in (coming, going):
        assert asked(None, percent(2, 90, K1), customers={K1}, of=of) == {}


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ((None, None), (None, None), {0}),
        ((None, None), (TODAY + 3 * DAY, None), {0, 3}),
        ((None, TODAY + 5 * DAY), (None, None), {0, 6}),
        ((None, TODAY), (None, None), {0, 1}),
        ((TODAY + DAY, TODAY + 2 * DAY), (TODAY + 4 * DAY, TODAY + 7 * DAY), {0, 1, 3, 4, 8}),
        ((TODAY - 9 * DAY, TODAY - 5 * DAY), (TODAY, TODAY - DAY), {0}),
    ],
)
def test_a_rule_counts_on_the_days_it_begins_and_after_it_ends(before, after, days):
    old, new = (percent(8, 10, what=T1, since=since, until=until) for since, until in (before, after))
    found = asked(old, new, area=Area.PUBLIC_DISCOUNT)
    assert {day for _, _, day in found[What.PRODUCT, T1]} == {TODAY + one * DAY for one in days}


def test_a_rule_without_an_end_of_time():
    last = type(TODAY).max
    found = asked(None, percent(8, 10, what=T1, until=last), area=Area.PUBLIC_DISCOUNT)
    assert {day for _, _, day in found[What.PRODUCT, T1]} == {TODAY}


# --- whom to ask about a card


def about(thing, *rules, of=None):
    was, will = books(*rules)
    return {(case.before, case.after, case.day) for case in cases_of_thing(thing, of or clients(), was, will, TODAY)}


def test_everybody_is_asked_about_a_card_whose_discounts_begin():
    of = Clients(
        DET, {K1: Terms(VIP), K2: Terms(0, None, Decimal(9))}, {K1: Terms(VIP), K2: Terms(0, None, Decimal(9))}
    )
    guest, granted = Buyer(DET), Buyer(DET, percent=Decimal(9))
    assert about(EVERYTHING, of=of) == {(guest, guest, TODAY), (granted, granted, TODAY)}
    member, one = Buyer(DET, group=VIP), Buyer(DET, group=VIP, percent=Decimal(3))
    rules = (percent(1, 5, VIP), percent(2, 3, K1))
    assert about(EVERYTHING, *rules, of=of) == {
        (guest, guest, TODAY), (granted, granted, TODAY), (member, member, TODAY), (one, one, TODAY),
    }  # fmt: skip


def test_those_a_rule_on_the_thing_names():
    member, wholesale, one = Buyer(DET, group=VIP), Buyer(HURT, group=VIP), Buyer(DET, K1, VIP)
    rules = (percent(3, 5, VIP, G10), percent(5, 3, K1, G10), percent(7, 3, what=G10), percent(5, 1, 99, G10))
    assert about((What.GROUP, G10), *rules) == {
        (member, member, TODAY), (wholesale, wholesale, TODAY), (one, one, TODAY),
    }  # fmt: skip
    assert about((What.GROUP, G20), *rules) == set()
    assert about((What.PRODUCT, T1), percent(6, 5, K1, T1)) == {(one, one, TODAY)}


def test_those_a_rule_named_or_will_name_on_the_days_it_holds():
    one, thing = Buyer(DET, K1, VIP), (What.PRODUCT, T1)
    rule = percent(6, 5, K1, T1)
    for was, will in (books(before=rule), books(after=rule)):
        (case,) = cases_of_thing(thing, clients(), was, will, TODAY)
        assert (case.before, case.after, case.day) == (one, one, TODAY)
    guest, less = Buyer(DET), Buyer(DET, percent=Decimal(3))
    wholesale = Buyer(HURT)
    dated = percent(2, 3, K1, since=TODAY - DAY, until=TODAY + DAY)
    assert about(EVERYTHING, dated) == {
        (guest, guest, TODAY), (wholesale, wholesale, TODAY), (less, less, TODAY),
    }  # fmt: skip


# --- terms


def lost(before=None, after=None, *unchanged, customers=(), of=None, area=Area.CUSTOMER_DISCOUNT):
    was, will = books(*unchanged, before=before, after=after)
    found = lost_terms(changed(before, after, area, customers), of or clients(), was, will, TODAY)
    return {key: set(causes) for key, causes in found.items()}


def one(before, after):
    return Clients(DET, {K1: before}, {K1: after})


def dropped(rule, *unchanged, of=None):
    """A rule that goes; the plan says so by its key alone."""
    was, will = books(*unchanged, before=rule)
    told = Changed({50: rule}, {50: None}, {50: Area.CUSTOMER_DISCOUNT})
    return {key: set(causes) for key, causes in lost_terms(told, of or clients(), was, will, TODAY).items()}


@pytest.mark.parametrize(
    ("before", "after", "loses"),
    [
        (Terms(price_type=HURT), Terms(), True),
        (Terms(price_type=DET), Terms(), False),
        (Terms(price_type=HURT), Terms(price_type=DET), False),
        (Terms(), Terms(price_type=HURT), False),
        (Terms(discount=Decimal(5)), Terms(), True),
        (Terms(discount=Decimal(5)), Terms(discount=Decimal(0)), True),
        (Terms(discount=Decimal(5)), Terms(discount=Decimal(-5)), True),
        (Terms(discount=Decimal(5)), Terms(discount=Decimal("0.01")), False),
        (Terms(discount=Decimal(0)), Terms(), False),
        (Terms(discount=Decimal(-5)), Terms(), False),
        (Terms(), Terms(discount=Decimal(5)), False),
        (Terms(), Terms(blocked=True), True),
        (Terms(blocked=True), Terms(), False),
        (Terms(blocked=True), Terms(blocked=True), False),
        (Terms(VIP), Terms(OTHERS), False),
        (Terms(), Terms(), False),
    ],
)
def test_what_a_card_takes_away(before, after, loses):
    """Decision table 8.14: customers who lose terms."""
    assert lost(customers={K1}, of=one(before, after)) == ({K1: {CARD1}} if loses else {})
    assert lost(of=one(before, after)) == {}, "not by this plan"


def test_a_rule_on_everything_in_place_of_the_card():
    of = one(Terms(discount=Decimal(5)), Terms())
    assert lost(None, percent(2, 5, K1), customers={K1}, of=of) == {}
    assert lost(None, percent(2, 5, K1, until=TODAY), customers={K1}, of=of) == {}
    assert lost(None, percent(2, 5, K1, until=TODAY - DAY), customers={K1}, of=of) == {K1: {CARD1}}
    assert lost(None, percent(2, 0, K1), customers={K1}, of=of) == {K1: {CARD1}}
    assert lost(None, percent(2, 5, K2), customers={K1}, of=of) == {K1: {CARD1}}


def test_the_card_in_place_of_a_rule_on_everything():
    rule = percent(2, 5, K1)
    assert dropped(rule, of=one(Terms(), Terms())) == {K1: {RULE}}
    assert dropped(rule, of=one(Terms(), Terms(discount=Decimal(3)))) == {}
    assert dropped(rule, of=one(Terms(), Terms(discount=Decimal(0)))) == {K1: {RULE}}
    assert dropped(percent(6, 5, K1, T1), of=one(Terms(), Terms(discount=Decimal(3)))) == {K1: {RULE}}


def test_a_group_with_fewer_rules():
    of = one(Terms(VIP), Terms(OTHERS))
    assert lost(None, None, percent(1, 5, VIP), customers={K1}, of=of) == {K1: {CARD1}}
    assert lost(None, None, percent(1, 5, VIP), percent(1, 2, OTHERS), customers={K1}, of=of) == {}
    assert lost(None, None, percent(1, 5, VIP), percent(1, 2, OTHERS, until=TODAY), customers={K1}, of=of) == {}
    assert lost(None, None, percent(3, 5, VIP, G10), percent(3, 2, OTHERS, G20), customers={K1}, of=of) == {K1: {CARD1}}
    assert lost(None, None, percent(3, 5, VIP, G10), percent(3, 0, OTHERS, G10), customers={K1}, of=of) == {K1: {CARD1}}
    over = percent(1, 5, VIP, until=TODAY - DAY)
    assert lost(None, None, over, customers={K1}, of=of) == {}
    stays = one(Terms(VIP), Terms(VIP, HURT))
    assert dropped(percent(1, 5, VIP), of=stays) == {K1: {RULE}}


def test_rules_that_go():
    assert dropped(percent(6, 5, K1, T1)) == {K1: {RULE}}
    assert dropped(percent(1, 5, VIP)) == {K1: {RULE}, K2: {RULE}}
    assert dropped(percent(1, 5, OTHERS)) == {}
    assert dropped(percent(8, 5, what=T1)) == {}, "what everybody loses nobody in particular does"
    assert dropped(percent(6, 5, 99, T1)) == {}
    assert dropped(percent(6, 5, K1, T1, until=TODAY - DAY)) == {}
    assert dropped(percent(6, 5, K1, T1, until=TODAY)) == {K1: {RULE}}
    assert dropped(percent(6, 0, K1, T1)) == {}
    assert dropped(percent(6, 5, K1, T1), percent(6, 1, K1, T1)) == {}, "another one stands in its place"
    assert dropped(percent(6, 5, K1, T1), percent(6, 1, K1, 99)) == {K1: {RULE}}
    assert dropped(fixed(13, "5", who=K1)) == {K1: {RULE}}
    assert dropped(percent(6, 5, K1, T1), of=Clients(DET, {K1: Terms()}, {})) == {}
    assert dropped(percent(1, 5, 0)) == {}, "no group is no group of theirs"


def test_rules_that_change():
    rule = percent(6, 5, K1, T1)
    assert lost(rule, percent(6, 4, K1, T1)) == {}
    assert lost(rule, percent(6, 0, K1, T1)) == {K1: {RULE}}
    assert lost(rule, percent(6, 5, K1, 99)) == {K1: {RULE}}
    assert lost(rule, percent(6, 5, K2, T1)) == {K1: {RULE}}
    assert lost(rule, percent(6, 5, K1, T1, until=TODAY - DAY)) == {K1: {RULE}}
    assert lost(rule, percent(6, 5, K1, T1, since=TODAY + DAY)) == {}
    assert lost(None, rule) == {}


def test_card_and_rule_together_are_one_customer():
    was, will = books(before=percent(6, 5, K1, T1))
    told = Changed({50: percent(6, 5, K1, T1)}, {50: None}, {50: Area.CUSTOMER_DISCOUNT}, {K1})
    of = one(Terms(price_type=HURT), Terms())
    assert {key: set(causes) for key, causes in lost_terms(told, of, was, will, TODAY).items()} == {K1: {CARD1, RULE}}
