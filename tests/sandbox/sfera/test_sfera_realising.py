"""An order is realised by invoices, receipts and dispatch notes, whole and in parts, with every kind of link."""

from decimal import Decimal

import pytest
from tests.sandbox.sfera.acts import draft, refused, saved

from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.script import Habits

ORDER = "SELECT dok_Status, dok_StatusEx, dok_JestRuchMag FROM dok__Dokument WHERE dok_Id = ?"
LINK = "SELECT dok_DoDokId, dok_DoDokNrPelny FROM dok__Dokument WHERE dok_Id = ?"
STOCK = "SELECT st_Stan, st_StanRez FROM tw_Stan WHERE st_TowId = ? AND st_MagId = 1"
ALREADY_REALISED, FAILURE = 0x800411DC, 0x80004005


@pytest.fixture
def order(subiekt):
    return saved(subiekt, ("WODA", 10), ("SOK", 2), Rezerwacja=True, NumerOryginalny="MS-1")


def test_an_invoice_from_an_order_by_com(subiekt, order, row, rows):
    invoice = subiekt.SuDokumentyManager.DodajFS()
    invoice.NaPodstawie(order.id)
    assert [invoice.Pozycje.Liczba, invoice.KontrahentId, invoice.WartoscNetto] == [2, 1, Decimal("81.00")]
    invoice.Przelicz()
    invoice.Zapisz()
    assert row("SELECT dok_Typ, dok_ObiektGT, dok_Status, dok_NrPelny FROM dok__Dokument WHERE dok_Typ = 2") == (
        2,
        -2,
        1,
        "FS 1/MAG/2026",
    )
    assert row(ORDER, order.id) == (8, 4, 0)
    assert row(LINK, order.id) == (invoice.Identyfikator, "FS 1/MAG/2026")
    assert row("SELECT dok_ZrealizowaneZRezerwacja FROM dok__Dokument WHERE dok_Typ = 16") == 1
    assert row(STOCK, 1) == (90, 0)
    assert row(STOCK, 2) == (2, 0)
    pairs = "SELECT a.ob_TowId, a.ob_DoId, b.ob_DokHanId FROM dok_Pozycja a JOIN dok_Pozycja b ON b.ob_Id = a.ob_DoId"
    first, second = rows("SELECT ob_Id FROM dok_Pozycja WHERE ob_DokHanId = ?", order.id)
    assert rows(pairs) == [(1, first, order.id), (2, second, order.id)]
    invoice.Zamknij()
    assert rows("SELECT 1 FROM ins_blokada") == []
    opened = subiekt.SuDokumentyManager.Wczytaj(order.id)
    assert (opened.MoznaEdytowac, opened.MoznaUsunac, opened.StatusDokumentu) == (False, False, 8)
    assert opened.DoDokumentuNumerPelny == "FS 1/MAG/2026"
    refused(opened.Zapisz, FAILURE, "nie może być edytowany")
    refused(lambda: opened.Usun(False), FAILURE, "zrealizowanego")


def test_what_is_realised_cannot_be_realised_again(subiekt, order, clerk):
    clerk.invoice(order.id)
    receipt = subiekt.SuDokumentyManager.DodajPA()
    refused(lambda: receipt.NaPodstawie(order.id), ALREADY_REALISED)
    # Until it is closed even a document nothing came of keeps the order locked.
    with pytest.raises(Refusal, match="zablokowany"):
        clerk.receipt(order.id)
    receipt.Zamknij()
    with pytest.raises(Refusal, match="zrealizowane"):
        clerk.receipt(order.id)


