"""Orders, their acknowledgements and changes of status (the M/store contract, sections 11 and 12)."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Required

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_given, check_item, unchanged
from pomost.sandbox.http.moments import Moment
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Problem, invalid_at
from pomost.sandbox.mstore.batch import BATCH_ONLY, Batch, BatchOf, Outcome, batch_schema
from pomost.sandbox.mstore.call import Call, Called
from pomost.sandbox.mstore.fields import STRICT, Reference
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Acknowledgement, Order

Code = Annotated[str, Field(min_length=1, max_length=50)]
Trigger = Literal[
    "zk_created", "zk_partially_fulfilled", "zk_fulfilled", "wz_issued", "fs_issued", "pa_issued", "zk_cancelled",
    "shipped",
]  # fmt: skip


@with_config(STRICT)
class AcknowledgementFields(TypedDict):
    erp_document_type: Annotated[str, Field(min_length=1, max_length=20)]
    erp_document_number: Reference
    erp_document_id: Reference
    imported_at: Moment


@with_config(STRICT)
class DocumentFields(TypedDict, total=False):
    type: Required[Annotated[str, Field(min_length=1, max_length=20)]]
    number: Required[Reference]
    issued_at: Moment | None
    ksef_number: Reference | None


@with_config(STRICT)
class StatusChange(TypedDict, total=False):
    status: Required[Code]
    trigger: Trigger
    document: DocumentFields | None
    occurred_at: Moment


@with_config(STRICT)
class StatusChangeItem(TypedDict, total=False):
    order_id: Required[Reference]
    status: Required[Code]
    trigger: Trigger
    document: DocumentFields | None
    occurred_at: Moment
    if_version: Reference


class OrderQuery(ListQuery):
    status: Code | None = None
    branch_id: Reference | None = None


def acknowledge(shop: Holdings, now: str, order: Order, fields: Mapping[str, Any]) -> tuple[Order, bool]:
    """Tie an order to its ERP document, once and for all; the same document again changes nothing."""
    given = Acknowledgement(**fields)
    known = order.acknowledgement
    if known is not None:
        if msgspec.structs.replace(given, imported_at=known.imported_at) != known:
            raise Problem("order-already-acknowledged")
        return order, False
    made = msgspec.structs.replace(order, acknowledgement=given, version=shop.next_version(), updated_at=now)
    shop.orders.put(order.id, made, now)
    return made, True


def change_status(shop: Holdings, now: str, order: Order, fields: Mapping[str, Any]) -> Order:
    status = fields["status"]
    if status not in shop.order_statuses:
        raise invalid_at("/status", "order-status-unknown")
    if status == order.status:
        return order
    if status not in shop.statuses()[order.status].allowed_next:
        raise Problem("order-transition-not-allowed")
    return put_status(shop, now, order, fields)


def put_status(shop: Holdings, now: str, order: Order, fields: Mapping[str, Any]) -> Order:
    made = msgspec.structs.replace(order, status=fields["status"], version=shop.next_version(), updated_at=now)
    shop.orders.put(order.id, made, now)
    record = {**fields, "order_id": order.id, "from_status": order.status, "at": now}
    shop.status_changes.append(record)
    shop.undo.add(lambda: shop.status_changes.remove(record))
    return made


def _store_item(call: Call, now: str, item: Mapping[str, Any]) -> Outcome:
    order = call.shop.order(item["order_id"])
    check_item(item, order.version, demanded="order-status-changes" in call.shop.versions_demanded)
    return order.id, change_status(call.shop, now, order, item).version


STATUS_BATCH = BatchOf(StatusChangeItem, ("order_id",), _store_item)
router = APIRouter(tags=["orders"])


@router.get("/v1/orders")
async def list_orders(call: Called, request: Request, query: Annotated[OrderQuery, Query()]) -> Response:
    if query.status is not None and query.status not in call.shop.order_statuses:
        raise invalid_at("/status", "order-status-unknown")
    if query.branch_id is not None:
        call.shop.branch(query.branch_id)

    def keep(filters: dict[str, Any]) -> Callable[[Order], bool]:
        status, branch_id = filters.get("status"), filters.get("branch_id")
        return lambda order: status in {None, order.status} and branch_id in {None, order.branch_id}

    return page(call, request, query, call.shop.orders, keep=keep)


@router.get("/v1/orders/{order_id}", dependencies=[Depends(plain)])
async def read_order(call: Called, request: Request, order_id: str) -> Response:
    order = call.shop.order(order_id)
    return unchanged(request.headers, order.version) or answer(order, version=order.version)


@router.post("/v1/orders/{order_id}/acknowledgements", dependencies=[Depends(plain)])
async def post_acknowledgement(
    call: Called, order_id: str, fields: Annotated[AcknowledgementFields, Body()]
) -> Response:
    with call.shop.writing(keep=call.keep) as now:
        made, first = acknowledge(call.shop, now, call.shop.order(order_id), fields)
    status = 201 if first else 200
    call.wrote({"order_id": order_id}, fields, status)
    return answer(made.acknowledgement, status, made.version)


@router.post("/v1/orders/{order_id}/status-changes", dependencies=[Depends(plain)])
async def post_status_change(
    call: Called, request: Request, order_id: str, fields: Annotated[StatusChange, Body()]
) -> Response:
    with call.shop.writing(keep=call.keep) as now:
        order = call.shop.order(order_id)
        check_given(request.headers, order.version)
        made = change_status(call.shop, now, order, fields)
    call.wrote({"order_id": order_id}, fields)
    return answer(made, version=made.version)


@router.post("/v1/order-status-changes:batch", dependencies=BATCH_ONLY)
async def batch_status_changes(
    call: Called, batch: Annotated[Batch, Body(), batch_schema(StatusChangeItem)]
) -> Response:
    return STATUS_BATCH.run(call, batch["items"])
