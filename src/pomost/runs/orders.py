"""Orders into the ERP, read aloud: linked where known, looked up, registered where new, and told to the shop."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pomost.model.change import Acknowledge, Area, Kind
from pomost.model.order import Order, OrderDocument, OrderKey, Stage
from pomost.model.order_policy import VatDiffers
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Fault, Rejected
from pomost.ports.shop import OrderPage, OrderQuery
from pomost.rules.order_identity import Claim, Standing, standing
from pomost.rules.ordering import content_print
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.documents import key_under, own_of
from pomost.runs.order_asking import (
    Asked,
    Told,
    answered,
    answers_of,
    found_again,
    notices,
    registered,
    rehearsed,
    unmade,
)
from pomost.runs.order_desk import Decided, OrderDesk, Recognise
from pomost.runs.order_items import DOCUMENT, NOTICE, TOLD, WAITS, order_item, pieces, subject_of
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.links import Link, LinkState
from pomost.store.unresolved import Item

_READING = Text("Zamówienia", "Orders")


def bring_in(
    channel: Channel,
    session: Session,
    book: Book,
    recognise: Recognise,
    *,
    send: bool = True,
    only: AbstractSet[str] | None = None,
    anew: AbstractSet[str] = frozenset(),
    untold: AbstractSet[str] = frozenset(),
) -> set[str]:
    """Every order in the wanted status becomes a document of the ERP, exactly once, or waits with its reason.

    With `send` off only plans. With `only` these orders, as they are now. `anew`: orders whose documents were lost with
    an ERP put back, made again in whichever status they are that is not final. `untold`: orders the shop is told no
    document of. Gives the orders that got one. Raises the fault that ended it, after recording what is known; what was
    on its way is looked for in the ERP by the next run before anything else.
    """
    flow = _Flow(channel, session, book, OrderDesk(channel, recognise), send, anew)
    flow.settle_doubts()
    flow.acknowledge_linked(untold)
    taken = 0
    for page in _read(channel, only, anew):
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
    return flow.linked


def _read(channel: Channel, only: AbstractSet[str] | None, anew: AbstractSet[str]) -> Iterator[OrderPage]:
    """The orders in question; pages are asked for as they are needed, so that what is decided about is fresh."""
    policy = channel.policy.orders
    if only is None:
        query = OrderQuery(policy.status, permits=policy.permits, page=channel.erp.can.drafts)
        yield from channel.shop.orders(query)
    final = {one.code for one in channel.shop.order_statuses() if one.final} if anew else set()
    for order_id in sorted(anew if only is None else only):
        try:
            order = channel.shop.order(order_id, permits=policy.permits)
        except Rejected:
            yield OrderPage((), ((order_id, order_id),))
            continue
        again = order is not None and order_id in anew and order.status not in final
        wanted = order is not None and (again or order.status == policy.status)
        yield OrderPage((order,) if order is not None and wanted else ())


@dataclass(slots=True)
class _Flow:
    channel: Channel
    session: Session
    book: Book
    desk: OrderDesk
    send: bool
    anew: AbstractSet[str] = frozenset()
    unrehearsed: Fault | None = None
    """What broke the ERP's dry run off; the rest of a preview goes on without it."""
    linked: set[str] = field(default_factory=set)
    """Orders that got a document in this run."""

    def settle_doubts(self) -> None:
        """Whatever was asked of the ERP and not answered is looked for there, also when its order has left the shop."""
        links = self.channel.links
        for piece in pieces(links.in_state(LinkState.DOUBT), self.channel.erp.can.batch):
            keys = {link.order_id: key_under(self.channel, link) for link in piece}
            found = self.channel.erp.find_orders(list(keys.values()))
            settled = [self._settled(link, found.get(keys[link.order_id], ())) for link in piece]
            found_ids = {link.order_id for link in settled if link.document is not None}
            with one_transaction():
                self.session.confirm()
                links.put(settled, self.book.run.pk)
                self.channel.inbox.clear_subjects(Area.ORDER, found_ids, (WAITS,))
            self.linked |= found_ids
            documents = [one for group in found.values() for one in group]
            self._note_settled([link for link in settled if link.document is not None], documents, keys)

    def _note_settled(
        self, links: Sequence[Link], found: Sequence[OrderDocument], keys: Mapping[str, OrderKey]
    ) -> None:
        """Nobody heard what these documents come to: it is held against their orders now."""
        documents = {one.ref: one for one in found}
        orders = [order for order in map(self._order, links) if order is not None]
        made = {link.order_id: documents[link.document] for link in links if link.document is not None}
        settings = self.channel.policy.orders
        items = [
            item
            for one in self.desk.decide(orders, keys)
            for item in notices(found_again(one, made[one.order.id], settings))
        ]
        if items:
            with one_transaction():
                self.session.confirm()
                self.channel.inbox.put(items, self.channel.clock())

    def _order(self, link: Link) -> Order | None:
        try:
            return self.channel.shop.order(link.order_id)
        except Rejected:
            return None  # nobody can read it, which is what the inbox says of it

    def acknowledge_linked(self, untold: AbstractSet[str]) -> None:
        """Documents the shop was not told of, from whichever run."""
        waiting = [one for one in self.channel.links.in_state(LinkState.LINKED) if one.order_id not in untold]
        for piece in pieces(waiting, self.channel.shop.can.batch):
            with one_transaction():
                self.session.confirm()
                told = self._plan_telling(piece)
            self._tell(told)

    def take(self, orders: Sequence[Order]) -> None:
        """One piece: known ones told again, found ones linked, new ones decided and registered; then the shop is told.

        Three transactions: before the ERP is asked, once it answered, once the shop did.
        """
        known = self.channel.links.of(order.id for order in orders)
        held = {one.order_id for one in known.values() if one.document is not None} - self.anew
        standing_ones = [one for one in known.values() if one.order_id in held]
        again = [one for one in standing_ones if one.state is LinkState.ACKNOWLEDGED]  # the shop does not know of it
        rest = [order for order in orders if order.id not in held]
        keys = self.desk.keys(rest, known)
        decided, met = self.desk.claimed(self.desk.decide(rest, keys), keys, known)
        if not self.send or self.channel.policy.orders.vat_differs is VatDiffers.WAIT:
            decided = self._rehearsed(decided)
        drafted = [one for one in decided if one.decision.draft is not None]
        attempt = str(uuid.uuid4())
        with one_transaction():
            self.session.confirm()
            self._note_waiting([one for one in decided if one.decision.draft is None], keys)
            linked = [*again, *(self._note_found(one, own, keys, known) for one, own in met)]
            asked = Asked([self._asked(one, keys, attempt, known) for one in drafted], drafted)
            asked.number = self.book.plan(asked.changes)
            self.channel.links.put([*linked, *(asked.links if self.send else ())], self.book.run.pk)
            told = self._plan_telling(linked) if not (self.send and drafted) else Told(linked)
            self.book.save()
        self.linked |= {one.order.id for one, _ in met}
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

    def _met(self, count: int) -> None:
        self.session.tell(_READING, count)

    # Registering and telling

    def _rehearsed(self, decided: list[Decided]) -> list[Decided]:
        """Drafts with what the ERP's own dry run says of them; what breaks it off stops only what would be saved."""
        drafted = [one for one in decided if one.decision.draft is not None]
        if not drafted or not self.channel.erp.can.rehearsal or self.unrehearsed is not None:
            return decided
        asked = Asked([Link.of(one.order, "", LinkState.WAITING) for one in drafted], drafted)
        answers, ended = answers_of(lambda: self.channel.erp.rehearse(asked.changes), self._met)
        if isinstance(ended, Fault) and not self.send:
            self.unrehearsed = ended
        elif ended is not None:
            raise ended
        settings = self.channel.policy.orders
        told = {one.order.id: rehearsed(one, answer, settings) for one, answer in zip(drafted, answers, strict=False)}
        return [told.get(one.order.id, one) for one in decided]

    def _register(self, asked: Asked, attempt: str, others: Sequence[Link]) -> tuple[Told, Exception | None]:
        """Ask the ERP and record its answers; gives what the shop is to be told, and what broke the asking off."""
        answers, fault = answers_of(lambda: self.channel.erp.send(asked.changes, attempt), self._met)
        silent = Failed(Finding.of(Reason.ERP_SILENT), retry=True)
        outcomes = [*answers, *[silent] * (len(asked.links) - len(answers))]
        links = [answered(link, outcome) for link, outcome in zip(asked.links, outcomes, strict=True)]
        with one_transaction(lasting=False):  # lost to a power cut, the documents are looked for again
            self.session.confirm()
            self.channel.links.put(links, self.book.run.pk)
            self.book.answer(asked.number, Kind.REGISTER, outcomes, self.channel.clock())
            self._note_registered(asked.decided, outcomes)
            made = [link for link in links if link.state is LinkState.LINKED]
            self.linked |= {link.order_id for link in made}
            told = self._plan_telling([*others, *made])
            self.book.save()
        return told, fault

    def _plan_telling(self, links: Sequence[Link]) -> Told:
        told = Told(links)
        now = self.channel.clock()
        told.changes = [Acknowledge(subject_of(one), one.document, now) for one in links if one.document is not None]
        told.number = self.book.plan(told.changes)
        return told

    def _tell(self, told: Told) -> None:
        """Tell the shop; what it does not take stays linked and is told again by the next run."""
        if not told.links or not self.send:
            return
        attempt = str(uuid.uuid4())
        answers, fault = answers_of(lambda: self.channel.shop.send(told.changes, attempt), self._met)
        silent = Failed(Finding.of(Reason.SHOP_SILENT), retry=True)
        outcomes = [*answers, *[silent] * (len(told.links) - len(answers))]
        after = [self._after_telling(link, outcome) for link, outcome in zip(told.links, outcomes, strict=True)]
        failed = []
        for was, link, outcome in zip(told.links, after, outcomes, strict=True):
            settled = link.state is LinkState.ACKNOWLEDGED
            if isinstance(outcome, Failed) and not (settled and link.document != was.document):
                part = NOTICE if settled else TOLD
                failed.append(order_item(link.order_id, link.number, part, (outcome.reason,), retry=not settled))
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
        ours, other = self.channel.erp.progress([link.document, theirs], committed=True)
        living = standing(other, link.original, link.customer) is Standing.ITS_OWN
        if ours.stage is Stage.DELETED and living:
            return replace(link, document=theirs, state=LinkState.ACKNOWLEDGED, stage="")
        # What the shop was told first it keeps for good: once that document is gone, ours is the only one.
        gone = ours.stage is not Stage.DELETED and not living
        return replace(link, state=LinkState.ACKNOWLEDGED if gone else LinkState.LINKED)

    # Links and the inbox

    def _link(self, one: Decided, keys: Mapping[str, OrderKey], state: LinkState, attempt: str = "") -> Link:
        order = one.order
        return replace(
            Link.of(order, self.channel.policy.orders.mark, state),
            attempt=attempt,
            content=content_print(order),
            follow=self.channel.policy.orders.feedback,
            original=keys[order.id].original,
            customer=one.decision.customer or 0,
        )

    def _asked(self, one: Decided, keys: Mapping[str, OrderKey], attempt: str, known: Mapping[str, Link]) -> Link:
        """In doubt; a document made anew stands in for one that is lost, which is remembered until it does."""
        link = self._link(one, keys, LinkState.DOUBT, attempt)
        return replace(link, document=known[link.order_id].document) if link.order_id in self.anew else link

    def _note_found(self, one: Decided, own: Claim, keys: Mapping[str, OrderKey], known: Mapping[str, Link]) -> Link:
        """An order whose document is in the ERP already: made by an earlier run, or entered by hand."""
        assert own.document is not None
        order, before = one.order, known.get(one.order.id)
        said = before is not None and before.answer == own.document.ref.id  # a person has seen what differs
        differing = () if said else found_again(one, own.document, self.channel.policy.orders).decision.differing
        notes = (*own.findings, *differing)
        self.book.counts.add("orders.found")
        self.channel.inbox.clear_subjects(Area.ORDER, [order.id], (WAITS, NOTICE, DOCUMENT))
        if notes:
            self.channel.inbox.put([order_item(order.id, order.number, NOTICE, notes)], self.channel.clock())
        link = self._link(one, keys, LinkState.LINKED)
        return replace(link, document=own.document.ref, customer=own.document.customer)

    def _settled(self, link: Link, documents: Sequence[OrderDocument]) -> Link:
        """What was asked of the ERP and not answered: under its number and with its payer it is the one asked for."""
        own = own_of(self.channel, link, documents)
        if own:
            return replace(link, state=LinkState.LINKED, document=own[0].ref, customer=own[0].customer)
        return unmade(link)

    def _note_waiting(self, decided: Sequence[Decided], keys: Mapping[str, OrderKey]) -> None:
        new = [one for one in decided if one.order.id not in self.anew]
        links = [replace(self._link(one, keys, LinkState.WAITING), content=b"") for one in new]
        self.channel.links.put(links, self.book.run.pk)
        for one in decided:
            self.book.counts.add(f"waiting.{one.decision.findings[0].reason}")
        items = [order_item(one.order.id, one.order.number, WAITS, one.decision.findings) for one in decided]
        self.channel.inbox.put(items, self.channel.clock())

    def _note_registered(self, decided: Sequence[Decided], outcomes: Sequence[Outcome]) -> None:
        items: list[Item] = []
        done: list[str] = []
        for one, outcome in zip(decided, outcomes, strict=True):
            if isinstance(outcome, Done):
                done.append(one.order.id)
                items += notices(registered(one, outcome, self.channel.policy.orders))
            else:
                items.append(order_item(one.order.id, one.order.number, WAITS, (outcome.reason,), retry=True))
        self.channel.inbox.clear_subjects(Area.ORDER, done, (WAITS, DOCUMENT))
        self.channel.inbox.put(items, self.channel.clock())
