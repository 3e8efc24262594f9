"""Pomost's own data put back from a copy: noticed, told, and made up for."""

from decimal import Decimal

import pytest

from pomost.app import Refused, Unavailable
from tests.end_to_end.copy_stage import CARDS, done, either, quiet, sixty_cards, sixty_listed, stage, told
from tests.end_to_end.order_stage import ORDERS_ONLY
from tests.end_to_end.stage import CHANNEL, PRICES_ONLY, STOCK_ONLY, symbol

__all__ = ["either", "sixty_cards", "sixty_listed", "stage"]

LATER = range(9, CARDS + 1)


def test_what_was_done_since_the_copy_is_found_and_made_up_for(either):
    """Decision table 8.27: our own store is older than the shop: noticed, told, doubted, read from the shelf."""
    stage = either
    stage.copy()
    # The evening: prices and stock go out, 52 more cards are offered, seven orders become documents.
    stage.company.set_price("S01", 3, Decimal("7.77"))
    stage.company.set_stock("S02", "KRA", 77)
    stage.offer(*LATER)
    orders = [stage.place((number, 1)) for number in range(1, 8)]
    assert stage.run().state == "done"
    assert (len(stage.shop.active()), stage.shows(1)[1], stage.shows(2)[2]["KRA"]) == (CARDS, "7.77", 77)
    # The morning: the ERP is as it was, the documents are invoiced; then last night's copy is put back.
    stage.company.set_price("S01", 3, Decimal(1))
    stage.company.set_stock("S02", "KRA", 2)
    stage.take_off(*LATER)
    with stage.clerk() as clerk:
        for row in stage.documents():
            clerk.invoice(row["id"])
    stage.put_back()
    report = stage.run()
    assert (report.state, told(report)) == ("waiting", ["STORE_WENT_BACK"])
    assert report.needs_a_person
    assert (stage.shows(1)[1], stage.shows(2)[2]["KRA"]) == ("1.00", 2)
    assert {stage.order(order["id"])["status"] for order in orders} == {"completed"}
    assert report.counts["plan.withdraw"] == len(LATER) == 52
    assert len(stage.shop.active()) == CARDS, "withdrawals wait for a person"
    assert stage.reasons()[CHANNEL] == {"STORE_WENT_BACK"}
    assert stage.approve(report).state == "done"
    assert set(stage.shop.active()) == {symbol(number) for number in range(1, 9)}
    assert len(stage.documents()) - 7 == len([one for one in stage.documents() if not one["dok_NrPelnyOryg"]])
    quiet(stage.run())
    assert CHANNEL not in stage.reasons()


def test_prices_alone_are_enough_and_an_idle_run_asks_once(either):
    stage = either
    stage.copy()
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.run()
    stage.company.set_price("S03", 3, Decimal(3))
    stage.put_back()
    stage.shop.requests()
    report = stage.run()
    assert told(report) == ["STORE_WENT_BACK"]
    assert dict(report.findings[0].facts)["what"] == "S03"
    assert (done(report), stage.shows(3)[1]) == ({"done.amend": 1}, "3.00")
    assert report.state == "done", "nothing has to be withdrawn, so nobody has to agree"
    stage.shop.requests()
    quiet(stage.run())
    asked = [path for _, path in stage.shop.requests()]
    assert asked.count("/v1/offers") == 1
    assert not [path for path in asked if path.endswith("/stocks")]


def test_stock_alone_is_noticed_before_anything_is_sent(stage):
    stage.copy()
    stage.company.set_stock("S02", "KRA", 0)
    stage.run(*STOCK_ONLY)
    stage.company.set_stock("S02", "KRA", 2)
    stage.put_back()
    stage.company.set_stock("S05", "KRA", 55)
    report = stage.run(*STOCK_ONLY)
    assert told(report) == ["STORE_WENT_BACK"]
    assert (stage.shows(2)[2]["KRA"], stage.shows(5)[2]["KRA"]) == (2, 55)
    assert done(report) == {"done.stock": 2}


def test_stock_alone_is_noticed_by_an_idle_run_within_the_hour(stage):
    stage.copy()
    stage.company.set_stock("S02", "KRA", 0)
    stage.run(*STOCK_ONLY)
    stage.company.set_stock("S02", "KRA", 2)
    stage.put_back()
    stage.shop.owner("advance_clock", seconds=3601)
    assert told(stage.run()) == ["STORE_WENT_BACK"]
    assert stage.shows(2)[2]["KRA"] == 2


def test_orders_alone_are_enough(stage):
    """Decision table 8.27: orders acknowledged by us are linked with their past and followed."""
    stage.run()
    stage.copy()
    order = stage.place((1, 3))
    stage.run(*ORDERS_ONLY)
    (document,) = stage.documents()
    with stage.clerk() as clerk:
        clerk.invoice(document["id"])
    stage.put_back()
    report = stage.run(*ORDERS_ONLY)
    assert told(report) == ["STORE_WENT_BACK"]
    assert dict(report.findings[0].facts)["what"] == order["number"]
    assert stage.order(order["id"])["status"] == "completed"
    assert told(stage.run()) == ["STORE_WENT_BACK"], "a run of everything has yet to look at the offer"
    quiet(stage.run())


def test_an_order_that_waited_in_the_copy_is_followed(stage):
    """Its document was made since, and the shop was told: it waits for nothing."""
    order = stage.place((1, 3), buyer=stage.buyer("5223145123", "Wolska"))
    assert stage.run().counts["waiting.ORDER_CUSTOMER_UNKNOWN"] == 1
    stage.copy()
    stage.people.add("WOLA", nip="5223145123", city="Warszawa", street="Wolska", house="1")
    stage.run()
    (document,) = stage.documents()
    with stage.clerk() as clerk:
        clerk.invoice(document["id"])
    stage.put_back()
    stage.run()
    assert stage.order(order["id"])["status"] == "completed"
    assert stage.order_reasons() == {}
    assert len([one for one in stage.documents() if one["dok_NrPelnyOryg"] == order["number"]]) == 1


