"""Orders into the ERP, read aloud: linked where known, looked up, registered where new, and told to the shop."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from pomost.model.change import Acknowledge, Area, Kind, RegisterOrder, Subject
from pomost.model.order import DocumentRef, Order, Stage
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import weight
from pomost.model.text import Text
from pomost.ports.fault import Fault, Rejected
from pomost.ports.shop import OrderPage, OrderQuery
from pomost.rules.ordering import OrderDecision, content_print, key_of
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.order_desk import Decided, OrderDesk, Recognise
from pomost.runs.session import Session, StopAsked
from pomost.store.database import one_transaction
from pomost.store.links import Link, LinkState
from pomost.store.unresolved import Item

_T = TypeVar("_T")
_READING = Text("Zamówienia", "Orders")
WAITS, NOTICE, TOLD = "order", "notice", "acknowledge"
"""Parts of an order in the inbox: why it waits, what its document should be looked at for, telling the shop."""
EDITED, CLOSED = "edited", "closed"
"""Changed by the buyer, or ended by the shop, after the document was made."""


def bring_in(
    channel: Channel,
    session: Session,
    book: Book,
    recognise: Recognise,
    *,
    send: bool = True,
    only: AbstractSet[str] | None = None,
) -> None:
    """Every order in the wanted status becomes a document of the ERP, exactly once, or waits with its reason.

    With `send` off only plans. With `only` these orders, as they are now. Raises the fault that ended it, after
    recording what is known; what was on its way is looked for in the ERP by the next run before anything else.
    """
    flow = _Flow(channel, session, book, OrderDesk(channel, recognise), send)
    flow.settle_doubts()
    flow.acknowledge_linked()
    taken = 0
    for page in _read(channel, only):
        flow.note_unreadable(page)
        orders = list({order.id: order for order in page.orders}.values())
        for piece in pieces(orders, channel.erp.can.drafts):
            session.tell(_READING, taken)
            flow.take(piece)
            taken += len(piece)
    if only is None:
        flow.forget_left()
    if flow.unrehearsed is not None:
        raise flow.unrehearsed


def _read(channel: Channel, only: AbstractSet[str] | None) -> Iterator[OrderPage]:
    """The orders in question; pages are asked for as they are needed, so that what is decided about is fresh."""
    policy = channel.policy.orders
    if only is None:
        query = OrderQuery(policy.status, permits=policy.permits, page=channel.erp.can.drafts)
        yield from channel.shop.orders(query)
        return
    for order_id in sorted(only):
        try:
            order = channel.shop.order(order_id, permits=policy.permits)
        except Rejected:
            yield OrderPage((), ((order_id, order_id),))
        else:
            wanted = order is not None and order.status == policy.status
            yield OrderPage((order,) if order is not None and wanted else ())


@dataclass(slots=True)
class _Flow:
    channel: Channel
    session: Session
    book: Book
    desk: OrderDesk
    send: bool
    unrehearsed: Fault | None = None
    """What broke the ERP's dry run off; the rest of a preview goes on without it."""

    def settle_doubts(self) -> None:
        """Whatever was asked of the ERP and not answered is looked for there, also when its order has left the shop."""
        links = self.channel.links
        for piece in pieces(links.in_state(LinkState.DOUBT), self.channel.erp.can.batch):
            limit = self.channel.erp.can.original_number
            keys = {link.order_id: key_of(link.shop, link.number, limit) for link in piece}
            found = self.channel.erp.find_orders(list(keys.values()))
            settled = [self._settled(link, found.get(keys[link.order_id], ())) for link in piece]
            with one_transaction():
                self.session.confirm()
                links.put(settled, self.book.run.pk)
                found_ids = (link.order_id for link in settled if link.document is not None)
                self.channel.inbox.clear_subjects(Area.ORDER, found_ids, (WAITS,))

    def acknowledge_linked(self) -> None:
        """Documents the shop was not told of, from whichever run."""
        for piece in pieces(self.channel.links.in_state(LinkState.LINKED), self.channel.shop.can.batch):
            with one_transaction():
                self.session.confirm()
                told = self._plan_telling(piece)
            self._tell(told)

    def take(self, orders: Sequence[Order]) -> None:
        """One piece: known ones told again, found ones linked, new ones decided and registered; then the shop is told.

        Three transactions: before the ERP is asked, once it answered, once the shop did.
        """
        known = self.channel.links.of(order.id for order in orders)
        held = {one.order_id for one in known.values() if one.document is not None}
        again = [one for one in known.values() if one.state is LinkState.ACKNOWLEDGED]  # the shop does not know of it
        rest = [order for order in orders if order.id not in held]
        keys = {order.id: self.desk.key(order) for order in rest}
        found = self.channel.erp.find_orders(list(keys.values())) if rest else {}
        met = [(order, found[keys[order.id]]) for order in rest if keys[order.id] in found]
        decided = self.desk.decide([order for order in rest if keys[order.id] not in found])
        if not self.send:
            decided = self._rehearsed(decided)
        drafted = [one for one in decided if one.decision.draft is not None]
        attempt = str(uuid.uuid4())
        with one_transaction():
            self.session.confirm()
            self._note_waiting([one for one in decided if one.decision.draft is None])
            linked = [*again, *(self._note_found(order, documents) for order, documents in met)]
            asked = _Asked([self._link(one.order, LinkState.DOUBT, attempt) for one in drafted], drafted)
            asked.number = self.book.plan(asked.changes)
            self.channel.links.put([*linked, *(asked.links if self.send else ())], self.book.run.pk)
            told = self._plan_telling(linked) if not (self.send and drafted) else _Told(linked)
            self.book.save()
        if not self.send:
            return
        fault = None
        if drafted:
            told, fault = self._register(asked, attempt, told.links)
        self._tell(told)
        if fault is not None:
            raise fault

    def note_unreadable(self, page: OrderPage) -> None:
        """An order nobody can read waits like any other, and is forgotten like any other once it left."""
        if not page.unreadable:
            return
        finding, now = Finding.of(Reason.ORDER_UNREADABLE), self.channel.clock()
        known = self.channel.links.of(order_id for order_id, _ in page.unreadable)
        mark = self.channel.policy.orders.mark
        blank = [
            Link(order_id, mark, number[:200], "", Decimal(0), "", now, LinkState.WAITING)
            for order_id, number in page.unreadable
        ]
        with one_transaction():
            self.session.confirm()
            self.channel.links.put([known.get(one.order_id, one) for one in blank], self.book.run.pk)
            self.channel.inbox.put([order_item(one.order_id, one.number, WAITS, (finding,)) for one in blank], now)
            self.book.counts.add(f"waiting.{finding.reason}", len(blank))

    def forget_left(self) -> None:
        """Orders that waited and are not in the wanted status any more: cancelled, or taken care of by hand."""
        with one_transaction():
            self.session.confirm()
            gone = self.channel.links.forget_waiting(self.book.run.pk)
            self.channel.inbox.clear_subjects(Area.ORDER, gone)
            self.book.save()

    # Registering and telling

    def _rehearsed(self, decided: list[Decided]) -> list[Decided]:
        """What the ERP's own dry run would refuse waits with its reason."""
        drafted = [one for one in decided if one.decision.draft is not None]
        if not drafted or not self.channel.erp.can.rehearsal or self.unrehearsed is not None:
            return decided
        asked = _Asked([self._link(one.order, LinkState.WAITING) for one in drafted], drafted)
        answers, ended = _answers(lambda: self.channel.erp.rehearse(asked.changes), self.session)
        if isinstance(ended, Fault):
            self.unrehearsed = ended
        elif ended is not None:
            raise ended
        refused = {one.order.id: why for one, why in zip(drafted, answers, strict=False) if why is not None}
        waiting = {number: OrderDecision(None, (why,)) for number, why in refused.items()}
        return [replace(one, decision=waiting.get(one.order.id, one.decision)) for one in decided]

    def _register(self, asked: "_Asked", attempt: str, others: Sequence[Link]) -> "tuple[_Told, Exception | None]":
        """Ask the ERP and record its answers; gives what the shop is to be told, and what broke the asking off."""
        answers, fault = _answers(lambda: self.channel.erp.send(asked.changes, attempt), self.session)
        silent = Failed(Finding.of(Reason.ERP_SILENT), retry=True)
        outcomes = [*answers, *[silent] * (len(asked.links) - len(answers))]
        links = [_after(link, outcome) for link, outcome in zip(asked.links, outcomes, strict=True)]
        with one_transaction(lasting=False):  # lost to a power cut, the documents are looked for again
            self.session.confirm()
            self.channel.links.put(links, self.book.run.pk)
            self.book.answer(asked.number, Kind.REGISTER, outcomes, self.channel.clock())
            self._note_registered(asked.decided, outcomes)
            told = self._plan_telling([*others, *(link for link in links if link.document is not None)])
            self.book.save()
        return told, fault

    def _plan_telling(self, links: Sequence[Link]) -> "_Told":
        told = _Told(links)
        now = self.channel.clock()
        told.changes = [Acknowledge(subject_of(one), one.document, now) for one in links if one.document is not None]
        told.number = self.book.plan(told.changes)
        return told

    def _tell(self, told: "_Told") -> None:
        """Tell the shop; what it does not take stays linked and is told again by the next run."""
        if not told.links or not self.send:
            return
        attempt = str(uuid.uuid4())
        answers, fault = _answers(lambda: self.channel.shop.send(told.changes, attempt), self.session)
        silent = Failed(Finding.of(Reason.SHOP_SILENT), retry=True)
        outcomes = [*answers, *[silent] * (len(told.links) - len(answers))]
        after = [self._after_telling(link, outcome) for link, outcome in zip(told.links, outcomes, strict=True)]
        failed = [
            order_item(link.order_id, link.number, TOLD, (outcome.reason,), retry=True)
            for link, outcome in zip(after, outcomes, strict=True)
            if isinstance(outcome, Failed) and link.state is not LinkState.ACKNOWLEDGED
        ]
        done = [link.order_id for link in after if link.state is LinkState.ACKNOWLEDGED]
        with one_transaction(lasting=False):  # lost to a power cut, the shop is told again
            self.session.confirm()
            self.channel.links.put(after, self.book.run.pk)
            self.book.answer(told.number, Kind.ACKNOWLEDGE, outcomes, self.channel.clock())
            self.channel.inbox.clear_subjects(Area.ORDER, done, (TOLD,))
            self.channel.inbox.put(failed, self.channel.clock())
            self.book.save()
        if fault is not None:
            raise fault

    def _after_telling(self, link: Link, outcome: Outcome) -> Link:
        match outcome:
            case Done():
                return replace(link, state=LinkState.ACKNOWLEDGED)
            case Failed(reason=Finding(reason=Reason.ORDER_ACKNOWLEDGED_OTHERWISE)):
                return self._relinked(link)
            case Failed(reason=Finding(reason=Reason.ORDER_GONE)):
                return replace(link, closed=True)
            case _:
                return replace(link, state=LinkState.LINKED)

    def _relinked(self, link: Link) -> Link:
        """The document the shop knows, where ours is gone from the ERP and that one is there."""
        order = self.channel.shop.order(link.order_id)
        theirs = None if order is None else order.acknowledged
        if theirs is None or link.document is None:
            return link
        ours, other = self.channel.erp.progress([link.document, theirs])
        if ours.stage is not Stage.DELETED or other.stage is Stage.DELETED:
            return replace(link, state=LinkState.LINKED)
        return replace(link, document=theirs, state=LinkState.ACKNOWLEDGED, stage="")

    # Links and the inbox

    def _link(self, order: Order, state: LinkState, attempt: str = "", document: DocumentRef | None = None) -> Link:
        link = Link.of(order, self.channel.policy.orders.mark, state)
        follow = self.channel.policy.orders.feedback
        return replace(link, document=document, attempt=attempt, content=content_print(order), follow=follow)

    def _note_found(self, order: Order, documents: Sequence[DocumentRef]) -> Link:
        """An order whose document is in the ERP already: made by an earlier run, or entered by hand."""
        self.book.counts.add("orders.found")
        self.channel.inbox.clear_subjects(Area.ORDER, [order.id], (WAITS, NOTICE))
        if len(documents) > 1:
            double = Finding.of(Reason.ORDER_DOUBLE, documents=", ".join(map(str, documents)))
            self.channel.inbox.put([order_item(order.id, order.number, NOTICE, (double,))], self.channel.clock())
        return self._link(order, LinkState.LINKED, document=documents[0])

    @staticmethod
    def _settled(link: Link, documents: Sequence[DocumentRef]) -> Link:
        if documents:
            return replace(link, state=LinkState.LINKED, document=documents[0])
        return replace(link, state=LinkState.WAITING, attempt="")

    def _note_waiting(self, decided: Sequence[Decided]) -> None:
        links = [replace(self._link(one.order, LinkState.WAITING), content=b"") for one in decided]
        self.channel.links.put(links, self.book.run.pk)
        for one in decided:
            self.book.counts.add(f"waiting.{one.decision.findings[0].reason}")
        items = [order_item(one.order.id, one.order.number, WAITS, one.decision.findings) for one in decided]
        self.channel.inbox.put(items, self.channel.clock())

    def _note_registered(self, decided: Sequence[Decided], outcomes: Sequence[Outcome]) -> None:
        items: list[Item] = []
        done: list[str] = []
        for one, outcome in zip(decided, outcomes, strict=True):
            notes = tuple(found for found in one.decision.findings if weight(found) is Weight.WARN)
            if isinstance(outcome, Done):
                done.append(one.order.id)
                items += [order_item(one.order.id, one.order.number, NOTICE, notes)] if notes else []
            else:
                items.append(order_item(one.order.id, one.order.number, WAITS, (outcome.reason,), retry=True))
        self.channel.inbox.clear_subjects(Area.ORDER, done, (WAITS,))
        self.channel.inbox.put(items, self.channel.clock())


