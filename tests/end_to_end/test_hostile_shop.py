"""A hostile shop over HTTP: what it keeps, answers and shows is not what it was told; nothing is lost for all that."""

from decimal import Decimal

import pytest

from pomost.model.sentences_of_runs import say
from pomost.sandbox.mstore.server import serve
from tests.end_to_end.stage import CARDS, CHANNEL, STOCK_ONLY, Window, ean, small_shop, symbol

EVER = {"times": None}
OFFERS, STOCKS = {"path_prefix": "/v1/offers"}, {"path_prefix": "/v1/stocks"}


@pytest.fixture
def window():
    """A shop with small pages and batches, so that twelve products are several of either."""
    with serve(small_shop(max_page=5, max_batch=5)) as running:
        shop = Window(running.url)
        yield shop
        shop.close()


def is_right(stage):
    """Prices and stocks are the company's, and there is nothing left to do or to say."""
    shelf = stage.shop.active()
    assert len(shelf) == CARDS
    for name, shown in shelf.items():
        on_hand = {house: int(held) - int(reserved) for house, (held, reserved) in stage.company.stocks(name).items()}
        assert shown.price == str(stage.company.prices(name)[3][0].quantize(Decimal("0.01"))), name
        assert shown.stock == {"MAG": on_hand["MAG"] + on_hand["ZAP"], "KRA": on_hand["KRA"]}, name
    stage.shop.posts()
    assert (stage.run().planned, stage.shop.posts()) == (0, [])
    assert "NOT_KEPT" not in {reason for found in stage.reasons().values() for reason in found}


@pytest.mark.parametrize("where", [{}, OFFERS, STOCKS], ids=["everything", "offers", "stocks"])
def test_a_first_run_of_which_nothing_was_kept(stage, where):
    stage.shop.fault("store_nothing", **EVER, **where)
    english = stage.ask("run", CHANNEL)
    assert english.code == 1
    count = {(): 36, ("/v1/offers",): 12, ("/v1/stocks",): 24}[tuple(where.values())]
    assert f"The shop confirmed {count} changes it did not keep; they are sent again." in english.text
    polish = stage.ask("run", CHANNEL, lang="pl")
    assert polish.code == 1
    assert "których nie zachował; zostaną wysłane ponownie" in polish.text
    assert "NOT_KEPT" in stage.reasons()["S01"]
    stage.shop.clear_faults()
    stage.run()
    is_right(stage)


@pytest.mark.parametrize("what", ["price", "stock", "trait"])
def test_a_change_that_was_not_kept_is_sent_until_it_is(settled, what):
    match what:
        case "price":
            settled.company.set_price(symbol(4), 3, Decimal("4.40"))
        case "stock":
            settled.company.set_stock(symbol(4), "MAG", 77)
        case _:
            settled.company.remove_trait(symbol(4), "MSTORE")
    before = settled.shop.contents()
    settled.shop.fault("store_nothing", **EVER)
    for _ in range(2):
        report = settled.run()
        assert (report.planned, report.counts["unkept"], report.failed) == (1, 1, 1)
        assert settled.reasons()[symbol(4)] >= {"NOT_KEPT"}
    assert settled.shop.contents() == before
    settled.shop.clear_faults()
    assert settled.run().done == 1
    if what == "trait":
        assert settled.shop.shelf()[symbol(4)].status == "withdrawn"
        assert settled.run().planned == 0
    else:
        is_right(settled)


def test_stock_sent_by_itself_is_read_back_too(settled):
    settled.company.set_stock(symbol(2), "KRA", 91)
    settled.shop.fault("store_nothing", **EVER, **STOCKS)
    assert settled.run(*STOCK_ONLY).counts["unkept"] == 1
    settled.shop.clear_faults()
    assert settled.run(*STOCK_ONLY).done == 1
    is_right(settled)


def test_one_batch_that_was_not_kept_costs_its_own_items(settled):
    for number in range(1, CARDS + 1):
        settled.company.set_price(symbol(number), 3, Decimal(number) + Decimal("0.25"))
    settled.shop.fault("store_nothing", after=1, **OFFERS, method="POST")
    report = settled.run()
    assert (report.counts["unkept"], report.counts["done.amend"]) == (5, CARDS - 5)
    settled.shop.posts()
    assert settled.run().done == 5
    assert len(settled.shop.written()) == 5
    is_right(settled)


def test_prices_the_shop_rounds_are_told_and_not_sent_for_ever(settled):
    settled.shop.fault("rounding", step="0.10", **EVER)
    settled.company.set_price(symbol(4), 3, Decimal("4.44"))
    said = settled.ask("run", CHANNEL)
    assert said.code == 0
    assert settled.shop.shelf()[symbol(4)].price == "4.40"
    assert settled.reasons()[symbol(4)] == {"KEPT_OTHERWISE"}
    ((item,),) = (group.items for group in settled.pomost.errors(CHANNEL, "KEPT_OTHERWISE"))
    assert "po swojemu (wysłano: S04, PCE x 1, 4.44 PLN, VAT 23; sklep pokazuje: S04, PCE x 1, 4.40 PLN" in say(
        item.findings[0], "pl"
    )
    assert "in its own way (sent: S04, PCE x 1, 4.44 PLN" in say(item.findings[0], "en")
    settled.shop.posts()
    for _ in range(2):
        assert (settled.run().planned, settled.shop.posts()) == (0, [])


