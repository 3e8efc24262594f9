"""The shop's port: reading gives nouns, and the only way to write is `send`."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from pomost.model.branch import ShopBranch
from pomost.model.change import Change
from pomost.model.customer import Segment, ShopCustomer
from pomost.model.offer import Offer, Stock
from pomost.model.order import Order, OrderStatus
from pomost.model.outcome import Outcome
from pomost.model.product import CatalogueProduct
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.unit import UnitTable
from pomost.ports.capability import ShopCapabilities
from pomost.ports.checking import CheckStep


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """An offer as it stands in the shop now. `recalculated` of the offer is ours and not known to the shop.

    `active`: whether buyers may have it; None for a status nobody here knows.
    """

    product_id: str
    active: bool | None
    offer: Offer | None
    stocks: tuple[Stock, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """A piece of the catalogue.

    `unreadable`: ids of products the shop described in a way nobody can read; what was known of them stays.
    The last page has `complete` set and the `cursor` to give to the next reading.
    """

    products: tuple[CatalogueProduct, ...]
    unreadable: tuple[str, ...] = ()
    cursor: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """Which orders to read: those in `status` no document was told of yet, else all that changed.

    Changed since the cursor `since` of an earlier reading, or, for the first one, after the moment `after` (UTC).
    `permits`: with the buyer's alcohol permits and what the catalogue demands. `page`: of orders that wait, so many are
    wanted at once, so that they are fresh when they are used.
    """

    status: str = ""
    since: str = ""
    after: datetime | None = None
    permits: bool = False
    page: int = 100


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A piece of the orders asked for, with whatever was left out because nobody could read it.

    `unreadable`: id and number (or the id again). The last page has `complete` set, and the `cursor` for what changes
    from now on.
    """

    orders: tuple[Order, ...]
    unreadable: tuple[tuple[str, str], ...] = ()
    cursor: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A piece of the shop's list of customers.

    `gone`: ids the shop no longer lists; `unreadable`: ids described in a way nobody can read, whose known data stays.
    The last page has `complete` set and the `cursor` to give to the next reading.
    """

    customers: tuple[ShopCustomer, ...]
    gone: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    cursor: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class ClockBack:
    """The shop's clock shows an earlier moment than one it confirmed stock as of: it was set back, or once ahead."""

    confirmed: datetime
    shows: datetime


@dataclass(slots=True)
class Visit:
    """A run's stay at the shop.

    `heed` is called about once a second while a call waits for the shop to finish its work; what it raises ends the
    wait. `as_of`: the latest moment, by the shop's clock, that stock was confirmed as of, by an earlier run or by this
    one: a shop takes no stock that is older than what it holds. `clock_back`: told by the connector once it notices.
    """

    heed: Callable[[], None]
    as_of: datetime | None = None
    clock_back: ClockBack | None = None


class ShopConnector(Protocol):
    """A connected shop. Methods raise `ports.fault` kinds only; every fault carries a sentence and advice.

    The calls of one run are a visit: what is read of the shop's lists is asked for once and held until its end.
    Whoever asks without one is told what stands in the shop now.
    """

    @property
    def can(self) -> ShopCapabilities: ...

    def visit(self, visit: Visit) -> AbstractContextManager[None]:
        """Begin a visit; leaving it gives up what was held."""
        ...

    def check(self) -> Iterator[CheckStep]:
        """Try the connection step by step; a step that fails is the last one yielded. Never raises a fault."""
        ...

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        """A list for settings. Raises Unsupported for a kind this shop does not know."""
        ...

    def units(self) -> UnitTable:
        """The shop's unit types."""
        ...

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        """What the shop lists, page by page; with `since` (a cursor from before) only what changed, deletions too.

        A product may come twice: the later one counts. The last page has `complete` set; a reading that ends
        without it raised a fault.
        """
        ...

    def find(self, eans: Sequence[str]) -> Iterator[CatalogueProduct]:
        """What the shop lists under these codes now, asked by code and not by leafing through the catalogue.

        A reading may lose a page: a product it missed is asked for here before anybody takes it for gone.
        """
        ...

    def shelf(self, only: Sequence[str] = (), lately: timedelta | None = None) -> Iterator[ShelfItem]:
        """Offers as they stand now, if `can.shelf`: the base of the drift audit and of reading a sample back.

        With `only` just these products, and their stock may be left out. With `lately` too, whatever stock of theirs
        was written so short a while ago is told.
        """
        ...

    def hidden(self, branch: str) -> AbstractSet[str]:
        """Products buyers do not see in a branch though they are in its stock, whoever hid them, if `can.hide`."""
        ...

    def account(self) -> str:
        """Whose offers these are, in the shop's own words; two channels of one account write to one shelf."""
        ...

    def watermark(self, *, fresh: bool = False) -> str:
        """The shop's own time now, if `can.written`, as `written` takes it. `fresh`: asked now, not reckoned."""
        ...

    def written(self, since: str) -> Iterator[ShelfItem]:
        """Offers our own key wrote after `since`, a watermark, and no person since; without their stock.

        A shop whose clock stands before `since` tells nothing. Needs `can.written`.
        """
        ...

    def stocks_written(self, since: str, branches: Sequence[str]) -> Iterator[ShelfItem]:
        """Stock in these branches that our own key sent with a time after `since`: items without an offer.

        A quantity a person has changed meanwhile is as it is now. As `written` otherwise.
        """
        ...

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:
        """Orders page by page, in the order of their last change, the oldest first; needs `can.orders`.

        An order may come twice. The next page is asked for only when the one before was dealt with. The last page has
        `complete` set; a reading that ends without it raised a fault.
        """
        ...

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:
        """One order as it is now; None where the shop has none. Raises Rejected where it cannot be read."""
        ...

    def order_statuses(self) -> Sequence[OrderStatus]:
        """The shop's statuses of orders, and which may follow which; never hard-coded."""

    def branches(self) -> Sequence[ShopBranch]:
        """All branches as they stand now, if `can.branches`."""
        ...

    def customers(self, since: str = "") -> Iterator[CustomerPage]:
        """The shop's customers page by page, if `can.customers`; with `since` only what changed, deletions too.

        A customer may come twice: the later one counts. The last page has `complete` set; a reading that ends without
        it raised a fault.
        """
        ...

    def segments(self) -> Sequence[Segment]:
        """The whole tree of segments as it stands now, ours or not, if `can.segments`."""
        ...

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        """Apply changes: one outcome per change, in order, as soon as it is known.

        A bad item is an outcome, never an exception. Raising means: this and the remaining changes have no outcome,
        and whether they took effect is not known. Repeating a done change does no harm. Only changes that `can`
        allows, at most `can.batch` at once. `attempt` names this very attempt: it becomes the idempotency key, so a
        new attempt with equal content is a new request.
        """
        ...

    def close(self) -> None:
        """Give back connections."""
        ...
