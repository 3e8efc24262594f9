"""Our own store older than the shop (decision table 8.27): noticed, told, doubted, and made up for from the shelf."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from pomost.model.change import Area, Kind
from pomost.model.order import Order
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Forbidden, Refused
from pomost.ports.shop import ShelfItem
from pomost.rules.guard import Alarm, Stop
from pomost.rules.ordering import key_of
from pomost.rules.went_back import doubted, unexplained
from pomost.runs.channel import Channel
from pomost.runs.guarding import Planned, standing
from pomost.runs.order_items import pieces
from pomost.runs.planning import Draft
from pomost.runs.reading_shelf import cards_by_symbol, in_pieces, read_shelf, symbol_of
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.journal import State
from pomost.store.models import Run
from pomost.store.unresolved import Item
from pomost.store.watermarks import Standing

_log = structlog.get_logger("pomost.went_back")
_LOOKING = Text("Czy sklep ma coś, czego nie pamiętamy", "Whether the shop holds what we do not remember")
_HOUR = timedelta(hours=1)
_PART = "store"
_ATTEMPT, _RESTORED = "went back", "pomost restore"
_NAMED = 5
_SENT = (Kind.PUBLISH, Kind.AMEND, Kind.STOCK, Kind.WITHDRAW)


def look_back(draft: Draft, session: Session) -> None:
    """Before anything is decided: find out whether our store is older than the shop, and make up for it if so.

    Costs one question about offers. Stock is asked about, branch by branch, once an hour, and by `look_closer` before
    anything is sent.
    """
    channel = draft.channel
    if channel.watermarks.standing() is not Standing.WENT_BACK:
        noticed = _noticed(draft, session, stocks=_long_ago(channel))
        if noticed:
            _note(channel, session, noticed)
    make_up(draft, session)


def look_closer(draft: Draft, session: Session) -> bool:
    """A plan that sends something of the offer: whether the shop holds stock our key sent and we do not know of.

    What was planned is then given up, and has to be planned again.
    """
    channel = draft.channel
    if not _sends(draft):
        return False
    if channel.watermarks.standing() is Standing.SOUND:
        noticed = _noticed(draft, session, stocks=True)
        if noticed:
            _note(channel, session, noticed)
    if channel.watermarks.standing() is not Standing.WENT_BACK:
        return False
    run = draft.book.run
    run.state, run.ended = State.SUPERSEDED, channel.clock()
    run.save()
    return True


def refuse_if_gone_back(channel: Channel, session: Session) -> None:
    """An older plan is not sent by a store that went back: it rests on what was known then. Raises Refused.

    A plan made since was made from the shelf.
    """
    if channel.watermarks.standing() is Standing.SOUND:
        try:
            noticed = _notices(channel, session, stocks=True)
        except Forbidden:
            noticed = ()  # the run that made the plan has told of it
        if noticed:
            _note(channel, session, noticed)
    if channel.watermarks.standing() is Standing.WENT_BACK:
        raise Refused(
            Text(
                "Dane Pomostu przywrócono z kopii: ten plan jest sprzed tego, co sklep już ma.",
                "Pomost's data were put back from a copy: this plan is older than what the shop holds.",
            ),
            Text(
                "Wykonaj synchronizację (pomost run), potem zatwierdź jej plan.",
                "Run a synchronisation (pomost run), then approve its plan.",
            ),
        )


def make_up(draft: Draft, session: Session) -> None:
    """Where the store went back: doubt everything known, read the shelf, own again what carries our symbols."""
    channel = draft.channel
    if channel.watermarks.standing() is Standing.WENT_BACK:
        account, until = _moment(channel)
        _doubt(channel, session)
        if channel.shop.can.shelf:
            read_shelf(channel, session, _ATTEMPT)
        left = _without_card(channel, account)
        with one_transaction():
            session.confirm()
            channel.inbox.put(left, channel.clock())
            channel.watermarks.begin(account, until)
            channel.watermarks.stand(Standing.ASKED)
    if channel.watermarks.standing() is Standing.ASKED:
        draft.counts.numbers["went_back"] = 1
        told = tuple(one for one in channel.inbox.of_subject(Area.OFFER, channel.name) if one.part == _PART)
        findings = told[0].findings if told else (Finding.of(Reason.STORE_WENT_BACK, what="-"),)
        draft.findings = (*draft.findings, *(one for one in findings if one not in draft.findings))


def withhold(draft: Draft, planned: Planned) -> Planned:
    """Withdrawals that follow from a store that went back wait for a person, however few they are."""
    channel, count = draft.channel, draft.tally.withdrawn
    if channel.watermarks.standing() is not Standing.ASKED or not count:
        return planned
    if any(stop.alarm is Alarm.WITHDRAWN for stop in planned.stops):
        return planned
    stop = Stop(Alarm.WITHDRAWN, count, 0, standing(channel)[0])
    planned.run.stops = [*planned.run.stops, stop.as_facts()]
    planned.run.save()
    return replace(planned, stops=(*planned.stops, stop))


def note_sent(draft: Draft, session: Session) -> None:
    """After a run was sent: all of it is recorded, and the shop's clock stands behind it."""
    channel = draft.channel
    if _sends(draft) and channel.shop.can.written:
        until = channel.shop.watermark(fresh=True)
        with one_transaction():
            session.confirm()
            channel.watermarks.move(until, stocks=True)
    if draft.parts == channel.enabled and not draft.tally.withdrawn:
        _trust_again(channel, session)  # nothing followed that a person has to agree to


