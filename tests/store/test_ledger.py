"""The ledger: doubt before a batch leaves, and what an answer makes of it, branch by branch; on both databases."""

from dataclasses import replace

import pytest

from pomost.model.change import Amend, Publish, SetStock, Target, Withdraw
from pomost.model.known import Known
from pomost.model.offer import Basis, Offer, Stock
from pomost.model.outcome import Done, Failed, Skipped
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit
from tests.worlds import World

OFFER = Offer("S1", SalesUnit("PCE", 1, "u1"), recalculated=False, vat="23")
DEARER = replace(OFFER, sku="S1 NEW")
TARGET = Target(1, "S1", "p1")
NO, LATER = Failed(Finding.of(Reason.SHOP_REFUSED)), Failed(Finding.of(Reason.SHOP_LATER), retry=True)


def stock(branch, quantity, visible=None):
    return SetStock(TARGET, None, Stock(branch, quantity, visible, Basis.STOCK))


@pytest.fixture
def ledger(either_store):
    return World().channel().ledger


@pytest.fixture
def send(ledger):
    """What happens to a batch: doubt, then its answers."""

    def sent(*pairs, attempt="a1"):
        changes = [change for change, _ in pairs]
        ledger.doubt(changes, attempt)
        answers = [answer for _, answer in pairs if answer is not None]
        ledger.record(changes[: len(answers)], answers, attempt)
        return ledger.known(["p1"]).get("p1")

    return sent


def test_what_is_on_its_way_is_in_doubt(ledger):
    ledger.doubt([Publish(TARGET, OFFER), stock("MAG", 5), stock("FIL", 2)], "a1")
    known = ledger.known(["p1"])["p1"]
    assert known.doubtful == {"offer", "stock:MAG", "stock:FIL"}
    assert not known.published
    assert known.offer is None
    assert ledger.in_doubt() == [1]


def test_an_answer_settles_exactly_its_own_doubt(ledger, send):
    known = send((Publish(TARGET, OFFER), Done()), (stock("MAG", 5), Done()), (stock("FIL", 2), None))
    assert known.doubtful == {"stock:FIL"}
    assert (known.published, known.offer, known.owned) == (True, OFFER, True)
    assert {branch: one.quantity for branch, one in known.stocks.items()} == {"MAG": 5}
    assert ledger.in_doubt() == [1]


def test_everything_answered_leaves_no_doubt(ledger, send):
    send((Publish(TARGET, OFFER), Done()), (stock("MAG", 5), Done()))
    assert ledger.in_doubt() == []


def test_a_refusal_leaves_what_was_known(ledger, send):
    send((Publish(TARGET, OFFER), Done()), (stock("MAG", 5), Done()))
    known = send((Amend(TARGET, OFFER, DEARER), NO), (stock("MAG", 9), NO), attempt="a2")
    assert (known.offer, known.stocks["MAG"].quantity, known.doubtful) == (OFFER, 5, frozenset())
    assert ledger.in_doubt() == []


def test_a_skipped_change_leaves_no_doubt(ledger, send):
    known = send((Publish(TARGET, OFFER), Done()), (stock("MAG", 5), Skipped(Finding.of(Reason.HELD))))
    assert (dict(known.stocks), known.doubtful) == ({}, frozenset())


def test_an_answer_that_may_yet_come_true_stays_in_doubt(ledger, send):
    known = send((Publish(TARGET, OFFER), LATER))
    assert known.doubtful == {"offer"}
    assert ledger.in_doubt() == [1]


def test_a_refused_publication_leaves_no_trace(ledger, send):
    assert send((Publish(TARGET, OFFER), NO)) is None


def test_doubt_of_a_second_attempt_adds_to_the_first(ledger, send):
    send((Publish(TARGET, OFFER), None))
    known = send((stock("MAG", 5), None), attempt="a2")
    assert known.doubtful == {"offer", "stock:MAG"}
    known = send((Amend(TARGET, None, OFFER), Done()), attempt="a3")
    assert known.doubtful == {"stock:MAG"}


