"""An Optima company measured: the reader alone against the bare read of its rows, then whole runs into an e-Sklep.

`python -m bench optima [PRODUCTS PICTURES]` prints the table, `python -m bench.optima reader [PRODUCTS PICTURES]` the
reader's alone; with `step` it is one of the measured processes. Three price levels, five warehouses, pictures of 4 kB.
"""

import base64
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2

from bench import peak_mb
from pomost.app import open_pomost
from pomost.connectors.erp.optima import Optima
from pomost.connectors.erp.optima.areas import Areas
from pomost.connectors.erp.optima.company import Company
from pomost.connectors.erp.optima.contents import Contents
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.connectors.erp.optima.sources import Streamed
from pomost.model.change import Part
from pomost.model.entry import CONTENTS
from pomost.model.reason import Finding
from pomost.model.request import RunRequest
from pomost.model.subject import Area
from pomost.model.trade import FilesEntry
from pomost.sandbox.optima.bulk import fill_bulk
from pomost.sandbox.optima.company import RETAIL, SHOP, WAREHOUSES
from pomost.sandbox.optima.groups import ROOTS

PRODUCTS, PICTURES = 100_000, 20_000
MOST_MB, OF_BARE_CPU, OF_BARE_UPLOAD = 300, 2.0, 0.70
_KEY = "bench-key-of-the-shop"
_CHANNEL = "bench"
_OFFER = frozenset({Part.CARD, Part.PRICE, Part.STOCK})


def settings(database: str) -> OptimaSettings:
    return OptimaSettings(database=database, driver=Driver.SQLITE, station=str(SHOP))


def document(database: str, url: str) -> dict[str, Any]:
    """The whole offer, with guards that let everything through."""
    return {
        "channel": {"name": _CHANNEL, "company": "bench", "erp": "optima", "shop": "esklep"},
        "erp": {"driver": "sqlite", "database": database, "station": str(SHOP)},
        "shop": {"address": url, "key": _KEY},
        "goods": {"enabled": True},
        "prices": {"enabled": True},
        "stock": {"enabled": True},
        "guard": {"share": "1", "floor": 100_000_000, "read_back": 0},
    }


# --- what one process does


def bare_read(database: str) -> int:
    """The statements of a scan of every area with their rows thrown away: the limit everything is compared with."""
    company = Company(settings(database))
    areas, rows = Areas(company), 0
    for area in CONTENTS:
        source = areas[area]
        if not isinstance(source, Streamed):
            rows += sum(1 for _ in source.scan())
            continue
        leading = [] if source.needs_rows else [source.leading(keys=False)]
        for statement in (*leading, *source.beside(keys=False)):
            if statement is not None:
                rows += sum(len(piece) for piece in source.reader.stream(statement, source.given()))
    return rows


def scan(database: str) -> int:
    erp = Optima(settings(database))
    return sum(1 for area in CONTENTS for _ in erp.scan_entries(area))


def read(database: str) -> int:
    """Every entry in full, as a forced run reads them."""
    erp, count, batch = Optima(settings(database)), 0, []
    for area in CONTENTS:
        for key, _ in erp.scan_entries(area):
            batch.append(key)
            if len(batch) == erp.can.batch:
                count += sum(1 for _ in erp.entries(area, batch))
                batch = []
        count += sum(1 for _ in erp.entries(area, batch))
        batch = []
    return count


