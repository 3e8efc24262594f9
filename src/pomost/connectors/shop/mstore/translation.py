"""Nouns and changes turned into M/store's items, and its rows and results turned back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import pydantic

from pomost.connectors.shop.mstore.account import moment
from pomost.connectors.shop.mstore.api import ItemResult, garbled
from pomost.connectors.shop.mstore.rows import OfferRow, ProductRow, StockRow
from pomost.connectors.shop.mstore.versions import CHANGED
from pomost.model.change import Amend, Change, Publish, SetStock, Withdraw
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit

_LATER = frozenset({408, 412, 425, 428, 429, 500, 502, 503, 504})
_FORBIDDEN, _CONFLICT = 403, 412
_OUTDATED = frozenset({"stale", CHANGED.code})


def offer_item(change: Publish | Amend | Withdraw) -> dict[str, Any]:
    """One item of `offers:batch`; what is absent stays as the shop has it (contract, sections 7 and 17)."""
    match change:
        case Withdraw():
            return {"product_id": change.target.product_id, "status": "withdrawn"}
        case Publish(offer=offer):
            terms = {"sku", "unit", "vat"}
            terms |= {"price"} if offer.price is not None else set()
            terms |= {"min_quantity"} if offer.min_quantity is not None else set()
            return {"product_id": change.target.product_id, "status": "active", **_terms(offer, terms)}
        case Amend(after=offer):
            # What is sent again may follow a withdrawal nobody knows the end of, so it says "active" too.
            status = {"status": "active"} if change.again else {}
            return {"product_id": change.target.product_id, **status, **_terms(offer, change.terms)}


def _terms(offer: Offer, names: Iterable[str]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for name in sorted(names):
        match name:
            case "sku":
                item["distributor_sku"] = offer.sku
            case "unit":
                item["sales_unit"] = {"type": offer.unit.type, "multiplier": offer.unit.multiplier}
            case "vat":
                item["vat_rate"] = offer.vat
            case "min_quantity":
                item["min_quantity"] = offer.min_quantity
            case _:
                kind = None if offer.price_kind is None else offer.price_kind.value
                item |= {"price": str(offer.price), "price_kind": kind, "currency": offer.currency}
    return item


def stock_item(product_id: str, branch_id: str, stock: Stock, as_of: datetime) -> dict[str, Any]:
    """One item of `stocks:batch`. `as_of`: by the shop's clock, so that several machines' readings can be put in order.

    An absent `visible` leaves what the shop shows alone.
    """
    seen = {} if stock.visible is None else {"visible": stock.visible}
    return {
        "branch_id": branch_id,
        "product_id": product_id,
        "quantity": stock.quantity,
        "basis": stock.basis.value,
        **seen,
        "as_of": moment(as_of),
    }


def outcome(result: ItemResult, change: Change) -> Outcome:
    """What an item's result means. A product the shop no longer has is as withdrawn as can be."""
    if 200 <= result.status < 300:  # noqa: PLR2004
        return Done(result.version)
    if isinstance(change, Withdraw) and result.status in {404, 410}:
        return Done("gone")
    return _failed(result, change)


def _failed(result: ItemResult, change: Change) -> Failed:
    if result.status == 0:
        return Failed(Finding.of(Reason.SHOP_SILENT), retry=True)
    if result.code in _OUTDATED or (isinstance(change, SetStock) and result.status == _CONFLICT):
        return Failed(Finding.of(Reason.OUTDATED), retry=True)
    if result.status == _FORBIDDEN:
        return Failed(Finding.of(Reason.SHOP_FORBIDDEN, detail=result.detail or result.code))
    facts = {"code": result.code, "detail": result.detail}
    if result.status in _LATER:
        return Failed(Finding.of(Reason.SHOP_LATER, **facts), retry=True)
    return Failed(Finding.of(Reason.SHOP_REFUSED, **facts))


def catalogue_product(raw: Any) -> CatalogueProduct | str:
    """A catalogue product, or the id of one whose description cannot be read. Raises Unavailable without even an id."""
    try:
        row = ProductRow.model_validate(raw)
    except pydantic.ValidationError as error:
        ident = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(ident, str) and ident:
            return ident
        raise garbled("product") from error
    units = tuple(SalesUnit(unit.type, unit.multiplier, unit.id) for unit in row.sales_units)
    return CatalogueProduct(row.id, row.ean, row.name, units, deleted=row.deleted_at is not None)


def offer(row: OfferRow, units: Mapping[str, SalesUnit]) -> Offer:
    """An offer as it stands. Whether it was recalculated the shop does not know."""
    if row.sales_unit is not None:
        unit = SalesUnit(row.sales_unit.type, row.sales_unit.multiplier, row.sales_unit.id)
    else:
        unit = units.get(row.sales_unit_id or "", SalesUnit("", 1))
    try:
        price = None if row.price is None else Decimal(row.price.replace(",", "."))  # some shops write amounts so
    except InvalidOperation as error:
        raise garbled("price") from error
    return Offer(
        sku=row.distributor_sku,
        unit=unit,
        recalculated=False,
        vat=row.vat_rate,
        price=price,
        price_kind=PriceKind(row.price_kind) if row.price_kind in {"net", "gross"} else None,
        currency=row.currency if price is not None else None,
        min_quantity=row.min_quantity,
    )


def stock(row: StockRow, branch: str) -> Stock:
    basis = Basis(row.basis) if row.basis in {"stock", "available"} else Basis.STOCK
    return Stock(branch, row.quantity, row.visible, basis)
