"""The parts of a run that speak of orders: what changed in the shop, orders in, statuses back."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from pomost.model.change import Acknowledge, Area, Change, Kind, Part, RegisterOrder, SetStatus
from pomost.model.outcome import Done, Outcome, Skipped
from pomost.model.reason import Finding, Reason
from pomost.ports.fault import Fault
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.hearing import hear
from pomost.runs.orders import WAITS, bring_in
from pomost.runs.progress import report_back
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.journal import StoredBatch
from pomost.store.links import Link, LinkState
from pomost.store.models import Run

_PARTS = frozenset({Part.ORDERS, Part.STATUSES})
_KINDS = frozenset({Kind.REGISTER, Kind.ACKNOWLEDGE, Kind.STATUS})


def carry_orders(
    channel: Channel,
    session: Session,
    book: Book,
    parts: frozenset[Part],
    *,
    send: bool = True,
    only: AbstractSet[str] | None = None,
) -> list[Fault]:
    """Orders in, then statuses back. Gives what broke either of them off: a trouble of one stops no other part."""
    troubles: list[Fault] = []

    def attempt(step: Callable[[], None]) -> None:
        try:
            step()
        except Fault as fault:
            troubles.append(fault)

    if parts & _PARTS:
        attempt(lambda: hear(channel, session, book.run))
    if Part.ORDERS in parts:
        recognise = channel.assignments.erp_customers
        attempt(lambda: bring_in(channel, session, book, recognise, send=send, only=only))
    if Part.STATUSES in parts:
        attempt(lambda: report_back(channel, session, book, send=send, only=only))
    if not channel.policy.orders.feedback:
        channel.links.unfollow()
    return troubles


def approve_orders(channel: Channel, session: Session, run: Run) -> list[Fault]:
    """The orders of a plan a person has seen, decided anew; the plan then tells what became of each as it was seen."""
    heads = [head for head in channel.journal.batch_heads(run) if not head.sent and head.kind in _KINDS]
    waiting = [channel.journal.load(run, head.number) for head in heads]
    if not waiting:
        return []
    only = frozenset(change.target.id for batch in waiting for change in batch.changes)
    troubles = carry_orders(channel, session, Book.reopened(channel.journal, run), channel.enabled, only=only)
    links = channel.links.of(only)
    with one_transaction():
        session.confirm()
        for batch in waiting:
            _answer(channel, run, batch, [links.get(change.target.id) for change in batch.changes])
    return troubles


def _answer(channel: Channel, run: Run, batch: StoredBatch, links: Sequence[Link | None]) -> None:
    outcomes = [_became(channel, change, link) for change, link in zip(batch.changes, links, strict=True)]
    channel.journal.answered(run, batch.number, outcomes, channel.clock())


def _became(channel: Channel, change: Change, link: Link | None) -> Outcome:
    match change:
        case RegisterOrder() if link is not None and link.document is not None:
            return Done(str(link.document.id), link.document)
        case Acknowledge() if link is not None and link.state is LinkState.ACKNOWLEDGED:
            return Done()
        case SetStatus(after=after) if link is not None and link.status == after:
            return Done()
        case RegisterOrder():
            found = [one for one in channel.inbox.of_subject(Area.ORDER, change.target.id) if one.part == WAITS]
            return Skipped(found[0].findings[0] if found else _left(channel, change))
        case _:
            return Skipped(Finding.of(Reason.OUTDATED))


def _left(channel: Channel, change: RegisterOrder) -> Finding:
    """Why an order that was to be registered is not in question any more."""
    order = channel.shop.order(change.target.id)
    return Finding.of(Reason.ORDER_GONE) if order is None else Finding.of(Reason.ORDER_LEFT_STATUS, status=order.status)
