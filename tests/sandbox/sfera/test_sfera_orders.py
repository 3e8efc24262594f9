"""A saved ZK leaves in the database what the program leaves there."""

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.sandbox.sfera.acts import draft, refused, saved

HEADER = (
    "SELECT dok_Typ, dok_Podtyp, dok_ObiektGT, dok_Status, dok_StatusEx, dok_JestRuchMag, dok_MagId, dok_Nr, dok_Tytul"
    " FROM dok__Dokument"
)
STOCK = "SELECT st_Stan, st_StanRez FROM tw_Stan WHERE st_TowId = ? AND st_MagId = ?"
FAILURE, DATABASE = 0x80004005, 0x80040E21


def test_header_of_an_order_without_reservation(subiekt, row):
    order = saved(subiekt, ("WODA", 2), Rezerwacja=False)
    assert row(HEADER) == (16, 0, -8, 6, 0, 0, 1, 1, "Zamówienie od klienta")
    assert order.number == "ZK 1/MAG/2026"
    day = "2026-03-05 00:00:00.000000"
    assert row("SELECT dok_DataWyst, dok_NrPelny, dok_Waluta, dok_Wystawil, dok_PersonelId FROM dok__Dokument") == (
        day,
        order.number,
        "PLN",
        "Szef",
        1,
    )
    assert row(STOCK, 1, 1) == (100, 0)


def test_reservation_raises_the_reserved_stock_in_base_units(subiekt, row):
    order = draft(subiekt, ("WODA", 2), Rezerwacja=True)
    order.Pozycje.Element(1).Jm = "zgrzewka"
    order.Zapisz()
    assert row("SELECT dok_Status, dok_JestRuchMag FROM dok__Dokument") == (7, 1)
    assert row(STOCK, 1, 1) == (100, 12)
    assert row("SELECT ob_Ilosc, ob_IloscMag, ob_Jm, ob_CenaNetto FROM dok_Pozycja") == (2, 12, "zgrzewka", 15)


def test_whoever_does_not_decide_gets_the_companys_defaults(subiekt, row):
    order = draft(subiekt, ("PIWO", 10))
    assert (order.Rezerwacja, order.PoziomCenyId, order.KategoriaId, order.LiczonyOdCenNetto) == (True, 2, 1, True)
    order.Zapisz()
    assert row("SELECT dok_Status, dok_CenyPoziom, dok_CenyTyp, dok_KatId FROM dok__Dokument") == (7, 2, 1, 1)
    assert row("SELECT ob_CenaNetto, ob_CenaBrutto, ob_WartNetto FROM dok_Pozycja") == (1.3, 1.599, 13)
    paid = "SELECT dok_KwGotowka, dok_KwKredyt, dok_KwPrzelew, dok_KwDoZaplaty, dok_WartBrutto FROM dok__Dokument"
    assert row(paid) == (15.99, 0, 0, 15.99, 15.99)


def test_ids_come_from_the_counters_and_are_not_given_twice(subiekt, row, rows):
    before = dict(rows("SELECT ido_nazwa, ido_wartosc FROM ins_ident"))
    saved(subiekt, ("WODA", 1), ("SOK", 1))
    saved(subiekt, ("WODA", 1))
    after = dict(rows("SELECT ido_nazwa, ido_wartosc FROM ins_ident"))
    moved = {name: after[name] - value for name, value in before.items() if after[name] != value}
    assert moved == {"dok__Dokument": 2, "dok_Pozycja": 3, "dok_Vat": 3, "adr_Historia": 4}
    assert rows("SELECT dok_Id FROM dok__Dokument") == [before["dok__Dokument"], before["dok__Dokument"] + 1]
    assert rows("SELECT ob_Id FROM dok_Pozycja") == [before["dok_Pozycja"] + step for step in range(3)]


def test_a_counter_that_lags_behind_breaks_the_save_and_nothing_stays(subiekt, rows, company):
    saved(subiekt, ("WODA", 1))
    with sqlite3.connect(company) as connection:
        connection.execute("UPDATE ins_ident SET ido_wartosc = 1 WHERE ido_nazwa = 'dok_Pozycja'")
    refused(lambda: draft(subiekt, ("WODA", 1)).Zapisz(), FAILURE)
    assert len(rows("SELECT 1 FROM dok__Dokument")) == 1


