"""Pains of noticing changes that have no test elsewhere."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.hostile import Breaking, WrappedErp
from pomost.model.change import Publish, SetStock
from pomost.ports.fault import Unavailable
from tests.worlds import World, differences, listed, shown


class Busy(WrappedErp):
    """Somebody works in the ERP while it is read: `work` is done right after the scan has passed."""

    def __init__(self, inner, work):
        super().__init__(inner)
        self.work = work

    def scan(self, aspects):
        yield from self.inner.scan(aspects)
        self.work()


def test_pain_21_what_changes_after_the_scan_is_found_by_the_next_run(store):
    world = World.of(6)
    world.settle()
    world.change(2, price=Decimal(4))

    def work():
        world.change(2, main=77)  # a card about to be read again
        world.change(5, main=78)  # one that the scan has just found unchanged

    world.run(erp=Busy(world.erp, work))
    assert shown(world.shop)["p2"].stocks["MAG"] == 77, "what is sent is what was read last"
    assert shown(world.shop)["p5"].stocks["MAG"] == 10
    world.run()
    assert shown(world.shop)["p5"].stocks["MAG"] == 78
    assert differences(world) == {}


@pytest.mark.parametrize("taken", [False, True])
def test_pain_22_what_changed_in_one_moment_is_all_sent_though_the_run_breaks_off(store, taken):
    world = World.of(60)
    world.settle()
    for key in range(1, 61):
        world.change(key, price=Decimal(3))
    world.shop.log.clear()
    with pytest.raises(Unavailable):
        world.run(shop=Breaking(world.shop, 24, taken=taken))
    done = len(world.shop.log)
    world.run()
    assert differences(world) == {}
    assert len(world.shop.log) - done <= 60 - 24, "what was answered is not sent again"
    assert world.run().run.counts.get("decided", 0) == 0


def test_pain_24_one_run_compares_everything(store):
    """A stock, a deletion and a new listing among hundreds: the very next run finds all three, and reads nothing else."""
    world = World.of(400)
    world.erp.cards.pop(400)
    world.settle()
    del world.erp.cards[7]
    world.change(200, other=1)
    world.erp.put(replace(world.erp.cards[1], key=401, symbol="S401", ean=listed(401).ean))
    world.shop.list_products(listed(401))
    ended = world.run()
    assert ended.run.counts["decided"] == 3
    assert differences(world) == {}


def test_pain_33_what_was_touched_and_is_equal_is_not_sent(store):
    world = World.of(40)
    world.settle()
    world.shop.log.clear()
    for key in range(1, 41):  # every card moved in the ERP, and what the shop is told of it did not
        held = world.erp.cards[key]
        world.erp.put(replace(held, name=f"{held.name} (nowa nazwa)"))
        world.change(key, main="10.0", price=Decimal("2.500"))
    ended = world.run()
    assert ended.run.counts["decided"] == 40
    assert world.shop.log == []
    assert not [one for one in world.shop.log if isinstance(one, Publish | SetStock)]
    assert world.run().run.counts.get("decided", 0) == 0