def approved(channel: Channel, session: Session, run: Run) -> None:
    """A person has agreed to what followed; a plan limited to some parts did not show it."""
    if {str(part) for part in run.request.get("parts", ())} >= {str(part) for part in channel.enabled}:
        _trust_again(channel, session)


def _trust_again(channel: Channel, session: Session) -> None:
    """Withdrawals are guarded as ever from now on, and nothing is told any more."""
    if channel.watermarks.standing() is Standing.ASKED:
        with one_transaction():
            session.confirm()
            channel.watermarks.stand(Standing.SOUND)
            channel.inbox.clear_subjects(Area.OFFER, [channel.name], (_PART,))


def _sends(draft: Draft) -> bool:
    return any(draft.counts.numbers.get(f"plan.{kind}") for kind in _SENT)


def _moment(channel: Channel) -> tuple[str, str]:
    """The account and the shop's time now; blank where it tells neither."""
    return (channel.shop.account(), channel.shop.watermark()) if channel.shop.can.written else ("", "")


# --- noticing


def _long_ago(channel: Channel) -> bool:
    """Whether stock was last asked about an hour ago or longer, by the shop's clock."""
    if not channel.shop.can.written:
        return False
    seen = channel.watermarks.now().stocks
    return bool(seen) and _passed(seen, channel.shop.watermark())


def _passed(since: str, now: str) -> bool:
    try:
        return datetime.fromisoformat(now) - datetime.fromisoformat(since) >= _HOUR
    except ValueError:
        return False  # a shop that counts its writes and not the time


def _noticed(draft: Draft, session: Session, *, stocks: bool) -> tuple[str, ...]:
    """The same for a run, which goes on with a key that may not look, and says so."""
    try:
        return _notices(draft.channel, session, stocks=stocks)
    except Forbidden as fault:
        found = Finding.of(Reason.SHOP_FORBIDDEN, detail=fault.detail)
        draft.findings = tuple(dict.fromkeys((*draft.findings, found)))
        return ()


def _notices(channel: Channel, session: Session, *, stocks: bool) -> tuple[str, ...]:
    """Symbols, or products, our key wrote after the watermark and nobody here knows of; none moves the watermark.

    Raises Forbidden for a key that may not look; the watermark stays then.
    """
    shop = channel.shop
    if not shop.can.written:
        return ()
    seen, (account, until) = channel.watermarks.now(), _moment(channel)
    if not seen.offers or seen.account != account:
        with one_transaction():
            session.confirm()
            channel.watermarks.begin(account, until)
        return ()
    session.tell(_LOOKING, 0)
    found = _strangers(channel, shop.written(seen.offers))
    if stocks and not found:
        branches = [branch.id for branch in channel.policy.branches]
        found = _strangers(channel, shop.stocks_written(seen.stocks, branches))
    if not found:
        with one_transaction():
            session.confirm()
            channel.watermarks.move(until, stocks=stocks)
    return found


