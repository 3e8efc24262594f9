"""Every word a reader of the panel sees is said in both languages, and numbers, times and plurals are right in both."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

import pomost.panel
from pomost.model.change import Area, Kind
from pomost.panel.templatetags import trade, words

ROOT = Path(pomost.panel.__file__).parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPOKEN = re.compile(r'\b(?:alt|aria-label|placeholder|title|label|data-confirm)="([^"]*)"')
NAMES = {"Pomost", "English", "Polski", "doctype", "html", "ERP", "EAN", "NIP", "CSV", "XLSX"}
"""Names, which are no words of either language."""


def bare(text: str) -> str:
    """A template without its tags: what is left is said as it stands."""
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)


def unsaid(text: str) -> list[str]:
    """Words of a template that do not come from a tag which says them in both languages."""
    plain = bare(text)
    spoken = " ".join(_SPOKEN.findall(plain))
    visible = re.sub(r"<[^>]*>|&\w+;", " ", plain, flags=re.DOTALL)
    return [word for word in _WORD.findall(f"{visible} {spoken}") if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_no_template_says_a_word_in_one_language_only(path):
    assert unsaid(path.read_text(encoding="utf-8")) == []


def test_an_untranslated_word_would_be_found():
    assert unsaid('<p class="soft">Zapisz {{ n }}</p><img alt="obraz">') == ["Zapisz", "obraz"]
    assert unsaid('<p>{% say "Zapisz" "Save" %}</p><input aria-label="{% say "a" "b" %}">') == []


SAYING = re.compile(r'\{%\s*(say|count)\s+(?:[\w.|]+\s+)?"([^"]*)"\s+"([^"]*)"')
POLISH = re.compile(r"[ąćęłńóśźż]", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_both_sentences_are_there_and_each_in_its_own_language(path):
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"\{%\s*(?:say|count)\s", text)) == len(SAYING.findall(text))
    for kind, polish, english in SAYING.findall(text):
        assert polish.strip(), text
        assert english.strip(), polish
        assert not POLISH.search(english), english
        assert sorted(re.findall(r"\{(\w+)\}", polish)) == sorted(re.findall(r"\{(\w+)\}", english)), polish
        if kind == "count":
            assert (polish.count("|"), english.count("|")) == (2, 1), polish


@pytest.mark.parametrize(
    "number, polish, english",
    [
        (1, "1 towar", "1 product"),
        (3, "3 towary", "3 products"),
        (12, "12 towarów", "12 products"),
        (1022, "1\u00a0022 towary", "1,022 products"),
    ],
)
def test_plural_forms(number, polish, english):
    with translation.override("pl"):
        assert words.count(number, "towar|towary|towarów", "product|products") == polish
    with translation.override("en"):
        assert words.count(number, "towar|towary|towarów", "product|products") == english


def test_numbers_and_moments_are_written_as_each_language_writes_them():
    at = datetime(2026, 11, 26, 10, 2, tzinfo=UTC)
    local = at.astimezone()
    with translation.override("pl"):
        assert words.grouped(Decimal("12345.5")) == "12\u00a0345,5"
        assert words.moment(at) == local.strftime("%d.%m.%Y %H:%M")
    with translation.override("en"):
        assert words.grouped(Decimal("12345.5")) == "12,345.5"
        assert words.moment(at) == f"{local.day} {local.strftime('%b %Y %H:%M')}"


def test_what_belongs_to_one_product_leads_to_its_explanation():
    belong = {"publish", "amend", "stock", "withdraw", "offer", "product", "prices", "files", "stocks"}
    others = {one.value for one in (*Kind, *Area)} - belong
    assert {name for name in belong | others if trade.of_product(name)} == belong
    assert not trade.of_product("price")
