"""Decision tables 1.3: every combination of own fields, base unit and packs offered."""

import pytest

from pomost.model.reason import Weight
from pomost.model.sentences_of_runs import weight
from pomost.rules.units import UnitDecision, resolve
from tests.rules import unit_matrix
from tests.rules.trade import UNITS, reasons
from tests.rules.unit_matrix import Cell

MATRIX = unit_matrix.all_cells()


def test_the_tables_hold_300_combinations() -> None:
    """Decision tables, head: "300 combinations"; 88 + 64 + (84 + 12) + 52."""
    counts = [
        len(list(table()))
        for table in (
            unit_matrix.cells,
            unit_matrix.piece_cells,
            unit_matrix.other_text_cells,
            unit_matrix.empty_cells,
        )
    ]
    assert counts == [88, 64, 96, 52]
    assert sum(cell.rule == "A1" for cell in MATRIX) == 84
    assert len(MATRIX) == 300
    assert len({cell.name for cell in MATRIX}) == 300


@pytest.mark.parametrize("cell", MATRIX, ids=lambda cell: cell.name.replace("→", "->").replace("≤", "<="))
def test_combination(cell: Cell) -> None:
    check(cell)


@pytest.mark.parametrize("spelling", ["symbol", "name"])
@pytest.mark.parametrize("pack,other", [("PU", "CT"), ("CT", "CR"), ("CR", "B"), ("B", "PU")])
def test_any_collective_type_stands_in_the_place_of_pu(pack: str, other: str, spelling: str) -> None:
    """Decision tables 1.3, first table: "a known collective type (here PU)", by symbol or by name (1.1)."""
    for cell in unit_matrix.cells(pack, other, UNITS.name(pack) if spelling == "name" else pack):
        check(cell)


def test_every_mark_of_warning_has_a_reason_and_every_reason_a_mark() -> None:
    """Decision tables 1.3 `!` against the warnings of 1.2 and part 7: the tables agree with each other."""
    assert [cell.name for cell in MATRIX if cell.warned != bool(cell.warnings)] == []


def check(cell: Cell) -> None:
    for multiplier in cell.multipliers:
        decision = resolve(cell.typed, multiplier, cell.base_unit, cell.packs, UNITS, cell.dictionary)
        told = f"{cell.name}, multiplier {multiplier!r}: {decision}"
        assert decision.rule == cell.rule, told
        if cell.skip is None:
            assert decision.unit is not None, told
            assert (decision.unit.type, decision.unit.multiplier) == cell.unit, told
            assert decision.unit in cell.packs, told
            assert decision.recalculated is cell.recalculated, told
            assert frozenset(reasons(decision.findings)) == cell.warnings, told
            assert len(decision.findings) == len(cell.warnings), told
        else:
            assert_skipped(decision, cell, told)


def assert_skipped(decision: UnitDecision, cell: Cell, told: str) -> None:
    assert decision.unit is None, told
    assert decision.recalculated is False, told
    assert reasons(decision.findings)[:1] == [cell.skip], told
    weights = [weight(finding) for finding in decision.findings]
    assert weights.count(Weight.SKIP) == 1, told
