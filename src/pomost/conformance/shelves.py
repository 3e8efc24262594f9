"""How the shop's suite talks to a shop: its hooks, the changes it tries, and what it looks at afterwards."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from pomost.model.change import Change, Publish, SetStock, Target
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.outcome import Failed, Outcome
from pomost.model.text import Text
from pomost.model.unit import SalesUnit
from pomost.ports.fault import Unsupported
from pomost.ports.shop import ShelfItem, ShopConnector

BAD = "no-such-product"
PIECE, PACK = SalesUnit("PCE", 1), SalesUnit("PU", 6)
Packs = Sequence[tuple[str, int]]


class ShopHooks:
    """What a connector's own test says of its shop, and words the suite looks at the shelf with."""

    branches: tuple[str, ...] = ("MAG", "FIL")
    """Branches the shop is prepared with, at least two."""

    def connect(self) -> ShopConnector:
        """A connector to the prepared shop; asked again, one to the same shop."""
        raise NotImplementedError

    def broken(self) -> ShopConnector | None:
        """A connector that cannot work: a key the shop refuses. None where there is nothing to connect to."""
        raise NotImplementedError

    def listed(self, number: int, packs: Packs) -> str:
        """Put product `number` into the shop's catalogue, sold in `packs`, and give its id."""
        raise NotImplementedError

    def unlist(self, product_id: str) -> None:
        """Take a product out of the shop's catalogue."""
        raise NotImplementedError

    @staticmethod
    def attempt() -> str:
        return str(uuid.uuid4())

    def send(self, *changes: Change) -> list[Outcome]:
        """Outcomes of one attempt of its own, of a connector of its own."""
        return list(self.connect().send(changes, self.attempt()))

    def refused(self, change: Change) -> None:
        """A change the connector says it cannot take: it raises, or refuses the item; both come out the same here."""
        if all(isinstance(outcome, Failed) for outcome in self.send(change)):
            raise Unsupported(Text("Odmowa.", "Refused."), Text("Nie wysyłaj tego.", "Do not send this."))

    def shelf(self) -> dict[str, ShelfItem]:
        return {item.product_id: item for item in self.connect().shelf()}

    def terms(self, product_id: str) -> Offer:
        offer = self.shelf()[product_id].offer
        assert offer is not None, f"{product_id} has no offer"
        return bare(offer)

    def stock(self, product_id: str, branch: str) -> Stock:
        found = [stock for stock in self.shelf()[product_id].stocks if stock.branch == branch]
        assert len(found) == 1, f"{product_id} in {branch}: {found}"
        return found[0]

    def quantity(self, product_id: str, branch: str) -> int:
        return self.stock(product_id, branch).quantity


def publication(product_id: str, number: int) -> Publish:
    """A sound offer of product `number`."""
    offer = Offer(
        f"S{number}",
        PIECE,
        recalculated=False,
        vat="23",
        price=Decimal("2.50"),
        price_kind=PriceKind.NET,
        currency="PLN",
    )
    return Publish(Target(number, offer.sku, product_id), offer)


def stocked(product_id: str, branch: str, quantity: int) -> SetStock:
    return SetStock(Target(1, "S1", product_id), None, Stock(branch, quantity, None, Basis.STOCK))


def stocked_now(product_id: str, branch: str, quantity: int) -> SetStock:
    """The same, read from an ERP a moment ago."""
    return replace(stocked(product_id, branch, quantity), as_of=datetime.now(UTC))


def bare(offer: Offer) -> Offer:
    """An offer as far as a shop can tell: unit ids are its own, and how a price came about it never hears."""
    return replace(offer, recalculated=False, unit=replace(offer.unit, id=""))


def terms_of_every_kind(rates: Sequence[str]) -> Iterator[Offer]:
    """Offers that differ in everything that travels, edges included."""
    prices = (Decimal("0.01"), Decimal("2.50"), Decimal("1000.00"), Decimal("999999.99"))
    symbols = ("S", "Zażółć gęślą", "A/B-12.3", "12345678901234567890")
    kinds, minima, units = tuple(PriceKind), (None, 1, 240), (PIECE, PACK)
    for place in range(max(len(rates), len(prices) * len(kinds)) * 2):
        yield Offer(
            sku=symbols[place % len(symbols)],
            unit=units[place % len(units)],
            recalculated=False,
            vat=rates[place % len(rates)],
            price=prices[place % len(prices)],
            price_kind=kinds[place // 2 % len(kinds)],
            currency="PLN",
            min_quantity=minima[place % len(minima)],
        )
