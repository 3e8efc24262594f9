"""Commit: what was seen stays, what was not seen is withdrawn, and guards stand before it (sections 2.3 and 2.4)."""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from pomost.sandbox.esklep.batch import CursorText, Resource
from pomost.sandbox.esklep.bundles import BUNDLES
from pomost.sandbox.esklep.customers import CUSTOMERS
from pomost.sandbox.esklep.dictionaries import ATTRIBUTES, PRICE_TYPES, WAREHOUSES
from pomost.sandbox.esklep.discounts import DISCOUNTS, area_of
from pomost.sandbox.esklep.files import FILE_LINKS
from pomost.sandbox.esklep.groups import GROUPS
from pomost.sandbox.esklep.prices import PRICES
from pomost.sandbox.esklep.products import PRODUCTS
from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.session import Area, AreaWork, Session, counted
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.stocks import STOCKS
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem, invalid_at

RESOURCES: tuple[Resource[Any], ...] = (
    PRICE_TYPES, WAREHOUSES, ATTRIBUTES, GROUPS, PRODUCTS, PRICES, DISCOUNTS, BUNDLES, FILE_LINKS, STOCKS, CUSTOMERS,
)  # fmt: skip
SWEPT: dict[str, Resource[Any]] = {
    "groups": GROUPS, "products": PRODUCTS, "prices": PRICES, "discounts_public": DISCOUNTS,
    "discounts_customer": DISCOUNTS, "bundles": BUNDLES, "files": FILE_LINKS, "stocks": STOCKS,
}  # fmt: skip
UNCOUNTED = frozenset({"orders", "order_progress"})  # nothing of ours is held there to be counted
GUARD_SHARE, GUARD_COUNT = 5, 20  # more than one in five, and more than twenty


class AreaEnd(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    area: Area
    cursor: CursorText | None = None
    items_sent: Annotated[int, Meta(ge=0)] = 0
    complete: bool


class Commit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    areas: tuple[AreaEnd, ...]
    confirm_withdrawals: Annotated[int, Meta(ge=0)] | None = None


Doomed = dict[str, list[Kept[Any]]]


def commit(shop: Shop, session: Session, wish: Commit) -> dict[str, Any]:
    """All or nothing: a guard that stops one area stops the whole commit, and the session stays open."""
    _check_areas(session, wish)
    _check_counts(session, wish)
    doomed: Doomed = {
        end.area: list(_unseen(shop, end.area, session.areas[end.area]))
        for end in wish.areas
        if end.complete and session.areas[end.area].full and end.area in SWEPT
    }
    _guard(shop, session, doomed, wish.confirm_withdrawals)
    moment = moment_text(shop.now())
    for area, gone in doomed.items():
        for kept in gone:
            SWEPT[area].withdraw(shop, kept, moment)
        session.areas[area].counts["withdrawn"] += len(gone)
    for end in wish.areas:
        if end.complete:
            _confirm(shop, session, end, moment)
    told = {
        "id": session.id,
        "state": "committed",
        "areas": [
            {
                "area": end.area,
                **counted(session.areas[end.area]),
                "confirmed_cursor": shop.cursors[end.area].confirmed_cursor,
            }
            for end in wish.areas
        ],
    }
    session.commit = (msgspec.json.encode(wish), told)
    session.end("committed", shop.now())
    return told


def _check_areas(session: Session, wish: Commit) -> None:
    for index, end in enumerate(wish.areas):
        if end.area not in session.areas:
            raise Problem("area-not-in-session", area=end.area)
        if any(end.area == earlier.area for earlier in wish.areas[:index]):
            raise invalid_at(f"/areas/{index}/area", "repeated")


def _check_counts(session: Session, wish: Commit) -> None:
    wrong = [
        {"area": end.area, "items_sent": end.items_sent, "marked": len(session.areas[end.area].marks)}
        for end in wish.areas
        if end.complete
        and session.areas[end.area].full
        and end.area not in UNCOUNTED
        and end.items_sent != len(session.areas[end.area].marks)
    ]
    if wrong:
        raise Problem("count-mismatch", areas=wrong)


def _ours(shop: Shop, area: str) -> Iterable[Kept[Any]]:
    """What the ERP owns in an area and a shopper can see or use."""
    resource = SWEPT[area]
    for kept in resource.shelf(shop):
        if kept.live and kept.origin == "erp" and not resource.idle(kept.item):
            if resource is DISCOUNTS and area_of(kept.item.who.kind) != area:
                continue
            yield kept


def _unseen(shop: Shop, area: str, work: AreaWork) -> Iterable[Kept[Any]]:
    mark = SWEPT[area].mark
    return (kept for kept in _ours(shop, area) if mark(kept.key) not in work.marks)


def _guard(shop: Shop, session: Session, doomed: Doomed, confirmed: int | None) -> None:
    """Too much, or an area that came back empty: a person has to agree to how many, over all areas that stopped."""
    stopped, number = [], 0
    for area, gone in doomed.items():
        if not gone:
            continue
        held = sum(1 for _ in _ours(shop, area))
        large = len(gone) > GUARD_COUNT and len(gone) * GUARD_SHARE > held
        if large or not session.areas[area].marks:
            number += len(gone)
            stopped.append(
                {"area": area, "withdrawals": len(gone), "of": held, "items": [_name(area, kept) for kept in gone]}
            )
    if stopped and confirmed != number:
        raise Problem("sweep-too-large", withdrawals=number, areas=stopped)


def _name(area: str, kept: Kept[Any]) -> dict[str, Any]:
    return SWEPT[area].named(kept.item)


def _confirm(shop: Shop, session: Session, end: AreaEnd, moment: str) -> None:
    cursor = shop.cursors[end.area]
    cursor.session_id = session.id
    if end.cursor is not None:
        cursor.sent_cursor, cursor.sent_at = end.cursor, moment
        cursor.confirmed_cursor, cursor.confirmed_at = end.cursor, moment
    if session.areas[end.area].full:
        cursor.last_full_at = moment
