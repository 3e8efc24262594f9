"""Rights of the key: tried, and the service's 403 believed (contract, section 17)."""

import uuid

import pytest

from pomost.conformance.expecting import fault_of
from pomost.conformance.shelves import publication, stocked
from pomost.connectors.shop.mstore.account import lacking
from pomost.connectors.shop.mstore.rows import Account
from pomost.model.branch import ShopBranch
from pomost.model.change import Area, CreateBranch, Subject, Withdraw
from pomost.model.outcome import Done
from pomost.model.reason import Reason
from pomost.ports.fault import Forbidden, Refused
from pomost.sandbox.mstore.access import FULL
from tests.connectors.mstore_shop import served
from tests.worlds import ean


@pytest.fixture
def mstore():
    with served() as shop:
        yield shop


def without(mstore, *missing):
    return mstore.connect(key=mstore.shop.issue_key([one for one in FULL if one not in missing]))


def send(shop, *changes):
    return list(shop.send(changes, str(uuid.uuid4())))


def account(*scopes):
    return Account(distributor_id="d", name="n", scopes=list(scopes), server_time="2026-11-30T10:00:00Z")


@pytest.mark.parametrize(
    ("scopes", "missing"),
    [
        ((), []),
        (FULL, []),
        (("assignments:write", "oferta:zapis", "orders:accept"), []),
        (("offers:read", "offers:write", "orders:accept"), []),
        (("offers:read", "assignments:write"), ["offers:write"]),
        (("customers:read", "orders:read", "orders:write"), ["customers:write"]),
    ],
)
def test_only_names_the_service_uses_itself_can_be_missed(scopes, missing):
    assert lacking(account(*scopes)) == missing


def test_every_right_is_tried_whatever_the_account_lists(mstore):
    shop = without(mstore, *FULL)
    list(shop.check())
    able = shop.can
    assert all((able.branches, able.customers, able.segments, able.orders, able.statuses, able.publish, able.stock))


def test_a_batch_that_is_forbidden_is_an_outcome_of_each_item_and_asked_once(mstore):
    ids = [mstore.shop.add_product(ean(number), f"Towar {number}").id for number in range(1, 5)]
    offers = [publication(one, number) for number, one in enumerate(ids, 1)]
    shop = without(mstore, "stocks:write")
    outcomes = send(shop, *offers, *(stocked(one, "MAG", 5) for one in ids))
    assert [type(one) for one in outcomes[:4]] == [Done] * 4
    assert {(one.reason.reason, one.retry) for one in outcomes[4:]} == {(Reason.SHOP_FORBIDDEN, False)}
    assert "/v1/stocks:batch" in str(outcomes[4].reason.facts)
    assert len(mstore.asked("/v1/stocks:batch")) == 1, "it is not halved: each half would be refused too"
    (kept,) = send(shop, Withdraw(offers[0].target, offers[0].offer, ("MAG",)))
    assert kept.reason.reason is Reason.SHOP_FORBIDDEN


def test_a_branch_that_may_not_be_made_is_an_outcome(mstore):
    made = ShopBranch("SOP", "Sopot")
    (outcome,) = send(without(mstore, "branches:write"), CreateBranch(Subject(Area.BRANCH, "SOP", "Sopot"), made))
    assert outcome.reason.reason is Reason.SHOP_FORBIDDEN


def test_what_may_not_be_read_is_a_fault_of_its_own_kind(mstore):
    fault = fault_of(without(mstore, "segments:read").segments, Forbidden)
    assert isinstance(fault, Refused)
    assert "/v1/segments" in fault.text.en
    assert "Poproś M/store o klucz" in fault.advice.pl


def test_segments_that_may_not_be_read_are_not_asked_for_again(mstore):
    shop = without(mstore, "segments:read")
    shop.units()
    assert shop.can.segments
    fault_of(shop.segments, Forbidden)
    assert not shop.can.segments
    assert shop.can.segments.why.pl
