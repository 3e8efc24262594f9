"""Offers: units, prices, VAT, minimum quantities, withdrawal."""

from datetime import timedelta

import pytest


@pytest.fixture
def url(goods):
    return f"/v1/offers/{goods.beer.id}"


def patch(call, url, **fields):
    tag = call.get(url).headers["etag"]
    return call.patch(url, json=fields, headers={"If-Match": tag})


def test_offer_as_answered(call, goods, url):
    call.items("offers", goods.offer(min_quantity=2))
    body = call.get(url).json()
    version = body.pop("version")
    assert body == {
        "product_id": goods.beer.id,
        "distributor_sku": "PIWO05",
        "sales_unit_id": goods.beer.sales_units[0].id,
        "sales_unit": {"type": "PCE", "multiplier": 1},
        "price": "3.50",
        "price_kind": "net",
        "currency": "PLN",
        "vat_rate": "23",
        "min_quantity": 2,
        "status": "active",
        "price_source": "api",
        "updated_by": "api",
        "updated_at": "2026-11-24T12:00:00.000000Z",
    }
    assert call.every("/v1/offers") == [{**body, "version": version}]


def test_units_by_id_or_by_type(call, goods, url, is_refused):
    crate = goods.beer.sales_units[2]
    by_id = goods.offer(sales_unit_id=crate.id)
    del by_id["sales_unit"]
    assert call.result("offers", by_id)["status"] == 200
    assert call.get(url).json()["sales_unit"] == {"type": "CR", "multiplier": 24}
    assert call.result("offers", goods.offer(sales_unit={"type": "CR", "multiplier": 18}))["status"] == 200
    assert call.get(url).json()["sales_unit_id"] == goods.beer.sales_units[1].id
    both = goods.offer(sales_unit_id=crate.id)
    is_refused(call.result("offers", both), 422, "validation-failed", ("/sales_unit", "one-of"))


def test_keg_under_its_alias(call, goods, url):
    assert call.result("offers", goods.offer(sales_unit={"type": "BK", "multiplier": 50}))["status"] == 200
    assert call.get(url).json()["sales_unit"] == {"type": "B", "multiplier": 50}


@pytest.mark.parametrize(
    "unit, code, pointer",
    [
        ({"type": "PU", "multiplier": 6}, "sales-unit-not-offered", "/sales_unit/type"),
        ({"type": "XX", "multiplier": 1}, "sales-unit-not-offered", "/sales_unit/type"),
        ({"type": "CR", "multiplier": 20}, "multiplier-not-offered", "/sales_unit/multiplier"),
        ({"type": "PCE", "multiplier": 2}, "multiplier-not-offered", "/sales_unit/multiplier"),
    ],
)
def test_units_the_product_lacks(call, goods, is_refused, unit, code, pointer):
    is_refused(call.result("offers", goods.offer(sales_unit=unit)), 422, code, (pointer, code))


def test_unit_of_another_product(call, goods, is_refused):
    item = goods.offer(sales_unit_id=goods.water.sales_units[0].id)
    del item["sales_unit"]
    is_refused(call.result("offers", item), 422, "sales-unit-not-offered", ("/sales_unit_id", "sales-unit-not-offered"))


@pytest.mark.parametrize(
    "unit", [{"type": "CR"}, {"type": "CR", "multiplier": "18"}, {"type": "CR", "multiplier": 0}, None, "CR"]
)
def test_malformed_units(call, goods, is_refused, unit):
    is_refused(call.result("offers", goods.offer(sales_unit=unit)), 422, "validation-failed")


@pytest.mark.parametrize(
    "price", ["3.505", "-1.00", "1,50", "", " 1", "1e3", 3.5, 3, True, "1.", ".5", "NaN", "1.00\n"]
)
def test_prices_are_decimal_strings(call, goods, is_refused, price):
    is_refused(call.result("offers", goods.offer(price=price)), 422, "validation-failed")


