"""`python -m bench.peers [PRODUCTS]`: Pomost beside dlt, Singer SDK and Airbyte CDK on the same tables and shop."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.peers.contenders import CONTENDERS, PEERS
from bench.peers.contest import Contest, steps
from bench.peers.tables import details, flaws, refusals, side_by_side, table

_ASKED = ("dlt", "singer-sdk", "airbyte-cdk")
_VERSIONS = f"from importlib.metadata import version; print(*(f'{{n}} {{version(n)}}' for n in {_ASKED}), sep=', ')"


def _size(text: str) -> int:
    return int(text.replace("k", "000").replace("M", "000000"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("products", nargs="?", type=_size, default=20_000, help="20k by default; at least 1,000")
    parser.add_argument("--warehouses", type=int, default=5)
    parser.add_argument("--markdown", action="store_true", help="tables as they stand in the documents")
    parser.add_argument("--only", default="", help="contenders whose names begin so, beside Pomost")
    return parser.parse_args()


def main() -> None:
    asked = _arguments()
    if not PEERS.exists():
        sys.exit("The rivals are not installed: `make bench-peers` installs them.")
    versions = subprocess.run([PEERS, "-c", _VERSIONS], capture_output=True, text=True, check=True).stdout.strip()
    chosen = [one for one in CONTENDERS if one.name == "Pomost" or one.name.startswith(asked.only)]
    plan = steps(asked.products)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pomost-peers-") as home:
        contest = Contest(Path(home), asked.products, asked.warehouses, chosen)
        try:
            for step in plan:
                contest.take(step)
                print(f"{time.monotonic() - began:6.0f} s  {step.title}", file=sys.stderr, flush=True)
                if step is plan[0] and not contest.equal():
                    sys.exit("The first load did not leave every shop as the company's tables say: nothing to compare.")
        finally:
            contest.close()
    size = f"{asked.products:,} products, {asked.products * asked.warehouses:,} stock rows"
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}; {versions}; {size}; {time.monotonic() - began:.0f} s in all\n")
    for rows in (side_by_side, flaws, refusals):
        print(table(rows(contest.entries, plan), markdown=asked.markdown), "\n")
    for contender in chosen:
        print(f"{'* ' if asked.markdown else ''}{contender.name}: {contender.about}")
    for place, step in enumerate(plan):
        print(f"\n{'### ' if asked.markdown else ''}{step.title}\n")
        print(table(details(contest.entries, place), markdown=asked.markdown))


if __name__ == "__main__":
    main()
