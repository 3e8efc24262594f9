"""What the ERP's document comes to is held against the order, whichever way the ERP tells (decision table 8.7)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.fuse import Fuse, FusedErp, FusedShop, Trouble
from pomost.conformance.hostile import WrappedErp
from pomost.model.change import Part, RegisterOrder
from pomost.model.order_policy import VatDiffers
from pomost.model.outcome import Done
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.model.totals import DocumentTotals, Totals
from pomost.ports.fault import Unavailable
from pomost.runs import offer
from tests.order_worlds import OrderWorld, order_line

ONLY_ORDERS = frozenset({Part.ORDERS, Part.STATUSES})
ORDERED = Totals(Decimal("7.50"), Decimal("1.73"), Decimal("9.23"))  # reckoned by the ERP from 7.50
OTHER = Totals(Decimal("7.50"), Decimal("0.60"), Decimal("8.10"))
TOTALS = {
    "by rate": DocumentTotals(OTHER, {"8": OTHER}),
    "as a whole": DocumentTotals(OTHER),
}
TOLD = {"by rate": "ORDER_VAT_DIFFERS", "as a whole": "ORDER_TOTALS_DIFFER"}


class Telling(WrappedErp):
    """An ERP whose documents come to this, whatever its cards said a moment before."""

    def __init__(self, inner, totals):
        super().__init__(inner)
        self.totals = totals

    def send(self, changes, attempt):
        for outcome in self.inner.send(changes, attempt):
            yield replace(outcome, totals=self.totals) if isinstance(outcome, Done) else outcome

    def rehearse(self, changes):
        return (self.totals for _ in changes)


class Keeping(WrappedErp):
    """An ERP that tells of documents already made what they come to."""

    def __init__(self, inner, gross):
        super().__init__(inner)
        self.gross = Decimal(gross)

    def find_orders(self, keys):
        found = self.inner.find_orders(keys)
        return {key: tuple(replace(one, gross=self.gross) for one in each) for key, each in found.items()}


@pytest.fixture
def world(store):
    return OrderWorld.of(3)


def waiting(world):
    world.ordering(vat_differs=VatDiffers.WAIT)


@pytest.mark.parametrize("how", TOTALS)
def test_a_document_that_comes_to_something_else_is_told(world, how):
    """Decision table 8.7: per rate, or at least the whole; the document stays and the shop hears of it."""
    order_id = world.place()
    world.run(erp=Telling(world.erp, TOTALS[how]), parts=ONLY_ORDERS)
    assert world.told(order_id) is not None
    assert set(world.reasons()["ZAM/000001"]) == {TOLD[how]}


def test_an_erp_that_tells_no_totals_is_held_to_what_its_cards_say(world):
    """Decision table 8.7: what is foreseen of the cards' rates is told where nothing else can be."""
    world.change(1, vat="8")
    world.place()
    world.run(erp=Telling(world.erp, None), parts=ONLY_ORDERS)
    assert set(world.reasons()["ZAM/000001"]) == {"ORDER_VAT_DIFFERS"}


def test_a_card_that_was_mended_in_between_leaves_nothing_to_tell(world):
    """Decision table 8.7: what the ERP says of the document takes the place of what was foreseen."""
    world.change(1, vat="8")
    world.place()
    world.run(erp=Telling(world.erp, DocumentTotals(ORDERED, {"23": ORDERED})), parts=ONLY_ORDERS)
    assert world.reasons() == {}


@pytest.mark.parametrize("how", TOTALS)
def test_a_preview_holds_the_dry_run_against_the_order(world, how):
    """Decision table 8.7: in preview too."""
    world.place()
    seen = offer.preview(world.channel(erp=Telling(world.erp, TOTALS[how])), RunRequest())
    changes = [change for batch in world.channel().journal.batches(seen.run) for change in batch.changes]
    (planned,) = [change for change in changes if isinstance(change, RegisterOrder)]
    assert {str(one.reason) for one in planned.why} == {TOLD[how]}