@pytest.mark.parametrize("price, answered", [("0", "0.00"), ("15", "15.00"), ("15.5", "15.50"), ("007.10", "7.10")])
def test_prices_are_answered_with_two_places(call, goods, url, price, answered):
    assert call.result("offers", goods.offer(price=price))["status"] == 200
    assert call.get(url).json()["price"] == answered


def test_price_and_kind_go_together(call, goods, url, is_refused):
    bare = goods.offer()
    del bare["price"], bare["price_kind"]
    kind_alone, price_alone = {**bare, "price_kind": "net"}, {**bare, "price": "3.50"}
    is_refused(call.result("offers", kind_alone), 422, "validation-failed", ("/price_kind", "price-required"))
    is_refused(call.result("offers", price_alone), 422, "validation-failed", ("/price_kind", "price-kind-required"))
    assert call.result("offers", bare)["status"] == 200
    assert call.get(url).json()["price"] is None
    assert call.result("offers", goods.offer())["status"] == 200
    assert patch(call, url, price="4.00").json()["price_kind"] == "net"
    assert patch(call, url, price_kind="gross").status_code == 422
    assert patch(call, url, price_kind=None).status_code == 422
    assert patch(call, url, price="5.00", price_kind="other").status_code == 422
    cleared = patch(call, url, price=None).json()
    assert (cleared["price"], cleared["price_kind"]) == (None, None)


def test_price_set_in_the_panel_stays(call, goods, url):
    call.items("offers", goods.offer())
    call.owner("set_price_in_panel", product_id=goods.beer.id, price="9.99", price_kind="gross")
    assert call.result("offers", {"product_id": goods.beer.id, "vat_rate": "8"})["status"] == 200
    body = call.get(url).json()
    assert (body["price"], body["price_kind"], body["price_source"]) == ("9.99", "gross", "panel")
    assert (body["vat_rate"], body["updated_by"]) == ("8", "api")


def test_whose_hand_wrote_an_offer_and_when(call, goods, url, clock):
    """Section 7: `updated_by` and `price_source` tell the key's writes from the panel's; a write of the same is none."""

    def told():
        body = call.get(url).json()
        return body["updated_by"], body["price_source"], body["updated_at"][11:19]

    call.items("offers", goods.offer())
    clock.now += timedelta(hours=1)
    call.items("offers", goods.offer())
    assert told() == ("api", "api", "12:00:00")
    call.owner("change_offer_in_panel", product_id=goods.beer.id, min_quantity=3)
    assert told() == ("panel", "api", "13:00:00")
    clock.now += timedelta(hours=1)
    call.items("offers", {"product_id": goods.beer.id, "status": "active"})
    assert told() == ("panel", "api", "13:00:00")
    call.owner("set_price_in_panel", product_id=goods.beer.id, price="9.99")
    assert told() == ("panel", "panel", "14:00:00")
    clock.now += timedelta(hours=1)
    call.items("offers", {"product_id": goods.beer.id, "price": "9.99"})
    assert told() == ("api", "api", "15:00:00")


@pytest.mark.parametrize("rate", ["22", "23%", "ZW", "", 23, None])
def test_unknown_vat_rates(call, goods, is_refused, rate):
    is_refused(
        call.result("offers", goods.offer(vat_rate=rate)), 422, "vat-rate-unknown", ("/vat_rate", "vat-rate-unknown")
    )


@pytest.mark.parametrize("rate", ["23", "8", "5", "0", "zw", "np", "oo"])
def test_known_vat_rates(call, goods, rate):
    assert call.result("offers", goods.offer(vat_rate=rate))["status"] == 200


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 2.0, "2", True])
def test_invalid_minimum_quantities(call, goods, is_refused, quantity):
    is_refused(call.result("offers", goods.offer(min_quantity=quantity)), 422, "min-quantity-invalid")


def test_minimum_quantity_can_be_cleared(call, goods, url):
    call.items("offers", goods.offer(min_quantity=5))
    assert patch(call, url, distributor_sku="X").json()["min_quantity"] == 5
    assert patch(call, url, min_quantity=None).json()["min_quantity"] is None


