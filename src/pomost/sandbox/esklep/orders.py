"""Orders read, and acknowledged exactly once (sections 12 and 13)."""

import hashlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from msgspec import Meta, Struct

from pomost.sandbox.esklep.call import Call, Called, note
from pomost.sandbox.esklep.fields import Key, Line, Moment
from pomost.sandbox.esklep.orders_records import Acknowledgement, Order
from pomost.sandbox.esklep.placing import AWAITING_SHOP
from pomost.sandbox.esklep.sessions import work_in, writer
from pomost.sandbox.esklep.shapes import plain as document
from pomost.sandbox.esklep.shapes import read
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_given, unchanged
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Flaw, Problem

_UNTOLD = ("wishes", "progress_stamp")


class AcknowledgementWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    erp_document_type: Literal["RO"]
    erp_document_id: Key
    erp_document_number: Key
    order_version: Annotated[int, Meta(ge=1)]
    imported_at: Moment


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True):
    reason: Annotated[Line, Meta(min_length=1)]


class OrderQuery(ListQuery):
    importable: Literal["true", "false"] | None = None
    changed_after_ack: Literal["true", "false"] | None = None


def told(order: Order) -> dict[str, Any]:
    found = document(order)
    return {name: value for name, value in found.items() if name not in _UNTOLD}


def tag_of(order: Order) -> str:
    """What the ETag says: anything told of the order moves it, money included; `version` is for edits alone."""
    return f"{order.version}-{hashlib.sha256(msgspec.json.encode(told(order))).hexdigest()[:16]}"


def importable(order: Order) -> bool:
    return order.status == AWAITING_SHOP and order.acknowledgement is None


def changed_after_ack(order: Order) -> bool:
    return order.acknowledgement is not None and order.version > order.acknowledgement.order_version


router = APIRouter(tags=["orders"])


@router.get("/v1/orders")
async def list_orders(call: Called, request: Request, query: Annotated[OrderQuery, Query()]) -> Response:
    def keep(filters: dict[str, Any]) -> Callable[[Order], bool]:
        wanted = [
            (test, filters[name] == "true")
            for name, test in (("importable", importable), ("changed_after_ack", changed_after_ack))
            if name in filters
        ]
        return lambda order: all(test(order) is answer for test, answer in wanted)

    return page(call, request, query, call.shop.orders, keep=keep, show=told)


@router.get("/v1/orders/{order_id}", dependencies=[Depends(plain)])
async def read_order(call: Called, request: Request, order_id: str) -> Response:
    order = call.shop.order(order_id)
    tag = tag_of(order)
    return unchanged(request.headers, tag) or answer(told(order), version=tag)


@router.put("/v1/orders/{order_id}/acknowledgement", dependencies=[Depends(plain)])
async def put_acknowledgement(call: Called, request: Request, order_id: str) -> Response:
    """The version in the body plays If-Match, which is heeded as well where it is sent."""
    wish = await read(call, request, AcknowledgementWish)
    shop = call.shop
    with shop.writing() as moment:
        work_in(writer(shop, request.headers), "orders")
        order = shop.order(order_id)
        made = Acknowledgement(**{**msgspec.structs.asdict(wish), "imported_at": moment_text(wish.imported_at)})
        known = order.acknowledgement
        if known is not None:
            if _document_of(known) != _document_of(made):
                raise Problem("order-already-acknowledged")
            return _acknowledged(call, order, 200)
        check_given(request.headers, tag_of(order))
        if wish.order_version != order.version:
            raise Problem("order-changed", Flaw("/order_version", "order-changed"), version=order.version)
        if order.status != AWAITING_SHOP:
            raise Problem("order-not-importable")
        order = msgspec.structs.replace(order, acknowledgement=made, updated_at=moment)
        if call.keep:
            shop.orders.put(order.id, order, moment)
        return _acknowledged(call, order, 201)


@router.delete("/v1/orders/{order_id}/acknowledgement", dependencies=[Depends(plain)])
async def delete_acknowledgement(call: Called, request: Request, order_id: str) -> Response:
    """The document of the ERP was deleted: the order can be imported again, unless it has come to its end."""
    await read(call, request, Withdrawal)
    shop = call.shop
    with shop.writing() as moment:
        work_in(writer(shop, request.headers), "orders")
        order = shop.order(order_id)
        if order.acknowledgement is not None and call.keep:
            final = bool(getattr(shop.entry("order-statuses", order.status), "final", False))
            status = order.status if final else AWAITING_SHOP
            made = msgspec.structs.replace(
                order, acknowledgement=None, status=status, progress_stamp=-1, updated_at=moment
            )
            shop.orders.put(order.id, made, moment)
    note(call, {"order_id": order_id}, "withdraw", 204, "withdrawn")
    return Response(status_code=204)


def _document_of(acknowledgement: Acknowledgement) -> tuple[str, str, str]:
    one = acknowledgement
    return one.erp_document_type, one.erp_document_id, one.erp_document_number


def _acknowledged(call: Call, order: Order, status: int) -> Response:
    note(call, {"order_id": order.id}, "acknowledge", status, "created" if status == 201 else "unchanged")  # noqa: PLR2004  (HTTP)
    return answer(order.acknowledgement, status, tag_of(order))
