"""The extended log of tab Inne: what was given to the shop, told to the channel's Info log if settings ask for it."""

from collections.abc import Sequence

import structlog

from pomost.model.change import Amend, Assign, Change, Publish, SetStock, Unassign, Withdraw
from pomost.model.offer import Offer
from pomost.model.other import OtherPolicy
from pomost.model.outcome import Done, Outcome

INFO_LOG = "pomost.info"


def tell_sent(channel: str, policy: OtherPolicy, outcomes: Sequence[tuple[Change, Outcome]]) -> None:
    """Prices, stock and assignments the shop has just taken."""
    if not (policy.log_products or policy.log_customers):
        return
    log = structlog.get_logger(f"{INFO_LOG}.{channel}")
    for change, outcome in outcomes:
        if not isinstance(outcome, Done):
            continue
        match change:
            case Publish(offer=offer) | Amend(after=offer) if policy.log_products:
                log.info("price sent", symbol=change.target.symbol, price=_price(offer), unit=str(offer.unit))
            case SetStock(after=stock) if policy.log_products:
                told = {"symbol": change.target.symbol, "branch": stock.branch, "quantity": stock.quantity}
                log.info("stock sent", **told, kind=str(stock.basis))
            case Withdraw() if policy.log_products:
                log.info("product withdrawn", symbol=change.target.symbol)
            case Assign(after=wanted) if policy.log_customers:
                told = {"nip": _nip(change), "customer": change.target.id, "branch": wanted.branch}
                log.info("customer assigned", **told, segment=wanted.segment)
            case Unassign() if policy.log_customers:
                log.info("assignment taken back", nip=_nip(change), customer=change.target.id)
            case _:
                pass


def tell_recognised(channel: str, policy: OtherPolicy, found: Sequence[tuple[str, str, int | None]]) -> None:
    """Customers of the shop (masked tax number, id) and the cards they are recognised as from now on, None for none."""
    if not policy.log_customers:
        return
    log = structlog.get_logger(f"{INFO_LOG}.{channel}")
    for nip, ident, key in found:
        if key is None:
            log.info("customer no longer recognised", nip=nip, customer=ident)
        else:
            log.info("customer recognised", nip=nip, customer=ident, erp_customer=key)


def _price(offer: Offer) -> str:
    return "" if offer.price is None else f"{offer.price} {offer.currency} {offer.price_kind}"


def _nip(change: Assign | Unassign) -> str:
    """The masked number a customer's label begins with."""
    return change.target.label.partition(" ")[0]
