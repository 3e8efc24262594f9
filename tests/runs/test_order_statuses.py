"""Statuses back over connectors in memory: the stage of a document becomes the status of its order, only forward."""

from dataclasses import replace

import pytest

from pomost.model.change import Area, Part, SetStatus
from pomost.model.order import DocumentRef, Stage
from pomost.model.request import RunRequest
from pomost.runs import offer
from tests.order_worlds import OrderWorld

ONLY_ORDERS = frozenset({Part.ORDERS, Part.STATUSES})


@pytest.fixture
def world(store):
    return OrderWorld.of(3)


def test_a_preview_of_statuses_tells_none(world):
    order_id = world.place()
    world.run()
    world.erp.documents.advance(1, Stage.INVOICED)
    seen = offer.preview(world.channel(), RunRequest())
    assert world.status(order_id) == "accepted"
    planned = [change for batch in world.channel().journal.batches(seen.run) for change in batch.changes]
    assert [(one.before, one.after) for one in planned if isinstance(one, SetStatus)] == [("accepted", "completed")]
    offer.approve(world.channel(), seen.run.pk, seen.run.checksum, "szef", RunRequest())
    assert world.status(order_id) == "completed"


# Statuses


STAGES = [(Stage.PARTLY, "in_progress"), (Stage.REALISED, "completed"), (Stage.DELETED, "cancelled")]


@pytest.mark.parametrize(("stage", "status"), STAGES)
def test_a_stage_becomes_the_status_of_the_settings(world, stage, status):
    order_id = world.place()
    world.run()
    world.erp.documents.advance(1, stage)
    world.run()
    assert world.status(order_id) == status


def test_a_status_goes_only_forward_and_never_over_a_final_one(world):
    order_id = world.place()
    world.run()
    world.shop.basket.edit(order_id, status="in_progress")
    world.erp.documents.advance(1, Stage.OPEN)
    world.erp.documents.advance(1, Stage.RESERVED)
    world.run()
    assert world.status(order_id) == "in_progress"
    world.shop.basket.edit(order_id, status="completed")
    world.erp.documents.advance(1, Stage.DELETED)
    world.run()
    assert world.status(order_id) == "completed"


def test_a_stage_without_a_status_sends_nothing(world):
    world.ordering(statuses={Stage.INVOICED: "completed"})
    order_id = world.place()
    ended = world.run()
    assert world.status(order_id) == "new"
    assert "plan.status" not in ended.run.counts
    world.erp.documents.advance(1, Stage.INVOICED, DocumentRef("FS", 8, "FS 8/MEM"))
    world.run()
    assert world.status(order_id) == "completed", "through whatever the shop wants in between"
    trail = [change for _, change, _ in world.channel().journal.trail_of(Area.ORDER, order_id)]
    assert [(one.before, one.after) for one in trail if isinstance(one, SetStatus)] == [
        ("new", "accepted"),
        ("accepted", "completed"),
    ]
    assert {one.document.kind for one in trail if isinstance(one, SetStatus)} == {"FS"}


def test_switching_statuses_on_reports_no_old_order(world):
    world.ordering(feedback=False)
    old = [world.place() for _ in range(2)]
    world.run()
    world.erp.documents.advance(1, Stage.PARTLY)
    world.ordering(feedback=True)
    new = world.place()
    world.run()
    assert [world.status(one) for one in (*old, new)] == ["new", "new", "accepted"]
    world.erp.documents.advance(2, Stage.INVOICED)
    world.run()
    assert [world.status(one) for one in old] == ["new", "completed"], "what happens from now on is told"


def test_what_happened_while_statuses_were_off_is_not_told_later(world):
    order_id = world.place()
    world.run()
    world.ordering(feedback=False)
    world.run()
    world.erp.documents.advance(1, Stage.PARTLY)
    world.ordering(feedback=True)
    world.run()
    assert world.status(order_id) == "accepted"


def test_a_status_the_shop_refuses_is_told_and_tried_again_from_where_the_order_is(world):
    order_id = world.place()
    world.run()
    world.erp.documents.advance(1, Stage.PARTLY)

    class Meanwhile(type(world.shop)):
        def send(self, changes, attempt):
            world.shop.basket.held[order_id] = replace(world.shop.basket.held[order_id], status="completed")
            return world.shop.send(changes, attempt)

        def __getattribute__(self, name):
            return super().__getattribute__(name) if name == "send" else getattr(world.shop, name)

    ended = world.run(shop=Meanwhile())
    assert ended.run.counts["failed.status"] == 1
    assert world.reasons() == {"ZAM/000001": ["SHOP_REFUSED"]}
    again = world.run()
    assert "failed.status" not in again.run.counts
    assert world.status(order_id) == "completed"
    assert world.reasons() == {}


# The whole run
