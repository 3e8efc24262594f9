"""What becomes of one customer of the shop, and the change that makes the shop agree (decision tables 4 and part 7)."""

from dataclasses import dataclass
from enum import StrEnum

from pomost.model.change import Assign, Subject, Unassign
from pomost.model.customer import Assignment, HeldAssignment
from pomost.model.reason import Finding
from pomost.model.text import alike
from pomost.rules.placing import Placement


class Fate(StrEnum):
    """What becomes of a customer: assigned, left as it stands until a person mends something, or not ours any more."""

    ASSIGNED = "assigned"
    LEFT = "left"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Fortune:
    """The decision about one customer. `key`: the card it is recognised as; findings with the gravest first."""

    fate: Fate
    key: int | None
    wanted: Assignment | None
    findings: tuple[Finding, ...] = ()


def decide_customer(key: int | None, placement: Placement | None, findings: tuple[Finding, ...]) -> Fortune:
    """`key` and `placement` of the card it was recognised as, None where it was not; `findings` of the recognition."""
    if key is None or placement is None:
        return Fortune(Fate.OUT, None, None, findings)
    told = (*placement.findings, *findings)
    if placement.branch is None:
        return Fortune(Fate.LEFT, key, None, told)
    return Fortune(Fate.ASSIGNED, key, Assignment(key, placement.branch, placement.segment), told)


def assignment_change(
    subject: Subject, fortune: Fortune, held: HeldAssignment | None, *, again: bool
) -> Assign | Unassign | None:
    """The one change needed, if any. `again`: a forced run sends what the shop is known to hold, too.

    Whoever is left keeps what the shop holds; whoever is out loses it once.
    """
    doubtful = held is not None and held.doubtful
    before = None if held is None else held.confirmed
    if fortune.wanted is not None:
        if doubtful or again or before is None or _differs(before, fortune.wanted):
            return Assign(subject, before, fortune.wanted, again=doubtful or again, why=fortune.findings)
    elif fortune.fate is Fate.OUT and held is not None:
        return Unassign(subject, before, again=doubtful, why=fortune.findings)
    return None


def _differs(held: Assignment, wanted: Assignment) -> bool:
    same = held.key == wanted.key and alike(held.branch) == alike(wanted.branch)
    return not same or (wanted.segment is not None and wanted.segment != held.segment)
