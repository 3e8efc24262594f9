"""Discounts and promotional sets turned into entries."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pomost.connectors.erp.optima.translation.rows import DiscountRow, PartRow, SetRow
from pomost.connectors.erp.optima.translation.values import SIDES, Row, day, decimal, moment, some, text
from pomost.model.offer import PriceKind
from pomost.model.reason import Finding, Reason
from pomost.model.trade import DiscountEntry, PromotionEntry, Reduction, ReductionKind, SetPart, What, Who

RULES: dict[int, tuple[Who, What]] = {
    6: (Who.CUSTOMER, What.PRODUCT),
    5: (Who.CUSTOMER, What.GROUP),
    2: (Who.CUSTOMER, What.ALL_PRODUCTS),
    4: (Who.CUSTOMER_GROUP, What.PRODUCT),
    3: (Who.CUSTOMER_GROUP, What.GROUP),
    1: (Who.CUSTOMER_GROUP, What.ALL_PRODUCTS),
    8: (Who.ALL, What.PRODUCT),
    7: (Who.ALL, What.GROUP),
    11: (Who.ALL, What.PRODUCT),
    12: (Who.CUSTOMER_GROUP, What.PRODUCT),
    13: (Who.CUSTOMER, What.PRODUCT),
}
"""Rab_Typ: whom a rule is for, and what it is on."""
_FIXED_PRICES = frozenset({11, 12, 13})
_REDUCTIONS = {
    0: ReductionKind.NONE,
    1: ReductionKind.PERCENT,
    2: ReductionKind.AMOUNT,
    3: ReductionKind.FIXED_PRICE,
}
"""ZTw_TypRabatu, ZTS_TypRabatu: assumed."""
_IN_CURRENCY = frozenset({ReductionKind.AMOUNT, ReductionKind.FIXED_PRICE})


def is_meant(row: Row, today: date) -> bool:
    """Whether a rule is for the shop: all are that have not ended, but those of one customer not published to shops."""
    rule = DiscountRow._make(row)
    one_customer = rule.kind in RULES and RULES[rule.kind][0] is Who.CUSTOMER
    hidden = one_customer and rule.customer is not None and rule.customer_published != 1
    return not hidden and not _over(rule.since, rule.until, today)


def is_set_meant(row: Row, today: date) -> bool:
    """Whether a set is for the shop: ticked for shops, and not ended."""
    whole = SetRow._make(row)
    return whole.published == 1 and not (whole.by_days == 1 and _over(whole.since, whole.until, today))


def _over(since: Any, until: Any, today: date) -> bool:
    """Whether the last day is past; days that run backwards are a fault, not an end."""
    first, last = day(since), day(until)
    return last is not None and last < today and (first is None or first <= last)


def discount(row: Row, today: date) -> tuple[DiscountEntry | None, tuple[Finding, ...]]:
    """A row of `sql.trade.discounts`; None where whom or what it is for is not there, or nobody knows its type."""
    rule = DiscountRow._make(row)
    ended = [Finding.of(Reason.DISCOUNT_ENDED, until=day(rule.until))] if _over(rule.since, rule.until, today) else []
    if rule.kind not in RULES:
        return None, (Finding.of(Reason.DISCOUNT_TYPE_UNKNOWN, type=rule.kind), *ended)
    whose, what = RULES[rule.kind]
    gone = tuple(_gone(whose, what, rule))
    if gone:
        return None, (*gone, *ended)
    fixed = rule.kind in _FIXED_PRICES
    entry = DiscountEntry(
        type=int(rule.kind),
        who=whose,
        what=what,
        who_key=0 if whose is Who.ALL else int(rule.who),
        what_key=0 if what is What.ALL_PRODUCTS else int(rule.what),
        percent=None if fixed else decimal(rule.percent, 2),
        shop_percent=None if fixed else some(rule.shop_percent, 2),
        price=decimal(rule.price, 4) if fixed else None,
        basis=SIDES.get(rule.side, PriceKind.GROSS) if fixed else None,
        currency=(text(rule.currency) or "PLN") if fixed else "",
        valid_from=day(rule.since),
        valid_to=day(rule.until),
    )
    return entry, tuple(ended)


def _gone(whose: Who, what: What, rule: DiscountRow) -> Iterator[Finding]:
    """What a rule names and the company has no more."""
    if whose is Who.CUSTOMER and rule.customer is None:
        yield Finding.of(Reason.DISCOUNT_CUSTOMER_GONE, id=rule.who or "-")
    if whose is Who.CUSTOMER_GROUP and rule.customer_group is None:
        yield Finding.of(Reason.DISCOUNT_CUSTOMER_GROUP_GONE, id=rule.who or "-")
    if (what is What.PRODUCT and rule.product is None) or (what is What.GROUP and not rule.what):
        yield Finding.of(Reason.DISCOUNT_PRODUCT_GONE, id=rule.what or "-")


def promotion(row: Row, rows: tuple[Row, ...], today: date) -> tuple[PromotionEntry | None, tuple[Finding, ...]]:
    """A set and its parts; None where a product of it was deleted, or nobody knows how it is reduced."""
    whole, parts = SetRow._make(row), [PartRow._make(one) for one in rows]
    over = whole.by_days == 1 and _over(whole.since, whole.until, today)
    ended = [Finding.of(Reason.PROMOTION_ENDED, until=day(whole.until))] if over else []
    lost = [Finding.of(Reason.PROMOTION_MAIN_GONE)] if whole.main is None else []
    lost += [Finding.of(Reason.PROMOTION_PART_GONE)] * any(part.product is None for part in parts)
    kinds = [whole.kind, *(part.kind for part in parts)]
    lost += [Finding.of(Reason.PROMOTION_REDUCTION_UNKNOWN, kind=one) for one in kinds if one not in _REDUCTIONS][:1]
    if lost:
        return None, (*lost, *ended)
    entry = PromotionEntry(
        code=text(whole.code),
        name=text(whole.name),
        main_product=int(whole.main),
        parts=tuple(
            SetPart(int(one.product), decimal(one.quantity, 4), text(one.unit), _reduction(one)) for one in parts
        ),
        reduction=_reduction(whole),
        valid_from=day(whole.since) if whole.by_days else None,
        valid_to=day(whole.until) if whole.by_days else None,
        hours_from=_hour(whole.opens) if whole.by_hours else None,
        hours_to=_hour(whole.closes) if whole.by_hours else None,
    )
    return entry, tuple(ended)


def _reduction(one: SetRow | PartRow) -> Reduction:
    found = _REDUCTIONS[one.kind]
    if found is ReductionKind.NONE:
        return Reduction()
    return Reduction(found, decimal(one.value, 4), (text(one.currency) or "PLN") if found in _IN_CURRENCY else "")


def _hour(value: Any) -> str | None:
    found = moment(value)
    return None if found is None else f"{found:%H:%M}"
