"""What of the shop's branches has to be created or changed, so that they are as the settings say (manual, Oddziały)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pomost.model.branch import Branch, OurBranch, ShopBranch
from pomost.model.change import AmendBranch, Area, CreateBranch, Subject
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike, cleaned, tidy


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """Changes to send, what is told instead of done, and all branches as they will stand once that is done."""

    changes: tuple[CreateBranch | AmendBranch, ...]
    findings: tuple[Finding, ...]
    ours: tuple[OurBranch, ...]


def plan_of_branches(
    branches: Sequence[Branch], shop: Sequence[ShopBranch], ours: Mapping[str, OurBranch]
) -> BranchPlan:
    """Compare every branch of the settings with the shop's branch of the same ID.

    `ours`: by ID. A branch whose ID seems to have been changed is told, not guessed: nothing is created for it.
    Branches only the shop has are left alone.
    """
    held = {alike(one.id): one for one in shop}
    named = {alike(branch.id) for branch in branches}
    strangers = [one for one in shop if alike(one.id) not in named and one.active]
    changes: list[CreateBranch | AmendBranch] = []
    findings: list[Finding] = []
    standing_after: list[OurBranch] = []
    for branch in branches:
        standing = held.get(alike(branch.id))
        if standing is not None:
            before = ours.get(standing.id)
            after = standing.with_fields(_wanted(branch, standing, None if before is None else before.held))
            standing_after.append(OurBranch(_written(branch, standing.id), branch.main_warehouse))
            if after != standing:
                changes.append(AmendBranch(Subject(Area.BRANCH, standing.id, after.name), standing, after))
            continue
        earlier = next(_earlier(branch, strangers, ours), None)
        if earlier is None:
            wanted = _written(branch, tidy(branch.id))
            standing_after.append(OurBranch(wanted, branch.main_warehouse))
            changes.append(CreateBranch(Subject(Area.BRANCH, wanted.id, wanted.name), wanted))
        else:
            findings.append(Finding.of(Reason.BRANCH_ID_CHANGED, branch=branch.id, held=earlier.id))
    return BranchPlan(tuple(changes), tuple(findings), tuple(standing_after))


def _written(branch: Branch, ident: str) -> ShopBranch:
    """What the settings say of a branch, tidied as it is sent."""
    told = ShopBranch(ident, branch.name, branch.region, branch.address, branch.contact)
    return told.with_fields({name: tidy(cleaned(value)) for name, value in told.fields.items()})


def _wanted(branch: Branch, standing: ShopBranch, before: ShopBranch | None) -> dict[str, str]:
    """Fields of the branch: what the settings leave blank stays the shop's, unless it is we who filled it in."""
    kept = standing.fields
    last = {} if before is None else before.fields
    wanted = _written(branch, standing.id).fields
    cleared = {name for name, value in wanted.items() if not value and last.get(name) and last[name] == kept[name]}
    return {name: value if value or name in cleared else kept[name] for name, value in wanted.items()}


def _earlier(branch: Branch, strangers: Sequence[ShopBranch], ours: Mapping[str, OurBranch]) -> Iterator[ShopBranch]:
    """Branches of the shop that stand in no settings and may be this one under an ID it had before."""
    for one in strangers:
        before = ours.get(one.id)
        same_house = before is not None and bool(branch.main_warehouse) and before.warehouse == branch.main_warehouse
        if alike(one.name) == alike(branch.name) or same_house:
            yield one
