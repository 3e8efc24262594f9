"""A crossing of processes between an Optima company and a served e-Sklep; each may be killed or stand still."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx2

from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.filling import build
from pomost.sandbox.optima.sandbox import OptimaSandbox
from tests.end_to_end.optima_stage import KEY, SETTINGS
from tests.faults.exchange_child import Passage, carry
from tests.trust import TRUST

AREAS = ("price_types", "groups", "products", "prices", "stocks", "discounts", "bundles", "customers", "file_links")
_PASSING = {"stamp", "updated_at", "as_of", "shop_id"}
_PATIENCE = 120
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.exchange_child", "tests.faults.child"])


@dataclass(frozen=True)
class Crosser:
    """A process that runs, and where it tells of itself."""

    process: BaseProcess
    hear: Connection

    def told(self) -> tuple[str, Any]:
        """What it tells next: that it stands still now, or how it ended."""
        try:
            found: tuple[str, Any] = self.hear.recv()
        except EOFError:
            return ("killed", None)
        return found

    def ended(self) -> int:
        self.process.join(_PATIENCE)
        assert self.process.exitcode is not None, "still running"
        return self.process.exitcode

    def wake(self) -> tuple[str, Any]:
        """Go on, up to the end; what it then tells."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGCONT)
        told = self.told()
        self.ended()
        return told


@dataclass
class Crossing:
    """The company as it is, as it was changed, and with all of that taken back by hand; the shop."""

    now: Path
    then: Path
    back: Path
    url: str

    def start(self, store: str, company: Path, **more: Any) -> Crosser:
        hear, tell = _processes.Pipe(duplex=False)
        process = _processes.Process(
            target=carry, args=(Passage(store, str(company), self.url, KEY, **more), tell), daemon=True
        )
        process.start()
        tell.close()
        return Crosser(process, hear)

    def run(self, store: str, company: Path, **more: Any) -> tuple[int, tuple[str, Any]]:
        """Exit code of the process and what it told."""
        crosser = self.start(store, company, **more)
        told = crosser.told()
        return crosser.ended(), told

    def settle(self, store: str, company: Path) -> dict[str, int]:
        code, (state, counts) = self.run(store, company)
        assert (code, state) == (0, "done"), counts
        return dict(counts)

    def empty(self) -> None:
        httpx2.post(f"{self.url}/v1/sandbox/reset", timeout=60, verify=TRUST).raise_for_status()

    def posts(self) -> int:
        calls = httpx2.get(f"{self.url}/v1/sandbox/journal", timeout=60, verify=TRUST).json()["calls"]
        httpx2.delete(f"{self.url}/v1/sandbox/journal", timeout=60, verify=TRUST)
        return sum(count for call, count in calls.items() if call.startswith("POST") and "heartbeat" not in call)

    def state(self) -> dict[str, Any]:
        """What the shop shows: what was withdrawn is as good as never there."""
        held = httpx2.get(
            f"{self.url}/v1/sandbox/state", params=[("only", one) for one in AREAS], timeout=60, verify=TRUST
        ).json()
        return {area: {key: _bare(one) for key, one in held[area].items() if _shown(one)} for area in AREAS}


def _shown(one: dict[str, Any]) -> bool:
    return one["state"] == "published" and one.get("quantity") != "0"


def _bare(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in _PASSING}


@contextmanager
def open_crossing(home: Path) -> Iterator[Crossing]:
    """A small company, the same after some days of work, and an empty shop."""
    company = build(home / "now", products=20, customers=10)
    company.close()
    shutil.copytree(home / "now", home / "then")
    changed = OptimaSandbox(home / "then")
    for seed in range(1, 7):
        changed.drift(seed)
    changed.close()
    shutil.copytree(home / "now", home / "back")
    back = home / "back" / company.company_file.name
    # Taken back by people, not from a copy: its stamps are the newest of all.
    with closing(sqlite3.connect(changed.company_file)) as one, closing(sqlite3.connect(back)) as other, other:
        (newest,) = one.execute("SELECT datetime(max(TwTS_TS_ModESklep), '+30 days') FROM TwrTSModEsklep").fetchone()
        other.execute("UPDATE TwrTSModEsklep SET TwTS_TS_ModESklep = ?", (f"{newest}.000000",))
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        yield Crossing(company.company_file, changed.company_file, back, running.url)
