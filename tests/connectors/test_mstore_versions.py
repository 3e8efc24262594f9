"""A service that demands versions in batches (contract, section 17): read first, sent, and read again once they moved."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pomost.conformance.shelves import publication, stocked
from pomost.model.change import Amend, Assign, SetStatus, Subject, Withdraw
from pomost.model.customer import Assignment
from pomost.model.order import Stage
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.sandbox.mstore.access import FULL
from tests.connectors.between import Demanding
from tests.connectors.mstore_shop import served
from tests.worlds import ean

OFFERS, STOCKS = "/v1/offers:batch", "/v1/stocks:batch"


@pytest.fixture
def mstore():
    with served(max_batch=50) as shop:
        yield shop


@pytest.fixture
def demanding(mstore):
    """A connector, and the demanding service in front of it."""
    shop = mstore.connect()
    return shop, Demanding(mstore.shop, shop)


def products(mstore, count):
    return [mstore.shop.add_product(ean(number), f"Towar {number}").id for number in range(1, count + 1)]


def send(shop, *changes):
    return list(shop.send(changes, str(uuid.uuid4())))


def amended(first, price):
    return Amend(first.target, first.offer, replace(first.offer, price=Decimal(price)))


@pytest.mark.parametrize("count", [3, 12], ids=["one by one", "by the list"])
def test_what_is_not_there_yet_goes_without_a_version_and_what_is_there_over_its_own(mstore, demanding, count):
    shop, between = demanding
    offers = [publication(one, number) for number, one in enumerate(products(mstore, count), 1)]
    assert {type(one) for one in send(shop, *offers)} == {Done}
    other, fresh = mstore.connect(), [amended(one, "3.00") for one in offers]
    between = Demanding(mstore.shop, other)
    assert {type(one) for one in send(other, *fresh)} == {Done}
    first, second = between.batches(OFFERS)
    assert all("if_version" not in item for item in first), "nobody asked for versions yet"
    assert all(item["if_version"] for item in second)
    reads = [path for path in between.reads() if path.startswith("/v1/offers")]
    assert len(reads) == (3 if count == 3 else 1)
    assert {type(one) for one in send(other, *(amended(one, "4.00") for one in offers))} == {Done}
    assert len(between.batches(OFFERS)) == 3, "once it was demanded, versions go along at once"
    assert [path for path in between.reads() if path.startswith("/v1/offers")] == reads, "the one last seen is known"


def test_a_version_that_moved_is_read_again_and_the_item_sent_once_more(mstore, demanding):
    shop, between = demanding
    ids = products(mstore, 2)
    offers = [publication(one, number) for number, one in enumerate(ids, 1)]
    send(shop, *offers)
    send(shop, *(amended(one, "3.00") for one in offers))
    between.meddle = lambda: mstore.shop.set_price_in_panel(ids[0], "9.99")
    assert [type(one) for one in send(shop, *(amended(one, "4.00") for one in offers))] == [Done, Done]
    assert {item.offer.price for item in mstore.connect().shelf()} == {Decimal("4.00")}
    assert len(between.batches(OFFERS)[-1]) == 1, "only what moved is sent once more"


def test_a_version_that_moves_for_ever_is_for_later(mstore, demanding):
    shop, between = demanding
    (one,) = products(mstore, 1)
    first = publication(one, 1)
    send(shop, first)
    prices = iter(range(10, 100))

    def meddle():
        mstore.shop.set_price_in_panel(one, f"{next(prices)}.00")
        between.meddle = meddle

    between.meddle = meddle
    (late,) = send(shop, amended(first, "4.00"))
    assert (late.reason.reason, late.retry) == (Reason.SHOP_LATER, True)
    assert "version-conflict" in str(late.reason.facts)
    assert len(between.batches(OFFERS)) <= 4


def test_stock_of_a_branch_is_read_once_for_all_its_versions(mstore, demanding):
    shop, between = demanding
    ids = products(mstore, 60)
    send(shop, *(publication(one, number) for number, one in enumerate(ids, 1)))
    send(shop, *(stocked(one, "MAG", 5) for one in ids))
    other = mstore.connect()
    between = Demanding(mstore.shop, other)
    assert {type(one) for one in send(other, *(stocked(one, "MAG", 6) for one in ids))} == {Done}
    assert sum("stocks" in path for path in between.reads()) == 1
    assert {type(one) for one in send(other, *(stocked(one, "FIL", 6) for one in ids))} == {Done}, "none is there yet"
    quantities = {stock.quantity for item in mstore.connect().shelf() for stock in item.stocks}
    assert quantities == {6}


def test_without_the_right_to_read_versions_the_items_say_so(mstore, demanding):
    shop, _ = demanding
    (one,) = products(mstore, 1)
    first = publication(one, 1)
    send(shop, first)
    blind = mstore.connect(key=mstore.shop.issue_key([one for one in FULL if one != "offers:read"]))
    Demanding(mstore.shop, blind)
    (refused,) = send(blind, amended(first, "4.00"))
    assert (refused.reason.reason, refused.retry) == (Reason.SHOP_FORBIDDEN, False)


def test_a_withdrawal_and_its_noughts_go_over_versions(mstore, demanding):
    shop, between = demanding
    (one,) = products(mstore, 1)
    first = publication(one, 1)
    send(shop, first, stocked(one, "MAG", 5))
    withdrawal = Withdraw(first.target, first.offer, ("MAG",))
    assert [type(outcome) for outcome in send(shop, withdrawal)] == [Done]
    shelf = {item.product_id: item for item in mstore.connect().shelf()}
    assert (shelf[one].active, [stock.quantity for stock in shelf[one].stocks]) == (False, [0])
    assert between.batches(STOCKS)[-1][0]["if_version"]
    assert between.batches(OFFERS)[-1][0]["if_version"]


def customer(mstore, ref=None):
    made = mstore.shop.add_customer("5250000001", name="Bar")
    if ref is not None:
        assert [type(one) for one in send(mstore.connect(), assign(made.id, ref))] == [Done]
    return made.id


def assign(customer_id, key, before=None):
    held = None if before is None else Assignment(before, "MAG", None)
    return Assign(Subject(Area.CUSTOMER, customer_id, "Bar"), held, Assignment(key, "MAG", None))


def test_a_link_of_ours_is_changed_over_its_version(mstore, demanding):
    shop, _ = demanding
    ident = customer(mstore, 7)
    assert [type(one) for one in send(shop, assign(ident, 8, before=7))] == [Done]
    assert mstore.shop.assignments.get(ident).erp_customer_ref == "8"


def test_a_link_somebody_else_made_is_not_taken_because_its_version_is_known(mstore, demanding):
    """Contract 17: a matching `if_version` would allow the change; the link is not ours to change."""
    shop, _ = demanding
    ident = customer(mstore, 7)
    (refused,) = send(shop, assign(ident, 8))
    assert isinstance(refused, Failed)
    assert refused.reason.reason is Reason.CUSTOMER_LINKED_ELSEWHERE
    assert mstore.shop.assignments.get(ident).erp_customer_ref == "7"


def test_steps_of_one_order_each_go_over_the_version_the_one_before_made(mstore, demanding):
    shop, between = demanding
    (one,) = products(mstore, 1)
    send(shop, publication(one, 1))
    ids = [
        mstore.shop.place_order(next(iter(mstore.shop.branches.records)), customer(mstore), [_line(one)]).id
        for _ in range(2)
    ]
    steps = [
        SetStatus(Subject(Area.ORDER, ident, ident), was, after, Stage.RESERVED, None, datetime.now(UTC))
        for ident in ids
        for was, after in (("new", "accepted"), ("accepted", "in_progress"))
    ]
    assert [type(outcome) for outcome in send(shop, *steps)] == [Done] * 4
    assert {mstore.shop.order(ident).status for ident in ids} == {"in_progress"}
    sizes = [len(items) for items in between.batches("/v1/order-status-changes:batch")]
    assert sizes == [4, 2, 2], "what was demanded first, then the first steps, then the second"


def _line(product_id):
    return {"product_id": product_id, "quantity": 1}


def test_a_blank_version_matches_any(mstore):
    """A service that tells no version of a row: `If-Match: *` writes over whatever is there, and only if it is."""
    shop = mstore.connect()
    branch = mstore.shop.branches.records[shop._branches.ids()["mag"]]
    path = f"/v1/branches/{branch.id}"
    assert shop._api.patch(path, {"name": "Inna"}, "").status == 200
    assert mstore.shop.branches.records[branch.id].name == "Inna"
    assert shop._api.patch(path, {"name": "Druga"}, "stale").status == 412
    assert shop._api.put("/v1/segments/grupa%3A1", _segment(), None).status == 201
    assert shop._api.put("/v1/segments/grupa%3A1", _segment(), None).status == 412, "it is there already"
    assert shop._api.put("/v1/segments/grupa%3A2", _segment(), "").status == 412, "there is nothing to match"
    assert shop._api.delete("/v1/segments/grupa%3A1", "").status == 204


def _segment():
    return {"name": "Bary", "parent_key": None, "level": 1, "source": "group"}
