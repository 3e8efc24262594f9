"""Orders as buyers place them, and their acknowledgement (sections 12 and 13)."""

import pytest

ADDRESS = {
    "names": ["Ola"],
    "street": "Długa",
    "house": "1",
    "postal_code": "00-001",
    "city": "Gdańsk",
    "email": "o@x.pl",
}


@pytest.fixture(autouse=True)
def on_sale(session, goods):
    op = {"symbol": "op.", "numerator": 6, "denominator": 1}
    session.stored(
        "products",
        goods.product("1", ignore_stock=True, units=[op], eans=[{"ean": "590", "default": True}], split_payment=True),
        goods.product("2", ignore_stock=True, reward=True, points_cost=50, vat={"rate": "8.00", "kind": "taxed"}),
        goods.product("3", kind="service", base_unit={"symbol": "h", "whole_only": False}, min_quantity="0.5"),
    )
    session.stored("prices", goods.price("1", loyalty_points=3), goods.price("2", "10.80"), goods.price("3", "61.50"))
    session.stored("customers", goods.customer("7", payment_days=14, logins=[{"email": "a@x.pl", "active": True}]))


def test_an_order_of_a_registered_customer(call, place):
    order = place(
        {"product_erp_id": "1", "unit": "op.", "quantity": "2"}, {"product_erp_id": "2"},
        login="a@x.pl", remarks="Proszę dzwonić", document_wanted="invoice", delivery_type="2", delivery_gross="12.30",
        point={"code": "GDA01"}, requested_date="2026-12-01", source="5",
    )  # fmt: skip
    assert order == call.get(f"/v1/orders/{order['id']}").json()
    assert (order["status"], order["version"], order["source"], order["price_basis"]) == (
        "awaiting_shop",
        1,
        "5",
        "gross",
    )
    assert order["customer"] == {
        "kind": "registered",
        "shop_id": order["customer"]["shop_id"],
        "erp_id": "7",
        "company": True,
    }
    assert (order["buyer"]["nip"], order["recipient"]) == ("5260001246", order["buyer"])
    assert (
        order["payment"] | {"form_id": "1", "online": False, "status": "none", "paid_amount": "0.00", "due_days": 14}
        == order["payment"]
    )
    assert (order["delivery"]["kind"], order["delivery"]["point"]["code"]) == ("locker", "GDA01")
    assert (order["delivery"]["cost_net"], order["delivery"]["cost_gross"]) == ("10.00", "12.30")
    line = order["lines"][0]
    assert (line["quantity"], line["quantity_base"], line["price_start"], line["price_final"]) == (
        "2",
        "12",
        "738.00",
        "738.00",
    )
    assert (line["value_gross"], line["value_net"], line["ean"], line["points"]) == ("1476.00", "1200.00", "590", 36)
    assert line["unit"] == {"symbol": "op.", "numerator": 6, "denominator": 1}
    assert [line["line_id"] for line in order["lines"]] == ["1", "2"]
    totals = order["totals"]
    assert (totals["net"], totals["vat"], totals["gross"], totals["to_pay"]) == (
        "1220.00",
        "279.10",
        "1499.10",
        "1499.10",
    )
    assert {(one["vat"]["rate"], one["gross"]) for one in totals["by_rate"]} == {
        ("23.00", "1488.30"),
        ("8.00", "10.80"),
    }
    assert order["points_earned"] == 36
    assert order["acknowledgement"] is None


def test_an_order_of_a_guest(place):
    order = place(buyer=ADDRESS)
    assert order["customer"] == {"kind": "guest", "shop_id": None, "erp_id": None, "company": False}
    assert (order["buyer"]["city"], order["points_earned"]) == ("Gdańsk", 0)


def test_an_order_counted_from_net(place):
    line = place({"product_erp_id": "1", "quantity": "3"}, price_basis="net")["lines"][0]
    assert (line["basis"], line["price_final"], line["value_net"], line["value_vat"]) == (
        "net",
        "100.00",
        "300.00",
        "69.00",
    )


def test_a_reward_for_points(place):
    order = place({"product_erp_id": "1"}, {"product_erp_id": "2", "reward": True}, login="a@x.pl")
    line = order["lines"][1]
    assert (line["points"], line["price_final"], line["value_gross"]) == (-50, "0.00", "0.00")
    assert (order["points_used"], order["totals"]["to_pay"]) == (50, "123.00")


def test_rules_and_sets_stand_on_their_lines(session, goods, place):
    session.stored("discounts", goods.rule(8, "10", erp_id="88", product="1"))
    session.stored(
        "bundles",
        goods.bundle("5", "1", components=[goods.part("2", "2", discount={"kind": "percent", "value": "50"})]),
    )
    order = place({"product_erp_id": "1"}, {"bundle_erp_id": "5", "quantity": "3"})
    assert order["lines"][0]["reductions"] == [{"origin": "erp_rule", "ref": "88", "percent": "10", "amount": None}]
    main, part = order["lines"][1:]
    assert (main["bundle"]["main"], part["bundle"]["main"], part["bundle"]["set_quantity"]) == (True, False, "3")
    assert main["bundle"]["instance"] == part["bundle"]["instance"]
    assert (main["price_final"], part["quantity"], part["price_final"], part["value_gross"]) == (
        "123.00",
        "6",
        "5.40",
        "32.40",
    )
    assert part["reductions"] == [{"origin": "bundle", "ref": "5", "percent": None, "amount": "5.40"}]


