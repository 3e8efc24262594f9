"""What becomes of an order when its document is another's, was typed anew, vanished, or was never really there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.change import Area, Part
from pomost.model.order import DocumentRef, Stage
from pomost.model.policy import GuardPolicy
from pomost.model.request import RunRequest
from pomost.rules.guard import Alarm
from pomost.runs import offer
from pomost.store.journal import State
from pomost.store.links import LinkState
from tests.order_worlds import CUSTOMER, KEY, OrderWorld, order_line
from tests.worlds import shown

ONLY_ORDERS = frozenset({Part.ORDERS, Part.STATUSES})
OTHER, OTHER_KEY = "c2", 8


@pytest.fixture
def world(store):
    made = OrderWorld.of(3)
    made.policy = replace(made.policy, guard=GuardPolicy())
    made.customers[OTHER] = OTHER_KEY
    made.erp.meet(replace(made.erp.partners[KEY], key=OTHER_KEY, symbol="BAR2"))
    return made


def link(world, order_id):
    return world.channel().links.of([order_id])[order_id]


def drafts(world):
    return world.erp.documents.drafts


def typed(world, order_id, **facts):
    """A document somebody types by hand with an order's number; gives its id."""
    made = next(iter(drafts(world).values())) if drafts(world) else None
    assert made is not None
    number = world.shop.basket.held[order_id].number
    return world.erp.documents.save(replace(made, order_id="", number=number, original_number=number, **facts)).id


def price_of(world):
    return shown(world.shop)["p1"].offer.price


def alarms(ended):
    return {stop.alarm for stop in ended.stops}


# Numbers


@pytest.mark.parametrize("mark", ["", "MS-"])
@pytest.mark.parametrize("buyer", [CUSTOMER, OTHER])
@pytest.mark.parametrize("together", [True, False])
def test_two_orders_of_one_number_are_two_documents(world, mark, buyer, together):
    """Decision table 8.2: never one document for both; in one run or two, same buyer or not, with or without a mark."""
    world.ordering(mark=mark)
    first = world.place(number="1001")
    if not together:
        world.run()
    second = world.place(number="1001", customer_id=buyer)
    world.run()
    world.run()
    assert len(drafts(world)) == 2
    assert {world.told(first).id, world.told(second).id} == {1, 2}
    assert world.documents()[0] == f"{mark}1001"
    assert world.documents()[1].startswith(f"{mark}1001~")
    assert world.reasons() == {}


def test_a_number_once_given_stays_when_the_first_order_leaves(world):
    first = world.place(order_line(1, 0), number="1001")  # it waits
    world.run()
    second = world.place(number="1001")
    world.shop.basket.edit(first, status="cancelled")
    world.erp.documents.refuses |= {"1001"}
    world.run()
    assert [one.startswith("1001~") for one in world.documents()] == [True]
    assert world.told(second) is not None


def test_a_document_of_another_customer_is_never_linked(world):
    """Decision table 8.1: payer differs: never linked (`ORDER_NUMBER_TAKEN`)."""
    world.place()
    world.run()
    second = world.place(number="1002")
    world.erp.documents.save(replace(drafts(world)[1], customer=OTHER_KEY, number="1002", original_number="1002"))
    for _ in range(2):
        world.run()
        assert world.told(second) is None
        assert world.reasons() == {"1002": ["ORDER_NUMBER_TAKEN"]}
    assert len(drafts(world)) == 2


def test_other_goods_wait_and_a_person_says_this_is_it(world):
    """Decision table 8.1: goods or net total differ: waits for a person, who says "this is it" or "make a new one"."""
    world.place()
    world.run()
    second = world.place(order_line(2, 1), number="1002")
    typed_in = world.erp.documents.save(replace(drafts(world)[1], number="1002", original_number="1002")).id
    world.run()
    assert world.reasons() == {"1002": ["ORDER_DOCUMENT_DIFFERS"]}
    world.channel().links.answer(second, typed_in)
    world.run()
    assert world.told(second).id == typed_in
    assert world.reasons() == {}
    world.run()
    assert len(drafts(world)) == 2


def test_a_person_has_a_new_one_made(world):
    world.place()
    world.run()
    second = world.place(order_line(2, 1), number="1002")
    world.erp.documents.save(replace(drafts(world)[1], number="1002", original_number="1002"))
    world.run()
    world.channel().links.answer(second, 0)
    world.run()
    assert world.told(second).id == 3
    assert world.documents()[2].startswith("1002~")
    assert world.reasons() == {}
    world.run()
    assert len(drafts(world)) == 3


def test_what_a_person_answered_outlives_runs_that_cannot_act_on_it(world):
    order_id = world.place(order_line(1, 0))
    world.run()
    world.channel().links.answer(order_id, 7)
    world.run()
    assert link(world, order_id).answer == 7


# Documents that change hands


