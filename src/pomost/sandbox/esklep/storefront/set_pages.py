"""Promotional sets as boxes a shopper can compare with the single prices (section 8)."""

from decimal import Decimal

from fastapi.responses import HTMLResponse

from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.sets import parts_of, sets_available
from pomost.sandbox.esklep.storefront.frame import Visit, money, number, page
from pomost.sandbox.esklep.storefront.markup import Html, tag
from pomost.sandbox.esklep.storefront.shelves import name_of
from pomost.sandbox.esklep.trade import Bundle


def set_box(visit: Visit, kept: Kept[Bundle]) -> Html | None:
    """A set that is on sale to this visitor now; None where it is not."""
    parts = parts_of(visit.shop, kept, visit.buyer, visit.shop.now())
    if parts is None:
        return None
    currency = parts[0].start.price.currency
    apart = sum((part.start.amount.gross * part.quantity for part in parts), Decimal(0))
    together = sum((part.final.gross * part.quantity for part in parts), Decimal(0))
    rows = [
        tag(
            "tr",
            tag(
                "td", tag("a", name_of(part.product.item, visit.language), href=visit.to(f"/towar/{part.product.key}"))
            ),
            tag("td", f"{number(part.quantity)} {part.unit.symbol}", class_="n"),
            tag("td", money(part.final.gross * part.quantity, currency), class_="n"),
        )
        for part in parts
    ]
    count = sets_available(visit.shop, parts)
    hours = kept.item.hours_from or kept.item.hours_to
    when = f"w godzinach {kept.item.hours_from or '00:00'}–{kept.item.hours_to or '24:00'}" if hours else None
    left = None if count is None else f"dostępne zestawy: {count}"
    return tag(
        "li",
        tag("strong", kept.item.name),
        tag("div", tag("table", tag("tbody", rows)), class_="wide"),
        tag(
            "p",
            tag("span", money(together, currency), class_="price sale" if together < apart else "price"),
            [" ", tag("s", money(apart, currency))] if together < apart else None,
        ),
        tag("p", " · ".join(one for one in (when, left) if one), class_="soft"),
        class_="box",
    )


def sets_page(visit: Visit) -> HTMLResponse:
    boxes = [box for kept in visit.shop.bundles if kept.live and (box := set_box(visit, kept)) is not None]
    return page(
        visit,
        "Zestawy",
        tag("h1", "Zestawy promocyjne"),
        tag("ul", boxes, class_="sets") if boxes else tag("p", "Teraz nie ma żadnego zestawu."),
    )
