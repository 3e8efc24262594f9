"""Whose document is this, from the shop's order to the ZK and back; cases of the field among them."""

import sqlite3

import pytest

from tests.end_to_end.stage import CHANNEL


def reasons(stage, number):
    return stage.reasons().get(number, set())


def zk(stage, number):
    return [row for row in stage.documents() if row["dok_NrPelnyOryg"] == number]


@pytest.fixture
def copy(selling, tmp_path):
    """The company's database as it is now; `back()` puts it in place."""
    kept = tmp_path / "copy.db"
    _copied(selling.database, kept)
    return lambda: _copied(kept, selling.database)


def _copied(source, target):
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)


def test_two_orders_of_one_number_are_two_orders(selling):
    """Decision table 8.2: two documents, the second under a number that its own id makes unique."""
    first = selling.place((1, 3), number="1001")
    selling.run()
    second = selling.place((2, 9), buyer="SOL", number="1001")
    selling.run()
    held = [selling.order(one["id"])["acknowledgement"]["erp_document_id"] for one in (first, second)]
    assert held[0] != held[1]
    plain, apart = selling.documents()
    assert plain["dok_NrPelnyOryg"] == "1001"
    assert apart["dok_NrPelnyOryg"].startswith("1001~")
    assert "1001" in apart["dok_Uwagi"], "people find the number in the remarks"


def test_a_document_of_another_customer_is_not_this_order(selling):
    """Decision table 8.1: payer differs: never linked, and a person settles it from the command line."""
    with selling.clerk() as clerk:
        typed = clerk.write_order(selling.people.key("SOL"), [("S02", 1)], original_number="PO/555")
    placed = selling.place((1, 7), number="PO/555")
    selling.run()
    assert selling.order(placed["id"])["acknowledgement"] is None
    assert reasons(selling, "PO/555") == {"ORDER_NUMBER_TAKEN"}
    told = selling.ask("explain", "order", CHANNEL, "PO/555")
    assert "ZK 1/MAG/" in told.out
    assert "SOL" in told.out
    assert "S02" in told.out
    assert selling.ask("settle-order", CHANNEL, "PO/555", "--document", "ZK 99").code == 2
    assert selling.ask("settle-order", CHANNEL, "PO/555").code == 0
    selling.run()
    held = selling.order(placed["id"])["acknowledgement"]
    assert held["erp_document_id"] != str(typed)
    assert reasons(selling, "PO/555") == set()
    assert selling.ask("settle-order", CHANNEL, "PO/555").code == 2, "it waits for nobody any more"


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_a_person_says_that_it_is_this_document(selling, lang):
    with selling.clerk() as clerk:
        typed = clerk.write_order(selling.people.key("LUNA"), [("S02", 1)], original_number="PO/556")
    placed = selling.place((1, 7), number="PO/556")
    selling.run()
    assert reasons(selling, "PO/556") == {"ORDER_DOCUMENT_DIFFERS"}
    (number,) = [row["dok_NrPelny"] for row in zk(selling, "PO/556")]
    said = selling.ask("settle-order", CHANNEL, "PO/556", "--document", number, lang=lang)
    assert (said.code, number in said.out) == (0, True)
    selling.run()
    assert selling.order(placed["id"])["acknowledgement"]["erp_document_id"] == str(typed)
    assert len(zk(selling, "PO/556")) == 1


def test_a_document_typed_in_with_the_same_goods_is_the_orders(selling):
    with selling.clerk() as clerk:
        typed = clerk.write_order(selling.people.key("LUNA"), [("S01", 7)], original_number="PO/557")
    placed = selling.place((1, 7), number="PO/557")
    selling.run()
    held = selling.order(placed["id"])["acknowledgement"]
    told = reasons(selling, "PO/557")
    assert held is not None or told == {"ORDER_DOCUMENT_DIFFERS"}
    assert len(zk(selling, "PO/557")) == 1
    assert held is None or held["erp_document_id"] == str(typed)


def test_a_document_typed_anew_is_not_a_cancelled_order(selling):
    """Decision table 8.3: a person may have typed it anew: same payer, becomes the document."""
    placed = selling.place((1, 3), number="RE/1")
    selling.run()
    with selling.clerk() as clerk:
        clerk.delete(zk(selling, "RE/1")[0]["id"])
        again = clerk.write_order(selling.people.key("LUNA"), [("S01", 3)], original_number="RE/1", reserve=True)
    selling.run()
    assert selling.order(placed["id"])["status"] != "cancelled"
    with selling.clerk() as clerk:
        clerk.invoice(again)
    selling.run()
    assert selling.order(placed["id"])["status"] == "completed"


def test_orders_are_not_cancelled_because_the_erp_was_put_back(selling, copy):
    """Decision table 8.4: all orders and statuses wait for a person; approval makes missing documents anew."""
    placed = [selling.place((1, 1), number=f"M/{count}") for count in range(30)]
    selling.run()
    before = {one["id"]: selling.order(one["id"])["acknowledgement"]["erp_document_id"] for one in placed}
    copy()
    selling.company.set_stock("S02", "MAG", 3)
    report = selling.run()
    assert ["przywróconą" in stop.pl for stop in report.stops] == [True]
    assert {selling.order(one["id"])["status"] for one in placed} == {"accepted"}
    assert selling.shop.shelf()["S02"].stock["MAG"] == 20, "the offer waits too"
    again = selling.ask("run", CHANNEL)
    assert (again.code, "restored" in again.text) == (3, True)
    assert selling.documents() == []
    late = selling.place((1, 2), number="M/late")
    latest = selling.run()
    approved = selling.approve(latest)
    assert approved.fault is None
    assert len(selling.documents()) == 31
    assert {selling.order(one["id"])["status"] for one in (*placed, late)} == {"accepted"}
    assert selling.shop.shelf()["S02"].stock["MAG"] == 3
    # The shop keeps the document it was told first; nobody is told another for the same order.
    assert {one["id"]: selling.order(one["id"])["acknowledgement"]["erp_document_id"] for one in placed} == before
    selling.company.set_stock("S01", "MAG", 100)
    with selling.clerk() as clerk:
        clerk.invoice(zk(selling, "M/0")[0]["id"])
    assert selling.run().state == "done"
    assert selling.order(placed[0]["id"])["status"] == "completed"


def test_a_copy_put_back_in_which_people_worked_on_is_noticed(selling, copy):
    """Decision table 8.4: a document id now carrying another number."""
    placed = selling.place((1, 1), number="M/1")
    selling.run()
    copy()
    with selling.clerk() as clerk:
        for _ in range(3):  # the counters are as far as they were
            clerk.write_order(selling.people.key("SOL"), [("S02", 1)])
    report = selling.run()
    assert ["przywróconą" in stop.pl for stop in report.stops] == [True]
    assert selling.order(placed["id"])["status"] == "accepted"


def test_two_deleted_at_once_wait_and_are_told_when_a_person_agrees(selling):
    placed = [selling.place((1, 1), number=f"D/{count}") for count in range(3)]
    selling.run()
    with selling.clerk() as clerk:
        for number in ("D/0", "D/1"):
            clerk.delete(zk(selling, number)[0]["id"])
    report = selling.run()
    assert ["zniknęły z ERP naraz" in stop.pl for stop in report.stops] == [True]
    assert {selling.order(one["id"])["status"] for one in placed} == {"accepted"}
    selling.approve(report)
    assert [selling.order(one["id"])["status"] for one in placed] == ["cancelled", "cancelled", "accepted"]
