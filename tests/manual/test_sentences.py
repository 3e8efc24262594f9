"""The list of the manual's sentences is whole: each has a test that exists, or a reason, and none stands twice."""

import ast
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.manual.rows import Row, later, shown
from tests.manual.sentences import APART, MANUALS, NOT_YET, Manual, count_line

ROOT = Path(__file__).resolve().parents[2]
ROWS = [row for manual in MANUALS for row in manual.rows]
EACH = pytest.mark.parametrize("manual", MANUALS, ids=lambda manual: manual.title)
EVERY = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section}: {row.sentence[:40]}")


@cache
def names_in(path: str) -> frozenset[str]:
    """Names of the test functions of a file, by reading it: importing would run it. Methods as `Class::name`."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}::{method.name}" for method in node.body if isinstance(method, ast.FunctionDef)}
    return frozenset(name for name in names if name.rpartition("::")[2].startswith("test_"))


@EVERY
def test_a_sentence_has_either_a_proof_or_a_reason(row: Row) -> None:
    assert bool(row.proof) != bool(row.reason)
    assert row.reason is None or row.reason.startswith((NOT_YET, APART))


@EVERY
def test_every_proof_is_a_test_that_exists(row: Row) -> None:
    for node_id in row.proof or ():
        path, _, name = node_id.partition("::")
        assert path.startswith("tests/"), node_id
        assert path.endswith(".py"), node_id
        assert Path(path).name.startswith("test_"), node_id
        assert name in names_in(path), node_id


def test_a_test_that_does_not_exist_is_noticed() -> None:
    assert "test_no_such_test" not in names_in("tests/manual/test_sentences.py")
    assert "test_a_test_that_does_not_exist_is_noticed" in names_in("tests/manual/test_sentences.py")


@EACH
def test_no_sentence_stands_twice(manual: Manual) -> None:
    assert [sentence for sentence, times in Counter(row.sentence for row in manual.rows).items() if times > 1] == []


@EACH
def test_sections_come_in_the_order_of_the_manual(manual: Manual) -> None:
    assert tuple(dict.fromkeys(row.section for row in manual.rows)) == manual.sections


def test_a_row_names_each_proof_once() -> None:
    assert [row.sentence for row in ROWS if row.proof and len(set(row.proof)) != len(row.proof)] == []


def test_the_count_adds_up() -> None:
    rows = (
        shown("Ceny", "a", "tests/x.py::test_a"),
        later("Ceny", "b", "not yet: b"),
        later("Ceny", "c", "not yet: b"),
    )
    assert count_line(Manual("manual", (), rows)) == "manual: 3 rule sentences, 1 shown by tests, 2 not yet (b 2)"
    assert count_line(Manual("manual", (), rows[:1])) == "manual: 1 rule sentences, 1 shown by tests"


def test_the_counts_are_printed_from_the_repository_root() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.manual.sentences"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [count_line(manual) for manual in MANUALS]