def test_a_hiding_in_doubt_stays_ours_until_a_stock_is_confirmed(ledger, send):
    """Decision table 8.21: a refusal of the second attempt does not tell what became of the first."""
    outdated = Failed(Finding.of(Reason.OUTDATED), retry=True)
    send((Publish(TARGET, OFFER), Done()), (stock("MAG", 5), Done()))
    ledger.record([stock("MAG", 0, visible=False)], [outdated], "a2")
    assert ledger.known(["p1"])["p1"].doubtful == {"stock:MAG"}, "what was too old has hidden nothing"
    assert send((stock("MAG", 0, visible=False), None), attempt="a3").hides("MAG")
    known = send((stock("MAG", 0, visible=False), NO), attempt="a4")
    assert (known.hides("MAG"), known.stock_in_doubt("MAG"), known.stocks["MAG"].quantity) == (True, False, 5)
    known = send((stock("MAG", 4, visible=True), Done()), attempt="a5")
    assert (known.hides("MAG"), known.doubtful, known.stocks["MAG"].visible) == (False, frozenset(), True)
    assert ledger.in_doubt() == []


def test_a_withdrawal_zeroes_its_branches(ledger, send):
    send((Publish(TARGET, OFFER), Done()), (stock("MAG", 5), Done()), (stock("FIL", 2), Done()))
    ledger.doubt([Withdraw(TARGET, OFFER, ("FIL", "MAG"))], "a2")
    assert ledger.known(["p1"])["p1"].doubtful == {"offer", "stock:FIL", "stock:MAG"}
    known = send((Withdraw(TARGET, OFFER, ("FIL", "MAG")), Done()), attempt="a2")
    assert not known.published
    assert {branch: one.quantity for branch, one in known.stocks.items()} == {"MAG": 0, "FIL": 0}
    assert ledger.in_doubt() == []


def test_only_what_we_hid_is_known_as_hidden(ledger, send):
    send((Publish(TARGET, OFFER), Done()), (stock("MAG", 0, visible=False), Done()))
    known = send((stock("MAG", 5), Done()), attempt="a2")
    assert known.stocks["MAG"].visible is False, "nothing was said of visibility, so it stays"
    known = send((stock("MAG", 5, visible=True), Done()), attempt="a3")
    assert known.stocks["MAG"].visible is True


def test_a_product_may_change_its_card(ledger, send):
    send((Publish(TARGET, OFFER), Done()))
    send((Amend(Target(2, "S2", "p1"), OFFER, replace(OFFER, sku="S2")), Done()), attempt="a2")
    assert ledger.known_by_card([1, 2]).keys() == {2}
    assert ledger.known(["p1"])["p1"].symbol == "S2"


def test_adopted_offers_never_replace_our_own(ledger, send):
    send((Publish(TARGET, OFFER), Done()))
    ledger.adopt(
        [
            Known("p1", 7, "X", published=True, offer=DEARER, owned=False),
            Known("p2", 2, "S2", published=True, offer=DEARER, owned=False),
        ]
    )
    known = ledger.known(["p1", "p2"])
    assert (known["p1"].key, known["p1"].owned, known["p1"].offer) == (1, True, OFFER)
    assert (known["p2"].key, known["p2"].owned, known["p2"].offer) == (2, False, DEARER)


def test_what_is_held_is_held_until_released(ledger, send):
    send((Publish(TARGET, OFFER), Done()))
    ledger.hold(["p1"], held=True)
    assert ledger.held_cards() == [1]
    assert send((Amend(TARGET, OFFER, DEARER), Done()), attempt="a2").held, "sending does not release"
    ledger.hold(["p1"], held=False)
    assert ledger.held_cards() == []


def test_standing_counts_what_is_on_offer(ledger, send):
    assert ledger.standing() == 0
    send((Publish(TARGET, OFFER), Done()))
    ledger.record([Publish(Target(2, "S2", "p2"), OFFER)], [Done()], "a2")
    assert ledger.standing() == 2
    send((Withdraw(TARGET, OFFER, ()), Done()), attempt="a3")
    assert ledger.standing() == 1


def test_another_channels_ledger_is_another(ledger, send):
    send((Publish(TARGET, OFFER), Done()))
    other = World().channel().ledger
    assert other.known(["p1"]) == {}
    assert other.standing() == 0


def test_thousands_of_items_are_asked_for_at_once(ledger):
    many = [Publish(Target(key, f"S{key}", f"p{key}"), OFFER) for key in range(1, 2001)]
    ledger.doubt(many, "a1")
    ledger.record(many, [Done()] * len(many), "a1")
    assert len(ledger.known(f"p{key}" for key in range(1, 2001))) == 2000
    assert ledger.in_doubt() == []
