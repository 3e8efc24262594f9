"""Prices by product and price type, loyalty points with them (section 6)."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.records import Kept, Price
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import plain
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Flaw, Problem


def _check(case: Case, item: Price, _stored: Kept[Price] | None) -> Price:
    if item.product_erp_id not in case.shop.products:
        raise Problem("product-unknown", Flaw("/product_erp_id", "product-unknown"))
    if item.price_type_erp_id not in case.shop.price_types:
        case.flaw("/price_type_erp_id", "price-type-unknown")
    case.currency(item.currency)
    if item.loyalty_points:
        case.needs("points", "/loyalty_points")
    if item.history:
        case.needs("price_history", "/history")
    for index, past in enumerate(item.history):
        case.currency(past.currency, f"/history/{index}/currency")
    return item


def _note(shop: Shop, _old: Kept[Price] | None, new: Kept[Price]) -> None:
    shop.prices_of[new.item.product_erp_id][new.item.price_type_erp_id] = new


PRICES = Resource(
    name="prices",
    kind=Price,
    keys=("product_erp_id", "price_type_erp_id"),
    prefix="pc",
    area="prices",
    shelf=lambda shop: shop.prices,
    check=_check,
    note=_note,
)

router = APIRouter(tags=["prices"])


class OfProduct(ListQuery):
    product: str | None = None


@router.get("/v1/prices")
async def list_prices(call: Called, request: Request, query: Annotated[OfProduct, Query()]) -> Response:
    def among(filters: dict[str, Any]) -> Iterable[str] | None:
        if "product" not in filters:
            return None
        return [kept.key for kept in call.shop.prices_of.get(filters["product"], {}).values()]

    return page(call, request, query, call.shop.prices, among=among, show=shown)


@router.post("/v1/prices:batch", dependencies=[Depends(plain)])
async def batch_prices(call: Called, request: Request) -> Response:
    return await PRICES.run(call, request)
