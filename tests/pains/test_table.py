"""The table of pains is whole: forty of them in order, each with tests that exist or with what it waits for."""

import pytest

from tests.manual.test_sentences import names_in
from tests.pains import rows
from tests.pains.rows import Pain
from tests.pains.table import ROWS, lines

EVERY = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
PARTS = {value for name, value in vars(rows).items() if name.isupper()}


def test_there_are_forty_in_order() -> None:
    assert [row.number for row in ROWS] == list(range(1, 41))
    assert len({row.told for row in ROWS}) == 40


@EVERY
def test_a_pain_is_shown_or_waits_for_a_part_of_the_product(row: Pain) -> None:
    assert row.proof or row.left
    assert not row.left or row.left.partition(" (")[0] in PARTS


@EVERY
def test_every_proof_is_a_test_that_exists(row: Pain) -> None:
    assert len(set(row.proof)) == len(row.proof)
    for node_id in row.proof:
        path, _, name = node_id.partition("::")
        assert name in names_in(path), node_id


def test_every_test_named_after_a_pain_stands_in_its_row() -> None:
    by_number = {row.number: row.proof for row in ROWS}
    missing = []
    for path in (f"tests/pains/test_{room}.py" for room in ("orders", "stock", "changes", "size")):
        for name in names_in(path):
            number = int(name.removeprefix("test_pain_").split("_")[0])
            missing += [] if f"{path}::{name}" in by_number[number] else [name]
    assert missing == []


def test_nothing_else_is_left_unshown() -> None:
    assert {row.number for row in ROWS if not row.proof} == {4, 15, 18}


def test_the_table_can_be_read() -> None:
    assert len(lines()) == 40
    assert lines()[18].startswith("19  shown     several warehouses")
    assert lines()[3].endswith(f"[{rows.TWINS}]")
