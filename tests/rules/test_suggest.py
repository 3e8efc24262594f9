"""Near misses (decision tables 4.1): shown to a person, never matched by themselves."""

import pytest

from pomost.model.policy import CustomerMatch
from pomost.rules.recognise import match_key
from pomost.rules.suggest import Near, one_letter_apart, plain_letters, suggestions
from tests.rules.parties import NIP, at, buyer, partner


@pytest.mark.parametrize(
    "shop,erp,apart",
    [
        (at(), at(street="ul. Jutrzenki"), [Near.PREFIX]),
        (at(), at(street="Ulica Jutrzenki"), [Near.PREFIX]),
        (at(street="Jerozolimskie"), at(street="al. Jerozolimskie"), [Near.PREFIX]),
        (at(street="Wolności"), at(street="pl. Wolności"), [Near.PREFIX]),
        (at(street="plac Wolności"), at(street="pl. Wolności"), [Near.PREFIX]),
        (at(street="Tysiąclecia"), at(street="os.Tysiąclecia"), [Near.PREFIX]),
        (at(), at(street="Jutrzenki 116", house=""), [Near.NUMBER_IN_STREET]),
        (at(street="Jutrzenki 116", house=""), at(), [Near.NUMBER_IN_STREET]),
        (at(), at(street="ul. Jutrzenki 116", house=""), [Near.PREFIX, Near.NUMBER_IN_STREET]),
        (at(), at(street="Jutrznki"), [Near.ONE_LETTER]),
        (at(), at(street="Jutrzneki"), [Near.ONE_LETTER]),
        (at(), at(street="Jutrzenka"), [Near.ONE_LETTER]),
        (at(), at(city="Warszwa"), [Near.ONE_LETTER]),
        (at("Łódź"), at("Lodz"), [Near.LETTERS]),
        (at(), at(city="Jutrzenki", street="Warszawa"), [Near.SWAPPED]),
        (at(), at(city="Pruszków"), [Near.CITY]),
        (at(house=""), at(), [Near.HOUSE_NUMBER]),
        (at(), at("Gdynia", "Polna", "1"), [Near.ADDRESS]),
        (at(), at(street="Polna"), [Near.ADDRESS]),
        (at(street="Nowy Świat", house="5"), at(street="Nowy Świat, 5", house=""), [Near.NUMBER_IN_STREET]),
        (at(house="5a"), at(street="Jutrzenki 5a", house=""), [Near.NUMBER_IN_STREET]),
        (at(street="Nowy Świat", house=""), at(street="Nowy Swiat", house="5"), [Near.LETTERS, Near.HOUSE_NUMBER]),
        (at(street="Pułku 36", house="4"), at(street="Pułku", house="36"), [Near.ADDRESS]),
        (at(street="Wrzos", house="5"), at(street="Wrzos 5", house=""), [Near.NUMBER_IN_STREET]),
        (
            at(street="ul. Nowy Portal", house="5"),
            at(street="Nowy Portal 5", house=""),
            [Near.PREFIX, Near.NUMBER_IN_STREET],
        ),
    ],
)
def test_what_keeps_two_entries_apart(shop: object, erp: object, apart: list[Near]) -> None:
    """Decision tables 4.1: prefix, number inside the street, one-letter difference, swapped city, and a few more."""
    (found,) = suggestions(buyer(address=shop), [partner(address=erp)])
    assert list(found.apart) == apart
    if apart != [Near.HOUSE_NUMBER]:
        keys = [match_key(NIP, one, CustomerMatch.CASEFOLD) for one in (shop, erp)]
        assert keys[0] != keys[1], "what is only suggested is never matched"


def test_a_mistyped_number_is_suggested_at_the_same_address_alone() -> None:
    (found,) = suggestions(buyer(), [partner(nip="5223145132"), partner(2, nip="5223145132", address=at(house="9"))])
    assert (found.card.key, found.apart) == (1, (Near.NIP,))


def test_a_house_number_is_address_enough_where_a_place_has_no_streets() -> None:
    """A village: city and house number say that it is the same customer; a street without a number does too."""
    for place in (at("Mnichowo", "", "132"), at("Warszawa", "Jutrzenki", "")):
        (found,) = suggestions(buyer(address=place), [partner(nip="5223145132", address=place)])
        assert found.apart == (Near.NIP,)


def test_a_stranger_and_an_equal_are_not_near() -> None:
    assert suggestions(buyer(), [partner(nip="1234563218", address=at("Gdynia")), partner()]) == ()
    assert suggestions(buyer(nip=""), [partner(nip="")]) == ()
    assert suggestions(buyer(address=at("", "", "")), [partner(nip="5223145132", address=at("", "", ""))]) == ()


def test_the_nearest_comes_first_and_five_at_most() -> None:
    cards = [partner(key, address=at("Gdynia", f"Polna {key}", "1")) for key in range(1, 9)]
    found = suggestions(buyer(), [*cards, partner(99, address=at(street="ul. Jutrzenki"))])
    assert [one.card.key for one in found] == [99, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "one,other,near",
    [
        ("długa", "dluga", True),
        ("długa", "dłga", True),
        ("długa", "długaa", True),
        ("długa", "łduga", True),
        ("długa", "długa", False),
        ("długa", "krótka", False),
        ("długa", "dłgua", True),
        ("abcd", "badc", False),
        ("ab", "ac", False),
        ("las", "lis", True),
        ("las", "lasy", True),
        ("długa", "długaaa", False),
        ("długa", "dłu", False),
    ],
)
def test_one_letter_apart(one: str, other: str, near: bool) -> None:
    assert one_letter_apart(one, other) is near
    assert one_letter_apart(other, one) is near


def test_polish_letters_lose_their_marks_for_suggestions_only() -> None:
    assert plain_letters("zażółć gęślą jaźń łódź") == "zazolc gesla jazn lodz"
