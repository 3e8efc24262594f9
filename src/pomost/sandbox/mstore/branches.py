"""Branches and, where the shop has them, their postal codes (the M/store contract, sections 3 and 4)."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Required
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.collection import Collection
from pomost.sandbox.http.conditions import check_write, unchanged
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Problem, invalid_at
from pomost.sandbox.mstore.call import Called, needs
from pomost.sandbox.mstore.fields import STRICT, Line, Name, Reference
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Address, Branch, Contact, PostalArea, PostalCode

BranchCode = Annotated[str, Field(min_length=1, max_length=32, pattern=r"\S")]


@with_config(STRICT)
class AddressFields(TypedDict, total=False):
    street: Line | None
    house_number: Line | None
    flat_number: Line | None
    postal_code: Line | None
    city: Line | None
    country: Line | None


@with_config(STRICT)
class ContactFields(TypedDict, total=False):
    person: Line | None
    email: Line | None
    phone: Line | None


@with_config(STRICT)
class NewBranch(TypedDict, total=False):
    external_id: Required[BranchCode]
    name: Required[Name]
    region_id: Reference | None
    address: AddressFields | None
    contact: ContactFields | None
    active: bool


@with_config(STRICT)
class BranchFields(TypedDict, total=False):
    external_id: BranchCode
    name: Name
    region_id: Reference | None
    address: AddressFields | None
    contact: ContactFields | None
    active: bool


@with_config(STRICT)
class PostalCodeFields(TypedDict, total=False):
    branch_id: Reference
    code: Required[Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{3}$")]]
    city: Line | None
    region_id: Reference | None


@with_config(STRICT)
class PostalCodes(TypedDict):
    items: list[PostalCodeFields]


def _plain_form(text: str) -> str:
    """How two ids or names are compared: `Ł` composed or not, capital or not, is the same to a reader."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _check(shop: Holdings, fields: Mapping[str, Any], own: str | None) -> None:
    for name, code in (("external_id", "duplicate-branch-id"), ("name", "duplicate-branch-name")):
        if name in fields:
            form = _plain_form(fields[name])
            if any(branch.id != own and _plain_form(getattr(branch, name)) == form for branch in shop.branches):
                raise Problem(code)
    if shop.region_required and fields.get("region_id", "" if own else None) is None:
        raise invalid_at("/region_id", "required")
    _check_region(shop, fields.get("region_id"), "/region_id")


def _check_region(shop: Holdings, region_id: str | None, pointer: str) -> None:
    if region_id is not None and region_id not in shop.regions:
        raise invalid_at(pointer, "region-unknown")


def _merged(record: Any, kind: Any, fields: Mapping[str, Any] | None) -> Any:
    return kind() if fields is None else msgspec.structs.replace(record, **fields)


def create_branch(shop: Holdings, now: str, fields: Mapping[str, Any]) -> Branch:
    _check(shop, fields, None)
    made = Branch(
        id=shop.next_id("br"),
        external_id=fields["external_id"],
        name=fields["name"],
        region_id=fields.get("region_id"),
        address=_merged(Address(), Address, fields.get("address")),
        contact=_merged(Contact(), Contact, fields.get("contact")),
        active=fields.get("active", True),
        version=shop.next_version(),
        created_at=now,
        updated_at=now,
    )
    shop.branches.put(made.id, made, now)
    shop.stocks[made.id] = Collection(shop.undo)
    shop.undo.add(lambda: shop.stocks.pop(made.id, None))
    return made


def change_branch(shop: Holdings, now: str, branch: Branch, fields: Mapping[str, Any]) -> Branch:
    if fields.get("external_id", branch.external_id) != branch.external_id:
        raise invalid_at("/external_id", "immutable")
    _check(shop, fields, branch.id)
    changes = dict(fields)
    if "address" in fields:
        changes["address"] = _merged(branch.address, Address, fields["address"])
    if "contact" in fields:
        changes["contact"] = _merged(branch.contact, Contact, fields["contact"])
    made = msgspec.structs.replace(branch, **changes)
    if made == branch:
        return branch
    made = msgspec.structs.replace(made, version=shop.next_version(), updated_at=now)
    shop.branches.put(made.id, made, now)
    return made


router = APIRouter(tags=["branches"])


@router.get("/v1/branches")
async def list_branches(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.branches)


@router.get("/v1/branches/{branch_id}", dependencies=[Depends(plain)])
async def read_branch(call: Called, request: Request, branch_id: str) -> Response:
    branch = call.shop.branch(branch_id)
    return unchanged(request.headers, branch.version) or answer(branch, version=branch.version)


@router.post("/v1/branches", dependencies=[Depends(plain)])
async def post_branch(call: Called, fields: Annotated[NewBranch, Body()]) -> Response:
    call.refuse(fields["external_id"], "/external_id")
    with call.shop.writing(keep=call.keep) as now:
        made = create_branch(call.shop, now, fields)
    call.wrote({"external_id": made.external_id}, fields, 201)
    return answer(made, 201, made.version, {"Location": f"/v1/branches/{quote(made.id, safe='')}"})


@router.patch("/v1/branches/{branch_id}", dependencies=[Depends(plain)])
async def patch_branch(
    call: Called, request: Request, branch_id: str, fields: Annotated[BranchFields, Body()]
) -> Response:
    with call.shop.writing(keep=call.keep) as now:
        branch = call.shop.branch(branch_id)
        call.refuse(branch.external_id, "/external_id")
        check_write(request.headers, branch.version)
        made = change_branch(call.shop, now, branch, fields)
    call.wrote({"branch_id": branch_id}, fields)
    return answer(made, version=made.version)


@router.get("/v1/postal-codes", dependencies=[Depends(needs("postal_codes"))])
async def list_postal_codes(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    """A view made for the page: the records kept are whole lists, one per branch."""
    view: Collection[PostalCode] = Collection(call.shop.undo)
    with call.shop.lock:
        for area in call.shop.postal_areas:
            for item in area.items:
                view.put(f"{item.branch_id}/{item.code}", item, area.updated_at)
    return page(call, request, query, view)


@router.put("/v1/branches/{branch_id}/postal-codes", dependencies=[Depends(plain), Depends(needs("postal_codes"))])
async def put_postal_codes(
    call: Called, request: Request, branch_id: str, codes: Annotated[PostalCodes, Body()]
) -> Response:
    shop = call.shop
    with shop.writing(keep=call.keep) as now:
        shop.branch(branch_id)
        current = shop.postal_areas.get(branch_id)
        check_write(request.headers, current.version if current else None)
        version = shop.next_version()
        items = []
        for index, fields in enumerate(codes["items"]):
            _check_region(shop, fields.get("region_id"), f"/items/{index}/region_id")
            if fields.get("branch_id", branch_id) != branch_id:
                raise invalid_at(f"/items/{index}/branch_id", "key-mismatch")
            items.append(PostalCode(fields["code"], fields.get("city"), fields.get("region_id"), branch_id, version))
        made = PostalArea(branch_id, tuple(items), version, now)
        shop.postal_areas.put(branch_id, made, now)
    call.wrote({"branch_id": branch_id}, codes)
    return answer(made, 200 if current else 201, made.version)
