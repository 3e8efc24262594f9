"""Law 2 with real power cuts: a run of 2,000 products is killed around each of its sends, and the next one finishes it."""

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from pomost.sandbox.http.journal import JournalEntry
from pomost.sandbox.subiekt_gt.bulk import fill_bulk
from tests.databases import Stores
from tests.faults.book import Book, products_of
from tests.faults.child import Cut, Moment
from tests.faults.conftest import CUT
from tests.faults.crossing import BATCH, Crossing, Snapshot

pytestmark = pytest.mark.power_cut
PRODUCTS = 2000
SENDS = 2 * PRODUCTS // BATCH  # of a first run and of a run after changes alike: offers and stocks, or withdrawals
_CHANGES = """
UPDATE "tw__Towar" SET "tw_Zablokowany" = 1 WHERE "tw_Id" % 10 = 0;
UPDATE "tw_Cena" SET "tc_CenaNetto3" = "tc_CenaNetto3" + 0.25;
UPDATE "tw_Stan" SET "st_Stan" = "st_Stan" + 600;
"""


class Life(StrEnum):
    """What the run that loses power was about, and what the ERP says when the next one begins."""

    FIRST = "first"  # everything is published; the ERP still says so
    FORWARD = "forward"  # every price and stock moved, a tenth is withdrawn; the ERP still says so
    BACK = "back"  # the same, and the ERP has changed back


@dataclass(frozen=True)
class Case:
    """One power cut of the many."""

    kind: str
    post: int
    moment: Moment
    life: Life

    @property
    def is_followed(self) -> bool:
        """Whether one run more shows that nothing is left to do; in a tenth of the cases, for it is no small run."""
        return self.post % 10 == 0

    def __str__(self) -> str:
        return f"{self.kind}-{self.post:03}-{self.moment}-{self.life}"


