"""Parts switched off, and runs limited to a part: what they leave alone stays exactly as it was."""

from decimal import Decimal

import pytest

from pomost.model.change import Part
from pomost.sandbox.mstore.access import FULL
from tests.end_to_end.stage import CHANNEL, KEY, PRICES_ONLY, STOCK_ONLY, ean, symbol


def meddle(stage):
    """One change of every kind: a price, a stock, a symbol less, a trait more."""
    stage.company.set_price(symbol(1), 3, Decimal("1.11"))
    stage.company.set_stock(symbol(2), "MAG", 222)
    stage.company.remove_trait(symbol(3), "MSTORE")
    stage.company.set_field(symbol(4), "tw_Pole3", "4")


def test_with_price_synchronisation_off_the_panels_price_stays(settled):
    settled.save(prices={"enabled": False})
    settled.shop.owner("set_price_in_panel", product_id=settled.shop.product_id(5), price="99.90")
    settled.company.set_price(symbol(5), 3, Decimal("5.55"))
    settled.company.set_field(symbol(5), "tw_Pole3", "7")
    for full in (False, True):
        settled.run(full=full)
        shown = settled.shop.shelf()[symbol(5)]
        assert (shown.price, shown.minimum) == ("99.90", 7)


def test_prices_switched_on_again_bring_the_erps_price_back(settled):
    settled.save(prices={"enabled": False})
    settled.company.set_price(symbol(5), 3, Decimal("5.55"))
    settled.run()
    assert settled.shop.shelf()[symbol(5)].price == "5.00"
    settled.save(prices={"enabled": True})
    settled.run()
    assert settled.shop.shelf()[symbol(5)].price == "5.55"


def offer_by_hand(stage, number, unit, price="7.00"):
    stage.shop.owner(
        "change_offer_in_panel",
        product_id=stage.shop.product_id(number),
        distributor_sku=f"PANEL{number}",
        sales_unit={"type": unit[0], "multiplier": unit[1]},
        price=price,
        price_kind="net",
        currency="PLN",
        vat_rate="23",
        status="active",
    )


