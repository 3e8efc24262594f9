"""What a shop without a catalogue of its own is told of dictionaries, groups and products; keys are the ERP's own.

Quantities are in base units unless a unit is named. Texts are in the languages the ERP holds, tags of BCP 47 (`pl`).
Lengths, limits and dictionaries of the shop are the rules' affair: a reader hands over what the ERP holds.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pomost.model.offer import PriceKind


@dataclass(frozen=True, slots=True)
class PriceTypeEntry:
    """A price level on sale; the level of purchase prices is never one. `position`: its place in the ERP's list."""

    position: int
    name: str
    basis: PriceKind
    currency: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class WarehouseEntry:
    """A warehouse whose stock this shop sees. `default`: the shop's own, at most one."""

    symbol: str
    name: str
    default: bool = False


class AttributeSubject(StrEnum):
    """What an attribute describes."""

    PRODUCT = "product"
    CUSTOMER = "customer"
    ORDER = "order"
    ORDER_LINE = "order_line"


class AttributeFormat(StrEnum):
    """UNKNOWN: a format nobody here knows; its values are not sent."""

    TEXT = "text"
    NUMBER = "number"
    LIST = "list"
    DATE = "date"
    FILE = "file"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AttributeEntry:
    """Definition of an attribute meant for the shop. `values`: of a list, in their order."""

    code: str
    name: str
    subject: AttributeSubject
    format: AttributeFormat
    values: tuple[str, ...] = ()
    position: int | None = None


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """One value of an attribute, by its code. `language` None: of every language. `file`: id of a file, see files."""

    code: str
    value: str
    language: str | None = None
    file: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of a group or a product in one language; blank ones are not sent. HTML is cleaned by the shop.

    `short` and `search_words` are a product's only.
    """

    language: str
    name: str
    name_html: str = ""
    short: str = ""
    description: str = ""
    meta_title: str = ""
    meta_keywords: str = ""
    meta_description: str = ""
    slug: str = ""
    search_words: str = ""


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A group of products. `parent`: the group above, None for the root of this shop alone."""

    code: str
    parent: int | None
    texts: tuple[Wording, ...]
    position: int | None = None
    attributes: tuple[AttributeValue, ...] = ()


class Tax(StrEnum):
    TAXED = "taxed"
    EXEMPT = "exempt"
    NOT_SUBJECT = "not_subject"


@dataclass(frozen=True, slots=True)
class Vat:
    """Rate in percent with two places; `country`: ISO 3166 code of a rate abroad, "" for the one at home."""

    rate: Decimal
    kind: Tax = Tax.TAXED
    country: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """A producer or a brand."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Barcode:
    """A barcode as it is printed. `unit`: symbol of the unit it is of, "" for the base unit."""

    ean: str
    unit: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class PackUnit:
    """A unit offered in this shop besides the base unit: base quantity = quantity x `numerator` / `denominator`."""

    symbol: str
    numerator: Decimal
    denominator: Decimal
    default: bool = False
    position: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryCost:
    """Own cost of delivery: `mode` is the ERP's code."""

    mode: str
    value: Decimal | None = None


class Flag(StrEnum):
    """Marks shoppers see; the names are the contract's, in the order of the columns `Twes_ESklepFlaga_*`."""

    NEW = "new"
    PROMOTION = "promotion"
    LEAFLET = "leaflet"
    RECOMMENDED = "recommended"
    CLEARANCE = "clearance"
    SUPER_QUALITY = "super_quality"
    SUPER_PRICE = "super_price"
    BEST_RATED = "best_rated"
    SELLER_CHOICE = "seller_choice"


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """A product card as the shop shows it, without prices, stock and files.

    `default_group` and `groups` are keys of groups, None and empty where the ERP holds none (it writes 0).
    `availability` and `shop_status` are codes of the ERP, "" for none (it writes 0). `weight_kg` is per base unit,
    `min_quantity` in base units. `variant_of`: the product (*fantom*) this one is a variant of; `variant_attributes`:
    codes that tell variants apart. `substitutes`: keys in their order. `reward`: it may be had for points.
    """

    code: str
    texts: tuple[Wording, ...]
    vat: Vat
    base_unit: str
    service: bool = False
    complex: bool = False
    whole_units_only: bool = False
    price_places: int = 2
    default_group: int | None = None
    groups: tuple[int, ...] = ()
    availability: str = ""
    available_from: date | None = None
    shop_status: str = ""
    catalogue_number: str = ""
    producer_code: str = ""
    pkwiu: str = ""
    producer: Maker | None = None
    brand: Maker | None = None
    eans: tuple[Barcode, ...] = ()
    vat_abroad: tuple[Vat, ...] = ()
    units: tuple[PackUnit, ...] = ()
    min_quantity: Decimal | None = None
    weight_kg: Decimal | None = None
    flags: tuple[Flag, ...] = ()
    reward: bool = False
    no_discount: bool = False
    ask_for_price: bool = False
    ignore_stock: bool = False
    delivery_cost: DeliveryCost | None = None
    split_payment: bool = False
    variant_of: int | None = None
    variant_attributes: tuple[str, ...] = ()
    substitutes: tuple[int, ...] = ()
    attributes: tuple[AttributeValue, ...] = ()
