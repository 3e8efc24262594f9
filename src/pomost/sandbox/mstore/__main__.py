"""`python -m pomost.sandbox.mstore`: one line of JSON when ready, then served until killed."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop


def stock_up(shop: Shop, catalogue: list[dict[str, Any]]) -> None:
    """Put the products of a catalogue file on the shelf."""
    for product in catalogue:
        shop.add_product(
            product["ean"],
            product["name"],
            [(unit["type"], unit["multiplier"]) for unit in product["sales_units"]],
            requires_licence=product.get("requires_licence"),
            deposit=product.get("deposit"),
        )


@click.command()
@click.option("--port", default=0, show_default=True, help="0 takes any free port.")
@click.option("--catalogue", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON list.")
@click.option("--key", help="The API key; made up when not given.")
def main(port: int, catalogue: Path | None, key: str | None) -> None:
    """Serve an M/store-like shop on this machine."""
    shop = Shop(key=key)
    if catalogue is not None:
        stock_up(shop, json.loads(catalogue.read_text(encoding="utf-8")))
    with serve(shop, port) as running:
        sys.stdout.write(json.dumps({"url": running.url, "key": shop.key}) + "\n")
        sys.stdout.flush()
        running.wait()


if __name__ == "__main__":
    main()
