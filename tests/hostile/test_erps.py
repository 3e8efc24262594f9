"""ERPs whose rows come, go and move while they are read: nothing is lost, and nothing is withdrawn without being asked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.hostile import Empty, HalfRead, Shrinking
from pomost.conformance.hostile_erps import Disqualified, Doubling, Recoded, RecodedMeanwhile, Typed, Vanishing
from pomost.conformance.shelves import publication
from pomost.model.change import Publish, Withdraw
from pomost.model.policy import GuardPolicy
from pomost.model.reason import Reason
from pomost.ports.fault import Unavailable
from pomost.store.database import one_transaction
from pomost.store.journal import State
from tests.hostile.ending import comes_right, planned, reasons, withdrawn
from tests.worlds import POLICY, SIZE_FIELD, World, card, ean, listed, shown


def settled(count: int) -> World:
    """A world under the ordinary guard, where everything stands on offer."""
    world = World.of(count)
    world.settle()
    world.policy = replace(world.policy, guard=GuardPolicy())
    world.settle()
    world.shop.log.clear()
    return world


def test_a_code_that_stands_on_two_cards_freezes_both_offers(store):
    world = settled(10)
    held = shown(world.shop)
    world.change(1, price=Decimal(9))
    ended = world.run(erp=Recoded(world.erp, {2: ean(1)}))
    assert reasons(world) == {Reason.EAN_DUPLICATE_ERP: 2}
    assert ended.run.state == State.DONE
    frozen = {name: one for name, one in shown(world.shop).items() if name != "p2"}
    assert frozen == {name: one for name, one in held.items() if name != "p2"}
    assert set(withdrawn(world)) <= {"p2"}, "which no card carries the code of any more"
    comes_right(world)


def test_every_card_with_one_code_withdraws_nothing_unattended(store):
    world = settled(100)
    ended = world.run(erp=Recoded(world.erp, {key: ean(1) for key in range(2, 101)}))
    assert ended.run.state == State.WAITING
    assert withdrawn(world) == []
    comes_right(world)


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_code_that_moves_to_another_card_is_an_amendment(store, meanwhile):
    world = settled(5)
    codes = {1: "", 2: ean(1)}
    kind = RecodedMeanwhile if meanwhile else Recoded
    world.run(erp=Recoded(world.erp, {2: ""}))  # the second card gave its own code away before
    world.shop.log.clear()
    if meanwhile:
        world.change(1, price=Decimal(3))
        world.change(2, price=Decimal(4))
    world.run(erp=kind(world.erp, codes))
    assert not [one for one in world.shop.log if isinstance(one, Publish | Withdraw)]
    assert shown(world.shop)["p1"].offer.sku == "S2"
    comes_right(world)


def test_codes_that_go_round_lose_no_offer(store):
    world = settled(6)
    world.run(erp=Recoded(world.erp, {key: ean(key % 6 + 1) for key in range(1, 7)}))
    assert not [one for one in world.shop.log if isinstance(one, Publish | Withdraw)]
    assert {name: one.offer.sku for name, one in shown(world.shop).items()} == {
        f"p{key % 6 + 1}": f"S{key}" for key in range(1, 7)
    }
    comes_right(world)


@pytest.mark.parametrize("after", [0, 5, 29])
def test_an_erp_that_shrinks_while_it_is_read_is_asked_by_key(store, after):
    world = settled(30)
    held = shown(world.shop)
    world.change(30, price=Decimal(3))
    assert world.run(erp=Shrinking(world.erp, after)).run.state == State.DONE
    assert withdrawn(world) == []
    assert shown(world.shop).keys() == held.keys()
    comes_right(world)


def test_a_card_that_is_not_found_at_once_is_asked_for_once_more(store):
    """Fewer than a guard would hold back: they would be gone before anybody looked."""
    world = settled(30)
    for key in range(1, 11):
        world.change(key, price=Decimal(3))
    ended = world.run(erp=Vanishing(world.erp))
    assert (ended.run.state, withdrawn(world)) == (State.DONE, [])
    assert planned(ended) == {"plan.amend": 10}
    comes_right(world)


def test_rows_met_twice_are_one_card(store):
    world = settled(30)
    assert planned(world.run(erp=Doubling(world.erp))) == {}
    world.change(7, price=Decimal(3))
    assert planned(world.run(erp=Doubling(world.erp))) == {"plan.amend": 1}
    fresh = World.of(20)
    assert planned(fresh.run(erp=Doubling(fresh.erp))) == {"plan.publish": 20, "plan.stock": 40}
    comes_right(fresh)


def test_an_empty_erp_sends_nothing(store):
    world = settled(8)
    held = shown(world.shop)
    assert world.run(erp=Empty(world.erp)).run.state == State.WAITING
    assert (shown(world.shop), world.shop.log) == (held, [])
    comes_right(world)


def test_a_reading_that_breaks_off_sends_nothing(store):
    world = settled(8)
    held = shown(world.shop)
    with pytest.raises(Unavailable):
        world.run(erp=HalfRead(world.erp, 3))
    broken = world.channel().journal.runs(1)[0]
    assert (broken.state, broken.fault["pl"] != broken.fault["en"]) == (State.BROKEN, True)
    assert (shown(world.shop), world.shop.log) == (held, [])
    comes_right(world)


def test_numbers_typed_with_a_comma_and_hard_spaces_are_numbers(store):
    world = World.of(3)
    for key in (1, 2):
        world.change(key, unit="PU", minimum="12")
        fields = {**world.erp.cards[key].own_fields, SIZE_FIELD: "6"}
        world.erp.put(replace(world.erp.cards[key], own_fields=fields))
    world.settle()
    held = shown(world.shop)
    assert held["p1"].offer.min_quantity == 12
    ended = world.run(erp=Typed(world.erp))
    assert planned(ended) == {}, "6,0 is 6: what people see of it is the same"
    assert shown(world.shop) == held
    assert reasons(world) == {}
    comes_right(world)


def test_ten_thousand_withdrawals_wait_for_a_person_and_pass_once(store):
    """The careless change of an afternoon: everything blocked. Nobody's offer is gone before somebody says so."""
    count = 10_000
    policy = replace(POLICY, stock=replace(POLICY.stock, enabled=False), guard=GuardPolicy())
    world = World(policy=policy)
    world.shop.can = replace(world.shop.can, batch=500)
    world.erp.put(*(card(key) for key in range(1, count + 1)))
    world.shop.list_products(*(listed(key) for key in range(1, count + 1)))
    offers = [publication(f"p{key}", key) for key in range(1, count + 1)]
    with one_transaction():
        world.channel().ledger.record(offers, list(world.shop.send(offers, "long ago")), "")
    world.shop.log.clear()
    ended = world.run(erp=Disqualified(world.erp))
    assert [(stop.alarm, stop.count, stop.limit) for stop in ended.stops] == [("withdrawn", count, 0)]
    assert (ended.run.state, world.shop.log) == (State.WAITING, [])
    world.approve()
    assert len(withdrawn(world)) == len(set(withdrawn(world))) == count
    assert shown(world.shop) == {}
