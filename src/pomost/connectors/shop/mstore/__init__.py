"""M/store: catalogue, offers, stock, branches, customers and orders over HTTP, after the contract, sections 0-12."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

from pomost.connectors.shop.addresses import known, prepare, split_pasted, unfit
from pomost.connectors.shop.mstore import customers
from pomost.connectors.shop.mstore import translation as to
from pomost.connectors.shop.mstore.account import cursor_of, lacking, moment, since_of
from pomost.connectors.shop.mstore.api import MstoreApi
from pomost.connectors.shop.mstore.branches import Branches, branch
from pomost.connectors.shop.mstore.lists import Lists
from pomost.connectors.shop.mstore.offers import Offers
from pomost.connectors.shop.mstore.orders import Orders
from pomost.connectors.shop.mstore.rows import Account, Named, UnitTypeRow
from pomost.connectors.shop.mstore.settings import MstoreSettings
from pomost.connectors.shop.mstore.stocks import Stocks
from pomost.connectors.shop.mstore.versions import Versions
from pomost.connectors.shop.server_clock import ServerClock
from pomost.model.branch import ShopBranch
from pomost.model.change import (
    Acknowledge,
    Amend,
    AmendBranch,
    Assign,
    Change,
    CreateBranch,
    DropSegment,
    Publish,
    PutSegment,
    SetStatus,
    SetStock,
    Unassign,
    Withdraw,
    kind_of,
)
from pomost.model.customer import Segment
from pomost.model.order import Order, OrderStatus
from pomost.model.outcome import Outcome
from pomost.model.product import CatalogueProduct
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Text
from pomost.model.unit import SalesUnit, UnitTable, UnitType
from pomost.ports.capability import Can, ShopCapabilities, no, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ShopDescriptor
from pomost.ports.fault import Fault, Forbidden, Refused, Unsupported
from pomost.ports.shop import CataloguePage, CustomerPage, OrderPage, OrderQuery, ShelfItem, Visit
from pomost.transport.http import HttpClient, PlainHttpRefused

_T = TypeVar("_T")
_NEITHER = (
    Text("M/store nie prowadzi dokumentów ERP ani wpisów.", "M/store keeps neither documents of an ERP nor entries."),
    Text("Zgłoś to twórcom Pomostu.", "Report it to the makers of Pomost."),
)
_ACCOUNT, _UNITS, _REGIONS = "/v1/account", "/v1/unit-types", "/v1/regions"
_BATCH, _EANS = 500, 100
_CAN = ShopCapabilities(
    publish=yes(),
    amend=yes(),
    withdraw=yes(),
    stock=yes(),
    hide=yes(),
    min_quantity=yes(),
    shelf=yes(),
    written=yes(),
    catalogue_changes=yes(),
    branches=yes(),
    customers=yes(),
    segments=yes(),
    orders=yes(),
    statuses=yes(),
    vat_rates=frozenset({"23", "8", "5", "0", "zw", "np", "oo"}),
    sku_length=20,
    batch=_BATCH,
)


class Mstore:
    """A distributor's M/store account."""

    def __init__(self, api: MstoreApi, client: HttpClient) -> None:
        self._api = api
        self._client = client
        self._clock = ServerClock()
        self._lists = Lists()
        self._versions = Versions(api, self._takes_batches)
        self._account: Account | None = None
        self._no_segments: Can | None = None
        self._branches = Branches(api, self._lists)
        self._segments = customers.Segments(api, self._lists)
        self._assignments = customers.Assignments(api, self._branches, self._segments, self._versions)
        self._stocks = Stocks(api, self._branches, self._lists, self._clock)
        self._offers = Offers(api, self._stocks, self._versions)
        self._orders = Orders(api, self._branches, self._lists, self._versions)

    @property
    def can(self) -> ShopCapabilities:
        """What the contract allows; once the account was read, only what it keeps.

        Rights are not guessed from their names: whoever wants something tries, and believes the service's 403.
        """
        account = self._account
        if account is None:
            return _CAN
        segments = yes() if self._no_segments is None else self._no_segments
        if account.capabilities and "segments" not in account.capabilities:
            segments = no(
                "serwis nie prowadzi segmentów na tym koncie", "the service keeps no segments for this account"
            )
        return replace(_CAN, batch=min(self._api.largest, account.limits.max_batch), segments=segments)

    @contextmanager
    def visit(self, visit: Visit) -> Iterator[None]:
        self._clock.begin(visit)
        self._client.heed = visit.heed
        self._forget()
        try:
            with self._lists.visiting():
                yield
        finally:
            self._forget()
            self._client.heed = lambda: None
            self._clock.end()

    def check(self) -> Iterator[CheckStep]:
        """Ask for the account, then for the lists a run needs."""
        step = Text("Połączenie z M/store", "Connection to M/store")
        try:
            account = self._read_account(fresh=True)
            yield CheckStep(
                step,
                passed=True,
                found=Text(
                    f"Udało się nawiązać połączenie z M/store ({account.name})",
                    f"Connected to M/store ({account.name})",
                ),
            )
            step = Text("Prawa klucza", "The key's rights")
            doubtful = Text(
                "serwis nie wymienia: {missing}; jeśli odmówi, poproś M/store o klucz z tymi prawami",
                "the service does not list: {missing}; should it refuse, ask M/store for a key with these rights",
            )
            missing = ", ".join(lacking(account))
            yield CheckStep(step, passed=True, found=doubtful.fill(missing=missing) if missing else Text("", ""))
            step = Text("Jednostki i oddziały sklepu", "The shop's units and branches")
            units, branches = self.units(), self.choices(ChoiceKind.BRANCHES)
            found = Text("jednostek: {units}, oddziałów: {branches}", "units: {units}, branches: {branches}")
            yield CheckStep(step, passed=True, found=found.fill(units=len(units.types), branches=len(branches)))
        except Fault as fault:
            yield CheckStep(step, passed=False, found=fault.text, advice=fault.advice)

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        match kind:
            case ChoiceKind.REGIONS:
                rows = self._lists.get(_REGIONS, lambda: list(self._api.rows(_REGIONS, Named)), fresh=True)
                return [Choice(row.id, row.name) for row in rows]
            case ChoiceKind.ORDER_STATUSES:
                return [Choice(one.code, one.name) for one in self._orders.statuses()]
            case ChoiceKind.UNIT_TYPES:
                return [Choice(row.symbol, row.name) for row in self.units().types]
            case ChoiceKind.BRANCHES:
                return [Choice(row.external_id, row.name) for row in self._branches.rows(fresh=True)]
            case _:
                unknown = Text("M/store nie ma listy {kind}.", "M/store has no list {kind}.").fill(kind=kind)
                raise Unsupported(unknown, Text("Wybierz inną listę.", "Choose another list."))

    def units(self) -> UnitTable:
        self._read_account()
        return self._lists.get(_UNITS, self._read_units, fresh=True)

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        """The overlap of two minutes covers writes that were on their way while the last reading ended."""
        account = self._read_account(fresh=True)
        since = since_of(since, account)
        params = (("updated_since", since), ("include_deleted", "true")) if since else ()
        for rows in self._api.pages("/v1/products", params):
            read = [to.catalogue_product(row) for row in rows]
            products = tuple(one for one in read if isinstance(one, CatalogueProduct))
            yield CataloguePage(products, tuple(one for one in read if isinstance(one, str)))
        yield CataloguePage((), cursor=cursor_of(account), complete=True)

    def find(self, eans: Sequence[str]) -> Iterator[CatalogueProduct]:
        """Products by code, as many codes in one question as the contract allows (section 6)."""
        self._read_account()
        for piece in _cut([code for code in eans if code], _EANS):
            for rows in self._api.pages("/v1/products", [("ean", code) for code in piece]):
                read = [to.catalogue_product(row) for row in rows]
                yield from (one for one in read if isinstance(one, CatalogueProduct))

    def shelf(self, only: Sequence[str] = (), lately: timedelta | None = None) -> Iterator[ShelfItem]:
        """Offers with their stock in every branch; stock is read first, so it is held in memory by product.

        Of a few offers stock can be read by branch only: what was written lately, or nothing.
        """
        self._read_account(fresh=lately is not None)
        if only:
            stocks = {} if lately is None else self._stocks.written(frozenset(only), lately)
            return self._offers.some(only, stocks)
        return self._offers.all(self._units_by_id, self._stocks.shown())

    def hidden(self, branch: str) -> AbstractSet[str]:
        self._read_account()
        return self._stocks.hidden(branch)

    def account(self) -> str:
        return self._read_account().distributor_id

    def watermark(self, *, fresh: bool = False) -> str:
        self._read_account(fresh=fresh)
        return moment(self._clock.now())

    def written(self, since: str) -> Iterator[ShelfItem]:
        return self._offers.written(datetime.fromisoformat(since))

    def stocks_written(self, since: str, branches: Sequence[str]) -> Iterator[ShelfItem]:
        return self._stocks.sent(datetime.fromisoformat(since), branches)

    def branches(self) -> Sequence[ShopBranch]:
        return [branch(row) for row in self._branches.rows(fresh=True)]

    def customers(self, since: str = "") -> Iterator[CustomerPage]:
        """As with the catalogue, an overlap of two minutes covers what was on its way while the last reading ended."""
        account = self._read_account(fresh=True)
        yield from customers.pages(self._api, since_of(since, account))
        yield CustomerPage((), cursor=cursor_of(account), complete=True)

    def segments(self) -> Sequence[Segment]:
        try:
            return self._segments.nouns()
        except Forbidden as fault:
            self._no_segments = no(fault.text.pl, fault.text.en)
            raise

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:
        """Pages in the service's own order, by last change; a page is asked for when the one before was used."""
        account = self._read_account(fresh=True)
        self._branches.rows(fresh=True)
        if query.status:
            yield from self._orders.waiting(query.status, query.page, permits=query.permits)
        else:
            first = "" if query.after is None else moment(self._clock.told(query.after))
            since = since_of(query.since, account) or first
            yield from self._orders.pages({"updated_since": since} if since else {}, permits=query.permits)
        yield OrderPage((), cursor=cursor_of(account), complete=True)

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:
        return self._orders.one(order_id, permits=permits)

    def order_statuses(self) -> Sequence[OrderStatus]:
        return self._orders.statuses()

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        """Runs of changes of one kind become one batch each."""
        self._read_account()
        for _, group in groupby(changes, key=kind_of):
            for piece in _cut(list(group), self._batch_size()):
                yield from self._send_piece(piece, attempt)

    def close(self) -> None:
        self._client.close()

    def _send_piece(self, changes: list[Change], attempt: str) -> Iterator[Outcome]:
        match changes[0]:
            case CreateBranch() | AmendBranch() | PutSegment() | DropSegment() | Assign() | Unassign():
                yield from self._send_parties(changes, attempt)
            case SetStock():
                stocks = [change for change in changes if isinstance(change, SetStock)]
                yield from self._stocks.send(self._versions, stocks, attempt)
            case Publish() | Amend() | Withdraw():
                offers = [change for change in changes if isinstance(change, Publish | Amend | Withdraw)]
                yield from self._offers.send(offers, attempt, self._batch_size())
            case _:
                yield from self._send_orders(changes, attempt)

    def _send_parties(self, changes: list[Change], attempt: str) -> Iterator[Outcome]:
        assigned = [change for change in changes if isinstance(change, Assign | Unassign)]
        if assigned:
            yield from self._assignments.send(assigned, attempt)
        for change in changes:
            if isinstance(change, CreateBranch):
                yield self._branches.create(change, attempt)
            elif isinstance(change, AmendBranch):
                yield self._branches.amend(change)
            elif isinstance(change, PutSegment | DropSegment):
                yield self._segments.send(change)

    def _send_orders(self, changes: list[Change], attempt: str) -> Iterator[Outcome]:
        moved = [change for change in changes if isinstance(change, SetStatus)]
        if moved:
            yield from self._orders.change_statuses(moved, attempt)
        for change in changes:
            if isinstance(change, Acknowledge):
                yield self._orders.acknowledge(change, attempt)
            elif not isinstance(change, SetStatus):
                raise Unsupported(*_NEITHER)

    def _units_by_id(self) -> dict[str, SalesUnit]:
        pages = self.catalogue()
        return {unit.id: unit for page in pages for product in page.products for unit in product.units if unit.id}

    def _read_units(self) -> UnitTable:
        rows = self._api.rows(_UNITS, UnitTypeRow)
        types = {row.symbol: UnitType(row.symbol, row.name, row.default) for row in rows}
        return UnitTable(tuple(types.values()))

    def _read_account(self, *, fresh: bool = False) -> Account:
        return self._lists.get(_ACCOUNT, self._ask_account, fresh=fresh)

    def _ask_account(self) -> Account:
        self._account = self._api.account()
        self._clock.hear(self._account.server_time)
        return self._account

    def _takes_batches(self) -> bool:
        account = self._read_account()
        return not account.capabilities or "batch" in account.capabilities

    def _batch_size(self) -> int:
        return min(self._api.largest, self._read_account().limits.max_batch)

    def _forget(self) -> None:
        for held in (self._assignments, self._stocks, self._offers, self._orders):
            held.forget()


