"""Paging, incremental reads, tombstones and the read-only resources."""

from datetime import timedelta

import pytest

LISTS = ["regions", "unit-types", "order-statuses", "products", "offers", "branches", "customers", "segments", "orders"]


def many(shop, count):
    return [shop.add_product(f"{5900000001000 + number}", f"Towar {number}").id for number in range(count)]


@pytest.mark.parametrize("resource", LISTS)
def test_every_list_has_the_same_shape(call, goods, resource):
    body = call.get(f"/v1/{resource}?limit=500&include_deleted=true&updated_since=2026-01-01T00:00:00Z").json()
    assert body.keys() == {"data", "page"}
    assert body["page"] == {"next_cursor": None, "has_more": False}


def test_read_only_lists(call):
    assert [(unit["symbol"], unit["default"]) for unit in call.every("/v1/unit-types")] == [
        ("B", False),
        ("CR", False),
        ("CT", False),
        ("PCE", True),
        ("PU", False),
    ]
    statuses = {status["code"]: status for status in call.every("/v1/order-statuses")}
    assert statuses["completed"] == {"code": "completed", "name": "Zrealizowane", "final": True, "allowed_next": []}
    assert {region["id"] for region in call.every("/v1/regions")} == {"malopolskie", "mazowieckie", "slaskie"}


def test_pages_hold_everything_once(call, shop):
    ids = many(shop, 23)
    assert [product["id"] for product in call.every("/v1/products", limit=5)] == ids
    assert call.get("/v1/products?limit=23").json()["page"]["has_more"] is False


def test_a_record_changed_meanwhile_moves_behind(call, shop, clock):
    ids = many(shop, 6)
    page = call.get("/v1/products?limit=3").json()
    clock.now += timedelta(seconds=1)
    call.owner("change_product", product_id=ids[0], name="Nowa nazwa")
    rest = call.every("/v1/products", limit=3, cursor=page["page"]["next_cursor"])
    assert [product["id"] for product in rest] == [*ids[3:], ids[0]]


def test_limits_of_pages(call, is_problem):
    for limit in ("0", "501", "x", "-1"):
        is_problem(call.get("/v1/products", params={"limit": limit}), 422, "validation-failed")


def test_cursor_belongs_to_its_list_and_filters(call, shop, is_problem):
    many(shop, 5)
    cursor = call.get("/v1/products?limit=2&updated_since=2026-01-01T00:00:00Z").json()["page"]["next_cursor"]
    assert call.get("/v1/products", params={"cursor": cursor}).status_code == 200
    for url, params in (
        ("/v1/offers", {"cursor": cursor}),
        ("/v1/products", {"cursor": cursor, "updated_since": "2026-02-01T00:00:00Z"}),
        ("/v1/products", {"cursor": cursor[:-2] + "AA"}),
        ("/v1/products", {"cursor": "żółw"}),
        ("/v1/products", {"cursor": "abc"}),
    ):
        is_problem(call.get(url, params=params), 422, "validation-failed", ("/cursor", "cursor-invalid"))


def test_cursor_expires(call, shop, is_problem):
    many(shop, 3)
    cursor = call.get("/v1/products?limit=1").json()["page"]["next_cursor"]
    call.owner("advance_clock", seconds=24 * 3600)
    assert call.get("/v1/products", params={"cursor": cursor}).status_code == 200
    call.owner("advance_clock", seconds=1)
    is_problem(call.get("/v1/products", params={"cursor": cursor}), 410, "cursor-expired")


def test_updated_since(call, shop, clock):
    old = shop.add_product("5900000000011", "Stary")
    clock.now += timedelta(hours=1)
    new = shop.add_product("5900000000028", "Nowy")
    since = call.get("/v1/account").json()["server_time"]
    assert [product["id"] for product in call.every("/v1/products", updated_since=since)] == [new.id]
    since = "2026-11-24T12:00:00Z"
    assert [product["id"] for product in call.every("/v1/products", updated_since=since)] == [old.id, new.id]


