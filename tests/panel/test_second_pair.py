"""Screens of a channel between Optima and e-Sklep: tabs, history, changes, errors, explain, in both languages."""

import itertools
from decimal import Decimal

import pytest

from pomost.app import sections_for
from pomost.panel import hallway, lists
from pomost.panel.forms.drawing import drawn
from pomost.panel.roles import Role
from pomost.panel.tabs_of_entries import OF_ENTRIES
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.company import RETAIL
from pomost.sandbox.optima.filling import build
from pomost.store.database import close_store, open_store
from pomost.store.launches import latest
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, OptimaStage
from tests.end_to_end.test_exchange_sessions import somebody
from tests.panel.test_tabs import told
from tests.panel.test_work import finished
from tests.panel.visitor import Visitor

AT = f"/channels/{CHANNEL}"
_numbers = itertools.count(1)
BOTH = pytest.mark.parametrize("language", ["pl", "en"])
TABS = pytest.mark.parametrize("tab", OF_ENTRIES.values(), ids=lambda one: one.name)


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory, sqlite_stores):
    """The company with every troublesome case, synchronised once."""
    home = tmp_path_factory.mktemp("second")
    company = build(home / "server", products=20, customers=10)
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        stage = OptimaStage(home / "pomost", company, running.url)
        stage.first = stage.run()
        yield stage
        stage.close()
        close_store()


@pytest.fixture
def second(exchanged):
    """The same as the panel finds it."""
    open_store(f"sqlite:///{(exchanged.home / 'data' / 'pomost.db').absolute()}")
    hallway.enter(exchanged.pomost)
    lists.forget(CHANNEL)
    return exchanged


@pytest.fixture
def reader(second, language):
    """Somebody who reads this language; the store is shared by the tests here, so accounts are told apart."""
    return Visitor(language=language, login=f"reader-{next(_numbers)}")


def words(language, polish, english):
    return polish if language == "pl" else english


@BOTH
def test_history_and_changes_are_named(second, reader, language):
    number = second.first.number
    assert words(language, "zakończona", "done") in reader.get(f"{AT}/runs/").text
    page = reader.get(f"{AT}/runs/{number}/?kind=prices&search=PRZ-01-T")
    for one in (
        words(language, "ceny towaru", "prices of a product"),
        words(language, "pozycja 3, wartość – 123.0000", "line 3, value – 123.0000"),
        words(language, "pozycja 3, rodzaj – brutto", "line 3, basis – gross"),
        words(language, "nie można jeszcze cofnąć", "cannot be rolled back yet"),
    ):
        assert one in page.text
    assert "lines[" not in page.text
    assert "rollback/" not in page.html


@BOTH
def test_errors_are_named_by_what_they_are_about(second, reader, language):
    assert "SHOP_REFUSED/" in reader.get(f"{AT}/errors/").html
    page = reader.get(f"{AT}/errors/SHOP_REFUSED/")
    for one in (
        words(language, "LOGIN-2 kontrahent", "LOGIN-2 customer"),
        words(language, "ZES-JM zestaw", "ZES-JM prom"),
    ):
        assert one in page.text
    assert "explain/customer/" not in page.html
    held_back = reader.get(f"{AT}/errors/VARIANT_WITHOUT_ATTRIBUTES/")
    assert "explain/product/?text=WAR-BA-1" in held_back.html


@BOTH
def test_a_product_is_explained(second, reader, language):
    found = reader.get(f"{AT}/explain/?text=PRZ-01-T")
    page = reader.get(found.goes_to)
    for one in (
        words(language, "wystawiany", "offered"),
        words(language, "Co ma być i co sklep potwierdził", "What is wanted and what the shop confirmed"),
        words(language, "ceny: pozycja 3, wartość 123.0000 123.0000", "prices: line 3, value 123.0000 123.0000"),
        words(language, "stany: pozycja 1, ilość 100.0000", "stock: line 1, quantity 100.0000"),
        words(language, "opisy pl, nazwa", "texts pl, name"),
        words(language, "Ślad", "Trail"),
    ):
        assert one in page.text
    for one in ("Katalog sklepu", "catalogue has", "nie udostępnia", "no longer"):
        assert one not in page.text


@BOTH
def test_products_are_found_by_the_beginning_of_a_symbol(second, reader, language):
    page = reader.get(f"{AT}/explain/?text=PRZ-0")
    assert [one in page.text for one in ("PRZ-01-T", "PRZ-02-T", "PRZ-13-T")] == [True, True, False]


@BOTH
@TABS
def test_every_tab_is_shown_and_speaks_of_this_pair(second, reader, language, tab):
    page = reader.get(f"{AT}/settings/{tab.name}/")
    assert page.status == 200
    assert tab.intro.into(language) in page.text
    main = page.text.partition(tab.intro.into(language))[2]
    for one in ("M/store", "Subiekt", "ZK", "Sfera"):
        assert one not in main
    assert ("<form" in page.html.partition('class="intro"')[2]) is bool(tab.groups)