@pytest.mark.parametrize(
    "kind, typ, own", [("FS", 2, "ob_DokHanId"), ("PA", 21, "ob_DokHanId"), ("WZ", 11, "ob_DokMagId")]
)
def test_every_kind_of_document(order, clerk, row, rows, kind, typ, own):
    made = clerk.realise(order.number, as_=kind)
    assert row("SELECT dok_Typ FROM dok__Dokument WHERE dok_Id = ?", made) == typ
    assert rows(f"SELECT ob_IloscMag FROM dok_Pozycja WHERE {own} = ?", made) == [10, 2]
    assert rows("SELECT ob_DokHanId IS NULL FROM dok_Pozycja WHERE ob_DokMagId = ?", made) == [int(kind == "WZ")] * 2
    assert row(ORDER, order.id) == (8, 4, 0)


@pytest.mark.parametrize(
    "links, from_order, from_document, chained",
    [
        ("order", True, False, True),
        ("document", False, True, True),
        ("both", True, True, True),
        ("chain", False, False, True),
        ("none", False, False, False),
    ],
)
def test_links_go_either_way(order, clerk, row, rows, links, from_order, from_document, chained):
    made = clerk.realise(order.id, links=links)
    assert row(LINK, order.id)[0] == (made if from_order else None)
    assert row(LINK, made) == ((order.id, order.number) if from_document else (None, ""))
    assert rows("SELECT ob_DoId IS NOT NULL FROM dok_Pozycja WHERE ob_DokHanId = ?", made) == [int(chained)] * 2
    # Typed anew, the document leaves the order open with its reservation: issued once, reserved still.
    assert row(ORDER, order.id) == ((8, 4, 0) if chained else (7, 0, 1))
    assert row(STOCK, 1) == (90, 0 if chained else 10)


def test_a_part_closes_the_order_and_frees_the_rest(order, clerk, row):
    clerk.invoice(order.id, {1: 4})
    assert row(ORDER, order.id) == (8, 1, 0)
    assert row(STOCK, 1) == (96, 0)
    assert row(STOCK, 2) == (4, 0)
    second = clerk.issue_wz(order.id)
    assert row(ORDER, order.id) == (8, 4, 0)
    assert row(LINK, order.id)[0] == second
    assert row(STOCK, 1) == (90, 0)


def test_where_a_part_leaves_the_order_open_the_rest_stays_reserved(order, company, row):
    with Clerk(company, habits=Habits(partly="open")) as clerk:
        clerk.invoice(order.id, {1: Decimal("2.5"), 2: 2})
        assert row(ORDER, order.id) == (7, 1, 1)
        assert (row(STOCK, 1), row(STOCK, 2)) == ((97.5, 7.5), (2, 0))
        clerk.receipt(order.id, {1: 7})
        assert (row(ORDER, order.id), row(STOCK, 1)) == ((7, 1, 1), (90.5, 0.5))
        clerk.receipt(order.id)
    assert (row(ORDER, order.id), row(STOCK, 1)) == ((8, 4, 0), (90, 0))


def test_differences_are_marked(order, clerk, row):
    clerk.realise(order.id, {1: 12, 2: 2}, more=[("PIWO", 1)])
    assert row(ORDER, order.id) == (8, 6, 0)
    assert (row(STOCK, 1), row(STOCK, 3)) == ((88, 0), (49, 0))


def test_a_part_with_something_else_has_both_marks(order, clerk, row):
    clerk.realise(order.id, {2: 1}, more=[("PIWO", 1)])
    assert row(ORDER, order.id) == (8, 3, 0)


def test_lines_may_be_shortened_by_com(subiekt, order, row, rows):
    invoice = subiekt.SuDokumentyManager.DodajFS()
    invoice.NaPodstawie(order.id)
    invoice.Pozycje.Element(1).IloscJm = 1
    invoice.Pozycje.Element(2).Usun()
    invoice.Zapisz()
    assert invoice.Pozycje.Element(1).DoId == rows("SELECT ob_Id FROM dok_Pozycja WHERE ob_DokHanId = ?", order.id)[0]
    assert row(ORDER, order.id) == (8, 1, 0)


