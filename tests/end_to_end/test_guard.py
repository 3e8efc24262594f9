"""The guard: what alarms waits for a person, everything else goes on, and consent is about what is true then."""

from decimal import Decimal

import pytest

from tests.end_to_end.stage import CARDS, CHANNEL, symbol


@pytest.fixture
def guarded(settled):
    """At most a fifth of the twelve offers, or one, may be withdrawn, zeroed or jump unattended."""
    settled.save(guard={"share": "0.20", "floor": 1})
    settled.run()
    settled.shop.posts()
    return settled


def take_traits(stage, *numbers):
    for number in numbers:
        stage.company.remove_trait(symbol(number), "MSTORE")


def test_two_of_twelve_pass_and_three_wait(guarded):
    take_traits(guarded, 1, 2)
    assert guarded.run().state == "done"
    assert len(guarded.shop.active()) == CARDS - 2


def test_too_many_withdrawals_wait_while_the_rest_goes_on(guarded):
    take_traits(guarded, 1, 2, 3, 4)
    guarded.company.set_price(symbol(5), 3, Decimal("5.10"))
    guarded.company.set_stock(symbol(6), "MAG", 66)
    for lang, waits in (("pl", "czeka na zatwierdzenie"), ("en", "waiting for approval")):
        said = guarded.ask("run", CHANNEL, lang=lang)
        assert said.code == 3
        assert waits in said.text
        assert "pomost approve" in said.text
    shelf = guarded.shop.active()
    assert len(shelf) == CARDS
    assert (shelf[symbol(5)].price, shelf[symbol(6)].stock["MAG"]) == ("5.10", 66)


def test_small_ticks_count_together(guarded):
    take_traits(guarded, 1, 2)
    guarded.run()
    take_traits(guarded, 3)
    assert guarded.run().state == "waiting"
    assert guarded.shop.shelf()[symbol(3)].status == "active"


def test_an_approval_applies_what_waited(guarded):
    take_traits(guarded, 1, 2, 3, 4)
    waiting = guarded.run()
    said = guarded.ask("approve", CHANNEL, str(waiting.number), "--checksum", waiting.checksum[:12])
    assert said.code == 0
    shelf = guarded.shop.shelf()
    assert {name for name, one in shelf.items() if one.status == "withdrawn"} == {symbol(n) for n in (1, 2, 3, 4)}
    assert {quantity for n in (1, 2, 3, 4) for quantity in shelf[symbol(n)].stock.values()} == {0}
    assert guarded.run().planned == 0


def test_an_approval_reads_stock_again(guarded):
    for number in (1, 2, 3, 4):
        guarded.company.set_stock(symbol(number), "MAG", 0)
    waiting = guarded.run()
    assert waiting.state == "waiting"
    assert guarded.shop.shelf()[symbol(1)].stock["MAG"] == 10
    guarded.company.set_stock(symbol(1), "MAG", 77)
    guarded.approve(waiting)
    stock = {number: guarded.shop.shelf()[symbol(number)].stock["MAG"] for number in (1, 2, 3, 4)}
    assert stock == {1: 77, 2: 0, 3: 0, 4: 0}
    guarded.run()
    assert guarded.shop.shelf()[symbol(1)].stock["MAG"] == 77


def test_prices_that_jump_wait(guarded):
    for number in (5, 6, 7, 8):
        guarded.company.set_price(symbol(number), 3, Decimal(100 * number))
    assert guarded.run().state == "waiting"
    assert guarded.shop.shelf()[symbol(8)].price == "8.00"


def test_what_waits_is_planned_anew_and_goes_when_it_is_few_enough(guarded):
    take_traits(guarded, 1, 2, 3, 4)
    guarded.run()
    for number in (1, 2, 3, 4):
        guarded.company.add_trait(symbol(number), "MSTORE")
    report = guarded.run()
    assert (report.state, report.planned, len(guarded.shop.active())) == ("done", 0, CARDS)


@pytest.mark.parametrize("floor", [1, 20, 1000])
@pytest.mark.parametrize("emptied", ["deleted", "without the trait", "blocked"])
def test_an_empty_erp_withdraws_nothing_unattended(settled, floor, emptied):
    settled.save(guard={"share": "0.20", "floor": floor})
    for number in range(1, CARDS + 1):
        match emptied:
            case "deleted":
                settled.company.delete(symbol(number))
            case "blocked":
                settled.company.block(symbol(number))
            case _:
                settled.company.remove_trait(symbol(number), "MSTORE")
    assert settled.ask("run", CHANNEL).code == 3
    assert len(settled.shop.active()) == CARDS
    assert settled.shop.written() == []


