"""What people see of orders on the command line."""

import json

import pytest

from pomost.store.links import LinkState
from tests.end_to_end.stage import CHANNEL, symbol


@pytest.fixture
def sold(selling):
    """One order with a document, one that waits; and the stage they are on."""
    selling.customers["stranger"] = selling.buyer("5213017228", "Nowa")
    good, bad = selling.place((1, 3), (2, 2)), selling.place(buyer="stranger")
    selling.run()
    return selling, good["number"], bad["number"]


def test_orders_are_listed_with_their_state_on_both_sides(sold):
    stage, good, bad = sold
    with stage.clerk() as clerk:
        clerk.issue_wz(stage.documents()[0]["id"], {1: 1})
    polish, english = stage.in_both("orders", CHANNEL)
    for said in (polish, english):
        assert said.code == 0
        assert good in said.out
        assert stage.documents()[0]["dok_NrPelny"] in said.text
        assert "ORDER_CUSTOMER_UNKNOWN" in said.out
    assert "zrealizowane częściowo" in polish.text
    assert "partly realised" in english.text
    only = stage.ask("orders", CHANNEL, "--state", "waiting")
    assert (good in only.out, bad in only.out) == (False, True)
    assert "no such orders" in stage.ask("orders", CHANNEL, "--state", "doubt").text


def test_orders_are_json_whatever_the_language(sold):
    stage, good, bad = sold
    for lang in ("pl", "en"):
        told = {one["number"]: one for one in json.loads(stage.ask("orders", CHANNEL, "--json", lang=lang).out)}
        assert (told[good]["state"], told[good]["status"], told[good]["stage"]) == (
            "acknowledged",
            "accepted",
            "reserved",
        )
        assert told[good]["document"]["kind"] == "ZK"
        assert told[bad]["why"][0]["reason"] == "ORDER_CUSTOMER_UNKNOWN"
        (life,) = json.loads(stage.ask("explain", "order", CHANNEL, good, "--json", lang=lang).out)
        assert life["lines"][0]["becomes"] == [f"{symbol(1)}: 3 szt. × 1.00 = 3.00"]


def test_an_erp_that_does_not_answer_leaves_the_list_as_it_was_last_told(sold):
    stage, good, _ = sold
    stage.database.rename(stage.database.with_name("away.db"))
    said = stage.ask("orders", CHANNEL, lang="pl")
    assert said.code == 0
    assert good in said.out
    assert "ERP nie odpowiada" in said.text


def test_the_life_of_an_order_is_explained(sold):
    stage, good, _ = sold
    document = stage.documents()[0]["dok_NrPelny"]
    for asked in (good, document):
        for said in stage.in_both("explain", "order", CHANNEL, asked):
            assert said.code == 0
            assert document in said.text
            assert symbol(2) in said.out
    polish = stage.ask("explain", "order", CHANNEL, good, lang="pl")
    assert "zamówienie do ERP" in polish.text
    assert "potwierdzenie zamówienia" in polish.text
    assert "new → accepted" in polish.text


def test_why_an_order_waits_is_explained_anew(sold):
    stage, _, bad = sold
    said = stage.ask("explain", "order", CHANNEL, bad, lang="pl")
    assert "ORDER_CUSTOMER_UNKNOWN" in said.out
    stage.people.add("NOWY", nip="5213017228", city="Warszawa", street="Nowa", house="1")
    stage.run()
    again = stage.ask("explain", "order", CHANNEL, bad, lang="pl")
    assert "ORDER_CUSTOMER_UNKNOWN" not in again.out
    assert len(stage.originals()) == 2


def test_an_order_in_another_status_can_be_explained_by_its_id(selling):
    order = selling.place()
    selling.shop.owner("set_order_status", order_id=order["id"], status="cancelled")
    said = selling.ask("explain", "order", CHANNEL, order["id"])
    assert said.code == 0
    assert "ORDER_LEFT_STATUS" in said.out
    unknown = selling.ask("explain", "order", CHANNEL, "NIC/1")
    assert unknown.code == 2
    assert "new" in unknown.text


def test_only_orders_may_be_asked_for(selling):
    order = selling.place()
    selling.company.set_stock(symbol(5), "MAG", 3)
    assert selling.ask("run", CHANNEL, "--orders-only").code == 0
    assert selling.originals() == [order["number"]]
    assert selling.shop.contents()[symbol(5)][3]["MAG"] == 50


def test_a_preview_shows_orders_that_would_become_documents_and_sends_nothing(sold):
    stage, _, bad = sold
    order = stage.place((3, 2))
    said = stage.ask("preview", CHANNEL, "--kind", "register", lang="pl")
    assert order["number"] in said.out
    assert "zamówienie do ERP" in said.text
    assert "ORDER_CUSTOMER_UNKNOWN" in said.out
    assert len(stage.originals()) == 1
    assert stage.ask("approve", CHANNEL).code == 0
    assert stage.originals()[1:] == [order["number"]]
    assert bad in stage.ask("orders", CHANNEL, "--state", "waiting").out


def test_a_part_that_broke_off_is_told_and_ends_with_one(selling):
    selling.place()
    selling.shop.fault("status", status=503, path_prefix="/v1/orders", times=None)
    selling.company.set_stock(symbol(5), "MAG", 3)
    said = selling.ask("run", CHANNEL)
    assert said.code == 1
    assert selling.shop.contents()[symbol(5)][3]["MAG"] == 3


def test_states_have_words():
    from pomost.model.order import Stage
    from pomost.model.words import ORDER_STATES, STAGES

    assert ORDER_STATES.keys() == {one.value for one in LinkState}
    assert STAGES.keys() == {one.value for one in Stage}
