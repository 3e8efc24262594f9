"""Changes: what a run wants the shop to take, as data that can be stored, shown, approved and sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pomost.model.customer_change import (
    AmendBranch,
    Assign,
    BranchChange,
    CreateBranch,
    CustomerChange,
    DropSegment,
    PutSegment,
    Unassign,
    named_values,
)
from pomost.model.entry import CONTENTS, Drop, EntryChange, Keep, Put
from pomost.model.entry import named_values as entry_values
from pomost.model.offer import Basis, Offer, Stock
from pomost.model.order_change import Acknowledge, OrderChange, RegisterOrder, SetStatus
from pomost.model.order_change import named_values as order_values
from pomost.model.reason import Finding
from pomost.model.subject import Area, Subject, Target

__all__ = [
    "OFFER_PARTS",
    "Acknowledge",
    "Amend",
    "AmendBranch",
    "Area",
    "Assign",
    "BranchChange",
    "Change",
    "CreateBranch",
    "CustomerChange",
    "Drop",
    "DropSegment",
    "EntryChange",
    "FieldChange",
    "Keep",
    "Kind",
    "OfferChange",
    "OrderChange",
    "Part",
    "Publish",
    "Put",
    "PutSegment",
    "RegisterOrder",
    "SetStatus",
    "SetStock",
    "Subject",
    "Target",
    "Unassign",
    "Withdraw",
    "changed_terms",
    "fields_of",
    "kind_of",
    "touched",
]


class Kind(StrEnum):
    """Kinds of change, in the order they are sent.

    A branch and a segment exist before a customer is put into them, an order's document before the shop hears of it,
    an offer before its stock, and zeros precede a withdrawal. Entries are sent area by area, and in each area what is
    dropped goes first: its place may be taken anew.
    """

    CREATE_BRANCH = "create-branch"
    AMEND_BRANCH = "amend-branch"
    SEGMENT = "segment"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    DROP_SEGMENT = "drop-segment"
    REGISTER = "register"
    ACKNOWLEDGE = "acknowledge"
    STATUS = "status"
    PUBLISH = "publish"
    AMEND = "amend"
    STOCK = "stock"
    WITHDRAW = "withdraw"
    DROP = "drop"
    KEEP = "keep"
    PUT_CUSTOMER = "customer"
    PUT_PRICE_TYPE = "price-type"
    PUT_WAREHOUSE = "warehouse"
    PUT_ATTRIBUTE = "attribute"
    PUT_GROUP = "group"
    PUT_PRODUCT = "product"
    PUT_PRICES = "prices"
    PUT_CUSTOMER_DISCOUNT = "customer-discount"
    PUT_PUBLIC_DISCOUNT = "public-discount"
    PUT_PROMOTION = "promotion"
    PUT_FILES = "files"
    PUT_STOCKS = "stocks"


class Part(StrEnum):
    """The part of the shop's state a change touches; runs are limited to parts."""

    BRANCHES = "branches"
    CUSTOMERS = "customers"
    ORDERS = "orders"
    STATUSES = "statuses"
    CARD = "card"
    PRICE = "price"
    STOCK = "stock"
    FILES = "files"


OFFER_PARTS = frozenset({Part.CARD, Part.PRICE, Part.STOCK})