def bare_upload(database: str, url: str) -> int:
    """The pictures in a bare loop, as anybody would write it: read, hash, ask which are missing, hand over."""
    erp, sent = Optima(settings(database)), 0
    with httpx2.Client(base_url=url, headers={"Authorization": f"Bearer {_KEY}"}, timeout=60) as client:
        wish = {"run_id": "bare", "started_by": "manual", "operator": "bare", "host": "bare"}
        areas = [{"area": "files", "mode": "differential"}]
        session = client.post("/v1/sync-sessions", json={**wish, "areas": areas}, headers=_once()).json()
        fence = {"Sync-Session": session["id"], "Sync-Fence": str(session["fence"])}
        keys = [key for key, _ in erp.scan_entries(Area.FILES)]
        for start in range(0, len(keys), erp.can.batch):
            data = {}
            for one in erp.entries(Area.FILES, keys[start : start + erp.can.batch]):
                for link in one.content.links if isinstance(one.content, FilesEntry) else ():
                    found = erp.file(link.file)
                    assert not isinstance(found, Finding)
                    data[hashlib.sha256(found).hexdigest()] = (found, link.media_type)
            asked = client.post("/v1/files:missing", json={"sha256": list(data)}, headers={**fence, **_once()})
            for name in asked.json()["missing"]:
                body, media = data[name]
                sign = {"Content-Type": media, "Content-Digest": f"sha-256=:{_base64(bytes.fromhex(name))}:"}
                answer = client.put(f"/v1/files/{name}", content=body, headers={**fence, **sign})
                answer.raise_for_status()
                sent += 1
        client.post(f"/v1/sync-sessions/{session['id']}/abort", headers={**fence, **_once()}, json={})
    return sent


def _once() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


REQUESTS = {
    "first": RunRequest(parts=_OFFER),
    "run": RunRequest(parts=_OFFER | {Part.FILES}),
    "full": RunRequest(parts=_OFFER, full=True),
}


def step(what: str, home: str, database: str, url: str) -> dict[str, Any]:
    """One measured step, with how many pictures were read from the database."""
    pomost = open_pomost(Path(home)) if what in REQUESTS else None
    if pomost is not None and what == "first":
        pomost.save_channel(document(database, url), "bench")
    opened: Counter[str] = Counter()
    whole = Contents.read

    def counted(self: Contents, file: int) -> bytes | Finding:
        opened["files"] += 1
        return whole(self, file)

    Contents.read = counted  # type: ignore[method-assign]
    cpu, wall = time.process_time(), time.monotonic()
    told: dict[str, Any] = {}
    match what:
        case "bare":
            told["rows"] = bare_read(database)
        case "scan":
            told["rows"] = scan(database)
        case "read":
            told["rows"] = read(database)
        case "upload":
            told["rows"] = bare_upload(database, url)
        case _:
            assert pomost is not None
            report = pomost.run(_CHANNEL, REQUESTS[what])
            told |= {
                "state": str(report.state),
                "rows": report.done,
                "failed": report.failed,
                "fault": str(report.fault),
            }
    told |= {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall, "opened": opened["files"]}
    return told | {"peak_mb": peak_mb()}


# --- the bench


class Bench:
    """A company of so many products, and steps over it, each in a process of its own."""

    def __init__(self, home: Path, products: int, pictures: int) -> None:
        self.home, self.products, self.pictures = home, products, pictures
        sandbox = fill_bulk(home / "server", products, pictures_count=pictures)
        self.database = str(sandbox.company_file)
        sandbox.close()
        self.bare = 0.0

    def step(self, what: str, url: str = "") -> dict[str, Any]:
        command = [sys.executable, "-m", "bench.optima", "step", what, str(self.home), self.database, url]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        if told.get("state", "done") != "done":
            raise SystemExit(f"{what}: {told}")
        return told

    def median(self, what: str, url: str = "") -> dict[str, Any]:
        return sorted((self.step(what, url) for _ in range(3)), key=lambda told: float(told["cpu"]))[1]

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            # The company's triggers ask for these; here they are off, as for a script that moves no stamp.
            connection.create_function("triggers_enabled", 0, lambda: 0)
            connection.create_function("getdate", 0, lambda: "")
            connection.execute(statement)
            connection.commit()

    def row(self, name: str, told: dict[str, Any]) -> None:
        ratio = told["cpu"] / self.bare if self.bare else 1.0
        figures = (f"{told['cpu']:.2f}", f"{told['wall']:.2f}", f"{told['peak_mb']:.0f}", f"{ratio:.2f}")
        print("| " + " | ".join((name, *figures, f"{told['rows']:,}", f"{told['opened']:,}")) + " |", flush=True)


