"""Where a customer belongs: qualification (decision tables 2.2), branch (4.2), segment (4.3)."""

from dataclasses import replace

import pytest

from pomost.model.conditions import CustomerCondition, CustomerField, Qualification
from pomost.model.customer import SegmentSource
from pomost.model.policy import CustomerPolicy, SegmentLevel
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import say
from pomost.rules.placing import branch_of, place, qualify_customer
from pomost.rules.segments import segment_changes, segment_of, segment_tree
from tests.rules.parties import ALL, CRACOW, WARSAW, partner
from tests.rules.trade import reasons

TRAIT = CustomerCondition(CustomerField.TRAIT, ("t4",))
GROUP = CustomerCondition(CustomerField.GROUP, ("g2", "g3"))
FLAG = CustomerCondition(CustomerField.SHOP_FLAG, ("yes",))
INDUSTRY = CustomerCondition(CustomerField.INDUSTRY, ("i1",))


def asking(*conditions: CustomerCondition) -> CustomerPolicy:
    return replace(ALL, qualification=Qualification.CONDITIONS, conditions=conditions)


@pytest.mark.parametrize(
    "policy,facts,meant",
    [
        (ALL, {}, True),
        (replace(ALL, conditions=(TRAIT,)), {}, True),
        (asking(), {}, False),
        (replace(ALL, qualification=Qualification.UNSET), {}, False),
        (asking(TRAIT), {"traits": "t4"}, True),
        (asking(TRAIT), {"traits": "t3"}, False),
        (asking(GROUP), {"group": "g2"}, True),
        (asking(GROUP), {"group": "g3"}, True),
        (asking(GROUP), {"group": "g1"}, False),
        (asking(GROUP), {}, False),
        (asking(FLAG), {"shop_flag": True}, True),
        (asking(FLAG), {}, False),
        (asking(CustomerCondition(CustomerField.SHOP_FLAG, ("no",))), {}, True),
        (asking(INDUSTRY), {"industry": "i1"}, True),
        (asking(INDUSTRY), {"industry": "i2"}, False),
        (asking(TRAIT, GROUP), {"traits": "t4", "group": "g2"}, True),
        (asking(TRAIT, GROUP), {"traits": "t4", "group": "g1"}, False),
        (asking(TRAIT, GROUP), {"traits": "t3", "group": "g2"}, False),
        (asking(FLAG, GROUP, TRAIT), {"shop_flag": True, "group": "g3", "traits": "t4 t9"}, True),
        (ALL, {"blocked": True}, False),
        (ALL, {"one_off": True}, False),
    ],
)
def test_who_qualifies(policy: CustomerPolicy, facts: dict[str, object], meant: bool) -> None:
    """Decision tables 2.2, for customers: trait, group, shop flag, industry; AND over conditions, any-of inside one."""
    assert (qualify_customer(partner(**facts), policy) == ()) is meant


def test_every_condition_that_is_not_met_is_named() -> None:
    findings = qualify_customer(partner(), asking(TRAIT, INDUSTRY))
    assert reasons(findings) == [Reason.CUSTOMER_NOT_QUALIFIED] * 2
    assert "industry = i1" in say(findings[1], "pl")


def test_a_blocked_and_a_one_off_card_say_so() -> None:
    assert reasons(qualify_customer(partner(blocked=True), ALL)) == [Reason.CUSTOMER_BLOCKED]
    assert reasons(qualify_customer(partner(one_off=True), ALL)) == [Reason.CUSTOMER_ONE_OFF]


@pytest.mark.parametrize(
    "branches,traits,branch,reason",
    [
        ((WARSAW,), "", "WAW", None),
        ((WARSAW,), "t1", "WAW", None),
        ((WARSAW,), "t1 t2", "WAW", None),
        ((replace(WARSAW, customer_trait=""),), "", "WAW", None),
        ((WARSAW, CRACOW), "", None, Reason.CUSTOMER_NO_BRANCH),
        ((WARSAW, CRACOW), "t9", None, Reason.CUSTOMER_NO_BRANCH),
        ((WARSAW, CRACOW), "t1", "WAW", None),
        ((WARSAW, CRACOW), "t2 t9", "KRK", None),
        ((WARSAW, CRACOW), "t1 t2", None, Reason.CUSTOMER_BRANCH_CONFLICT),
        ((WARSAW, replace(CRACOW, customer_trait="")), "t1", "WAW", None),
        ((WARSAW, replace(CRACOW, customer_trait="")), "", None, Reason.CUSTOMER_NO_BRANCH),
    ],
)
def test_the_branch_of_a_customer(branches: tuple, traits: str, branch: str | None, reason: Reason | None) -> None:
    """Decision tables 4.2, row by row."""
    found, findings = branch_of(partner(traits=traits), branches)
    assert found == branch
    assert reasons(findings) == ([] if reason is None else [reason])


