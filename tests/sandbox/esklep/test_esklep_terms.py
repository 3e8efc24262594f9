"""Prices, stocks, discount rules and sets as data: what is stored, refused and warned of (sections 6-9)."""

import pytest


@pytest.fixture(autouse=True)
def products(session, goods):
    session.stored("products", goods.product("1"), goods.product("2"), goods.product("9", kind="service"))


def test_prices(session, call, goods):
    session.stored("price-types", goods.price_type("3", 3))
    sent = goods.price(
        value="12.3456", basis="net", loyalty_points=7, history=[{"date": "2026-11-01", "value": "13.00", "currency": "PLN"}],
        lowest_30_days={"value": "12.00", "basis": "gross", "as_of": "2026-11-20"},
    )  # fmt: skip
    result = session.one("prices", sent)
    assert (result["product_erp_id"], result["price_type_erp_id"], result["result"]) == ("1", "2", "created")
    session.stored("prices", goods.price("2"), goods.price("1", price_type="3"))
    got = call.every("/v1/prices", product="1", limit=1)
    assert {one["price_type_erp_id"] for one in got} == {"2", "3"}
    kept = next(one for one in got if one["price_type_erp_id"] == "2")
    assert {name: kept[name] for name in sent} == sent
    assert call.every("/v1/prices", product="404") == []
    assert len(call.every("/v1/prices", limit=2)) == 3


@pytest.mark.parametrize(
    "changes, status, code, pointer",
    [
        ({"product_erp_id": "404"}, 404, "product-unknown", "/product_erp_id"),
        ({"price_type_erp_id": "404"}, 409, "price-type-unknown", "/price_type_erp_id"),
        ({"currency": "USD"}, 422, "currency-not-enabled", "/currency"),
        ({"value": "-1"}, 422, "validation-failed", "/value"),
        ({"value": "1.00001"}, 422, "validation-failed", "/value"),
        ({"value": 1}, 422, "validation-failed", "/value"),
        ({"basis": None}, 422, "validation-failed", "/basis"),
        ({"loyalty_points": -1}, 422, "validation-failed", "/loyalty_points"),
    ],
)
def test_refused_prices(session, goods, is_refused, changes, status, code, pointer):
    is_refused(session.one("prices", {**goods.price(), **changes}), status, code, pointer)


def test_a_price_without_its_key(session, goods, is_refused):
    item = goods.price()
    del item["price_type_erp_id"]
    is_refused(session.one("prices", item), 422, "validation-failed", "/price_type_erp_id")


def test_a_withdrawn_price_is_none(session, call, goods):
    session.stored("prices", goods.price())
    assert call.quote(product_erp_id="1")["final"]["gross"] == "123.00"
    gone = {"op": "withdraw", "product_erp_id": "1", "price_type_erp_id": "2", "stamp": 2}
    assert session.stored("prices", gone) == ["withdrawn"]
    assert call.quote(product_erp_id="1")["reasons"] == ["no-price"]


def test_capabilities_of_prices_and_lots(session, call, goods, is_refused):
    call.settings(capabilities=["files"])
    history = [{"date": "2026-11-01", "value": "13.00", "currency": "PLN"}]
    is_refused(session.one("prices", goods.price(loyalty_points=1)), 422, "validation-failed", "/loyalty_points")
    is_refused(session.one("prices", goods.price(history=history)), 422, "validation-failed", "/history")
    lots = [{"features": ["A"], "quantity": "1"}]
    is_refused(session.one("stocks", goods.stock(lots=lots)), 422, "validation-failed", "/lots")


def test_stocks(session, call, goods, is_refused):
    session.stored("warehouses", goods.warehouse("2"))
    sent = goods.stock(quantity="2.5", lots=[{"features": ["seria A"], "quantity": "2.5"}])
    assert session.stored("stocks", sent, goods.stock(warehouse="2", quantity="1")) == ["created"] * 2
    got = {one["warehouse_erp_id"]: one for one in call.every("/v1/stocks", product="1", limit=1)}
    assert {name: got["1"][name] for name in sent} == sent
    assert call.quote(product_erp_id="1")["available"] == "3.5"
    # The time of reading plays the stamp.
    assert session.stored("stocks", goods.stock(quantity="9")) == ["unchanged"]
    older = goods.stock(as_of="2026-11-25T10:59:59.999Z")
    is_refused(session.one("stocks", older), 409, "stale-item", "/as_of")
    assert session.stored("stocks", goods.stock(quantity="9", as_of="2026-11-25T12:00:00.001+01:00")) == ["updated"]
    gone = {"op": "withdraw", "product_erp_id": "1", "warehouse_erp_id": "1"}
    is_refused(session.one("stocks", gone), 422, "validation-failed", "/as_of")
    assert session.stored("stocks", {**gone, "as_of": "2026-11-25T12:00:00Z"}) == ["withdrawn"]
    assert call.quote(product_erp_id="1")["available"] == "1"