def every_case() -> Iterator[Case]:
    """Before and after each send, on both databases; in every other one the ERP changes back before the rerun.

    A send's two ways of being taken and not known take turns, and so do the two lives in which nothing changes back.
    What goes back on one database does not on the other.
    """
    for place, kind in enumerate(("sqlite", "postgresql")):
        for post in range(1, SENDS + 1):
            after = (Moment.UNREAD, Moment.UNRECORDED)[post // 2 % 2]
            forth = (Life.FIRST, Life.FORWARD)[post // 4 % 2]
            for late, moment in enumerate((Moment.BEFORE, after)):
                yield Case(kind, post, moment, Life.BACK if (post + late + place) % 2 else forth)


# The first send and the last, the ends of kinds, withdrawals in their two halves (a piece of 500 cards has 40 sends).
_SAMPLE = {"sqlite": {1, 38, 79, 160}, "postgresql": {1, 20, 39, 119}}


def cases() -> list[Case]:
    if os.environ.get("POMOST_PROPERTIES") == "soak":
        return list(every_case())
    return [case for case in every_case() if case.post in _SAMPLE[case.kind]]


@dataclass(frozen=True)
class Uninterrupted:
    """A life nobody disturbed: what the shop shows at its end, what was posted first, and what the book says of it all."""

    state: object
    posts: list[JournalEntry]
    book: Book


@dataclass(frozen=True)
class Stage:
    """Both companies, the shop as it was before each life, and every life as it goes without a power cut."""

    crossing: Crossing
    now: Path
    then: Path
    shops: dict[Life, Snapshot]
    books: dict[Life, Book]
    lucky: dict[Life, Uninterrupted]


@pytest.fixture(scope="module")
def stage(tmp_path_factory, sqlite_stores):
    folder = tmp_path_factory.mktemp("companies")
    now, then = folder / "now.db", folder / "then.db"
    fill_bulk(now, PRODUCTS, warehouses=1).engine.dispose()
    shutil.copyfile(now, then)
    with closing(sqlite3.connect(then)) as connection:
        connection.executescript(_CHANGES)
    with Crossing(PRODUCTS) as crossing:
        store = sqlite_stores.copy()
        empty = crossing.snapshot()
        first = _lived(crossing, store, now, Book())
        settled = crossing.snapshot()
        crossing.shop.journal.clear()
        forward = _lived(crossing, store, then, first.book)
        back = _lived(crossing, store, now, first.book)
        sqlite_stores.drop(store)
        yield Stage(
            crossing,
            now,
            then,
            {Life.FIRST: empty, Life.FORWARD: settled, Life.BACK: settled},
            {Life.FIRST: Book(), Life.FORWARD: first.book, Life.BACK: first.book},
            {Life.FIRST: first, Life.FORWARD: forward, Life.BACK: back},
        )


def _lived(crossing: Crossing, store: str, company: Path, before: Book) -> Uninterrupted:
    (ended,) = crossing.finish(store, company)
    assert ended["state"] == "done", ended
    posts = crossing.posts()
    return Uninterrupted(crossing.state(), posts[:SENDS], before.reopened().read(posts))


@pytest.fixture(scope="module")
def settled_stores(stage):
    """Per database the store of a channel that is synchronised, made when first asked for."""
    made: dict[str, str] = {}

    def settled(stores: Stores) -> str:
        if stores.kind not in made:
            stage.crossing.put_back(stage.shops[Life.FIRST])
            made[stores.kind] = stores.copy()
            assert stage.crossing.finish(made[stores.kind], stage.now)[0]["state"] == "done"
        return made[stores.kind]

    return settled


def test_the_lives_are_what_they_are_taken_for(stage):
    first, forward, back = (stage.lucky[life] for life in Life)
    assert len(first.posts) == len(forward.posts) == SENDS
    assert [entry.path for entry in forward.posts[:40]] == [
        *["/v1/offers:batch"] * 18,
        *["/v1/stocks:batch"] * 18,
        *["/v1/stocks:batch", "/v1/offers:batch"] * 2,
    ]
    assert back.state == first.state != forward.state
    # Noughts of a withdrawal are sent for stock that was nought before, too: these alone turn nothing.
    idle = {page for page, count in forward.book.turned.items() if not count}
    assert {(page[0], first.book.pages[page]["quantity"]) for page in idle} == {("/v1/stocks:batch", 0)}
    assert {count for page, count in forward.book.turned.items() if page not in idle} == {1}
    assert {count for page, count in back.book.turned.items() if page not in idle} == {2}


def test_half_of_the_power_cuts_have_the_erp_change_back():
    every = list(every_case())
    assert len(every) == len(set(every)) == 4 * SENDS
    assert 2 * sum(case.life is Life.BACK for case in every) == len(every)
    for life in Life:
        assert {case.moment for case in every if case.life is life and case.kind == "sqlite"} == set(Moment)
        assert {case.moment for case in every if case.life is life and case.kind == "postgresql"} == set(Moment)
    for post in range(1, SENDS + 1):
        assert {(case.kind, case.moment is Moment.BEFORE) for case in every if case.post == post} == {
            *(("sqlite", True), ("sqlite", False), ("postgresql", True), ("postgresql", False))
        }


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_rerun_equals_no_power_cut(case, stage, settled_stores, request, record_property):
    stores: Stores = request.getfixturevalue(f"{case.kind.removesuffix('ql')}_stores")
    crossing, lucky = stage.crossing, stage.lucky[case.life]
    planned = stage.lucky[Life.FIRST if case.life is Life.FIRST else Life.FORWARD].posts
    store = stores.copy("" if case.life is Life.FIRST else settled_stores(stores))
    crossing.put_back(stage.shops[case.life])
    book = stage.books[case.life].reopened()

    killed = crossing.cut(store, stage.now if case.life is Life.FIRST else stage.then, Cut(case.post, case.moment))
    assert killed.process.exitcode == -signal.SIGKILL
    arrived = [entry.items for entry in crossing.posts()]
    assert len(arrived) == case.post - (case.moment is Moment.BEFORE), "killed elsewhere than meant"

    again, *idle = crossing.finish(
        store, stage.then if case.life is Life.FORWARD else stage.now, runs=1 + case.is_followed
    )
    assert again["state"] == "done", again
    assert crossing.state() == lucky.state
    assert all(ended["counts"] == {} for ended in idle), "nothing is left to do"

    book.read(crossing.posts())
    twice = {page: count for page, count in book.turned.items() if count > lucky.book.turned[page]}
    assert twice == {}, "took effect twice"
    in_flight = products_of(planned[case.post - 1 : case.post])
    needless = book.repeated - lucky.book.repeated
    assert {page[-1] for page in needless} <= in_flight, "sent again although its answer was recorded"
    assert max(needless.values(), default=1) == 1
    record_property(CUT, (case.kind, case.life is Life.BACK, len(crossing.posts()), len(needless)))
    stores.drop(store)