def subject_of(link: Link) -> Subject:
    return Subject(Area.ORDER, link.order_id, link.number)


@dataclass(slots=True)
class _Asked:
    """Documents asked of the ERP: their links in doubt, what was decided, and the batch they stand in."""

    links: Sequence[Link]
    decided: Sequence[Decided]
    number: int = 0

    @property
    def changes(self) -> list[RegisterOrder]:
        return [
            RegisterOrder(subject_of(link), one.decision.draft, one.decision.findings)
            for link, one in zip(self.links, self.decided, strict=True)
            if one.decision.draft is not None
        ]


@dataclass(slots=True)
class _Told:
    """Documents the shop is told of, and the batch they stand in."""

    links: Sequence[Link]
    changes: Sequence[Acknowledge] = ()
    number: int = 0


def _after(link: Link, outcome: Outcome) -> Link:
    """What is known of an order once the ERP answered, or did not."""
    match outcome:
        case Done(document=document) if document is not None:
            return replace(link, state=LinkState.LINKED, document=document)
        case Failed(retry=False):
            return replace(link, state=LinkState.WAITING, attempt="")
        case _:
            return link


def _answers(ask: Callable[[], Iterator[_T]], session: Session) -> tuple[list[_T], Exception | None]:
    """Answers as far as they came, and what broke them off: a fault, or somebody's wish to stop at the next item."""
    answers: list[_T] = []
    try:
        for answer in ask():
            answers.append(answer)
            session.tell(_READING, len(answers))
    except (Fault, StopAsked) as ended:
        return answers, ended
    return answers, None


def order_item(order_id: str, number: str, part: str, findings: tuple[Finding, ...], *, retry: bool = False) -> Item:
    return Item(0, part, number, "", findings, retry, area=Area.ORDER, subject=order_id)


def pieces(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
