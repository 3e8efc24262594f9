"""Laws 1 to 4 and 8 over many small worlds of entries: random work, lost answers, limited runs, and the same end."""

import contextlib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pomost.model.change import Part
from pomost.model.subject import Area
from pomost.ports.fault import Fault
from pomost.rules.guard import Alarm
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import KEY, MAIN, RETAIL, SHOP, Pair, prices, stocks

KEYS = st.integers(1, 5)
MOVES = st.one_of(
    st.tuples(st.just("sell"), KEYS, st.integers(1, 9)),
    st.tuples(st.just("drop"), KEYS, st.just(0)),
    st.tuples(st.just("code"), KEYS, KEYS),
    st.tuples(st.just("price"), KEYS, st.integers(1, 9)),
    st.tuples(st.just("stock"), KEYS, st.integers(0, 9)),
    st.tuples(st.just("discount"), KEYS, st.integers(1, 99)),
    st.tuples(st.just("no discount"), KEYS, st.just(0)),
    st.tuples(st.just("picture"), KEYS, st.integers(1, 4)),
    st.tuples(st.just("run"), st.sampled_from([0, 1, 2, 3, 4]), st.just(0)),
    st.tuples(st.just("trouble"), st.sampled_from(["products", "prices", "stocks", "discounts"]), st.integers(0, 2)),
)
SCOPES = [
    {},
    {"parts": frozenset({Part.STOCK})},
    {"parts": frozenset({Part.PRICE})},
    {"full": True},
    {"parts": frozenset({Part.CARD, Part.PRICE, Part.STOCK}), "full": True},
]


@pytest.fixture(scope="module")
def running():
    with serve(Shop(key=KEY, settings=Settings(**SHOP))) as one:
        yield one


def make(pair, what, key, value):
    known = key in pair.erp.published.get(Area.PRODUCT, {})
    match what:
        case "sell":
            held = pair.erp.published[Area.PRODUCT]
            code = held[key].content.code if known else free_code(held, key)
            pair.sell(key, code=code, catalogue_number=str(value))
        case "drop":
            pair.drop(key)
        case "code" if known and value in pair.erp.published[Area.PRODUCT]:
            one, other = (pair.erp.published[Area.PRODUCT][which].content for which in (key, value))
            pair.publish(Area.PRODUCT, key, replace(one, code=other.code))
            pair.publish(Area.PRODUCT, value, replace(other, code=one.code))
        case "price" if known:
            pair.publish(Area.PRICES, key, prices(f"{value}.00", f"{value}.50"))
        case "stock" if known:
            pair.publish(Area.STOCKS, key, stocks(str(value), str(key)))
        case "discount":
            pair.discount(100 + key, 8, str(value), what=key)
        case "no discount":
            pair.erp.published.get(Area.PUBLIC_DISCOUNT, {}).pop(100 + key, None)
        case "picture" if known:
            pair.picture(key, (value, b"obraz %d" % value))
        case "run":
            with contextlib.suppress(Fault):
                pair.run(**SCOPES[key])
        case "trouble":
            kind = ["lost_after", "lost_before", "half_batch"][value]
            pair.faults({"kind": kind, "path_prefix": f"/v1/{key}:batch", "times": 6})


def free_code(held, key):
    """The product's own code, or another one where it was exchanged away."""
    taken = {one.content.code for one in held.values()}
    return next(code for code in (f"T{key}", *(f"T{one}" for one in range(1, 10))) if code not in taken)


def shown(pair):
    """What shoppers see: by product its code and number, price, stock and pictures; and the rules that count."""
    products = {key: one for key, one in pair.state("products").items() if one["state"] == "published"}
    price, stock = pair.state("prices"), pair.state("stocks")
    links = pair.state("file_links")
    rules = {key: one["percent"] for key, one in pair.state("discounts").items() if one["state"] == "published"}
    return {
        key: (
            (one["code"], one.get("catalogue_number")),
            Decimal(price[f"{key}/{RETAIL}"]["value"]),
            Decimal(stock[f"{key}/{MAIN}"]["quantity"]),
            len(links.get(f"product:{key}", {}).get("files", ())),
        )
        for key, one in products.items()
    }, rules


def wanted(pair):
    """The same out of the ERP, without the program's rules."""
    held = pair.erp.published
    return {
        str(key): (
            (reading.content.code, reading.content.catalogue_number or None),
            held[Area.PRICES][key].content.lines[0].value,
            held[Area.STOCKS][key].content.lines[0].quantity,
            1 if key in held.get(Area.FILES, {}) else 0,
        )
        for key, reading in held[Area.PRODUCT].items()
    }, {str(key): str(one.content.percent) for key, one in held.get(Area.PUBLIC_DISCOUNT, {}).items()}


@given(moves=st.lists(MOVES, min_size=3, max_size=14))
@example(moves=[("trouble", "products", 0), ("run", 0, 0), ("drop", 3, 0)])
@example(moves=[("run", 0, 0), ("code", 1, 2), ("trouble", "products", 0), ("run", 0, 0), ("code", 1, 3)])
@example(moves=[("run", 0, 0), ("code", 1, 2), ("trouble", "products", 2), ("run", 0, 0), ("code", 1, 2)])
def test_whatever_happened_a_run_ends_at_what_the_erp_says(store, running, moves):
    pair = Pair(running.url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found()
    for move in moves:
        make(pair, *move)
    pair.faults()
    ended = pair.run()
    if ended.stops:
        held = pair.erp.published
        assert {stop.alarm for stop in ended.stops} <= {Alarm.WITHDRAWN, Alarm.EMPTIED}
        assert not held[Area.PRODUCT] or not held.get(Area.PUBLIC_DISCOUNT), "only what is emptied waits"
        ended = pair.approve()
    assert (ended.run.state, ended.run.fault) == (State.DONE, None)
    assert shown(pair) == wanted(pair)
    again = pair.run()
    assert not pair.written(), again.run.counts
    pair.run(full=True)
    assert shown(pair) == wanted(pair)
    pair.run()
    assert not pair.written()
    pair.close()


@given(moves=st.lists(MOVES, max_size=8), part=st.sampled_from([Part.STOCK, Part.PRICE]))
def test_limited_runs_touch_their_part_alone(store, running, moves, part):
    pair = Pair(running.url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found().run()
    before, _ = shown(pair)
    for move in moves:
        if move[0] not in {"run", "trouble"}:
            make(pair, *move)
    pair.run(parts=frozenset({part}))
    after, _ = shown(pair)
    assert after.keys() == before.keys()
    kept = slice(2, 3) if part is Part.PRICE else slice(1, 2)
    assert {key: (one[0], one[kept], one[3]) for key, one in after.items()} == {
        key: (one[0], one[kept], one[3]) for key, one in before.items()
    }
    assert set(pair.written()) <= ({"prices", "discounts", "price-types"} if part is Part.PRICE else {"stocks"})
    pair.close()
