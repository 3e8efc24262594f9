"""Discounts as rules: one rule, one row (section 7)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from pomost.sandbox.esklep.batch import Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.shop import RuleKey, Shop
from pomost.sandbox.esklep.trade import Discount
from pomost.sandbox.http.call import plain
from pomost.sandbox.http.paging import ListQuery, page


class Shape(NamedTuple):
    kind: str
    who: str
    what: str


# Section 7.1: what each type is about.
SHAPES: dict[int, Shape] = {
    13: Shape("fixed_price", "customer", "product"),
    12: Shape("fixed_price", "customer_group", "product"),
    11: Shape("fixed_price", "all", "product"),
    6: Shape("percent", "customer", "product"),
    5: Shape("percent", "customer", "group"),
    2: Shape("percent", "customer", "all_products"),
    4: Shape("percent", "customer_group", "product"),
    3: Shape("percent", "customer_group", "group"),
    1: Shape("percent", "customer_group", "all_products"),
    8: Shape("percent", "all", "product"),
    7: Shape("percent", "all", "group"),
}
_WITHOUT_ID = frozenset({"all", "all_products"})
_LEAST, _MOST = -100, 100


def _check(case: Case, item: Discount, _stored: Kept[Discount] | None) -> Discount:
    if SHAPES[item.erp_type] != (item.kind, item.who.kind, item.what.kind):
        case.flaw("/erp_type", "discount-type-mismatch")
    for name, side in (("who", item.who), ("what", item.what)):
        if (side.kind in _WITHOUT_ID) != (side.erp_id is None):
            case.flaw(f"/{name}/erp_id", "not-for-this-kind" if side.erp_id else "required")
    percent = item.kind == "percent"
    for name, wanted in (
        ("percent", percent),
        ("price", not percent),
        ("basis", not percent),
        ("currency", not percent),
    ):
        given = getattr(item, name) is not None
        if given != wanted:
            case.flaw(f"/{name}", "not-for-this-kind" if given else "required")
    if item.percent is not None and not _LEAST < Decimal(item.percent) <= _MOST:
        case.flaw("/percent", "out-of-range")
    case.currency(item.currency)
    if item.valid_from and item.valid_to and item.valid_from > item.valid_to:
        case.flaw("/valid_to", "dates-reversed")
    _warn_of_targets(case, item)
    return item


def _warn_of_targets(case: Case, item: Discount) -> None:
    shop, who, what = case.shop, item.who, item.what
    known: dict[str, bool] = {
        "all": True,
        "all_products": True,
        "customer": who.erp_id in shop.accounts,
        "customer_group": bool(shop.customer_groups.get(who.erp_id or "")),
        "product": what.erp_id in shop.products.records,
        "group": what.erp_id in shop.groups.records,
    }
    if not known[who.kind]:
        case.warn("/who/erp_id", "discount-target-unknown")
    if not known[what.kind]:
        case.warn("/what/erp_id", "discount-target-unknown")


def place_of(rule: Discount) -> RuleKey:
    return rule.erp_type, rule.who.erp_id, rule.what.erp_id


def _note(shop: Shop, old: Kept[Discount] | None, new: Kept[Discount]) -> None:
    if old is not None:
        shop.rules[place_of(old.item)].pop(old.key, None)
    if new.live:
        shop.rules[place_of(new.item)][new.key] = new


def area_of(who_kind: str) -> str:
    return "discounts_public" if who_kind == "all" else "discounts_customer"


def _area(head: Any, stored: Kept[Discount] | None) -> str | None:
    """A rule belongs where its content says; an op without content where the rule is, else where `who` points."""
    if isinstance(head, Discount) or stored is None:
        return None if head.who is None else area_of(head.who.kind)
    return area_of(stored.item.who.kind)


DISCOUNTS = Resource(
    name="discounts",
    kind=Discount,
    keys=("erp_id",),
    prefix="di",
    area="discounts_public",
    shelf=lambda shop: shop.discounts,
    check=_check,
    note=_note,
    area_of=_area,
    areas=("discounts_public", "discounts_customer"),
)

router = APIRouter(tags=["discounts"])
_Side = Annotated[str, Field(pattern=r"^(all|all_products|customer|customer_group|group|product)(:\S+)?$")]


class DiscountQuery(ListQuery):
    """`who` and `what` are a kind, or a kind and an id: `customer:17`, `all`, `product:1042`."""

    who: _Side | None = None
    what: _Side | None = None


@router.get("/v1/discounts")
async def list_discounts(call: Called, request: Request, query: Annotated[DiscountQuery, Query()]) -> Response:
    def keep(filters: dict[str, Any]) -> Callable[[Kept[Discount]], bool]:
        who, what = filters.get("who"), filters.get("what")
        return lambda kept: _fits(kept.item.who, who) and _fits(kept.item.what, what)

    return page(call, request, query, call.shop.discounts, keep=keep, show=shown)


def _fits(side: Any, wanted: str | None) -> bool:
    if wanted is None:
        return True
    kind, colon, erp_id = wanted.partition(":")
    return bool(side.kind == kind and (not colon or side.erp_id == erp_id))


@router.post("/v1/discounts:batch", dependencies=[Depends(plain)])
async def batch_discounts(call: Called, request: Request) -> Response:
    return await DISCOUNTS.run(call, request)
