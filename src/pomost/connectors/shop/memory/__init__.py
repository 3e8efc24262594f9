"""A shop in memory: the smallest complete connector, as strict about what it takes as a real service."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pomost.connectors.shop.memory.orders import Orders
from pomost.connectors.shop.memory.parties import Parties
from pomost.model.branch import ShopBranch
from pomost.model.change import (
    Acknowledge,
    Amend,
    Change,
    Drop,
    DropSegment,
    Keep,
    OfferChange,
    Publish,
    Put,
    RegisterOrder,
    SetStatus,
    SetStock,
    Withdraw,
)
from pomost.model.customer import Segment
from pomost.model.known import Known, after
from pomost.model.offer import Offer
from pomost.model.order import Order, OrderStatus
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason
from pomost.model.setting import Choice, ChoiceKind, setting
from pomost.model.text import Text, alike
from pomost.model.unit import UnitTable, UnitType
from pomost.ports.capability import ShopCapabilities, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ShopDescriptor
from pomost.ports.fault import Unsupported
from pomost.ports.shop import CataloguePage, CustomerPage, OrderPage, OrderQuery, ShelfItem, Visit

_DOCUMENTS = (
    Text("Dokumenty należą do ERP.", "Documents belong to the ERP."),
    Text("Wyślij je do ERP.", "Send them to the ERP."),
)
_ENTRIES = (
    Text("Ten sklep nie prowadzi wpisów.", "This shop keeps no entries."),
    Text("Zgłoś to twórcom Pomostu.", "Report it to the makers of Pomost."),
)
_CAN = ShopCapabilities(
    publish=yes(),
    amend=yes(),
    withdraw=yes(),
    stock=yes(),
    hide=yes(),
    min_quantity=yes(),
    shelf=yes(),
    written=yes(),
    catalogue_changes=yes(),
    branches=yes(),
    customers=yes(),
    segments=yes(),
    orders=yes(),
    statuses=yes(),
    vat_rates=frozenset({"23", "8", "5", "0", "zw", "np", "oo"}),
    batch=25,
)
UNITS = UnitTable(
    (
        UnitType("PCE", "Sztuka", default=True),
        UnitType("CT", "Karton"),
        UnitType("B", "Keg"),
        UnitType("CR", "Skrzynka"),
        UnitType("PU", "Zgrzewka"),
    )
)


@dataclass(frozen=True, slots=True)
class MemoryShopSettings:
    """Which shop in memory to open."""

    shop: str = setting(Text("Sklep", "Shop"), Text("Nazwa sklepu w pamięci.", "Its name."), default="memory")


@dataclass(slots=True)
class MemoryShop:
    """What the shop lists and holds. `refuses`: ids of products and customers it never takes changes of.

    `names`: branches it has from the beginning, names by id; `log`: every change that took effect.
    """

    listed: dict[str, CatalogueProduct] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    parties: Parties = field(default_factory=Parties)
    held: dict[str, Known] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)
    log: list[Change] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    answered: dict[str, list[Outcome]] = field(default_factory=dict)
    basket: Orders = field(default_factory=Orders)
    can: ShopCapabilities = _CAN

    def __post_init__(self) -> None:
        self.parties.branches |= {ident: ShopBranch(ident, name) for ident, name in self.names.items()}

    def list_products(self, *products: CatalogueProduct) -> None:
        self.listed |= {product.id: product for product in products}
        self.moved += [product.id for product in products]

    def visit(self, visit: Visit) -> AbstractContextManager[None]:  # noqa: ARG002  (nothing is waited for or held)
        return nullcontext()

    def check(self) -> Iterator[CheckStep]:
        yield CheckStep(Text("Pamięć", "Memory"), passed=True, found=Text(str(len(self.listed)), str(len(self.listed))))

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        match kind:
            case ChoiceKind.BRANCHES:
                return [Choice(one.id, one.name) for one in self.branches()]
            case ChoiceKind.REGIONS:
                return [Choice("mazowieckie", "Mazowieckie"), Choice("slaskie", "Śląskie")]
            case ChoiceKind.UNIT_TYPES:
                return [Choice(row.symbol, row.name) for row in UNITS.types]
            case ChoiceKind.ORDER_STATUSES:
                return [Choice(row.code, row.name) for row in self.basket.statuses]
            case _:
                unknown = Text("Nie ma listy {kind}.", "There is no list {kind}.").fill(kind=kind)
                raise Unsupported(unknown, Text("Wybierz inną listę.", "Choose another list."))

    def units(self) -> UnitTable:
        return UNITS

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        ids = self.moved[int(since) :] if since else list(self.listed)
        for start in range(0, len(ids), 100):
            yield CataloguePage(tuple(self.listed[one] for one in ids[start : start + 100]))
        yield CataloguePage((), cursor=str(len(self.moved)), complete=True)

    def find(self, eans: Sequence[str]) -> Iterator[CatalogueProduct]:
        wanted = set(eans)
        return (one for one in self.listed.values() if one.ean in wanted and not one.deleted)

    def shelf(self, only: Sequence[str] = (), lately: timedelta | None = None) -> Iterator[ShelfItem]:  # noqa: ARG002
        """Stock is always told, whenever it was written."""
        for product_id in sorted(only or self.held):
            if product_id in self.held:
                one = self.held[product_id]
                stocks = tuple(one.stocks[branch] for branch in sorted(one.stocks))
                yield ShelfItem(product_id, one.published, one.offer, stocks)

    def hidden(self, branch: str) -> AbstractSet[str]:
        stocks = {one.product_id: one.stocks.get(branch) for one in self.held.values()}
        return {product_id for product_id, stock in stocks.items() if stock is not None and stock.visible is False}

    def account(self) -> str:
        return "memory"

    def watermark(self, *, fresh: bool = False) -> str:  # noqa: ARG002
        """Time here is how many changes took effect so far."""
        return str(len(self.log))

    def written(self, since: str) -> Iterator[ShelfItem]:
        """What a person changes is not in the log."""
        lately = [one for one in self.log[int(since) :] if isinstance(one, Publish | Amend | Withdraw)]
        for product_id in dict.fromkeys(one.target.product_id for one in lately):
            held = self.held.get(product_id)  # a product that left the catalogue has taken its offer along
            if held is not None:
                yield ShelfItem(product_id, held.published, held.offer, ())

    def stocks_written(self, since: str, branches: Sequence[str]) -> Iterator[ShelfItem]:
        lately = [one for one in self.log[int(since) :] if isinstance(one, SetStock) and one.after.branch in branches]
        for product_id, branch in dict.fromkeys((one.target.product_id, one.after.branch) for one in lately):
            if product_id in self.held and branch in self.held[product_id].stocks:
                yield ShelfItem(product_id, None, None, (self.held[product_id].stocks[branch],))

    def branches(self) -> Sequence[ShopBranch]:
        return list(self.parties.branches.values())

    def customers(self, since: str = "") -> Iterator[CustomerPage]:
        held, moved = self.parties.customers, self.parties.moved
        ids = dict.fromkeys(moved[int(since) :] if since else held)
        gone = tuple(one for one in ids if one not in held)
        for start in range(0, len(ids), 100):
            yield CustomerPage(tuple(held[one] for one in list(ids)[start : start + 100] if one in held))
        yield CustomerPage((), gone, cursor=str(len(moved)), complete=True)

    def segments(self) -> Sequence[Segment]:
        return list(self.parties.segments.values())

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:
        return self.basket.pages(query)

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:
        return self.basket.one(order_id, permits=permits)

    def order_statuses(self) -> Sequence[OrderStatus]:
        return self.basket.statuses

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        """The same attempt again gets the first answer again, as an idempotency key asks for."""
        answers = self.answered.setdefault(attempt, [])
        for place, change in enumerate(changes):
            if place >= len(answers):
                answers.append(self._take(change))
            yield answers[place]

    def close(self) -> None:
        """Nothing to give back."""

    def _take(self, change: Change) -> Outcome:
        if isinstance(change, Acknowledge):
            return self.basket.acknowledge(change)
        if isinstance(change, SetStatus):
            return self.basket.change_status(change)
        if isinstance(change, RegisterOrder):
            raise Unsupported(*_DOCUMENTS)
        if isinstance(change, Put | Drop | Keep):
            raise Unsupported(*_ENTRIES)
        if not isinstance(change, Publish | Amend | SetStock | Withdraw):
            code = "refused" if change.target.id in self.refuses else self.parties.take(change)
            if code == "segment-in-use" and isinstance(change, DropSegment):
                return Skipped(Finding.of(Reason.SEGMENT_IN_USE, segment=change.segment.name))
            if code:
                return _refused(code)
            self.log.append(change)
            return Done(str(len(self.log)))
        return self._offer(change)

    def _offer(self, change: OfferChange) -> Outcome:
        product = self.listed.get(change.target.product_id)
        if product is None or product.deleted:
            return Done("gone") if isinstance(change, Withdraw) else _refused("product-unknown")
        if product.id in self.refuses:
            return _refused("refused")
        wrong = _wrong(change, product, [one.id for one in self.branches()])
        if wrong:
            return _refused(wrong)
        held = self.held.get(product.id)
        if held is None and not isinstance(change, Publish | SetStock):
            held = Known(product.id, change.target.key, change.target.symbol, published=False, offer=None)
        self.held[product.id] = _merged(held, change)
        self.log.append(change)
        return Done(str(len(self.log)))


def _wrong(change: OfferChange, product: CatalogueProduct, branches: Sequence[str]) -> str:
    match change:
        case Publish(offer=offer) | Amend(after=offer):
            packs = {(unit.type, unit.multiplier) for unit in product.units}
            if (offer.unit.type, offer.unit.multiplier) not in packs:
                return "sales-unit-not-offered"
            return "validation-failed" if offer.price is not None and offer.price < 0 else ""
        case SetStock(after=stock):
            known = {alike(branch) for branch in branches}
            return "" if alike(stock.branch) in known and stock.quantity >= 0 else "validation-failed"
        case Withdraw():
            return ""


def _merged(held: Known | None, change: OfferChange) -> Known:
    """As `after`, but what does not travel stays as the shop has it, and a withdrawal zeroes every branch."""
    match change:
        case Publish(offer=offer) | Amend(after=offer):
            before = None if held is None else held.offer
            kept = after(held, change)
            # An amendment alone does not bring a withdrawn product back.
            standing = isinstance(change, Publish) or change.again or (held is not None and held.published)
            return replace(kept, offer=_with_kept_price(before, offer), published=standing)
        case Withdraw():
            done = after(held, change)
            zeroed = {branch: replace(stock, quantity=0) for branch, stock in done.stocks.items()}
            return replace(done, stocks=zeroed)
        case SetStock(after=stock):
            done = after(held, change)
            visible = done.stocks[stock.branch].visible
            shown = replace(stock, visible=True if visible is None else visible)
            return replace(done, stocks={**done.stocks, stock.branch: shown})


def _with_kept_price(before: Offer | None, offer: Offer) -> Offer:
    if offer.price is not None or before is None:
        return offer
    return replace(offer, price=before.price, price_kind=before.price_kind, currency=before.currency)


def _refused(code: str) -> Failed:
    return Failed(Finding.of(Reason.SHOP_REFUSED, code=code, detail=""))


SHOPS_IN_MEMORY: dict[str, MemoryShop] = {}


def _connect(settings: MemoryShopSettings) -> MemoryShop:
    return SHOPS_IN_MEMORY.setdefault(settings.shop, MemoryShop())


MEMORY_SHOP = ShopDescriptor("memory", "Sklep w pamięci", MemoryShopSettings, _connect, _CAN)
