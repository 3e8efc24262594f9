"""Discounts and sets that ended or became impossible are taken back; goods whose card became faulty keep standing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pomost.model.change import Part
from pomost.model.offer import PriceKind
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import say
from pomost.model.subject import Area
from pomost.model.trade import DiscountEntry, PromotionEntry, SetPart, What, Who
from pomost.rules.guard import Alarm
from pomost.store.journal import State
from pomost.store.unresolved import Inbox
from tests.end_to_end.esklep_stage import DRINKS
from tests.end_to_end.test_exchange import live


def told(pair, area, key):
    """What the inbox says of an entry: reasons, and the sentences in both languages."""
    items = Inbox(pair.name).of_subject(area, str(key))
    findings = [found for item in items for found in item.findings]
    return [found.reason for found in findings], [(say(found, "pl"), say(found, "en")) for found in findings]


def rule(kind, who, what, who_key=0, what_key=0, **facts):
    return DiscountEntry(kind, who, what, who_key, what_key, **({"percent": Decimal("12.50")} | facts))


FIXED = {"percent": None, "price": Decimal("9.90"), "basis": PriceKind.GROSS, "currency": "PLN"}
YESTERDAY, BEFORE = date(2026, 11, 29), date(2026, 11, 28)
BROKEN = {
    "more than the whole price": {"percent": Decimal(150)},
    "ends before it begins": {"valid_from": YESTERDAY, "valid_to": BEFORE},
    "another shape": {"what": What.GROUP, "what_key": DRINKS},
}
RULES = {
    "one customer, one product": (rule(6, Who.CUSTOMER, What.PRODUCT, 5, 1), "12.5 %", "K5", "T1"),
    "one customer, everything": (rule(2, Who.CUSTOMER, What.ALL_PRODUCTS, 5), "12.5 %", "K5", "wszystkie towary"),
    "a group, one product": (rule(4, Who.CUSTOMER_GROUP, What.PRODUCT, 7, 1), "12.5 %", "#7", "T1"),
    "everybody, one product": (rule(8, Who.ALL, What.PRODUCT, what_key=1), "12.5 %", "wszyscy", "T1"),
    "a fixed price": (rule(11, Who.ALL, What.PRODUCT, what_key=1, **FIXED), "9.9 PLN brutto", "wszyscy", "T1"),
}


def area_of(one):
    return Area.PUBLIC_DISCOUNT if one.who is Who.ALL else Area.CUSTOMER_DISCOUNT


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("name", RULES)
def test_a_rule_that_became_impossible_is_taken_back_and_the_message_says_what_it_grants(pair, name, fault):
    """Decision table 8.15: impossible in the ERP; until then the message names what the shop grants."""
    sound, grants, who, what = RULES[name]
    broken = {name: value for name, value in BROKEN[fault].items() if sound.percent or name != "percent"}
    if not broken:
        broken = {"price": Decimal(-1)}
    area = area_of(sound)
    pair.customer(5)
    pair.publish(area, 9, sound)
    pair.run()
    assert live(pair.state("discounts")) == {"9"}
    pair.publish(area, 9, replace(sound, **broken))
    pair.preview()
    reasons, sentences = told(pair, area, 9)
    assert reasons[0] is Reason.DISCOUNT_UNUSABLE
    polish, english = sentences[-1]
    assert all(one in polish for one in (grants, who, what)), polish
    assert "everybody" in english or who in english
    ended = pair.run()
    assert (ended.run.state, ended.run.counts["done.drop"]) == (State.DONE, 1)
    assert not live(pair.state("discounts"))
    assert told(pair, area, 9)[0] == [Reason.DISCOUNT_UNUSABLE], "it grants nothing any more; the fault is still there"
    pair.run()
    assert not pair.written()
    assert told(pair, area, 9)[0] == [Reason.DISCOUNT_UNUSABLE]
    pair.publish(area, 9, sound)
    pair.run()
    assert live(pair.state("discounts")) == {"9"}
    assert told(pair, area, 9) == ([], [])


def unreadable(pair, area, key, reason):
    """The ERP has it and nothing can be made of it."""
    reading = pair.erp.published[area][key]
    pair.erp.published[area][key] = replace(
        reading, content=None, print=bytes(16), findings=(Finding.of(reason, id=1),)
    )


@pytest.mark.parametrize("full", [False, True], ids=["differential", "full"])
def test_a_rule_nobody_can_read_is_taken_back(pair, full):
    """Decision table 8.15: unreadable in the ERP, also in a full run, where it must not be kept."""
    pair.discount(8, 8, "10", what=1)
    pair.run()
    assert pair.quote(1) == "0.90"
    unreadable(pair, Area.PUBLIC_DISCOUNT, 8, Reason.DISCOUNT_PRODUCT_GONE)
    assert pair.run(full=full).run.state == State.DONE
    assert (live(pair.state("discounts")), pair.quote(1)) == (set(), "1.00")
    assert told(pair, Area.PUBLIC_DISCOUNT, 8)[0] == [Reason.DISCOUNT_PRODUCT_GONE]


@pytest.mark.parametrize("full", [False, True], ids=["differential", "full"])
@pytest.mark.parametrize(
    "broken",
    [{"parts": ()}, {"valid_from": YESTERDAY, "valid_to": BEFORE}, {"unreadable": True}],
    ids=["no parts", "ends before it begins", "unreadable"],
)
def test_a_set_that_became_impossible_is_taken_back(pair, broken, full):
    """Decision table 8.15: a set gives money away too."""
    sound = PromotionEntry("Z", "Zestaw na piknik", 1, (SetPart(2, Decimal(1), "szt."),))
    pair.publish(Area.PROMOTION, 4, sound)
    pair.run()
    if "unreadable" in broken:
        unreadable(pair, Area.PROMOTION, 4, Reason.PROMOTION_PART_GONE)
    else:
        pair.publish(Area.PROMOTION, 4, replace(sound, **broken))
    pair.preview()
    _, sentences = told(pair, Area.PROMOTION, 4)
    assert all(one in sentences[-1][0] for one in ("Zestaw na piknik", "T1"))
    pair.run(full=full)
    assert not live(pair.state("bundles"))
    assert len(told(pair, Area.PROMOTION, 4)[0]) == 1


def test_a_set_that_comes_back_sound_counts_again(pair):
    pair.bundle(4, 1, 2)
    pair.run()
    pair.publish(Area.PROMOTION, 4, PromotionEntry("Z4", "Zestaw 4", 1, ()))
    pair.run()
    assert not live(pair.state("bundles"))
    pair.bundle(4, 1, 2)
    pair.run()
    assert live(pair.state("bundles")) == {"4"}
    assert told(pair, Area.PROMOTION, 4) == ([], [])


def test_a_group_that_left_takes_its_rule_along(pair):
    pair.discount(8, 7, "10", what=DRINKS)
    pair.run()
    assert pair.quote(1) == "0.90"
    pair.discount(8, 7, "10", what=777)
    pair.run()
    assert (live(pair.state("discounts")), pair.quote(1)) == (set(), "1.00")
    assert told(pair, Area.PUBLIC_DISCOUNT, 8)[0] == [Reason.DISCOUNT_GROUP_GONE]


def ended(pair, area, key, reason=Reason.DISCOUNT_ENDED):
    reading = pair.erp.published[area][key]
    pair.erp.published[area][key] = replace(reading, meant=False, findings=(Finding.of(reason, until=YESTERDAY),))


def test_what_ended_is_taken_back_and_leaves_nothing_to_mend(pair):
    """Decision table 8.15: ended. All rules of an area may end on one day: nobody is asked."""
    pair.discount(8, 8, "10", what=1)
    pair.discount(9, 8, "10", what=2)
    pair.bundle(4, 1, 2)
    pair.bundle(5, 2, 3)
    pair.run()
    for key in (8, 9):
        ended(pair, Area.PUBLIC_DISCOUNT, key)
    for key in (4, 5):
        ended(pair, Area.PROMOTION, key, Reason.PROMOTION_ENDED)
    done = pair.run()
    assert (done.run.state, done.stops) == (State.DONE, ())
    assert not live(pair.state("discounts")) | live(pair.state("bundles"))
    assert told(pair, Area.PUBLIC_DISCOUNT, 8) == ([], [])
    pair.run()
    assert not pair.written()


def test_rules_that_are_simply_gone_still_wait_for_a_person(pair):
    """An area that came back empty is no sign that everything in it ended."""
    pair.discount(8, 8, "10", what=1)
    pair.discount(9, 8, "10", what=2)
    pair.run()
    for key in (8, 9):
        pair.erp.unpublish(Area.PUBLIC_DISCOUNT, key)
    waiting = pair.run()
    assert [stop.alarm for stop in waiting.stops] == [Alarm.EMPTIED]
    assert live(pair.state("discounts")) == {"8", "9"}


def test_a_withdrawal_the_shop_refused_names_what_it_goes_on_granting(pair):
    pair.discount(8, 8, "10", what=1)
    pair.run()
    pair.discount(8, 8, "150", what=1)
    pair.faults({"kind": "refuse_item", "path_prefix": "/v1/discounts:batch", "erp_id": "8", "times": 5})
    pair.run()
    pair.faults()
    assert live(pair.state("discounts")) == {"8"}
    reasons, sentences = told(pair, Area.PUBLIC_DISCOUNT, 8)
    assert Reason.SHOP_GRANTS_PERCENT in reasons
    assert any("10 %" in polish for polish, _ in sentences)
    pair.run()
    assert not live(pair.state("discounts"))
    assert told(pair, Area.PUBLIC_DISCOUNT, 8)[0] == [Reason.DISCOUNT_UNUSABLE]


def test_goods_whose_card_became_faulty_keep_standing_and_get_their_stock(pair):
    """Decision table 8.16: the offer stays, stock and prices go on, and the message says since when."""
    pair.run()
    pair.clock.now += timedelta(hours=1)
    since = pair.clock.now
    pair.sell(2, availability="")
    pair.publish(Area.PRICES, 2, pair.erp.published[Area.PRICES][3].content)
    pair.run()
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert pair.quote(2) == "3.00"
    for days in range(3):
        pair.clock.now += timedelta(days=1)
        pair.publish(Area.STOCKS, 2, pair.erp.published[Area.STOCKS][3].content)
        pair.run()
        reasons, sentences = told(pair, Area.PRODUCT, 2)
        assert reasons == [Reason.AVAILABILITY_MISSING, Reason.STILL_SOLD], days
        assert f"{since.astimezone():%Y-%m-%d %H:%M}" in sentences[1][0]
        assert f"{since.astimezone():%Y-%m-%d %H:%M}" in sentences[1][1]
    assert pair.state("stocks")["2/1"]["quantity"] == "30"
    pair.sell(2, default_group=None)
    pair.run()
    assert f"{since.astimezone():%Y-%m-%d %H:%M}" in told(pair, Area.PRODUCT, 2)[1][1][0], "another fault, still sold"
    pair.sell(2)
    pair.run()
    assert told(pair, Area.PRODUCT, 2) == ([], [])


def test_a_faulty_card_the_shop_never_had_is_not_said_to_be_sold(pair):
    pair.sell(9, availability="")
    pair.run()
    assert told(pair, Area.PRODUCT, 9)[0] == [Reason.AVAILABILITY_MISSING]
    assert pair.run(parts=frozenset({Part.STOCK})).run.state == State.DONE
    assert "9" not in pair.state("products")
