"""Which customer of the ERP a customer of the shop is: decision tables 4.1 and part 7."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.branch import Address
from pomost.model.policy import CustomerMatch
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import say
from pomost.rules.recognise import comparable, match_key, place_of, recognise, told
from tests.rules.parties import NIP, at, buyer
from tests.rules.trade import reasons

NOT_FOUND, AMBIGUOUS = Reason.CUSTOMER_NOT_FOUND, Reason.CUSTOMER_AMBIGUOUS
CASEFOLD, LITERAL = CustomerMatch.CASEFOLD, CustomerMatch.LITERAL


@pytest.mark.parametrize(
    "shop,erp,verdicts",
    [
        ("1", "", [NOT_FOUND]),
        ("1 2", "", [NOT_FOUND, NOT_FOUND]),
        ("116", "116", [0]),
        ("116", "118", [0]),
        ("-", "118", [0]),
        ("116", "-", [0]),
        ("116 118", "116", [0, NOT_FOUND]),
        ("118 116", "116", [NOT_FOUND, 0]),
        ("117 118", "116", [NOT_FOUND, NOT_FOUND]),
        ("116 116", "116", [AMBIGUOUS, AMBIGUOUS]),
        ("- -", "116", [AMBIGUOUS, AMBIGUOUS]),
        ("- -", "-", [AMBIGUOUS, AMBIGUOUS]),
        ("116 116 118", "118", [NOT_FOUND, NOT_FOUND, 0]),
        ("116", "116 118", [0]),
        ("118", "116 118", [1]),
        ("-", "116 118", [NOT_FOUND]),
        ("120", "116 118", [NOT_FOUND]),
        ("116", "116 116", [AMBIGUOUS]),
        ("116 118", "116 118", [0, 1]),
        ("116 120", "116 118", [0, NOT_FOUND]),
        ("116 118", "116 116 118", [AMBIGUOUS, 2]),
        ("-", "- -", [NOT_FOUND]),
        ("-", "- 118", [NOT_FOUND]),
    ],
)
def test_the_table(shop: str, erp: str, verdicts: list[int | Reason]) -> None:
    """Decision tables 4.1, row by row: house numbers with one match key, `-` for none; place of the card, or reason."""
    numbers = [["" if one == "-" else one for one in side.split()] for side in (shop, erp)]
    assert recognise(*numbers) == verdicts


@given(
    st.lists(st.sampled_from(["", "1", "2", "3"]), max_size=6),
    st.lists(st.sampled_from(["", "1", "2", "3"]), max_size=6),
)
def test_no_card_is_given_to_two_customers(shop: list[str], erp: list[str]) -> None:
    """Part 7: two customers of the shop are never the same card; and who is matched has the number, if it was asked."""
    verdicts = recognise(shop, erp)
    places = [one for one in verdicts if isinstance(one, int)]
    assert len(verdicts) == len(shop)
    assert len(places) == len(set(places))
    if len(shop) > 1 or len(erp) > 1:
        assert all(
            number and number == erp[one] for number, one in zip(shop, verdicts, strict=True) if isinstance(one, int)
        )


EXAMPLES = {
    6: (at(street="Jutrzenki"), at(street="ul. Jutrzenki"), False),
    7: (at(city="WARSZAWA"), at(), True),
    9: (at("Mnichowo", "", "132"), at("Mnichowo", "", "132"), True),
    10: (at("Łódź"), at("Lodz"), False),
}


@pytest.mark.parametrize("row", EXAMPLES)
def test_examples_of_places(row: int) -> None:
    """Decision tables 4.1, examples 6, 7, 9 and 10."""
    ours, theirs, same = EXAMPLES[row]
    assert (match_key(NIP, ours, CASEFOLD) == match_key(NIP, theirs, CASEFOLD)) is same


def test_the_number_is_compared_by_its_digits() -> None:
    """Decision tables 4.1, example 8."""
    assert match_key("522-314-51-23", at(), CASEFOLD) == match_key("PL5223145123", at(), CASEFOLD)
    assert match_key("5223145124", at(), CASEFOLD) != match_key(NIP, at(), CASEFOLD)


@pytest.mark.parametrize("nip", ["", "brak", " - "])
def test_without_a_number_there_is_nothing_to_compare(nip: str) -> None:
    assert match_key(nip, at(), CASEFOLD) is None


@pytest.mark.parametrize(
    "one,other,same",
    [
        ("Nowy  Świat ", "Nowy Świat", True),
        ("nowy świat", "NOWY ŚWIAT", True),
        (unicodedata.normalize("NFD", "Łódź"), "Łódź", True),
        ("Nowy\u00a0Świat", "Nowy Świat", True),
        ("ul. Nowy Świat", "Nowy Świat", False),
        ("ks. Ściegiennego", "Księdza Ściegiennego", False),
        ("Nowy Swiat", "Nowy Świat", False),
        ("Nowy Świat,", "Nowy Świat", False),
    ],
)
def test_only_space_case_and_composition_are_forgiven(one: str, other: str, same: bool) -> None:
    """Decision tables 4.1: NFC, trim, single spaces, casefold, and nothing else ("absolutna poprawność zapisu")."""
    assert (comparable(one, CASEFOLD) == comparable(other, CASEFOLD)) is same


def test_literal_tells_letter_case_apart() -> None:
    """Decision tables 4.1: option `customer_match = literal`."""
    assert match_key(NIP, at(city="WARSZAWA"), LITERAL) != match_key(NIP, at(), LITERAL)
    assert match_key(NIP, at(city=" Warszawa "), LITERAL) == match_key(NIP, at(), LITERAL)


def test_flat_postal_code_and_name_do_not_count() -> None:
    """Manual: tax number, city, street and, where these repeat, house number."""
    assert match_key(NIP, at(flat_number="3", postal_code="00-001"), CASEFOLD) == match_key(NIP, at(), CASEFOLD)


def test_a_match_in_spite_of_another_number_is_told() -> None:
    """Decision tables 4.1: info HOUSE_NUMBER_DIFFERS; example 2."""
    assert reasons(told(buyer(), 0, (1, 1), "118")) == [Reason.HOUSE_NUMBER_DIFFERS]
    assert reasons(told(buyer(), 0, (1, 1), " 116 ")) == []


def test_a_wrong_check_digit_is_warned_of_and_compared_all_the_same() -> None:
    """Decision tables 4.1: "bad check digit still compared but warned"."""
    wrong = buyer(nip="5223145124")
    assert reasons(told(wrong, 0, (1, 1), "116")) == [Reason.NIP_CHECKSUM]
    assert reasons(told(wrong, NOT_FOUND, (1, 0), "")) == [NOT_FOUND, Reason.NIP_CHECKSUM]


def test_who_is_not_found_is_told_with_place_and_masked_number() -> None:
    (finding,) = told(buyer(), NOT_FOUND, (1, 0), "")
    assert "522*****23" in say(finding, "pl")
    assert NIP not in say(finding, "pl")
    assert "Jutrzenki 116" in say(finding, "en")


def test_no_number_and_ambiguity_are_told() -> None:
    assert reasons(told(buyer(nip=""), Reason.CUSTOMER_NO_NIP, (1, 0), "")) == [Reason.CUSTOMER_NO_NIP]
    (finding,) = told(buyer(), AMBIGUOUS, (2, 1), "")
    assert dict(finding.facts) == {"shop": "2", "erp": "1"}


def test_an_address_nobody_filled_in_is_no_crash() -> None:
    assert match_key(NIP, Address(), CASEFOLD) == (NIP, "", "")


def test_both_city_and_street_are_compared_as_the_setting_says() -> None:
    """Decision tables 4.1: casefolded unless literal."""
    loud = at(city="WARSZAWA", street=" JUTRZENKI ")
    assert match_key("522-314-51-23", loud, CASEFOLD) == (NIP, "warszawa", "jutrzenki")
    assert match_key("522-314-51-23", loud, LITERAL) == (NIP, "WARSZAWA", "JUTRZENKI")


WRONG = Finding.of(Reason.NIP_CHECKSUM, nip="522*****24")


@pytest.mark.parametrize(
    "nip,verdict,house,findings",
    [
        (NIP, 0, "116", ()),
        (NIP, 0, " 118  A", (Finding.of(Reason.HOUSE_NUMBER_DIFFERS, shop="116", erp="118 A"),)),
        ("5223145124", 0, "116", (WRONG,)),
        ("5223145124", 0, "", (Finding.of(Reason.HOUSE_NUMBER_DIFFERS, shop="116", erp=""), WRONG)),
        (NIP, NOT_FOUND, "", (Finding.of(NOT_FOUND, place="522*****23, Warszawa, Jutrzenki 116"),)),
        (
            "5223145124",
            NOT_FOUND,
            "",
            (Finding.of(NOT_FOUND, place="522*****24, Warszawa, Jutrzenki 116"), WRONG),
        ),
        (NIP, AMBIGUOUS, "", (Finding.of(AMBIGUOUS, shop=2, erp=3),)),
        ("5223145124", AMBIGUOUS, "", (Finding.of(AMBIGUOUS, shop=2, erp=3), WRONG)),
        ("", Reason.CUSTOMER_NO_NIP, "", (Finding.of(Reason.CUSTOMER_NO_NIP),)),
    ],
)
def test_everything_that_is_told_of_a_verdict(
    nip: str, verdict: int | Reason, house: str, findings: tuple[Finding, ...]
) -> None:
    """Decision tables 4.1: numbers of customers and cards, both house numbers, and never a whole tax number."""
    assert told(buyer(nip=nip), verdict, (2, 3), house) == findings


@pytest.mark.parametrize(
    "address,line",
    [
        (at(), "Warszawa, Jutrzenki 116"),
        (at(street=""), "Warszawa, 116"),
        (at(" Nowy  Targ", "Długa ", ""), "Nowy Targ, Długa"),
        (at(""), "Jutrzenki 116"),
        (Address(), ""),
    ],
)
def test_a_place_is_one_line(address: Address, line: str) -> None:
    assert place_of(address) == line
