"""A basket counted: lines, coupon, delivery, points, totals (sections 7.2/8, 12 and example 15)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from pomost.sandbox.esklep.fields import CENT, HUNDRED, Code20, Code50, Decimal4, Key, Money2, rounded
from pomost.sandbox.esklep.orders_records import (
    BundleOfLine,
    Coupon,
    OrderLine,
    OrderUnit,
    RateTotal,
    Reduced,
    Totals,
)
from pomost.sandbox.esklep.pricing import Amount, Quoted, Start, both_sides, obstacles, quote, rate_of
from pomost.sandbox.esklep.records import Kept, Product, Vat
from pomost.sandbox.esklep.sets import Part, parts_of
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.stocks import available
from pomost.sandbox.esklep.trade import Customer
from pomost.sandbox.esklep.units import factor, unit_of
from pomost.sandbox.http.problems import invalid_at

NOTHING = Decimal("0.00")
DELIVERY_VAT = Vat("23.00", "taxed")


class LineWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A product, or a whole set; `reward` collects a product for points."""

    product_erp_id: Key | None = None
    bundle_erp_id: Key | None = None
    unit: Code20 | None = None
    quantity: Decimal4 = "1"
    reward: bool = False
    attributes: tuple[dict[str, Any], ...] = ()
    lot_features: tuple[str, ...] = ()


class CouponWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: Code50 = "KUPON"
    kind: Literal["percent", "amount"]
    value: Money2


