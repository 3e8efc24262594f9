"""Customers are found, added and changed, with three addresses each."""

import os
import signal
import sqlite3
import threading

import pytest
from tests.sandbox.sfera.acts import refused, saved

FAILURE, DATABASE = 0x80004005, 0x80040E21
LUNA = "9990000013"


def new(subiekt, **properties):
    customer = subiekt.KontrahenciManager.DodajKontrahenta()
    given = {"Symbol": "NOWY", "Nazwa": "Nowy Bar", "NazwaPelna": "Nowy Bar sp. z o.o.", "NIP": "7010000005"}
    place = {"Ulica": "Długa", "NrDomu": "7", "NrLokalu": "2", "KodPocztowy": "00-238", "Miejscowosc": "Warszawa"}
    for name, value in {**given, **place, **properties}.items():
        setattr(customer, name, value)
    return customer


def test_a_new_customer_has_a_card_and_three_addresses(subiekt, row, rows):
    customer = new(
        subiekt,
        Email="bar@example.com",
        GrupaId=2,
        BranzaId=1,
        OpiekunId=3,
        KhSklepuInternetowego=True,
        Pole1="Trasa 4",
    )
    customer.Telefony.Dodaj("22 100 20 30")
    customer.Telefony.Dodaj("600 100 200")
    customer.Cechy.Dodaj(1)
    customer.Zapisz()
    key = customer.Identyfikator
    assert row(
        "SELECT kh_Symbol, kh_IdGrupa, kh_IdBranza, kh_IdOpiekun, kh_KlientSklepuInternetowego, kh_EMail, kh_Pole1,"
        " kh_AdresDostawy, kh_Jednorazowy, kh_IdDodal FROM kh__Kontrahent WHERE kh_Id = ?",
        key,
    ) == ("NOWY", 2, 1, 3, 1, "bar@example.com", "Trasa 4", 0, 0, 1)
    addresses = rows(
        "SELECT adr_TypAdresu, adr_Nazwa, adr_NIP, adr_Adres, adr_Kod, adr_Symbol, adr_Telefon FROM adr__Ewid"
        " WHERE adr_IdObiektu = ? AND adr_TypAdresu IN (1, 2, 11) ORDER BY adr_Id",
        key,
    )
    assert addresses == [
        (1, "Nowy Bar", "7010000005", "Długa 7/2", "00-238", "NOWY", "22 100 20 30"),
        (2, "", "", "", "", "", ""),
        (11, "", "", "", "", "", ""),
    ]
    seat = row("SELECT adr_Id FROM adr__Ewid WHERE adr_IdObiektu = ? AND adr_TypAdresu = 1", key)
    phones = rows("SELECT tel_Numer, tel_Podstawowy FROM tel__Ewid WHERE tel_IdAdresu = ?", seat)
    assert phones == [("22 100 20 30", 1), ("600 100 200", 0)]
    assert rows("SELECT am_Email FROM adr_Email WHERE am_IdAdres = ?", seat) == ["bar@example.com"]
    assert rows("SELECT ck_IdCecha FROM kh_CechaKh WHERE ck_IdKhnt = ?", key) == [1]
    assert rows("SELECT ido_wartosc FROM ins_ident WHERE ido_nazwa = 'adr__Ewid'") == [seat + 3]
    assert saved(subiekt, ("WODA", 1), customer=key).number


def test_customers_are_found_by_id_symbol_and_tax_number(subiekt):
    desk, other = subiekt.KontrahenciManager, subiekt.Kontrahenci
    nip = desk.Wczytaj("BAR-LUNA").NIP
    assert "-" in nip
    assert [desk.Istnieje(1), desk.Istnieje("HOTEL-X"), desk.Istnieje(nip.replace("-", "")), desk.Istnieje("?")] == [
        True,
        True,
        True,
        False,
    ]
    assert [other.IstniejeWg("HOTEL-X", way) for way in (1, 2, 3)] == [True, False, True]
    assert [other.IstniejeWg(2, way) for way in (1, 3, 4)] == [True, False, True]
    # Three customers have this number; the lookup knows one.
    assert desk.WczytajKontrahentaWg(nip.replace("-", ""), 2).Symbol == "BAR-LUNA"
    refused(lambda: desk.Wczytaj("?"), FAILURE)
    refused(lambda: desk.IstniejeWg("?", 7))


def test_a_tax_number_somebody_has_opens_a_window(subiekt, rows):
    before = len(rows("SELECT 1 FROM kh__Kontrahent"))
    nip = subiekt.KontrahenciManager.Wczytaj("BAR-LUNA").NIP
    pid = subiekt.IdentyfikatorProcesu
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    refused(new(subiekt, NIP=nip).Zapisz, 0x800706BA)
    assert len(rows("SELECT 1 FROM kh__Kontrahent")) == before


def test_or_none_when_told_to_repeat_it(subiekt):
    nip = subiekt.KontrahenciManager.Wczytaj("BAR-LUNA").NIP
    customer = new(subiekt, NIP=nip, PowielNIPBezUI=True, PowielPESELBezUI=True)
    customer.Zapisz()
    assert customer.Identyfikator


