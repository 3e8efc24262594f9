"""Decision tables 1.2 and 1.4: every row with the whole of what it says, facts included."""

import pytest

from pomost.model.policy import PackBase
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit, UnitTable, UnitType
from pomost.rules.units import UnitDecision, resolve
from tests.rules.trade import UNITS, packs

PIECE, SIX, TWELVE, CARTON = SHOP = packs("PCE×1", "PU×6", "PU×12", "CT×24")
ALLOWED = "PCE / Sztuka, CT / Karton, B / Keg, CR / Skrzynka, PU / Zgrzewka"
DICTIONARY = {"opak. zb.": "PU", "transporter": "CR", "paleta": "Paleta", "kartonik": "Karton"}


def skipped(rule: str, reason: Reason, **facts: object) -> UnitDecision:
    return UnitDecision(rule, None, recalculated=False, findings=(Finding.of(reason, **facts),))


def assumed(base: str) -> Finding:
    return Finding.of(Reason.UNIT_ASSUMED_PIECE, base=base)


def ignored(typed: str) -> Finding:
    return Finding.of(Reason.UNIT_MULTIPLIER_IGNORED, typed=typed)


@pytest.mark.parametrize(
    ("typed", "multiplier", "base", "offered", "decision"),
    [
        (" PU ", " 6 ", "\t", SHOP, skipped("Z0", Reason.UNIT_BASE_MISSING)),
        (
            " Paleta  duża ",
            "6",
            "szt.",
            SHOP,
            skipped("A1", Reason.UNIT_TYPE_UNKNOWN, typed="Paleta duża", allowed=ALLOWED, hint=""),
        ),
        (
            "zgrzewka",
            "6",
            "szt.",
            SHOP,
            skipped("A1", Reason.UNIT_TYPE_UNKNOWN, typed="zgrzewka", allowed=ALLOWED, hint=" → PU / Zgrzewka"),
        ),
        ("PU", " 6  szt. ", "szt.", SHOP, skipped("A2", Reason.UNIT_MULTIPLIER_INVALID, typed="6 szt.")),
        (
            "Skrzynka",
            "18",
            "szt.",
            SHOP,
            skipped("A3", Reason.UNIT_NOT_OFFERED, unit="CR", packs="PCE x 1, PU x 6, PU x 12, CT x 24"),
        ),
        ("CR", "", "szt.", (), skipped("A3", Reason.UNIT_NOT_OFFERED, unit="CR", packs="-")),
        (
            "Zgrzewka",
            " 8,0 ",
            "szt.",
            SHOP,
            skipped(
                "A4",
                Reason.UNIT_MULTIPLIER_NOT_OFFERED,
                unit="PU",
                typed="8,0",
                packs="PCE x 1, PU x 6, PU x 12, CT x 24",
            ),
        ),
        ("Zgrzewka", "", "szt.", SHOP, skipped("A5", Reason.UNIT_AMBIGUOUS, unit="PU", packs="PU x 6, PU x 12")),
        ("PU", "12", "szt.", SHOP, UnitDecision("A6", TWELVE, True)),
        ("PU", "12", " but. ", SHOP, UnitDecision("A6", TWELVE, True, (assumed("but."),))),
        ("CT", "", "szt.", SHOP, UnitDecision("A7", CARTON, True)),
        ("PCE", "", "szt.", SHOP, UnitDecision("A7", PIECE, False)),
        (
            "PU",
            " 6,0 ",
            "zgrzewka",
            SHOP,
            UnitDecision("A8", SIX, False, (Finding.of(Reason.MULTIPLIER_USED_AS_SELECTOR, typed="6,0"),)),
        ),
        ("CT", "", "Karton", SHOP, UnitDecision("A8", CARTON, False)),
        ("PU", "6", " Karton ", SHOP, skipped("A9", Reason.UNIT_BASE_CONFLICT, base="Karton", unit="PU")),
        ("PU", "6", "kartonik", SHOP, skipped("A9", Reason.UNIT_BASE_CONFLICT, base="kartonik", unit="PU")),
        ("", "", "szt.", SHOP, UnitDecision("B1", PIECE, False)),
        ("", " 6 ", "szt.", SHOP, UnitDecision("B1", PIECE, False, (ignored("6"),))),
        ("", "", "szt.", (SIX, CARTON), skipped("B2", Reason.UNIT_NOT_OFFERED, unit="PCE", packs="PU x 6, CT x 24")),
        ("", "", "Karton", (PIECE,), skipped("B2", Reason.UNIT_NOT_OFFERED, unit="CT", packs="PCE x 1")),
        ("", "", "Zgrzewka", SHOP, skipped("B3", Reason.UNIT_AMBIGUOUS, unit="PU", packs="PU x 6, PU x 12")),
        ("", "", "opak. zb.", (PIECE, SIX), UnitDecision("B4", SIX, False)),
        ("", "", "transporter", (PIECE,), skipped("B5", Reason.UNIT_NOT_OFFERED, unit="CR", packs="PCE x 1")),
        ("", "", "opak. zb.", SHOP, skipped("B6", Reason.UNIT_AMBIGUOUS, unit="PU", packs="PU x 6, PU x 12")),
        ("", "", " but. ", SHOP, UnitDecision("B7", PIECE, False, (assumed("but."),))),
        ("", "6 szt.", "but.", SHOP, UnitDecision("B7", PIECE, False, (assumed("but."), ignored("6 szt.")))),
        ("", "", "paleta", SHOP, UnitDecision("B7", PIECE, False, (assumed("paleta"),))),
        ("", "", "but.", (SIX,), skipped("B8", Reason.UNIT_NOT_OFFERED, unit="PCE", packs="PU x 6")),
    ],
)
def test_every_row_says_what_it_has_to_say(
    typed: str, multiplier: str, base: str, offered: tuple[SalesUnit, ...], decision: UnitDecision
) -> None:
    """Decision tables 1.2: the row, the unit, and findings with what was typed and what the shop offers."""
    assert resolve(typed, multiplier, base, offered, UNITS, DICTIONARY) == decision


