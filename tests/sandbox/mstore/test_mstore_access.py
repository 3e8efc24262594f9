"""Keys, scopes, limits, bodies and the general shape of answers."""

import gzip
import json
import uuid
from email.utils import parsedate_to_datetime

import httpx2
import pytest

from pomost.sandbox.mstore.access import READING
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop


def test_account_says_who_and_what(call, shop, clock):
    answer = call.get("/v1/account")
    assert answer.status_code == 200
    body = answer.json()
    assert body["distributor_id"] == shop.distributor_id
    assert body["limits"] == {"max_page": 500, "max_batch": 500}
    assert "offers:write" in body["scopes"]
    assert body["server_time"] == "2026-11-24T12:00:00.000000Z"
    assert parsedate_to_datetime(answer.headers["date"]) == clock.now
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_key_in_either_header(call):
    call.headers.pop("authorization")
    assert call.get("/v1/account", headers={"X-Api-Key": "mst_test"}).status_code == 200
    assert call.get("/v1/account", headers={"Authorization": "bearer mst_test"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Api-Key": "wrong"},
        {"Authorization": "Basic mst_test"},
        {"Authorization": "Bearer mst_test", "X-Api-Key": "another"},
        {"Authorization": "mst_test"},
    ],
)
def test_unauthorized(call, is_problem, headers):
    call.headers.pop("authorization")
    answer = call.get("/v1/account", headers=headers)
    is_problem(answer, 401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_key_in_the_query_opens_nothing(call, is_problem):
    call.headers.pop("authorization")
    is_problem(call.get("/v1/account?key=mst_test"), 401, "unauthorized")


def test_revoked_key(call, shop, is_problem):
    key = shop.issue_key()
    call.headers["authorization"] = f"Bearer {key}"
    assert call.get("/v1/account").status_code == 200
    shop.revoke_key(key)
    is_problem(call.get("/v1/account"), 401, "key-revoked")


def test_read_only_key(call, shop, goods, is_problem):
    call.headers["authorization"] = f"Bearer {shop.issue_key(READING)}"
    assert call.get("/v1/offers").status_code == 200
    is_problem(call.items("offers", goods.offer()), 403, "forbidden-scope")
    is_problem(call.items("stocks", goods.stock(1)), 403, "forbidden-scope")
    is_problem(call.create(f"/v1/branches/{goods.north.id}/stocks/{goods.beer.id}", {}), 403, "forbidden-scope")
    assert shop.offers.get(goods.beer.id) is None


def test_scope_of_stocks_is_not_that_of_branches(call, shop, goods, is_problem):
    call.headers["authorization"] = f"Bearer {shop.issue_key(['branches:read'])}"
    assert call.get("/v1/branches").status_code == 200
    is_problem(call.get(f"/v1/branches/{goods.north.id}/stocks"), 403, "forbidden-scope")


def test_rate_limit(call, clock, shop, is_problem):
    shop.rate.change(2, 60)
    first = call.get("/v1/account")
    assert first.headers["ratelimit-policy"] == '"default";q=2;w=60'
    assert first.headers["ratelimit"] == '"default";r=1;t=60'
    call.get("/v1/account")
    over = call.get("/v1/account")
    is_problem(over, 429, "rate-limited")
    assert over.headers["retry-after"] == "60"
    assert over.headers["ratelimit"] == '"default";r=0;t=60'
    call.owner("advance_clock", seconds=60)
    assert call.get("/v1/account").status_code == 200


def test_a_clock_set_back_opens_the_window_anew(call, shop):
    shop.rate.change(1, 60)
    call.get("/v1/account")
    call.owner("advance_clock", seconds=-86400)
    assert call.get("/v1/account").headers["ratelimit"] == '"default";r=0;t=60'


def test_unknown_paths_and_methods(call, is_problem):
    is_problem(call.get("/v1/nothing"), 404, "not-found")
    is_problem(call.get("/v1/branches/"), 404, "not-found")
    assert call.get("/elsewhere").headers["content-type"] == "application/problem+json"
    answer = call.request("DELETE", "/v1/branches")
    is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "GET, POST"
    is_problem(call.post("/v1/products", json={}), 405, "method-not-allowed")
    is_problem(call.post("/v1/customers", json={}), 405, "method-not-allowed")
    is_problem(call.get("/v1/segments/anything"), 405, "method-not-allowed")


def test_unknown_query_parameters(call, goods, is_problem):
    is_problem(call.get("/v1/offers?page=2"), 422, "validation-failed", ("/page", "unknown-parameter"))
    is_problem(call.get("/v1/account?x=1"), 422, "validation-failed", ("/x", "unknown-parameter"))
    is_problem(call.get("/v1/offers?ean=1"), 422, "validation-failed", ("/ean", "unknown-parameter"))
    is_problem(call.get("/v1/offers?limit=5&limit=6"), 422, "validation-failed", ("/limit", "repeated-parameter"))
    is_problem(
        call.post("/v1/offers:batch?dry=1", json={"items": []}), 422, "validation-failed", ("/dry", "unknown-parameter")
    )


def test_a_failure_of_the_server_is_a_problem_and_is_logged(call, goods, monkeypatch, caplog, is_problem):
    def fail(_):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(goods.shop, "account", fail)
    is_problem(call.get("/v1/account"), 500, "internal-error")
    assert "broken on purpose" in caplog.text


def test_body_must_be_json(call, is_problem):
    def send(content, content_type):
        return call.post("/v1/branches", content=content, headers={"Content-Type": content_type})

    is_problem(send(b"{}", "text/plain"), 415, "unsupported-media-type")
    is_problem(send(b"{}", "application/json; charset=iso-8859-2"), 415, "unsupported-media-type")
    is_problem(send(b"{}", "application/merge-patch+json"), 415, "unsupported-media-type")
    is_problem(send(b'{"name":', "application/json"), 422, "validation-failed", ("", "malformed-json"))
    is_problem(send(b"[]", "application/json"), 422, "validation-failed")
    is_problem(call.post("/v1/branches"), 422, "validation-failed")


def test_body_too_large(is_problem):
    with serve(Shop(key="k", max_body=1000)) as running, httpx2.Client(base_url=running.url, timeout=120) as client:
        headers = {"X-Api-Key": "k", "Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        answer = client.post("/v1/branches", content=b" " * 1001, headers=headers)
        is_problem(answer, 413, "payload-too-large")
        packed = gzip.compress(b" " * 100_000)
        answer = client.post("/v1/branches", content=packed, headers={**headers, "Content-Encoding": "gzip"})
        is_problem(answer, 413, "payload-too-large")


def test_compressed_both_ways(call, goods, shop, is_problem):
    for number in range(40):
        shop.add_product(f"{5900000001000 + number}", f"Towar {number}")
    plain = call.get("/v1/products", headers={"Accept-Encoding": "identity"})
    packed = call.get("/v1/products", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    content = gzip.compress(json.dumps({"external_id": "9", "name": "Nowy"}).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert call.post("/v1/branches", content=content, headers=headers).status_code == 201
    is_problem(call.post("/v1/branches", content=b"x", headers=headers), 415, "unsupported-media-type")
    headers["Content-Encoding"] = "br"
    is_problem(call.post("/v1/branches", content=b"x", headers=headers), 415, "unsupported-media-type")


def test_request_id_comes_back(call):
    assert call.get("/v1/account", headers={"X-Request-Id": "run-7"}).headers["x-request-id"] == "run-7"
    assert call.get("/v1/none", headers={"X-Request-Id": "run-8"}).json()["request_id"] == "run-8"
    assert uuid.UUID(call.get("/v1/account").headers["x-request-id"])
    assert call.get("/v1/account", headers={"X-Request-Id": "a b"}).headers["x-request-id"] != "a b"


@pytest.mark.parametrize(
    "wish, title",
    [
        ("pl", "Nie znaleziono"),
        ("en", "Not found"),
        ("en-GB, pl;q=0.5", "Not found"),
        ("de, pl;q=0.2, en;q=0.7", "Not found"),
        ("de", "Nie znaleziono"),
        ("en;q=0, pl", "Nie znaleziono"),
    ],
)
def test_language_of_problems(call, wish, title):
    answer = call.get("/v1/none", headers={"Accept-Language": wish})
    assert answer.json()["title"] == title
    assert answer.json()["code"] == "not-found"


def test_description_is_sound(call):
    call.headers.pop("authorization")
    document = call.get("/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) > 20
    assert not any(path.startswith("/sandbox") for path in document["paths"])

    def references(node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for part in node.values():
                yield from references(part)
        elif isinstance(node, list):
            for part in node:
                yield from references(part)

    for reference in set(references(document)):
        name = reference.removeprefix("#/components/schemas/")
        assert name in document["components"]["schemas"], reference
    item = document["paths"]["/v1/stocks:batch"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert item["properties"]["items"]["items"]["required"] == ["branch_id", "product_id"]
