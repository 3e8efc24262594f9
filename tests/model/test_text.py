"""Tidying of texts typed by people, uniqueness of names, Polish plurals, sentences with places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.text import Text, alike, cleaned, held_by, plural, tidy


@pytest.mark.parametrize(
    "text,clean",
    [
        ("", ""),
        ("  Zgrzewka  6\u00a0szt. ", "Zgrzewka 6 szt."),
        ("a\u202fb\tc\nd", "a b c d"),
        ("Łódź", "Łódź"),
        (unicodedata.normalize("NFD", "Żółć"), "Żółć"),
    ],
)
def test_tidy(text: str, clean: str) -> None:
    """Decision tables 1.1: NFC, trim, inner spaces to one."""
    assert tidy(text) == clean


def test_tidy_drops_no_letters_and_no_case() -> None:
    """Decision tables 4.1 #10 and 1.1 T: ł is not l, and case stays."""
    assert tidy("Lodz") != tidy("Łódź")
    assert tidy("pu") != tidy("PU")


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert unicodedata.is_normalized("NFC", tidy(text))


@pytest.mark.parametrize(
    ("text", "line", "lines"),
    [
        ("Sok\x0b jab\x01łkowy\u202e 1l", "Sok jabłkowy 1l", "Sok\n jabłkowy 1l"),
        ("a\r\nb\tc", "a b c", "a\r\nb\tc"),
        ("a \n b", "a b", "a \n b"),
        ("a\n \n\tb\n", "a b ", "a\n \n\tb\n"),
        ("a\x85b", "a b", "a\nb"),
        ("\x00\x1f\x7f\x80\x9f", "", ""),
        ("\u061c\u200e\u200f\u202a\u202e\u2066\u2069", "", ""),
        ("o\u0301", "ó", "ó"),
        ("a\u00a0b  c", "a\u00a0b  c", "a\u00a0b  c"),
        ("👩\u200d🚀 \u00ad", "👩\u200d🚀 \u00ad", "👩\u200d🚀 \u00ad"),
        ("\ud800x", "x", "x"),
    ],
)
def test_a_text_that_leaves_has_no_control_characters(text: str, line: str, lines: str) -> None:
    """Decision table 8.12: C0, C1 and bidi controls are removed, NFC is made, and all else stays."""
    assert (cleaned(text), cleaned(text, lines=True)) == (line, lines)


@given(st.text(alphabet=st.characters()), st.booleans())
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    """Decision table 8.12: whatever is typed, and it can be written down as UTF-8 afterwards."""
    once = cleaned(text, lines=lines)
    assert cleaned(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    kept = "\t\n\r" if lines else ""
    assert not [sign for sign in once if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in kept]
    once.encode()


@given(st.text(), st.sampled_from(["cp1250", "ascii", "iso8859-2"]))
def test_what_a_code_page_holds_stays_as_it_is(text: str, page: str) -> None:
    """Decision table 8.12: a text is fitted once, and then the page holds it."""
    fitted = held_by(text, page)
    assert fitted.encode(page).decode(page) == fitted
    assert held_by(fitted, page) == fitted


@pytest.mark.parametrize(
    "other", ["MAGAZYN GŁÓWNY", " magazyn  główny ", unicodedata.normalize("NFD", "Magazyn Główny")]
)
def test_alike_names(other: str) -> None:
    """Decision tables 3.1 configuration row 5: NFC + casefold."""
    assert alike(other) == alike("Magazyn Główny")


def test_names_that_differ_by_a_letter_are_not_alike() -> None:
    assert alike("Łódź") != alike("Lodz")


@pytest.mark.parametrize(
    "count,word",
    [
        *[(count, "towarów") for count in (0, 5, 11, 12, 14, 21, 100, 101, 112, 1001, 1012)],
        *[(count, "towary") for count in (2, 4, 22, 102, 122, 1024)],
        (1, "towar"),
    ],
)
def test_polish_plurals(count: int, word: str) -> None:
    assert plural(count, "towar", "towary", "towarów") == word


def test_a_sentence_takes_its_facts_in_both_languages() -> None:
    filled = Text("jednostka „{unit}”", "unit “{unit}”").fill(unit="PU")
    assert (filled.into("pl"), filled.into("en")) == ("jednostka „PU”", "unit “PU”")


def test_a_missing_fact_shows_as_an_empty_place() -> None:
    assert Text("kod {ean}.", "code {ean}.").fill().pl == "kod ."


def test_braces_typed_by_a_person_stay_as_they_are() -> None:
    assert Text("„{typed}”", "“{typed}”").fill(typed="{unit}", unit="PU").pl == "„{unit}”"