def test_a_conflict_lists_the_branches() -> None:
    """Decision tables 4.2: `CUSTOMER_BRANCH_CONFLICT` listing them."""
    _, (finding,) = branch_of(partner(traits="t1 t2"), (WARSAW, CRACOW))
    assert "WAW, KRK" in say(finding, "pl")


@pytest.mark.parametrize(
    "facts,policy,findings",
    [
        ({"blocked": True}, ALL, (Finding.of(Reason.CUSTOMER_BLOCKED, symbol="K1"),)),
        ({"one_off": True}, ALL, (Finding.of(Reason.CUSTOMER_ONE_OFF, symbol="K1"),)),
        ({}, asking(), (Finding.of(Reason.CUSTOMER_QUALIFICATION_EMPTY),)),
        (
            {},
            replace(ALL, qualification=Qualification.UNSET),
            (Finding.of(Reason.CUSTOMER_QUALIFICATION_UNSET),),
        ),
        (
            {"group": "g2"},
            asking(GROUP, TRAIT, INDUSTRY),
            (
                Finding.of(Reason.CUSTOMER_NOT_QUALIFIED, symbol="K1", condition="trait = t4"),
                Finding.of(Reason.CUSTOMER_NOT_QUALIFIED, symbol="K1", condition="industry = i1"),
            ),
        ),
    ],
)
def test_why_a_card_does_not_qualify(
    facts: dict[str, object], policy: CustomerPolicy, findings: tuple[Finding, ...]
) -> None:
    """Decision tables 2.2: each reason with the card's symbol, a condition as it was set."""
    assert qualify_customer(partner(**facts), policy) == findings


@pytest.mark.parametrize(
    "traits,finding",
    [
        ("t9", Finding.of(Reason.CUSTOMER_NO_BRANCH, symbol="K1", traits="t1, t2")),
        ("t1 t2", Finding.of(Reason.CUSTOMER_BRANCH_CONFLICT, symbol="K1", branches="WAW, KRK")),
    ],
)
def test_why_a_card_has_no_branch(traits: str, finding: Finding) -> None:
    """Decision tables 4.2: the traits that would have told, or the branches that all claim the card."""
    assert branch_of(partner(traits=traits), (WARSAW, replace(CRACOW, id="BEZ", customer_trait=""), CRACOW)) == (
        None,
        (finding,),
    )


LEVELS = {"group": SegmentLevel.GROUP, "trait": SegmentLevel.TRAIT, "industry": SegmentLevel.INDUSTRY}
NAMES = {
    (SegmentSource.GROUP, "g1"): "Sklepy",
    (SegmentSource.TRAIT, "vip"): "VIP",
    (SegmentSource.TRAIT, "hurt"): "Hurt",
    (SegmentSource.INDUSTRY, "i3"): "Spożywcza",
}


def segmenting(levels: str, traits: str = "vip hurt") -> CustomerPolicy:
    chosen = [LEVELS[one] for one in levels.split()] + [SegmentLevel.NONE] * 3
    return replace(ALL, level1=chosen[0], level2=chosen[1], level3=chosen[2], segment_traits=tuple(traits.split()))


