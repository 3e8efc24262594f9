"""A shop's clock that goes back, or was once far ahead, never freezes stock (decision table 8.20)."""

import shutil

import pytest

from pomost.app import open_pomost
from pomost.model.request import RunRequest
from pomost.store.database import close_store
from pomost.store.models import Channel
from tests.end_to_end.stage import CHANNEL, symbol

HOUR, YEAR = 3600, 365 * 24 * 3600


def stock(stage, number, branch="MAG"):
    return stage.shop.shelf()[symbol(number)].stock[branch]


def told(report):
    return [one.reason for one in report.findings]


def test_stock_goes_out_though_the_shops_clock_went_back(selling):
    """Decision table 8.20: `as_of` = the later of now and last confirmed + 1 ms."""
    selling.shop.owner("advance_clock", seconds=-HOUR)
    selling.company.set_stock("S01", "MAG", 1)
    selling.run()
    assert selling.shop.shelf()["S01"].stock["MAG"] == 1


@pytest.mark.parametrize("ahead", [HOUR, YEAR])
def test_a_clock_that_was_once_ahead_is_told_once_and_stock_goes_on(settled, ahead):
    """Decision table 8.20: told once (`SHOP_CLOCK_BACK`), and again only after it was right in between."""
    settled.shop.owner("advance_clock", seconds=ahead)
    settled.company.set_stock(symbol(5), "MAG", 61)
    assert told(settled.run()) == []
    settled.shop.owner("advance_clock", seconds=-ahead)
    for quantity, findings in ((62, ["SHOP_CLOCK_BACK"]), (63, []), (64, [])):
        settled.company.set_stock(symbol(5), "MAG", quantity)
        report = settled.run()
        assert (stock(settled, 5), report.failed, told(report)) == (quantity, 0, findings)
    settled.shop.owner("advance_clock", seconds=ahead + 60)
    assert told(settled.run()) == []
    settled.shop.owner("advance_clock", seconds=-ahead)
    assert told(settled.run()) == ["SHOP_CLOCK_BACK"]


def test_both_doors_name_the_clock(settled):
    settled.shop.owner("advance_clock", seconds=-HOUR)
    said = settled.ask("run", CHANNEL, lang="pl")
    assert "zegar sklepu pokazuje" in said.text
    assert "Poproś operatora sklepu o ustawienie zegara" in said.text
    report = settled.pomost.history(CHANNEL, 1)[0]
    assert told(report) == ["SHOP_CLOCK_BACK"], "kept for whoever asks about the run later"
    shown = dict(report.findings[0].facts)
    assert shown["confirmed"] > shown["shows"]


def test_another_machine_and_the_next_day_know_what_was_confirmed(settled):
    """It is remembered where the channel is: a process that ended, or another machine, makes no difference."""
    settled.shop.owner("advance_clock", seconds=-HOUR)
    settled.company.set_stock(symbol(5), "MAG", 62)
    assert settled.ask("run", CHANNEL).code == 0
    settled.shop.posts()
    settled.company.set_stock(symbol(5), "MAG", 63)
    assert open_pomost(settled.home).run(CHANNEL, RunRequest()).failed == 0
    (post,) = [one for one in settled.shop.posts() if "stocks" in one["path"]]
    assert (post["items"][0]["status"], stock(settled, 5)) == (200, 63)


def test_a_memory_that_is_lost_learns_it_from_the_shop(settled):
    """What the shop holds as of a moment its own clock has not reached cannot be a later reading of anybody."""
    settled.shop.owner("advance_clock", seconds=HOUR)
    settled.company.set_stock(symbol(5), "MAG", 61)
    settled.company.set_stock(symbol(6), "KRA", 61)
    settled.run()
    settled.shop.owner("advance_clock", seconds=-HOUR)
    Channel.objects.filter(name=CHANNEL).update(stock_as_of=None)
    settled.company.set_stock(symbol(5), "MAG", 62)
    settled.company.set_stock(symbol(6), "KRA", 62)
    report = settled.run()
    assert (report.failed, told(report)) == (0, ["SHOP_CLOCK_BACK"])
    assert (stock(settled, 5), stock(settled, 6, "KRA")) == (62, 62)


def test_a_withdrawal_is_not_frozen_either(settled):
    """Decision table 8.19 with 8.20: the noughts carry `as_of` too."""
    settled.shop.owner("advance_clock", seconds=-HOUR)
    settled.company.remove_trait(symbol(3), "MSTORE")
    report = settled.run()
    shown = settled.shop.shelf()[symbol(3)]
    assert (report.failed, shown.status, shown.stock) == (0, "withdrawn", {"MAG": 0, "KRA": 0})


def test_customers_and_orders_that_changed_after_the_clock_went_back_are_heard(selling):
    """The neighbours of stock: what changes now bears times before the cursors."""
    selling.shop.owner("advance_clock", seconds=-HOUR)
    late = selling.buyer("7010000008", "Morska")
    placed = selling.place((1, 2))
    selling.run()
    assert selling.order(placed["id"])["acknowledgement"]
    selling.shop.owner("change_order", order_id=placed["id"], lines=[_line(selling)])
    selling.run()
    assert selling.order_reasons()[placed["number"]] == {"ORDER_EDITED_IN_SHOP"}
    with selling.pomost._ways.looking(CHANNEL) as channel:
        assert late in channel.customers.of([late])


def _line(stage):
    return {"product_id": stage.shop.product_id(1), "quantity": 9}


def test_a_store_of_yesterday_does_not_freeze_stock_either(settled, tmp_path):
    """A copy of the store put back knows an earlier moment than the shop."""
    kept = settled.home / "data" / "pomost.db"
    close_store()
    shutil.copyfile(kept, tmp_path / "copy.db")
    settled.pomost = open_pomost(settled.home)
    settled.shop.owner("advance_clock", seconds=HOUR)
    settled.company.set_stock(symbol(5), "MAG", 61)
    settled.run()
    close_store()
    shutil.copyfile(tmp_path / "copy.db", kept)
    settled.pomost = open_pomost(settled.home)
    settled.shop.owner("advance_clock", seconds=-HOUR)
    settled.company.set_stock(symbol(5), "MAG", 60)
    report = settled.run()
    assert (report.failed, stock(settled, 5)) == (0, 60)
