"""Law 2 for Optima and e-Sklep with real power cuts: killed around a send, the next run ends as if nothing had been."""

import multiprocessing
import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.filling import build
from pomost.sandbox.optima.sandbox import OptimaSandbox
from tests.end_to_end.optima_stage import KEY, SETTINGS
from tests.faults.exchange_child import Passage, carry

AREAS = ("price_types", "groups", "products", "prices", "stocks", "discounts", "bundles", "customers", "file_links")
_PASSING = {"stamp", "updated_at", "as_of", "shop_id"}
_PATIENCE = 120
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.exchange_child", "tests.faults.child"])


@dataclass
class Crossing:
    """The company as it is and as it was changed; the shop; what it shows after an undisturbed run of either."""

    now: Path
    then: Path
    url: str

    def run(self, store: str, company: Path, **more: Any) -> tuple[int, tuple[str, Any]]:
        """Exit code of the process and what it told."""
        hear, tell = _processes.Pipe(duplex=False)
        process = _processes.Process(
            target=carry, args=(Passage(store, str(company), self.url, KEY, **more), tell), daemon=True
        )
        process.start()
        tell.close()
        try:
            told = hear.recv()
        except EOFError:
            told = ("killed", None)
        process.join(_PATIENCE)
        assert process.exitcode is not None, "still running"
        return process.exitcode, told

    def settle(self, store: str, company: Path) -> dict[str, int]:
        code, (state, counts) = self.run(store, company)
        assert (code, state) == (0, "done"), counts
        return dict(counts)

    def empty(self) -> None:
        httpx2.post(f"{self.url}/v1/sandbox/reset", timeout=60).raise_for_status()

    def posts(self) -> int:
        calls = httpx2.get(f"{self.url}/v1/sandbox/journal", timeout=60).json()["calls"]
        httpx2.delete(f"{self.url}/v1/sandbox/journal", timeout=60)
        return sum(count for call, count in calls.items() if call.startswith("POST") and "heartbeat" not in call)

    def state(self) -> dict[str, Any]:
        """What the shop shows: what was withdrawn is as good as never there."""
        held = httpx2.get(f"{self.url}/v1/sandbox/state", params=[("only", one) for one in AREAS], timeout=60).json()
        return {area: {key: _bare(one) for key, one in held[area].items() if _shown(one)} for area in AREAS}


def _shown(one: dict[str, Any]) -> bool:
    return one["state"] == "published" and one.get("quantity") != "0"


def _bare(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in _PASSING}


@pytest.fixture(scope="module")
def crossing(tmp_path_factory):
    home = tmp_path_factory.mktemp("crossing")
    company = build(home / "now", products=20, customers=10)
    company.close()
    shutil.copytree(home / "now", home / "then")
    changed = OptimaSandbox(home / "then")
    for seed in range(1, 7):
        changed.drift(seed)
    changed.close()
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        yield Crossing(company.company_file, changed.company_file, running.url)


@pytest.fixture(scope="module")
def lucky(crossing, sqlite_stores):
    """What undisturbed runs come to: posts and state of the first, and of the one after the company changed."""
    store = sqlite_stores.copy()
    crossing.empty()
    crossing.settle(store, crossing.now)
    first = crossing.posts(), crossing.state()
    crossing.settle(store, crossing.then)
    second = crossing.posts(), crossing.state()
    sqlite_stores.drop(store)
    return first, second


def test_the_lives_differ(lucky):
    (first, before), (second, after) = lucky
    assert first > 12
    assert second > 8
    assert before != after


SOAK = os.environ.get("POMOST_PROPERTIES") == "soak"
POSTS = range(2, 30) if SOAK else (3, 6, 8, 9, 11, 13, 15)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("post", POSTS)
def test_a_first_run_cut_off_is_finished_by_the_next(crossing, lucky, request, kind, post):
    stores = request.getfixturevalue(f"{kind}_stores")
    posts, expected = lucky[0]
    if post > posts:
        pytest.skip("the run has no such post")
    store = stores.copy()
    crossing.empty()
    code, _ = crossing.run(store, crossing.now, post=post, late=post % 2 == 1)
    assert code == -signal.SIGKILL
    crossing.settle(store, crossing.now)
    assert crossing.state() == expected
    assert not [name for name in crossing.settle(store, crossing.now) if name.startswith("done.")]
    stores.drop(store)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("post", POSTS)
def test_changes_cut_off_and_taken_back_leave_no_trace(crossing, lucky, request, kind, post):
    stores = request.getfixturevalue(f"{kind}_stores")
    if post > lucky[1][0]:
        pytest.skip("the run has no such post")
    store = stores.copy()
    crossing.empty()
    crossing.settle(store, crossing.now)
    code, _ = crossing.run(store, crossing.then, post=post, late=post % 2 == 0)
    assert code == -signal.SIGKILL
    crossing.settle(store, crossing.now)
    assert crossing.state() == lucky[0][1]
    stores.drop(store)
