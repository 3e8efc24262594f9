"""Texts and days on the document: what may stand there, and what is told of what may not (decision tables 8.12, 8.13)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pomost.model.branch import Address
from pomost.model.order import OrderKey, Permit
from pomost.model.order_policy import OrderPolicy
from pomost.model.reason import Finding, Reason
from pomost.model.text import cleaned
from pomost.ports.capability import ErpCapabilities
from pomost.rules.order_remarks import delivery_day, remarks
from tests.rules.orders import POLICY, TODAY, decide, facts, line, order, reasons

CP1250 = ErpCapabilities(code_page="cp1250")


def written(remarks, can=CP1250, **more):
    decision = decide(order(remarks=remarks, **more), facts(can=can))
    return decision.draft.remarks, decision.findings


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Proszę\x00 dzwonić\x07", "Proszę dzwonić"),
        ("Sok\x0b jab\x01łkowy\u202e 1l", "Sok jabłkowy 1l"),
        ("Po\r\n15.\t", "Po 15."),
        ("a\x85b\u2028c", "a b c"),
        ("\u2067odwrotnie\u2069\u200f", "odwrotnie"),
        ("o\u0301s\u0301", "óś"),
        ("\x9fa\x7fb", "ab"),
        ("\udcfcx", "x"),
    ],
)
def test_control_characters_leave_nothing_behind(typed, left):
    """Decision table 8.12: C0, C1 and marks of direction are removed, NFC is made; nothing needs telling of that."""
    assert written(typed) == (left, ())
    assert cleaned(cleaned(typed)) == cleaned(typed)


def test_every_text_of_an_order_is_cleaned():
    """Decision table 8.12: method, payment and number too."""
    ordered = order(delivery_method="kurier\x01", payment_method="prze\u202elew", number="ZAM\x00/1")
    draft = decide(ordered, facts(can=CP1250)).draft
    assert draft.remarks == "Zamówienie ZAM/1\nDostawa: kurier\nPłatność: przelew"
    assert draft.original_number.isascii()
    assert draft.original_number.isprintable()


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Façade – ñandú ø", "Façade – nandú ?"),
        ("→ wejście ✓", "? wejście ?"),
        ("№ 7", "No 7"),
        ("❤\ufe0f", "?"),
        ("Привіт", "??????"),
    ],
)
def test_what_the_code_page_cannot_hold_is_told_as_it_will_stand(typed, stands):
    """Decision table 8.12: no sign is lost without a word."""
    text, found = written(typed)
    assert (text, [str(one.reason) for one in found]) == (stands, ["ORDER_TEXT_REPLACED"])
    assert dict(found[0].facts)["text"] == stands
    assert written(typed, ErpCapabilities())[1] == (), "an ERP that holds any sign"


def test_a_polish_text_is_told_nothing_of():
    assert written("Zażółć gęślą jaźń – „ok” …€")[1] == ()


def test_a_text_cut_is_told_as_it_stands_after_the_cut():
    text, found = written("→" * 600)
    assert text == "?" * 499 + "…"
    assert [str(one.reason) for one in found] == ["ORDER_REMARKS_CUT", "ORDER_TEXT_REPLACED"]
    assert dict(found[1].facts)["text"] == text


KEY = OrderKey("", "ZAM/000001", "ZAM/000001")
PLACED = datetime(2028, 2, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (date(2028, 2, 29), True),
        (date(2028, 2, 28), False),
        (date(2030, 2, 28), True),
        (date(2030, 3, 1), False),
        (date(1, 1, 1), False),
        (date(9999, 12, 31), False),
        (None, True),
    ],
)
def test_a_delivery_day_outside_sense_is_left_out_and_told(asked, kept):
    """Decision table 8.13: [order's day, +2 years]; the order goes on without it."""
    decision = decide(order(placed_at=PLACED, requested_date=asked))
    assert decision.draft.due == (asked if kept else None)
    assert reasons(decision) == ([] if kept else ["ORDER_DATE_LEFT_OUT"])


def test_a_day_that_is_left_out_does_not_judge_a_permit():
    """Decision table 8.13 and 8.10: nobody delivers in the year 9999, so the permit has to be valid today."""
    policy = replace(POLICY, orders=OrderPolicy(enabled=True, status="new", permits=True))
    permit = Permit("A", TODAY)
    ordered = order(line(1, permit="A"), permits=(permit,), requested_date=date(9999, 12, 31))
    assert reasons(decide(ordered, policy=policy)) == ["ORDER_DATE_LEFT_OUT"]


@pytest.mark.parametrize(
    "facts_of_order,text",
    [
        ({"payment_method": "przelew", "paid": True}, "Płatność: przelew, zapłacone"),
        ({"payment_method": "przelew", "payment_days": 14, "paid": True}, "Płatność: przelew 14 dni, zapłacone"),
        ({"paid": True}, "Płatność: zapłacone"),
        ({"payment_days": 14, "paid": True}, "Płatność: 14 dni, zapłacone"),
        ({"payment_days": 14}, ""),
        ({"delivery": Address("Polna", "1", "", "05-800", "Pruszków")}, "Dostawa: Polna 1, 05-800 Pruszków"),
        ({"delivery": Address("Polna", "1", "2", "05-800", "Pruszków")}, "Dostawa: Polna 1/2, 05-800 Pruszków"),
        ({"delivery": Address("", "", "", "05-800", "Pruszków")}, "Dostawa: 05-800 Pruszków"),
        ({"delivery": Address("Polna", "1", "", "", "")}, "Dostawa: Polna 1"),
        (
            {"delivery": Address("Xawerego Dunikowskiego", "1", "", "02-784", "Warszawa")},
            "Dostawa: Xawerego Dunikowskiego 1, 02-784 Warszawa",
        ),
    ],
)
def test_what_the_remarks_say_of_payment_and_of_the_place(facts_of_order: dict[str, object], text: str) -> None:
    assert remarks(order(**facts_of_order), KEY, ErpCapabilities(), whole=True) == (text, [])


def test_remarks_of_the_very_length_stay_whole() -> None:
    """Decision table 8.12: only what does not fit is cut."""
    can = ErpCapabilities(remarks=10)
    assert remarks(order(remarks="x" * 10), KEY, can, whole=True) == ("x" * 10, [])
    cut = Finding.of(Reason.ORDER_REMARKS_CUT, limit=10)
    assert remarks(order(remarks="x" * 11), KEY, can, whole=True) == ("x" * 9 + "…", [cut])


def test_a_shortened_number_is_told_with_what_stands_for_it() -> None:
    key = replace(KEY, original="ZAM~ABC")
    told = Finding.of(Reason.ORDER_NUMBER_SHORTENED, number="ZAM/000001", original="ZAM~ABC")
    assert remarks(order(), key, ErpCapabilities(), whole=False) == ("Zamówienie ZAM/000001", [told])


@pytest.mark.parametrize(
    ("asked", "kept"), [(date(2028, 11, 24), True), (date(2028, 11, 25), False), (date(2026, 11, 23), False)]
)
def test_two_years_end_on_the_orders_own_day(asked: date, kept: bool) -> None:
    """Decision table 8.13: [order's day, +2 years], and what is left out is told with what was allowed."""
    told = Finding.of(Reason.ORDER_DATE_LEFT_OUT, asked=asked, day="2026-11-24", years=2)
    assert delivery_day(order(requested_date=asked)) == ((asked, []) if kept else (None, [told]))
