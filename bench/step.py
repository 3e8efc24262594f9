"""One measured step in a process of its own, so that CPU and peak memory are its own: `python -m bench.step ...`."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

from bench import peak_mb
from pomost.app import open_pomost
from pomost.connectors.erp.subiekt_gt import SubiektGt, sql
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.erp import Focus

_AS_OF = "2026-01-01T00:00:00.000000Z"
WAREHOUSES = ("1", "2", "3", "4", "5")


def document(database: str, url: str) -> dict[str, Any]:
    """A channel over the bulk company: one branch that adds up all five warehouses."""
    return {
        "channel": {"name": "bench", "company": "bench", "erp": "subiekt-gt", "shop": "mstore"},
        "erp": {"driver": "sqlite", "database": database},
        "shop": {"address": url, "key": "bench-key-of-the-counting-shop"},
        "goods": {
            "enabled": True,
            "qualification": "conditions",
            "conditions": [{"field": "trait", "values": ["1"]}],
            "unit_type_field": "tw_Pole1",
            "unit_multiplier_field": "tw_Pole2",
        },
        "prices": {"enabled": True, "level": "3"},
        "stock": {"enabled": True},
        "guard": {"read_back": 0},  # the counting shop keeps nothing that could be read back
        "branches": [{"id": "B1", "name": "Branch", "main_warehouse": "1", "extra_warehouses": list(WAREHOUSES[1:])}],
    }


def bare_read(database: str) -> int:
    """The statements of a scan with their rows thrown away: the limit everything is compared with."""
    focus = Focus(frozenset({"3"}), frozenset(WAREHOUSES), frozenset({"tw_Pole1", "tw_Pole2"}), frozenset({"1"}))
    erp = SubiektGt(SubiektSettings(database=database, driver=Driver.SQLITE), focus)
    statements = (erp.card_statement(), sql.stock([int(one) for one in WAREHOUSES]))
    return sum(len(piece) for statement in statements for piece in erp.reader.stream(statement))


def bare_push(url: str, products: int, batch: int) -> int:
    """The same batches in a bare loop, as anybody would write it: nothing decided and nothing recorded."""
    posted = 0
    unit = {"type": "PCE", "multiplier": 1}
    price = {"price": "12.34", "price_kind": "net", "currency": "PLN", "vat_rate": "23"}
    with httpx2.Client(base_url=url) as client:
        for start in range(0, products, batch):
            ids = [f"p{number}" for number in range(start + 1, min(start + batch, products) + 1)]
            offers = [
                {"product_id": one, "status": "active", "distributor_sku": one, "sales_unit": unit, **price}
                for one in ids
            ]
            stocks = [
                {"branch_id": "b1", "product_id": one, "quantity": 7, "basis": "available", "as_of": _AS_OF}
                for one in ids
            ]
            for path, items in (("/v1/offers:batch", offers), ("/v1/stocks:batch", stocks)):
                key = {"Idempotency-Key": f"00000000-0000-4000-8000-{start:012}"}
                answer = client.post(path, json={"items": items}, headers=key)
                posted += len(answer.json()["results"])
    return posted


class Watch:
    """Hears how far a run is, and notes when its sending began."""

    def __init__(self) -> None:
        self.began: tuple[float, float] | None = None

    def __call__(self, step: Text, done: int, total: int | None) -> None:
        if step.en == "Sending" and self.began is None:
            self.began = time.process_time(), time.monotonic()


def main() -> None:
    what, home, database, url, products, batch = sys.argv[1:7]
    pomost = None
    if what not in {"bare", "push"}:
        pomost = open_pomost(Path(home))
        if what == "first":
            pomost.save_channel(document(database, url), "bench")
    watch = Watch()
    cpu, wall = time.process_time(), time.monotonic()
    told: dict[str, Any] = {}
    if what == "bare":
        told["rows"] = bare_read(database)
    elif what == "push":
        told["rows"] = bare_push(url, int(products), int(batch))
    elif pomost is not None:
        report = pomost.run("bench", RunRequest(force=what == "rerun"), watch)
        told |= {"state": report.state, **report.counts}
    told["cpu"] = time.process_time() - cpu
    told["wall"] = time.monotonic() - wall
    if watch.began is not None:
        told["push"] = {"cpu": time.process_time() - watch.began[0], "wall": time.monotonic() - watch.began[1]}
    told["peak_mb"] = peak_mb()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
