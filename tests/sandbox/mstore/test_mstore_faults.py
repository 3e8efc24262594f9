"""Every kind of scripted misbehaviour."""

import threading
import time
import uuid

import httpx2
import pytest


def many(shop, count):
    return [shop.add_product(f"{5900000001000 + number}", f"Towar {number}").id for number in range(count)]


def until(true):
    """Ask until it is so; the limit only bounds a hang."""
    ends = time.monotonic() + 120
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.01)


def ids(call, **params):
    return [product["id"] for product in call.every("/v1/products", **params)]


@pytest.mark.parametrize(
    "script, status, code, wait",
    [
        ({"status": 429, "retry_after": 7}, 429, "rate-limited", "7"),
        ({"status": 500}, 500, "internal-error", None),
        ({"status": 502}, 502, "bad-gateway", None),
        ({"status": 503}, 503, "maintenance", "1"),
        ({"status": 504}, 504, "http-error", None),
        ({"status": 401, "code": "key-revoked"}, 401, "key-revoked", None),
    ],
)
def test_status(call, goods, is_problem, script, status, code, wait):
    call.fault("status", **script)
    answer = call.items("offers", goods.offer())
    is_problem(answer, status, code)
    assert answer.headers.get("retry-after") == wait
    assert call.state()["offers"] == {}
    assert call.items("offers", goods.offer()).status_code == 200


def test_a_wait_told_as_a_date(call, is_problem):
    call.fault("status", status=503, retry_after=120, as_date=True)
    answer = call.get("/v1/offers")
    is_problem(answer, 503, "maintenance")
    assert answer.headers["retry-after"] == "Tue, 24 Nov 2026 12:02:00 GMT"


def test_where_and_how_often(call):
    call.fault("status", method="GET", path_prefix="/v1/offers", times=2, after=1)
    assert call.get("/v1/products").status_code == 200
    assert call.items("offers").status_code == 200
    assert [call.get("/v1/offers").status_code for _ in range(4)] == [200, 503, 503, 200]


def test_faults_come_one_after_another(call):
    call.fault("status", status=429)
    call.fault("status", status=500)
    assert [call.get("/v1/offers").status_code for _ in range(3)] == [429, 500, 200]


def test_for_ever_until_cleared(call):
    call.fault("status", times=None)
    assert {call.get("/v1/offers").status_code for _ in range(5)} == {503}
    assert call.get("/sandbox/faults").json()["faults"] == [{"kind": "status", "times": None, "used": 5}]
    assert call.delete("/sandbox/faults").status_code == 204
    assert call.get("/v1/offers").status_code == 200


@pytest.mark.parametrize(
    "script",
    [
        [{"kind": "strange"}],
        [{"kind": "refuse_item"}],
        [{"kind": "corrupt_file"}],
        [{"kind": "no_price_ends_area"}],
        [{"kind": "status", "x": 1}],
        {},
        [{"kind": "status", "code": "x"}],
    ],
)
def test_faulty_scripts(call, script):
    answer = call.post("/sandbox/faults", json=script)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert call.get("/sandbox/faults").json() == {"faults": []}


def test_slow(call):
    call.fault("slow", seconds=0.3)
    started = time.perf_counter()
    assert call.get("/v1/account").status_code == 200
    assert time.perf_counter() - started >= 0.3


def test_slow_with_large_batches_only(call, shop, goods):
    products = [shop.products.get(found) for found in many(shop, 3)]
    call.fault("slow", seconds=0.3, over=2, times=None)
    assert call.items("offers", *(goods.offer(product) for product in products[:2])).status_code == 200
    assert call.get("/v1/offers").status_code == 200
    assert call.items("offers", *(goods.offer(product) for product in products)).status_code == 200
    small, read, large = call.journal()
    assert (small["faults"], read["faults"], large["faults"]) == ([], [], ["slow"])
    assert large["seconds"] >= 0.3


