"""The contest: every contender takes every step on its own copy of the company, and is judged by the shop's state."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.peers import company
from bench.peers.company import Company, Difference
from bench.peers.contenders import ROOT, Contender, Place, imported
from bench.peers.measured import Run, Start

TAKEN = "the shop takes it again"
_NOTHING = Difference(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the tables. `kill`: the run is killed on its way first, and this is the rerun."""

    title: str
    change: Callable[[Company], None] | None = None
    repeat: int = 1
    refuse: int = 0
    on_refusal: str = "skip"
    kill: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What one contender's step took and did. `missed` and `leftover` are those this step added."""

    run: Run
    sent: int
    needless: int
    refused: int
    missed: int
    leftover: int
    fixed: int
    before_kill: int = 0


@dataclass(slots=True)
class Entry:
    """A contender in the contest, and how far its shop was from what it ought to be after the last step."""

    contender: Contender
    place: Place
    company: Company
    last: Difference = _NOTHING
    figures: list[Figures] = field(default_factory=list)


def steps(products: int) -> list[Step]:
    """`few` prices move in one statement, so all of them have one moment in the change register."""
    few, hundredth = min(1000, products // 2), max(products // 100, 1)
    refused = Step(f"{few:,} prices, one product refused", lambda one: one.raise_prices(few), refuse=few // 2)
    return [
        Step("first full load"),
        Step("nothing changed", repeat=3),
        Step(f"1 % of prices changed ({hundredth:,})", lambda one: one.raise_prices(hundredth)),
        Step(f"{few:,} stocks changed, no timestamp", lambda one: one.move_stock(few)),
        Step("100 cards deleted", lambda one: one.delete_from(products - 99)),
        refused,
        replace(refused, title="another price changed, still refused", change=lambda one: one.raise_prices(1)),
        Step(TAKEN),
        replace(refused, title=f"{few:,} prices, one refused, rivals stop at it", on_refusal="stop"),
        Step(f"{TAKEN}, rivals had stopped", on_refusal="stop"),
        Step(
            "every price changed, kill -9 at 40 %, rerun",
            lambda one: one.raise_prices(products, one_by_one=True),
            kill=True,
        ),
    ]


class Contest:
    """One shop, one company file per contender. Contenders take turns within a step, so that noise falls on all."""

    def __init__(self, home: Path, products: int, warehouses: int, contenders: Sequence[Contender]) -> None:
        self.home, self.products = home, products
        company.build(home / "company.db", products, warehouses)
        command = [sys.executable, "-m", "bench.peers.shop", str(products)]
        self.shop = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.shop.stdout is not None
        self.url = f"http://127.0.0.1:{self.shop.stdout.readline().strip()}"
        self.entries = [self._enter(number, one, warehouses) for number, one in enumerate(contenders)]

    def close(self) -> None:
        self.shop.terminate()
        self.shop.wait()

    def take(self, step: Step) -> None:
        self._ask("GET", f"/refuse?p{step.refuse}" if step.refuse else "/refuse?")
        for entry in self.entries:
            if step.change is not None:
                step.change(entry.company)
            entry.contender.prepare(entry.place, step.on_refusal)
        rounds = [[self._turn(entry, step) for entry in self.entries] for _ in range(step.repeat)]
        for entry, taken in zip(self.entries, zip(*rounds, strict=True), strict=True):
            entry.figures.append(_middle(taken))

    def equal(self) -> bool:
        """Whether all shops hold exactly what the company's tables say."""
        return all(self._difference(entry) == _NOTHING for entry in self.entries)

    def _enter(self, number: int, contender: Contender, warehouses: int) -> Entry:
        folder = self.home / str(number)
        folder.mkdir()
        database = folder / "company.db"
        shutil.copy(self.home / "company.db", database)
        place = Place(folder, database, self.url, f"account-{number}-of-the-bench", warehouses)
        entry = Entry(contender, place, Company(database))
        if contender.name == "Pomost":
            contender.prepare(place, "")
            subprocess.run(imported(place), check=True, env=environment(), stdout=subprocess.DEVNULL)
        return entry

    def _turn(self, entry: Entry, step: Step) -> Figures:
        self._ask("DELETE", "/counts", entry)
        before = 0
        if step.kill:
            self._run(entry, step, kill_at=int(0.4 * self.products))
            told = self._ask("DELETE", "/counts", entry)
            before = told.get("offers", 0) + told.get("stocks", 0)
        run = self._run(entry, step)
        told = self._ask("GET", "/counts", entry)
        now = self._difference(entry)
        if step.refuse:
            # The shop will not have it; whether it arrives once the shop does is the next step's question.
            now = Difference(now.missed - {f"offers/p{step.refuse}"}, now.leftover)
        figures = Figures(
            run,
            told.get("offers", 0) + told.get("stocks", 0),
            told.get("needless offers", 0) + told.get("needless stocks", 0),
            told.get("refused", 0),
            len(now.missed - entry.last.missed),
            len(now.leftover - entry.last.leftover),
            len(entry.last.missed - now.missed),
            before,
        )
        entry.last = now
        return figures

    def _run(self, entry: Entry, step: Step, kill_at: int = 0) -> Run:
        command = entry.contender.command(entry.place, step.on_refusal)
        log = str(entry.place.home / "log.txt")
        start = Start(command, log, environment(), f"{self.url}/counts", entry.place.key, kill_at)
        told = subprocess.run(
            [sys.executable, "-m", "bench.peers.measured"],
            input=json.dumps(asdict(start)),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return Run(**json.loads(told.stdout))

    def _difference(self, entry: Entry) -> Difference:
        return company.compare(self._ask("GET", "/state", entry), entry.company.wanted())

    def _ask(self, method: str, path: str, entry: Entry | None = None) -> dict[str, Any]:
        headers = {} if entry is None else {"Authorization": f"Bearer {entry.place.key}"}
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


def environment() -> dict[str, str]:
    """As it would be on a server: compiled Python files are kept, nobody is told over the network."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR", "POMOST_LANG": "en"}


def _middle(taken: Sequence[Figures]) -> Figures:
    """The last round's items, with the median of each measure."""
    runs = [one.run for one in taken]
    cpu, wall, peak = (median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "peak_mb"))
    return replace(taken[-1], run=Run(runs[-1].code, cpu, wall, peak))
