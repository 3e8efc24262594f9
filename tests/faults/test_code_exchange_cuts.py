"""Law 2 while codes and logins change hands: killed between the value in between and the last one, the rerun ends right."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing, contextmanager
from decimal import Decimal

import pytest

from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.cards import Card
from pomost.sandbox.optima.customers import Customer, Login
from pomost.sandbox.optima.filling import minimal
from pomost.sandbox.optima.sandbox import OptimaSandbox
from tests.end_to_end.optima_stage import KEY, SETTINGS
from tests.faults.exchange_crossing import Crossing

pytestmark = pytest.mark.power_cut
SOAK = os.environ.get("POMOST_PROPERTIES") == "soak"
POSTS = 6
"""Of a run in which everything changes hands: opening, two of customers, two of products, and closing."""
RING = ("P1", "P2", "P3", "P4")
POWER_CUTS = [(post, late) for post in range(2, POSTS + 1) for late in (False, True)]
BETWEEN = [(2, True), (3, False), (3, True), (4, True), (5, False), (5, True)]
"""The ones around the value in between and the last one, of customers and of products."""
CASES = [("sqlite", *cut) for cut in (POWER_CUTS if SOAK else BETWEEN)]
CASES += [("postgres", *cut) for cut in (POWER_CUTS if SOAK else [(3, False), (5, True)])]


def fill(company):
    """Four products and three customers, each with a login."""
    for name in RING:
        company.goods.add(Card(code=name, name=f"Towar {name}", wholesale=Decimal(10)))
    for name in "ABC":
        login = Login(f"{name.lower()}@bar.example")
        company.customers.add(Customer(code=name, name=f"Bar {name}", person=True, logins=(login,)))


def turn(home, *, by, days):
    """Hand every code and every login on to the next one, `by` places; the company is newer than it was."""
    company = OptimaSandbox(home)
    if by:
        for name in RING:
            company.goods.change(name, Twr_Kod=f"{name}-")
        for place, name in enumerate(RING):
            company.goods.change(f"{name}-", Twr_Kod=RING[(place + by) % len(RING)])
    company.close()
    mails = {f"{one}@bar.example": f"{'abc'[('abc'.index(one) + by) % 3]}@bar.example" for one in "abc"}
    cases = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in mails.items())
    with closing(sqlite3.connect(company.company_file)) as books, books:
        books.execute(f"UPDATE KntOsoby SET KnO_EmailESklep = CASE KnO_EmailESklep {cases} ELSE KnO_EmailESklep END")
        newest = "SELECT datetime(max(TwTS_TS_ModESklep), ?) FROM TwrTSModEsklep"
        (at,) = books.execute(newest, (f"+{days} days",)).fetchone()
        books.execute("UPDATE TwrTSModEsklep SET TwTS_TS_ModESklep = ?", (f"{at}.000000",))
    return company.company_file


@contextmanager
def open_ring(home):
    """The company as it is, with everything handed on, and with all of that taken back by hand."""
    company = minimal(home / "now")
    fill(company)
    company.close()
    files = {}
    for name, by, days in (("then", 1, 10), ("back", 0, 20)):
        shutil.copytree(home / "now", home / name)
        files[name] = turn(home / name, by=by, days=days)
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        yield Crossing(company.company_file, files["then"], files["back"], running.url)


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    with open_ring(tmp_path_factory.mktemp("ring")) as found:
        yield found


@pytest.fixture(scope="module")
def lucky(ring, sqlite_stores):
    """What undisturbed runs come to: the state of the first, then posts and state of the one in which all changes hands."""
    store = sqlite_stores.copy()
    ring.empty()
    ring.settle(store, ring.now)
    ring.posts()
    first = ring.state()
    ring.settle(store, ring.then)
    second = ring.posts(), ring.state()
    sqlite_stores.drop(store)
    return first, second


def test_everything_changes_hands(ring, lucky):
    first, (posts, second) = lucky
    assert posts == POSTS
    for area, name in (("products", "code"), ("customers", "logins")):
        before, after = ({key: one[name] for key, one in state[area].items()} for state in (first, second))
        assert before.keys() == after.keys()
        assert all(before[key] != after[key] for key in before), area


@pytest.mark.parametrize(("kind", "post", "late"), CASES)
@pytest.mark.parametrize("goes_on", ["then", "back"])
def test_killed_anywhere_the_next_run_ends_right(ring, lucky, request, kind, post, late, goes_on):
    """Decision table 8.17 and law 2: whichever way the company went on, one run ends at what it says."""
    stores = request.getfixturevalue(f"{kind}_stores")
    store = stores.copy()
    ring.empty()
    ring.settle(store, ring.now)
    code, _ = ring.run(store, ring.then, post=post, late=late)
    assert code == -signal.SIGKILL
    counts = ring.settle(store, getattr(ring, goes_on))
    assert not [name for name in counts if name.startswith("failed.")], counts
    first, (_, second) = lucky
    assert ring.state() == (second if goes_on == "then" else first)
    assert not [name for name in ring.settle(store, getattr(ring, goes_on)) if name.startswith("done.")]
    stores.drop(store)
