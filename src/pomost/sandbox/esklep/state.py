"""Everything the shop holds, as one plain document for tests and demonstrations."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

import msgspec

from pomost.sandbox.esklep.files import present
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.orders import told
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.shop import Shop

PARTS = (
    "shop_id", "server_time", "price_types", "warehouses", "attributes", "groups", "products", "prices", "stocks",
    "discounts", "bundles", "customers", "files", "file_links", "orders", "shipments", "documents", "sessions",
    "cursors",
)  # fmt: skip


def state_of(shop: Shop, parts: Collection[str] = PARTS) -> dict[str, Any]:
    """Each part by key: `product/type` for prices, `product/warehouse` for stocks, `kind:id` for file links."""
    with shop.lock:
        makers: dict[str, Callable[[], Any]] = {
            "shop_id": lambda: shop.settings.shop_id,
            "server_time": shop.now,
            "price_types": lambda: _by_key(shop.price_types),
            "warehouses": lambda: _by_key(shop.warehouses),
            "attributes": lambda: _by_key(shop.attributes),
            "groups": lambda: _by_key(shop.groups),
            "products": lambda: _by_key(shop.products),
            "prices": lambda: _by_key(shop.prices),
            "stocks": lambda: _by_key(shop.stocks),
            "discounts": lambda: _by_key(shop.discounts),
            "bundles": lambda: _by_key(shop.bundles),
            "customers": lambda: _by_key(shop.customers),
            "files": lambda: _files(shop),
            "file_links": lambda: _by_key(shop.links),
            "orders": lambda: {order.id: told(order) for order in shop.orders},
            "shipments": lambda: {"/".join(key): one.fields for key, one in shop.shipments.items()},
            "documents": lambda: {
                "/".join(key): {**one.fields, "shown": one.content is not None} for key, one in shop.documents.items()
            },
            "sessions": lambda: {one.id: one.report(shop.now()) for one in shop.sessions.values()},
            "cursors": lambda: {area: msgspec.to_builtins(cursor) for area, cursor in shop.cursors.items()},
        }
        return {name: makers[name]() for name in PARTS if name in parts}


def _by_key(shelf: Iterable[Kept[Any]]) -> dict[str, Any]:
    return {kept.key.replace("\x1f", "/"): shown(kept) for kept in shelf}


def _files(shop: Shop) -> dict[str, Any]:
    return {
        sha256: {"size": len(blob.content), "media_type": blob.media_type, "linked": blob.unlinked_since is None}
        for sha256, blob in list(shop.blobs.items())
        if present(shop, sha256)
    }
