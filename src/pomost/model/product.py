"""A product as the ERP keeps it (card) and as the shop lists it (catalogue product)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pomost.model.text import Text
from pomost.model.unit import SalesUnit


class ProductKind(StrEnum):
    """What a card stands for; the names are the ERP's kinds."""

    GOODS = "goods"
    SERVICE = "service"
    PACKAGING = "packaging"
    SET = "set"
    FEE = "fee"


PRODUCT_KINDS = {
    ProductKind.GOODS: Text("towar", "goods"),
    ProductKind.SET: Text("komplet", "set"),
    ProductKind.SERVICE: Text("usługa", "service"),
    ProductKind.PACKAGING: Text("opakowanie", "packaging"),
    ProductKind.FEE: Text("opłata", "fee"),
}


@dataclass(frozen=True, slots=True)
class Price:
    """Price of one base unit at one price level; None where the level holds none (ERPs write NULL or 0)."""

    net: Decimal | None
    gross: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class OnHand:
    """Quantity of one product in one warehouse, in base units: on hand and, of it, reserved."""

    on_hand: Decimal
    reserved: Decimal


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a set: how many base units of it one set takes, and its stock by warehouse.

    `active` False: its card is blocked, deleted or not there any more.
    """

    key: int
    symbol: str
    kind: ProductKind
    quantity: Decimal
    stock: Mapping[str, OnHand]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints of the raw values a product was read from: its card with prices, and its stock."""

    card: bytes = b""
    stock: bytes = b""


@dataclass(frozen=True, slots=True)
class Product:
    """A card of the ERP. Warehouses, groups, traits and own fields are keyed by the ids `choices` lists."""

    key: int
    symbol: str
    name: str
    ean: str
    kind: ProductKind
    active: bool
    base_unit: str
    vat: str | None
    prices: Mapping[str, Price] = field(default_factory=dict)
    stock: Mapping[str, OnHand] = field(default_factory=dict)
    own_fields: Mapping[str, str] = field(default_factory=dict)
    group: str | None = None
    traits: frozenset[str] = frozenset()
    shop_flag: bool = False
    components: tuple[Component, ...] = ()
    prints: Prints = Prints()


@dataclass(frozen=True, slots=True)
class CatalogueProduct:
    """A product the shop lists; name and EAN are the shop's and are never written."""

    id: str
    ean: str
    name: str
    units: tuple[SalesUnit, ...]
    deleted: bool = False
