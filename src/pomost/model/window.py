"""The window of a manual run as data (Optima's help): its seven boxes, how they hang together, what they ask for."""

from dataclasses import dataclass, replace
from enum import StrEnum

from pomost.model.change import Part
from pomost.model.request import RunRequest
from pomost.model.text import Text


class Box(StrEnum):
    """The boxes in the window's order, lettered A to G in the tables."""

    OFFER = "offer"
    ORDERS = "orders"
    STOCK_ONLY = "stock_only"
    PRICES_ONLY = "prices_only"
    CUSTOMERS = "customers"
    FULL = "full"
    BINARIES = "binaries"


LABELS = {
    Box.OFFER: Text("Wyślij ofertę", "Send the offer"),
    Box.ORDERS: Text("Pobierz zamówienia", "Get orders"),
    Box.STOCK_ONLY: Text("Wyślij tylko zasoby", "Send stock only"),
    Box.PRICES_ONLY: Text("Wyślij tylko ceny", "Send prices only"),
    Box.CUSTOMERS: Text("Wyślij kontrahentów", "Send customers"),
    Box.FULL: Text("Wymuś pełną synchronizację oferty", "Force a full run of the offer"),
    Box.BINARIES: Text("Wyślij wszystkie dane binarne", "Send all binary data"),
}


class Refusal(StrEnum):
    """Why a window cannot be started; codes are stable."""

    NOTHING = "nothing-selected"
    BINARIES = "binaries-require-full"
    ONLY = "only-excludes-offer"


REFUSALS = {
    Refusal.NOTHING: Text("Nie zaznaczono niczego do synchronizacji.", "Nothing was ticked to be synchronised."),
    Refusal.BINARIES: Text(
        "„Wyślij wszystkie dane binarne” wymaga „Wymuś pełną synchronizację oferty”.",
        "“Send all binary data” needs “Force a full run of the offer”.",
    ),
    Refusal.ONLY: Text(
        "„Wyślij tylko zasoby” i „Wyślij tylko ceny” wykluczają wysłanie całej oferty.",
        "“Send stock only” and “Send prices only” exclude sending the whole offer.",
    ),
}

_OFFER = frozenset({Part.CARD, Part.PRICE, Part.STOCK})
_ORDERS = frozenset({Part.ORDERS, Part.STATUSES})


@dataclass(frozen=True, slots=True)
class Window:
    """What is ticked; as it opens, the offer and the orders are."""

    offer: bool = True
    orders: bool = True
    stock_only: bool = False
    prices_only: bool = False
    customers: bool = False
    full: bool = False
    binaries: bool = False

    @property
    def binaries_active(self) -> bool:
        """Whether the last box can be ticked."""
        return self.full

    def ticked(self, box: Box) -> bool:
        return bool(getattr(self, box))

    def click(self, box: Box) -> "Window":  # noqa: PLR0911  (one return per box)
        """Tick a box or take the tick off, and whatever hangs on it (decision tables, part 6)."""
        on = not self.ticked(box)
        match box:
            case Box.OFFER:
                return replace(self, offer=True, stock_only=False, prices_only=False) if on else self._without_offer()
            case Box.STOCK_ONLY:
                return replace(self._without_offer(), stock_only=True) if on else replace(self, stock_only=False)
            case Box.PRICES_ONLY:
                return replace(self._without_offer(), prices_only=True) if on else replace(self, prices_only=False)
            case Box.FULL if on:
                return replace(self, offer=True, full=True, binaries=False, stock_only=False, prices_only=False)
            case Box.FULL:
                return replace(self, full=False, binaries=False)
            case Box.BINARIES:
                return replace(self, binaries=on and self.full)
            case Box.ORDERS:
                return replace(self, orders=on)
            case Box.CUSTOMERS:
                return replace(self, customers=on)

    @property
    def refusal(self) -> Refusal | None:
        """Why it cannot be started, if so."""
        if self.binaries and not self.full:
            return Refusal.BINARIES
        if (self.stock_only or self.prices_only) and (self.offer or self.full):
            return Refusal.ONLY
        return None if self.parts else Refusal.NOTHING

    @property
    def parts(self) -> frozenset[Part]:
        """What of the shop it is about. Changed files go with the offer; with a full one all of them or none."""
        found: set[Part] = set()
        if self.offer or self.full:
            found |= _OFFER
            if self.binaries or not self.full:
                found.add(Part.FILES)
        if self.stock_only:
            found.add(Part.STOCK)
        if self.prices_only:
            found.add(Part.PRICE)
        if self.orders:
            found |= _ORDERS
        if self.customers:
            found.add(Part.CUSTOMERS)
        return frozenset(found)

    def request(self, *, force: bool = False, preview: bool = False) -> RunRequest:
        """The run it asks for. Only of a window without a refusal."""
        assert self.refusal is None
        return RunRequest(self.parts, full=self.full, force=force, preview=preview)

    def _without_offer(self) -> "Window":
        return replace(self, offer=False, full=False, binaries=False)
