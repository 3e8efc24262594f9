"""The web application: every address of the contract, the sandbox's own calls, and the storefront."""

from collections.abc import Mapping

from fastapi import FastAPI

from pomost.sandbox.esklep import (
    bundles,
    customers,
    dictionaries,
    discounts,
    documents,
    files,
    groups,
    orders,
    prices,
    products,
    progress,
    session_routes,
    stocks,
)
from pomost.sandbox.esklep.back_office import back_office
from pomost.sandbox.esklep.orders_records import Acknowledgement, Order
from pomost.sandbox.esklep.records import Group, Price, Product, Stock
from pomost.sandbox.esklep.session import AreaCursor
from pomost.sandbox.esklep.sessions import OpenSession
from pomost.sandbox.esklep.settings import Entry, Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.storefront.pages import storefront
from pomost.sandbox.esklep.sweep import RESOURCES, Commit
from pomost.sandbox.esklep.trade import Bundle, Customer, Discount
from pomost.sandbox.http.app import build_app
from pomost.sandbox.http.description import describe
from pomost.sandbox.http.faults import Faults
from pomost.sandbox.http.problems import described

ROUTERS = (
    dictionaries.router, session_routes.router, groups.router, products.router, prices.router, discounts.router,
    bundles.router, stocks.router, customers.router, files.router, orders.router, progress.router, documents.router,
)  # fmt: skip
ANSWERS: dict[str, type] = {
    "/v1/shop": Settings,
    "/v1/dictionaries/{name}": Entry,
    "/v1/sync-cursors": AreaCursor,
    "/v1/groups": Group,
    "/v1/products": Product,
    "/v1/products/{erp_id}": Product,
    "/v1/prices": Price,
    "/v1/discounts": Discount,
    "/v1/bundles": Bundle,
    "/v1/stocks": Stock,
    "/v1/customers": Customer,
    "/v1/orders": Order,
    "/v1/orders/{order_id}": Order,
    "/v1/orders/{order_id}/acknowledgement": Acknowledgement,
}
BODIES: dict[str, type] = {
    **{f"POST /v1/{resource.name}:batch": resource.kind for resource in RESOURCES},
    "POST /v1/order-updates:batch": progress.OrderUpdate,
    "POST /v1/sync-sessions": OpenSession,
    "POST /v1/sync-sessions/{session_id}/commit": Commit,
    "POST /v1/files:missing": files.Hashes,
    "PUT /v1/customers/by-shop-id/{shop_id}/erp-link": customers.ErpLink,
    "PUT /v1/orders/{order_id}/acknowledgement": orders.AcknowledgementWish,
    "DELETE /v1/orders/{order_id}/acknowledgement": orders.Withdrawal,
    "PUT /v1/orders/{order_id}/shipments/{shipment_key}": progress.ShipmentWish,
    "PUT /v1/orders/{order_id}/documents/{key}": documents.DocumentWish,
}
_KEYLESS = frozenset({"/v1/files:missing", "/v1/sync-sessions/{session_id}/heartbeat"})
_SESSIONLESS = frozenset({"/v1/sync-sessions", "/v1/files:missing"})


def create_app(shop: Shop) -> FastAPI:
    faults = Faults(foreign=("job", "rounding"))
    app = build_app(
        "e-Sklep sandbox", shop, faults, ROUTERS, (back_office(shop, faults), storefront(shop)),
        lambda errors: described(errors, strip=1),
    )  # fmt: skip
    describe(app, ANSWERS, _headers_of, BODIES)
    return app


def _headers_of(path: str, method: str) -> Mapping[str, bool]:
    headers = {"Idempotency-Key": True} if method == "post" and path not in _KEYLESS else {}
    if method != "get" and path not in _SESSIONLESS:
        headers |= {"Sync-Session": True, "Sync-Fence": True}
    if path.startswith("/v1/files/") or path.endswith("/content"):
        headers["Content-Digest"] = True
    return headers
