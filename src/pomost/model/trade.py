"""What a shop without a catalogue of its own is told of prices, discounts, promotional sets, stock and files."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pomost.model.offer import Basis, PriceKind


@dataclass(frozen=True, slots=True)
class LowestPrice:
    """The lowest price of the 30 days before a reduction (Omnibus), on the basis of its level."""

    value: Decimal
    basis: PriceKind
    as_of: date


@dataclass(frozen=True, slots=True)
class PriceLine:
    """The price of one base unit at one price type, at most four places, with the loyalty points it earns."""

    price_type: int
    value: Decimal
    basis: PriceKind
    currency: str
    points: int = 0
    lowest: LowestPrice | None = None


@dataclass(frozen=True, slots=True)
class PricesEntry:
    """All prices of one product, by ascending price type; its key is the product's."""

    lines: tuple[PriceLine, ...]


class Who(StrEnum):
    """Whom a discount is for."""

    ALL = "all"
    CUSTOMER_GROUP = "customer_group"
    CUSTOMER = "customer"


class What(StrEnum):
    """What a discount is on."""

    ALL_PRODUCTS = "all_products"
    GROUP = "group"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class DiscountEntry:
    """One rule, a row of the ERP: `type` is its number (`Rab_Typ`), 1-8 percents, 11-13 fixed prices.

    `who_key` and `what_key` are 0 where there is nobody or nothing to name. `percent`: 12.50 takes an eighth off, below
    nought it adds. A fixed `price` is per base unit. Both dates count; None is open.
    """

    type: int
    who: Who
    what: What
    who_key: int = 0
    what_key: int = 0
    percent: Decimal | None = None
    shop_percent: Decimal | None = None
    price: Decimal | None = None
    basis: PriceKind | None = None
    currency: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class ReductionKind(StrEnum):
    NONE = "none"
    PERCENT = "percent"
    AMOUNT = "amount"
    FIXED_PRICE = "fixed_price"


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a part of a set costs less: a percent, or an amount or price in `currency` per base unit."""

    kind: ReductionKind = ReductionKind.NONE
    value: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SetPart:
    """A part of a promotional set: so many of `unit`."""

    product: int
    quantity: Decimal
    unit: str
    reduction: Reduction = Reduction()


@dataclass(frozen=True, slots=True)
class PromotionEntry:
    """A promotional set: the main product, which is no part, and its parts. Dates and hours (`HH:MM`) None are open."""

    code: str
    name: str
    main_product: int
    parts: tuple[SetPart, ...]
    reduction: Reduction = Reduction()
    valid_from: date | None = None
    valid_to: date | None = None
    hours_from: str | None = None
    hours_to: str | None = None


@dataclass(frozen=True, slots=True)
class StockLine:
    """Quantity of one product in one warehouse, in base units; below nought where more is promised than there is."""

    warehouse: int
    quantity: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class StocksEntry:
    """Stock of one product in every warehouse of the shop, by ascending warehouse; its key is the product's.

    A shop that is told a total alone (`TOTAL`) gets one line.
    """

    lines: tuple[StockLine, ...]


TOTAL = 0
"""In place of a warehouse: all of them together."""


class FileRole(StrEnum):
    IMAGE = "image"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of one product. `file` and `version` name its bytes: equal ones are the same bytes.

    `version`: the ERP's stamp and size, or whatever else tells that the bytes were changed. `sha256` (hex) is filled in
    when the bytes were read, "" before that. `size` in bytes, 0 where the ERP does not say. `media_type` is told by the
    file's name, "" for one nobody here knows. `language` None: of every language.
    """

    file: int
    version: str
    role: FileRole
    position: int
    file_name: str = ""
    media_type: str = ""
    size: int = 0
    main: bool = False
    language: str | None = None
    alt: str = ""
    title: str = ""
    link: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class FilesEntry:
    """The whole ordered list of one product's files; its key is the product's."""

    links: tuple[FileLink, ...]

    @property
    def bare(self) -> "FilesEntry":
        """The list without digests, as the ERP tells it."""
        return FilesEntry(tuple(replace(link, sha256="") for link in self.links))
