"""Prices that fall by a plan, for whom, and which buyers there is no need to ask."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pomost.model.selling import Tags
from pomost.model.subject import Area
from pomost.rules.effects import Case, Fall, Loss, Shown, Touched, crowds
from pomost.rules.quoting import Buyer
from tests.rules.selling import (
    DET,
    G10,
    G20,
    HALF,
    HURT,
    K1,
    LEVELS,
    NET,
    PRICE,
    PRODUCT,
    SOLD,
    T1,
    TODAY,
    TREE,
    VIP,
    comparison,
    fixed,
    goods,
    percent,
    scene,
    shown,
    tags,
)


def case(before=None, after=None, causes=(), **buyer):
    one = Buyer(**{"price_type": DET, **buyer})
    return Case(before or one, after or before or one, TODAY, frozenset(causes))


def fall(one=None, after=SOLD, before=SOLD, was=(), will=(), jump=HALF, **touched):
    held = comparison(scene(TREE, LEVELS, *will), scene(TREE, LEVELS, *was), jump, **touched)
    found = held.fall(T1, before, after, one or case())
    return None if found is None else set(found.causes) | ({"buyer"} if found.of_buyer else set())


RULE = {"rules": {50: Area.PUBLIC_DISCOUNT}}


def public(value, kind=8, what=T1, **dates):
    return [(50, percent(kind, value, what=what, **dates))]


def test_a_price_that_falls_by_more_than_half():
    """Decision table 8.14: more than half, for some buyer."""
    cause = {(Area.PUBLIC_DISCOUNT, 50)}
    assert fall(will=public(50), **RULE) is None
    assert fall(will=public("50.01"), **RULE) == cause
    assert fall(was=public(10), will=public(55), **RULE) is None
    assert fall(was=public(10), will=public("55.01"), **RULE) == cause
    assert fall(was=public(90), will=public(10), **RULE) is None
    assert fall(will=public(21), jump=Decimal("0.20"), **RULE) == cause
    assert fall(will=public(20), jump=Decimal("0.20"), **RULE) is None
    assert fall(will=public(100), jump=Decimal(1), **RULE) is None


def test_a_rule_that_goes_may_lay_a_deeper_one_bare():
    of_customer = [(60, percent(6, 5, K1, T1))]
    one = case(customer=K1)
    found = fall(one, was=[*of_customer, *public(80)], will=public(80), rules={60: Area.CUSTOMER_DISCOUNT})
    assert found == {(Area.CUSTOMER_DISCOUNT, 60)}


def test_a_price_is_compared_by_the_rules_of_the_day():
    day, cause = timedelta(days=1), {(Area.PUBLIC_DISCOUNT, 50)}
    assert fall(will=public(90, since=TODAY, until=TODAY), **RULE) == cause
    assert fall(will=public(90, since=TODAY + day), **RULE) is None
    assert fall(was=public(90, until=TODAY - day), will=public(90), **RULE) == cause
    assert fall(was=public(90, until=TODAY), will=public(90), **RULE) is None


def test_a_fall_nothing_of_the_plan_causes_is_none():
    assert fall(will=public(90)) is None
    assert fall(will=public(90), rules={51: Area.PUBLIC_DISCOUNT}) is None


def test_only_what_the_buyer_can_have_before_and_after_is_compared():
    assert fall(case(price_type=9), will=public(90), **RULE) is None
    without = shown(tags=tags((HURT, "90.00", NET)))
    assert fall(after=without, will=public(90), **RULE) is None
    assert fall(before=without, will=public(90), **RULE) is None
    assert fall(after=Shown(None), will=public(90), **RULE) is None
    assert fall(before=Shown(None), will=public(90), **RULE) is None
    assert fall(after=shown(goods=None), will=public(90), **RULE) is None, "prices of goods that are not there"
    assert fall(before=shown(goods=None), will=public(90), **RULE) is None
    euros = shown(tags=tags((DET, "10.00", NET, "EUR")))
    assert fall(after=euros, will=public(90), **RULE) is None
    free = shown(tags=tags((DET, "0")))
    assert fall(before=free, after=free, will=public(90), **RULE) is None


def test_a_buyer_who_moves_to_cheaper_prices():
    cheap = shown(tags=tags((HURT, "10.00", NET), (DET, "123.00")))
    moved = case(Buyer(DET), Buyer(HURT), [(Area.CUSTOMER, K1)])
    assert fall(moved, cheap, cheap) == {"buyer"}
    assert fall(moved, SOLD, SOLD) is None
    granted = case(Buyer(DET), Buyer(DET, percent=Decimal(70)), [(Area.CUSTOMER, K1)])
    assert fall(granted) == {"buyer"}
    same = case(Buyer(DET, percent=Decimal(70)), causes=[(Area.CUSTOMER, K1)])
    assert fall(same) is None


def test_a_price_that_falls_with_a_rule():
    lower = shown(tags=tags((HURT, "90.00", NET), (DET, "70.00")))
    found = fall(after=lower, will=public(40), prices={T1}, **RULE)
    assert found == {(Area.PUBLIC_DISCOUNT, 50), PRICE}
    assert fall(after=lower, will=public(40), **RULE) == {(Area.PUBLIC_DISCOUNT, 50)}
    assert fall(will=public(60), prices={T1}, **RULE) == {(Area.PUBLIC_DISCOUNT, 50)}


def test_a_card_that_moves_among_its_discounts():
    cleared = [(50, percent(7, 90, what=G20))]
    moved = shown(goods=goods(G20))
    assert fall(after=moved, was=cleared, will=cleared, cards={T1}) == {PRODUCT}
    assert fall(after=moved, was=cleared, will=cleared) is None
    stopped = shown(goods=goods(no_discount=True))
    rule = public(90)
    assert fall(before=stopped, was=rule, will=rule, cards={T1}) == {PRODUCT}
    asked = shown(goods=goods(ignore_stock=True))
    assert fall(after=asked, was=[], will=rule, cards={T1}, **RULE) == {(Area.PUBLIC_DISCOUNT, 50)}


def test_a_fixed_price_that_comes():
    will = [(50, fixed(11, "50.00"))]
    assert fall(will=will, **RULE) == {(Area.PUBLIC_DISCOUNT, 50)}
    assert fall(will=[(50, fixed(11, "61.50"))], **RULE) is None
    both = fall(
        was=[(50, fixed(11, "123"))],
        will=[(51, fixed(11, "1"))],
        rules={50: Area.PUBLIC_DISCOUNT, 51: Area.PUBLIC_DISCOUNT},
    )
    assert both == {(Area.PUBLIC_DISCOUNT, 50), (Area.PUBLIC_DISCOUNT, 51)}


# --- whom there is no need to ask


@pytest.mark.parametrize(
    ("surcharge", "jump", "enough"),
    [(0, HALF, "50"), (0, Decimal("0.20"), "20"), (0, Decimal(1), "100"), (20, HALF, "40"), (100, HALF, "0")],
)
def test_up_to_which_percent_no_price_falls_too_far(surcharge, jump, enough):
    was = scene(TREE, LEVELS, (1, percent(8, -surcharge, what=99)))
    assert comparison(was=was, jump=jump).enough == Decimal(enough)


def crowd(*cases):
    (found,) = crowds(cases)
    return found


def may(one=None, before=SOLD, after=SOLD, was=(), will=(), jump=HALF):
    held = comparison(scene(TREE, LEVELS, *will), scene(TREE, LEVELS, *was), jump)
    return held.may_fall(T1, before, after, one or crowd(case()))


def test_nobody_is_asked_where_no_discount_is_deep_enough():
    assert not may(will=[(1, percent(7, 50, what=G10))])
    assert may(will=[(1, percent(7, "50.01", what=G10))])
    assert not may(will=[(1, percent(7, 90, what=G20))])
    assert may(after=shown(goods=goods(G20)), will=[(1, percent(7, 90, what=G20))])
    assert not may(before=shown(goods=goods(G20)), will=[(1, percent(7, 90, what=G20))])
    assert may(will=[(1, percent(7, 21, what=G10))], jump=Decimal("0.20"))
    assert not may(was=[(1, percent(7, 90, what=G10))])


def test_whoever_paid_more_before_may_find_it_cheaper():
    assert may(was=[(1, percent(8, -20, what=99))], will=[(2, percent(7, 41, what=G10))])
    assert not may(was=[(1, percent(8, -20, what=99))], will=[(2, percent(7, 40, what=G10))])
    paid = crowd(case(Buyer(DET, percent=Decimal(-20)), Buyer(DET)))
    assert may(paid, will=[(2, percent(7, 41, what=G10))])
    assert not may(paid, will=[(2, percent(7, 40, what=G10))])
    assert not may(paid, was=[(1, percent(8, -30, what=99))], will=[(2, percent(7, 35, what=G10))])


def test_a_start_price_that_falls_needs_less_of_a_discount():
    lower = shown(tags=tags((HURT, "90.00", NET), (DET, "73.80")))
    assert not may(after=lower)
    assert may(after=lower, will=[(1, percent(7, 17, what=G10))])
    assert not may(after=lower, will=[(1, percent(7, 16, what=G10))])
    assert may(after=shown(tags=tags((DET, "61.49"))))
    assert not may(after=shown(tags=tags((DET, "61.50"))))
    assert not may(
        after=shown(goods=goods(rate="8.00"), tags=tags((DET, "61.50"))), before=shown(goods=goods(rate="8.00"))
    )
    net = shown(tags=tags((DET, "100.00", NET)))
    assert may(after=replace(net, goods=goods(rate="0.00")), before=net, will=[(1, percent(7, 40, what=G10))])


def test_nobody_is_asked_about_what_cannot_be_had():
    deep = [(1, percent(7, 90, what=G10))]
    assert may(will=deep)
    assert not may(before=Shown(None), will=deep)
    assert not may(after=Shown(None), will=deep)
    assert not may(before=shown(goods=None), will=deep)
    assert not may(after=shown(goods=None), will=deep)
    assert not may(crowd(case(price_type=9)), will=deep)
    assert not may(after=shown(tags=tags((HURT, "1"))), will=deep)
    assert not may(before=shown(tags=tags((HURT, "1"))), will=deep)


def test_a_fixed_price_may_be_any():
    assert may(was=[(1, fixed(11, "500"))])
    assert may(will=[(1, fixed(12, "500", who=VIP))])
    assert not may(will=[(1, fixed(11, "1", what=99))])


def test_whom_a_rule_names():
    """Of everybody together somebody may be granted enough; of guests nobody is."""
    of_group = [(1, percent(1, 80, VIP))]
    together = crowd(case(), case(group=VIP), case(customer=K1, group=VIP))
    assert may(together, will=of_group)
    assert [may(part, will=of_group) for part in together.parts] == [False, True, True]
    of_customer = [(1, percent(6, 80, K1, T1))]
    assert may(together, will=of_customer)
    assert [may(part, will=of_customer) for part in together.parts] == [False, False, True]
    on_the_group = [(1, percent(5, 80, K1, G10))]
    assert [may(part, will=on_the_group) for part in together.parts] == [False, False, True]
    on_another = [(1, percent(5, 80, K1, G20))]
    assert [may(part, will=on_another) for part in together.parts] == [False, False, False]


def test_what_a_buyer_is_granted_on_everything_counts():
    assert may(crowd(case(Buyer(DET), Buyer(DET, percent=Decimal(51)))))
    assert not may(crowd(case(Buyer(DET), Buyer(DET, percent=Decimal(50)))))
    assert not may(crowd(case(Buyer(DET, percent=Decimal(90)), Buyer(DET))))
    both = crowd(case(Buyer(DET), Buyer(DET, percent=Decimal(10))), case(Buyer(DET), Buyer(DET, percent=Decimal(90))))
    assert may(both)


def test_another_price_type_may_be_cheaper():
    cheap = shown(tags=tags((HURT, "10.00", NET), (DET, "123.00")))
    assert may(crowd(case(Buyer(DET), Buyer(HURT))), cheap, cheap)
    assert not may(crowd(case(Buyer(HURT), Buyer(DET))), cheap, cheap)
    assert not may(crowd(case(Buyer(DET), Buyer(HURT))))


def test_buyers_by_what_they_have_in_common():
    guest, richer, member = case(), case(Buyer(DET), Buyer(DET, percent=Decimal(9))), case(group=VIP)
    moved, dearer = case(Buyer(DET), Buyer(HURT)), case(Buyer(DET, percent=Decimal(-7)), Buyer(DET))
    retail, wholesale = crowds([guest, richer, member, moved, dearer])
    assert (retail.price_types, retail.buyer, retail.moves) == ((DET, DET), None, False)
    assert (retail.most, retail.paid, retail.cases) == (9, 7, ())
    assert (wholesale.price_types, wholesale.moves) == ((DET, HURT), True)
    assert (wholesale.most, wholesale.paid) == (0, 0)
    assert [part.buyer for part in retail.parts] == [Buyer(DET), Buyer(DET, group=VIP)]
    assert retail.parts[0].cases == (guest, richer, dearer)
    assert (retail.parts[0].most, retail.parts[0].paid) == (9, 7)
    assert (retail.parts[1].cases, retail.parts[1].parts) == ((member,), ())
    assert (retail.parts[1].most, retail.parts[1].paid) == (0, 0)
    assert [part.price_types for part in wholesale.parts] == [(DET, HURT)]
    assert crowds([]) == []
    named = case(customer=K1, group=VIP)
    assert [part.buyer for part in crowd(member, named).parts] == [member.after, named.after]


def test_what_nobody_says_is_nothing():
    assert Shown(goods()).tags == Tags()
    assert Shown(goods()).stocked
    assert Loss() == Loss(frozenset(), ())
    assert Fall(frozenset(), of_buyer=True).of_buyer
    assert Touched() == Touched(frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), {})