def test_a_skip_with_a_multiplier_to_ignore_says_the_skip_first() -> None:
    """Decision tables 1.2: the first finding is the reason of the skip."""
    assert resolve("", "6", "Karton", (PIECE,), UNITS, {}).findings == (
        Finding.of(Reason.UNIT_NOT_OFFERED, unit="CT", packs="PCE x 1"),
        ignored("6"),
    )


def test_a_guess_is_not_told_of_a_card_that_is_skipped() -> None:
    """Decision tables 1.2: a guess matters only where something is sent by it."""
    assert resolve("CR", "", "but.", SHOP, UNITS, {}).findings == (
        Finding.of(Reason.UNIT_NOT_OFFERED, unit="CR", packs="PCE x 1, PU x 6, PU x 12, CT x 24"),
    )


@pytest.mark.parametrize(
    ("way", "typed", "multiplier", "decision"),
    [
        (
            PackBase.SELECT,
            "PU",
            "6",
            UnitDecision("A8", SIX, False, (Finding.of(Reason.MULTIPLIER_USED_AS_SELECTOR, typed="6"),)),
        ),
        (PackBase.RECALCULATE, "PU", "6", UnitDecision("A8", SIX, True)),
        (PackBase.RECALCULATE, "PU", "", UnitDecision("A8", SIX, True)),
        (PackBase.ERROR, "PU", "6", skipped("A8", Reason.UNIT_BASE_CONFLICT, base="Zgrzewka", unit="PU")),
        (PackBase.ERROR, "PU", "", skipped("A8", Reason.UNIT_BASE_CONFLICT, base="Zgrzewka", unit="PU")),
        (PackBase.ERROR, "CT", "", skipped("A9", Reason.UNIT_BASE_CONFLICT, base="Zgrzewka", unit="CT")),
        (PackBase.RECALCULATE, "CT", "", skipped("A9", Reason.UNIT_BASE_CONFLICT, base="Zgrzewka", unit="CT")),
        (PackBase.ERROR, "PCE", "", skipped("A9", Reason.UNIT_BASE_CONFLICT, base="Zgrzewka", unit="PCE")),
    ],
)
def test_the_pack_as_base_unit_and_in_the_own_field(
    way: PackBase, typed: str, multiplier: str, decision: UnitDecision
) -> None:
    """Decision tables 1.7 Q2: select, recalculate or error."""
    assert resolve(typed, multiplier, "Zgrzewka", (PIECE, SIX, CARTON), UNITS, {}, pack_base=way) == decision


