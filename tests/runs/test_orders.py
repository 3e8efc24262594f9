"""Orders in and statuses back over connectors in memory: the ordinary day, and everything that may be wrong with it."""

from decimal import Decimal

import pytest

from pomost.conformance.fuse import Fuse, FusedErp, FusedShop, Trouble
from pomost.model.change import Acknowledge, Area, Part, RegisterOrder, SetStatus
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, DraftLine, OrderDraft, Stage
from pomost.store.journal import State
from pomost.store.links import LinkState
from tests.order_worlds import CUSTOMER, KEY, OrderWorld, order_line
from tests.worlds import differences

ONLY_ORDERS = frozenset({Part.ORDERS, Part.STATUSES})


def _draft():
    """A document with the first order's number, as somebody might enter it by hand."""
    lines = (DraftLine("", 1, "S1", Decimal(3), "szt.", Decimal("2.50"), Decimal("7.50"), "23"),)
    return OrderDraft("", "", "ZAM/000001", "ZAM/000001", KEY, "1", PriceKind.NET, "PLN", reserve=False, lines=lines)


@pytest.fixture
def world(store):
    return OrderWorld.of(3)


def test_an_order_becomes_a_document_and_the_shop_is_told(world):
    order_id = world.place(order_line(1), order_line(2, 2))
    ended = world.run()
    assert ended.run.state == State.DONE
    assert world.documents() == ["ZAM/000001"]
    (draft,) = world.erp.documents.drafts.values()
    assert (draft.customer, draft.warehouse, draft.reserve) == (KEY, "1", True)
    assert [(one.key, one.quantity) for one in draft.lines] == [(1, 3), (2, 2)]
    assert world.told(order_id) == DocumentRef("ZK", 1, "ZK 1/MEM")
    assert world.status(order_id) == "accepted"
    assert world.reasons() == {}
    assert {name: ended.run.counts[name] for name in ("done.register", "done.acknowledge", "done.status")} == {
        "done.register": 1,
        "done.acknowledge": 1,
        "done.status": 1,
    }


def test_a_second_run_has_nothing_to_do(world):
    for _ in range(3):
        world.place()
    world.run()
    again = world.run()
    assert [name for name in again.run.counts if name.startswith(("plan.", "done.", "failed."))] == []
    assert len(world.documents()) == 3


def test_what_a_document_reserves_is_in_the_stock_of_the_same_run(world):
    world.run()
    assert world.shop.held["p1"].stocks["MAG"].quantity == 10
    world.place(order_line(1, 4))
    world.run()
    assert world.shop.held["p1"].stocks["MAG"].quantity == 6
    assert world.shop.held["p1"].stocks["FIL"].quantity == 4
    assert differences(world)["p1"][0].stocks["MAG"] == 6, "the naive answer knows of no reservations"


def test_orders_alone_leave_the_offer_alone(world):
    order_id = world.place()
    ended = world.run(parts=ONLY_ORDERS)
    assert ended.run.state == State.DONE
    assert world.told(order_id)
    assert world.shop.held == {}


def test_the_offer_alone_leaves_orders_alone(world):
    world.place()
    world.run(parts=frozenset({Part.CARD, Part.PRICE, Part.STOCK}))
    assert world.documents() == []


def test_only_orders_in_the_chosen_status_come_in(world):
    world.place(status="accepted")
    wanted = world.place()
    world.run()
    assert [draft.order_id for draft in world.erp.documents.drafts.values()] == [wanted]


# Waiting


def test_an_order_waits_as_long_as_it_takes_and_enters_by_itself(world):
    world.customers.clear()
    order_id = world.place()
    for _ in range(3):
        assert world.run().run.counts["waiting.ORDER_CUSTOMER_UNKNOWN"] == 1
    assert world.documents() == []
    assert world.reasons() == {"ZAM/000001": ["ORDER_CUSTOMER_UNKNOWN"]}
    (item,) = world.channel().inbox.of_subject(Area.ORDER, order_id)
    assert item.runs == 3
    world.customers[CUSTOMER] = KEY
    world.run()
    assert world.documents() == ["ZAM/000001"]
    assert world.reasons() == {}


def test_one_unknown_line_leaves_the_whole_order_waiting_and_the_others_enter(world):
    world.place(order_line(1), order_line(9))
    world.place(order_line(2))
    world.run()
    assert world.documents() == ["ZAM/000002"]
    assert world.reasons() == {"ZAM/000001": ["ORDER_LINE_UNKNOWN"]}


def test_a_waiting_order_that_leaves_the_status_is_forgotten(world):
    order_id = world.place(order_line(9))
    world.run()
    world.shop.basket.edit(order_id, status="cancelled")
    world.run()
    assert world.reasons() == {}
    assert world.channel().links.of([order_id]) == {}


