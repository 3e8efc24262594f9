"""Offers whose stock stands still run after run are told of after the third, until the card is mended (tables 1.2)."""

from dataclasses import replace

import pytest

from pomost.model.change import Part
from pomost.model.reason import Reason
from pomost.model.request import RunRequest
from pomost.model.sentences_of_runs import say
from pomost.runs import offer
from tests.worlds import World, card, ean

CARTONS = {"base_unit": "CT"}
"""The card is kept in cartons from now on: no product of these worlds is sold in them, and its stock is no pieces'."""


def told(ended):
    return [dict(found.facts) for found in ended.findings if found.reason is Reason.LEFT_STALE]


@pytest.fixture
def world(store):
    world = World.of(8)
    world.settle()
    return world


def test_the_third_run_that_skips_an_offer_says_so_and_so_does_every_later_one(world):
    world.change(3, **CARTONS)
    assert [told(world.run()) for _ in range(2)] == [[], []]
    ended = world.run()
    assert told(ended) == [{"runs": "3", "count": "1", "symbols": "S3"}]
    assert ended.run.counts["stale"] == 1
    (found,) = ended.findings
    assert "pomijane od co najmniej 3 synchronizacji z rzędu (1: S3)" in say(found, "pl")
    assert "skipped for at least 3 runs in a row (1: S3)" in say(found, "en")
    assert told(world.run()) == told(ended)
    world.change(3, base_unit="szt.")
    ended = world.run()
    assert (told(ended), "stale" in ended.run.counts) == ([], False)


def test_a_card_that_moves_every_day_and_stays_skipped_is_not_forgotten(world):
    """It is decided about anew in each run; since when it is skipped stays."""
    world.change(3, **CARTONS)
    for quantity in (1, 2):
        world.change(3, main=quantity)
        assert told(world.run()) == []
    world.change(3, main=3)
    assert told(world.run())
    (item,) = world.channel().inbox.items(Reason.UNIT_NOT_OFFERED)
    assert item.runs == 3
    assert [found.reason for found in item.findings][1:] == [Reason.STOCK_STANDS_STILL, Reason.STILL_SOLD]


def test_a_day_without_the_reason_begins_anew(world):
    world.change(3, **CARTONS)
    world.run()
    world.change(3, base_unit="szt.")
    world.run()
    world.change(3, **CARTONS)
    assert [told(world.run()) for _ in range(2)] == [[], []]
    assert told(world.run())


def test_only_what_stands_on_offer_and_gets_no_stock_counts(world):
    """Decision table 8.16: a faulty card's stock goes on, so it does not grow old; a code on two cards is a fault too."""
    world.erp.put(card(20, ean=ean(1)), card(21, **CARTONS), card(22, ean=""))
    world.change(4, unit="CT")
    world.change(3, **CARTONS)
    world.run()
    world.run()
    assert told(world.run()) == [{"runs": "3", "count": "1", "symbols": "S3"}]


def test_many_are_counted_and_a_few_named(world):
    for key in range(1, 8):
        world.change(key, **CARTONS)
    world.run()
    world.run()
    assert told(world.run()) == [{"runs": "3", "count": "7", "symbols": "S1, S2, S3, S4, S5, …"}]


def test_previews_and_runs_of_stock_alone_are_no_runs_that_skip(world):
    """A run of stock alone does not look at cards: it is the ordinary one that tells."""
    world.change(3, **CARTONS)
    world.run()
    for _ in range(3):
        offer.preview(world.channel(), RunRequest())
        assert told(world.run(parts=frozenset({Part.STOCK}))) == []
    assert told(world.run()) == []
    assert told(world.run())


@pytest.mark.parametrize("change", [{"price": None}, {"vat": "77"}, {"symbol": "X" * 30}])
def test_offers_that_go_on_getting_their_stock_are_not_told_of(world, change):
    world.change(3, **change)
    assert [told(world.run()) for _ in range(4)] == [[]] * 4


def test_stock_that_is_zeroed_or_not_ours_cannot_grow_old(world):
    goods = replace(world.policy.goods, zero_stock_on_unit_error=True)
    world.policy = replace(world.policy, goods=goods)
    world.change(3, **CARTONS)
    assert [told(world.run()) for _ in range(4)] == [[]] * 4
    without = replace(world.policy.stock, enabled=False)
    world.policy = replace(world.policy, goods=replace(goods, zero_stock_on_unit_error=False), stock=without)
    assert [told(world.run()) for _ in range(4)] == [[]] * 4


def test_a_stock_left_out_for_its_fraction_is_in_the_inbox(world):
    world.policy = replace(world.policy, stock=replace(world.policy.stock, strict_whole=True))
    world.change(3, main="2.5")
    world.run()
    assert dict(world.channel().inbox.by_reason()) == {Reason.STOCK_FRACTION_STRICT: 1}
    world.change(3, main=2)
    world.run()
    assert world.channel().inbox.by_reason() == []