def test_addresses_of_payer_and_recipient_are_snapshots(subiekt, row, rows):
    order = draft(subiekt, ("WODA", 1), customer=1, OdbiorcaId=2)
    order.Zapisz()
    payer, recipient = row("SELECT dok_PlatnikAdreshId, dok_OdbiorcaAdreshId FROM dok__Dokument")
    names = "SELECT adrh_Nazwa, adrh_NIP, adrh_Ulica, adrh_NrDomu FROM adr_Historia WHERE adrh_Id = ?"
    assert row(names, payer) == row(
        "SELECT adr_Nazwa, adr_NIP, adr_Ulica, adr_NrDomu FROM adr__Ewid WHERE adr_Id = 101"
    )
    assert row(names, recipient)[0] == "Bar Luna 2"


def test_one_customer_is_payer_and_recipient(subiekt, row):
    saved(subiekt, ("WODA", 1), customer=3)
    assert row("SELECT dok_PlatnikId, dok_OdbiorcaId FROM dok__Dokument") == (3, 3)


def test_a_long_foreign_number_is_cut_without_a_word(subiekt, row):
    order = draft(subiekt, ("WODA", 1), NumerOryginalny="MSTORE-2026-03-05-0000000000123456")
    assert order.NumerOryginalny == "MSTORE-2026-03-05-000000000012"
    order.Zapisz()
    assert row("SELECT dok_NrPelnyOryg FROM dok__Dokument") == "MSTORE-2026-03-05-000000000012"


def test_letters_the_code_page_lacks_are_lost(subiekt, row):
    saved(subiekt, ("WODA", 1), Uwagi="Żółć → 日本")
    assert row("SELECT dok_Uwagi FROM dok__Dokument") == "Żółć ? ??"


def test_a_text_too_long_for_its_column_is_refused(subiekt, rows):
    refused(draft(subiekt, ("WODA", 1), Uwagi="x" * 501).Zapisz, DATABASE, "dok_Uwagi")
    assert rows("SELECT 1 FROM dok__Dokument") == []


def test_two_lines_with_one_product_stay_two(subiekt, rows):
    saved(subiekt, ("WODA", 1), ("SOK", 1), ("WODA", 2, "2.40"))
    lines = rows("SELECT ob_DokHanLp, ob_TowId, ob_Ilosc, ob_CenaNetto FROM dok_Pozycja ORDER BY ob_DokHanLp")
    assert lines == [(1, 1, 1, 2.5), (2, 2, 1, 28), (3, 1, 2, 2.4)]
    assert rows("SELECT st_StanRez FROM tw_Stan WHERE st_TowId = 1 AND st_MagId = 1") == [3]


def test_vat_is_summed_per_rate(subiekt, rows, row):
    saved(subiekt, ("WODA", 3, "0.33"), ("SOK", 1, "9.99"), ("WODA", 1, "0.34"), ("KAUCJA", 2, "1.00"))
    query = "SELECT vt_VatId, vt_VatProc, vt_WartNetto, vt_WartVat, vt_WartBrutto FROM dok_Vat ORDER BY vt_Id"
    # 0.99 + 0.34 = 1.33, and 23 % of it is 0.3059; 5 % of 9.99 is 0.4995.
    assert rows(query) == [(100001, 23, 1.33, 0.31, 1.64), (100004, 5, 9.99, 0.5, 10.49), (100006, 0, 2, 0, 2)]
    assert row("SELECT dok_WartNetto, dok_WartVat, dok_WartBrutto FROM dok__Dokument") == (13.32, 0.81, 14.13)


@pytest.mark.parametrize("vat_from, vat", [("sums", 0.31), ("lines", 0.32)])
def test_installations_that_add_the_vat_of_lines_differ(start, row, vat_from, vat):
    # 23 % of 0.46 is 0.1058, of 0.42 it is 0.0966, of all together 0.3082.
    saved(start(habits={"vat_from": vat_from}), *[("WODA", 1, "0.46")] * 2, ("WODA", 1, "0.42"))
    assert row("SELECT vt_WartVat FROM dok_Vat") == vat


def test_prices_counted_from_gross(subiekt, row):
    order = draft(subiekt, LiczonyOdCenBrutto=True)
    line = order.Pozycje.Dodaj("WODA")
    line.IloscJm = 3
    line.CenaBruttoPrzedRabatem = Decimal("1.99")
    assert (line.WartoscBruttoPoRabacie, line.WartoscNettoPoRabacie) == (Decimal("5.97"), Decimal("4.85"))
    order.Zapisz()
    assert row("SELECT dok_CenyTyp, dok_WartBrutto, dok_WartVat FROM dok__Dokument") == (0, 5.97, 1.12)
    assert row("SELECT ob_CenaWaluta, ob_CenaNetto FROM dok_Pozycja") == (1.99, 1.6179)


