"""Keys, and how often they may ask."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

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


# How the limit is told: the draft's two headers, the three older ones, or those with `X-` before them.
RateForm = Literal["draft", "old", "x"]
_BEFORE: dict[RateForm, str] = {"old": "RateLimit", "x": "X-RateLimit"}


@dataclass(slots=True)
class RateLimit:
    """A fixed window per key: `quota` requests in `window` seconds, told in one of the spellings in use."""

    quota: int = 60_000
    window: int = 60
    form: RateForm = "draft"
    _used: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    def take(self, key: str, now: datetime) -> dict[str, str]:
        """The headers that tell the client where it stands; over the quota, the problem that says so."""
        started, used = self._used.get(key, (now, 0))
        # A clock that was set back would make the window last until the time it was opened at comes again.
        if not 0 <= (now - started).total_seconds() < self.window:
            started, used = now, 0
        used += 1
        self._used[key] = (started, used)
        left = self.window - int((now - started).total_seconds())
        headers = self._told(max(self.quota - used, 0), left)
        if used > self.quota:
            raise Problem("rate-limited", headers={**headers, "Retry-After": str(max(left, 1))})
        return headers

    def change(self, quota: int, window: int, form: RateForm = "draft") -> None:
        if form not in get_args(RateForm):
            raise ValueError(f"no rate limit is told as {form!r}")
        self.quota, self.window, self.form = quota, window, form
        self._used.clear()

    def _told(self, remaining: int, left: int) -> dict[str, str]:
        if self.form == "draft":
            return {
                "RateLimit-Policy": f'"default";q={self.quota};w={self.window}',
                "RateLimit": f'"default";r={remaining};t={left}',
            }
        figures = {"Limit": self.quota, "Remaining": remaining, "Reset": left}
        return {f"{_BEFORE[self.form]}-{name}": str(figure) for name, figure in figures.items()}
