"""What a shop grants by a rule of discount or a promotional set it holds, as a message names it."""

from collections.abc import Mapping
from decimal import Decimal

from pomost.model.entry import Content
from pomost.model.reason import Finding, Reason
from pomost.model.trade import DiscountEntry, PromotionEntry, What, Who

Named = tuple[Who | What, int]
"""A customer, a group of customers, a product or a group of products, by its key."""


def granted(content: Content | None, names: Mapping[Named, str]) -> tuple[Finding, ...]:
    """What buyers get of it, and who, and on what; nothing for what grants nothing."""
    match content:
        case DiscountEntry(percent=Decimal() as percent):
            return (Finding.of(Reason.SHOP_GRANTS_PERCENT, percent=_plain(percent), **_sides(content, names)),)
        case DiscountEntry(price=Decimal() as price, basis=basis, currency=currency):
            facts = {"price": f"{_plain(price)} {currency}", "basis": basis or "", **_sides(content, names)}
            return (Finding.of(Reason.SHOP_GRANTS_PRICE, **facts),)
        case PromotionEntry(code=code, name=name, main_product=main):
            product = _name((What.PRODUCT, main), names)
            return (Finding.of(Reason.SHOP_GRANTS_SET, set=name or code, product=product),)
        case _:
            return ()


def named_by(content: Content | None) -> list[Named]:
    """What such a message names."""
    match content:
        case DiscountEntry(who=who, who_key=who_key, what=what, what_key=what_key):
            found: list[Named] = [] if who is Who.ALL else [(who, who_key)]
            return found if what is What.ALL_PRODUCTS else [*found, (what, what_key)]
        case PromotionEntry(main_product=main):
            return [(What.PRODUCT, main)]
        case _:
            return []


def _sides(one: DiscountEntry, names: Mapping[Named, str]) -> dict[str, str]:
    return {
        "who": one.who if one.who is Who.ALL else _name((one.who, one.who_key), names),
        "what": one.what if one.what is What.ALL_PRODUCTS else _name((one.what, one.what_key), names),
    }


def _name(thing: Named, names: Mapping[Named, str]) -> str:
    return names.get(thing) or f"#{thing[1]}"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
