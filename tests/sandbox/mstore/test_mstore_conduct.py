"""What the contract leaves to the shop: its own names, limits, capabilities, demands and spellings."""

import pytest


class TestVersions:
    """Section 17: `if_version` is optional for the client, unless the server demands it."""

    @pytest.fixture
    def items(self, call, goods, shop):
        """An item for what exists in each batch, and its version."""
        call.items("offers", goods.offer())
        call.items("stocks", goods.stock(5))
        link = {"customer_id": goods.customer.id, "erp_customer_ref": "K-1", "branch_id": goods.north.id}
        call.items("customer-assignments", link)
        order = shop.place_order(goods.north.id, goods.customer.id, [{"product_id": goods.beer.id, "quantity": 1}])
        state = call.state()
        return {
            "offers": (goods.offer(price="9.00"), state["offers"][goods.beer.id]["version"]),
            "stocks": (goods.stock(6), state["stocks"][goods.north.id][goods.beer.id]["version"]),
            "customer-assignments": (link, state["assignments"][goods.customer.id]["version"]),
            "order-status-changes": ({"order_id": order.id, "status": "accepted"}, order.version),
        }

    @pytest.mark.parametrize("resource", ["offers", "stocks", "customer-assignments", "order-status-changes"])
    def test_what_exists_is_named_by_its_version(self, call, items, is_refused, resource):
        item, version = items[resource]
        call.owner("demand_versions")
        before = call.state()
        is_refused(call.result(resource, item), 428, "precondition-required", ("/if_version", "required"))
        is_refused(call.result(resource, {**item, "if_version": "v0"}), 412, "version-conflict")
        assert call.state() == before
        assert call.result(resource, {**item, "if_version": version})["status"] == 200

    def test_what_does_not_exist_has_none(self, call, goods, is_refused):
        call.owner("demand_versions")
        is_refused(call.result("offers", goods.offer(if_version="v1")), 412, "version-conflict")
        assert call.result("offers", goods.offer())["status"] == 200
        is_refused(call.result("stocks", goods.stock(5, if_version="v1")), 412, "version-conflict")
        assert call.result("stocks", goods.stock(5))["status"] == 200

    def test_demands_by_resource_and_their_end(self, call, items, is_refused):
        assert call.owner("demand_versions", resources=["stocks"]) == ["stocks"]
        assert call.result("offers", items["offers"][0])["status"] == 200
        is_refused(call.result("stocks", items["stocks"][0]), 428, "precondition-required")
        assert call.owner("demand_versions", resources=[]) == []
        assert call.result("stocks", items["stocks"][0])["status"] == 200

    def test_two_items_about_the_same(self, call, items, is_refused):
        call.owner("demand_versions")
        item, version = items["offers"]
        first, second = call.items(
            "offers", {**item, "if_version": version}, {**item, "price": "8.00", "if_version": version}
        ).json()["results"]
        assert first["status"] == 200
        is_refused(second, 412, "version-conflict")
        assert call.result("offers", {**item, "price": "8.00", "if_version": first["version"]})["status"] == 200

    def test_the_demand_is_said_in_both_languages(self, call, items):
        call.owner("demand_versions")
        for language, word in (("pl", "Podaj wersję"), ("en", "Name the version")):
            call.headers["accept-language"] = language
            assert word in call.result("offers", items["offers"][0])["problem"]["detail"]


class TestScopes:
    def test_a_shop_has_its_own_names(self, call, goods, is_problem):
        """Section 17: the names are ours, the real service may have others; 403 decides, not the list."""
        told = call.owner("name_scopes", names={"customers:write": "assignments:write"})
        assert "assignments:write" in told
        assert "customers:write" not in told
        assert call.get("/v1/account").json()["scopes"] == told
        link = {"customer_id": goods.customer.id, "erp_customer_ref": "K-1", "branch_id": goods.north.id}
        assert call.result("customer-assignments", link)["status"] == 200
        call.owner("narrow_key", scopes=["customers:read", "branches:read"])
        assert call.get("/v1/account").json()["scopes"] == ["customers:read", "branches:read"]
        is_problem(call.items("customer-assignments", link), 403, "forbidden-scope")

    def test_the_account_may_list_only_some(self, call, goods):
        call.owner("name_scopes", unlisted=["offers:write", "stocks:write"])
        assert not {"offers:write", "stocks:write"} & set(call.get("/v1/account").json()["scopes"])
        assert call.result("offers", goods.offer())["status"] == 200
        call.owner("name_scopes")
        assert "offers:write" in call.get("/v1/account").json()["scopes"]

    def test_several_scopes_under_one_name(self, call):
        told = call.owner("name_scopes", names={"offers:write": "write", "stocks:write": "write"})
        assert told.count("write") == 1

    @pytest.mark.parametrize(
        "arguments", [{"names": {"moon:write": "x"}}, {"unlisted": ["moon:write"]}, {"names": {"offers": "x"}}]
    )
    def test_only_scopes_of_the_contract_are_renamed(self, call, arguments):
        answer = call.post("/sandbox/owner", json={"action": "name_scopes", "arguments": arguments})
        assert answer.status_code == 422


class TestCapabilities:
    def test_a_server_without_batches(self, call, goods, is_problem):
        """Section 1: capabilities let one client serve poorer servers."""
        call.owner("change_capabilities", capabilities=[])
        assert call.get("/v1/account").json()["capabilities"] == []
        for resource in ("offers", "stocks", "customer-assignments", "order-status-changes"):
            is_problem(call.items(resource), 404, "not-found")
        assert call.create(f"/v1/offers/{goods.beer.id}", goods.offer()).status_code == 201

    def test_a_server_without_segments(self, call, is_problem):
        call.owner("change_capabilities", capabilities=["batch"])
        is_problem(call.get("/v1/segments"), 404, "not-found")
        is_problem(call.create("/v1/segments/a", {"name": "A", "source": "group"}), 404, "not-found")
        is_problem(call.delete("/v1/segments/a"), 404, "not-found")

    def test_only_known_capabilities(self, call):
        answer = call.post(
            "/sandbox/owner", json={"action": "change_capabilities", "arguments": {"capabilities": ["moon"]}}
        )
        assert answer.status_code == 422


