"""Everything the shop holds in memory, behind one lock, with its clock and its settings."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Any

from pomost.sandbox.http.access import ApiKey, RateLimit
from pomost.sandbox.http.collection import Collection, Undo
from pomost.sandbox.http.idempotency import IdempotencyStore
from pomost.sandbox.http.journal import Journal
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem
from pomost.sandbox.http.served import DESCRIPTION, ID_FORMS, Intake
from pomost.sandbox.mstore.access import FULL, check_scope, told_scopes
from pomost.sandbox.mstore.jobs import Jobs
from pomost.sandbox.mstore.records import (
    Account,
    Assignment,
    Branch,
    Customer,
    Limits,
    Offer,
    Order,
    OrderDocument,
    OrderStatus,
    PostalArea,
    Product,
    Region,
    Segment,
    Stock,
    UnitType,
)

PDF = frozenset({"application/pdf", "application/json"})
MAX_DOCUMENT = 10 * 1024 * 1024

REGIONS = (("mazowieckie", "Mazowieckie"), ("malopolskie", "Małopolskie"), ("slaskie", "Śląskie"))
UNIT_TYPES = (("PCE", "Sztuka"), ("CT", "Karton"), ("B", "Keg"), ("CR", "Skrzynka"), ("PU", "Zgrzewka"))
ORDER_STATUSES = (
    OrderStatus("new", "Nowe", final=False, allowed_next=("accepted", "in_progress", "cancelled")),
    OrderStatus("accepted", "Przyjęte", final=False, allowed_next=("in_progress", "completed", "cancelled")),
    OrderStatus("in_progress", "W realizacji", final=False, allowed_next=("completed", "cancelled")),
    OrderStatus("completed", "Zrealizowane", final=True, allowed_next=()),
    OrderStatus("cancelled", "Anulowane", final=True, allowed_next=()),
)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Holdings:
    def __init__(
        self,
        *,
        key: str | None = None,
        distributor_id: str = "D-1001",
        name: str = "Hurtownia Wzorcowa",
        nip: str | None = "1234563218",
        multi_branch: bool = True,
        regions: Iterable[tuple[str, str]] = REGIONS,
        unit_types: Sequence[tuple[str, str]] = UNIT_TYPES,
        order_statuses: Iterable[OrderStatus] = ORDER_STATUSES,
        capabilities: Iterable[str] = ("batch", "segments"),
        max_page: int = 500,
        max_batch: int = 500,
        max_body: int = 10 * 1024 * 1024,
        rate: tuple[int, int] = (60_000, 60),
        cursor_life: timedelta = timedelta(hours=24),
        idempotency_life: timedelta = timedelta(hours=24),
        region_required: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.lock = RLock()
        self.undo = Undo()
        self.distributor_id, self.name, self.nip, self.multi_branch = distributor_id, name, nip, multi_branch
        self.capabilities = tuple(capabilities)
        self.limits = Limits(max_page, max_batch)
        self.max_page, self.account_id, self.urn = max_page, distributor_id, "urn:mstore:problem:"
        self.max_body = max_body
        self.region_required = region_required
        self.cursor_life = cursor_life
        self.cursor_secret = secrets.token_bytes(16)
        self.clock = clock
        self.clock_offset = timedelta()
        self.rate = RateLimit(*rate)
        self.idempotency = IdempotencyStore(idempotency_life)
        self.jobs = Jobs(idempotency_life)
        # What the contract leaves to the shop; `Conduct` changes it while the shop is open.
        self.notices: dict[str, str] = {}
        self.waits_as_dates = False
        self.versions_demanded: frozenset[str] = frozenset()
        self.scope_names: Mapping[str, str] = {}
        self.unlisted_scopes: frozenset[str] = frozenset()
        self.id_form = ID_FORMS["plain"]
        self.journal = Journal()
        self.key = key or f"mst_{secrets.token_urlsafe(24)}"
        self.keys: dict[str, ApiKey] = {self.key: ApiKey(self.key, FULL)}
        self._numbers: dict[str, int] = {}

        self.regions: Collection[Region] = Collection(self.undo)
        self.unit_types: Collection[UnitType] = Collection(self.undo)
        self.order_statuses: Collection[OrderStatus] = Collection(self.undo)
        self.products: Collection[Product] = Collection(self.undo)
        self.offers: Collection[Offer] = Collection(self.undo)
        self.branches: Collection[Branch] = Collection(self.undo)
        self.postal_areas: Collection[PostalArea] = Collection(self.undo)
        self.stocks: dict[str, Collection[Stock]] = {}
        self.customers: Collection[Customer] = Collection(self.undo)
        self.assignments: Collection[Assignment] = Collection(self.undo)
        self.segments: Collection[Segment] = Collection(self.undo, lambda segment: segment.id)
        self.orders: Collection[Order] = Collection(self.undo)
        self.documents: Collection[OrderDocument] = Collection(self.undo)
        self.status_changes: list[dict[str, Any]] = []
        # Indexes only ever gain keys: a key that no longer fits is sifted out by the reader.
        self.by_gtin: dict[str, set[str]] = {}
        self.by_nip: dict[str, set[str]] = {}

        opened = moment_text(self.now())
        for region_id, region_name in regions:
            self.regions.put(region_id, Region(region_id, region_name), opened)
        default = "PCE" if any(symbol == "PCE" for symbol, _ in unit_types) else unit_types[0][0]
        for symbol, unit_name in unit_types:
            self.unit_types.put(symbol, UnitType(symbol, unit_name, symbol == default), opened)
        for status in order_statuses:
            self.order_statuses.put(status.code, status, opened)

    def now(self) -> datetime:
        return self.clock() + self.clock_offset

    def is_open(self, path: str) -> bool:
        return not path.startswith("/v1/") or path == DESCRIPTION

    def permit(self, key: ApiKey, method: str, path: str) -> None:
        check_scope(key, method, path)

    def once_per_key(self, path: str) -> bool:  # noqa: ARG002  (here every POST takes a key)
        return True

    def rate_for(self, method: str, path: str) -> RateLimit:  # noqa: ARG002  (here one limit stands for all addresses)
        return self.rate

    def intake_of(self, method: str, path: str) -> Intake:
        if method == "PUT" and path.startswith("/v1/orders/"):
            return Intake(MAX_DOCUMENT, PDF)
        return Intake(self.max_body)

    def next_number(self, prefix: str) -> int:
        number = self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return number

    def next_id(self, prefix: str) -> str:
        return self.id_form.format(prefix, self.next_number(prefix))

    def next_version(self) -> str:
        """Versions come from one sequence, so a resource made anew never repeats a version it had before."""
        return f"v{self.next_number('version')}"

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[str]:
        """The lock and the moment of a write; with `keep` off, or on any failure, what was written is taken back."""
        with self.lock:
            if self.undo.active:  # a write within a write: the outer one decides
                yield moment_text(self.now())
                return
            self.undo.begin()
            try:
                yield moment_text(self.now())
            except BaseException:
                self.undo.roll_back()
                raise
            if keep:
                self.undo.forget()
            else:
                self.undo.roll_back()

    def issue_key(self, scopes: Iterable[str] = FULL, key: str | None = None) -> str:
        key = key or f"mst_{secrets.token_urlsafe(24)}"
        self.keys[key] = ApiKey(key, tuple(scopes))
        return key

    def revoke_key(self, key: str) -> None:
        self.keys[key] = ApiKey(key, self.keys[key].scopes, revoked=True)

    def account(self, scopes: tuple[str, ...]) -> Account:
        return Account(
            self.distributor_id,
            self.name,
            self.nip,
            self.multi_branch,
            told_scopes(scopes, self.scope_names, self.unlisted_scopes),
            self.capabilities,
            self.limits,
            moment_text(self.now()),
        )

    def product(self, product_id: str) -> Product:
        found = self.products.get(product_id)
        if found is None:
            raise Problem("product-unknown")
        return found

    def branch(self, branch_id: str) -> Branch:
        found = self.branches.get(branch_id)
        if found is None:
            raise Problem("not-found")
        return found

    def customer(self, customer_id: str) -> Customer:
        found = self.customers.get(customer_id)
        if found is None:
            raise Problem("customer-unknown")
        return found

    def order(self, order_id: str) -> Order:
        found = self.orders.get(order_id)
        if found is None:
            raise Problem("not-found")
        return found

    def statuses(self) -> Mapping[str, OrderStatus]:
        return self.order_statuses.records
