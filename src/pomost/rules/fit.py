"""What a shop cannot take is dropped or made smaller here, in one place, and said so."""

from dataclasses import replace

from pomost.model.change import Amend, Change, Publish, SetStock, Withdraw
from pomost.model.offer import Offer
from pomost.model.reason import Finding, Reason
from pomost.ports.capability import Can, ShopCapabilities


def fit(change: Change, can: ShopCapabilities) -> Change | Finding:
    """The change as the shop can take it, or why it cannot. Never another change than was asked for (law 11)."""
    match change:
        case Publish(offer=offer):
            fitted = change if can.min_quantity else replace(change, offer=_offer(offer))
            return fitted if can.publish else _refusal(can.publish)
        case Amend(before=before, after=after):
            if not can.min_quantity:
                change = replace(change, before=None if before is None else _offer(before), after=_offer(after))
            return change if can.amend else _refusal(can.amend)
        case SetStock(after=after):
            if not can.stock:
                return _refusal(can.stock)
            return change if can.hide else replace(change, after=replace(after, visible=None))
        case Withdraw():
            return change if can.withdraw else _refusal(can.withdraw)


def _offer(offer: Offer) -> Offer:
    return replace(offer, min_quantity=None)


def _refusal(can: Can) -> Finding:
    return Finding.of(Reason.CANNOT_TAKE, why=can.why.en or can.ability)
