"""The counting shop with a memory: what it holds can be read, and an item equal to what it held counts as needless.

`python -m bench.peers.shop PRODUCTS` prints its port. The key of a call names the account, as the contract has it, so
that one process serves all contenders, each with an offer of its own. Besides the calls of an offer's run it answers
`GET /state`, `GET` and `DELETE /counts`, and products by EAN (contract, section 5), which the rivals ask for.
"""

import json
import socket
import sys
from collections import Counter, defaultdict
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import msgspec
import uvicorn

from bench.counting_shop import CountingShop, Receive, Send

_encode = msgspec.json.encode
_decode = msgspec.json.Decoder(dict[str, list[dict[str, Any]]]).decode
# Whose stock it is and when it was read is no part of what the shop shows.
_UNSHOWN = {"product_id", "branch_id", "as_of"}
_caller: ContextVar[str] = ContextVar("caller")


@dataclass(slots=True)
class Offering:
    """Offers and stocks by product, as the items of batches merge into them (absent means unchanged)."""

    held: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {"offers": {}, "stocks": {}})
    counts: Counter[str] = field(default_factory=Counter)

    def put(self, kind: str, item: dict[str, Any], refused: str) -> dict[str, Any]:
        product, held = item["product_id"], self.held[kind]
        self.counts[kind] += 1
        if kind == "offers" and product == refused:
            self.counts["refused"] += 1
            problem = {"code": "refused", "detail": "the shop does not take this product"}
            return {"status": 422, "id": product, "problem": problem}
        before = held.get(product, {})
        after = before | {name: value for name, value in item.items() if name not in _UNSHOWN}
        self.counts[f"needless {kind}"] += before == after
        held[product] = after
        return {"status": 200, "id": product, "version": "1"}


class RememberingShop(CountingShop):
    """Every account's offering; the product that is refused is refused to all."""

    def __init__(self, products: int) -> None:
        super().__init__(products)
        self.by_ean = {row["ean"]: row for page in self.pages for row in json.loads(page)["data"]}
        self.accounts: defaultdict[str, Offering] = defaultdict(Offering)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        _caller.set(dict(scope.get("headers", ())).get(b"authorization", b"").decode())
        await super().__call__(scope, receive, send)

    def answer(self, method: str, path: str, query: str, body: bytes) -> bytes:  # noqa: PLR0911  (one per path)
        offering = self.accounts[_caller.get()]
        if path.endswith(":batch"):
            kind, items = path.removeprefix("/v1/").removesuffix(":batch"), _decode(body)["items"]
            results = [offering.put(kind, item, self.refused) for item in items]
            return _encode({"results": [{"index": place, **result} for place, result in enumerate(results)]})
        if path == "/v1/products" and "ean=" in query:
            found = [self.by_ean[ean] for ean in parse_qs(query)["ean"] if ean in self.by_ean]
            return _encode({"data": found, "page": {"next_cursor": None, "has_more": False}})
        if path.startswith("/v1/offers/"):
            product = path.removeprefix("/v1/offers/")
            return _encode({"product_id": product, **offering.held["offers"].get(product, {"status": "withdrawn"})})
        if path.startswith("/v1/branches/") and path.endswith("/stocks"):
            branch = path.split("/")[3]
            held = offering.held["stocks"].items()
            rows = [{"branch_id": branch, "product_id": product, **stock} for product, stock in held]
            return _encode({"data": rows, "page": {"next_cursor": None, "has_more": False}})
        if path == "/state":
            return _encode(offering.held)
        if path == "/counts":
            told = _encode(offering.counts)
            if method == "DELETE":
                offering.counts.clear()
            return told
        return super().answer(method, path, query, body)


def main() -> None:
    application = RememberingShop(int(sys.argv[1]))
    # Named as TCP, or asyncio leaves small packets waiting for each other.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(application, log_level="error", access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
