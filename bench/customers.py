"""`python -m bench customers [PARTNERS BUYERS]`: a large ERP's customers recognised in a large shop.

Each step is a process: `python -m bench.customers shop ...` and `... step ...`.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bench import peak_mb
from pomost.app import open_pomost
from pomost.connectors.erp.subiekt_gt import SubiektGt, sql
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.model.change import Part
from pomost.model.request import RunRequest
from pomost.ports.erp import Focus
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop
from pomost.sandbox.subiekt_gt.bulk_partners import bulk_buyers, fill_partners
from pomost.sandbox.subiekt_gt.filling import minimal

PARTNERS, BUYERS = 235_000, 50_000
_KEY = "bench-key-of-the-shop"
_TRAITS = frozenset({"1", "2"})


def document(database: str, url: str) -> dict[str, Any]:
    """Two branches told apart by traits, segments of group and industry."""
    return {
        "channel": {"name": "bench", "company": "bench", "erp": "subiekt-gt", "shop": "mstore"},
        "erp": {"driver": "sqlite", "database": database},
        "shop": {"address": url, "key": _KEY},
        "customers": {"enabled": True, "qualification": "all", "level1": "group", "level2": "industry"},
        "branches": [
            {"id": "MAG", "name": "Magazyn", "main_warehouse": "1", "customer_trait": "1"},
            {"id": "KRA", "name": "Kraków", "main_warehouse": "3", "customer_trait": "2"},
        ],
    }


@contextmanager
def _town(partners: int, buyers: int) -> Iterator[tuple[Path, str, str]]:
    """A company's file and a shop's address, in a folder that goes away."""
    home = Path(tempfile.mkdtemp(prefix="pomost-bench-"))
    database = str(home / "erp.db")
    minimal(database).engine.dispose()
    fill_partners(database, partners)
    command = [sys.executable, "-m", "bench.customers", "shop", str(partners), str(buyers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as shop:
        try:
            assert shop.stdout is not None
            yield home, database, shop.stdout.readline().strip()
        finally:
            shop.terminate()
            shutil.rmtree(home)


def _step(what: str, home: Path, database: str, url: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.customers", "step", what, str(home), database, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _change(database: str, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()


def measure_customers(partners: int = PARTNERS, buyers: int = BUYERS) -> None:
    """Print one table; the limit is 30 s CPU and 500 MB for the first run."""
    print(f"\n### {partners:,} customers in the ERP, {buyers:,} in the shop\n")
    columns = ("step", "CPU s", "wall s", "peak MB", "x bare CPU", "assigned", "taken back")
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    with _town(partners, buyers) as (home, database, url):
        _step("bare", home, database, url)  # once unmeasured: the file's pages come into memory
        bare = _step("bare", home, database, url)

        def row(name: str, told: dict[str, Any]) -> None:
            figures = (f"{told['cpu']:.2f}", f"{told['wall']:.2f}", f"{told['peak_mb']:.0f}")
            sent = (str(told.get("done.assign", "")), str(told.get("done.unassign", "")))
            print("| " + " | ".join((name, *figures, f"{told['cpu'] / bare['cpu']:.2f}", *sent)) + " |", flush=True)

        row("bare read of the same rows", bare)
        row("first run: mirror, recognise, assign", _step("first", home, database, url))
        row("second run: decided anew, nothing to do", _step("run", home, database, url))
        row("nothing changed", _step("run", home, database, url))
        _change(
            database, 'UPDATE "adr__Ewid" SET "adr_NrDomu" = \'x\' WHERE "adr_IdObiektu" = 4 AND "adr_TypAdresu" = 1'
        )
        row("one card changed", _step("run", home, database, url))
        _change(database, 'UPDATE "kh_CechaKh" SET "ck_IdCecha" = 3 - "ck_IdCecha" WHERE "ck_Id" <= 5000')
        row("5,000 cards moved to the other branch", _step("run", home, database, url))


def _bare(database: str) -> int:
    erp = SubiektGt(SubiektSettings(database=database, driver=Driver.SQLITE), Focus(customer_traits=_TRAITS))
    statements = (sql.customers(), sql.customer_traits([1, 2]))
    return sum(len(piece) for statement in statements for piece in erp.reader.stream(statement))


def _run_step(what: str, home: str, database: str, url: str) -> None:
    pomost = None if what == "bare" else open_pomost(Path(home))
    if pomost is not None and what == "first":
        pomost.save_channel(document(database, url), "bench")
    cpu, wall = time.process_time(), time.monotonic()
    told: dict[str, Any] = {}
    if pomost is None:
        told["rows"] = _bare(database)
    else:
        report = pomost.run("bench", RunRequest(parts=frozenset({Part.BRANCHES, Part.CUSTOMERS})))
        told |= {"state": report.state, **report.counts}
    told |= {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
    told["peak_mb"] = peak_mb()
    print(json.dumps(told))


def _serve(partners: int, buyers: int) -> None:
    shop = Shop(key=_KEY)
    for one in bulk_buyers(buyers, partners):
        shop.add_customer(one["nip"], **{name: one[name] for name in ("city", "street", "house_number")})
    with serve(shop) as running:
        print(running.url, flush=True)
        running.wait()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["shop", partners, buyers]:
            _serve(int(partners), int(buyers))
        case ["step", what, home, database, url]:
            _run_step(what, home, database, url)
        case words:
            raise SystemExit(f"not a step of the measurement: {words}")
