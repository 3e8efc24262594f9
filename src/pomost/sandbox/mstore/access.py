"""Keys, what they may do, and how often they may ask."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from starlette.datastructures import Headers

from pomost.sandbox.mstore.problems import Problem

RESOURCES = ("catalogue", "branches", "offers", "stocks", "customers", "segments", "orders")
READING = tuple(f"{name}:read" for name in RESOURCES)
WRITABLE = ("branches", "offers", "stocks", "customers", "segments", "orders")
FULL = (*READING, *(f"{name}:write" for name in WRITABLE))

# The first part of a path names the resource, except where a resource hangs under another one.
_BY_PATH = {
    "regions": "catalogue",
    "unit-types": "catalogue",
    "products": "catalogue",
    "branches": "branches",
    "postal-codes": "branches",
    "offers": "offers",
    "stocks": "stocks",
    "customers": "customers",
    "customer-assignments": "customers",
    "segments": "segments",
    "orders": "orders",
    "order-statuses": "orders",
    "order-status-changes": "orders",
}
_STOCKS_OF_BRANCH = re.compile(r"/v1/branches/[^/]+/stocks(/|$)")


@dataclass(frozen=True, slots=True)
class ApiKey:
    key: str
    scopes: tuple[str, ...]
    revoked: bool = False


def scope_needed(method: str, path: str) -> str | None:
    """The scope a request needs; None where any valid key will do (account, paths nobody serves)."""
    resource = _BY_PATH.get(path.split("/")[2].partition(":")[0])
    if resource is None:
        return None
    if _STOCKS_OF_BRANCH.match(path):
        resource = "stocks"
    action = "read" if method in {"GET", "HEAD"} or resource == "catalogue" else "write"
    return f"{resource}:{action}"


def check_scope(key: ApiKey, method: str, path: str) -> None:
    needed = scope_needed(method, path)
    if needed is not None and needed not in key.scopes:
        raise Problem("forbidden-scope")


def recognise(headers: Headers, keys: dict[str, ApiKey]) -> ApiKey:
    """The key behind a request, from either header; two headers that disagree prove nothing."""
    challenge = {"WWW-Authenticate": "Bearer"}
    given = set(headers.getlist("x-api-key"))
    for line in headers.getlist("authorization"):
        scheme, _, token = line.partition(" ")
        if scheme.lower() != "bearer":
            raise Problem("unauthorized", headers=challenge)
        given.add(token.strip())
    key = keys.get(given.pop()) if len(given) == 1 else None
    if key is None:
        raise Problem("unauthorized", headers=challenge)
    if key.revoked:
        raise Problem("key-revoked", headers=challenge)
    return key


@dataclass(slots=True)
class RateLimit:
    """A fixed window per key: `quota` requests in `window` seconds."""

    quota: int = 60_000
    window: int = 60
    _used: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    def take(self, key: str, now: datetime) -> dict[str, str]:
        """The headers that tell the client where it stands; over the quota, the problem that says so."""
        started, used = self._used.get(key, (now, 0))
        if (now - started).total_seconds() >= self.window:
            started, used = now, 0
        used += 1
        self._used[key] = (started, used)
        left = self.window - int((now - started).total_seconds())
        headers = {
            "RateLimit-Policy": f'"default";q={self.quota};w={self.window}',
            "RateLimit": f'"default";r={max(self.quota - used, 0)};t={left}',
        }
        if used > self.quota:
            raise Problem("rate-limited", headers={**headers, "Retry-After": str(max(left, 1))})
        return headers

    def change(self, quota: int, window: int) -> None:
        self.quota, self.window = quota, window
        self._used.clear()
