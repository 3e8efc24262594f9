"""Orders of the shop connectors against their conformance suite, and what M/store may do wrong with them."""

import uuid
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
import stamina

from pomost.conformance.expecting import fault_of
from pomost.conformance.shop_orders import ShopOrdersConformance, orders_of
from pomost.model.change import Acknowledge, Area, SetStatus, Subject
from pomost.model.order import DocumentRef, Permit, Stage
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.ports.fault import Forbidden, Rejected, Unavailable
from pomost.ports.shop import OrderQuery
from pomost.sandbox.mstore.access import FULL
from pomost.sandbox.mstore.records import Acknowledgement
from tests.connectors.mstore_shop import served
from tests.order_worlds import OrderWorld, order_line
from tests.worlds import ean

NIP = "5250000001"
T0 = datetime(2026, 11, 24, 8, tzinfo=UTC)


class TestMemoryShopOrders(ShopOrdersConformance):
    @pytest.fixture(autouse=True)
    def prepared(self, store):  # noqa: ARG002  (a world rests on a store)
        self.world = OrderWorld()

    def connect(self):
        return self.world.shop

    def place(self, quantity):
        return self.world.place(order_line(quantity=quantity))

    def edit(self, order_id, quantity):
        line = order_line(quantity=quantity)
        self.world.shop.basket.edit(order_id, lines=(line,), net=line.net, tax=line.tax, gross=line.gross)

    def move(self, order_id, status):
        self.world.shop.basket.edit(order_id, status=status)


class TestMstoreOrders(ShopOrdersConformance):
    """Small pages and batches, so that every reading and every sending is cut."""

    capabilities: tuple[str, ...] = ("batch", "segments")

    @pytest.fixture(autouse=True)
    def prepared(self):
        with trading(max_batch=3, max_page=2, capabilities=self.capabilities) as self.mstore:
            yield

    def connect(self):
        return self.mstore.connect()

    def place(self, quantity):
        return placed(self.mstore, quantity).id

    def edit(self, order_id, quantity):
        self.mstore.shop.change_order(order_id, [{"product_id": self.mstore.product, "quantity": quantity}])

    def move(self, order_id, status):
        self.mstore.shop.set_order_status(order_id, status)


class TestMstoreWithoutBatches(TestMstoreOrders):
    capabilities = ("segments",)


@contextmanager
def trading(**settings):
    """A served shop with a customer and one product on offer."""
    with served(**settings) as mstore:
        product = mstore.shop.add_product(ean(1), "Wódka 0,5", requires_licence="C")
        terms = {"distributor_sku": "A", "price": "2.50", "price_kind": "net", "vat_rate": "23", "currency": "PLN"}
        unit = {"type": "PCE", "multiplier": 1}
        mstore.shop.change_offer_in_panel(product.id, **terms, status="active", sales_unit=unit)
        mstore.product = product.id
        mstore.customer = mstore.shop.add_customer(
            NIP, name="Bar Luna", city="Warszawa", licences=[{"category": "C", "valid_to": "2026-12-31"}]
        ).id
        mstore.branch = next(one.id for one in mstore.shop.branches if one.external_id == "MAG")
        yield mstore


@pytest.fixture
def mstore():
    with trading() as made:
        yield made


@pytest.fixture
def quick():
    """Retries without their pauses."""
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


def placed(mstore, quantity=3, line=None, **facts):
    lines = [{"product_id": mstore.product, "quantity": quantity, **(line or {})}]
    return mstore.shop.place_order(mstore.branch, mstore.customer, lines, **facts)


def waiting(shop, **facts):
    return list(shop.orders(OrderQuery("new", **facts)))


def acknowledge(order_id, number="ZK 1/MAG/2026"):
    return Acknowledge(Subject(Area.ORDER, order_id, order_id), DocumentRef("ZK", 1, number), T0)


def status(order_id, before, after):
    return SetStatus(Subject(Area.ORDER, order_id, order_id), before, after, Stage.PARTLY, None, T0)


def send(shop, *changes):
    return list(shop.send(changes, str(uuid.uuid4())))


def test_an_order_is_told_in_our_words(mstore):
    made = placed(mstore, remarks="Rano", delivery={"city": "Gdynia", "method": "kurier"}, payment={"method": "karta"})
    (order,) = orders_of(waiting(mstore.connect()))
    assert (order.branch, order.buyer.nip, order.buyer.address.city) == ("MAG", NIP, "Warszawa")
    assert (order.number, order.currency, order.remarks) == (made.number, "PLN", "Rano")
    assert (order.delivery.city, order.delivery_method, order.payment_method) == ("Gdynia", "kurier", "karta")
    assert (order.net, order.tax, order.gross) == (Decimal("7.50"), Decimal("1.73"), Decimal("9.23"))
    (line,) = order.lines
    assert (line.ean, line.sku, line.vat, line.unit_price) == (ean(1), "A", "23", Decimal("2.50"))
    assert order.permits == ()
    assert line.permit == ""


def test_permits_are_read_where_they_are_asked_for(mstore):
    placed(mstore)
    (order,) = orders_of(waiting(mstore.connect(), permits=True))
    assert order.permits == (Permit("C", date(2026, 12, 31), ""),)
    assert order.lines[0].permit == "C"
    assert mstore.connect().order(order.id, permits=True) == order


