"""The offer as it is sent: dictionaries, groups, products, prices, stocks and file links (sections 3-6, 9 and 11).

Each record is spelled as the contract spells it. `op` belongs to the batch: a record is what an upsert carries.
Records never refer back to one another, so the collector of cycles need not walk hundreds of thousands of them.
"""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct

from pomost.sandbox.esklep.fields import (
    Basis,
    Code20,
    Code50,
    Country,
    Currency,
    Decimal4,
    Key,
    Language,
    Line,
    Moment,
    Place,
    Rate,
    Sha256,
    Signed4,
    Stamp,
    Upsert,
    Url,
)

T = TypeVar("T", covariant=True)  # noqa: PLC0105  (the short name is the custom of this package)

Flag = Literal[
    "new", "promotion", "leaflet", "recommended", "clearance", "super_quality", "super_price", "best_rated",
    "seller_choice",
]  # fmt: skip


class Kept(Struct, Generic[T], frozen=True, gc=False, kw_only=True):
    """An item as the shop keeps it; `live` is false once it is withdrawn."""

    key: str
    shop_id: str
    item: T
    stamp: int
    live: bool
    updated_at: str
    origin: Literal["erp", "shop", "panel"] = "erp"


class PriceType(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    position: Annotated[int, Meta(ge=1)]
    name: Code20
    basis: Basis
    currency: Currency
    active: bool
    stamp: Stamp | None = None


class Warehouse(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    symbol: Code20
    name: Annotated[str, Meta(max_length=100)]
    default: bool
    stamp: Stamp | None = None


class Attribute(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    code: Code20
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    subject: Literal["product", "customer", "order", "order_line"]
    format: Literal["text", "number", "list", "date", "file"]
    values: tuple[str, ...] = ()
    required: bool = False
    editable: bool = False
    position: Place | None = None
    stamp: Stamp | None = None


class AttributeValue(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    code: Code20
    lang: Language | None = None
    value: Annotated[str, Meta(max_length=100)] | None = None
    file_sha256: Sha256 | None = None
    position: Place | None = None


class GroupText(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    lang: Language
    name: str
    description: str | None = None
    meta_title: str | None = None
    meta_keywords: str | None = None
    meta_description: str | None = None
    slug: str | None = None


class Group(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    parent_erp_id: Key | None = None
    code: Code50
    position: Place | None = None
    texts: tuple[GroupText, ...]
    attributes: tuple[AttributeValue, ...] = ()
    stamp: Stamp


class ProductText(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    lang: Language
    name: Annotated[str, Meta(min_length=1, max_length=255)]
    name_html: str | None = None
    short_description: Annotated[str, Meta(max_length=500)] | None = None
    description_html: str | None = None
    meta_title: Annotated[str, Meta(max_length=100)] | None = None
    meta_keywords: Annotated[str, Meta(max_length=500)] | None = None
    meta_description: Annotated[str, Meta(max_length=320)] | None = None
    slug: Annotated[str, Meta(max_length=100)] | None = None
    search_words: Annotated[str, Meta(max_length=512)] | None = None


class Maker(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    erp_id: Key
    name: Line


class Ean(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    ean: Annotated[str, Meta(min_length=1, max_length=40)]
    unit: Code20 | None = None
    default: bool = False


class Vat(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    rate: Rate
    kind: Literal["taxed", "exempt", "not_subject"]


class CountryVat(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    country: Country
    rate: Rate
    kind: Literal["taxed", "exempt", "not_subject"]


class BaseUnit(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    symbol: Code20
    whole_only: bool


class Unit(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Ratios are whole numbers or decimals as text; what is not above zero is `unit-invalid`, not merely misspelt."""

    symbol: Code20
    numerator: int | str
    denominator: int | str
    default: bool = False
    show_unit_price: bool = False
    position: Place | None = None


class DeliveryCost(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    mode: Code20
    value: Decimal4 | None = None


class Substitute(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    erp_id: Key
    position: Place | None = None


class Product(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    code: Code50
    kind: Literal["goods", "service"]
    complex: bool
    publish: bool
    texts: tuple[ProductText, ...]
    catalogue_number: Line | None = None
    producer_code: Line | None = None
    pkwiu: Line | None = None
    producer: Maker | None = None
    brand: Maker | None = None
    eans: tuple[Ean, ...] = ()
    vat: Vat
    vat_by_country: tuple[CountryVat, ...] = ()
    base_unit: BaseUnit
    units: tuple[Unit, ...] = ()
    min_quantity: Decimal4 | None = None
    weight_kg: Decimal4 | None = None
    price_decimals: Literal[2, 4]
    default_group_erp_id: Key | None = None
    group_erp_ids: tuple[Key, ...] = ()
    availability_status: Code20 | None = None
    available_from: date | None = None
    shop_status: Code50 | None = None
    flags: tuple[Flag, ...] = ()
    reward: bool = False
    points_cost: Annotated[int, Meta(ge=0)] | None = None
    no_discount: bool
    ask_for_price: bool
    ignore_stock: bool
    own_delivery_cost: DeliveryCost | None = None
    split_payment: bool = False
    variant_of_erp_id: Key | None = None
    variant_attributes: tuple[Code20, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    attributes: tuple[AttributeValue, ...] = ()
    stamp: Stamp


class LowestPrice(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    value: Decimal4
    basis: Basis
    as_of: date


class PastPrice(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    date: date
    value: Decimal4
    currency: Currency


class Price(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    product_erp_id: Key
    price_type_erp_id: Key
    value: Decimal4
    basis: Basis
    currency: Currency
    loyalty_points: Annotated[int, Meta(ge=0)] = 0
    lowest_30_days: LowestPrice | None = None
    history: tuple[PastPrice, ...] = ()
    stamp: Stamp


class Lot(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    features: tuple[Line, ...]
    quantity: Decimal4


class Stock(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    product_erp_id: Key
    warehouse_erp_id: Key
    quantity: Signed4
    basis: Literal["stock", "available"]
    as_of: Moment
    lots: tuple[Lot, ...] = ()


class Owner(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    kind: Literal["product", "group", "producer", "brand"]
    erp_id: Key


class FileLink(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    sha256: Sha256
    role: Literal["image", "attachment"]
    position: Place
    main: bool = False
    lang: Language | None = None
    alt: Line | None = None
    title: Line | None = None
    link: Url | None = None
    file_name: Line | None = None


class FileLinks(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    owner: Owner
    files: tuple[FileLink, ...]
    stamp: Stamp
