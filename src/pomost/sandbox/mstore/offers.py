"""Offers: the distributor's terms for products of the catalogue (the M/store contract, section 7)."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal, Required

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.conditions import check_item, check_write, unchanged
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import Flaw, Problem, invalid, invalid_at
from pomost.sandbox.mstore.batch import BATCH_ONLY, Batch, BatchOf, Outcome, batch_schema
from pomost.sandbox.mstore.call import Call, Called
from pomost.sandbox.mstore.fields import CENT, STRICT, Money, PriceKind, Reference, VatRate, money
from pomost.sandbox.mstore.holdings import Holdings
from pomost.sandbox.mstore.records import Offer, Pack, Product, SalesUnit

Sku = Annotated[str, Field(min_length=1, max_length=20)]
MinQuantity = Annotated[int, Field(ge=1)]
OfferState = Literal["active", "withdrawn"]
Multiplier = Annotated[int, Field(ge=1)]


@with_config(STRICT)
class PackFields(TypedDict):
    type: Annotated[str, Field(min_length=1, max_length=10)]
    multiplier: Multiplier


@with_config(STRICT)
class OfferFields(TypedDict, total=False):
    product_id: Reference
    distributor_sku: Sku
    sales_unit_id: Reference
    sales_unit: PackFields
    price: Money | None
    price_kind: PriceKind | None
    currency: Literal["PLN"]
    vat_rate: VatRate
    min_quantity: MinQuantity | None
    status: OfferState


@with_config(STRICT)
class OfferItem(TypedDict, total=False):
    product_id: Required[Reference]
    distributor_sku: Sku
    sales_unit_id: Reference
    sales_unit: PackFields
    price: Money | None
    price_kind: PriceKind | None
    currency: Literal["PLN"]
    vat_rate: VatRate
    min_quantity: MinQuantity | None
    status: OfferState
    if_version: Reference


_REQUIRED = ("distributor_sku", "currency", "vat_rate", "status")
# `BK` is a known alias of the keg on input (the M/store contract, section 5), unless a shop has a unit called so.
_ALIASES = {"BK": "B"}


def write_offer(
    shop: Holdings, now: str, product_id: str, fields: Mapping[str, Any], *, whole: bool = False, by: str = "api"
) -> Offer:
    """Merge fields into an offer, or replace it when `whole`; a write that changes nothing makes no new version."""
    product = shop.product(product_id)
    current = shop.offers.get(product_id)
    base = None if whole else current
    if base is None:
        _require(fields)
    unit = _unit(shop, product, fields) or _unit_of(base)
    changes: dict[str, Any] = {name: fields[name] for name in _REQUIRED if name in fields}
    if "min_quantity" in fields or base is None:
        changes["min_quantity"] = fields.get("min_quantity")
    changes.update(_price(base, fields, by))
    changes["sales_unit_id"], changes["sales_unit"] = unit
    if base is None:
        made = Offer(
            product_id=product_id, updated_by=by, version="", updated_at=now if current is None else current.updated_at,
            **changes,
        )  # fmt: skip
    else:
        made = msgspec.structs.replace(base, **changes)
    if fields.get("status") == "withdrawn":
        zero_stocks(shop, now, product_id)
    if current is not None and _same(made, current):
        return current
    made = msgspec.structs.replace(made, updated_by=by, version=shop.next_version(), updated_at=now)
    shop.offers.put(product_id, made, now)
    return made


def zero_stocks(shop: Holdings, now: str, product_id: str) -> None:
    """Withdrawal empties every branch; whether the product is visible there stays as it was."""
    for stocks in shop.stocks.values():
        stock = stocks.get(product_id)
        if stock is not None and stock.quantity:
            stocks.put(
                product_id,
                msgspec.structs.replace(stock, quantity=0, version=shop.next_version(), updated_at=now),
                now,
            )


def _same(made: Offer, current: Offer) -> bool:
    return made == msgspec.structs.replace(
        current, version=made.version, updated_at=made.updated_at, updated_by=made.updated_by
    )


def _require(fields: Mapping[str, Any]) -> None:
    missing = [name for name in _REQUIRED if name not in fields]
    if "sales_unit" not in fields and "sales_unit_id" not in fields:
        missing.append("sales_unit")
    if missing:
        raise invalid(*(Flaw(f"/{name}", "required") for name in missing))


def _unit_of(offer: Offer | None) -> tuple[str, Pack]:
    assert offer is not None
    return offer.sales_unit_id, offer.sales_unit


def _unit(shop: Holdings, product: Product, fields: Mapping[str, Any]) -> tuple[str, Pack] | None:
    """The product's own unit the request names; None when it names none."""
    wanted = fields.get("sales_unit")
    if "sales_unit_id" in fields:
        if wanted is not None:
            raise invalid_at("/sales_unit", "one-of")
        found = next((unit for unit in product.sales_units if unit.id == fields["sales_unit_id"]), None)
        if found is None:
            raise invalid_at("/sales_unit_id", "sales-unit-not-offered")
        return found.id, Pack(found.type, found.multiplier)
    if wanted is None:
        return None
    found = _unit_by_type(shop, product, wanted["type"], wanted["multiplier"])
    return found.id, Pack(found.type, found.multiplier)


