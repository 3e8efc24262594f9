"""What a shop cannot take is dropped or made smaller, and said so; what it can take goes as it is."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pomost.model.change import (
    Acknowledge,
    Amend,
    AmendBranch,
    Area,
    Assign,
    CreateBranch,
    Drop,
    DropSegment,
    Keep,
    Publish,
    Put,
    PutSegment,
    RegisterOrder,
    SetStatus,
    SetStock,
    Subject,
    Target,
    Unassign,
    Withdraw,
)
from pomost.model.customer import Assignment, Segment, SegmentSource
from pomost.model.entry import subject
from pomost.model.offer import Basis, Offer, Stock
from pomost.model.reason import Finding, Reason
from pomost.model.trade import StocksEntry
from pomost.model.unit import SalesUnit
from pomost.ports.capability import Ability, Can, ShopCapabilities, no, not_yet, yes
from pomost.rules.fit import fit

TARGET = Target(1, "S1", "p1")
ANY = Subject(Area.CUSTOMER, "c1", "c1")
OFFER = Offer("S1", SalesUnit("PCE", 1), recalculated=False, vat="23", price=Decimal(10), min_quantity=3)
SEGMENT = Segment("s1", "S", "", 1, SegmentSource.GROUP)
HIDDEN = Stock("MAG", 0, False, Basis.STOCK)
ENTRY = subject(Area.STOCKS, 1, "T1")
EVERYTHING = {
    "publish", "amend", "withdraw", "stock", "hide", "min_quantity", "branches", "customers", "segments", "orders",
    "statuses", "entries",
}  # fmt: skip


def blank(kind, **facts):
    """A change of which only its kind matters."""
    made = object.__new__(kind)
    for name, value in facts.items():
        object.__setattr__(made, name, value)
    return made


NEEDED = {
    "publish": [Publish(TARGET, OFFER)],
    "amend": [Amend(TARGET, OFFER, replace(OFFER, sku="S2"))],
    "stock": [SetStock(TARGET, None, HIDDEN)],
    "withdraw": [Withdraw(TARGET, OFFER, ())],
    "branches": [blank(CreateBranch), blank(AmendBranch)],
    "segments": [PutSegment(ANY, None, SEGMENT), DropSegment(ANY, SEGMENT)],
    "customers": [Assign(ANY, None, Assignment(1, "MAG", "s1")), Unassign(ANY, None)],
    "orders": [blank(Acknowledge)],
    "statuses": [blank(SetStatus)],
    "entries": [Put(ENTRY, None, StocksEntry(())), Drop(ENTRY), Keep(ENTRY)],
}
CASES = [(ability, change) for ability, changes in NEEDED.items() for change in changes]


def can(*abilities):
    return ShopCapabilities(**dict.fromkeys(abilities, yes()))


@pytest.mark.parametrize(
    ("ability", "change"), CASES, ids=lambda one: one if isinstance(one, str) else type(one).__name__
)
def test_a_shop_that_can_takes_the_very_change(ability, change):
    found = fit(change, can(*EVERYTHING))
    assert found is change or found == change
    assert not isinstance(fit(change, can(ability)), Finding)


@pytest.mark.parametrize(
    ("ability", "change"), CASES, ids=lambda one: one if isinstance(one, str) else type(one).__name__
)
def test_a_shop_that_cannot_says_why(ability, change):
    others = EVERYTHING - {ability}
    assert fit(change, can(*others)) == Finding.of(Reason.CANNOT_TAKE, why="unsaid")
    for answer in (no("bo nie", "just so"), not_yet("jeszcze nie", "just so")):
        able = replace(can(*others), **{ability: answer})
        assert fit(change, able) == Finding.of(Reason.CANNOT_TAKE, why="just so")


def test_without_a_reason_the_answer_itself_is_told():
    for ability in (Ability.NO, Ability.NOT_YET):
        able = ShopCapabilities(publish=Can(ability, no("", "").why))
        assert fit(Publish(TARGET, OFFER), able) == Finding.of(Reason.CANNOT_TAKE, why=str(ability))


def test_no_shop_ever_takes_a_document():
    assert isinstance(fit(blank(RegisterOrder), can(*EVERYTHING)), Finding)


def test_a_minimum_the_shop_does_not_know_is_left_out():
    less, bare = can("publish", "amend"), replace(OFFER, min_quantity=None)
    more = can("publish", "amend", "min_quantity")
    assert fit(Publish(TARGET, OFFER), less) == Publish(TARGET, bare)
    assert fit(Publish(TARGET, OFFER), more) == Publish(TARGET, OFFER)
    other = replace(OFFER, sku="S2")
    assert fit(Amend(TARGET, OFFER, other), less) == Amend(TARGET, bare, replace(other, min_quantity=None))
    assert fit(Amend(TARGET, None, other), less) == Amend(TARGET, None, replace(other, min_quantity=None))
    assert fit(Amend(TARGET, OFFER, other, again=True), more) == Amend(TARGET, OFFER, other, again=True)
    assert fit(Amend(TARGET, OFFER, other, again=True), less).again


def test_a_shop_that_hides_nothing_is_told_quantities_alone():
    at = datetime(2026, 11, 24, tzinfo=UTC)
    change = SetStock(TARGET, Stock("MAG", 4, True, Basis.STOCK), HIDDEN, as_of=at)
    assert fit(change, can("stock")) == replace(change, after=replace(HIDDEN, visible=None))
    assert fit(change, can("stock", "hide")) == change


def test_a_shop_without_segments_is_told_the_branch_alone():
    change = Assign(ANY, None, Assignment(1, "MAG", "s1"), again=True)
    assert fit(change, can("customers")) == replace(change, after=Assignment(1, "MAG", None))
    assert fit(change, can("customers", "segments")) == change
