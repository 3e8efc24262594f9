"""`python -m bench orders [ORDERS [LINES]]`: orders into the ERP and their statuses back, per order of our own time.

Our own time is the clock's, commits and all, without what the other sides spent: the sandbox shop times its answers in
its own process, and the sandbox Sfera is timed from question to answer. Both are told beside it.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from bench.order_shop import BUYERS, KEY, ean, nip
from pomost.app import open_pomost
from pomost.model.change import Part
from pomost.model.request import RunRequest
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.sandbox.subiekt_gt.partners import Partners
from pomost.transport.com import ComChild

PRODUCTS = 200
ORDERS, LINES = 2000, 10


def document(database: Path, url: str) -> dict[str, Any]:
    """A channel that carries orders and sends statuses back."""
    return {
        "channel": {"name": "bench", "company": "bench", "erp": "subiekt-gt", "shop": "mstore"},
        "erp": {"driver": "sqlite", "database": str(database), "sfera_operator": "Szef"},
        "shop": {"address": url, "key": KEY},
        "goods": {"enabled": True, "qualification": "all", "unit_type_field": "tw_Pole1"},
        "prices": {"enabled": True, "level": "3"},
        "stock": {"enabled": True},
        "customers": {"enabled": True, "qualification": "all"},
        "orders": {"enabled": True, "status": "new", "feedback": True, "statuses": {"reserved": "accepted"}},
        "branches": [{"id": "B1", "name": "Branch", "main_warehouse": "1"}],
    }


def build(database: Path) -> None:
    """A company that has what the shop lists, and knows its buyers."""
    company = minimal(database)
    for number in range(1, PRODUCTS + 1):
        company.add_product(f"S{number}", ean=ean(number), net=Decimal("2.49") + number, stock=10_000_000)
    people = Partners(company.engine)
    for number in range(1, BUYERS + 1):
        people.add(f"BAR{number}", nip=nip(number), city="Warszawa", street="Długa", house=str(number))
    company.engine.dispose()


class Others:
    """Seconds the ERP's own program took: how long its child was waited for."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._ask = ComChild.ask

    def __enter__(self) -> Self:
        def timed(child: ComChild, what: str, seconds: float, **facts: Any) -> dict[str, Any]:
            began = time.perf_counter()
            try:
                return self._ask(child, what, seconds, **facts)
            finally:
                self.seconds += time.perf_counter() - began

        ComChild.ask = timed  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        ComChild.ask = self._ask  # type: ignore[method-assign]


def measure(orders: int = ORDERS, lines: int = LINES) -> dict[str, Any]:
    """Milliseconds per order: `own`, of which `cpu`; what the shop and Sfera took; and what came of it."""
    home = Path(tempfile.mkdtemp(prefix="pomost-bench-orders-"))
    command = [sys.executable, "-m", "bench.order_shop", str(PRODUCTS)]
    shop = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert shop.stdout is not None
        url = f"http://127.0.0.1:{shop.stdout.readline().strip()}"
        build(home / "erp.db")
        pomost = open_pomost(home / "pomost")
        pomost.save_channel(document(home / "erp.db", url), "bench")
        pomost.run("bench", RunRequest())
        _ask(f"{url}/bench/orders?count={orders}&lines={lines}")
        _ask(f"{url}/bench/busy")
        with Others() as others:
            cpu, wall = time.process_time(), time.perf_counter()
            report = pomost.run("bench", RunRequest(parts=frozenset({Part.ORDERS, Part.STATUSES})))
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        busy = _ask(f"{url}/bench/busy")
        each = 1000 / orders
        return {
            "own": (wall - busy["seconds"] - others.seconds) * each,
            "cpu": cpu * each,
            "shop": busy["seconds"] * each,
            "sfera": others.seconds * each,
            "wall": wall * each,
            "requests": busy["requests"],
            "registered": report.counts.get("done.register", 0),
            "acknowledged": report.counts.get("done.acknowledge", 0),
            "statuses": report.counts.get("done.status", 0),
            "missed": orders - report.counts.get("done.acknowledge", 0),
        }
    finally:
        shop.terminate()
        shop.wait()
        shutil.rmtree(home)


def _ask(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=600) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


def measure_orders(orders: int = ORDERS, lines: int = LINES) -> None:
    """Print one table; the limit is 5 ms of our own time per order."""
    told = measure(orders, lines)
    print(f"\n### {orders:,} orders of {lines} lines into the ERP and their statuses back; milliseconds per order\n")
    columns = ("own", "of it CPU", "shop", "Sfera", "all", "registered", "acknowledged", "statuses", "missed")
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    times = [f"{told[name]:.2f}" for name in ("own", "cpu", "shop", "sfera", "wall")]
    counted = [str(told[name]) for name in ("registered", "acknowledged", "statuses", "missed")]
    print("| " + " | ".join((*times, *counted)) + " |", flush=True)
