"""Statuses back to the shop, read aloud: how far each document got, what that is called there, and only forward."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pomost.model.change import Area, Kind, SetStatus
from pomost.model.order import OrderStatus, Progress, Stage
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Fault
from pomost.rules.guard import Stop
from pomost.rules.progress import OPEN_STAGES, wanted_statuses
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.documents import Documents, Seen
from pomost.runs.order_items import DOCUMENT, STATUS, order_item, pieces, subject_of
from pomost.runs.session import Session, StopAsked
from pomost.store.database import one_transaction
from pomost.store.links import Link

_REPORTING = Text("Statusy zamówień", "Order statuses")
_ENDED = frozenset({Stage.INVOICED, Stage.DELETED})


@dataclass(frozen=True, slots=True)
class _Told:
    """One order, how far it got, and the statuses that take it there."""

    link: Link
    seen: Progress
    steps: tuple[str, ...]


def report_back(
    channel: Channel, session: Session, book: Book, documents: Documents, stop: Stop | None, *, send: bool = True
) -> int:
    """Tell the shop how far its orders got. Raises the fault that ended it, after recording what is known.

    A stage is told when it changes. Orders linked while statuses were not sent back are only looked at the first time:
    switching statuses on reports no old order. With a `stop` what would be told of documents that are gone waits for a
    person; gives of how many orders.
    """
    statuses = channel.shop.order_statuses()
    size = channel.erp.can.batch
    for part in pieces(documents.moved, size):
        session.tell(_REPORTING, len(part))
        _report_piece(channel, session, book, part, statuses, send=send)
    gone = 0
    for part in pieces(documents.gone, size):
        alarm = "" if stop is None else stop.alarm
        gone += _report_piece(channel, session, book, part, statuses, send=send, alarm=alarm)
    if stop is not None:
        return gone
    book.run.vanished += gone if send else 0
    book.run.save(update_fields=["vanished"])
    return 0


def _report_piece(
    channel: Channel,
    session: Session,
    book: Book,
    pairs: Sequence[Seen],
    statuses: Sequence[OrderStatus],
    *,
    send: bool,
    alarm: str = "",
) -> int:
    """Tell of some orders; gives how many of them there was something to tell of."""
    # The documents were looked at before orders came in: the shop may have been told of some of them since.
    held = channel.links.of(link.order_id for link, _ in pairs)
    pairs = [(held[link.order_id], seen) for link, seen in pairs if held[link.order_id].document == link.document]
    mapping = channel.policy.orders.statuses
    # What another run did not follow is only noted; what has not moved since it was told costs nothing.
    noted = [_noted(link, seen, statuses) for link, seen in pairs if not link.follow]
    moved = [(link, seen) for link, seen in pairs if link.follow and seen.stage != link.stage]
    due = [_Told(link, seen, wanted_statuses(seen.stage, link.status, mapping, statuses)) for link, seen in moved]
    noted += [_noted(one.link, one.seen, statuses) for one in due if not one.steps]
    wanted = [one for one in due if one.steps]
    changes = [change for one in wanted for change in _steps(one, channel)]
    if not (noted or changes):
        return 0
    with one_transaction():
        session.confirm()
        if send:
            channel.links.put(noted, book.run.pk)
            channel.inbox.clear_subjects(Area.ORDER, (link.order_id for link in noted), (STATUS, DOCUMENT))
        numbers = [book.plan(part, alarm) for part in pieces(changes, channel.shop.can.batch)]
        book.save()
    if not send or alarm:
        return len(wanted)
    answers: list[Outcome] = []
    fault: Exception | None = None
    for number, part in zip(numbers, pieces(changes, channel.shop.can.batch), strict=True):
        outcomes, fault = _sent(channel, session, part)
        with one_transaction():
            session.confirm()
            book.answer(number, Kind.STATUS, outcomes, channel.clock())
        answers += outcomes
        if fault is not None:
            break
    _record(channel, session, book, wanted, answers, statuses)
    if fault is not None:
        raise fault
    return len(wanted)


def _steps(one: _Told, channel: Channel) -> list[SetStatus]:
    """One change per status passed; documents the ERP issued are told, the order itself is not."""
    now = channel.clock()
    document = one.seen.documents[-1] if one.seen.documents else None
    before = (one.link.status, *one.steps)
    return [
        SetStatus(subject_of(one.link), was, after, one.seen.stage, document, now)
        for was, after in zip(before, one.steps, strict=False)
    ]


def _sent(channel: Channel, session: Session, changes: Sequence[SetStatus]) -> tuple[list[Outcome], Exception | None]:
    answers: list[Outcome] = []
    fault: Exception | None = None
    try:
        for outcome in channel.shop.send(changes, str(uuid.uuid4())):
            answers.append(outcome)
            session.tell(_REPORTING, len(answers))
    except (Fault, StopAsked) as ended:
        fault = ended
    silent = Failed(Finding.of(Reason.SHOP_SILENT), retry=True)
    return [*answers, *[silent] * (len(changes) - len(answers))], fault


def _record(
    channel: Channel,
    session: Session,
    book: Book,
    wanted: Sequence[_Told],
    answers: Sequence[Outcome],
    statuses: Sequence[OrderStatus],
) -> None:
    """An order is where its last step that was taken brought it; the stage is dealt with once every step was."""
    links = []
    failed = []
    place = 0
    for one in wanted:
        own = answers[place : place + len(one.steps)]
        place += len(one.steps)
        taken = [step for step, outcome in zip(one.steps, own, strict=False) if isinstance(outcome, Done)]
        link = replace(one.link, status=taken[-1], reported=taken[-1]) if taken else one.link
        if len(taken) == len(one.steps):
            links.append(_noted(link, one.seen, statuses))
            continue
        wrong = next((outcome for outcome in own if isinstance(outcome, Failed)), None)
        links.append(_as_it_stands(channel, link) if wrong is not None and not wrong.retry else link)
        if wrong is not None:
            failed.append(order_item(link.order_id, link.number, STATUS, (wrong.reason,), retry=True))
    open_ids = {item.subject for item in failed}
    with one_transaction():
        session.confirm()
        channel.links.put(links, book.run.pk)
        done = {link.order_id for link in links} - open_ids
        channel.inbox.clear_subjects(Area.ORDER, done, (STATUS,))
        channel.inbox.clear_subjects(Area.ORDER, (link.order_id for link in links if link.closed), (DOCUMENT,))
        channel.inbox.put(failed, channel.clock())
        book.save()


def _as_it_stands(channel: Channel, link: Link) -> Link:
    """The shop refused the step: the order may have moved by hand, so the next run starts from where it is now."""
    order = channel.shop.order(link.order_id)
    return link if order is None else replace(link, status=order.status)


def _noted(link: Link, seen: Progress, statuses: Sequence[OrderStatus]) -> Link:
    """The stage is dealt with; nothing more comes of an order that ended on both sides."""
    final = {one.code for one in statuses if one.final}
    closed = seen.stage in _ENDED or (link.status in final and seen.stage not in OPEN_STAGES)
    return replace(link, stage=seen.stage.value, follow=True, closed=closed)