@pytest.mark.parametrize(
    "changes, status, code, pointer",
    [
        ({"product_erp_id": "404"}, 404, "product-unknown", "/product_erp_id"),
        ({"product_erp_id": "9"}, 422, "service-has-no-stock", "/product_erp_id"),
        ({"warehouse_erp_id": "404"}, 409, "warehouse-unknown", "/warehouse_erp_id"),
        ({"warehouse_erp_id": "*"}, 409, "warehouse-unknown", "/warehouse_erp_id"),
        ({"quantity": "-1"}, 422, "quantity-negative", "/quantity"),
        ({"quantity": 5}, 422, "validation-failed", "/quantity"),
        ({"as_of": "2026-11-25T12:00:00"}, 422, "validation-failed", "/as_of"),
        ({"basis": "guess"}, 422, "validation-failed", "/basis"),
    ],
)
def test_refused_stocks(session, goods, is_refused, changes, status, code, pointer):
    is_refused(session.one("stocks", {**goods.stock(), **changes}), status, code, pointer)


def test_one_figure_for_all_warehouses(session, call, goods, is_refused):
    call.settings(stock_mode="total")
    assert session.stored("stocks", goods.stock(warehouse="*")) == ["created"]
    is_refused(session.one("stocks", goods.stock(warehouse="1")), 409, "warehouse-unknown", "/warehouse_erp_id")


# Section 7.1, row by row: who and what a type is about.
MATRIX = {
    13: ("customer", "product"), 12: ("group", "product"), 11: (None, "product"), 6: ("customer", "product"),
    5: ("customer", "goods"), 2: ("customer", None), 4: ("group", "product"), 3: ("group", "goods"), 1: ("group", None),
    8: (None, "product"), 7: (None, "goods"),
}  # fmt: skip
FIXED = {"price": "1.00", "basis": "gross", "currency": "PLN"}


def rule_of(goods, erp_type, shape=None, **more):
    who, what = shape or MATRIX[erp_type]
    sides = {**({who: "1"} if who else {}), **({what: "1"} if what else {})}
    return goods.rule(erp_type, None if erp_type > 10 else "5.00", **sides, **(FIXED if erp_type > 10 else {}), **more)


@pytest.mark.parametrize("erp_type", MATRIX)
def test_a_type_says_for_whom_on_what_and_of_what_kind(session, goods, is_refused, erp_type):
    assert session.stored("discounts", rule_of(goods, erp_type)) == ["created"]
    for shape in set(MATRIX.values()) - {MATRIX[erp_type]}:
        wrong = rule_of(goods, erp_type, shape, stamp=2)
        is_refused(session.one("discounts", wrong), 422, "discount-type-mismatch", "/erp_type")
    other_kind = {**rule_of(goods, erp_type, stamp=2), "kind": "percent" if erp_type > 10 else "fixed_price"}
    assert session.one("discounts", other_kind)["status"] == 422


@pytest.mark.parametrize(
    "erp_type, changes, pointer",
    [
        (8, {"percent": None}, "/percent"),
        (8, {"percent": "100.01"}, "/percent"),
        (8, {"percent": "-100"}, "/percent"),
        (8, {"percent": "5.123"}, "/percent"),
        (8, {"price": "1"}, "/price"),
        (11, {"price": None}, "/price"),
        (11, {"basis": None}, "/basis"),
        (11, {"currency": None}, "/currency"),
        (11, {"percent": "5"}, "/percent"),
        (8, {"who": {"kind": "all", "erp_id": "1"}}, "/who/erp_id"),
        (8, {"what": {"kind": "product"}}, "/what/erp_id"),
        (8, {"valid_from": "2026-12-02", "valid_to": "2026-12-01"}, "/valid_to"),
        (8, {"erp_type": 9}, "/erp_type"),
        (8, {"what": {"kind": "shelf", "erp_id": "1"}}, "/what/kind"),
    ],
)
def test_refused_rules(session, goods, is_refused, erp_type, changes, pointer):
    is_refused(session.one("discounts", {**rule_of(goods, erp_type), **changes}), 422, "validation-failed", pointer)


def test_refused_currency_of_a_rule(session, goods, is_refused):
    is_refused(
        session.one("discounts", {**rule_of(goods, 11), "currency": "USD"}), 422, "currency-not-enabled", "/currency"
    )


@pytest.mark.parametrize("percent", ["-99.99", "100", "0"])
def test_percents_at_their_ends(session, goods, percent):
    assert session.stored("discounts", goods.rule(8, percent, product="1")) == ["created"]


def test_rules_sleep_until_their_targets_are_there(session, goods, warned):
    sleeping = [
        goods.rule(2, "5", customer="1"), goods.rule(1, "5", group="1"), goods.rule(8, "5", product="404"),
        goods.rule(7, "5", goods="404"),
    ]  # fmt: skip
    for result in session.results("discounts", *sleeping):
        assert (result["result"], warned(result)) == ("created", {"discount-target-unknown"})
    session.stored("customers", goods.customer(group_erp_id="1"))
    for result in session.results("discounts", *({**one, "stamp": 2} for one in sleeping[:2])):
        assert warned(result) == set()


