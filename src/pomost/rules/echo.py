"""Whether the shop shows what it confirmed: one change held against one offer as it stands on the shelf."""

from dataclasses import dataclass, replace

from pomost.model.change import Amend, OfferChange, Publish, SetStock, Withdraw, changed_terms
from pomost.model.offer import Offer
from pomost.model.reason import Finding, Reason
from pomost.ports.shop import ShelfItem

_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A confirmed change the shelf does not show.

    `lost`: the shop kept nothing of it, so it has to be sent again; otherwise it kept something of its own making, and
    would do so again. `held`: the change that says what the shop holds instead, None where nobody knows.
    """

    finding: Finding
    lost: bool
    held: OfferChange | None = None


def misfit(change: OfferChange, item: ShelfItem | None) -> Misfit | None:
    """What is wrong with the echo of a change; None where the shelf shows it. `item` None: the shop shows no offer.

    Only terms that travelled are compared. What stands as it stood before was lost; what is neither the old nor the new
    is the shop's own way (it rounds, it cuts off), and sending it again would never end.
    """
    match change:
        case Withdraw():
            return lost(change, _NOTHING if item.offer is None else item.offer.sku) if item and item.active else None
        case SetStock():
            return _stock(change, item)
        case Publish(offer=offer) | Amend(after=offer):
            if item is None or item.active is False or item.offer is None:
                return replace(lost(change), held=Withdraw(change.target, None, ()))
            return _terms(change, offer, item.offer)


def lost(change: OfferChange, shown: str = _NOTHING) -> Misfit:
    """A change of which the shop kept nothing: it holds what it held before."""
    held: OfferChange | None = None
    sent = _NOTHING
    match change:
        case Publish(target=target, offer=offer):
            held, sent = Withdraw(target, None, ()), _brief(offer)
        case Amend(target=target, before=before, after=after):
            held, sent = None if before is None else Amend(target, None, before), _brief(after)
        case SetStock(target=target, before=was, after=now):
            # Sent again because of a doubt: what was held before is what is wanted, and tells nothing.
            known = was is not None and was.quantity != now.quantity
            held, sent = SetStock(target, None, was) if was and known else None, _told(now.branch, now.quantity)
        case Withdraw(target=target, before=before):
            held = None if before is None else Publish(target, before)
    return Misfit(Finding.of(Reason.NOT_KEPT, sent=sent, shown=shown), lost=True, held=held)


def _terms(change: Publish | Amend, wanted: Offer, shown: Offer) -> Misfit | None:
    travelled = change.terms if isinstance(change, Amend) else changed_terms(None, wanted)
    if shown.price is not None and shown.price_kind is None:
        shown = replace(shown, price_kind=wanted.price_kind)  # a kind we do not know is no other kind
    wrong = changed_terms(shown, wanted) & travelled
    if not wrong:
        return None
    before = change.before if isinstance(change, Amend) else None
    if before is not None and not changed_terms(before, shown) & wrong:
        return lost(change, _brief(shown))
    return _otherwise(_brief(wanted), _brief(shown))


def _stock(change: SetStock, item: ShelfItem | None) -> Misfit | None:
    before, wanted = change.before, change.after
    shown = next((one for one in item.stocks if one.branch == wanted.branch), None) if item else None
    if shown is None:
        return lost(change)
    if shown.quantity == wanted.quantity:
        hidden = wanted.visible is not None and shown.visible is not None and shown.visible != wanted.visible
        return replace(lost(change, _told(shown.branch, shown.quantity)), held=None) if hidden else None
    if before is None or before.quantity == shown.quantity:
        # What buyers see is for the shop to say; whether it was us who hid it is not.
        held = SetStock(change.target, None, replace(shown, visible=None))
        return replace(lost(change, _told(shown.branch, shown.quantity)), held=held)
    return _otherwise(_told(wanted.branch, wanted.quantity), _told(shown.branch, shown.quantity))


def _otherwise(sent: str, shown: str) -> Misfit:
    return Misfit(Finding.of(Reason.KEPT_OTHERWISE, sent=sent, shown=shown), lost=False)


def _brief(offer: Offer) -> str:
    price = "" if offer.price is None else f", {offer.price} {offer.currency or ''}".rstrip()
    minimum = "" if offer.min_quantity is None else f", min. {offer.min_quantity}"
    return f"{offer.sku}, {offer.unit}{price}, VAT {offer.vat}{minimum}"


def _told(branch: str, quantity: int) -> str:
    return f"{branch}: {quantity}"
