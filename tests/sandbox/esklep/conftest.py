"""One shop per worker, emptied before every test, and a client that speaks plain HTTP to it."""

import base64
import hashlib
import json
import uuid
from datetime import UTC, datetime

import httpx2
import pytest

from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.shop import Shop

KEY = "es_test"
PATIENCE = 120.0  # seconds an answer may take before it counts as hanging: never a measure of speed
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
OFFER = ("dictionaries", "groups", "products", "prices", "discounts_public", "discounts_customer", "bundles", "files",
         "stocks", "customers", "orders", "order_progress")  # fmt: skip


class Caller(httpx2.Client):
    """Plain HTTP with a key, and a fresh Idempotency-Key for every POST that brings none."""

    def post(self, url, *, headers=None, **settings):
        return super().post(url, headers={"Idempotency-Key": str(uuid.uuid4()), **(headers or {})}, **settings)

    def sandbox(self, name, body, method="POST"):
        answer = self.request(method, f"/v1/sandbox/{name}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def clock(self, **wish):
        self.sandbox("clock", {"frozen": True, **wish}, "PUT")

    def settings(self, **changes):
        return self.sandbox("settings", changes, "PUT")

    def faults(self, *script):
        self.sandbox("faults", list(script), "PUT")

    def quote(self, **wish):
        return self.sandbox("quote", wish)

    def state(self, *only):
        return self.get("/v1/sandbox/state", params=[("only", name) for name in only]).json()

    def journal(self, since=0):
        return self.get("/v1/sandbox/journal", params={"since": since}).json()

    def every(self, url, **params):
        """All records of a list, page after page."""
        records, cursor = [], None
        while True:
            answer = self.get(url, params={**params, **({"cursor": cursor} if cursor else {})})
            assert answer.status_code == 200, answer.text
            body = answer.json()
            records += body["data"]
            cursor = body["page"]["next_cursor"]
            if cursor is None:
                return records

    def begin(self, *areas, full=(), **more):
        """Ask for a session; the answer as it comes."""
        modes = [{"area": area, "mode": "full" if area in full else "differential"} for area in areas]
        body = {"run_id": "r1", "started_by": "manual", "operator": "ADMIN", "host": "KASA-1", "areas": modes, **more}
        return self.post("/v1/sync-sessions", json=body)

    def session(self, *areas, full=(), **more):
        answer = self.begin(*(areas or OFFER), full=full, **more)
        assert answer.status_code == 201, answer.text
        return Session(self, answer.json())


class Session:
    """An open session: every write carries its headers."""

    def __init__(self, call, answer):
        self.call, self.answer = call, answer
        self.id, self.fence = answer["id"], answer["fence"]
        self.headers = {"Sync-Session": self.id, "Sync-Fence": str(self.fence)}

    def send(self, resource, *items, cursor=None, **headers):
        body = {"items": list(items), **({"cursor_after": cursor} if cursor else {})}
        return self.call.post(f"/v1/{resource}:batch", json=body, headers={**self.headers, **headers})

    def results(self, resource, *items, **more):
        answer = self.send(resource, *items, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def one(self, resource, item):
        return self.results(resource, item)[0]

    def stored(self, resource, *items):
        """Items that must all get through."""
        results = self.results(resource, *items)
        assert {result["status"] for result in results} <= {200}, results
        return [result["result"] for result in results]

    def put(self, url, body):
        return self.call.put(url, json=body, headers=self.headers)

    def upload(self, content, media_type="image/png", sha256=None, digest=None):
        sha256 = sha256 or hashlib.sha256(content).hexdigest()
        digest = digest or "sha-256=:" + base64.b64encode(hashlib.sha256(content).digest()).decode() + ":"
        headers = {**self.headers, "Content-Type": media_type, "Content-Digest": digest}
        return self.call.put(f"/v1/files/{sha256}", content=content, headers=headers)

    def ask(self, action, body=None):
        return self.call.post(f"/v1/sync-sessions/{self.id}/{action}", json=body or {}, headers=self.headers)

    def commit(self, *ends, confirm=None):
        """`ends` are (area, items_sent) or (area, items_sent, cursor)."""
        areas = [
            {"area": area, "items_sent": sent, "complete": True, "cursor": rest[0] if rest else None}
            for area, sent, *rest in ends
        ]
        return self.ask("commit", {"areas": areas, "confirm_withdrawals": confirm})


class Goods:
    """Items as they are sent, with whatever a test wants to be different."""

    def price_type(self, erp_id="2", position=2, **more):
        return {"erp_id": erp_id, "position": position, "name": f"CENA{erp_id}", "basis": "gross", "currency": "PLN",
                "active": True, **more}  # fmt: skip

    def warehouse(self, erp_id="1", **more):
        return {"erp_id": erp_id, "symbol": f"MAG{erp_id}", "name": f"Magazyn {erp_id}", "default": False, **more}

    def attribute(self, erp_id="1", code="KOLOR", **more):
        return {"erp_id": erp_id, "code": code, "name": "Kolor", "subject": "product", "format": "text", **more}

    def group(self, erp_id="10", parent="0", **more):
        return {"erp_id": erp_id, "parent_erp_id": parent, "code": f"G{erp_id}", "stamp": 1,
                "texts": [{"lang": "pl", "name": f"Grupa {erp_id}"}], **more}  # fmt: skip

    def product(self, erp_id="1", **more):
        return {
            "erp_id": erp_id,
            "code": f"T{erp_id}",
            "kind": "goods",
            "complex": False,
            "publish": True,
            "texts": [{"lang": "pl", "name": f"Towar {erp_id}"}],
            "vat": {"rate": "23.00", "kind": "taxed"},
            "base_unit": {"symbol": "szt.", "whole_only": True},
            "price_decimals": 2,
            "default_group_erp_id": "10",
            "availability_status": "1",
            "no_discount": False,
            "ask_for_price": False,
            "ignore_stock": False,
            "stamp": 1,
            **more,
        }

    def price(self, product="1", value="123.00", price_type="2", **more):
        return {"product_erp_id": product, "price_type_erp_id": price_type, "value": value, "basis": "gross",
                "currency": "PLN", "loyalty_points": 0, "stamp": 1, **more}  # fmt: skip

    def stock(self, product="1", quantity="5", warehouse="1", **more):
        return {"product_erp_id": product, "warehouse_erp_id": warehouse, "quantity": quantity, "basis": "available",
                "as_of": "2026-11-25T11:00:00Z", **more}  # fmt: skip

    def rule(self, erp_type, percent=None, *, erp_id=None, customer=None, group=None, product=None, goods=None, **more):
        who = {"kind": "customer", "erp_id": customer} if customer else {"kind": "customer_group", "erp_id": group}
        what = {"kind": "product", "erp_id": product} if product else {"kind": "group", "erp_id": goods}
        rule = {
            "erp_id": erp_id or str(erp_type),
            "erp_type": erp_type,
            "kind": "percent" if percent is not None else "fixed_price",
            "who": who if customer or group else {"kind": "all"},
            "what": what if product or goods else {"kind": "all_products"},
            "valid_from": None,
            "valid_to": None,
            "stamp": 1,
            **more,
        }
        return {**rule, **({} if percent is None else {"percent": percent})}

    def bundle(self, erp_id="1", main="1", parts=("2",), **more):
        return {
            "erp_id": erp_id,
            "code": f"Z{erp_id}",
            "name": f"Zestaw {erp_id}",
            "main_product_erp_id": main,
            "main_discount": {"kind": "none"},
            "components": [self.part(part) for part in parts],
            "publish": True,
            "stamp": 1,
            **more,
        }

    def part(self, product, quantity="1", **more):
        return {"product_erp_id": product, "quantity": quantity, "unit": "szt.", "discount": {"kind": "none"}, **more}

    def customer(self, erp_id="1", **more):
        return {"erp_id": erp_id, "code": f"K{erp_id}", "company": True, "names": [f"Firma {erp_id}"],
                "nip": "5260001246", "blocked": False, "stamp": 1, **more}  # fmt: skip

    def links(self, owner, *hashes, kind="product", **more):
        files = [{"sha256": sha256, "role": "image", "position": place} for place, sha256 in enumerate(hashes, 1)]
        return {"owner": {"kind": kind, "erp_id": owner}, "files": files, "stamp": 1, **more}


@pytest.fixture(scope="session")
def running():
    with serve(Shop(key=KEY)) as running:
        yield running


@pytest.fixture(scope="session")
def client(running):
    headers = {"Authorization": f"Bearer {KEY}", "Accept-Language": "en"}
    with Caller(base_url=running.url, headers=headers, timeout=PATIENCE) as client:
        yield client


@pytest.fixture
def call(client, running):
    client.sandbox("reset", {})
    running.shop.set_clock(NOW, None, frozen=True)
    return client


@pytest.fixture
def goods():
    return Goods()


@pytest.fixture
def session(call):
    """A differential session over everything, with the dictionaries most tests need."""
    session = call.session()
    made = Goods()
    session.stored("price-types", made.price_type())
    session.stored("warehouses", made.warehouse())
    session.stored("groups", made.group())
    return session


@pytest.fixture
def place(call):
    def made(*lines, **more):
        wish = {"lines": list(lines or [{"product_erp_id": "1"}]), **more}
        answer = call.post("/v1/sandbox/orders", json=wish)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return made


@pytest.fixture
def acknowledge(session):
    def done(order, document="1", **more):
        wish = {"erp_document_type": "RO", "erp_document_id": document, "erp_document_number": f"RO/{document}",
                "order_version": order["version"], "imported_at": "2026-11-25T12:00:00Z", **more}  # fmt: skip
        return session.put(f"/v1/orders/{order['id']}/acknowledgement", wish)

    return done


@pytest.fixture
def is_problem():
    def check(answer, status, code, *errors):
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        body = json.loads(answer.text)
        assert (body["code"], body["status"]) == (code, status), body
        assert body["type"] == f"urn:esklep:problem:{code}"
        assert {"title", "detail", "instance"} <= body.keys()
        assert body["request_id"] == answer.headers.get("x-request-id", body["request_id"])
        found = [(error["pointer"], error["code"]) for error in body.get("errors", [])]
        assert set(errors) <= set(found), found
        return body

    return check


@pytest.fixture
def is_refused():
    def check(result, status, code, *pointers):
        assert (result["status"], result["problem"]["status"]) == (status, status), result
        assert result["problem"]["code"] == code, result
        found = {error["pointer"] for error in result["problem"].get("errors", [])}
        assert set(pointers) <= found, result
        assert "result" not in result

    return check


@pytest.fixture
def warned():
    def codes(result):
        return {warning["code"] for warning in result.get("warnings", [])}

    return codes