@pytest.mark.parametrize("how", TOTALS)
def test_with_the_setting_wait_the_dry_run_comes_first(world, how):
    """Decision table 8.7: waits before anything is saved, in a preview, a run and an approval."""
    waiting(world)
    order_id = world.place()
    erp = Telling(world.erp, TOTALS[how])
    seen = offer.preview(world.channel(erp=erp), RunRequest())
    assert seen.run.counts[f"waiting.{TOLD[how]}"] == 1
    world.run(erp=erp)
    assert (world.documents(), world.told(order_id)) == ([], None)
    assert set(world.reasons()["ZAM/000001"]) == {TOLD[how]}
    world.run()
    assert (world.documents(), world.reasons()) == (["ZAM/000001"], {})


def test_an_approval_waits_as_the_run_does(world):
    waiting(world)
    world.place()
    seen = offer.preview(world.channel(), RunRequest())
    assert seen.run.counts["plan.register"] == 1
    late = Telling(world.erp, TOTALS["by rate"])
    offer.approve(world.channel(erp=late), seen.run.pk, seen.run.checksum, "anna", RunRequest())
    assert world.documents() == []
    assert set(world.reasons()["ZAM/000001"]) == {"ORDER_VAT_DIFFERS"}


def test_without_a_dry_run_the_setting_wait_saves_nothing(world):
    """Nobody can say what the document would come to: the orders wait for the ERP, and the fault is told."""

    class Missing(WrappedErp):
        def rehearse(self, _changes):
            raise Unavailable(Text("Nie ma Sfery.", "No Sfera."), Text("Włącz ją.", "Start it."))

    waiting(world)
    world.place()
    ended = world.run(erp=Missing(world.erp), parts=ONLY_ORDERS)
    assert ended.run.fault["en"].startswith("No Sfera.")
    assert world.documents() == []
    world.run()
    assert world.documents() == ["ZAM/000001"]


def test_without_the_setting_no_dry_run_is_made(world):
    class Never(WrappedErp):
        def rehearse(self, _changes):
            raise AssertionError("a run that only tells makes no dry run")

    world.place()
    world.run(erp=Never(world.erp))
    assert world.documents() == ["ZAM/000001"]


def test_a_document_nobody_heard_the_end_of_is_held_against_its_order_later(world):
    """Decision table 8.7: the run was cut off between the saving and its answer; the difference is told all the same."""
    order_id = world.place()
    fuse = Fuse({5: Trouble.BROKEN_AFTER})
    world.run(erp=FusedErp(world.erp, fuse), shop=FusedShop(world.shop, fuse), parts=ONLY_ORDERS)
    assert world.documents() == ["ZAM/000001"]
    assert world.told(order_id) is None
    world.run(erp=Keeping(world.erp, "8.10"), parts=ONLY_ORDERS)
    assert world.told(order_id) is not None
    assert set(world.reasons()["ZAM/000001"]) == {"ORDER_TOTALS_DIFFER"}


@pytest.mark.parametrize(("gross", "told"), [("9.23", set()), ("8.10", {"ORDER_TOTALS_DIFFER"})])
def test_a_document_that_was_there_already_is_held_against_its_order_too(world, gross, told):
    """Decision table 8.7: made by an earlier run of another machine, with the same goods and the same net."""
    order_id = world.place(order_line(1, tax=Decimal("1.73"), gross=Decimal("9.23")))
    seen = offer.preview(world.channel(), RunRequest())
    (draft,) = [
        change.draft
        for batch in world.channel().journal.batches(seen.run)
        for change in batch.changes
        if isinstance(change, RegisterOrder)
    ]
    world.erp.documents.save(draft)
    world.run(erp=Keeping(world.erp, gross), parts=ONLY_ORDERS)
    assert world.told(order_id) is not None
    assert set(world.reasons().get("ZAM/000001", [])) == told