def _cut(items: list[_T], size: int) -> Iterator[list[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _connect(settings: MstoreSettings) -> Mstore:
    address, pasted = split_pasted(settings.address)
    key = (settings.key or pasted).strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise Refused(
            Text("Klucz API zawiera znaki, których klucz mieć nie może.", "The API key holds signs no key can have."),
            Text(
                "Wklej klucz jeszcze raz, bez spacji i nowych wierszy.", "Paste the key again, without spaces or lines."
            ),
        )
    if not key:
        raise Refused(
            Text("Brak klucza API M/store.", "The M/store API key is missing."),
            Text("Wklej otrzymany klucz w zakładce Połączenie.", "Paste the key you received under Connection."),
        )
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": "pl, en", "User-Agent": "Pomost"}
    try:
        client = HttpClient(known(address), headers, timeout=settings.timeout)
    except PlainHttpRefused as error:
        raise Refused(
            Text("Adres {address} nie jest szyfrowany.", "Address {address} is not encrypted.").fill(address=error),
            Text(
                "Użyj adresu https://; http działa tylko na tym komputerze.", "Use https://; http is for this machine."
            ),
        ) from error
    except ValueError as error:
        raise Refused(
            Text("Adres M/store jest niepoprawny.", "The M/store address is not valid."),
            Text("Wpisz adres w postaci https://...", "Enter it as https://..."),
        ) from error
    return Mstore(MstoreApi(client), client)


MSTORE = ShopDescriptor("mstore", "M/store", MstoreSettings, _connect, _CAN, prepare, unfit)