def test_the_dispatch_note_an_invoice_issues_by_itself(order, clerk, row, rows):
    made = clerk.invoice(order.id, with_wz=True)
    note = row("SELECT dok_Id FROM dok__Dokument WHERE dok_Typ = 11")
    assert row("SELECT dok_Podtyp, dok_DoDokId, dok_NrPelny FROM dok__Dokument WHERE dok_Id = ?", note) == (
        1,
        made,
        "WZ 1/MAG/2026",
    )
    assert rows("SELECT ob_DokHanId, ob_DokMagId FROM dok_Pozycja WHERE ob_DoId IS NOT NULL") == [(made, note)] * 2
    assert row(STOCK, 1) == (90, 0)
    clerk.delete(made)
    assert rows("SELECT dok_Typ FROM dok__Dokument") == [16]
    assert (row(ORDER, order.id), row(STOCK, 1)) == ((6, 0, 0), (100, 0))


def test_a_deleted_invoice_gives_stock_back_and_opens_the_order(order, clerk, row):
    made = clerk.invoice(order.id)
    clerk.delete(made)
    assert row(ORDER, order.id) == (6, 0, 0)
    assert row(LINK, order.id) == (None, "")
    assert (row(STOCK, 1), row(STOCK, 2)) == ((100, 0), (4, 0))
    with pytest.raises(Refusal):
        clerk.delete(made)


def test_of_two_invoices_one_is_deleted(order, clerk, row):
    first, second = clerk.invoice(order.id, {1: 4}), clerk.invoice(order.id)
    assert (row(ORDER, order.id), row(LINK, order.id)[0]) == ((8, 4, 0), second)
    clerk.delete(first)
    assert (row(ORDER, order.id), row(LINK, order.id)[0]) == ((8, 1, 0), second)
    clerk.delete(second)
    assert (row(ORDER, order.id), row(LINK, order.id)) == ((6, 0, 0), (None, ""))
    assert row("SELECT dok_ZrealizowaneZRezerwacja FROM dok__Dokument") == 0


def test_stock_that_is_missing_refuses_the_document_and_names_the_lines(subiekt, rows, row):
    order = saved(subiekt, ("WODA", 1), ("SOK", 5), Rezerwacja=True)
    invoice = subiekt.SuDokumentyManager.DodajFS()
    invoice.NaPodstawie(order.id)
    refused(invoice.Zapisz, FAILURE, "Brak towaru w magazynie")
    assert [invoice.PozycjeBrakujace.Liczba, invoice.PozycjeBrakujace.Element(1).TowarSymbol] == [1, "SOK"]
    refused(invoice.ZapiszSymulacja, FAILURE, "Brak towaru w magazynie")
    assert rows("SELECT dok_Typ, dok_Status FROM dok__Dokument") == [(16, 7)]
    assert (row(STOCK, 1), row(STOCK, 2)) == ((100, 1), (4, 5))


def test_what_others_reserved_is_not_there_to_sell(subiekt, clerk, row):
    saved(subiekt, ("SOK", 3), Rezerwacja=True)
    mine = saved(subiekt, ("SOK", 1), Rezerwacja=True)
    with pytest.raises(Refusal, match="Brak towaru"):
        clerk.sell(2, [("SOK", 1)])
    clerk.invoice(mine.id)
    assert row(STOCK, 2) == (3, 3)


def test_a_set_goes_out_by_its_parts(subiekt, clerk, row):
    order = saved(subiekt, ("ZESTAW", 2), Rezerwacja=True)
    clerk.invoice(order.id)
    assert (row(STOCK, 1), row(STOCK, 2)) == ((96, 0), (2, 0))


def test_an_order_by_another_door(subiekt, row):
    assert subiekt.Dokumenty.Dodaj(-8).Tytul == "Zamówienie od klienta"
    assert subiekt.Dokumenty.Dodaj(-9).Tytul == "Paragon"
    refused(lambda: subiekt.Dokumenty.Dodaj(-99), FAILURE)
    order = draft(subiekt, ("WODA", 1))
    refused(lambda: order.NaPodstawie(999), FAILURE, "999")
