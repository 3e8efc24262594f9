"""A request to this shop, for the routes that answer it."""

from typing import Annotated

from fastapi import Depends

from pomost.sandbox.http.call import Call as AnyCall
from pomost.sandbox.http.call import call_of
from pomost.sandbox.mstore.holdings import Holdings

Call = AnyCall[Holdings]
Called = Annotated[Call, Depends(call_of)]
