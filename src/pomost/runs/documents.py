"""What became of the documents of orders: how far each got, which are another's by now, and which are gone."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from pomost.model.change import Area
from pomost.model.order import OrderDocument, OrderKey, Progress, Stage
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.rules.guard import Stop
from pomost.rules.order_identity import Standing, standing, vanished
from pomost.rules.ordering import key_of
from pomost.runs.channel import Channel
from pomost.runs.order_desk import OWN_DOCUMENT
from pomost.runs.order_items import DOCUMENT, NOTICE, order_item, pieces
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.links import Link
from pomost.store.models import Run
from pomost.store.unresolved import Item

_LOOKING = Text("Dokumenty zamówień", "Documents of orders")
Seen = tuple[Link, Progress]


@dataclass(slots=True)
class Documents:
    """What a look at documents found. Everything in it was read as committed.

    `moved`: orders whose stage is another than the one dealt with last, or of which nothing is followed yet. `gone`:
    their document is not there any more, nor another that is theirs. `unsure`: its number or payer changed, so nothing
    is told of it; `anew`: of these, for which a person wants a new document. `anothers`: ids that now carry a
    stranger's document. `looked`: how many were looked at.
    """

    moved: list[Seen] = field(default_factory=list)
    gone: list[Seen] = field(default_factory=list)
    unsure: list[Link] = field(default_factory=list)
    anothers: int = 0
    looked: int = 0

    def stop(self, channel: Channel) -> Stop | None:
        """What waits for a person because of documents that vanished."""
        guard = channel.policy.guard
        recent = channel.journal.vanished(channel.clock(), guard.hours)
        lost = len([one for one in self.gone if one[0].customer])
        return vanished(lost - self.anothers, self.anothers, self.looked, recent, guard)

    @property
    def anew(self) -> set[str]:
        return {link.order_id for link in self.unsure if link.answer == OWN_DOCUMENT}

    @property
    def untold(self) -> set[str]:
        """Orders the shop is not told of: what stands under their id is not known to be theirs."""
        return {link.order_id for link in self.unsure} | {link.order_id for link, _ in self.gone}


def look(
    channel: Channel,
    session: Session,
    run: Run,
    *,
    only: AbstractSet[str] | None = None,
    ended: bool = False,
) -> Documents:
    """Look at the documents of orders of which something may still be told; with `ended` at the others too.

    A document that is gone is looked for by its number: a person may have typed it anew. What differs from what was
    known is asked for once more as committed before anybody acts on it.
    """
    found = Documents()
    for links in _links(channel, only, ended=ended):
        for part in pieces(links, channel.erp.can.batch):
            session.tell(_LOOKING, found.looked)
            found.looked += len(part)
            _look_at(channel, session, run, part, found)
    _remember(channel, session, found, only, ended=ended)
    return found


def _links(channel: Channel, only: AbstractSet[str] | None, *, ended: bool) -> Iterator[Sequence[Link]]:
    if only is None:
        yield from channel.links.open(ended=ended)
        return
    held = channel.links.of(only).values()
    yield sorted((one for one in held if one.document is not None), key=lambda one: one.order_id)


def _look_at(channel: Channel, session: Session, run: Run, links: Sequence[Link], found: Documents) -> None:
    told = channel.policy.orders.feedback  # else nobody hears how far they got
    odd = [one for one, seen in _progress(channel, links) if (told and _moved(one, seen)) or not _known(one, seen)]
    if not odd:
        return
    noted: list[Link] = []
    lost: list[Seen] = []
    for before, seen in _progress(channel, odd, committed=True):
        stands, link = _held_against(before, seen)
        if link != before:
            noted.append(link)
        if stands is Standing.CHANGED:
            found.unsure.append(link)
        elif stands is not Standing.ITS_OWN:
            found.anothers += stands is Standing.ANOTHERS
            lost.append((link, Progress(seen.order, Stage.DELETED)))
        elif told and _moved(link, seen):
            found.moved.append((link, seen))
    typed_anew = _found_again(channel, [link for link, _ in lost])
    noted += typed_anew
    found.moved += [one for one in _progress(channel, typed_anew, committed=True) if told and _moved(*one)]
    again = {link.order_id for link in typed_anew}
    found.gone += [one for one in lost if one[0].order_id not in again]
    if noted:
        with one_transaction():
            session.confirm()
            channel.links.put(noted, run.pk)
            channel.inbox.clear_subjects(Area.ORDER, again, (NOTICE,))


def _remember(
    channel: Channel, session: Session, found: Documents, only: AbstractSet[str] | None, *, ended: bool
) -> None:
    """Tell of documents that are gone or not surely the order's; what was looked at and is in order is told no more."""
    items: list[Item] = []
    for reason, links in (
        (Reason.ORDER_DOCUMENT_GONE, [link for link, _ in found.gone if link.customer]),
        (Reason.ORDER_DOCUMENT_DIFFERS, found.unsure),
    ):
        for link in links:
            finding = Finding.of(reason, documents=str(link.document), document=str(link.document))
            items.append(order_item(link.order_id, link.number, DOCUMENT, (finding,)))
    told = {item.subject for item in channel.inbox.items_of_part(Area.ORDER, DOCUMENT)}
    unseen = set() if ended else {one.order_id for one in channel.links.of(told).values() if one.closed}
    looked_at = told - unseen if only is None else told & only
    with one_transaction():
        session.confirm()
        channel.inbox.clear_subjects(Area.ORDER, looked_at - {item.subject for item in items}, (DOCUMENT,))
        channel.inbox.put(items, channel.clock())


