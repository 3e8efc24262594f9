"""What a product costs a buyer: the start price, fixed prices, percents (section 7.2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from pomost.sandbox.esklep.fields import HUNDRED, covers, rounded
from pomost.sandbox.esklep.groups import is_shown
from pomost.sandbox.esklep.orders_records import OrderUnit
from pomost.sandbox.esklep.records import Kept, Price, Product, Vat
from pomost.sandbox.esklep.shop import RuleKey, Shop
from pomost.sandbox.esklep.trade import Customer, Discount, Reduction
from pomost.sandbox.esklep.units import factor

EVERYBODY_FIXED, EVERYBODY_PERCENT = 11, (7, 8)  # types that need no customer
ONE_CUSTOMER_EVERYTHING = 2  # the type a card's own discount stands in for


@dataclass(frozen=True, slots=True)
class Amount:
    net: Decimal
    gross: Decimal

    def side(self, basis: str) -> Decimal:
        return self.net if basis == "net" else self.gross


@dataclass(frozen=True, slots=True)
class Start:
    """Where the reckoning begins: the price in the chosen unit on the side it is kept, and the other side of it."""

    price: Price
    vat: Vat
    places: int
    value: Decimal
    amount: Amount


@dataclass(frozen=True, slots=True)
class Winner:
    """The one rule that made the price; a card's own discount has no rule."""

    kind: str
    erp_type: int
    erp_id: str | None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    price_type_erp_id: str
    start: Start
    final: Amount
    winner: Winner | None
    shop_percent: Decimal | None


def rate_of(vat: Vat) -> Decimal:
    return Decimal(vat.rate) if vat.kind == "taxed" else Decimal(0)


def both_sides(value: Decimal, basis: str, vat: Vat) -> Amount:
    """A price and its other side, which is always in whole grosze."""
    whole = HUNDRED + rate_of(vat)
    if basis == "net":
        return Amount(value, rounded(value * whole / HUNDRED))
    return Amount(rounded(value * HUNDRED / whole), value)


def price_type_of(shop: Shop, buyer: Kept[Customer] | None) -> str:
    own = None if buyer is None else buyer.item.price_type_erp_id
    return own or shop.settings.default_price_type_erp_id


def price_of(shop: Shop, product: Kept[Product], buyer: Kept[Customer] | None) -> Price | None:
    """The price in the buyer's price type; no other type steps in for it."""
    name = price_type_of(shop, buyer)
    kept, price_type = shop.prices_of.get(product.key, {}).get(name), shop.price_types.get(name)
    return kept.item if kept is not None and kept.live and price_type is not None and price_type.live else None


def obstacles(shop: Shop, product: Kept[Product], buyer: Kept[Customer] | None, currency: str | None) -> list[str]:
    """Why a buyer cannot have the product at any price (the end of section 5); an empty list means he can."""
    price = price_of(shop, product, buyer)
    group = product.item.default_group_erp_id
    reasons = {
        "not-published": not product.live,
        "group-not-shown": group is None or not is_shown(shop, group),
        "ask-for-price": product.item.ask_for_price,
        "no-price": price is None,
        "zero-price": price is not None and shop.settings.skip_zero_prices and not Decimal(price.value),
        "other-currency": price is not None and currency not in {None, price.currency},
    }
    return [reason for reason, stands in reasons.items() if stands]


def start_of(product: Product, price: Price, unit: OrderUnit) -> Start:
    above, below = factor(unit)
    value = rounded(Decimal(price.value) * above / below, product.price_decimals)
    return Start(price, product.vat, product.price_decimals, value, both_sides(value, price.basis, product.vat))


def quote(
    shop: Shop,
    product: Kept[Product],
    buyer: Kept[Customer] | None,
    unit: OrderUnit,
    day: date,
    shop_percent: Decimal | None = None,
) -> Quoted | None:
    """The price on a day in the shop; None where the buyer's price type has none."""
    price = price_of(shop, product, buyer)
    if price is None:
        return None
    start = start_of(product.item, price, unit)
    found: tuple[Amount, Winner | None] = (start.amount, None)
    if shop.settings.pricing.erp_discounts:
        found = _fixed(shop, product.item, buyer, unit, start, day) or _percent(shop, product.item, buyer, start, day)
    final, winner, used = _with_shop(shop, start, *found, shop_percent)
    return Quoted(price_type_of(shop, buyer), start, final, winner, used)


def _sides(buyer: Kept[Customer] | None) -> tuple[str | None, str | None]:
    return (None, None) if buyer is None else (buyer.item.erp_id, buyer.item.group_erp_id)


def _winning(shop: Shop, key: RuleKey, day: date, currency: str | None = None) -> Discount | None:
    """The rule of one rank that holds on a day: of equals the latest start, then the highest number."""
    rules = [kept.item for kept in shop.rules.get(key, {}).values()]
    valid = [
        rule
        for rule in rules
        if covers(rule.valid_from, rule.valid_to, day) and (currency is None or rule.currency == currency)
    ]
    return max(valid, key=lambda rule: (rule.valid_from or date.min, _number(rule.erp_id)), default=None)