@pytest.mark.parametrize(
    "properties, number, text",
    [
        ({"Symbol": ""}, FAILURE, "Symbol"),
        ({"Nazwa": " "}, FAILURE, "Nazwa"),
        ({"Symbol": "x" * 21}, DATABASE, "20"),
        ({"Nazwa": "x" * 51}, DATABASE, "50"),
        ({"KodPocztowy": "00-238 Warszawa"}, DATABASE, "adr_Kod"),
        ({"Symbol": "HOTEL-X"}, FAILURE, "już istnieje"),
        ({"GrupaId": 99}, FAILURE, "FOREIGN KEY"),
        ({"NIP": "7010000006", "KontrolujNIP": True}, FAILURE, "nieprawidłowy"),
    ],
)
def test_a_wrong_card_is_refused_whole(subiekt, rows, properties, number, text):
    before = [rows(f"SELECT * FROM {table}") for table in ("kh__Kontrahent", "adr__Ewid", "tel__Ewid", "ins_ident")]
    customer = new(subiekt, **properties)
    customer.Telefony.Dodaj("1")
    refused(customer.Zapisz, number, text)
    assert customer.Identyfikator is None
    tables = ("kh__Kontrahent", "adr__Ewid", "tel__Ewid", "ins_ident")
    assert [rows(f"SELECT * FROM {table}") for table in tables] == before


def test_an_open_customer_is_locked_until_it_is_closed(subiekt, rows):
    customer = subiekt.KontrahenciManager.Wczytaj("HOTEL-X")
    assert rows("SELECT obid, obtype FROM ins_blokada") == [(customer.Identyfikator, -12)]
    customer.Zamknij()
    assert rows("SELECT 1 FROM ins_blokada") == []
    refused(lambda: customer.Symbol, FAILURE, "zamknięty")


@pytest.mark.parametrize("opened", [lambda subiekt: subiekt.KontrahenciManager.Wczytaj("HOTEL-X"), None])
def test_an_existing_customer_that_is_saved_again_waits_in_a_window(subiekt, rows, opened):
    """Also one this very program made a moment ago: the question comes whatever was changed."""
    customer = new(subiekt) if opened is None else opened(subiekt)
    if opened is None:
        customer.Zapisz()
    before = [rows(f"SELECT * FROM {table}") for table in ("kh__Kontrahent", "adr__Ewid")]
    customer.Ulica = "Rynek Główny"
    threading.Timer(0.2, os.kill, (subiekt.IdentyfikatorProcesu, signal.SIGKILL)).start()
    refused(customer.Zapisz, 0x800706BA)
    assert [rows(f"SELECT * FROM {table}") for table in ("kh__Kontrahent", "adr__Ewid")] == before


def test_documents_keep_the_address_they_were_written_with(subiekt, rows, company):
    first = saved(subiekt, ("WODA", 1), customer=4)
    with sqlite3.connect(company) as connection:
        connection.execute("UPDATE adr__Ewid SET adr_Ulica = 'Nowa' WHERE adr_IdObiektu = 4 AND adr_TypAdresu = 1")
    second = saved(subiekt, ("WODA", 1), customer=4)
    query = "SELECT adrh_Ulica FROM dok__Dokument JOIN adr_Historia ON adrh_Id = dok_PlatnikAdreshId WHERE dok_Id = ?"
    assert [rows(query, first.id), rows(query, second.id)] == [["Rynek 3"], ["Nowa"]]


def test_a_one_off_customer(subiekt, rows):
    customer = subiekt.Kontrahenci.DodajKontrahentaJednorazowego()
    customer.Symbol, customer.Nazwa = "RAZ", "Jan Nowak"
    customer.Osoba, customer.OsobaImie, customer.OsobaNazwisko = True, "Jan", "Nowak"
    customer.Zapisz()
    query = "SELECT kh_Jednorazowy, kh_Osoba, kh_Imie, kh_Nazwisko FROM kh__Kontrahent WHERE kh_Symbol = 'RAZ'"
    assert rows(query) == [(1, 1, "Jan", "Nowak")]


def test_product_cards_are_looked_at(subiekt, company):
    with sqlite3.connect(company) as connection:
        connection.execute("INSERT INTO tw_KodKreskowy (kk_Id, kk_IdTowar, kk_Kod) VALUES (1, 2, '5900000000116')")
    desk, other = subiekt.TowaryManager, subiekt.Towary
    codes = ("WODA", "5900000000017", "5900000000116")
    found = [[desk.IstniejeWg(code, way) for way in (1, 2, 3, 4)] for code in codes]
    assert found == [[True, True, False, False], [True, False, True, True], [True, False, False, True]]
    assert desk.IstniejeWg(1, 5)
    card = other.WczytajTowarWg("5900000000116", 4)
    assert (card.Symbol, card.SprzedazVatId, card.Aktywny, card.Usuniety) == ("SOK", 100004, True, False)
    assert other.WczytajTowarWg("NIEAKTYWNY", 2).Aktywny is False
    card.Zamknij()
    refused(lambda: desk.WczytajTowarWg("", 3), FAILURE)
