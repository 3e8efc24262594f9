"""The panel from the command line: serve it, and print the one-time link that makes the first owner."""

import webbrowser
from pathlib import Path

import click

from pomost.app import Pomost, default_home
from pomost.cli.common import opened, speaking
from pomost.cli.output import complain, show
from pomost.cli.words import say


@click.command(
    help=say(
        "Uruchom panel w przeglądarce. Ctrl+C kończy. Przy pierwszym uruchomieniu wypisuje link właściciela.",
        "Serve the panel for a browser. Ctrl+C ends it. The first start prints the owner's link.",
    )
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=say(
        "Adres, na którym panel słucha; domyślnie tylko ten komputer.",
        "Address to listen on; this machine only by default.",
    ),
)
@click.option("--port", default=8770, show_default=True, help=say("Port (0: dowolny).", "Port (0: any)."))
@click.option(
    "--name",
    multiple=True,
    help=say(
        "Nazwa, pod którą ludzie otwierają panel przez serwer z HTTPS na tym komputerze (można kilka razy).",
        "A name people open the panel by, through a server with HTTPS on this machine (may be repeated).",
    ),
)
@click.option(
    "--owner-link",
    is_flag=True,
    help=say(
        "Wypisz link nowego właściciela, np. gdy zgubiono hasło.",
        "Print a link for a new owner, e.g. after a lost password.",
    ),
)
@click.option("--open", "browse", is_flag=True, help=say("Otwórz przeglądarkę.", "Open the browser."))
@click.pass_context
@speaking
def serve(context: click.Context, host: str, port: int, name: tuple[str, ...], owner_link: bool, browse: bool) -> None:
    home: Path = context.find_root().params.get("home") or default_home()
    serve_panel(opened(context), home, host, port, name, owner_link=owner_link, browse=browse)


def serve_panel(
    pomost: Pomost,
    home: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    names: tuple[str, ...] = (),
    *,
    owner_link: bool = False,
    browse: bool = False,
) -> None:
    """Serve until Ctrl+C, having said where and for whom."""
    from pomost.panel.server import Panel  # noqa: PLC0415  (only who serves it needs it)

    panel = Panel(pomost, home, host, port, names)
    show(say("Panel: {url}  (Ctrl+C kończy)", "Panel: {url}  (Ctrl+C ends it)", url=panel.url))
    if names:
        told = say(
            "Serwer z HTTPS ma go szukać pod: {url}", "The server with HTTPS finds it at: {url}", url=panel.listens
        )
        show(told)
    link = panel.owner_link(anew=owner_link)
    if link:
        show(say("Załóż konto właściciela (link działa raz):", "Make the owner's account (the link works once):"))
        show(link)
    if panel.public:
        complain(
            say(
                "Uwaga: panel jest dostępny z sieci bez szyfrowania. Postaw przed nim serwer z HTTPS.",
                "Mind: the network can reach the panel without encryption. Put a server with HTTPS before it.",
            )
        )
    if browse:
        webbrowser.open(link or panel.url)
    panel.serve()


COMMANDS = (serve,)
