"""What the ledger knows the shop to hold for us, product by product."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pomost.model.change import Amend, OfferChange, Publish, SetStock, Withdraw
from pomost.model.offer import Offer, Stock


@dataclass(frozen=True, slots=True)
class Known:
    """Confirmed content of one product of the shop.

    `offer` None: published, but the terms are not known (in doubt, or forgotten by a forced run).
    `owned` False: the offer was made by somebody else; it may get stock but is never withdrawn.
    `doubtful`: marks (`doubts`) of what was sent without an answer; it is sent again whatever its content. Among them
    are marks (`hiding`) of branches where the product may have been hidden by that.
    """

    product_id: str
    key: int
    symbol: str
    published: bool
    offer: Offer | None
    stocks: Mapping[str, Stock] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    held: bool = False
    owned: bool = True

    @property
    def branches(self) -> tuple[str, ...]:
        """Branches the shop holds stock in, or may hold it in."""
        doubtful = {mark.removeprefix(_STOCK) for mark in self.doubtful if mark.startswith(_STOCK)}
        return tuple(sorted({*self.stocks, *doubtful}))

    @property
    def offer_in_doubt(self) -> bool:
        return OFFER_MARK in self.doubtful

    def stock_in_doubt(self, branch: str) -> bool:
        return stock_mark(branch) in self.doubtful

    def hides(self, branch: str) -> bool:
        """Whether we took the product out of a branch's sight, or may have: it is ours to show again."""
        held = self.stocks.get(branch)
        return (held is not None and held.visible is False) or _hide_mark(branch) in self.doubtful


OFFER_MARK, _STOCK, _HIDE = "offer", "stock:", "hide:"


def stock_mark(branch: str) -> str:
    return f"{_STOCK}{branch}"


def _hide_mark(branch: str) -> str:
    return f"{_HIDE}{branch}"


def doubts(change: OfferChange) -> frozenset[str]:
    """Marks of what is not known any more while a change is on its way."""
    match change:
        case Publish() | Amend():
            return frozenset({OFFER_MARK})
        case SetStock(after=after):
            return frozenset({stock_mark(after.branch)})
        case Withdraw(branches=branches):
            return frozenset({OFFER_MARK, *(stock_mark(branch) for branch in branches)})


def hiding(change: OfferChange) -> frozenset[str]:
    """Marks of products a change takes out of sight: once it left, it may be us who hid them."""
    match change:
        case SetStock(after=Stock(branch=branch, visible=False)):
            return frozenset({_hide_mark(branch)})
        case _:
            return frozenset()


def shown_as(held: Stock | None, stock: Stock) -> Stock:
    """A stock once it is confirmed: an absent `visible` left the shop's own value alone, so ours stays what it was."""
    if stock.visible is not None or held is None or held.visible is None:
        return stock
    return replace(stock, visible=held.visible)


def after(known: Known | None, change: OfferChange) -> Known:
    """What the shop holds once it confirmed a change; doubts about the change's own marks are gone."""
    target = change.target
    base = known or Known(target.product_id, target.key, target.symbol, published=False, offer=None)
    sure = replace(base, key=target.key, symbol=target.symbol, doubtful=base.doubtful - doubts(change))
    match change:
        case Publish(offer=offer):
            return replace(sure, published=True, offer=offer, owned=True)
        case Amend(after=offer):
            return replace(sure, published=True, offer=offer)
        case SetStock(after=stock):
            now = shown_as(base.stocks.get(stock.branch), stock)
            left = sure.doubtful - {_hide_mark(stock.branch)}
            return replace(sure, doubtful=left, stocks={**base.stocks, stock.branch: now})
        case Withdraw(branches=branches, basis=basis):
            held = {name: stock for name, stock in base.stocks.items() if name in branches}
            zeroed = {name: replace(stock, quantity=0, basis=basis or stock.basis) for name, stock in held.items()}
            return replace(sure, published=False, stocks={**base.stocks, **zeroed})
