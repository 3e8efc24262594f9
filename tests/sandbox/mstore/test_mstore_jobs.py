"""The job behind `202`: what is answered meanwhile, and that nothing happens before it is done (section 17)."""

import uuid
from email.utils import parsedate_to_datetime

import pytest


@pytest.fixture
def headers():
    return {"Idempotency-Key": str(uuid.uuid4())}


def post(call, headers, *items):
    return call.post("/v1/offers:batch", json={"items": list(items)}, headers=headers)


def test_a_batch_is_done_behind_its_job(call, goods, headers, is_refused):
    call.fault("job", polls=2)
    accepted = post(call, headers, goods.offer(), goods.offer(goods.water, price="-1"))
    assert accepted.status_code == 202
    job = accepted.json()
    assert job == {"id": job["id"], "status": "running"}
    assert accepted.headers["location"] == f"/v1/jobs/{job['id']}"
    for _ in range(2):
        asked = call.get(accepted.headers["location"])
        assert (asked.status_code, asked.json()) == (200, job)
        assert "retry-after" not in asked.headers
        assert call.state()["offers"] == {}
    done = call.get(accepted.headers["location"]).json()
    assert (done["id"], done["status"]) == (job["id"], "done")
    assert [result["index"] for result in done["results"]] == [0, 1]
    assert done["results"][0] == {
        "index": 0,
        "status": 200,
        "id": goods.beer.id,
        "version": call.state()["offers"][goods.beer.id]["version"],
    }
    is_refused(done["results"][1], 422, "validation-failed", ("/price", "wrong-format"))
    assert list(call.state()["offers"]) == [goods.beer.id]
    assert call.get(accepted.headers["location"]).json() == done


@pytest.mark.parametrize("resource", ["offers", "stocks", "customer-assignments", "order-status-changes"])
def test_every_batch_may_have_a_job(call, goods, resource):
    call.fault("job", polls=0)
    accepted = call.items(resource, {}, "rubbish")
    assert accepted.status_code == 202
    results = call.get(accepted.headers["location"]).json()["results"]
    assert [(result["index"], result["status"]) for result in results] == [(0, 422), (1, 422)]


def test_what_happens_happens_when_the_job_is_done(call, goods, clock, headers):
    """Items are judged by the shop as it is then, and have the time of then."""
    version = call.result("offers", goods.offer())["version"]
    call.fault("job", polls=0)
    accepted = post(call, headers, goods.offer(price="9.00", if_version=version))
    call.owner("advance_clock", seconds=60)
    changed = call.owner("set_price_in_panel", product_id=goods.beer.id, price="5.00")
    result = call.get(accepted.headers["location"]).json()["results"][0]
    assert (result["status"], result["problem"]["code"]) == (412, "version-conflict")
    call.fault("job", polls=0)
    accepted = call.items("offers", goods.offer(price="9.00", if_version=changed["version"]))
    call.owner("advance_clock", seconds=60)
    assert call.get(accepted.headers["location"]).json()["results"][0]["status"] == 200
    assert call.state()["offers"][goods.beer.id]["updated_at"] == "2026-11-24T12:02:00.000000Z"


def test_how_long_to_wait(call, goods):
    call.fault("job", polls=1, retry_after=7)
    accepted = call.items("offers", goods.offer())
    assert accepted.headers["retry-after"] == "7"
    assert call.get(accepted.headers["location"]).headers["retry-after"] == "7"
    assert "retry-after" not in call.get(accepted.headers["location"]).headers


def test_the_wait_as_a_date(call, goods, clock):
    call.owner("tell_waits_as_dates")
    call.fault("job", polls=1, retry_after=7)
    accepted = call.items("offers", goods.offer())
    for answer in (accepted, call.get(accepted.headers["location"])):
        assert answer.headers["retry-after"] == "Tue, 24 Nov 2026 12:00:07 GMT"
        assert (parsedate_to_datetime(answer.headers["retry-after"]) - clock.now).total_seconds() == 7


