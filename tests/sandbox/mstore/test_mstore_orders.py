"""Orders, acknowledgements and changes of status."""

import pytest

DOCUMENT = {
    "erp_document_type": "ZK",
    "erp_document_number": "ZK 12/2026",
    "erp_document_id": "4711",
    "imported_at": "2026-11-24T12:00:00Z",
}


@pytest.fixture
def order(shop, goods, call):
    call.items(
        "offers",
        goods.offer(),
        goods.offer(
            goods.water, sales_unit={"type": "PU", "multiplier": 6}, price="10.00", price_kind="gross", vat_rate="8"
        ),
    )
    lines = [{"product_id": goods.beer.id, "quantity": 3}, {"product_id": goods.water.id, "quantity": 2}]
    return call.owner(
        "place_order", branch_id=goods.north.id, customer_id=goods.customer.id, lines=lines, remarks="Rano",
        delivery={"city": "Gdańsk", "requested_date": "2026-11-26"}, payment={"method": "transfer", "due_days": 14},
    )  # fmt: skip


def test_order_as_answered(call, goods, order):
    body = call.get(f"/v1/orders/{order['id']}").json()
    assert body == order
    assert call.every("/v1/orders") == [order]
    assert (body["total_net"], body["total_vat"], body["total_gross"]) == ("29.02", "3.90", "32.92")
    assert body["buyer"] == {
        "nip": "5260001246", "name": "Sklep U Ani", "street": "Długa", "house_number": None, "flat_number": None,
        "postal_code": None, "city": "Gdańsk",
    }  # fmt: skip
    assert body["lines"][0] == {
        "line_id": "1",
        "product_id": goods.beer.id,
        "ean": goods.beer.ean,
        "distributor_sku": "PIWO05",
        "name": "Piwo 0,5 l",
        "sales_unit": {"type": "PCE", "multiplier": 1},
        "quantity": 3,
        "unit_price": "3.50",
        "price_kind": "net",
        "vat_rate": "23",
        "line_net": "10.50",
        "line_vat": "2.42",
        "line_gross": "12.92",
        "deposit_total": None,
    }
    assert (body["lines"][1]["line_net"], body["lines"][1]["line_gross"]) == ("18.52", "20.00")
    assert (body["status"], body["acknowledgement"], body["remarks"]) == ("new", None, "Rano")


def test_what_was_bought_does_not_change_with_the_shop(call, goods, order):
    call.owner("change_customer", customer_id=goods.customer.id, city="Sopot")
    call.items("offers", goods.offer(price="99.00", sales_unit={"type": "CR", "multiplier": 18}))
    assert call.get(f"/v1/orders/{order['id']}").json() == order


def test_filters(call, goods, order, is_problem):
    def found(**params):
        return [one["id"] for one in call.every("/v1/orders", **params)]

    assert found(status="new", branch_id=goods.north.id) == [order["id"]]
    assert found(status="accepted") == []
    assert found(branch_id=goods.south.id) == []
    is_problem(call.get("/v1/orders?status=strange"), 422, "order-status-unknown")
    is_problem(call.get("/v1/orders?branch_id=none"), 404, "not-found")
    is_problem(call.get("/v1/orders/none"), 404, "not-found")


def test_acknowledged_once(call, order, is_problem):
    url = f"/v1/orders/{order['id']}/acknowledgements"
    first = call.post(url, json=DOCUMENT)
    assert first.status_code == 201
    read = call.get(f"/v1/orders/{order['id']}")
    assert read.json()["acknowledgement"] == first.json() == {**DOCUMENT, "imported_at": "2026-11-24T12:00:00.000000Z"}
    assert read.headers["etag"] == first.headers["etag"]
    again = call.post(url, json={**DOCUMENT, "imported_at": "2026-11-25T12:00:00Z"})
    assert (again.status_code, again.json()) == (200, first.json())
    for field in ("erp_document_type", "erp_document_number", "erp_document_id"):
        is_problem(call.post(url, json={**DOCUMENT, field: "X"}), 409, "order-already-acknowledged")
    is_problem(call.post("/v1/orders/none/acknowledgements", json=DOCUMENT), 404, "not-found")


@pytest.mark.parametrize("field", DOCUMENT)
def test_faulty_acknowledgements(call, order, is_problem, field):
    url = f"/v1/orders/{order['id']}/acknowledgements"
    missing = {name: value for name, value in DOCUMENT.items() if name != field}
    is_problem(call.post(url, json=missing), 422, "validation-failed", (f"/{field}", "required"))
    is_problem(call.post(url, json={**DOCUMENT, field: 7}), 422, "validation-failed", (f"/{field}", "wrong-type"))
    is_problem(call.post(url, json={**DOCUMENT, "note": "x"}), 422, "validation-failed", ("/note", "unknown-field"))


def test_status_goes_where_it_may(call, order, is_problem):
    url = f"/v1/orders/{order['id']}/status-changes"
    change = {
        "status": "accepted",
        "trigger": "zk_created",
        "document": {"type": "ZK", "number": "ZK 1", "issued_at": "2026-11-24T12:00:00Z", "ksef_number": None},
        "occurred_at": "2026-11-24T12:00:00Z",
    }
    changed = call.post(url, json=change)
    assert (changed.status_code, changed.json()["status"]) == (200, "accepted")
    assert changed.headers["etag"] == f'"{changed.json()["version"]}"'
    same = call.post(url, json=change)
    assert (same.status_code, same.json()["version"]) == (200, changed.json()["version"])
    is_problem(call.post(url, json={"status": "new"}), 409, "order-transition-not-allowed")
    is_problem(
        call.post(url, json={"status": "strange"}), 422, "order-status-unknown", ("/status", "order-status-unknown")
    )
    assert call.post(url, json={"status": "completed"}).status_code == 200
    is_problem(call.post(url, json={"status": "cancelled"}), 409, "order-transition-not-allowed")
    is_problem(call.post("/v1/orders/none/status-changes", json=change), 404, "not-found")
    history = call.state()["status_changes"]
    assert [(one["from_status"], one["status"]) for one in history] == [("new", "accepted"), ("accepted", "completed")]
    assert history[0]["document"]["number"] == "ZK 1"


@pytest.mark.parametrize(
    "fields",
    [{"status": None}, {"trigger": "whim"}, {"document": {"type": "ZK"}}, {"occurred_at": "now"}, {"reason": "x"}],
)
def test_faulty_status_changes(call, order, is_problem, fields):
    url = f"/v1/orders/{order['id']}/status-changes"
    is_problem(call.post(url, json={"status": "accepted", **fields}), 422, "validation-failed")


def test_statuses_in_a_batch(call, order, is_refused):
    item = {"order_id": order["id"], "status": "in_progress", "trigger": "wz_issued"}
    is_refused(call.result("order-status-changes", {**item, "order_id": "none"}), 404, "not-found")
    is_refused(call.result("order-status-changes", {**item, "if_version": "v0"}), 412, "version-conflict")
    is_refused(call.result("order-status-changes", {**item, "status": "strange"}), 422, "order-status-unknown")
    done = call.result("order-status-changes", {**item, "if_version": order["version"]})
    assert (done["status"], done["id"]) == (200, order["id"])
    is_refused(call.result("order-status-changes", {**item, "status": "new"}), 409, "order-transition-not-allowed")
    assert call.result("order-status-changes", item)["version"] == done["version"]


def test_the_panel_may_do_more(call, order):
    call.owner("set_order_status", order_id=order["id"], status="completed")
    assert call.owner("set_order_status", order_id=order["id"], status="new")["status"] == "new"
