"""Law 1: a second run right after a first has nothing to do; what the shop refused is retried and counted apart."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from pomost.conformance.hostile import Refusing
from pomost.model.reason import Reason
from pomost.store.journal import State
from tests.laws.lives import Edit, beginnings, born, come_back, edits, remember
from tests.worlds import World, differences


def sent(world: World, ended) -> dict[str, int]:
    return {name: count for name, count in ended.run.counts.items() if name.startswith("plan.")}


@given(beginnings(), st.lists(edits, max_size=2))
def test_a_second_run_has_nothing_to_do(store, beginning, days):
    world = born(beginning)
    last = world.run()
    for work in days:
        if last.stops:
            world.approve()
        for edit in work:
            edit.do(world)
        last = world.run()
    if last.stops:
        world.approve()
        world.run()  # cards a person had to approve of are looked at once more, and then no more
    log = len(world.shop.log)
    again = world.run()
    assert sent(world, again) == {}
    assert again.run.state == State.DONE
    assert len(world.shop.log) == log
    assert again.run.counts.get("decided", 0) == 0, "a card nobody touched was decided about again"


PAIR = [Edit("add", 1, 1), Edit("add", 2, 2), Edit("list", 1, 1), Edit("list", 2, 2)]
HELD = [
    *(Edit("add", key, code) for key, code in ((1, 1), (2, 1), (6, 6))),
    *(Edit("list", number, number) for number in (1, 2, 6)),
]
"""The one product on offer moves to another card: what is left of the old offer waits until the new one stands."""


@given(
    beginning=beginnings(),
    work=edits,
    refused=st.sets(st.sampled_from(["p1", "p2", "p3"]), min_size=1),
    back=st.booleans(),
)
@example(beginning=HELD, work=[Edit("ean", 6, 2)], refused={"p1"}, back=False)
@example(beginning=PAIR, work=[Edit("delete", 2)], refused={"p2"}, back=False)
@example(beginning=PAIR, work=[Edit("price", 2, Decimal(9)), Edit("main", 2, 3)], refused={"p2"}, back=True)
def test_what_the_shop_refuses_is_retried_and_nothing_else(store, beginning, work, refused, back):
    world = born(beginning)
    world.settle()
    then = remember(world)
    for edit in work:
        edit.do(world)
    refusing = Refusing(world.shop, refused)
    first = world.run(shop=refusing)
    log = len(world.shop.log)
    again = world.run(shop=refusing)
    # More may stand on offer by now, so that what the guard held back is few enough to go.
    assert len(world.shop.log) == log or first.stops, "only refused products may be tried again"
    tried = sum(sent(world, again).values())
    failed = sum(count for name, count in again.run.counts.items() if name.startswith(("failed.", "skipped.")))
    assert tried == failed or first.stops or again.stops, "what the guard holds back is planned and not tried"
    if back:
        come_back(world, then)
    world.settle()
    assert differences(world) == {}
    assert world.channel().inbox.to_retry() == [], "what was taken, or is wanted no more, is no failure"


def test_a_refusal_stands_in_the_inbox_until_it_is_taken(store):
    world = World.of(3)
    world.shop.refuses.add("p2")
    first, second = world.run(), world.run()
    assert first.run.counts["failed.publish"] == second.run.counts["failed.publish"] == 1
    assert sent(world, second) == {"plan.publish": 1, "plan.stock": 2}
    assert dict(world.channel().inbox.by_reason()) == {Reason.SHOP_REFUSED: 1, Reason.OFFER_NOT_ACCEPTED: 2}
    world.shop.refuses.clear()
    world.run()
    assert world.channel().inbox.by_reason() == []
    assert sent(world, world.run()) == {}
