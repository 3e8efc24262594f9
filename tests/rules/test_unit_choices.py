"""Decision tables 1.1 (how texts are matched) and 1.7 (choices where the manual is silent), as far as units go."""

import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.policy import PackBase
from pomost.model.reason import Reason
from pomost.model.sentences_of_runs import say
from pomost.model.unit import UnitTable, UnitType
from pomost.rules.offering import Verdict
from pomost.rules.units import UnitDecision, multiplier_of, resolve
from tests.rules.trade import (
    GOODS,
    POLICY,
    TYPE_FIELD,
    UNITS,
    card,
    decided,
    listed,
    packs,
    quantities,
    reasons,
    standing,
    unit_fields,
)
from tests.rules.trade import known as held_by_shop


def unit(
    typed: str,
    multiplier: str = "",
    base: str = "szt.",
    *offered: str,
    ignore_case: bool = False,
    pack_base: PackBase = PackBase.SELECT,
    **dictionary: str,
) -> UnitDecision:
    shop = packs(*(offered or ("PCE×1", "PU×6")))
    return resolve(typed, multiplier, base, shop, UNITS, dictionary, ignore_case=ignore_case, pack_base=pack_base)


@pytest.mark.parametrize("row", UNITS.types, ids=lambda row: row.symbol)
def test_every_row_of_the_shops_table_is_known_by_symbol_and_by_name(row: UnitType) -> None:
    """Decision tables 1.1 T: "a symbol or a name of the table"."""
    offered = ("PCE×1",) if row.symbol == "PCE" else ("PCE×1", f"{row.symbol}×6")
    by_symbol, by_name = unit(row.symbol, "", "szt.", *offered), unit(row.name, "", "szt.", *offered)
    assert by_symbol.unit is not None
    assert by_symbol.unit.type == row.symbol
    assert by_name == by_symbol


@pytest.mark.parametrize("typed", ["  PU ", "PU\u00a0", "\tZgrzewka\n"])
def test_outer_spaces_of_the_typed_unit_do_not_count(typed: str) -> None:
    """Decision tables 1.1: "trim, inner spaces to one"."""
    assert unit(typed, "6").rule == "A6"


def test_composed_and_decomposed_letters_are_the_same_text() -> None:
    """Decision tables 1.1: "NFC"."""
    table = UnitTable((UnitType("PCE", "Sztuka", default=True), UnitType("SŁ", "Słój")))
    typed = unicodedata.normalize("NFD", "Słój")
    assert typed != "Słój"
    assert resolve(typed, "6", "szt.", packs("PCE×1", "SŁ×6"), table, {}).rule == "A6"


@pytest.mark.parametrize("typed", ["pu", "zgrzewka", "ZGRZEWKA", "Zgrzewk", "PU.", "Zgrzewka 6 szt."])
def test_the_typed_unit_must_be_exactly_as_the_table_has_it(typed: str) -> None:
    """Decision tables 1.1 and 1.7 Q5: case included by default."""
    assert unit(typed, "6").rule == "A1"


@pytest.mark.parametrize("typed", ["pu", "zgrzewka", "ZGRZEWKA"])
def test_letter_case_can_be_ignored_by_a_setting(typed: str) -> None:
    """Decision tables 1.7 Q5: "option ignore_case"."""
    assert unit(typed, "6", ignore_case=True).rule == "A6"


@pytest.mark.parametrize("typed,right", [("zgrzewka", "Zgrzewka"), ("pu", "PU"), ("KARTON", "Karton")])
def test_a_near_miss_names_the_right_spelling(typed: str, right: str) -> None:
    """Decision tables 1.1: "on a near miss the message names the right spelling"."""
    (finding,) = unit(typed, "6").findings
    assert right in dict(finding.facts)["hint"]
    assert right in say(finding, "pl")
    assert right in say(finding, "en")


def test_a_stranger_gets_no_hint() -> None:
    (finding,) = unit("Paleta", "60").findings
    assert dict(finding.facts)["hint"] == ""


def test_a_unit_of_the_dictionary_typed_into_the_own_field_is_unknown() -> None:
    """Decision tables 1.1 Dict: "applies to BU only, never to T"; 1.2 A1."""
    assert unit("opak. zb.", "6", "szt.", **{"opak. zb.": "PU"}).rule == "A1"


