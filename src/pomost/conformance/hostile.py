"""Partners that misbehave on purpose, wrapped around a connector that behaves."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from datetime import timedelta
from enum import StrEnum
from itertools import islice

from pomost.model.branch import ShopBranch, Warehouse
from pomost.model.change import Change, RegisterOrder
from pomost.model.customer import CustomerCard, Segment
from pomost.model.order import DocumentRef, LineCard, Order, OrderDocument, OrderKey, OrderStatus, Progress
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.product import CatalogueProduct, Product
from pomost.model.reason import Finding, Reason
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Text
from pomost.model.totals import DocumentTotals
from pomost.model.unit import UnitTable
from pomost.ports.capability import ErpCapabilities, ShopCapabilities
from pomost.ports.checking import CheckStep
from pomost.ports.erp import Aspect, ErpAge, ErpConnector, Sighting
from pomost.ports.fault import Unavailable
from pomost.ports.shop import CataloguePage, CustomerPage, OrderPage, OrderQuery, ShelfItem, ShopConnector, Visit

ON_PURPOSE = Unavailable(Text("Przerwano celowo.", "Broken on purpose."), Text("Spróbuj ponownie.", "Try again."))


class Darkness(BaseException):
    """The power is gone: no `except Exception` may carry on after it, as none would in a dark room."""


class Moment(StrEnum):
    """When a send is cut: before a change leaves, after it took effect, or with the whole batch taken and unheard."""

    BEFORE = "before"
    AFTER = "after"
    UNHEARD = "unheard"


class WrappedShop:
    """A shop that behaves; the hostile ones change one thing about it."""

    def __init__(self, inner: ShopConnector) -> None:
        self.inner = inner

    @property
    def can(self) -> ShopCapabilities:
        return self.inner.can

    def visit(self, visit: Visit) -> AbstractContextManager[None]:
        return self.inner.visit(visit)

    def check(self) -> Iterator[CheckStep]:
        return self.inner.check()

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        return self.inner.choices(kind)

    def units(self) -> UnitTable:
        return self.inner.units()

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        return self.inner.catalogue(since)

    def find(self, eans: Sequence[str]) -> Iterator[CatalogueProduct]:
        return self.inner.find(eans)

    def shelf(self, only: Sequence[str] = (), lately: timedelta | None = None) -> Iterator[ShelfItem]:
        return self.inner.shelf(only, lately)

    def hidden(self, branch: str) -> AbstractSet[str]:
        return self.inner.hidden(branch)

    def account(self) -> str:
        return self.inner.account()

    def watermark(self, *, fresh: bool = False) -> str:
        return self.inner.watermark(fresh=fresh)

    def written(self, since: str) -> Iterator[ShelfItem]:
        return self.inner.written(since)

    def stocks_written(self, since: str, branches: Sequence[str]) -> Iterator[ShelfItem]:
        return self.inner.stocks_written(since, branches)

    def branches(self) -> Sequence[ShopBranch]:
        return self.inner.branches()

    def customers(self, since: str = "") -> Iterator[CustomerPage]:
        return self.inner.customers(since)

    def segments(self) -> Sequence[Segment]:
        return self.inner.segments()

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:
        return self.inner.orders(query)

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:
        return self.inner.order(order_id, permits=permits)

    def order_statuses(self) -> Sequence[OrderStatus]:
        return self.inner.order_statuses()

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        return self.inner.send(changes, attempt)

    def close(self) -> None:
        self.inner.close()


class WrappedErp:
    """An ERP that behaves; the hostile ones change one thing about it."""

    def __init__(self, inner: ErpConnector) -> None:
        self.inner = inner

    @property
    def can(self) -> ErpCapabilities:
        return self.inner.can

    def check(self) -> Iterator[CheckStep]:
        return self.inner.check()

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        return self.inner.choices(kind)

    def warehouses(self) -> Sequence[Warehouse]:
        return self.inner.warehouses()

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        return self.inner.scan(aspects)

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        return self.inner.products(keys)

    def find(self, text: str) -> Sequence[int]:
        return self.inner.find(text)

    def sight_customers(self) -> Iterator[tuple[int, bytes]]:
        return self.inner.sight_customers()

    def customers(self, keys: Sequence[int] | None = None) -> Iterator[CustomerCard]:
        return self.inner.customers(keys)

    def line_cards(self, symbols: Sequence[str], eans: Sequence[str]) -> Iterator[LineCard]:
        return self.inner.line_cards(symbols, eans)

    def find_orders(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        return self.inner.find_orders(keys)

    def progress(self, documents: Sequence[DocumentRef], *, committed: bool = False) -> Iterator[Progress]:
        return self.inner.progress(documents, committed=committed)

    def age(self) -> ErpAge:
        return self.inner.age()

    def send(self, changes: Sequence[RegisterOrder], attempt: str) -> Iterator[Outcome]:
        return self.inner.send(changes, attempt)

    def rehearse(self, changes: Sequence[RegisterOrder]) -> Iterator[Finding | DocumentTotals | None]:
        return self.inner.rehearse(changes)

    def close(self) -> None:
        self.inner.close()


class PowerCut(WrappedShop):
    """The power goes at the `at`-th change sent in this shop's life (counted from 0)."""

    def __init__(self, inner: ShopConnector, at: int, moment: Moment) -> None:
        super().__init__(inner)
        self.left = at
        self.moment = moment

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        outcomes = self.inner.send(changes, attempt)
        if self.left >= len(changes):
            self.left -= len(changes)
            yield from outcomes
            return
        if self.moment is Moment.UNHEARD:
            list(outcomes)
            raise Darkness
        yield from islice(outcomes, self.left)
        if self.moment is Moment.AFTER:
            next(outcomes)
        raise Darkness


