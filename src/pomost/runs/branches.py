"""Branches of a run: compared with the shop's as they stand now, and written as creates and changes of what differs."""

from collections.abc import Sequence
from typing import Protocol

from pomost.model.change import Change
from pomost.model.reason import Finding
from pomost.rules.branches import BranchPlan, plan_of_branches
from pomost.rules.fit import fit
from pomost.runs.channel import Channel
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.journal import Counts


class Draft(Protocol):
    """The plan that is being written."""

    channel: Channel

    @property
    def counts(self) -> Counts: ...

    def write(self, changes: Sequence[Change], settles: Sequence[tuple[int, bytes]]) -> None:
        """Store changes in the order they are sent."""
        ...


def compare_branches(channel: Channel) -> BranchPlan:
    """What would have to be done for the shop's branches to be as the settings say."""
    return plan_of_branches(channel.policy.branches, channel.shop.branches(), channel.branches.ours())


def plan_branches(draft: Draft, session: Session, plan: BranchPlan) -> None:
    """Store what a comparison found."""
    channel = draft.channel
    fitted = [fit(change, channel.shop.can) for change in plan.changes]
    with one_transaction():
        session.confirm()
        channel.branches.remember(plan.ours)
        draft.write([one for one in fitted if not isinstance(one, Finding)], ())
