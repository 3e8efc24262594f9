"""Bodies read into the contract's records: what does not fit is named by place and kind.

What the shop does not know in a body of the contract is passed over (section 22), and told in the journal, for a
client sends none. Calls only a sandbox has know no such mercy: there an unknown field is a spelling mistake.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from pomost.sandbox.esklep.call import Call
from pomost.sandbox.http.problems import Flaw, Problem, escaped, invalid_at

T = TypeVar("T")

_PLACE = re.compile(r" - at `\$?(.*)`$")
_STEP = re.compile(r"\.([A-Za-z0-9_]+)|\[([0-9]+|\.\.\.)\]")
_FIELD = re.compile(r"Object (missing required|contains unknown) field `([^`]*)`")
# The beginnings of what the decoder says, and the contract's word for each.
_COMPLAINTS = (
    (re.compile(r"Expected `(str|array)` of length <="), "too-long"),
    (re.compile(r"Expected `(str|array)` of length >="), "too-short"),
    (re.compile(r"Expected `str` matching regex"), "wrong-format"),
    (re.compile(r"Expected `int` [<>]"), "out-of-range"),
    (re.compile(r"Invalid enum value"), "not-allowed-value"),
    (re.compile(r"Invalid RFC3339|Expected `datetime` with"), "wrong-format"),
)


def decoded(body: bytes | msgspec.Raw, kind: type[T], ignore: Callable[[str], None] | None = None) -> T:
    """The body as a record of `kind`; else the problem that says what is wrong, and where.

    With `ignore`, fields nobody knows are told to it and left out.
    """
    while True:
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.ValidationError as error:
            flaw = flaw_of(str(error))
            if ignore is None or flaw.code != "unknown-field":
                raise Problem("validation-failed", flaw) from None
            ignore(flaw.pointer)
            body = _without(body, str(error))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise invalid_at("", "malformed-json") from None


async def read(call: Call, request: Request, kind: type[T]) -> T:
    """A body of the contract."""
    return decoded(await request.body(), kind, call.ignored)


async def read_own(request: Request, kind: type[T]) -> T:
    """A body of a call only a sandbox has."""
    return decoded(await request.body(), kind)


def flaw_of(complaint: str) -> Flaw:
    pointer = "".join(f"/{escaped(step)}" for step in _steps(complaint))
    field = _FIELD.match(complaint)
    if field:
        code = "required" if field[1] == "missing required" else "unknown-field"
        return Flaw(f"{pointer}/{escaped(field[2])}", code)
    return Flaw(pointer, next((code for sign, code in _COMPLAINTS if sign.match(complaint)), "wrong-type"))


def _steps(complaint: str) -> list[str]:
    """The way from the top of a document to where the decoder stopped."""
    place = _PLACE.search(complaint)
    return [name or index for name, index in _STEP.findall(place[1])] if place else []


def _without(body: bytes | msgspec.Raw, complaint: str) -> bytes:
    """The document without the field that is complained of."""
    document = msgspec.json.decode(body)
    at, field = document, _FIELD.match(complaint)
    assert field is not None
    for step in _steps(complaint):
        at = at[int(step)] if isinstance(at, list) else at[step]
    del at[field[2]]
    return msgspec.json.encode(document)


def plain(record: Any) -> dict[str, Any]:
    """A record as a document; the batch's own `op` is no part of it."""
    document = msgspec.to_builtins(record)
    assert isinstance(document, dict)
    document.pop("op", None)
    return document
