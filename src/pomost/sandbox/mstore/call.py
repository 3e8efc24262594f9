"""A request to this shop, for the routes that answer it."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends

from pomost.sandbox.http.call import Call as AnyCall
from pomost.sandbox.http.call import call_of
from pomost.sandbox.http.problems import Problem
from pomost.sandbox.mstore.holdings import Holdings

Call = AnyCall[Holdings]
Called = Annotated[Call, Depends(call_of)]


def needs(capability: str) -> Callable[[Call], Awaitable[None]]:
    """For addresses that exist only where the shop names a capability (section 1)."""

    async def check(call: Called) -> None:
        if capability not in call.shop.capabilities:
            raise Problem("not-found")

    return check
