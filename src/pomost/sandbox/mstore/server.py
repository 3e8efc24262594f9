"""The shop on loopback, in a thread of its own."""

from pomost.sandbox.http.server import Running
from pomost.sandbox.mstore.app import create_app
from pomost.sandbox.mstore.shop import Shop


def serve(shop: Shop, port: int = 0) -> Running[Shop]:
    """Serve on loopback until the context is left; port 0 takes any free one."""
    return Running(create_app(shop), shop, port)
