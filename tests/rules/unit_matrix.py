"""Every combination of the unit rules, read from the tables of decision tables 1.3 as they are printed there.

Cells: rule, then `×÷` recalculated, `=` sent as is, `!` with a warning; `✗` in front: error and skip.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from pomost.model.reason import Reason
from pomost.model.unit import SalesUnit
from tests.rules.trade import UNITS, packs

COLLECTIVE = """
| offered PU packs | multiplier | \
piece | unknown | dict→piece | same type | dict→same | other coll. | dict→other | blank |
|---|---|---|---|---|---|---|---|---|---|
| none | empty | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ Z0 |
| none | number, not offered | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ Z0 |
| none | not a number / ≤0 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ Z0 |
| one | empty | A7 ×÷ | A7 ×÷! | A7 ×÷ | A8 = | A8 = | ✗ A9 | ✗ A9 | ✗ Z0 |
| one | number, offered | A6 ×÷ | A6 ×÷! | A6 ×÷ | A8 =! | A8 =! | ✗ A9 | ✗ A9 | ✗ Z0 |
| one | number, not offered | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ Z0 |
| one | not a number / ≤0 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ Z0 |
| several | empty | ✗ A5 | ✗ A5 | ✗ A5 | ✗ A5 | ✗ A5 | ✗ A5 | ✗ A5 | ✗ Z0 |
| several | number, offered | A6 ×÷ | A6 ×÷! | A6 ×÷ | A8 =! | A8 =! | ✗ A9 | ✗ A9 | ✗ Z0 |
| several | number, not offered | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ Z0 |
| several | not a number / ≤0 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ Z0 |
"""

PIECE = """
| PCE offered | multiplier | piece | unknown | dict→piece | same type | dict→same | other coll. | dict→other | blank |
|---|---|---|---|---|---|---|---|---|---|
| no | empty | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ Z0 |
| no | 1 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ Z0 |
| no | other number | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ A3 | ✗ Z0 |
| no | not a number / ≤0 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ Z0 |
| yes | empty | A7 = | A7 =! | A7 = | ✗ A9 | ✗ A9 | ✗ A9 | ✗ A9 | ✗ Z0 |
| yes | 1 | A6 = | A6 =! | A6 = | ✗ A9 | ✗ A9 | ✗ A9 | ✗ A9 | ✗ Z0 |
| yes | other number | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ A4 | ✗ Z0 |
| yes | not a number / ≤0 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ A2 | ✗ Z0 |
"""

EMPTY = """
| base unit | packs of that type offered | empty | number, offered | number, not offered | not a number / ≤0 |
|---|---|---|---|---|---|
| piece | none | ✗ B2 | ✗ B2 | ✗ B2 | ✗ B2 |
| piece | one | B1 = | B1 =! | B1 =! | B1 =! |
| known collective | none | ✗ B2 | ✗ B2 | ✗ B2 | ✗ B2 |
| known collective | one | B1 = | B1 =! | B1 =! | B1 =! |
| known collective | several | ✗ B3 | ✗ B3 | ✗ B3 | ✗ B3 |
| dict→collective | none | ✗ B5 | ✗ B5 | ✗ B5 | ✗ B5 |
| dict→collective | one | B4 = | B4 =! | B4 =! | B4 =! |
| dict→collective | several | ✗ B6 | ✗ B6 | ✗ B6 | ✗ B6 |
| dict→piece | none | ✗ B5 | ✗ B5 | ✗ B5 | ✗ B5 |
| dict→piece | one | B4 = | B4 =! | B4 =! | B4 =! |
| unknown | none | ✗ B8 | ✗ B8 | ✗ B8 | ✗ B8 |
| unknown | one | B7 =! | B7 =! | B7 =! | B7 =! |
| blank | none | ✗ Z0 | ✗ Z0 | ✗ Z0 | ✗ Z0 |
"""

# "T = any other text: ✗ A1 in all 84 tested combinations (✗ Z0 if BU blank)." Three kinds of text named by row A1
# (a dictionary unit, a type with its size, a plain stranger) x four multipliers x seven base units = 84, and
# 3 x 4 x 1 = 12 with a blank base unit.
OTHER_TEXTS = ("opak. zb.", "Zgrzewka 6 szt.", "Paleta")

# What 1.2 says a rule that skips puts on the error list.
SKIPS = {
    "Z0": Reason.UNIT_BASE_MISSING,
    "A1": Reason.UNIT_TYPE_UNKNOWN,
    "A2": Reason.UNIT_MULTIPLIER_INVALID,
    "A3": Reason.UNIT_NOT_OFFERED,
    "A4": Reason.UNIT_MULTIPLIER_NOT_OFFERED,
    "A5": Reason.UNIT_AMBIGUOUS,
    "A9": Reason.UNIT_BASE_CONFLICT,
    "B2": Reason.UNIT_NOT_OFFERED,
    "B3": Reason.UNIT_AMBIGUOUS,
    "B5": Reason.UNIT_NOT_OFFERED,
    "B6": Reason.UNIT_AMBIGUOUS,
    "B8": Reason.UNIT_NOT_OFFERED,
}

# Several spellings stand for one column; all must meet the same cell (1.1: numbers compare as numbers).
MULTIPLIERS = {
    "empty": ("", "  ", "\u00a0"),
    "number, offered": ("6", "6,0", "06", "6.00", "\u00a06 "),
    "number, not offered": ("8", "6,5", "1 006"),
    "1": ("1", "1,0", "01"),
    "other number": ("6", "1,5"),
    "not a number / ≤0": ("sześć", "6 szt.", "0", "0,0", "-6", "6x", "1/2", "NaN", "Infinity", "1e3"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination: what the card and the shop hold, and what the table says comes of it."""

    name: str
    typed: str
    multipliers: tuple[str, ...]
    base_unit: str
    packs: tuple[SalesUnit, ...]
    dictionary: dict[str, str]
    rule: str
    skipped: bool
    recalculated: bool
    warned: bool
    warnings: frozenset[Reason]
    unit: tuple[str, int] | None

    @property
    def skip(self) -> Reason | None:
        return SKIPS[self.rule] if self.skipped else None


