"""Fields of entries are named in both languages: every step of every path a content can have."""

import types
import typing
from dataclasses import fields, is_dataclass

import pytest

from pomost.model.entry import Content
from pomost.model.text import Text
from pomost.model.words import FIELDS, called
from pomost.model.words_of_entries import ENTRY_FIELDS


def steps(declared):
    """Names of all fields below a declaration, however deep."""
    if is_dataclass(declared):
        hints = typing.get_type_hints(declared)
        return {one.name for one in fields(declared)}.union(*(steps(hints[one.name]) for one in fields(declared)))
    return set().union(*(steps(one) for one in typing.get_args(declared)))


def test_every_field_of_every_entry_has_its_words():
    assert isinstance(Content, types.UnionType)
    assert steps(Content) - set(ENTRY_FIELDS) == set()
    assert set(ENTRY_FIELDS) - steps(Content) == set()


@pytest.mark.parametrize(
    ("path", "polish", "english"),
    [
        ("prices lines[3].value", "ceny: pozycja 3, wartość", "prices: line 3, value"),
        ("texts[pl].name", "opisy pl, nazwa", "texts pl, name"),
        ("units[op. zb.].numerator", "jednostka pomocnicza op. zb., licznik przelicznika", "further unit op. zb., "),
        ("vat_abroad[DE].rate", "VAT za granicą DE, stawka", "VAT abroad DE, rate"),
        ("nie wiadomo co", "nie wiadomo co", "nie wiadomo co"),
        ("quantity@KRA", "stan KRA", "stock KRA"),
    ],
)
def test_a_path_is_told_step_by_step(path, polish, english):
    said = called(FIELDS, path)
    assert isinstance(said, Text)
    assert said.pl == polish
    assert said.en.startswith(english)