def _number(erp_id: str) -> tuple[int, str]:
    """Ids of the ERP are numbers, and are compared as such."""
    return (int(erp_id) if erp_id.isascii() and erp_id.isdigit() else -1, erp_id)


def _fixed(
    shop: Shop, product: Product, buyer: Kept[Customer] | None, unit: OrderUnit, start: Start, day: date
) -> tuple[Amount, Winner] | None:
    if shop.settings.pricing.fixed_price_units == "base_only" and unit.symbol != product.base_unit.symbol:
        return None
    customer, group = _sides(buyer)
    ranks = [(13, customer), (12, group), (EVERYBODY_FIXED, None)]
    for erp_type, who in ranks:
        if who is None and erp_type != EVERYBODY_FIXED:
            continue
        rule = _winning(shop, (erp_type, who, product.erp_id), day, start.price.currency)
        if rule is not None:
            above, below = factor(unit)
            value = rounded(Decimal(rule.price or 0) * above / below, start.places)
            return both_sides(value, rule.basis or "net", product.vat), Winner("fixed_price", erp_type, rule.erp_id)
    return None


def _percent(
    shop: Shop, product: Product, buyer: Kept[Customer] | None, start: Start, day: date
) -> tuple[Amount, Winner | None]:
    if product.no_discount:
        return start.amount, None
    customer, group = _sides(buyer)
    goods, its_group = product.erp_id, product.default_group_erp_id
    ranks: list[RuleKey] = [
        (6, customer, goods), (5, customer, its_group), (2, customer, None), (4, group, goods), (3, group, its_group),
        (1, group, None), (8, None, goods), (7, None, its_group),
    ]  # fmt: skip
    card = Decimal(0) if buyer is None else Decimal(buyer.item.discount_percent or 0)
    for rank in ranks:
        if rank[1] is None and rank[0] not in EVERYBODY_PERCENT:
            continue
        rule = _winning(shop, rank, day)
        if rule is not None:
            percent = Decimal(rule.percent or 0)
            return reduced(shop, start, percent), Winner("percent", rule.erp_type, rule.erp_id, percent)
        if rank[0] == ONE_CUSTOMER_EVERYTHING and card:
            return reduced(shop, start, card), Winner("card", ONE_CUSTOMER_EVERYTHING, None, card)
    return start.amount, None


def reduced(shop: Shop, start: Start, percent: Decimal) -> Amount:
    """The start price less a percent, taken from the side the shop takes percents from."""
    side = _discount_side(shop, start)
    value = start.amount.side(side) * (HUNDRED - percent) / HUNDRED
    return both_sides(rounded(value, _places(start, side)), side, start.vat)


def _discount_side(shop: Shop, start: Start) -> str:
    return "gross" if shop.settings.pricing.discount_base == "gross" else start.price.basis


def _places(start: Start, side: str) -> int:
    return start.places if side == start.price.basis else 2


def _with_shop(
    shop: Shop, start: Start, final: Amount, winner: Winner | None, percent: Decimal | None
) -> tuple[Amount, Winner | None, Decimal | None]:
    """The shop's own percent comes after: beside the ERP's where they add up, else only where the ERP gave nothing."""
    pricing = shop.settings.pricing
    if (
        percent is None
        or not pricing.shop_discounts
        or (winner is not None and pricing.shop_discounts_combine == "first")
    ):
        return final, winner, None
    if winner is not None and winner.percent is not None:
        return reduced(shop, start, winner.percent + percent), winner, percent
    base = Start(start.price, start.vat, start.places, final.side(start.price.basis), final)
    return reduced(shop, base, percent), winner, percent


def with_reduction(shop: Shop, start: Start, reduction: Reduction) -> Amount | None:
    """A start price less a set's own discount; None where the discount is in another currency.

    Amounts and fixed prices are on the side percents are taken from.
    """
    value = Decimal(reduction.value or 0)
    if reduction.kind == "none":
        return start.amount
    if reduction.kind == "percent":
        return reduced(shop, start, value)
    if reduction.currency != start.price.currency:
        return None
    side = _discount_side(shop, start)
    made = value if reduction.kind == "fixed_price" else max(start.amount.side(side) - value, Decimal(0))
    return both_sides(rounded(made, _places(start, side)), side, start.vat)


def told(quoted: Quoted) -> dict[str, Any]:
    """A price as `quote` answers it."""
    start = quoted.start
    return {
        "price_type_erp_id": quoted.price_type_erp_id,
        "currency": start.price.currency,
        "basis": start.price.basis,
        "start": amount_told(start.amount),
        "final": amount_told(quoted.final),
        "winner": None if quoted.winner is None else msgspec.to_builtins(quoted.winner),
        "shop_percent": None if quoted.shop_percent is None else str(quoted.shop_percent),
        "points_per_base_unit": start.price.loyalty_points,
    }


def amount_told(amount: Amount) -> dict[str, str]:
    return {"net": str(amount.net), "gross": str(amount.gross)}
