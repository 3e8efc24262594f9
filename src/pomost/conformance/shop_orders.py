"""What every shop that takes orders must do with them: inherit `ShopOrdersConformance` and say how one is placed."""

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from pomost.conformance.expecting import fault_of
from pomost.model.change import Acknowledge, Area, Change, RegisterOrder, SetStatus, Subject
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, Order, OrderDraft, Stage
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Reason
from pomost.ports.fault import Unsupported
from pomost.ports.shop import OrderPage, OrderQuery, ShopConnector

_AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
_ZK = DocumentRef("ZK", 17, "ZK 17/MAG/2026")


class ShopOrdersConformance:
    """The hooks come first; each test starts from a shop of its own without orders."""

    wanted = "new"
    """The status orders are placed in; at least one other may follow it."""

    def connect(self) -> ShopConnector:
        """A connector to the prepared shop; asked again, one to the same shop."""
        raise NotImplementedError

    def place(self, quantity: int) -> str:
        """A buyer orders so many of one product; gives the order's id."""
        raise NotImplementedError

    def edit(self, order_id: str, quantity: int) -> None:
        """The buyer has the quantity changed."""
        raise NotImplementedError

    def move(self, order_id: str, status: str) -> None:
        """The shop's owner moves an order by hand."""
        raise NotImplementedError

    # Words of the suite

    def send(self, *changes: Change) -> list[Outcome]:
        return list(self.connect().send(changes, str(uuid.uuid4())))

    def waiting(self, page: int = 100) -> list[Order]:
        return orders_of(list(self.connect().orders(OrderQuery(self.wanted, page=page))))

    def one(self, order_id: str) -> Order:
        found = self.connect().order(order_id)
        assert found is not None
        return found

    def step(self) -> str:
        """A status that may follow the wanted one and is not the end."""
        statuses = {one.code: one for one in self.connect().order_statuses()}
        return next(code for code in statuses[self.wanted].following if not statuses[code].final)

    # Reading

    def test_statuses_are_told_with_what_may_follow(self) -> None:
        statuses = self.connect().order_statuses()
        codes = [one.code for one in statuses]
        assert len(set(codes)) == len(codes)
        assert self.wanted in codes
        assert all(one.name for one in statuses)
        assert {code for one in statuses for code in one.following} <= set(codes)
        assert any(one.final for one in statuses)

    def test_an_order_is_read_as_it_was_placed(self) -> None:
        order_id = self.place(3)
        (order,) = self.waiting()
        assert (order.id, order.status, order.acknowledged) == (order_id, self.wanted, None)
        assert order.number
        assert order.branch
        assert order.customer_id
        assert order.buyer.nip
        assert (order.placed_at.tzinfo, order.updated_at.tzinfo) != (None, None)
        (line,) = order.lines
        assert line.quantity == 3  # noqa: PLR2004  (the number ordered above)
        assert line.sku or line.ean
        amounts = (line.unit_price, line.net, line.tax, line.gross, order.net, order.tax, order.gross)
        assert all(isinstance(one, Decimal) for one in amounts)
        assert line.net + line.tax == line.gross
        assert (order.net, order.gross) == (line.net, line.gross)
        assert order == self.one(order_id)

    def test_orders_come_oldest_first_in_pages_no_larger_than_asked_for(self) -> None:
        ids = [self.place(number) for number in range(1, 6)]
        pages = list(self.connect().orders(OrderQuery(self.wanted, page=2)))
        assert [one.id for page in pages for one in page.orders] == ids
        assert max(len(page.orders) for page in pages) <= 2  # noqa: PLR2004  (the size asked for)
        assert [page.complete for page in pages] == [False] * (len(pages) - 1) + [True]
        assert pages[-1].cursor

    def test_only_orders_in_the_wanted_status_are_told(self) -> None:
        kept, moved = self.place(1), self.place(2)
        self.move(moved, self.step())
        assert [one.id for one in self.waiting()] == [kept]
        assert [one.id for one in orders_of(list(self.connect().orders(OrderQuery(self.step()))))] == [moved]

    def test_an_order_the_shop_does_not_have_is_none(self) -> None:
        assert self.connect().order("no-such-order") is None

    def test_a_later_reading_brings_what_changed_in_whatever_status(self) -> None:
        self.place(1)
        edited, moved = self.place(2), self.place(3)
        cursor = list(self.connect().orders(OrderQuery(self.wanted)))[-1].cursor
        fresh = self.place(4)
        self.edit(edited, 5)
        self.move(moved, self.step())
        pages = list(self.connect().orders(OrderQuery(since=cursor)))
        changed = {one.id: one for one in orders_of(pages)}
        assert {edited, moved, fresh} <= set(changed)
        assert changed[edited].lines[0].quantity == 5  # noqa: PLR2004  (the quantity after the edit)
        assert changed[moved].status == self.step()
        assert pages[-1].complete
        assert pages[-1].cursor

    def test_a_reading_from_a_moment_on(self) -> None:
        order_id = self.place(1)
        placed = self.one(order_id).updated_at
        after = orders_of(list(self.connect().orders(OrderQuery(after=placed.replace(year=placed.year - 1)))))
        assert [one.id for one in after] == [order_id]
        later = orders_of(list(self.connect().orders(OrderQuery(after=placed.replace(year=placed.year + 1)))))
        assert later == []

    # Telling

    def test_an_acknowledged_order_is_not_told_again(self) -> None:
        told, kept = self.place(1), self.place(2)
        assert [type(one) for one in self.send(self._acknowledge(told))] == [Done]
        assert [one.id for one in self.waiting()] == [kept]
        assert self.one(told).acknowledged == _ZK

    def test_the_same_document_again_does_no_harm_and_another_is_refused(self) -> None:
        order_id = self.place(1)
        first = self._acknowledge(order_id)
        shop, attempt = self.connect(), str(uuid.uuid4())
        assert [type(one) for _ in range(2) for one in shop.send([first], attempt)] == [Done, Done]
        assert [type(one) for one in self.send(replace(first, at=_AT.replace(hour=9)))] == [Done]
        (refused,) = self.send(replace(first, document=replace(_ZK, id=18, number="ZK 18/MAG/2026")))
        assert isinstance(refused, Failed)
        assert refused.reason.reason is Reason.ORDER_ACKNOWLEDGED_OTHERWISE
        assert self.one(order_id).acknowledged == _ZK

    def test_telling_of_an_order_the_shop_does_not_have_is_an_outcome(self) -> None:
        order_id = self.place(1)
        outcomes = self.send(self._acknowledge("no-such-order"), self._acknowledge(order_id))
        assert [type(one) for one in outcomes] == [Failed, Done]
        assert isinstance(outcomes[0], Failed)
        assert outcomes[0].reason.reason is Reason.ORDER_GONE

    def test_a_status_goes_forward_step_by_step(self) -> None:
        order_id = self.place(1)
        statuses = {one.code: one for one in self.connect().order_statuses()}
        path = [self.wanted]
        while not statuses[path[-1]].final:
            path.append(next(code for code in statuses[path[-1]].following if code not in path))
        steps = [self._status(order_id, was, now) for was, now in itertools.pairwise(path)]
        assert [type(one) for one in self.send(*steps)] == [Done] * len(steps)
        assert self.one(order_id).status == path[-1]

    def test_a_status_it_has_already_is_no_change(self) -> None:
        order_id = self.place(1)
        change = self._status(order_id, self.wanted, self.step())
        self.send(change)
        assert [type(one) for one in self.send(change)] == [Done]
        assert self.one(order_id).status == self.step()

    def test_a_step_back_or_out_of_the_end_is_refused_and_spares_its_neighbours(self) -> None:
        back, ended, fine = self.place(1), self.place(2), self.place(3)
        final = next(one.code for one in self.connect().order_statuses() if one.final)
        self.move(back, self.step())
        self.move(ended, final)
        outcomes = self.send(
            self._status(back, self.step(), self.wanted),
            self._status(ended, final, self.step()),
            self._status("no-such-order", self.wanted, self.step()),
            self._status(fine, self.wanted, "no-such-status"),
            self._status(fine, self.wanted, self.step()),
        )
        assert [type(one) for one in outcomes] == [Failed, Failed, Failed, Failed, Done]
        assert [self.one(one).status for one in (back, ended, fine)] == [self.step(), final, self.step()]

    def test_documents_are_not_the_shops(self) -> None:
        draft = OrderDraft("", "o", "1", "1", 1, "1", PriceKind.NET, "PLN", reserve=False, lines=())
        fault_of(lambda: self.send(RegisterOrder(Subject(Area.ORDER, "o", "1"), draft)), Unsupported)

    @staticmethod
    def _acknowledge(order_id: str) -> Acknowledge:
        return Acknowledge(Subject(Area.ORDER, order_id, order_id), _ZK, _AT)

    @staticmethod
    def _status(order_id: str, before: str, after: str) -> SetStatus:
        return SetStatus(Subject(Area.ORDER, order_id, order_id), before, after, Stage.PARTLY, None, _AT)


def orders_of(pages: Sequence[OrderPage]) -> list[Order]:
    """Orders of a reading, each as it was last told."""
    found: dict[str, Order] = {}
    for page in pages:
        found |= {order.id: order for order in page.orders}
    return list(found.values())
