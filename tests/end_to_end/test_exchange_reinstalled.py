"""An empty store meets a filled shop: it says so, asks for one full run, and guesses nothing."""

import pytest

from pomost.model.change import Part
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.ports.fault import Fault, Refused
from pomost.store.journal import Journal, State
from pomost.store.models import Channel as ChannelRow
from tests.end_to_end.esklep_stage import Pair
from tests.end_to_end.test_exchange import live

OFFER = frozenset({Part.CARD, Part.PRICE, Part.STOCK})


@pytest.fixture
def again(pair):
    """The shop as another installation left it, with a product and a rule the ERP has no more; our store knows nothing."""
    pair.sell(9)
    pair.discount(8, 8, "10", what=1)
    pair.discount(7, 8, "20", what=2)
    pair.customer(5)
    pair.picture(1, (70, b"obraz"))
    pair.run()
    pair.drop(9)
    pair.erp.unpublish(Area.PUBLIC_DISCOUNT, 8)
    ChannelRow.objects.filter(name=pair.name).delete()
    anew = Pair(pair.url, erp=pair.erp, clock=pair.clock)
    yield anew
    anew.close()


def refused(pair, ask):
    """The refusal, and that nothing was written."""
    before = {area: pair.state(area) for area in ("products", "prices", "stocks", "discounts", "customers")}
    pair.door.delete("/v1/sandbox/journal")
    with pytest.raises(Refused) as caught:
        ask()
    assert not pair.written()
    assert {area: pair.state(area) for area in before} == before
    return caught.value


@pytest.mark.parametrize(
    "wish",
    [{}, {"manual": False}, {"parts": OFFER}, {"parts": frozenset({Part.STOCK})}, {"parts": frozenset({Part.PRICE})}],
    ids=["everything", "by the scheduler", "offer", "stock", "prices"],
)
def test_a_differential_run_says_so_and_asks_for_a_full_one(again, wish):
    refusal = refused(again, lambda: again.run(**wish))
    assert "już wypełniony" in refusal.text.pl
    assert "filled already" in refusal.text.en
    assert "--full" in refusal.advice.pl
    assert "--full" in refusal.advice.en
    row = Journal(again.name).runs(1)[0]
    assert row.state == State.BROKEN
    assert "--full" in row.fault["pl"]


def test_a_preview_asks_too(again):
    """It opens nothing, so it asks for the cursors alone."""
    refusal = refused(again, again.preview)
    assert "--full" in refusal.advice.en


def test_one_full_run_puts_everything_right(again):
    ended = again.run(full=True)
    assert (ended.run.state, ended.run.fault, ended.findings) == (State.DONE, None, ())
    assert live(again.state("products")) == {"1", "2", "3"}
    assert live(again.state("discounts")) == {"7"}
    after = again.run()
    assert (after.run.state, after.findings) == (State.DONE, ())
    assert live(again.state("products")) == {"1", "2", "3"}
    again.run()
    assert not again.written(), "files and customers no full run covers are believed once they were sent"


def test_a_full_run_that_was_broken_off_is_asked_for_again(again):
    again.faults({"kind": "lost_before", "path_prefix": "/v1/stocks:batch", "times": 20})
    with pytest.raises(Fault):
        again.run(full=True)
    again.faults()
    with pytest.raises(Refused):
        again.run()
    assert again.run(full=True).run.state == State.DONE
    assert live(again.state("products")) == {"1", "2", "3"}


def test_a_full_run_of_prices_alone_does_not_answer_for_the_goods(again):
    """Each area answers for itself."""
    with pytest.raises(Refused):
        again.run(parts=frozenset({Part.PRICE}))
    again.run(full=True)
    assert again.run(parts=frozenset({Part.PRICE})).run.state == State.DONE


def test_an_empty_shop_needs_no_full_run(pair):
    assert pair.run().findings == ()
    fresh = Pair(pair.url, erp=pair.erp)
    fresh.door.post("/v1/sandbox/reset").raise_for_status()
    assert fresh.run().run.state == State.DONE
    fresh.close()


def test_a_first_run_cut_off_before_its_end_goes_on_without_asking(pair):
    """Nobody has closed anything yet, so nobody else can have filled the shop."""
    pair.faults({"kind": "lost_before", "path_prefix": "/v1/stocks:batch", "times": 20})
    with pytest.raises(Fault):
        pair.run()
    pair.faults()
    ended = pair.run()
    assert (ended.run.state, ended.findings) == (State.DONE, ())
    assert Reason.SHOP_WENT_BACK not in {found.reason for found in ended.findings}


def test_a_shop_that_was_put_back_is_still_told_apart(pair):
    """We have closed its areas before: it is the shop that forgot."""
    pair.run()
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    ended = pair.run()
    assert {found.reason for found in ended.findings} == {Reason.SHOP_WENT_BACK}
    assert live(pair.state("products")) == {"1", "2", "3"}
