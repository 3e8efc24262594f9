"""One measured step in a process of its own, so that CPU and peak memory are its own: `python -m bench.step ...`."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from pomost.app import open_pomost
from pomost.connectors.erp.subiekt_gt import SubiektGt, sql
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.model.request import RunRequest
from pomost.ports.erp import Focus
from pomost.transport.http import HttpClient

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
        "branches": [{"id": "B1", "name": "Branch", "main_warehouse": "1", "extra_warehouses": list(WAREHOUSES[1:])}],
    }


def bare_read(database: str) -> int:
    """The statements of a scan with their rows thrown away: the limit everything is compared with."""
    focus = Focus(frozenset({"3"}), frozenset(WAREHOUSES), frozenset({"tw_Pole1", "tw_Pole2"}), frozenset({"1"}))
    erp = SubiektGt(SubiektSettings(database=database, driver=Driver.SQLITE), focus)
    statements = (erp.card_statement(), sql.stock([int(one) for one in WAREHOUSES]))
    return sum(len(piece) for statement in statements for piece in erp.reader.stream(statement))


def bare_push(url: str, products: int) -> int:
    """The same batches in a bare loop: encode, post, read the answer; nothing decided and nothing recorded."""
    client = HttpClient(url, {})
    posted = 0
    for start in range(0, products, 500):
        ids = [f"p{number}" for number in range(start + 1, min(start + 500, products) + 1)]
        unit = {"type": "PCE", "multiplier": 1}
        price = {"price": "12.34", "price_kind": "net", "currency": "PLN", "vat_rate": "23"}
        offers = [
            {"product_id": one, "status": "active", "distributor_sku": one, "sales_unit": unit, **price} for one in ids
        ]
        stocks = [{"branch_id": "b1", "product_id": one, "quantity": 7, "basis": "available"} for one in ids]
        for path, items in (("/v1/offers:batch", offers), ("/v1/stocks:batch", stocks)):
            answer = client.post(path, {"items": items}, key=f"00000000-0000-4000-8000-{start:012}")
            posted += len(answer.body["results"])
    return posted


def main() -> None:
    what, home, database, url, products = sys.argv[1:6]
    pomost = None
    if what not in {"bare", "push"}:
        pomost = open_pomost(Path(home))
        if what == "first":
            pomost.save_channel(document(database, url), "bench")
    cpu, wall = time.process_time(), time.monotonic()
    told: dict[str, Any] = {}
    if what == "bare":
        told["rows"] = bare_read(database)
    elif what == "push":
        told["rows"] = bare_push(url, int(products))
    elif what == "plan" and pomost is not None:
        report = pomost.preview("bench", RunRequest())
        told |= {"state": report.state, **report.counts}
    elif pomost is not None:
        report = pomost.run("bench", RunRequest(force=what == "rerun"))
        told |= {"state": report.state, **report.counts}
    told["cpu"] = time.process_time() - cpu
    told["wall"] = time.monotonic() - wall
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told))


if __name__ == "__main__":
    main()
