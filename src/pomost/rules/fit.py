"""What a shop cannot take is dropped or made smaller here, in one place, and said so."""

from dataclasses import replace

from pomost.model.change import (
    Acknowledge,
    Amend,
    AmendBranch,
    Assign,
    Change,
    CreateBranch,
    Drop,
    DropSegment,
    Keep,
    Publish,
    Put,
    PutSegment,
    RegisterOrder,
    SetStatus,
    SetStock,
    Unassign,
    Withdraw,
)
from pomost.model.offer import Offer
from pomost.model.reason import Finding, Reason
from pomost.ports.capability import Can, ShopCapabilities


def fit(change: Change, can: ShopCapabilities) -> Change | Finding:
    """The change as the shop can take it, or why it cannot. Never another change than was asked for (law 11)."""
    needed = _needed(change, can)
    return _trimmed(change, can) if needed else Finding.of(Reason.CANNOT_TAKE, why=needed.why.en or needed.ability)


def _needed(change: Change, can: ShopCapabilities) -> Can:  # noqa: C901, PLR0911  (one return per kind of change)
    match change:
        case Publish():
            return can.publish
        case Amend():
            return can.amend
        case SetStock():
            return can.stock
        case Withdraw():
            return can.withdraw
        case CreateBranch() | AmendBranch():
            return can.branches
        case PutSegment() | DropSegment():
            return can.segments
        case Assign() | Unassign():
            return can.customers
        case Acknowledge():
            return can.orders
        case SetStatus():
            return can.statuses
        case Put() | Drop() | Keep():
            return can.entries
        case RegisterOrder():
            return Can()  # documents are the ERP's: no shop ever takes one


def _trimmed(change: Change, can: ShopCapabilities) -> Change:
    match change:
        case Publish(offer=offer):
            return replace(change, offer=_offer(offer, can))
        case Amend(before=before, after=after):
            return replace(change, before=None if before is None else _offer(before, can), after=_offer(after, can))
        case SetStock(after=stock):
            return change if can.hide else replace(change, after=replace(stock, visible=None))
        case Assign(after=assignment):
            return change if can.segments else replace(change, after=replace(assignment, segment=None))
        case _:
            return change


def _offer(offer: Offer, can: ShopCapabilities) -> Offer:
    return offer if can.min_quantity else replace(offer, min_quantity=None)
