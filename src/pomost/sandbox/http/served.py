"""What the gate and the lists need of any shop that is served."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import RLock
from typing import NamedTuple, Protocol

from pomost.sandbox.http.access import ApiKey, RateLimit
from pomost.sandbox.http.idempotency import IdempotencyStore
from pomost.sandbox.http.journal import Journal

DESCRIPTION = "/v1/openapi.json"
JSON_ONLY = frozenset({"application/json"})
# Ids are opaque: the odd ones hold what an address has to encode, and what looks like the end of a path or a query.
ID_FORMS = {"plain": "{}{:06d}", "odd": "{}:{:06d} ż+%2F?&=#"}


def notices_of(deprecated: datetime | None, sunset: datetime | None) -> dict[str, str]:
    """The headers that announce the end of a version: since when it is deprecated, and when it will be gone."""
    told = {}
    if deprecated is not None:
        told["Deprecation"] = f"@{int(deprecated.timestamp())}"
    if sunset is not None:
        told["Sunset"] = format_datetime(sunset.astimezone(UTC), usegmt=True)
    return told


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
    # Headers on every answer: the announced end of this version (`Deprecation`, `Sunset`).
    notices: dict[str, str]
    # Whether `Retry-After` is told as an HTTP date instead of seconds, wherever it is told.
    waits_as_dates: bool

    def now(self) -> datetime: ...

    def is_open(self, path: str) -> bool:
        """Whether an address is outside the contract: no key, no limits, no journal."""
        ...

    def once_per_key(self, path: str) -> bool:
        """Whether a POST to this address needs an Idempotency-Key, under which it is done once."""
        ...

    def permit(self, key: ApiKey, method: str, path: str) -> None:
        """Refuse what a key may not do, as a problem."""
        ...

    def rate_for(self, method: str, path: str) -> RateLimit: ...

    def intake_of(self, method: str, path: str) -> Intake: ...
