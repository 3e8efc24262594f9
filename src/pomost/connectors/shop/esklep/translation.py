"""Changes as items of batches, and results of items as outcomes of changes (contract, sections 0, 6, 9 and 15)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pomost.connectors.shop.esklep.api import ItemResult
from pomost.connectors.shop.esklep.contents import Item, content_item, full, moment, number
from pomost.model.change import Drop, EntryChange, Keep, Put
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.subject import Area
from pomost.model.trade import TOTAL, PriceLine, PricesEntry, StockLine, StocksEntry

ALL_WAREHOUSES = "*"
STALE = "stale-item"
_LATER = frozenset({408, 425, 429})


def items_of(change: EntryChange, stamp: int, read_at: datetime) -> list[Item]:
    """Everything that has to be sent for one change; nothing where the shop holds it already.

    `stamp` grows with every batch and every exchange, so that whatever is written later is newer, also after either
    side was restored from a copy. `read_at` plays the stamp of stock, by the shop's clock.
    """
    key = change.target.id
    match change.target.area, change:
        case ((Area.PRICES | Area.STOCKS), Put(before=before, after=after, again=again)):
            held = {} if before is None else dict(_lines(key, before))
            wanted = dict(_lines(key, after))
            moved = [item for place, item in wanted.items() if again or held.get(place) != item]
            left = [_head(change.target.area, key, place) for place in held if place not in wanted]
            return [*(_stamped(one, change.target.area, stamp, read_at) for one in moved)] + [
                {**_stamped(one, change.target.area, stamp, read_at), "op": "withdraw"} for one in left
            ]
        case (Area.PRICES | Area.STOCKS) as area, (Drop(lines=lines) | Keep(lines=lines)):
            heads = [_head(area, key, place) for place in lines]
            return [{**_stamped(one, area, stamp, read_at), "op": _op(change)} for one in heads]
        case area, (Drop() | Keep()):
            return [{**_named(area, key), "op": _op(change), "stamp": stamp}]
        case _, Put(after=after):
            return [{**content_item(key, after), "stamp": stamp}]


def _op(change: Drop | Keep) -> str:
    return "withdraw" if isinstance(change, Drop) else "keep"


def mark(area: Area, item: Item) -> str:
    """What tells one item of an area from another, as the shop counts them."""
    names = ("erp_id", "product_erp_id", "price_type_erp_id", "warehouse_erp_id")
    owner = item.get("owner") or {}
    return "/".join([str(area), *(str(item.get(name, "")) for name in names), str(owner.get("erp_id", ""))])


def outcome(results: Sequence[ItemResult], area: Area) -> Outcome:
    """What became of a change: done once every item of it is."""
    for one in results:
        if one.status == 0:
            return Failed(Finding.of(Reason.SHOP_SILENT), retry=True)
        if area is Area.STOCKS and one.code == STALE:
            return Failed(Finding.of(Reason.OUTDATED), retry=True)
        if not one.done:
            later = one.status in _LATER or one.status >= 500  # noqa: PLR2004
            facts = {"status": one.status, "code": one.code, "detail": one.detail}
            return Failed(Finding.of(Reason.SHOP_LATER if later else Reason.SHOP_REFUSED, **facts), retry=later)
    return Done(results[0].result if results else "unchanged")


def _named(area: Area, key: str) -> dict[str, Any]:
    match area:
        case Area.FILES:
            return {"owner": {"kind": "product", "erp_id": key}}
        case Area.PUBLIC_DISCOUNT:
            return {"erp_id": key, "who": {"kind": "all"}}
        case Area.CUSTOMER_DISCOUNT:
            return {"erp_id": key, "who": {"kind": "customer_group", "erp_id": "0"}}
        case _:
            return {"erp_id": key}


def _head(area: Area, key: str, place: int) -> dict[str, Any]:
    if area is Area.PRICES:
        return {"product_erp_id": key, "price_type_erp_id": str(place)}
    return {"product_erp_id": key, "warehouse_erp_id": ALL_WAREHOUSES if place == TOTAL else str(place)}


def _stamped(item: Item, area: Area, stamp: int, read_at: datetime) -> dict[str, Any]:
    return {**item, "stamp": stamp} if area is Area.PRICES else as_of(item, read_at)


def as_of(item: Item, read_at: datetime) -> dict[str, Any]:
    return {**item, "as_of": moment(read_at)}


def _lines(key: str, entry: PricesEntry | StocksEntry) -> list[tuple[int, Item]]:
    if isinstance(entry, PricesEntry):
        return [(line.price_type, _price(key, line)) for line in entry.lines]
    return [(line.warehouse, _stock(key, line)) for line in entry.lines]


def _price(key: str, line: PriceLine) -> Item:
    lowest = line.lowest
    return full(
        {
            **_head(Area.PRICES, key, line.price_type),
            "value": number(line.value),
            "basis": line.basis,
            "currency": line.currency,
            "loyalty_points": line.points,
            "lowest_30_days": lowest
            and {"value": number(lowest.value), "basis": lowest.basis, "as_of": lowest.as_of.isoformat()},
        }
    )


def _stock(key: str, line: StockLine) -> Item:
    return {**_head(Area.STOCKS, key, line.warehouse), "quantity": number(line.quantity), "basis": line.basis}
