"""Whatever only looks like a store put back from a copy is told to nobody: people, clocks, zones, channels, cuts."""

import time
from decimal import Decimal

import pytest

from pomost.app import Unavailable, open_pomost
from pomost.model.request import RunRequest
from pomost.store.watermarks import Watermarks
from tests.end_to_end.copy_stage import quiet, sixty_cards, sixty_listed, stage, told
from tests.end_to_end.stage import CHANNEL

__all__ = ["sixty_cards", "sixty_listed", "stage"]


def test_a_person_in_the_panel_is_no_copy(stage):
    stage.shop.owner("set_price_in_panel", product_id=stage.shop.product_id(1), price="99.00")
    stage.shop.owner("change_offer_in_panel", product_id=stage.shop.product_id(2), status="withdrawn")
    kra = stage.shop.branch_id("KRA")
    stage.shop.owner("set_stock_in_panel", branch_id=kra, product_id=stage.shop.product_id(3), quantity=1)
    stage.shop.owner("advance_clock", seconds=7200)
    quiet(stage.run())


def of_copies(report):
    """What is told besides the shop's clock, which did go back."""
    return [one for one in told(report) if one != "SHOP_CLOCK_BACK"]


@pytest.mark.parametrize("seconds", [3600, -3600, 86_400, -86_400])
def test_a_shop_whose_clock_jumps_is_no_copy(stage, seconds):
    stage.shop.owner("advance_clock", seconds=seconds)
    assert of_copies(stage.run()) == []
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.company.set_stock("S03", "KRA", 33)
    assert of_copies(stage.run()) == []
    stage.shop.owner("advance_clock", seconds=-seconds)
    assert of_copies(stage.run()) == []
    stage.company.set_price("S03", 3, Decimal("8.88"))
    assert of_copies(stage.run()) == []
    assert of_copies(stage.run()) == []


def test_the_shops_clock_may_stand_still_behind_what_it_told(stage):
    """After the jump back the copy is noticed again as soon as times tell something."""
    stage.shop.owner("advance_clock", seconds=-3600)
    assert of_copies(stage.run()) == []
    stage.copy()
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.run()
    stage.put_back()
    assert of_copies(stage.run()) == ["STORE_WENT_BACK"]


def test_a_first_run_on_a_filled_shop_is_no_copy(stage):
    order = stage.place((1, 3))
    stage.run()
    stage.pomost.remove_channel(CHANNEL)
    stage.save()
    report = stage.run()
    assert told(report) == []
    assert stage.order(order["id"])["status"] == "accepted"
    quiet(stage.run())


@pytest.mark.parametrize("zones", [("Pacific/Auckland", "America/Anchorage"), ("Europe/Warsaw", "UTC")])
def test_a_machine_in_another_time_zone_is_no_copy(stage, monkeypatch, zones):
    for number, zone in enumerate(zones):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        stage.company.set_price("S03", 3, Decimal(11 + number))
        assert told(stage.run()) == []
        quiet(stage.run())
    monkeypatch.undo()
    time.tzset()


def second(stage, **sections):
    """Another channel with the same key, of the same company, that offers card 20 alone."""
    document = {**stage.document, "channel": {**stage.document["channel"], "name": "drugi"}, **sections}
    document["goods"] = {**document["goods"], "conditions": [{"field": "trait", "values": ["2"]}]}
    document["orders"] = {"enabled": False}
    stage.pomost.save_channel(document, "test")


def run_second(stage):
    return stage.pomost.run("drugi", RunRequest())


def test_another_channel_with_the_same_key_is_no_copy(stage):
    traits = {one.label: one.id for one in stage.pomost.choices(CHANNEL, "traits")}
    other = next(name for name in traits if name != "MSTORE")
    second(stage)
    document = stage.pomost.export_settings("drugi")
    document["goods"]["conditions"] = [{"field": "trait", "values": [traits[other]]}]
    stage.pomost.save_channel(document, "test")
    stage.company.add_trait("S20", other)
    assert (run_second(stage).state, len(stage.shop.active())) == ("done", 9)
    stage.shop.owner("advance_clock", seconds=7200)
    quiet(stage.run())
    stage.company.set_price("S20", 3, Decimal("20.20"))
    stage.company.set_stock("S20", "KRA", 2)
    assert told(run_second(stage)) == []
    stage.company.set_stock("S01", "KRA", 9)
    assert told(stage.run()) == []
    quiet(stage.run())


def test_a_run_that_broke_off_is_no_copy(stage):
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.shop.fault("lost_after", path_prefix="/v1/offers:batch", times=50)
    with pytest.raises(Unavailable):
        stage.run()
    stage.shop.clear_faults()
    report = stage.run()
    assert (told(report), stage.shows(3)[1]) == ([], "9.99")
    quiet(stage.run())
    stage.pomost = open_pomost(stage.home)


def test_a_run_that_broke_off_at_a_shop_that_rounds_is_no_copy(stage):
    """What was recorded before the fault is behind the watermark, though the shop keeps it in its own way."""
    stage.shop.fault("rounding", path_prefix="/v1/offers:batch", step="0.05", times=None)
    stage.shop.fault("status", status=503, path_prefix="/v1/stocks:batch", times=50)
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.company.set_stock("S03", "KRA", 33)
    with pytest.raises(Unavailable):
        stage.run()
    assert stage.shows(3)[1] == "10.00"
    stage.shop.clear_faults()
    report = stage.run()
    assert (told(report), stage.shows(3)[2]["KRA"]) == ([], 33)
    quiet(stage.run())


def test_the_first_run_with_this_program_is_no_copy(stage):
    """A store of a program that kept no watermark: nothing was noted to ask from."""
    Watermarks(CHANNEL).begin("", "")
    stage.company.set_price("S03", 3, Decimal("9.99"))
    assert told(stage.run()) == []
    quiet(stage.run())


def test_another_account_is_looked_at_from_now_on(stage):
    """A new key of another distributor: what was written to the old account's shelf says nothing about the new one's."""
    Watermarks(CHANNEL).begin("D-99", "2020-01-01T00:00:00Z")
    quiet(stage.run())
