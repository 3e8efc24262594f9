"""Decision table 8.18: undo, late approval: unit, price and quantity of an offer move together."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.hostile import Breaking, Refusing
from pomost.model.change import Amend, Part, Publish, SetStock, Withdraw
from pomost.model.policy import GuardPolicy
from pomost.model.request import RunRequest
from pomost.model.unit import SalesUnit
from pomost.ports.fault import Unavailable
from pomost.runs import offer
from pomost.runs.rollback import release, rollback
from pomost.store.journal import State
from pomost.store.models import KnownOffer
from tests.worlds import World, card, listed, shown

PIECE, KEG = SalesUnit("PCE", 1, "u1"), SalesUnit("PU", 30, "u2")
STOCK_ONLY = frozenset({Part.STOCK})
PRICES_ONLY = frozenset({Part.PRICE})
JUMPS_WAIT = GuardPolicy(share=Decimal(0), floor=0, price_jump=Decimal("0.50"))


@pytest.fixture
def world(store):
    """One beer in pieces, 440 of them, sold by the piece; the shop also has kegs of thirty."""
    one = World()
    for key in (1, 2):
        one.erp.put(card(key, main=440, other=60, price=Decimal(3)))
        one.shop.list_products(listed(key, (PIECE, KEG)))
    one.settle()
    return one


class RefusingOne(Refusing):
    """Refuses one kind of change."""

    def __init__(self, inner, kind):
        super().__init__(inner)
        self.kind = kind

    def _refused(self, change):
        return isinstance(change, self.kind)


def sold(world, product="p1"):
    """Unit and what is left of it in the main warehouse, as buyers find it."""
    found = shown(world.shop)[product]
    return found.offer.unit.multiplier, found.stocks["MAG"]


def pieces_promised(change_log, product="p1", start=(1, 440)):
    """How many pieces the shop promised after each change, in the order they arrived."""
    multiplier, quantity = start
    for change in change_log:
        if change.target.product_id != product:
            continue
        match change:
            case Publish(offer=offer) | Amend(after=offer):
                multiplier = offer.unit.multiplier
            case SetStock(after=stock) if stock.branch == "MAG":
                quantity = stock.quantity
            case Withdraw():
                quantity = 0
        yield multiplier * quantity


def never_more(world, have=440, **start):
    promised = list(pieces_promised(world.shop.log, **start))
    assert max(promised, default=0) <= have, promised


def into_kegs(world, key=1):
    world.change(key, unit="PU")


def into_pieces(world, key=1):
    world.change(key, unit="")


def test_into_a_larger_pack_and_back_nobody_buys_what_is_not_there(world):
    world.shop.log.clear()
    into_kegs(world)
    world.settle()
    assert sold(world) == (30, 14)
    never_more(world)
    world.shop.log.clear()
    into_pieces(world)
    world.settle()
    assert sold(world) == (1, 440)
    never_more(world, start=(30, 14))


@pytest.mark.parametrize("first", [into_kegs, into_pieces])
def test_an_undo_counts_the_stock_anew(world, first):
    """The shop never sells 440 kegs of which 14 exist."""
    if first is into_pieces:
        into_kegs(world)
        world.settle()
    before = sold(world)
    first(world)
    undone = world.settle().run
    after = sold(world)
    assert before != after
    world.shop.log.clear()
    assert rollback(world.channel(), undone.pk, "somebody", RunRequest()).ended.run.state == State.DONE
    assert sold(world) == before
    never_more(world, start=after)
    world.run()
    assert sold(world) == before, "held"
    release(world.channel())
    world.settle()
    assert sold(world) == after


def test_an_undone_withdrawal_comes_back_with_the_stock_of_now(world):
    world.change(1, active=False)
    undone = world.settle().run
    world.change(1, main=77)
    rollback(world.channel(), undone.pk, "somebody", RunRequest())
    assert sold(world) == (1, 77)


def test_an_undone_publication_leaves_no_stock(store):
    world = World.of(1)
    undone = world.settle().run
    rollback(world.channel(), undone.pk, "somebody", RunRequest())
    assert shown(world.shop) == {}


def test_an_undo_without_stock_synchronisation_tells_no_stock(world):
    into_kegs(world)
    undone = world.settle().run
    world.policy = replace(world.policy, stock=replace(world.policy.stock, enabled=False))
    world.shop.log.clear()
    rollback(world.channel(), undone.pk, "somebody", RunRequest())
    assert [type(one) for one in world.shop.log] == [Amend]


def test_a_new_unit_that_waits_takes_its_stock_along(world):
    """From kegs to pieces the price per piece jumps: unit and price wait, and so does the count in pieces."""
    into_kegs(world)
    world.settle()
    world.policy = replace(world.policy, guard=JUMPS_WAIT)
    world.settle()
    into_pieces(world)
    world.change(1, price=Decimal(30), main=430)
    world.change(2, main=12)
    world.shop.log.clear()
    waiting = world.run()
    assert [(stop.alarm, stop.count) for stop in waiting.stops] == [("price jump", 1)]
    assert sold(world) == (30, 14), "fourteen kegs are left of 430 pieces"
    assert sold(world, "p2") == (1, 12), "everything else goes on"
    world.change(1, main=200)
    again = world.run()
    assert [(stop.alarm, stop.count) for stop in again.stops] == [("price jump", 1)]
    assert sold(world) == (30, 6), "what stands keeps its stock fresh, in its own unit"
    world.approve()
    assert sold(world) == (1, 200)
    never_more(world, have=430, start=(30, 14))


def test_a_larger_pack_that_waits_takes_its_stock_along(world):
    world.policy = replace(world.policy, guard=JUMPS_WAIT)
    world.settle()
    into_kegs(world)
    world.change(1, price=Decimal("0.50"))
    world.shop.log.clear()
    waiting = world.run()
    assert waiting.run.state == State.WAITING
    assert sold(world) == (1, 440)
    world.change(1, main=90)
    world.run(parts=STOCK_ONLY)
    assert sold(world) == (1, 90), "a run of stock alone goes on in the unit that stands"
    world.change(1, main=300)
    world.approve()
    assert sold(world) == (30, 10)
    never_more(world, have=440)


def test_a_new_unit_with_nothing_left_in_it_waits_whole(world):
    """Twenty pieces are no keg: the stock goes to nought, and the unit must not move without it."""
    world.change(1, main=20)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy(share=Decimal(0), floor=0))
    world.settle()
    into_kegs(world)
    world.change(1, other=70)
    waiting = world.run()
    assert [(stop.alarm, stop.count) for stop in waiting.stops] == [("zeroed", 1)]
    assert sold(world) == (1, 20)
    world.approve()
    assert sold(world) == (30, 0)


def test_an_approval_of_a_plan_overtaken_by_runs_of_stock_alone(world):
    """What was seen was a unit; the quantity is of the moment it is sent."""
    into_kegs(world)
    preview = offer.preview(world.channel(), RunRequest())
    assert preview.run.state == State.PLANNED
    world.change(1, main=400)
    world.run(parts=STOCK_ONLY)
    assert sold(world) == (1, 400)
    world.shop.log.clear()
    world.approve()
    assert sold(world) == (30, 13)
    never_more(world, have=400, start=(1, 400))


def test_a_unit_the_shop_refuses_leaves_its_stock_alone(world):
    into_kegs(world)
    world.settle()
    into_pieces(world)
    ended = world.run(shop=RefusingOne(world.shop, Amend))
    assert ended.run.counts["failed.amend"] == 1
    assert sold(world) == (30, 14)
    world.settle()
    assert sold(world) == (1, 440)


def test_a_lower_stock_the_shop_refuses_leaves_the_unit_alone(world):
    into_kegs(world)
    ended = world.run(shop=RefusingOne(world.shop, SetStock))
    assert ended.run.counts["skipped.STOCK_NOT_ACCEPTED"] == 1
    assert sold(world) == (1, 440)
    world.settle()
    assert sold(world) == (30, 14)


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("after", range(3))
def test_a_connection_that_breaks_in_between_promises_nothing_that_is_not_there(world, taken, after):
    world.shop.log.clear()
    into_kegs(world)
    with pytest.raises(Unavailable):
        world.run(shop=Breaking(world.shop, after, taken=taken))
    never_more(world)
    world.settle()
    assert sold(world) == (30, 14)
    never_more(world)


def test_a_run_of_the_offer_alone_takes_the_stock_of_a_new_unit_along(world):
    into_kegs(world)
    world.run(parts=frozenset({Part.CARD, Part.PRICE}))
    assert sold(world) == (30, 14)
    into_pieces(world)
    world.run(parts=PRICES_ONLY)
    assert sold(world) == (30, 14), "prices alone move no unit"


# --- what is not ours is never taken back


@pytest.fixture
def adopted(store):
    """Offers somebody else made, of which we tell the stock alone; later the goods are switched on."""
    world = World.of(2)
    world.settle()
    for product in ("p1", "p2"):
        disown(world, product)
    return world


def disown(world, product):
    KnownOffer.objects.filter(channel_id=world.name, product_id=product).update(owned=False)


@pytest.mark.parametrize("how", ["deleted", "inactive", "another code"])
@pytest.mark.parametrize("full", [False, True])
def test_an_offer_that_is_not_ours_is_never_withdrawn(adopted, how, full):
    """H.25 `not-owned withdrawn`: in the flows, whatever becomes of its card, in preview, run and late approval."""
    match how:
        case "deleted":
            del adopted.erp.cards[1]
        case "inactive":
            adopted.change(1, active=False)
        case _:
            adopted.change(1, ean="")
    adopted.shop.log.clear()
    ended = adopted.run(full=full)
    assert ended.run.state == State.DONE
    assert "plan.withdraw" not in ended.run.counts
    assert not [one for one in adopted.shop.log if isinstance(one, Withdraw)]
    assert set(shown(adopted.shop)) == {"p1", "p2"}


def test_an_offer_that_is_not_ours_any_more_is_not_withdrawn_by_a_late_approval(store):
    world = World.of(2)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy(share=Decimal(0), floor=0))
    world.settle()
    world.change(1, active=False)
    assert world.run().run.state == State.WAITING
    disown(world, "p1")
    ended = world.approve()
    assert ended.run.counts["skipped.OUTDATED"] == 1
    assert set(shown(world.shop)) == {"p1", "p2"}


def test_an_offer_that_is_not_ours_any_more_is_not_withdrawn_by_an_undo(store):
    world = World.of(2)
    undone = world.settle().run
    disown(world, "p1")
    done = rollback(world.channel(), undone.pk, "somebody", RunRequest())
    assert set(shown(world.shop)) == {"p1"}
    assert done.left_alone == 1


# --- what was held back is planned again


def test_a_card_with_a_change_that_waits_is_not_settled_by_those_that_went(store):
    """H.25 `a card with a held change settled`: the price waits, the stock went; the next run plans the price anew."""
    world = World.of(3)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy(share=Decimal(0), floor=0))
    world.settle()
    world.change(1, price=Decimal(90), main=7)
    world.change(2, main=8)
    first = world.run()
    assert [(stop.alarm, stop.count) for stop in first.stops] == [("price jump", 1)]
    assert (sold(world), sold(world, "p2")) == ((1, 7), (1, 8))
    for _ in range(2):
        again = world.run()
        assert again.run.state == State.WAITING, "what waits is planned again until somebody says yes"
        assert [(stop.alarm, stop.count) for stop in again.stops] == [("price jump", 1)]
        assert again.run.counts["plan.amend"] == 1
        assert "plan.stock" not in again.run.counts
    world.approve()
    assert shown(world.shop)["p1"].offer.price == 90
    assert world.run().run.state == State.DONE


def test_a_price_of_another_pack_is_compared_per_piece(store):
    """H.25 `price jump not per piece`: thirty times the price for thirty pieces is no jump, the same price is."""
    world = World()
    world.erp.put(card(1, main=300, other=60, price=Decimal(3)))
    world.shop.list_products(listed(1, (PIECE, KEG)))
    world.settle()
    world.policy = replace(world.policy, guard=JUMPS_WAIT)
    world.settle()
    into_kegs(world)
    ended = world.run()
    assert (ended.run.state, shown(world.shop)["p1"].offer.price) == (State.DONE, 90)
    world.change(1, unit="", price=Decimal(90))
    waiting = world.run()
    assert [(stop.alarm, stop.count) for stop in waiting.stops] == [("price jump", 1)], "ninety for one piece"