def test_rules_by_who_and_what(session, call, goods):
    session.stored(
        "discounts",
        rule_of(goods, 6),
        rule_of(goods, 2),
        rule_of(goods, 8),
        rule_of(goods, 7),
        rule_of(goods, 1, shop_percent="3"),
    )
    found = lambda **query: {one["erp_type"] for one in call.every("/v1/discounts", limit=1, **query)}  # noqa: E731
    assert found(who="customer:1") == {6, 2}
    assert found(who="customer:2") == set()
    assert found(who="all") == {8, 7}
    assert found(what="product:1") == {6, 8}
    assert found(who="all", what="group") == {7}
    assert call.get("/v1/discounts?who=moon").status_code == 422


def test_a_rule_may_move_from_one_area_to_the_other(session, call, goods):
    session.stored("discounts", goods.rule(8, "5", erp_id="1", product="1"))
    session.stored("discounts", goods.rule(6, "5", erp_id="1", customer="1", product="1", stamp=2))
    session.ask("abort")
    customer = call.session("discounts_customer")
    assert customer.stored("discounts", {"op": "withdraw", "erp_id": "1", "stamp": 3}) == ["withdrawn"]


def test_ops_on_unknown_rules_need_to_say_whose(call, session, goods, is_refused):
    session.ask("abort")
    full = call.session("discounts_public", full=("discounts_public",))
    is_refused(full.one("discounts", {"op": "keep", "erp_id": "5"}), 422, "validation-failed", "/who")
    # Withdrawing what the shop never saw is no change (section 22), whoever it may have been for.
    assert full.stored("discounts", {"op": "withdraw", "erp_id": "5", "stamp": 1}) == ["unchanged"]
    assert full.stored("discounts", {"op": "keep", "erp_id": "5", "who": {"kind": "all"}}) == ["kept"]


def test_bundles(session, call, goods, warned):
    sent = goods.bundle(
        main_discount={"kind": "percent", "value": "10"}, valid_from="2026-11-01", hours_from="08:00", hours_to="20:00",
        components=[goods.part("2", "2.5", discount={"kind": "amount", "value": "1.00", "currency": "PLN"})],
    )  # fmt: skip
    result = session.one("bundles", sent)
    assert (result["result"], warned(result)) == ("created", set())
    got = call.every("/v1/bundles")[0]
    assert (got["components"][0]["quantity"], got["hours_from"], got["state"]) == ("2.5", "08:00", "published")
    assert session.stored("bundles", goods.bundle(publish=False, stamp=2)) == ["withdrawn"]


@pytest.mark.parametrize(
    "changes, code, pointer",
    [
        ({"components": []}, "bundle-empty", "/components"),
        ({"components": [{"product_erp_id": "2", "quantity": "0", "unit": "szt.", "discount": {"kind": "none"}}]},
         "validation-failed", "/components/0/quantity"),
        ({"components": [{"product_erp_id": "2", "quantity": "1", "unit": "op.", "discount": {"kind": "none"}}]},
         "unit-invalid", "/components/0/unit"),
        ({"components": [{"product_erp_id": "2", "quantity": "1", "unit": "szt.", "discount": {"kind": "none"}}] * 101},
         "payload-too-large", "/components"),
        ({"main_discount": {"kind": "percent"}}, "validation-failed", "/main_discount/value"),
        ({"main_discount": {"kind": "percent", "value": "101"}}, "validation-failed", "/main_discount/value"),
        ({"main_discount": {"kind": "none", "value": "1"}}, "validation-failed", "/main_discount/value"),
        ({"main_discount": {"kind": "amount", "value": "1"}}, "validation-failed", "/main_discount/currency"),
        ({"main_discount": {"kind": "amount", "value": "1", "currency": "USD"}}, "currency-not-enabled",
         "/main_discount/currency"),
        ({"hours_from": "8:00"}, "validation-failed", "/hours_from"),
        ({"hours_to": "24:00"}, "validation-failed", "/hours_to"),
        ({"valid_from": "2026-12-02", "valid_to": "2026-12-01"}, "validation-failed", "/valid_to"),
        ({"code": "X" * 21}, "validation-failed", "/code"),
    ],
)  # fmt: skip
def test_refused_bundles(session, goods, is_refused, changes, code, pointer):
    status = 413 if code == "payload-too-large" else 422
    is_refused(session.one("bundles", goods.bundle(**changes)), status, code, pointer)


def test_a_main_product_has_each_code_once(session, goods, is_refused):
    session.stored("bundles", goods.bundle("1", code="A"), goods.bundle("2", main="2", parts=("1",), code="A"))
    is_refused(session.one("bundles", goods.bundle("3", code="A")), 422, "validation-failed", "/code")


def test_a_bundle_sleeps_until_its_parts_are_published(session, call, goods, warned):
    session.stored("products", goods.product("2", publish=False, stamp=2))
    session.stored("prices", goods.price("1"), goods.price("2"))
    assert warned(session.one("bundles", goods.bundle())) == {"bundle-part-unpublished"}
    assert warned(session.one("bundles", goods.bundle("2", main="404"))) == {"bundle-part-unpublished"}
    assert call.quote(bundle_erp_id="1")["on_sale"] is False
    session.stored("products", goods.product("2", stamp=3))
    assert call.quote(bundle_erp_id="1")["on_sale"] is True
