"""Changes of orders: the document asked of the ERP, and what the shop is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pomost.model.order import DocumentRef, OrderDraft, Stage
from pomost.model.reason import Finding
from pomost.model.subject import Subject


@dataclass(frozen=True, slots=True)
class RegisterOrder:
    """Ask the ERP for the document an order becomes. An order that has one already gets that one, never a second."""

    target: Subject
    draft: OrderDraft
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Tell the shop which document of the ERP its order became, once and for all. `at`: when it was linked (UTC)."""

    target: Subject
    document: DocumentRef
    at: datetime
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Move an order to another status of the shop. `before`: the status it is known to have.

    `stage` is how far the ERP's order got, `document` the one that tells so (None: the order itself), `at` when that
    was seen (UTC).
    """

    target: Subject
    before: str
    after: str
    stage: Stage
    document: DocumentRef | None
    at: datetime
    why: tuple[Finding, ...] = ()


OrderChange = RegisterOrder | Acknowledge | SetStatus


def named_values(change: OrderChange) -> Iterator[tuple[str, str, str]]:
    """Field, before and after of everything that travels, as people read it."""
    match change:
        case RegisterOrder(draft=draft):
            yield "original-number", "", draft.original_number
            yield "warehouse", "", draft.warehouse
            yield "lines", "", str(len(draft.lines))
            yield f"total-{draft.counts_from}", "", f"{sum(line.total for line in draft.lines)} {draft.currency}"
        case Acknowledge(document=document):
            yield "document", "", str(document)
        case SetStatus(before=before, after=after):
            yield "status", before, after
