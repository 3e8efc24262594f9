"""Keys, limits, idempotency, scripted faults and the journal (sections 0, 15 and 16)."""

import time
import uuid
from pathlib import Path

import httpx2
import pytest

from pomost.sandbox.esklep.texts import PROBLEMS, WARNINGS


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}


@pytest.mark.parametrize(
    "headers, code",
    [
        ({"Authorization": "Bearer wrong"}, "unauthorized"),
        ({"Authorization": "Basic x"}, "unauthorized"),
        ({"X-Api-Key": "other"}, "unauthorized"),
        ({"Authorization": "Bearer old"}, "key-revoked"),
    ],
)
def test_keys(call, is_problem, headers, code):
    call.sandbox("keys", {"key": "old", "revoked": True})
    answer = call.get("/v1/shop", headers=headers)
    is_problem(answer, 401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_the_alias_header_and_another_key(call):
    call.sandbox("keys", {"key": "second"})
    del call.headers["authorization"]
    try:
        assert call.get("/v1/shop", headers={"X-Api-Key": "second"}).status_code == 200
        assert call.get("/v1/shop").status_code == 401
    finally:
        call.headers["authorization"] = "Bearer es_test"


def test_general_shape_of_answers(call, is_problem):
    answer = call.get("/v1/shop", headers={"X-Request-Id": "r-1"})
    assert (answer.headers["x-request-id"], answer.headers["content-type"]) == (
        "r-1",
        "application/json; charset=utf-8",
    )
    assert answer.headers["date"] == "Wed, 25 Nov 2026 12:00:00 GMT"
    assert answer.headers["ratelimit"].startswith('"default";r=')
    is_problem(call.get("/v1/moon"), 404, "not-found")
    refused = call.put("/v1/groups", json={})
    is_problem(refused, 405, "method-not-allowed")
    assert refused.headers["allow"] == "GET"
    is_problem(call.get("/v1/groups?colour=red"), 422, "validation-failed", ("/colour", "unknown-parameter"))
    is_problem(call.get("/v1/groups?cursor=xx"), 422, "validation-failed", ("/cursor", "cursor-invalid"))
    polish = call.get("/v1/moon", headers={"Accept-Language": "pl"}).json()
    assert polish["title"] == "Nie znaleziono"


def test_limits(session, call, goods, is_problem):
    call.settings(limits={"max_body_bytes": 500})
    is_problem(
        session.send("groups", goods.group("1" * 60), goods.group("2" * 60), goods.group("3" * 60)),
        413,
        "payload-too-large",
    )
    call.settings(limits={"max_page": 2})
    is_problem(call.get("/v1/groups?limit=3"), 422, "validation-failed", ("/limit", "out-of-range"))
    call.settings(limits={"requests_per_minute": 3})
    assert [call.get("/v1/shop").status_code for _ in range(4)] == [200, 200, 200, 429]
    call.clock(advance_s=60)
    assert call.get("/v1/shop").json()["limits"]["requests_per_minute"] == 3


def test_an_expired_cursor(session, call, goods, is_problem):
    session.stored("groups", goods.group("11"), goods.group("12"))
    cursor = call.get("/v1/groups?limit=1").json()["page"]["next_cursor"]
    call.clock(advance_s=86401)
    is_problem(call.get("/v1/groups", params={"limit": 1, "cursor": cursor}), 410, "cursor-expired")


def test_only_json_is_read(session, call, is_problem):
    answer = call.post("/v1/groups:batch", content=b"<x/>", headers={**session.headers, "Content-Type": "text/xml"})
    is_problem(answer, 415, "unsupported-media-type")


class TestFaults:
    def test_a_lost_answer(self, session, call, goods):
        call.faults({"kind": "lost_after", "path_prefix": "/v1/groups"})
        headers = key()
        with pytest.raises(httpx2.TransportError):
            session.send("groups", goods.group("11"), **headers)
        assert "11" in call.state("groups")["groups"]
        again = session.send("groups", goods.group("11"), **headers)
        assert (again.headers["idempotency-replayed"], again.json()["results"][0]["result"]) == ("true", "created")

    def test_the_answer_to_a_commit_is_lost(self, session, call):
        call.faults({"kind": "lost_after", "path_prefix": "/v1/sync-sessions"})
        with pytest.raises(httpx2.TransportError):
            session.commit(("products", 0, "9"))
        assert call.get(f"/v1/sync-sessions/{session.id}").json()["state"] == "committed"
        assert session.commit(("products", 0, "9")).json()["areas"][0]["confirmed_cursor"] == "9"

    def test_a_request_that_never_arrives(self, session, call, goods):
        call.faults({"kind": "lost_before", "method": "POST"})
        with pytest.raises(httpx2.TransportError):
            session.send("groups", goods.group("11"))
        assert set(call.state("groups")["groups"]) == {"10"}

    def test_too_many_requests(self, session, call, goods, is_problem):
        call.faults({"kind": "status", "status": 429, "retry_after": 7, "times": 2})
        for _ in range(2):
            answer = session.send("groups", goods.group("11"))
            is_problem(answer, 429, "rate-limited")
            assert answer.headers["retry-after"] == "7"
        assert session.stored("groups", goods.group("11")) == ["created"]

    def test_maintenance(self, call, is_problem):
        call.faults({"kind": "status"})
        is_problem(call.get("/v1/shop"), 503, "maintenance")

    def test_half_a_batch(self, session, call, goods):
        call.faults({"kind": "half_batch"})
        results = session.results("groups", *(goods.group(str(key)) for key in range(11, 15)))
        assert [result["status"] for result in results] == [200, 200, 503, 503]
        assert results[2]["problem"]["code"] == "maintenance"
        assert set(call.state("groups")["groups"]) == {"10", "11", "12"}
        call.faults({"kind": "half_batch"})
        assert [one["status"] for one in session.results("order-updates", {}, {})] == [422, 503]

    def test_half_a_batch_and_then_nothing(self, session, call, goods):
        call.faults({"kind": "half_batch", "drop": True})
        items, headers = [goods.group(str(key)) for key in range(11, 15)], key()
        with pytest.raises(httpx2.TransportError):
            session.send("groups", *items, **headers)
        again = session.send("groups", *items, **headers).json()["results"]
        assert [result["result"] for result in again] == ["unchanged", "unchanged", "created", "created"]

    def test_a_slow_upload(self, session, call):
        call.faults({"kind": "slow_upload", "seconds": 0.3})
        started = time.perf_counter()
        assert call.get("/v1/shop").status_code == 200
        assert session.upload(b"picture").status_code == 201
        assert time.perf_counter() - started >= 0.3
        assert call.get("/v1/sandbox/faults").json()["faults"][0]["used"] == 1

    def test_one_item_is_refused(self, session, call, goods, is_refused):
        session.stored("products", goods.product("1"), goods.product("2"))
        call.faults({"kind": "refuse_item", "erp_id": "2", "times": 2, "code": "product-code-duplicate"})
        results = session.results("products", goods.product("1", stamp=2), goods.product("2", stamp=2))
        assert results[0]["result"] == "updated"
        is_refused(results[1], 409, "product-code-duplicate", "/erp_id")
        is_refused(session.one("prices", goods.price("2")), 409, "product-code-duplicate", "/product_erp_id")
        assert session.stored("prices", goods.price("2")) == ["created"]

    def test_a_shop_that_says_yes_and_stores_nothing(self, session, call, goods):
        call.faults({"kind": "store_nothing", "times": 2})
        assert session.stored("groups", goods.group("11")) == ["created"]
        assert session.upload(b"picture").status_code == 201
        assert (set(call.state("groups")["groups"]), call.state("files")["files"]) == ({"10"}, {})

    def test_spoiled_answers(self, call):
        for kind in ("html", "truncated_json", "wrong_types", "unknown_fields"):
            call.faults({"kind": kind})
            answer = call.get("/v1/groups")
            assert answer.status_code == 200
            if kind in {"html", "truncated_json"}:
                with pytest.raises(ValueError):
                    answer.json()
            else:
                assert answer.json()
        call.faults({"kind": "cut"})
        with pytest.raises(httpx2.TransportError):
            call.get("/v1/dictionaries/order-statuses")

    def test_an_empty_answer(self, session, call, goods):
        call.faults({"kind": "empty", "path_prefix": "/v1/groups"})
        headers = key()
        answer = session.send("groups", goods.group("11"), **headers)
        assert (answer.status_code, answer.content) == (200, b"")
        again = session.send("groups", goods.group("11"), **headers)
        assert (again.headers["idempotency-replayed"], again.json()["results"][0]["result"]) == ("true", "created")

    def test_results_in_any_order(self, session, call, goods):
        call.faults({"kind": "unordered_results"})
        results = session.results("groups", goods.group("11"), goods.group("12", "404"))
        assert [(result["index"], result["erp_id"]) for result in results] == [(1, "12"), (0, "11")]

    def test_amounts_and_times_spelt_otherwise(self, session, call, goods, place):
        session.stored("products", goods.product(ignore_stock=True))
        session.stored("prices", goods.price(value="123.50"))
        order = place()
        call.faults({"kind": "short_amounts"})
        short = call.get(f"/v1/orders/{order['id']}").json()
        assert (short["totals"]["gross"], short["lines"][0]["vat"]["rate"]) == ("123.5", "23.00")
        call.faults({"kind": "other_times"})
        assert call.get(f"/v1/orders/{order['id']}").json()["placed_at"] == "2026-11-25T12:00:00+00:00"
        call.faults({"kind": "decimal_comma"})
        assert call.get("/v1/prices").json()["data"][0]["value"] == "123,50"

    def test_a_wait_told_as_a_date(self, call, is_problem):
        call.faults({"kind": "status", "status": 429, "retry_after": 90, "as_date": True})
        answer = call.get("/v1/shop")
        is_problem(answer, 429, "rate-limited")
        assert answer.headers["retry-after"] == "Wed, 25 Nov 2026 12:01:30 GMT"

    def test_a_script_replaces_the_one_before(self, call):
        call.faults({"kind": "status", "times": None})
        assert call.get("/v1/shop").status_code == 503
        refused = call.put("/v1/sandbox/faults", json=[{"kind": "strange"}])
        assert (refused.status_code, call.get("/v1/shop").status_code) == (422, 503)
        for faulty in ([{"kind": "refuse_item"}], [{"kind": "status", "code": "x"}], [{"kind": "job"}], {}, 7):
            assert call.put("/v1/sandbox/faults", json=faulty).status_code == 422
        call.faults()
        assert call.get("/v1/shop").status_code == 200


def test_every_problem_and_warning_is_provoked_somewhere():
    """Codes of the contract that no test of this folder names would be codes nobody has seen come."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    codes = {*PROBLEMS, *WARNINGS}
    assert len(codes) > 40
    assert {code for code in codes if f'"{code}"' not in tests} == set()


def test_any_problem_can_come_by_script(call, is_problem):
    call.faults({"kind": "status", "status": 403, "code": "forbidden-scope"})
    is_problem(call.get("/v1/shop"), 403, "forbidden-scope")


def test_the_journal_tells_exactly_what_was_called(session, call, goods):
    seen = call.journal()["last"]
    session.send("groups", goods.group("11"), goods.group("12", "404"))
    session.upload(b"picture")
    call.get("/v1/products/1", headers={"Accept-Language": "pl"})
    call.get("/v1/products/2?x=1")
    call.get("/v1/shop", headers={"Authorization": "Bearer wrong"})
    call.state()  # the sandbox's own calls are no calls
    journal = call.journal(since=seen)
    assert journal["calls"] == {
        "POST /v1/groups:batch": 1, "PUT /v1/files/{sha256}": 1, "GET /v1/products/{erp_id}": 2, "GET /v1/shop": 1,
    }  # fmt: skip
    batch, upload, read, _, refused = journal["entries"]
    assert (batch["headers"]["sync-session"], batch["headers"]["sync-fence"]) == (session.id, "1")
    assert batch["headers"]["authorization"] == refused["headers"]["authorization"] == "***"
    assert (batch["item_count"], batch["status"]) == (2, 200)
    assert batch["items"] == [
        {"key": {"erp_id": "11"}, "op": "upsert", "status": 200, "result": "created"},
        {"key": {"erp_id": "12"}, "op": "upsert", "status": 409, "result": "group-parent-unknown"},
    ]
    assert upload["items"][0]["op"] == "upload"
    assert (read["path"], read["headers"]["accept-language"], refused["status"]) == ("/v1/products/1", "pl", 401)
    assert call.delete("/v1/sandbox/journal").status_code == 204
    assert call.journal()["entries"] == []


def test_reset_opens_the_shop_anew(session, call, goods):
    session.stored("products", goods.product())
    call.settings(name="Inny", stock_mode="total")
    call.faults({"kind": "status", "times": None})
    call.sandbox("reset", {})
    assert call.get("/v1/shop").json()["name"] == "Sklep Wzorcowy"
    assert (call.state("products", "sessions"), call.begin("stocks").json()["fence"]) == (
        {"products": {}, "sessions": {}},
        1,
    )


def test_the_clock(call):
    real = call.sandbox("clock", {}, "PUT")
    assert real["frozen"] is False
    assert abs(time.time() - time.mktime(time.strptime(real["now"][:19], "%Y-%m-%dT%H:%M:%S"))) < 86400
    call.sandbox("clock", {"now": "2030-01-01T00:00:00+01:00"}, "PUT")
    assert call.get("/v1/shop").json()["server_time"].startswith("2029-12-31T23:00:0")
    call.clock(advance_s=3600)
    assert call.get("/v1/shop").json()["server_time"].startswith("2030-01-01T00:00:0")


def test_settings(call, is_problem):
    told = call.settings(pricing={"discount_base": "price_basis"}, point_value="0.10")
    assert (told["pricing"]["discount_base"], told["pricing"]["erp_discounts"], told["point_value"]) == (
        "price_basis",
        True,
        "0.10",
    )
    wrong = call.put("/v1/sandbox/settings", json={"stock_mode": "some"})
    is_problem(wrong, 422, "validation-failed", ("/stock_mode", "not-allowed-value"))
    is_problem(
        call.put("/v1/sandbox/settings", json={"colour": 1}), 422, "validation-failed", ("/colour", "unknown-field")
    )
    assert call.get("/v1/shop").json()["stock_mode"] == "per_warehouse"


def test_the_published_description(call):
    document = call.get("/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    batch = document["paths"]["/v1/products:batch"]["post"]
    assert {one["name"] for one in batch["parameters"]} == {"Idempotency-Key", "Sync-Session", "Sync-Fence"}
    items = batch["requestBody"]["content"]["application/json"]["schema"]["properties"]["items"]
    product = document["components"]["schemas"][items["items"]["$ref"].rsplit("/", 1)[1]]
    assert "default_group_erp_id" in product["properties"]
    assert not any(path.startswith("/v1/sandbox") for path in document["paths"])
    beat = document["paths"]["/v1/sync-sessions/{session_id}/heartbeat"]["post"]
    assert {one["name"] for one in beat["parameters"]} == {"session_id", "Sync-Session", "Sync-Fence"}
    reads = document["paths"]["/v1/products"]["get"]
    assert {one["name"] for one in reads["parameters"]} >= {"state", "cursor", "limit", "updated_since"}
