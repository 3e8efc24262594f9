"""An order as the shop holds it, the document it becomes in the ERP, and how far that document got."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pomost.model.branch import Address
from pomost.model.offer import PriceKind
from pomost.model.totals import DocumentTotals, Totals
from pomost.model.unit import SalesUnit


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who ordered, as written on the order: the snapshot stays when the customer changes later."""

    nip: str
    name: str
    address: Address


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document of the ERP. `kind` as people call it there: ZK, RO, FS, PA, WZ... `id` is the ERP's own key."""

    kind: str
    id: int
    number: str

    def __str__(self) -> str:
        return self.number if self.number.startswith(self.kind) else f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class OrderKey:
    """How an order is found again in the ERP.

    `shop` and `number` are its identity; `original` is what the ERP's field for a foreign number holds of them
    (`rules.ordering.key_of`), the same for ever and another one for every other order of the company.
    """

    shop: str
    number: str
    original: str


@dataclass(frozen=True, slots=True)
class OrderDocument:
    """A customer order of the ERP as it stands: whose it is and of what, so that it is not taken for another's.

    `customer`: the payer's key. `net`, `gross`: totals, None where the ERP keeps them in another currency than the
    document's. `goods`: base units by card.
    """

    ref: DocumentRef
    customer: int
    net: Decimal | None
    gross: Decimal | None
    goods: Mapping[int, Decimal]

    @property
    def totals(self) -> DocumentTotals | None:
        """What it comes to as a whole."""
        if self.net is None or self.gross is None:
            return None
        return DocumentTotals(Totals(self.net, self.gross - self.net, self.gross))


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """One status of the shop. A `final` one is never left; `following`: codes an order may go to from here."""

    code: str
    name: str
    final: bool
    following: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    """A buyer's permit to sell alcohol: class A, B or C, its last day, and the place it was given for ("": any)."""

    category: str
    valid_to: date
    place: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line as ordered. `quantity` counts sales units; `unit_price` is per sales unit, on the side of `price_kind`.

    `net`, `tax` and `gross` are the line's totals as the shop reckoned them. `deposit`: container deposit of the whole
    line, None where there is none. `permit`: class of alcohol permit the catalogue demands of the buyer, "" for none or
    where nobody asked (`OrderQuery.permits`).
    """

    id: str
    product_id: str
    ean: str
    sku: str
    name: str
    unit: SalesUnit
    quantity: int
    unit_price: Decimal
    price_kind: PriceKind
    vat: str
    net: Decimal
    tax: Decimal
    gross: Decimal
    deposit: Decimal | None = None
    permit: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the shop. `branch` is the branch's ID of our settings (the shop's external id), "" when unknown.

    `acknowledged`: the ERP document the shop was told of, None before. `permits`: the buyer's, where they were asked
    for. Times are UTC.
    """

    id: str
    number: str
    status: str
    branch: str
    customer_id: str
    buyer: Buyer
    currency: str
    net: Decimal
    tax: Decimal
    gross: Decimal
    placed_at: datetime
    updated_at: datetime
    version: str
    lines: tuple[OrderLine, ...]
    remarks: str = ""
    delivery: Address | None = None
    requested_date: date | None = None
    delivery_method: str = ""
    payment_method: str = ""
    payment_days: int | None = None
    paid: bool = False
    acknowledged: DocumentRef | None = None
    permits: tuple[Permit, ...] = ()


@dataclass(frozen=True, slots=True)
class LineCard:
    """A card of the ERP as an order line needs it. `units`: additional units, each with its number of base units."""

    key: int
    symbol: str
    ean: str
    active: bool
    base_unit: str
    vat: str | None
    units: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of the document to be registered, in the ERP's own terms.

    `key` and `symbol` name the card; `quantity` counts `unit` (the card's base unit, or an additional one of it);
    `price` is per `unit` on the side the document counts from; `total` is what the line must come to on that side, to
    the grosz, even where quantity times price would round differently. `vat` is the rate as ordered, `card_vat` the
    card's, by which the ERP reckons ("": not known). `pack`: base units in one `unit`.
    """

    line_id: str
    key: int
    symbol: str
    quantity: Decimal
    unit: str
    price: Decimal
    total: Decimal
    vat: str
    note: str = ""
    pack: Decimal = Decimal(1)
    card_vat: str = ""


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """The document an order becomes. `shop` and `number` are its identity: two shops may both have an order 1001.

    `original_number` is what the ERP keeps as the foreign number, short enough for its field and unique all the same.
    `customer` is the ERP's key; `warehouse`, `category` and `price_level` are ids of `choices`, None takes the ERP's.
    `shop` is the mark of the shop in the ERP (setting `orders.mark`).
    """

    shop: str
    order_id: str
    number: str
    original_number: str
    customer: int
    warehouse: str
    counts_from: PriceKind
    currency: str
    reserve: bool
    lines: tuple[DraftLine, ...]
    category: str | None = None
    price_level: str | None = None
    due: date | None = None
    remarks: str = ""

    @property
    def identity(self) -> OrderKey:
        return OrderKey(self.shop, self.number, self.original_number)

    @property
    def total(self) -> Decimal:
        """What the document comes to, on the side it counts from."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def goods(self) -> Mapping[int, Decimal]:
        """Base units by card."""
        found: dict[int, Decimal] = {}
        for line in self.lines:
            found[line.key] = found.get(line.key, Decimal(0)) + line.quantity * line.pack
        return found


class Stage(StrEnum):
    """How far an ERP order got, in the order it usually goes; the last two end it."""

    OPEN = "open"
    RESERVED = "reserved"
    PARTLY = "partly"
    REALISED = "realised"
    DISPATCHED = "dispatched"  # a WZ was issued
    RECEIPT = "receipt"  # a PA was issued
    INVOICED = "invoiced"  # an FS was issued
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one ERP order got, and the documents that tell so.

    `original` and `customer`: the foreign number it carries now and its payer's key; blank and 0 where it is gone.
    """

    order: DocumentRef
    stage: Stage
    documents: tuple[DocumentRef, ...] = ()
    original: str = ""
    customer: int = 0
