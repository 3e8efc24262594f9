"""A real run, really killed in the middle: the next one finishes it, and hardly anything is sent twice."""

import os
import signal
from functools import cache

import pytest

from pomost.sandbox.subiekt_gt.bulk import fill_bulk
from tests.faults.crossing import BATCH, Crossing, told

PRODUCTS, FEWER = 2000, 600
OFFERS, STOCKS = "/v1/offers:batch", "/v1/stocks:batch"


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """An ERP of so many products, and what the shop shows after a run nobody disturbed."""

    def made(products):
        path = tmp_path_factory.mktemp("erp") / "gt.db"
        fill_bulk(path, products, warehouses=1).engine.dispose()
        with Crossing(f"sqlite:///{path.with_name('store.db')}", path, products) as lucky:
            assert lucky.finish()["state"] == "done"
            state = lucky.state()
        assert len(state[0]) == products
        return path, state

    return cache(made)


@pytest.mark.parametrize(
    ("store_url", "post"),
    [("sqlite", 37), ("postgresql", 130)],
    ids=["sqlite, among the offers", "postgresql, among the stocks"],
    indirect=["store_url"],
)
def test_a_killed_run_is_finished_by_the_next(company, store_url, post):
    erp, uninterrupted = company(PRODUCTS)
    with Crossing(store_url, erp, PRODUCTS) as crossing:
        child = crossing.start()
        crossing.at_post(post, child.kill)
        assert told(child) == {}
        assert child.returncode == -signal.SIGKILL
        offers, stocks = crossing.sent(OFFERS), crossing.sent(STOCKS)
        assert 0 < len(offers) + len(stocks) < 2 * PRODUCTS, "killed in the middle"
        ended = crossing.finish()
        assert ended["state"] == "done", ended
        assert crossing.state() == uninterrupted
        again = [crossing.sent(path) for path in (OFFERS, STOCKS)]
        assert all(len(times) == PRODUCTS for times in again)
        repeated = sum(count - 1 for times in again for count in times.values())
        assert repeated <= BATCH, "at most the batch that was on its way"
        before = crossing.shop.journal.last
        idle = crossing.finish()
        assert idle["counts"].get("decided", 0) == 0
        assert [one.path for one in crossing.shop.journal.since(before) if one.method == "POST"] == []


def test_two_processes_meet_and_force_takes_over(company, store_url):
    """The first stands still (stopped by the system) in the middle of a send, as a machine that hangs would."""
    erp, uninterrupted = company(FEWER)
    with Crossing(store_url, erp, FEWER) as crossing:
        first = crossing.start()
        crossing.at_post(9, lambda: first.send_signal(signal.SIGSTOP))
        second = _until_busy(crossing, first)
        assert second["busy"]
        assert second["host"]
        assert second["alive"]
        third = crossing.finish(force=True, hurry=True)
        assert third["state"] == "done", third
        held = crossing.state()
        first.send_signal(signal.SIGCONT)
        last = crossing.shop.journal.last
        assert told(first) == {"lost": "channel:c"}
        late = [one for one in crossing.shop.journal.since(last + 1) if one.method == "POST"]
        assert sum(one.item_count for one in late) <= BATCH, "no batch after the one on its way"
        assert crossing.state() == held == uninterrupted
        assert crossing.finish()["counts"].get("decided", 0) == 0, "the first one's answers were not recorded"


def _until_busy(crossing, first):
    """Wait until the first run stands still, then start another."""
    status = os.waitpid(first.pid, os.WUNTRACED)[1]
    assert os.WIFSTOPPED(status)
    return crossing.finish()
