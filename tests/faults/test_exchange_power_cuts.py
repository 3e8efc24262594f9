"""Law 2 for Optima and e-Sklep with real power cuts: killed around a send, the next run ends as if nothing had been."""

import os
import signal

import pytest

from tests.faults.exchange_crossing import open_crossing

pytestmark = pytest.mark.power_cut
SOAK = os.environ.get("POMOST_PROPERTIES") == "soak"
FIRST, SECOND = 20, 16
"""Posts of a first run, and of one after the company changed; the first of each opens the session."""


@pytest.fixture(scope="module")
def crossing(tmp_path_factory):
    with open_crossing(tmp_path_factory.mktemp("crossing")) as found:
        yield found


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
    assert (first, second) == (FIRST, SECOND), "every post has its cut"
    assert before != after


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("post", range(2, FIRST + 1) if SOAK else (3, 6, 8, 9, 11, 13, 15))
def test_a_first_run_cut_off_is_finished_by_the_next(crossing, lucky, request, kind, post):
    stores = request.getfixturevalue(f"{kind}_stores")
    _, expected = lucky[0]
    store = stores.copy()
    crossing.empty()
    code, _ = crossing.run(store, crossing.now, post=post, late=post % 2 == 1)
    assert code == -signal.SIGKILL
    crossing.settle(store, crossing.now)
    assert crossing.state() == expected
    assert not [name for name in crossing.settle(store, crossing.now) if name.startswith("done.")]
    stores.drop(store)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("post", range(2, SECOND + 1) if SOAK else (3, 6, 8, 9, 11, 13, 15))
def test_changes_cut_off_and_taken_back_leave_no_trace(crossing, lucky, request, kind, post):
    stores = request.getfixturevalue(f"{kind}_stores")
    store = stores.copy()
    crossing.empty()
    crossing.settle(store, crossing.now)
    code, _ = crossing.run(store, crossing.then, post=post, late=post % 2 == 0)
    assert code == -signal.SIGKILL
    crossing.settle(store, crossing.back)
    assert crossing.state() == lucky[0][1]
    stores.drop(store)