def test_a_changed_payer_holds_statuses_back_until_a_person_says(world):
    order_id = world.place()
    world.run()
    drafts(world)[1] = replace(drafts(world)[1], customer=OTHER_KEY)
    world.erp.documents.advance(1, Stage.INVOICED)
    for _ in range(2):
        world.run()
        assert world.status(order_id) == "accepted"
        assert world.reasons() == {"ZAM/000001": ["ORDER_DOCUMENT_DIFFERS"]}
    world.channel().links.answer(order_id, 1)
    world.run()
    assert world.status(order_id) == "completed"
    assert world.reasons() == {}


def test_a_person_may_have_a_new_document_made_instead(world):
    order_id = world.place()
    world.run()
    drafts(world)[1] = replace(drafts(world)[1], customer=OTHER_KEY)
    world.run()
    world.channel().links.answer(order_id, 0)
    world.run()
    assert (link(world, order_id).document.id, link(world, order_id).state) == (2, LinkState.ACKNOWLEDGED)
    assert drafts(world)[2].customer == KEY
    world.run()
    assert len(drafts(world)) == 2


def test_an_id_that_was_given_out_anew_stops_everything(world):
    """Decision table 8.4: a document id now carrying another number."""
    order_id = world.place()
    world.run()
    drafts(world)[1] = replace(drafts(world)[1], customer=OTHER_KEY, number="7", original_number="7")
    world.erp.documents.advance(1, Stage.INVOICED)
    world.change(1, price=Decimal("9.99"))
    ended = world.run()
    assert (ended.run.state, alarms(ended)) == (State.WAITING, {Alarm.RESTORED})
    assert world.status(order_id) == "accepted"
    assert price_of(world) == Decimal("2.50"), "the offer waits too"


def test_a_document_typed_anew_under_the_same_number_becomes_the_orders(world):
    """Decision table 8.3: its number is looked for again before the buyer is told."""
    order_id = world.place()
    world.run()
    again = typed(world, order_id)
    world.erp.documents.advance(1, Stage.DELETED)
    world.run()
    assert world.status(order_id) == "accepted"
    assert link(world, order_id).document.id == again
    world.erp.documents.advance(again, Stage.INVOICED)
    world.run()
    assert world.status(order_id) == "completed"
    assert world.reasons() == {}


def test_one_typed_anew_for_another_payer_does_not(world):
    order_id = world.place()
    world.run()
    typed(world, order_id, customer=OTHER_KEY)
    world.erp.documents.advance(1, Stage.DELETED)
    world.run()
    assert world.status(order_id) == "cancelled"


# Documents that vanish


def test_a_single_deleted_document_is_told(world):
    order_id = world.place()
    world.run()
    world.erp.documents.advance(1, Stage.DELETED)
    ended = world.run()
    assert (ended.run.state, ended.run.vanished) == (State.DONE, 1)
    assert world.status(order_id) == "cancelled"
    assert world.reasons() == {}


def test_documents_that_vanish_together_wait_for_a_person(world):
    """Issue of the field: no order is told "cancelled" unattended while others vanished with it."""
    orders = [world.place() for _ in range(5)]
    world.run()
    for key in (2, 4):
        world.erp.documents.advance(key, Stage.DELETED)
    world.erp.documents.advance(1, Stage.INVOICED)
    for _ in range(2):
        ended = world.run()
        assert (ended.run.state, alarms(ended)) == (State.WAITING, {Alarm.VANISHED})
        assert [world.status(one) for one in orders] == ["completed", "accepted", "accepted", "accepted", "accepted"]
        assert set(world.reasons().values() and [tuple(one) for one in world.reasons().values()]) == {
            ("ORDER_DOCUMENT_GONE",)
        }
    world.approve()
    assert [world.status(one) for one in orders] == ["completed", "cancelled", "accepted", "cancelled", "accepted"]
    assert world.reasons() == {}
    assert world.run().run.state == State.DONE


def test_the_offer_goes_on_while_vanished_documents_wait(world):
    for _ in range(3):
        world.place()
    world.run()
    for key in (1, 2):
        world.erp.documents.advance(key, Stage.DELETED)
    world.change(1, price=Decimal("2.75"))
    world.run()
    assert price_of(world) == Decimal("2.75")


def test_one_by_one_they_count_within_the_day(world):
    orders = [world.place() for _ in range(22)]
    world.run()
    for key in range(1, 21):
        world.erp.documents.advance(key, Stage.DELETED)
        world.run()
    assert [world.status(one) for one in orders[:20]] == ["cancelled"] * 20
    world.erp.documents.advance(21, Stage.DELETED)
    ended = world.run()
    assert alarms(ended) == {Alarm.RESTORED}
    assert world.status(orders[20]) == "accepted"


def test_more_than_the_guards_share_stops_the_plan_and_approval_makes_them_anew(world):
    """Decision table 8.4: all orders and statuses wait for a person; approval makes missing documents anew."""
    orders = [world.place() for _ in range(30)]
    world.run()
    for key in range(1, 31):
        world.erp.documents.advance(key, Stage.DELETED)
    late = world.place()
    for _ in range(2):
        ended = world.run()
        assert (ended.run.state, alarms(ended)) == (State.WAITING, {Alarm.RESTORED})
        assert {world.status(one) for one in orders} == {"accepted"}
        assert drafts(world) == {}
    world.approve()
    assert sorted(one.number for one in drafts(world).values()) == [f"ZAM/{number:06}" for number in range(1, 32)]
    assert {world.status(one) for one in (*orders, late)} == {"accepted"}
    assert {link(world, one).document.id for one in orders} <= set(drafts(world))
    world.run()
    assert len(drafts(world)) == 31
    first = link(world, orders[0]).document.id
    world.erp.documents.advance(first, Stage.INVOICED)
    world.run()
    assert world.status(orders[0]) == "completed"


