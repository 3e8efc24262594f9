"""Promotional sets (section 8)."""

from decimal import Decimal
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.trade import Bundle, Reduction
from pomost.sandbox.esklep.units import unit_of
from pomost.sandbox.http.call import plain
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Problem

_WHOLE = 100


def _check(case: Case, item: Bundle, _stored: Kept[Bundle] | None) -> Bundle:
    shop = case.shop
    if not item.components:
        case.flaw("/components", "bundle-empty")
    if len(item.components) > shop.settings.limits.components_per_bundle:
        case.flaw("/components", "payload-too-large")
    if shop.bundle_codes.get((item.main_product_erp_id, item.code), item.erp_id) != item.erp_id:
        case.flaw("/code", "duplicate-code")
    if item.valid_from and item.valid_to and item.valid_from > item.valid_to:
        case.flaw("/valid_to", "dates-reversed")
    _check_reduction(case, item.main_discount, "/main_discount")
    _check_part(case, item.main_product_erp_id, "/main_product_erp_id")
    for index, part in enumerate(item.components):
        place = f"/components/{index}"
        _check_reduction(case, part.discount, f"{place}/discount")
        _check_part(case, part.product_erp_id, f"{place}/product_erp_id")
        if not Decimal(part.quantity):
            case.flaw(f"{place}/quantity", "out-of-range")
        product = shop.products.get(part.product_erp_id)
        if product is not None and unit_of(product.item, part.unit) is None:
            case.flaw(f"{place}/unit", "unit-invalid")
    return item


def _check_reduction(case: Case, reduction: Reduction, pointer: str) -> None:
    kind = reduction.kind
    wanted = {"value": kind != "none", "currency": kind in {"amount", "fixed_price"}}
    for name, needed in wanted.items():
        given = getattr(reduction, name) is not None
        if given != needed:
            case.flaw(f"{pointer}/{name}", "not-for-this-kind" if given else "required")
    if kind == "percent" and reduction.value is not None and Decimal(reduction.value) > _WHOLE:
        case.flaw(f"{pointer}/value", "out-of-range")
    case.currency(reduction.currency, f"{pointer}/currency")


def _check_part(case: Case, product_erp_id: str, pointer: str) -> None:
    product = case.shop.products.get(product_erp_id)
    if product is None or not product.live:
        case.warn(pointer, "bundle-part-unpublished")


def _note(shop: Shop, old: Kept[Bundle] | None, new: Kept[Bundle]) -> None:
    if old is not None:
        shop.bundle_codes.pop((old.item.main_product_erp_id, old.item.code), None)
        shop.bundles_with[old.item.main_product_erp_id].discard(old.key)
    shop.bundle_codes[new.item.main_product_erp_id, new.item.code] = new.key
    shop.bundles_with[new.item.main_product_erp_id].add(new.key)


BUNDLES = Resource(
    name="bundles",
    kind=Bundle,
    keys=("erp_id",),
    prefix="bu",
    area="bundles",
    shelf=lambda shop: shop.bundles,
    check=_check,
    note=_note,
    alive=lambda item: item.publish,
    taken_off=lambda item: msgspec.structs.replace(item, publish=False),
)

router = APIRouter(tags=["bundles"])


def _needs_bundles(shop: Shop) -> None:
    if not shop.has("bundles"):
        raise Problem("not-found")


@router.get("/v1/bundles")
async def list_bundles(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    _needs_bundles(call.shop)
    return page(call, request, query, call.shop.bundles, show=shown)


@router.post("/v1/bundles:batch", dependencies=[Depends(plain)])
async def batch_bundles(call: Called, request: Request) -> Response:
    _needs_bundles(call.shop)
    return await BUNDLES.run(call, request)
