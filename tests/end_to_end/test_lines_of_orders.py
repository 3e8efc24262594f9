"""What stands on the document of an order: units, money, gifts, deposits and permits, over real wires."""

from decimal import Decimal

import pytest

from tests.end_to_end.stage import CHANNEL


def made(selling, number):
    """Documents that carry an order's number."""
    return [row for row in selling.documents() if row["dok_NrPelnyOryg"] == number]


def waits(selling, number):
    return selling.reasons().get(number, set())


@pytest.mark.parametrize("unit", ["Karton", "Zgrzewka", "opak."])
def test_a_changed_base_unit_does_not_turn_pieces_into_packs(selling, unit):
    """Decision table 8.6: two pieces stay two pieces, whatever the card is kept in by now."""
    selling.place((1, 2), number="U/1")
    selling.company.set_unit("S01", unit)
    selling.run()
    found = made(selling, "U/1")
    assert not found or selling.lines(found[0]["id"])[0][2] == "szt.", selling.lines(found[0]["id"])


def test_an_unknown_unit_waits_until_somebody_says_what_it_is(selling):
    """Decision table 8.6: the offer is made anew by the new unit meanwhile; the order waits all the same."""
    selling.place((1, 2), number="U/2")
    selling.company.set_unit("S01", "opak.")
    for _ in range(2):
        selling.company.set_price("S01", 3, Decimal("1.50"))  # the offer is amended, with the new base unit
        selling.run()
        assert (made(selling, "U/2"), waits(selling, "U/2")) == ([], {"ORDER_UNIT_CONFLICT"})
    said = selling.ask("explain", "order", CHANNEL, "U/2", lang="pl")
    assert "opak." in said.text
    selling.save(goods={"unit_dictionary": {"opak.": "PCE"}})
    selling.run()
    (document,) = made(selling, "U/2")
    assert selling.lines(document["id"])[0][:3] == ("S01", 2, "opak.")
    assert waits(selling, "U/2") == set()


def test_a_changed_rate_of_tax_is_told(selling):
    """Decision table 8.7: 3.00 + 0.69 was ordered, and the ERP's document comes to 3.24."""
    selling.place((1, 3), number="VAT/1")
    selling.company.set_vat("S01", "8")
    selling.run()
    (document,) = made(selling, "VAT/1")
    assert Decimal(str(document["dok_WartBrutto"])) == Decimal("3.24")
    assert waits(selling, "VAT/1") == {"ORDER_VAT_DIFFERS"}
    said = selling.ask("explain", "order", CHANNEL, "VAT/1", lang="pl").text
    assert "3.00 + 0.69 = 3.69" in said
    assert "3.00 + 0.24 = 3.24" in said


@pytest.mark.parametrize("kind", ["net", "gross"])
@pytest.mark.parametrize("rate", ["zw", "np", "oo", "0"])
def test_exempt_stays_exempt_in_money_or_somebody_hears_of_it(selling, rate, kind):
    """Decision table 8.7: 3.00 at zw, np or oo never becomes 3.69 without a word, nor are these one and the same."""
    selling.place((1, 3, {"vat_rate": rate, "unit_price": "1.00", "price_kind": kind}), number="ZW/1")
    selling.run()
    assert len(made(selling, "ZW/1")) == 1
    assert waits(selling, "ZW/1") == {"ORDER_VAT_DIFFERS"}
    selling.company.set_vat("S01", rate)
    selling.place((1, 3, {"vat_rate": rate, "unit_price": "1.00", "price_kind": kind}), number="ZW/2")
    selling.run()
    (document,) = made(selling, "ZW/2")
    assert (document["dok_WartNetto"], document["dok_WartBrutto"]) == (3, 3)
    assert waits(selling, "ZW/2") == set()


def test_with_the_setting_wait_nothing_is_saved(selling):
    """Decision table 8.7: `orders.vat_differs` = wait; the order goes once the card is right again."""
    selling.save(orders={"vat_differs": "wait"})
    selling.place((1, 3), number="VAT/2")
    good = selling.place((2, 1), number="VAT/3")
    selling.company.set_vat("S01", "8")
    report = selling.run()
    assert (made(selling, "VAT/2"), waits(selling, "VAT/2")) == ([], {"ORDER_VAT_DIFFERS"})
    assert report.counts["waiting.ORDER_VAT_DIFFERS"] == 1
    assert len(made(selling, "VAT/3")) == 1, good
    assert "3.24" in selling.ask("explain", "order", CHANNEL, "VAT/2").text
    selling.company.set_vat("S01", "23")
    selling.run()
    assert (len(made(selling, "VAT/2")), waits(selling, "VAT/2")) == (1, set())


