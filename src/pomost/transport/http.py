"""HTTP for one API: timeouts, pacing by the server's own limits, retries only where safe, logs without secrets."""

import random
import ssl
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

import httpx2
import msgspec
import stamina
import structlog

_log = structlog.get_logger("pomost.http")
_SAFE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
TOO_SLOW = frozenset({408, 504})
_LONGEST_WAIT = 120.0
_OK_BELOW = 300
_ACCEPTED = 202  # still being worked on: the place to ask is in `Location`
_BODILESS = frozenset({_ACCEPTED, 204, 205})
_LISTEN = 1.0  # seconds a wait goes on before somebody's wish to stop is heard
_CONFLICT = 409  # with Retry-After: the same request is still being worked on
_REMEMBERED = 32  # requests whose ids are known again when a late answer brings one back
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@cache
def _trusted() -> ssl.SSLContext:
    """The system's certificates, read once a process: 20 ms, and the panel connects again and again."""
    return httpx2.create_ssl_context()


class HttpFailure(Exception):
    """No usable answer: unreachable, cut off, or still refusing after every retry. `sent`: it may have arrived."""

    def __init__(self, kind: str, detail: str, *, sent: bool) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.sent = sent


class PlainHttpRefused(ValueError):
    """Plain HTTP beyond this machine would show the key to the network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. `body` is decoded JSON, or None where the server sent something else (`text` has it)."""

    status: int
    headers: Mapping[str, str]
    body: Any
    text: str = field(repr=False, default="")


@dataclass(slots=True)
class Pace:
    """Obeys what the server says of its limit: no request before `not_before`."""

    not_before: float = 0.0

    def wait(self, sleep: Callable[[float], None]) -> None:
        pause = self.not_before - time.monotonic()
        if pause > 0:
            sleep(min(pause, _LONGEST_WAIT))

    def learn(self, headers: Mapping[str, str]) -> None:
        """Read `RateLimit` (draft, leniently) and older spellings: nothing left means wait for the window's end."""
        left, reset = _limits(headers)
        if left is not None and left <= 0 and reset is not None:
            self.not_before = max(self.not_before, time.monotonic() + reset)


class _Again(Exception):
    """An attempt that may be repeated after `pause` seconds (None: by the usual back-off)."""

    def __init__(self, failure: HttpFailure | None, answer: Answer | None, pause: float | None) -> None:
        super().__init__()
        self.failure = failure
        self.answer = answer
        self.pause = pause

    @property
    def too_slow(self) -> bool:
        """Whether the server, or a gateway before it, ran out of time."""
        return (
            self.failure.kind == "timeout"
            if self.failure
            else self.answer is not None and self.answer.status in TOO_SLOW
        )


