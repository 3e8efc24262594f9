"""Idempotency, conditional writes and batches in general."""

import threading
import time
import uuid

import pytest


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}


def test_a_repeated_post_is_answered_and_not_done_again(call, shop):
    headers, body = key(), {"external_id": "7", "name": "Siódmy"}
    first = call.post("/v1/branches", json=body, headers=headers)
    again = call.post("/v1/branches", json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["location"] == first.headers["location"]
    assert len(shop.branches) == 1


def test_a_refusal_is_repeated_too(call, goods, is_problem):
    headers, body = key(), {"external_id": "1", "name": "Inny"}
    is_problem(call.post("/v1/branches", json=body, headers=headers), 409, "duplicate-branch-id")
    again = call.post("/v1/branches", json=body, headers=headers)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (409, "true")


def test_a_key_belongs_to_one_path_and_body(call, goods, is_problem):
    headers = key()
    assert call.post("/v1/offers:batch", json={"items": [goods.offer()]}, headers=headers).status_code == 200
    other = call.post("/v1/offers:batch", json={"items": [goods.offer(price="4.00")]}, headers=headers)
    is_problem(other, 422, "idempotency-key-reused")
    other = call.post("/v1/stocks:batch", json={"items": [goods.offer()]}, headers=headers)
    is_problem(other, 422, "idempotency-key-reused")


def test_keys_are_forgotten_after_a_day(call, goods):
    headers = key()
    call.post("/v1/offers:batch", json={"items": [goods.offer()]}, headers=headers)
    call.owner("advance_clock", seconds=24 * 3600)
    answer = call.post("/v1/offers:batch", json={"items": [goods.offer(price="4.00")]}, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("value", [None, "", "7", "not-a-uuid-at-all-but-of-36-letters!", "0" * 32])
@pytest.mark.parametrize("path", ["branches", "offers:batch", "orders/x/acknowledgements", "orders/x/status-changes"])
def test_every_post_needs_a_key(call, is_problem, path, value):
    request = call.build_request("POST", f"/v1/{path}", json={"items": []})
    if value is not None:
        request.headers["Idempotency-Key"] = value
    is_problem(call.send(request), 422, "validation-failed", ("", "missing-idempotency-key"))


def test_a_key_in_quotes_is_the_same_key(call, goods):
    value = str(uuid.uuid4())
    call.post("/v1/offers:batch", json={"items": []}, headers={"Idempotency-Key": value})
    again = call.post("/v1/offers:batch", json={"items": []}, headers={"Idempotency-Key": f'"{value.upper()}"'})
    assert again.headers["idempotency-replayed"] == "true"


def test_the_same_request_still_running(call, goods, is_problem):
    call.fault("hold")
    headers, body, first = key(), {"items": [goods.offer()]}, []
    thread = threading.Thread(target=lambda: first.append(call.post("/v1/offers:batch", json=body, headers=headers)))
    thread.start()
    ends = time.monotonic() + 120  # only bounds a hang
    while not any(entry["faults"] == ["hold"] for entry in call.journal()):
        assert time.monotonic() < ends
        time.sleep(0.01)
    answer = call.post("/v1/offers:batch", json=body, headers=headers)
    is_problem(answer, 409, "idempotency-in-progress")
    assert answer.headers["retry-after"] == "1"
    other = call.post("/v1/offers:batch", json={"items": []}, headers=headers)
    is_problem(other, 422, "idempotency-key-reused")
    call.delete("/sandbox/faults")
    thread.join()
    assert first[0].status_code == 200
    again = call.post("/v1/offers:batch", json=body, headers=headers)
    assert (again.content, again.headers["idempotency-replayed"]) == (first[0].content, "true")


def test_writes_need_a_condition(call, goods, is_problem):
    offer = goods.offer()
    url = f"/v1/offers/{offer['product_id']}"
    is_problem(call.put(url, json=offer), 428, "precondition-required")
    made = call.put(url, json=offer, headers={"If-None-Match": "*"})
    assert made.status_code == 201
    taken = call.put(url, json=offer, headers={"If-None-Match": "*"})
    is_problem(taken, 412, "version-conflict")
    assert taken.headers["etag"] == made.headers["etag"]
    is_problem(call.patch(url, json={"price": "1.00"}), 428, "precondition-required")
    reading = call.put(url, json=offer, headers={"If-None-Match": '"v0"'})
    is_problem(reading, 428, "precondition-required")  # a condition of reading is none of writing
    stale = call.patch(url, json={"price": "1.00"}, headers={"If-Match": '"v0"'})
    is_problem(stale, 412, "version-conflict")
    assert stale.headers["etag"] == made.headers["etag"]
    weak = call.patch(url, json={"price": "1.00"}, headers={"If-Match": "W/" + made.headers["etag"]})
    is_problem(weak, 412, "version-conflict")
    changed = call.patch(url, json={"price": "1.00"}, headers={"If-Match": made.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] == f'"{changed.json()["version"]}"' != made.headers["etag"]
    missing = call.put(f"/v1/offers/{goods.water.id}", json=goods.offer(goods.water), headers={"If-Match": '"v1"'})
    is_problem(missing, 412, "version-conflict")


def test_batch_items_stand_alone(call, goods, is_refused):
    results = call.items(
        "offers", goods.offer(), goods.offer(goods.water, price="-1"), "rubbish", goods.offer(goods.water, price="2")
    ).json()["results"]
    assert [result["index"] for result in results] == [0, 1, 2, 3]
    assert [result["status"] for result in results] == [200, 422, 422, 200]
    assert results[0].keys() == {"index", "status", "id", "version"}
    assert results[0]["id"] == goods.beer.id
    is_refused(results[1], 422, "validation-failed", ("/price", "wrong-format"))
    assert results[1]["problem"]["request_id"]


def test_batch_versions(call, goods, is_refused):
    version = call.result("offers", goods.offer())["version"]
    is_refused(call.result("offers", goods.offer(if_version="v0", price="9.00")), 412, "version-conflict")
    is_refused(call.result("offers", goods.offer(goods.water, if_version=version)), 412, "version-conflict")
    assert call.result("offers", goods.offer(if_version=version, price="9.00"))["status"] == 200


def test_writing_the_same_makes_no_new_version(call, goods):
    first = call.result("offers", goods.offer())
    assert call.result("offers", goods.offer())["version"] == first["version"]
    assert call.result("offers", goods.offer(price="3.5"))["version"] == first["version"]
    stock = call.result("stocks", goods.stock(4))
    assert call.result("stocks", goods.stock(4))["version"] == stock["version"]


def test_size_of_batches(call, goods, is_problem):
    for resource in ("offers", "stocks", "customer-assignments", "order-status-changes"):
        is_problem(call.items(resource, *[{}] * 501), 413, "payload-too-large")
        assert len(call.items(resource, *[{}] * 500).json()["results"]) == 500
        assert call.items(resource).json() == {"results": []}
        for body in ({}, {"items": None}, {"items": {}}, {"items": [], "more": 1}):
            is_problem(call.post(f"/v1/{resource}:batch", json=body), 422, "validation-failed")