def test_hold(call, goods):
    """A request waits until the script is cleared, however long that takes."""
    call.fault("hold", path_prefix="/v1/offers")
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(call.items("offers", goods.offer())))
    waiting.start()
    until(lambda: any(entry["faults"] == ["hold"] for entry in call.journal()))
    assert call.get("/v1/products").status_code == 200
    assert (answers, call.state()["offers"]) == ([], {})
    assert call.delete("/sandbox/faults").status_code == 204
    waiting.join()
    assert answers[0].status_code == 200


def test_hold_has_an_end(call):
    call.fault("hold", seconds=0)
    assert call.get("/v1/account").status_code == 200


def test_cut(call, shop):
    many(shop, 50)
    call.fault("cut")
    with pytest.raises(httpx2.RemoteProtocolError):
        call.get("/v1/products")
    assert call.get("/v1/products").status_code == 200


def test_lost_before(call, goods):
    call.fault("lost_before")
    with pytest.raises(httpx2.TransportError):
        call.items("offers", goods.offer())
    assert call.state()["offers"] == {}
    assert [entry["status"] for entry in call.journal()] == [None]


def test_lost_after(call, goods):
    call.fault("lost_after")
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    with pytest.raises(httpx2.TransportError):
        call.post("/v1/offers:batch", json={"items": [goods.offer()]}, headers=headers)
    assert list(call.state()["offers"]) == [goods.beer.id]
    again = call.post("/v1/offers:batch", json={"items": [goods.offer()]}, headers=headers)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["results"][0]["status"] == 200


def test_half_batch(call, shop, goods):
    products = [shop.products.get(found) for found in many(shop, 4)]
    call.fault("half_batch")
    results = call.items("offers", *(goods.offer(product) for product in products)).json()["results"]
    assert [result["status"] for result in results] == [200, 200, 503, 503]
    assert results[2]["problem"]["code"] == "maintenance"
    assert list(call.state()["offers"]) == [product.id for product in products[:2]]


def test_half_batch_and_then_nothing(call, shop, goods):
    products = [shop.products.get(found) for found in many(shop, 4)]
    body, headers = {"items": [goods.offer(product) for product in products]}, {"Idempotency-Key": str(uuid.uuid4())}
    call.fault("half_batch", drop=True)
    with pytest.raises(httpx2.TransportError):
        call.post("/v1/offers:batch", json=body, headers=headers)
    assert len(call.state()["offers"]) == 2
    again = call.post("/v1/offers:batch", json=body, headers=headers)
    assert {result["status"] for result in again.json()["results"]} == {200}
    assert len(call.state()["offers"]) == 4


@pytest.mark.parametrize("after", [0, 1, 2])
def test_duplicate_page(call, shop, after):
    listed = many(shop, 9)
    call.fault("duplicate_page", path_prefix="/v1/products", after=after)
    twice = listed[after * 3 : after * 3 + 3]
    assert ids(call, limit=3) == listed[: after * 3] + twice + listed[after * 3 :]
    assert ids(call, limit=3) == listed


@pytest.mark.parametrize("after", [0, 1])
def test_missing_page(call, shop, after):
    listed = many(shop, 9)
    call.fault("missing_page", after=after)
    assert ids(call, limit=3) == listed[: after * 3 + 3] + listed[after * 3 + 6 :]


def test_expired_cursor(call, shop, is_problem):
    many(shop, 3)
    call.fault("expired_cursor")
    first = call.get("/v1/products?limit=1")
    assert first.status_code == 200
    params = {"limit": 1, "cursor": first.json()["page"]["next_cursor"]}
    is_problem(call.get("/v1/products", params=params), 410, "cursor-expired")
    assert call.get("/v1/products", params=params).status_code == 200


def test_html(call, goods):
    call.fault("html")
    answer = call.items("offers", goods.offer())
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<html>" in answer.text
    assert call.state()["offers"] == {}


def test_truncated_json(call, goods):
    call.fault("truncated_json")
    answer = call.get("/v1/products")
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()


