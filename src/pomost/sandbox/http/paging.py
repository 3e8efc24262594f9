"""Lists by cursor: stable order, a limited page, and a signed place to go on from."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from pomost.sandbox.http.call import Call, S, answer
from pomost.sandbox.http.collection import START, Collection, Position, Tombstone
from pomost.sandbox.http.moments import Moment, moment_text
from pomost.sandbox.http.problems import Flaw, Problem, invalid, invalid_at

R = TypeVar("R")
_SIGNATURE = 12
_USUAL = 100


class ListQuery(BaseModel):
    """What every list understands."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500)] | None = None
    cursor: Annotated[str, Field(min_length=1, max_length=16_000)] | None = None
    updated_since: Moment | None = None
    include_deleted: Literal["true", "false"] | None = None

    def filters(self) -> dict[str, Any]:
        """Everything that decides which records belong to the list, as opposed to how much of it comes at once."""
        return self.model_dump(exclude={"limit", "cursor"}, exclude_none=True)


class Cursor(msgspec.Struct, array_like=True):
    path: str
    issued: str
    position: Position
    filters: dict[str, Any]


def refuse_repeated(request: Request, *repeatable: str) -> None:
    names = [name for name, _ in request.query_params.multi_items() if name not in repeatable]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise invalid(*(Flaw(f"/{name}", "repeated-parameter") for name in sorted(twice)))


def page(
    call: Call[S],
    request: Request,
    query: ListQuery,
    collection: Collection[R],
    *,
    among: Callable[[dict[str, Any]], Iterable[str] | None] = lambda _: None,
    keep: Callable[[dict[str, Any]], Callable[[R], bool] | None] = lambda _: None,
    show: Callable[[R], Any] = lambda record: record,
    repeatable: tuple[str, ...] = (),
) -> Response:
    """One page; `among` narrows by an index and `keep` sifts, both by the filters the list was begun with."""
    refuse_repeated(request, *repeatable)
    most = call.shop.max_page
    limit = query.limit or min(_USUAL, most)
    if limit > most:
        raise invalid_at("/limit", "out-of-range")
    filters, position = query.filters(), START
    if query.cursor is not None:
        if call.has("expired_cursor"):
            raise Problem("cursor-expired")
        filters, position = _resume(call, query.cursor, filters)
    with call.shop.lock:
        sifts = keep(filters)
        taken = []
        # A list that loses a page, by script, reads two pages and gives away the first alone.
        span = limit * (2 if call.has("missing_page") else 1)
        for place, record in collection.after(
            position, filters.get("updated_since"), among(filters), deleted=filters.get("include_deleted") == "true"
        ):
            if sifts is None or isinstance(record, Tombstone) or sifts(record):
                taken.append((place, record))
                if len(taken) > span:
                    break
    more = len(taken) > span
    shown, last = taken[:limit], taken[:span][-1:]
    goes_on = last[0][0] if more else None
    if call.has("duplicate_page"):
        goes_on = position
    cursor = None if goes_on is None else _cursor(call, goes_on, filters)
    data = [record if isinstance(record, Tombstone) else show(record) for _, record in shown]
    return answer({"data": data, "page": {"next_cursor": cursor, "has_more": cursor is not None}})


def _cursor(call: Call[S], position: Position, filters: dict[str, Any]) -> str:
    content = msgspec.json.encode(Cursor(call.path, moment_text(call.shop.now()), position, filters))
    return base64.urlsafe_b64encode(_signature(call, content) + content).decode().rstrip("=")


def _resume(call: Call[S], text: str, filters: dict[str, Any]) -> tuple[dict[str, Any], Position]:
    """A cursor remembers its filters: they may be left out on later pages, but not changed."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise invalid_at("/cursor", "cursor-invalid") from None
    signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(call, content)):
        raise invalid_at("/cursor", "cursor-invalid")
    cursor = msgspec.json.decode(content, type=Cursor)
    if cursor.path != call.path or any(cursor.filters.get(name) != value for name, value in filters.items()):
        raise invalid_at("/cursor", "cursor-invalid")
    if call.shop.now() - datetime.fromisoformat(cursor.issued) > call.shop.cursor_life:
        raise Problem("cursor-expired")
    return cursor.filters, cursor.position


def _signature(call: Call[S], content: bytes) -> bytes:
    return hmac.digest(call.shop.cursor_secret, content, hashlib.sha256)[:_SIGNATURE]