class Breaking(WrappedShop):
    """The connection breaks at the `at`-th change: it took effect with `taken`, and nobody heard of it."""

    def __init__(self, inner: ShopConnector, at: int, *, taken: bool = False) -> None:
        super().__init__(inner)
        self.left = at
        self.taken = taken

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        outcomes = self.inner.send(changes, attempt)
        if self.left >= len(changes):
            self.left -= len(changes)
            yield from outcomes
            return
        yield from islice(outcomes, self.left)
        if self.taken:
            next(outcomes)
        raise ON_PURPOSE


class Forgetful(WrappedShop):
    """Says yes to everything and keeps nothing."""

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        return (Done(f"{attempt}/{place}") for place, _ in enumerate(changes))


class Refusing(WrappedShop):
    """Refuses changes of some products (of all, where none are named); with `retry` it only asks to come later."""

    def __init__(self, inner: ShopConnector, products: Collection[str] = (), *, retry: bool = False) -> None:
        super().__init__(inner)
        self.products = frozenset(products)
        self.retry = retry

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        good = [change for change in changes if not self._refused(change)]
        outcomes = self.inner.send(good, attempt) if good else iter(())
        reason = Finding.of(Reason.SHOP_LATER if self.retry else Reason.SHOP_REFUSED, code="on-purpose")
        for change in changes:
            yield Failed(reason, self.retry) if self._refused(change) else next(outcomes)

    def _refused(self, change: Change) -> bool:
        return not self.products or change.target.id in self.products


class HalfRead(WrappedErp):
    """The reading breaks off after `after` cards, and says so."""

    def __init__(self, inner: ErpConnector, after: int) -> None:
        super().__init__(inner)
        self.after = after

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        yield from islice(self.inner.scan(aspects), self.after)
        raise ON_PURPOSE


class Shrinking(WrappedErp):
    """The reading ends after `after` cards without a word; with `blind` cards asked for by key are missing too."""

    def __init__(self, inner: ErpConnector, after: int, *, blind: bool = False) -> None:
        super().__init__(inner)
        self.after = after
        self.blind = blind

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        return islice(self.inner.scan(aspects), self.after)

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        if not self.blind:
            return self.inner.products(keys)
        seen = {sighting[0] for sighting in self.scan(frozenset())}
        return self.inner.products([key for key in keys if key in seen])


class Empty(Shrinking):
    """A company without a single card: the wrong database, or one just emptied."""

    def __init__(self, inner: ErpConnector) -> None:
        super().__init__(inner, 0, blind=True)
