"""`quote`: what a product, a set or a basket would cost somebody at some time (sections 7.2, 8 and 16)."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import msgspec

from pomost.sandbox.esklep.basket import NOTHING, BasketWish, count, in_stock
from pomost.sandbox.esklep.fields import Code20, Email, Key, Moment, Money2
from pomost.sandbox.esklep.placing import buyer_of
from pomost.sandbox.esklep.pricing import amount_told, obstacles, quote, told
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.sets import parts_of, sets_available
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.stocks import available
from pomost.sandbox.esklep.trade import Customer
from pomost.sandbox.esklep.units import unit_of
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem, invalid_at


class QuoteWish(BasketWish, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either `product_erp_id` (in `unit`), or `bundle_erp_id`, or `lines`; for a guest unless a customer is named."""

    lines: tuple[Any, ...] = ()
    product_erp_id: Key | None = None
    bundle_erp_id: Key | None = None
    unit: Code20 | None = None
    login: Email | None = None
    shop_id: Key | None = None
    customer_erp_id: Key | None = None
    at: Moment | None = None
    shop_percent: Money2 | None = None
    price_basis: Literal["net", "gross"] | None = None


def answer_quote(shop: Shop, wish: QuoteWish) -> dict[str, Any]:
    buyer = buyer_of(shop, wish.login, wish.shop_id, wish.customer_erp_id)
    moment = wish.at or shop.now()
    common = {
        "at": moment_text(moment),
        "day": shop.local_day(moment).isoformat(),
        "customer_shop_id": None if buyer is None else buyer.shop_id,
    }
    if wish.product_erp_id is not None:
        return {**common, **product_quote(shop, wish, buyer, moment)}
    if wish.bundle_erp_id is not None:
        return {**common, **_bundle_quote(shop, wish, buyer, moment)}
    basket = msgspec.convert(
        {name: getattr(wish, name) for name in BasketWish.__struct_fields__}, BasketWish, from_attributes=True
    )
    return {**common, **msgspec.to_builtins(count(shop, basket, buyer, moment))}


def product_quote(shop: Shop, wish: QuoteWish, buyer: Kept[Customer] | None, moment: datetime) -> dict[str, Any]:
    product = shop.product(wish.product_erp_id or "")
    unit = unit_of(product.item, wish.unit)
    if unit is None:
        raise invalid_at("/unit", "unit-invalid")
    percent = None if wish.shop_percent is None else Decimal(wish.shop_percent)
    quoted = quote(shop, product, buyer, unit, shop.local_day(moment), percent)
    reasons = obstacles(shop, product, buyer, wish.currency)
    return {
        "product_erp_id": product.key,
        "unit": msgspec.to_builtins(unit),
        "sellable": not reasons,
        "reasons": reasons,
        "buyable": not reasons and in_stock(shop, product),
        "available": str(available(shop, product.key)),
        **({} if quoted is None else told(quoted)),
    }


def _bundle_quote(shop: Shop, wish: QuoteWish, buyer: Kept[Customer] | None, moment: datetime) -> dict[str, Any]:
    kept = shop.bundles.get(wish.bundle_erp_id or "")
    if kept is None:
        raise Problem("not-found")
    parts = parts_of(shop, kept, buyer, moment, wish.currency)
    if parts is None:
        return {"bundle_erp_id": kept.key, "on_sale": False}
    return {
        "bundle_erp_id": kept.key,
        "on_sale": True,
        "available": sets_available(shop, parts),
        "currency": parts[0].start.price.currency,
        "parts": [
            {
                "product_erp_id": part.product.key,
                "unit": part.unit.symbol,
                "quantity": str(part.quantity),
                "main": part.main,
                "start": amount_told(part.start.amount),
                "final": amount_told(part.final),
            }
            for part in parts
        ],
        "total": {
            "net": str(sum((part.final.net * part.quantity for part in parts), NOTHING)),
            "gross": str(sum((part.final.gross * part.quantity for part in parts), NOTHING)),
        },
    }
