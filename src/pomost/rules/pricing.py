"""The price of one sales unit, its VAT rate and the minimum quantity (manual, Ceny and Towary 3)."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pomost.model.offer import PriceKind
from pomost.model.policy import PricePolicy
from pomost.model.product import Product
from pomost.model.reason import Finding, Reason
from pomost.model.text import tidy
from pomost.rules.units import multiplier_of

_GROSZ = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PriceDecision:
    """Price per sales unit, or None and why not."""

    amount: Decimal | None
    findings: tuple[Finding, ...] = ()


def sales_price(base_price: Decimal, multiplier: int, *, recalculated: bool) -> Decimal:
    """Price of one sales unit: multiply first, round once, half up, to the grosz (decision tables 1.5)."""
    whole = base_price * multiplier if recalculated else base_price
    return whole.quantize(_GROSZ, rounding=ROUND_HALF_UP)


def price(product: Product, prices: PricePolicy, multiplier: int, *, recalculated: bool) -> PriceDecision:
    """The price at the chosen level; none, nought, below nought or another currency means none (part 7, 8.24)."""
    level = product.prices.get(prices.level)
    base = None if level is None else (level.net if prices.kind is PriceKind.NET else level.gross)
    if base is not None and base < 0:
        return PriceDecision(None, (Finding.of(Reason.PRICE_NEGATIVE, level=prices.level, price=base.normalize()),))
    if level is None or base is None or not base:
        return PriceDecision(None, (Finding.of(Reason.PRICE_MISSING, level=prices.level),))
    if level.currency != prices.currency:
        facts = {"level": prices.level, "currency": level.currency, "wanted": prices.currency}
        return PriceDecision(None, (Finding.of(Reason.PRICE_CURRENCY, **facts),))
    amount = sales_price(base, multiplier, recalculated=recalculated)
    if amount <= 0:
        return PriceDecision(None, (Finding.of(Reason.PRICE_MISSING, level=prices.level),))
    return PriceDecision(amount)


def vat_rate(symbol: str | None, allowed: AbstractSet[str]) -> str | None:
    """The shop's rate for an ERP symbol (`23`, `23%`, `zw.`), or None where the shop has no such rate."""
    bare = bare_rate(symbol or "")
    return bare if bare in allowed else None


def bare_rate(symbol: str) -> str:
    """A rate's symbol as both sides are compared by: `23` for `23%`, `zw` for `ZW.`."""
    return tidy(symbol).casefold().rstrip("%. ").strip()


def minimum_quantity(text: str) -> tuple[int | None, tuple[Finding, ...]]:
    """The minimum per order line in sales units, sent as typed: a whole number from 1 (decision tables 1.5)."""
    typed = tidy(text)
    if not typed:
        return None, ()
    number = multiplier_of(typed)
    if number is None or number != number.to_integral_value():
        return None, (Finding.of(Reason.MIN_QUANTITY_INVALID, typed=typed),)
    return int(number), ()
