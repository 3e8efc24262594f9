"""Comarch e-Sklep after the project's own contract, sections 0-11 and 15: entries area by area in an exchange."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from typing import NoReturn

from pomost.connectors.shop.addresses import known, prepare, split_pasted, unfit
from pomost.connectors.shop.esklep import session as sessions
from pomost.connectors.shop.esklep import translation as to
from pomost.connectors.shop.esklep.api import EsklepApi, ItemResult, Problem, read, unexpected
from pomost.connectors.shop.esklep.contents import Item
from pomost.connectors.shop.esklep.rows import Entry, Missing, Shop, StockHeld
from pomost.connectors.shop.esklep.session import NAMES, OpenSession
from pomost.connectors.shop.esklep.settings import EsklepSettings
from pomost.connectors.shop.server_clock import ServerClock
from pomost.model.branch import ShopBranch
from pomost.model.change import Change, Drop, EntryChange, Keep, Put
from pomost.model.customer import Segment
from pomost.model.order import Order, OrderStatus
from pomost.model.outcome import Outcome
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.model.unit import UnitTable
from pomost.ports.capability import ShopCapabilities, no, not_yet, yes
from pomost.ports.checking import CheckStep
from pomost.ports.descriptor import ShopDescriptor
from pomost.ports.entries import EntryTerrain, Exchange, Swept
from pomost.ports.fault import Fault, Refused, Unsupported
from pomost.ports.shop import CataloguePage, CustomerPage, OrderPage, OrderQuery, ShelfItem, Visit
from pomost.transport.http import HttpClient, PlainHttpRefused

_PATHS = {
    Area.CUSTOMER: "/v1/customers:batch",
    Area.PRICE_TYPE: "/v1/price-types:batch",
    Area.WAREHOUSE: "/v1/warehouses:batch",
    Area.ATTRIBUTE: "/v1/attributes:batch",
    Area.GROUP: "/v1/groups:batch",
    Area.PRODUCT: "/v1/products:batch",
    Area.PRICES: "/v1/prices:batch",
    Area.CUSTOMER_DISCOUNT: "/v1/discounts:batch",
    Area.PUBLIC_DISCOUNT: "/v1/discounts:batch",
    Area.PROMOTION: "/v1/bundles:batch",
    Area.FILES: "/v1/file-links:batch",
    Area.STOCKS: "/v1/stocks:batch",
}
_DICTIONARIES = {ChoiceKind.ORDER_STATUSES: "order-statuses"}
_MAJOR = "1"
_NO = no("e-Sklep nie ma własnego katalogu ani oddziałów", "e-Sklep has no catalogue and no branches of its own")
_LATER = not_yet("zamówienia z e-Sklepu są w przygotowaniu", "orders from e-Sklep are being made")
_CAN = ShopCapabilities(
    publish=_NO,
    amend=_NO,
    withdraw=_NO,
    stock=_NO,
    hide=_NO,
    min_quantity=_NO,
    shelf=_NO,
    written=_NO,
    catalogue_changes=_NO,
    branches=_NO,
    customers=_NO,
    segments=_NO,
    orders=_LATER,
    statuses=_LATER,
    entries=yes(),
    batch=200,
)


class Esklep:
    """One shop, which is one workstation (*stanowisko*) of the ERP."""

    can = _CAN

    def __init__(self, api: EsklepApi, client: HttpClient) -> None:
        self._api = api
        self._client = client
        self._shop: Shop | None = None
        self._session: OpenSession | None = None
        self._closed: tuple[Mapping[Area, str], int | None, Swept] | None = None
        self._clock = ServerClock()
        self._looked = False

    @contextmanager
    def visit(self, visit: Visit) -> Iterator[None]:
        self._clock.begin(visit)
        self._client.heed = visit.heed
        self._shop, self._looked = None, False
        try:
            yield
        finally:
            self._client.heed = lambda: None
            self._clock.end()

    # --- looking about

    def check(self) -> Iterator[CheckStep]:
        """Ask for the shop, then for the dictionaries a run needs."""
        step = Text("Połączenie z e-Sklepem", "Connection to e-Sklep")
        try:
            shop = self._read_shop()
            found = Text(f"Udało się połączyć ze sklepem {shop.name}", f"Connected to shop {shop.name}")
            yield CheckStep(step, passed=True, found=found)
            step = Text("Słowniki sklepu", "The shop's dictionaries")
            codes = self._codes("availability-statuses")
            known = Text("statusów dostępności: {count}", "availability statuses: {count}").fill(count=len(codes))
            yield CheckStep(step, passed=True, found=known)
        except Fault as fault:
            yield CheckStep(step, passed=False, found=fault.text, advice=fault.advice)

    def choices(self, kind: ChoiceKind) -> Sequence[Choice]:
        name = _DICTIONARIES.get(kind)
        if name is not None:
            return [Choice(row.code, row.name) for row in self._api.rows(f"/v1/dictionaries/{name}", Entry)]
        if kind in {ChoiceKind.BRANCHES, ChoiceKind.REGIONS, ChoiceKind.UNIT_TYPES}:
            return []
        raise Unsupported(
            Text("Sklep nie ma listy {kind}.", "The shop has no list {kind}.").fill(kind=kind),
            Text("Wybierz inną listę.", "Choose another list."),
        )

    def terrain(self) -> EntryTerrain:
        shop = self._read_shop()
        limits = shop.limits
        return EntryTerrain(
            languages=shop.languages,
            default_language=shop.default_language,
            currencies=frozenset(shop.currencies),
            root=_number(shop.root_group_erp_id, "root_group_erp_id"),
            price_type=_number(shop.default_price_type_erp_id, "default_price_type_erp_id"),
            total_stock=shop.stock_mode == "total",
            availability=self._codes("availability-statuses"),
            payment_forms=self._codes("payment-forms"),
            file_types=frozenset(limits.file_types),
            file_bytes=limits.max_file_bytes,
            files_per_owner=limits.files_per_owner,
            attributes_per_product=limits.attributes_per_product,
            able=frozenset(shop.capabilities),
        )

    # --- the exchange

    def cursors(self, areas: Iterable[Area]) -> Mapping[Area, str]:
        return sessions.cursors(self._api, areas)

    def open(self, exchange: Exchange) -> Mapping[Area, str]:
        self.abort()
        self._closed = None
        self._read_shop()
        self._session, cursors = sessions.open_session(self._api, exchange)
        return cursors

    def missing_files(self, digests: Sequence[str], *, verify: bool) -> Collection[str]:
        size = min(1000, self._read_shop().limits.max_hashes)
        found: set[str] = set()
        for start in range(0, len(digests), size):
            wish = {"sha256": list(digests[start : start + size]), "verify": verify}
            answer = self._api.tell("/v1/files:missing", wish)
            if isinstance(answer, Problem):
                raise unexpected(answer)
            found |= set(read(Missing, answer).missing)
        return found

    def put_file(self, digest: str, data: bytes, media_type: str) -> Finding | None:
        self._current()
        problem = self._api.put_bytes(f"/v1/files/{digest}", data, media_type)
        if problem is None:
            return None
        facts = {"status": problem.status, "code": problem.code, "detail": problem.detail}
        return Finding.of(Reason.SHOP_REFUSED, **facts)

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        """Entries of one area at once; a change whose every item the shop took is done."""
        for change in changes:
            if not isinstance(change, Put | Drop | Keep):
                self._cannot()
        entries: list[EntryChange] = [one for one in changes if isinstance(one, Put | Drop | Keep)]
        for area, group in groupby(entries, key=lambda one: one.target.area):
            yield from self._send_area(area, list(group), attempt)

    def commit(self, cursors: Mapping[Area, str], confirmed: int | None = None) -> Swept:
        if self._closed is not None and self._closed[:2] == (cursors, confirmed):
            return self._closed[2]
        swept = sessions.commit(self._api, self._current(), cursors, confirmed)
        if swept.wants is None:
            self._rest()
            self._closed = (dict(cursors), confirmed, swept)
        return swept

    def abort(self) -> None:
        session = self._session
        if session is not None:
            sessions.abort(self._api, session)
            self._rest()

    def close(self) -> None:
        self.abort()
        self._client.close()

    # --- what such a shop has not

    def units(self) -> UnitTable:
        return UnitTable(())

    def catalogue(self, since: str = "") -> Iterator[CataloguePage]:  # noqa: ARG002  (it has none)
        self._cannot()

    def find(self, eans: Sequence[str]) -> Iterator[CatalogueProduct]:  # noqa: ARG002
        self._cannot()

    def shelf(self, only: Sequence[str] = (), lately: timedelta | None = None) -> Iterator[ShelfItem]:  # noqa: ARG002
        self._cannot()

    def hidden(self, branch: str) -> AbstractSet[str]:  # noqa: ARG002
        self._cannot()

    def account(self) -> str:
        self._cannot()

    def watermark(self, *, fresh: bool = False) -> str:  # noqa: ARG002
        self._cannot()

    def written(self, since: str) -> Iterator[ShelfItem]:  # noqa: ARG002
        self._cannot()

    def stocks_written(self, since: str, branches: Sequence[str]) -> Iterator[ShelfItem]:  # noqa: ARG002
        self._cannot()

    def orders(self, query: OrderQuery) -> Iterator[OrderPage]:  # noqa: ARG002
        self._cannot()

    def order(self, order_id: str, *, permits: bool = False) -> Order | None:  # noqa: ARG002
        self._cannot()

    def order_statuses(self) -> Sequence[OrderStatus]:
        self._cannot()

    def branches(self) -> Sequence[ShopBranch]:
        self._cannot()

    def customers(self, since: str = "") -> Iterator[CustomerPage]:  # noqa: ARG002
        self._cannot()

    def segments(self) -> Sequence[Segment]:
        self._cannot()

    # --- inside

    def _send_area(self, area: Area, changes: Sequence[EntryChange], attempt: str) -> Iterator[Outcome]:
        session = self._current()
        stamp = session.stamp()
        items: list[Item] = []
        moments: list[datetime] = []
        counts: list[int] = []
        for change in changes:
            read_at = self._clock.as_of(change.read_at if isinstance(change, Put) else None)
            own = to.items_of(change, stamp, read_at)
            items += own
            moments += [read_at] * len(own)
            counts.append(len(own))
        results: list[ItemResult] = []
        seen = session.seen[NAMES[area]]
        place = 0
        for count in counts:
            while len(results) < place + count:
                piece = slice(len(results), len(results) + self._size(area))
                results += self._taken(area, items[piece], moments[piece], attempt)
                seen |= {to.mark(area, item) for item in items[piece]}
            yield to.outcome(results[place : place + count], area)
            place += count

    def _taken(self, area: Area, items: Sequence[Item], moments: Sequence[datetime], attempt: str) -> list[ItemResult]:
        """A result per item. Where the shop holds stock of its own future, what it took for stale is sent as later."""
        results = self._api.batch(_PATHS[area], items, attempt)
        if area is not Area.STOCKS:
            return results
        at = list(moments)
        late = [place for place, one in enumerate(results) if one.code == to.STALE]
        if late and self._holds_the_future():
            for place in late:
                at[place] = self._clock.lifted(at[place])
            again = [to.as_of(items[place], at[place]) for place in late]
            for place, one in zip(late, self._api.batch(_PATHS[area], again, f"{attempt} later"), strict=True):
                results[place] = one
        for one, moment in zip(results, at, strict=True):
            if one.done:
                self._clock.confirmed(moment)
        return results

    def _holds_the_future(self) -> bool:
        """Whether the shop holds stock as of a moment its clock has not reached; it is looked through once a visit."""
        if self._looked:
            return False
        self._looked = True
        held = [row.as_of for row in self._api.rows("/v1/stocks", StockHeld) if row.as_of is not None]
        return bool(held) and self._clock.lies_ahead(max(held))

    def _size(self, area: Area) -> int:
        limits = self._read_shop().limits
        match area:
            case Area.PRODUCT:
                return min(200, limits.max_products, self._api.largest)
            case Area.STOCKS:
                return min(1000, limits.max_stocks, self._api.largest)
            case _:
                return min(500, limits.max_batch, self._api.largest)

    def _current(self) -> OpenSession:
        session = self._session
        if session is None:
            raise Unsupported(
                Text("Nie rozpoczęto synchronizacji ze sklepem.", "No exchange was begun."),
                Text("Zgłoś to twórcom Pomostu.", "Report it to the makers of Pomost."),
            )
        if session.lost is not None:
            raise session.lost
        return session

    def _rest(self) -> None:
        if self._session is not None:
            self._session.rest()
        self._session = None
        self._api.headers = {}

    def _read_shop(self) -> Shop:
        if self._shop is None:
            shop = self._api.one("/v1/shop", Shop)
            if shop.protocol_version.partition(".")[0] != _MAJOR:
                raise Refused(
                    Text(
                        "Sklep mówi protokołem {version}, a Pomost zna {ours}.",
                        "The shop speaks protocol {version}; Pomost knows {ours}.",
                    ).fill(version=shop.protocol_version, ours=f"{_MAJOR}.x"),
                    Text("Zainstaluj nowszą wersję Pomostu.", "Install a newer version of Pomost."),
                )
            if shop.server_time is not None:
                self._clock.hear(shop.server_time)
            self._shop = shop
        return self._shop

    def _codes(self, dictionary: str) -> frozenset[str]:
        return frozenset(row.code for row in self._api.rows(f"/v1/dictionaries/{dictionary}", Entry) if row.active)

    @staticmethod
    def _cannot() -> NoReturn:
        raise Unsupported(
            Text("e-Sklep tego nie prowadzi.", "e-Sklep keeps no such thing."),
            Text("Zgłoś to twórcom Pomostu.", "Report it to the makers of Pomost."),
        )


def _number(key: str, name: str) -> int:
    """Our own key, as the shop was told it."""
    if not key.isascii() or not key.isdigit():
        raise Refused(
            Text("{name} = {key} nie jest identyfikatorem ERP.", "{name} = {key} is no id of the ERP.").fill(
                name=name, key=key
            ),
            Text("Ustaw grupę główną i cenę domyślną w panelu sklepu.", "Set both in the shop's panel."),
        )
    return int(key)


def _connect(settings: EsklepSettings) -> Esklep:
    address, pasted = split_pasted(settings.address)
    key = (settings.key or pasted).strip()
    if not key or not (key.isascii() and key.isprintable()) or " " in key:
        raise Refused(
            Text("Klucz API jest pusty albo ma niedozwolone znaki.", "The API key is blank or malformed."),
            Text("Wklej klucz jeszcze raz w zakładce Połączenie.", "Paste the key again under Connection."),
        )
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": "pl, en", "User-Agent": "Pomost"}
    try:
        client = HttpClient(known(address), headers, timeout=settings.timeout)
    except PlainHttpRefused as error:
        raise Refused(
            Text("Adres {address} nie jest szyfrowany.", "Address {address} is not encrypted.").fill(address=error),
            Text("Użyj adresu https://.", "Use https://."),
        ) from error
    except ValueError as error:
        raise Refused(
            Text("Adres sklepu jest niepoprawny.", "The shop's address is not valid."),
            Text("Wpisz adres w postaci https://...", "Enter it as https://..."),
        ) from error
    return Esklep(EsklepApi(client), client)


ESKLEP = ShopDescriptor("esklep", "Comarch e-Sklep", EsklepSettings, _connect, _CAN, prepare, unfit)
