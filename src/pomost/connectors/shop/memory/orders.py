"""Orders of the shop in memory: placed by buyers, acknowledged once and for all, moved only where their status lets."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pomost.model.change import Acknowledge, SetStatus
from pomost.model.order import Order, OrderStatus
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.ports.shop import OrderPage, OrderQuery

STATUSES = (
    OrderStatus("new", "Nowe", final=False, following=("accepted", "in_progress", "cancelled")),
    OrderStatus("accepted", "Przyjęte", final=False, following=("in_progress", "completed", "cancelled")),
    OrderStatus("in_progress", "W realizacji", final=False, following=("completed", "cancelled")),
    OrderStatus("completed", "Zrealizowane", final=True),
    OrderStatus("cancelled", "Anulowane", final=True),
)


@dataclass(slots=True)
class Orders:
    """Orders by id, and their changes in the order they happened: a place in that list is a cursor."""

    held: dict[str, Order] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    statuses: tuple[OrderStatus, ...] = STATUSES

    def put(self, order: Order) -> None:
        """A buyer places an order, or somebody changes it."""
        self.moved.append(order.id)
        self.held[order.id] = replace(order, version=str(len(self.moved)))

    def remove(self, order_id: str) -> None:
        self.held.pop(order_id, None)

    def edit(self, order_id: str, **facts: object) -> None:
        self.put(replace(self.held[order_id], **facts))  # type: ignore[arg-type]

    def pages(self, query: OrderQuery) -> Iterator[OrderPage]:
        last = {order_id: place for place, order_id in enumerate(self.moved)}
        ids = sorted((one for one in self.held if self._asked(self.held[one], last[one], query)), key=last.__getitem__)
        for start in range(0, len(ids), query.page):
            found = [self.held[one] for one in ids[start : start + query.page] if one in self.held]
            yield OrderPage(tuple(self._told(one, query.permits) for one in found))
        yield OrderPage((), cursor=str(len(self.moved)), complete=True)

    def one(self, order_id: str, *, permits: bool = False) -> Order | None:
        found = self.held.get(order_id)
        return None if found is None else self._told(found, permits)

    def acknowledge(self, change: Acknowledge) -> Outcome:
        order = self.held.get(change.target.id)
        if order is None:
            return Failed(Finding.of(Reason.ORDER_GONE))
        if order.acknowledged is None:
            self.put(replace(order, acknowledged=change.document))
        elif order.acknowledged != change.document:
            facts = {"other": order.acknowledged, "document": change.document}
            return Failed(Finding.of(Reason.ORDER_ACKNOWLEDGED_OTHERWISE, **facts))
        return Done(self.held[order.id].version)

    def change_status(self, change: SetStatus) -> Outcome:
        order = self.held.get(change.target.id)
        known = {one.code: one for one in self.statuses}
        if order is None or change.after not in known:
            return _refused("not-found" if order is None else "order-status-unknown")
        if change.after != order.status:
            if known[order.status].final or change.after not in known[order.status].following:
                return _refused("order-transition-not-allowed")
            self.put(replace(order, status=change.after))
        return Done(self.held[order.id].version)

    def _asked(self, order: Order, place: int, query: OrderQuery) -> bool:
        if query.status:
            return order.status == query.status and order.acknowledged is None
        if query.after is not None:
            return order.updated_at >= query.after
        return bool(query.since) and place >= int(query.since)

    @staticmethod
    def _told(order: Order, permits: bool) -> Order:
        """Permits are told to those who ask."""
        if permits:
            return order
        return replace(order, permits=(), lines=tuple(replace(line, permit="") for line in order.lines))


def _refused(code: str) -> Failed:
    return Failed(Finding.of(Reason.SHOP_REFUSED, code=code, detail=""))