def test_a_preview_and_a_limited_run_notice_too(stage):
    stage.copy()
    stage.offer(9, 10)
    stage.run()
    stage.take_off(9, 10)
    stage.put_back()
    assert told(stage.preview()) == ["STORE_WENT_BACK"]
    assert told(stage.run(*PRICES_ONLY)) == ["STORE_WENT_BACK"]
    report = stage.run()
    assert (report.state, told(report)) == ("waiting", ["STORE_WENT_BACK"]), "two withdrawals wait as well"
    again = stage.run()
    assert (again.state, again.counts["plan.withdraw"]) == ("waiting", 2), "until a person has agreed"
    assert stage.approve(again).state == "done"
    assert {symbol(9), symbol(10)}.isdisjoint(stage.shop.active())
    stage.take_off(8)
    assert stage.run().state == "done", "the guard is what it was"


def test_a_plan_of_the_copy_is_not_sent(stage):
    stage.company.set_price("S04", 3, Decimal("4.44"))
    preview = stage.preview()
    stage.copy()
    stage.approve(preview)
    stage.company.set_price("S04", 3, Decimal("5.55"))
    stage.run()
    stage.put_back()
    with pytest.raises(Refused, match="older than what the shop holds"):
        stage.approve(preview)
    assert stage.shows(4)[1] == "5.55"
    stage.run()
    quiet(stage.run())


def test_a_plan_of_the_copy_carries_no_order_either(stage):
    order = stage.place((1, 3))
    preview = stage.preview()
    stage.copy()
    stage.approve(preview)
    stage.company.set_price("S04", 3, Decimal("5.55"))
    stage.run()
    with stage.clerk() as clerk:
        clerk.invoice(stage.documents()[0]["id"])
    stage.put_back()
    stage.shop.posts()
    with pytest.raises(Refused):
        stage.approve(preview)
    assert stage.shop.posts() == []
    stage.run()
    assert stage.order(order["id"])["status"] == "completed"


def test_a_limited_run_that_notices_voids_the_plans_of_the_copy(stage):
    stage.company.set_price("S04", 3, Decimal("4.44"))
    preview = stage.preview()
    stage.copy()
    stage.company.set_price("S04", 3, Decimal("5.55"))
    stage.run()
    stage.put_back()
    assert told(stage.run(*PRICES_ONLY)) == ["STORE_WENT_BACK"]
    with pytest.raises(Refused, match="No plan waits"):
        stage.approve(preview)
    assert stage.shows(4)[1] == "5.55"


def test_a_run_undone_by_a_store_that_went_back_is_refused(stage):
    stage.company.set_price("S04", 3, Decimal("4.44"))
    number = stage.run().number
    stage.copy()
    stage.company.set_price("S04", 3, Decimal("5.55"))
    stage.run()
    stage.put_back()
    with pytest.raises(Refused):
        stage.pomost.rollback(CHANNEL, number, "szef")
    assert stage.shows(4)[1] == "5.55"


def test_an_offer_whose_card_was_deleted_since_is_named(stage):
    """No card carries its symbol, so nobody can say whose it is; a person is told until it is dealt with."""
    stage.copy()
    stage.offer(9, 10)
    stage.run()
    stage.company.delete("S09")
    stage.put_back()
    report = stage.run()
    assert (told(report), report.state) == (["STORE_WENT_BACK"], "done")
    assert stage.reasons()["S09"] == {"OFFER_WITHOUT_CARD"}
    assert symbol(10) in stage.shop.active()
    assert "S09" in stage.reasons(), "until a person has dealt with it"
    stage.shop.owner("change_offer_in_panel", product_id=stage.shop.product_id(9), status="withdrawn")
    stage.pomost.retry(CHANNEL, "OFFER_WITHOUT_CARD")
    assert "S09" not in stage.reasons()
    quiet(stage.run())


def test_a_shelf_that_cannot_be_read_is_read_by_the_next_run(stage):
    stage.copy()
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.run()
    stage.company.set_price("S03", 3, Decimal(3))
    stage.put_back()
    branch = stage.shop.branch_id("KRA")
    stage.shop.fault("status", status=503, path_prefix=f"/v1/branches/{branch}/stocks", times=50)
    with pytest.raises(Unavailable, match="503"):
        stage.run()
    stage.shop.clear_faults()
    report = stage.run()
    assert (told(report), stage.shows(3)[1]) == (["STORE_WENT_BACK"], "3.00")
    quiet(stage.run())


def test_what_a_person_hid_stays_hidden_and_what_a_lost_run_hid_comes_back(stage):
    stage.save(stock={"hide_when_out": True})
    stage.run()
    stage.copy()
    stage.company.set_stock("S02", "KRA", 0)
    stage.run()
    stage.shop.owner("hide_in_panel", branch_id=stage.shop.branch_id("KRA"), product_id=stage.shop.product_id(5))
    stage.company.set_stock("S02", "KRA", 2)
    stage.put_back()
    stage.company.set_stock("S05", "KRA", 55)
    stage.run()
    shelf = stage.shop.shelf()
    assert (shelf["S02"].stock["KRA"], shelf["S02"].visible["KRA"]) == (2, True)
    assert (shelf["S05"].stock["KRA"], shelf["S05"].visible["KRA"]) == (55, False)
