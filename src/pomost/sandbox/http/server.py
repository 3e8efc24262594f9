"""The shop on loopback, in a thread of its own."""

import asyncio
import socket
import threading
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

T = TypeVar("T")
LOOPBACK = "127.0.0.1"
_PATIENCE = 120.0  # seconds for a server to leave, on however busy a machine; past that it hangs
_TURNS = 3  # of the loop: an idle connection that is told to close has gone by then


class LooseProtocol(H11Protocol):
    """HTTP whose application can get at the connection itself, to drop it where a script says so."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._inner = self.app
        self.app = self._with_transport

    async def _with_transport(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["sandbox.transport"] = self.transport
        await self._inner(scope, receive, send)


class PromptServer(uvicorn.Server):
    """A server that leaves when told, and not at its next look around: tests start and stop hundreds."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leaving: asyncio.Event | None = None

    async def main_loop(self) -> None:
        self._leaving = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        if not self._told.is_set():
            await self._leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As any server's, without the tenth of a second it always waits: idle connections are gone at once."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)

    def leave(self) -> None:
        self.should_exit = True
        self._told.set()
        # Told before the loop ran, the server sees the mark itself; told later, the loop has to be woken.
        if self._loop is not None and self._leaving is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leaving.set)


class Running(Generic[T]):
    """A shop that is being served; the socket listens from the start, so a first request waits rather than fails.
    Leaving the context stops it.
    """

    def __init__(self, app: ASGIApp, shop: T, port: int = 0) -> None:
        self.shop = shop
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{LOOPBACK}:{self.port}"
        config = uvicorn.Config(
            app,
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
        self._server = PromptServer(config)
        self._thread = threading.Thread(target=self._serve, name=f"shop-{self.port}", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        self._server.leave()
        self._thread.join(timeout=_PATIENCE)
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


def _listening(port: int) -> socket.socket:
    # The protocol is named, for asyncio switches Nagle's delay off only on sockets that say they are TCP; with it
    # every answer on a kept connection would wait 40 ms for the client's acknowledgement.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    listening.listen(128)
    return listening
