"""`python -m bench [PRODUCTS ...]`: the differential run measured against the bare read of the same rows.

`python -m bench orders [ORDERS [LINES]]`, `customers [PARTNERS BUYERS]`, `optima [PRODUCTS PICTURES]` and
`guard [PRODUCTS CUSTOMERS RULES]` measure these alone; no word: everything.
"""

import json
import os
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.customers import measure_customers
from bench.guard import measure_guard
from bench.optima import measure_optima
from bench.orders import measure_orders
from pomost.sandbox.subiekt_gt.bulk import fill_bulk

BATCH = 500
_PACE = 50  # milliseconds a batch takes in a shop that keeps what it is sent
_STEPS = ("CPU s", "wall s", "peak MB", "x bare CPU", "sent", "missed", "needless")


class Bench:
    """One size: a company, a counting shop and a store in a folder of their own."""

    def __init__(self, products: int, batch: int = BATCH) -> None:
        self.products, self.batch = products, batch
        self.home = Path(tempfile.mkdtemp(prefix="pomost-bench-"))
        self.database = str(self.home / "erp.db")
        fill_bulk(self.database, products)
        command = [sys.executable, "-m", "bench.counting_shop", str(products), str(batch)]
        self.shop = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.shop.stdout is not None
        self.url = f"http://127.0.0.1:{self.shop.stdout.readline().strip()}"
        self.bare = 0.0

    def close(self) -> None:
        self.shop.terminate()
        self.shop.wait()
        shutil.rmtree(self.home)

    def command(self, what: str) -> list[str]:
        given = (what, str(self.home), self.database, self.url, str(self.products), str(self.batch))
        return [sys.executable, "-m", "bench.step", *given]

    def step(self, what: str) -> dict[str, Any]:
        self.ask("DELETE", "/counts")
        done = subprocess.run(self.command(what), capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return told | {"counted": self.ask("GET", "/counts")}

    def ask(self, method: str, path: str) -> dict[str, Any]:
        request = urllib.request.Request(self.url + path, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute(statement)
            connection.commit()

    def row(self, name: str, told: dict[str, Any], wanted: int | None = None) -> None:
        """Print a line; `wanted`: items that had to be sent, to count missed and needless ones."""
        sent = told["counted"].get("offers", 0) + told["counted"].get("stocks", 0)
        ratio = told["cpu"] / self.bare if self.bare else 1.0
        missed = "" if wanted is None else str(max(wanted - sent, 0))
        needless = "" if wanted is None else str(max(sent - wanted, 0))
        figures = (f"{told['cpu']:.2f}", f"{told['wall']:.2f}", f"{told['peak_mb']:.0f}", f"{ratio:.2f}")
        print("| " + " | ".join((name, *figures, str(sent), missed, needless)) + " |", flush=True)

    def killed_run(self, share: float) -> int:
        """Start a run, SIGKILL it once that share of its items arrived; returns how many had."""
        self.ask("DELETE", "/counts")
        child = subprocess.Popen(self.command("run"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        arrived = 0
        while child.poll() is None and arrived < share * self.products:
            counted = self.ask("GET", "/counts")
            arrived = counted.get("offers", 0) + counted.get("stocks", 0)
            time.sleep(0.005)
        if child.poll() is None:
            os.kill(child.pid, signal.SIGKILL)
        child.wait()
        counted = self.ask("GET", "/counts")
        return int(counted.get("offers", 0) + counted.get("stocks", 0))


def measure(products: int) -> None:
    bench = Bench(products)
    try:
        print(f"\n### {products:,} products, {products * 5:,} stock rows\n")
        print("| step | " + " | ".join(_STEPS) + " |\n|" + "---|" * (len(_STEPS) + 1))
        bench.step("bare")  # once unmeasured: the file's pages come into memory
        runs = sorted((bench.step("bare") for _ in range(3)), key=lambda told: float(told["cpu"]))
        bench.bare = runs[1]["cpu"]
        bench.row("bare read (median of 3)", runs[1])
        first = bench.step("first")
        bench.row("first plan and push", first, 2 * products)
        unchanged = sorted((bench.step("run") for _ in range(3)), key=lambda told: float(told["cpu"]))
        bench.row("nothing changed (median of 3)", unchanged[1], 0)
        hundredth = max(products // 100, 1)
        bench.change(f'UPDATE "tw_Cena" SET "tc_CenaNetto3" = "tc_CenaNetto3" + 1 WHERE "tc_IdTowar" <= {hundredth}')
        bench.row("1 % of prices changed", bench.step("run"), hundredth)
        bench.change('UPDATE "tw_Stan" SET "st_Stan" = "st_Stan" + 600 WHERE "st_MagId" = 1 AND "st_TowId" <= 1000')
        bench.row("1,000 stocks changed, no timestamp", bench.step("run"), min(1000, products))
        bench.change(f'DELETE FROM "tw__Towar" WHERE "tw_Id" > {products - 100}')
        bench.row("100 cards deleted (offer + zero each)", bench.step("run"), 200)
        bench.ask("GET", "/refuse?p7")
        bench.change('UPDATE "tw_Cena" SET "tc_CenaNetto3" = "tc_CenaNetto3" + 1 WHERE "tc_IdTowar" <= 1000')
        bench.row("1,000 prices, one product always refused", bench.step("run"), min(1000, products))
        bench.row("the same again: only the refused one", bench.step("run"), 1)
        bench.ask("GET", "/refuse?")
        bench.step("run")
        bench.change('UPDATE "tw_Cena" SET "tc_CenaNetto3" = "tc_CenaNetto3" + 1')
        arrived = bench.killed_run(0.4)
        rerun = bench.step("rerun")
        bench.row(f"kill -9 after {arrived:,} of {products - 100:,}, rerun", rerun, products - 100 - arrived)
    finally:
        bench.close()


def measure_push(products: int, batch: int, pace: int = 0) -> None:
    """Sending a stored first plan against a bare loop that posts the same batches to the same shop.

    `pace`: milliseconds the shop takes for a batch.
    """
    bench = Bench(products, batch)
    try:
        bench.ask("GET", f"/pace?{pace}")
        push = bench.step("first")["push"]
        bare = sorted((bench.step("push") for _ in range(3)), key=lambda told: float(told["wall"]))[1]
        each = [
            f"{1e6 * one['cpu'] / (2 * products):.1f} | {1e6 * one['wall'] / (2 * products):.1f}"
            for one in (push, bare)
        ]
        print(f"| {pace} | {batch} | {each[0]} | {each[1]} | {100 * bare['wall'] / push['wall']:.0f} % |", flush=True)
    finally:
        bench.close()


def measure_products(sizes: Sequence[int]) -> None:
    for size in sizes:
        measure(size)
    pushed = min(100_000, max(sizes))
    print(f"\n### Pushing {pushed:,} offers and their stock; microseconds an item\n")
    print(
        "| batch takes, ms | items in a batch | our CPU | our wall | bare CPU | bare wall | share of bare speed |\n"
        + "|---" * 7
        + "|"
    )
    for batch in (500, 100, 25):
        measure_push(pushed, batch)
    for batch in (500, 100):
        measure_push(min(pushed, 20_000), batch, pace=_PACE)


def main() -> None:
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"
    )
    match sys.argv[1:]:
        case ["orders", *numbers]:
            measure_orders(*map(int, numbers))
        case ["customers", *numbers]:
            measure_customers(*map(int, numbers))
        case ["optima", *numbers]:
            measure_optima(*map(int, numbers))
        case ["guard", *numbers]:
            measure_guard(*map(int, numbers))
        case []:
            measure_products((10_000, 100_000, 1_000_000))
            measure_orders()
            measure_customers()
            measure_optima()
            measure_guard()
        case sizes:
            measure_products([int(one.replace("k", "000").replace("M", "000000")) for one in sizes])


if __name__ == "__main__":
    main()
