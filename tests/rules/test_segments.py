"""Segments in full: what is told of a card, the tree behind the keys, and the changes (decision tables 4.3)."""

from dataclasses import replace

import pytest

from pomost.model.change import Area, DropSegment, PutSegment, Subject
from pomost.model.customer import Segment, SegmentSource
from pomost.model.policy import CustomerPolicy, SegmentLevel
from pomost.model.reason import Finding, Reason
from pomost.rules.segments import SegmentDecision, segment_changes, segment_of, segment_tree
from tests.rules.parties import ALL, partner

GROUP, TRAIT, INDUSTRY = SegmentLevel.GROUP, SegmentLevel.TRAIT, SegmentLevel.INDUSTRY
DEEP = replace(ALL, level1=GROUP, level2=INDUSTRY, level3=TRAIT, segment_traits=("vip", "hurt"))
FLAT = replace(ALL, level1=TRAIT, segment_traits=("vip", "hurt"))
SHOPS = Segment("grupa:g1", "Sklepy", "", 1, SegmentSource.GROUP)
PUBS = Segment("grupa:g2", "Puby", "", 1, SegmentSource.GROUP)
FOOD = Segment("grupa:g1/branza:i3", "Spożywcza", "grupa:g1", 2, SegmentSource.INDUSTRY)
VIP = Segment("grupa:g1/branza:i3/cecha:vip", "VIP", "grupa:g1/branza:i3", 3, SegmentSource.TRAIT)
NAMES = {
    (SegmentSource.GROUP, "g1"): "Sklepy",
    (SegmentSource.GROUP, "g2"): "Puby",
    (SegmentSource.INDUSTRY, "i3"): "Spożywcza",
    (SegmentSource.TRAIT, "vip"): "VIP",
}


@pytest.mark.parametrize(
    "policy,facts,key,ambiguous",
    [
        (ALL, {"group": "g1"}, None, False),
        (DEEP, {}, "", False),
        (DEEP, {"group": "g1", "industry": "i3", "traits": "vip"}, "grupa:g1/branza:i3/cecha:vip", False),
        (DEEP, {"group": "g1", "industry": "i3", "traits": "vip hurt"}, "grupa:g1/branza:i3", True),
        (FLAT, {"traits": "vip hurt other"}, "", True),
        (DEEP, {"group": "A/B: c%"}, "grupa:A%2FB%3A%20c%25", False),
    ],
    ids=["off", "nothing known", "all levels", "two traits", "two traits at the top", "odd id"],
)
def test_what_a_card_says_of_its_segment(
    policy: CustomerPolicy, facts: dict[str, object], key: str | None, ambiguous: bool
) -> None:
    """Decision tables 4.3: followed until the first level said nothing of, or two things; both traits are named."""
    told = (Finding.of(Reason.SEGMENT_AMBIGUOUS, symbol="K7", traits="hurt, vip"),) if ambiguous else ()
    assert segment_of(partner(7, **facts), policy) == SegmentDecision(key, told)


def test_the_tree_holds_everything_above_level_by_level() -> None:
    """Parents first: whatever stands on one level comes before what stands on the next."""
    tree = segment_tree([VIP.key, PUBS.key, FOOD.key, ""], NAMES)
    assert list(tree.items()) == [(one.key, one) for one in (SHOPS, PUBS, FOOD, VIP)]


def test_a_name_is_cut_to_what_the_shop_takes() -> None:
    """Contract 10: at most 120 signs."""
    (cut,) = segment_tree(["grupa:g1"], {(SegmentSource.GROUP, "g1"): "ż" * 121}).values()
    assert cut.name == "ż" * 120


def test_segments_are_made_and_renamed_with_what_the_shop_held() -> None:
    old = replace(FOOD, name="Dawna")
    wanted = {one.key: one for one in (SHOPS, FOOD, VIP)}
    held = {SHOPS.key: SHOPS, old.key: old}
    assert list(segment_changes(wanted, held, frozenset(held))) == [
        PutSegment(Subject(Area.CUSTOMER, "grupa:g1/branza:i3", "Spożywcza"), old, FOOD),
        PutSegment(Subject(Area.CUSTOMER, "grupa:g1/branza:i3/cecha:vip", "VIP"), None, VIP),
    ]


def test_segments_nobody_is_in_are_dropped_deepest_first() -> None:
    """What others made stays, and so does what the shop has not."""
    held = {one.key: one for one in (SHOPS, PUBS, FOOD, VIP)}
    ours = {VIP.key, FOOD.key, SHOPS.key, "grupa:gone"}
    assert list(segment_changes({}, held, ours)) == [
        DropSegment(Subject(Area.CUSTOMER, "grupa:g1/branza:i3/cecha:vip", "VIP"), VIP),
        DropSegment(Subject(Area.CUSTOMER, "grupa:g1/branza:i3", "Spożywcza"), FOOD),
        DropSegment(Subject(Area.CUSTOMER, "grupa:g1", "Sklepy"), SHOPS),
    ]
