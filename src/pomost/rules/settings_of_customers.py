"""Settings about customers and segments that cannot work (decision tables 2.2, 4.2, 4.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pomost.model.branch import Branch
from pomost.model.conditions import CustomerCondition, CustomerField, Qualification
from pomost.model.policy import CustomerPolicy, SegmentLevel
from pomost.model.reason import Finding, Reason


@dataclass(frozen=True, slots=True)
class CustomerTerrain:
    """Ids of the ERP that settings about customers may refer to."""

    traits: AbstractSet[str] = frozenset()
    groups: AbstractSet[str] = frozenset()
    industries: AbstractSet[str] = frozenset()


def check_customers(policy: CustomerPolicy, branches: Sequence[Branch], terrain: CustomerTerrain) -> Iterator[Finding]:
    """All errors and warnings of the area; one error refuses the whole of it."""
    yield from _qualification(policy, terrain)
    yield from _segments(policy, terrain)
    if len(branches) > 1:
        yield from _branch_traits(branches, terrain)


def _qualification(policy: CustomerPolicy, terrain: CustomerTerrain) -> Iterator[Finding]:
    if policy.qualification is Qualification.UNSET:
        yield Finding.of(Reason.CUSTOMER_QUALIFICATION_UNSET)
    if policy.qualification is not Qualification.CONDITIONS:
        return
    if not policy.conditions:
        yield Finding.of(Reason.CUSTOMER_QUALIFICATION_EMPTY)
    for condition in policy.conditions:
        if not condition.values or not set(condition.values) <= _known(condition, terrain):
            yield Finding.of(Reason.CUSTOMER_CONDITION_UNKNOWN, condition=condition)


def _known(condition: CustomerCondition, terrain: CustomerTerrain) -> AbstractSet[str]:
    match condition.field:
        case CustomerField.TRAIT:
            return terrain.traits
        case CustomerField.GROUP:
            return terrain.groups
        case CustomerField.INDUSTRY:
            return terrain.industries
        case CustomerField.SHOP_FLAG:
            return frozenset({"yes", "no"})


def _segments(policy: CustomerPolicy, terrain: CustomerTerrain) -> Iterator[Finding]:
    levels = (policy.level1, policy.level2, policy.level3)
    for place, level in enumerate(levels, 1):
        if level is not SegmentLevel.NONE and place > len(policy.levels):
            yield Finding.of(Reason.SEGMENT_LEVEL_GAP, level=place, missing=len(policy.levels) + 1)
    for source, times in Counter(one for one in levels if one is not SegmentLevel.NONE).items():
        if times > 1:
            yield Finding.of(Reason.SEGMENT_SOURCE_TWICE, source=source)
    if SegmentLevel.TRAIT not in levels:
        return
    if not policy.segment_traits:
        yield Finding.of(Reason.SEGMENT_WITHOUT_TRAITS)
    for trait in policy.segment_traits:
        if trait not in terrain.traits:
            yield Finding.of(Reason.SEGMENT_TRAIT_UNKNOWN, trait=trait)


def _branch_traits(branches: Sequence[Branch], terrain: CustomerTerrain) -> Iterator[Finding]:
    users: defaultdict[str, list[str]] = defaultdict(list)
    for branch in branches:
        if not branch.customer_trait:
            yield Finding.of(Reason.BRANCH_WITHOUT_TRAIT, branch=branch.id)
            continue
        users[branch.customer_trait].append(branch.id)
        if branch.customer_trait not in terrain.traits:
            yield Finding.of(Reason.BRANCH_TRAIT_UNKNOWN, branch=branch.id, trait=branch.customer_trait)
    for trait, named in users.items():
        if len(named) > 1:
            yield Finding.of(Reason.BRANCH_TRAIT_TWICE, trait=trait, branch=", ".join(named))
