"""Law 10: a plan survives a round trip through its stored form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.request import RunRequest
from pomost.ports.fault import Refused
from pomost.runs import offer
from pomost.store.journal import State
from pomost.store.packing import (
    pack_changes,
    pack_findings,
    pack_offer,
    pack_outcomes,
    pack_prints,
    pack_stocks,
    pack_units,
    unpack_changes,
    unpack_findings,
    unpack_offer,
    unpack_outcomes,
    unpack_prints,
    unpack_stocks,
    unpack_units,
)
from tests.laws.changes import changes, offers, outcomes, stocks, units, why
from tests.worlds import World, differences


@given(st.lists(changes, max_size=5))
def test_changes_come_back_as_they_were(plan):
    assert unpack_changes(pack_changes(plan)) == plan


@given(st.lists(outcomes, max_size=5))
def test_outcomes_come_back_as_they_were(answers):
    assert unpack_outcomes(pack_outcomes(answers)) == answers


@given(st.none() | offers, st.dictionaries(st.text(max_size=8), stocks, max_size=3))
def test_what_the_shop_holds_comes_back_as_it_was(terms, held):
    assert unpack_offer(pack_offer(terms)) == terms
    assert unpack_stocks(pack_stocks(held)) == held


@given(st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.binary(max_size=32)), max_size=5))
def test_what_a_batch_settles_comes_back_as_it_was(prints):
    assert unpack_prints(pack_prints(prints)) == prints


@given(why, st.lists(units, max_size=3).map(tuple))
def test_reasons_and_units_come_back_as_they_were(findings, packs):
    assert unpack_findings(pack_findings(findings)) == findings
    assert unpack_units(pack_units(packs)) == packs


def test_the_plan_a_person_saw_is_the_plan_that_is_sent(either_store):
    world = World.of(30)
    channel = world.channel()
    seen = offer.preview(channel, RunRequest())
    assert seen.run.state == State.PLANNED
    assert world.shop.log == []
    planned = [change for batch in channel.journal.batches(seen.run) for change in batch.changes]
    offer.approve(channel, seen.run.pk, seen.run.checksum, "somebody", RunRequest())
    sent = world.shop.log
    assert [change.target for change in sent] == [change.target for change in planned]
    assert [type(change) for change in sent] == [type(change) for change in planned]
    assert differences(world) == {}


def test_a_plan_is_not_approved_by_another_plans_checksum(store):
    world = World.of(2)
    seen = offer.preview(world.channel(), RunRequest())
    with pytest.raises(Refused):
        offer.approve(world.channel(), seen.run.pk, "0" * 64, "somebody", RunRequest())
    assert world.shop.log == []


def test_a_late_approval_sends_no_old_quantity(store):
    world = World.of(3)
    world.run()
    world.change(1, main=50)
    seen = offer.preview(world.channel(), RunRequest())
    world.change(1, main=7)
    offer.approve(world.channel(), seen.run.pk, seen.run.checksum, "somebody", RunRequest())
    assert world.shop.held["p1"].stocks["MAG"].quantity == 7
    assert differences(world) == {}
