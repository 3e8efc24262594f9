"""What only a browser shows: accessible pages, narrow and dark ones, unsaved changes, a session that ends while one types."""

import re

from axe_playwright_python.sync_playwright import Axe

from pomost.panel.tabs import DRAWN
from tests.panel.browser.rig import PASSWORD, Person

PRICES = "/channels/hurt/settings/prices/"
PAGES = [
    "/",
    "/new-channel/",
    "/new-channel/?channel.name=x&channel.company=y&channel.erp=subiekt-gt&channel.shop=mstore",
    *(f"/channels/hurt/settings/{tab}/" for tab in DRAWN),
    "/channels/hurt/settings/branches/",
    "/channels/hurt/settings/branch/?of=MAG",
    "/channels/hurt/versions/",
    "/channels/hurt/remove/",
    "/channels/hurt/sync/",
    "/channels/hurt/runs/",
    "/channels/hurt/errors/",
    "/channels/hurt/orders/",
    "/channels/hurt/explain/",
    "/channels/hurt/explain/product/?text=S01",
    "/channels/hurt/explain/?text=zzz",
    "/channels/hurt/errors/EAN_MISSING/",
    "/people/",
    "/account/",
    "/audit/",
    "/no-such-page/",
]


IN_THE_DARK = ("/", "/channels/hurt/settings/goods/", "/channels/hurt/sync/", "/channels/hurt/versions/", "/audit/")


def shown(owner, address):
    """A page with its lists come and its folds open."""
    owner.open(address)
    owner.page.locator("select[aria-busy=true], .many[aria-busy=true]").first.wait_for(state="detached")
    owner.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return owner.page


def complaints(page):
    """What axe finds wrong, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def test_every_page_is_accessible_and_fits_a_phone(owner):
    owner.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    wrong = {}
    for address in PAGES:
        page = shown(owner, address)
        found = complaints(page)
        page.set_viewport_size({"width": 360, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways on a phone")
        page.set_viewport_size({"width": 1200, "height": 900})
        if found:
            wrong[address] = found
    assert wrong == {}


def test_pages_are_accessible_in_the_dark(owner):
    owner.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = {address: complaints(shown(owner, address)) for address in IN_THE_DARK}
    assert {address: one for address, one in found.items() if one} == {}


def test_a_page_weighs_little(owner):
    weights = []
    owner.page.on("response", lambda one: weights.append(len(one.body())) if one.status == 200 else None)
    owner.open("/channels/hurt/settings/goods/")
    owner.page.wait_for_load_state("networkidle")
    assert 0 < sum(weights) < 300_000


def test_leaving_with_unsaved_changes_asks_first(owner):
    asked = []
    owner.page.on("dialog", lambda one: (asked.append(one.type), one.dismiss()))
    owner.open(PRICES)
    owner.page.get_by_label("brutto").check()
    owner.sees("Niezapisane zmiany")
    owner.page.get_by_role("link", name="Stany", exact=True).click(no_wait_after=True)
    owner.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert owner.page.url.endswith(PRICES)


def test_a_tab_is_edited_by_keyboard_alone(owner):
    owner.open(PRICES)
    owner.page.wait_for_load_state("networkidle")
    owner.page.keyboard.press("Tab")
    assert owner.page.evaluate("document.activeElement.className") == "skip"
    owner.page.keyboard.press("Enter")
    owner.page.keyboard.press("Tab")
    assert owner.page.evaluate("document.activeElement.name") == "prices.enabled"
    before = owner.page.get_by_label("Synchronizacja cen", exact=True).is_checked()
    owner.page.keyboard.press("Space")
    assert owner.page.get_by_label("Synchronizacja cen", exact=True).is_checked() is not before


def test_a_mistake_is_told_beside_the_field_and_gets_the_focus(owner):
    owner.open("/channels/hurt/settings/guard/")
    owner.type("Udział zmian bez zatwierdzenia", "pół")
    owner.press("Zapisz")
    owner.sees("„pół” nie jest liczbą")
    assert owner.page.evaluate("document.activeElement.name") == "guard.share"
    assert owner.page.get_by_label("Udział zmian bez zatwierdzenia").input_value() == "pół"


def test_a_session_that_ends_in_the_middle_of_an_edit_loses_nothing(owner):
    owner.open("/channels/hurt/settings/other/")
    owner.switch("Rozszerzone logowanie towarów")
    session = [one for one in owner.page.context.cookies() if one["name"] == "pomost"]
    owner.page.context.clear_cookies(name="pomost")
    owner.press("Zapisz")
    owner.sees("Sesja wygasła")
    owner.page.get_by_label("Login").fill("szef")
    owner.page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    owner.press("Zaloguj")
    owner.page.locator("dialog[open]").wait_for(state="detached")
    assert owner.page.get_by_label("Rozszerzone logowanie towarów").is_checked()
    owner.save()
    assert owner.page.get_by_label("Rozszerzone logowanie towarów").is_checked()
    assert session


def test_two_people_at_the_same_settings(owner, browser, served, signed_in):
    context = browser.new_context(locale="pl-PL", storage_state=signed_in)
    other = Person(context.new_page(), served.url)
    address = "/channels/hurt/settings/stock/"
    for one in (owner, other):
        one.open(address)
    other.page.get_by_label("Stan magazynowy", exact=True).check()
    other.save()
    owner.switch("Dostępność towaru w ofercie wg stanu magazynowego")
    owner.press("Zapisz")
    owner.sees("zapisał(a) te ustawienia w międzyczasie")
    row = owner.page.get_by_role("row").filter(has_text="Rodzaj stanu")
    assert re.sub(r"\s+", " ", row.inner_text()) == "Rodzaj stanu available stock available"
    assert owner.page.get_by_label("Dostępność towaru w ofercie wg stanu magazynowego").is_checked()
    owner.save()
    context.close()


def test_the_language_is_switched_and_everything_is_english(owner):
    owner.open(PRICES)
    owner.press("English")
    owner.page.get_by_role("heading", level=1, name="Prices").wait_for()
    assert not re.search(r"[ąćęłńóśźż]", owner.page.locator("body").inner_text().replace("Polski", ""))
    owner.press("Polski")
    owner.page.get_by_role("heading", level=1, name="Ceny").wait_for()