@pytest.mark.parametrize("base", ["szt", "szt.", "sztuka", "sztuki", "SZT.", "Sztuka", "Szt", " szt. ", "PCE", "pce"])
def test_spellings_of_a_piece_as_base_unit(base: str) -> None:
    """Decision tables 1.1 BU: `szt`, `szt.`, `sztuka`, `sztuki` mean PCE, case-insensitive."""
    decision = unit("", "", base)
    assert (decision.rule, reasons(decision.findings)) == ("B1", [])
    assert unit("PU", "6", base).recalculated is True


@pytest.mark.parametrize("base", ["Karton", "karton", "KARTON", "CT", "ct", " Karton  "])
def test_the_base_unit_is_recognised_in_any_letter_case(base: str) -> None:
    """Decision tables 1.1 BU: "case-insensitive; symbol or name of the others"."""
    decision = unit("", "", base, "PCE×1", "CT×24")
    assert (decision.rule, decision.recalculated, reasons(decision.findings)) == ("B1", False, [])


@pytest.mark.parametrize("base", ["", " ", "\u00a0", "\t"])
def test_a_blank_base_unit_stops_everything(base: str) -> None:
    """Decision tables 1.2 Z0, checked before every other row."""
    for typed, multiplier in (("", ""), ("PU", "6"), ("Paleta", "x"), ("", "6")):
        decision = unit(typed, multiplier, base)
        assert (decision.rule, reasons(decision.findings)) == ("Z0", [Reason.UNIT_BASE_MISSING])


@pytest.mark.parametrize(
    "text,number",
    [
        ("6", "6"),
        ("6,0", "6"),
        ("6.0", "6"),
        ("06", "6"),
        (" 6 ", "6"),
        ("1 000", "1000"),
        ("1\u00a0000", "1000"),
        ("1\u202f000", "1000"),
        ("0,5", "0.5"),
    ],
)
def test_a_multiplier_is_a_number_in_polish_or_english_writing(text: str, number: str) -> None:
    """Decision tables 1.1 M: digits, `,` or `.` decimals, spaces and hard spaces ignored, compared as a number."""
    assert multiplier_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "sześć",
        "6 szt.",
        "0",
        "0,0",
        "-6",
        "+6x",
        "1,2,3",
        "1.2.3",
        "1e3",
        "NaN",
        "inf",
        "Infinity",
        "½",
        "6/1",
        ",",
        ".",
    ],
)
def test_what_is_not_a_multiplier(text: str) -> None:
    """Decision tables 1.1 M: "must be > 0" and nothing but digits; 1.2 A2."""
    assert multiplier_of(text) is None
    assert unit("PU", text).rule == "A2"


def test_an_unknown_type_is_told_before_a_bad_multiplier() -> None:
    """Decision tables 1.2: "check in this order" – A1 before A2, A2 before A3."""
    assert unit("Paleta", "sześć").rule == "A1"
    assert unit("CR", "sześć").rule == "A2"


def test_base_pack_and_own_field_can_be_told_to_recalculate_or_to_fail() -> None:
    """Decision tables 1.7 Q2: `pack_base_with_custom_unit` – select, recalculate or error."""
    select = unit("PU", "6", "Zgrzewka")
    recalculate = unit("PU", "6", "Zgrzewka", pack_base=PackBase.RECALCULATE)
    error = unit("PU", "6", "Zgrzewka", pack_base=PackBase.ERROR)
    assert (select.unit is not None, select.recalculated) == (True, False)
    assert (recalculate.unit is not None, recalculate.recalculated) == (True, True)
    assert error.unit is None
    assert reasons(error.findings)[:1] == [Reason.UNIT_BASE_CONFLICT]


def test_a_carton_the_product_does_not_have_is_not_read_as_a_piece() -> None:
    """Decision tables 1.7 Q4: a carton's price must not be shown for one piece."""
    assert unit("", "", "Karton", "PCE×1", "PU×6").rule == "B2"


def test_a_table_unit_wins_over_its_translation() -> None:
    """Decision tables 1.7 Q10: "direct recognition wins at run time"."""
    decision = unit("", "", "Karton", "PCE×1", "CT×24", "PU×6", Karton="PU")
    assert decision.unit is not None
    assert decision.unit.type == "CT"


def test_a_translation_to_a_piece_is_allowed() -> None:
    """Decision tables 1.7 Q10: "allow the second" – and it silences the guess of B7."""
    decision = unit("", "", "but.", **{"but.": "PCE"})
    assert (decision.rule, reasons(decision.findings)) == ("B4", [])


