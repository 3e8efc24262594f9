"""Bad orders over real wires: each waits with its named reason, none stops another, and none is ever there twice."""

import pytest

from tests.end_to_end.order_stage import ORDERS_ONLY
from tests.end_to_end.stage import CHANNEL, symbol

PIECE = {"type": "PCE", "multiplier": 1}
BAD = {
    "without a tax number": ({"snapshot": {"nip": ""}}, "ORDER_WITHOUT_NIP"),
    "with another's tax number": ({"snapshot": {"nip": "9512120077"}}, "ORDER_NIP_DIFFERS"),
    "of a buyer nobody recognised": ({"buyer": "stranger"}, "ORDER_CUSTOMER_UNKNOWN"),
    "for a branch the settings do not have": ({"branch": "ZIMA"}, "ORDER_BRANCH_UNKNOWN"),
    "in a currency the ERP does not have": ({"currency": "CZK"}, "ORDER_CURRENCY_UNKNOWN"),
    "of nothing": ({"lines": [(1, 0)]}, "ORDER_QUANTITY"),
    "of a thousand million": ({"lines": [(1, 10**9)]}, "ORDER_QUANTITY"),
    "below nothing": ({"lines": [(1, 3, {"unit_price": "-0.01"})]}, "ORDER_PRICE"),
    "in a unit nobody knows": ({"lines": [(1, 3, {"sales_unit": {"type": "BELA", "multiplier": 7}})]}, "ORDER_UNIT"),
    "of goods the ERP does not have": (
        {"lines": [(1, 3), (2, 1, {"ean": "5900000000994", "distributor_sku": "NIC"})]},
        "ORDER_LINE_UNKNOWN",
    ),
    "at a VAT rate the ERP does not have": ({"lines": [(1, 3, {"vat_rate": "9"})]}, "ORDER_VAT_UNKNOWN"),
}


def placed(selling, what):
    facts = dict(BAD[what][0])
    return selling.place(*facts.pop("lines", [(1, 3)]), **facts)


def test_every_bad_order_waits_with_its_reason_and_the_good_one_goes(selling):
    selling.customers["stranger"] = selling.buyer("5213017228", "Nowa")
    selling.shop.owner("add_branch", external_id="ZIMA", name="Zimowy")
    numbers = {what: placed(selling, what)["number"] for what in BAD}
    good = selling.place()
    report = selling.run()
    assert (report.state, report.fault) == ("done", None)
    assert selling.originals() == [good["number"]]
    reasons = selling.order_reasons()
    for what, number in numbers.items():
        assert any(one.startswith(BAD[what][1]) for one in reasons.pop(number)), what
    assert reasons == {}
    assert sum(count for name, count in report.counts.items() if name.startswith("waiting.")) == len(BAD)
    again = selling.run(*ORDERS_ONLY)
    assert [name for name in again.counts if name.startswith("done.")] == []
    for said in selling.in_both("errors", CHANNEL):
        assert said.code == 0
        assert "ORDER_WITHOUT_NIP" in said.out
    waiting = selling.ask("run", CHANNEL, "--orders-only", lang="pl")
    assert "Dlaczego niektóre zamówienia czekają" in waiting.text
    assert waiting.code == 0


def test_a_waiting_order_goes_once_its_trouble_is_mended(selling):
    selling.company.set_ean(symbol(2), "")
    order = selling.place((1, 1), (2, 2, {"distributor_sku": "NIC", "ean": "5900000000994"}))
    stranger = selling.place(buyer=selling.buyer("5213017228", "Nowa"))
    selling.run()
    assert selling.originals() == []
    assert selling.order_reasons().keys() == {order["number"], stranger["number"]}
    selling.company.add_product("NIC", ean="5900000000994", stocks={"MAG": 5})
    selling.people.add("NOWY", nip="5213017228", city="Warszawa", street="Nowa", house="1")
    selling.run()
    assert sorted(selling.originals()) == sorted([order["number"], stranger["number"]])
    assert selling.order_reasons() == {}


def test_two_lines_of_one_product_stay_two(selling):
    selling.place((1, 3), (2, 1), (1, 4))
    selling.run()
    (document,) = selling.documents()
    assert [row[:2] for row in selling.lines(document["id"])] == [(symbol(1), 3), (symbol(2), 1), (symbol(1), 4)]


