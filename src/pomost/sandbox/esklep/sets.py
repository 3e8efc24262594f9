"""Promotional sets as a shopper meets them: whether one is on, what it costs, how many there are (section 8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from pomost.sandbox.esklep.fields import covers
from pomost.sandbox.esklep.orders_records import OrderUnit
from pomost.sandbox.esklep.pricing import Amount, Start, obstacles, price_of, start_of, with_reduction
from pomost.sandbox.esklep.records import Kept, Product
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.stocks import available
from pomost.sandbox.esklep.trade import Bundle, Customer, Reduction
from pomost.sandbox.esklep.units import factor, unit_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one set, priced; `quantity` is in `unit`."""

    product: Kept[Product]
    unit: OrderUnit
    quantity: Decimal
    start: Start
    final: Amount
    main: bool


def is_on(shop: Shop, bundle: Bundle, moment: datetime) -> bool:
    """Whether a set is sold at a moment: the day's window, and the hours of each day, half-open.

    Hours over midnight belong to the day they began on.
    """
    local = moment.astimezone(shop.zone)
    opens = _clock(bundle.hours_from) or time.min
    closes = _clock(bundle.hours_to)
    now, day = local.time().replace(tzinfo=None), local.date()
    if closes is not None and opens > closes:
        if closes <= now < opens:
            return False
        if now < closes:
            day -= timedelta(days=1)
    elif now < opens or (closes is not None and now >= closes):
        return False
    return covers(bundle.valid_from, bundle.valid_to, day)


def _clock(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def parts_of(
    shop: Shop, kept: Kept[Bundle], buyer: Kept[Customer] | None, moment: datetime, currency: str | None = None
) -> list[Part] | None:
    """The parts of a set with their prices; None where it is not on sale now: inactive, asleep or out of its hours."""
    if not kept.live or not shop.has("bundles") or not is_on(shop, kept.item, moment):
        return None
    parts = []
    for product_erp_id, symbol, quantity, reduction, main in _wanted(kept.item):
        product = shop.products.get(product_erp_id)
        price = None if product is None else price_of(shop, product, buyer)
        unit = None if product is None else unit_of(product.item, symbol)
        if product is None or price is None or unit is None or obstacles(shop, product, buyer, currency):
            return None
        start = start_of(product.item, price, unit)
        final = with_reduction(shop, start, reduction)
        if final is None:
            return None
        parts.append(Part(product, unit, quantity, start, final, main))
    return parts if len({part.start.price.currency for part in parts}) == 1 else None


def _wanted(bundle: Bundle) -> Iterator[tuple[str, str | None, Decimal, Reduction, bool]]:
    yield bundle.main_product_erp_id, None, Decimal(1), bundle.main_discount, True
    for part in bundle.components:
        yield part.product_erp_id, part.unit, Decimal(part.quantity), part.discount, False


def sets_available(shop: Shop, parts: list[Part]) -> int | None:
    """How many whole sets the stocks allow; None where no part is counted."""
    limits = []
    for part in parts:
        if part.product.item.ignore_stock or part.product.item.kind == "service":
            continue
        above, below = factor(part.unit)
        limits.append(available(shop, part.product.key) // (part.quantity * above / below))
    return int(min(limits)) if limits else None