def test_an_order_corrected_by_the_buyer_is_decided_anew(world):
    order_id = world.place(order_line(1, 0))
    world.run()
    assert world.reasons() == {"ZAM/000001": ["ORDER_QUANTITY"]}
    world.shop.basket.edit(order_id, lines=(order_line(1, 2),))
    world.run()
    assert world.documents() == ["ZAM/000001"]


def test_an_erp_that_refuses_one_document_spares_the_others(world):
    world.erp.documents.refuses.add("ZAM/000001")
    world.place()
    world.place()
    ended = world.run()
    assert world.documents() == ["ZAM/000002"]
    assert world.reasons() == {"ZAM/000001": ["ERP_REFUSED"]}
    assert ended.run.counts["failed.register"] == 1
    world.erp.documents.refuses.clear()
    world.run()
    assert sorted(world.documents()) == ["ZAM/000001", "ZAM/000002"]
    assert world.reasons() == {}


# Known to the ERP already


def test_a_document_entered_by_hand_with_the_orders_number_is_linked(world):
    order_id = world.place()
    world.customers.clear()  # nobody could register it
    world.erp.documents.drafts[5], world.erp.documents.stages[5] = _draft(), Stage.OPEN
    world.run()
    assert len(world.documents()) == 1
    assert world.told(order_id) == DocumentRef("ZK", 5, "ZK 5/MEM")
    assert world.reasons() == {}


def test_two_documents_of_one_order_are_told(world):
    world.place()
    for key in (5, 6):
        world.erp.documents.drafts[key], world.erp.documents.stages[key] = _draft(), Stage.OPEN
    world.run()
    assert world.told("o1").id == 5
    assert world.reasons() == {"ZAM/000001": ["ORDER_DOUBLE"]}


def test_two_shops_with_an_order_of_the_same_number_get_two_documents(world):
    other = OrderWorld.of(0, company=world.company, erp=world.erp)
    world.ordering(mark="A-")
    other.ordering(mark="B-")
    for one in (world, other):
        one.place(number="1001")
        one.run()
        one.run()
    assert sorted(world.documents()) == ["A-1001", "B-1001"]
    assert world.told("o1") != other.told("o1")


def test_a_lost_memory_takes_over_what_the_shop_was_told(world):
    order_id = world.place()
    world.run()
    world.erp.documents.advance(1, Stage.PARTLY)
    world.shop.basket.edit(order_id, status="new")  # it would look like a new one
    forgetful = OrderWorld(name="another memory", erp=world.erp, shop=world.shop, policy=world.policy)
    forgetful.run()
    forgetful.run()
    assert len(world.documents()) == 1
    (link,) = forgetful.channel().links.find("ZAM/000001")
    assert (link.state, link.document.id) == (LinkState.ACKNOWLEDGED, 1)
    assert world.status(order_id) == "new", "its past is not reported"
    world.erp.documents.advance(1, Stage.INVOICED)
    forgetful.run()
    assert world.status(order_id) == "completed"


# What changes afterwards


def test_an_order_edited_after_its_document_was_made_is_told_until_it_is_right_again(world):
    order_id = world.place()
    world.run()
    before = world.shop.basket.held[order_id].lines
    world.shop.basket.edit(order_id, lines=(order_line(1, 5),))
    world.run()
    assert world.reasons() == {"ZAM/000001": ["ORDER_EDITED_IN_SHOP"]}
    assert len(world.documents()) == 1
    world.shop.basket.edit(order_id, lines=before)
    world.run()
    assert world.reasons() == {}


def test_an_order_cancelled_after_its_document_was_made_is_told_until_the_document_is_gone(world):
    order_id = world.place()
    world.run()
    world.shop.basket.edit(order_id, status="cancelled")
    for _ in range(2):
        world.run()
        assert world.reasons() == {"ZAM/000001": ["ORDER_CLOSED_IN_SHOP"]}
    assert world.status(order_id) == "cancelled"
    world.erp.documents.advance(1, Stage.DELETED)
    world.run()
    assert world.reasons() == {}
    assert world.documents() == []
    world.run()
    assert world.documents() == [], "a deleted document is not made again"


@pytest.mark.parametrize(
    "change, reason",
    [({"status": "cancelled"}, "ORDER_CLOSED_IN_SHOP"), ({"lines": (order_line(1, 5),)}, "ORDER_EDITED_IN_SHOP")],
    ids=["cancelled", "edited"],
)
def test_an_order_changed_between_reading_and_registering_is_told(world, change, reason):
    """Nothing can be done about that moment; the next run sees it."""
    order_id = world.place()

    class Late(type(world.erp)):
        def find_orders(self, keys):
            world.shop.basket.edit(order_id, **change)
            return super().find_orders(keys)

    hasty = Late(world.erp.cards, world.erp.partners, world.erp.lists, world.erp.documents)
    world.run(erp=hasty)
    world.run()
    assert len(world.documents()) == 1
    assert world.reasons() == {"ZAM/000001": [reason]}


