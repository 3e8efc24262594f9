"""Law 6 with real processes: customers and orders are carried by one that is killed, or stands still, at every step.

`POMOST_PROPERTIES=soak` takes every step on SQLite and every third on PostgreSQL; otherwise a few that say most.
"""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.sandbox.subiekt_gt.partners import Partners
from tests.faults.trading_child import CHANNEL, KEY, Errand, do
from tests.worlds import ean

pytestmark = pytest.mark.power_cut
PATIENCE = 90
STEPS = 108
"""As many as a run has; a test holds it against the truth."""
SOAK = os.environ.get("POMOST_PROPERTIES") == "soak"
NIPS = ("5260250274", "1234563218", "9512120077")
PLACES = (
    ("Warszawa", "Długa", "ODDZIAL_WAW"),
    ("Kraków", "Rynek", "ODDZIAL_KRK"),
    ("Warszawa", "Polna", "ODDZIAL_WAW"),
)
SAMPLE = {
    "sqlite": (
        ("sfera register after", 2),
        ("POST acknowledgements after", 1),
        ("POST order-status-changes:batch after", 1),
        ("POST customer-assignments:batch after", 1),
    ),
    "postgresql": (("sfera register after", 1), ("POST acknowledgements before", 2), ("POST branches after", 1)),
}
STANDSTILLS = (("sfera open before", 1), ("sfera register after", 1), ("POST acknowledgements before", 1))
_processes = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Yard:
    """One case's own company, shop and store."""

    home: Path
    erp: Path
    store: str
    shop: Shop
    url: str

    def start(self, **more):
        answer, tell = _processes.Pipe(duplex=False)
        errand = Errand(str(self.home), self.store, str(self.erp), self.url, **more)
        process = _processes.Process(target=do, args=(errand, tell), daemon=True)
        process.start()
        tell.close()
        return process, answer

    def finish(self, **more):
        """How the runs of a process ended, and the names of its steps; nothing where it was killed."""
        return ended(*self.start(**more))

    def documents(self):
        """Every ZK: original number -> number."""
        with closing(sqlite3.connect(self.erp)) as connection:
            query = "SELECT dok_NrPelnyOryg, dok_NrPelny FROM dok__Dokument WHERE dok_Typ = 16"
            found = connection.execute(query).fetchall()
        assert len(dict(found)) == len(found), "never two"
        return dict(found)

    def told(self):
        """Orders as the shop has them: number -> status and the document's number."""
        with self.shop.lock:
            orders = list(self.shop.orders)
        acks = {one.number: one.acknowledgement for one in orders}
        return {one.number: (one.status, acks[one.number] and acks[one.number].erp_document_number) for one in orders}

    def customers(self):
        """Whom the shop knows as what: customer -> card, branch, segment; with branches and segments by name."""
        with self.shop.lock:
            branches = {one.id: one.external_id for one in self.shop.branches}
            segments = {one.id: one.name for one in self.shop.segments}
            return {
                one.customer_id: (one.erp_customer_ref, branches[one.branch_id], segments.get(one.segment_id))
                for one in self.shop.assignments
            } | {"branches": sorted(one.name for one in self.shop.branches), "segments": sorted(segments.values())}


def ended(process, answer):
    process.join(PATIENCE)
    assert process.exitcode is not None, "still running"
    try:
        return answer.recv()
    except EOFError:
        return [], []


@pytest.fixture(scope="session")
def trading_company(tmp_path_factory):
    """Two cards and three customers of two branches, in the group of restaurants."""
    path = tmp_path_factory.mktemp("trading") / "gt.db"
    company = minimal(path)
    for number in (1, 2):
        company.add_product(f"S{number}", ean=ean(number), stock=1000)
    people = Partners(company.engine)
    for number, (nip, (city, street, trait)) in enumerate(zip(NIPS, PLACES, strict=True), 1):
        people.add(f"K{number}", nip=nip, city=city, street=street, house="1", traits=(trait,), group="Gastronomia")
    company.engine.dispose()
    return path


@pytest.fixture(scope="module")
def yards(trading_company, tmp_path_factory):
    """Makes yards: an order of each customer stands in the shop, and nothing was carried yet."""
    stops = []

    def made(stores):
        home = tmp_path_factory.mktemp("yard")
        erp = home / "gt.db"
        shutil.copyfile(trading_company, erp)
        shop = Shop(key=KEY)
        branch = shop.add_branch("MAG", "Stary magazyn").id
        goods = [shop.add_product(ean(number), f"Towar {number}").id for number in (1, 2)]
        for product in goods:
            terms = {"status": "active", "price": "2.50", "price_kind": "net", "currency": "PLN", "vat_rate": "23"}
            unit = {"type": "PCE", "multiplier": 1}
            shop.change_offer_in_panel(
                product, distributor_sku=f"S{goods.index(product) + 1}", sales_unit=unit, **terms
            )
        for nip, (city, street, _) in zip(NIPS, PLACES, strict=True):
            buyer = shop.add_customer(nip, name=f"Bar {street}", city=city, street=street, house_number="1").id
            shop.place_order(branch, buyer, [{"product_id": one, "quantity": 3} for one in goods])
        running = serve(shop)
        stops.append(running.stop)
        return Yard(home, erp, stores.copy(), shop, running.url)

    yield made
    for stop in stops:
        stop()


