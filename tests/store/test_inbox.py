"""The error inbox: one line per card and part, counted while its reason lasts; on both databases."""

import pytest

from pomost.model.reason import Finding, Reason
from pomost.store.unresolved import DECISION, WARNING, Item
from tests.worlds import World


@pytest.fixture
def world(either_store):
    return World()


@pytest.fixture
def inbox(world):
    return world.channel().inbox


def item(key, reason=Reason.EAN_MISSING, part=DECISION, *, retry=False, **facts):
    return Item(key, part, f"S{key}", f"p{key}", (Finding.of(reason, **facts), Finding.of(Reason.TEXT_BROKEN)), retry)


def test_runs_are_counted_while_the_reason_lasts(world, inbox):
    since = world.clock.now
    for _ in range(3):
        inbox.put([item(1, ean="x")], world.clock())
    (held,) = inbox.of_card(1)
    assert (held.runs, held.symbol, held.findings) == (3, "S1", item(1, ean="x").findings)
    assert (held.since - since).total_seconds() < 0.0015, "since it was first met"


def test_another_reason_is_counted_anew(world, inbox):
    inbox.put([item(1)], world.clock())
    inbox.put([item(1)], world.clock())
    world.clock()
    inbox.put([item(1, Reason.PRICE_MISSING)], world.clock())
    (held,) = inbox.of_card(1)
    assert (held.runs, held.findings[0].reason) == (1, Reason.PRICE_MISSING)
    assert inbox.by_reason() == [(Reason.PRICE_MISSING, 1)]


def test_parts_of_a_card_are_apart(world, inbox):
    inbox.put([item(1), item(1, part=WARNING), item(1, part="stock:MAG", retry=True)], world.clock())
    assert [held.part for held in inbox.of_card(1)] == [DECISION, "stock:MAG", WARNING]
    inbox.clear([1], (DECISION, WARNING))
    assert [held.part for held in inbox.of_card(1)] == ["stock:MAG"]
    inbox.clear_done([(1, "stock:FIL")])
    assert inbox.to_retry() == [1]
    inbox.clear_done([(1, "stock:MAG")])
    assert inbox.of_card(1) == []
    assert inbox.to_retry() == []


def test_only_what_the_shop_refused_is_tried_again(world, inbox):
    inbox.put([item(1), item(2, Reason.SHOP_REFUSED, "offer", retry=True)], world.clock())
    inbox.put([item(2, Reason.SHOP_REFUSED, "stock:MAG", retry=True)], world.clock())
    assert inbox.to_retry() == [2]


def test_reasons_are_grouped_the_commonest_first(world, inbox):
    inbox.put([item(1), item(2), item(3, Reason.PRICE_MISSING)], world.clock())
    assert inbox.by_reason() == [(Reason.EAN_MISSING, 2), (Reason.PRICE_MISSING, 1)]
    assert [held.key for held in inbox.items(Reason.EAN_MISSING)] == [1, 2]
    assert len(inbox.items(limit=2)) == 2


def test_channels_have_their_own(world, inbox):
    inbox.put([item(1)], world.clock())
    other = World().channel().inbox
    assert other.items() == []
    other.clear([1], (DECISION,))
    assert len(inbox.items()) == 1
