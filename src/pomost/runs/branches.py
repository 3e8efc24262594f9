"""Branches of a run: compared with the shop's as they stand now, and written as creates and changes of what differs."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Protocol

from pomost.model.change import Area, Change, CreateBranch
from pomost.model.reason import Finding
from pomost.model.text import alike
from pomost.rules.branches import BranchPlan, plan_of_branches
from pomost.rules.fit import fit
from pomost.runs.channel import Channel
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.journal import Counts


class Draft(Protocol):
    """The plan that is being written."""

    channel: Channel
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Counts: ...

    def write(self, changes: Sequence[Change], settles: Sequence[tuple[int, bytes]]) -> None:
        """Store changes in the order they are sent."""
        ...


def compare_branches(channel: Channel) -> BranchPlan:
    """What would have to be done for the shop's branches to be as the settings say."""
    return plan_of_branches(channel.policy.branches, channel.shop.branches(), channel.branches.ours())


def made_by(plan: BranchPlan | None) -> set[str]:
    """Branches a plan makes."""
    return {one.branch.id for one in (() if plan is None else plan.changes) if isinstance(one, CreateBranch)}


def not_made(channel: Channel, plan: BranchPlan | None) -> frozenset[str]:
    """Of the branches a plan makes those the shop did not take the last time: their stock waits until they stand."""
    failed = {alike(one) for one in channel.inbox.of_subjects(Area.BRANCH, sorted(made_by(plan)))}
    return frozenset(branch.id for branch in channel.policy.branches if alike(branch.id) in failed)


def without_branches(plan: BranchPlan | None, left_out: AbstractSet[str]) -> BranchPlan | None:
    """The plan without branches that cannot be written; the others go on."""
    if plan is None or not left_out:
        return plan
    names = {alike(one) for one in left_out}
    changes = tuple(one for one in plan.changes if alike(one.target.id) not in names)
    return replace(plan, changes=changes, ours=tuple(one for one in plan.ours if alike(one.held.id) not in names))


def plan_branches(draft: Draft, session: Session, plan: BranchPlan) -> None:
    """Store what a comparison found."""
    channel = draft.channel
    fitted = [fit(change, channel.shop.can) for change in plan.changes]
    with one_transaction():
        session.confirm()
        channel.branches.remember(plan.ours)
        draft.write([one for one in fitted if not isinstance(one, Finding)], ())
