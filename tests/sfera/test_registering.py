"""A ZK as it stands in the database after the writer registered an order, raw."""

import ast
import sqlite3
import sys
from pathlib import Path

import pytest

from pomost.connectors.erp.subiekt_gt.sfera import PROGRAM
from pomost.model.offer import PriceKind
from pomost.model.outcome import Done
from pomost.transport.com import CHILD
from tests.sfera.conftest import customer, draft, line, orders_in


def read(company, query):
    with sqlite3.connect(company) as connection:
        return connection.execute(query).fetchall()


def test_an_order_becomes_a_document(company, writer):
    outcome = writer().register(draft(company))
    ((key, original, number),) = orders_in(company)
    assert isinstance(outcome, Done)
    assert (outcome.document.kind, outcome.document.id, outcome.document.number) == ("ZK", key, number)
    assert original == "hurt-1001"
    (head,) = read(
        company,
        "SELECT dok_PlatnikId, dok_MagId, dok_Uwagi, date(dok_TerminRealizacji), dok_Status, dok_JestRuchMag, dok_CenyTyp"
        " FROM dok__Dokument WHERE dok_Typ = 16",
    )
    assert head == (customer(company), 1, "Proszę o fakturę", "2026-12-01", 7, 1, 1)
    (one,) = read(company, "SELECT ob_TowId, ob_Ilosc, ob_CenaNetto, ob_WartNetto FROM dok_Pozycja")
    assert [float(value) for value in one] == [1, 18, 2.5, 45]
    assert read(company, "SELECT st_StanRez FROM tw_Stan WHERE st_TowId = 1 AND st_MagId = 1") == [(18,)]


def test_without_reservation_nothing_is_promised(company, writer):
    writer().register(draft(company, reserve=False))
    assert read(company, "SELECT dok_Status FROM dok__Dokument WHERE dok_Typ = 16") == [(6,)]
    assert read(company, "SELECT SUM(st_StanRez) FROM tw_Stan") == [(0,)]


def test_two_lines_with_one_product_stay_two(company, writer):
    lines = line(1, "WODA", 6, "2.50", "15.00"), line(1, "WODA", 2, "3.00", "6.00")
    writer().register(draft(company, "1001", *lines))
    found = read(company, "SELECT ob_Ilosc, ob_WartNetto FROM dok_Pozycja ORDER BY ob_Id")
    assert [tuple(map(float, row)) for row in found] == [(6, 15), (2, 6)]


def test_a_line_keeps_its_total_to_the_grosz(company, writer):
    """Decision tables 1.5 (c): two packs of six at 5.00, twelve pieces at 0.8333 would be 9.9996."""
    writer().register(draft(company, "1001", line(2, "PIWO", 12, "0.8333", "10.00")))
    assert [float(row[0]) for row in read(company, "SELECT ob_WartNetto FROM dok_Pozycja")] == [10.0]


def test_where_the_program_reckons_anew_nothing_is_saved(company, writer):
    habits = {"habits": {"line_value": "from_price"}}
    # Three for 10.00: no price of four places gives that total.
    outcome = writer(habits).register(draft(company, "1001", line(1, "WODA", 1000, "0.0100", "10.01")))
    assert outcome.reason.reason == "ERP_REFUSED"
    assert "10.01" in dict(outcome.reason.facts)["detail"]
    assert not outcome.retry
    assert orders_in(company) == []


def test_gross_prices_count_from_gross(company, writer):
    one = line(1, "WODA", 2, "12.30", "24.60")
    writer().register(draft(company, "1001", one, counts_from=PriceKind.GROSS))
    assert [float(row[0]) for row in read(company, "SELECT ob_WartBrutto FROM dok_Pozycja")] == [24.6]
    assert read(company, "SELECT dok_CenyTyp FROM dok__Dokument WHERE dok_Typ = 16") == [(0,)]


def test_the_same_order_again_gets_the_same_document(company, writer):
    first = writer().register(draft(company))
    again = writer().register(draft(company))
    assert first.document == again.document
    assert len(orders_in(company)) == 1


def test_no_lock_and_no_program_stays_behind(company, writer):
    one = writer()
    one.register(draft(company))
    (owned,) = one._child.owned
    one.close()
    assert read(company, "SELECT COUNT(*) FROM ins_blokada") == [(0,)]
    assert not Path(f"/proc/{owned}").exists()


@pytest.mark.parametrize("script", [CHILD, PROGRAM], ids=lambda path: path.name)
def test_the_child_needs_the_standard_library_alone(script):
    """It runs under a 32-bit interpreter that has nothing else; pywin32 is asked for by name at run time."""
    imported = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    foreign = {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names}
    assert foreign == set()


def test_without_a_category_the_document_gets_the_programs_own(company, writer):
    one = writer()
    one.register(draft(company, "1"))
    one.register(draft(company, "2", category="2"))
    chosen = read(company, "SELECT dok_NrPelnyOryg, dok_KatId FROM dok__Dokument WHERE dok_Typ = 16 ORDER BY dok_Id")
    assert chosen == [("hurt-1", 1), ("hurt-2", 2)]