@pytest.fixture(scope="module")
def uninterrupted(yards, sqlite_stores):
    """A life nobody disturbed: its yard, and the names of its first run's steps."""
    yard = yards(sqlite_stores)
    (first,), steps = yard.finish()
    assert (first["state"], first["fault"]) == ("done", None), first
    return yard, steps


def settled(yard, lucky, *, idle=True):
    """Everything is as in the undisturbed life, and there is nothing left to do."""
    (again, *after), _ = yard.finish(runs=1 + idle)
    assert (again.get("state"), again.get("fault")) == ("done", None), again
    documents = yard.documents()
    assert documents.keys() == lucky.documents().keys()
    assert yard.told() == {number: ("accepted", document) for number, document in documents.items()}
    assert yard.customers() == lucky.customers()
    for one in after:
        assert [name for name in one["counts"] if name.startswith(("plan.", "done.", "failed."))] == []


def place_of(name, times, steps):
    """The number, from 1, of the step of this name that comes for that time."""
    return [place for place, one in enumerate(steps, 1) if one == name][times - 1]


def cases():
    for kind in ("sqlite", "postgresql"):
        if SOAK:
            # What a step leaves behind is the same on either database; every third one shows that both keep it.
            stride = 1 if kind == "sqlite" else 3
            yield from ((kind, number) for number in range(1, STEPS + 1, stride))
        else:
            yield from ((kind, what) for what in SAMPLE[kind])


def test_the_undisturbed_life_is_what_it_is_taken_for(uninterrupted):
    yard, steps = uninterrupted
    assert len(steps) == STEPS
    for name in ("sfera register", "POST acknowledgements"):
        assert steps.count(f"{name} before") == steps.count(f"{name} after") == 3
    assert yard.customers()["branches"] == ["Kraków", "Magazyn"]
    assert {told[:2] for name, told in yard.customers().items() if name.startswith("cu")} == {
        ("1", "MAG"), ("2", "KRA"), ("3", "MAG"),
    }  # fmt: skip
    settled(yard, yard)


@pytest.mark.parametrize(
    "kind, at",
    list(cases()),
    ids=lambda one: one if isinstance(one, str) else "-".join(map(str, one)) if isinstance(one, tuple) else one,
)
def test_a_killed_run_loses_no_order_and_makes_none_twice(kind, at, yards, uninterrupted, request):
    lucky, steps = uninterrupted
    place = at if isinstance(at, int) else place_of(*at, steps)
    stores = request.getfixturevalue(f"{kind.removesuffix('ql')}_stores")
    yard = yards(stores)
    process, answer = yard.start(at=place)
    assert ended(process, answer) == ([], [])
    assert process.exitcode == -signal.SIGKILL
    yard.documents()
    settled(yard, lucky, idle=SOAK or place % 2 == 0)
    stores.drop(yard.store)


@pytest.mark.parametrize("name, times", STANDSTILLS, ids=[name.replace(" ", "-") for name, _ in STANDSTILLS])
def test_a_run_that_wakes_after_its_takeover_makes_no_order_twice(name, times, yards, uninterrupted, sqlite_stores):
    """Stopped by the system, as a machine that sleeps. While its Sfera holds the company's lock, nobody else may write."""
    lucky, steps = uninterrupted
    yard = yards(sqlite_stores)
    process, answer = yard.start(at=place_of(name, times, steps), end=signal.SIGSTOP)
    _wait_until_stopped(process.pid)
    held = "register" in name or "POST" in name
    (second,), _ = yard.finish(force=True, hurry=True)
    assert second.get("state") == "done", second
    assert (second["fault"] is not None) == (held and len(yard.documents()) < 3), second
    before = yard.documents()
    os.kill(process.pid, signal.SIGCONT)
    (first,), _ = ended(process, answer)
    assert first == {"lost": f"channel:{CHANNEL}"}
    assert before.items() <= yard.documents().items()
    settled(yard, lucky)


def _wait_until_stopped(pid):
    until = time.monotonic() + PATIENCE
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < until
        time.sleep(0.02)
