"""Settings of customers and branches that cannot work: decision tables 2.2, 4.2, 4.3, 3.1 and part 7."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pomost.model.branch import Branch
from pomost.model.change import Part
from pomost.model.conditions import CustomerCondition, CustomerField, Qualification
from pomost.model.policy import CustomerPolicy, Policy, SegmentLevel
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import say, weight
from pomost.rules.settings import judge
from pomost.rules.settings_of_customers import CustomerTerrain, check_customers
from tests.rules.parties import ALL
from tests.rules.test_settings import TERRAIN
from tests.rules.trade import BRANCH, POLICY, SECOND, reasons

HERE = CustomerTerrain(frozenset({"t1", "t2", "vip"}), frozenset({"g1"}), frozenset({"i1"}))
GROUND = replace(TERRAIN, customers=HERE, regions=frozenset({"mazowieckie"}))
TWO = (replace(BRANCH, customer_trait="t1"), replace(SECOND, customer_trait="t2"))
NONE, GROUP, TRAIT, INDUSTRY = SegmentLevel.NONE, SegmentLevel.GROUP, SegmentLevel.TRAIT, SegmentLevel.INDUSTRY


def judged(customers: CustomerPolicy = ALL, branches: Sequence[Branch] = TWO) -> tuple[list[Reason], frozenset[Part]]:
    verdict = judge(replace(POLICY, customers=customers, branches=tuple(branches)), GROUND)
    return reasons(verdict.findings), verdict.refused


def by_condition(field: CustomerField, *values: str) -> CustomerPolicy:
    condition = CustomerCondition(field, values)
    return replace(ALL, qualification=Qualification.CONDITIONS, conditions=(condition,))


def test_settings_that_work_are_left_alone() -> None:
    assert judged() == ([], frozenset())


@pytest.mark.parametrize(
    "policy,reason",
    [
        (CustomerPolicy(enabled=True), Reason.CUSTOMER_QUALIFICATION_UNSET),
        (replace(ALL, qualification=Qualification.CONDITIONS), Reason.CUSTOMER_QUALIFICATION_EMPTY),
        (by_condition(CustomerField.TRAIT, "t1", "gone"), Reason.CUSTOMER_CONDITION_UNKNOWN),
        (by_condition(CustomerField.GROUP, "gone"), Reason.CUSTOMER_CONDITION_UNKNOWN),
        (by_condition(CustomerField.INDUSTRY, "gone"), Reason.CUSTOMER_CONDITION_UNKNOWN),
        (by_condition(CustomerField.SHOP_FLAG, "tak"), Reason.CUSTOMER_CONDITION_UNKNOWN),
        (by_condition(CustomerField.GROUP), Reason.CUSTOMER_CONDITION_UNKNOWN),
        (replace(ALL, level2=GROUP), Reason.SEGMENT_LEVEL_GAP),
        (replace(ALL, level1=GROUP, level3=INDUSTRY), Reason.SEGMENT_LEVEL_GAP),
        (replace(ALL, level1=GROUP, level2=GROUP), Reason.SEGMENT_SOURCE_TWICE),
        (replace(ALL, level1=TRAIT, segment_traits=("gone",)), Reason.SEGMENT_TRAIT_UNKNOWN),
    ],
)
def test_an_error_of_the_customers_refuses_the_customers_alone(policy: CustomerPolicy, reason: Reason) -> None:
    """Decision tables 2.2 (customers: mandatory), 4.3, part 7 "scope of a configuration error"."""
    found, refused = judged(policy)
    assert found == [reason]
    assert refused == {Part.CUSTOMERS}


@pytest.mark.parametrize(
    "policy",
    [
        by_condition(CustomerField.TRAIT, "t1", "vip"),
        by_condition(CustomerField.SHOP_FLAG, "yes"),
        by_condition(CustomerField.INDUSTRY, "i1"),
        replace(ALL, level1=GROUP, level2=TRAIT, level3=INDUSTRY, segment_traits=("vip",)),
        replace(ALL, segment_traits=("gone",)),
    ],
    ids=["traits", "shop flag", "industry", "three levels", "traits while no level uses them"],
)
def test_what_the_erp_has_may_be_chosen(policy: CustomerPolicy) -> None:
    assert judged(policy) == ([], frozenset())


def test_a_trait_of_two_branches_refuses_all_customers() -> None:
    """Decision tables 4.2: "trait used by two branches: configuration error, all customer sync refused"."""
    found, refused = judged(branches=(TWO[0], replace(SECOND, customer_trait="t1")))
    assert (found, refused) == ([Reason.BRANCH_TRAIT_TWICE], {Part.CUSTOMERS})


def test_a_branch_without_a_trait_warns() -> None:
    """Decision tables 4.2: "branch has no trait defined: nobody can be assigned to it; warn"."""
    found, refused = judged(branches=(TWO[0], SECOND))
    assert (found, refused) == ([Reason.BRANCH_WITHOUT_TRAIT], frozenset())
    assert weight(Finding.of(Reason.BRANCH_WITHOUT_TRAIT)) is Weight.WARN


def test_a_trait_that_is_gone_refuses_the_customers() -> None:
    found, refused = judged(branches=(TWO[0], replace(SECOND, customer_trait="gone")))
    assert (found, refused) == ([Reason.BRANCH_TRAIT_UNKNOWN], {Part.CUSTOMERS})


def test_one_branch_needs_no_trait_and_its_trait_is_not_looked_at() -> None:
    """Manual: "Praca z jednym oddziałem nie wymaga określenia przyporządkowania do oddziału"."""
    assert judged(branches=(BRANCH,)) == ([], frozenset())
    assert judged(branches=(replace(BRANCH, customer_trait="gone"),)) == ([], frozenset())


def test_segments_of_traits_without_a_trait_warn() -> None:
    found, refused = judged(replace(ALL, level1=TRAIT))
    assert (found, refused) == ([Reason.SEGMENT_WITHOUT_TRAITS], frozenset())


def test_branches_nobody_can_tell_apart_refuse_customers_too() -> None:
    found, refused = judged(branches=(TWO[0], replace(TWO[1], id="mag")))
    assert Reason.BRANCH_REPEATED in found
    assert refused == {Part.STOCK, Part.BRANCHES, Part.CUSTOMERS}


def test_a_wrong_warehouse_refuses_branches_and_stock_and_leaves_customers() -> None:
    found, refused = judged(branches=(TWO[0], replace(TWO[1], main_warehouse="99")))
    assert (found, refused) == ([Reason.WAREHOUSE_UNKNOWN], {Part.STOCK, Part.BRANCHES})


def test_a_region_is_chosen_from_the_services_list_only() -> None:
    """Manual: "pole Region zawiera listę regionów zdefiniowaną w serwisie"; that branch alone is not written (8.26)."""
    verdict = judge(replace(POLICY, customers=ALL, branches=(replace(TWO[0], region="marsjański"), TWO[1])), GROUND)
    assert [one.reason for one in verdict.findings] == [Reason.REGION_UNKNOWN]
    assert (verdict.refused, verdict.unwritten, verdict.lacking) == (frozenset(), {TWO[0].id}, frozenset())
    assert judged(branches=(replace(TWO[0], region="mazowieckie"), TWO[1])) == ([], frozenset())


def test_where_no_branches_are_written_their_region_is_nobodys_business() -> None:
    policy = replace(POLICY, branches=(replace(BRANCH, region="?"),))
    assert judge(policy, replace(GROUND, regions=None)).findings == ()


def test_customers_switched_off_are_not_judged() -> None:
    assert judged(CustomerPolicy()) == ([], frozenset())
    assert judge(Policy(), GROUND).findings == ()


def test_every_finding_names_what_to_mend() -> None:
    verdict = judge(replace(POLICY, customers=replace(ALL, level1=GROUP, level3=GROUP), branches=TWO), GROUND)
    told = [say(one, "pl") for one in verdict.findings]
    assert any("poziom 3" in one and "poziom 2" in one for one in told)
    assert any("group" in one for one in told)


@pytest.mark.parametrize(
    "policy,found",
    [
        (
            by_condition(CustomerField.TRAIT, "t1", "gone"),
            Finding.of(Reason.CUSTOMER_CONDITION_UNKNOWN, condition="trait = t1 | gone"),
        ),
        (by_condition(CustomerField.GROUP), Finding.of(Reason.CUSTOMER_CONDITION_UNKNOWN, condition="group = ")),
        (
            by_condition(CustomerField.SHOP_FLAG, "tak"),
            Finding.of(Reason.CUSTOMER_CONDITION_UNKNOWN, condition="shop-flag = tak"),
        ),
        (replace(ALL, level1=GROUP, level3=INDUSTRY), Finding.of(Reason.SEGMENT_LEVEL_GAP, level=3, missing=2)),
        (replace(ALL, level1=GROUP, level2=GROUP), Finding.of(Reason.SEGMENT_SOURCE_TWICE, source="group")),
        (
            replace(ALL, level1=TRAIT, segment_traits=("vip", "gone")),
            Finding.of(Reason.SEGMENT_TRAIT_UNKNOWN, trait="gone"),
        ),
    ],
)
def test_a_finding_names_the_condition_the_level_or_the_trait(policy: CustomerPolicy, found: Finding) -> None:
    assert judge(replace(POLICY, customers=policy, branches=TWO), GROUND).findings == (found,)


@pytest.mark.parametrize("flags", [("no",), ("yes", "no")])
def test_the_shop_flag_is_yes_or_no(flags: tuple[str, ...]) -> None:
    assert judged(by_condition(CustomerField.SHOP_FLAG, *flags)) == ([], frozenset())


def test_every_branch_is_looked_at_and_named_with_its_trait() -> None:
    """Decision tables 4.2: a branch without a trait says nothing of those after it; sharers are named together."""
    branches = (
        BRANCH,
        replace(SECOND, customer_trait="gone"),
        replace(SECOND, id="KRA", name="Kraków", main_warehouse="2", customer_trait="t1"),
        replace(SECOND, id="GDA", name="Gdańsk", main_warehouse="4", customer_trait="t1"),
    )
    assert tuple(check_customers(ALL, branches, HERE)) == (
        Finding.of(Reason.BRANCH_WITHOUT_TRAIT, branch="MAG"),
        Finding.of(Reason.BRANCH_TRAIT_UNKNOWN, branch="FIL", trait="gone"),
        Finding.of(Reason.BRANCH_TRAIT_TWICE, trait="t1", branch="KRA, GDA"),
    )