@dataclass(frozen=True, slots=True)
class Publish:
    """Put a product on offer with all its terms, also when it was withdrawn before."""

    target: Target
    offer: Offer
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Amend:
    """Change terms of a standing offer; only terms that differ travel, all of them when `again` is set.

    `before` is what was last confirmed, None when nothing was. `again`: the last attempt had no answer, or a forced
    run sends what it already sent; then the change also says that the product is on offer, for the attempt without an
    answer may have been a withdrawal.
    """

    target: Target
    before: Offer | None
    after: Offer
    again: bool = False
    why: tuple[Finding, ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """Names of the terms that travel."""
        return changed_terms(self.before, self.after, again=self.again)

    @property
    def moves_unit(self) -> bool:
        """Whether the offer is sold in another unit afterwards, or may be: a quantity told before means another one."""
        return self.before is None or not self.before.unit.counts_like(self.after.unit)


@dataclass(frozen=True, slots=True)
class SetStock:
    """Set quantity and visibility in one branch. `before` None: not known. `as_of`: when the ERP was read (UTC)."""

    target: Target
    before: Stock | None
    after: Stock
    as_of: datetime | None = None
    why: tuple[Finding, ...] = ()

    @property
    def lowers(self) -> bool:
        """Whether buyers find less than before."""
        return self.before is not None and self.after.quantity < self.before.quantity


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a product off the offer; its stock in all `branches` is nought from then on.

    The noughts are stock like any other: of kind `basis`, and `as_of` the moment the ERP was read (UTC).
    """

    target: Target
    before: Offer | None
    branches: tuple[str, ...]
    why: tuple[Finding, ...] = ()
    basis: Basis | None = None
    as_of: datetime | None = None


OfferChange = Publish | Amend | SetStock | Withdraw
Change = OfferChange | CustomerChange | OrderChange | EntryChange

KINDS_OF_CHANGES: dict[type[Change], Kind] = {
    CreateBranch: Kind.CREATE_BRANCH,
    AmendBranch: Kind.AMEND_BRANCH,
    PutSegment: Kind.SEGMENT,
    Assign: Kind.ASSIGN,
    Unassign: Kind.UNASSIGN,
    DropSegment: Kind.DROP_SEGMENT,
    RegisterOrder: Kind.REGISTER,
    Acknowledge: Kind.ACKNOWLEDGE,
    SetStatus: Kind.STATUS,
    Publish: Kind.PUBLISH,
    Amend: Kind.AMEND,
    SetStock: Kind.STOCK,
    Withdraw: Kind.WITHDRAW,
    Drop: Kind.DROP,
    Keep: Kind.KEEP,
}
KINDS_OF_PUTS = {area: Kind(area) for area in CONTENTS}
"""An entry that is put is a kind of change by its area's name."""


def kind_of(change: Change) -> Kind:
    return KINDS_OF_PUTS[change.target.area] if isinstance(change, Put) else KINDS_OF_CHANGES[type(change)]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change as people read it; blank `before` or `after` means none or not known."""

    field: str
    before: str
    after: str


def fields_of(change: Change) -> Iterator[FieldChange]:
    """A change field by field, for previews, history and the extended log."""
    match change:
        case Publish(offer=offer):
            yield from _offer_fields(None, offer)
        case Amend(before=before, after=after):
            yield from _offer_fields(before, after)
        case SetStock(before=was, after=now):
            yield from _differing(f"quantity@{now.branch}", None if was is None else was.quantity, now.quantity)
            if now.visible is not None:
                yield from _differing(f"visible@{now.branch}", None if was is None else was.visible, now.visible)
            if was is not None:
                yield from _differing(f"basis@{now.branch}", was.basis, now.basis)
        case Withdraw():
            yield FieldChange("status", "active", "withdrawn")
        case RegisterOrder() | Acknowledge() | SetStatus():
            yield from (FieldChange(*row) for row in order_values(change))
        case Put() | Drop() | Keep():
            yield from (FieldChange(*row) for row in entry_values(change))
        case _:
            yield from (FieldChange(*row) for row in named_values(change))


def touched(change: Change) -> frozenset[str]:
    """Names of the fields a change touches, branches left out: what previews count and filter by."""
    match change:
        case SetStock(before=was, after=now):
            same = was is not None and was.visible == now.visible
            seen = _SEEN if now.visible is not None and not same else _NONE
            if was is not None and was.basis != now.basis:
                seen |= _BASED
            return seen if was is not None and was.quantity == now.quantity else seen | _COUNTED
        case Amend(before=before, after=after):
            return changed_terms(before, after)
        case _:
            return frozenset(one.field.partition("@")[0] for one in fields_of(change))


_SEEN, _COUNTED, _BASED = frozenset({"visible"}), frozenset({"quantity"}), frozenset({"basis"})
_NONE = frozenset[str]()


def changed_terms(before: Offer | None, after: Offer, *, again: bool = False) -> frozenset[str]:
    """Names of the terms that have to travel: sku, unit, vat, min_quantity, price; all that are set with `again`.

    A price or a minimum nobody set does not travel: what the shop's panel holds stays.
    """
    every = again or before is None
    minimum = None if before is None else before.min_quantity
    price = None if before is None else (before.price, before.price_kind, before.currency)
    differing = {
        "sku": before is None or before.sku != after.sku,
        "unit": before is None or not before.unit.counts_like(after.unit),
        "vat": before is None or before.vat != after.vat,
    }
    optional = {
        "min_quantity": minimum != after.min_quantity or (again and after.min_quantity is not None),
        "price": after.price is not None and (every or price != (after.price, after.price_kind, after.currency)),
    }
    travelling = {name for name, differs in differing.items() if differs or every}
    return frozenset(travelling | {name for name, differs in optional.items() if differs})


def _offer_fields(before: Offer | None, after: Offer) -> Iterator[FieldChange]:
    terms = changed_terms(before, after)
    for name in ("sku", "unit", "price", "vat", "min_quantity"):
        if name in terms:
            was = None if before is None else _term(before, name)
            yield FieldChange(name, "" if was is None else str(was), str(_term(after, name) or ""))


def _term(offer: Offer, name: str) -> object:
    match name:
        case "price":
            return None if offer.price is None else f"{offer.price} {offer.currency} {offer.price_kind}"
        case "unit":
            return offer.unit
        case "sku":
            return offer.sku
        case "vat":
            return offer.vat
        case _:
            return offer.min_quantity


def _differing(name: str, before: object, after: object) -> Iterator[FieldChange]:
    if before != after:
        yield FieldChange(name, "" if before is None else str(before), str(after))