def _moved(link: Link, seen: Progress) -> bool:
    return not link.follow or seen.stage != link.stage


def _known(link: Link, seen: Progress) -> bool:
    """Whether number and payer were looked at before and are the same."""
    return bool(link.original and link.customer) and standing(seen, link.original, link.customer) is Standing.ITS_OWN


def _held_against(link: Link, seen: Progress) -> tuple[Standing, Link]:
    """What stands under the document's id; the link with what it is known again by, where that was not noted yet.

    A person may have said that a document is the order's in spite of its number or payer.
    """
    stands = standing(seen, link.original, link.customer)
    said = stands is Standing.CHANGED and link.document is not None and link.answer == link.document.id
    if said or (stands is Standing.ITS_OWN and not (link.original and link.customer)):
        return Standing.ITS_OWN, replace(link, original=seen.original, customer=seen.customer)
    return stands, link


def _progress(channel: Channel, links: Sequence[Link], *, committed: bool = False) -> list[Seen]:
    found: list[Seen] = []
    for part in pieces(links, channel.erp.can.batch):
        told = channel.erp.progress([one.document for one in part if one.document is not None], committed=committed)
        found += zip(part, told, strict=True)
    return found


def _found_again(channel: Channel, links: Sequence[Link]) -> list[Link]:
    """Those whose number a living document of the same payer carries: it is the order's from now on."""
    keys = {link.order_id: key_under(channel, link) for link in links}
    documents = channel.erp.find_orders(list(keys.values())) if keys else {}
    found: list[Link] = []
    for link in links:
        own = own_of(channel, link, documents.get(keys[link.order_id], ()))
        if own:
            found.append(
                replace(link, document=own[0].ref, original=keys[link.order_id].original, customer=own[0].customer)
            )
    return found


def key_under(channel: Channel, link: Link) -> OrderKey:
    """The number an order's document carries."""
    plain = key_of(link.shop, link.number, channel.erp.can.original_number)
    return replace(plain, original=link.original) if link.original else plain


def own_of(channel: Channel, link: Link, documents: Sequence[OrderDocument]) -> list[OrderDocument]:
    """Of documents under an order's number, those of its payer that no other order is linked to."""
    same = [one for one in documents if link.customer in {0, one.customer}]
    owners = channel.links.owners(one.ref.id for one in same) if same else {}
    ours = (channel.name, link.order_id)
    return [one for one in same if not owners.get(one.ref.id, set()) - {ours}]
