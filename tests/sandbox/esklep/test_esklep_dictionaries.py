"""The shop itself, its dictionaries, and those the ERP sends: price types, warehouses, attributes (sections 1 and 3)."""

import pytest


def test_the_shop_tells_of_itself(call):
    shop = call.get("/v1/shop").json()
    assert (shop["shop_id"], shop["protocol_version"], shop["time_zone"]) == ("ES-1001", "1.0", "Europe/Warsaw")
    assert shop["pricing"] == {
        "discount_base": "gross", "erp_discounts": True, "shop_discounts": True, "shop_discounts_combine": "first",
        "fixed_price_units": "base_only",
    }  # fmt: skip
    assert (shop["root_group_erp_id"], shop["default_price_type_erp_id"], shop["stock_mode"]) == (
        "0",
        "2",
        "per_warehouse",
    )
    assert {"files", "documents", "bundles", "points", "lots", "coupons", "price_history"} == set(shop["capabilities"])
    limits = shop["limits"]
    assert (limits["max_batch"], limits["max_products"], limits["max_stocks"]) == (500, 200, 1000)
    assert (limits["max_body_bytes"], limits["max_file_bytes"], limits["session_hours"]) == (8 << 20, 20 << 20, 24)
    assert "point_value" not in shop


@pytest.mark.parametrize(
    "name",
    ["payment-forms", "delivery-types", "order-statuses", "payment-statuses", "availability-statuses", "order-sources"],
)
def test_dictionaries(call, name):
    entries = call.every(f"/v1/dictionaries/{name}", limit=2)
    assert {"code", "name", "active"} <= set(entries[0])
    assert len({entry["code"] for entry in entries}) == len(entries) > 3


def test_what_a_dictionary_says_beyond_names(call, is_problem):
    statuses = {entry["code"]: entry for entry in call.every("/v1/dictionaries/order-statuses")}
    assert statuses["awaiting_shop"]["allowed_next"][0] == "confirmed"
    assert (statuses["completed"]["final"], statuses["completed"]["allowed_next"]) == (True, [])
    forms = call.every("/v1/dictionaries/payment-forms")
    assert {form["online"] for form in forms} == {True, False}
    assert not any(form["counts_as_paid"] for form in forms if form["name"] == "Za pobraniem")
    is_problem(call.get("/v1/dictionaries/colours"), 404, "not-found")


def test_price_types(session, call, goods, is_refused):
    is_refused(session.one("price-types", goods.price_type("1", 1)), 422, "purchase-price-forbidden", "/position")
    is_refused(session.one("price-types", goods.price_type("3", 3, currency="USD")), 422, "currency-not-enabled")
    is_refused(session.one("price-types", goods.price_type("3", 3, name="X" * 21)), 422, "validation-failed", "/name")
    is_refused(session.one("price-types", goods.price_type("3", 3, basis="both")), 422, "validation-failed", "/basis")
    assert session.stored("price-types", goods.price_type("3", 3)) == ["created"]
    assert session.stored("price-types", goods.price_type("3", 3)) == ["unchanged"]  # no stamp: the content decides
    assert session.stored("price-types", goods.price_type("3", 4)) == ["updated"]
    assert session.stored("price-types", {"op": "withdraw", "erp_id": "3"}) == ["withdrawn"]
    kept = call.state("price_types")["price_types"]["3"]
    assert (kept["active"], kept["state"]) == (False, "withdrawn")
    assert session.stored("price-types", goods.price_type("3", 4)) == ["updated"]


def test_a_withdrawn_price_type_sells_nothing(session, call, goods):
    session.stored("products", goods.product())
    session.stored("prices", goods.price())
    assert call.quote(product_erp_id="1")["sellable"] is True
    session.stored("price-types", {"op": "withdraw", "erp_id": "2"})
    assert call.quote(product_erp_id="1")["reasons"] == ["no-price"]


def test_warehouses_and_attributes(session, call, goods, is_refused):
    is_refused(session.one("warehouses", goods.warehouse("*")), 422, "validation-failed", "/erp_id")
    is_refused(session.one("warehouses", goods.warehouse("2", symbol="X" * 21)), 422, "validation-failed", "/symbol")
    assert session.stored("attributes", goods.attribute("1"), goods.attribute("2", subject="order")) == ["created"] * 2
    is_refused(session.one("attributes", goods.attribute("3")), 422, "validation-failed", "/code")
    is_refused(
        session.one("attributes", goods.attribute("3", "X", format="colour")), 422, "validation-failed", "/format"
    )
    is_refused(session.one("attributes", goods.attribute("3", "X", name="N" * 41)), 422, "validation-failed", "/name")
    session.stored("attributes", goods.attribute("1", "ROZMIAR"))
    assert session.stored("attributes", goods.attribute("3")) == ["created"]  # the code is free again
    assert session.stored("attributes", {"op": "withdraw", "erp_id": "3"}) == ["withdrawn"]
    assert call.state("attributes")["attributes"]["3"]["state"] == "withdrawn"
    is_refused(
        session.one("products", goods.product(attributes=[{"code": "KOLOR", "value": "x"}])), 409, "attribute-unknown"
    )


def test_one_bad_item_never_stops_a_batch(session, goods, is_refused):
    results = session.results("warehouses", goods.warehouse("1"), {"erp_id": "2"}, 7, goods.warehouse("3"), {"op": "x"})
    assert [result["index"] for result in results] == [0, 1, 2, 3, 4]
    assert [result["status"] for result in results] == [200, 422, 422, 200, 422]
    is_refused(results[1], 422, "validation-failed", "/symbol")
    assert (results[1]["erp_id"], "erp_id" in results[2]) == ("2", False)


def test_all_that_is_wrong_with_an_unreadable_batch(session, is_problem):
    url = "/v1/warehouses:batch"
    post = session.call.post
    is_problem(
        post(url, content=b"{", headers={**session.headers, "Content-Type": "application/json"}),
        422,
        "validation-failed",
        ("", "malformed-json"),
    )
    is_problem(post(url, json=[], headers=session.headers), 422, "validation-failed")
    is_problem(
        post(url, json={"items": {}}, headers=session.headers), 422, "validation-failed", ("/items", "wrong-type")
    )
    is_problem(post(f"{url}?x=1", json={"items": []}, headers=session.headers), 422, "validation-failed")


@pytest.mark.parametrize(
    "resource, most", [("warehouses", 500), ("products", 200), ("stocks", 1000), ("customers", 500)]
)
def test_a_batch_has_a_limit(session, is_problem, resource, most):
    assert len(session.results(resource, *[{"erp_id": "x"}] * most)) == most
    is_problem(session.send(resource, *[{"erp_id": "x"}] * (most + 1)), 413, "payload-too-large")
