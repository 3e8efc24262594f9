"""Subiekt GT: cards, stock, customers and documents read from the company's database; documents saved by a writer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from pomost.connectors.erp.sql_server import fault_of, unfit_connection
from pomost.connectors.erp.subiekt_gt import customers, documents, lists, sql
from pomost.connectors.erp.subiekt_gt import translation as to
from pomost.connectors.erp.subiekt_gt.rehearsal import sample
from pomost.connectors.erp.subiekt_gt.settings import SubiektSettings
from pomost.connectors.erp.subiekt_gt.sfera import Sfera
from pomost.connectors.erp.subiekt_gt.sql_of_documents import READ_FOR_ORDERS
from pomost.connectors.erp.subiekt_gt.writing import Writer
from pomost.model.branch import Warehouse
from pomost.model.change import RegisterOrder
from pomost.model.customer import CustomerCard
from pomost.model.order import DocumentRef, LineCard, OrderDocument, OrderKey, Progress
from pomost.model.outcome import Done, Outcome
from pomost.model.product import Component, Prints, Product, ProductKind
from pomost.model.reason import Finding
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Text
from pomost.model.totals import DocumentTotals
from pomost.ports.capability import ErpCapabilities, not_yet, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ErpDescriptor
from pomost.ports.erp import Aspect, ErpAge, Focus, Sighting
from pomost.ports.fault import Fault, Refused, Unsupported
from pomost.transport.prints import fingerprint, grouped
from pomost.transport.sql import SqlFailure, SqlReader

_CAN = ErpCapabilities(
    sets=yes(),
    customers=yes(),
    orders=not_yet(
        "zapis zamówień wymaga Sfery, a jej ustawień nie ma", "saving orders needs Sfera, which is not set up"
    ),
    documents=not_yet("dokumenty wymagają Sfery: jeszcze nie", "documents need Sfera: not yet"),
    batch=500,
    drafts=20,
    code_page="cp1250",
)
_PROGRAM = "Subiekt GT"
_key = itemgetter(0)


class SubiektGt:
    """One company's database, looked at as far as the channel's settings need (`focus`)."""

    def __init__(self, settings: SubiektSettings, focus: Focus) -> None:
        self._settings = settings
        self._writer: Writer | None = Sfera(settings, self._documents_of) if settings.sfera_operator else None
        self.can = _CAN if self._writer is None else replace(_CAN, orders=yes(), rehearsal=yes(), line_totals=yes())
        self.reader = SqlReader(settings.address())
        # A level the ERP cannot have is an error of the settings, told by the rules; stock can go on without it.
        self._levels = sorted(int(level) for level in focus.price_levels if 1 <= int(level) <= sql.LEVELS)
        self._warehouses = sorted(int(one) for one in focus.warehouses)
        self._traits = sorted(int(one) for one in focus.traits)
        self._customer_traits = sorted(int(one) for one in focus.customer_traits)
        self._simple = sorted(one for one in focus.own_fields if to.is_simple_field(one))
        self._extended = sorted(one for one in focus.own_fields if to.is_extended_field(one))
        self._dictionaries: dict[str, bool] | None = None

    def check(self) -> Iterator[CheckStep]:
        """Connect, look for every table and column that is read, count the cards; then try whoever saves documents."""
        connect = Text("Połączenie z serwerem SQL", "Connection to the SQL server")
        try:
            tables = (*sql.READ, *(READ_FOR_ORDERS if self._writer is not None else ()))
            needed: defaultdict[str, set[str]] = defaultdict(set)
            for table in tables:
                needed[table.name] |= {*sql.names_of(table)}
            needed[sql.DANE.name] |= {"pwd_TypObiektu", "pwd_IdObiektu", "pwd_IdPozycji", *self._extended}
            missing = [
                f"{table}.{column}"
                for table, columns in needed.items()
                for column in sorted(columns - self.reader.columns(table))
            ]
            yield CheckStep(connect, passed=True, found=Text(self._settings.database, self._settings.database))
            schema = Text("Tabele Subiekta GT", "Tables of Subiekt GT")
            if missing:
                yield CheckStep(
                    schema,
                    passed=False,
                    found=Text("brak: {names}", "missing: {names}").fill(names=", ".join(missing[:8])),
                    advice=Text(
                        "To nie jest baza podmiotu Subiekta GT albo wersja jest za stara.",
                        "This is not a Subiekt GT company database, or its version is too old.",
                    ),
                )
                return
            yield CheckStep(schema, passed=True)
            cards = self.reader.rows(sql.count_cards())[0][0]
            counted = Text("kartotek: {cards}", "cards: {cards}").fill(cards=cards)
            yield CheckStep(Text("Odczyt kartotek", "Reading cards"), passed=True, found=counted)
            if self._writer is not None:
                yield from self._writer.check(sample(self))
        except SqlFailure as failure:
            fault = fault_of(failure, self._settings, _PROGRAM)
            yield CheckStep(connect, passed=False, found=fault.text, advice=fault.advice)

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        try:
            found = lists.choices(self.reader, kind)
        except SqlFailure as failure:
            raise self._fault(failure) from failure
        if found is None:
            unknown = Text("Subiekt GT nie ma listy {kind}.", "Subiekt GT has no list {kind}.").fill(kind=kind)
            raise Unsupported(unknown, Text("Wybierz inną listę.", "Choose another list."))
        return found

    def warehouses(self) -> Sequence[Warehouse]:
        try:
            return lists.warehouses(self.reader)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def scan(self, aspects: frozenset[Aspect]) -> Iterator[Sighting]:
        """Merge the card rows and the stock rows in key order; rows are hashed as the driver gives them."""
        with_cards, with_stock = Aspect.CARD in aspects, Aspect.STOCK in aspects
        try:
            cards = self.reader.stream(self.card_statement() if with_cards else sql.cards((), (), {}, ()))
            sets = self._set_prints() if with_stock else {}
            stock = grouped(self.reader.stream(sql.stock(self._warehouses))) if with_stock else iter(())
            nothing = (None, ())
            stock_key, rows = next(stock, nothing)
            last = None
            for piece in cards:
                for row in piece:
                    key = row[0]
                    if key == last:
                        continue  # two rows of own fields for one card: the first counts, as in `products`
                    last = key
                    while stock_key is not None and stock_key < key:
                        stock_key, rows = next(stock, nothing)
                    print_of_stock = b""
                    if with_stock:
                        own = fingerprint(rows) if stock_key == key else fingerprint(())
                        print_of_stock = sets.get(key, own)
                    yield key, row[1] or "", fingerprint(row) if with_cards else b"", print_of_stock
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def products(self, keys: Sequence[int]) -> Iterator[Product]:
        try:
            wanted = {"keys": sorted(keys)}
            rows = {row[0]: row for row in reversed(self.reader.rows(self.card_statement(keys=True), wanted))}
            stock = _by_key(self.reader.rows(sql.stock(self._warehouses, keys=True), wanted))
            sets = [key for key, row in rows.items() if row[4] == sql.SET]
            parts = _by_key(self.reader.rows(sql.compositions(keys=True), {"keys": sets})) if sets else {}
            part_keys = sorted({row[1] for group in parts.values() for row in group})
            part_stock = self._stock_of(part_keys)
        except SqlFailure as failure:
            raise self._fault(failure) from failure
        fields = [*self._simple, *self._extended]
        for key in sorted(rows):
            own = tuple(stock.get(key, ()))
            composition = tuple(parts.get(key, ()))
            print_of_stock = _set_print(composition, part_stock) if composition else fingerprint(own)
            yield to.product(
                rows[key],
                self._levels,
                fields,
                self._traits,
                to.on_hand(own),
                tuple(_component(row, part_stock) for row in composition),
                Prints(fingerprint(rows[key]), print_of_stock),
            )

    def find(self, text: str) -> Sequence[int]:
        try:
            return [int(row[0]) for row in self.reader.rows(sql.matching(text.strip()))[:50]]
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def sight_customers(self) -> Iterator[tuple[int, bytes]]:
        try:
            for row in customers.rows(self.reader, self._customer_traits):
                yield row[0][0], fingerprint(row)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def customers(self, keys: Sequence[int] | None = None) -> Iterator[CustomerCard]:
        try:
            yield from map(customers.card, customers.rows(self.reader, self._customer_traits, keys))
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def line_cards(self, symbols: Sequence[str], eans: Sequence[str]) -> Iterator[LineCard]:
        try:
            yield from documents.line_cards(self.reader, symbols, eans)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def find_orders(self, keys: Sequence[OrderKey]) -> Mapping[OrderKey, tuple[OrderDocument, ...]]:
        try:
            return documents.find(self.reader, keys)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def progress(self, orders: Sequence[DocumentRef], *, committed: bool = False) -> Iterator[Progress]:
        try:
            yield from documents.progress(self.reader, orders, committed=committed)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def age(self) -> ErpAge:
        try:
            return documents.age(self.reader)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def send(self, changes: Sequence[RegisterOrder], attempt: str) -> Iterator[Outcome]:  # noqa: ARG002  (for logs)
        writer, symbols = self._needed(), self._vat_symbols()
        for change in changes:
            outcome = writer.register(change.draft)
            if isinstance(outcome, Done) and outcome.totals is not None:
                outcome = replace(outcome, totals=documents.by_symbol(outcome.totals, symbols))
            yield outcome

    def rehearse(self, changes: Sequence[RegisterOrder]) -> Iterator[Finding | DocumentTotals | None]:
        writer, symbols = self._needed(), self._vat_symbols()
        for change in changes:
            answer = writer.rehearse(change.draft)
            yield documents.by_symbol(answer, symbols) if isinstance(answer, DocumentTotals) else answer

    def _vat_symbols(self) -> Mapping[str, str]:
        try:
            return documents.vat_symbols(self.reader)
        except SqlFailure as failure:
            raise self._fault(failure) from failure

    def _needed(self) -> Writer:
        if self._writer is None:
            raise Unsupported(
                Text("Zapis zamówień w Subiekcie GT wymaga Sfery.", "Saving orders in Subiekt GT needs Sfera."),
                Text("Uzupełnij ustawienia Sfery.", "Fill in the settings of Sfera."),
            )
        return self._writer

    def _documents_of(self, key: OrderKey) -> tuple[OrderDocument, ...]:
        return self.find_orders([key]).get(key, ())

    def close(self) -> None:
        self.reader.close()
        if self._writer is not None:
            self._writer.close()

    def card_statement(self, *, keys: bool = False) -> Any:
        """The statement behind `scan` and `products`, for this channel's levels, own fields and traits."""
        if self._dictionaries is None:
            kinds = {column: kind for column, kind, _ in self.reader.rows(sql.extended_fields())}
            self._dictionaries = {name: kinds.get(name) == lists.DICTIONARY_FIELD for name in self._extended}
        return sql.cards(self._levels, self._simple, self._dictionaries, self._traits, keys=keys)

    def _stock_of(self, keys: Sequence[int]) -> Mapping[int, Sequence[Any]]:
        rows: list[Any] = []
        for start in range(0, len(keys), 500):
            wanted = {"keys": keys[start : start + 500]}
            rows += self.reader.rows(sql.stock(self._warehouses, keys=True), wanted)
        return _by_key(rows)

    def _set_prints(self) -> dict[int, bytes]:
        """A set's stock is its parts' stock, so its fingerprint is made of theirs. Memory: one digest per set."""
        parts = _by_key(self.reader.rows(sql.compositions()))
        stock = _by_key(self.reader.rows(sql.stock_of_parts(self._warehouses))) if parts else {}
        return {key: _set_print(tuple(group), stock) for key, group in parts.items()}

    def _fault(self, failure: SqlFailure) -> Fault:
        return fault_of(failure, self._settings, _PROGRAM)


