"""The shop and its dictionaries, read; price types, warehouses and attributes, written (sections 1 and 3)."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.records import Attribute, Kept, PriceType, Warehouse
from pomost.sandbox.esklep.settings import OWN_AFFAIRS, Entry
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.collection import Collection, Undo
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Problem

PURCHASE_PRICE = 1
ALL_WAREHOUSES = "*"


def _check_price_type(case: Case, item: PriceType, _stored: Kept[PriceType] | None) -> PriceType:
    if item.position == PURCHASE_PRICE:
        case.flaw("/position", "purchase-price-forbidden")
    case.currency(item.currency)
    return item


def _check_warehouse(case: Case, item: Warehouse, _stored: Kept[Warehouse] | None) -> Warehouse:
    if item.erp_id == ALL_WAREHOUSES:  # the name of all of them together, see stocks
        case.flaw("/erp_id", "wrong-format")
    return item


def _check_attribute(case: Case, item: Attribute, _stored: Kept[Attribute] | None) -> Attribute:
    if case.shop.attribute_codes.get((item.subject, item.code), item.erp_id) != item.erp_id:
        case.flaw("/code", "duplicate-code")
    case.unique(list(item.values), "/values/{}")
    return item


def _note_attribute(shop: Shop, old: Kept[Attribute] | None, new: Kept[Attribute]) -> None:
    if old is not None:
        shop.attribute_codes.pop((old.item.subject, old.item.code), None)
    shop.attribute_codes[new.item.subject, new.item.code] = new.key


PRICE_TYPES = Resource(
    name="price-types",
    kind=PriceType,
    keys=("erp_id",),
    prefix="pt",
    area="dictionaries",
    shelf=lambda shop: shop.price_types,
    check=_check_price_type,
    alive=lambda item: item.active,
    taken_off=lambda item: msgspec.structs.replace(item, active=False),
    stamped=False,
)
WAREHOUSES = Resource(
    name="warehouses",
    kind=Warehouse,
    keys=("erp_id",),
    prefix="wh",
    area="dictionaries",
    shelf=lambda shop: shop.warehouses,
    check=_check_warehouse,
    stamped=False,
)
ATTRIBUTES = Resource(
    name="attributes",
    kind=Attribute,
    keys=("erp_id",),
    prefix="at",
    area="dictionaries",
    shelf=lambda shop: shop.attributes,
    check=_check_attribute,
    note=_note_attribute,
    stamped=False,
)

router = APIRouter(tags=["shop"])


def told_settings(shop: Shop) -> dict[str, Any]:
    document = msgspec.to_builtins(shop.settings)
    assert isinstance(document, dict)
    return {name: value for name, value in document.items() if name not in OWN_AFFAIRS}


@router.get("/v1/shop", dependencies=[Depends(plain)])
async def read_shop(call: Called) -> Response:
    return answer({**told_settings(call.shop), "server_time": moment_text(call.shop.now())})


@router.get("/v1/dictionaries/{name}")
async def list_dictionary(call: Called, request: Request, name: str, query: Annotated[ListQuery, Query()]) -> Response:
    entries = call.shop.dictionaries.get(name)
    if entries is None:
        raise Problem("not-found")
    # A view made for the page, in the dictionary's own order.
    view: Collection[Entry] = Collection(Undo())
    for place, entry in enumerate(entries):
        view.put(f"{place:04d}", entry, call.shop.opened)
    return page(call, request, query, view)


@router.post("/v1/price-types:batch", dependencies=[Depends(plain)])
async def batch_price_types(call: Called, request: Request) -> Response:
    return await PRICE_TYPES.run(call, request)


@router.post("/v1/warehouses:batch", dependencies=[Depends(plain)])
async def batch_warehouses(call: Called, request: Request) -> Response:
    return await WAREHOUSES.run(call, request)


@router.post("/v1/attributes:batch", dependencies=[Depends(plain)])
async def batch_attributes(call: Called, request: Request) -> Response:
    return await ATTRIBUTES.run(call, request)