def test_the_same_key_gives_the_same_job(call, goods, headers, is_problem):
    call.fault("job", polls=0)
    accepted = post(call, headers, goods.offer())
    call.get(accepted.headers["location"])
    call.owner("set_price_in_panel", product_id=goods.beer.id, price="5.00")
    again = post(call, headers, goods.offer())
    assert (again.status_code, again.content) == (202, accepted.content)
    assert again.headers["location"] == accepted.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert call.get(again.headers["location"]).json()["status"] == "done"
    assert call.state()["offers"][goods.beer.id]["price"] == "5.00"  # the work was not done again
    is_problem(post(call, headers, goods.offer(price="1.00")), 422, "idempotency-key-reused")


def test_done_before_it_is_asked_for(call, goods):
    call.fault("job", at_once=True)
    accepted = call.items("offers", goods.offer())
    assert (accepted.status_code, accepted.json()["status"]) == (202, "done")
    assert accepted.json()["results"][0]["id"] == goods.beer.id
    assert call.get(accepted.headers["location"]).json() == accepted.json()


def test_done_although_nobody_asks(call, goods):
    call.fault("job", polls=99)
    accepted = call.items("offers", goods.offer())
    assert call.owner("finish_jobs") == [accepted.json()["id"]]
    assert list(call.state()["offers"]) == [goods.beer.id]
    assert call.get(accepted.headers["location"]).json()["status"] == "done"
    assert call.owner("finish_jobs") == []


def test_a_job_is_kept_for_a_day_after_it_is_done(call, goods, is_problem):
    call.fault("job", polls=0)
    url = call.items("offers", goods.offer()).headers["location"]
    call.owner("advance_clock", seconds=30 * 3600)
    assert call.get(url).json()["status"] == "done"  # a running job is not forgotten
    call.owner("advance_clock", seconds=24 * 3600 - 1)
    assert call.get(url).json()["status"] == "done"
    call.owner("advance_clock", seconds=1)
    is_problem(call.get(url), 404, "not-found")


def test_a_lost_job_leaves_its_key_free(call, goods, headers, is_problem):
    """404 means unanswered: the POST may be repeated under the same key."""
    call.fault("job", polls=3)
    url = post(call, headers, goods.offer()).headers["location"]
    assert call.owner("forget_jobs") == 1
    is_problem(call.get(url), 404, "not-found")
    assert call.state()["offers"] == {}
    again = post(call, headers, goods.offer())
    assert (again.status_code, again.json()["results"][0]["status"]) == (200, 200)
    assert "idempotency-replayed" not in again.headers


def test_a_job_that_is_not_found_once(call, goods, is_problem):
    call.fault("job", polls=0)
    url = call.items("offers", goods.offer()).headers["location"]
    call.fault("status", status=404, code="not-found", path_prefix="/v1/jobs")
    is_problem(call.get(url), 404, "not-found")
    assert call.get(url).json()["status"] == "done"


def test_any_valid_key_may_ask(call, goods, shop, is_problem):
    call.fault("job", polls=1)
    url = call.items("offers", goods.offer()).headers["location"]
    call.headers["authorization"] = f"Bearer {shop.issue_key(['regions:read'])}"
    assert call.get(url).status_code == 200
    call.headers["authorization"] = "Bearer wrong"
    is_problem(call.get(url), 401, "unauthorized")


def test_what_cannot_be_a_batch_has_no_job(call, goods, is_problem):
    call.fault("job", times=None)
    is_problem(call.items("offers", *[{}] * 501), 413, "payload-too-large")
    is_problem(call.post("/v1/offers:batch", json={"items": 7}), 422, "validation-failed")
    assert call.post("/v1/branches", json={"external_id": "9", "name": "Nowy"}).status_code == 201
    is_problem(call.get("/v1/jobs/none"), 404, "not-found")
    is_problem(call.get("/v1/jobs/none?x=1"), 422, "validation-failed", ("/x", "unknown-parameter"))


def test_refusals_by_script_reach_the_job(call, goods):
    call.fault("refuse_item", product_id=goods.beer.id)
    call.fault("job", polls=0)
    accepted = call.items("offers", goods.offer(), goods.offer(goods.water))
    results = call.get(accepted.headers["location"]).json()["results"]
    assert [result["status"] for result in results] == [422, 200]
