"""How far an order got: status and payment, shipments, invoices (section 14)."""

import base64
import hashlib

import pytest

PDF = b"%PDF-1.7 invoice"


@pytest.fixture(autouse=True)
def on_sale(session, goods):
    session.stored("products", goods.product("1", ignore_stock=True))
    session.stored("prices", goods.price("1"))


@pytest.fixture
def order(place, acknowledge):
    order = place()
    assert acknowledge(order).status_code == 201
    return order


def update(session, order, **more):
    return session.one("order-updates", {"order_id": order["id"], "stamp": 1, **more})


def test_forward(session, call, order):
    steps = [
        ("confirmed", "ro_confirmed"),
        ("in_progress", "ro_partly_done"),
        ("ready_to_ship", "wz_issued"),
        ("completed", "shipped"),
    ]
    for stamp, (status, trigger) in enumerate(steps, 1):
        result = update(session, order, stamp=stamp, status=status, trigger=trigger)
        assert (result["result"], result["order_id"]) == ("updated", order["id"])
    got = call.get(f"/v1/orders/{order['id']}").json()
    assert (got["status"], got["version"]) == ("completed", 1)  # our own writes are no edits


def test_stamps(session, order, is_refused):
    confirmed = {"status": "confirmed", "trigger": "ro_confirmed"}
    assert update(session, order, stamp=5, **confirmed)["result"] == "updated"
    assert update(session, order, stamp=5, **confirmed)["result"] == "unchanged"
    is_refused(update(session, order, stamp=4, **confirmed), 409, "stale-item", "/stamp")
    assert update(session, order, stamp=6, **confirmed)["result"] == "updated"  # the same status is no step back


def test_equal_stamps_are_written_again_in_full(session, call, order):
    """Section 0: an equal stamp is `unchanged` in a differential area, and written again in a full one."""
    update(session, order, stamp=5, planned_delivery="2026-12-01")
    url = f"/v1/orders/{order['id']}/shipments/ZNP-1"
    session.put(url, shipment(stamp=5))
    assert update(session, order, stamp=5, planned_delivery="2026-12-02")["result"] == "unchanged"
    session.ask("abort")
    full = call.session("order_progress", full=("order_progress",))
    assert update(full, order, stamp=5, planned_delivery="2026-12-02")["result"] == "updated"
    assert call.get(f"/v1/orders/{order['id']}").json()["planned_delivery"] == "2026-12-02"
    assert full.put(url, shipment(stamp=5, waybill="62")).json()["result"] == "updated"
    assert update(full, order, stamp=4)["status"] == 409


@pytest.mark.parametrize("status", ["awaiting_shop", "confirmed", "cancelled"])
def test_a_final_status_is_never_left(session, order, is_refused, status):
    update(session, order, status="completed", trigger="ro_done")
    result = update(session, order, stamp=2, status=status, trigger="ro_confirmed")
    is_refused(result, 409, "order-transition-not-allowed", "/status")


def test_refused(session, call, order, place, is_refused):
    is_refused(update(session, order, status="lost", trigger="shipped"), 422, "order-status-unknown", "/status")
    is_refused(update(session, order, status="confirmed"), 422, "validation-failed", "/trigger")
    is_refused(update(session, order, status="confirmed", trigger="magic"), 422, "validation-failed", "/trigger")
    is_refused(update(session, {"id": "none"}), 404, "not-found")
    is_refused(update(session, place()), 409, "order-not-acknowledged")
    is_refused(session.one("order-updates", {"stamp": 1}), 422, "validation-failed", "/order_id")
    backwards = update(session, order, status="awaiting_customer", trigger="ro_confirmed")
    is_refused(backwards, 409, "order-transition-not-allowed", "/status")
    assert call.get(f"/v1/orders/{order['id']}").json()["status"] == "awaiting_shop"


def test_payment_and_documents(session, call, order):
    paid = {"status": "partial", "paid_amount": "50.00", "paid_at": "2026-11-25T11:00:00Z"}
    documents = [
        {"type": "FS", "number": "FS/1", "issued_at": "2026-11-25"},
        {"type": "WZ", "number": "WZ/1", "issued_at": "2026-11-25T10:00:00Z"},
    ]
    update(session, order, payment=paid, documents=documents, planned_delivery="2026-12-01")
    got = call.get(f"/v1/orders/{order['id']}").json()
    assert (got["payment"]["status"], got["payment"]["paid_amount"]) == ("partial", "50.00")
    assert (got["documents"], got["planned_delivery"]) == (documents, "2026-12-01")


