"""A world's shop beyond a wire: the sandbox M/store over HTTP, with the face the shop in memory has."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pomost.conformance.hostile import WrappedShop
from pomost.connectors.shop.mstore import MSTORE
from pomost.connectors.shop.mstore.settings import MstoreSettings
from pomost.model.product import CatalogueProduct
from pomost.sandbox.http.journal import WrittenItem
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop
from tests.snapshots import Snapshot
from tests.worlds import BRANCHES, World

KEY = "mst_0123456789abcdef"


class NamedShop(Shop):
    """Products get the ids the world calls them by."""

    wanted = ""

    def next_id(self, prefix: str) -> str:
        return self.wanted if prefix == "pr" else super().next_id(prefix)


class WiredShop(WrappedShop):
    """What is sent and read goes through the connector; the catalogue is the owner's own errand."""

    def __init__(self, shop: NamedShop, url: str) -> None:
        super().__init__(MSTORE.connect(MstoreSettings(url, KEY)))
        self.shop = shop
        self.listed: dict[str, CatalogueProduct] = {}
        self.held: dict[str, object] = {}
        """Nothing is to be cleaned up after a product that left: its offer and its stock went with it."""

    def list_products(self, *products: CatalogueProduct) -> None:
        for product in products:
            packs = [(unit.type, unit.multiplier) for unit in product.units]
            if product.deleted:
                self.shop.remove_product(product.id)
            elif product.id in self.listed:
                self.shop.change_product(product.id, ean=product.ean, name=product.name, packs=packs)
            else:
                self.shop.wanted = product.id
                self.shop.add_product(product.ean, product.name, packs)
            self.listed[product.id] = product

    @property
    def log(self) -> list[WrittenItem]:
        """What was written, item by item; an answer repeated by its key wrote nothing."""
        entries = (entry for entry in self.shop.journal.since(0) if not entry.replayed)
        return [item for entry in entries for item in entry.items if item.status == 200]

    def rows(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Every offer and every stock with its version, which only a write that changes something raises."""
        stocks = {f"{branch}/{one.product_id}": one for branch, held in self.shop.stocks.items() for one in held}
        return dict(self.shop.offers.records), stocks


@contextmanager
def wire(max_batch: int = 3) -> Iterator["Wire"]:
    """A shop with the branches of every world, served; small batches, so that small worlds need several."""
    shop = NamedShop(key=KEY, max_batch=max_batch)
    for branch in BRANCHES:
        shop.add_branch(branch.id, branch.name)
    with serve(shop) as running:
        yield Wire(shop, running.url, Snapshot.of(shop))


class Wire:
    """Worlds one after another over one served shop."""

    def __init__(self, shop: NamedShop, url: str, empty: Snapshot) -> None:
        self._shop, self._url, self._empty = shop, url, empty

    def world(self) -> World:
        """A world of nothing; the one before it is gone."""
        self._empty.put_back(self._shop)
        return World(shop=WiredShop(self._shop, self._url))