def _unit_by_type(shop: Holdings, product: Product, symbol: str, multiplier: int) -> SalesUnit:
    if symbol not in shop.unit_types:
        symbol = _ALIASES.get(symbol, symbol)
    of_type = [unit for unit in product.sales_units if unit.type == symbol]
    if not of_type:
        raise invalid_at("/sales_unit/type", "sales-unit-not-offered")
    for unit in of_type:
        if unit.multiplier == multiplier:
            return unit
    raise invalid_at("/sales_unit/multiplier", "multiplier-not-offered")


def _price(base: Offer | None, fields: Mapping[str, Any], by: str) -> dict[str, Any]:
    """The price and its kind go together; absent means unchanged, so a price set in the panel stays."""
    price, kind = fields.get("price"), fields.get("price_kind")
    if "price" not in fields or price is None:
        # A kind alone would silently turn a net price into a gross one, so it never comes without its price.
        if kind is not None:
            raise invalid_at("/price_kind", "price-required")
        if "price" in fields or base is None:
            return {"price": None, "price_kind": None, "price_source": None}
        if "price_kind" in fields and base.price is not None:
            raise invalid_at("/price_kind", "price-kind-required")
        return {}
    if "price_kind" not in fields and base is not None:
        kind = base.price_kind
    if kind is None:
        raise invalid_at("/price_kind", "price-kind-required")
    amount = money(price)
    if base is not None and (base.price, base.price_kind) == (amount, kind):
        return {} if by == base.price_source else {"price_source": by}
    return {"price": amount, "price_kind": kind, "price_source": by}


def _store_item(call: Call, now: str, item: Mapping[str, Any]) -> Outcome:
    shop, product_id = call.shop, item["product_id"]
    current = shop.offers.get(product_id)
    check_item(item, current.version if current else None, demanded="offers" in shop.versions_demanded)
    made = write_offer(shop, now, product_id, _rounded(call, item))
    return product_id, made.version


def _rounded(call: Call, item: Mapping[str, Any]) -> Mapping[str, Any]:
    """By script, a shop may keep prices in steps of its own."""
    if call.fault is None or not call.has("rounding") or item.get("price") is None:
        return item
    step = Decimal(call.fault.step)
    steps = (Decimal(item["price"]) / step).to_integral_value(ROUND_HALF_UP)
    return {**item, "price": str((steps * step).quantize(CENT))}


OFFER_BATCH = BatchOf(OfferItem, ("product_id",), _store_item)
router = APIRouter(tags=["offers"])


def _write(request: Request, call: Call, product_id: str, fields: Mapping[str, Any], *, whole: bool) -> Response:
    shop = call.shop
    if fields.get("product_id", product_id) != product_id:
        raise invalid_at("/product_id", "key-mismatch")
    call.refuse(product_id, "/product_id")
    with shop.writing(keep=call.keep) as now:
        shop.product(product_id)
        current = shop.offers.get(product_id)
        if current is None and not whole:
            raise Problem("not-found")
        check_write(request.headers, current.version if current else None)
        made = write_offer(shop, now, product_id, fields, whole=whole)
    call.wrote({"product_id": product_id}, fields)
    return answer(made, 200 if current else 201, made.version)


@router.get("/v1/offers")
async def list_offers(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.offers)


@router.get("/v1/offers/{product_id}", dependencies=[Depends(plain)])
async def read_offer(call: Called, request: Request, product_id: str) -> Response:
    with call.shop.lock:
        call.shop.product(product_id)
        offer = call.shop.offers.get(product_id)
    if offer is None:
        raise Problem("not-found")
    return unchanged(request.headers, offer.version) or answer(offer, version=offer.version)


@router.put("/v1/offers/{product_id}", dependencies=[Depends(plain)])
async def put_offer(
    call: Called, request: Request, product_id: str, fields: Annotated[OfferFields, Body()]
) -> Response:
    return _write(request, call, product_id, fields, whole=True)


@router.patch("/v1/offers/{product_id}", dependencies=[Depends(plain)])
async def patch_offer(
    call: Called, request: Request, product_id: str, fields: Annotated[OfferFields, Body()]
) -> Response:
    return _write(request, call, product_id, fields, whole=False)


@router.post("/v1/offers:batch", dependencies=BATCH_ONLY)
async def batch_offers(call: Called, batch: Annotated[Batch, Body(), batch_schema(OfferItem)]) -> Response:
    return OFFER_BATCH.run(call, batch["items"])