@BOTH
def test_this_shop_needs_no_branches(second, reader, language):
    page = reader.get(f"{AT}/settings/branches/")
    assert words(language, "Ten sklep nie ma oddziałów", "This shop has no branches") in page.text
    assert "settings/branch/" not in page.html


@TABS
def test_tabs_name_settings_there_are_once(tab):
    sections = sections_for("optima", "esklep")
    known = {path for name, section in sections.items() for path in told(name, section)}
    assert [path for group in tab.groups for path in group.paths if path not in known] == []
    for language in ("pl", "en"):
        fields = [one for group in drawn(tab, {}, {}, "optima", "esklep") for one in group.fields]
        labels = [one.label.into(language) for one in fields]
        assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("language", ["pl"])
def test_what_a_tab_does_not_show_stays_as_it_was(second, reader, language):
    kept = second.pomost.export_settings(CHANNEL)
    second.pomost.save_channel({**kept, "prices": {"enabled": True, "level": "3", "kind": "gross"}}, "test")
    saved = reader.save(f"{AT}/settings/prices/")
    assert saved.status == 302
    assert second.pomost.export_settings(CHANNEL)["prices"] == {"enabled": False, "level": "3", "kind": "gross"}
    second.pomost.save_channel(kept, "test")


@pytest.mark.parametrize("language", ["pl"])
def test_folders_of_files_are_typed_one_to_a_line(second, reader, language):
    tab, kept = f"{AT}/settings/connection/", second.pomost.export_settings(CHANNEL)
    fields = {f"erp__{name}": value for name, value in kept["erp"].items()}
    fields |= {"channel__company": kept["channel"]["company"], "shop__address": kept["shop"]["address"]}
    saved = reader.save(tab, **fields, erp__file_folders="/srv/zdjecia\r\n\\\\SERWER\\foto \r\n\r\n/srv/zdjecia")
    assert saved.status == 302
    folders = ["/srv/zdjecia", r"\\SERWER\foto"]
    assert second.pomost.export_settings(CHANNEL)["erp"]["file_folders"] == folders
    assert "/srv/zdjecia\n\\\\SERWER\\foto\n</textarea>" in reader.get(tab).html
    wrong = reader.save(tab, **fields, erp__file_folders="/srv/zdjecia\nzdjecia")
    assert wrong.status == 422
    assert "„zdjecia” nie jest pełną ścieżką folderu" in wrong.text
    assert second.pomost.export_settings(CHANNEL)["erp"]["file_folders"] == folders
    second.pomost.save_channel(kept, "test")


@pytest.mark.parametrize("language", ["pl"])
def test_the_channel_is_switched_off_and_on(second, reader, language):
    """The shop's key is required, and no form ever holds it: what is kept counts."""
    for on in ("off", "on"):
        assert reader.post(f"{AT}/switch/", {"on": on}).status in {200, 204, 302}
        assert second.pomost.export_settings(CHANNEL)["channel"].get("active", True) is (on == "on")


@BOTH
def test_a_shop_held_by_somebody_else_is_asked_about_and_taken_over(second, reader, language):
    """The manual's question; the answer starts the same errand again, and an old question is not answered twice."""
    listed, asked = words(language, ("77.00", "57.75"), ("88.00", "66.00"))  # everybody has 25 % off this product
    second.company.goods.set_price("PRZ-04-T", RETAIL, Decimal(listed))
    somebody(second)
    sent = {"work": "run", "window": "on", "box": ["prices_only"]}
    reader.post(f"{AT}/sync/", sent)
    page = finished(reader, CHANNEL)
    assert "KASA-2" in page.text
    assert words(language, "Czy wykonać synchronizację?", "Synchronise all the same?") in page.text
    assert "--force" not in page.text
    again = page.value_of("again")
    viewer = Visitor(Role.VIEWER, language)
    assert 'name="again"' not in viewer.get(f"{AT}/sync/").html
    assert reader.post(f"{AT}/sync/", {"again": f"{again}0"}).goes_to == f"{AT}/sync/"
    assert 'name="again"' in reader.get(f"{AT}/sync/").html
    reader.post(f"{AT}/sync/", {"again": again})
    page = finished(reader, CHANNEL)
    assert 'name="again"' not in page.html
    errand = latest(CHANNEL).errand
    assert (errand["parts"], errand["force"]) == (["price"], True)
    assert second.price(product_erp_id=second.product("PRZ-04-T")) == Decimal(asked)
    assert reader.post(f"{AT}/sync/", {"again": again}).goes_to == f"{AT}/sync/"
    assert latest(CHANNEL).errand == errand


@BOTH
def test_one_item_is_tried_again(second, reader, language):
    page = reader.get(f"{AT}/errors/SHOP_REFUSED/")
    assert 'name="symbol" value="ZES-JM"' in page.html
    reader.post(f"{AT}/errors/SHOP_REFUSED/", {"symbol": "ZES-JM"})
    told = words(language, "Do ponownego sprawdzenia: 1 pozycja.", "1 item will be decided again.")
    assert told in reader.get(f"{AT}/errors/SHOP_REFUSED/").text.replace("\xa0", " ")
