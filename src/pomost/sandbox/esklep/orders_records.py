"""Orders as the shop holds them, their acknowledgement, shipments and documents (sections 12-14)."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from pomost.sandbox.esklep.records import Vat


class OrderCustomer(Struct, frozen=True, kw_only=True):
    kind: Literal["registered", "guest"]
    shop_id: str | None = None
    erp_id: str | None = None
    company: bool = False


class Party(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A buyer or a recipient as it was when the order was placed."""

    names: tuple[str, ...] = ()
    nip: str | None = None
    nip_country: str | None = None
    street: str | None = None
    house: str | None = None
    flat: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None
    phone: str | None = None
    email: str | None = None


class Payment(Struct, frozen=True, kw_only=True):
    form_id: str
    form_name: str
    online: bool
    status: str = "none"
    paid_amount: Decimal = Decimal("0.00")
    paid_at: str | None = None
    transaction_id: str | None = None
    due_days: int | None = None


class Point(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    name: str | None = None
    address: str | None = None


class Delivery(Struct, frozen=True, kw_only=True):
    type_id: str
    name: str
    kind: Literal["courier", "locker", "pickup", "own"]
    cost_net: Decimal
    cost_gross: Decimal
    vat: Vat
    status: str | None = None
    requested_date: date | None = None
    address: Party | None = None
    point: Point | None = None


class Coupon(Struct, frozen=True, kw_only=True):
    code: str
    kind: Literal["percent", "amount"]
    value: Decimal
    amount_total: Decimal


class RateTotal(Struct, frozen=True):
    vat: Vat
    net: Decimal
    tax: Decimal
    gross: Decimal


class Totals(Struct, frozen=True):
    net: Decimal
    vat: Decimal
    gross: Decimal
    by_rate: tuple[RateTotal, ...]
    to_pay: Decimal


class OrderUnit(Struct, frozen=True):
    symbol: str
    numerator: int | str
    denominator: int | str


class Reduced(Struct, frozen=True, kw_only=True):
    """One reduction of a line's price, in the order of their use."""

    origin: Literal["erp_rule", "shop", "coupon", "bundle", "points"]
    ref: str | None = None
    percent: Decimal | None = None
    amount: Decimal | None = None


class BundleOfLine(Struct, frozen=True, kw_only=True):
    erp_id: str
    code: str
    instance: str
    set_quantity: Decimal
    main: bool


class OrderLine(Struct, frozen=True, kw_only=True):
    line_id: str
    product_erp_id: str | None
    code: str
    name: str
    ean: str | None
    unit: OrderUnit
    quantity: Decimal
    quantity_base: Decimal
    vat: Vat
    price_type_erp_id: str
    price_start: Decimal
    price_final: Decimal
    basis: str
    reductions: tuple[Reduced, ...] = ()
    value_net: Decimal
    value_vat: Decimal
    value_gross: Decimal
    bundle: BundleOfLine | None = None
    attributes: tuple[dict[str, Any], ...] = ()
    lot_features: tuple[str, ...] = ()
    points: int = 0


class Acknowledgement(Struct, frozen=True, kw_only=True):
    erp_document_type: str
    erp_document_id: str
    erp_document_number: str
    order_version: int
    imported_at: str


class Order(Struct, frozen=True, kw_only=True):
    """`wishes` are what the buyer asked for, kept so that an edited order can be counted anew; it is not told."""

    id: str
    number: str
    status: str
    version: int
    placed_at: str
    updated_at: str
    source: str
    customer: OrderCustomer
    buyer: Party
    recipient: Party
    document_wanted: Literal["receipt", "invoice"]
    remarks: str | None
    payment: Payment
    delivery: Delivery
    points_earned: int
    points_used: int
    points_value: Decimal
    coupons: tuple[Coupon, ...]
    currency: str
    exchange_rate: Decimal
    price_basis: Literal["net", "gross"]
    totals: Totals
    attributes: tuple[dict[str, Any], ...]
    consents: tuple[dict[str, Any], ...]
    language: str
    split_payment: bool
    acknowledgement: Acknowledgement | None
    lines: tuple[OrderLine, ...]
    planned_delivery: date | None = None
    documents: tuple[dict[str, Any], ...] = ()
    progress_stamp: int = -1
    wishes: dict[str, Any] = {}


class Shipment(Struct, frozen=True, kw_only=True):
    order_id: str
    key: str
    fields: dict[str, Any]
    stamp: int
    updated_at: str


class Document(Struct, frozen=True, kw_only=True):
    """An invoice: shown only once `content` is in."""

    order_id: str
    key: str
    fields: dict[str, Any]
    revision: int
    sha256: str
    content: bytes | None
    updated_at: str
