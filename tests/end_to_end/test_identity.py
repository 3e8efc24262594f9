"""Cards and products that change under way: minimum, symbol, unit, EAN, catalogue."""

from decimal import Decimal

import pytest

from pomost.app import Refused
from tests.end_to_end.stage import CARDS, CHANNEL, ean, symbol


def test_a_minimum_that_is_blanked_is_cleared_in_the_shop(settled):
    settled.company.set_field(symbol(2), "tw_Pole3", "5")
    settled.run()
    assert settled.shop.shelf()[symbol(2)].minimum == 5
    settled.company.set_field(symbol(2), "tw_Pole3", "")
    settled.run()
    assert settled.shop.shelf()[symbol(2)].minimum is None


def test_an_ean_moved_to_another_card_takes_the_product_along(settled):
    """The old card's code is cleared and written on a card that had none."""
    settled.company.add_product("NASTĘPCA", net=Decimal("9.99"), stock=5)
    product = settled.shop.product_id(3)
    settled.company.set_ean(symbol(3), "")
    settled.company.set_ean("NASTĘPCA", ean(3))
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    held = {one.product_id: (name, one.status, one.price, one.stock) for name, one in settled.shop.shelf().items()}
    assert held[product] == ("NASTĘPCA", "active", "9.99", {"MAG": 5, "KRA": 0})
    assert len(settled.shop.active()) == CARDS
    assert settled.run().planned == 0


def test_two_cards_that_swap_their_codes_swap_their_products(settled):
    first, second = settled.shop.product_id(1), settled.shop.product_id(2)
    settled.company.set_ean(symbol(1), ean(2))
    settled.company.set_ean(symbol(2), ean(1))
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    names = {one.product_id: (name, one.price, one.stock["MAG"]) for name, one in settled.shop.active().items()}
    assert (names[first], names[second]) == ((symbol(2), "2.00", 20), (symbol(1), "1.00", 10))
    assert settled.run().planned == 0


def test_a_card_whose_code_names_another_product_leaves_the_old_one(settled):
    settled.shop.owner("add_product", ean=ean(30), name="Nowe opakowanie", packs=[["PCE", 1]])
    old = settled.shop.product_id(3)
    settled.company.set_ean(symbol(3), ean(30))
    settled.run()
    states = {offer["product_id"]: offer["status"] for offer in settled.shop.state()["offers"].values()}
    assert (states[old], states[settled.shop.product_id(30)]) == ("withdrawn", "active")


def test_a_product_the_shop_no_longer_lists_is_let_go(settled):
    product = settled.shop.product_id(3)
    settled.shop.owner("remove_product", product_id=product)
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    assert symbol(3) not in settled.shop.active()
    assert "EAN_NOT_IN_SHOP" in settled.reasons()[symbol(3)]
    assert settled.run().planned == 0


def test_a_product_listed_again_is_offered_again(settled):
    settled.shop.owner("remove_product", product_id=settled.shop.product_id(3))
    settled.run()
    settled.shop.owner("add_product", ean=ean(3), name="Towar 3", packs=[["PCE", 1]])
    settled.run()
    assert settled.shop.active()[symbol(3)].brief == ("active", "PCE x 1", "3.00")


def test_another_unit_takes_price_and_stock_along(settled):
    settled.company.set_field(symbol(4), "tw_Pole1", "PU")
    settled.company.set_field(symbol(4), "tw_Pole2", "6")
    settled.run()
    shown = settled.shop.shelf()[symbol(4)]
    assert (*shown.brief, shown.stock) == ("active", "PU x 6", "24.00", {"MAG": 6, "KRA": 0})


def test_a_card_deleted_for_good_is_withdrawn(settled):
    settled.company.delete(symbol(5))
    settled.run()
    assert settled.shop.shelf()[symbol(5)].status == "withdrawn"
    assert settled.run().planned == 0


def test_a_renamed_symbol_arrives(settled):
    settled.company.set_symbol(symbol(6), "S06/NOWY")
    settled.run()
    assert settled.shop.active().keys() == {symbol(n) for n in range(1, CARDS + 1)} - {symbol(6)} | {"S06/NOWY"}


@pytest.mark.parametrize("by", ["symbol", "ean"])
def test_an_offered_product_is_explained_with_its_whole_trail(settled, by):
    settled.company.set_price(symbol(7), 3, Decimal("7.70"))
    settled.run()
    (told,) = settled.pomost.explain(CHANNEL, symbol(7) if by == "symbol" else ean(7))
    assert (told.symbol, told.verdict, told.findings, told.unresolved) == (symbol(7), "offered", (), ())
    for side in (told.wanted, told.known, told.shelf):
        assert side["price"] == "7.70 PLN net"
    assert {(change.kind, type(change.outcome).__name__) for change in told.trail} == {
        ("publish", "Done"),
        ("stock", "Done"),
        ("amend", "Done"),
    }


def test_a_skipped_product_is_explained_with_what_to_do(settled):
    settled.company.set_field(symbol(8), "tw_Pole1", "PU")
    settled.company.set_field(symbol(8), "tw_Pole2", "6 szt.")
    settled.run()
    (told,) = settled.pomost.explain(CHANNEL, symbol(8))
    assert (told.verdict, [str(one.reason) for one in told.findings]) == ("skipped", ["UNIT_MULTIPLIER_INVALID"])
    polish, english = settled.in_both("explain", "product", CHANNEL, symbol(8))
    assert "przelicznik „6 szt.” nie jest liczbą" in polish.text
    assert "Wpisz samą liczbę" in polish.text
    assert "multiplier “6 szt.” is not a number" in english.text


def test_an_unknown_symbol_is_explained_as_unknown(settled):
    with pytest.raises(Refused):
        settled.pomost.explain(CHANNEL, "NIE-MA")
    polish, english = settled.in_both("explain", "product", CHANNEL, "NIE-MA")
    assert (polish.code, english.code) == (2, 2)
    assert "nie ma kartoteki" in polish.text
    assert "no card" in english.text