def test_split_payment(session, goods, place):
    assert place({"product_erp_id": "1", "quantity": "122"}, login="a@x.pl")["split_payment"] is True
    assert place({"product_erp_id": "1", "quantity": "121"}, login="a@x.pl")["split_payment"] is False
    assert place({"product_erp_id": "3", "quantity": "500"}, login="a@x.pl")["split_payment"] is False
    assert place({"product_erp_id": "1", "quantity": "122"}, buyer=ADDRESS)["split_payment"] is False


@pytest.mark.parametrize(
    "line, more, pointer",
    [
        ({"product_erp_id": "404"}, {}, None),
        ({"product_erp_id": "1", "quantity": "0"}, {}, "/lines/0/quantity"),
        ({"product_erp_id": "1", "quantity": "1.5"}, {}, "/lines/0/quantity"),
        ({"product_erp_id": "3", "quantity": "0.25"}, {}, "/lines/0/quantity"),
        ({"product_erp_id": "1", "reward": True}, {}, "/lines/0/reward"),
        ({"bundle_erp_id": "404"}, {}, "/lines/0/bundle_erp_id"),
        ({}, {}, "/lines/0/product_erp_id"),
        ({"product_erp_id": "1"}, {"currency": "EUR"}, "/lines/0/product_erp_id"),
        ({"product_erp_id": "1"}, {"delivery_type": "2"}, "/point"),
        ({"product_erp_id": "1"}, {"payment_form": "77"}, "/payment_form"),
        ({"product_erp_id": "1"}, {"source": "77"}, "/source"),
        ({"product_erp_id": "1"}, {"status": "lost"}, "/status"),
    ],
)
def test_orders_nobody_could_place(call, is_problem, line, more, pointer):
    answer = call.post("/v1/sandbox/orders", json={"lines": [line], **more})
    body = is_problem(
        answer, 404 if pointer is None else 422, "product-unknown" if pointer is None else "validation-failed"
    )
    assert pointer is None or body["errors"][0]["pointer"] == pointer
    assert call.every("/v1/orders") == []


def test_a_product_out_of_stock_cannot_be_ordered(session, call, goods, is_problem):
    session.stored("products", goods.product("4"))
    session.stored("prices", goods.price("4"))
    answer = call.post("/v1/sandbox/orders", json={"lines": [{"product_erp_id": "4"}]})
    is_problem(answer, 422, "validation-failed", ("/lines/0/product_erp_id", "not-sellable"))


def numbers(call, **params):
    return [order["number"] for order in call.every("/v1/orders", limit=1, **params)]


def test_what_can_be_imported(call, place, acknowledge):
    first, second, _ = (place(number=number) for number in "ABC")
    waiting = place(number="D", payment_form="3")
    assert waiting["status"] == "awaiting_payment_system"
    assert numbers(call, importable="true") == ["A", "B", "C"]  # oldest first
    assert acknowledge(first).status_code == 201
    call.sandbox(f"orders/{second['id']}/edit", {"status": "cancelled"})
    assert numbers(call, importable="true") == ["C"]
    assert set(numbers(call, importable="false")) == {"A", "B", "D"}
    call.clock(advance_s=60)
    paid = call.sandbox(f"orders/{waiting['id']}/pay", {})
    assert (paid["status"], paid["payment"]["status"], paid["payment"]["paid_amount"]) == (
        "awaiting_shop",
        "paid",
        "123.00",
    )
    assert (paid["version"], paid["payment"]["transaction_id"]) == (1, f"TR-{paid['id']}")
    assert numbers(call, importable="true") == ["C", "D"]
    assert numbers(call, updated_since="2026-11-25T12:00:30Z") == ["D"]


def test_reading_one_order(call, place, is_problem):
    order = place()
    answer = call.get(f"/v1/orders/{order['id']}")
    tag = answer.headers["etag"]
    assert tag.startswith('"1-')
    assert call.get(f"/v1/orders/{order['id']}", headers={"If-None-Match": tag}).status_code == 304
    is_problem(call.get("/v1/orders/none"), 404, "not-found")
    assert not {"wishes", "progress_stamp"} & set(order)


def test_exactly_one_acknowledgement(session, call, place, acknowledge, is_problem):
    order = place()
    first = acknowledge(order)
    assert (first.status_code, first.json()["erp_document_number"]) == (201, "RO/1")
    assert acknowledge(order, imported_at="2026-11-25T13:00:00Z").status_code == 200
    is_problem(acknowledge(order, "2"), 409, "order-already-acknowledged")
    assert call.get(f"/v1/orders/{order['id']}").json()["acknowledgement"] == first.json()
    is_problem(acknowledge({"id": "none", "version": 1}), 404, "not-found")
    is_problem(
        acknowledge(place(), erp_document_type="FS"),
        422,
        "validation-failed",
        ("/erp_document_type", "not-allowed-value"),
    )


