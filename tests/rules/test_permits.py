"""Alcohol permits match the delivery point as a whole address (decision table 8.10)."""

from dataclasses import replace
from datetime import date

import pytest

from pomost.model.branch import Address
from pomost.model.order import Permit
from pomost.model.order_policy import OrderPolicy
from pomost.model.reason import Finding, Reason
from pomost.rules.permits import Place, check_permits, covers, place_of
from tests.rules.orders import POLICY, decide, line, order, reasons

LUNA = Address("Długa", "1", "", "00-238", "Warszawa")
SPLIT = {
    "Długa 1, Warszawa": ("warszawa", "długa", "1"),
    "Warszawa, Długa 1": ("warszawa", "długa", "1"),
    "00-238 WARSZAWA ,  Długa  1 ": ("warszawa", "długa", "1"),
    "Długa 1, 00-238, Warszawa": ("warszawa", "długa", "1"),
    "ul. Długa 1A/12, Warszawa": ("warszawa", "ul. długa", "1a/12"),
    "Długa 1 / 2, Warszawa": ("warszawa", "długa", "1/2"),
    "3 Maja 5, Łódź": ("łódź", "3 maja", "5"),
    "Aleja 1000-lecia 7b, Łódź": ("łódź", "aleja 1000-lecia", "7b"),
    "Mnichowo 132": ("mnichowo", "", "132"),
    "Długa 11": ("długa", "", "11"),
}
NO_PLACE = [
    "Długa 1 Warszawa",
    "Sklep, Długa 1, Warszawa",
    "Długa, Warszawa",
    "Długa 1, Warszawa 2",
    "Warszawa",
    "1",
    "Hala 1, Długa 1, Warszawa",
    ",",
    "dowolne miejsce",
]


@pytest.mark.parametrize("text", SPLIT)
def test_a_place_is_split_into_city_street_and_number(text):
    """Decision table 8.10: fields after the normalisation of 4.1, and nothing dropped but the postal code."""
    assert place_of(text) == Place(*SPLIT[text])


@pytest.mark.parametrize("text", NO_PLACE)
def test_a_text_that_cannot_be_split_does_not_match(text):
    """Decision table 8.10: nobody guesses a place."""
    assert place_of(text) is None
    assert not covers(text, LUNA)


MATCHES = {
    "Warszawa, Długa 1": True,
    "długa 1,  WARSZAWA": True,
    "Dłu\u0301ga 1, Warszawa": False,
    "Długa 11, Warszawa": False,
    "Długa 1": False,
    "Długa 11": False,
    "Długa 1A, Warszawa": False,
    "Długa 1/2, Warszawa": False,
    "Kraków, Długa 1": False,
    "ul. Długa 1, Warszawa": False,
    "Krótka 1, Warszawa": False,
    "Nowa Długa 1, Warszawa": False,
    "Długa 1, Nowa Warszawa": False,
    "": True,
    "  ": True,
}


@pytest.mark.parametrize("text", MATCHES)
def test_only_the_very_address_is_covered(text):
    """Decision table 8.10: equal as a whole, never a part of a text; a permit without a place is good anywhere."""
    assert covers(text, LUNA) is MATCHES[text]


def test_a_flat_may_be_named_or_not():
    flat = replace(LUNA, flat_number="2")
    assert [covers(f"Długa {number}, Warszawa", flat) for number in ("1", "1/2", "1/3", "2")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_village_without_streets():
    village = Address("", "132", "", "62-200", "Mnichowo")
    assert covers("Mnichowo 132", village)
    assert covers("62-200 Mnichowo 132", village)
    assert not covers("Mnichowo 13", village)
    assert not covers("Mnichowo 132", replace(village, street="Mnichowo", city="Gniezno"))


@pytest.mark.parametrize(
    ("place", "delivery", "passes"),
    [
        ("Polna 1, Pruszków", Address("Polna", "1", "", "05-800", "Pruszków"), True),
        ("Jutrzenki 116, Warszawa", Address("Polna", "1", "", "05-800", "Pruszków"), False),
        ("Jutrzenki 116, Warszawa", None, True),
        ("Polna 1, Pruszków", None, False),
    ],
)
def test_the_delivery_point_decides_and_the_buyers_address_without_one(place, delivery, passes):
    """Decision table 8.10: the delivery address, or the buyer's where no delivery point is given."""
    policy = replace(POLICY, orders=OrderPolicy(enabled=True, status="new", permits=True))
    permit = Permit("A", date(2027, 1, 1), place)
    decision = decide(order(line(1, permit="A"), permits=(permit,), delivery=delivery), policy=policy)
    assert reasons(decision) == ([] if passes else ["ORDER_PERMIT_MISSING"])


def test_a_space_inside_the_house_number_of_an_address_does_not_matter() -> None:
    """Decision table 8.10: `1 A` of the address is `1A` of the permit."""
    house = replace(LUNA, house_number="1 A", flat_number="2")
    assert covers("Długa 1A, Warszawa", house)
    assert covers("Długa 1A/2, Warszawa", house)
    assert not covers("Długa 1, Warszawa", house)


def test_a_missing_permit_is_told_with_its_line_class_and_day() -> None:
    """Decision table 8.10: each line by itself; a permit of one class says nothing of another."""
    ordered = order(line(1), line(2, permit="A"), line(3, permit="C"), permits=(Permit("A", date(2026, 12, 1)),))
    assert list(check_permits(ordered, date(2026, 12, 1))) == [
        Finding.of(Reason.ORDER_PERMIT_MISSING, line=3, category="C", day="2026-12-01"),
    ]
    assert list(check_permits(ordered, date(2026, 12, 2))) == [
        Finding.of(Reason.ORDER_PERMIT_MISSING, line=2, category="A", day="2026-12-02"),
        Finding.of(Reason.ORDER_PERMIT_MISSING, line=3, category="C", day="2026-12-02"),
    ]
