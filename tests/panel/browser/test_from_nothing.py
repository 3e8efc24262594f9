"""The whole way in a browser, by the manual's labels alone: from an empty store to a synchronised shop."""

import shutil

import pytest

from pomost.sandbox.mstore.server import serve
from tests.end_to_end.stage import CARDS, KEY, PASSWORD, Window, small_shop, symbol
from tests.panel.browser.rig import Person, Served


@pytest.fixture(scope="module")
def empty(tmp_path_factory, blank_sqlite, small_company):
    """A panel nobody has set up yet, a company's database, and a shop that has the products and no branch."""
    home = tmp_path_factory.mktemp("empty")
    (home / "data").mkdir()
    shutil.copyfile(blank_sqlite, home / "data" / "pomost.db")
    shutil.copyfile(small_company, home / "subiekt.db")
    shop = small_shop()
    with serve(shop) as running:
        panel = Served(home)
        panel.shop = Window(running.url)
        yield panel
        panel.shop.close()
        panel.close()


def make_channel(person, panel):
    """Nowy kanał: what it joins, then how to reach both sides."""
    page = person.page
    page.get_by_role("link", name="Nowy kanał").click()
    person.type("Nazwa kanału", "hurtownia")
    person.type("Podmiot", "Hurtownia")
    person.press("Dalej")
    page.get_by_role("heading", level=1, name="Nowy kanał: hurtownia").wait_for()
    while (folded := page.locator("details:not([open]) > summary")).count():
        folded.first.click()
    page.get_by_role("textbox", name="Adres", exact=True).fill(panel.shop.url)
    page.get_by_label("Klucz API", exact=True).fill(KEY)
    page.get_by_role("textbox", name="Baza podmiotu", exact=True).fill(str(panel.home / "subiekt.db"))
    page.get_by_label("Hasło SQL", exact=True).fill(PASSWORD)
    page.get_by_role("radio", name="sqlite").check()
    person.press("Utwórz kanał")
    person.sees("Udało się nawiązać połączenie z M/store")
    person.sees("Oba połączenia działają.")


def add_branch(person, name, ident, warehouse, *more):
    person.page.get_by_role("link", name="Dodaj", exact=True).click()
    person.page.get_by_role("heading", level=1, name="Nowy oddział").wait_for()
    person.page.wait_for_load_state("networkidle")
    person.page.get_by_label("Nazwa oddziału").fill(name)
    person.page.get_by_label("ID oddziału").fill(ident)
    person.page.get_by_label("Magazyn dla ZK").select_option(label=warehouse)
    for other in more:
        person.page.get_by_label(other, exact=True).check()
    person.press("Zapisz")
    person.sees("Zapisano oddział")


def set_up(person):
    """Tabs in the manual's order."""
    page = person.page
    person.tab("Oddziały")
    add_branch(person, "Magazyn Główny", "MAG", "Magazyn Główny (MAG)")
    person.tab("Towary")
    page.get_by_role("switch", name="Włącz synchronizację towarów").check()
    page.get_by_label("Spełniające wybrane warunki").check()
    person.press("Dodaj warunek")
    row = page.get_by_role("group", name="Warunek")
    row.get_by_label("MSTORE").check()
    person.save()
    person.tab("Ceny")
    page.get_by_role("switch", name="Synchronizacja cen").check()
    person.choose("Poziom cen", "Mstore (PLN)")
    person.save()
    person.tab("Stany")
    page.get_by_role("switch", name="Synchronizacja stanów").check()
    person.save()
    person.tab("Połączenie")
    person.press("Włącz kanał")
    person.sees("Kanał jest włączony.")


def test_from_an_empty_store_to_a_synchronised_shop(empty, window):
    person = Person(window, empty.url)
    person.make_account(empty.link)
    make_channel(person, empty)
    set_up(person)
    person.tab("Synchronizacja")
    person.press("Pokaż podgląd")
    person.page.get_by_role("link", name="Zobacz podgląd").click(timeout=60_000)
    person.sees("Podgląd: niczego jeszcze nie wysłano")
    assert empty.shop.active() == {}
    person.press("Zatwierdź i wyślij")
    person.page.get_by_text("Nic teraz nie trwa").wait_for(timeout=60_000)
    person.sees("Błędne: 0.")
    shelf = empty.shop.active()
    assert shelf.keys() == {symbol(number) for number in range(1, CARDS + 1)}
    assert (shelf[symbol(3)].price, shelf[symbol(3)].stock) == ("3.00", {"MAG": 30})
    person.press("Synchronizuj")
    person.sees("Nic teraz nie trwa")
    person.page.get_by_text("Sklep ma już to, co ERP.").wait_for(timeout=60_000)
