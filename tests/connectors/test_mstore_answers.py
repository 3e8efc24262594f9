"""Answers of M/store that belong to something else, come too late, or are written in another way."""

import uuid
from decimal import Decimal

import httpx2
import pytest
import stamina

from pomost.conformance.expecting import fault_of
from pomost.conformance.shelves import publication, stocked
from pomost.connectors.shop.mstore.api import MstoreApi
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.ports.fault import Unavailable
from tests.connectors.mstore_shop import served
from tests.worlds import ean


@pytest.fixture
def mstore():
    with served(max_batch=40, max_page=20) as shop, stamina.set_testing(True, attempts=5, cap=True):
        yield shop


def products(mstore, count):
    return [mstore.shop.add_product(ean(number), f"Towar {number}").id for number in range(1, count + 1)]


def offers(ids):
    return [publication(one, number) for number, one in enumerate(ids, 1)]


def send(shop, *changes):
    return list(shop.send(changes, str(uuid.uuid4())))


def test_an_answer_that_is_one_late_is_read_out_to_the_right_one(mstore):
    ids = products(mstore, 2)
    shop = mstore.connect()
    send(shop, *offers(ids[:1]))
    mstore.fault("previous_answer", method="POST", whole=True)
    assert [type(one) for one in send(shop, *offers(ids[1:]))] == [Done]
    assert {item.product_id for item in shop.shelf() if item.active} == set(ids)


def test_a_connection_that_stays_late_is_read_out_every_time(mstore):
    ids = products(mstore, 3)
    shop = mstore.connect()
    shop.units()
    mstore.fault("previous_answer", whole=True, times=None)
    for change in offers(ids):
        assert [type(one) for one in send(shop, change)] == [Done]
    assert len(shop.units().types) == 5
    assert {item.product_id for item in shop.shelf()} == set(ids)


def test_an_answer_to_another_request_that_never_gives_way_is_a_fault(mstore):
    shop = mstore.connect()
    shop.units()
    stuck = mstore.asked("/v1/account")[0].request_id
    answer = httpx2.Response(200, headers={"X-Request-Id": stuck}, json={"data": [], "page": {"next_cursor": None}})
    shop._client._client = httpx2.Client(base_url=mstore.url, transport=httpx2.MockTransport(lambda _: answer))
    assert "X-Request-Id" in fault_of(shop.units, Unavailable).text.en


def test_an_answer_that_speaks_of_the_batch_before_leaves_all_in_doubt(mstore):
    ids = products(mstore, 6)
    shop = mstore.connect()
    send(shop, *offers(ids[:3]))
    mstore.fault("previous_answer", method="POST")
    outcomes = send(shop, *offers(ids[3:]))
    assert [(one.reason.reason, one.retry) for one in outcomes] == [(Reason.SHOP_SILENT, True)] * 3
    mstore.fault("previous_answer", method="POST", path_prefix="/v1/stocks")
    outcomes = send(shop, *(stocked(one, "MAG", 5) for one in ids))
    assert {type(one) for one in outcomes} == {Failed}, "six stocks, answered with three offers"


@pytest.mark.parametrize(
    "spoil, silent",
    [
        (lambda rows: [*rows, {**rows[0], "index": 3}], [0, 1, 2]),
        (lambda rows: [rows[0], {**rows[1], "id": rows[2]["id"]}, rows[2]], [0, 1, 2]),
        (lambda rows: [*rows, {**rows[1], "status": 422}], [1]),
        (lambda rows: [*rows, rows[1]], []),
        (lambda rows: [{**row, "id": f"offer-{row['index']}"} for row in rows], []),
        (lambda rows: [{"index": row["index"], "status": row["status"]} for row in rows], []),
        (lambda rows: [{**row, "index": None} for row in rows], [0, 1, 2]),
    ],
    ids=["more than was asked", "another item's id", "told twice", "repeated", "own ids", "no ids", "no places"],
)
def test_results_are_held_against_what_was_sent(mstore, monkeypatch, spoil, silent):
    shop = mstore.connect()
    ask = shop._client.post

    def spoilt(path, body, **facts):
        answer = ask(path, body, **facts)
        answer.body["results"] = spoil(answer.body["results"])
        return answer

    monkeypatch.setattr(shop._client, "post", spoilt)
    outcomes = send(shop, *offers(products(mstore, 3)))
    assert [place for place, one in enumerate(outcomes) if isinstance(one, Failed) and one.retry] == silent