def test_a_written_total_of_a_line_is_kept_to_the_grosz(subiekt, row):
    order = draft(subiekt, ("WODA", 12))
    line = order.Pozycje.Element(1)
    line.WartoscNettoPoRabacie = Decimal("10.00")
    assert line.CenaNettoPrzedRabatem == Decimal("0.8333")
    order.Przelicz()
    order.Zapisz()
    assert row("SELECT ob_Ilosc, ob_CenaNetto, ob_WartNetto FROM dok_Pozycja") == (12, 0.8333, 10)


def test_installations_that_count_totals_anew_lose_the_grosz(start, row):
    subiekt = start(habits={"line_value": "from_price", "price_places": 2})
    order = draft(subiekt, ("WODA", 12))
    order.Pozycje.Element(1).WartoscNettoPoRabacie = Decimal("10.00")
    order.Zapisz()
    assert row("SELECT ob_CenaNetto, ob_WartNetto FROM dok_Pozycja") == (0.83, 9.96)


def test_a_discount_lowers_prices_after_it(subiekt, row):
    order = draft(subiekt, ("WODA", 4, "2.50"))
    line = order.Pozycje.Element(1)
    line.RabatProcent = Decimal(10)
    assert (line.CenaNettoPrzedRabatem, line.CenaNettoPoRabacie) == (Decimal("2.50"), Decimal("2.25"))
    order.Zapisz()
    assert row("SELECT ob_Rabat, ob_CenaNetto, ob_WartNetto FROM dok_Pozycja") == (10, 2.25, 9)


def test_a_foreign_currency_is_kept_in_zloty_beside_its_price(subiekt, row):
    saved(subiekt, ("WODA", 2, "10.00"), WalutaSymbol="EUR", WalutaKurs=Decimal("4.25"))
    assert row("SELECT ob_CenaWaluta, ob_CenaNetto, ob_WartNetto FROM dok_Pozycja") == (10, 42.5, 85)
    assert row("SELECT dok_Waluta, dok_WalutaKurs, dok_WartNetto FROM dok__Dokument") == ("EUR", 4.25, 85)
    assert row("SELECT vt_WartNetto, vt_WartNettoWaluta FROM dok_Vat") == (85, 20)


def test_a_service_without_a_card_and_one_with(subiekt, rows):
    order = draft(subiekt, ("TRANSPORT", 1))
    service = order.Pozycje.DodajUslugeJednorazowa()
    service.UslJednNazwa = "Montaż"
    service.VatId = 100001
    service.CenaNettoPrzedRabatem = Decimal(7)
    order.Zapisz()
    lines = rows("SELECT ob_TowId, ob_TowRodzaj, ob_Opis, ob_WartBrutto FROM dok_Pozycja ORDER BY ob_DokHanLp")
    assert lines == [(5, 2, None, 61.5), (None, 2, "Montaż", 8.61)]
    assert rows("SELECT st_TowId FROM tw_Stan WHERE st_StanRez <> 0") == []


def test_a_set_reserves_its_parts(subiekt, rows):
    saved(subiekt, ("ZESTAW", 3))
    assert rows("SELECT st_TowId, st_StanRez FROM tw_Stan WHERE st_StanRez <> 0") == [(1, 6), (2, 3)]


def test_a_linked_packaging_comes_by_itself_unless_told_not_to(start, rows):
    subiekt = start(habits={"linked_goods": {"WODA": "KAUCJA"}})
    assert draft(subiekt, ("WODA", 2)).Pozycje.Liczba == 2
    assert draft(subiekt, ("WODA", 2), PominAsortymentPowiazany=True).Pozycje.Liczba == 1


def test_numbers_run_by_warehouse_and_year(subiekt, start, rows):
    saved(subiekt, ("WODA", 1))
    subiekt.MagazynId = 3
    saved(subiekt, ("WODA", 1))
    subiekt.MagazynId = 1
    saved(subiekt, ("WODA", 1))
    saved(start(habits={"today": "2027-01-02"}), ("WODA", 1))
    assert rows("SELECT dok_NrPelny FROM dok__Dokument ORDER BY dok_Id") == [
        "ZK 1/MAG/2026",
        "ZK 1/KRA/2026",
        "ZK 2/MAG/2026",
        "ZK 1/MAG/2027",
    ]


