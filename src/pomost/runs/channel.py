"""A channel as the flows see it: both ports connected, the policy, and its shelves in the store."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pomost.model.change import Area, Part
from pomost.model.outcome import Outcome
from pomost.model.policy import Policy
from pomost.model.unit import UnitTable
from pomost.ports.erp import Aspect, ErpConnector
from pomost.ports.shop import ShopConnector
from pomost.store.assignments import Assignments
from pomost.store.branches import Branches
from pomost.store.catalogue import Catalogue
from pomost.store.customers import ShopCustomers
from pomost.store.entries import Entries
from pomost.store.journal import Journal
from pomost.store.ledger import Ledger
from pomost.store.links import Links
from pomost.store.selling import Selling
from pomost.store.shop_clock import ShopClock
from pomost.store.sightings import Sightings
from pomost.store.unresolved import Inbox
from pomost.store.watermarks import Watermarks

KEEP_RUNS = 50


class Recorder(Protocol):
    """The shelf of the store that remembers what the shop holds of an area; changes are that area's."""

    def record(self, changes: Sequence[Any], outcomes: Sequence[Outcome], attempt: str) -> None:
        """Answered changes become known; one that may have been taken in spite of its failure is in doubt."""
        ...

    def doubt(self, changes: Sequence[Any], attempt: str) -> None:
        """These left and were not answered."""
        ...


class _Unrecorded:
    """For what the shop itself is asked about in every run: nothing need be remembered of it."""

    def record(self, changes: Sequence[Any], outcomes: Sequence[Outcome], attempt: str) -> None: ...

    def doubt(self, changes: Sequence[Any], attempt: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Channel:
    """One company database + one shop + policy. `settings_digest` changes whenever the policy's document does."""

    name: str
    company: str
    policy: Policy
    erp: ErpConnector
    shop: ShopConnector
    clock: Callable[[], datetime]
    settings_version: int = 0
    settings_digest: str = ""
    catalogue: Catalogue = field(init=False)
    sightings: Sightings = field(init=False)
    ledger: Ledger = field(init=False)
    inbox: Inbox = field(init=False)
    journal: Journal = field(init=False)
    links: Links = field(init=False)
    branches: Branches = field(init=False)
    customers: ShopCustomers = field(init=False)
    assignments: Assignments = field(init=False)
    entries: Entries = field(init=False)
    shop_clock: ShopClock = field(init=False)
    watermarks: Watermarks = field(init=False)
    selling: Selling = field(init=False)

    def __post_init__(self) -> None:
        for name, shelf in (
            ("catalogue", Catalogue(self.name)),
            ("sightings", Sightings(self.name)),
            ("ledger", Ledger(self.name)),
            ("inbox", Inbox(self.name)),
            ("journal", Journal(self.name)),
            ("links", Links(self.name)),
            ("branches", Branches(self.name)),
            ("customers", ShopCustomers(self.name)),
            ("assignments", Assignments(self.name)),
            ("entries", Entries(self.name)),
            ("selling", Selling(self.name)),
            ("shop_clock", ShopClock(self.name)),
            ("watermarks", Watermarks(self.name)),
        ):
            object.__setattr__(self, name, shelf)

    @property
    def enabled(self) -> frozenset[Part]:
        """Parts the settings switch on, as far as both sides can.

        Prices travel with cards, so they need goods synchronisation too, but where they are entries of their own;
        branches have no switch of their own, and files go with goods.
        """
        policy, can, orders = self.policy, self.shop.can, self.policy.orders
        goods, prices, stock = policy.goods.enabled, policy.prices.enabled, policy.stock.enabled
        entries = bool(can.entries and self.erp.can.entries)
        matched = can.customers and self.erp.can.customers
        chosen = {
            Part.BRANCHES: bool(policy.branches and can.branches),
            Part.CUSTOMERS: bool(policy.customers.enabled and (entries or matched)),
            Part.FILES: goods and entries,
            Part.ORDERS: orders.enabled,
            Part.STATUSES: orders.enabled and orders.feedback,
            Part.CARD: goods,
            Part.PRICE: prices and (goods or entries),
            Part.STOCK: stock,
        }
        return frozenset(part for part, on in chosen.items() if on)

    def recorder(self, area: Area) -> Recorder:
        """Where answers to changes of an area are recorded."""
        match area:
            case Area.OFFER:
                return self.ledger
            case Area.CUSTOMER:
                return self.entries if self.shop.can.entries else self.assignments
            case Area.BRANCH | Area.ORDER:
                return _Unrecorded()
            case _:
                return self.entries

    def decided_by(self, units: UnitTable, parts: frozenset[Part], lacks: frozenset[str]) -> str:
        """Names everything decisions rest on besides cards and catalogue: another name makes every card due.

        `lacks`: branches whose stock is left out because the shop has them not.
        """
        told = (self.settings_digest, [(row.symbol, row.name, row.default) for row in units.types], sorted(parts))
        whole = (*told, sorted(lacks)) if lacks else told
        return hashlib.sha256(repr(whole).encode()).hexdigest()


def aspects_of(parts: frozenset[Part]) -> frozenset[Aspect]:
    """What has to be scanned for these parts."""
    found = {Aspect.CARD} if parts & {Part.CARD, Part.PRICE} else set()
    return frozenset(found | ({Aspect.STOCK} if Part.STOCK in parts else set()))
