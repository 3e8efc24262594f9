"""Comarch ERP Optima: what a shop is told of a company, read from its database; nothing is ever written to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NoReturn

from pomost.connectors.erp.optima import checking, choosing
from pomost.connectors.erp.optima.areas import Areas
from pomost.connectors.erp.optima.checking import PROGRAM
from pomost.connectors.erp.optima.company import Clock, Company
from pomost.connectors.erp.optima.contents import Contents
from pomost.connectors.erp.optima.settings import OptimaSettings, unfit
from pomost.connectors.erp.optima.sql import lists
from pomost.connectors.erp.optima.translation.values import moment
from pomost.connectors.erp.sql_server import fault_of
from pomost.model.branch import Warehouse
from pomost.model.change import RegisterOrder
from pomost.model.customer import CustomerCard
from pomost.model.entry import Reading
from pomost.model.order import DocumentRef, LineCard, OrderDocument, OrderKey, Progress
from pomost.model.outcome import Outcome
from pomost.model.product import Product
from pomost.model.reason import Finding
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.model.totals import DocumentTotals
from pomost.ports.capability import ErpCapabilities, no, not_yet, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ErpDescriptor
from pomost.ports.erp import Aspect, ErpAge, Focus, Sighting
from pomost.ports.fault import Fault, Unsupported
from pomost.transport.sql import SqlFailure

_CAN = ErpCapabilities(
    sets=no("zestawy Optimy są promocją, nie kompletem z własną kartą", "Optima's sets are offers, not cards"),
    customers=not_yet("tylko jako część oferty dla e-Sklepu", "only as a part of what a shop is told"),
    orders=not_yet("zapis zamówień w Optimie jeszcze nie powstał", "orders into Optima are not made yet"),
    documents=not_yet("dokumenty Optimy jeszcze nie powstały", "Optima's documents are not made yet"),
    entries=yes(),
    batch=500,
)


class Optima:
    """One company, and the one of its shops the settings choose."""

    can = _CAN

    def __init__(self, settings: OptimaSettings, clock: Clock = datetime.now) -> None:
        self._settings = settings
        self._company = Company(settings, clock)
        self._areas = Areas(self._company)
        self._contents = Contents(self._company)

    def check(self) -> Iterator[CheckStep]:
        """Connect, look for every table and column that is read, find the shop, count what it is shown."""
        return checking.steps(self._company)

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        try:
            found = choosing.choices(self._company, kind)
        except SqlFailure as failure:
            raise self._fault(failure) from failure
        if found is None:
            unknown = Text("Optima nie ma listy {kind}.", "Optima has no list {kind}.").fill(kind=kind)
            raise Unsupported(unknown, Text("Wybierz inną listę.", "Choose another list."))
        return found

    def warehouses(self) -> Sequence[Warehouse]:
        try:
            return choosing.warehouses(self._company)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def scan_entries(self, area: Area) -> Iterator[tuple[int, bytes]]:
        try:
            yield from self._areas[area].scan()
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def entries(self, area: Area, keys: Sequence[int]) -> Iterator[Reading]:
        try:
            yield from self._areas[area].read(keys)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def find_entries(self, area: Area, text: str) -> Sequence[int]:
        try:
            return self._areas[area].find(text.strip())
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def file(self, file: int) -> bytes | Finding:
        try:
            return self._contents.read(file)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def age(self) -> ErpAge:
        try:
            stamps = [moment(self._company.reader.rows(one)[0][0]) for one in lists.newest()]
            deletions = int(self._company.reader.rows(lists.deletions())[0][0] or 0)
        except SqlFailure as failure:
            raise self._fault(failure) from failure
        return ErpAge(max((one for one in stamps if one is not None), default=None), deletions)

    def find(self, text: str) -> Sequence[int]:
        return self.find_entries(Area.PRODUCT, text)

    # What a shop with a catalogue of its own, or orders, would ask for.

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        _unsupported(aspects)

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        _unsupported(keys)

    def sight_customers(self) -> Iterator[tuple[int, bytes]]:
        _unsupported()

    def customers(self, keys: Sequence[int] | None = None) -> Iterator[CustomerCard]:
        _unsupported(keys)

    def line_cards(self, symbols: Sequence[str], eans: Sequence[str]) -> Iterator[LineCard]:
        _unsupported(symbols, eans)

    def find_orders(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        _unsupported(keys)

    def progress(self, documents: Sequence[DocumentRef], *, committed: bool = False) -> Iterator[Progress]:
        _unsupported(documents, committed)

    def send(self, changes: Sequence[RegisterOrder], attempt: str) -> Iterator[Outcome]:
        _unsupported(changes, attempt)

    def rehearse(self, changes: Sequence[RegisterOrder]) -> Iterator[Finding | DocumentTotals | None]:
        _unsupported(changes)

    def close(self) -> None:
        self._company.close()

    def _fault(self, failure: SqlFailure) -> Fault:
        return fault_of(failure, self._settings, PROGRAM)


def _unsupported(*_asked: object) -> NoReturn:
    raise Unsupported(
        Text(
            "Z Optimy czytana jest na razie tylko oferta dla e-Sklepu.",
            "For now only what an e-Sklep is told is read from Optima.",
        ),
        Text("Wybierz sklep esklep.", "Choose the shop esklep."),
    )


def _connect(settings: OptimaSettings, _focus: Focus) -> Optima:
    return Optima(settings)


OPTIMA = ErpDescriptor("optima", PROGRAM, OptimaSettings, _connect, unfit)
