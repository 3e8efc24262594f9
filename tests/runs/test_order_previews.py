"""Orders in a preview: what would become documents, the ERP's own dry run of each, and what an approval still changes."""

from dataclasses import replace

import pytest

from pomost.conformance.hostile import WrappedErp
from pomost.model.change import RegisterOrder
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.fault import Unavailable
from pomost.runs import offer
from pomost.store.journal import State
from tests.order_worlds import OrderWorld, order_line


@pytest.fixture
def world(store):
    return OrderWorld.of(3)


def test_a_preview_shows_what_would_become_documents_and_why_others_wait(world):
    world.place()
    world.place(order_line(9))
    seen = offer.preview(world.channel(), RunRequest())
    assert seen.run.state == State.PLANNED
    assert (world.documents(), world.told("o1")) == ([], None)
    planned = [change for batch in world.channel().journal.batches(seen.run) for change in batch.changes]
    assert [change.draft.number for change in planned if isinstance(change, RegisterOrder)] == ["ZAM/000001"]
    assert seen.run.counts["waiting.ORDER_LINE_UNKNOWN"] == 1
    assert world.reasons() == {"ZAM/000002": ["ORDER_LINE_UNKNOWN"]}


def test_a_preview_asks_the_erps_own_dry_run(world):
    """What the ERP would refuse is told before anything is approved; the rest of the plan stands."""
    world.place()
    good = world.place()
    world.erp.documents.refuses.add("ZAM/000001")
    seen = offer.preview(world.channel(), RunRequest())
    assert (seen.run.counts["plan.register"], seen.run.counts["waiting.ERP_REFUSED"]) == (1, 1)
    assert world.documents() == []
    assert world.reasons() == {"ZAM/000001": ["ERP_REFUSED"]}
    offer.approve(world.channel(), seen.run.pk, seen.run.checksum, "anna", RunRequest())
    assert world.documents() == ["ZAM/000002"]
    world.erp.documents.refuses.clear()
    world.run()
    assert (sorted(world.documents()), world.reasons()) == (["ZAM/000001", "ZAM/000002"], {})
    assert world.told(good) is not None


def test_a_preview_whose_dry_run_breaks_off_plans_every_order_all_the_same(world):
    """Sfera is not there today: the plan is as it would be without a dry run, and the fault is told once."""

    class Missing(WrappedErp):
        def rehearse(self, _changes):
            raise Unavailable(Text("Nie ma Sfery.", "No Sfera."), Text("Włącz ją.", "Start it."))

    for _ in range(3):
        world.place()
    world.erp.can = replace(world.erp.can, drafts=1)
    seen = offer.preview(world.channel(erp=Missing(world.erp)), RunRequest())
    assert (seen.run.counts["plan.register"], world.reasons()) == (3, {})
    assert seen.run.fault["en"].startswith("No Sfera.")


def test_an_approved_preview_decides_orders_anew(world):
    for _ in range(3):
        world.place()
    seen = offer.preview(world.channel(), RunRequest())
    world.shop.basket.edit("o1", status="cancelled")
    world.shop.basket.edit("o2", lines=(order_line(1, 7),))
    late = world.place()
    done = offer.approve(world.channel(), seen.run.pk, seen.run.checksum, "szef", RunRequest())
    assert done.run.state == State.DONE
    assert sorted(world.documents()) == ["ZAM/000002", "ZAM/000003"]
    assert world.erp.documents.drafts[world.document_of("o2")].lines[0].quantity == 7
    assert world.told(late) is None, "it was not seen"
    outcomes = {
        change.target.id: outcome
        for batch in world.channel().journal.batches(done.run)
        for change, outcome in zip(batch.changes, batch.outcomes, strict=True)
        if isinstance(change, RegisterOrder) and batch.number == 1
    }
    assert str(outcomes["o1"].reason.reason) == "ORDER_LEFT_STATUS"
    assert outcomes["o2"].document == world.told("o2")
    world.run()
    assert len(world.documents()) == 3