@pytest.mark.parametrize("whole", [True, False], ids=["a late connection", "a mixed-up shop"])
@pytest.mark.parametrize("after", [0, 4])
def test_an_answer_to_the_request_before_costs_no_change(settled, after, whole):
    for number in range(1, CARDS + 1):
        settled.company.set_price(symbol(number), 3, Decimal(number) + Decimal("0.25"))
        settled.company.set_stock(symbol(number), "KRA", 50 + number)
    settled.shop.fault("previous_answer", method="POST", after=after, whole=whole)
    assert settled.ask("run", CHANNEL).code in {0, 1, 69}
    settled.run()
    is_right(settled)


def test_a_shop_that_is_always_one_answer_late_is_read_out(settled):
    settled.company.set_price(symbol(4), 3, Decimal("4.40"))
    settled.shop.fault("previous_answer", method="POST", whole=True, **EVER)
    assert settled.ask("run", CHANNEL).code == 0
    settled.shop.clear_faults()
    is_right(settled)


@pytest.mark.parametrize("after", [0, 1])
def test_a_lost_page_of_the_catalogue_withdraws_nothing(settled, after):
    """Five of twelve products would be fewer than the guard always lets pass."""
    before = settled.shop.contents()
    settled.shop.fault("missing_page", path_prefix="/v1/products", after=after, **EVER)
    assert settled.ask("run", CHANNEL, "--full").code == 0
    settled.shop.clear_faults()
    assert settled.shop.contents() == before
    is_right(settled)


@pytest.mark.parametrize("kind", ["missing_page", "duplicate_page"])
def test_a_page_of_the_shelf_lost_or_twice_changes_nothing(stage, kind):
    """Offers made by hand get stock; one the shelf did not show gets it as soon as it is shown."""
    stage.run()
    stage.save(goods={"enabled": False}, prices={"enabled": False})
    stage.company.set_stock(symbol(9), "MAG", 5)
    stage.shop.fault(kind, path_prefix="/v1/offers")
    assert stage.ask("run", CHANNEL).code == 0
    assert stage.shop.active()[symbol(9)].stock["MAG"] == 5
    assert len(stage.shop.active()) == CARDS


def test_a_shop_too_slow_for_whole_batches_is_synchronised_all_the_same(stage):
    with serve(small_shop(max_batch=500)) as running:
        shop = Window(running.url)
        stage.save(shop={"address": running.url, "timeout": 1})
        shop.fault("slow", seconds=2, over=8, **EVER)
        assert stage.ask("run", CHANNEL).code == 0
        assert len(shop.active()) == CARDS
        assert all(shown.stock["MAG"] for shown in shop.active().values())
        shop.close()


def test_amounts_with_a_comma_are_read(settled):
    settled.shop.fault("decimal_comma", **EVER)
    settled.company.set_price(symbol(4), 3, Decimal("4.44"))
    assert settled.ask("run", CHANNEL).code == 0
    settled.shop.clear_faults()
    is_right(settled)


def test_a_clock_that_was_wrong_for_a_day_loses_no_stock(settled):
    """What was sent by the wrong clock counts as newer until the right one has caught up: what follows goes as later."""
    settled.shop.owner("advance_clock", seconds=3600)
    settled.company.set_stock(symbol(5), "KRA", 61)
    assert settled.ask("run", CHANNEL).code == 0
    settled.shop.owner("advance_clock", seconds=-3600)
    settled.company.set_stock(symbol(5), "KRA", 62)
    settled.company.set_price(symbol(6), 3, Decimal("6.60"))
    settled.shop.owner("add_product", ean=ean(40), name="Nowy", packs=[["PCE", 1]])
    settled.company.add_product("NOWY", ean=ean(40), net=Decimal(40), stock=4)
    assert settled.ask("run", CHANNEL).code == 0
    shelf = settled.shop.active()
    assert (shelf[symbol(5)].stock["KRA"], shelf[symbol(6)].price, "NOWY" in shelf) == (62, "6.60", True)
    settled.shop.owner("advance_clock", seconds=3700)
    assert settled.ask("run", CHANNEL).code == 0
    assert settled.run().planned == 0


def test_the_clock_of_either_side_may_be_hours_off(settled):
    settled.shop.owner("advance_clock", seconds=-7 * 3600)
    settled.company.set_price(symbol(4), 3, Decimal("4.40"))
    assert settled.ask("run", CHANNEL).code == 0
    assert settled.shop.shelf()[symbol(4)].price == "4.40"
