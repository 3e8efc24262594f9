"""The panel's own web server: waitress, on loopback unless told otherwise."""

import ipaddress
import logging
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server
from whitenoise import WhiteNoise

from pomost.app import Pomost, Refused, panel_key
from pomost.model.text import Text
from pomost.panel import assets, hallway, invitations, sessions
from pomost.panel.models import User
from pomost.panel.roles import Role

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_THREADS = 8
_YEAR = 365 * 24 * 3600


class Panel:
    """A panel that listens from the moment it is made, and answers while `serve` runs."""

    def __init__(
        self, pomost: Pomost, home: Path, host: str = "127.0.0.1", port: int = 0, names: tuple[str, ...] = ()
    ) -> None:
        hallway.enter(pomost)
        sessions.clear()
        for name in ("django", "waitress", "axes"):  # what they have to say goes where everything else is written
            logging.getLogger(name).parent = logging.getLogger("pomost")
        self.public = not _is_loopback(host)
        settings.SECRET_KEY = panel_key(home)
        settings.ALLOWED_HOSTS = [*_LOOPBACK, *names, *(_own_names(host) if self.public else ())]
        settings.CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in names]
        pages = WhiteNoise(
            get_wsgi_application(), root=assets.FOLDER, prefix=assets.PREFIX, max_age=_YEAR, allow_all_origins=False
        )
        listening = _listening(host, port)
        # Whoever gives names has a server with HTTPS on this machine before us: it alone is believed about where a
        # request came from, and how.
        believed: dict[str, Any] = {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
        # Nothing identifies the server; bodies beyond any settings form are refused unread.
        self._server = create_server(
            pages,
            sockets=[listening],
            threads=_THREADS,
            ident=None,
            max_request_body_size=4_000_000,
            clear_untrusted_proxy_headers=True,
            **(believed if names else {}),
        )
        plain = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        self.url = f"https://{names[0]}/" if names else plain
        self.listens = plain

    def owner_link(self, *, anew: bool = False) -> str:
        """A one-time link that makes an owner: while there is none, or when asked for `anew`; else nothing."""
        if User.objects.filter(role=Role.OWNER, is_active=True).exists() and not anew:
            return ""
        return f"{self.url}start/{invitations.invite(Role.OWNER, 'pomost serve')}/"

    def serve(self) -> None:
        """Answer until interrupted."""
        try:
            self._server.run()
        finally:
            self.close()

    def close(self) -> None:
        self._server.close()


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        text = Text("Panel nie może słuchać na {host}:{port}: {why}", "The panel cannot listen on {host}:{port}: {why}")
        advice = Text(
            "Wybierz inny port (--port) albo zamknij program, który go zajmuje.",
            "Choose another --port, or close the program that holds this one.",
        )
        raise Refused(text.fill(host=host, port=port, why=error.strerror or error), advice) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_names(host: str) -> list[str]:
    """Names and addresses of this machine, for a panel that listens to the network."""
    name = socket.gethostname()
    try:
        addresses = socket.gethostbyname_ex(name)[2]
    except OSError:
        addresses = []
    return [host, name, socket.getfqdn(), *addresses]