def _by_key(rows: Sequence[Any]) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(group) for key, group in groupby(rows, key=_key)}


def _set_print(composition: Sequence[Any], stock: Mapping[int, Sequence[Any]]) -> bytes:
    return fingerprint([(row, stock.get(row[1], ())) for row in composition])


def _component(row: Any, stock: Mapping[int, Sequence[Any]]) -> Component:
    _, part, quantity, symbol, kind, blocked, deleted = row
    what = to.KINDS.get(kind, ProductKind.GOODS)
    active = kind is not None and not blocked and not deleted
    return Component(int(part), str(symbol or ""), what, to.money(quantity), to.on_hand(stock.get(part, ())), active)


def _connect(settings: SubiektSettings, focus: Focus) -> SubiektGt:
    wrong = [
        one
        for one in (*focus.price_levels, *focus.warehouses, *focus.traits, *focus.customer_traits)
        if not one.isdecimal()
    ]
    if wrong:
        raise Refused(
            Text(
                "Ustawienia zawierają id, które nie jest liczbą: {ids}.",
                "Settings hold an id that is no number: {ids}.",
            ).fill(ids=", ".join(wrong)),
            Text("Wybierz wartości z list (pomost choices).", "Choose values from the lists (pomost choices)."),
        )
    return SubiektGt(settings, focus)


SUBIEKT_GT = ErpDescriptor("subiekt-gt", "Subiekt GT", SubiektSettings, _connect, unfit_connection)