@pytest.mark.parametrize(
    "levels,facts,path,reason",
    [
        ("group trait industry", {"group": "g1", "traits": "vip", "industry": "i3"}, "Sklepy / VIP / Spożywcza", None),
        ("group trait industry", {"group": "g1", "industry": "i3"}, "Sklepy", None),
        ("group trait industry", {"group": "g1", "traits": "vip"}, "Sklepy / VIP", None),
        ("group trait industry", {"traits": "vip", "industry": "i3"}, "", None),
        ("group trait industry", {"group": "g1", "traits": "vip hurt"}, "Sklepy", Reason.SEGMENT_AMBIGUOUS),
        ("trait group", {"group": "g1", "traits": "vip hurt"}, "", Reason.SEGMENT_AMBIGUOUS),
        ("group trait industry", {"group": "g1", "traits": "other", "industry": "i3"}, "Sklepy", None),
        ("group trait", {"group": "g1", "traits": "vip other"}, "Sklepy / VIP", None),
        ("industry", {"industry": "i3"}, "Spożywcza", None),
        (
            "trait industry group",
            {"traits": "hurt", "industry": "i3", "group": "g1"},
            "Hurt / Spożywcza / Sklepy",
            None,
        ),
    ],
)
def test_the_segment_of_a_customer(levels: str, facts: dict[str, object], path: str, reason: Reason | None) -> None:
    """Decision tables 4.3, row by row; the path is read from the tree the shop will show."""
    found = segment_of(partner(**facts), segmenting(levels))
    tree = segment_tree([found.key or ""], NAMES)
    assert " / ".join(segment.name for segment in tree.values()) == path
    assert reasons(found.findings) == ([] if reason is None else [reason])


def test_traits_nobody_selected_count_as_missing() -> None:
    """Decision tables 4.3: "traits present but none selected in settings"."""
    assert segment_of(partner(group="g1", traits="vip"), segmenting("group trait", "")).key == "grupa:g1"


def test_the_function_off_says_nothing_of_segments() -> None:
    """Decision tables 4.3: no segment sent, earlier one untouched; which is another thing than "no segment"."""
    assert segment_of(partner(group="g1"), ALL).key is None
    assert segment_of(partner(), segmenting("group")).key == ""


def test_a_segment_is_named_without_signs_nobody_sees() -> None:
    """Decision table 8.12: control characters and marks of direction stay at home."""
    (one,) = segment_tree(["grupa:12"], {(SegmentSource.GROUP, "12"): "Ba\x01ry\u202e\n i puby"}).values()
    assert one.name == "Bary i puby"


def test_a_segment_keeps_its_key_when_its_name_changes() -> None:
    """Contract 10: external_key is a stable path key."""
    (one,) = segment_tree(["grupa:12"], {(SegmentSource.GROUP, "12"): "Bary"}).values()
    (other,) = segment_tree(["grupa:12"], {(SegmentSource.GROUP, "12"): "Puby"}).values()
    assert (one.key, other.key) == ("grupa:12", "grupa:12")
    (change,) = segment_changes({other.key: other}, {one.key: one}, {one.key})
    assert (change.before.name, change.after.name) == ("Bary", "Puby")


def test_parents_are_made_first_and_children_dropped_first() -> None:
    tree = segment_tree(["grupa:g1/cecha:vip/branza:i3", "grupa:g1/cecha:hurt"], NAMES)
    made = [change.after.level for change in segment_changes(tree, {}, frozenset())]
    assert made == sorted(made) == [1, 2, 2, 3]
    dropped = [change.segment.level for change in segment_changes({}, tree, frozenset(tree))]
    assert dropped == [3, 2, 2, 1]


def test_a_segment_of_somebody_else_is_never_dropped() -> None:
    tree = segment_tree(["grupa:g1/cecha:vip"], NAMES)
    assert [one.segment.key for one in segment_changes({}, tree, {"grupa:g1/cecha:vip"})] == ["grupa:g1/cecha:vip"]
    assert list(segment_changes(tree, tree, frozenset(tree))) == []


def test_a_name_nobody_knows_is_its_id_and_an_odd_id_keeps_the_path_whole() -> None:
    tree = segment_tree([segment_of(partner(group="a/b:c"), segmenting("group")).key or ""], {})
    assert [(one.name, one.level) for one in tree.values()] == [("a/b:c", 1)]


def test_a_card_that_does_not_qualify_belongs_nowhere() -> None:
    placed = place(partner(traits="t1", blocked=True), ALL, (WARSAW, CRACOW))
    assert (placed.branch, placed.segment) == (None, None)
    assert reasons(placed.unqualified) == [Reason.CUSTOMER_BLOCKED]


def test_branch_and_segment_are_told_together() -> None:
    policy = segmenting("group trait")
    placed = place(partner(group="g1", traits="t1 vip hurt"), policy, (WARSAW, CRACOW))
    assert (placed.branch, placed.segment) == ("WAW", "grupa:g1")
    assert reasons(placed.findings) == [Reason.SEGMENT_AMBIGUOUS]
