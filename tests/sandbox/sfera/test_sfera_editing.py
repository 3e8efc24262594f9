"""Saved orders are opened, changed, flagged and deleted; locks come and go."""

import os
import signal
import time
from decimal import Decimal

import pytest
from tests.sandbox.sfera.acts import draft, refused, saved

from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.program import is_running
from pomost.sandbox.sfera.script import Habits

LOCKS = "SELECT obid, obtype, username, counter FROM ins_blokada"
RESERVED = "SELECT st_StanRez FROM tw_Stan WHERE st_TowId = 1 AND st_MagId = 1"
FAILURE = 0x80004005
LOCKED = "został zablokowany przez operatora"


def ended(pid):
    """Wait for the end of a process that was told to."""
    began = time.monotonic()
    while is_running(pid):
        assert time.monotonic() - began < 300
        time.sleep(0.01)


def test_an_order_is_found_by_id_and_number(subiekt):
    order = saved(subiekt, ("WODA", 1))
    desk = subiekt.SuDokumentyManager
    assert [desk.Istnieje(order.id), desk.Istnieje(order.number), desk.Istnieje(999), desk.Istnieje("ZK 9")] == [
        True,
        True,
        False,
        False,
    ]
    for opened in (desk.Wczytaj(order.id), desk.Wczytaj(order.number), desk.WczytajDokument(order.id)):
        assert (opened.Identyfikator, opened.KontrahentId, opened.Pozycje.Liczba) == (order.id, 1, 1)
        assert opened.Pozycje.Element(1).TowarSymbol == "WODA"
        opened.Zamknij()
    refused(lambda: desk.Wczytaj("ZK 9"), FAILURE, "ZK 9")


def test_changes_move_the_reservation_and_keep_ids(subiekt, rows, row):
    order = saved(subiekt, ("WODA", 5), ("SOK", 1), Rezerwacja=True)
    line = row("SELECT ob_Id FROM dok_Pozycja WHERE ob_TowId = 1")
    opened = subiekt.SuDokumentyManager.Wczytaj(order.id)
    opened.Pozycje.Element(1).IloscJm = 8
    opened.Pozycje.Element(2).Usun()
    opened.Pozycje.Dodaj("PIWO").IloscJm = Decimal("1.5")
    opened.Uwagi = "zmienione"
    opened.Zapisz()
    opened.Zamknij()
    assert rows("SELECT ob_TowId, ob_Ilosc FROM dok_Pozycja ORDER BY ob_DokHanLp") == [(1, 8), (3, 1.5)]
    assert row("SELECT ob_Id FROM dok_Pozycja WHERE ob_TowId = 1") == line
    assert rows("SELECT st_TowId, st_StanRez FROM tw_Stan WHERE st_StanRez <> 0") == [(1, 8), (3, 1.5)]
    assert rows("SELECT dok_NrPelny, dok_Uwagi FROM dok__Dokument") == [(order.number, "zmienione")]
    assert rows("SELECT sum(vt_WartNetto) FROM dok_Vat") == rows("SELECT dok_WartNetto FROM dok__Dokument")


def test_saving_again_changes_nothing(subiekt, rows):
    order = draft(subiekt, ("WODA", 12), ("PIWO", "1.25"), Rezerwacja=True)
    order.Pozycje.Element(1).WartoscNettoPoRabacie = Decimal("10.00")
    order.Pozycje.Element(2).RabatProcent = Decimal("3.5")
    order.Zapisz()
    amounts = "SELECT ob_Id, ob_Ilosc, ob_CenaNetto, ob_Rabat, ob_WartNetto, ob_WartBrutto FROM dok_Pozycja"
    before, reserved = rows(amounts), rows("SELECT st_StanRez FROM tw_Stan")
    order.Zapisz()
    order.Zamknij()
    subiekt.SuDokumentyManager.Wczytaj("ZK 1/MAG/2026").Zapisz()
    assert (rows(amounts), rows("SELECT st_StanRez FROM tw_Stan")) == (before, reserved)