def test_a_shop_too_slow_for_large_batches_gets_smaller_ones(mstore):
    ids = products(mstore, 40)
    shop = mstore.connect(timeout=0.3)
    mstore.fault("slow", seconds=1.0, over=12, times=None)
    assert {type(one) for one in send(shop, *offers(ids))} == {Done}
    sizes = [entry.item_count for entry in mstore.asked("/v1/offers:batch") if entry.item_count and entry.seconds < 0.3]
    assert sizes == [10, 10, 10, 10]
    assert {type(one) for one in send(shop, *(stocked(one, "MAG", 1) for one in ids))} == {Done}
    assert [entry.item_count for entry in mstore.asked("/v1/stocks:batch")] == [10, 10, 10, 10], "what was learnt stays"


def test_a_gateway_that_runs_out_of_time_gets_smaller_batches_too(mstore):
    mstore.fault("status", status=504, method="POST", times=1)
    assert {type(one) for one in send(mstore.connect(), *offers(products(mstore, 40)))} == {Done}
    assert [entry.item_count for entry in mstore.asked("/v1/offers:batch") if entry.status == 200] == [20, 20]


def test_a_request_still_being_worked_on_is_waited_for(mstore):
    (product,) = products(mstore, 1)
    mstore.fault("status", status=409, code="idempotency-in-progress", retry_after=0, method="POST", times=2)
    assert [type(one) for one in send(mstore.connect(), *offers([product]))] == [Done]
    mstore.fault("status", status=409, code="idempotency-in-progress", method="POST", times=None)
    fault_of(lambda: send(mstore.connect(), *offers([product])), Unavailable)


def test_another_products_offer_is_not_taken_for_the_one_asked_for(mstore):
    ids = products(mstore, 2)
    shop = mstore.connect()
    send(shop, *offers(ids))
    list(shop.shelf(ids[:1]))
    mstore.fault("previous_answer", path_prefix="/v1/offers/")
    fault_of(lambda: list(shop.shelf(ids[1:])), Unavailable)


def test_amounts_with_a_comma_are_amounts(mstore):
    (product,) = products(mstore, 1)
    shop = mstore.connect()
    send(shop, *offers([product]))
    mstore.fault("decimal_comma", times=None)
    assert [item.offer.price for item in shop.shelf()] == [Decimal("2.50")]


def test_lists_are_asked_for_in_pages_as_large_as_the_account_allows(mstore):
    ids = products(mstore, 45)
    shop = mstore.connect()
    send(shop, *offers(ids), *(stocked(one, "MAG", 1) for one in ids))
    assert len(list(shop.shelf())) == 45
    assert mstore.asked("/v1/products") == [], "offers tell their units themselves"
    list(shop.catalogue())
    paths = ("/v1/products", "/v1/offers", f"/v1/branches/{shop._branches.ids()['mag']}/stocks")
    for path in paths:
        assert [entry.query.split("&")[0] for entry in mstore.asked(path)] == ["limit=20"] * 3, path
    assert MstoreApi(shop._client)._page == 0, "nobody knows before the account is read"


def test_many_codes_are_looked_up_in_few_questions(mstore):
    products(mstore, 150)
    found = list(mstore.connect().find([ean(number) for number in range(1, 201)]))
    assert len(found) == 150
    assert len({entry.query.split("&cursor")[0] for entry in mstore.asked("/v1/products")}) == 2


def test_a_clock_that_was_set_back_hides_no_change(mstore):
    """The cursor is a time of the shop's; when its clock goes back, what changes next bears times before the cursor."""
    products(mstore, 2)
    mstore.shop.advance_clock(3600)
    cursor = list(mstore.connect().catalogue())[-1].cursor
    mstore.shop.advance_clock(-3600)
    fresh = mstore.shop.add_product(ean(9), "Nowy").id
    changed = {one.id for page in mstore.connect().catalogue(cursor) for one in page.products}
    assert fresh in changed
