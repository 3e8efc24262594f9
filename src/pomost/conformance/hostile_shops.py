"""Shops that misbehave on purpose: in what they keep, in what they answer, and in what they show."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from pomost.conformance.hostile import ON_PURPOSE, WrappedShop
from pomost.model.change import Amend, Change, Publish, SetStock
from pomost.model.offer import Offer
from pomost.model.outcome import Done, Outcome
from pomost.ports.shop import CataloguePage, ShelfItem, ShopConnector


class PartlyForgetful(WrappedShop):
    """Says yes to everything, and keeps nothing of some products; what it was told of is in `forgotten`."""

    def __init__(self, inner: ShopConnector, products: Collection[str]) -> None:
        super().__init__(inner)
        self.products = frozenset(products)
        self.forgotten: list[Change] = []

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        kept = [change for change in changes if change.target.id not in self.products]
        outcomes = self.inner.send(kept, attempt) if kept else iter(())
        for change in changes:
            if change.target.id in self.products:
                self.forgotten.append(change)
                yield Done(f"{attempt}/forgotten")
            else:
                yield next(outcomes)


class Lagging(WrappedShop):
    """Does what it is asked, and answers with what it should have answered to the request before."""

    def __init__(self, inner: ShopConnector) -> None:
        super().__init__(inner)
        self.previous: list[Outcome] = []

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        previous, self.previous = self.previous, list(self.inner.send(changes, attempt))
        return iter(previous)


class Curt(WrappedShop):
    """Answers the first part of a batch and then ends as if that were all; the whole batch took effect."""

    def __init__(self, inner: ShopConnector, after: int) -> None:
        super().__init__(inner)
        self.after = after

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        return islice(iter(list(self.inner.send(changes, attempt))), self.after)


class Chatty(WrappedShop):
    """Answers more changes than it was asked, as one does that answers somebody else; nothing took effect."""

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        return (Done(f"{attempt}/{place}") for place in range(len(changes) + 1))


class Rounding(WrappedShop):
    """Keeps prices in steps of its own, and no more pieces than `most`."""

    def __init__(self, inner: ShopConnector, step: Decimal = Decimal("0.10"), most: int = 10**9) -> None:
        super().__init__(inner)
        self.step = step
        self.most = most

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        return self.inner.send([self._in_its_way(change) for change in changes], attempt)

    def _in_its_way(self, change: Change) -> Change:
        match change:
            case Publish(offer=offer):
                return replace(change, offer=self._rounded(offer))
            case Amend(after=after):
                return replace(change, after=self._rounded(after))
            case SetStock(after=stock):
                return replace(change, after=replace(stock, quantity=min(stock.quantity, self.most)))
            case _:
                return change

    def _rounded(self, offer: Offer) -> Offer:
        if offer.price is None:
            return offer
        steps = (offer.price / self.step).to_integral_value(ROUND_HALF_UP)
        return replace(offer, price=(steps * self.step).quantize(Decimal("0.01")))


class LosingPage(WrappedShop):
    """A page of the catalogue is missing in every reading, and nothing tells so; pages are counted from 0."""

    def __init__(self, inner: ShopConnector, page: int = 0) -> None:
        super().__init__(inner)
        self.page = page

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        for place, page in enumerate(self.inner.catalogue(since)):
            if page.complete or place != self.page:
                yield page


class RepeatingPages(WrappedShop):
    """Every page of the catalogue comes twice."""

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        for page in self.inner.catalogue(since):
            if not page.complete:
                yield page
            yield page


class Unreadable(WrappedShop):
    """Takes changes, and shows nobody what it made of them."""

    def shelf(self, only: Sequence[str] = (), lately: timedelta | None = None) -> Iterator[ShelfItem]:  # noqa: ARG002
        raise ON_PURPOSE