def test_a_pack_of_one_as_base_unit_is_not_recalculated_but_its_number_is_told() -> None:
    """Decision tables 1.2 A8 and 1.7 Q2: recalculated only if M > 1."""
    (one,) = packs("PU×1")
    decision = resolve("PU", "1", "Zgrzewka", (one,), UNITS, {}, pack_base=PackBase.RECALCULATE)
    note = Finding.of(Reason.MULTIPLIER_USED_AS_SELECTOR, typed="1")
    assert decision == UnitDecision("A8", one, False, (note,))


def test_the_piece_is_what_the_shops_table_says() -> None:
    """Decision tables 1.1: unit types are read from the shop, never hard-coded."""
    table = UnitTable((UnitType("EA", "Each", default=True), UnitType("PCE", "Worek"), UnitType("PU", "Pack")))
    each, sack, pack = packs("EA×1", "PCE×10", "PU×6")
    assert resolve("", "", "szt.", (sack, each), table, {}) == UnitDecision("B1", each, False)
    assert resolve("", "", "but.", (sack, each), table, {}) == UnitDecision("B7", each, False, (assumed("but."),))
    assert resolve("Pack", "", "Each", (each, pack), table, {}) == UnitDecision("A7", pack, True)


def test_the_first_of_several_pieces_stands_for_an_unknown_base_unit() -> None:
    """Decision tables 1.2 B7: a piece is a piece, in the order the shop lists them."""
    first, second = packs("PCE×1", "PCE×10")
    assert resolve("", "", "but.", (first, second), UNITS, {}) == UnitDecision("B7", first, False, (assumed("but."),))


@pytest.mark.parametrize(
    ("findings", "guessed"),
    [((), False), ((ignored("6"),), False), ((assumed("but."),), True), ((ignored("6"), assumed("but.")), True)],
)
def test_whether_a_base_unit_was_guessed(findings: tuple[Finding, ...], guessed: bool) -> None:
    """Decision tables 1.2 B7: a guess says so itself."""
    assert UnitDecision("B7", PIECE, False, findings).assumed is guessed


@pytest.mark.parametrize("target", ["PU", "pu", "zgrzewka", "ZGRZEWKA"])
def test_a_translation_is_known_in_any_letter_case(target: str) -> None:
    """Decision tables 1.1 BU: "case-insensitive", for what the dictionary translates a base unit to as well."""
    assert resolve("", "", "opak. zb.", (PIECE, SIX), UNITS, {"opak. zb.": target}) == UnitDecision("B4", SIX, False)


def test_a_pack_of_two_is_recalculated() -> None:
    """Decision tables 1.2 A6, A7 and A8: recalculated if M > 1."""
    (two,) = packs("PU×2")
    assert resolve("PU", "2", "szt.", (two,), UNITS, {}) == UnitDecision("A6", two, True)
    assert resolve("PU", "", "szt.", (two,), UNITS, {}) == UnitDecision("A7", two, True)
    again = resolve("PU", "2", "Zgrzewka", (two,), UNITS, {}, pack_base=PackBase.RECALCULATE)
    assert again == UnitDecision("A8", two, True)