def test_the_shop_knows_another_document(world):
    order_id = world.place()
    other = DocumentRef("ZK", 99, "ZK 99/MEM")
    world.ordering(feedback=False)

    class Rash(type(world.erp)):
        def send(self, changes, attempt):
            world.shop.basket.edit(order_id, acknowledged=other)
            return super().send(changes, attempt)

    world.run(erp=Rash(world.erp.cards, world.erp.partners, world.erp.lists, world.erp.documents))
    assert world.reasons() == {"ZAM/000001": ["ORDER_ACKNOWLEDGED_OTHERWISE"]}
    world.erp.documents.drafts[99], world.erp.documents.stages[99] = _draft(), Stage.OPEN
    world.erp.documents.advance(1, Stage.DELETED)
    world.run()
    assert world.reasons() == {}
    assert world.channel().links.of([order_id])[order_id].document == other


def test_everything_about_an_order_is_in_its_trail(world):
    order_id = world.place()
    world.run()
    trail = world.channel().journal.trail_of(Area.ORDER, order_id)
    assert [type(change) for _, change, _ in trail] == [SetStatus, Acknowledge, RegisterOrder]


def test_settings_that_cannot_work_refuse_orders_and_let_the_offer_go_on(world):
    world.ordering(status="sent", category="77")
    world.place()
    ended = world.run()
    assert [str(one.reason) for one in ended.findings] == [
        "ORDER_STATUS_UNKNOWN",
        "ORDER_CATEGORY_UNKNOWN",
        "ORDERS_WITHOUT_CUSTOMERS",
    ]
    assert world.documents() == []
    assert len(world.shop.held) == 3


def test_marks_that_begin_one_another_are_refused(world):
    from pomost.store.models import Channel, SettingsVersion

    for row, mark in ((world.name, ""), ("other", "MS-")):
        channel = Channel.objects.get_or_create(
            name=row, defaults={"company": world.company, "erp": "memory", "shop": "memory", "created": world.clock()}
        )[0]
        document = {"orders": {"enabled": True, "mark": mark}}
        SettingsVersion.objects.create(channel=channel, number=1, document=document, author="", at=world.clock())
    world.place()
    assert "ORDER_MARK_TAKEN" in [str(one.reason) for one in world.run().findings]
    world.ordering(mark="B2B-")
    assert [str(one.reason) for one in world.run().findings] == ["ORDERS_WITHOUT_CUSTOMERS"]


def test_the_deposits_card_must_exist_and_be_outside_vat(world):
    """Decision table 8.11: a deposit is no sale, so a card that carries VAT is refused and told."""
    world.ordering(deposit_card="KAUCJA")
    assert "ORDER_DEPOSIT_CARD_UNKNOWN" in [str(one.reason) for one in world.run().findings]
    world.change(3, symbol="KAUCJA", vat="23")
    world.place(order_line(1, deposit=Decimal("1.50")))
    assert "ORDER_DEPOSIT_CARD_TAXED" in [str(one.reason) for one in world.run().findings]
    assert world.documents() == []
    world.change(3, vat="np")
    world.run()
    (draft,) = world.erp.documents.drafts.values()
    assert [(one.symbol, one.total) for one in draft.lines] == [("S1", Decimal("7.50")), ("KAUCJA", Decimal("1.50"))]


def test_an_order_that_left_the_shop_in_doubt_is_looked_for_in_the_erp(world):
    order_id = world.place()
    fuse = Fuse({5: Trouble.BROKEN_AFTER})
    ended = world.run(erp=FusedErp(world.erp, fuse), shop=FusedShop(world.shop, fuse), parts=ONLY_ORDERS)
    assert ended.run.fault is not None
    assert world.channel().links.of([order_id])[order_id].state is LinkState.DOUBT
    world.shop.basket.edit(order_id, status="cancelled")
    world.run()
    assert world.told(order_id) == DocumentRef("ZK", 1, "ZK 1/MEM")
    world.run()
    assert world.reasons() == {"ZAM/000001": ["ORDER_CLOSED_IN_SHOP"]}


def test_what_breaks_orders_off_stops_no_stock(world):
    world.place()
    fuse = Fuse({3: Trouble.BROKEN_BEFORE})
    ended = world.run(erp=FusedErp(world.erp, fuse), shop=FusedShop(world.shop, fuse))
    assert ended.run.state == State.DONE
    assert ended.run.fault["en"].startswith("Broken on purpose.")
    assert len(world.shop.held) == 3
    assert world.documents() == []
    assert world.run().run.fault is None
    assert len(world.documents()) == 1
