"""A crossing of three processes: the run (a child that may be killed), the shop (served here), the store's database."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop
from pomost.sandbox.subiekt_gt.bulk import bulk_catalogue
from pomost.store.database import close_store, open_store
from pomost.store.models import Channel

BATCH = 25
KEY = "mst_0123456789abcdef"
ROOT = Path(__file__).parents[2]
PATIENCE = 60
_PASSING = ("version", "updated_at", "as_of")


class Crossing:
    """A shop with a catalogue, served here; children run channels against it over one store."""

    def __init__(self, store, erp, products):
        self.store, self.erp = store, erp
        self.shop = Shop(key=KEY, max_batch=BATCH)
        self.shop.add_branch("MAG", "Magazyn")
        for entry in bulk_catalogue(products):
            packs = [(unit["type"], unit["multiplier"]) for unit in entry["sales_units"]]
            self.shop.add_product(entry["ean"], entry["name"], packs)
        self.running = serve(self.shop)
        open_store(store)
        Channel.objects.get_or_create(
            name="c",
            defaults={"company": "company", "erp": "subiekt-gt", "shop": "mstore", "created": datetime.now(UTC)},
        )
        close_store()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.running.stop()

    def start(self, **more):
        arguments = {
            "store": self.store,
            "erp": str(self.erp),
            "shop": self.running.url,
            "key": KEY,
            "channel": "c",
            **more,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", json.dumps(arguments)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def finish(self, **more):
        return told(self.start(**more))

    def at_post(self, number, do):
        """Call `do` when the `number`-th POST arrives, before the shop looks at it; the shop then goes on with it."""
        arrive, seen = self.shop.journal.arrive, [0]

        def arriving(at, method, path, query, request_id):
            entry = arrive(at, method, path, query, request_id)
            if method == "POST":
                seen[0] += 1
                if seen[0] == number:
                    do()
            return entry

        self.shop.journal.arrive = arriving

    def state(self):
        """Offers and stock as the shop shows them over HTTP, without marks of when and how often they were written."""
        found = httpx2.get(f"{self.running.url}/sandbox/state", timeout=PATIENCE).json()
        stocks = {branch: {one: bare(row) for one, row in rows.items()} for branch, rows in found["stocks"].items()}
        return {one: bare(row) for one, row in found["offers"].items()}, stocks

    def sent(self, path):
        """How often each product was written at a path."""
        times = {}
        for entry in self.shop.journal.since(0):
            if entry.path == path and not entry.replayed:
                for item in entry.items:
                    times[item.key["product_id"]] = times.get(item.key["product_id"], 0) + 1
        return times


def bare(row):
    return {name: value for name, value in row.items() if name not in _PASSING}


def told(child):
    """What a child says at its end; {} where it was killed."""
    out, _ = child.communicate(timeout=PATIENCE)
    lines = out.decode().splitlines()  # logs go to the same place, the ending is the last line
    return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
