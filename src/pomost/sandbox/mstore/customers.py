"""Customers, read only, and their assignments (the M/store contract, section 9)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal, Required

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field, with_config
from starlette.datastructures import Headers
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_given, check_item, check_write, unchanged
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Flaw, Problem, invalid, invalid_at
from pomost.sandbox.mstore.batch import BATCH_ONLY, Batch, BatchOf, Outcome, batch_schema
from pomost.sandbox.mstore.call import Call, Called
from pomost.sandbox.mstore.fields import STRICT, Reference
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Assignment, Customer


@with_config(STRICT)
class AssignmentFields(TypedDict, total=False):
    recognised: Literal[True]
    erp_customer_ref: Required[Reference]
    branch_id: Required[Reference]
    segment_id: Reference | None


@with_config(STRICT)
class AssignmentItem(TypedDict, total=False):
    customer_id: Required[Reference]
    recognised: Literal[True]
    erp_customer_ref: Reference
    branch_id: Reference
    segment_id: Reference | None
    if_version: Reference


class CustomerQuery(ListQuery):
    nip: Annotated[str, Field(pattern=r"^[0-9]{10}$")] | None = None


def write_assignment(shop: Holdings, now: str, customer_id: str, fields: Mapping[str, Any]) -> Assignment:
    """Merge fields into an assignment; an absent segment stays as it is."""
    shop.customer(customer_id)
    current = shop.assignments.get(customer_id)
    missing = [name for name in ("erp_customer_ref", "branch_id") if current is None and name not in fields]
    if missing:
        raise invalid(*(Flaw(f"/{name}", "required") for name in missing))
    if "branch_id" in fields:
        shop.branch(fields["branch_id"])
    segment_id = fields.get("segment_id")
    if segment_id is not None and not any(segment.id == segment_id for segment in shop.segments):
        raise invalid_at("/segment_id", "segment-unknown")
    named = {name: fields[name] for name in ("erp_customer_ref", "branch_id", "segment_id") if name in fields}
    if current is None:
        made = Assignment(customer_id, True, named["erp_customer_ref"], named["branch_id"], segment_id, "", now)  # noqa: FBT003 - always true
    else:
        made = msgspec.structs.replace(current, **named)
        if made == current:
            return current
    made = msgspec.structs.replace(made, version=shop.next_version(), updated_at=now)
    shop.assignments.put(customer_id, made, now)
    return made


def _linked_elsewhere(current: Assignment | None, fields: Mapping[str, Any]) -> bool:
    return current is not None and fields.get("erp_customer_ref", current.erp_customer_ref) != current.erp_customer_ref


def _check_put(headers: Headers, current: Assignment | None, fields: Mapping[str, Any]) -> None:
    # "Create" on top of another link is that very conflict, and so is a match with anything at all; with the version
    # in If-Match the client knows what it does.
    match, none_match = headers.get("if-match"), headers.get("if-none-match")
    names_no_version = (match or "").strip() == "*" if match is not None else none_match is not None
    if names_no_version and _linked_elsewhere(current, fields):
        raise Problem("customer-already-assigned")
    check_write(headers, current.version if current else None)


def _store_item(call: Call, now: str, item: Mapping[str, Any]) -> Outcome:
    shop, customer_id = call.shop, item["customer_id"]
    shop.customer(customer_id)
    current = shop.assignments.get(customer_id)
    demanded = "customer-assignments" in shop.versions_demanded
    check_item(item, current.version if current else None, demanded=demanded)
    if "if_version" not in item and _linked_elsewhere(current, item):
        raise Problem("customer-already-assigned")
    return customer_id, write_assignment(shop, now, customer_id, item).version


ASSIGNMENT_BATCH = BatchOf(AssignmentItem, ("customer_id",), _store_item)
router = APIRouter(tags=["customers"])


@router.get("/v1/customers")
async def list_customers(call: Called, request: Request, query: Annotated[CustomerQuery, Query()]) -> Response:
    def among(filters: dict[str, Any]) -> Iterable[str] | None:
        return call.shop.by_nip.get(filters["nip"], set()) if "nip" in filters else None

    def keep(filters: dict[str, Any]) -> Callable[[Customer], bool] | None:
        return (lambda customer: customer.nip == filters["nip"]) if "nip" in filters else None

    return page(call, request, query, call.shop.customers, among=among, keep=keep)


@router.get("/v1/customers/{customer_id}", dependencies=[Depends(plain)])
async def read_customer(call: Called, request: Request, customer_id: str) -> Response:
    customer = call.shop.customer(customer_id)
    return unchanged(request.headers, customer.version) or answer(customer, version=customer.version)


def _assignment(shop: Holdings, customer_id: str) -> Assignment:
    shop.customer(customer_id)
    found = shop.assignments.get(customer_id)
    if found is None:
        raise Problem("not-found")
    return found


@router.get("/v1/customers/{customer_id}/assignment", dependencies=[Depends(plain)])
async def read_assignment(call: Called, request: Request, customer_id: str) -> Response:
    found = _assignment(call.shop, customer_id)
    return unchanged(request.headers, found.version) or answer(found, version=found.version)


@router.put("/v1/customers/{customer_id}/assignment", dependencies=[Depends(plain)])
async def put_assignment(
    call: Called, request: Request, customer_id: str, fields: Annotated[AssignmentFields, Body()]
) -> Response:
    shop = call.shop
    with shop.writing(keep=call.keep) as now:
        shop.customer(customer_id)
        current = shop.assignments.get(customer_id)
        _check_put(request.headers, current, fields)
        made = write_assignment(shop, now, customer_id, fields)
    call.wrote({"customer_id": customer_id}, fields)
    return answer(made, 200 if current else 201, made.version)


@router.delete("/v1/customers/{customer_id}/assignment", dependencies=[Depends(plain)])
async def delete_assignment(call: Called, request: Request, customer_id: str) -> Response:
    with call.shop.writing(keep=call.keep) as now:
        check_given(request.headers, _assignment(call.shop, customer_id).version)
        call.shop.assignments.remove(customer_id, now)
    call.wrote({"customer_id": customer_id}, {}, 204)
    return Response(status_code=204)


@router.post("/v1/customer-assignments:batch", dependencies=BATCH_ONLY)
async def batch_assignments(call: Called, batch: Annotated[Batch, Body(), batch_schema(AssignmentItem)]) -> Response:
    return ASSIGNMENT_BATCH.run(call, batch["items"])
