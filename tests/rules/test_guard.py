"""The guard: which changes are alarms, how they are counted, and what of them waits for a person."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.account import CustomerEntry
from pomost.model.change import (
    Amend,
    Area,
    Assign,
    Drop,
    DropSegment,
    Keep,
    Publish,
    Put,
    SetStock,
    Subject,
    Target,
    Unassign,
    Withdraw,
)
from pomost.model.customer import Assignment, Segment, SegmentSource
from pomost.model.entry import subject
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.policy import GuardPolicy
from pomost.model.trade import PriceLine, PricesEntry, StockLine, StocksEntry
from pomost.model.unit import SalesUnit
from pomost.rules.guard import Alarm, Tally, alarm_of, alarms_of, in_stock, tally

POLICY = GuardPolicy()
T1, T2 = Target(1, "S1", "p1"), Target(2, "S2", "p2")
PIECE, PACK = SalesUnit("PCE", 1), SalesUnit("PU", 6)
OFFER = Offer("S1", PIECE, recalculated=False, vat="23", price=Decimal(10), price_kind=PriceKind.NET, currency="PLN")
SEGMENT = Segment("s1", "S", "", 1, SegmentSource.GROUP)
SOMEBODY = Subject(Area.CUSTOMER, "c1", "c1")


def offer(price, unit=PIECE, **facts):
    return replace(OFFER, price=None if price is None else Decimal(price), unit=unit, **facts)


def stock(quantity, visible=None, branch="MAG"):
    return Stock(branch, quantity, visible, Basis.STOCK)


def priced(*lines):
    """Lines as (price type, value) or (price type, value, currency)."""
    return PricesEntry(
        tuple(PriceLine(one[0], Decimal(one[1]), PriceKind.GROSS, one[2] if len(one) > 2 else "PLN") for one in lines)
    )


def stocked(*quantities):
    return StocksEntry(tuple(StockLine(place, Decimal(one), Basis.STOCK) for place, one in enumerate(quantities)))


def put(before, after, area=Area.PRICES):
    return Put(subject(area, 1, "T1"), before, after)


# --- one change


def test_kinds_that_are_alarms_whatever_they_hold():
    assert alarm_of(Withdraw(T1, None, ()), POLICY) is Alarm.WITHDRAWN
    assert alarm_of(Unassign(SOMEBODY, None), POLICY) is Alarm.UNASSIGNED
    assert alarm_of(DropSegment(SOMEBODY, SEGMENT), POLICY) is Alarm.UNASSIGNED


@pytest.mark.parametrize("area", list(Area))
def test_what_is_dropped(area):
    wanted = {Area.PRODUCT: Alarm.WITHDRAWN, Area.CUSTOMER: Alarm.UNASSIGNED}
    assert alarm_of(Drop(subject(area, 1, "x")), POLICY) is wanted.get(area)
    assert alarm_of(Drop(subject(area, 1, "x"), again=True), POLICY) is None, "it was taken back before"


def test_what_is_none():
    assert alarm_of(Publish(T1, OFFER), POLICY) is None
    assert alarm_of(Keep(subject(Area.PRODUCT, 1, "x")), POLICY) is None
    assert alarm_of(put(None, CustomerEntry("K", False, ("K",)), Area.CUSTOMER), POLICY) is None


@pytest.mark.parametrize(
    ("before", "after", "alarm"),
    [
        (stock(1), stock(0), Alarm.ZEROED),
        (stock(2), stock(1), None),
        (stock(0), stock(0), None),
        (stock(0), stock(5), None),
        (None, stock(0), None),
        (None, stock(0, visible=False), None),
        (stock(-1), stock(0), None),
        (stock(1), stock(-1), Alarm.ZEROED),
        # hidden: nobody sees it any more, though there was nothing to buy
        (stock(0, visible=True), stock(0, visible=False), Alarm.HIDDEN),
        (stock(0, visible=None), stock(0, visible=False), Alarm.HIDDEN),
        (stock(0, visible=False), stock(0, visible=False), None),
        (stock(0, visible=False), stock(1, visible=True), None),
        (stock(0, visible=True), stock(0, visible=None), None),
        (stock(3, visible=True), stock(2, visible=False), Alarm.HIDDEN),
        (stock(3, visible=True), stock(0, visible=False), Alarm.ZEROED),
    ],
)
def test_stock(before, after, alarm):
    assert alarm_of(SetStock(T1, before, after), POLICY) is alarm


@pytest.mark.parametrize(
    ("before", "after", "jumps"),
    [
        (offer("10"), offer("15"), False),
        (offer("10"), offer("15.01"), True),
        (offer("10"), offer("5"), False),
        (offer("10"), offer("4.99"), True),
        (offer("10"), offer("0"), True),
        (offer("0"), offer("100"), False),
        (offer("-1"), offer("100"), False),
        (offer(None), offer("100"), False),
        (offer(None), offer(None), False),
        (None, offer("100"), False),
        # per piece: H.25 `price jump not per piece`
        (offer("10"), offer("60", PACK), False),
        (offer("10"), offer("90", PACK), False),
        (offer("10"), offer("90.06", PACK), True),
        (offer("10"), offer("29.94", PACK), True),
        (offer("10"), offer("10", PACK), True),
        (offer("60", PACK), offer("10"), False),
        (offer("60", PACK), offer("60"), True),
        # a price nobody sets stays as it stands, in whatever unit
        (offer("10"), offer(None), False),
        (offer("60", PACK), offer(None), True),
        (offer("10"), offer(None, PACK), True),
        # another currency cannot be compared
        (offer("10"), offer("10", currency="EUR"), True),
        (offer("10"), offer(None, currency=None), False),
        (offer("10", currency="EUR"), offer("10"), True),
        (offer("10"), offer("10", currency="pln".upper()), False),
        (offer("10", PACK), offer("2.4"), False),
        (offer("1"), offer("0.4"), True),
        (offer("2.4"), offer("10", PACK), False),
    ],
)
def test_offers(before, after, jumps):
    assert alarm_of(Amend(T1, before, after), POLICY) is (Alarm.PRICE_JUMP if jumps else None)


def test_the_jump_is_the_settings():
    change = Amend(T1, offer("10"), offer("12"))
    assert alarm_of(change, GuardPolicy(price_jump=Decimal("0.20"))) is None
    assert alarm_of(change, GuardPolicy(price_jump=Decimal("0.19"))) is Alarm.PRICE_JUMP


@pytest.mark.parametrize(
    ("before", "after", "jumps"),
    [
        (priced((2, 10)), priced((2, 15)), False),
        (priced((2, 10)), priced((2, "15.01")), True),
        (priced((2, 10)), priced((2, 5)), False),
        (priced((2, 10)), priced((2, "4.99")), True),
        (priced((2, 10), (3, 10)), priced((2, 10), (3, 1)), True),
        (priced((2, 10), (3, 10)), priced((2, 1), (3, 10)), True),
        (priced((2, 0)), priced((2, 50)), False),
        (priced((2, 10)), priced((3, 50)), False),
        (priced((2, 10)), priced(), False),
        (priced(), priced((2, 50)), False),
        (priced((2, 1)), priced((2, "1.4")), False),
        (priced((2, 10)), priced((2, 10, "EUR")), True),
        (priced((2, 10, "EUR")), priced((2, 10)), True),
        (priced((2, 1)), priced((2, 5)), True),
        (priced((2, 10)), priced((2, 10, "pln".upper())), False),
        (None, priced((2, 50)), False),
    ],
)
def test_prices_of_entries(before, after, jumps):
    assert alarm_of(put(before, after), POLICY) is (Alarm.PRICE_JUMP if jumps else None)


@pytest.mark.parametrize(
    ("before", "after", "alarm"),
    [
        (stocked(1, 0), stocked(0, 0), Alarm.ZEROED),
        (stocked(1, 2), stocked(0, 3), None),
        (stocked("0.5"), stocked(0), Alarm.ZEROED),
        (stocked(0, 0), stocked(0, 0), None),
        (stocked(1), stocked(), Alarm.ZEROED),
        (stocked(2, -1), stocked(1, -1), Alarm.ZEROED),
        (None, stocked(0), None),
    ],
)
def test_stock_of_entries(before, after, alarm):
    assert alarm_of(put(before, after, Area.STOCKS), POLICY) is alarm


@pytest.mark.parametrize(
    ("quantities", "there"), [((), False), ((0,), False), ((1,), True), ((1, -1), False), ((-1,), False)]
)
def test_in_stock(quantities, there):
    assert in_stock(stocked(*quantities).lines) is there


@pytest.mark.parametrize(
    ("before", "after", "alarm"),
    [
        (Assignment(1, "MAG", "s1"), Assignment(1, "MAG", ""), Alarm.UNASSIGNED),
        (Assignment(1, "MAG", "s1"), Assignment(1, "MAG", "s2"), None),
        (Assignment(1, "MAG", "s1"), Assignment(1, "MAG", None), None),
        (Assignment(1, "MAG", ""), Assignment(1, "MAG", ""), None),
        (Assignment(1, "MAG", None), Assignment(1, "MAG", ""), None),
        (None, Assignment(1, "MAG", ""), None),
    ],
)
def test_a_customer_who_loses_the_segment(before, after, alarm):
    assert alarm_of(Assign(SOMEBODY, before, after), POLICY) is alarm


# --- unit, price and quantity of one offer


def test_where_the_unit_moves_everything_of_the_offer_waits_together():
    """Decision table 8.18: unit, price and quantity of an offer move together."""
    moved = Amend(T1, offer("10"), offer("10", PACK))
    counted, other = SetStock(T1, stock(60), stock(10)), SetStock(T2, stock(5), stock(4))
    assert alarms_of([moved, counted, other], POLICY) == [Alarm.PRICE_JUMP, Alarm.PRICE_JUMP, None]
    assert tally([moved, counted, other], POLICY) == Tally(jumped=1)


def test_a_unit_waits_with_a_stock_that_goes_to_nought():
    moved = Amend(T1, offer("10"), offer("60", PACK))
    first, second = SetStock(T1, stock(5), stock(0)), SetStock(T1, stock(60, None, "FIL"), stock(10, None, "FIL"))
    assert alarms_of([moved, first, second], POLICY) == [Alarm.ZEROED] * 3
    assert alarms_of([first, second, moved], POLICY) == [Alarm.ZEROED] * 3
    assert tally([moved, first, second], POLICY) == Tally(zeroed=1)


def test_of_two_alarms_of_a_stock_the_first_counts_and_the_price_before_both():
    hidden = SetStock(T1, stock(0, visible=True), stock(0, visible=False))
    zeroed = SetStock(T1, stock(5, None, "FIL"), stock(0, None, "FIL"))
    moved = Amend(T1, offer("10"), offer("60", PACK))
    jumped = Amend(T1, offer("10"), offer("10", PACK))
    assert alarms_of([moved, hidden, zeroed], POLICY) == [Alarm.HIDDEN] * 3
    assert alarms_of([zeroed, hidden, jumped], POLICY) == [Alarm.PRICE_JUMP] * 3


def test_where_the_unit_stands_each_change_waits_for_itself():
    amended, zeroed = Amend(T1, offer("10"), offer("90")), SetStock(T1, stock(5), stock(0))
    assert alarms_of([amended, zeroed], POLICY) == [Alarm.PRICE_JUMP, Alarm.ZEROED]
    assert tally([amended, zeroed], POLICY) == Tally(jumped=1, zeroed=1)


def test_a_unit_that_moves_without_an_alarm():
    moved, counted = Amend(T1, offer("10"), offer("60", PACK)), SetStock(T1, stock(60), stock(10))
    other = SetStock(T2, stock(5), stock(0))
    assert alarms_of([moved, counted, other], POLICY) == [None, None, Alarm.ZEROED]
    leaving = Withdraw(T1, None, ())
    assert alarms_of([moved, leaving], POLICY) == [None, Alarm.WITHDRAWN]


# --- tallies


def test_products_are_counted_not_changes():
    changes = [
        SetStock(T1, stock(1), stock(0)),
        SetStock(T1, stock(1, None, "FIL"), stock(0, None, "FIL")),
        SetStock(T2, stock(1), stock(0)),
        Withdraw(T2, None, ()),
        SetStock(T2, stock(0, visible=True, branch="KRA"), stock(0, visible=False, branch="KRA")),
        Unassign(SOMEBODY, None),
        DropSegment(Subject(Area.CUSTOMER, "s1", "s1"), SEGMENT),
    ]
    assert tally(changes, POLICY) == Tally(withdrawn=1, zeroed=2, unassigned=1, hidden=1)
    assert tally([], POLICY) == Tally()


EVERYTHING = {
    Alarm.WITHDRAWN: 1,
    Alarm.ZEROED: 2,
    Alarm.PRICE_JUMP: 3,
    Alarm.UNASSIGNED: 4,
    Alarm.HIDDEN: 5,
    Alarm.CHEAPER: 6,
    Alarm.TERMS: 7,
}


def test_a_tally_adds_up_alarm_by_alarm():
    whole = Tally.by(EVERYTHING)
    assert whole == Tally(1, 2, 3, 4, 5, 6, 7)
    assert {alarm: whole.of(alarm) for alarm in EVERYTHING} == EVERYTHING
    assert whole + Tally(10, 20, 30, 40, 50, 60, 70) == Tally(11, 22, 33, 44, 55, 66, 77)
    assert [whole.of(alarm) for alarm in (Alarm.EMPTIED, Alarm.SWEPT, Alarm.RESTORED)] == [0, 0, 0]
    assert Tally.by({}) == Tally()


def test_a_tally_of_at_least_so_many():
    assert Tally(hidden=3).at_least(Alarm.HIDDEN, 5) == Tally(hidden=5)
    assert Tally(hidden=3).at_least(Alarm.HIDDEN, 3) == Tally(hidden=3)
    assert Tally(hidden=3).at_least(Alarm.HIDDEN, 1) == Tally(hidden=3)
    assert Tally(hidden=3).at_least(Alarm.SWEPT, 9) == Tally(hidden=3)