def test_wrong_types(call, goods):
    call.fault("wrong_types")
    product = call.get("/v1/products").json()["data"][0]
    assert isinstance(product["ean"], int)
    assert product["sales_units"] is None
    call.fault("wrong_types", fields=["name"])
    product = call.get("/v1/products").json()["data"][0]
    assert (product["name"], type(product["ean"])) == (0, str)


def test_unknown_fields(call, goods):
    call.items("offers", goods.offer())
    call.fault("unknown_fields", times=3)
    offer = call.get("/v1/offers").json()["data"][0]
    assert offer["x_future"]
    assert offer["status"] == "from_the_future"
    product = call.get("/v1/products").json()["data"][0]
    assert product["sales_units"][-1]["type"] == "ZZ"
    results = call.items("offers", goods.offer()).json()["results"]
    assert (results[0]["status"], "x_future" in results[0]) == (200, True)


def test_refuse_item(call, goods, is_problem):
    call.fault("refuse_item", product_id=goods.beer.id, times=None)
    results = call.items("offers", goods.offer(), goods.offer(goods.water)).json()["results"]
    assert [result["status"] for result in results] == [422, 200]
    assert results[0]["problem"]["errors"][0]["code"] == "refused"
    assert call.result("stocks", goods.stock(1))["status"] == 422
    is_problem(
        call.create(f"/v1/offers/{goods.beer.id}", goods.offer()), 422, "validation-failed", ("/product_id", "refused")
    )


def test_refuse_anything_by_its_key(call, goods, is_problem):
    """One branch, customer, order or segment that cannot be written stops only itself."""
    call.fault("refuse_item", external_id="7", code="region-unknown", pointer="/region_id", times=2)
    for _ in range(2):
        refused = call.post("/v1/branches", json={"external_id": "7", "name": "Siódmy"})
        is_problem(refused, 422, "region-unknown", ("/region_id", "refused"))
        assert call.post("/v1/branches", json={"external_id": "8", "name": "Ósmy"}).status_code in {201, 409}
    call.fault("refuse_item", external_id="1", code="duplicate-branch-name")
    url = f"/v1/branches/{goods.north.id}"
    is_problem(call.patch(url, json={}, headers={"If-Match": "*"}), 409, "duplicate-branch-name")
    call.fault("refuse_item", customer_id=goods.customer.id)
    link = {"erp_customer_ref": "K-1", "branch_id": goods.north.id}
    both = [{"customer_id": one.id, **link} for one in (goods.customer, goods.other)]
    results = call.items("customer-assignments", *both).json()["results"]
    assert [result["status"] for result in results] == [422, 200]
    call.fault("refuse_item", order_id="or1")
    result = call.result("order-status-changes", {"order_id": "or1", "status": "accepted"})
    assert result["problem"]["errors"] == [
        {"pointer": "/order_id", "code": "refused", "detail": "The service refuses this item."}
    ]
    call.fault("refuse_item", external_key="a/1")
    segment = {"name": "A", "source": "group"}
    is_problem(call.create("/v1/segments/a%2F1", segment), 422, "validation-failed", ("/external_key", "refused"))
    assert call.create("/v1/segments/a%2F1", segment).status_code == 201


def test_refuse_item_with_another_fault(call, goods):
    call.fault("refuse_item", product_id=goods.beer.id)
    call.fault("status", status=500)
    assert call.items("offers", goods.offer()).status_code == 500
    assert [call.result("offers", goods.offer())["status"] for _ in range(2)] == [422, 200]


def test_store_nothing(call, goods):
    call.items("offers", goods.offer())
    call.items("stocks", goods.stock(5))
    before = call.state()
    call.fault("store_nothing", times=3)
    assert call.result("offers", {"product_id": goods.beer.id, "status": "withdrawn"})["status"] == 200
    assert call.result("offers", goods.offer(goods.water))["status"] == 200
    assert call.post("/v1/branches", json={"external_id": "9", "name": "Nowy"}).status_code == 201
    after = call.state()
    assert {name: after[name] for name in ("offers", "stocks", "branches")} == {
        name: before[name] for name in ("offers", "stocks", "branches")
    }
    assert call.result("offers", goods.offer(goods.water))["status"] == 200
    assert len(call.state()["offers"]) == 2


