"""Orders for people: the list of them on both sides, and the life of one, decided anew before the reader's eyes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pomost.app.reporting import error_item, no_such_page, shown
from pomost.app.results import OrderCandidate, OrderExplanation, OrderLineView, OrderRow
from pomost.model.change import Area, RegisterOrder
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, DraftLine, Order, OrderDocument, OrderDraft, OrderLine, Progress
from pomost.model.reason import Finding, Reason
from pomost.model.setting import ChoiceKind
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused, Rejected
from pomost.rules.progress import wanted_statuses
from pomost.runs.channel import Channel
from pomost.runs.documents import key_under
from pomost.runs.order_desk import OWN_DOCUMENT, OrderDesk
from pomost.store.links import Link, LinkState
from pomost.store.unresolved import Item


def listed(channel: Channel, states: Sequence[str], limit: int) -> list[OrderRow]:
    """The newest orders. An ERP that does not answer leaves the stages as they were last told."""
    links, _ = channel.links.page([LinkState(one) for one in states], "", "", limit)
    return _rows(channel, links)


def _rows(channel: Channel, links: Sequence[Link]) -> list[OrderRow]:
    try:
        seen = _progress(channel, links)
    except Fault:
        seen = {}
    items = channel.inbox.of_subjects(Area.ORDER, [link.order_id for link in links])
    return [_row(link, seen.get(link.order_id), items.get(link.order_id, ())) for link in links]


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """Some orders, the newest first. `next`: what the next page is asked by, blank at the end."""

    orders: tuple[OrderRow, ...]
    next: str


def page(channel: Channel, states: Sequence[str], text: str, after: str, limit: int) -> OrdersPage:
    """Orders in these states whose number begins so. An ERP that does not answer leaves stages as last told."""
    try:
        links, following = channel.links.page([LinkState(one) for one in states], text.strip(), after, limit)
    except ValueError as error:
        raise no_such_page() from error
    return OrdersPage(tuple(_rows(channel, links)), following)


def explained(channel: Channel, text: str) -> list[OrderExplanation]:
    """Every order with this number, id, or number of the document. Raises Refused when there is none."""
    links = channel.links.find(text)
    if links:
        return [_explanation(channel, link, _order(channel, link.order_id)) for link in links]
    order = channel.shop.order(text, permits=channel.policy.orders.permits)
    if order is not None:
        return [_explanation(channel, Link.of(order, channel.policy.orders.mark, LinkState.WAITING), order)]
    status = channel.policy.orders.status or "-"
    raise Refused(
        Text("Pomost nie zna zamówienia „{text}”.", "Pomost does not know order “{text}”.").fill(text=text),
        Text(
            "Podaj jego numer albo identyfikator w sklepie, albo numer ZK. Zamówienia w innym statusie niż „{status}” "
            "nie są pobierane.",
            "Give its number or its id in the shop, or the number of its document. Orders in another status than "
            "“{status}” are not read.",
        ).fill(status=status),
    )


def _order(channel: Channel, order_id: str) -> Order | None:
    try:
        return channel.shop.order(order_id, permits=channel.policy.orders.permits)
    except Rejected:
        return None  # nobody can read it, which is what the inbox says of it


def _progress(channel: Channel, links: Sequence[Link]) -> dict[str, Progress]:
    linked = [link for link in links if link.document is not None]
    found: dict[str, Progress] = {}
    for start in range(0, len(linked), channel.erp.can.batch):
        part = linked[start : start + channel.erp.can.batch]
        told = channel.erp.progress([link.document for link in part if link.document is not None])
        found |= {link.order_id: one for link, one in zip(part, told, strict=True)}
    return found


def _row(link: Link, seen: Progress | None, items: Sequence[Item]) -> OrderRow:
    return OrderRow(
        number=link.number,
        order_id=link.order_id,
        placed_at=link.placed_at,
        branch=link.branch,
        gross=link.gross,
        currency=link.currency,
        state=link.state.value,
        status=link.status,
        document=link.document,
        stage=link.stage if seen is None else seen.stage.value,
        documents=() if seen is None else seen.documents,
        seen=seen is not None,
        why=tuple(one for item in items for one in item.findings),
    )


def _explanation(channel: Channel, link: Link, order: Order | None) -> OrderExplanation:
    if order is not None:
        link = replace(link, status=order.status)
    seen = _progress(channel, [link]).get(link.order_id)
    trail = channel.journal.trail_of(Area.ORDER, link.order_id)
    draft = next((one.draft for _, one, _ in trail if isinstance(one, RegisterOrder)), None)
    findings: tuple[Finding, ...] = ()
    if link.document is None and order is not None:
        desk = OrderDesk(channel, channel.assignments.erp_customers)
        keys = desk.keys([order], {order.id: link})
        rest, met = desk.claimed(desk.decide([order], keys), keys, {order.id: link})
        for one, own in met:
            link = replace(link, document=None if own.document is None else own.document.ref)
            seen = _progress(channel, [link]).get(link.order_id)
            rest = [replace(one, decision=replace(one.decision, findings=own.findings))]
        draft, findings = rest[0].decision.draft, rest[0].decision.findings
        if order.status != channel.policy.orders.status:
            findings = (Finding.of(Reason.ORDER_LEFT_STATUS, status=order.status), *findings)
    mapping = channel.policy.orders.statuses if channel.policy.orders.feedback else {}
    following = wanted_statuses(seen.stage, link.status, mapping, channel.shop.order_statuses()) if seen else ()
    return OrderExplanation(
        row=_row(link, seen, channel.inbox.of_subject(Area.ORDER, link.order_id)),
        shop={} if order is None else dict(_ordered(order)),
        document={} if draft is None else dict(_drafted(channel, draft)),
        lines=() if order is None else tuple(_line(one, draft) for one in order.lines),
        findings=findings,
        next_statuses=following,
        trail=tuple(shown(run, change, outcome) for run, change, outcome in trail),
        unresolved=tuple(error_item(item) for item in channel.inbox.of_subject(Area.ORDER, link.order_id)),
        candidates=_shown_candidates(channel, link, findings),
    )


_ASKS = frozenset({Reason.ORDER_NUMBER_TAKEN, Reason.ORDER_DOCUMENT_DIFFERS})
"""Reasons a person settles by saying which document is the order's."""


