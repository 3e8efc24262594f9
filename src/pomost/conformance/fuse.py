"""A fuse on both sides at once: at the n-th step anything may go wrong, before it took effect or after."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from pomost.conformance.hostile import ON_PURPOSE, Darkness, WrappedErp, WrappedShop
from pomost.model.change import Change, RegisterOrder
from pomost.model.order import DocumentRef, LineCard, Order, OrderDocument, OrderKey, Progress
from pomost.model.outcome import Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.ports.erp import ErpConnector
from pomost.ports.shop import OrderPage, OrderQuery, ShopConnector


class Trouble(StrEnum):
    """What goes wrong at a step."""

    DARK_BEFORE = "the power goes before it"
    DARK_AFTER = "the power goes after it took effect"
    BROKEN_BEFORE = "the connection breaks before it"
    BROKEN_AFTER = "it takes effect, and the answer is a timeout"
    SAID_LATER = "it takes effect, and the answer is: later"
    TWICE = "it is sent twice, and the second answer is the one heard"


class Fuse:
    """Counts the steps of both sides in the order they are taken; `blows` says at which of them what goes wrong."""

    def __init__(self, blows: Mapping[int, Trouble] | None = None) -> None:
        self.blows = dict(blows or {})
        self.steps = 0

    def trouble(self) -> Trouble | None:
        """The next step's trouble, if it has one."""
        self.steps += 1
        return self.blows.get(self.steps - 1)

    def ask(self) -> None:
        """A step that only reads: it can fail, and changes nothing."""
        match self.trouble():
            case Trouble.DARK_BEFORE | Trouble.DARK_AFTER:
                raise Darkness
            case Trouble.BROKEN_BEFORE | Trouble.BROKEN_AFTER | Trouble.SAID_LATER:
                raise ON_PURPOSE

    def send(self, inner: "ShopConnector | ErpConnector", changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        """Send changes one by one, each a step of its own."""
        for place, change in enumerate(changes):
            trouble = self.trouble()
            if trouble is Trouble.DARK_BEFORE:
                raise Darkness
            if trouble is Trouble.BROKEN_BEFORE:
                raise ON_PURPOSE
            times = 2 if trouble is Trouble.TWICE else 1
            # An attempt per change, because the inner one answers a known attempt from memory.
            outcomes = [one for time in range(times) for one in inner.send([change], f"{attempt}/{place}/{time}")]  # type: ignore[list-item]
            if trouble is Trouble.DARK_AFTER:
                raise Darkness
            if trouble is Trouble.BROKEN_AFTER:
                raise ON_PURPOSE
            if trouble is Trouble.SAID_LATER:
                yield Failed(Finding.of(Reason.ERP_LATER, detail="on purpose"), retry=True)
            else:
                yield outcomes[-1]


class FusedShop(WrappedShop):
    """A shop on a fuse."""

    def __init__(self, inner: ShopConnector, fuse: Fuse) -> None:
        super().__init__(inner)
        self.fuse = fuse

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:
        for page in self.inner.orders(query):
            self.fuse.ask()
            yield page

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:
        self.fuse.ask()
        return self.inner.order(order_id, permits=permits)

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        return self.fuse.send(self.inner, changes, attempt)


class FusedErp(WrappedErp):
    """An ERP on a fuse."""

    def __init__(self, inner: ErpConnector, fuse: Fuse) -> None:
        super().__init__(inner)
        self.fuse = fuse

    def line_cards(self, symbols: Sequence[str], eans: Sequence[str]) -> Iterator[LineCard]:
        self.fuse.ask()
        return self.inner.line_cards(symbols, eans)

    def find_orders(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        self.fuse.ask()
        return self.inner.find_orders(keys)

    def progress(self, documents: Sequence[DocumentRef], *, committed: bool = False) -> Iterator[Progress]:
        self.fuse.ask()
        return self.inner.progress(documents, committed=committed)

    def send(self, changes: Sequence[RegisterOrder], attempt: str) -> Iterator[Outcome]:
        return self.fuse.send(self.inner, changes, attempt)