def test_previous_answer(call, goods):
    account = call.get("/v1/account")
    call.fault("previous_answer")
    assert call.items("offers", goods.offer()).content == account.content
    assert len(call.state()["offers"]) == 1
    assert "results" in call.items("offers", goods.offer()).json()


def test_previous_answer_of_a_connection_that_is_late(call, goods):
    account = call.get("/v1/account")
    call.fault("previous_answer", whole=True)
    late = call.items("offers", goods.offer())
    assert late.headers["x-request-id"] == account.headers["x-request-id"]
    assert call.items("offers", goods.offer()).headers["x-request-id"] != account.headers["x-request-id"]


@pytest.mark.parametrize("step, kept", [("0.10", "2.60"), ("0.05", "2.55"), ("1", "3.00")])
def test_rounding(call, goods, step, kept):
    call.fault("rounding", step=step, times=None)
    assert call.result("offers", {**goods.offer(), "price": "2.56"})["status"] == 200
    assert call.get(f"/v1/offers/{goods.beer.id}").json()["price"] == kept


def test_decimal_comma(call, goods):
    call.items("offers", {**goods.offer(), "price": "2.56"})
    call.fault("decimal_comma")
    assert call.get(f"/v1/offers/{goods.beer.id}").json()["price"] == "2,56"
    assert call.get(f"/v1/offers/{goods.beer.id}").json()["price"] == "2.56"


def test_an_empty_answer(call, goods):
    """The work was done, the answer lost: the same key brings the first answer."""
    call.fault("empty", times=2)
    headers, body = {"Idempotency-Key": str(uuid.uuid4())}, {"items": [goods.offer()]}
    empty = call.post("/v1/offers:batch", json=body, headers=headers)
    assert (empty.status_code, empty.content, empty.headers["content-length"]) == (200, b"", "0")
    assert list(call.state()["offers"]) == [goods.beer.id]
    assert call.get("/v1/offers").content == b""
    again = call.post("/v1/offers:batch", json=body, headers=headers)
    assert (again.headers["idempotency-replayed"], again.json()["results"][0]["status"]) == ("true", 200)


def test_results_in_any_order(call, goods):
    """Section 0: an item's result has its `index`; where it stands among the results says nothing."""
    call.fault("unordered_results")
    results = call.items("offers", goods.offer(), goods.offer(goods.water, price="-1")).json()["results"]
    assert [(result["index"], result["status"]) for result in results] == [(1, 422), (0, 200)]
    call.fault("job", polls=0)
    accepted = call.items("offers", goods.offer(), "rubbish")
    call.fault("unordered_results")
    results = call.get(accepted.headers["location"]).json()["results"]
    assert [result["index"] for result in results] == [1, 0]


@pytest.mark.parametrize("price, told", [("2.50", "2.5"), ("3.00", "3"), ("10.00", "10"), ("0.00", "0")])
def test_short_amounts(call, goods, price, told):
    """Section 17: two places are the most a price has."""
    call.items("offers", {**goods.offer(), "price": price})
    call.fault("short_amounts")
    offer = call.get(f"/v1/offers/{goods.beer.id}").json()
    assert (offer["price"], offer["vat_rate"]) == (told, "23")


def test_times_spelt_otherwise(call, goods):
    """Section 0: RFC 3339 in UTC, which has more than one spelling."""
    call.owner("advance_clock", seconds=0.5)
    call.items("stocks", goods.stock(5))
    call.fault("other_times", times=2)
    row = call.get(f"/v1/branches/{goods.north.id}/stocks").json()["data"][0]
    assert (row["as_of"], row["updated_at"]) == ("2026-11-24T11:00:00+00:00", "2026-11-24T12:00:00.5+00:00")
    assert call.get("/v1/account").json()["server_time"] == "2026-11-24T12:00:00.5+00:00"
