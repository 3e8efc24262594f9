"""Sessions: fence, heartbeat, takeover, expiry, and what every write must carry (sections 0 and 2)."""

import pytest


def test_a_session_is_opened_with_what_the_client_needs(call):
    answer = call.begin("products", "stocks", full=("products",))
    body = answer.json()
    assert answer.status_code == 201
    assert (body["fence"], body["heartbeat_s"], body["ttl_s"]) == (1, 15, 90)
    assert body["areas"] == [
        {"area": "products", "mode": "full", "confirmed_cursor": None},
        {"area": "stocks", "mode": "differential", "confirmed_cursor": None},
    ]
    report = call.get(f"/v1/sync-sessions/{body['id']}").json()
    assert (report["state"], report["alive"], report["run_id"], report["operator"]) == ("open", True, "r1", "ADMIN")


@pytest.mark.parametrize(
    "changes, pointer, code",
    [
        ({"areas": []}, "/areas", "too-short"),
        ({"areas": [{"area": "moon", "mode": "full"}]}, "/areas/0/area", "not-allowed-value"),
        ({"areas": [{"area": "stocks", "mode": "x"}]}, "/areas/0/mode", "not-allowed-value"),
        ({"areas": [{"area": "stocks", "mode": "full"}] * 2}, "/areas/1/area", "repeated"),
        ({"started_by": "cat"}, "/started_by", "not-allowed-value"),
        ({"run_id": ""}, "/run_id", "too-short"),
        ({"operator": None}, "/operator", "wrong-type"),
    ],
)
def test_faulty_sessions(call, is_problem, changes, pointer, code):
    is_problem(call.begin("stocks", **changes), 422, "validation-failed", (pointer, code))
    assert call.state("sessions")["sessions"] == {}


def test_another_major_version_is_not_spoken(call, is_problem):
    is_problem(call.begin("stocks", protocol_version="2.0"), 422, "protocol-unsupported")
    assert call.begin("stocks", protocol_version="1.7").status_code == 201


def test_an_area_needs_its_capability(call, is_problem):
    call.settings(capabilities=["documents"])
    is_problem(call.begin("files"), 422, "validation-failed", ("/areas/0/area", "capability-missing"))
    is_problem(call.begin("bundles"), 422, "validation-failed")
    is_problem(call.get("/v1/bundles"), 404, "not-found")


def test_every_write_names_its_session(call, goods, is_problem):
    session = call.session("groups")
    url, body = "/v1/groups:batch", {"items": [goods.group()]}
    is_problem(call.post(url, json=body), 428, "session-required")
    is_problem(call.post(url, json=body, headers={"Sync-Session": session.id}), 428, "session-required")
    is_problem(call.post(url, json=body, headers={"Sync-Fence": "1"}), 428, "session-required")
    for fence, code in (("x", "wrong-format"), ("9", "session-mismatch")):
        answer = call.post(url, json=body, headers={"Sync-Session": session.id, "Sync-Fence": fence})
        is_problem(answer, 422, "validation-failed", ("/Sync-Fence", code))
    answer = call.post(url, json=body, headers={"Sync-Session": "none", "Sync-Fence": "1"})
    is_problem(answer, 409, "session-closed")
    for action in ("heartbeat", "abort", "commit"):
        answer = call.post(f"/v1/sync-sessions/{session.id}/{action}", json={"areas": []})
        is_problem(answer, 428, "session-required")
    for verb, address in (
        ("PUT", "/v1/files/" + "0" * 64),
        ("PUT", "/v1/customers/by-shop-id/x/erp-link"),
        ("PUT", "/v1/orders/x/acknowledgement"),
    ):
        body = {"erp_id": "1"} if "link" in address else ACKNOWLEDGEMENT
        headers = {"Content-Type": "image/png"} if "files" in address else {}
        is_problem(call.request(verb, address, json=body, headers=headers), 428, "session-required")
    assert call.get("/v1/groups").json()["data"] == []


ACKNOWLEDGEMENT = {
    "erp_document_type": "RO", "erp_document_id": "1", "erp_document_number": "RO/1", "order_version": 1,
    "imported_at": "2026-11-25T12:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    "resource, item",
    [
        ("price-types", "price_type"), ("warehouses", "warehouse"), ("attributes", "attribute"), ("groups", "group"),
        ("products", "product"), ("prices", "price"), ("bundles", "bundle"), ("stocks", "stock"),
        ("customers", "customer"),
    ],
)  # fmt: skip
def test_a_session_writes_in_its_own_areas_only(call, goods, is_problem, resource, item):
    session = call.session("orders")
    is_problem(session.send(resource, getattr(goods, item)()), 409, "area-not-in-session")


def test_rules_of_both_kinds_have_areas_of_their_own(session, call, goods, is_refused):
    session.ask("abort")
    public = call.session("discounts_public")
    everybody, somebody = goods.rule(8, "5", product="1"), goods.rule(2, "5", customer="1")
    results = public.results("discounts", everybody, somebody)
    assert results[0]["result"] == "created"
    is_refused(results[1], 409, "area-not-in-session")
    public.ask("abort")
    is_refused(call.session("discounts_customer").one("discounts", everybody), 409, "area-not-in-session")


