"""Stocks per branch (the M/store contract, section 8)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Required

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_item, check_write
from pomost.sandbox.http.moments import Moment
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Flaw, Problem, invalid, invalid_at
from pomost.sandbox.mstore.batch import BATCH_ONLY, Batch, BatchOf, Outcome, batch_schema
from pomost.sandbox.mstore.call import Call, Called
from pomost.sandbox.mstore.fields import STRICT, Reference
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Stock

Quantity = Annotated[int, Field(ge=0)]
Basis = Literal["stock", "available"]


@with_config(STRICT)
class StockFields(TypedDict, total=False):
    branch_id: Reference
    product_id: Reference
    quantity: Required[Quantity]
    visible: bool
    basis: Basis | None
    as_of: Required[Moment]


@with_config(STRICT)
class StockItem(TypedDict, total=False):
    branch_id: Required[Reference]
    product_id: Required[Reference]
    quantity: Quantity
    visible: bool
    basis: Basis | None
    as_of: Moment
    if_version: Reference


def stock_of(shop: Holdings, branch_id: str, product_id: str) -> Stock | None:
    """What a branch holds of a product; the branch and the product must both exist.

    The product has to be in the catalogue, but need not have an offer: the contract names no problem for that, and a
    shop that refused would make the order of two independent writes matter. The stock simply waits for its offer.
    """
    shop.branch(branch_id)
    shop.product(product_id)
    return shop.stocks[branch_id].get(product_id)


def write_stock(shop: Holdings, now: str, branch_id: str, product_id: str, fields: Mapping[str, Any]) -> Stock:
    """Merge fields into a stock; an older reading of the ERP never replaces a later one."""
    current = stock_of(shop, branch_id, product_id)
    as_of = fields.get("as_of")
    if current is None:
        made = Stock(
            branch_id, product_id, fields["quantity"], fields.get("visible", True), fields.get("basis"), as_of, "", now
        )
    else:
        if as_of is not None and current.as_of is not None and as_of < current.as_of:
            raise Problem("stale")
        changes = {name: fields[name] for name in ("quantity", "visible", "basis", "as_of") if name in fields}
        made = msgspec.structs.replace(current, **changes)
        if made == current:
            return current
    made = msgspec.structs.replace(made, version=shop.next_version(), updated_at=now)
    shop.stocks[branch_id].put(product_id, made, now)
    return made


def _check_reading(current: Stock | None, item: Mapping[str, Any]) -> None:
    """A quantity is a reading of the ERP, and `as_of` says of when; without it, none could ever be too old.

    A new row needs both. An item that merges may leave the quantity as it is, and then needs neither.
    """
    needed = ("quantity", "as_of") if current is None else ("as_of",) if "quantity" in item else ()
    missing = [Flaw(f"/{name}", "required") for name in needed if name not in item]
    if missing:
        raise invalid(*missing)


def _store_item(call: Call, now: str, item: Mapping[str, Any]) -> Outcome:
    branch_id, product_id = item["branch_id"], item["product_id"]
    current = stock_of(call.shop, branch_id, product_id)
    check_item(item, current.version if current else None, demanded="stocks" in call.shop.versions_demanded)
    _check_reading(current, item)
    made = write_stock(call.shop, now, branch_id, product_id, item)
    return f"{branch_id}/{product_id}", made.version


STOCK_BATCH = BatchOf(StockItem, ("branch_id", "product_id"), _store_item)
router = APIRouter(tags=["stocks"])


@router.get("/v1/branches/{branch_id}/stocks")
async def list_stocks(call: Called, request: Request, branch_id: str, query: Annotated[ListQuery, Query()]) -> Response:
    call.shop.branch(branch_id)
    return page(call, request, query, call.shop.stocks[branch_id])


@router.put("/v1/branches/{branch_id}/stocks/{product_id}", dependencies=[Depends(plain)])
async def put_stock(
    call: Called, request: Request, branch_id: str, product_id: str, fields: Annotated[StockFields, Body()]
) -> Response:
    for name, value in (("branch_id", branch_id), ("product_id", product_id)):
        if fields.get(name, value) != value:
            raise invalid_at(f"/{name}", "key-mismatch")
    call.refuse(product_id, "/product_id")
    with call.shop.writing(keep=call.keep) as now:
        current = stock_of(call.shop, branch_id, product_id)
        check_write(request.headers, current.version if current else None)
        made = write_stock(call.shop, now, branch_id, product_id, fields)
    call.wrote({"branch_id": branch_id, "product_id": product_id}, fields)
    return answer(made, 200 if current else 201, made.version)


@router.post("/v1/stocks:batch", dependencies=BATCH_ONLY)
async def batch_stocks(call: Called, batch: Annotated[Batch, Body(), batch_schema(StockItem)]) -> Response:
    return STOCK_BATCH.run(call, batch["items"])