def test_an_online_payment_belongs_to_the_shop(session, call, place, acknowledge, is_refused):
    order = place(payment_form="5")
    call.sandbox(f"orders/{order['id']}/pay", {})
    assert acknowledge(order).status_code == 201
    is_refused(update(session, order, payment={"status": "paid"}), 409, "payment-owned-by-shop", "/payment")


def shipment(**more):
    return {"carrier_code": "INPOST", "carrier_name": "InPost", "waybill": None, "tracking_url": None, "stamp": 1,
            "status": "ordered", "status_at": "2026-11-25T11:00:00Z", "shipped_at": None,
            "source_document": {"type": "WZ", "number": "WZ/1"}, **more}  # fmt: skip


def test_shipments(session, call, order, place, is_problem):
    url = f"/v1/orders/{order['id']}/shipments/ZNP-1"
    assert session.put(url, shipment()).status_code == 201
    assert session.put(url, shipment()).json()["result"] == "unchanged"
    later = shipment(stamp=3, waybill="6200", status="sent", parcels=[{"number": "1", "weight_kg": "1.5"}])
    assert session.put(url, later).json()["result"] == "updated"
    is_problem(session.put(url, shipment(stamp=2)), 409, "stale-item", ("/stamp", "stale-item"))
    assert call.state("shipments")["shipments"][f"{order['id']}/ZNP-1"]["waybill"] == "6200"
    is_problem(session.put(f"/v1/orders/{place()['id']}/shipments/1", shipment()), 409, "order-not-acknowledged")
    # Section 14.2: all of these are required; what is not known yet is null.
    for name in ("carrier_code", "carrier_name", "waybill", "tracking_url", "source_document", "status", "status_at",
                 "shipped_at", "stamp"):  # fmt: skip
        without = {key: value for key, value in shipment().items() if key != name}
        is_problem(session.put(url, without), 422, "validation-failed", (f"/{name}", "required"))
    is_problem(session.put(url, shipment(status="eaten")), 422, "validation-failed", ("/status", "not-allowed-value"))


def document(content=PDF, **more):
    return {"type": "FS", "number": "FS/1/2026", "issued_at": "2026-11-25", "visible_in": ["panel", "customer_profile"],
            "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "revision": 1, **more}  # fmt: skip


def content(session, url, content, media_type="application/pdf"):
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    headers = {**session.headers, "Content-Type": media_type, "Content-Digest": f"sha-256=:{digest}:"}
    return session.call.put(f"{url}/content", content=content, headers=headers)


def test_invoices(session, call, order, is_problem):
    url = f"/v1/orders/{order['id']}/documents/FS-1"
    is_problem(content(session, url, PDF), 404, "not-found")
    first = session.put(url, document())
    assert (first.status_code, first.json()["content_needed"]) == (201, True)
    shown = lambda: call.state("documents")["documents"][f"{order['id']}/FS-1"]["shown"]  # noqa: E731
    assert shown() is False
    is_problem(content(session, url, PDF + b"x"), 422, "digest-path-mismatch")
    is_problem(content(session, url, PDF, "image/png"), 415, "unsupported-media-type")
    assert content(session, url, PDF).status_code == 201
    assert (shown(), content(session, url, PDF).status_code) == (True, 200)
    assert session.put(url, document()).json() == {
        **first.json(),
        "content_needed": False,
        "result": "unchanged",
    }


def test_revisions_of_an_invoice(session, call, order, is_problem):
    url = f"/v1/orders/{order['id']}/documents/FS-1"
    session.put(url, document(revision=2))
    content(session, url, PDF)
    numbered = session.put(url, document(revision=3, ksef_number="KSEF-1"))
    assert (numbered.json()["result"], numbered.json()["content_needed"]) == ("updated", False)
    replaced = session.put(url, document(PDF + b"2", revision=4))
    assert replaced.json()["content_needed"] is True
    is_problem(session.put(url, document(revision=1)), 409, "stale-item", ("/revision", "stale-item"))
    is_problem(session.put(url, document(revision=4)), 409, "stale-item")  # other content, same revision


def test_documents_that_are_refused(session, call, order, place, is_problem):
    url = f"/v1/orders/{order['id']}/documents/1"
    for kind in ("PA", "KOR", "WZ"):
        is_problem(
            session.put(url, document(type=kind)),
            422,
            "document-type-not-allowed",
            ("/type", "document-type-not-allowed"),
        )
    is_problem(session.put(url, document(size=11 << 20)), 413, "payload-too-large")
    is_problem(session.put(f"/v1/orders/{place()['id']}/documents/1", document()), 409, "order-not-acknowledged")
    session.put(url, document(b"GIF89a"))
    is_problem(content(session, url, b"GIF89a"), 422, "validation-failed", ("", "not-a-pdf"))
    call.settings(capabilities=[])
    is_problem(session.put(url, document()), 404, "not-found")
