"""Servers that stand between a connector and the sandbox: they do what the contract allows and the sandbox does not do."""

import json

import httpx2

from tests.trust import TRUST

_KEYS = (("branch_id", "product_id"), ("product_id",), ("customer_id",), ("order_id",))


def name_of(item):
    """The keys of an item of a batch."""
    keys = next(keys for keys in _KEYS if all(key in item for key in keys))
    return tuple(item[key] for key in keys)


class Between:
    """Passes everything on; what comes and goes is remembered as (method, path, items of a batch)."""

    def __init__(self, mstore, connector):
        self.shop, self.asked = mstore, []
        self._there = httpx2.Client(base_url=connector._client._base.geturl(), verify=TRUST)
        held = connector._client._client
        connector._client._client = httpx2.Client(
            base_url=held.base_url, headers=held.headers, transport=httpx2.MockTransport(self)
        )

    def __call__(self, request):
        body = json.loads(request.content) if request.content else {}
        items = body.get("items") if isinstance(body, dict) else None
        self.asked.append((request.method, request.url.path, items))
        return self.answer(request, items)

    def answer(self, request, _items):
        return self.forward(request)

    def forward(self, request, items=None):
        headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
        content = request.content if items is None else json.dumps({"items": items}).encode()
        told = self._there.request(request.method, str(request.url.raw_path, "ascii"), content=content, headers=headers)
        kept = {name: told.headers[name] for name in ("X-Request-Id", "Retry-After") if name in told.headers}
        return httpx2.Response(told.status_code, headers=kept, content=told.content)

    def batches(self, path):
        return [items for method, asked, items in self.asked if method == "POST" and asked == path]

    def reads(self):
        return [path for method, path, _ in self.asked if method == "GET"]


class Demanding(Between):
    """Takes items of rows that are there only over their version. `meddle`: somebody's hand before the next batch."""

    def __init__(self, mstore, connector):
        super().__init__(mstore, connector)
        self.meddle = None

    def answer(self, request, items):
        if items is None:
            return self.forward(request)
        if self.meddle is not None:
            self.meddle, hand = None, self.meddle
            hand()
        refused = {place for place, item in enumerate(items) if "if_version" not in item and self.version(item)}
        passed = [item for place, item in enumerate(items) if place not in refused]
        results = iter(self.forward(request, passed).json()["results"] if passed else ())
        rows = [
            {"status": 428, "problem": {"code": "precondition-required"}} if place in refused else next(results)
            for place in range(len(items))
        ]
        return httpx2.Response(200, json={"results": [{**row, "index": place} for place, row in enumerate(rows)]})

    def version(self, item):
        shop = self.shop
        if "branch_id" in item and "product_id" in item:
            row = shop.stocks[item["branch_id"]].get(item["product_id"])
        elif "product_id" in item:
            row = shop.offers.get(item["product_id"])
        elif "customer_id" in item:
            row = shop.assignments.get(item["customer_id"])
        else:
            row = shop.orders.get(item["order_id"])
        return None if row is None else row.version


class Leisurely(Between):
    """Accepts batches and works on them elsewhere: done when asked `questions` times; `lost` places are not known."""

    def __init__(self, mstore, connector, questions=2):
        super().__init__(mstore, connector)
        self.questions, self.lost, self.jobs, self.keys = questions, 0, {}, []

    def answer(self, request, items):
        if items is not None:
            key = request.headers["Idempotency-Key"]
            self.keys.append(key)
            if key not in self.jobs:
                self.jobs[key] = [self.questions, self.forward(request)]
            return httpx2.Response(202, headers={"Location": f"/v1/jobs/{key}"}, json={"id": key, "status": "running"})
        if request.url.path.startswith("/v1/jobs/"):
            return self.progress(request.url.path.rpartition("/")[2])
        return self.forward(request)

    def progress(self, key):
        if self.lost:
            self.lost -= 1
            return httpx2.Response(404, json={"code": "not-found"})
        job = self.jobs[key]
        job[0] -= 1
        if job[0] >= 0:
            return httpx2.Response(200, json={"id": key, "status": "running"})
        return httpx2.Response(200, json={"id": key, "status": "done", **job[1].json()})
