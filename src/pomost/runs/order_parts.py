"""The parts of a run that speak of orders: what changed in the shop, orders in, statuses back."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pomost.model.change import Acknowledge, Area, Change, Kind, Part, RegisterOrder, SetStatus
from pomost.model.outcome import Done, Outcome, Skipped
from pomost.model.reason import Finding, Reason
from pomost.ports.fault import Fault
from pomost.rules.guard import Alarm, Stop
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.documents import look
from pomost.runs.hearing import hear
from pomost.runs.order_items import WAITS
from pomost.runs.orders import bring_in
from pomost.runs.progress import report_back
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.journal import StoredBatch
from pomost.store.links import Link, LinkState
from pomost.store.models import Run

_PARTS = frozenset({Part.ORDERS, Part.STATUSES})
_KINDS = frozenset({Kind.REGISTER, Kind.ACKNOWLEDGE, Kind.STATUS})


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of orders: the faults that broke a part of them off, and what waits for a person of them."""

    troubles: tuple[Fault, ...] = ()
    stops: tuple[Stop, ...] = ()

    @property
    def restored(self) -> bool:
        """Documents vanished as they do when an ERP is put back: the whole plan waits."""
        return any(stop.alarm is Alarm.RESTORED for stop in self.stops)


def carry_orders(
    channel: Channel,
    session: Session,
    book: Book,
    parts: frozenset[Part],
    *,
    send: bool = True,
    restored: bool = False,
) -> Carried:
    """Orders in, then statuses back. What breaks one of them off stops no other part.

    With `restored`, or where documents vanished as if the ERP had been put back, nothing is sent: what would be made
    anew and told is planned and waits.
    """
    if not parts & _PARTS:
        _unfollow(channel)
        return Carried()
    troubles: list[Fault] = []
    with _gathered(troubles):
        hear(channel, session, book.run)
    try:
        documents = look(channel, session, book.run)
        stop = documents.stop(channel)
        if restored or (stop is not None and stop.alarm is Alarm.RESTORED):
            return _all_wait(channel, session, book, parts, troubles)
    except Fault as fault:
        # Without knowing which documents still stand nothing may be told, and none made.
        return Carried((*troubles, fault))
    made: set[str] = set()
    held = 0
    if Part.ORDERS in parts:
        with _gathered(troubles):
            recognise = channel.assignments.erp_customers
            anew, untold = documents.anew, documents.untold
            made = bring_in(channel, session, book, recognise, send=send, anew=anew, untold=untold)
    if Part.STATUSES in parts:
        with _gathered(troubles):
            documents.moved += look(channel, session, book.run, only=made).moved
            held = report_back(channel, session, book, documents, stop, send=send)
    _unfollow(channel)
    return Carried(tuple(troubles), (replace(stop, count=held),) if stop is not None and held else ())


def _all_wait(channel: Channel, session: Session, book: Book, parts: frozenset[Part], troubles: list[Fault]) -> Carried:
    """Plan documents to be made anew, new orders and statuses; send nothing."""
    documents = look(channel, session, book.run, ended=True)
    lost = {link.order_id for link, _ in documents.gone if link.customer}
    if Part.ORDERS in parts:
        with _gathered(troubles):
            recognise, untold = channel.assignments.erp_customers, documents.untold
            bring_in(channel, session, book, recognise, send=False, anew=lost | documents.anew, untold=untold)
    if Part.STATUSES in parts:
        with _gathered(troubles):
            documents.gone = []
            report_back(channel, session, book, documents, None, send=False)
    return Carried(tuple(troubles), (Stop(Alarm.RESTORED, len(lost), 0, documents.looked),))


@contextmanager
def _gathered(troubles: list[Fault]) -> Iterator[None]:
    try:
        yield
    except Fault as fault:
        troubles.append(fault)


def _unfollow(channel: Channel) -> None:
    if not channel.policy.orders.feedback:
        channel.links.unfollow()


def approve_orders(channel: Channel, session: Session, run: Run) -> tuple[Fault, ...]:
    """The orders of a plan a person has seen, decided anew; the plan then tells what became of each as it was seen.

    Documents that were lost with an ERP put back are made anew, and those deleted together are told as deleted.
    """
    heads = [head for head in channel.journal.batch_heads(run) if not head.sent and head.kind in _KINDS]
    waiting = [channel.journal.load(run, head.number) for head in heads]
    if not waiting:
        return ()
    only = frozenset(change.target.id for batch in waiting for change in batch.changes)
    troubles: list[Fault] = []
    with _gathered(troubles):
        _carry_approved(channel, session, Book.reopened(channel.journal, run), waiting, only)
    links = channel.links.of(only)
    with one_transaction():
        session.confirm()
        for batch in waiting:
            _answer(channel, run, batch, [links.get(change.target.id) for change in batch.changes])
    return tuple(troubles)


def _carry_approved(
    channel: Channel, session: Session, book: Book, waiting: Sequence[StoredBatch], only: AbstractSet[str]
) -> None:
    hear(channel, session, book.run)
    parts, documents = channel.enabled, look(channel, session, book.run, only=only)
    wanted = {change.target.id for batch in waiting for change in batch.changes if isinstance(change, RegisterOrder)}
    anew = wanted & ({link.order_id for link, _ in documents.gone} | documents.anew)
    made: set[str] = set()
    if Part.ORDERS in parts:
        recognise, untold = channel.assignments.erp_customers, documents.untold
        made = bring_in(channel, session, book, recognise, only=only, anew=anew, untold=untold)
    if Part.STATUSES in parts:
        documents.gone = [one for one in documents.gone if one[0].order_id not in anew]
        documents.moved += look(channel, session, book.run, only=made).moved
        report_back(channel, session, book, documents, None)


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
