"""Law 6: orders enter exactly once under any crashes, timeouts and repeated answers."""

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.conformance.fuse import Fuse, FusedErp, FusedShop, Trouble
from pomost.conformance.hostile import Darkness, WrappedErp
from pomost.connectors.erp.memory.documents import Documents
from pomost.model.change import Part
from pomost.model.order import Stage
from pomost.model.outcome import Done
from pomost.model.request import RunRequest
from pomost.runs import offer
from pomost.store.journal import State
from pomost.store.leases import LeaseLost
from pomost.store.links import LinkState
from tests.laws.test_law_7_one_writer import PATIENCE, Beside
from tests.order_worlds import CUSTOMER, KEY, OrderWorld, order_line

ONLY_ORDERS = frozenset({Part.ORDERS, Part.STATUSES})
STEPS = 24


def stumble(world, blows):
    """A run with troubles at some of its steps; it may end by any of them."""
    fuse = Fuse(blows)
    with suppress(Darkness):
        world.run(erp=FusedErp(world.erp, fuse), shop=FusedShop(world.shop, fuse), parts=ONLY_ORDERS)
    never_two(world)
    return fuse


def never_two(world):
    assert [number for number, times in Counter(world.documents()).items() if times > 1] == []


def settled(world):
    """Quiet runs afterwards: every order in question has its one document, the shop knows it, nothing is left to do."""
    for _ in range(2):
        ended = world.run(parts=ONLY_ORDERS)
        assert ended.run.state == State.DONE
        assert ended.run.fault is None
    never_two(world)
    for order in world.shop.basket.held.values():
        drafts = world.erp.documents.drafts.items()
        made = [key for key, one in drafts if (one.shop, one.number) == (world.policy.orders.mark, order.number)]
        if order.acknowledged is not None and made:
            assert [order.acknowledged.id] == made
        if order.status == "new":
            assert order.acknowledged is None, "an order that has its document is told how far it is"
            assert made == [] or order.lines[0].sku == "S9"
    links = world.channel().links
    assert links.in_state(LinkState.DOUBT, LinkState.LINKED) == []
    idle = world.run(parts=ONLY_ORDERS)
    assert [name for name in idle.run.counts if name.startswith(("plan.", "done.", "failed."))] == []


troubles = st.dictionaries(st.integers(0, STEPS), st.sampled_from(Trouble), min_size=1, max_size=3)


@given(st.integers(1, 4), st.lists(troubles, min_size=1, max_size=4))
def test_orders_enter_once_whatever_goes_wrong(store, count, runs):
    world = OrderWorld.of(2)
    for number in range(count):
        world.place(order_line(1 + number % 2))
    for blows in runs:
        stumble(world, blows)
    settled(world)
    assert len(world.documents()) == count
    assert {order.status for order in world.shop.basket.held.values()} == {"accepted"}


@pytest.mark.parametrize("trouble", list(Trouble))
def test_at_every_single_step(store, trouble):
    """The same, exhaustively: a run of two orders cut at each of its steps in turn."""
    step = 0
    while True:
        world = OrderWorld.of(2)
        world.place()
        world.place(order_line(2))
        fuse = stumble(world, {step: trouble})
        settled(world)
        assert sorted(world.documents()) == ["ZAM/000001", "ZAM/000002"]
        if fuse.steps <= step:
            break
        step += 1
    assert step > 8, "reading, looking up, two documents, two acknowledgements, two statuses"


class Naive(Documents):
    """An ERP that saves whatever it is given: only the looking up before asking keeps an order from entering twice."""

    def register(self, change):
        document = self.save(change.draft)
        return Done(str(document.id), document)