def test_smaller_pages_and_batches(call, goods, is_problem):
    assert call.owner("change_limits", max_page=2, max_batch=1) == {"max_page": 2, "max_batch": 1}
    assert call.get("/v1/account").json()["limits"] == {"max_page": 2, "max_batch": 1}
    is_problem(call.get("/v1/products?limit=3"), 422, "validation-failed", ("/limit", "out-of-range"))
    is_problem(call.items("offers", {}, {}), 413, "payload-too-large")
    assert len(call.get("/v1/unit-types").json()["data"]) == 2


@pytest.mark.parametrize(
    "form, told",
    [
        ("draft", {"ratelimit-policy": '"default";q=5;w=30', "ratelimit": '"default";r=4;t=30'}),
        ("old", {"ratelimit-limit": "5", "ratelimit-remaining": "4", "ratelimit-reset": "30"}),
        ("x", {"x-ratelimit-limit": "5", "x-ratelimit-remaining": "4", "x-ratelimit-reset": "30"}),
    ],
)
def test_how_a_rate_limit_is_told(call, form, told):
    """Section 0: the headers are a draft, and older ones are about."""
    call.owner("change_rate", quota=5, window=30, form=form)
    headers = call.get("/v1/account").headers
    assert {name: value for name, value in headers.items() if "ratelimit" in name} == told


def test_waits_as_dates(call, is_problem):
    """A `Retry-After` may be a date (RFC 9110), by the shop's own clock."""
    call.owner("tell_waits_as_dates")
    call.owner("change_rate", quota=1, window=60)
    call.get("/v1/account")
    over = call.get("/v1/account")
    is_problem(over, 429, "rate-limited")
    assert over.headers["retry-after"] == "Tue, 24 Nov 2026 12:01:00 GMT"
    call.owner("tell_waits_as_dates", on=False)
    assert call.get("/v1/account").headers["retry-after"] == "60"


def test_the_end_of_a_version_is_announced(call):
    """Section 0: `Deprecation` (RFC 9745) and `Sunset` (RFC 8594)."""
    told = call.owner("announce_end", deprecated="2026-12-01T00:00:00Z", sunset="2027-06-30T23:59:59Z")
    assert told == {"Deprecation": "@1796083200", "Sunset": "Wed, 30 Jun 2027 23:59:59 GMT"}
    headers = call.get("/v1/account").headers
    assert (headers["deprecation"], headers["sunset"]) == (told["Deprecation"], told["Sunset"])
    assert call.get("/v1/none").headers["sunset"] == told["Sunset"]
    assert call.owner("announce_end") == {}
    assert "sunset" not in call.get("/v1/account").headers


def test_ids_are_opaque(call, shop, goods):
    """Section 0: nothing may be read from an id, and an address encodes whatever it holds."""
    call.owner("spell_ids", form="odd")
    branch = call.post("/v1/branches", json={"external_id": "9", "name": "Dziewiąty"})
    assert branch.json()["id"] == "br:000003 ż+%2F?&=#"
    assert call.get(branch.headers["location"]).json() == branch.json()
    product = call.owner("add_product", ean="5900000000035", name="Sok")
    url = f"/v1/offers/{encoded(product['id'])}"
    assert call.create(url, {**goods.offer(), "product_id": product["id"]}).status_code == 201
    assert call.result("stocks", {**goods.stock(3), "product_id": product["id"]})["id"].endswith(product["id"])
    customer = call.owner("add_customer", nip="9542742927")
    order = call.owner(
        "place_order", branch_id=branch.json()["id"], customer_id=customer["id"],
        lines=[{"product_id": product["id"], "quantity": 1}],
    )  # fmt: skip
    assert order["number"] == "ZAM/000001"
    assert call.get(f"/v1/orders/{encoded(order['id'])}").json() == order
    assert [one["id"] for one in call.every("/v1/orders", branch_id=branch.json()["id"])] == [order["id"]]
    call.fault("job", polls=0)
    accepted = call.items("offers")
    assert call.get(accepted.headers["location"]).json()["status"] == "done"


def encoded(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_a_region_may_go(call, is_problem):
    body = {"external_id": "9", "name": "Dziewiąty", "region_id": "slaskie"}
    call.owner("remove_region", region_id="slaskie")
    assert "slaskie" not in {region["id"] for region in call.every("/v1/regions")}
    is_problem(call.post("/v1/branches", json=body), 422, "region-unknown", ("/region_id", "region-unknown"))


def test_statuses_are_the_shops_own(call, goods, shop, is_problem):
    """Section 11: the list is read at run time, and so are the ways from one status to the next."""
    call.items("offers", goods.offer())
    order = shop.place_order(goods.north.id, goods.customer.id, [{"product_id": goods.beer.id, "quantity": 1}])
    call.owner("put_order_status", code="zz", name="Na rampie", allowed_next=[], final=True)
    call.owner("put_order_status", code="new", name="Nowe", allowed_next=["zz"])
    assert {"code": "zz", "name": "Na rampie", "final": True, "allowed_next": []} in call.every("/v1/order-statuses")
    url = f"/v1/orders/{order.id}/status-changes"
    is_problem(call.post(url, json={"status": "accepted"}), 409, "order-transition-not-allowed")
    assert call.post(url, json={"status": "zz"}).json()["status"] == "zz"