@pytest.mark.parametrize(
    "since", ["2026-11-24", "2026-11-24T12:00:00", "2026-11-24T12:00:00+01:00", "2026-13-01T00:00:00Z"]
)
def test_updated_since_must_be_utc(call, is_problem, since):
    is_problem(call.get("/v1/products", params={"updated_since": since}), 422, "validation-failed")


def test_tombstones(call, goods, clock):
    call.items("offers", goods.offer())
    clock.now += timedelta(minutes=1)
    call.owner("remove_product", product_id=goods.beer.id)
    stone = {"id": goods.beer.id, "deleted_at": "2026-11-24T12:01:00.000000Z"}
    assert [product["id"] for product in call.every("/v1/products")] == [goods.water.id]
    assert call.every("/v1/products", include_deleted="true")[-1] == stone
    assert call.every("/v1/offers", include_deleted="true") == [stone]
    assert call.every("/v1/products", include_deleted="false", updated_since="2026-11-24T12:01:00Z") == []
    assert call.get("/v1/products?include_deleted=yes").status_code == 422


def test_products_by_ean(call, goods, shop, is_problem):
    upc = shop.add_product("012345678905", "Import")
    both = call.every("/v1/products", ean=[goods.beer.ean, goods.water.ean])
    assert {product["id"] for product in both} == {goods.beer.id, goods.water.id}
    assert [product["ean"] for product in call.every("/v1/products", ean="0012345678905")] == ["012345678905"]
    assert call.every("/v1/products", ean=upc.ean)[0]["gtin14"] == "00012345678905"
    assert call.every("/v1/products", ean="5900000099999") == []
    is_problem(call.get("/v1/products?ean=123"), 422, "validation-failed")
    too_many = [f"{5900000000000 + number}" for number in range(101)]
    is_problem(call.get("/v1/products", params={"ean": too_many}), 422, "validation-failed", ("/ean", "too-long"))
    pages = call.every("/v1/products", ean=[goods.beer.ean, goods.water.ean], limit=1)
    assert len(pages) == 2


def test_product_as_answered(call, shop, is_problem):
    product = shop.add_product(
        "5901234123457",
        "Piwo",
        [("PCE", 1), ("CR", 18)],
        requires_licence="A",
        deposit={"amount": "0.5", "kind": "glass"},
    )
    answer = call.get(f"/v1/products/{product.id}")
    body = answer.json()
    assert body["sales_units"][1] == {
        "id": product.sales_units[1].id,
        "type": "CR",
        "multiplier": 18,
        "label": "Skrzynka 18 szt.",
    }
    assert body["deposit"] == {"amount": "0.50", "kind": "glass"}
    assert body["requires_licence"] == "A"
    assert answer.headers["etag"] == f'"{body["version"]}"'
    is_problem(call.get("/v1/products/none"), 404, "product-unknown")
    is_problem(call.get(f"/v1/offers/{product.id}"), 404, "not-found")
    is_problem(call.get("/v1/offers/none"), 404, "product-unknown")


def test_packs_that_stay_keep_their_ids(call, goods):
    before = call.get(f"/v1/products/{goods.water.id}").json()
    after = call.owner("change_product", product_id=goods.water.id, packs=[["PU", 6], ["PCE", 1], ["PU", 8]])
    assert after["sales_units"][0] == before["sales_units"][1]
    assert after["version"] != before["version"]


def test_conditional_reads(call, goods):
    for url in (
        f"/v1/products/{goods.beer.id}",
        f"/v1/branches/{goods.north.id}",
        f"/v1/customers/{goods.customer.id}",
    ):
        tag = call.get(url).headers["etag"]
        for wanted in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            answer = call.get(url, headers={"If-None-Match": wanted})
            assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert call.get(url, headers={"If-None-Match": '"x"'}).status_code == 200


def test_customers(call, goods, is_problem):
    found = call.every("/v1/customers", nip="5260001246")
    assert [(customer["id"], customer["name"]) for customer in found] == [(goods.customer.id, "Sklep U Ani")]
    assert call.every("/v1/customers", nip="1111111111") == []
    is_problem(call.get("/v1/customers?nip=526-000-12-46"), 422, "validation-failed", ("/nip", "wrong-format"))
    is_problem(call.get("/v1/customers/none"), 404, "customer-unknown")
