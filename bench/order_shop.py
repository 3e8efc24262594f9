"""`python -m bench.order_shop PRODUCTS`: the sandbox M/store in a process of its own, with a stopwatch of its work.

Prints its port. `POST /bench/orders?count=&lines=` has buyers order; `GET /bench/busy` tells and resets the seconds
spent on answers.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import uvicorn

from pomost.sandbox.mstore.app import create_app
from pomost.sandbox.mstore.shop import Shop

KEY = "bench-key-of-the-order-shop"
BUYERS = 50
Send = Callable[[dict[str, Any]], Awaitable[None]]


def ean(number: int) -> str:
    """A code of thirteen digits with its check digit."""
    body = f"590{number:09}"
    odd, even = (sum(int(one) for one in body[start::2]) for start in (0, 1))
    return f"{body}{-(odd + 3 * even) % 10}"


def nip(number: int) -> str:
    """The first sound tax number from here on that no other buyer has: numbers lie eleven apart or more."""
    for body in range(100_000_000 + 20 * number, 100_000_020 + 20 * number):
        sign = sum(int(one) * weight for one, weight in zip(str(body), (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
        if sign < 10:
            return f"{body}{sign}"
    raise AssertionError


class Stopwatch:
    """The shop's application, timed."""

    def __init__(self, products: int) -> None:
        self.shop = Shop(key=KEY)
        self.branch = self.shop.add_branch("B1", "Branch").id
        self.products = [self.shop.add_product(ean(n), f"Towar {n}").id for n in range(1, products + 1)]
        self.buyers = [
            self.shop.add_customer(nip(n), name=f"Bar {n}", city="Warszawa", street="Długa", house_number=str(n)).id
            for n in range(1, BUYERS + 1)
        ]
        self.app = create_app(self.shop)
        self.seconds = 0.0
        self.requests = 0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["path"] == "/bench/orders":
            asked = parse_qs(scope["query_string"].decode())
            self.order(int(asked["count"][0]), int(asked["lines"][0]))
            await _answer(send, {"orders": len(self.shop.orders)})
        elif scope["path"] == "/bench/busy":
            told = {"seconds": self.seconds, "requests": self.requests}
            self.seconds, self.requests = 0.0, 0
            await _answer(send, told)
        else:
            began = time.perf_counter()
            await self.app(scope, receive, send)
            self.seconds += time.perf_counter() - began
            self.requests += 1

    def order(self, count: int, lines: int) -> None:
        for number in range(count):
            wanted = [
                {"product_id": self.products[(number * 7 + place) % len(self.products)], "quantity": place + 1}
                for place in range(lines)
            ]
            self.shop.place_order(self.branch, self.buyers[number % BUYERS], wanted, remarks="Proszę o fakturę.")


async def _answer(send: Send, told: dict[str, Any]) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


def main() -> None:
    watch: Any = Stopwatch(int(sys.argv[1]))
    config = uvicorn.Config(watch, host="127.0.0.1", port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)

    async def served() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110  (the server tells it in no other way)
            await asyncio.sleep(0.01)
        print(server.servers[0].sockets[0].getsockname()[1], flush=True)
        await serving

    asyncio.run(served())


if __name__ == "__main__":
    main()