@pytest.mark.parametrize("trouble", [one for one in Trouble if one is not Trouble.TWICE])
def test_at_every_single_step_of_an_erp_that_looks_for_nothing(store, trouble):
    for step in range(STEPS // 2):
        world = OrderWorld.of(2)
        world.erp.documents = Naive()
        world.place()
        world.place(order_line(2))
        stumble(world, {step: trouble})
        settled(world)
        assert sorted(world.documents()) == ["ZAM/000001", "ZAM/000002"]


class _Deed:
    """What people do between runs."""

    def __init__(self, what, number):
        self.what, self.number = what, number

    def __repr__(self):
        return f"{self.what} {self.number}"

    def do(self, world):
        orders = world.shop.basket
        order_id = f"o{self.number}"
        held = orders.held.get(order_id)
        documents = world.erp.documents
        match self.what:
            case "place":
                world.place(order_line(1 + self.number % 2))
            case "place unknown":
                world.place(order_line(9))
            case "recognise":
                world.customers[CUSTOMER] = KEY
            case "forget":
                world.customers.clear()
            case "edit" if held is not None:
                orders.edit(order_id, lines=(order_line(1, self.number),))
            case "cancel" if held is not None:
                orders.edit(order_id, status="cancelled")
            case "deliver" if self.number in documents.drafts:
                documents.advance(self.number, Stage.INVOICED)
            case "refuse":
                documents.refuses.add(f"ZAM/{self.number:06}")
            case "allow":
                documents.refuses.clear()


deeds = st.lists(
    st.builds(
        _Deed,
        st.sampled_from(
            ["place", "place", "place unknown", "recognise", "forget", "edit", "cancel", "deliver", "refuse", "allow"]
        ),
        st.integers(1, 5),
    ),
    max_size=4,
)


@given(st.lists(st.tuples(deeds, troubles), min_size=1, max_size=4))
def test_work_goes_on_between_the_troubles(store, days):
    world = OrderWorld.of(2)
    world.place()
    for work, blows in days:
        for deed in work:
            deed.do(world)
        stumble(world, blows)
    world.customers[CUSTOMER] = KEY
    world.erp.documents.refuses.clear()
    settled(world)
    numbers = Counter(world.documents())
    for order in world.shop.basket.held.values():
        assert numbers[order.number] <= 1
        told = world.channel().links.of([order.id]).get(order.id)
        if numbers[order.number]:
            assert told is not None
            assert told.document is not None


# One of two runs is paused, taken over, and wakes up


class Standing(WrappedErp):
    """Stands still before the `at`-th document is registered, until told to go on; its lock is not held yet."""

    def __init__(self, inner, at):
        super().__init__(inner)
        self.left = at
        self.reached, self.go_on = threading.Event(), threading.Event()

    def send(self, changes, attempt):
        for change in changes:
            if self.left == 0:
                self.reached.set()
                assert self.go_on.wait(PATIENCE)
            self.left -= 1
            yield from self.inner.send([change], attempt)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_run_that_was_taken_over_makes_no_second_document(either_store, monkeypatch, at):
    world = OrderWorld.of(2)
    for _ in range(3):
        world.place()
    erp = Standing(world.erp, at)
    first = Beside(lambda: world.run(erp=erp, parts=ONLY_ORDERS))
    assert erp.reached.wait(PATIENCE)
    channel = world.channel()
    leaps = iter(range(0, 1_000_000, 31))
    object.__setattr__(channel, "clock", lambda: world.clock() + timedelta(seconds=next(leaps)))
    monkeypatch.setattr("pomost.runs.session.time.sleep", lambda _: None)
    second = offer.run(channel, RunRequest(parts=ONLY_ORDERS, force=True))
    assert second.run.state == State.DONE
    assert sorted(world.documents()) == ["ZAM/000001", "ZAM/000002", "ZAM/000003"]
    held = dict(world.erp.documents.drafts)
    links = channel.links.of(["o1", "o2", "o3"])
    erp.go_on.set()
    assert isinstance(first.ended(), LeaseLost)
    assert world.erp.documents.drafts == held, "what it still asked for was there already"
    assert channel.links.of(["o1", "o2", "o3"]) == links, "and its answers were not recorded"
    settled(world)


def test_two_channels_into_one_company_never_mix_their_orders(store):
    one = OrderWorld.of(2)
    other = OrderWorld.of(0, erp=one.erp, company=one.company)
    one.ordering(mark="A-")
    other.ordering(mark="B-")
    for world in (one, other):
        world.place()
        stumble(world, {5: Trouble.BROKEN_AFTER})
    for world in (one, other):
        settled(world)
    assert sorted(one.documents()) == ["A-ZAM/000001", "B-ZAM/000001"]
