"""What changed in the shop about orders that have a document: their status, their lines, the document it was told."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta

from pomost.model.change import Area
from pomost.model.order import Order, OrderStatus
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.shop import OrderPage, OrderQuery
from pomost.rules.ordering import content_print
from pomost.rules.progress import OPEN_STAGES
from pomost.runs.channel import Channel
from pomost.runs.order_items import CLOSED, DOCUMENT, EDITED, NOTICE, WAITS, order_item
from pomost.runs.session import Session
from pomost.runs.went_back import orders_forgotten
from pomost.store.database import one_transaction
from pomost.store.links import Link, LinkState
from pomost.store.models import Run
from pomost.store.unresolved import Item
from pomost.store.watermarks import Standing

_HEARING = Text("Zmiany zamówień w sklepie", "Changes of orders in the shop")
_BACK = timedelta(days=90)


def hear(channel: Channel, session: Session, run: Run) -> None:
    """Take in what changed since the last time; the very first time, the last 90 days.

    An order the shop was told a document of, and that has none here, was linked by a memory that is lost. Where that is
    ours (`went_back.orders_forgotten`), it is followed from where the shop is; else, and the very first time, it is
    taken as it stands and its past is not reported.
    """
    cursor = channel.links.cursor()
    begun = bool(cursor) or channel.watermarks.standing() is not Standing.SOUND
    query = OrderQuery(since=cursor) if cursor else OrderQuery(after=channel.clock() - _BACK)
    statuses = channel.shop.order_statuses()
    heard = 0
    for page in channel.shop.orders(query):
        session.tell(_HEARING, heard)
        heard += len(page.orders)
        _take_in(channel, session, run, page, statuses, begun=begun)
    _look_again(channel, session)


def _take_in(
    channel: Channel, session: Session, run: Run, page: OrderPage, statuses: Sequence[OrderStatus], *, begun: bool
) -> None:
    known = channel.links.of(order.id for order in page.orders)
    told = [order for order in page.orders if order.acknowledged is not None and _unlinked(known.get(order.id))]
    ours = orders_forgotten(channel, session, told) if begun and told else frozenset()
    lost = [order for order in told if order.id in ours or order.id not in known]
    pairs = [(known[order.id], order) for order in page.orders if order.id in known]
    linked = [(link, order) for link, order in pairs if link.document is not None]
    changed = [replace(link, status=order.status) for link, order in linked if link.status != order.status]
    ended = [(link, order) for link, order in linked if _ended_elsewhere(link, order, statuses)]
    open_ids = _open_ids(channel, [link for link, _ in ended])
    news = [item for link, order in linked if (item := _edited(link, order)) is not None]
    news += [_closed(link, order, statuses) for link, order in ended if link.order_id in open_ids]
    with one_transaction():
        session.confirm()
        adopted = [_adopted(channel, order, follow=order.id in ours) for order in lost]
        channel.links.put([*changed, *adopted], run.pk)
        channel.inbox.clear_subjects(Area.ORDER, ours, (WAITS,))
        channel.inbox.clear_subjects(Area.ORDER, (link.order_id for link, _ in linked), (EDITED, CLOSED))
        channel.inbox.put(news, channel.clock())
        if page.complete:
            channel.links.keep_cursor(page.cursor)


def _unlinked(link: Link | None) -> bool:
    return link is None or link.state is LinkState.WAITING


def _adopted(channel: Channel, order: Order, *, follow: bool) -> Link:
    """With `follow` its status is reported from where the shop is; what it is there by now was our own doing."""
    link = Link.of(order, channel.policy.orders.mark, LinkState.ACKNOWLEDGED)
    taken = replace(link, document=order.acknowledged, content=content_print(order))
    return replace(taken, follow=channel.policy.orders.feedback, reported=order.status) if follow else taken


def _ended_elsewhere(link: Link, order: Order, statuses: Sequence[OrderStatus]) -> bool:
    """A final status we did not send."""
    final = {one.code for one in statuses if one.final}
    return order.status in final and order.status != link.reported


def _open_ids(channel: Channel, links: Sequence[Link]) -> set[str]:
    """Of these orders, those whose document still means to deliver."""
    found: set[str] = set()
    size = channel.erp.can.batch
    for start in range(0, len(links), size):
        part = links[start : start + size]
        told = channel.erp.progress([link.document for link in part if link.document is not None])
        found |= {link.order_id for link, one in zip(part, told, strict=True) if one.stage in OPEN_STAGES}
    return found


def _edited(link: Link, order: Order) -> Item | None:
    if not link.content or content_print(order) == link.content:
        return None
    finding = Finding.of(Reason.ORDER_EDITED_IN_SHOP, document=link.document)
    return order_item(link.order_id, link.number, EDITED, (finding,))


def _closed(link: Link, order: Order, statuses: Sequence[OrderStatus]) -> Item:
    name = next((one.name for one in statuses if one.code == order.status), order.status)
    finding = Finding.of(Reason.ORDER_CLOSED_IN_SHOP, status=name, document=link.document)
    return order_item(link.order_id, link.number, CLOSED, (finding,))


def _look_again(channel: Channel, session: Session) -> None:
    """Ended in the shop and open in the ERP was told before; once the document is gone or done it is told no more."""
    ids = [item.subject for item in channel.inbox.items(Reason.ORDER_CLOSED_IN_SHOP)]
    links = [link for link in channel.links.of(ids).values() if link.document is not None]
    still = _open_ids(channel, links) if links else set()
    with one_transaction():
        session.confirm()
        channel.inbox.clear_subjects(Area.ORDER, set(ids) - still, (CLOSED,))


def take_as_read(channel: Channel, order_ids: AbstractSet[str]) -> None:
    """A person has looked at these orders as they are now: what was only told goes, what is to be done stays."""
    links = channel.links.of(order_ids)
    standing = [one for one in links.values() if one.document is not None and not one.closed]
    seen = [order for one in standing if (order := channel.shop.order(one.order_id)) is not None]
    with one_transaction():
        for order in seen:
            channel.links.read(order.id, content_print(order), order.status)
        channel.inbox.clear_subjects(Area.ORDER, order_ids, (NOTICE, EDITED, CLOSED, DOCUMENT))
        channel.inbox.clear_subjects(Area.ORDER, {one for one in order_ids if one not in links or links[one].closed})