def test_the_dictionary_is_read_without_regard_to_case_and_outer_spaces() -> None:
    """Decision tables 1.1 BU: case-insensitive, trimmed; the dictionary is a list of base units."""
    assert unit("", "", " Opak. Zb. ", **{"opak. zb.": "PU"}).rule == "B4"


def test_bk_is_read_as_keg() -> None:
    """Decision tables 1.7 Q12 and part 7 "T = BK": an input alias only; what is sent is B."""
    decision = unit("BK", "30", "szt.", "PCE×1", "B×30")
    assert decision.unit is not None
    assert (decision.rule, decision.unit.type) == ("A6", "B")


def test_an_unknown_base_unit_with_a_multiplier_warns_twice() -> None:
    """Decision tables part 7: "B7 together with a multiplier" – both warnings."""
    decision = unit("", "6", "butelka")
    assert decision.rule == "B7"
    assert set(reasons(decision.findings)) == {Reason.UNIT_ASSUMED_PIECE, Reason.UNIT_MULTIPLIER_IGNORED}


@pytest.mark.parametrize("multiplier", ["", "1"])
def test_a_pack_of_one_is_not_recalculated(multiplier: str) -> None:
    """Decision tables 1.2 A6, A7: recalculated only if M > 1 (sent the same either way)."""
    assert unit("PU", multiplier, "szt.", "PCE×1", "PU×1").recalculated is False


@pytest.mark.parametrize("own", [{}, {TYPE_FIELD: ""}, {TYPE_FIELD: "  "}])
def test_own_field_undefined_or_blank_falls_back_to_the_base_unit(own: dict[str, str]) -> None:
    """Decision tables 1.1 T, manual 4.2: not defined in the ERP, or left blank."""
    decision = decided(card(base_unit="Karton", own=own), listed("PCE×1", "CT×24"))
    assert decision.unit_rule == "B1"
    assert decision.offer is not None
    assert str(decision.offer.unit) == "CT x 24"


def test_own_fields_not_chosen_in_the_settings_fall_back_to_the_base_unit() -> None:
    """Decision tables 1.1 T, manual 4.2: "field not chosen in the settings", whatever stands in it."""
    unchosen = replace(POLICY, goods=replace(GOODS, unit_type_field="", unit_multiplier_field=""))
    decision = decided(card(own=unit_fields("PU", "6")), policy=unchosen)
    assert (decision.unit_rule, reasons(decision.findings)) == ("B1", [])


def test_a_multiplier_field_not_chosen_leaves_the_only_pack() -> None:
    """Decision tables 1.1 M: the same three ways to be empty; 1.2 A7."""
    unchosen = replace(POLICY, goods=replace(GOODS, unit_multiplier_field=""))
    assert decided(card(own=unit_fields("PU", "sześć")), policy=unchosen).unit_rule == "A7"


def test_a_unit_error_keeps_what_the_shop_shows_and_its_stock_goes_on() -> None:
    """Decision tables 1.2: price, unit, VAT and minimum unsent. Decision table 8.16: a standing offer gets its stock."""
    faulty = card(own=unit_fields("Paleta", "60"))
    decision = decided(faulty, held=held_by_shop(standing()))
    assert decision.verdict is Verdict.SKIPPED
    assert (decision.offer, quantities(decision)) == (None, quantities(decided(card())))
    assert decided(faulty).stocks == (), "nothing stands, so nothing goes on"


def test_a_unit_error_can_be_told_to_empty_the_stock() -> None:
    """Decision tables 1.2: `on_unit_error = skip_and_zero_stock`."""
    emptied = replace(POLICY, goods=replace(GOODS, zero_stock_on_unit_error=True))
    decision = decided(card(own=unit_fields("Paleta", "60")), policy=emptied, held=held_by_shop(standing()))
    assert decision.verdict is not Verdict.OFFERED
    assert decision.offer is None
    assert quantities(decision) == {"MAG": 0}


def test_a_unit_error_of_a_product_never_offered_has_no_stock_to_empty() -> None:
    """Decision tables 2.3 "was published: no": stock of an offer that does not exist cannot be sent."""
    emptied = replace(POLICY, goods=replace(GOODS, zero_stock_on_unit_error=True))
    assert decided(card(own=unit_fields("Paleta", "60")), policy=emptied).stocks == ()
