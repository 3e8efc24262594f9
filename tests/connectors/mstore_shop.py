"""A sandbox M/store served on loopback, and connectors to it that never really sleep."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from pomost.connectors.shop.mstore import Mstore
from pomost.connectors.shop.mstore.api import MstoreApi
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop
from pomost.transport.http import HttpClient
from tests.trust import TRUST

KEY = "mst_0123456789abcdef"


class Served:
    """The shop itself, its address, what was slept through, and the script of its misbehaviour."""

    def __init__(self, shop: Shop, url: str) -> None:
        self.shop = shop
        self.url = url
        self.slept: list[float] = []

    def connect(self, key: str = KEY, tries: int = 5, timeout: float = 10) -> Mstore:
        client = HttpClient(
            self.url, {"Authorization": f"Bearer {key}"}, timeout=timeout, tries=tries, sleep=self.slept.append
        )
        return Mstore(MstoreApi(client), client)

    def fault(self, kind: str, **facts: object) -> None:
        answer = httpx2.post(f"{self.url}/sandbox/faults", json=[{"kind": kind, **facts}], verify=TRUST)
        assert answer.status_code == 200, answer.text

    def asked(self, path: str) -> list[object]:
        """Requests that arrived at a path."""
        return [entry for entry in self.shop.journal.since(0) if entry.path == path]


@contextmanager
def served(**settings: object) -> Iterator[Served]:
    shop = Shop(key=KEY, **settings)
    shop.add_branch("MAG", "Magazyn")
    shop.add_branch("FIL", "Filia")
    with serve(shop) as running:
        yield Served(shop, running.url)
