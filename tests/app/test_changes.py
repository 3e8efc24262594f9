"""A run's changes page by page, on both databases: filters, marks, counts, an answer in time however long the plan."""

import itertools
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.app import OUTCOMES, ChangeFilter, Refused, changes
from pomost.model.policy import GuardPolicy
from pomost.model.request import RunRequest
from pomost.runs import offer
from pomost.store.database import open_store
from pomost.store.journal import Journal
from tests.worlds import OPEN_GUARD, World


@pytest.fixture
def planned(world):
    """The journal number of a preview: four prices and one stock move after the first run."""
    world.settle()
    for key in (1, 2, 3, 4):
        world.change(key, price=Decimal("2.60"))
    world.change(5, main=3)
    return offer.preview(world.channel(), RunRequest()).run.pk


def all_pages(pomost, world, number, wanted, limit):
    found, after = [], ""
    for _ in range(100):
        page = pomost.changes_page(world.name, number, wanted, after, limit)
        assert len(page.changes) <= limit
        found += page.changes
        after = page.next
        if not after:
            return found
    raise AssertionError("pages never end")


def test_a_page_has_values_reasons_and_counts(pomost, world, planned):
    page = pomost.changes_page(world.name, planned, ChangeFilter())
    assert (page.whole, page.next, page.total) == (True, "", 5)
    assert page.kinds == {"amend": 4, "stock": 1}
    assert page.fields == {("amend", "price"): 4, ("stock", "quantity"): 1}
    first = page.changes[0]
    assert (first.symbol, first.kind, first.outcome) == ("S1", "amend", None)
    assert [(one.field, one.before, one.after) for one in first.fields] == [("price", "2.50 PLN net", "2.60 PLN net")]


@pytest.mark.parametrize(
    ("wanted", "symbols"),
    [
        (ChangeFilter(kind="amend"), ["S1", "S2", "S3", "S4"]),
        (ChangeFilter(kind="withdraw"), []),
        (ChangeFilter(field="quantity"), ["S5"]),
        (ChangeFilter(kind="amend", field="vat"), []),
        (ChangeFilter(search="s3"), ["S3"]),
        (ChangeFilter(search=" "), ["S1", "S2", "S3", "S4", "S5"]),
        (ChangeFilter(outcome="unsent"), ["S1", "S2", "S3", "S4", "S5"]),
        (ChangeFilter(outcome="done"), []),
        (ChangeFilter(alarm="withdrawn"), []),
    ],
)
def test_filters(pomost, world, planned, wanted, symbols):
    assert [one.symbol for one in pomost.changes_page(world.name, planned, wanted).changes] == symbols
    assert [one.symbol for one in pomost.changes(world.name, planned, wanted)] == symbols


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 50])
def test_pages_together_are_the_whole_plan(pomost, world, planned, limit):
    whole = list(pomost.changes(world.name, planned))
    assert all_pages(pomost, world, planned, ChangeFilter(), limit) == whole
    amended = [one for one in whole if one.kind == "amend"]
    assert all_pages(pomost, world, planned, ChangeFilter(kind="amend"), limit) == amended


@given(
    limit=st.integers(1, 7),
    kind=st.sampled_from(["", "publish", "stock", "amend"]),
    search=st.sampled_from(["", "S1", "S", "zz"]),
    outcome=st.sampled_from(["", *OUTCOMES]),
    impatient=st.booleans(),
)
def test_however_pages_are_cut_no_change_is_lost_or_doubled(store_of_runs, limit, kind, search, outcome, impatient):
    name, number = store_of_runs
    wanted = ChangeFilter(kind=kind, search=search, outcome=outcome)
    found, after = [], ""
    ticks = itertools.count()
    for _ in range(10_000):
        tick = (lambda: next(ticks)) if impatient else (lambda: 0)
        page = changes.page(name, number, wanted, after, limit, patience=0.5, tick=tick)
        found += page.changes
        after = page.next
        if not after:
            break
    assert found == list(changes.matching(name, number, wanted))


@pytest.fixture(scope="module")
def store_of_runs(sqlite_stores):
    """A run of twenty cards in batches of three, one of them refused: pages cut through batches."""
    open_store(sqlite_stores.copy())
    world = World.of(20)
    world.shop.can = replace(world.shop.can, batch=3)
    return world.name, world.settle().run.pk


def test_a_page_that_takes_too_long_says_where_it_goes_on(pomost, world, planned):
    ticks = itertools.count()
    page = changes.page(world.name, planned, ChangeFilter(search="nobody"), patience=0.5, tick=lambda: next(ticks))
    assert (page.changes, page.whole) == ((), False)
    assert page.next


@pytest.mark.parametrize("mark", ["x", "1", "1.", ".1", "-1.0", "1.0'--", "9" * 40 + ".1", "1.1.1", "١.٢"])
def test_a_mark_that_is_none_is_refused(pomost, world, planned, mark):
    with pytest.raises(Refused):
        pomost.changes_page(world.name, planned, ChangeFilter(), mark)


def test_a_run_of_another_channel_is_refused(pomost, world, planned):
    other = World.of(1)
    with pytest.raises(Refused):
        pomost.changes_page(other.name, planned, ChangeFilter())
    with pytest.raises(Refused):
        pomost.unusual(other.name, planned)


def test_what_the_guard_holds_back_is_told_with_numbers_and_examples(pomost, world):
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy(share=Decimal("0.2"), floor=1))
    for key in (1, 2, 3):
        world.change(key, active=False)
    waiting = world.run().run
    (one,) = pomost.unusual(world.name, waiting.pk)
    assert (one.alarm, one.count, one.limit, one.standing) == ("withdrawn", 3, 1, 5)
    assert [example.symbol for example in one.examples] == ["S1", "S2", "S3"]
    assert (one.why.pl[:10], one.why.en[:6]) == ("wycofanie ", "3 of 5")
    page = pomost.changes_page(world.name, waiting.pk, ChangeFilter(alarm="withdrawn"))
    assert page.alarms == {"withdrawn": 3}
    assert {one.kind for one in page.changes} == {"withdraw"}


def test_examples_are_told_however_slowly_the_plan_is_read(pomost, world, monkeypatch):
    world.shop.can = replace(world.shop.can, batch=1)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy(share=Decimal("0.2"), floor=1))
    for key in (1, 2, 3):
        world.change(key, active=False)
    number = world.run().run.pk
    at_once, read = Journal.batches, []

    def slowly(self, *told, **more):
        for batch in at_once(self, *told, **more):
            time.sleep(2 * changes.PATIENCE)
            read.append(batch.number)
            yield batch

    monkeypatch.setattr(Journal, "batches", slowly)
    (one,) = changes.unusual(world.name, number, limit=2)
    assert [example.symbol for example in one.examples] == ["S1", "S2"]
    assert (one.count, len(read)) == (3, 2), "and no more of it is read than was asked for"


def test_outcomes_can_be_asked_for(pomost, world):
    world.policy = replace(world.policy, guard=OPEN_GUARD)
    world.shop.refuses = {"p2"}
    number = world.run().run.pk

    def told(outcome):
        return {one.symbol for one in pomost.changes(world.name, number, ChangeFilter(outcome=outcome))}

    assert (told("failed"), told("unsent")) == ({"S2"}, set())
    assert told("done") == {"S1", "S3", "S4", "S5"}
    assert told("skipped") == {"S2"}, "stock of an offer that was not taken is not sent"