def test_an_order_cancelled_before_it_was_read_never_becomes_a_document(selling):
    order = selling.place()
    selling.shop.owner("set_order_status", order_id=order["id"], status="cancelled")
    selling.run()
    assert selling.originals() == []
    assert selling.order_reasons() == {}


def test_an_order_cancelled_after_its_document_was_made_is_told_to_a_person(selling):
    order = selling.place()
    selling.run()
    selling.shop.owner("set_order_status", order_id=order["id"], status="cancelled")
    selling.run()
    assert selling.order_reasons() == {order["number"]: {"ORDER_CLOSED_IN_SHOP"}}
    assert selling.order(order["id"])["status"] == "cancelled"
    with selling.clerk() as clerk:
        clerk.delete(selling.documents()[0]["id"])
    selling.run()
    assert selling.order_reasons() == {}
    assert selling.originals() == []


def test_an_order_edited_after_its_document_was_made_is_told_until_somebody_looked(selling):
    order = selling.place()
    selling.run()
    lines = [{"product_id": selling.shop.product_id(1), "quantity": 30}]
    selling.shop.owner("change_order", order_id=order["id"], lines=lines)
    for _ in range(2):
        selling.run()
        assert selling.order_reasons() == {order["number"]: {"ORDER_EDITED_IN_SHOP"}}
    assert [row[1] for row in selling.lines(selling.documents()[0]["id"])] == [3]
    assert selling.ask("retry", CHANNEL, "--reason", "order_edited_in_shop").code == 0
    selling.run()
    assert selling.order_reasons() == {}


def test_an_order_of_a_long_number_keeps_its_identity(selling):
    selling.save(orders={**selling.document["orders"], "mark": "MSTORE-"})
    first, second = (selling.place() for _ in range(2))
    selling.run()
    assert len(set(selling.originals())) == 2
    assert all(one.startswith("MSTORE-") and len(one) <= 30 for one in selling.originals())
    selling.run()
    assert len(selling.originals()) == 2
    assert {selling.order(one["id"])["status"] for one in (first, second)} == {"accepted"}


def test_what_an_order_reserves_is_in_the_stock_of_the_same_run(selling):
    """The document is saved before stock is read, so the shop never sells what an order has just taken."""
    selling.place((1, 4), branch="KRA")
    before = selling.shop.contents()[symbol(1)][3]
    selling.place((3, 7))
    selling.run()
    after = {number: selling.shop.contents()[symbol(number)][3] for number in (1, 3)}
    assert before["KRA"] == 1
    assert after[1]["KRA"] == 0
    assert after[3]["MAG"] == 30 - 7


def test_an_order_in_euro_is_a_document_in_euro(selling):
    selling.place((1, 3, {"unit_price": "1.00"}), currency="EUR")
    selling.run()
    assert len(selling.originals()) == 1


@pytest.mark.parametrize("pack", [6, 1])
def test_an_order_in_packs_is_a_document_in_pieces(selling, pack):
    unit = {"sales_unit": {"type": "PU", "multiplier": pack}} if pack > 1 else {"sales_unit": PIECE}
    selling.place((5, 2, {**unit, "unit_price": "29.99"}))
    selling.run()
    (document,) = selling.documents()
    rows = selling.lines(document["id"])
    assert sum(row[1] for row in rows) == 2 * pack
    assert sum(round(row[4], 2) for row in rows) == pytest.approx(59.98)


def test_a_refused_document_waits_and_spares_the_others(selling):
    """The ERP itself says no: here to a customer blocked after he was recognised."""
    first = selling.place(buyer="SOL")
    second = selling.place()
    selling.people.block("SOL")
    report = selling.run(*ORDERS_ONLY)
    assert selling.originals() in ([second["number"]], [first["number"], second["number"]])
    assert report.fault is None


def test_the_shop_being_told_late_changes_nothing(selling):
    order = selling.place()
    selling.shop.fault("status", status=503, path_prefix="/v1/orders/", method="POST", times=50)
    report = selling.run(*ORDERS_ONLY)
    assert report.fault is not None
    assert selling.originals() == [order["number"]]
    selling.shop.clear_faults()
    selling.run(*ORDERS_ONLY)
    assert selling.originals() == [order["number"]]
    assert selling.order(order["id"])["acknowledgement"]["erp_document_number"] == selling.documents()[0]["dok_NrPelny"]
