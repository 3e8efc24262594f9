"""Settings that cannot work: decision tables 2.2, 3.1 (configuration verdicts), 1.7 Q10 and part 7."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pomost.model.branch import Branch
from pomost.model.change import Part
from pomost.model.conditions import Condition, ConditionField, Qualification
from pomost.model.policy import GoodsPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import say, weight
from pomost.rules.settings import Terrain, check_branches, judge
from tests.rules.trade import (
    BRANCH,
    EXTRA,
    GOODS,
    LEVEL,
    MAIN,
    MINIMUM_FIELD,
    MULTIPLIER_FIELD,
    OTHER,
    POLICY,
    PRICES,
    SECOND,
    TYPE_FIELD,
    UNITS,
    reasons,
)

WAREHOUSES = frozenset({MAIN, EXTRA, OTHER})
TERRAIN = Terrain(
    warehouses=WAREHOUSES,
    price_levels={LEVEL: "PLN", "export": "EUR"},
    groups=frozenset({"Piwo"}),
    traits=frozenset({"M/store"}),
    own_fields=frozenset({TYPE_FIELD, MULTIPLIER_FIELD, MINIMUM_FIELD}),
    shop_branches=frozenset({"MAG", "FIL"}),
    units=UNITS,
)


def branches(*listed: Branch) -> list[Reason]:
    return reasons(tuple(check_branches(listed, WAREHOUSES)))


def goods(**facts: object) -> Policy:
    return replace(POLICY, goods=replace(GOODS, **facts))


def weights(findings: Sequence[Finding]) -> set[Weight]:
    return {weight(finding) for finding in findings}


def test_settings_that_work_are_left_alone() -> None:
    verdict = judge(POLICY, TERRAIN)
    assert (verdict.findings, verdict.refused) == ((), frozenset())


def test_a_branch_without_a_main_warehouse() -> None:
    """Decision tables 3.1 configuration row 1."""
    assert branches(replace(BRANCH, main_warehouse="")) == [Reason.BRANCH_WITHOUT_WAREHOUSE]


def test_one_warehouse_main_for_two_branches() -> None:
    """Decision tables 3.1 configuration row 2."""
    assert Reason.WAREHOUSE_MAIN_TWICE in branches(BRANCH, replace(SECOND, main_warehouse=MAIN))


def test_an_extra_warehouse_that_is_another_branchs_main_one() -> None:
    """Decision tables 3.1 configuration row 3; whichever branch comes first."""
    greedy = replace(BRANCH, extra_warehouses=(OTHER,))
    assert branches(greedy, SECOND) == [Reason.WAREHOUSE_EXTRA_IS_MAIN]
    assert branches(SECOND, greedy) == [Reason.WAREHOUSE_EXTRA_IS_MAIN]


def test_an_extra_warehouse_of_two_branches_is_allowed_with_a_warning() -> None:
    """Decision tables 3.1 configuration row 4: allowed, warn WAREHOUSE_SHARED."""
    shared = (replace(BRANCH, extra_warehouses=(EXTRA,)), replace(SECOND, extra_warehouses=(EXTRA,)))
    findings = tuple(check_branches(shared, WAREHOUSES))
    assert reasons(findings) == [Reason.WAREHOUSE_SHARED]
    assert weights(findings) == {Weight.WARN}
    verdict = judge(replace(POLICY, branches=shared), TERRAIN)
    assert reasons(verdict.findings) == [Reason.WAREHOUSE_SHARED]
    assert verdict.refused == frozenset()


@pytest.mark.parametrize(
    "second",
    [
        replace(SECOND, id="MAG"),
        replace(SECOND, id="mag"),
        replace(SECOND, name="Magazyn Główny"),
        replace(SECOND, name="MAGAZYN  GŁÓWNY "),
        replace(SECOND, name=unicodedata.normalize("NFD", "magazyn główny")),
    ],
    ids=["id", "id in other case", "name", "name in other case", "name decomposed"],
)
def test_a_repeated_name_or_id(second: Branch) -> None:
    """Decision tables 3.1 configuration row 5: compared NFC + casefold."""
    assert Reason.BRANCH_REPEATED in branches(BRANCH, second)


def test_a_name_may_equal_another_branchs_id() -> None:
    """Decision tables 3.1 configuration row 5: names among names, ids among ids."""
    assert branches(BRANCH, replace(SECOND, name="MAG")) == []


@pytest.mark.parametrize("bad", [replace(BRANCH, name=" "), replace(BRANCH, id="")], ids=["name", "id"])
def test_name_and_id_are_required(bad: Branch) -> None:
    """Manual, Oddziały: "Nazwa jest wymagana", "Wprowadzona wartość jest wymagana"."""
    assert Reason.BRANCH_UNNAMED in branches(bad)


@pytest.mark.parametrize(
    "bad", [replace(BRANCH, main_warehouse="99"), replace(BRANCH, extra_warehouses=("99",))], ids=["main", "extra"]
)
def test_a_warehouse_the_erp_does_not_have(bad: Branch) -> None:
    """Decision tables 2.2 in spirit (a name that no longer exists is an error, not "nothing"), for warehouses."""
    assert Reason.WAREHOUSE_UNKNOWN in branches(bad)


@pytest.mark.parametrize(
    "wrong",
    [
        (replace(BRANCH, main_warehouse=""),),
        (BRANCH, replace(SECOND, main_warehouse=MAIN)),
        (replace(BRANCH, extra_warehouses=(OTHER,)), SECOND),
        (BRANCH, replace(SECOND, id="MAG")),
        (),
    ],
    ids=["no warehouse", "main twice", "extra is main", "repeated", "none"],
)
def test_an_error_of_the_branches_stops_stock_and_leaves_the_rest(wrong: tuple[Branch, ...]) -> None:
    """Decision tables part 7 "scope of a configuration error": the area is refused and named; the others go on."""
    verdict = judge(replace(POLICY, branches=wrong), TERRAIN)
    assert verdict.refused == {Part.STOCK}
    assert Weight.CONFIGURATION in weights(verdict.findings)


@pytest.mark.parametrize(
    "policy,reason",
    [
        (goods(qualification=Qualification.UNSET), Reason.QUALIFICATION_UNSET),
        (goods(qualification=Qualification.CONDITIONS), Reason.QUALIFICATION_EMPTY),
        (
            goods(
                qualification=Qualification.CONDITIONS, conditions=(Condition(ConditionField.TRAIT, ("M/store", "x")),)
            ),
            Reason.CONDITION_UNKNOWN,
        ),
        (
            goods(qualification=Qualification.CONDITIONS, conditions=(Condition(ConditionField.GROUP, ("Nabiał",)),)),
            Reason.CONDITION_UNKNOWN,
        ),
        (
            goods(
                qualification=Qualification.CONDITIONS,
                conditions=(Condition(ConditionField.OWN_FIELD, ("tak",), own_field="field:99"),),
            ),
            Reason.CONDITION_UNKNOWN,
        ),
        (
            goods(qualification=Qualification.CONDITIONS, conditions=(Condition(ConditionField.TRAIT, ()),)),
            None,
        ),
        (goods(unit_type_field="field:99"), Reason.OWN_FIELD_UNKNOWN),
        (goods(unit_multiplier_field="field:99"), Reason.OWN_FIELD_UNKNOWN),
        (goods(min_quantity_field="field:99"), Reason.OWN_FIELD_UNKNOWN),
        (goods(unit_dictionary={"karton": "PU"}), Reason.DICTIONARY_KEY_IS_UNIT),
        (goods(unit_dictionary={"szt.": "PU"}), Reason.DICTIONARY_KEY_IS_UNIT),
        (goods(unit_dictionary={"opak. zb.": "Paleta"}), Reason.DICTIONARY_TARGET_UNKNOWN),
    ],
    ids=[
        "not set",
        "no condition",
        "deleted trait",
        "deleted group",
        "deleted field",
        "condition without a value",
        "unit field",
        "multiplier field",
        "minimum field",
        "dictionary key is a unit",
        "dictionary key is a piece",
        "dictionary target",
    ],
)
def test_an_error_of_the_goods_refuses_the_goods(policy: Policy, reason: Reason | None) -> None:
    """Decision tables 2.2 (fail closed; deleted trait or group), 1.7 Q10 (reject at save), part 7 (scope)."""
    verdict = judge(policy, TERRAIN)
    assert weights(verdict.findings) == {Weight.CONFIGURATION}
    if reason is not None:
        assert set(reasons(verdict.findings)) == {reason}
    assert Part.CARD in verdict.refused


def test_a_dictionary_may_translate_to_a_piece() -> None:
    """Decision tables 1.7 Q10: "allow the second"."""
    assert judge(goods(unit_dictionary={"but.": "PCE", "opak. zb.": "PU"}), TERRAIN).findings == ()


def test_conditions_left_over_do_not_count_while_all_products_are_meant() -> None:
    """Decision tables 2.2 row "All": conditions chosen "–"."""
    leftover = goods(conditions=(Condition(ConditionField.TRAIT, ("x",)),))
    assert judge(leftover, TERRAIN).findings == ()


@pytest.mark.parametrize(
    "level,reason",
    [("export", Reason.PRICE_LEVEL_CURRENCY), ("gone", Reason.PRICE_LEVEL_UNKNOWN), ("", Reason.PRICE_LEVEL_UNKNOWN)],
)
def test_a_price_level_that_cannot_be_sent(level: str, reason: Reason) -> None:
    """Decision tables part 7 "price level in another currency": a configuration error naming the level."""
    verdict = judge(replace(POLICY, prices=replace(PRICES, level=level)), TERRAIN)
    assert reasons(verdict.findings) == [reason]
    assert weights(verdict.findings) == {Weight.CONFIGURATION}
    assert Part.PRICE in verdict.refused
    assert Part.STOCK not in verdict.refused
    assert level in say(verdict.findings[0], "pl")


def test_what_is_switched_off_is_not_judged() -> None:
    """Decision tables part 7 "scope": an area nobody asked for has nothing to refuse."""
    off = Policy(
        goods=GoodsPolicy(enabled=False),
        prices=PricePolicy(enabled=False),
        stock=StockPolicy(enabled=False),
        branches=(),
    )
    assert judge(off, TERRAIN).findings == ()


def test_a_branch_the_shop_does_not_have_is_named() -> None:
    """Manual, Oddziały: the id is what the shop recognises a branch by."""
    verdict = judge(replace(POLICY, branches=(BRANCH, replace(SECOND, id="NOWY"))), TERRAIN)
    assert reasons(verdict.findings) == [Reason.BRANCH_NOT_IN_SHOP]
    assert "NOWY" in say(verdict.findings[0], "en")


def test_a_branch_the_shop_lacks_stops_its_own_stock_alone() -> None:
    """Decision table 8.26: a branch that cannot be made stops only itself and what needs it."""
    lost = replace(SECOND, id="NOWY")
    verdict = judge(replace(POLICY, branches=(BRANCH, lost)), TERRAIN)
    assert (verdict.refused, verdict.lacking, verdict.unwritten) == (frozenset(), {"NOWY"}, frozenset())
    alone = judge(replace(POLICY, branches=(lost,)), TERRAIN)
    assert (alone.refused, alone.lacking) == ({Part.STOCK}, {"NOWY"}), "then there is no stock to send"


def test_a_new_branch_of_an_unknown_region_is_named_once_and_its_stock_waits() -> None:
    """Decision table 8.26; a branch that stands already keeps its stock, whatever region the settings name."""
    there = replace(TERRAIN, regions={"mazowieckie"}, shop_branches={*TERRAIN.shop_branches, "NOWY"}, to_make={"NOWY"})
    new, standing = replace(SECOND, id="nowy", region="?"), replace(BRANCH, region="?")
    verdict = judge(replace(POLICY, branches=(BRANCH, new)), there)
    assert reasons(verdict.findings) == [Reason.REGION_UNKNOWN]
    assert (verdict.refused, verdict.unwritten, verdict.lacking) == (frozenset(), {"nowy"}, {"nowy"})
    verdict = judge(replace(POLICY, branches=(standing, SECOND)), there)
    assert (verdict.unwritten, verdict.lacking) == ({BRANCH.id}, frozenset())
