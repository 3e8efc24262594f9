"""A sandbox to play with: a Subiekt GT company and an M/store-like shop on this machine, and a channel joining them."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pomost.app import Refused, default_home
from pomost.cli.common import opened, person, speaking
from pomost.cli.output import show
from pomost.cli.words import say
from pomost.model.text import Text

CHANNEL = "demo"
KEY = "sandbox-key-of-the-demo-shop"
STATUSES = {
    "reserved": "accepted",
    "partly": "in_progress",
    "realised": "completed",
    "dispatched": "completed",
    "receipt": "completed",
    "invoiced": "completed",
    "deleted": "cancelled",
}
"""What each stage of a ZK is called in the sandbox shop."""


def channel_document(database: Path, url: str, name: str = CHANNEL) -> dict[str, Any]:
    """Settings as a user of the sandbox company would make them."""
    from pomost.sandbox.subiekt_gt import company  # noqa: PLC0415  (the sandbox is an extra)

    return {
        "channel": {"name": name, "company": "Hurtownia Wzorcowa", "erp": "subiekt-gt", "shop": "mstore"},
        "erp": {"driver": "sqlite", "database": str(database)},
        "shop": {"address": url, "key": KEY},
        "goods": {
            "enabled": True,
            "qualification": "conditions",
            "conditions": [{"field": "trait", "values": [str(company.MSTORE)]}],
            "unit_type_field": "tw_Pole1",
            "unit_multiplier_field": "tw_Pole2",
            "min_quantity_field": "pwd_Liczba01",
            "unit_dictionary": dict(company.UNIT_DICTIONARY),
        },
        "prices": {"enabled": True, "level": "3", "kind": "net"},
        "stock": {"enabled": True, "basis": "available", "hide_when_out": True},
        "branches": [
            {"id": "MAG", "name": "Magazyn Główny", "main_warehouse": "1", "extra_warehouses": ["2"]},
            {"id": "KRA", "name": "Kraków", "main_warehouse": "3"},
        ],
    }


def trading_document(database: Path, url: str, name: str = CHANNEL) -> dict[str, Any]:
    """The same with customers and orders: branches told apart by a customer's trait, and Sfera's operator."""
    made = channel_document(database, url, name)
    made["erp"] |= {"sfera_operator": "Szef"}
    made["customers"] = {"enabled": True, "qualification": "all", "level1": "group"}
    made["orders"] = {
        "enabled": True,
        "status": "new",
        "category": "2",
        "feedback": True,
        "statuses": STATUSES,
    }
    for branch, trait in zip(made["branches"], ("1", "2"), strict=True):
        branch["customer_trait"] = trait
    return made


@contextmanager
def running_shop(port: int = 0) -> Iterator[str]:
    """The sandbox shop with its catalogue, two branches and some customers, served on loopback; gives its address."""
    try:
        from pomost.sandbox.data.assortment import catalogue  # noqa: PLC0415  (the sandbox is an extra)
        from pomost.sandbox.mstore.__main__ import stock_up  # noqa: PLC0415
        from pomost.sandbox.mstore.server import serve  # noqa: PLC0415
        from pomost.sandbox.mstore.shop import Shop  # noqa: PLC0415
        from pomost.sandbox.subiekt_gt.customers import shop_customers  # noqa: PLC0415
    except ImportError as error:
        raise Refused(
            Text("Brak dodatku sandbox: {error}.", "The sandbox extra is missing: {error}.").fill(error=error),
            Text("Zainstaluj: pip install pomost[sandbox].", "Install it: pip install pomost[sandbox]."),
        ) from error
    shop = Shop(key=KEY)
    stock_up(shop, list(catalogue()))
    shop.add_branch("MAG", "Magazyn Główny")
    shop.add_branch("KRA", "Kraków")
    for customer in shop_customers():
        shop.add_customer(**customer)
    with serve(shop, port) as running:
        yield running.url


def built_company(path: Path, seed: int) -> Any:
    """A fresh company database at `path`."""
    from pomost.sandbox.subiekt_gt.filling import build  # noqa: PLC0415  (the sandbox is an extra)

    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    return build(path, seed=seed)


@click.command(
    help=say(
        "Uruchom piaskownicę: firma Subiekt GT i sklep na tym komputerze. Ctrl+C kończy.",
        "Run the sandbox: a Subiekt GT company and a shop on this machine. Ctrl+C ends it.",
    )
)
@click.option(
    "--port", default=8750, show_default=True, help=say("Port sklepu (0: dowolny).", "The shop's port (0: any).")
)
@click.option("--seed", default=1, show_default=True)
@click.pass_context
@speaking
def sandbox(context: click.Context, port: int, seed: int) -> None:
    home = context.find_root().params.get("home") or default_home()
    database = Path(home) / "sandbox" / "subiekt-gt.db"
    built_company(database, seed)
    pomost = opened(context)
    with running_shop(port) as url:
        if any(row[0] == "sandbox" for row in pomost.channels()):
            pomost.remove_channel("sandbox")  # the shop forgets everything between starts, so the ledger must too
        pomost.save_channel(trading_document(database, url, "sandbox"), person())
        show(say("Sklep: {url}", "Shop: {url}", url=url))
        show(say("Baza Subiekta GT (plik): {db}", "Subiekt GT database (a file): {db}", db=database))
        show(
            say("Kanał „sandbox” jest gotowy: pomost check sandbox", "Channel “sandbox” is ready: pomost check sandbox")
        )
        show(say("Ctrl+C kończy.", "Ctrl+C ends it."))
        sys.stdout.flush()
        threading.Event().wait()


COMMANDS = (sandbox,)
