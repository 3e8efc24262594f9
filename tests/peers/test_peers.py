"""The contest of `make bench-peers` finds out who misses what, judged by the shop's state; the rivals are not needed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bench.peers.company import Difference, compare
from bench.peers.contenders import CONTENDERS, Contender
from bench.peers.contest import Contest, Step, steps
from bench.peers.tables import flaws, refusals, side_by_side, table

PRODUCTS = 1000
POMOST = CONTENDERS[0]
IDLE = replace(POMOST, name="Idle", prepare=lambda *_: None, command=lambda *_: ["true"])


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contest]:
    contest = Contest(tmp_path_factory.mktemp("peers"), PRODUCTS, 2, [POMOST, IDLE])
    yield contest
    contest.close()


def taken(contest: Contest, step: Step) -> list[tuple[int, int, int, int]]:
    """Sent, needless, missed and left standing, for Pomost and for one who does nothing."""
    contest.take(step)
    last = [entry.figures[-1] for entry in contest.entries]
    return [(one.sent, one.needless, one.missed, one.leftover) for one in last]


def test_who_does_nothing_is_found_out_and_who_does_all_is_not(contest: Contest) -> None:
    plan = steps(PRODUCTS)
    first = taken(contest, plan[0])
    assert first == [(2 * PRODUCTS, 0, 0, 0), (0, 0, 2 * PRODUCTS, 0)]
    assert not contest.equal()
    stocks = next(step for step in plan if "stocks changed" in step.title)
    assert taken(contest, stocks)[0] == (500, 0, 0, 0)
    deleted = next(step for step in plan if "deleted" in step.title)
    # One of them had no stock: before a withdrawal noughts are sent all the same (M/store's contract, section 7).
    assert taken(contest, deleted)[0] == (200, 1, 0, 0)
    refused = next(step for step in plan if step.refuse)
    assert taken(contest, refused)[0] == (500, 0, 0, 0)
    assert contest.entries[0].figures[-1].refused == 1
    assert taken(contest, Step("the shop takes it again"))[0] == (1, 0, 0, 0)
    titles = [plan[0], stocks, deleted, refused, Step("the shop takes it again")]
    assert side_by_side(contest.entries, titles)[1][1:] == [
        f"{contest.entries[0].figures[0].run.cpu:.1f}",
        f"{contest.entries[1].figures[0].run.cpu:.1f} !",
        "Pomost alone",
    ]
    assert flaws(contest.entries, titles)[1] == ["first full load", "-", f"{2 * PRODUCTS:,} missed"]
    stopping = [*titles[:3], refused, titles[4], replace(refused, on_refusal="stop"), titles[4]]
    contest.entries[0].figures += contest.entries[0].figures[3:5]
    contest.entries[1].figures += contest.entries[1].figures[3:5]
    assert refusals(contest.entries, stopping)[1][1:] == ["alone left out; arrives once taken"] * 2


def test_a_leftover_a_wrong_price_and_an_absent_stock_are_each_seen() -> None:
    offer = {"status": "active", "price": "2.00"}
    wanted = {"offers": {"p1": offer}, "stocks": {"p1": {"quantity": 3}}}
    held = {"offers": {"p1": {**offer, "price": "1.00"}, "p2": offer, "p3": {"status": "withdrawn"}}, "stocks": {}}
    assert compare(wanted, wanted) == Difference(frozenset(), frozenset())
    assert compare(held, wanted) == Difference(frozenset({"offers/p1", "stocks/p1"}), frozenset({"p2"}))


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda one: one.name)
def test_every_file_a_user_wrote_is_there_and_counted_without_its_prose(contender: Contender) -> None:
    here = Path(__file__).parents[2] / "bench" / "peers"
    rows = sum(len((here / name).read_text(encoding="utf-8").splitlines()) for name in contender.wrote)
    assert 0 < contender.lines() < rows


def test_a_table_reads_the_same_with_and_without_rules() -> None:
    rows = [["step", "a"], ["first", "1.0 !"]]
    assert table(rows, markdown=False).splitlines() == ["step       a", "------------", "first  1.0 !"]
    assert table(rows, markdown=True).splitlines() == ["| step  |     a |", "|---|---:|", "| first | 1.0 ! |"]
