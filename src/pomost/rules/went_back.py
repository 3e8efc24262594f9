"""Our own store older than the shop (decision table 8.27): what shows it, and what is known once the shelf was read."""

from collections.abc import Iterable
from dataclasses import replace

from pomost.model.change import changed_terms
from pomost.model.known import OFFER_MARK, Known, stock_mark
from pomost.model.offer import Offer, Stock
from pomost.ports.shop import ShelfItem


def unexplained(item: ShelfItem, known: Known | None) -> bool:
    """Whether our key wrote this and we do not know of it. `item`: written by our key after our watermark.

    What is in doubt may have been written by a run that was cut off. Of a product nobody here knows only an offer
    counts: its stock may be another channel's.
    """
    if item.offer is not None and not (known is not None and known.offer_in_doubt) and _other_offer(item, known):
        return True
    return known is not None and any(_other_stock(stock, known) for stock in item.stocks)


def _other_offer(item: ShelfItem, known: Known | None) -> bool:
    if known is None:
        return True
    if item.active is None:
        return False  # a status nobody here knows tells nothing
    if item.active is not known.published:
        return True
    return item.active and known.offer is not None and item.offer is not None and _differ(item.offer, known.offer)


def _differ(shown: Offer, held: Offer) -> bool:
    """Terms of ours that are otherwise; a minimum or a price we never set is the panel's."""
    minimum = held.min_quantity if held.min_quantity is None else shown.min_quantity
    kind = shown.price_kind or held.price_kind
    return bool(changed_terms(replace(shown, min_quantity=minimum, price_kind=kind), held))


def _other_stock(stock: Stock, known: Known) -> bool:
    if not known.published or known.stock_in_doubt(stock.branch):
        return False
    held = known.stocks.get(stock.branch)
    return held is None or held.quantity != stock.quantity


def doubted(known: Known, branches: Iterable[str]) -> Known:
    """Nobody knows what the shop holds of it, in the branches it is known in nor in these."""
    places = frozenset(stock_mark(branch) for branch in (*known.branches, *branches))
    return replace(known, doubtful=known.doubtful | {OFFER_MARK} | places)


def as_shown(item: ShelfItem, known: Known, *, recalculated: bool | None, minimum: bool, hides: bool) -> Known:
    """What the shop was seen to hold of a product, in place of what was known; no doubt is left.

    `known`: what was known of it, or whose it is from now on. `recalculated`: of the offer that stands, None where it
    cannot be told. `minimum`: the settings set minimum quantities, so one that stands there may be ours. `hides`: they
    hide what is out of stock.
    """
    shown, held = item.offer, known.offer
    offer = None
    if shown is not None and recalculated is not None:
        ours = minimum or (held is not None and held.min_quantity is not None)
        offer = replace(shown, recalculated=recalculated, min_quantity=shown.min_quantity if ours else None)
    stocks = {stock.branch: _stock(stock, known.stocks.get(stock.branch), hides=hides) for stock in item.stocks}
    return replace(known, published=bool(item.active), offer=offer, stocks=stocks, doubtful=frozenset())


def _stock(shown: Stock, held: Stock | None, *, hides: bool) -> Stock:
    """`visible` tells who hid it: False is ours and comes back with the stock, None leaves the shop's as it is.

    Only a product that is out is hidden by us, so one hidden with pieces on the shelf was hidden by a person.
    """
    visible = None if held is None else held.visible
    if shown.visible is False:
        visible = False if hides and not shown.quantity else (None if shown.quantity else visible)
    elif shown.visible and visible is False:
        visible = True
    return replace(shown, visible=visible)
