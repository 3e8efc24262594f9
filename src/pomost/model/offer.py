"""What we make the shop say about a product: terms of the offer, and stock per branch."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pomost.model.unit import SalesUnit


class PriceKind(StrEnum):
    NET = "net"
    GROSS = "gross"


class Basis(StrEnum):
    """Kind of stock shown: what lies on the shelf, or that minus reservations."""

    STOCK = "stock"
    AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class Offer:
    """Terms of one product. `price` is per sales unit; None leaves the shop's price alone.

    `recalculated` says whether ERP price and stock were turned from base units into sales units (decision tables 1.2).
    `base_unit` is the card's base unit it was made with, "" where nobody noted it: no term, and no difference of terms.
    """

    sku: str
    unit: SalesUnit
    recalculated: bool
    vat: str
    price: Decimal | None = None
    price_kind: PriceKind | None = None
    currency: str | None = None
    min_quantity: int | None = None
    base_unit: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Stock:
    """Whole sales units of one product in one branch; `visible` None leaves what the shop shows alone."""

    branch: str
    quantity: int
    visible: bool | None
    basis: Basis