@contextmanager
def company(products: int, pictures: int) -> Iterator[Bench]:
    home = Path(tempfile.mkdtemp(prefix="pomost-bench-"))
    try:
        yield Bench(home, products, pictures)
    finally:
        shutil.rmtree(home)


@contextmanager
def shop(home: Path) -> Iterator[str]:
    """An e-Sklep in a process of its own; its address."""
    told = home / "shop.json"
    told.write_text(
        json.dumps({"root_group_erp_id": str(ROOTS[SHOP]), "default_price_type_erp_id": str(RETAIL.key)}),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pomost.sandbox.esklep", "--key", _KEY, "--settings", str(told)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield json.loads(running.stdout.readline())["url"]
        finally:
            running.terminate()


def measure_reader(bench: Bench) -> None:
    """The reader alone: nothing is decided, kept or sent."""
    bench.step("bare")  # once unmeasured: the file's pages come into memory
    bare = bench.median("bare")
    bench.bare = bare["cpu"]
    bench.row("bare read of the same rows (median of 3)", bare)
    bench.row("fingerprints of every entry (median of 3)", bench.median("scan"))
    bench.row("every entry in full", bench.step("read"))


def measure_runs(bench: Bench) -> None:
    """Whole runs into a sandbox shop, and the pictures against a bare loop."""
    with shop(bench.home) as url:
        bench.row("first run, without pictures", bench.step("first", url))
        files = bench.step("run", url)
        bench.row("the pictures", files)
        bench.row(f"nothing changed (median of 3), limit {OF_BARE_CPU} x", bench.median("run", url))
        hundredth = max(bench.products // 100, 1)
        bench.change(
            f"UPDATE TwrCeny SET TwC_Wartosc = TwC_Wartosc + 1 WHERE TwC_TwCNumer = {RETAIL.key}"
            f" AND TwC_TwrID IN (SELECT TwC_TwrID FROM TwrCeny GROUP BY 1 ORDER BY 1 DESC LIMIT {hundredth})"
        )
        bench.row("1 % of prices changed", bench.step("run", url))
        bench.change(
            "UPDATE TwrIlosci SET TwI_Ilosc = TwI_Ilosc + 600 WHERE TwI_MagId = 1"
            " AND TwI_TwrId IN (SELECT TwI_TwrId FROM TwrIlosci GROUP BY 1 ORDER BY 1 DESC LIMIT 1000)"
        )
        bench.row("1,000 stocks changed, no stamp", bench.step("run", url))
        bench.row(f"forced full run, limit {MOST_MB} MB", bench.step("full", url))
    with shop(bench.home) as url:
        bare = bench.step("upload", url)
    share = (bare["wall"] / max(bare["rows"], 1)) / (files["wall"] / max(files["rows"], 1))
    print(f"\nPictures: {100 * share:.0f} % of the bare loop's speed (at least {100 * OF_BARE_UPLOAD:.0f} %).")


def measure_optima(products: int = PRODUCTS, pictures: int = PICTURES, *, runs: bool = True) -> None:
    """Print one table."""
    levels = 3
    print(f"\n### {products:,} products, {levels} price levels, {len(WAREHOUSES)} warehouses, {pictures:,} pictures\n")
    columns = ("step", "CPU s", "wall s", "peak MB", "x bare CPU", "rows or entries", "pictures read")
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    with company(products, pictures) as bench:
        measure_reader(bench)
        if runs:
            measure_runs(bench)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["step", what, home, database, url]:
            print(json.dumps(step(what, home, database, url)))
        case ["reader", *sizes]:
            measure_optima(*(int(one) for one in sizes), runs=False)
        case sizes:
            measure_optima(*(int(one) for one in sizes))
