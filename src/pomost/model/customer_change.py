"""Changes of branches, of segments, and of what the shop is told about customers."""

from collections.abc import Iterator
from dataclasses import dataclass

from pomost.model.branch import ShopBranch
from pomost.model.customer import Assignment, Segment
from pomost.model.reason import Finding
from pomost.model.subject import Subject


@dataclass(frozen=True, slots=True)
class CreateBranch:
    """Open a branch in the shop. Its ID cannot be changed afterwards."""

    target: Subject
    branch: ShopBranch
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class AmendBranch:
    """Change a branch; only fields that differ travel, blank ones clear. `before`: what the shop held when asked."""

    target: Subject
    before: ShopBranch
    after: ShopBranch
    why: tuple[Finding, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """The fields that travel, by the names of `ShopBranch.fields`."""
        was = self.before.fields
        return {name: value for name, value in self.after.fields.items() if value != was[name]}


@dataclass(frozen=True, slots=True)
class PutSegment:
    """Make a segment, rename it or move it. `before`: what the shop held when asked, None for none."""

    target: Subject
    before: Segment | None
    after: Segment
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DropSegment:
    """Remove a segment we made and nobody is in any more."""

    target: Subject
    segment: Segment
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Assign:
    """Tell the shop that a customer is recognised, and where it belongs.

    `before` is what was last confirmed, None when nothing was. `again`: the last attempt had no answer, or a forced run
    sends what it already sent. A link to another card is only overwritten where `before` or `again` says it is ours.
    """

    target: Subject
    before: Assignment | None
    after: Assignment
    again: bool = False
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unassign:
    """Take an assignment of ours back; the customer itself is not touched.

    `before` is what was last confirmed. `again`: an attempt had no answer, so nobody knows what the shop holds of it.
    """

    target: Subject
    before: Assignment | None
    again: bool = False
    why: tuple[Finding, ...] = ()


BranchChange = CreateBranch | AmendBranch
SegmentChange = PutSegment | DropSegment
AssignmentChange = Assign | Unassign
CustomerChange = BranchChange | SegmentChange | AssignmentChange


def named_values(change: CustomerChange) -> Iterator[tuple[str, str, str]]:
    """Field, before and after of everything that travels, as people read it."""
    match change:
        case CreateBranch(branch=branch):
            yield from ((name, "", value) for name, value in branch.fields.items() if value)
        case AmendBranch(before=before, fields=fields):
            yield from ((name, before.fields[name], value) for name, value in fields.items())
        case PutSegment(before=before, after=after):
            was = ("", "") if before is None else (before.name, before.parent)
            yield from _differing(("name", was[0], after.name), ("parent", was[1], after.parent))
        case DropSegment(segment=segment):
            yield "name", segment.name, ""
        case Assign(before=held, after=wanted):
            yield from _assigned(held, wanted)
        case Unassign(before=held):
            yield from _assigned(held, None)


def _assigned(before: Assignment | None, after: Assignment | None) -> Iterator[tuple[str, str, str]]:
    was, now = _told(before), _told(after)
    if after is not None and after.segment is None:
        now["segment"] = was["segment"]
    return _differing(*((name, was[name], now[name]) for name in was))


def _told(one: Assignment | None) -> dict[str, str]:
    if one is None:
        return {"customer": "", "branch": "", "segment": ""}
    return {"customer": str(one.key), "branch": one.branch, "segment": one.segment or ""}


def _differing(*rows: tuple[str, str, str]) -> Iterator[tuple[str, str, str]]:
    return (row for row in rows if row[1] != row[2])
