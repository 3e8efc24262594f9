"""What the gate and the lists need of any shop that is served."""

from datetime import datetime, timedelta
from threading import RLock
from typing import NamedTuple, Protocol

from pomost.sandbox.http.access import ApiKey, RateLimit
from pomost.sandbox.http.idempotency import IdempotencyStore
from pomost.sandbox.http.journal import Journal

DESCRIPTION = "/v1/openapi.json"
JSON_ONLY = frozenset({"application/json"})


class Intake(NamedTuple):
    """What an address takes in: how many bytes at most, and of which media types."""

    most: int
    media_types: frozenset[str] = JSON_ONLY


class Served(Protocol):
    """A shop: its lock, its clock, its memory of answers, and what it says of single addresses."""

    lock: RLock
    journal: Journal
    keys: dict[str, ApiKey]
    idempotency: IdempotencyStore
    cursor_secret: bytes
    cursor_life: timedelta
    max_page: int
    urn: str
    account_id: str

    def now(self) -> datetime: ...

    def is_open(self, path: str) -> bool:
        """Whether an address is outside the contract: no key, no limits, no journal."""
        ...

    def permit(self, key: ApiKey, method: str, path: str) -> None:
        """Refuse what a key may not do, as a problem."""
        ...

    def rate_for(self, method: str, path: str) -> RateLimit: ...

    def intake_of(self, method: str, path: str) -> Intake: ...
