"""Stock as it can be sent: without branches the shop lacks, and without taking from it what it hides by itself."""

from collections.abc import Sequence
from dataclasses import replace

from pomost.model.known import Known
from pomost.model.offer import Stock
from pomost.model.reason import Finding, Reason
from pomost.ports.fault import Forbidden
from pomost.rules.availability import hides_first
from pomost.runs.channel import Channel


def stock_to_send(
    channel: Channel, lacks: frozenset[str], product_id: str, stocks: Sequence[Stock], known: Known | None
) -> tuple[tuple[Stock, ...], tuple[Finding, ...]]:
    """The stock of one product, and what of it is left undone. Asks the shop what it hides before we hide anything.

    A branch the shop lacks stops nothing but its own stock (decision table 8.26). What somebody has hidden by hand
    stays hidden when stock returns (8.21); a key that may not look hides nothing.
    """
    found: list[Stock] = []
    undone: dict[Finding, None] = {}
    for stock in stocks:
        if stock.branch in lacks:
            continue
        theirs = False
        if channel.shop.can.hide and hides_first(stock, known):
            try:
                theirs = product_id in channel.shop.hidden(stock.branch)
            except Forbidden as fault:
                theirs, undone[Finding.of(Reason.SHOP_FORBIDDEN, detail=fault.detail)] = True, None
        found.append(replace(stock, visible=None) if theirs else stock)
    return tuple(found), tuple(undone)
