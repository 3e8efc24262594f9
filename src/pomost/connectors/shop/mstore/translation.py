"""Nouns and changes turned into M/store's items, and its rows and results turned back."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import pydantic

from pomost.connectors.shop.mstore.api import ItemResult, garbled
from pomost.connectors.shop.mstore.rows import OfferRow, ProductRow, StockRow
from pomost.model.change import Amend, Change, Publish, SetStock, Withdraw
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike
from pomost.model.unit import SalesUnit

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


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


def stock_item(change: SetStock, branches: Mapping[str, str], offset: timedelta) -> dict[str, Any] | None:
    """One item of `stocks:batch`, or None where the shop has no such branch.

    `offset`: the shop's clock minus ours, so that readings made on several machines can be put in order.
    """
    branch = branches.get(alike(change.after.branch))
    if branch is None:
        return None
    item: dict[str, Any] = {
        "branch_id": branch,
        "product_id": change.target.product_id,
        "quantity": change.after.quantity,
        "basis": change.after.basis.value,
    }
    if change.after.visible is not None:
        item["visible"] = change.after.visible
    if change.as_of is not None:
        item["as_of"] = (change.as_of + offset).isoformat().replace("+00:00", "Z")
    return item


def outcome(result: ItemResult, change: Change) -> Outcome:
    """What an item's result means. A product the shop no longer has is as withdrawn as can be."""
    if 200 <= result.status < 300:  # noqa: PLR2004
        return Done(result.version)
    if result.status == 0:
        return Failed(Finding.of(Reason.SHOP_SILENT), retry=True)
    if isinstance(change, Withdraw) and result.status in {404, 410}:
        return Done("gone")
    if result.code == "stale":
        return Failed(Finding.of(Reason.OUTDATED), retry=True)
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