def test_switching_the_reservation_off_frees_the_stock(subiekt, rows):
    order = saved(subiekt, ("WODA", 5), Rezerwacja=True)
    opened = subiekt.SuDokumentyManager.Wczytaj(order.id)
    assert opened.Rezerwacja is True
    opened.Rezerwacja = False
    opened.Zapisz()
    assert (rows(RESERVED), rows("SELECT dok_Status FROM dok__Dokument")) == ([0], [6])


def test_a_deleted_order_is_gone_and_gives_its_reservation_back(subiekt, rows):
    order = saved(subiekt, ("WODA", 5), Rezerwacja=True, FlagaNazwa="Do wysyłki")
    opened = subiekt.SuDokumentyManager.Wczytaj(order.id)
    assert opened.MoznaUsunac is True
    opened.Usun(False)
    for table in ("dok__Dokument", "dok_Pozycja", "dok_Vat", "fl_Wartosc", "ins_blokada"):
        assert rows(f"SELECT 1 FROM {table}") == [], table
    assert rows(RESERVED) == [0]
    # The number of the last document is free again, its id is not.
    again = saved(subiekt, ("WODA", 1))
    assert (again.number, again.id > order.id) == (order.number, True)


def test_flags_are_saved_along_or_without_opening(subiekt, row):
    order = saved(subiekt, ("WODA", 1), FlagaNazwa="Do wysyłki", FlagaKomentarz="rano")
    query = "SELECT flw_IdGrupyFlag, flw_TypObiektu, flw_IdObiektu, flw_IdFlagi, flw_Komentarz FROM fl_Wartosc"
    assert row(query) == (8, 0, order.id, 1, "rano")
    subiekt.UstawFlageWlasna(8, order.id, "Anulowane", "")
    assert row(query) == (8, 0, order.id, 2, "")
    assert subiekt.SuDokumentyManager.Wczytaj(order.id).FlagaNazwa == "Anulowane"


def test_own_fields(subiekt, row):
    product = subiekt.TowaryManager.WczytajTowarWg("WODA", 2)
    assert product.PoleWlasne("Minimum Mstore") is None
    subiekt.UstawPoleWlasne(product, "Minimum Mstore", 6)
    subiekt.UstawPoleWlasneWgId(-14, 1, "Opis Mstore", "zimna")
    assert row("SELECT pwd_IdObiektu, pwd_Liczba01, pwd_Tekst01 FROM pw_Dane") == (1, 6, "zimna")
    assert product.PoleWlasne("Minimum Mstore") == 6
    refused(lambda: product.PoleWlasne("Nie ma"), FAILURE, "Nie ma")


def test_an_open_order_is_locked_until_it_is_closed(subiekt, clerk, rows):
    order = draft(subiekt, ("WODA", 1))
    assert rows(LOCKS) == []
    order.Zapisz()
    assert rows(LOCKS) == [(order.Identyfikator, -8, "Szef", 1)]
    with pytest.raises(Refusal, match=LOCKED):
        clerk.lock(order.NumerPelny)
    key = order.Identyfikator
    again = subiekt.SuDokumentyManager.Wczytaj(key)
    assert rows(LOCKS) == [(key, -8, "Szef", 2)]
    again.Zamknij()
    order.Zamknij()
    order.Zamknij()
    assert rows(LOCKS) == []
    refused(lambda: order.Uwagi, FAILURE, "zamknięty")
    refused(lambda: again.Pozycje, FAILURE, "zamknięty")


def test_a_clerks_lock_is_met_by_its_words(subiekt, clerk, rows):
    order = saved(subiekt, ("WODA", 1))
    clerk.lock(order.id)
    for _ in range(2):
        refused(lambda: subiekt.SuDokumentyManager.Wczytaj(order.id), FAILURE, f"{LOCKED} Janina Kowalska")
    refused(lambda: subiekt.SuDokumentyManager.DodajFS().NaPodstawie(order.id), FAILURE, LOCKED)
    clerk.unlock(order.id)
    subiekt.SuDokumentyManager.Wczytaj(order.id).Zamknij()
    assert rows(LOCKS) == []


