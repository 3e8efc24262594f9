"""An ERP in memory: the smallest complete connector, for examples and for laws over many small worlds."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from pomost.connectors.erp.memory.documents import Documents
from pomost.model.branch import Address, Contact, Warehouse
from pomost.model.change import RegisterOrder
from pomost.model.customer import CustomerCard
from pomost.model.entry import Content, Reading
from pomost.model.order import DocumentRef, LineCard, OrderDocument, OrderDraft, OrderKey, Progress
from pomost.model.outcome import Done, Outcome
from pomost.model.product import Prints, Product
from pomost.model.reason import Finding, Reason
from pomost.model.setting import Choice, ChoiceKind, setting
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.model.totals import DocumentTotals, per_cent, taxed
from pomost.ports.capability import ErpCapabilities, no, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ErpDescriptor
from pomost.ports.erp import Aspect, ErpAge, Focus, Sighting
from pomost.ports.fault import Unsupported

_WHY = ("pamięć nie drukuje dokumentów", "memory prints no documents")
_CAN = ErpCapabilities(sets=yes(), customers=yes(), orders=yes(), rehearsal=yes(), documents=no(*_WHY), entries=yes())


@dataclass(frozen=True, slots=True)
class MemoryErpSettings:
    """Which company in memory to open."""

    company: str = setting(Text("Firma", "Company"), Text("Nazwa firmy w pamięci.", "Its name."), default="memory")


@dataclass(slots=True)
class MemoryErp:
    """Cards and customers by key, documents made from orders, and the lists settings choose from."""

    cards: dict[int, Product] = field(default_factory=dict)
    partners: dict[int, CustomerCard] = field(default_factory=dict)
    lists: Mapping[ChoiceKind, Sequence[Choice]] = field(default_factory=dict)
    documents: Documents = field(default_factory=Documents)
    can: ErpCapabilities = _CAN
    published: dict[Area, dict[int, Reading]] = field(default_factory=dict)
    stored_files: dict[int, bytes] = field(default_factory=dict)
    moment: datetime | None = None
    buried: int | None = None
    _read: dict[int, tuple[Product, Product]] = field(default_factory=dict, repr=False, compare=False)
    """Cards as last read, with their fingerprints, beside what they were made of."""

    def put(self, *cards: Product) -> None:
        self.cards |= {card.key: card for card in cards}

    def meet(self, *partners: CustomerCard) -> None:
        self.partners |= {one.key: one for one in partners}

    def publish(self, area: Area, key: int, label: str, content: Content, *, meant: bool = True) -> None:
        """Keep an entry for a shop without a catalogue of its own."""
        self.published.setdefault(area, {})[key] = Reading(key, label, content, _digest(content), meant)

    def unpublish(self, area: Area, key: int) -> None:
        del self.published[area][key]

    def check(self) -> Iterator[CheckStep]:
        yield CheckStep(Text("Pamięć", "Memory"), passed=True, found=Text(str(len(self.cards)), str(len(self.cards))))

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        if kind not in self.lists:
            unknown = Text("Nie ma listy {kind}.", "There is no list {kind}.").fill(kind=kind)
            raise Unsupported(unknown, Text("Wybierz inną listę.", "Choose another list."))
        return self.lists[kind]

    def warehouses(self) -> Sequence[Warehouse]:
        return [
            Warehouse(one.id, one.detail or one.id, one.label, place == 0, Address(), Contact())
            for place, one in enumerate(self.choices(ChoiceKind.WAREHOUSES))
        ]

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        for card in self.products(list(self.cards)):
            card_print = card.prints.card if Aspect.CARD in aspects else b""
            yield card.key, card.ean, card_print, card.prints.stock if Aspect.STOCK in aspects else b""

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        for key in sorted(set(keys) & self.cards.keys()):
            card = self._with_reservations(self.cards[key])
            read = self._read.get(key)
            if read is None or read[0] != card:
                read = self._read[key] = card, replace(card, prints=_prints(card))
            yield read[1]

    def find(self, text: str) -> Sequence[int]:
        return [card.key for card in self.cards.values() if text in {card.symbol, card.ean}][:50]

    def line_cards(self, symbols: Sequence[str], eans: Sequence[str]) -> Iterator[LineCard]:
        wanted, codes = set(symbols), {one for one in eans if one}
        for card in self.cards.values():
            if card.symbol in wanted or card.ean in codes:
                yield LineCard(card.key, card.symbol, card.ean, card.active, card.base_unit, card.vat)

    def find_orders(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        return self.documents.find(keys)

    def progress(self, documents: Sequence[DocumentRef], *, committed: bool = False) -> Iterator[Progress]:
        return self.documents.progress(documents, committed=committed)

    def age(self) -> ErpAge:
        return ErpAge(self.moment, self.buried, {"documents": self.documents.counter})

    def send(self, changes: Sequence[RegisterOrder], attempt: str) -> Iterator[Outcome]:  # noqa: ARG002  (for logs)
        for change in changes:
            outcome = self.documents.register(change)
            if isinstance(outcome, Done) and outcome.document is not None:
                outcome = replace(outcome, totals=self._totals(self.documents.drafts[outcome.document.id]))
            yield outcome

    def rehearse(self, changes: Sequence[RegisterOrder]) -> Iterator[Finding | DocumentTotals | None]:
        for change in changes:
            yield self.documents.refusal(change) or self._totals(change.draft)

    def sight_customers(self) -> Iterator[tuple[int, bytes]]:
        return ((one.key, one.print) for one in self.customers())

    def customers(self, keys: Sequence[int] | None = None) -> Iterator[CustomerCard]:
        for key in sorted(self.partners.keys() if keys is None else set(keys) & self.partners.keys()):
            one = replace(self.partners[key], print=b"")
            told = replace(one, traits=frozenset())
            yield replace(one, print=_digest(told, sorted(one.traits)))

    def scan_entries(self, area: Area) -> Iterator[tuple[int, bytes]]:
        held = self.published.get(area, {})
        return ((key, held[key].print) for key in sorted(held) if held[key].meant)

    def entries(self, area: Area, keys: Sequence[int]) -> Iterator[Reading]:
        held = self.published.get(area, {})
        return (held[key] for key in sorted(set(keys) & held.keys()))

    def find_entries(self, area: Area, text: str) -> Sequence[int]:
        return [key for key, one in sorted(self.published.get(area, {}).items()) if one.label == text][:50]

    def file(self, file: int) -> bytes | Finding:
        data = self.stored_files.get(file)
        return Finding.of(Reason.FILE_UNREADABLE, file=file, detail="-") if data is None else data

    def close(self) -> None:
        """Nothing to give back."""

    def _totals(self, draft: OrderDraft) -> DocumentTotals:
        """What a document comes to by the rates of its cards as they are now."""
        shares: dict[str, Decimal] = {}
        for line in draft.lines:
            card = self.cards.get(line.key)
            rate = (None if card is None else card.vat) or line.vat
            shares[rate] = shares.get(rate, Decimal(0)) + line.total
        return DocumentTotals.of(
            (rate, taxed(total, per_cent(rate), draft.counts_from)) for rate, total in shares.items()
        )

    def _with_reservations(self, card: Product) -> Product:
        """The card's stock with what open documents reserve of it."""
        if not self.documents.drafts:
            return card
        stock = {
            house: replace(one, reserved=one.reserved + self.documents.reserved(card.key, house))
            for house, one in card.stock.items()
        }
        return replace(card, stock=stock)


def _prints(card: Product) -> Prints:
    told = replace(card, stock={}, components=(), prints=Prints(), traits=frozenset())
    stock = (
        sorted(card.stock.items()),
        [(one.key, one.quantity, sorted(one.stock.items())) for one in card.components],
    )
    return Prints(_digest(told, sorted(card.traits)), _digest(stock))


def _digest(*values: object) -> bytes:
    return hashlib.blake2b(repr(values).encode(), digest_size=16).digest()


COMPANIES: dict[str, MemoryErp] = {}


def _connect(settings: MemoryErpSettings, _focus: Focus) -> MemoryErp:
    return COMPANIES.setdefault(settings.company, MemoryErp())


MEMORY_ERP = ErpDescriptor("memory", "ERP w pamięci", MemoryErpSettings, _connect)
