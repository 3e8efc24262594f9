"""A shop that keeps only what must be counted, so that a measurement speaks of us and not of it.

`python -m bench.counting_shop PRODUCTS [BATCH]`: prints its port, then answers the calls of an offer's run. Batches are
answered "done" item by item from ready-made bodies; what was sent is counted per kind, read and reset at `/counts`.
After `/pace?50` a batch takes 50 ms, as it does in a shop that keeps what it is sent.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import uvicorn

from pomost.sandbox.subiekt_gt.bulk import bulk_catalogue

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
_PAGE = 500
_items = msgspec.json.Decoder(dict[str, list[msgspec.Raw]])
_ids = msgspec.json.Decoder(dict[str, list[dict[str, Any]]])


class CountingShop:
    """Catalogue pages made beforehand; counters; one product that is always refused, if asked for."""

    def __init__(self, products: int, batch: int = _PAGE) -> None:
        self.batch = batch
        self.pages = self._pages(products)
        self.ready: dict[int, bytes] = {}
        self.counts: dict[str, int] = {}
        self.sent: dict[str, set[str]] = {}
        self.refused = ""
        self.pace = 0.0

    @staticmethod
    def _pages(products: int) -> list[bytes]:
        rows = [
            {
                "id": f"p{number}",
                "ean": entry["ean"],
                "name": entry["name"],
                "sales_units": [
                    {"id": f"u{number}-{place}", **unit} for place, unit in enumerate(entry["sales_units"])
                ],
            }
            for number, entry in enumerate(bulk_catalogue(products), 1)
        ]
        starts = list(range(0, len(rows), _PAGE))
        return [
            json.dumps(
                {
                    "data": rows[start : start + _PAGE],
                    "page": {
                        "next_cursor": str(place + 1) if place + 1 < len(starts) else None,
                        "has_more": place + 1 < len(starts),
                    },
                }
            ).encode()
            for place, start in enumerate(starts)
        ]

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if self.pace and scope["path"].endswith(":batch"):
            await asyncio.sleep(self.pace)
        answer = self.answer(scope["method"], scope["path"], scope["query_string"].decode(), body)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def answer(self, method: str, path: str, query: str, body: bytes) -> bytes:  # noqa: PLR0911  (one per path)
        if path.endswith(":batch"):
            return self._batch(path, body)
        match path:
            case "/v1/products":
                if "updated_since" in query:
                    return b'{"data":[],"page":{"next_cursor":null,"has_more":false}}'
                wanted = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
                return self.pages[int(wanted.get("cursor", 0))]
            case "/v1/account":
                limits = {"max_page": _PAGE, "max_batch": self.batch}
                account = {"distributor_id": "d", "name": "bench", "limits": limits, "server_time": _now()}
                return json.dumps(account).encode()
            case "/v1/unit-types":
                return _list([{"symbol": s, "name": n, "default": s == "PCE"} for s, n in _UNITS])
            case "/v1/branches":
                return _list([{"id": "b1", "external_id": "B1", "name": "Branch"}])
            case "/counts":
                told = json.dumps({**self.counts, "distinct": {k: len(v) for k, v in self.sent.items()}}).encode()
                if method == "DELETE":
                    self.counts, self.sent = {}, {}
                return told
            case "/refuse":
                self.refused = query
                return b"{}"
            case "/pace":
                self.pace = int(query) / 1000
                return b"{}"
            case _:
                return _list([])

    def _batch(self, path: str, body: bytes) -> bytes:
        kind = path.rsplit("/", maxsplit=1)[-1].split(":", maxsplit=1)[0]
        items = _items.decode(body)["items"]
        self.counts[kind] = self.counts.get(kind, 0) + len(items)
        self.counts["requests"] = self.counts.get("requests", 0) + 1
        if not self.refused:
            if len(items) not in self.ready:
                self.ready[len(items)] = _results([200] * len(items))
            return self.ready[len(items)]
        ids = [item["product_id"] for item in _ids.decode(body)["items"]]
        return _results([422 if one == self.refused and kind == "offers" else 200 for one in ids])


_UNITS = (("PCE", "Sztuka"), ("CT", "Karton"), ("B", "Keg"), ("CR", "Skrzynka"), ("PU", "Zgrzewka"))


def _results(statuses: list[int]) -> bytes:
    rows = [
        {"index": place, "status": status, "id": "x", "version": "1"}
        | ({"problem": {"code": "refused", "detail": "always"}} if status >= 400 else {})
        for place, status in enumerate(statuses)
    ]
    return json.dumps({"results": rows}).encode()


def _list(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps({"data": rows, "page": {"next_cursor": None, "has_more": False}}).encode()


def _now() -> str:
    return datetime.now(UTC).isoformat()


def main() -> None:
    shop = CountingShop(*(int(one) for one in sys.argv[1:3]))
    config = uvicorn.Config(shop, port=0, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)

    async def serve() -> None:
        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110  (uvicorn offers no event to wait for)
            await asyncio.sleep(0.01)
        print(server.servers[0].sockets[0].getsockname()[1], flush=True)
        await task

    asyncio.run(serve())


if __name__ == "__main__":
    main()
