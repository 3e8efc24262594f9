"""Stocks by product and warehouse; the time of reading plays the stamp (section 9)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.dictionaries import ALL_WAREHOUSES
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.prices import OfProduct
from pomost.sandbox.esklep.records import Kept, Stock
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import plain
from pomost.sandbox.http.paging import page
from pomost.sandbox.http.problems import Flaw, Problem

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _check(case: Case, item: Stock, _stored: Kept[Stock] | None) -> Stock:
    shop, warehouse = case.shop, item.warehouse_erp_id
    product = shop.products.get(item.product_erp_id)
    if product is None:
        raise Problem("product-unknown", Flaw("/product_erp_id", "product-unknown"))
    if product.item.kind == "service":
        case.flaw("/product_erp_id", "service-has-no-stock")
    # Where one figure stands for all warehouses, a second one of a single warehouse would be counted twice.
    if shop.settings.stock_mode == "total":
        known = warehouse == ALL_WAREHOUSES
    else:
        known = warehouse in shop.warehouses and shop.warehouses.records[warehouse].live
    if not known:
        case.flaw("/warehouse_erp_id", "warehouse-unknown")
    if Decimal(item.quantity) < 0:
        case.flaw("/quantity", "quantity-negative")
    if item.lots:
        case.needs("lots", "/lots")
    return item


def _note(shop: Shop, _old: Kept[Stock] | None, new: Kept[Stock]) -> None:
    shop.stocks_of[new.item.product_erp_id][new.item.warehouse_erp_id] = new


def _read_at(head: Any) -> int | None:
    return None if head.as_of is None else (head.as_of - _EPOCH) // _MICROSECOND


STOCKS = Resource(
    name="stocks",
    kind=Stock,
    keys=("product_erp_id", "warehouse_erp_id"),
    prefix="st",
    area="stocks",
    shelf=lambda shop: shop.stocks,
    check=_check,
    note=_note,
    taken_off=lambda item: msgspec.structs.replace(item, quantity="0", lots=()),
    idle=lambda item: not Decimal(item.quantity),
    most=lambda limits: limits.max_stocks,
    version_of=_read_at,
    stamp_field="as_of",
)

router = APIRouter(tags=["stocks"])


def available(shop: Shop, product_erp_id: str) -> Decimal:
    """What of a product all warehouses of the shop hold together, in base units."""
    kept = shop.stocks_of.get(product_erp_id, {}).values()
    return sum((Decimal(one.item.quantity) for one in kept if one.live), Decimal(0))


@router.get("/v1/stocks")
async def list_stocks(call: Called, request: Request, query: Annotated[OfProduct, Query()]) -> Response:
    def among(filters: dict[str, Any]) -> Iterable[str] | None:
        if "product" not in filters:
            return None
        return [kept.key for kept in call.shop.stocks_of.get(filters["product"], {}).values()]

    return page(call, request, query, call.shop.stocks, among=among, show=shown)


@router.post("/v1/stocks:batch", dependencies=[Depends(plain)])
async def batch_stocks(call: Called, request: Request) -> Response:
    return await STOCKS.run(call, request)
