"""The second pair from the window in a real browser to what shoppers see, over both sandboxes and HTTP."""

import re
import shutil
from decimal import Decimal

import httpx2
import pytest

from pomost.app import open_pomost
from pomost.model.window import LABELS, Box, Window
from pomost.panel.roles import Role
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.company import RETAIL
from pomost.sandbox.optima.filling import build
from pomost.store.database import close_store
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, document
from tests.panel.browser.rig import PASSWORD, Person, Served
from tests.panel.browser.test_work import accessible, ended
from tests.panel.visitor import account

CARD = "PRZ-01-T"


@pytest.fixture
def trading(tmp_path, blank_sqlite):
    """An Optima company, an empty e-Sklep, and a panel upon a channel nothing was synchronised in yet."""
    (tmp_path / "data").mkdir()
    shutil.copyfile(blank_sqlite, tmp_path / "data" / "pomost.db")
    company = build(tmp_path / "server", products=20, customers=10)
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        open_pomost(tmp_path).save_channel(document(company.company_file, running.url), "test")
        account("ola", Role.OPERATOR, password=PASSWORD)
        close_store()
        panel = Served(tmp_path)
        panel.company = company
        panel.storefront = httpx2.Client(base_url=running.url, timeout=30)
        yield panel
        panel.storefront.close()
        panel.close()
        company.close()


@pytest.fixture
def person(trading, window):
    one = Person(window, trading.url)
    one.sign_in("ola")
    one.sees("Kanały")
    return one.open(f"/channels/{CHANNEL}/sync/")


def box(person, which):
    return person.page.get_by_label(LABELS[which].pl, exact=True)


def seen(person):
    return {one for one in Box if box(person, one).is_checked()}


def shopper(trading, text):
    """The product's page as a shopper comes to it from the search; empty where the shop does not have it."""
    found = trading.storefront.get("/", params={"szukaj": text})
    assert found.status_code == 200
    address = re.search(r'href="(/towar/\d+)', found.text)
    return trading.storefront.get(address[1]).text if address else ""


def run(person, pressed="Synchronizuj"):
    """Press the button and wait for the end of that very run."""
    before = person.page.locator("#state").inner_text()
    person.press(pressed)
    person.page.wait_for_function("before => document.querySelector('#state').innerText !== before", arg=before)
    ended(person)


def tick(person, *boxes):
    """Open the window anew and tick these boxes alone, one after another, as a person would."""
    person.open(f"/channels/{CHANNEL}/sync/")
    for which in seen(person) - set(boxes):
        box(person, which).uncheck()
    for which in boxes:
        box(person, which).check()
    assert seen(person) == set(boxes)


def test_boxes_hang_together_at_once(trading, person):
    """A walk over every box in both directions, from every neighbour that matters; the rule says what is to be seen."""
    assert seen(person) == {Box.OFFER, Box.ORDERS}
    assert box(person, Box.BINARIES).is_disabled()
    accessible(person)
    window = Window()
    for which in (
        *(
            Box.STOCK_ONLY,
            Box.PRICES_ONLY,
            Box.STOCK_ONLY,
            Box.OFFER,
            Box.FULL,
            Box.BINARIES,
            Box.FULL,
            Box.PRICES_ONLY,
        ),
        *(Box.FULL, Box.BINARIES, Box.STOCK_ONLY, Box.CUSTOMERS, Box.FULL, Box.BINARIES, Box.OFFER, Box.ORDERS),
    ):
        box(person, which).click()
        window = window.click(which)
        assert seen(person) == {one for one in Box if window.ticked(one)}, which
        assert box(person, Box.BINARIES).is_enabled() is window.binaries_active
    for which in seen(person):
        box(person, which).uncheck()
    person.press("Synchronizuj")
    person.sees("Nie zaznaczono niczego do synchronizacji.")
    person.sees("nothing-selected")
    assert seen(person) == set()
    accessible(person)


def test_from_the_window_to_what_shoppers_see(trading, person):
    assert shopper(trading, CARD) == ""
    run(person)
    assert "123,00 zł" in shopper(trading, CARD)
    trading.company.goods.set_price(CARD, RETAIL, Decimal("111.00"))
    trading.company.stock.set(CARD, "MAGAZYN", 0)
    before = shopper(trading, CARD)
    assert "Niedostępny" not in before
    tick(person, Box.STOCK_ONLY)
    run(person)
    without_stock = shopper(trading, CARD)
    assert "123,00 zł" in without_stock
    assert without_stock != before
    tick(person, Box.PRICES_ONLY, Box.CUSTOMERS)
    run(person)
    assert "111,00 zł" in shopper(trading, CARD)
    trading.company.goods.set_price(CARD, RETAIL, Decimal("99.00"))
    tick(person, Box.FULL, Box.OFFER, Box.BINARIES)
    person.press("Pokaż podgląd")
    person.page.get_by_role("link", name="Zobacz podgląd").click(timeout=60_000)
    person.sees("ceny towaru")
    accessible(person)
    assert "111,00 zł" in shopper(trading, CARD)
    person.press("Zatwierdź i wyślij")
    ended(person)
    assert "99,00 zł" in shopper(trading, CARD)
