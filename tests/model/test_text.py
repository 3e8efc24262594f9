"""Tidying of texts typed by people, uniqueness of names, Polish plurals, sentences with places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.text import Text, alike, plural, tidy


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