def _strangers(channel: Channel, written: Iterable[ShelfItem]) -> tuple[str, ...]:
    """Symbols of what our key wrote and nobody here knows of; of the first piece that has any.

    What another channel of this store knows of is that one's. An offer nobody knows is ours when it carries the symbol
    of one of our cards.
    """
    for piece in in_pieces(channel, written):
        known = channel.ledger.known(item.product_id for item in piece)
        odd = [item for item in piece if unexplained(item, known.get(item.product_id))]
        others = channel.ledger.of_others(item.product_id for item in odd)
        left = [item for item in odd if item.product_id not in others]
        cards = cards_by_symbol(channel, [item for item in left if item.product_id not in known])
        found = [known[item.product_id].symbol for item in left if item.product_id in known]
        if channel.policy.goods.enabled:
            found += [symbol for item in left if (symbol := symbol_of(item)) in cards and item.product_id not in known]
        if found:
            return tuple(sorted(set(found)))
    return ()


def orders_forgotten(channel: Channel, session: Session, orders: Sequence[Order]) -> frozenset[str]:
    """Of orders the shop was told a document of and that have none here, those of which the document is ours.

    It is in the ERP under the order's own number: a run of ours made it, and this store does not remember.
    """
    others = channel.links.of_others(order.id for order in orders)
    mark, limit = channel.policy.orders.mark, channel.erp.can.original_number
    ours: list[Order] = []
    for piece in pieces([order for order in orders if order.id not in others], channel.erp.can.batch):
        keys = {order.id: key_of(mark, order.number, limit) for order in piece}
        found = channel.erp.find_orders(list(keys.values()))
        ours += [order for order in piece if order.acknowledged in [one.ref for one in found.get(keys[order.id], ())]]
    if ours and channel.watermarks.standing() is Standing.SOUND:
        _note(channel, session, tuple(order.number for order in ours))
    return frozenset(order.id for order in ours)


def _note(channel: Channel, session: Session, what: Sequence[str]) -> None:
    """Kept until a person has approved what follows: whichever run or screen comes next tells it."""
    named = ", ".join(what[:_NAMED]) + (", …" if len(what) > _NAMED else "")
    _log.warning("store went back", channel=channel.name, what=named)
    with one_transaction():
        session.confirm()
        channel.watermarks.stand(Standing.WENT_BACK)
        channel.inbox.put([_item(channel, named)], channel.clock())


def _item(channel: Channel, what: str) -> Item:
    finding = Finding.of(Reason.STORE_WENT_BACK, what=what)
    return Item(0, _PART, channel.name, "", (finding,), area=Area.OFFER, subject=channel.name)


# --- making up for it


def _without_card(channel: Channel, account: str) -> list[Item]:
    """What our key offered since the copy and nobody can be said to own: no card carries its symbol."""
    seen = channel.watermarks.now()
    if not seen.offers or seen.account != account or not channel.policy.goods.enabled:
        return []
    items: list[Item] = []
    for piece in in_pieces(channel, channel.shop.written(seen.offers)):
        ids = [item.product_id for item in piece if item.active]
        ours = {*channel.ledger.known(ids), *channel.ledger.of_others(ids)}
        for item in piece:
            if item.active and item.product_id not in ours:
                sku = symbol_of(item)
                finding = Finding.of(Reason.OFFER_WITHOUT_CARD, sku=sku)
                items.append(Item(0, _PART, sku, item.product_id, (finding,), subject=item.product_id))
    return items


def _doubt(channel: Channel, session: Session) -> None:
    """Piece by piece: broken off, all of it is done again, for the store still stands as gone back."""
    branches = [branch.id for branch in channel.policy.branches]
    for piece in channel.ledger.everything():
        with one_transaction():
            session.confirm()
            channel.ledger.keep([doubted(one, branches) for one in piece], _ATTEMPT)
    with one_transaction():
        session.confirm()
        channel.assignments.doubt_everything()
        channel.customers.unsettle()
        channel.sightings.unsettle()
        channel.journal.supersede(State.PLANNED, State.WAITING)
        if not channel.inbox.of_subject(Area.OFFER, channel.name):
            channel.inbox.put([_item(channel, _RESTORED)], channel.clock())
