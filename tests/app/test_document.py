"""Settings documents: read as a whole, all mistakes at once, digest and focus follow what decisions rest on."""

from copy import deepcopy
from dataclasses import MISSING, fields

import pytest

from pomost.app import SettingsWrong, read_settings, secret_fields, sections_for
from pomost.model.setting import about

WHOLE = {
    "channel": {"name": "hurt", "company": "Firma", "erp": "subiekt-gt", "shop": "mstore"},
    "erp": {"driver": "sqlite", "database": "baza.db", "password": "haslo"},
    "shop": {"address": "https://sklep.example", "key": "klucz"},
    "goods": {"enabled": True, "qualification": "conditions", "conditions": [{"field": "trait", "values": ["1"]}]},
    "prices": {"enabled": True, "level": "3"},
    "stock": {"enabled": True},
    "branches": [{"id": "MAG", "name": "Magazyn", "main_warehouse": "1", "extra_warehouses": ["2"]}],
}


def changed(**sections):
    document = deepcopy(WHOLE)
    for name, values in sections.items():
        document[name] = {**document.get(name, {}), **values} if isinstance(values, dict) else values
    return document


def problems(document):
    with pytest.raises(SettingsWrong) as wrong:
        read_settings(document)
    return {problem.path: problem.text for problem in wrong.value.problems}


def test_secrets_are_taken_apart_from_the_document():
    settings = read_settings(WHOLE)
    assert settings.secrets == {
        "erp.password": "haslo",
        "erp.sfera_sql_password": "",
        "erp.sfera_operator_password": "",
        "shop.key": "klucz",
    }
    assert (settings.erp.password, settings.shop.key) == ("haslo", "klucz")
    assert "haslo" not in repr(settings.document)
    assert "klucz" not in repr(settings.document)


def test_secrets_left_out_are_the_kept_ones_and_given_ones_win():
    bare = read_settings(WHOLE).document
    kept = {"erp.password": "stare", "shop.key": "stary"}
    assert read_settings(bare, kept).shop.key == "stary"
    assert read_settings(WHOLE, kept).shop.key == "klucz"
    assert "klucz" not in repr(read_settings(changed(shop={"key": ""}), kept).shop)


def test_every_secret_is_declared():
    declared = ["erp.password", "erp.sfera_operator_password", "erp.sfera_sql_password", "shop.key"]
    assert secret_fields("subiekt-gt", "mstore") == declared
    assert secret_fields("optima", "esklep") == ["erp.password", "shop.key"]


def test_reading_a_document_leaves_it_as_it_was():
    document = deepcopy(WHOLE)
    read_settings(document)
    assert document == WHOLE


@pytest.mark.parametrize(
    "sections, counts",
    [
        ({"prices": {"level": "2"}}, True),
        ({"stock": {"basis": "stock"}}, True),
        ({"goods": {"ean_literal": True}}, True),
        ({"branches": []}, True),
        ({"shop": {"timeout": 5}}, False),
        ({"shop": {"key": "inny"}}, False),
        ({"erp": {"database": "inna.db"}}, False),
        ({"guard": {"floor": 3}}, False),
        ({"channel": {"company": "Inna"}}, False),
    ],
)
def test_the_digest_changes_with_what_decisions_rest_on(sections, counts):
    assert (read_settings(changed(**sections)).digest != read_settings(WHOLE).digest) is counts


def test_the_focus_names_only_what_the_settings_look_at():
    focus = read_settings(changed(goods={"unit_type_field": "tw_Pole1", "min_quantity_field": "tw_Pole3"})).focus
    assert focus.price_levels == {"3"}
    assert focus.warehouses == {"1", "2"}
    assert focus.own_fields == {"tw_Pole1", "tw_Pole3"}
    assert focus.traits == {"1"}


def test_an_own_field_of_a_condition_is_looked_at():
    condition = {"field": "own-field", "own_field": "tw_Pole5", "values": ["tak"]}
    assert read_settings(changed(goods={"conditions": [condition]})).focus.own_fields == {"tw_Pole5"}


def test_all_mistakes_are_found_at_once_in_both_languages():
    found = problems(changed(goods={"enabeld": True}, prices={"level": 3}, stock={"basis": "półka"}, gods={}))
    assert found.keys() == {"goods.enabeld", "prices.level", "stock.basis", "gods"}
    assert all(text.pl and text.en and text.pl != text.en for text in found.values())


@pytest.mark.parametrize("name, near", [("min_quantity", "min_quantity_field"), ("unit_typ_field", "unit_type_field")])
def test_a_typo_names_the_nearest_setting(name, near):
    assert near in problems(changed(goods={name: "x"}))[f"goods.{name}"].en


def test_a_name_like_nothing_lists_what_there_is():
    text = problems(changed(stock={"qqqqqq": 1}))["stock.qqqqqq"]
    assert "hide_when_out" in text.en
    assert "hide_when_out" in text.pl


@pytest.mark.parametrize("section, field", [("channel", "name"), ("erp", "database"), ("shop", "address")])
def test_what_is_required_is_asked_for(section, field):
    document = deepcopy(WHOLE)
    document[section].pop(field)
    assert f"{section}.{field}" in problems(document)


def test_a_whole_document_of_defaults_needs_the_required_settings_only():
    required = {
        f"{name}.{field.name}"
        for name, section in sections_for("subiekt-gt", "mstore").items()
        if name != "branches"
        for field in fields(section)
        if field.default is MISSING and field.default_factory is MISSING
    }
    assert required == {
        "channel.name",
        "channel.company",
        "channel.erp",
        "channel.shop",
        "erp.database",
        "shop.address",
    }


def test_every_setting_has_a_label_and_help_in_both_languages():
    for name, section in sections_for("subiekt-gt", "mstore").items():
        for field in fields(section) if name != "branches" else ():
            declared = about(field.metadata)
            assert declared is not None, (name, field.name)
            assert all((declared.label.pl, declared.label.en, declared.help.pl, declared.help.en)), field.name