class BasketWish(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    lines: tuple[LineWish, ...]
    currency: str | None = None
    price_basis: Literal["net", "gross"] | None = None
    coupon: CouponWish | None = None
    delivery_gross: Money2 = "0.00"
    points_used: Annotated[int, Meta(ge=0)] = 0
    shop_percent: Money2 | None = None


class Basket(Struct, frozen=True, kw_only=True):
    currency: str
    price_basis: Literal["net", "gross"]
    lines: tuple[OrderLine, ...]
    coupons: tuple[Coupon, ...]
    delivery: dict[str, Any]
    points_earned: int
    points_used: int
    points_value: Decimal
    totals: Totals


def count(shop: Shop, wish: BasketWish, buyer: Kept[Customer] | None, moment: datetime) -> Basket:
    """The basket at a moment; a line that cannot be sold refuses it whole."""
    if len(wish.lines) > shop.settings.limits.lines_per_order:
        raise invalid_at("/lines", "too-long")
    basis = wish.price_basis or shop.settings.price_basis
    currency = wish.currency or shop.settings.default_currency
    percent = None if wish.shop_percent is None else Decimal(wish.shop_percent)
    till = Till(shop, buyer, moment, currency, basis, percent)
    lines: list[OrderLine] = []
    for index, one in enumerate(wish.lines):
        made = till.set_lines(index, one) if one.bundle_erp_id is not None else [till.line(index, one)]
        lines += [msgspec.structs.replace(line, line_id=str(len(lines) + place)) for place, line in enumerate(made, 1)]
    coupons: tuple[Coupon, ...] = ()
    if wish.coupon is not None:
        if not shop.has("coupons"):
            raise invalid_at("/coupon", "capability-missing")
        lines, coupon = _with_coupon(lines, wish.coupon, basis)
        coupons = (coupon,)
    delivery = both_sides(rounded(Decimal(wish.delivery_gross)), "gross", DELIVERY_VAT)
    totals = _totals(lines, delivery)
    worth = min(rounded(wish.points_used * Decimal(shop.settings.point_value)), totals.gross)
    earned = sum(max(line.points, 0) for line in lines) if buyer is not None and shop.has("points") else 0
    return Basket(
        currency=currency,
        price_basis=basis,
        lines=tuple(lines),
        coupons=coupons,
        delivery={"cost_net": delivery.net, "cost_gross": delivery.gross, "vat": DELIVERY_VAT},
        points_earned=earned,
        points_used=wish.points_used - sum(min(line.points, 0) for line in lines),
        points_value=worth,
        totals=msgspec.structs.replace(totals, to_pay=totals.gross - worth),
    )


@dataclass(frozen=True, slots=True)
class Till:
    """Who buys, when, in what currency, and on which side the values are counted."""

    shop: Shop
    buyer: Kept[Customer] | None
    moment: datetime
    currency: str
    basis: Literal["net", "gross"]
    shop_percent: Decimal | None

    def line(self, index: int, wish: LineWish) -> OrderLine:
        place = f"/lines/{index}"
        if wish.product_erp_id is None:
            raise invalid_at(f"{place}/product_erp_id", "required")
        product = self.shop.product(wish.product_erp_id)
        unit = unit_of(product.item, wish.unit)
        if unit is None:
            raise invalid_at(f"{place}/unit", "unit-invalid")
        quoted = quote(self.shop, product, self.buyer, unit, self.shop.local_day(self.moment), self.shop_percent)
        hindered = obstacles(self.shop, product, self.buyer, self.currency) or not in_stock(self.shop, product)
        if quoted is None or hindered:
            raise invalid_at(f"{place}/product_erp_id", "not-sellable")
        quantity = _quantity(product, unit, wish.quantity, place)
        if wish.reward:
            return self._reward(product, unit, quantity, quoted, place)
        reductions: tuple[Reduced, ...] = ()
        if quoted.winner is not None:
            winner = quoted.winner
            reductions = (Reduced(origin="erp_rule", ref=winner.erp_id, percent=winner.percent),)
        if quoted.shop_percent is not None:
            reductions = (*reductions, Reduced(origin="shop", percent=quoted.shop_percent))
        line = _made(product, unit, quantity, quoted.start, quoted.final, self.basis, reductions)
        return msgspec.structs.replace(line, attributes=wish.attributes, lot_features=wish.lot_features)

    def _reward(
        self, product: Kept[Product], unit: OrderUnit, quantity: Decimal, quoted: Quoted, place: str
    ) -> OrderLine:
        """Paid for with points alone."""
        if not product.item.reward or not product.item.points_cost:
            raise invalid_at(f"{place}/reward", "not-sellable")
        taken = (Reduced(origin="points", amount=quoted.start.amount.side(self.basis)),)
        line = _made(product, unit, quantity, quoted.start, Amount(NOTHING, NOTHING), self.basis, taken)
        return msgspec.structs.replace(line, points=-int(product.item.points_cost * _base(quantity, unit)))

    def set_lines(self, index: int, wish: LineWish) -> Iterator[OrderLine]:
        kept = self.shop.bundles.get(wish.bundle_erp_id or "")
        parts = None if kept is None else parts_of(self.shop, kept, self.buyer, self.moment, self.currency)
        if kept is None or parts is None or not all(in_stock(self.shop, part.product) for part in parts):
            raise invalid_at(f"/lines/{index}/bundle_erp_id", "not-sellable")
        sets = Decimal(wish.quantity)
        if not sets or sets != int(sets):
            raise invalid_at(f"/lines/{index}/quantity", "out-of-range")
        for part in parts:
            taken = _of_set(kept.key, part)
            line = _made(part.product, part.unit, part.quantity * sets, part.start, part.final, self.basis, taken)
            bundle = BundleOfLine(
                erp_id=kept.key, code=kept.item.code, instance=str(index + 1), set_quantity=sets, main=part.main
            )
            yield msgspec.structs.replace(line, bundle=bundle)


def _of_set(erp_id: str, part: Part) -> tuple[Reduced, ...]:
    less = part.start.amount.gross - part.final.gross
    return (Reduced(origin="bundle", ref=erp_id, amount=less),) if less else ()


def in_stock(shop: Shop, product: Kept[Product]) -> bool:
    item = product.item
    return item.ignore_stock or item.kind == "service" or available(shop, product.key) > 0


def _quantity(product: Kept[Product], unit: OrderUnit, text: str, place: str) -> Decimal:
    quantity = Decimal(text)
    base = _base(quantity, unit)
    least = Decimal(product.item.min_quantity or 0)
    if not quantity or base < least or (product.item.base_unit.whole_only and base != int(base)):
        raise invalid_at(f"{place}/quantity", "out-of-range")
    return quantity


def _base(quantity: Decimal, unit: OrderUnit) -> Decimal:
    above, below = factor(unit)
    return quantity * above / below


def _made(
    product: Kept[Product],
    unit: OrderUnit,
    quantity: Decimal,
    start: Start,
    final: Amount,
    basis: str,
    reductions: tuple[Reduced, ...],
) -> OrderLine:
    item = product.item
    base = _base(quantity, unit)
    ean = next((one.ean for one in sorted(item.eans, key=lambda ean: not ean.default)), None)
    return _valued(
        OrderLine(
            line_id="",
            product_erp_id=None if product.origin == "panel" else item.erp_id,
            code=item.code,
            name=item.texts[0].name,
            ean=ean,
            unit=unit,
            quantity=quantity,
            quantity_base=base,
            vat=item.vat,
            price_type_erp_id=start.price.price_type_erp_id,
            price_start=start.amount.side(basis),
            price_final=final.side(basis),
            basis=basis,
            reductions=reductions,
            value_net=NOTHING,
            value_vat=NOTHING,
            value_gross=NOTHING,
            points=int(start.price.loyalty_points * base),
        ),
        rounded(final.side(basis) * quantity),
    )


def _valued(line: OrderLine, value: Decimal) -> OrderLine:
    """The line with its value on the side the order is counted from; the tax is counted once, from that value."""
    rate = rate_of(line.vat)
    if line.basis == "net":
        net, vat = value, rounded(value * rate / HUNDRED)
        gross = net + vat
    else:
        gross, vat = value, rounded(value * rate / (HUNDRED + rate))
        net = gross - vat
    return msgspec.structs.replace(line, value_net=net, value_vat=vat, value_gross=gross)


def _side(line: OrderLine) -> Decimal:
    return line.value_net if line.basis == "net" else line.value_gross


def _with_coupon(lines: Sequence[OrderLine], wish: CouponWish, basis: str) -> tuple[list[OrderLine], Coupon]:
    """A coupon shared out by value; odd grosze go to the largest remainders, delivery gets none."""
    total = sum((_side(line) for line in lines), NOTHING)
    value = Decimal(wish.value)
    amount = min(rounded(total * value / HUNDRED) if wish.kind == "percent" else rounded(value), total)
    shares = shared(amount, [_side(line) for line in lines])
    made = [
        msgspec.structs.replace(
            _valued(line, _side(line) - share),
            reductions=(*line.reductions, Reduced(origin="coupon", ref=wish.code, amount=share)),
        )
        if share
        else line
        for line, share in zip(lines, shares, strict=True)
    ]
    assert all(line.basis == basis for line in made)
    return made, Coupon(code=wish.code, kind=wish.kind, value=value, amount_total=amount)


def shared(amount: Decimal, values: Sequence[Decimal]) -> list[Decimal]:
    """An amount in grosze divided in proportion to values, to the last grosz."""
    total = sum(values, NOTHING)
    if not total:
        return [NOTHING for _ in values]
    exact = [amount * value / total for value in values]
    shares = [share.quantize(CENT, ROUND_DOWN) for share in exact]
    odd = int((amount - sum(shares, NOTHING)) / CENT)
    by_remainder = sorted(range(len(values)), key=lambda index: (shares[index] - exact[index], index))
    for index in by_remainder[:odd]:
        shares[index] += CENT
    return shares


def _totals(lines: Sequence[OrderLine], delivery: Amount) -> Totals:
    """All that is charged: goods and delivery; tax by rate is the sum of what the lines say."""
    sums: dict[tuple[str, str], list[Decimal]] = {}
    rows = [(line.vat, line.value_net, line.value_vat, line.value_gross) for line in lines]
    if delivery.gross:
        rows.append((DELIVERY_VAT, delivery.net, delivery.gross - delivery.net, delivery.gross))
    for vat, *figures in rows:
        held = sums.setdefault((vat.kind, vat.rate), [NOTHING, NOTHING, NOTHING])
        sums[vat.kind, vat.rate] = [one + more for one, more in zip(held, figures, strict=True)]
    by_rate = tuple(RateTotal(Vat(rate, kind), *figures) for (kind, rate), figures in sorted(sums.items()))  # type: ignore[arg-type]  # the kind comes from a Vat
    net, tax, gross = (sum(column, NOTHING) for column in zip(*sums.values(), strict=True)) if sums else [NOTHING] * 3
    return Totals(net, tax, gross, by_rate, gross)
