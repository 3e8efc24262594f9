"""What the shop holds: one frozen record per resource, spelled exactly as it is answered."""

from decimal import Decimal

from msgspec import Struct

# Times are kept as RFC 3339 text of a fixed width (microseconds, Z): such text sorts like the moments themselves,
# and a page of five hundred records is answered without formatting five hundred dates.
# Records never refer back to one another, so the collector of cycles need not walk tens of thousands of them.


class Region(Struct, frozen=True, gc=False):
    id: str
    name: str


class UnitType(Struct, frozen=True, gc=False):
    symbol: str
    name: str
    default: bool


class SalesUnit(Struct, frozen=True, gc=False):
    id: str
    type: str
    multiplier: int
    label: str


class Deposit(Struct, frozen=True, gc=False):
    amount: Decimal
    kind: str


class Product(Struct, frozen=True, gc=False):
    id: str
    ean: str
    gtin14: str
    name: str
    sales_units: tuple[SalesUnit, ...]
    requires_licence: str | None
    deposit: Deposit | None
    updated_at: str
    version: str


class Pack(Struct, frozen=True, gc=False):
    type: str
    multiplier: int


class Offer(Struct, frozen=True, gc=False):
    product_id: str
    distributor_sku: str
    sales_unit_id: str
    sales_unit: Pack
    price: Decimal | None
    price_kind: str | None
    currency: str
    vat_rate: str
    min_quantity: int | None
    status: str
    price_source: str | None
    updated_by: str
    version: str
    updated_at: str


class Address(Struct, frozen=True, gc=False):
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None


class Contact(Struct, frozen=True, gc=False):
    person: str | None = None
    email: str | None = None
    phone: str | None = None


class Branch(Struct, frozen=True, gc=False):
    id: str
    external_id: str
    name: str
    region_id: str | None
    address: Address
    contact: Contact
    active: bool
    version: str
    created_at: str
    updated_at: str


class PostalCode(Struct, frozen=True, gc=False):
    code: str
    city: str | None
    region_id: str | None
    branch_id: str
    version: str


class PostalArea(Struct, frozen=True, gc=False):
    branch_id: str
    items: tuple[PostalCode, ...]
    version: str
    updated_at: str


class Stock(Struct, frozen=True, gc=False):
    branch_id: str
    product_id: str
    quantity: int
    visible: bool
    basis: str | None
    as_of: str | None
    version: str
    updated_at: str


class Licence(Struct, frozen=True, gc=False):
    category: str
    valid_to: str
    point_of_sale: str | None = None


class Customer(Struct, frozen=True, gc=False):
    id: str
    nip: str
    name: str | None
    street: str | None
    house_number: str | None
    flat_number: str | None
    postal_code: str | None
    city: str | None
    licences: tuple[Licence, ...]
    updated_at: str
    version: str


class Assignment(Struct, frozen=True, gc=False):
    customer_id: str
    recognised: bool
    erp_customer_ref: str
    branch_id: str
    segment_id: str | None
    version: str
    updated_at: str


class Segment(Struct, frozen=True, gc=False):
    id: str
    external_key: str
    name: str
    parent_key: str | None
    level: int
    source: str
    version: str
    updated_at: str


class OrderStatus(Struct, frozen=True, gc=False):
    code: str
    name: str
    final: bool
    allowed_next: tuple[str, ...]


class Buyer(Struct, frozen=True, gc=False):
    nip: str
    name: str | None
    street: str | None
    house_number: str | None
    flat_number: str | None
    postal_code: str | None
    city: str | None


class Delivery(Struct, frozen=True, gc=False):
    street: str | None = None
    house_number: str | None = None
    flat_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    requested_date: str | None = None
    method: str | None = None


class Payment(Struct, frozen=True, gc=False):
    method: str | None = None
    due_days: int | None = None
    paid: bool = False
    paid_at: str | None = None


class Acknowledgement(Struct, frozen=True, gc=False):
    erp_document_type: str
    erp_document_number: str
    erp_document_id: str
    imported_at: str


class OrderDocument(Struct, frozen=True, gc=False):
    """A file of an order: what it is, and whether its bytes are in (they are kept beside, not answered)."""

    order_id: str
    document_key: str
    type: str | None
    number: str | None
    issued_at: str | None
    ksef_number: str | None
    ksef_verification_url: str | None
    size: int | None
    version: str
    updated_at: str


class OrderLine(Struct, frozen=True, gc=False):
    line_id: str
    product_id: str
    ean: str
    distributor_sku: str
    name: str
    sales_unit: Pack
    quantity: int
    unit_price: Decimal
    price_kind: str
    vat_rate: str
    line_net: Decimal
    line_vat: Decimal
    line_gross: Decimal
    deposit_total: Decimal | None


class Order(Struct, frozen=True, gc=False):
    id: str
    number: str
    status: str
    branch_id: str
    customer_id: str
    buyer: Buyer
    delivery: Delivery | None
    payment: Payment | None
    remarks: str | None
    currency: str
    total_net: Decimal
    total_vat: Decimal
    total_gross: Decimal
    placed_at: str
    updated_at: str
    version: str
    acknowledgement: Acknowledgement | None
    lines: tuple[OrderLine, ...]


class Limits(Struct, frozen=True, gc=False):
    max_page: int
    max_batch: int


class Account(Struct, frozen=True, gc=False):
    distributor_id: str
    name: str
    nip: str | None
    multi_branch: bool
    scopes: tuple[str, ...]
    capabilities: tuple[str, ...]
    limits: Limits
    server_time: str
