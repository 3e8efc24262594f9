"""Secrets in the wrong place are found before anything is kept, and not repeated by the message that refuses them."""

import pytest

from pomost.app.document import read, unfit
from pomost.app.results import Problem, SettingsWrong
from pomost.app.secrecy import HIDDEN, exposed, masked, quoted
from pomost.model.text import Text
from tests.app.test_document import changed

KEY = "mst_0123456789abcdef"


def places(document, *secrets):
    return [problem.path for problem in exposed(document, secrets)]


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"https://sklep.example/{KEY}/v1",
        "Server=KASA;Database=Firma;UID=sa;PWD=Tajne",
        "Server=KASA;Password = Tajne",
        "hasło: Tajne",
        "api_key=abc",
        "Authorization: Bearer abcdefgh",
        "https://sa:Tajne@kasa.example",
        "-----BEGIN PRIVATE KEY-----",
    ],
)
def test_a_secret_is_found_in_any_setting(text):
    assert places({"erp": {"server": text}}, KEY) == ["erp.server"]
    assert places({"branches": [{"id": "MAG"}, {"address": {"city": text}}]}, KEY) == ["branches.1.address.city"]
    assert places({"goods": {"unit_dictionary": {text: "PCE"}}}, KEY) == ["goods.unit_dictionary"]
    assert next(exposed({"erp": {"server": text}}, [KEY])).hides


@pytest.mark.parametrize(
    "text",
    [
        r"SERWER\INSERTGT",
        "https://sklep.example/api/v1",
        "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
        "Hurtownia Napojów Sp. z o.o., ul. Kluczowa 5",
        "C:\\Program Files (x86)\\Python311-32\\python.exe",
        "hasło wpisz w oknie",
        "CDN_Firma_Hurtownia_2026",
        "",
    ],
)
def test_what_people_call_things_is_no_secret(text):
    assert places({"erp": {"server": text}}, KEY, "krotkie", "") == []


def test_a_login_may_be_equal_to_its_password():
    assert places({"erp": {"login": "pomost-czytelnik"}}, "pomost-czytelnik") == []
    assert places({"erp": {"server": "pomost-czytelnik"}}, "pomost-czytelnik") == ["erp.server"]


def test_messages_are_without_secrets():
    problem = Problem(f"shop.{KEY}", Text(f"„{KEY}” to nie liczba", f"“{KEY}” is no number"))
    (told,) = masked([problem], [KEY, ""])
    assert (told.path, told.text.pl, told.text.en) == (
        f"shop.{HIDDEN}",
        f"„{HIDDEN}” to nie liczba",
        f"“{HIDDEN}” is no number",
    )


@pytest.mark.parametrize("value", [KEY, {"password": "x"}, ["x"], ("x",), "klucz-do-sklepu-7f31c0", "PWD=x"])
def test_what_may_hold_a_secret_is_not_quoted(value):
    assert quoted(value) in {HIDDEN, "…"}


@pytest.mark.parametrize("value", ["może", 3, True, None, "sqlight", "CDN_Firma", "x" * 100])
def test_what_was_typed_is_quoted_otherwise(value):
    assert quoted(value) == str(value)[:60]


SPOILED = [
    {"shop": {"timeout": KEY}},
    {"erp": {"driver": KEY}},
    {"erp": {"timeout": "98765432109876 Tajne-haslo-123", "password": "Tajne-haslo-123"}},
    {"channel": {"erp": KEY}},
    {"channel": {"shop": KEY}},
    {"shop": {KEY: ""}},
    {KEY: {}},
    {"shop": f"https://sklep.example/?key={KEY}"},
    {"erp": [{"password": "Tajne-haslo-123"}]},
    {"prices": {"kind": "klucz"}},
    {"guard": {"hours": "klucz"}},
    {"guard": {"share": "haslo"}},
    {"stock": {"enabled": "klucz"}},
]


@pytest.mark.parametrize("sections", SPOILED, ids=str)
def test_a_mistake_is_told_without_repeating_a_secret(sections):
    """`klucz` and `haslo` are the secrets of the document: short ones, and still not repeated."""
    inner = {name: one for name, one in sections.items() if isinstance(one, dict)}
    document = {**changed(**inner), **{name: one for name, one in sections.items() if name not in inner}}
    with pytest.raises(SettingsWrong) as wrong:
        read(document)
    said = wrong.value.say("pl") + wrong.value.say("en") + repr(wrong.value)
    for secret in (
        KEY,
        "Tajne-haslo-123",
        "„klucz”",
        "“haslo”",
    ):
        assert secret not in said


def test_a_side_nobody_changed_is_not_judged_again():
    """A channel saved by an earlier program can still be switched off."""
    odd = changed(erp={"driver": "mssql-python", "encryption": "tak"})
    settings = read(odd)
    assert [one.path for one in unfit(settings, {})] == ["erp.encryption"]
    assert list(unfit(settings, settings.document)) == []
    exposing = read(changed(erp={"server": "PWD=Tajne"}))
    assert [one.path for one in unfit(exposing, exposing.document)] == ["erp.server"]
