"""Tabs of settings: drawn from declarations, saved to the newest version, nothing typed is lost."""

from typing import get_args, get_origin

import pytest

from pomost.app import ERPS, SHOPS, sections_for
from pomost.panel.forms.drawing import drawn
from pomost.panel.forms.fields import Kind, inputs
from pomost.panel.roles import Role
from pomost.panel.tabs import DRAWN
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


@pytest.mark.parametrize("tab", DRAWN.values(), ids=lambda one: one.name)
def test_on_a_tab_every_label_means_one_field_in_both_languages(tab):
    fields = [one for group in drawn(tab, {}, {}, "subiekt-gt", "mstore") for one in group.fields]
    for language in ("pl", "en"):
        labels = [one.label.into(language) for one in fields]
        assert sorted(labels) == sorted(set(labels))
        plain = {one.label.into(language) for one in fields if one.kind in {Kind.SWITCH, Kind.TEXT, Kind.LISTED}}
        assert plain & {group.title.into(language) for group in tab.groups} == set()


def test_groups_name_settings_there_are():
    known = {path for name, section in sections_for("subiekt-gt", "mstore").items() for path in told(name, section)}
    assert [path for tab in DRAWN.values() for group in tab.groups for path in group.paths if path not in known] == []


def told(name, section):
    return [] if get_origin(section) is list else [one.path for one in inputs(section, name, {})]


def test_every_section_of_the_settings_has_its_tab():
    shown = {name for tab in DRAWN.values() for name in tab.sections} | {"branches"}
    assert shown == set(sections_for("subiekt-gt", "mstore"))


@pytest.mark.parametrize("erp, shop", [(erp, shop) for erp in ERPS for shop in SHOPS])
def test_every_setting_of_every_connector_can_be_drawn_and_every_value_has_a_name(erp, shop):
    for name, section in sections_for(erp, shop).items():
        for one in inputs(get_args(section)[0] if get_origin(section) is list else section, name, {}):
            assert one.kind is not Kind.ONE_OF or one.options, one.path
            if one.kind in {Kind.ONE_OF, Kind.SOME_OF, Kind.STAGES} and name not in {"erp", "shop"}:
                assert all(option.label.pl != option.value for option in one.options if option.value != "set"), one.path


@pytest.mark.parametrize("erp, shop", [(erp, shop) for erp in ERPS for shop in SHOPS])
def test_every_tab_of_every_pair_of_connectors_is_shown(hurt, owner, erp, shop):
    """Nothing is asked of either side, so none needs to be there."""
    sections, sample = sections_for(erp, shop), {Kind.TEXT: "http://127.0.0.1:9/", Kind.SECRET: "klucz"}
    needed = {
        name: {one.name: sample[one.kind] for one in inputs(sections[name], name, {}) if one.required}
        for name in ("erp", "shop")
    }
    head = {"name": "para", "company": "Firma", "erp": erp, "shop": shop}
    hurt.pomost.save_channel({"channel": head, **needed}, "test")
    for tab in DRAWN:
        assert owner.get(f"/channels/para/settings/{tab}/").status == 200
    assert owner.get("/channels/para/settings/branch/").status == 200
