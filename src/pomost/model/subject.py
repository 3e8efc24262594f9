"""What a change is about: a card matched with a product, a branch, a customer, an order."""

from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """What of the shop a change is about."""

    OFFER = "offer"
    BRANCH = "branch"
    CUSTOMER = "customer"
    ORDER = "order"
    # Areas of entries (`model/entry.py`); CUSTOMER is one of them where the shop has no customers of its own.
    PRICE_TYPE = "price-type"
    WAREHOUSE = "warehouse"
    ATTRIBUTE = "attribute"
    GROUP = "group"
    PRODUCT = "product"
    PRICES = "prices"
    CUSTOMER_DISCOUNT = "customer-discount"
    PUBLIC_DISCOUNT = "public-discount"
    PROMOTION = "promotion"
    FILES = "files"
    STOCKS = "stocks"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a change of the offer is about: the ERP card and the shop's product it was matched with."""

    key: int
    symbol: str
    product_id: str

    @property
    def area(self) -> Area:
        return Area.OFFER

    @property
    def id(self) -> str:
        return self.product_id

    @property
    def label(self) -> str:
        """What people call it."""
        return self.symbol


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom any other change is about. `id` is the shop's own id (of a branch: ours), `label` what people call it."""

    area: Area
    id: str
    label: str
