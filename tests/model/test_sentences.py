"""Every reason is said in Polish and English, with advice, and with the same facts in both."""

import string
from collections import Counter

import pytest

from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import SENTENCES, advise, say, weight
from pomost.model.text import Text

EVERY = pytest.mark.parametrize("reason", Reason, ids=lambda reason: reason.value)

# The messages of decision tables 1.4 that carry facts a person needs to mend the card.
FACTS = {
    Reason.UNIT_TYPE_UNKNOWN: {"typed", "allowed"},
    Reason.UNIT_MULTIPLIER_INVALID: {"typed"},
    Reason.UNIT_NOT_OFFERED: {"unit", "packs"},
    Reason.UNIT_MULTIPLIER_NOT_OFFERED: {"unit", "typed", "packs"},
    Reason.UNIT_AMBIGUOUS: {"unit", "packs"},
    Reason.UNIT_BASE_CONFLICT: {"base", "unit"},
    Reason.UNIT_ASSUMED_PIECE: {"base"},
    Reason.MULTIPLIER_USED_AS_SELECTOR: {"typed"},
}

WEIGHTS = {
    Weight.WARN: {
        Reason.UNIT_ASSUMED_PIECE,
        Reason.UNIT_MULTIPLIER_IGNORED,
        Reason.EAN_CHECKSUM,
        Reason.STOCK_FRACTION,
        Reason.MIN_QUANTITY_INVALID,
        Reason.WAREHOUSE_SHARED,
    },
    Weight.INFO: {Reason.MULTIPLIER_USED_AS_SELECTOR},
    Weight.SKIP: {
        Reason.UNIT_BASE_MISSING,
        Reason.UNIT_TYPE_UNKNOWN,
        Reason.UNIT_MULTIPLIER_INVALID,
        Reason.UNIT_NOT_OFFERED,
        Reason.UNIT_MULTIPLIER_NOT_OFFERED,
        Reason.UNIT_AMBIGUOUS,
        Reason.UNIT_BASE_CONFLICT,
        Reason.EAN_DUPLICATE_ERP,
        Reason.EAN_DUPLICATE_SHOP,
        Reason.PRICE_MISSING,
        Reason.VAT_UNKNOWN,
        Reason.STOCK_FRACTION_STRICT,
    },
    Weight.WITHDRAW: {Reason.CONDITION_NOT_MET, Reason.CARD_INACTIVE, Reason.CARD_KIND, Reason.CARD_GONE},
    Weight.CONFIGURATION: {
        Reason.QUALIFICATION_UNSET,
        Reason.QUALIFICATION_EMPTY,
        Reason.CONDITION_UNKNOWN,
        Reason.PRICE_LEVEL_CURRENCY,
        Reason.DICTIONARY_KEY_IS_UNIT,
        Reason.BRANCH_REPEATED,
        Reason.BRANCH_WITHOUT_WAREHOUSE,
        Reason.WAREHOUSE_MAIN_TWICE,
        Reason.WAREHOUSE_EXTRA_IS_MAIN,
    },
}


def places(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def texts(reason: Reason) -> tuple[Text, Text]:
    return SENTENCES[reason].text, SENTENCES[reason].advice


def test_every_reason_has_a_sentence_and_no_sentence_lacks_a_reason() -> None:
    assert SENTENCES.keys() == set(Reason)


@EVERY
def test_sentence_and_advice_are_written_in_both_languages(reason: Reason) -> None:
    for text in texts(reason):
        assert text.pl.strip()
        assert text.en.strip()
        assert text.pl != text.en


@EVERY
def test_both_languages_tell_the_same_facts(reason: Reason) -> None:
    for text in texts(reason):
        assert places(text.pl) == places(text.en)


@EVERY
def test_places_are_plain_names(reason: Reason) -> None:
    """Facts are stored as texts, so a place can ask for a name and nothing more."""
    for text in texts(reason):
        for name in places(text.pl):
            assert name.isidentifier(), name


@EVERY
def test_a_reason_without_its_facts_can_still_be_said(reason: Reason) -> None:
    """An old journal may hold a finding with fewer facts than today's sentence has places."""
    for language in ("pl", "en"):
        for said in (say(Finding(reason), language), advise(Finding(reason), language)):
            assert said.strip()
            assert "{" not in said


@EVERY
def test_a_code_is_its_own_name(reason: Reason) -> None:
    """Codes are stored, so a member renamed must not rename its code by the way."""
    assert reason.value == reason.name


@pytest.mark.parametrize("reason", FACTS, ids=lambda reason: reason.value)
def test_unit_messages_name_what_a_person_has_to_mend(reason: Reason) -> None:
    """Decision tables 1.4."""
    assert FACTS[reason] <= places(SENTENCES[reason].text.pl).keys()


@pytest.mark.parametrize(
    "reason,expected", [(reason, kind) for kind, group in WEIGHTS.items() for reason in sorted(group)], ids=str
)
def test_what_a_reason_does_to_the_item(reason: Reason, expected: Weight) -> None:
    """Decision tables 1.2, 1.4, 1.5, 2.1, 2.2, 3.1 and part 7: skip, warn, withdraw, or refuse the area."""
    assert weight(Finding(reason)) is expected


@EVERY
def test_a_skipped_product_is_told_to_be_skipped(reason: Reason) -> None:
    """Decision tables 1.4: unit messages that skip end with "Towar pominięto."."""
    if reason.value.startswith("UNIT_") and SENTENCES[reason].weight is Weight.SKIP:
        assert SENTENCES[reason].text.pl.endswith("Towar pominięto.")


def test_no_vendor_is_named() -> None:
    """The rules serve more than one shop and more than one ERP."""
    for reason in Reason:
        for text in texts(reason):
            for name in ("M/store", "Subiekt", "Optima", "Comarch", "e-Sklep"):
                assert name not in text.pl + text.en, reason
