"""The way into /v1: keys, limits, bodies, idempotency, scripted faults, and the journal of it all."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from fastapi import Response
from starlette.datastructures import Headers, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pomost.sandbox.http.access import recognise
from pomost.sandbox.http.body import compressed, items_of, read_body, wants_gzip
from pomost.sandbox.http.call import Call, language_of, problem_answer
from pomost.sandbox.http.faults import Fault, Faults
from pomost.sandbox.http.idempotency import Answer, key_of
from pomost.sandbox.http.misshapen import HTML, half, misspelt
from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem
from pomost.sandbox.http.served import Served
from pomost.sandbox.http.texts import PROBLEMS

SERVER_ERROR = 500
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_BY_STATUS = {429: "rate-limited", 500: "internal-error", 502: "bad-gateway", 503: "maintenance"}

_SECRET = frozenset({b"authorization", b"x-api-key", b"cookie"})

log = logging.getLogger(__name__)


class _Lost(Exception):
    pass


class Gate:
    def __init__(self, app: ASGIApp, shop: Served, faults: Faults, route_of: Callable[[str, str], str | None]) -> None:
        self._app = app
        self._shop = shop
        self._faults = faults
        self._route_of = route_of
        self._previous: Answer | None = None
        self._previous_id = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        call = Call(self._shop, language_of(headers), request_id, scope["path"])
        scope["sandbox.call"] = call
        if self._shop.is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        await self._admit(call, scope, receive, send)

    async def _admit(self, call: Call[Any], scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        method, query = scope["method"], scope["query_string"].decode("latin-1")
        at = moment_text(self._shop.now())
        call.entry = self._shop.journal.arrive(at, method, call.path, query, call.request_id)
        call.entry.route = self._route_of(method, call.path)
        if self._shop.journal.keeps_headers:
            call.entry.headers = _told(scope)
        with_cursor = "cursor" in QueryParams(scope["query_string"])
        call.fault, delay, call.refusals = self._faults.strike(method, call.path, with_cursor=with_cursor)
        call.entry.faults = [] if call.fault is None else [call.fault.kind]
        extra: dict[str, str] = {}
        try:
            answer = await self._answer(call, delay, scope, receive, extra)
            answer = self._spoil(call, answer)
        except _Lost:
            await _drop(scope, receive)
            return
        finally:
            call.entry.seconds = round(time.perf_counter() - started, 6)
            call.entry.item_count = len(call.entry.items)
        call.entry.status = answer.status
        start, body = self._dressed(call, answer, extra, Headers(scope=scope))
        await send(start)
        if call.fault is not None and call.fault.kind == "cut":
            await send({"type": "http.response.body", "body": half(body, call.fault.fraction), "more_body": True})
            await _hang_up(scope, receive)
            return
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, call: Call[Any], delay: Fault | None, scope: Scope, receive: Receive, extra: dict[str, str]
    ) -> Answer:
        """What the shop says, before any scripted spoiling; everything refused here is refused as a problem."""
        try:
            early = self._strike_early(call)
            if early is not None:
                return early
            headers = Headers(scope=scope)
            call.key = recognise(headers, self._shop.keys)
            rate = self._shop.rate_for(scope["method"], call.path)
            extra.update(rate.take(call.key.key, self._shop.now()))
            self._shop.permit(call.key, scope["method"], call.path)
            if delay is not None and delay.kind == "slow_upload":
                await _delayed(call, delay)
            body = await read_body(scope["method"], headers, receive, self._shop.intake_of(scope["method"], call.path))
            return await self._once(call, delay, scope, headers, body)
        except Problem as problem:
            return _kept(problem_answer(call, problem))

    async def _once(self, call: Call[Any], delay: Fault | None, scope: Scope, headers: Headers, body: bytes) -> Answer:
        """A POST that writes is done once per Idempotency-Key; nothing else needs such a memory."""
        assert call.entry is not None
        if scope["method"] != "POST" or call.entry.route is None or not self._shop.once_per_key(call.path):
            return await self._run(call, delay, scope, body)
        key = call.entry.idempotency_key = key_of(headers.get("idempotency-key"))
        memory, account = self._shop.idempotency, self._shop.account_id
        target = f"{call.path}?{scope['query_string'].decode('latin-1')}"
        first = memory.begin(account, key, target, body, self._shop.now())
        if first is not None:
            call.entry.replayed = True
            return Answer(first.status, (*first.headers, ("Idempotency-Replayed", "true")), first.body)
        done = False
        try:
            answer = await self._run(call, delay, scope, body)
            # A breakdown in the middle leaves no answer to repeat: the same key may then try the whole again.
            broke = call.fault is not None and call.fault.kind == "half_batch" and call.fault.drop
            done = answer.status < SERVER_ERROR and call.keep and not broke
            if done:
                memory.finish(account, key, answer)
        finally:
            if not done:
                memory.release(account, key)
        return answer

    async def _run(self, call: Call[Any], delay: Fault | None, scope: Scope, body: bytes) -> Answer:
        if delay is not None and delay.kind != "slow_upload" and (not delay.over or items_of(body) > delay.over):
            await _delayed(call, delay)
        start: Message = {}
        parts: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        try:
            await self._app(_unpacked(scope), receive, send)
        except Exception:
            log.exception("%s %s failed", scope["method"], call.path)
            return _kept(problem_answer(call, Problem("internal-error")))
        headers = tuple(
            (name.decode("latin-1").title(), value.decode("latin-1"))
            for name, value in start["headers"]
            if name != b"content-length"
        )
        return Answer(start["status"], headers, b"".join(parts))

    def _strike_early(self, call: Call[Any]) -> Answer | None:
        """Faults that come before the shop has looked at the request."""
        fault = call.fault
        if fault is None:
            return None
        if fault.kind == "html":
            return Answer(200, (("Content-Type", "text/html; charset=utf-8"),), HTML)
        if fault.kind == "lost_before":
            raise _Lost
        if fault.kind == "status":
            code = fault.code or _BY_STATUS.get(fault.status, "http-error")
            wait = fault.retry_after if fault.retry_after is not None else _default_wait(fault.status)
            problem = Problem(code, headers={} if wait is None else {"Retry-After": str(wait)})
            problem.status = fault.status
            raise problem
        return None

    def _spoil(self, call: Call[Any], answer: Answer) -> Answer:
        """Faults that come after: the shop has done its work, and the client hears something else."""
        previous, self._previous = self._previous, answer
        previous_id, self._previous_id = self._previous_id, call.request_id
        fault = call.fault
        if fault is None:
            return answer
        if fault.kind == "lost_after" or (fault.kind == "half_batch" and fault.drop):
            raise _Lost
        if fault.kind == "previous_answer" and previous is not None:
            late = (("X-Request-Id", previous_id),) if fault.whole else ()
            return Answer(previous.status, (*previous.headers, *late), previous.body)
        if fault.kind == "empty":
            return Answer(200, (), b"")
        if fault.kind == "truncated_json":
            return Answer(answer.status, answer.headers, half(answer.body, fault.fraction))
        return Answer(answer.status, answer.headers, misspelt(fault, answer.body)) if answer.body else answer

    def _dressed(self, call: Call[Any], answer: Answer, extra: dict[str, str], asked: Headers) -> tuple[Message, bytes]:
        """The answer with the headers every answer has, compressed where the client likes that."""
        body = answer.body
        headers = {
            "Date": format_datetime(self._shop.now(), usegmt=True),
            "X-Request-Id": call.request_id,
            "Vary": "Accept-Encoding, Accept-Language",
            "Cache-Control": "no-store",
            **self._shop.notices,
            **extra,
            **dict(answer.headers),
        }
        if "Retry-After" in headers and (self._shop.waits_as_dates or (call.fault is not None and call.fault.as_date)):
            until = self._shop.now() + timedelta(seconds=int(headers["Retry-After"]))
            headers["Retry-After"] = format_datetime(until, usegmt=True)
        if wants_gzip(asked, body):
            body = compressed(body)
            headers["Content-Encoding"] = "gzip"
        if body or answer.status not in {204, 304}:
            headers["Content-Length"] = str(len(body))
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        return {"type": "http.response.start", "status": answer.status, "headers": raw}, body


def _told(scope: Scope) -> dict[str, str]:
    """The headers of a request as the journal shows them: a key that was sent is not told."""
    return {
        name.decode("latin-1"): "***" if name in _SECRET else value.decode("latin-1")
        for name, value in scope["headers"]
    }


async def _delayed(call: Call[Any], delay: Fault) -> None:
    """The journal tells of the delay before it begins: whoever waits for it need not guess."""
    assert call.entry is not None
    call.entry.faults = [*call.entry.faults, delay.kind]
    await delay.wait()


def _default_wait(status: int) -> int | None:
    return 1 if status in {429, 503} else None


def _kept(response: Response) -> Answer:
    names = {"content-type": "Content-Type", "etag": "ETag"}
    headers = tuple((names.get(name, name.title()), value) for name, value in response.headers.items())
    return Answer(
        response.status_code, tuple(pair for pair in headers if pair[0] != "Content-Length"), bytes(response.body)
    )


def _unpacked(scope: Scope) -> Scope:
    """The request as the routes see it: its body is no longer compressed."""
    headers = [pair for pair in scope["headers"] if pair[0] not in {b"content-encoding", b"content-length"}]
    return {**scope, "headers": headers}


async def _drop(scope: Scope, receive: Receive) -> None:
    """The connection ends without an answer."""
    if "sandbox.transport" not in scope:
        raise ConnectionResetError("the script drops this connection")
    scope["sandbox.transport"].abort()
    await _until_gone(receive)


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """The connection ends, what was written so far still goes out."""
    if "sandbox.transport" not in scope:
        raise ConnectionResetError("the script cuts this answer")
    scope["sandbox.transport"].close()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    message: Any = {"type": ""}
    while message["type"] != "http.disconnect":
        message = await receive()


def known_problem(status: int) -> str:
    """The problem behind a bare status of the framework."""
    named = {404: "not-found", 405: "method-not-allowed", 413: "payload-too-large", 415: "unsupported-media-type"}
    code = named.get(status, "http-error")
    assert code in PROBLEMS
    return code
