"""A request to this shop, for the routes that answer it, and what the journal keeps of its items."""

from typing import Annotated, Any

from fastapi import Depends
from msgspec import Struct

from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import Call as AnyCall
from pomost.sandbox.http.call import call_of

Call = AnyCall[Shop]
Called = Annotated[Call, Depends(call_of)]


class SentItem(Struct, gc=False):
    """One item of a call: its key, what was asked (`op`), and what came of it: a result or a problem's code."""

    key: dict[str, Any]
    op: str
    status: int
    result: str


def note(call: Call, key: dict[str, Any], op: str, status: int, result: str) -> None:
    if call.entry is not None:
        call.entry.items.append(SentItem(key, op, status, result))
