"""Preview, approval and rollback: nothing is sent unseen, nothing outdated is approved, and prices can be undone."""

from decimal import Decimal

import pytest

from pomost.app import Refused
from tests.end_to_end.stage import CARDS, CHANNEL, symbol


def test_a_preview_sends_nothing(stage):
    for _ in range(2):
        report = stage.preview()
        assert report.state == "planned"
        assert report.counts["plan.publish"] == CARDS
    assert stage.shop.posts() == []
    assert stage.shop.shelf() == {}


def test_what_was_seen_is_what_is_approved(stage):
    report = stage.preview()
    changes = list(stage.pomost.changes(CHANNEL, report.number))
    applied = stage.approve(report, report.checksum[:12])
    assert (applied.state, applied.failed, applied.done) == ("done", 0, len(changes))
    assert {change.symbol for change in changes} == stage.shop.active().keys()
    assert stage.run().planned == 0


def test_a_wrong_checksum_is_refused(stage):
    report = stage.preview()
    for lang, words in (("pl", "Plan zmienił się"), ("en", "plan has changed")):
        said = stage.ask("approve", CHANNEL, str(report.number), "--checksum", "0000", lang=lang)
        assert said.code == 2
        assert words in said.text
    assert stage.shop.posts() == []


def test_a_plan_that_a_later_one_outdated_is_refused(stage):
    first = stage.preview()
    stage.preview()
    with pytest.raises(Refused):
        stage.approve(first)
    assert stage.shop.posts() == []


def test_a_plan_made_under_other_settings_is_refused(stage):
    report = stage.preview()
    stage.save(prices={"level": "2"})
    with pytest.raises(Refused, match="settings changed"):
        stage.approve(report)
    assert stage.shop.posts() == []


def test_a_plan_is_approved_once(stage):
    report = stage.preview()
    stage.approve(report)
    with pytest.raises(Refused):
        stage.approve(report)


@pytest.fixture
def repriced(settled):
    """A run that raised a price, changed a minimum and a stock, and withdrew a product."""
    settled.company.set_price(symbol(1), 3, Decimal("1.40"))
    settled.company.set_field(symbol(2), "tw_Pole3", "2")
    settled.company.set_stock(symbol(3), "MAG", 333)
    settled.company.remove_trait(symbol(4), "MSTORE")
    report = settled.run()
    assert (report.state, report.planned, report.failed) == ("done", 4, 0)
    return settled, report


def test_a_rollback_restores_cards_and_prices_but_never_stock(repriced):
    stage, report = repriced
    undone = stage.pomost.rollback(CHANNEL, report.number, "szef")
    assert (undone.state, undone.failed, undone.rollback_of, undone.left_alone) == ("done", 0, report.number, 0)
    shelf = stage.shop.shelf()
    assert (shelf[symbol(1)].price, shelf[symbol(2)].minimum) == ("1.00", None)
    assert (shelf[symbol(4)].status, shelf[symbol(4)].price) == ("active", "4.00")
    assert shelf[symbol(3)].stock["MAG"] == 333


def test_what_was_rolled_back_is_held_until_somebody_retries(repriced):
    stage, report = repriced
    stage.pomost.rollback(CHANNEL, report.number, "szef")
    stage.company.set_price(symbol(1), 3, Decimal("1.45"))
    for full in (False, True):
        stage.run(full=full)
        assert stage.shop.shelf()[symbol(1)].price == "1.00"
        assert stage.shop.shelf()[symbol(4)].status == "active"
    assert "HELD" in stage.reasons()[symbol(1)]
    assert stage.ask("retry", CHANNEL).code == 0
    stage.run()
    shelf = stage.shop.shelf()
    assert (shelf[symbol(1)].price, shelf[symbol(2)].minimum, shelf[symbol(4)].status) == ("1.45", 2, "withdrawn")
    assert not {reason for reasons in stage.reasons().values() for reason in reasons} & {"HELD"}


def test_one_held_item_can_be_released_alone(repriced):
    stage, report = repriced
    stage.pomost.rollback(CHANNEL, report.number, "szef")
    stage.pomost.retry(CHANNEL, symbol=symbol(1))
    stage.run()
    shelf = stage.shop.shelf()
    assert (shelf[symbol(1)].price, shelf[symbol(2)].minimum, shelf[symbol(4)].status) == ("1.40", None, "active")


def test_a_rollback_leaves_alone_what_changed_since(repriced):
    stage, report = repriced
    stage.company.set_price(symbol(1), 3, Decimal("1.60"))
    stage.run()
    undone = stage.pomost.rollback(CHANNEL, report.number, "szef")
    assert undone.left_alone == 1
    assert stage.shop.shelf()[symbol(1)].price == "1.60"


def test_the_first_run_rolled_back_takes_every_offer_away(settled):
    first = settled.pomost.history(CHANNEL)[-1]
    settled.pomost.rollback(CHANNEL, first.number, "szef")
    assert settled.shop.active() == {}
    assert {quantity for one in settled.shop.shelf().values() for quantity in one.stock.values()} == {0}


@pytest.mark.parametrize("words", [("rollback", CHANNEL, "999"), ("history", CHANNEL, "999")])
def test_a_run_that_never_was_is_said_to_be_unknown(settled, words):
    polish, english = settled.in_both(*words)
    assert (polish.code, english.code) == (2, 2)
    assert "999" in polish.text
    assert "999" in english.text
