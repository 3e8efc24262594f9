"""Everything the shop holds, as one plain document for tests and demonstrations."""

from typing import Any

import msgspec

from pomost.sandbox.mstore.shop import Shop


def state_of(shop: Shop) -> dict[str, Any]:
    with shop.lock:
        state: dict[str, Any] = {
            "distributor_id": shop.distributor_id,
            "server_time": shop.now(),
            "products": {product.id: product for product in shop.products},
            "offers": {offer.product_id: _offer(shop, offer.product_id) for offer in shop.offers},
            "branches": {branch.id: branch for branch in shop.branches},
            "postal_codes": {area.branch_id: area.items for area in shop.postal_areas},
            "stocks": {
                branch_id: {stock.product_id: stock for stock in stocks} for branch_id, stocks in shop.stocks.items()
            },
            "customers": {customer.id: customer for customer in shop.customers},
            "assignments": {assigned.customer_id: assigned for assigned in shop.assignments},
            "segments": {segment.external_key: segment for segment in shop.segments},
            "orders": {order.id: order for order in shop.orders},
            "status_changes": list(shop.status_changes),
        }
        found = msgspec.to_builtins(state)
    assert isinstance(found, dict)
    return found


def _offer(shop: Shop, product_id: str) -> dict[str, Any]:
    """An offer with the barcode and the name of its product, so that a reader need not join."""
    product, offer = shop.products.records[product_id], shop.offers.records[product_id]
    return {"ean": product.ean, "name": product.name, **msgspec.to_builtins(offer)}