def test_an_edited_order_has_to_be_read_again(session, call, place, acknowledge, is_problem):
    order = place()
    edited = call.sandbox(
        f"orders/{order['id']}/edit", {"remarks": "Zmiana", "lines": [{"product_erp_id": "2", "quantity": "5"}]}
    )
    assert (edited["version"], edited["remarks"], edited["totals"]["gross"]) == (2, "Zmiana", "54.00")
    body = is_problem(acknowledge(order), 409, "order-changed", ("/order_version", "order-changed"))
    assert body["version"] == 2
    assert acknowledge(edited).status_code == 201
    assert numbers(call, changed_after_ack="true") == []
    call.sandbox(f"orders/{order['id']}/edit", {"remarks": "Jeszcze raz"})
    assert numbers(call, changed_after_ack="true") == [order["number"]]
    assert numbers(call, importable="true") == []


def test_if_match_is_heeded_where_it_is_sent(session, call, place, is_problem):
    order = place()
    wish = {"erp_document_type": "RO", "erp_document_id": "1", "erp_document_number": "1", "order_version": 1,
            "imported_at": "2026-11-25T12:00:00Z"}  # fmt: skip
    url = f"/v1/orders/{order['id']}/acknowledgement"
    is_problem(call.put(url, json=wish, headers={**session.headers, "If-Match": '"7"'}), 412, "version-conflict")
    tag = call.get(f"/v1/orders/{order['id']}").headers["etag"]
    assert call.put(url, json=wish, headers={**session.headers, "If-Match": tag}).status_code == 201


def test_what_moves_the_version_and_what_the_tag(session, call, place, acknowledge):
    """Section 22: a payment raises `updated_at` and the ETag; `version` is the buyer's and the panel's edits alone."""
    order = place()

    def told():
        answer = call.get(f"/v1/orders/{order['id']}")
        return answer.json()["version"], answer.json()["updated_at"][11:19], answer.headers["etag"]

    seen = [told()]
    steps = (
        lambda: call.sandbox(f"orders/{order['id']}/pay", {"amount": "10.00"}),
        lambda: acknowledge(order),
        lambda: session.stored(
            "order-updates", {"order_id": order["id"], "stamp": 1, "planned_delivery": "2026-12-01"}
        ),
        lambda: call.sandbox(f"orders/{order['id']}/edit", {"remarks": "Jednak jutro"}),
    )
    for step in steps:
        call.clock(advance_s=60)
        step()
        seen.append(told())
    assert [version for version, _, _ in seen] == [1, 1, 1, 1, 2]
    assert [moment for _, moment, _ in seen] == [f"12:0{minute}:00" for minute in range(5)]
    assert len({tag for _, _, tag in seen}) == 5


def test_only_an_order_that_awaits_the_shop_is_acknowledged(call, place, acknowledge, is_problem):
    """Section 22: 422 `order-not-importable`; an edit that was not read comes first."""
    unpaid = place(payment_form="3")
    assert unpaid["status"] == "awaiting_payment_system"
    is_problem(acknowledge(unpaid), 422, "order-not-importable")
    call.sandbox(f"orders/{unpaid['id']}/pay", {})
    assert acknowledge(unpaid).status_code == 201
    order = place()
    cancelled = call.sandbox(f"orders/{order['id']}/edit", {"status": "cancelled"})
    is_problem(acknowledge(order), 409, "order-changed")
    is_problem(acknowledge(cancelled), 422, "order-not-importable")
    assert call.get(f"/v1/orders/{order['id']}").json()["acknowledgement"] is None


def test_an_acknowledged_order_says_so_whatever_its_status(call, place, acknowledge, is_problem):
    order = place()
    acknowledge(order)
    call.sandbox(f"orders/{order['id']}/edit", {"status": "cancelled"})
    assert acknowledge(order).status_code == 200
    is_problem(acknowledge(order, "2"), 409, "order-already-acknowledged")


def test_the_document_was_deleted_in_the_erp(session, call, place, acknowledge, is_problem):
    order = place()
    acknowledge(order)
    session.stored(
        "order-updates", {"order_id": order["id"], "stamp": 1, "status": "confirmed", "trigger": "ro_confirmed"}
    )
    url = f"/v1/orders/{order['id']}/acknowledgement"
    taken_back = lambda body: call.request("DELETE", url, json=body, headers=session.headers)  # noqa: E731
    is_problem(taken_back({}), 422, "validation-failed", ("/reason", "required"))
    assert [taken_back({"reason": "RO usunięte"}).status_code for _ in range(2)] == [204, 204]
    assert numbers(call, importable="true") == [order["number"]]
    assert acknowledge(order, "2").status_code == 201
