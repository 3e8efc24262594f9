"""What requests must carry, what of them is passed over, and what of the answers is left to the shop (sections 0, 22)."""

import uuid

import httpx2

KEY = "3f1c7a52-5c7a-4f0e-9d53-0d9f0a5b7c11"


def key():
    return {"Idempotency-Key": str(uuid.uuid4())}


def test_every_post_has_an_idempotency_key(session, call, goods, is_problem):
    url, body = "/v1/groups:batch", {"items": [goods.group("11")]}
    plain = httpx2.Client.post
    is_problem(
        plain(call, url, json=body, headers=session.headers), 422, "validation-failed", ("", "missing-idempotency-key")
    )
    headers = {**session.headers, **key()}
    first = plain(call, url, json=body, headers=headers)
    again = plain(call, url, json=body, headers=headers)
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    other = {"items": [goods.group("12")]}
    is_problem(plain(call, url, json=other, headers=headers), 422, "idempotency-key-reused")


def test_heartbeats_and_look_ups_need_no_key(session, call):
    """Section 22: an Idempotency-Key on every POST that writes; these write nothing, and are answered anew each time."""
    plain = httpx2.Client.post
    for url, body in ((f"/v1/sync-sessions/{session.id}/heartbeat", {}), ("/v1/files:missing", {"sha256": ["0" * 64]})):
        assert plain(call, url, json=body, headers=session.headers).status_code == 200
        for _ in range(2):
            answer = plain(call, url, json=body, headers={**session.headers, "Idempotency-Key": KEY})
            assert (answer.status_code, "idempotency-replayed" in answer.headers) == (200, False)
    for action in ("commit", "abort"):
        answer = plain(call, f"/v1/sync-sessions/{session.id}/{action}", json={"areas": []}, headers=session.headers)
        assert answer.json()["errors"][0]["code"] == "missing-idempotency-key"


class TestUnknownFields:
    """Section 22: the server ignores unknown request fields, and a client sends none: the journal tells of them."""

    def test_in_batches(self, session, call, goods):
        session.stored("attributes", goods.attribute())
        seen = call.journal()["last"]
        item = goods.product("1", colour="red", attributes=[{"code": "KOLOR", "value": "x", "hue": 7}])
        withdrawn = {"op": "withdraw", "erp_id": "404", "stamp": 1}
        body = {"items": [goods.product("2"), item, withdrawn], "mood": "good"}
        answer = call.post("/v1/products:batch", json=body, headers=session.headers)
        assert [result["status"] for result in answer.json()["results"]] == [200] * 3
        kept = call.get("/v1/products/1").json()
        assert "colour" not in kept
        assert kept["attributes"][0]["value"] == "x"
        assert set(call.journal(since=seen)["entries"][0]["ignored"]) == {
            "/mood", "/items/1/colour", "/items/1/attributes/0/hue",
        }  # fmt: skip

    def test_what_is_wrong_beside_them_is_still_told(self, session, goods, is_refused):
        is_refused(session.one("products", goods.product(colour="red", stamp="1")), 422, "validation-failed", "/stamp")

    def test_fields_of_the_shops_own_are_unknown_too(self, session, call, goods):
        assert session.stored("groups", goods.group("11", shop_id="x", updated_at="never")) == ["created"]
        assert call.state("groups")["groups"]["11"]["shop_id"] != "x"

    def test_everywhere_else(self, call):
        session = call.begin("orders", "order_progress", "files", "customers", mood="good").json()
        headers = {"Sync-Session": session["id"], "Sync-Fence": str(session["fence"])}
        order = "/v1/orders/none"
        requests = [
            ("POST", "/v1/files:missing", {"sha256": []}),
            ("POST", f"/v1/sync-sessions/{session['id']}/heartbeat", {}),
            ("POST", "/v1/order-updates:batch", {"items": [{"order_id": "none", "stamp": 1, "mood": "good"}]}),
            ("PUT", "/v1/customers/by-shop-id/none/erp-link", {"erp_id": "1"}),
            ("PUT", f"{order}/acknowledgement", {
                "erp_document_type": "RO", "erp_document_id": "1", "erp_document_number": "1", "order_version": 1,
                "imported_at": "2026-11-25T12:00:00Z",
            }),
            ("DELETE", f"{order}/acknowledgement", {"reason": "x"}),
            ("PUT", f"{order}/documents/1", {
                "type": "FS", "number": "1", "issued_at": "2026-11-25", "visible_in": [], "sha256": "0" * 64, "size": 1,
                "revision": 1,
            }),
            ("POST", f"/v1/sync-sessions/{session['id']}/commit", {
                "areas": [{"area": "orders", "complete": True, "mood": "good"}],
            }),
        ]  # fmt: skip
        for method, url, body in requests:
            more = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
            answer = call.request(method, url, json={**body, "mood": "good"}, headers={**headers, **more})
            assert answer.status_code in {200, 404}, (url, answer.text)

    def test_none_of_it_for_the_sandboxs_own_calls(self, call, is_problem):
        answer = call.put("/v1/sandbox/clock", json={"colour": 1})
        is_problem(answer, 422, "validation-failed", ("/colour", "unknown-field"))


def test_what_is_left_to_the_shop(call, goods):
    """Section 0 of the M/store contract: dates for waits, older headers for limits, the end of a version, opaque ids."""
    call.settings(
        waits_as_dates=True, rate_form="old", deprecated="2026-12-01T00:00:00Z", sunset="2027-06-30T23:59:59Z",
        id_form="odd", limits={"requests_per_minute": 3},
    )  # fmt: skip
    session = call.begin("groups").json()
    assert session["id"] == "ss:000001 ż+%2F?&=#"
    told = call.get("/v1/shop")
    assert not {"waits_as_dates", "rate_form", "deprecated", "sunset", "id_form"} & told.json().keys()
    headers = told.headers
    assert (headers["ratelimit-remaining"], headers["deprecation"]) == ("1", "@1796083200")
    assert headers["sunset"] == "Wed, 30 Jun 2027 23:59:59 GMT"
    call.get("/v1/shop")
    assert call.get("/v1/shop").headers["retry-after"] == "Wed, 25 Nov 2026 12:01:00 GMT"


def test_dictionaries_are_the_shops_own(call, is_problem):
    """Section 1: codes are read, never hard-coded."""
    entries = [{"code": "nowy", "name": "Nowy", "active": True, "final": False, "allowed_next": ["stary"]}]
    call.sandbox("dictionaries", {"name": "order-statuses", "entries": entries}, "PUT")
    assert call.every("/v1/dictionaries/order-statuses") == entries
    unknown = call.put("/v1/sandbox/dictionaries", json={"name": "moons", "entries": []})
    is_problem(unknown, 422, "validation-failed", ("/name", "not-allowed-value"))
    call.sandbox("reset", {})
    assert len(call.every("/v1/dictionaries/order-statuses")) == 10
