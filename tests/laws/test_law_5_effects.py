"""Law 5 where the shop holds entries: no day of the ERP's, whatever it is, takes more from buyers than the guard allows.

The shop itself is asked what each buyer can have, and at what price, before and after: nothing here reckons anything.
Decision table 8.14.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.assortment import GroupEntry, PriceTypeEntry
from pomost.model.offer import PriceKind
from pomost.model.policy import GuardPolicy
from pomost.model.subject import Area
from pomost.model.trade import DiscountEntry, PriceLine, PricesEntry
from pomost.rules.entries import FIXED, SHAPES
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import DRINKS, FOOD, KEY, RETAIL, ROOT, SHOP, WHOLESALE, Pair, named, product, stocks

BEERS = 103
GOODS, BUYERS, RULES = range(1, 6), range(1, 4), range(50, 56)
ONE_MAY = GuardPolicy(share=Decimal(0), floor=1)
GROSZ = Decimal("0.02")
PERCENTS = st.sampled_from(["-20", "0", "5", "30", "60", "90", "99"])
GROUPS = st.sampled_from([DRINKS, BEERS, FOOD])


@st.composite
def rules(draw):
    """A rule of any type, for anybody, on anything, now, later or before."""
    kind = draw(st.sampled_from(sorted(SHAPES)))
    who, what = SHAPES[kind]
    whose = {"customer": draw(st.sampled_from(BUYERS)), "customer_group": draw(st.integers(1, 2)), "all": 0}[who]
    of = {"product": draw(st.sampled_from(GOODS)), "group": draw(GROUPS), "all_products": 0}[what]
    price = Decimal(draw(st.sampled_from(["4", "25", "80"])))
    since = draw(st.sampled_from([None, -3, 0, 2]))
    return ("rule", draw(st.sampled_from(RULES)), kind, who, what, whose, of, Decimal(draw(PERCENTS)), price, since)


WORK = st.one_of(
    rules(),
    st.tuples(st.just("no rule"), st.sampled_from(RULES)),
    st.tuples(
        st.just("customer"),
        st.sampled_from(BUYERS),
        st.sampled_from([None, RETAIL, WHOLESALE]),
        st.sampled_from([None, "5", "60", "95"]),
        st.integers(1, 2),
    ),
    st.tuples(
        st.just("card"),
        st.sampled_from(GOODS),
        GROUPS,
        st.sampled_from(["", "no_discount", "ask_for_price", "ignore_stock"]),
    ),
    st.tuples(st.just("no card"), st.sampled_from(GOODS)),
    st.tuples(
        st.just("prices"),
        st.sampled_from(GOODS),
        st.sampled_from([None, "9", "40", "60"]),
        st.sampled_from([None, "9", "40", "60"]),
    ),
    st.tuples(st.just("stock"), st.sampled_from(GOODS), st.sampled_from(["0", "7"])),
    st.tuples(st.just("no group"), GROUPS),
    st.tuples(st.just("group"), st.sampled_from([BEERS, FOOD]), st.sampled_from([ROOT, DRINKS])),
    st.tuples(st.just("no level"), st.sampled_from([RETAIL, WHOLESALE])),
    st.tuples(st.just("level"), st.sampled_from([RETAIL, WHOLESALE]), st.booleans()),
)


@pytest.fixture(scope="module")
def running():
    with serve(Shop(key=KEY, settings=Settings(**SHOP))) as one:
        yield one


def do(pair, work):  # noqa: PLR0912  (one case a kind of work)
    match work:
        case ("rule", key, kind, who, what, whose, of, percent, price, since):
            facts = {"valid_from": None if since is None else pair.clock().date() + timedelta(days=since)}
            if kind >= FIXED:
                facts |= {"price": price, "basis": PriceKind.GROSS, "currency": "PLN"}
            else:
                facts["percent"] = percent
            for area in (Area.PUBLIC_DISCOUNT, Area.CUSTOMER_DISCOUNT):
                pair.erp.published.get(area, {}).pop(key, None)
            area = Area.PUBLIC_DISCOUNT if who == "all" else Area.CUSTOMER_DISCOUNT
            pair.publish(area, key, DiscountEntry(kind, who, what, whose, of, **facts))
        case ("no rule", key):
            for area in (Area.PUBLIC_DISCOUNT, Area.CUSTOMER_DISCOUNT):
                pair.erp.published.get(area, {}).pop(key, None)
        case ("customer", key, price_type, discount, group):
            facts = {"price_type": price_type, "discount": discount and Decimal(discount), "group": group}
            pair.customer(key, **facts)
        case ("card", key, group, fact):
            facts = {fact: True} if fact else {}
            if key not in pair.erp.published[Area.PRODUCT]:
                pair.sell(key)
            pair.publish(Area.PRODUCT, key, product(key, default_group=group, groups=(group,), **facts))
        case ("no card", key):
            pair.drop(key)
        case ("prices", key, retail, wholesale) if key in pair.erp.published[Area.PRODUCT]:
            values = ((RETAIL, retail, PriceKind.GROSS), (WHOLESALE, wholesale, PriceKind.NET))
            lines = [PriceLine(one, Decimal(value), basis, "PLN") for one, value, basis in values if value]
            pair.publish(Area.PRICES, key, PricesEntry(tuple(lines)))
        case ("stock", key, quantity) if key in pair.erp.published[Area.PRODUCT]:
            pair.publish(Area.STOCKS, key, stocks(quantity))
        case ("no group", key):
            pair.erp.published[Area.GROUP].pop(key, None)
        case ("group", key, parent):
            pair.publish(Area.GROUP, key, GroupEntry(f"G{key}", parent, named(f"Grupa {key}")))
        case ("no level", key):
            pair.erp.published[Area.PRICE_TYPE].pop(key, None)
        case ("level", key, active):
            basis = PriceKind.GROSS if key == RETAIL else PriceKind.NET
            pair.publish(Area.PRICE_TYPE, key, PriceTypeEntry(key, f"cena {key}", basis, "PLN", active))


def begun(url, beginning):
    """A company of five goods and three customers, and whatever else it begins with, synchronised by a person's leave."""
    pair = Pair(url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found(0)
    do(pair, ("group", BEERS, DRINKS))
    for key in GOODS:
        pair.sell(key)
        do(pair, ("card", key, (DRINKS, BEERS, FOOD)[key % 3], ""))
        do(pair, ("prices", key, "60", "40"))
    for key in BUYERS:
        do(pair, ("customer", key, None, None, key % 2 + 1))
    for work in beginning:
        do(pair, work)
    assert pair.run().run.state == State.DONE
    pair.clock.now += timedelta(hours=25)
    pair.policy = replace(pair.policy, guard=ONE_MAY)
    return pair


def offered(pair):
    """By buyer and product what it costs, None for what cannot be had: as the shop tells it."""
    known = {one["erp_id"] for one in pair.state("customers").values() if one["state"] == "published"}
    found = {}
    for buyer in (None, *(str(key) for key in BUYERS)):
        if buyer is not None and buyer not in known:
            continue
        for key in GOODS:
            wish = {"product_erp_id": str(key), "at": f"{pair.clock():%Y-%m-%dT%H:%M:%SZ}"}
            answer = pair.door.post("/v1/sandbox/quote", json=wish | ({"customer_erp_id": buyer} if buyer else {}))
            told = answer.json() if answer.status_code == 200 else {}
            found[buyer, key] = Decimal(told["final"]["gross"]) if told.get("buyable") else None
    return found


def losses(before, after):
    """Goods somebody could have and cannot, and goods that are cheaper by more than half for somebody."""
    lost, fallen = set(), set()
    for (buyer, key), price in before.items():
        now = after.get((buyer, key))
        if price is not None and now is None:
            lost.add(key)
        elif price is not None and now < price / 2 - GROSZ:
            fallen.add(key)
    return lost, fallen


@given(st.lists(WORK, max_size=5), st.lists(st.lists(WORK, min_size=1, max_size=6), min_size=1, max_size=3))
def test_no_day_takes_more_from_buyers_than_the_guard_allows(store, running, beginning, days):
    """One of five may be lost a day, and one may fall; whatever else was planned waits, and the rest is sent."""
    pair = begun(running.url, beginning)
    try:
        for day in days:
            before = offered(pair)
            for work in day:
                do(pair, work)
            ended = pair.run()
            assert ended.run.fault is None
            lost, fallen = losses(before, offered(pair))
            told = [(stop.alarm, stop.count) for stop in ended.stops]
            assert len(lost) <= 1, (lost, told)
            assert len(fallen) <= 1, (fallen, told)
            pair.clock.now += timedelta(hours=25)
    finally:
        pair.close()
