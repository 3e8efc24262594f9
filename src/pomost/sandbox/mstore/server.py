"""The shop on loopback, in a thread of its own."""

import socket
import threading
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from pomost.sandbox.mstore.app import create_app
from pomost.sandbox.mstore.shop import Shop

LOOPBACK = "127.0.0.1"


class LooseProtocol(H11Protocol):
    """HTTP whose application can get at the connection itself, to drop it where a script says so."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._inner = self.app
        self.app = self._with_transport

    async def _with_transport(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["mstore.transport"] = self.transport
        await self._inner(scope, receive, send)


class Running:
    """A shop that is being served; leaving the context stops it."""

    def __init__(self, shop: Shop, port: int) -> None:
        self.shop = shop
        self._socket = socket.create_server((LOOPBACK, port), reuse_port=False)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{LOOPBACK}:{self.port}"
        config = uvicorn.Config(
            create_app(shop),
            http=LooseProtocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_level="error",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name=f"mstore-{self.port}", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def wait(self) -> None:
        """Until somebody stops the process."""
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(shop: Shop, port: int = 0) -> Running:
    """Serve on loopback; the socket listens before this returns, so a first request waits rather than fails."""
    return Running(shop, port)
