"""M/store: catalogue, offers, stock, branches, customers and orders over HTTP, after the contract, sections 0-12."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TypeVar
from urllib.parse import quote

from pomost.connectors.shop.addresses import known, prepare, split_pasted, unfit
from pomost.connectors.shop.mstore import customers
from pomost.connectors.shop.mstore import translation as to
from pomost.connectors.shop.mstore.account import allowed, cursor_of, moment
from pomost.connectors.shop.mstore.api import MstoreApi, garbled
from pomost.connectors.shop.mstore.branches import Branches, branch
from pomost.connectors.shop.mstore.orders import Orders
from pomost.connectors.shop.mstore.rows import Account, Named, OfferRow, StockRow, UnitTypeRow
from pomost.connectors.shop.mstore.settings import MstoreSettings
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
from pomost.model.offer import Basis, Stock
from pomost.model.order import Order, OrderStatus
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Text
from pomost.model.unit import UnitTable, UnitType
from pomost.ports.capability import ShopCapabilities, no, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ShopDescriptor
from pomost.ports.fault import Fault, Refused, Unsupported
from pomost.ports.shop import CataloguePage, CustomerPage, OrderPage, OrderQuery, ShelfItem
from pomost.transport.http import HttpClient, PlainHttpRefused

_T = TypeVar("_T")
_NEITHER = (
    Text("M/store nie prowadzi dokumentów ERP ani wpisów.", "M/store keeps neither documents of an ERP nor entries."),
    Text("Zgłoś to twórcom Pomostu.", "Report it to the makers of Pomost."),
)
_SET_BACK = timedelta(days=1)
_SLACK = timedelta(seconds=10)  # what is read by the shop's clock began by ours
_OFFERS, _STOCKS = "/v1/offers:batch", "/v1/stocks:batch"
_BATCH, _EANS = 500, 100
_CAN = ShopCapabilities(
    publish=yes(),
    amend=yes(),
    withdraw=yes(),
    stock=yes(),
    hide=yes(),
    min_quantity=yes(),
    shelf=yes(),
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
        self._account: Account | None = None
        self._offset = timedelta()
        self._branches = Branches(api)
        self._segments = customers.Segments(api)
        self._orders = Orders(api, self._branches)

    @property
    def can(self) -> ShopCapabilities:
        """What the contract allows; once the account was read, only what it and the key allow."""
        account = self._account
        if account is None:
            return _CAN
        segments = allowed(account, "segments:read", "segments:write")
        if account.capabilities and "segments" not in account.capabilities:
            segments = no(
                "serwis nie prowadzi segmentów na tym koncie", "the service keeps no segments for this account"
            )
        return replace(
            _CAN,
            batch=self._batch_size(),
            branches=allowed(account, "branches:read", "branches:write"),
            customers=allowed(account, "customers:read", "customers:write"),
            segments=segments,
            orders=allowed(account, "orders:read", "orders:write"),
            statuses=allowed(account, "orders:read", "orders:write"),
        )

    def check(self) -> Iterator[CheckStep]:
        """Ask for the account, then for the lists a run needs."""
        step = Text("Połączenie z M/store", "Connection to M/store")
        try:
            account = self._api.account()
            yield CheckStep(
                step,
                passed=True,
                found=Text(
                    f"Udało się nawiązać połączenie z M/store ({account.name})",
                    f"Connected to M/store ({account.name})",
                ),
            )
            step = Text("Prawa klucza", "The key's rights")
            missing = [scope for scope in ("offers:write", "stocks:write") if scope not in account.scopes]
            if account.scopes and missing:
                yield CheckStep(
                    step,
                    passed=False,
                    found=Text("brak: {missing}", "missing: {missing}").fill(missing=", ".join(missing)),
                    advice=Text("Poproś M/store o klucz z tymi prawami.", "Ask M/store for a key with these rights."),
                )
                return
            yield CheckStep(step, passed=True)
            step = Text("Jednostki i oddziały sklepu", "The shop's units and branches")
            units, branches = self.units(), self.choices(ChoiceKind.BRANCHES)
            found = Text("jednostek: {units}, oddziałów: {branches}", "units: {units}, branches: {branches}")
            yield CheckStep(step, passed=True, found=found.fill(units=len(units.types), branches=len(branches)))
        except Fault as fault:
            yield CheckStep(step, passed=False, found=fault.text, advice=fault.advice)

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        match kind:
            case ChoiceKind.REGIONS:
                return [Choice(row.id, row.name) for row in self._api.rows("/v1/regions", Named)]
            case ChoiceKind.ORDER_STATUSES:
                return [Choice(row.code, row.name) for row in self._api.rows("/v1/order-statuses", Named)]
            case ChoiceKind.UNIT_TYPES:
                return [Choice(row.symbol, row.name) for row in self.units().types]
            case ChoiceKind.BRANCHES:
                return [Choice(row.external_id, row.name) for row in self._branches.rows(fresh=True)]
            case _:
                unknown = Text("M/store nie ma listy {kind}.", "M/store has no list {kind}.").fill(kind=kind)
                raise Unsupported(unknown, Text("Wybierz inną listę.", "Choose another list."))

    def units(self) -> UnitTable:
        self._read_account()
        rows = self._api.rows("/v1/unit-types", UnitTypeRow)
        types = {row.symbol: UnitType(row.symbol, row.name, row.default) for row in rows}
        return UnitTable(tuple(types.values()))

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:
        """The overlap of two minutes covers writes that were on their way while the last reading ended."""
        account = self._read_account(fresh=True)
        if since and datetime.fromisoformat(since) > account.server_time:
            # The shop's clock was set back: what has changed since bears times before the cursor.
            since = moment(account.server_time - _SET_BACK)
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
        """Offers with their stock in every branch; stock is read first, so it is held in memory by product."""
        self._read_account()
        if only:
            yield from self._shelf_of(only, lately)
            return
        stocks: defaultdict[str, list[Stock]] = defaultdict(list)
        for place in self._branches.rows(fresh=True):
            for row in self._api.rows(f"/v1/branches/{place.id}/stocks", StockRow):
                stocks[row.product_id].append(to.stock(row, place.external_id))
        units = {
            unit.id: unit for page in self.catalogue() for product in page.products for unit in product.units if unit.id
        }
        for row in self._api.rows("/v1/offers", OfferRow):
            offer = to.offer(row, units)
            yield ShelfItem(row.product_id, row.active, offer, tuple(stocks.get(row.product_id, ())))

    def _shelf_of(self, product_ids: Sequence[str], lately: timedelta | None) -> Iterator[ShelfItem]:
        """A few offers, asked for one by one. Stock can be read by branch only: what was written lately, or nothing."""
        stocks = {} if lately is None else self._stocks_written(frozenset(product_ids), lately)
        for product_id in product_ids:
            row = self._api.row_or_none(f"/v1/offers/{quote(product_id, safe='')}", OfferRow)
            if row is not None and row.product_id != product_id:
                raise garbled("product_id")
            held = tuple(stocks.get(product_id, ()))
            if row is not None:
                yield ShelfItem(product_id, row.active, to.offer(row, {}), held)
            elif held:
                yield ShelfItem(product_id, active=False, offer=None, stocks=held)

    def _stocks_written(self, product_ids: frozenset[str], lately: timedelta) -> dict[str, list[Stock]]:
        """By the shop's clock, so that ours need not be right."""
        found: defaultdict[str, list[Stock]] = defaultdict(list)
        params = [("updated_since", moment(self._read_account(fresh=True).server_time - lately - _SLACK))]
        for place in self._branches.rows(fresh=True):
            for row in self._api.rows(f"/v1/branches/{place.id}/stocks", StockRow, params):
                if row.product_id in product_ids:
                    found[row.product_id].append(to.stock(row, place.external_id))
        return found

    def branches(self) -> Sequence[ShopBranch]:
        return [branch(row) for row in self._branches.rows(fresh=True)]

    def customers(self, since: str = "") -> Iterator[CustomerPage]:
        """As with the catalogue, an overlap of two minutes covers what was on its way while the last reading ended."""
        account = self._read_account(fresh=True)
        yield from customers.pages(self._api, since)
        yield CustomerPage((), cursor=cursor_of(account), complete=True)

    def segments(self) -> Sequence[Segment]:
        return self._segments.nouns()

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:
        """Pages in the service's own order, by last change; a page is asked for when the one before was used."""
        account = self._read_account(fresh=True)
        params = {"status": query.status} if query.status else {"updated_since": query.since}
        if query.after is not None and not (query.status or query.since):
            params = {"updated_since": moment(query.after + self._offset)}
        self._branches.rows(fresh=True)
        yield from self._orders.pages(params, query.page, waiting=bool(query.status), permits=query.permits)
        yield OrderPage((), cursor=cursor_of(account), complete=True)

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:
        return self._orders.one(order_id, permits=permits)

    def order_statuses(self) -> Sequence[OrderStatus]:
        return self._orders.statuses()

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        """Runs of changes of one kind become one batch each; a withdrawal zeroes the stock before it withdraws."""
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
            case Publish() | Amend() | SetStock() | Withdraw():
                yield from self._send_offer(changes, attempt)
            case _:
                yield from self._send_orders(changes, attempt)

    def _send_parties(self, changes: list[Change], attempt: str) -> Iterator[Outcome]:
        assigned = [change for change in changes if isinstance(change, Assign | Unassign)]
        if assigned:
            account = self._read_account()
            batches = not account.capabilities or "batch" in account.capabilities
            sending = customers.Assignments(self._api, self._branches.ids(), self._segments)
            yield from sending.send(assigned, attempt, batches=batches)
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

    def _send_offer(self, changes: list[Change], attempt: str) -> Iterator[Outcome]:
        stocks = [change for change in changes if isinstance(change, SetStock)]
        withdrawals = [change for change in changes if isinstance(change, Withdraw)]
        if stocks:
            yield from self._send_stocks(stocks, attempt)
            return
        if withdrawals:
            self._zero(withdrawals, attempt)
        offers = [change for change in changes if isinstance(change, Publish | Amend | Withdraw)]
        results = self._api.batch(_OFFERS, [to.offer_item(change) for change in offers], attempt)
        for result, change in zip(results, offers, strict=True):
            outcome = to.outcome(result, change)
            refused = isinstance(outcome, Failed) and not outcome.retry
            if isinstance(change, Withdraw) and refused and self._is_off(change.target.product_id):
                outcome = Done("off")
            yield outcome

    def _is_off(self, product_id: str) -> bool:
        """Whether a product is not on offer. The batch refuses to withdraw what was never offered (section 7)."""
        row = self._api.row_or_none(f"/v1/offers/{quote(product_id, safe='')}", OfferRow)
        return row is None or row.status != "active"

    def _send_stocks(self, changes: list[SetStock], attempt: str) -> Iterator[Outcome]:
        branches = self._branches.ids()
        items = [to.stock_item(change, branches, self._offset) for change in changes]
        sent = [item for item in items if item is not None]
        results = iter(self._api.batch(_STOCKS, sent, attempt) if sent else ())
        for change, item in zip(changes, items, strict=True):
            if item is None:
                yield Failed(Finding.of(Reason.BRANCH_NOT_IN_SHOP, branch=change.after.branch))
            else:
                yield to.outcome(next(results), change)

    def _zero(self, withdrawals: list[Withdraw], attempt: str) -> None:
        """The service zeroes stock on withdrawal by itself; zeros sent first make the order of arrival harmless."""
        branches = self._branches.ids()
        zeros = [
            SetStock(change.target, None, Stock(branch, 0, None, Basis.STOCK))
            for change in withdrawals
            for branch in change.branches
        ]
        items = [item for item in (to.stock_item(zero, branches, self._offset) for zero in zeros) if item is not None]
        for piece in _cut(items, self._batch_size()):
            self._api.batch(_STOCKS, piece, attempt)

    def _read_account(self, *, fresh: bool = False) -> Account:
        if self._account is None or fresh:
            self._account = self._api.account()
            self._offset = self._account.server_time - datetime.now(UTC)
        return self._account

    def _batch_size(self) -> int:
        return min(self._api.largest, self._read_account().limits.max_batch)


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
