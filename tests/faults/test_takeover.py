"""Law 7 between real processes: one stands still in the middle of a send, a second is turned away, a third takes over."""

import os
import signal
import threading

import pytest

from pomost.sandbox.subiekt_gt.bulk import fill_bulk
from tests.faults.crossing import BATCH, PATIENCE, Crossing

PRODUCTS = 6 * BATCH


@pytest.fixture(scope="module")
def crossing():
    with Crossing(PRODUCTS) as found:
        yield found


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    path = tmp_path_factory.mktemp("erp") / "gt.db"
    fill_bulk(path, PRODUCTS, warehouses=1).engine.dispose()
    return path


@pytest.fixture(scope="module")
def uninterrupted(crossing, company, sqlite_stores):
    """The empty shop, and what it shows after a run nobody disturbed."""
    empty, store = crossing.snapshot(), sqlite_stores.copy()
    assert crossing.finish(store, company)[0]["state"] == "done"
    sqlite_stores.drop(store)
    return empty, crossing.state()


@pytest.mark.parametrize("post", [4, 6, 7, 9], ids=["offers", "last of the offers", "first of the stocks", "stocks"])
def test_two_processes_meet_and_force_takes_over(crossing, company, uninterrupted, store_url, post):
    """The first stands still (stopped by the system) in the middle of a send, as a machine that hangs would."""
    empty, state = uninterrupted
    crossing.put_back(empty)
    first, stopped = crossing.start(store_url, company), threading.Event()

    def stop():
        os.kill(first.process.pid, signal.SIGSTOP)
        stopped.set()

    with crossing.at_post(post, stop):
        assert stopped.wait(PATIENCE)
    (second,) = crossing.finish(store_url, company)
    assert second["busy"]
    assert second["host"]
    assert second["alive"]
    (third,) = crossing.finish(store_url, company, force=True, hurry=True)
    assert third["state"] == "done", third
    held = crossing.state()
    last = crossing.shop.journal.last
    os.kill(first.process.pid, signal.SIGCONT)
    assert first.ended() == [{"lost": "channel:c"}]
    late = crossing.posts(since=last + 1)
    assert sum(one.item_count for one in late) <= BATCH, "no batch after the one on its way"
    assert crossing.state() == held == state
    (fourth,) = crossing.finish(store_url, company)
    assert fourth["counts"] == {}, "the first one's answers were not recorded"