def rows(table: str) -> tuple[list[str], list[list[str]]]:
    """Head and body of a table in the form the decision tables are written in."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()]
    return lines[0], lines[2:]


def cells(pack: str = "PU", other: str = "CT", spelling: str = "") -> Iterator[Cell]:
    """The 88 combinations of T = a collective type, for any type in the place of PU."""
    head, body = rows(COLLECTIVE)
    offered = {
        "none": packs("PCE×1", f"{other}×24"),
        "one": packs("PCE×1", f"{pack}×6", f"{other}×24"),
        "several": packs("PCE×1", f"{pack}×6", f"{pack}×12"),
    }
    for (size, multiplier, *marks), (column, place) in _spread(head, body):
        unit = (pack, 6)
        name = f"1.3 T={spelling or pack} row {size}, {multiplier} column {column}"
        yield _cell(name, spelling or pack, multiplier, column, offered[size], marks[place], unit, (pack, other))


def piece_cells() -> Iterator[Cell]:
    """The 64 combinations of T = PCE; the columns keep the base units they have for T = PU."""
    head, body = rows(PIECE)
    offered = {"no": packs("PU×6", "CT×24"), "yes": packs("PCE×1", "PU×6", "CT×24")}
    for (there, multiplier, *marks), (column, place) in _spread(head, body):
        name = f"1.3 T=PCE row {there}, {multiplier} column {column}"
        yield _cell(name, "PCE", multiplier, column, offered[there], marks[place], ("PCE", 1), ("PU", "CT"))


def other_text_cells() -> Iterator[Cell]:
    """The 84 + 12 combinations of T = any other text."""
    columns = rows(COLLECTIVE)[0][2:]
    given = ("empty", "number, offered", "number, not offered", "not a number / ≤0")
    for typed, multiplier, column in itertools.product(OTHER_TEXTS, given, columns):
        mark = "✗ Z0" if column == "blank" else "✗ A1"
        name = f"1.3 T={typed} multiplier {multiplier} column {column}"
        yield _cell(name, typed, multiplier, column, packs("PCE×1", "PU×6"), mark, None, ("PU", "CT"))


def empty_cells() -> Iterator[Cell]:
    """The 52 combinations of T empty, not defined or not chosen."""
    head, body = rows(EMPTY)
    bases = {
        "piece": ("piece", "PCE"),
        "known collective": ("same type", "PU"),
        "dict→collective": ("dict→same", "PU"),
        "dict→piece": ("dict→piece", "PCE"),
        "unknown": ("unknown", "PCE"),
        "blank": ("blank", "PCE"),
    }
    for base, size, *marks in body:
        column, unit_type = bases[base]
        for place, multiplier in enumerate(head[2:]):
            name = f"1.3 T empty row {base}, {size} column {multiplier}"
            offered = _packs_of(unit_type, size)
            unit = (unit_type, 1 if unit_type == "PCE" else 6)
            yield _cell(name, "", multiplier, column, offered, marks[place], unit, ("PU", "CT"))


def all_cells() -> list[Cell]:
    return [*cells(), *piece_cells(), *other_text_cells(), *empty_cells()]


def _packs_of(unit_type: str, size: str) -> tuple[SalesUnit, ...]:
    if unit_type == "PCE":
        return packs("PCE×1", "PU×6") if size == "one" else packs("PU×6", "CT×8")
    more = {"none": ("CT×6",), "one": ("PU×6",), "several": ("PU×6", "PU×12")}
    return packs("PCE×1", *more[size])


def _spread(head: list[str], body: list[list[str]]) -> Iterator[tuple[list[str], tuple[str, int]]]:
    for row in body:
        yield from ((row, (column, place)) for place, column in enumerate(head[2:]))


def _cell(
    name: str,
    typed: str,
    multiplier: str,
    column: str,
    offered: tuple[SalesUnit, ...],
    mark: str,
    unit: tuple[str, int] | None,
    types: tuple[str, str],
) -> Cell:
    pack, other = types
    base_unit, dictionary = {
        "piece": ("szt.", {}),
        "unknown": ("butelka", {}),
        "dict→piece": ("but.", {"but.": "PCE"}),
        "same type": (UNITS.name(pack), {}),
        "dict→same": ("opak. zb.", {"opak. zb.": pack}),
        "other coll.": (UNITS.name(other), {}),
        "dict→other": ("transporter", {"transporter": other}),
        "blank": ("", {}),
    }[column]
    skipped = mark.startswith("✗")
    rule, _, how = mark.removeprefix("✗").strip().partition(" ")
    given = multiplier != "empty"
    warnings = {
        Reason.UNIT_ASSUMED_PIECE: column == "unknown",
        Reason.MULTIPLIER_USED_AS_SELECTOR: rule == "A8" and given,
        Reason.UNIT_MULTIPLIER_IGNORED: not typed and given,
    }
    return Cell(
        name=name,
        typed=typed,
        multipliers=MULTIPLIERS[multiplier],
        base_unit=base_unit,
        packs=offered,
        # A unit of the dictionary typed into the own field is still no unit of the table (1.2 row A1).
        dictionary=dictionary or {"opak. zb.": pack},
        rule=rule,
        skipped=skipped,
        recalculated="×÷" in how,
        warned="!" in how,
        warnings=frozenset() if skipped else frozenset(reason for reason, told in warnings.items() if told),
        unit=None if skipped else unit,
    )
