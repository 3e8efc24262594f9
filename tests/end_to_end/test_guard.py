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