def settle(channel: Channel, text: str, document: str) -> OrderRow:
    """Note what a person said of the documents under an order's number; the next run acts on it."""
    link = _waiting(channel, text.strip())
    chosen = OWN_DOCUMENT
    if document.strip():
        named = [one.ref for one in _candidates(channel, link) if document.strip() in _names(one.ref)]
        if not named:
            listed = ", ".join(str(one.ref) for one in _candidates(channel, link)) or "-"
            raise Refused(
                Text(
                    "Dokumentu „{document}” nie ma wśród dokumentów z numerem zamówienia {number}.",
                    "Document “{document}” is none of those that carry the number of order {number}.",
                ).fill(document=document, number=link.number),
                Text("Do wyboru: {listed}.", "To choose from: {listed}.").fill(listed=listed),
            )
        chosen = named[0].id
    channel.links.answer(link.order_id, chosen)
    return _row(link, None, channel.inbox.of_subject(Area.ORDER, link.order_id))


def _waiting(channel: Channel, text: str) -> Link:
    """The one order of this number or id that waits for a person to say whose a document is."""
    found = channel.links.find(text)
    items = channel.inbox.of_subjects(Area.ORDER, [one.order_id for one in found])
    asking = [one for one in found if _asks(why for item in items.get(one.order_id, ()) for why in item.findings)]
    if len(asking) == 1:
        return asking[0]
    if asking:
        listed = ", ".join(one.order_id for one in asking)
        raise Refused(
            Text("Numer „{text}” ma kilka zamówień.", "Several orders have the number “{text}”.").fill(text=text),
            Text("Podaj identyfikator: {listed}.", "Give an id: {listed}.").fill(listed=listed),
        )
    raise Refused(
        Text(
            "Zamówienie „{text}” nie czeka na wskazanie dokumentu.",
            "Order “{text}” waits for nobody to name a document.",
        ).fill(text=text),
        Text("Zobacz, na co czeka: pomost explain order.", "See what it waits for: pomost explain order."),
    )


