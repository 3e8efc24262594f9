"""What the service owns and a distributor only reads: account, regions, unit types, products, order statuses."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import unchanged
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.mstore.call import Called
from pomost.sandbox.mstore.gtin import gtin14
from pomost.sandbox.mstore.records import Product

Ean = Annotated[str, Field(pattern=r"^([0-9]{8}|[0-9]{12,14})$")]

router = APIRouter(tags=["catalogue"])


class ProductQuery(ListQuery):
    ean: Annotated[list[Ean], Field(max_length=100)] | None = None


@router.get("/v1/account", dependencies=[Depends(plain)])
async def read_account(call: Called) -> Response:
    assert call.key is not None
    return answer(call.shop.account(call.key.scopes))


@router.get("/v1/regions")
async def list_regions(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.regions)


@router.get("/v1/unit-types")
async def list_unit_types(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.unit_types)


@router.get("/v1/order-statuses")
async def list_order_statuses(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.order_statuses)


@router.get("/v1/products")
async def list_products(call: Called, request: Request, query: Annotated[ProductQuery, Query()]) -> Response:
    """Codes are compared as GTIN-14: a code of 12 digits is the same article as that of 13 with a leading zero."""
    index = call.shop.by_gtin

    def among(filters: dict[str, Any]) -> Iterable[str] | None:
        if "ean" not in filters:
            return None
        return {key for ean in filters["ean"] for key in index.get(gtin14(ean), ())}

    def keep(filters: dict[str, Any]) -> Callable[[Product], bool] | None:
        if "ean" not in filters:
            return None
        wanted = {gtin14(ean) for ean in filters["ean"]}
        return lambda product: product.gtin14 in wanted

    return page(call, request, query, call.shop.products, among=among, keep=keep, repeatable=("ean",))


@router.get("/v1/products/{product_id}", dependencies=[Depends(plain)])
async def read_product(call: Called, request: Request, product_id: str) -> Response:
    product = call.shop.product(product_id)
    return unchanged(request.headers, product.version) or answer(product, version=product.version)
