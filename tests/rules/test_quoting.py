"""What a buyer pays: the worked examples of the contract (section 20), and the edges of its precedence (7.1, 7.2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pomost.model.assortment import Tax
from pomost.model.trade import What, Who
from pomost.rules.quoting import Book, Buyer, deepens, granted, place_of, quote
from tests.rules.selling import (
    DET,
    G1,
    G10,
    G20,
    GROSS,
    HURT,
    K1,
    NET,
    RULES,
    T1,
    TODAY,
    VIP,
    fixed,
    goods,
    percent,
    tags,
)

PRICES = tags((HURT, "90.00", NET), (DET, "123.00"))
GUEST, DAY = Buyer(DET), timedelta(days=1)


def book(*types, **more):
    """Rules of the examples by their types, and others by a name."""
    rules = [(type_, RULES[type_]) for type_ in types]
    return Book.of([*rules, *((100 + place, rule) for place, rule in enumerate(more.values()))])


def k1(held, price_type=DET, card=None, day=TODAY):
    return Buyer(price_type, K1, VIP, granted(K1, card, held, day))


def asked(held, buyer=GUEST, day=TODAY, one=None, prices=PRICES):
    return quote(T1, one or goods(), prices.at(buyer.price_type), buyer, held, day)


def paid(held, buyer=GUEST, day=TODAY, one=None):
    found = asked(held, buyer, day, one)
    return round(found.gross, 2), found.rule


ALL = tuple(RULES)


@pytest.mark.parametrize(
    ("left", "price", "rule"),
    [
        (ALL, "116.85", 6),
        ((5, 2, 4, 3, 1, 8, 7), "110.70", 5),
        ((2, 4, 3, 1, 8, 7), "108.24", None),
        ((4, 3, 1, 8, 7), "104.55", 4),
        ((3, 1, 8, 7), "113.16", 3),
        ((1, 8, 7), "98.40", 1),
        ((8, 7), "92.25", 8),
        ((7,), "86.10", 7),
        ((), "123.00", None),
    ],
)
def test_the_first_rank_wins_not_the_largest_percent(left, price, rule):
    """Examples 2 to 6: it takes each rank away in turn."""
    held = book(*left)
    assert paid(held, k1(held)) == (Decimal(price), rule)
    assert asked(held, k1(held)).granted is (left == (2, 4, 3, 1, 8, 7))


def test_a_guest_is_named_by_nobody():
    """Examples 1 and 6."""
    assert paid(book()) == (Decimal("123.00"), None)
    assert paid(book(*ALL)) == (Decimal("92.25"), 8)
    assert paid(book(6, 5, 2, 4, 3, 1)) == (Decimal("123.00"), None)


def test_the_card_stands_in_for_a_rule_on_everything():
    """Example 3: 7 % of the card, and still before type 4."""
    held = book(4, 3, 1)
    assert paid(held, k1(held, card=Decimal(7))) == (Decimal("114.39"), None)
    both = book(2, 4)
    assert paid(both, k1(both, card=Decimal(7))) == (Decimal("108.24"), None)
    none = book(4)
    assert paid(none, k1(none, card=Decimal(0))) == (Decimal("104.55"), 4)


def test_another_price_type():
    """Example 5: net prices are reduced all the same, and 20 % of the group beat 25 % for everybody."""
    held = book(1, 8, 7)
    assert paid(held, k1(held, HURT)) == (Decimal("88.56"), 1)


def test_a_percent_of_nought_ends_the_search():
    held = book(8, nought=percent(6, 0, K1, T1))
    assert paid(held, k1(held)) == (Decimal("123.00"), 100)
    nothing = book(8, nought=percent(2, 0, K1))
    assert paid(nothing, k1(nothing)) == (Decimal("123.00"), None)
    assert asked(nothing, k1(nothing)).granted


def test_a_fixed_price_is_the_price():
    """Example 7: no percent follows, whatever it would take off."""
    held = Book.of([(1, fixed(11, "99.00")), (2, percent(6, 50, K1, T1))])
    assert paid(held, k1(held)) == (Decimal("99.00"), 1)


def test_fixed_prices_by_rank_and_currency():
    """Example 8: the rank decides, not the lowest; another currency does not count."""
    ranked = [(13, fixed(13, "85.00", NET, who=K1)), (12, fixed(12, "99.00", who=VIP)), (11, fixed(11, "95.00"))]
    held = Book.of(ranked)
    assert paid(held, k1(held)) == (Decimal("104.55"), 13)
    abroad = Book.of([(13, fixed(13, "85.00", NET, "EUR", who=K1)), *ranked[1:]])
    assert paid(abroad, k1(abroad)) == (Decimal("99.00"), 12)
    assert paid(abroad) == (Decimal("95.00"), 11)
    assert paid(Book.of(ranked[:2])) == (Decimal("123.00"), None), "a guest is neither"
    member = Buyer(DET, group=VIP)
    assert paid(held, member) == (Decimal("99.00"), 12)
    assert paid(Book.of([(11, fixed(11, "0"))])) == (Decimal(0), 11)


def test_a_fixed_price_names_somebody_and_has_its_days():
    nobodys = book(a=fixed(13, "1"), b=fixed(12, "2"), c=percent(7, 50, what=1))
    assert paid(nobodys, one=goods(None)) == (Decimal("123.00"), None)
    held = book(a=fixed(11, "60", since=TODAY, until=TODAY))
    days = [TODAY - DAY, TODAY, TODAY + DAY]
    assert [paid(held, day=day)[0] for day in days] == [Decimal("123.00"), Decimal("60.00"), Decimal("123.00")]


def test_the_latest_rule_of_a_rank_counts_while_it_holds():
    """Example 9."""
    held = Book.of(
        [
            (1, percent(6, 10, K1, T1, date(2026, 11, 1), date(2026, 11, 30))),
            (2, percent(6, 15, K1, T1, date(2026, 11, 20), date(2026, 11, 30))),
            (3, percent(2, 12, K1)),
        ]
    )
    for day, price, rule in (
        (date(2026, 11, 15), "110.70", 1),
        (date(2026, 11, 30), "104.55", 2),
        (date(2026, 12, 1), "108.24", None),
        (date(2026, 10, 31), "108.24", None),
        (date(2026, 11, 1), "110.70", 1),
        (date(2026, 11, 20), "104.55", 2),
    ):
        assert paid(held, k1(held, day=day), day) == (Decimal(price), rule), day


def test_of_rules_that_began_together_the_highest_key_counts():
    same = [(9, percent(8, 10, what=T1)), (12, percent(8, 20, what=T1)), (11, percent(8, 30, what=T1))]
    assert paid(Book.of(same)) == (Decimal("98.40"), 12)
    later = [*same, (1, percent(8, 5, what=T1, since=TODAY))]
    assert paid(Book.of(later)) == (Decimal("116.85"), 1)
    both = [(2, percent(8, 5, what=T1, since=TODAY)), (1, percent(8, 6, what=T1, since=TODAY - DAY))]
    assert paid(Book.of(both))[1] == 2


def test_goods_without_discounts():
    """Example 10: percents stop, fixed prices do not."""
    held = book(*ALL)
    assert paid(held, k1(held), one=goods(no_discount=True)) == (Decimal("123.00"), None)
    fixing = Book.of([*RULES.items(), (11, fixed(11, "99.00"))])
    assert paid(fixing, k1(fixing), one=goods(no_discount=True)) == (Decimal("99.00"), 11)


def test_only_the_default_group_counts():
    """Example 11."""
    elsewhere = Book.of([(1, percent(7, 30, what=G20)), (2, percent(7, 30, what=G1))])
    assert paid(elsewhere) == (Decimal("123.00"), None)
    assert paid(book(7)) == (Decimal("86.10"), 7)
    assert paid(book(7), one=goods(None)) == (Decimal("123.00"), None)
    assert paid(Book.of([(3, percent(5, 10, K1, G20))]), Buyer(DET, K1), one=goods(G20))[1] == 3
    assert paid(Book.of([(3, percent(3, 10, VIP, G20))]), Buyer(DET, group=VIP), one=goods(G20))[1] == 3


def test_vat_is_added_where_there_is_any():
    held = Book.of([])
    net = tags((DET, "100.00", NET))
    for one, gross in (
        (goods(), "123.00"),
        (goods(rate="8.00"), "108.00"),
        (goods(kind=Tax.EXEMPT), "100.00"),
        (goods(kind=Tax.NOT_SUBJECT), "100.00"),
    ):
        assert asked(held, one=one, prices=net).gross == Decimal(gross)
    assert asked(Book.of([(1, fixed(11, "50", NET))]), prices=net).gross == Decimal("61.50")
    assert asked(Book.of([(1, fixed(11, "50", None))]), prices=net).gross == Decimal("61.50"), (
        "net where nothing is said"
    )


def test_a_surcharge_makes_it_dearer():
    assert paid(Book.of([(1, percent(8, -10, what=T1))])) == (Decimal("135.30"), 1)


# --- the book


def test_a_book_changed_leaves_the_other_as_it_was():
    held = book(8, 7, 2)
    new = percent(8, 50, what=T1)
    changed = held.changed({8: RULES[8], 7: RULES[7]}, {8: new, 7: None, 20: percent(6, 1, K1, T1)})
    assert (paid(held)[1], paid(changed)[1]) == (8, 8)
    assert paid(changed)[0] == Decimal("61.50")
    assert changed.winner((7, 0, G10), TODAY) is None
    assert changed.winner((6, K1, T1), TODAY) == (20, percent(6, 1, K1, T1))
    assert changed.winner((2, K1, 0), TODAY) == (2, RULES[2])
    assert held.winner((7, 0, G10), TODAY) == (7, RULES[7])
    moved = held.changed({8: RULES[8]}, {8: percent(8, 50, what=99)})
    assert moved.winner((8, 0, T1), TODAY) is None
    assert moved.winner((8, 0, 99), TODAY) == (8, percent(8, 50, what=99))
    beside = Book.of([(1, percent(8, 1, what=T1)), (2, percent(8, 2, what=T1))])
    assert beside.changed({1: percent(8, 1, what=T1)}, {1: None}).winner((8, 0, T1), TODAY)[0] == 2
    assert beside.changed({}, {3: percent(8, 3, what=T1)}).winner((8, 0, T1), TODAY)[0] == 3
    assert beside.changed({}, {0: percent(8, 3, what=T1)}).winner((8, 0, T1), TODAY)[0] == 2, "the others stay"
    assert beside.changed({9: None}, {9: None}).winner((8, 0, T1), TODAY)[0] == 2
    unknown = book().changed({8: RULES[8]}, {8: None})
    assert unknown.winner((8, 0, T1), TODAY) is None, "a rule the book never held"


@pytest.mark.parametrize(
    ("rule", "lasts"),
    [
        (percent(8, 10, what=T1), True),
        (percent(8, 10, what=T1, since=TODAY + DAY), True),
        (percent(8, 10, what=T1, until=TODAY), True),
        (percent(8, 10, what=T1, until=TODAY - DAY), False),
        (percent(8, 0, what=T1), False),
        (percent(8, -5, what=T1), False),
        (percent(8, "0.01", what=T1), True),
    ],
)
def test_what_is_granted_now_or_later(rule, lasts):
    assert Book.of([(1, rule)]).lasting((8, 0, T1), TODAY) is lasts
    assert not Book.of([(1, rule)]).lasting((8, 0, 99), TODAY)
    assert Book.of([(1, rule), (2, percent(8, 1, what=T1))]).lasting((8, 0, T1), TODAY)


def test_a_fixed_price_is_granted_at_any_price():
    assert Book.of([(1, fixed(11, "0"))]).lasting((11, 0, T1), TODAY)
    assert Book.of([(1, fixed(13, "5", who=K1))]).lasting((13, K1, T1), TODAY)


def test_who_is_named():
    held = book(*ALL)
    assert set(held.places_of(Who.CUSTOMER, K1)) == {(6, K1, T1), (5, K1, G10), (2, K1, 0)}
    assert set(held.places_of(Who.CUSTOMER_GROUP, VIP)) == {(4, VIP, T1), (3, VIP, G10), (1, VIP, 0)}
    assert held.places_of(Who.CUSTOMER, VIP) == []
    assert held.concerned(What.PRODUCT, T1) == {(Who.CUSTOMER, K1), (Who.CUSTOMER_GROUP, VIP)}
    assert held.concerned(What.GROUP, G10) == {(Who.CUSTOMER, K1), (Who.CUSTOMER_GROUP, VIP)}
    assert held.concerned(What.ALL_PRODUCTS, 0) == {(Who.CUSTOMER, K1), (Who.CUSTOMER_GROUP, VIP)}
    assert held.concerned(What.GROUP, G20) == set()
    assert book(8, 7).concerned(What.PRODUCT, T1) == set()


def test_how_deep_a_price_may_fall():
    held = book(*ALL)
    assert held.depth(T1, G10) == 30
    assert held.depth(T1, None) == 25
    assert held.depth(99, G10) == 30
    assert held.depth(99, None) == 20, "what a group of customers is granted on everything"
    assert book(2).depth(T1, G10) == 0, "what one customer is granted on everything is asked for apart"
    assert Book.of([(1, percent(8, -5, what=T1)), (2, percent(8, 3, what=T1))]).depth(T1, None) == 3
    assert Book.of([(1, percent(8, -5, what=T1))]).depth(T1, None) == 0
    assert Book.of([(1, percent(7, 5, what=1))]).depth(T1, None) == 0, "in no group"
    assert book().depth(T1, G10) == 0
    two = Book.of([(1, percent(4, 40, VIP, T1)), (2, percent(6, 10, K1, T1))])
    assert two.depth(T1, None) == 40
    ended = percent(8, 80, what=T1, until=TODAY - DAY)
    assert Book.of([(1, ended), (2, percent(8, 3, what=T1))]).depth(T1, None) == 80, "on whatever day"
    assert Book.of([(1, fixed(11, "500"))]).depth(T1, None) == 0


def test_how_deep_it_may_fall_for_one_buyer():
    guest, member, known = Buyer(DET), Buyer(DET, group=VIP), Buyer(DET, K1, VIP)
    rules = [(1, percent(6, 60, K1, T1)), (2, percent(5, 50, K1, G10)), (3, percent(4, 40, VIP, T1))]
    rules += [
        (4, percent(3, 30, VIP, G10)),
        (5, percent(1, 20, VIP)),
        (6, percent(8, 10, what=T1)),
        (7, percent(7, 5, what=G10)),
    ]
    depths = []
    while rules:
        held = Book.of(rules)
        depths.append([int(held.depth_for(one, T1, G10)) for one in (guest, member, known)])
        rules.pop(0)
    assert depths == [[10, 40, 60], [10, 40, 50], [10, 40, 40], [10, 30, 30], [10, 20, 20], [10, 10, 10], [5, 5, 5]]
    assert book(*ALL).depth_for(guest, T1, None) == 25
    assert book(*ALL).depth_for(guest, 99, G20) == 0
    assert Book.of([(1, percent(8, -5, what=T1))]).depth_for(guest, T1, None) == 0
    assert book(2).depth_for(known, T1, G10) == 0
    assert Book.of([(1, percent(7, 5, what=1))]).depth_for(guest, T1, None) == 0, "in no group"
    dearer = [(key, percent(key, -5, rule.who_key, rule.what_key)) for key, rule in RULES.items()]
    assert Book.of(dearer).depth_for(known, T1, G10) == 0, "whoever pays more everywhere is granted nothing"


def test_goods_with_a_fixed_price():
    held = Book.of([(1, fixed(11, "5")), (2, fixed(12, "5", who=VIP, what=8)), (3, fixed(13, "5", who=K1, what=9))])
    assert [held.fixes(one) for one in (T1, 8, 9, 10)] == [True, True, True, False]
    assert not book(*ALL).fixes(T1)
    assert not held.changed({1: fixed(11, "5")}, {1: None}).fixes(T1)


def test_the_deepest_percent_and_the_largest_surcharge():
    assert book(*ALL).deepest == 30
    assert book(2).deepest == 0
    assert book(2, 6).deepest == 5
    assert Book.of([(1, fixed(11, "1")), (2, fixed(12, "1", who=VIP)), (3, fixed(13, "1", who=K1))]).deepest == 0
    assert Book.of([(1, percent(8, -5, what=T1))]).deepest == -5
    assert book(*ALL).surcharge == 0
    assert book().surcharge == 0
    assert Book.of([(1, percent(8, -5, what=T1)), (2, percent(2, -40, K1)), (3, fixed(11, "1"))]).surcharge == 40


def test_places():
    assert place_of(percent(6, 5, K1, T1)) == (6, K1, T1)
    assert place_of(fixed(11, "1")) == (11, 0, T1)


@pytest.mark.parametrize(
    ("was", "now", "deep"),
    [
        (None, percent(8, 50, what=T1), False),
        (None, percent(8, "50.01", what=T1), True),
        (percent(8, 10, what=T1), percent(8, 55, what=T1), False),
        (percent(8, 10, what=T1), percent(8, "55.01", what=T1), True),
        (percent(8, 90, what=T1), percent(8, 94, what=T1), False),
        (percent(8, 90, what=T1), percent(8, 96, what=T1), True),
        (percent(8, 99, what=T1), percent(8, 10, what=T1), False),
        (percent(8, -60, what=T1), percent(8, 21, what=T1), True),
        (percent(8, 90, what=T1), percent(8, 94, what=2), True),
        (percent(8, 90, what=T1), percent(7, 94, what=T1), True),
        (percent(6, 90, K1, T1), percent(6, 94, 8, T1), True),
        (None, fixed(11, "500"), True),
        (fixed(11, "10"), fixed(11, "5"), False),
        (fixed(11, "10"), fixed(11, "4.99"), True),
        (fixed(11, "10"), fixed(11, "50"), False),
        (fixed(11, "10", currency="EUR"), fixed(11, "50"), True),
        (fixed(11, "10", what=5), fixed(11, "50"), True),
        (fixed(11, "10"), fixed(11, "0"), True),
    ],
)
def test_a_rule_that_by_itself_takes_off_too_much(was, now, deep):
    assert deepens(was, now, Decimal("0.50")) is deep


def test_how_much_is_too_much_is_the_settings():
    assert deepens(None, percent(8, 21, what=T1), Decimal("0.20"))
    assert not deepens(None, percent(8, 20, what=T1), Decimal("0.20"))
    assert not deepens(fixed(11, "10"), fixed(11, "8"), Decimal("0.20"))
    assert deepens(fixed(11, "10"), fixed(11, "7.99"), Decimal("0.20"))


def test_gross_and_net_of_a_price_type():
    assert asked(Book.of([])).gross == Decimal("123.00")
    assert asked(Book.of([]), Buyer(HURT)).gross == Decimal("110.70")
    assert PRICES.at(9) is None
    assert PRICES.at(DET).basis is GROSS
