"""What the program refuses in a document, and that a refusal leaves nothing behind."""

from decimal import Decimal

import pytest
from tests.sandbox.sfera.acts import draft, refused, saved

FAILURE = 0x80004005


@pytest.fixture
def untouched(rows):
    """The database is as it was, every counter and every stock."""

    def image():
        tables = ("ins_ident", "dok__Dokument", "dok_Pozycja", "dok_Vat", "adr_Historia", "tw_Stan", "fl_Wartosc")
        return [rows(f"SELECT * FROM {table}") for table in tables]

    before = image()
    yield
    assert image() == before


def unknown_product(order):
    order.Pozycje.Dodaj("NIEMA")


def unknown_unit(order):
    order.Pozycje.Element(1).Jm = "paleta"


def no_such_line(order):
    order.Pozycje.Element(9)


def nameless_service(order):
    order.Pozycje.DodajUslugeJednorazowa().VatId = 100001
    order.Zapisz()


def product_without_vat(order):
    order.Pozycje.Dodaj("BEZVAT")
    order.Zapisz()


def inactive_product(order):
    order.Pozycje.Dodaj("NIEAKTYWNY")


def unknown_category(order):
    order.KategoriaId = 999
    order.Zapisz()


def unknown_level(order):
    order.PoziomCenyId = 9


def unknown_warehouse(order):
    order.Pozycje.Element(1).MagazynId = 9
    order.Zapisz()


def unknown_currency(order):
    order.WalutaSymbol = "USD"
    order.Zapisz()


def unknown_flag(order):
    order.FlagaNazwa = "Nie ma"
    order.Zapisz()


@pytest.mark.parametrize(
    "fault, text",
    [
        (unknown_product, "NIEMA"),
        (inactive_product, "nieaktywny"),
        (unknown_unit, "paleta"),
        (no_such_line, "9"),
        (nameless_service, "nie ma nazwy"),
        (product_without_vat, "stawki VAT"),
        (unknown_category, "FOREIGN KEY"),
        (unknown_level, "poziomu cen 9"),
        (unknown_warehouse, "magazynu 9"),
        (unknown_currency, "USD"),
        (unknown_flag, "Nie ma"),
    ],
)
def test_a_fault_in_one_place_refuses_the_whole(subiekt, untouched, fault, text):
    order = draft(subiekt, ("WODA", 1), ("SOK", 1))
    refused(lambda: fault(order), FAILURE, text)
    assert text in order.SzczegolyOstatniegoBledu or fault not in {unknown_category, unknown_currency}
    assert (order.Identyfikator, order.NumerPelny) == (None, "")


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_quantity_is_above_nought(subiekt, untouched, quantity):
    refused(draft(subiekt, ("WODA", 1), ("SOK", quantity)).Zapisz, FAILURE, "pozycji 2")


def test_a_document_has_lines(subiekt, untouched):
    refused(draft(subiekt).Zapisz, FAILURE, "nie zawiera pozycji")


@pytest.mark.parametrize("customer", [None, 999])
def test_about_an_unknown_customer_the_program_says_nothing(subiekt, untouched, customer):
    order = subiekt.SuDokumentyManager.DodajZK()
    order.Pozycje.Dodaj("WODA")
    if customer:
        order.KontrahentId = customer
    error = refused(order.Zapisz, FAILURE)
    assert error.excepinfo[2] == ""


def test_a_refused_order_can_be_mended_and_saved(subiekt, rows):
    order = draft(subiekt, ("WODA", 1), ("SOK", 0))
    refused(order.Zapisz)
    order.Pozycje.Element(2).Usun()
    order.Zapisz()
    assert rows("SELECT dok_NrPelny, dok_Id = ? FROM dok__Dokument", order.Identyfikator) == [("ZK 1/MAG/2026", 1)]


@pytest.mark.parametrize("control", [2, 3])
def test_a_reservation_beyond_the_stock_is_refused_where_set_so(start, untouched, control):
    subiekt = start(habits={"reservation_control": 2})
    order = draft(subiekt, ("SOK", 3), ("WODA", 1), ("SOK", 2), Rezerwacja=True, KontrolaRezerwacjiTowaru=control)
    refused(order.Zapisz, FAILURE, "Brak towaru w magazynie")
    assert order.PozycjeBrakujace.Liczba == 1
    assert order.PozycjeBrakujace.Element(1).IloscJm == 2
    refused(lambda: order.PozycjeBrakujace.Dodaj("WODA"), FAILURE)


@pytest.mark.parametrize("reserve, control", [(True, 0), (False, 2)])
def test_otherwise_it_is_taken(subiekt, rows, reserve, control):
    saved(subiekt, ("SOK", 9), Rezerwacja=reserve, KontrolaRezerwacjiTowaru=control)
    assert rows("SELECT st_StanRez FROM tw_Stan WHERE st_TowId = 2 AND st_MagId = 1") == [9 if reserve else 0]


def test_quantities_of_any_size_a_money_column_holds(subiekt, row):
    saved(subiekt, ("WODA", 10**9, "0.01"), ("SOK", "0.0001"), Rezerwacja=True)
    assert row("SELECT dok_WartNetto FROM dok__Dokument") == 10_000_000
    refused(draft(subiekt, ("WODA", 10**9, 10**9)).Zapisz, 0x80040E21, "za duża")
    line = draft(subiekt, ("WODA", 1)).Pozycje.Element(1)
    error = refused(lambda: setattr(line, "IloscJm", Decimal(10) ** 15), 0x8002000A)
    assert error.argerror == 1
