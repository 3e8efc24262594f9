"""Law 7, its other half: nobody waits for us longer than one short transaction, so none is open while we wait outside."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.change import Part
from pomost.model.policy import GoodsPolicy
from pomost.model.request import RunRequest
from pomost.runs import offer
from pomost.runs.channel import Channel
from pomost.runs.rollback import rollback
from pomost.store.database import one_transaction
from tests.laws.lives import beginnings, born, edits
from tests.worlds import World, differences

PARTS = [frozenset(Part), frozenset({Part.STOCK}), frozenset({Part.PRICE})]


class Outside:
    """A connector of which every call, and every step of what it streams, must find no transaction open."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        return self._checked(found) if callable(found) else found

    def _checked(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def calling(*what: Any, **more: Any) -> Any:
            self._look()
            answer = call(*what, **more)
            return self._stepping(answer) if isinstance(answer, Iterator) else answer

        return calling

    def _stepping(self, steps: Iterator[Any]) -> Iterator[Any]:
        for step in steps:
            yield step
            self._look()

    def _look(self) -> None:
        self.calls += 1
        assert not connection.in_atomic_block, "the store is held while the outside is waited for"


def outside(world: World) -> Channel:
    return world.channel(erp=Outside(world.erp), shop=Outside(world.shop))


def settle(world: World, request: RunRequest) -> offer.Ended:
    ended = offer.run(outside(world), request)
    return offer.approve(outside(world), None, "", "somebody", RunRequest()) if ended.stops else ended


@given(beginnings(), edits, st.sampled_from(PARTS), st.booleans())
def test_no_transaction_is_open_while_a_run_waits_for_the_outside(store, beginning, work, parts, full):
    world = born(beginning)
    first = settle(world, RunRequest())
    for edit in work:
        edit.do(world)
    seen = offer.preview(outside(world), RunRequest(parts=parts, full=full))
    offer.approve(outside(world), seen.run.pk, seen.run.checksum, "somebody", RunRequest())
    settle(world, RunRequest())
    assert differences(world) == {}
    if first.run.counts.get("done.publish"):
        rollback(outside(world), first.run.pk, "somebody", RunRequest())


def test_nor_while_stocks_alone_are_kept_for_offers_somebody_else_made(store):
    world = World.of(3)
    world.run()
    sister = World(company=world.company, shop=world.shop, erp=world.erp)
    sister.policy = replace(world.policy, goods=GoodsPolicy(enabled=False))
    world.change(2, main=3)
    assert settle(sister, RunRequest()).run.counts["done.stock"] == 1


def test_an_open_transaction_would_be_noticed(store):
    world = World.of(1)
    watched = Outside(world.erp)
    assert len(list(watched.products([1]))) == 1
    assert watched.calls == 2
    with one_transaction(), pytest.raises(AssertionError):
        watched.products([1])
