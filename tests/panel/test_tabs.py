"""Tabs of settings: drawn from declarations, saved to the newest version, nothing typed is lost."""

import pytest

from pomost.panel.roles import Role
from tests.panel.visitor import Visitor

PRICES = "/channels/hurt/settings/prices/"


def test_a_tab_shows_what_the_settings_hold(owner):
    page = owner.get(PRICES)
    assert page.status == 200
    for words in ("Synchronizacja cen", "Poziom cen", "Cena netto czy brutto", "Waluta oferty"):
        assert words in page.text
    assert 'name="prices.enabled" checked' in page.html
    assert 'value="3" selected' in page.html


def test_a_saved_tab_is_a_new_version_by_the_person_who_saved_it(hurt, owner):
    page = owner.save(PRICES, prices__enabled="on", prices__level="3", prices__kind="gross", prices__currency="PLN")
    assert (page.status, page.goes_to) == (302, PRICES)
    number, author, _, document = hurt.pomost.settings_history("hurt", 1)[0]
    assert (number, author, document["prices"]["kind"]) == (2, "owner-pl", "gross")
    assert "Zapisano (wersja 2)" in owner.get(PRICES).text


def test_a_form_saved_untouched_changes_nothing(hurt, owner):
    owner.save(PRICES, prices__enabled="on", prices__level="3", prices__kind="net", prices__currency="PLN")
    assert hurt.pomost.settings_history("hurt", 1)[0][0] == 1


def test_a_list_comes_from_the_erp(owner):
    page = owner.get("/channels/hurt/lists/price-levels/?path=prices.level&prices.level=3")
    assert '<option value="3" selected>' in page.html
    assert "Hurtowa" in page.text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_only_an_owner_saves_settings(hurt, owner, role):
    page = Visitor(role).save(PRICES, prices__level="1")
    assert page.status == 403
    assert "właściciel" in page.text
    assert hurt.pomost.settings_history("hurt", 1)[0][0] == 1
