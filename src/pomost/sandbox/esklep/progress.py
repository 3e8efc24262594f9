"""How far an order got in the ERP: status and payment, shipments (sections 14.1 and 14.2)."""

from datetime import date
from typing import Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from msgspec import Struct

from pomost.sandbox.esklep.batch import Envelope, ignored_in
from pomost.sandbox.esklep.call import Call, Called, note
from pomost.sandbox.esklep.fields import Code20, Code50, Decimal4, Issued, Key, Line, Moment, Money2, Stamp, Url
from pomost.sandbox.esklep.orders_records import Order, Shipment
from pomost.sandbox.esklep.session import AreaWork
from pomost.sandbox.esklep.sessions import work_in, writer
from pomost.sandbox.esklep.shapes import decoded, read
from pomost.sandbox.esklep.shapes import plain as document
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Flaw, Problem, invalid_at

Trigger = Literal[
    "ro_confirmed", "ro_partly_done", "ro_done", "wz_issued", "fs_issued", "pa_issued", "ro_cancelled", "shipped",
]  # fmt: skip


class PaymentUpdate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    status: Literal["none", "partial", "paid", "overpaid", "refunded"]
    paid_amount: Money2 | None = None
    paid_at: Moment | None = None


class IssuedDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    type: Code20
    number: Key
    issued_at: Issued | None = None


class OrderUpdate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    order_id: Key
    stamp: Stamp
    status: Code50 | None = None
    trigger: Trigger | None = None
    payment: PaymentUpdate | None = None
    planned_delivery: date | None = None
    documents: tuple[IssuedDocument, ...] | None = None


class _Named(Struct, frozen=True):
    order_id: Key | None = None


class Parcel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    number: Key
    weight_kg: Decimal4 | None = None
    tracking_url: Url | None = None


class ShipmentWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    carrier_code: Key
    carrier_name: Line
    waybill: Line | None
    tracking_url: Url | None
    shipment_order_number: Line | None = None
    source_document: IssuedDocument
    parcels: tuple[Parcel, ...] = ()
    status: Literal["ordered", "sent", "delivered", "returned", "cancelled", "unknown"]
    status_at: Moment | None
    shipped_at: Moment | None
    stamp: Stamp


def acknowledged(shop: Shop, order_id: str) -> Order:
    order = shop.order(order_id)
    if order.acknowledgement is None:
        raise Problem("order-not-acknowledged")
    return order


router = APIRouter(tags=["order progress"])


@router.post("/v1/order-updates:batch", dependencies=[Depends(plain)])
async def batch_order_updates(call: Called, request: Request) -> Response:
    body = await request.body()
    shop = call.shop
    with shop.writing() as moment:
        session = writer(shop, request.headers)
        work = work_in(session, "order_progress")
        envelope = decoded(body, Envelope[msgspec.Raw], call.ignored)
        if len(envelope.items) > shop.settings.limits.max_batch:
            raise Problem("payload-too-large")
        end = len(envelope.items) // 2 if call.has("half_batch") else len(envelope.items)
        results = [_result(call, work, moment, index, raw, end) for index, raw in enumerate(envelope.items)]
        if envelope.cursor_after is not None:
            cursor = shop.cursors["order_progress"]
            cursor.sent_cursor, cursor.sent_at, cursor.session_id = envelope.cursor_after, moment, session.id
    return answer({"results": results})


def _result(call: Call, work: AreaWork, moment: str, index: int, raw: msgspec.Raw, end: int) -> dict[str, Any]:
    named = _key(raw)
    try:
        result = _update(call, work, raw, moment, None if index >= end else index)
    except Problem as problem:
        work.counts["rejected"] += 1
        note(call, named, "upsert", problem.status, problem.code)
        return {"index": index, **named, "status": problem.status, "problem": call.problem(problem)}
    work.counts[result] += 1
    note(call, named, "upsert", 200, result)
    return {"index": index, **named, "status": 200, "result": result}