def test_an_older_copy_is_known_by_its_counters(world):
    """Decision table 8.4: highest id or counter below the one seen."""
    order_id = world.place()
    world.run()
    world.run()  # the counter as it is after the document is noted
    world.erp.documents.advance(1, Stage.DELETED)
    world.erp.documents.counter = 0
    world.change(1, price=Decimal("9.99"))
    ended = world.run()
    assert (ended.run.state, alarms(ended)) == (State.WAITING, {Alarm.RESTORED})
    assert "ERP_WENT_BACK" in [str(one.reason) for one in ended.findings]
    assert world.status(order_id) == "accepted"
    assert price_of(world) == Decimal("2.50")
    world.erp.documents.counter = 50  # somebody works on in the copy: it is asked all the same
    assert alarms(world.run()) == {Alarm.RESTORED}
    world.approve()
    assert link(world, order_id).document.id == 51
    assert price_of(world) == Decimal("9.99")
    assert world.run().run.state == State.DONE


def test_a_preview_of_a_restored_erp_says_the_same_and_sends_nothing(world):
    order_id = world.place()
    world.run()
    world.run()
    world.erp.documents.advance(1, Stage.DELETED)
    world.erp.documents.counter = 0
    seen = offer.preview(world.channel(), RunRequest())
    assert (seen.run.state, alarms(seen)) == (State.PLANNED, {Alarm.RESTORED})
    offer.approve(world.channel(), seen.run.pk, seen.run.checksum, "szef", RunRequest())
    assert link(world, order_id).document.id == 1
    assert len(drafts(world)) == 1


def test_orders_that_ended_are_told_and_not_made_anew(world):
    ended_one, open_one = world.place(), world.place()
    world.run()
    world.erp.documents.advance(1, Stage.INVOICED)
    world.run()
    world.run()
    for key in (1, 2):
        world.erp.documents.advance(key, Stage.DELETED)
    world.erp.documents.counter = 0
    world.run()
    assert world.reasons() == {"ZAM/000001": ["ORDER_DOCUMENT_GONE"], "ZAM/000002": ["ORDER_DOCUMENT_GONE"]}
    world.approve()
    assert [one.order_id for one in drafts(world).values()] == [open_one]
    world.run()
    assert world.reasons()["ZAM/000001"] == ["ORDER_DOCUMENT_GONE"]
    assert world.status(ended_one) == "completed"


def test_what_could_not_be_made_anew_is_not_forgotten(world):
    order_id = world.place()
    world.run()
    world.run()
    world.erp.documents.advance(1, Stage.DELETED)
    world.erp.documents.counter = 0
    world.run()
    world.erp.documents.refuses.add("ZAM/000001")
    world.approve()
    world.run()
    held = link(world, order_id)
    assert held.document == DocumentRef("ZK", 1, "ZK 1/MEM")
    assert "ERP_REFUSED" in world.reasons()["ZAM/000001"]


def test_with_statuses_off_lost_documents_still_stop_the_plan(world):
    world.ordering(feedback=False)
    for _ in range(30):
        world.place()
    world.run()
    drafts(world).clear()
    assert alarms(world.run()) == {Alarm.RESTORED}


# A reading without locks


@pytest.mark.parametrize("stage", [Stage.INVOICED, Stage.PARTLY])
def test_work_that_is_rolled_back_is_never_told(world, stage):
    """Decision table 8.5: what appears and leads to an act outside is read once more as committed."""
    order_id = world.place()
    world.run()
    world.erp.documents.unsaved[1] = (stage, (DocumentRef("FS", 9, "FS 9"),))
    world.run()
    assert world.status(order_id) == "accepted"
    world.erp.documents.unsaved.clear()
    world.erp.documents.advance(1, stage, DocumentRef("FS", 9, "FS 9"))
    world.run()
    assert world.status(order_id) != "accepted"


def test_a_link_of_an_earlier_program_is_filled_in_when_it_is_looked_at(world):
    order_id = world.place()
    world.run()
    world.channel().links.put([replace(link(world, order_id), original="", customer=0)], 0)
    world.run()
    assert (link(world, order_id).original, link(world, order_id).customer) == ("ZAM/000001", KEY)


def test_the_trail_tells_of_both_documents(world):
    order_id = world.place()
    world.run()
    world.run()
    world.erp.documents.advance(1, Stage.DELETED)
    world.erp.documents.counter = 0
    world.run()
    world.approve()
    kinds = [change.__class__.__name__ for _, change, _ in world.channel().journal.trail_of(Area.ORDER, order_id)]
    assert kinds.count("RegisterOrder") >= 2