@pytest.mark.parametrize("settings", [{}, {"vat_differs": "wait"}], ids=["tell", "wait"])
def test_a_preview_tells_of_the_difference_too(selling, settings):
    """Decision table 8.7: in preview too, as the dry run of the ERP has it."""
    selling.save(orders=settings)
    selling.place((1, 3), number="VAT/4")
    selling.company.set_vat("S01", "8")
    report = selling.preview()
    planned = [one for change in selling.pomost.changes(CHANNEL, report.number) for one in change.why]
    assert made(selling, "VAT/4") == []
    if settings:
        assert waits(selling, "VAT/4") == {"ORDER_VAT_DIFFERS"}
    else:
        assert {dict(one.facts)["erp"] for one in planned} == {"3.00 + 0.24 = 3.24", "0.00 + 0.00 = 0.00"}


def test_a_free_gift_does_not_stop_the_order(selling):
    """Decision table 8.8: a line at 0 is legal."""
    selling.place((1, 3), (2, 1, {"unit_price": "0.00"}), number="GIFT/1")
    selling.run()
    (document,) = made(selling, "GIFT/1")
    assert [row[:2] + row[4:5] for row in selling.lines(document["id"])] == [("S01", 3, 3), ("S02", 1, 0)]
    assert waits(selling, "GIFT/1") == set()


def test_a_deposit_card_with_tax_is_refused_and_told(selling):
    """Decision table 8.11: 3.00 of deposit never becomes 3.69; the check names the setting's card."""
    product = selling.shop.product_id(1)
    selling.shop.owner("change_product", product_id=product, deposit={"amount": "0.50", "kind": "PET"})
    selling.company.add_product("KAUCJA", kind=2, net=Decimal("0.50"), vat="23", traits=())
    selling.save(orders={"deposit_card": "KAUCJA"})
    selling.place((1, 6), number="DEP/1")
    report = selling.run()
    assert made(selling, "DEP/1") == []
    assert "ORDER_DEPOSIT_CARD_TAXED" in [str(one.reason) for one in report.findings]
    assert "kartoteka kaucji „KAUCJA” ma stawkę VAT „23”" in selling.ask("check", CHANNEL, lang="pl").text
    selling.company.set_vat("KAUCJA", "np")
    selling.run()
    (document,) = made(selling, "DEP/1")
    assert [row[-1] for row in selling.lines(document["id"])][-1] == 3
    assert waits(selling, "DEP/1") == set()


def test_swapped_symbols_do_not_swap_goods(selling):
    """Decision table 8.9: symbol and EAN of the line name two living cards; nobody sends what nobody ordered."""
    selling.place((6, 3), number="SWAP/1")
    for old, new in (("S06", "TMP"), ("S07", "S06"), ("TMP", "S07")):
        selling.company.set_symbol(old, new)
    for _ in range(2):
        selling.run()
        assert (made(selling, "SWAP/1"), waits(selling, "SWAP/1")) == ([], {"ORDER_LINE_AMBIGUOUS"})
    said = selling.ask("explain", "order", CHANNEL, "SWAP/1").text
    assert "S06, S07" in said


PLACES = {
    "Długa 11": False,
    "Kraków, Długa 1": False,
    "Długa 1": False,
    "ul. Długa 1, Warszawa": False,
    "Długa 1, Warszawa": True,
    "Warszawa, Długa 1": True,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_permit_of_another_place_is_none(selling, place):
    """Decision table 8.10: LUNA is Warszawa, Długa 1, and no other place is."""
    selling.shop.owner("change_product", product_id=selling.shop.product_id(1), requires_licence="A")
    permit = {"category": "A", "valid_to": "2099-12-31", "point_of_sale": place}
    selling.shop.owner("change_customer", customer_id=selling.customers["LUNA"], licences=[permit])
    selling.save(orders={"permits": True})
    selling.place((1, 3), number="BEER/1")
    selling.run()
    assert len(made(selling, "BEER/1")) == PLACES[place]
    assert waits(selling, "BEER/1") == (set() if PLACES[place] else {"ORDER_PERMIT_MISSING"})


def test_a_delivery_day_outside_sense_is_left_out_and_told(selling):
    """Decision table 8.13: the order goes on, without the day."""
    selling.place((1, 3), number="DAY/1", delivery={"requested_date": "2999-01-01"})
    selling.run()
    assert len(made(selling, "DAY/1")) == 1
    assert waits(selling, "DAY/1") == {"ORDER_DATE_LEFT_OUT"}
