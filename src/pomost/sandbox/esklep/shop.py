"""Everything the shop holds in memory, behind one lock, with its clock, its settings and its indexes."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import RLock
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from pomost.sandbox.esklep.orders_records import Document, Order, Shipment
from pomost.sandbox.esklep.records import (
    Attribute,
    FileLinks,
    Group,
    Kept,
    Price,
    PriceType,
    Product,
    Stock,
    Warehouse,
)
from pomost.sandbox.esklep.session import AREAS, AreaCursor, Session
from pomost.sandbox.esklep.settings import DICTIONARIES, Entry, Settings
from pomost.sandbox.esklep.trade import Bundle, Customer, Discount
from pomost.sandbox.http.access import ApiKey, RateLimit
from pomost.sandbox.http.collection import Collection, Undo
from pomost.sandbox.http.idempotency import IdempotencyStore
from pomost.sandbox.http.journal import Journal
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem
from pomost.sandbox.http.served import DESCRIPTION, ID_FORMS, Intake, notices_of

PDF = frozenset({"application/pdf"})
MINUTE = 60
RuleKey = tuple[int, str | None, str | None]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Blob:
    """Bytes under their hash; `unlinked_since` is None as long as a link holds them."""

    content: bytes
    media_type: str
    unlinked_since: datetime | None


class Shop:
    def __init__(
        self,
        *,
        key: str | None = None,
        settings: Settings | None = None,
        dictionaries: Mapping[str, tuple[Entry, ...]] = DICTIONARIES,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.lock = RLock()
        self.clock = clock
        self.first_settings = settings or Settings()
        self.first_dictionaries = dict(dictionaries)
        self.journal = Journal(keeps_headers=True)
        self.key = key or f"es_{secrets.token_urlsafe(24)}"
        self.keys: dict[str, ApiKey] = {self.key: ApiKey(self.key)}
        self.cursor_secret = secrets.token_bytes(16)
        self.cursor_life = timedelta(hours=24)
        self.urn = "urn:esklep:problem:"
        self.catalogue_stamp = 0  # moves with whatever the storefront walks through, and never back
        self.empty()

    def empty(self) -> None:
        """A shop as it was when it opened: nothing on offer, nobody known, no session, the first settings."""
        self.clock_offset = timedelta()
        self.frozen_at: datetime | None = None
        self.idempotency = IdempotencyStore(timedelta(hours=24))
        self.keys = {self.key: ApiKey(self.key)}
        self._numbers: dict[str, int] = {}
        self.opened = moment_text(self.now())
        self.dictionaries = dict(self.first_dictionaries)
        self.use(self.first_settings)

        undo = Undo()  # nothing here is ever taken back: what is refused is refused before it is written
        self.price_types: Collection[Kept[PriceType]] = Collection(undo)
        self.warehouses: Collection[Kept[Warehouse]] = Collection(undo)
        self.attributes: Collection[Kept[Attribute]] = Collection(undo)
        self.groups: Collection[Kept[Group]] = Collection(undo)
        self.products: Collection[Kept[Product]] = Collection(undo)
        self.prices: Collection[Kept[Price]] = Collection(undo)
        self.stocks: Collection[Kept[Stock]] = Collection(undo)
        self.discounts: Collection[Kept[Discount]] = Collection(undo)
        self.bundles: Collection[Kept[Bundle]] = Collection(undo)
        self.customers: Collection[Kept[Customer]] = Collection(undo)
        self.links: Collection[Kept[FileLinks]] = Collection(undo)
        self.orders: Collection[Order] = Collection(undo)
        self.shipments: dict[tuple[str, str], Shipment] = {}
        self.documents: dict[tuple[str, str], Document] = {}
        self.blobs: dict[str, Blob] = {}

        # By what a question is asked, kept in step by the writes of each resource.
        self.attribute_codes: dict[tuple[str, str], str] = {}
        self.product_codes: dict[str, str] = {}
        self.subgroups: defaultdict[str, set[str]] = defaultdict(set)
        self.variants: defaultdict[str, set[str]] = defaultdict(set)
        self.prices_of: defaultdict[str, dict[str, Kept[Price]]] = defaultdict(dict)
        self.stocks_of: defaultdict[str, dict[str, Kept[Stock]]] = defaultdict(dict)
        self.rules: defaultdict[RuleKey, dict[str, Kept[Discount]]] = defaultdict(dict)
        self.bundle_codes: dict[tuple[str, str], str] = {}
        self.bundles_with: defaultdict[str, set[str]] = defaultdict(set)
        self.accounts: dict[str, str] = {}  # erp_id of a customer -> its shop_id, the key it is kept under
        self.customer_groups: defaultdict[str, set[str]] = defaultdict(set)
        self.logins: dict[str, str] = {}
        self.file_uses: defaultdict[str, set[str]] = defaultdict(set)

        self.fence = 0
        self.sessions: dict[str, Session] = {}
        self.current: Session | None = None
        self.cursors = {area: AreaCursor(area=area) for area in AREAS}

    def use(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogue_stamp += 1
        self.zone = ZoneInfo(settings.time_zone)
        self.max_page, self.account_id = settings.limits.max_page, settings.shop_id
        self.rate = RateLimit(settings.limits.requests_per_minute, MINUTE, settings.rate_form)
        self.upload_rate = RateLimit(settings.limits.uploads_per_minute, MINUTE, settings.rate_form)
        self.waits_as_dates = settings.waits_as_dates
        self.notices = notices_of(settings.deprecated, settings.sunset)

    def now(self) -> datetime:
        return self.frozen_at or self.clock() + self.clock_offset

    def set_clock(self, now: datetime | None, advance_s: float | None, *, frozen: bool) -> None:
        """Another time from now on; with neither a time nor a step, the real one."""
        wanted = self.now() + timedelta(seconds=advance_s) if advance_s is not None else now
        self.frozen_at = (wanted or self.clock()) if frozen else None
        self.clock_offset = timedelta() if wanted is None else wanted - self.clock()

    def local_day(self, moment: datetime) -> date:
        """The day it is in the shop."""
        return moment.astimezone(self.zone).date()

    @contextmanager
    def writing(self) -> Iterator[str]:
        """The lock and the moment of a write."""
        with self.lock:
            yield moment_text(self.now())

    def next_number(self, prefix: str) -> int:
        number = self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return number

    def next_id(self, prefix: str) -> str:
        return self.spelt_id(prefix, self.next_number(prefix))

    def spelt_id(self, prefix: str, number: int) -> str:
        return ID_FORMS[self.settings.id_form].format(prefix, number)

    def is_open(self, path: str) -> bool:
        return not path.startswith("/v1/") or path == DESCRIPTION or path.startswith("/v1/sandbox/")

    def permit(self, key: ApiKey, method: str, path: str) -> None:
        """One key is one shop: whoever has it may do everything."""

    def once_per_key(self, path: str) -> bool:
        """A heartbeat may be repeated as it is, and a look-up writes nothing (section 22)."""
        return not path.endswith("/heartbeat") and path != "/v1/files:missing"

    def rate_for(self, method: str, path: str) -> RateLimit:
        return self.upload_rate if _is_file(method, path) else self.rate

    def intake_of(self, method: str, path: str) -> Intake:
        limits = self.settings.limits
        if _is_file(method, path):
            return Intake(limits.max_file_bytes, frozenset(limits.file_types))
        if method == "PUT" and path.endswith("/content"):
            return Intake(limits.max_document_bytes, PDF)
        return Intake(limits.max_body_bytes)

    def has(self, capability: str) -> bool:
        return capability in self.settings.capabilities

    def entry(self, dictionary: str, code: str | None) -> Entry | None:
        """An active code of a dictionary."""
        return next((one for one in self.dictionaries[dictionary] if one.code == code and one.active), None)

    def order(self, order_id: str) -> Order:
        found = self.orders.get(order_id)
        if found is None:
            raise Problem("not-found")
        return found

    def product(self, erp_id: str) -> Kept[Product]:
        found = self.products.get(erp_id)
        if found is None:
            raise Problem("product-unknown")
        return found

    def customer(self, erp_id: str) -> Kept[Customer] | None:
        """The customer the ERP knows under this id."""
        shop_id = self.accounts.get(erp_id)
        return None if shop_id is None else self.customers.get(shop_id)

    def change_settings(self, changes: Mapping[str, Any]) -> Settings:
        """Some settings anew; nested ones (`pricing`, `limits`) merge, and what does not fit is refused whole."""
        merged = msgspec.to_builtins(self.settings)
        for name, value in changes.items():
            nested = isinstance(value, Mapping) and isinstance(merged.get(name), dict)
            merged[name] = {**merged[name], **value} if nested else value
        settings = msgspec.convert(merged, Settings)
        ZoneInfo(settings.time_zone)
        self.use(settings)
        return settings


def _is_file(method: str, path: str) -> bool:
    return method == "PUT" and path.startswith("/v1/files/")
