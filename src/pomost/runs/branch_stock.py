"""Stock as it can be sent: without branches the shop lacks, and without taking from it what it hides by itself."""

from collections.abc import Sequence
from dataclasses import replace

from pomost.model.known import Known
from pomost.model.offer import Stock
from pomost.rules.availability import hides_first
from pomost.runs.channel import Channel


def sendable(
    channel: Channel, lacks: frozenset[str], product_id: str, stocks: Sequence[Stock], known: Known | None
) -> tuple[Stock, ...]:
    """The stock of one product. Asks the shop what it hides, where we are about to hide something for the first time.

    A branch the shop lacks stops nothing but its own stock (decision table 8.26). What somebody has hidden by hand
    stays hidden when stock returns (8.21).
    """
    found: list[Stock] = []
    for stock in stocks:
        if stock.branch in lacks:
            continue
        first = channel.shop.can.hide and hides_first(stock, known)
        theirs = bool(first) and product_id in channel.shop.hidden(stock.branch)
        found.append(replace(stock, visible=None) if theirs else stock)
    return tuple(found)
