"""The shop on loopback, in a thread of its own."""

from pomost.sandbox.esklep.app import create_app
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.server import Running


def serve(shop: Shop, port: int = 0) -> Running[Shop]:
    """Serve on loopback until the context is left; port 0 takes any free one."""
    return Running(create_app(shop), shop, port)