@pytest.mark.parametrize("field", ["distributor_sku", "sales_unit", "currency", "vat_rate", "status"])
def test_required_fields(call, goods, is_refused, field):
    item = goods.offer()
    del item[field]
    is_refused(call.result("offers", item), 422, "validation-failed", (f"/{field}", "required"))


@pytest.mark.parametrize(
    "field, code",
    [
        ("version", "read-only-field"),
        ("price_source", "read-only-field"),
        ("updated_at", "read-only-field"),
        ("name", "unknown-field"),
    ],
)
def test_fields_nobody_may_send(call, goods, url, is_problem, is_refused, field, code):
    is_refused(call.result("offers", goods.offer(**{field: "x"})), 422, "validation-failed", (f"/{field}", code))
    is_problem(call.create(url, goods.offer(**{field: "x"})), 422, "validation-failed", (f"/{field}", code))


@pytest.mark.parametrize(
    "fields", [{"distributor_sku": ""}, {"distributor_sku": "X" * 21}, {"currency": "EUR"}, {"status": "gone"}]
)
def test_other_faulty_values(call, goods, is_refused, fields):
    is_refused(call.result("offers", goods.offer(**fields)), 422, "validation-failed")


def test_several_faults_at_once(call, goods, is_refused):
    item = goods.offer(vat_rate="22", min_quantity=0)
    is_refused(
        call.result("offers", item), 422, "validation-failed", ("/vat_rate", "vat-rate-unknown"),
        ("/min_quantity", "min-quantity-invalid"),
    )  # fmt: skip


def test_unknown_product(call, goods, is_problem, is_refused):
    is_refused(call.result("offers", {**goods.offer(), "product_id": "none"}), 404, "product-unknown")
    is_problem(call.create("/v1/offers/none", {}), 404, "product-unknown")
    is_problem(
        call.create(f"/v1/offers/{goods.water.id}", goods.offer()),
        422,
        "validation-failed",
        ("/product_id", "key-mismatch"),
    )
    is_problem(call.patch(f"/v1/offers/{goods.water.id}", json={}, headers={"If-Match": "*"}), 404, "not-found")


def test_put_replaces_the_whole(call, goods, url):
    call.items("offers", goods.offer(min_quantity=5))
    bare = goods.offer()
    del bare["price"], bare["price_kind"]
    body = call.put(url, json=bare, headers={"If-Match": "*"}).json()
    assert (body["price"], body["min_quantity"], body["price_source"]) == (None, None, None)


def test_withdrawal_empties_every_branch(call, goods, url):
    call.items("offers", goods.offer())
    call.items("stocks", goods.stock(5), goods.stock(7, branch=goods.south, visible=False))
    before = call.state()["stocks"]
    assert patch(call, url, status="withdrawn").json()["status"] == "withdrawn"
    north, south = (call.state()["stocks"][branch.id][goods.beer.id] for branch in (goods.north, goods.south))
    assert (north["quantity"], north["visible"], south["quantity"], south["visible"]) == (0, True, 0, False)
    assert north["version"] != before[goods.north.id][goods.beer.id]["version"]
    call.items("stocks", goods.stock(3))
    assert call.result("offers", {"product_id": goods.beer.id, "status": "withdrawn"})["status"] == 200
    assert call.state()["stocks"][goods.north.id][goods.beer.id]["quantity"] == 0
    # Back in the offer, what was hidden by hand stays hidden until the client sends its own word (section 17).
    assert call.result("offers", {"product_id": goods.beer.id, "status": "active"})["status"] == 200
    call.items("stocks", goods.stock(4), goods.stock(4, branch=goods.south))
    back = {branch.id: call.state()["stocks"][branch.id][goods.beer.id] for branch in (goods.north, goods.south)}
    assert [back[one.id]["visible"] for one in (goods.north, goods.south)] == [True, False]