def test_an_own_number_is_taken_once(subiekt):
    assert saved(subiekt, ("WODA", 1), Numer=77, NumerRozszerzenie="B").number == "ZK 77/B/MAG/2026"
    refused(draft(subiekt, ("WODA", 1), Numer=77, NumerRozszerzenie="B").Zapisz, FAILURE, "już istnieje")
    order = subiekt.SuDokumentyManager.Wczytaj("ZK 77/B/MAG/2026")
    for number in (77, 78):
        order.Numer = number
        order.Zapisz()
        assert order.NumerPelny == f"ZK {number}/B/MAG/2026"


def test_the_warehouse_is_the_one_the_program_is_in(subiekt, rows, row):
    subiekt.MagazynId = 3
    saved(subiekt, ("WODA", 5))
    assert row("SELECT dok_MagId, ob_MagId FROM dok__Dokument JOIN dok_Pozycja ON ob_DokHanId = dok_Id") == (3, 3)
    assert rows("SELECT st_MagId FROM tw_Stan WHERE st_StanRez = 5") == [3]


def test_the_day_of_delivery(subiekt, row):
    saved(subiekt, ("WODA", 1), TerminRealizacji=datetime(2026, 3, 9, tzinfo=UTC))
    assert row("SELECT dok_TerminRealizacji FROM dok__Dokument") == "2026-03-09 00:00:00.000000"


def test_payment_by_transfer_and_credit(subiekt, row):
    order = draft(subiekt, ("WODA", 40))
    order.PlatnoscKredytId = 1
    order.PlatnoscKredytKwota = Decimal("100.00")
    order.PlatnoscPrzelewKwota = Decimal("20.00")
    assert (order.KwotaDoZaplaty, order.PlatnoscGotowkaKwota) == (Decimal("123.00"), Decimal("3.00"))
    order.Zapisz()
    paid = "SELECT dok_PlatId, dok_KwGotowka, dok_KwKredyt, dok_KwPrzelew FROM dok__Dokument"
    assert row(paid) == (1, 3, 100, 20)


def test_settled_with_a_transfer_of_nought_turns_credit_into_transfer(subiekt, row):
    saved(
        subiekt,
        ("WODA", 40),
        PlatnoscKredytKwota=Decimal("123.00"),
        PlatnoscPrzelewKwota=Decimal(0),
        Rozliczony=True,
    )
    # The total was nought when the payment was written, so it is checked at the save only.
    assert row("SELECT dok_KwKredyt, dok_KwPrzelew FROM dok__Dokument") == (0, 123)


def test_payments_that_do_not_add_up_are_refused(subiekt):
    refused(draft(subiekt, ("WODA", 1), PlatnoscGotowkaKwota=Decimal(1)).Zapisz, FAILURE, "Suma płatności")


def test_the_customers_own_price_level_is_used_unless_chosen(subiekt, company):
    with sqlite3.connect(company) as connection:
        connection.execute("UPDATE kh__Kontrahent SET kh_Cena = 3 WHERE kh_Id = 2")
    assert draft(subiekt, customer=2).PoziomCenyId == 3
    order = subiekt.SuDokumentyManager.DodajZK()
    order.PoziomCenyId = 1
    order.KontrahentId = 2
    assert order.PoziomCenyId == 1


def test_a_dry_run_finds_what_is_wrong_and_writes_nothing(subiekt, rows):
    order = draft(subiekt, ("WODA", 2))
    before = rows("SELECT * FROM ins_ident")
    order.ZapiszSymulacja()
    assert (order.NumerPelny, order.WartoscNetto, order.WartoscBrutto) == ("", Decimal(5), Decimal("6.15"))
    refused(draft(subiekt, ("WODA", 0)).ZapiszSymulacja, FAILURE)
    refused(draft(subiekt, ("WODA", 0)).SprawdzPoprawnosc, FAILURE)
    assert rows("SELECT 1 FROM dok__Dokument") == []
    assert rows("SELECT * FROM ins_ident") == before
    order.Zapisz()
    assert order.NumerPelny == "ZK 1/MAG/2026"


def test_sums_wait_for_a_recount_when_told_so(subiekt):
    order = draft(subiekt, ("WODA", 2))
    assert order.WartoscNetto == 5
    order.AutoPrzeliczanie = False
    order.Pozycje.Dodaj("SOK")
    assert order.WartoscNetto == 5
    order.Przelicz()
    assert order.WartoscNetto == 33
