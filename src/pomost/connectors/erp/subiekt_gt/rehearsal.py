"""An order that is only rehearsed: what the check has Sfera draw up of the company's own cards, and never saves."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Protocol

from pomost.model.branch import Warehouse
from pomost.model.customer import CustomerCard
from pomost.model.offer import PriceKind
from pomost.model.order import DraftLine, OrderDraft
from pomost.model.product import Product, ProductKind
from pomost.ports.erp import Aspect, Sighting

NUMBER = "POMOST-PROBA"
"""The original number of a rehearsed order: should one ever be saved, it is found by it."""
_LOOKED_AT = 200


class Company(Protocol):
    """What of a company the rehearsal reads."""

    def warehouses(self) -> Iterable[Warehouse]: ...
    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]: ...
    def products(self, keys: list[int]) -> Iterator[Product]: ...
    def customers(self) -> Iterator[CustomerCard]: ...


def sample(company: Company) -> OrderDraft | None:
    """One piece of one of the first cards for one of the first customers; None where the company has neither."""
    house = min(company.warehouses(), key=lambda one: (not one.main, one.id), default=None)
    keys = [one[0] for one in islice(company.scan(frozenset()), _LOOKED_AT)]
    card = next((one for one in company.products(keys) if _may_be_sold(one)), None)
    buyer = next((one for one in company.customers() if not (one.blocked or one.one_off)), None)
    if house is None or card is None or buyer is None:
        return None
    price = Decimal("1.00")
    line = DraftLine("1", card.key, card.symbol, Decimal(1), card.base_unit, price, price, card.vat or "")
    return OrderDraft("", "", NUMBER, NUMBER, buyer.key, house.id, PriceKind.NET, "PLN", reserve=False, lines=(line,))


def _may_be_sold(card: Product) -> bool:
    return card.active and card.kind == ProductKind.GOODS and bool(card.base_unit)
