"""What of entries decides whether buyers see a product, can buy it, and at what price: a few bytes of each entry.

Fields are named as in the entries they are taken from (`model/assortment.py`, `model/trade.py`, `model/account.py`), so
that a stored entry can be read as one of these without reading the rest of it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pomost.model.account import CustomerEntry
from pomost.model.assortment import ProductEntry, Tax, Vat
from pomost.model.offer import PriceKind
from pomost.model.trade import PricesEntry


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as far as buyers can find and buy it."""

    vat: Vat
    default_group: int | None = None
    service: bool = False
    no_discount: bool = False
    ask_for_price: bool = False
    ignore_stock: bool = False

    @classmethod
    def of(cls, entry: ProductEntry) -> "Goods":
        return cls(
            entry.vat,
            entry.default_group,
            entry.service,
            entry.no_discount,
            entry.ask_for_price,
            entry.ignore_stock,
        )

    @property
    def rate(self) -> Decimal:
        """VAT in percent, nought where none is added."""
        return self.vat.rate if self.vat.kind is Tax.TAXED else Decimal(0)

    @property
    def counted(self) -> bool:
        """Whether it is sold only while some of it is in stock."""
        return not (self.service or self.ignore_stock)


@dataclass(frozen=True, slots=True)
class Tag:
    """The price of one base unit at one price type."""

    price_type: int
    value: Decimal
    basis: PriceKind
    currency: str


@dataclass(frozen=True, slots=True)
class Tags:
    """The prices of a product, by ascending price type."""

    lines: tuple[Tag, ...] = ()

    @classmethod
    def of(cls, entry: PricesEntry) -> "Tags":
        return cls(tuple(Tag(one.price_type, one.value, one.basis, one.currency) for one in entry.lines))

    def at(self, price_type: int) -> Tag | None:
        return next((one for one in self.lines if one.price_type == price_type), None)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a customer is granted by the card. `price_type` None: the shop's default. `discount`: in percent."""

    group: int = 0
    price_type: int | None = None
    discount: Decimal | None = None
    blocked: bool = False

    @classmethod
    def of(cls, entry: CustomerEntry) -> "Terms":
        return cls(entry.group, entry.price_type, entry.discount, entry.blocked)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of discount as it is reckoned with: a percent, or a fixed price of one base unit. Both dates count."""

    type: int
    who_key: int = 0
    what_key: int = 0
    percent: Decimal | None = None
    price: Decimal | None = None
    basis: PriceKind | None = None
    currency: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
