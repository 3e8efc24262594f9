"""Statuses back to the shop, read aloud: how far each document got, what that is called there, and only forward."""

import uuid
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from pomost.model.change import Area, Kind, SetStatus
from pomost.model.order import OrderStatus, Progress, Stage
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Fault
from pomost.rules.progress import OPEN_STAGES, wanted_statuses
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.orders import order_item, pieces, subject_of
from pomost.runs.session import Session, StopAsked
from pomost.store.database import one_transaction
from pomost.store.links import Link

STATUS = "status"
"""Part of an order in the inbox: a status the shop did not take."""
_REPORTING = Text("Statusy zamówień", "Order statuses")
_ENDED = frozenset({Stage.INVOICED, Stage.DELETED})


@dataclass(frozen=True, slots=True)
class _Told:
    """One order, how far it got, and the statuses that take it there."""

    link: Link
    seen: Progress
    steps: tuple[str, ...]


def report_back(
    channel: Channel, session: Session, book: Book, *, send: bool = True, only: AbstractSet[str] | None = None
) -> None:
    """Tell the shop how far its orders got. Raises the fault that ended it, after recording what is known.

    A stage is told when it changes. Orders linked while statuses were not sent back are only looked at the first time:
    switching statuses on reports no old order.
    """
    statuses = channel.shop.order_statuses()
    told = 0
    for piece in channel.links.open():
        for part in pieces(piece, channel.erp.can.batch):
            session.tell(_REPORTING, told)
            told += len(part)
            chosen = [link for link in part if only is None or link.order_id in only]
            if chosen:
                _report_piece(channel, session, book, chosen, statuses, send=send)


def _report_piece(
    channel: Channel,
    session: Session,
    book: Book,
    links: Sequence[Link],
    statuses: Sequence[OrderStatus],
    *,
    send: bool,
) -> None:
    told = channel.erp.progress([link.document for link in links if link.document is not None])
    pairs = list(zip(links, told, strict=True))
    mapping = channel.policy.orders.statuses
    # What another run did not follow is only noted; what has not moved since it was told costs nothing.
    noted = [_noted(link, seen, statuses) for link, seen in pairs if not link.follow]
    moved = [(link, seen) for link, seen in pairs if link.follow and seen.stage != link.stage]
    due = [_Told(link, seen, wanted_statuses(seen.stage, link.status, mapping, statuses)) for link, seen in moved]
    noted += [_noted(one.link, one.seen, statuses) for one in due if not one.steps]
    wanted = [one for one in due if one.steps]
    changes = [change for one in wanted for change in _steps(one, channel)]
    if not (noted or changes):
        return
    with one_transaction():
        session.confirm()
        if send:
            channel.links.put(noted, book.run.pk)
            channel.inbox.clear_subjects(Area.ORDER, (link.order_id for link in noted), (STATUS,))
        numbers = [book.plan(part) for part in pieces(changes, channel.shop.can.batch)]
        book.save()
    if not send:
        return
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
        channel.inbox.clear_subjects(Area.ORDER, {link.order_id for link in links} - open_ids, (STATUS,))
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