def test_files_and_orders_have_areas_too(call, is_problem):
    session = call.session("stocks")
    is_problem(session.upload(b"x"), 409, "area-not-in-session")
    is_problem(session.send("file-links"), 409, "area-not-in-session")
    is_problem(session.send("order-updates"), 409, "area-not-in-session")
    is_problem(session.put("/v1/orders/x/acknowledgement", ACKNOWLEDGEMENT), 409, "area-not-in-session")
    is_problem(session.put("/v1/customers/by-shop-id/x/erp-link", {"erp_id": "1"}), 409, "area-not-in-session")


def test_a_second_run_is_told_who_holds_the_shop(call, is_problem):
    call.session("products")
    holder = is_problem(call.begin("stocks", host="AUTOMAT"), 409, "sync-in-progress")["holder"]
    wanted = {"host": "KASA-1", "operator": "ADMIN", "started_by": "manual", "alive": True}
    assert wanted.items() <= holder.items()
    assert holder["started_at"] == holder["heartbeat_at"] == "2026-11-25T12:00:00.000000Z"


def test_silence_of_ninety_seconds_makes_a_session_dead_and_a_beat_revives_it(call, goods, is_problem):
    session = call.session("groups")
    call.clock(advance_s=90)
    assert is_problem(call.begin("groups"), 409, "sync-in-progress")["holder"]["alive"] is True
    call.clock(advance_s=1)
    # Dead or not, the shop changes hands only by a takeover.
    assert is_problem(call.begin("groups"), 409, "sync-in-progress")["holder"]["alive"] is False
    beat = session.ask("heartbeat").json()
    assert (beat["alive"], beat["fence"], beat["ttl_s"]) == (True, 1, 90)
    call.clock(advance_s=60)
    session.stored("groups", goods.group())  # any write is a heartbeat
    call.clock(advance_s=60)
    assert is_problem(call.begin("groups"), 409, "sync-in-progress")["holder"]["alive"] is True


def test_takeover_raises_the_fence_and_the_older_session_writes_no_more(call, goods, is_problem):
    old = call.session("groups", full=("groups",))
    old.stored("groups", goods.group())
    new = call.session("groups", takeover=True, host="KASA-2")
    assert new.fence == old.fence + 1
    for answer in (
        old.send("groups", goods.group("11")),
        old.ask("heartbeat"),
        old.commit(("groups", 1)),
        old.ask("abort"),
    ):
        assert is_problem(answer, 409, "fence-lost")["holder"]["host"] == "KASA-2"
    report = call.get(f"/v1/sync-sessions/{old.id}").json()
    assert (report["state"], report["areas"][0]["marked"]) == ("superseded", 0)
    new.stored("groups", goods.group("11"))
    assert set(call.state("groups")["groups"]) == {"10", "11"}


def test_the_fence_decides_also_after_the_new_session_has_ended(call, goods, is_problem):
    old = call.session("groups")
    new = call.session("groups", takeover=True)
    assert new.commit(("groups", 0)).status_code == 200
    assert is_problem(old.send("groups", goods.group()), 409, "fence-lost")["holder"] is None


def test_an_ended_session_takes_nothing(call, goods, is_problem):
    session = call.session("groups")
    assert session.ask("abort").json()["state"] == "aborted"
    is_problem(session.send("groups", goods.group()), 409, "session-closed")
    is_problem(session.commit(("groups", 0)), 409, "session-closed")
    assert session.ask("abort").json()["state"] == "aborted"
    assert call.begin("groups").status_code == 201


def test_a_session_lasts_a_day_at_most(call, goods, is_problem):
    session = call.session("groups", full=("groups",))
    session.stored("groups", goods.group())
    for _ in range(24):
        call.clock(advance_s=3600)
        session.ask("heartbeat")
    call.clock(advance_s=1)
    is_problem(session.send("groups", goods.group()), 409, "session-closed")
    assert call.get(f"/v1/sync-sessions/{session.id}").json()["state"] == "expired"
    assert call.begin("groups").status_code == 201


def test_headers_and_address_speak_of_the_same_session(call, is_problem):
    session = call.session("groups")
    session.ask("abort")
    other = call.session("groups")
    answer = call.post(f"/v1/sync-sessions/{session.id}/commit", json={"areas": []}, headers=other.headers)
    is_problem(answer, 422, "validation-failed", ("/Sync-Fence", "session-mismatch"))
    is_problem(call.get("/v1/sync-sessions/none"), 404, "not-found")


def test_opening_twice_with_one_idempotency_key_opens_once(call):
    headers = {"Idempotency-Key": "3f1c7a52-5c7a-4f0e-9d53-0d9f0a5b7c11"}
    body = {
        "run_id": "1",
        "started_by": "scheduler",
        "operator": "A",
        "host": "B",
        "areas": [{"area": "stocks", "mode": "full"}],
    }
    first, again = (call.post("/v1/sync-sessions", json=body, headers=headers) for _ in range(2))
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len(call.state("sessions")["sessions"]) == 1
