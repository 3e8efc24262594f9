"""Decision table 8.14: goods buyers can no longer see or buy, whatever hides them; the causes wait, the rest goes on."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from pomost.model.assortment import GroupEntry, PriceTypeEntry
from pomost.model.offer import PriceKind
from pomost.model.policy import GuardPolicy
from pomost.model.subject import Area
from pomost.model.trade import PricesEntry
from pomost.rules.guard import Alarm
from pomost.runs.channel import Selling
from pomost.store.journal import State
from tests.end_to_end.effects import BEERS, GOODS, GUARDED, WATERS, held_back, live, on_sale, waits
from tests.end_to_end.esklep_stage import DRINKS, FOOD, RETAIL, ROOT, WHOLESALE, named, prices, product, stocks


def test_a_group_that_goes_takes_its_goods_along(guarded):
    """A group above is gone: what is in it and below it is hidden, though no product was taken back."""
    guarded.erp.unpublish(Area.GROUP, DRINKS)
    guarded.erp.unpublish(Area.GROUP, BEERS)
    guarded.publish(Area.PRICES, 9, prices("9.10", "9.60", points=9))
    waits(guarded, Alarm.HIDDEN, 8)
    assert live(guarded.state("groups")) == {str(ROOT), str(DRINKS), str(FOOD), str(BEERS)}
    assert guarded.quote(9) == "9.10", "everything else goes on"
    assert guarded.approve().run.state == State.DONE
    assert [key for key in range(1, GOODS + 1) if on_sale(guarded, key)] == [9, 10]


def test_few_goods_may_be_hidden_unattended_and_count_for_the_day(guarded):
    guarded.erp.unpublish(Area.GROUP, BEERS)
    assert guarded.run().run.state == State.DONE
    assert not on_sale(guarded, 7)
    guarded.erp.unpublish(Area.GROUP, FOOD)
    assert held_back(guarded.run()) == {Alarm.HIDDEN: 2}


def test_hidden_taken_back_and_sold_out_are_one_effect(guarded):
    """What is lost in different ways is added up; the most numerous kind waits, and what is left goes on."""
    guarded.erp.unpublish(Area.GROUP, FOOD)
    guarded.drop(1)
    ended = guarded.run()
    assert held_back(ended) == {Alarm.HIDDEN: 2}
    assert "1" not in live(guarded.state("products"))
    assert str(FOOD) in live(guarded.state("groups"))


def test_the_root_group_may_go_as_well(guarded):
    guarded.erp.unpublish(Area.GROUP, ROOT)
    ended = guarded.run()
    assert ended.run.state == State.WAITING
    assert held_back(ended)[Alarm.HIDDEN] == GOODS
    assert all(on_sale(guarded, key) for key in range(1, GOODS + 1))


def test_goods_moved_to_a_new_group_are_not_lost(guarded):
    guarded.publish(Area.GROUP, WATERS, GroupEntry("WODY", ROOT, named("Wody")))
    for key in (1, 2, 3, 4):
        guarded.publish(Area.PRODUCT, key, product(key, default_group=WATERS, groups=(WATERS,)))
    ended = guarded.run()
    assert (ended.run.state, held_back(ended)) == (State.DONE, {})
    assert on_sale(guarded, 1)


def test_a_group_moved_below_one_that_goes_is_lost_with_it(guarded):
    guarded.publish(Area.GROUP, FOOD, GroupEntry("JEDZENIE", DRINKS, named("Jedzenie")))
    assert guarded.run().run.state == State.DONE
    guarded.erp.unpublish(Area.GROUP, DRINKS)
    for group in (BEERS, FOOD):
        guarded.erp.unpublish(Area.GROUP, group)
    assert held_back(guarded.run())[Alarm.HIDDEN] == GOODS


def test_the_default_price_level_switched_off(guarded):
    """All prices of the level go with it, and nothing can be bought."""
    guarded.erp.unpublish(Area.PRICE_TYPE, RETAIL)
    waits(guarded, Alarm.HIDDEN, GOODS)
    assert guarded.quote(3) == "3.00"
    assert len(live(guarded.state("prices"))) == 2 * GOODS


def test_a_price_level_switched_off_in_the_erp_alone_by_its_mark(guarded):
    guarded.publish(Area.PRICE_TYPE, RETAIL, PriceTypeEntry(2, "detaliczna", PriceKind.GROSS, "PLN", active=False))
    waits(guarded, Alarm.HIDDEN, GOODS)
    assert guarded.quote(3) == "3.00"


def test_a_price_level_nobody_buys_at_may_go(guarded):
    guarded.erp.unpublish(Area.PRICE_TYPE, WHOLESALE)
    ended = guarded.run()
    assert (ended.run.state, held_back(ended)) == (State.DONE, {})


def test_a_price_level_somebody_buys_at_may_not(guarded):
    """Who keeps the level because losing it waits for a person would be left without any price."""
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    for key in (1, 2, 3):
        guarded.customer(key, group=1, price_type=WHOLESALE)
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GUARDED)
    guarded.clock.now += timedelta(hours=25)
    guarded.erp.unpublish(Area.PRICE_TYPE, WHOLESALE)
    assert held_back(guarded.run()) == {Alarm.TERMS: 3, Alarm.HIDDEN: GOODS}
    assert on_sale(guarded, 3, customer=1)
    assert guarded.approve().run.state == State.DONE
    assert guarded.quote(3, customer=1) == "3.00"


def test_goods_that_wait_keep_the_group_they_stand_in(guarded):
    """Goods taken back wait for a person; the group that goes with them must not hide them meanwhile."""
    for key in (7, 8, 9, 10):
        guarded.drop(key)
    for group in (BEERS, FOOD):
        guarded.erp.unpublish(Area.GROUP, group)
    assert held_back(guarded.run()) == {Alarm.WITHDRAWN: 4, Alarm.HIDDEN: 4}
    assert on_sale(guarded, 7)
    assert on_sale(guarded, 9)
    guarded.approve()
    assert not on_sale(guarded, 7)


def test_a_default_price_that_vanishes_takes_nothing_off_sale(guarded):
    """Such goods are held back, and the shop goes on selling them as they stand (decision table 8.16)."""
    for key in (1, 2, 3):
        guarded.publish(Area.PRICES, key, PricesEntry(prices("1.00", f"{key}.50").lines[1:]))
    ended = guarded.run()
    assert (ended.run.state, held_back(ended)) == (State.DONE, {})
    assert guarded.quote(3) == "3.00"


def test_goods_one_has_to_ask_the_price_of(guarded):
    for key in (1, 2, 3):
        guarded.publish(Area.PRODUCT, key, product(key, ask_for_price=True))
    waits(guarded, Alarm.HIDDEN, 3)
    assert on_sale(guarded, 1)


def test_goods_whose_stock_counts_from_now_on_and_is_nought(guarded):
    for key in (1, 2, 3):
        guarded.publish(Area.PRODUCT, key, product(key, ignore_stock=True))
    guarded.run()
    for key in (1, 2, 3):
        guarded.publish(Area.STOCKS, key, stocks("0"))
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal("0.20"), floor=1, hours=1))
    guarded.clock.now += timedelta(hours=2)
    for key in (1, 2, 3):
        guarded.publish(Area.PRODUCT, key, product(key))
    assert held_back(guarded.run()) == {Alarm.HIDDEN: 3}


def test_goods_nobody_could_buy_before_are_no_loss(guarded):
    for key in (1, 2, 3):
        guarded.publish(Area.STOCKS, key, stocks("0"))
        guarded.run()
        guarded.clock.now += timedelta(hours=25)
    for key in (1, 2, 3):
        guarded.publish(Area.PRICES, key, PricesEntry(()))
    ended = guarded.run()
    assert (ended.run.state, held_back(ended)) == (State.DONE, {})


# --- the settings, and the cost


def test_a_root_group_that_is_not_the_shops(guarded):
    guarded.erp.published[Area.GROUP].pop(FOOD)
    guarded.publish(Area.GROUP, DRINKS, GroupEntry("NAPOJE", None, named("Napoje")))
    guarded.erp.unpublish(Area.GROUP, ROOT)
    ended = guarded.run()
    assert ended.run.state == State.WAITING
    assert "ROOT_GROUP_DIFFERS" in {str(one.reason) for one in ended.findings}
    assert live(guarded.state("groups")) == {str(ROOT), str(DRINKS), str(FOOD), str(BEERS)}


def test_while_the_root_groups_differ_nothing_is_hidden_unattended(guarded):
    """Fewer goods than the guard would let pass."""
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    above = 200
    guarded.publish(Area.GROUP, above, GroupEntry("WSZYSTKO", None, named("Wszystko")))
    guarded.publish(Area.GROUP, ROOT, GroupEntry("ROOT", above, named("Sklep")))
    assert guarded.run().run.state == State.DONE, "nothing is lost"
    guarded.erp.unpublish(Area.GROUP, BEERS)
    ended = guarded.run()
    assert [(stop.alarm, stop.count, stop.limit) for stop in ended.stops] == [(Alarm.HIDDEN, 2, 0)]
    assert on_sale(guarded, 7)
    guarded.erp.unpublish(Area.GROUP, above)
    guarded.publish(Area.GROUP, ROOT, GroupEntry("ROOT", None, named("Sklep")))
    assert guarded.run().run.state == State.DONE
    assert not on_sale(guarded, 7)


def test_a_plan_nobody_feels_is_not_weighed(guarded, monkeypatch):
    def never(*_args):
        raise AssertionError("the shop's goods were read")

    for name in ("goods", "groups", "price_types", "customers", "rules"):
        monkeypatch.setattr(Selling, name, never)
    assert guarded.run().run.state == State.DONE
    guarded.publish(Area.PRICES, 1, prices("1.05", "1.60", points=1))
    guarded.publish(Area.PRICES, 5, prices("4.05", "4.60", points=5))
    guarded.publish(Area.STOCKS, 2, stocks("7"))
    guarded.publish(Area.PRODUCT, 3, product(3, code="T3a"))
    guarded.customer(1, group=1, phone="123")
    guarded.sell(11)
    guarded.drop(4)
    assert guarded.run().run.state == State.DONE
