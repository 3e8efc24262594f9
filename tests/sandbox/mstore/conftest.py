"""A shop of its own for every test, and a client that speaks plain HTTP to it."""

import uuid
from datetime import UTC, datetime

import httpx2
import pytest

from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop

KEY = "mst_test"
READ_AT = "2026-11-24T11:00:00Z"  # when the ERP was read
PATIENCE = 120.0  # seconds an answer may take before it counts as hanging: never a measure of speed


class Caller(httpx2.Client):
    """Plain HTTP with a key, and a fresh Idempotency-Key for every POST that brings none."""

    def post(self, url, *, headers=None, **settings):
        return super().post(url, headers={"Idempotency-Key": str(uuid.uuid4()), **(headers or {})}, **settings)

    def create(self, url, body):
        return self.put(url, json=body, headers={"If-None-Match": "*"})

    def items(self, resource, *items):
        return self.post(f"/v1/{resource}:batch", json={"items": list(items)})

    def result(self, resource, item):
        """The only result of a batch of one."""
        answer = self.items(resource, item)
        assert answer.status_code == 200, answer.text
        return answer.json()["results"][0]

    def every(self, url, **params):
        """All records of a list, page after page."""
        records, cursor = [], None
        while True:
            answer = self.get(url, params={**params, **({"cursor": cursor} if cursor else {})})
            assert answer.status_code == 200, answer.text
            body = answer.json()
            records += body["data"]
            cursor = body["page"]["next_cursor"]
            assert body["page"]["has_more"] is (cursor is not None)
            if cursor is None:
                return records

    def fault(self, kind, **more):
        answer = super().post("/sandbox/faults", json=[{"kind": kind, **more}])
        assert answer.status_code == 200, answer.text

    def owner(self, action, **arguments):
        answer = super().post("/sandbox/owner", json={"action": action, "arguments": arguments})
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    def state(self):
        return self.get("/sandbox/state").json()

    def journal(self, since=0):
        return self.get("/sandbox/journal", params={"since": since}).json()["entries"]


class Goods:
    """A small assortment: what most tests need to begin with."""

    def __init__(self, shop):
        self.shop = shop
        self.beer = shop.add_product("5901234123457", "Piwo 0,5 l", [("PCE", 1), ("CR", 18), ("CR", 24), ("B", 50)])
        self.water = shop.add_product("5900000000001", "Woda 1,5 l", [("PCE", 1), ("PU", 6), ("PU", 12)])
        self.north = shop.add_branch("1", "Północ")
        self.south = shop.add_branch("2", "Południe")
        self.customer = shop.add_customer("5260001246", name="Sklep U Ani", city="Gdańsk", street="Długa")
        self.other = shop.add_customer("7740001454", name="Bar Pod Kotem", city="Sopot")

    def offer(self, product=None, **changes):
        return {
            "product_id": (product or self.beer).id,
            "distributor_sku": "PIWO05",
            "sales_unit": {"type": "PCE", "multiplier": 1},
            "price": "3.50",
            "price_kind": "net",
            "currency": "PLN",
            "vat_rate": "23",
            "status": "active",
            **changes,
        }

    def stock(self, quantity, product=None, branch=None, **more):
        return {
            "branch_id": (branch or self.north).id,
            "product_id": (product or self.beer).id,
            "quantity": quantity,
            "as_of": READ_AT,
            **more,
        }


@pytest.fixture
def clock():
    """The shop's time stands still unless a test moves it."""

    class Clock:
        now = datetime(2026, 11, 24, 12, tzinfo=UTC)

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def shop(clock):
    return Shop(key=KEY, clock=clock)


@pytest.fixture
def goods(shop):
    return Goods(shop)


@pytest.fixture(scope="session")
def trust():
    """Certificates, read once: every client of its own would read them for 20 ms."""
    return httpx2.create_ssl_context()


@pytest.fixture
def call(shop, trust):
    with (
        serve(shop) as running,
        Caller(
            base_url=running.url,
            headers={"Authorization": f"Bearer {KEY}", "Accept-Language": "en"},
            verify=trust,
            timeout=PATIENCE,
        ) as caller,
    ):
        yield caller


@pytest.fixture
def is_problem():
    def check(answer, status, code, *errors):
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert body["code"] == code, body
        assert body["status"] == status
        assert body["type"] == f"urn:mstore:problem:{code}"
        assert {"title", "detail", "instance"} <= body.keys()
        assert body["request_id"] == answer.headers["x-request-id"]
        found = [(error["pointer"], error["code"]) for error in body.get("errors", [])]
        for error in errors:
            assert error in found
        return body

    return check


@pytest.fixture
def is_refused():
    def check(result, status, code, *errors):
        assert result["status"] == result["problem"]["status"] == status, result
        assert result["problem"]["code"] == code, result
        found = [(error["pointer"], error["code"]) for error in result["problem"].get("errors", [])]
        for error in errors:
            assert error in found

    return check
