"""Work in a real browser: progress while a run goes on, the guard approved, an error tried again, roles refused."""

import shutil
import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe

from pomost.app import open_pomost
from pomost.model.request import RunRequest
from pomost.panel.roles import Role
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.subiekt_gt.connection import open_engine
from pomost.sandbox.subiekt_gt.sandbox import SubiektSandbox
from pomost.store.database import close_store
from tests.end_to_end.stage import CARDS, CHANNEL, Window, document, small_shop, symbol
from tests.panel.browser.rig import PASSWORD, Person, Served
from tests.panel.visitor import account


@pytest.fixture
def works(tmp_path, blank_sqlite, small_company):
    """A panel with a channel that was synchronised once; at most one product may be withdrawn unattended."""
    (tmp_path / "data").mkdir()
    shutil.copyfile(blank_sqlite, tmp_path / "data" / "pomost.db")
    shutil.copyfile(small_company, tmp_path / "subiekt.db")
    with serve(small_shop()) as running:
        pomost = open_pomost(tmp_path)
        held = document(tmp_path / "subiekt.db", running.url)
        pomost.save_channel({**held, "guard": {"share": "0.01", "floor": 1}}, "test")
        pomost.run(CHANNEL, RunRequest())
        for login, role in (("szef", Role.OWNER), ("ola", Role.OPERATOR), ("gosc", Role.VIEWER)):
            account(login, role, password=PASSWORD)
        close_store()
        panel = Served(tmp_path)
        panel.shop = Window(running.url)
        panel.company = SubiektSandbox(open_engine(tmp_path / "subiekt.db"))
        yield panel
        panel.company.engine.dispose()
        panel.shop.close()
        panel.close()


@pytest.fixture
def person(works, window):
    return Person(window, works.url)


def accessible(person):
    found = Axe().run(person.page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def at(person, login, place):
    person.sign_in(login)
    person.sees("Kanały")
    person.open(f"/channels/{CHANNEL}/{place}/")
    return person


def ended(person):
    person.page.get_by_text("Nic teraz nie trwa").wait_for(timeout=60_000)


def test_what_the_guard_holds_back_is_approved(works, person):
    for number in (1, 2, 3):
        works.company.remove_trait(symbol(number), "MSTORE")
    at(person, "ola", "sync")
    person.press("Synchronizuj")
    person.page.get_by_role("link", name="Zobacz i zatwierdź").click(timeout=60_000)
    person.sees("Nietypowe zmiany czekają na Twoją decyzję")
    person.sees("wycofanie 3 z 12 towarów")
    accessible(person)
    assert len(works.shop.active()) == CARDS
    person.press("Zatwierdź")
    ended(person)
    assert len(works.shop.active()) == CARDS - 3
    person.tab("Historia")
    accessible(person)


def test_an_error_is_tried_again(works, person):
    works.shop.fault("refuse_item", product_id=works.shop.product_id(3), times=None)
    works.company.set_stock(symbol(3), "MAG", 5)
    at(person, "ola", "sync")
    person.press("Synchronizuj")
    person.page.get_by_role("link", name="Zobacz błędy").click(timeout=60_000)
    accessible(person)
    person.page.get_by_role("link", name="Sklep odrzucił zmianę").click()
    accessible(person)
    works.shop.clear_faults()
    person.press(f"Spróbuj ponownie {symbol(3)}")
    person.sees("Do ponownego sprawdzenia: 1 pozycja")
    person.page.get_by_role("link", name=symbol(3), exact=True).click()
    person.sees("Ślad")
    accessible(person)
    person.tab("Synchronizacja")
    person.press("Synchronizuj")
    person.sees("Nic teraz nie trwa")
    person.page.get_by_text("Wykonano: 1. Błędne: 0.").wait_for(timeout=60_000)
    assert works.shop.active()[symbol(3)].stock["MAG"] == 5


def test_progress_is_live_in_every_tab_and_a_run_is_stopped(works, person):
    works.shop.fault("slow", seconds=8, method="POST", times=None)
    for number in range(1, CARDS + 1):
        works.company.set_stock(symbol(number), "MAG", 5)
    at(person, "ola", "sync")
    other = Person(person.page.context.new_page(), works.url)
    person.press("Synchronizuj")
    other.open(f"/channels/{CHANNEL}/sync/")
    for one in (person, other):
        one.page.get_by_text("Synchronizacja trwa").wait_for(timeout=60_000)
    other.press("Synchronizuj")
    other.sees("Czy wykonać synchronizację?")
    other.sees("Trwa: uruchomił ją ola")
    accessible(other)
    other.page.get_by_role("link", name="Nie", exact=True).click()
    person.press("Zatrzymaj")
    works.shop.clear_faults()
    for one in (person, other):
        ended(one)


def test_a_viewer_is_shown_no_buttons_and_refused(works, person):
    at(person, "gosc", "sync")
    assert person.page.get_by_role("button", name="Synchronizuj").count() == 0
    person.sees("Synchronizację uruchamia operator albo właściciel.")
    accessible(person)
    answer = person.page.request.post(
        f"{works.url}channels/{CHANNEL}/sync/",
        form={
            "work": "run",
            "csrfmiddlewaretoken": person.page.locator("[name=csrfmiddlewaretoken]").first.input_value(),
        },
        headers={"Referer": person.page.url},
    )
    assert (answer.status, "operator" in answer.text()) == (403, True)
    with sqlite3.connect(works.home / "data" / "pomost.db") as store:
        assert store.execute("SELECT COUNT(*) FROM store_run").fetchone() == (1,)


def test_the_language_is_switched_at_work(works, person):
    at(person, "ola", "sync")
    person.press("English")
    person.page.get_by_role("heading", level=1, name="Synchronisation").wait_for()
    person.open(f"/channels/{CHANNEL}/runs/1/")
    person.sees("publish")
    person.sees("1.00 PLN net")
