"""What the keys of this shop may do."""

import re
from collections.abc import Iterable, Mapping

from pomost.sandbox.http.access import ApiKey
from pomost.sandbox.http.problems import Problem

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


def scope_needed(method: str, path: str) -> str | None:
    """The scope a request needs; None where any valid key will do (account, paths nobody serves)."""
    resource = _BY_PATH.get(path.split("/")[2].partition(":")[0])
    if resource is None:
        return None
    if _STOCKS_OF_BRANCH.match(path):
        resource = "stocks"
    action = "read" if method in {"GET", "HEAD"} or resource == "catalogue" else "write"
    return f"{resource}:{action}"


def told_scopes(scopes: Iterable[str], names: Mapping[str, str], unlisted: frozenset[str]) -> tuple[str, ...]:
    """Scopes as the account lists them: under the shop's own names, and perhaps not all of them (section 17)."""
    return tuple(dict.fromkeys(names.get(scope, scope) for scope in scopes if scope not in unlisted))


def check_scope(key: ApiKey, method: str, path: str) -> None:
    needed = scope_needed(method, path)
    if needed is not None and needed not in key.scopes:
        raise Problem("forbidden-scope")
