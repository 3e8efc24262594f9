"""The part of the shop in memory that knows branches, customers, segments and assignments, as strict as a service."""

from dataclasses import dataclass, field

from pomost.model.branch import ShopBranch
from pomost.model.change import AmendBranch, Assign, CreateBranch, CustomerChange, DropSegment, PutSegment, Unassign
from pomost.model.customer import Assignment, Segment, ShopCustomer
from pomost.model.text import alike

_LEVELS = 3


@dataclass(slots=True)
class Parties:
    """`moved`: ids of customers in the order they changed, which is what a cursor counts."""

    branches: dict[str, ShopBranch] = field(default_factory=dict)
    customers: dict[str, ShopCustomer] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)

    def list_customers(self, *customers: ShopCustomer) -> None:
        self.customers |= {one.id: one for one in customers}
        self.moved += [one.id for one in customers]

    def forget_customer(self, ident: str) -> None:
        """A customer that leaves takes its assignment along."""
        self.customers.pop(ident, None)
        self.assignments.pop(ident, None)
        self.moved.append(ident)

    def take(self, change: CustomerChange) -> str:
        """Apply a change; the code it is refused with, "" when it was taken."""
        match change:
            case CreateBranch(branch=branch):
                return self._create(branch)
            case AmendBranch():
                return self._amend(change)
            case PutSegment(after=segment):
                return self._put(segment)
            case DropSegment(segment=segment):
                return self._drop(segment.key)
            case Assign():
                return self._assign(change)
            case Unassign():
                self.assignments.pop(change.target.id, None)
                return ""

    def _create(self, branch: ShopBranch) -> str:
        if any(alike(one.id) == alike(branch.id) for one in self.branches.values()):
            return "duplicate-branch-id"
        if self._named(branch.name, branch.id):
            return "duplicate-branch-name"
        self.branches[branch.id] = branch
        return ""

    def _amend(self, change: AmendBranch) -> str:
        held = self.branches.get(change.target.id)
        if held is None:
            return "not-found"
        if any(held.fields[name] not in {change.before.fields[name], value} for name, value in change.fields.items()):
            return "version-conflict"
        if self._named(change.after.name, held.id):
            return "duplicate-branch-name"
        self.branches[held.id] = held.with_fields(change.fields)
        return ""

    def _named(self, name: str, ident: str) -> bool:
        return any(alike(one.name) == alike(name) and one.id != ident for one in self.branches.values())

    def _put(self, segment: Segment) -> str:
        if segment.level > _LEVELS:
            return "segment-too-deep"
        if segment.parent and segment.parent not in self.segments:
            return "validation-failed"
        self.segments[segment.key] = segment
        return ""

    def _drop(self, key: str) -> str:
        children = any(one.parent == key for one in self.segments.values())
        if children or any(one.segment == key for one in self.assignments.values()):
            return "segment-in-use"
        self.segments.pop(key, None)
        return ""

    def _assign(self, change: Assign) -> str:
        ident, wanted = change.target.id, change.after
        if ident not in self.customers:
            return "customer-unknown"
        branch = next((one.id for one in self.branches.values() if alike(one.id) == alike(wanted.branch)), None)
        if branch is None:
            return "not-found"
        if wanted.segment and wanted.segment not in self.segments:
            return "validation-failed"
        held = self.assignments.get(ident)
        if held is not None and held.key != wanted.key and change.before is None and not change.again:
            return "customer-already-assigned"
        segment = wanted.segment if wanted.segment is not None else (held.segment if held else "")
        self.assignments[ident] = Assignment(wanted.key, branch, segment)
        return ""
