"""Keys, and how often they may ask."""

from dataclasses import dataclass, field
from datetime import datetime

from starlette.datastructures import Headers

from pomost.sandbox.http.problems import Problem


@dataclass(frozen=True, slots=True)
class ApiKey:
    key: str
    scopes: tuple[str, ...] = ()
    revoked: bool = False


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
