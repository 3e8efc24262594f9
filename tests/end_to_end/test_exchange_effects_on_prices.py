"""Decision table 8.14: prices that fall for some buyer, customers who lose their terms, whatever does it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pomost.model.offer import PriceKind
from pomost.model.policy import GuardPolicy
from pomost.model.subject import Area
from pomost.model.trade import DiscountEntry, PriceLine, PricesEntry, What, Who
from pomost.rules.guard import Alarm
from pomost.store.journal import State
from tests.end_to_end.effects import GOODS, GUARDED, cards, held_back, live, on_sale, waits
from tests.end_to_end.esklep_stage import DRINKS, FOOD, RETAIL, WHOLESALE, prices, product


def test_all_percents_raised_to_ninety_nine(guarded):
    guarded.discount(50, 7, "10", what=DRINKS)
    guarded.discount(51, 8, "5", what=9)
    guarded.run()
    for key, (kind, what) in {50: (7, DRINKS), 51: (8, 9)}.items():
        guarded.discount(key, kind, "99", what=what)
    waits(guarded, Alarm.CHEAPER, 7)
    assert (guarded.quote(1), guarded.quote(9)) == ("0.90", "8.55")
    guarded.approve()
    assert guarded.quote(1) == "0.01"


def test_only_the_rules_that_cause_it_wait(guarded):
    for key, what in ((50, 1), (51, 2), (52, 3), (53, 4)):
        guarded.discount(key, 8, "10", what=what)
    guarded.run()
    for key, what, percent in ((50, 1, "60"), (51, 2, "70"), (52, 3, "80"), (53, 4, "12")):
        guarded.discount(key, 8, percent, what=what)
    waits(guarded, Alarm.CHEAPER, 3)
    assert guarded.quote(4) == "3.52"
    assert guarded.quote(1) == "0.90"


def test_half_is_not_more_than_half(guarded):
    guarded.discount(50, 7, "50", what=DRINKS)
    assert guarded.run().run.state == State.DONE
    assert guarded.quote(2) == "1.00"


def test_a_rule_that_begins_later_is_looked_at_as_of_then(guarded):
    tomorrow = guarded.clock().date() + timedelta(days=1)
    rule = DiscountEntry(7, Who.ALL, What.GROUP, 0, DRINKS, Decimal(90), valid_from=tomorrow)
    guarded.publish(Area.PUBLIC_DISCOUNT, 50, rule)
    waits(guarded, Alarm.CHEAPER, 6)


def test_a_fixed_price(guarded):
    for key in (1, 2, 3):
        entry = DiscountEntry(
            11, Who.ALL, What.PRODUCT, 0, key, price=Decimal("0.10"), basis=PriceKind.GROSS, currency="PLN"
        )
        guarded.publish(Area.PUBLIC_DISCOUNT, 50 + key, entry)
    waits(guarded, Alarm.CHEAPER, 3)
    assert guarded.quote(3) == "3.00"


def test_a_rule_of_one_customer_is_a_price_for_some_buyer(guarded):
    guarded.discount(50, 2, "95", who=1)
    waits(guarded, Alarm.CHEAPER, GOODS)
    assert guarded.quote(3, customer=1) == "3.00"


def test_a_rule_of_a_group_of_customers(guarded):
    guarded.publish(
        Area.CUSTOMER_DISCOUNT, 50, DiscountEntry(3, Who.CUSTOMER_GROUP, What.GROUP, 1, DRINKS, Decimal(80))
    )
    waits(guarded, Alarm.CHEAPER, 6)
    assert guarded.quote(3, customer=1) == "3.00"


def test_a_rule_for_nobody_does_no_harm(guarded):
    guarded.publish(
        Area.CUSTOMER_DISCOUNT, 50, DiscountEntry(1, Who.CUSTOMER_GROUP, What.ALL_PRODUCTS, 77, 0, Decimal(80))
    )
    assert guarded.run().run.state == State.DONE


def test_a_rule_taken_back_may_lay_a_deeper_one_bare(guarded):
    """The first rank wins, even with less: without it the clearance of everybody counts."""
    guarded.discount(50, 2, "5", who=1)
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    guarded.discount(51, 7, "90", what=DRINKS)
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GUARDED)
    guarded.clock.now += timedelta(hours=25)
    assert guarded.quote(3, customer=1) == "2.85"
    guarded.erp.unpublish(Area.CUSTOMER_DISCOUNT, 50)
    guarded.discount(52, 2, "5", who=2)
    assert held_back(guarded.run())[Alarm.CHEAPER] == 6
    assert guarded.quote(3, customer=1) == "2.85"


def test_the_price_type_of_a_customer(guarded):
    for key in range(1, GOODS + 1):
        guarded.publish(
            Area.PRICES,
            key,
            PricesEntry(
                (
                    PriceLine(RETAIL, Decimal(10), PriceKind.GROSS, "PLN"),
                    PriceLine(WHOLESALE, Decimal(3), PriceKind.NET, "PLN"),
                )
            ),
        )
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GUARDED)
    guarded.clock.now += timedelta(hours=25)
    guarded.customer(1, group=1, price_type=WHOLESALE)
    waits(guarded, Alarm.CHEAPER, GOODS)
    assert guarded.quote(1, customer=1) == "10.00"


def test_a_price_type_without_prices_leaves_its_customer_nothing(guarded):
    for key in (1, 2, 3):
        guarded.publish(Area.PRICES, key, prices(f"{key}.00"))
    guarded.run()
    guarded.customer(1, group=1, price_type=WHOLESALE)
    waits(guarded, Alarm.HIDDEN, 3)
    assert on_sale(guarded, 1, customer=1)


def test_the_discount_of_a_card(guarded):
    guarded.customer(1, group=1, discount=Decimal(70))
    waits(guarded, Alarm.CHEAPER, GOODS)
    assert guarded.quote(3, customer=1) == "3.00"


def test_goods_moved_into_a_group_that_is_cleared(guarded):
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    guarded.discount(50, 7, "90", what=FOOD)
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GUARDED)
    guarded.clock.now += timedelta(hours=25)
    for key in (1, 2, 3):
        guarded.publish(Area.PRODUCT, key, product(key, default_group=FOOD, groups=(FOOD,)))
    waits(guarded, Alarm.CHEAPER, 3)
    assert guarded.quote(3) == "3.00"


def test_goods_whose_discounts_were_stopped(guarded):
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    guarded.discount(50, 2, "90", who=1)
    for key in range(1, GOODS + 1):
        guarded.publish(Area.PRODUCT, key, product(key, no_discount=True))
    guarded.run()
    guarded.policy = replace(guarded.policy, guard=GUARDED)
    guarded.clock.now += timedelta(hours=25)
    for key in (1, 2, 3):
        guarded.publish(Area.PRODUCT, key, product(key))
    waits(guarded, Alarm.CHEAPER, 3)
    assert guarded.quote(3, customer=1) == "3.00"


def test_a_price_and_a_discount_together(guarded):
    """Neither alone is half; together they are. Both wait."""
    for key in (1, 2, 3):
        guarded.publish(Area.PRICES, key, prices(f"{Decimal(key) * Decimal('0.6'):.2f}", f"{key}.50", points=key))
    guarded.discount(50, 7, "40", what=DRINKS)
    waits(guarded, Alarm.CHEAPER, 3)
    assert guarded.quote(3) == "3.00"


def test_prices_that_jump_by_themselves_and_by_rules_are_counted_once(guarded):
    """Once: while three may pass, they do. But where the prices wait, the rules would do the same harm alone."""
    guarded.policy = replace(guarded.policy, guard=GuardPolicy(share=Decimal("0.20"), floor=3))
    for key in (1, 2, 3):
        guarded.publish(Area.PRICES, key, prices("0.10", f"{key}.50", points=key))
        guarded.discount(50 + key, 8, "90", what=key)
    assert held_back(guarded.preview()) == {}
    guarded.policy = replace(guarded.policy, guard=GUARDED)
    assert held_back(guarded.run()) == {Alarm.PRICE_JUMP: 3, Alarm.CHEAPER: 3}
    assert guarded.quote(3) == "3.00"


def test_a_price_in_another_currency_cannot_be_compared(guarded):
    guarded.door.put("/v1/sandbox/settings", json={"currencies": ["PLN", "EUR"]})
    for key in (1, 2, 3):
        line = PriceLine(RETAIL, Decimal(key), PriceKind.GROSS, "EUR")
        guarded.publish(Area.PRICES, key, PricesEntry((line,)))
    assert Alarm.PRICE_JUMP in held_back(guarded.run())
    assert guarded.quote(3) == "3.00"
    guarded.door.put("/v1/sandbox/settings", json={"currencies": ["PLN"]})


# --- customers who lose their terms


def terms_of_five(pair):
    pair.policy = replace(pair.policy, guard=GuardPolicy(share=Decimal(1), floor=100))
    for key in range(1, 6):
        pair.customer(key, group=1, price_type=WHOLESALE, discount=Decimal(10))
        pair.discount(60 + key, 6, "7", who=key, what=1)
    pair.run()
    pair.policy = replace(pair.policy, guard=GUARDED)
    pair.clock.now += timedelta(hours=25)


@pytest.mark.parametrize("lost", ["price type", "discount", "rule", "everything"])
def test_customers_terms_dropped(guarded, lost):
    terms_of_five(guarded)
    for key in (1, 2, 3):
        match lost:
            case "price type":
                guarded.customer(key, group=1, discount=Decimal(10))
            case "discount":
                guarded.customer(key, group=1, price_type=WHOLESALE)
            case "rule":
                guarded.erp.unpublish(Area.CUSTOMER_DISCOUNT, 60 + key)
            case _:
                guarded.customer(key, group=1)
                guarded.erp.unpublish(Area.CUSTOMER_DISCOUNT, 60 + key)
    guarded.customer(4, group=1, price_type=WHOLESALE, discount=Decimal(11))
    waits(guarded, Alarm.TERMS, 3, of=5)
    customers = cards(guarded)
    assert customers["1"]["price_type_erp_id"] == str(WHOLESALE)
    assert Decimal(customers["1"]["discount_percent"]) == 10
    assert Decimal(customers["4"]["discount_percent"]) == 11, "everything else goes on"
    assert "61" in live(guarded.state("discounts"))
    guarded.approve()
    left = {"rule": "61" in live(guarded.state("discounts")), "card": cards(guarded)["1"]}
    assert left["rule"] is (lost in {"price type", "discount"})


def test_rules_of_a_group_of_customers_are_terms_of_each_of_them(guarded):
    guarded.publish(
        Area.CUSTOMER_DISCOUNT, 50, DiscountEntry(1, Who.CUSTOMER_GROUP, What.ALL_PRODUCTS, 1, 0, Decimal(10))
    )
    guarded.publish(
        Area.CUSTOMER_DISCOUNT, 51, DiscountEntry(1, Who.CUSTOMER_GROUP, What.ALL_PRODUCTS, 2, 0, Decimal(10))
    )
    guarded.run()
    guarded.erp.unpublish(Area.CUSTOMER_DISCOUNT, 50)
    waits(guarded, Alarm.TERMS, 5, of=5)
    assert "50" in live(guarded.state("discounts"))


def test_a_rule_that_is_over_or_replaced_is_no_loss(guarded):
    yesterday = guarded.clock().date() - timedelta(days=1)
    for key in range(1, 6):
        over = DiscountEntry(6, Who.CUSTOMER, What.PRODUCT, key, 1, Decimal(7), valid_to=yesterday)
        guarded.publish(Area.CUSTOMER_DISCOUNT, 60 + key, over)
        guarded.discount(70 + key, 6, "7", who=key, what=2)
    guarded.discount(90, 6, "1", who=1, what=3)
    guarded.run()
    for key in range(1, 6):
        guarded.erp.unpublish(Area.CUSTOMER_DISCOUNT, 60 + key)
        guarded.erp.unpublish(Area.CUSTOMER_DISCOUNT, 70 + key)
        guarded.discount(80 + key, 6, "8", who=key, what=2)
    ended = guarded.run()
    assert (ended.run.state, held_back(ended)) == (State.DONE, {})


def test_customers_who_may_not_buy_any_more(guarded):
    for key in (1, 2, 3):
        guarded.customer(key, group=1, blocked=True)
    waits(guarded, Alarm.TERMS, 3, of=5)
    assert not cards(guarded)["1"]["blocked"]


def test_every_day_counts_from_its_first_run(guarded):
    guarded.discount(50, 8, "90", what=1)
    assert guarded.run().run.state == State.DONE
    guarded.discount(51, 8, "90", what=2)
    assert guarded.run().run.state == State.DONE
    guarded.discount(52, 8, "90", what=3)
    assert held_back(guarded.run()) == {Alarm.CHEAPER: 1}
    guarded.clock.now += timedelta(hours=25)
    assert guarded.run().run.state == State.DONE
