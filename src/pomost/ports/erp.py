"""The ERP's port: reading gives nouns, and the only way to write is `send`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pomost.model.branch import Warehouse
from pomost.model.change import RegisterOrder
from pomost.model.customer import CustomerCard
from pomost.model.order import DocumentRef, LineCard, OrderDocument, OrderKey, Progress
from pomost.model.outcome import Outcome
from pomost.model.product import Product
from pomost.model.reason import Finding
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.totals import DocumentTotals
from pomost.ports.capability import ErpCapabilities
from pomost.ports.checking import CheckStep


class Aspect(StrEnum):
    """What a scan fingerprints apart: the card with its prices (one row of the ERP), and the stock."""

    CARD = "card"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Focus:
    """What of cards and customers a channel's settings look at; the rest is not read and moves no fingerprint.

    Ids are those of `choices`; empty sets mean that nothing of the kind matters.
    """

    price_levels: frozenset[str] = frozenset()
    warehouses: frozenset[str] = frozenset()
    own_fields: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    customer_traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ErpAge:
    """How long a database has lived, by marks of its own that only ever grow: an older copy of it shows smaller ones.

    `newest`: the latest moment it says anything was changed at (its own clock, UTC assumed); it goes back too when what
    changed last is deleted, so `deletions` counts what it notes of these. `counters`: ids it gave out so far, by table.
    """

    newest: datetime | None = None
    deletions: int | None = None
    counters: Mapping[str, int] = field(default_factory=dict)


Sighting = tuple[int, str, bytes, bytes]
"""Key, raw EAN, fingerprint of the card, fingerprint of the stock (b"" for an aspect not asked for)."""


class ErpConnector(Protocol):
    """A connected ERP. Methods raise `ports.fault` kinds only; every fault carries a sentence and advice.

    Readers stream: memory does not grow with the catalogue.
    """

    @property
    def can(self) -> ErpCapabilities: ...

    def check(self) -> Iterator[CheckStep]:
        """Try the connection step by step; a step that fails is the last one yielded. Never raises a fault."""
        ...

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        """A list for settings. Raises Unsupported for a kind this ERP does not know."""
        ...

    def warehouses(self) -> Sequence[Warehouse]:
        """Warehouses with addresses, so that a branch can be filled in from one of them."""
        ...

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        """Every card once, in ascending key order, as a cheap sighting made from the driver's raw values.

        Equal fingerprints mean equal inputs: everything `products` would tell of that aspect is the same.
        Cards of every kind are seen, blocked ones too: leaving them out would look like a deletion.
        Raises Unavailable when the reading breaks off; it never ends early without saying so.
        """
        ...

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        """Full cards for `keys`, in ascending key order, with the fingerprints of exactly this reading.

        Keys that are gone are left out. At most `can.batch` keys.
        """
        ...

    def find(self, text: str) -> Sequence[int]:
        """Keys of cards whose symbol or primary EAN equals `text` (for explain), at most 50."""
        ...

    def line_cards(self, symbols: Sequence[str], eans: Sequence[str]) -> Iterator[LineCard]:
        """Cards whose symbol or primary EAN is among these, each once; deleted ones are left out, blocked ones not.

        At most `can.batch` of either. An ERP whose comparison is broader than equality may give more; never fewer.
        """
        ...

    def find_orders(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        """Documents that carry the original numbers of these orders, the oldest first; orders without are left out.

        A number is no identity: whose document it is, the flow decides. Numbers are compared exactly. What is told is
        committed: a row read without locks may be one that is rolled back. Needs `can.orders`; at most `can.batch`.
        """
        ...

    def progress(self, documents: Sequence[DocumentRef], *, committed: bool = False) -> Iterator[Progress]:
        """How far each document got, one answer for each, in order; one that is gone is `Stage.DELETED`.

        A document realised in part is `PARTLY` whatever was issued for it. With `committed` writers are waited for, at
        most the lock time-out (then Unavailable): asked so before anybody acts on the answer. At most `can.batch`.
        """
        ...

    def age(self) -> ErpAge:
        """Marks by which an older copy of the database put in place is noticed; those it does not keep are blank."""
        ...

    def send(self, changes: Sequence[RegisterOrder], attempt: str) -> Iterator[Outcome]:
        """Register orders: one outcome per change, in order, as soon as it is known; `Done.document` is the document.

        `Done.totals` is what it comes to where the ERP tells, by VAT rate if it can.

        A document with the draft's original number and payer is the order's and is given again: looking for it and
        saving are one step under a lock of the ERP itself, because a run that was taken over may wake up in the middle
        of this call. Another's under that number fails the draft (`ORDER_NUMBER_TAKEN`). A bad draft is an outcome,
        never an exception. Raising means: this and the remaining changes have no outcome, and whether they
        took effect is not known. Only what `can.orders` allows, at most `can.drafts` at once. `attempt` names this
        attempt for logs; identity is the draft's own.
        """
        ...

    def rehearse(self, changes: Sequence[RegisterOrder]) -> Iterator[Finding | DocumentTotals | None]:
        """What the ERP says to saving these, by a dry run of its own: why it would refuse one, else what it comes to.

        None where it tells nothing of totals. One answer for each, in order; nothing is saved. It refuses exactly what
        `send` does. Raises as `send` does. Needs `can.rehearsal`; at most `can.drafts` at once.
        """
        ...

    def sight_customers(self) -> Iterator[tuple[int, bytes]]:
        """Key and fingerprint of every customer, in ascending key order, if `can.customers`: the cheap pass.

        Equal fingerprints mean that `customers` would tell the same. Raises Unavailable when the reading breaks off.
        """
        ...

    def customers(self, keys: Sequence[int] | None = None) -> Iterator[CustomerCard]:
        """Customers in ascending key order, each with the fingerprint of exactly this reading; streams.

        All of them, also those without a tax number, blocked and one-off ones; with `keys` only these, those that are
        gone left out (at most `can.batch` keys). Raises Unavailable when the reading breaks off.
        """
        ...

    def close(self) -> None:
        """Give back connections."""
        ...