def test_all_stock_gone_to_nought_waits(settled):
    for number in range(1, CARDS + 1):
        for house in ("MAG", "KRA"):
            settled.company.set_stock(symbol(number), house, 0)
    assert settled.run().state == "waiting"
    assert all(sum(one.stock.values()) for one in settled.shop.shelf().values())


def test_goods_hidden_in_a_branch_wait(guarded):
    """Decision table 8.14: nobody sees them any more, though there was nothing to buy before either."""
    for number in (1, 2, 3, 4):
        guarded.company.set_stock(symbol(number), "KRA", 0)
        guarded.save(guard={"hours": 1})
    guarded.approve(guarded.run())
    assert not any(guarded.shop.shelf()[symbol(number)].stock["KRA"] for number in (1, 2, 3, 4))
    guarded.save(stock={"hide_when_out": True})
    for lang, lost in (
        ("pl", "zniknięcie ze sprzedaży 4 z 12 towarów"),
        ("en", "4 of 12 products vanishing from sale"),
    ):
        said = guarded.ask("run", CHANNEL, lang=lang)
        assert said.code == 3
        assert lost in said.text
    assert all(guarded.shop.shelf()[symbol(number)].visible["KRA"] for number in (1, 2, 3, 4))
    guarded.ask("approve", CHANNEL)
    assert not any(guarded.shop.shelf()[symbol(number)].visible["KRA"] for number in (1, 2, 3, 4))
    for number in (1, 2, 3, 4):
        guarded.company.set_stock(symbol(number), "KRA", 5)
    assert guarded.run().state == "done", "what comes back is no loss"
    assert all(guarded.shop.shelf()[symbol(number)].visible["KRA"] for number in (1, 2, 3, 4))


def test_taken_back_and_sold_out_are_one_effect(guarded):
    """Decision table 8.14: two of twelve may be lost, in whatever way; the most numerous way waits."""
    take_traits(guarded, 1)
    for number in (2, 3):
        guarded.company.set_stock(symbol(number), "MAG", 0)
    report = guarded.run()
    assert report.state == "waiting"
    assert len(guarded.shop.active()) == CARDS - 1
    assert guarded.shop.shelf()[symbol(2)].stock["MAG"] == 20


@pytest.mark.parametrize("lost_first", [True, False])
def test_the_day_adds_up_whatever_is_lost(guarded, lost_first):
    if lost_first:
        take_traits(guarded, 1, 2)
        guarded.run()
        guarded.company.set_stock(symbol(3), "MAG", 0)
    else:
        for number in (1, 2):
            guarded.company.set_stock(symbol(number), "MAG", 0)
        guarded.run()
        take_traits(guarded, 3)
    assert guarded.run().state == "waiting"


def test_a_new_unit_at_the_old_price_waits_with_its_stock(guarded):
    """Decision table 8.18: from packs of six to pieces at the price of the pack; the shop never sells sixty packs."""
    for number in (5, 6, 7):
        guarded.company.set_field(symbol(number), "tw_Pole1", "PU")
    guarded.run()
    shelf = guarded.shop.shelf()
    assert (shelf[symbol(6)].unit, shelf[symbol(6)].price, shelf[symbol(6)].stock["MAG"]) == ("PU x 6", "36.00", 10)
    for number in (5, 6, 7):
        guarded.company.set_field(symbol(number), "tw_Pole1", "")
        guarded.company.set_price(symbol(number), 3, Decimal(6 * number))
        guarded.company.set_stock(symbol(number), "MAG", 55)
    waiting = guarded.run()
    assert waiting.state == "waiting"
    for number in (5, 6, 7):
        one = guarded.shop.shelf()[symbol(number)]
        assert (one.unit, one.stock["MAG"]) == ("PU x 6", 9), "fifty-five pieces are nine packs"
    guarded.approve(waiting)
    one = guarded.shop.shelf()[symbol(6)]
    assert (one.unit, one.price, one.stock["MAG"]) == ("PCE x 1", "36.00", 55)


def test_an_undo_never_sells_pieces_as_packs(settled):
    """Decision table 8.18: what is undone gets its unit, its price and the count of now at once."""
    settled.company.set_field(symbol(9), "tw_Pole1", "PU")
    report = settled.run()
    assert settled.shop.shelf()[symbol(9)].stock["MAG"] == 15
    assert settled.ask("rollback", CHANNEL, str(report.number)).code == 0
    one = settled.shop.shelf()[symbol(9)]
    assert (one.unit, one.price, one.stock["MAG"]) == ("PCE x 1", "9.00", 90)
    settled.ask("rollback", CHANNEL, str(settled.pomost.history(CHANNEL)[0].number))
    one = settled.shop.shelf()[symbol(9)]
    assert (one.unit, one.price, one.stock["MAG"]) == ("PU x 6", "54.00", 15)
