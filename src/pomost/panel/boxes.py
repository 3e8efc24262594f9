"""The boxes of the synchronisation window as a page shows them, each with what a click on it does to the others.

What a click does is asked of `Window.click`, the rule the server judges by, and written beside the box for the page's
script.
"""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from pomost.app import SHOPS
from pomost.model.text import Text
from pomost.model.window import LABELS, Box, Window

FIRST_PART = (Box.OFFER, Box.ORDERS)
"""The window has two parts; whatever is not of the first is of the second."""

HELP = {
    Box.OFFER: Text(
        "Synchronizacja różnicowa: towary, grupy towarowe, ceny, punkty w programie lojalnościowym, rabaty, zestawy "
        "promocyjne, zasoby i zmienione dane binarne.",
        "A differential run: products, groups, prices, loyalty points, discounts, promotional sets, stock and changed "
        "binary data.",
    ),
    Box.ORDERS: Text("Zamówienia złożone w sklepie.", "Orders placed in the shop."),
    Box.STOCK_ONLY: Text(
        "Stany magazynowe zgodnie z konfiguracją stanowiska e-Sklepu.",
        "Stock, as the shop's configuration in the ERP says.",
    ),
    Box.PRICES_ONLY: Text("Ceny, punkty w programie lojalnościowym i rabaty.", "Prices, loyalty points and discounts."),
    Box.CUSTOMERS: Text(
        "Lista kontrahentów wraz z ich cenami i rabatami.", "Customers with their prices and discounts."
    ),
    Box.FULL: Text(
        "Cała oferta od nowa, bez danych binarnych. Czego w ERP już nie ma, znika też ze sklepu.",
        "The whole offer anew, without binary data. What the ERP no longer has leaves the shop too.",
    ),
    Box.BINARIES: Text(
        "Dostępne po zaznaczeniu „Wymuś pełną synchronizację oferty”. Może trwać bardzo długo.",
        "Available once “Force a full run of the offer” is ticked. It may take very long.",
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One box. `on`, `off`: what a click that ticks it, or takes its tick off, does to others, as `effect` writes it.

    `needs`: the box without which this one cannot be ticked. `later`: why it does nothing yet.
    """

    box: Box
    label: Text
    help: Text
    ticked: bool
    active: bool
    on: str
    off: str
    needs: str
    later: Text | None


def has_window(shop: str) -> bool:
    """Whether runs with such a shop are asked for by the window."""
    return shop in SHOPS and bool(SHOPS[shop].can.entries)


def ticked(names: Collection[str]) -> Window:
    """The window in which exactly these boxes are ticked."""
    return Window(**{box.value: box in names for box in Box})


def shown(window: Window, shop: str) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The two parts of the window, in the manual's order."""
    orders = SHOPS[shop].can.orders
    later = {} if orders else {Box.ORDERS: orders.why}
    boxes = [_shown(window, box, later.get(box)) for box in Box]
    return tuple(one for one in boxes if one.box in FIRST_PART), tuple(
        one for one in boxes if one.box not in FIRST_PART
    )


def _shown(window: Window, box: Box, later: Text | None) -> Shown:
    implied = box is Box.OFFER and window.full and window.refusal is None
    on = window.ticked(box) or implied
    return Shown(
        box=box,
        label=LABELS[box],
        help=HELP[box],
        ticked=on,
        active=box is not Box.BINARIES or on or window.binaries_active,
        on=effect(box, on=True),
        off=effect(box, on=False),
        needs=Box.FULL if box is Box.BINARIES else "",
        later=later,
    )


@cache
def effect(box: Box, *, on: bool) -> str:
    """What a click on a box does to the others: `+offer -stock_only`, ticked and not ticked.

    It is the same whatever else is ticked, so it is found by clicking in every window in which it can be clicked.
    """
    before = [one for one in _every() if one.ticked(box) is not on and (box is not Box.BINARIES or one.binaries_active)]
    after = [one.click(box) for one in before]
    words = []
    for other in Box:
        was, now = {one.ticked(other) for one in before}, {one.ticked(other) for one in after}
        if other is not box and len(now) == 1 and now != was:
            words.append(f"{'+' if now == {True} else '-'}{other.value}")
    return " ".join(words)


def _every() -> list[Window]:
    return [Window(*states) for states in itertools.product((False, True), repeat=len(Box))]
