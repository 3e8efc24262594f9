"""The web application: every route of the contract, problems for everything else, and its own description."""

from collections.abc import Mapping

from fastapi import FastAPI

from pomost.sandbox.http.app import build_app
from pomost.sandbox.http.description import describe
from pomost.sandbox.http.faults import Faults
from pomost.sandbox.mstore import (
    batch,
    branches,
    catalogue,
    customers,
    documents,
    offers,
    orders,
    records,
    segments,
    stocks,
)
from pomost.sandbox.mstore.back_office import back_office
from pomost.sandbox.mstore.page import shop_page
from pomost.sandbox.mstore.problems import flaws_of
from pomost.sandbox.mstore.shop import Shop

ROUTERS = (
    catalogue.router, branches.router, offers.router, stocks.router, customers.router, segments.router, orders.router,
    documents.router, batch.router,
)  # fmt: skip
# What each address answers with: the record of a single resource, or of a list's items.
ANSWERS: dict[str, type] = {
    "/v1/account": records.Account,
    "/v1/regions": records.Region,
    "/v1/unit-types": records.UnitType,
    "/v1/order-statuses": records.OrderStatus,
    "/v1/products": records.Product,
    "/v1/products/{product_id}": records.Product,
    "/v1/branches": records.Branch,
    "/v1/branches/{branch_id}": records.Branch,
    "/v1/branches/{branch_id}/stocks": records.Stock,
    "/v1/branches/{branch_id}/stocks/{product_id}": records.Stock,
    "/v1/branches/{branch_id}/postal-codes": records.PostalArea,
    "/v1/postal-codes": records.PostalCode,
    "/v1/offers": records.Offer,
    "/v1/offers/{product_id}": records.Offer,
    "/v1/customers": records.Customer,
    "/v1/customers/{customer_id}": records.Customer,
    "/v1/customers/{customer_id}/assignment": records.Assignment,
    "/v1/segments": records.Segment,
    "/v1/segments/{external_key}": records.Segment,
    "/v1/orders": records.Order,
    "/v1/orders/{order_id}": records.Order,
    "/v1/orders/{order_id}/acknowledgements": records.Acknowledgement,
    "/v1/orders/{order_id}/status-changes": records.Order,
    "/v1/orders/{order_id}/documents/{document_key}": records.OrderDocument,
}


def create_app(shop: Shop) -> FastAPI:
    faults = Faults(foreign=("slow_upload", "corrupt_file", "no_price_ends_area"))
    app = build_app(
        "M/store sandbox", shop, faults, ROUTERS, (back_office(shop, faults), shop_page(shop)),
        lambda errors: flaws_of(errors, strip=1),
    )  # fmt: skip
    describe(app, ANSWERS, _headers_of)
    return app


def _headers_of(_path: str, method: str) -> Mapping[str, bool]:
    headers = {"post": ("Idempotency-Key",), "put": ("If-Match", "If-None-Match"), "patch": ("If-Match",)}
    return dict.fromkeys(headers.get(method, ()), method == "post")