def _asks(findings: Iterable[Finding]) -> bool:
    return any(one.reason in _ASKS for one in findings)


def _shown_candidates(channel: Channel, link: Link, findings: Sequence[Finding]) -> tuple[OrderCandidate, ...]:
    told = [why for item in channel.inbox.of_subject(Area.ORDER, link.order_id) for why in item.findings]
    asked = _candidates(channel, link) if _asks((*findings, *told)) else ()
    return tuple(_candidate(channel, one) for one in asked)


def _candidates(channel: Channel, link: Link) -> list[OrderDocument]:
    """Documents under an order's number that no other order is linked to, and the one it was linked to."""
    key = key_under(channel, link)
    if link.document is not None:  # it may carry another number by now
        (seen,) = channel.erp.progress([link.document])
        key = replace(key, original=seen.original or key.original)
    found = [*channel.erp.find_orders([key]).get(key, ())]
    owners = channel.links.owners(one.ref.id for one in found)
    return [one for one in found if not owners.get(one.ref.id, set()) - {(channel.name, link.order_id)}]


def _candidate(channel: Channel, one: OrderDocument) -> OrderCandidate:
    payer = next(iter(channel.erp.customers([one.customer])), None)
    cards = {card.key: card.symbol for card in channel.erp.products(sorted(one.goods))} if one.goods else {}
    goods = tuple(f"{cards.get(key, key)} × {quantity.normalize():f}" for key, quantity in one.goods.items())
    named = str(one.customer) if payer is None else f"{payer.name} ({payer.symbol})"
    return OrderCandidate(one.ref, named, one.net, one.gross, goods)


def _names(ref: DocumentRef) -> set[str]:
    return {ref.number, str(ref), str(ref.id)}


def _ordered(order: Order) -> Iterator[tuple[str, str]]:
    yield "status", order.status
    yield "branch", order.branch
    yield "buyer", f"{order.buyer.name} {order.buyer.nip}".strip()
    yield "total", f"{order.net} + {order.tax} = {order.gross} {order.currency}"
    yield "document", str(order.acknowledged or "")


def _drafted(channel: Channel, draft: OrderDraft) -> Iterator[tuple[str, str]]:
    yield "original-number", draft.original_number
    yield "customer", str(draft.customer)
    yield "warehouse", _named(channel, ChoiceKind.WAREHOUSES, draft.warehouse)
    yield "category", _named(channel, ChoiceKind.CATEGORIES, draft.category or "")
    yield f"total-{draft.counts_from}", f"{sum(line.total for line in draft.lines)} {draft.currency}"
    yield "remarks", draft.remarks


def _named(channel: Channel, kind: ChoiceKind, ident: str) -> str:
    """What people call an entry of one of the ERP's lists; one that is gone keeps its id."""
    label = next((one.label for one in channel.erp.choices(kind) if one.id == ident), "") if ident else ""
    return f"{label} ({ident})" if label else ident


def _line(line: OrderLine, draft: OrderDraft | None) -> OrderLineView:
    """Lines of the document that came of this one carry its id, alone or before a stroke."""
    own = [one for one in draft.lines if one.line_id.partition("/")[0] == line.id] if draft is not None else []
    return OrderLineView(
        name=line.name,
        sku=line.sku,
        ean=line.ean,
        ordered=_bought(line),
        becomes=tuple(map(_written, own)),
    )


def _bought(line: OrderLine) -> str:
    pack = line.unit.type if line.unit.multiplier == 1 else f"{line.unit.type} (x {line.unit.multiplier})"
    total = line.net if line.price_kind is PriceKind.NET else line.gross
    return f"{line.quantity} {pack} × {_price(line.unit_price)} = {total}"


def _written(line: DraftLine) -> str:
    told = f"{line.symbol}: {line.quantity.normalize():f} {line.unit} × {_price(line.price)} = {line.total}"
    return f"{told} ({line.note})" if line.note else told


def _price(price: Decimal) -> str:
    """With as many places as it needs, but never fewer than two."""
    short = round(price, 2)
    return str(short if short == price else price)