def test_each_permit_is_asked_for_once(mstore):
    for _ in range(3):
        placed(mstore)
    waiting(mstore.connect(), permits=True)
    assert len(mstore.asked(f"/v1/customers/{mstore.customer}")) == 1
    assert len(mstore.asked(f"/v1/products/{mstore.product}")) == 1


def test_a_branch_without_our_id_is_told_as_none(mstore):
    foreign = mstore.shop.add_branch("", "Obcy")
    mstore.shop.place_order(foreign.id, mstore.customer, [{"product_id": mstore.product, "quantity": 1}])
    (order,) = orders_of(waiting(mstore.connect()))
    assert order.branch == ""


@pytest.mark.parametrize("field", ["line_net", "total_gross", "placed_at", "lines"])
def test_an_order_nobody_can_read_is_told_by_number_and_hides_no_other(mstore, field):
    first, second = placed(mstore), placed(mstore)
    mstore.fault("wrong_types", path_prefix="/v1/orders", fields=[field])
    pages = waiting(mstore.connect(), page=1)
    assert [one.id for one in orders_of(pages)] == [second.id]
    assert [one for page in pages for one in page.unreadable] == [(first.id, first.number)]


def test_an_order_nobody_can_read_is_refused_by_itself(mstore):
    made = placed(mstore)
    mstore.fault("wrong_types", path_prefix=f"/v1/orders/{made.id}", fields=["lines"])
    assert made.number in fault_of(lambda: mstore.connect().order(made.id), Rejected).text.en


def test_orders_without_an_id_are_a_fault(mstore, quick):
    placed(mstore)
    mstore.fault("wrong_types", path_prefix="/v1/orders", fields=["id"], times=None)
    fault_of(lambda: waiting(mstore.connect()), Unavailable)


def test_an_acknowledgement_whose_answer_was_lost_is_given_again(mstore, quick):
    made = placed(mstore)
    mstore.fault("lost_after", path_prefix=f"/v1/orders/{made.id}/acknowledgements")
    assert [type(one) for one in send(mstore.connect(), acknowledge(made.id))] == [Done]
    assert mstore.shop.order(made.id).acknowledgement.erp_document_number == "ZK 1/MAG/2026"


def test_another_document_is_told_with_the_one_the_shop_knows(mstore):
    made = placed(mstore)
    send(mstore.connect(), acknowledge(made.id))
    (refused,) = send(mstore.connect(), acknowledge(made.id, "ZK 2/MAG/2026"))
    assert isinstance(refused, Failed)
    assert refused.reason.reason is Reason.ORDER_ACKNOWLEDGED_OTHERWISE
    assert "ZK 1/MAG/2026" in str(refused.reason.facts)


def test_a_document_somebody_else_told_of_is_known_by_its_number_alone(mstore):
    made = placed(mstore)
    told = Acknowledgement("ZK", "ZK 1/MAG/2026", "GT/1", "2026-11-24T08:00:00Z")
    mstore.shop.orders.put(made.id, msgspec.structs.replace(made, acknowledgement=told), made.updated_at)
    assert mstore.connect().order(made.id).acknowledged == DocumentRef("ZK", -1, "ZK 1/MAG/2026")


def test_an_answer_lost_for_good_keeps_those_before_it(mstore, quick):
    first, second = placed(mstore), placed(mstore)
    mstore.fault("lost_after", path_prefix=f"/v1/orders/{second.id}/acknowledgements", times=None)
    answers = []

    def telling():
        for one in mstore.connect().send([acknowledge(one.id) for one in (first, second)], str(uuid.uuid4())):
            answers.append(one)  # noqa: PERF402  (what came before the fault is kept)

    fault_of(telling, Unavailable)
    assert [type(one) for one in answers] == [Done]


def test_steps_of_one_order_go_in_one_request(mstore):
    made = placed(mstore)
    steps = [status(made.id, "new", "accepted"), status(made.id, "accepted", "in_progress")]
    assert [type(one) for one in send(mstore.connect(), *steps)] == [Done, Done]
    assert len(mstore.asked("/v1/order-status-changes:batch")) == 1
    assert mstore.shop.order(made.id).status == "in_progress"


def test_a_status_tells_what_it_rests_on(mstore):
    made = placed(mstore)
    change = replace(status(made.id, "new", "accepted"), document=DocumentRef("WZ", 4, "WZ 4/MAG/2026"))
    send(mstore.connect(), change)
    (record,) = mstore.shop.status_changes
    assert (record["trigger"], record["document"]["number"]) == ("zk_partially_fulfilled", "WZ 4/MAG/2026")


def test_a_right_is_tried_and_the_services_refusal_believed(mstore):
    """Contract 17: that one of our names of rights is missing proves nothing; a 403 does."""
    made = placed(mstore)
    reader = mstore.connect(key=mstore.shop.issue_key([one for one in FULL if one != "orders:write"]))
    assert [one.id for one in orders_of(list(reader.orders(OrderQuery("new"))))] == [made.id]
    assert reader.can.orders
    outcomes = send(reader, acknowledge(made.id), status(made.id, "new", "accepted"))
    assert [(one.reason.reason, one.retry) for one in outcomes] == [(Reason.SHOP_FORBIDDEN, False)] * 2
    writer = mstore.connect(key=mstore.shop.issue_key([one for one in FULL if one != "orders:read"]))
    fault_of(lambda: list(writer.orders(OrderQuery("new"))), Forbidden)
    fault_of(writer.order_statuses, Forbidden)
