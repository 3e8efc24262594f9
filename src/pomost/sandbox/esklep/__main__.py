"""`python -m pomost.sandbox.esklep`: one line of JSON when ready, then served until killed."""

import json
import sys
from pathlib import Path

import click
import msgspec

from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop


@click.command()
@click.option("--port", default=0, show_default=True, help="0 takes any free port.")
@click.option("--key", help="The API key; made up when not given.")
@click.option(
    "--settings", "told", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON document."
)
def main(port: int, key: str | None, told: Path | None) -> None:
    """Serve an e-Sklep-like shop on this machine."""
    settings = None
    if told is not None:
        try:
            settings = msgspec.json.decode(told.read_bytes(), type=Settings)
        except msgspec.DecodeError as error:
            raise click.BadParameter(str(error), param_hint="--settings") from None
    shop = Shop(key=key, settings=settings)
    with serve(shop, port) as running:
        sys.stdout.write(json.dumps({"url": running.url, "key": shop.key}) + "\n")
        sys.stdout.flush()
        running.wait()


if __name__ == "__main__":
    main()
