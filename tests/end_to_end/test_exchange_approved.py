"""A plan approved late, after runs of a part alone: what is recorded is what the shop holds, and nothing old comes back."""

import pytest

from pomost.model.change import Part
from pomost.model.subject import Area
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import MAIN, OTHER, RETAIL, prices, stocks
from tests.end_to_end.test_exchange import live

STOCK, PRICE = frozenset({Part.STOCK}), frozenset({Part.PRICE})


def stock_of(pair, key, warehouse=MAIN):
    return pair.state("stocks")[f"{key}/{warehouse}"]["quantity"]


@pytest.fixture(params=[False, True], ids=["differential", "in full"])
def waiting(pair, request):
    """Preview anything about a synchronised pair; the plan then waits while stock runs and price runs go on."""
    pair.run()
    return lambda: pair.preview(full=request.param)


def test_stock_that_went_away_and_came_back_is_what_the_shop_holds(pair, waiting):
    pair.publish(Area.STOCKS, 1, stocks("7", "1"))
    waiting()
    pair.publish(Area.STOCKS, 1, stocks("8", "1"))
    pair.run(parts=STOCK)
    assert stock_of(pair, 1) == "8"
    pair.publish(Area.STOCKS, 1, stocks("10", "1"))
    assert pair.approve().run.state == State.DONE
    assert stock_of(pair, 1) == "10"


def test_a_price_sent_meanwhile_is_not_set_back(pair, waiting):
    pair.publish(Area.PRICES, 1, prices("7.00", "1.50", points=1))
    waiting()
    pair.publish(Area.PRICES, 1, prices("8.00", "1.50", points=1))
    pair.run(parts=PRICE)
    done = pair.approve()
    assert done.run.state == State.DONE
    assert pair.state("prices")[f"1/{RETAIL}"]["value"] == "8"
    ended = pair.run()
    assert not pair.written(), (ended.findings, ended.run.counts, done.run.counts, done.findings)
    assert pair.quote(1) == "8.00"


def test_a_price_that_came_back_is_what_the_shop_holds(pair, waiting):
    pair.publish(Area.PRICES, 1, prices("7.00", "1.50", points=1))
    waiting()
    pair.publish(Area.PRICES, 1, prices("8.00", "1.50", points=1))
    pair.run(parts=PRICE)
    pair.publish(Area.PRICES, 1, prices("1.00", "1.50", points=1))
    pair.approve()
    pair.run()
    assert pair.quote(1) == "1.00"


def test_a_withdrawal_takes_every_line_the_shop_holds_by_now(pair):
    """A withdrawn product's stock of a warehouse that a stock run added since."""
    pair.publish(Area.STOCKS, 1, stocks("10", "0"))
    pair.run()
    gone = {area: pair.erp.published[area][1] for area in (Area.PRODUCT, Area.PRICES, Area.STOCKS)}
    pair.drop(1)
    pair.preview()
    for area, kept in gone.items():
        pair.erp.published[area][1] = kept
    pair.publish(Area.STOCKS, 1, stocks("10", "5"))
    pair.run(parts=STOCK)
    assert stock_of(pair, 1, OTHER) == "5"
    pair.drop(1)
    assert pair.approve().run.state == State.DONE
    assert (stock_of(pair, 1), stock_of(pair, 1, OTHER)) == ("0", "0")
    assert live(pair.state("products")) == {"2", "3"}


def test_a_full_plan_sweeps_nothing_that_was_sent_since(pair):
    pair.run()
    pair.preview(full=True)
    pair.publish(Area.PRICES, 2, prices("5.00", "2.50", points=2))
    pair.run(parts=PRICE)
    assert pair.approve().run.state == State.DONE
    assert live(pair.state("prices")) == {f"{key}/{kind}" for key in (1, 2, 3) for kind in (2, 3)}
    assert pair.quote(2) == "5.00"


def test_what_an_approval_finds_out_about_the_shop_is_told(pair):
    pair.run()
    pair.preview()
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    assert "SHOP_WENT_BACK" in {str(one.reason) for one in pair.approve().findings}
    pair.run()
    assert live(pair.state("products")) == {"1", "2", "3"}