def _key(raw: msgspec.Raw) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(raw, type=_Named).order_id
    except msgspec.DecodeError:
        found = None
    return {} if found is None else {"order_id": found}


def _update(call: Call, work: AreaWork, raw: msgspec.Raw, moment: str, index: int | None) -> str:
    """What one item changes; without an index, the shop broke down before it came to this one."""
    if index is None:
        raise Problem("maintenance")
    shop, wish = call.shop, decoded(raw, OrderUpdate, ignored_in(index, call.ignored))
    if call.refusals:
        call.refuse(wish.order_id, "/order_id")
    order = acknowledged(shop, wish.order_id)
    if wish.stamp < order.progress_stamp:
        raise Problem("stale-item", Flaw("/stamp", "stale-item"))
    if wish.stamp == order.progress_stamp and not work.full:
        return "unchanged"
    made = msgspec.structs.replace(order, **_changes(shop, order, wish), updated_at=moment)
    if call.keep:
        shop.orders.put(order.id, made, moment)
    return "updated"


def _changes(shop: Shop, order: Order, wish: OrderUpdate) -> dict[str, Any]:
    changes: dict[str, Any] = {"progress_stamp": wish.stamp}
    if wish.status is not None:
        changes["status"] = _next_status(shop, order, wish)
    if wish.payment is not None:
        if order.payment.online:
            raise Problem("payment-owned-by-shop", Flaw("/payment", "payment-owned-by-shop"))
        changes["payment"] = _paid(order, wish.payment)
    if wish.planned_delivery is not None:
        changes["planned_delivery"] = wish.planned_delivery
    if wish.documents is not None:
        changes["documents"] = tuple(document(one) for one in wish.documents)
    return changes


def _next_status(shop: Shop, order: Order, wish: OrderUpdate) -> str:
    """Forward only; the status an order has already is no step at all."""
    if wish.trigger is None:
        raise invalid_at("/trigger", "required")
    entry = None if wish.status is None else shop.entry("order-statuses", wish.status)
    if entry is None:
        raise invalid_at("/status", "order-status-unknown")
    at = shop.entry("order-statuses", order.status)
    if entry.code != order.status and (at is None or entry.code not in (at.allowed_next or ())):
        raise Problem("order-transition-not-allowed", Flaw("/status", "order-transition-not-allowed"))
    return entry.code


def _paid(order: Order, wish: PaymentUpdate) -> Any:
    changes: dict[str, Any] = {"status": wish.status}
    if wish.paid_amount is not None:
        changes["paid_amount"] = msgspec.convert(wish.paid_amount, type=type(order.payment.paid_amount))
    if wish.paid_at is not None:
        changes["paid_at"] = moment_text(wish.paid_at)
    return msgspec.structs.replace(order.payment, **changes)


@router.put("/v1/orders/{order_id}/shipments/{shipment_key}", dependencies=[Depends(plain)])
async def put_shipment(call: Called, request: Request, order_id: str, shipment_key: str) -> Response:
    wish = await read(call, request, ShipmentWish)
    shop = call.shop
    with shop.writing() as moment:
        work = work_in(writer(shop, request.headers), "order_progress")
        acknowledged(shop, order_id)
        known = shop.shipments.get((order_id, shipment_key))
        if known is not None and wish.stamp < known.stamp:
            raise Problem("stale-item", Flaw("/stamp", "stale-item"))
        fields = document(wish)
        made = Shipment(order_id=order_id, key=shipment_key, fields=fields, stamp=wish.stamp, updated_at=moment)
        same = known is not None and known.stamp == wish.stamp and not work.full
        result = "created" if known is None else "unchanged" if same else "updated"
        if result != "unchanged" and call.keep:
            shop.shipments[order_id, shipment_key] = made
    status = 201 if result == "created" else 200
    note(call, {"order_id": order_id, "shipment": shipment_key}, "upsert", status, result)
    return answer({"order_id": order_id, "shipment": shipment_key, "result": result}, status)