def test_a_clerk_is_stopped_by_a_programs_lock(subiekt, clerk, rows):
    order = draft(subiekt, ("WODA", 1))
    order.Zapisz()
    key = order.Identyfikator
    for work in (clerk.invoice, clerk.delete, clerk.reserve, lambda one: clerk.edit_line(one, 1, quantity=2)):
        with pytest.raises(Refusal, match=f"{LOCKED} Szef"):
            work(key)
    order.Zamknij()
    clerk.invoice(key)
    assert rows(LOCKS) == []


def test_two_programs_of_one_operator_stop_each_other(start):
    first, second = start(), start()
    order = saved(first, ("WODA", 1))
    opened = first.SuDokumentyManager.Wczytaj(order.id)
    refused(lambda: second.SuDokumentyManager.Wczytaj(order.id), FAILURE, LOCKED)
    opened.Zamknij()
    second.SuDokumentyManager.Wczytaj(order.id).Zamknij()


def test_the_end_of_a_program_gives_its_locks_back(start, rows):
    first, second = start(), start()
    order = saved(first, ("WODA", 1))
    first.SuDokumentyManager.Wczytaj(order.id)
    first.Zakoncz()
    assert rows(LOCKS) == []
    second.SuDokumentyManager.Wczytaj(order.id)
    pid = second.IdentyfikatorProcesu
    os.kill(pid, signal.SIGKILL)
    ended(pid)
    refused(lambda: second.MagazynId, 0x800706BA)
    # The row stays, but nobody is stopped by a program that is dead.
    assert len(rows(LOCKS)) == 1
    third = start()
    third.SuDokumentyManager.Wczytaj(order.id).Zamknij()
    assert rows(LOCKS) == []


def test_the_clerk_edits(subiekt, clerk, rows):
    order = saved(subiekt, ("WODA", 5), ("SOK", 1))
    clerk.edit_line(order.number, 1, quantity=2, price=Decimal("2.20"))
    clerk.edit_line(order.id, 1, unit="zgrzewka")
    clerk.remove_line(order.id, 2)
    clerk.add_line(order.id, "PIWO", 3)
    clerk.reserve(order.id, reserve=False)
    clerk.renumber(order.id, "INNY")
    clerk.flag(order.id, "Anulowane")
    assert rows("SELECT ob_TowId, ob_Ilosc, ob_IloscMag, ob_CenaNetto FROM dok_Pozycja ORDER BY ob_DokHanLp") == [
        (1, 2, 12, 13.2),
        (3, 3, 3, 1.3),
    ]
    assert rows("SELECT dok_Status, dok_NrPelnyOryg FROM dok__Dokument") == [(6, "INNY")]
    assert rows("SELECT sum(st_StanRez) FROM tw_Stan") == [0]
    clerk.reserve(order.id)
    assert rows(RESERVED) == [12]
    clerk.delete(order.number)
    assert rows("SELECT sum(st_StanRez) FROM tw_Stan") == [0]


def test_somebody_overwrites_a_status_by_sql(subiekt, clerk, rows):
    order = saved(subiekt, ("WODA", 5), Rezerwacja=True)
    clerk.tamper(order.id, dok_Status=5, dok_StatusEx=4)
    assert rows("SELECT dok_Status, dok_StatusEx, dok_JestRuchMag FROM dok__Dokument") == [(5, 4, 1)]
    assert rows(RESERVED) == [5]


def test_another_clerk(company, rows):
    with Clerk(company, operator="Szef", workstation="BIURO", habits=Habits(today="2027-01-04")) as boss:
        key = boss.write_order(2, [("WODA", 2), ("SOK", 1)], original_number="TEL", reserve=True, warehouse=3)
    query = "SELECT dok_Id, dok_PlatnikId, dok_Wystawil, dok_NrPelny, dok_NrPelnyOryg, dok_Status FROM dok__Dokument"
    assert rows(query) == [(key, 2, "Szef", "ZK 1/KRA/2027", "TEL", 7)]
    with pytest.raises(KeyError):
        Clerk(company, operator="Nikt")


def test_an_ended_program_leaves_no_process(start):
    subiekt = start(linger=30)
    pid = subiekt.IdentyfikatorProcesu
    assert is_running(pid)
    subiekt.Zakoncz()
    ended(pid)
