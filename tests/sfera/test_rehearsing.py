"""The dry run and saving agree about every draft: what one refuses the other does, in the same words, or at one sum."""

import sqlite3
from decimal import Decimal

import pytest

from pomost.connectors.erp.subiekt_gt.sfera import totals_of
from pomost.model.offer import PriceKind
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Finding
from pomost.model.totals import DocumentTotals
from tests.sfera.conftest import draft, line, orders_in

BEYOND = line(1, "WODA", 10**4, "2.50", "25000.00")
GROSS = {"counts_from": PriceKind.GROSS}
DRAFTS = {
    "sound": ((), {}, True),
    "beyond the stock": ((BEYOND,), {}, True),
    "beyond the stock, unreserved": ((BEYOND,), {"reserve": False}, True),
    "from gross": ((line(1, "WODA", 2, "12.30", "24.60"),), GROSS, True),
    "a gift": ((line(1, "WODA", 2, "0", "0.00"), line(2, "PIWO", 1, "1.00", "1.00")), {}, True),
    "a total no price gives": ((line(1, "WODA", 1000, "0.0100", "10.01"),), {}, True),
    "customer unknown": ((), {"customer": 10**6}, False),
    "card unknown": ((line(10**6, "NIC", 1, "1.00", "1.00"),), {}, False),
    "card without VAT": ((line(3, "BEZVAT", 1, "1.00", "1.00"),), {}, False),
    "unit unknown": ((line(1, "WODA", 1, "1.00", "1.00", unit="paleta"),), {}, False),
    "quantity nought": ((line(1, "WODA", 0, "1.00", "0.00"),), {}, False),
    "quantity below nought": ((line(1, "WODA", -1, "1.00", "-1.00"),), {}, False),
    "no lines": ((), {"lines": ()}, False),
    "category unknown": ((), {"category": "999"}, False),
    "price level unknown": ((), {"price_level": "9"}, False),
    "currency unknown": ((), {"currency": "XYZ"}, False),
    "warehouse unknown": ((), {"warehouse": "99"}, False),
    "remarks too long": ((), {"remarks": "x" * 501}, False),
    "an amount too large": ((line(1, "WODA", 10**8, "100000000", "10000000000000000.00"),), {}, False),
}


@pytest.fixture
def troubled(company):
    """The company with a card nobody gave a VAT rate."""
    with sqlite3.connect(company) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(tw__Towar)")]
        chosen = ", ".join(
            {"tw_Id": "3", "tw_Symbol": "'BEZVAT'", "tw_IdVatSp": "NULL"}.get(one, one) for one in columns
        )
        connection.execute(f"INSERT INTO tw__Towar SELECT {chosen} FROM tw__Towar WHERE tw_Id = 2")
    return company


@pytest.mark.parametrize("name", DRAFTS)
def test_the_dry_run_says_what_saving_does(troubled, writer, name):
    lines, changes, passes = DRAFTS[name]
    one, wanted = writer(), draft(troubled, "1", *lines, **changes)
    rehearsed = one.rehearse(wanted)
    assert orders_in(troubled) == []
    outcome = one.register(wanted)
    if passes:
        assert isinstance(outcome, Done), outcome
        assert rehearsed == outcome.totals
    else:
        assert isinstance(outcome, Failed), outcome
        assert rehearsed == outcome.reason
    assert len(orders_in(troubled)) == passes


@pytest.mark.parametrize("name", ["sound", "a total no price gives"])
def test_they_agree_where_the_program_reckons_anew(company, writer, name):
    lines, changes, _ = DRAFTS[name]
    one, wanted = writer({"habits": {"line_value": "from_price"}}), draft(company, "1", *lines, **changes)
    rehearsed, outcome = one.rehearse(wanted), one.register(wanted)
    assert rehearsed == (outcome.totals if isinstance(outcome, Done) else outcome.reason)


def test_a_record_somebody_keeps_open_is_waited_for_in_both(company, writer):
    locked = {"troubles": [{"at": "SuDokument.ZapiszSymulacja", "do": "lock", "times": 2}]}
    assert isinstance(writer(locked).rehearse(draft(company)), DocumentTotals)
    stays = {"troubles": [{"at": "SuDokument.ZapiszSymulacja", "do": "lock", "times": None}]}
    refused = writer(stays).rehearse(draft(company))
    assert isinstance(refused, Finding)
    assert str(refused.reason) == "ERP_LATER"


VODKA, BREAD = line(1, "WODA", 3, "0.01", "0.03"), line(4, "CHLEB", 3, "0.01", "0.03")


@pytest.mark.parametrize("reckoned", ["sums", "lines"])
@pytest.mark.parametrize("side", PriceKind)
def test_totals_by_rate_are_the_documents_own(company, writer, reckoned, side):
    """Decision table 8.7: net, VAT and gross of each rate come to the document's, however the company reckons VAT."""
    with sqlite3.connect(company) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(tw__Towar)")]
        (eight,) = connection.execute("SELECT min(vat_Id) FROM sl_StawkaVAT WHERE vat_Symbol = '8'").fetchone()
        chosen = ", ".join(
            {"tw_Id": "4", "tw_Symbol": "'CHLEB'", "tw_IdVatSp": str(eight)}.get(one, one) for one in columns
        )
        connection.execute(f"INSERT INTO tw__Towar SELECT {chosen} FROM tw__Towar WHERE tw_Id = 2")
    lines = [VODKA] * 7 + [BREAD] * 2
    wanted = draft(company, "1", *lines, counts_from=side)
    outcome = writer({"habits": {"vat_from": reckoned}}).register(wanted)
    with sqlite3.connect(company) as connection:
        rows = connection.execute(
            "SELECT vt_VatId, vt_WartNetto, vt_WartVat, vt_WartBrutto FROM dok_Vat ORDER BY vt_VatId"
        ).fetchall()
    held = {str(row[0]): [Decimal(str(one)).quantize(Decimal("0.01")) for one in row[1:]] for row in rows}
    told = {ident: [one.net, one.tax, one.gross] for ident, one in outcome.totals.rates.items()}
    assert told == held
    whole = outcome.totals.whole
    assert [whole.net, whole.tax, whole.gross] == [sum(one) for one in zip(*held.values(), strict=True)]


def test_where_neither_way_of_reckoning_gives_the_documents_vat_its_lines_are_told():
    told = {"net": "10.00", "vat": "2.31", "gross": "12.31", "rates": {"1": ["10.00", "12.30", "23"]}}
    assert str(totals_of(told, PriceKind.NET).rates["1"]) == "10.00 + 2.30 = 12.30"
    assert str(totals_of(told, PriceKind.NET).whole) == "10.00 + 2.31 = 12.31"
