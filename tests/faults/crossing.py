"""A crossing of three processes: the run (a child that may be killed), the shop (served here), the store's database."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Self

import httpx2

from pomost.sandbox.http.journal import JournalEntry
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop
from pomost.sandbox.subiekt_gt.bulk import bulk_catalogue
from tests.faults.child import Cut, Errand, Moment, do
from tests.snapshots import Snapshot
from tests.trust import TRUST

BATCH = 25
KEY = "mst_0123456789abcdef"
PATIENCE = 60
_PASSING = ("version", "updated_at", "as_of")
_processes = multiprocessing.get_context("forkserver")
# What a run would import late is imported once, before processes are forked.
_LATE = ("django.db.backends.postgresql.base", "httpcore2", "truststore")
_processes.set_forkserver_preload(["tests.faults.child", *_LATE])


@dataclass(frozen=True)
class Child:
    """A process that runs a channel, and where it says how the runs ended."""

    process: BaseProcess
    answer: Connection

    def ended(self) -> list[dict[str, Any]]:
        """What it says at its end; nothing where it was killed."""
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, "still running"
        try:
            return self.answer.recv()
        except EOFError:
            return []


class Crossing:
    """A shop with a catalogue, served here; children run channels against it, each over a store and a company it is told."""

    def __init__(self, products: int) -> None:
        self.shop = Shop(key=KEY, max_batch=BATCH)
        # The catalogue is an hour old, or every run would read it anew: what changed lately is always asked for again.
        self.shop.advance_clock(-3600)
        self.shop.add_branch("MAG", "Magazyn")
        for entry in bulk_catalogue(products):
            packs = [(unit["type"], unit["multiplier"]) for unit in entry["sales_units"]]
            self.shop.add_product(entry["ean"], entry["name"], packs)
        self.shop.advance_clock(3600)
        self._journal, self._memory = self.shop.journal.arrive, self.shop.idempotency.finish
        self.running = serve(self.shop)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.running.stop()

    def start(self, store: str, erp: object, **more: Any) -> Child:
        answer, tell = _processes.Pipe(duplex=False)
        errand = Errand(store, str(erp), self.running.url, KEY, **more)
        process = _processes.Process(target=do, args=(errand, tell), daemon=True)
        process.start()
        tell.close()
        return Child(process, answer)

    def finish(self, store: str, erp: object, **more: Any) -> list[dict[str, Any]]:
        return self.start(store, erp, **more).ended()

    def cut(self, store: str, erp: object, cut: Cut) -> Child:
        """A run that is killed around its `cut.post`-th POST."""
        child = self.start(store, erp, cut=cut)
        if cut.moment is Moment.UNREAD:
            with self.at_post(cut.post, child.process.kill, answered=True):
                child.ended()
        else:
            child.ended()
        return child

    @contextmanager
    def at_post(self, number: int, do: Callable[[], object], *, answered: bool = False) -> Iterator[None]:
        """Call `do` at the `number`-th POST: when it arrives, or when it is done and its answer is about to leave."""
        numbers = iter(range(number - 1, -1, -1))

        def arrive(at: str, method: str, *rest: str) -> JournalEntry:
            entry = self._journal(at, method, *rest)
            if method == "POST" and next(numbers, None) == 0:
                do()
            return entry

        def finish(*what: Any) -> None:
            self._memory(*what)
            if next(numbers, None) == 0:
                do()

        journal, memory = self.shop.journal, self.shop.idempotency
        if answered:
            memory.finish = finish
        else:
            journal.arrive = arrive
        try:
            yield
        finally:
            journal.arrive, memory.finish = self._journal, self._memory

    def state(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Offers and stock as the shop shows them over HTTP, without marks of when and how often they were written."""
        found = httpx2.get(f"{self.running.url}/sandbox/state", timeout=PATIENCE, verify=TRUST).json()
        stocks = {branch: {one: _bare(row) for one, row in rows.items()} for branch, rows in found["stocks"].items()}
        return {one: _bare(row) for one, row in found["offers"].items()}, stocks

    def posts(self, since: int = 0) -> list[JournalEntry]:
        return [entry for entry in self.shop.journal.since(since) if entry.method == "POST"]

    def snapshot(self) -> Snapshot:
        return Snapshot.of(self.shop)

    def put_back(self, snapshot: Snapshot) -> None:
        snapshot.put_back(self.shop)


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _PASSING}