class HttpClient:
    """A client of one API. Thread-safe as far as its pool is; one run uses one client.

    `heed` is called about once a second while `wait` waits; what it raises ends the wait.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        timeout: float = 30.0,
        tries: int = 5,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = self._base = urlsplit(base_url.rstrip("/"))
        if not parts.hostname:
            raise ValueError("no host in the address")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise PlainHttpRefused(parts.hostname)
        self._client = httpx2.Client(
            base_url=base_url.rstrip("/"),
            headers=dict(headers),
            timeout=httpx2.Timeout(timeout, connect=min(timeout, 10.0)),
            follow_redirects=False,
            verify=_trusted(),
        )
        self._pace = Pace()
        self._tries = tries
        self._sleep = sleep
        self.heed: Callable[[], None] = _nobody
        self._asked: deque[str] = deque(maxlen=_REMEMBERED)

    def get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        return self._ask("GET", path, params=params)

    def post(
        self,
        path: str,
        body: object,
        *,
        key: str,
        splittable: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """POST with an idempotency key, which makes the repetition safe.

        One that is `splittable` is not sent whole again to a server that was too slow for it: the caller sends less.
        """
        return self._ask("POST", path, body=body, key=key, splittable=splittable, condition=headers)

    def put(self, path: str, body: object, condition: Mapping[str, str]) -> Answer:
        """PUT under a condition (`If-Match`, `If-None-Match`); repeated after a lost answer it may meet itself."""
        return self._ask("PUT", path, body=body, condition=condition)

    def put_bytes(self, path: str, data: bytes, headers: Mapping[str, str]) -> Answer:
        """PUT bytes under a name made of them, which makes the repetition safe; `headers` tell what they are."""
        return self._ask("PUT", path, data=data, condition=headers)

    def patch(self, path: str, body: object, condition: Mapping[str, str]) -> Answer:
        """PATCH under a condition, which makes the repetition safe: the second one finds another version."""
        return self._ask("PATCH", path, body=body, condition=condition)

    def delete(self, path: str, condition: Mapping[str, str]) -> Answer:
        return self._ask("DELETE", path, condition=condition)

    def follow(self, location: str, asked: str) -> Answer:
        """GET what the `Location` of an answer to `asked` names.

        Raises HttpFailure where that lies beyond this API: the key goes nowhere else.
        """
        origin = f"{self._base.scheme}://{self._base.netloc}"
        there = urlsplit(urljoin(f"{origin}{self._base.path}{asked}", location))
        if not location or _origin(there) != _origin(self._base):
            raise HttpFailure("garbled", f"Location: {location[:200] or '-'}", sent=True)
        below = there.path.removeprefix(self._base.path)
        return self._ask("GET", below, params=parse_qsl(there.query, keep_blank_values=True))

    def wait(self, seconds: float) -> None:
        """Wait so long, or until somebody wishes us to stop."""
        for _ in range(int(seconds // _LISTEN)):
            self.heed()
            self._sleep(_LISTEN)
        self.heed()
        self._sleep(seconds % _LISTEN)
        self.heed()

    def close(self) -> None:
        self._client.close()

    def _ask(
        self,
        method: str,
        path: str,
        *,
        params: Sequence[tuple[str, str]] = (),
        body: object = None,
        key: str = "",
        condition: Mapping[str, str] | None = None,
        splittable: bool = False,
        data: bytes | None = None,
    ) -> Answer:
        content = msgspec.json.encode(body) if body is not None else data
        headers = {"X-Request-Id": str(uuid.uuid4()), **(condition or {})}
        earlier = frozenset(self._asked)
        self._asked.append(headers["X-Request-Id"])
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if key:
            headers["Idempotency-Key"] = key
        repeatable = method in _SAFE or bool(key or condition)
        try:
            for attempt in stamina.retry_context(
                on=lambda error: self._pause(error, repeatable=repeatable, splittable=splittable),
                attempts=self._tries,
                timeout=None,
                wait_initial=0.2,
                wait_max=20.0,
                wait_jitter=0.5,
            ):
                with attempt:
                    return self._once(method, path, params, content, headers, earlier)
        except _Again as last:
            if last.answer is not None:
                return last.answer
            raise last.failure or HttpFailure("cut off", "", sent=True) from last
        raise AssertionError("a retry loop ends by an answer or an exception")

    def _pause(self, error: Exception, *, repeatable: bool, splittable: bool) -> bool | float:
        if not isinstance(error, _Again) or not repeatable or (splittable and error.too_slow):
            return False
        return True if error.pause is None else error.pause + random.random() * 0.1  # noqa: S311  (jitter, no secret)

    def _once(
        self,
        method: str,
        path: str,
        params: Sequence[tuple[str, str]],
        content: bytes | None,
        headers: Mapping[str, str],
        earlier: frozenset[str],
    ) -> Answer:
        self._pace.wait(self._sleep)
        started = time.monotonic()
        try:
            response = self._client.request(method, path, params=list(params), content=content, headers=dict(headers))
        except httpx2.ConnectError as error:
            raise _Again(HttpFailure("unreachable", str(error), sent=False), None, None) from error
        except httpx2.TimeoutException as error:
            raise _Again(HttpFailure("timeout", str(error) or "timeout", sent=True), None, None) from error
        except httpx2.HTTPError as error:
            raise _Again(HttpFailure("cut off", str(error), sent=True), None, None) from error
        self._pace.learn(response.headers)
        answer = _read(response)
        _log.debug(
            "asked", method=method, path=path, status=answer.status, seconds=round(time.monotonic() - started, 3)
        )
        if answer.headers.get("X-Request-Id") in earlier:
            # A connection that is one answer late: it is read out to where it is in step again.
            raise _Again(HttpFailure("late", "the answer of an earlier request", sent=True), None, 0.0)
        if answer.status in _LATER or (answer.status == _CONFLICT and "Retry-After" in answer.headers):
            raise _Again(None, answer, retry_after(response.headers))
        if answer.body is None and answer.status < _OK_BELOW and not _may_be_empty(method, response):
            # A page that is no JSON, JSON cut in half, or nothing at all: whatever was written, we do not know the
            # result.
            raise _Again(HttpFailure("garbled", answer.text[:200], sent=True), None, None)
        return answer


def _origin(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or {"https": 443, "http": 80}.get(address.scheme)


def _read(response: httpx2.Response) -> Answer:
    try:
        body = msgspec.json.decode(response.content) if response.content else None
    except msgspec.DecodeError:
        body = None
    return Answer(response.status_code, response.headers, body, response.text if body is None else "")


def _may_be_empty(method: str, response: httpx2.Response) -> bool:
    """Whether an answer without a body tells all there is to tell: of a DELETE the status alone does."""
    return not response.content and (response.status_code in _BODILESS or method == "DELETE")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the server wishes us to wait, at most `_LONGEST_WAIT`; None where it says nothing that can be read.

    A date is held against the server's own clock (`Date`), for the two clocks may differ; one without a time zone is
    UTC (RFC 9110, 5.6.7), and one that has passed means now.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return min(float(value), _LONGEST_WAIT)
    until = _moment(value)
    if until is None:
        return None
    now = _moment(headers.get("Date", "")) or datetime.now(UTC)
    return min(max((until - now).total_seconds(), 0.0), _LONGEST_WAIT)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _nobody() -> None:
    """Nobody wishes us to stop."""


def _limits(headers: Mapping[str, str]) -> tuple[int | None, float | None]:
    fields = dict(
        part.strip().split("=", 1) for part in headers.get("RateLimit", "").split(";") if part.strip().count("=") == 1
    )
    left = fields.get("r") or headers.get("RateLimit-Remaining") or headers.get("X-RateLimit-Remaining")
    reset = fields.get("t") or headers.get("RateLimit-Reset") or headers.get("X-RateLimit-Reset")
    try:
        return (None if left is None else int(left)), (None if reset is None else float(reset))
    except ValueError:
        return None, None