def test_with_goods_off_stock_goes_only_to_offers_that_stand_in_their_unit(stage):
    stage.save(goods={"enabled": False})
    offer_by_hand(stage, 7, ("PU", 6))
    offer_by_hand(stage, 8, ("PCE", 1))
    stage.shop.posts()
    report = stage.run()
    assert (report.state, report.failed) == ("done", 0)
    assert {path for path, _ in stage.shop.written()} == {"/v1/stocks:batch"}
    shelf = stage.shop.shelf()
    assert {name: (shown.stock, shown.price) for name, shown in shelf.items()} == {
        "PANEL7": ({"MAG": 70 // 6, "KRA": 7 // 6}, "7.00"),
        "PANEL8": ({"MAG": 80, "KRA": 8}, "7.00"),
    }
    stocked = {product for held in stage.shop.state()["stocks"].values() for product in held}
    assert stocked == {shown.product_id for shown in shelf.values()}


def test_offers_somebody_else_made_are_never_withdrawn_by_us(stage):
    stage.save(goods={"enabled": False})
    offer_by_hand(stage, 7, ("PCE", 1))
    stage.run()
    stage.company.remove_trait(symbol(7), "MSTORE")
    stage.run()
    stage.company.block(symbol(7))
    stage.run()
    assert stage.shop.shelf()["PANEL7"].status == "active"


def test_a_product_that_is_out_hides_in_that_branch_alone_and_shows_again(stage):
    stage.save(stock={"hide_when_out": True})
    stage.company.set_stock(symbol(6), "KRA", 0)
    stage.run()
    assert stage.shop.shelf()[symbol(6)].visible == {"MAG": True, "KRA": False}
    stage.company.set_stock(symbol(6), "KRA", 3)
    stage.run()
    shown = stage.shop.shelf()[symbol(6)]
    assert (shown.visible, shown.stock["KRA"]) == ({"MAG": True, "KRA": True}, 3)


@pytest.mark.parametrize("hide_when_out", [True, False])
def test_a_product_hidden_by_hand_in_the_panel_is_never_shown_again_by_us(settled, hide_when_out):
    settled.save(stock={"hide_when_out": hide_when_out})
    settled.run()
    shop = settled.shop
    shop.owner("hide_in_panel", branch_id=shop.branch_id("MAG"), product_id=shop.product_id(6))
    for on_hand, full in ((41, False), (42, False), (42, True), (43, True)):
        settled.company.set_stock(symbol(6), "MAG", on_hand)
        settled.run(full=full)
        shown = shop.shelf()[symbol(6)]
        assert (shown.stock["MAG"], shown.visible) == (on_hand, {"MAG": False, "KRA": True})


def test_a_product_hidden_by_hand_stays_hidden_when_it_sells_out_and_comes_back(settled):
    """Decision table 8.21: `visible = false` read before our first `false` is the shop's; it stays when stock returns."""
    settled.save(stock={"hide_when_out": True})
    settled.run()
    hide_by_hand(settled, 6)
    for on_hand, full in ((0, False), (0, True), (5, False), (5, True), (0, False), (7, False)):
        settled.company.set_stock(symbol(6), "MAG", on_hand)
        settled.run(full=full)
        shown = settled.shop.shelf()[symbol(6)]
        assert (shown.visible, shown.stock["MAG"]) == ({"MAG": False, "KRA": True}, on_hand)
    assert settled.run().planned == 0


def test_a_product_a_person_shows_again_is_ours_to_hide_the_next_time(settled):
    """Decision table 8.21: what counts is how the row stands when we are about to hide it."""
    settled.save(stock={"hide_when_out": True})
    settled.run()
    hide_by_hand(settled, 6)
    for on_hand in (0, 5):
        settled.company.set_stock(symbol(6), "MAG", on_hand)
        settled.run()
    hide_by_hand(settled, 6, visible=True)
    for on_hand, visible in ((0, False), (5, True)):
        settled.company.set_stock(symbol(6), "MAG", on_hand)
        settled.run()
        assert settled.shop.shelf()[symbol(6)].visible["MAG"] is visible


def test_a_product_hidden_before_it_was_ever_offered_stays_hidden(stage):
    stage.save(stock={"hide_when_out": True})
    stage.company.set_stock(symbol(6), "MAG", 0)
    hide_by_hand(stage, 6)
    stage.run()
    stage.company.set_stock(symbol(6), "MAG", 4)
    stage.run()
    shown = stage.shop.shelf()[symbol(6)]
    assert (shown.visible, shown.stock["MAG"]) == ({"MAG": False, "KRA": True}, 4)


def test_a_run_of_stock_alone_leaves_hidden_what_a_person_hid(settled):
    settled.save(stock={"hide_when_out": True})
    settled.run()
    hide_by_hand(settled, 6)
    for on_hand in (0, 5):
        settled.company.set_stock(symbol(6), "MAG", on_hand)
        settled.run(*STOCK_ONLY)
    assert settled.shop.shelf()[symbol(6)].visible["MAG"] is False


def test_an_approval_looks_again(settled):
    """A person hid it between the preview and the approval."""
    settled.save(stock={"hide_when_out": True})
    settled.run()
    settled.company.set_stock(symbol(6), "MAG", 0)
    seen = settled.preview()
    hide_by_hand(settled, 6)
    settled.approve(seen)
    settled.company.set_stock(symbol(6), "MAG", 4)
    settled.run()
    assert settled.shop.shelf()[symbol(6)].visible["MAG"] is False


def test_our_own_hiding_whose_answer_was_lost_is_ours_to_undo(settled):
    """Decision table 8.21, its other side: what is found hidden after a lost answer may be our own doing."""
    settled.save(stock={"hide_when_out": True})
    settled.run()
    settled.company.set_stock(symbol(6), "MAG", 0)
    settled.shop.fault("lost_after", path_prefix="/v1/stocks:batch", times=None)
    assert settled.ask("run", CHANNEL).code == 69
    settled.shop.clear_faults()
    assert settled.shop.shelf()[symbol(6)].visible["MAG"] is False
    settled.run()
    settled.company.set_stock(symbol(6), "MAG", 4)
    settled.run()
    shown = settled.shop.shelf()[symbol(6)]
    assert (shown.visible["MAG"], shown.stock["MAG"]) == (True, 4)


def test_explain_says_what_a_run_would_leave_to_the_shop(settled):
    settled.save(stock={"hide_when_out": True})
    settled.run()
    hide_by_hand(settled, 6)
    settled.company.set_stock(symbol(6), "MAG", 0)
    settled.company.set_stock(symbol(7), "MAG", 0)
    assert "visible@MAG" not in settled.pomost.explain(CHANNEL, symbol(6))[0].wanted
    assert settled.pomost.explain(CHANNEL, symbol(7))[0].wanted["visible@MAG"] == "no"


def test_a_key_that_may_not_look_hides_nothing_and_says_so(settled):
    """Decision table 8.21: without a look nobody can tell whose hiding it is; the stock itself goes out."""
    settled.save(shop={"key": settled.shop.owner("issue_key", scopes=[one for one in FULL if one != "stocks:read"])})
    settled.save(stock={"hide_when_out": True})
    settled.company.set_stock(symbol(6), "MAG", 0)
    report = settled.run()
    shown = settled.shop.shelf()[symbol(6)]
    assert (report.state, shown.stock["MAG"], shown.visible["MAG"]) == ("done", 0, True)
    assert settled.reasons() == {symbol(6): {"SHOP_FORBIDDEN"}}
    told = [str(one.reason) for one in report.findings]
    assert "SHOP_FORBIDDEN" in told, "nor can it tell whether this store is older than the shop"
    settled.save(shop={"key": KEY})
    settled.pomost.retry(CHANNEL)
    settled.run()
    assert (settled.shop.shelf()[symbol(6)].visible["MAG"], settled.reasons()) == (False, {})


def hide_by_hand(stage, number, **facts):
    place = {"branch_id": stage.shop.branch_id("MAG"), "product_id": stage.shop.product_id(number)}
    stage.shop.owner("hide_in_panel", **place, **facts)


SCALES = "2012345678903"
"""A code of the kind every store makes for itself."""


def test_a_code_of_a_stores_own_is_matched_only_where_both_share_them(stage):
    """Decision table 8.22."""
    share_scales(stage, 6)
    stage.run()
    assert symbol(6) not in stage.shop.shelf()
    assert stage.reasons()[symbol(6)] == {"EAN_IN_SHOP"}
    stage.save(goods={"in_shop_codes": True})
    stage.run()
    assert stage.shop.shelf()[symbol(6)].status == "active"
    assert symbol(6) not in stage.reasons()


@pytest.mark.parametrize("shared", [False, True])
def test_offers_of_others_are_adopted_by_such_a_code_only_where_both_share_them(stage, shared):
    """Decision table 8.22, with goods synchronisation off: another card's stock is told of nothing."""
    stage.save(goods={"enabled": False, "in_shop_codes": shared})
    offer_by_hand(stage, 7, ("PCE", 1))
    share_scales(stage, 7)
    stage.run()
    assert stage.shop.shelf()["PANEL7"].stock == ({"MAG": 70, "KRA": 7} if shared else {})


def share_scales(stage, number):
    stage.company.set_ean(symbol(number), SCALES)
    stage.shop.owner("change_product", product_id=stage.shop.product_id(number), ean=SCALES)


@pytest.mark.parametrize("hiding", [True, False])
def test_where_a_broken_unit_empties_the_stock_it_is_hidden_too(stage, hiding):
    """Where hiding is on, what cannot be bought is not shown, whatever the reason; mended, it is shown again."""
    stage.save(goods={"zero_stock_on_unit_error": True}, stock={"hide_when_out": hiding})
    stage.run()
    stage.company.set_field(symbol(6), "tw_Pole1", "Beczka")
    stage.run()
    shown = stage.shop.shelf()[symbol(6)]
    assert (shown.stock, shown.visible) == ({"MAG": 0, "KRA": 0}, dict.fromkeys(("MAG", "KRA"), not hiding))
    stage.company.set_field(symbol(6), "tw_Pole1", "")
    stage.run()
    shown = stage.shop.shelf()[symbol(6)]
    assert (shown.stock, shown.visible) == ({"MAG": 60, "KRA": 6}, {"MAG": True, "KRA": True})


def test_hiding_switched_off_shows_what_we_hid(stage):
    stage.save(stock={"hide_when_out": True})
    stage.company.set_stock(symbol(6), "KRA", 0)
    stage.run()
    stage.save(stock={"hide_when_out": False})
    stage.run()
    assert stage.shop.shelf()[symbol(6)].visible == {"MAG": True, "KRA": True}


def test_stock_only_leaves_cards_and_prices_alone(settled):
    before = settled.shop.shelf()
    meddle(settled)
    settled.run(*STOCK_ONLY)
    after = settled.shop.shelf()
    assert {name: (one.brief, one.minimum) for name, one in after.items()} == {
        name: (one.brief, one.minimum) for name, one in before.items()
    }
    assert {name for name in before if before[name].stock != after[name].stock} == {symbol(2)}
    assert after[symbol(2)].stock["MAG"] == 222


def test_prices_only_leaves_stock_and_cards_alone(settled):
    before = settled.shop.shelf()
    meddle(settled)
    settled.run(*PRICES_ONLY)
    after = settled.shop.shelf()
    assert {name for name in before if before[name] != after[name]} == {symbol(1)}
    assert (after[symbol(1)].price, after[symbol(1)].stock) == ("1.11", before[symbol(1)].stock)


@pytest.mark.parametrize("part", [Part.STOCK, Part.PRICE])
def test_a_limited_run_neither_publishes_nor_withdraws_and_the_next_whole_one_does(settled, part):
    settled.company.remove_trait(symbol(3), "MSTORE")
    settled.company.set_ean(symbol(4), "")
    settled.shop.owner("add_product", ean=ean(20), name="Nowy", packs=[["PCE", 1]])
    settled.company.add_product("NOWY", ean=ean(20))
    settled.run(part)
    assert {name: one.status for name, one in settled.shop.shelf().items()} == {
        symbol(number): "active" for number in range(1, 13)
    }
    settled.run()
    shelf = settled.shop.shelf()
    assert (shelf[symbol(3)].status, shelf[symbol(4)].status, shelf["NOWY"].status) == (
        "withdrawn",
        "withdrawn",
        "active",
    )


def test_what_limited_runs_left_the_next_whole_run_finds(settled):
    meddle(settled)
    settled.run(*STOCK_ONLY)
    settled.run(*PRICES_ONLY)
    settled.run()
    shelf = settled.shop.shelf()
    assert (shelf[symbol(1)].price, shelf[symbol(2)].stock["MAG"]) == ("1.11", 222)
    assert (shelf[symbol(3)].status, shelf[symbol(4)].minimum) == ("withdrawn", 4)


def test_a_forced_full_run_sends_again_and_changes_nothing(settled):
    before = settled.shop.contents()
    report = settled.run(full=True)
    assert (report.state, report.failed) == ("done", 0)
    assert sum(post["item_count"] for post in settled.shop.posts()) >= 12 * 3
    assert settled.shop.contents() == before
    assert settled.run().planned == 0


def test_nothing_switched_on_is_said_and_nothing_is_sent(stage):
    stage.save(goods={"enabled": False}, prices={"enabled": False}, stock={"enabled": False})
    polish, english = stage.in_both("run", "hurt")
    assert (polish.code, english.code) == (2, 2)
    assert "nie jest włączona" in polish.text
    assert "switched on" in english.text
    assert stage.shop.posts() == []
