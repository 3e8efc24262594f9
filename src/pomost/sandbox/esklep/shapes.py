"""Bodies read into the contract's records: what does not fit is named by place and kind."""

import re
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from pomost.sandbox.http.problems import Flaw, Problem, escaped, invalid_at

T = TypeVar("T")

_PLACE = re.compile(r" - at `\$?(.*)`$")
_STEP = re.compile(r"\.([A-Za-z0-9_]+)|\[([0-9]+|\.\.\.)\]")
_FIELD = re.compile(r"Object (missing required|contains unknown) field `([^`]*)`")
# What the shop adds of its own: sent by a client, such a field is no spelling mistake.
_OWNED = frozenset({"shop_id", "state", "origin", "updated_at", "version", "acknowledgement", "fence", "id"})
# The beginnings of what the decoder says, and the contract's word for each.
_COMPLAINTS = (
    (re.compile(r"Expected `(str|array)` of length <="), "too-long"),
    (re.compile(r"Expected `(str|array)` of length >="), "too-short"),
    (re.compile(r"Expected `str` matching regex"), "wrong-format"),
    (re.compile(r"Expected `int` [<>]"), "out-of-range"),
    (re.compile(r"Invalid enum value"), "not-allowed-value"),
    (re.compile(r"Invalid RFC3339|Expected `datetime` with"), "wrong-format"),
)


def decoded(body: bytes | msgspec.Raw, kind: type[T]) -> T:
    """The body as a record of `kind`; else the problem that says what is wrong, and where."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        flaw = flaw_of(str(error))
        raise Problem("validation-failed", flaw) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise invalid_at("", "malformed-json") from None


async def read(request: Request, kind: type[T]) -> T:
    return decoded(await request.body(), kind)


def flaw_of(complaint: str) -> Flaw:
    place = _PLACE.search(complaint)
    pointer = "".join(f"/{escaped(name or index)}" for name, index in _STEP.findall(place[1])) if place else ""
    field = _FIELD.match(complaint)
    if field:
        missing = field[1] == "missing required"
        code = "required" if missing else "read-only-field" if field[2] in _OWNED else "unknown-field"
        return Flaw(f"{pointer}/{escaped(field[2])}", code)
    return Flaw(pointer, next((code for sign, code in _COMPLAINTS if sign.match(complaint)), "wrong-type"))


def plain(record: Any) -> dict[str, Any]:
    """A record as a document; the batch's own `op` is no part of it."""
    document = msgspec.to_builtins(record)
    assert isinstance(document, dict)
    document.pop("op", None)
    return document
