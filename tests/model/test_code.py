"""Barcodes: GS1 check digits, and the key two codes are compared by (decision tables 2.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.model.code import has_valid_check_digit, is_in_store, match_key

# Worked by hand from the rule: weights 3 and 1 from the right, check = (10 - sum mod 10) mod 10.
RIGHT = [
    "96385074",  # GTIN-8
    "036000291452",  # GTIN-12, a UPC
    "0036000291452",  # the same code as an EAN-13
    "5901234123457",
    "4006381333931",
    "15901234123454",  # GTIN-14: a pack of 5901234123457
    "0000000000000",
]
WRONG = ["96385075", "036000291453", "5901234123456", "4006381333913", "15901234123457"]
NO_CODE = [
    "",
    "1",
    "590123412345",
    "59012341234570",
    "590123412345X",
    "5901234-123457",
    "٥٩٠١٢٣٤١٢٣٤٥٧",
    "5901 234123457",
]


def check_digit(body: str) -> str:
    """Another way to write the rule than the one under test: from the left, by the place in 14 digits."""
    padded = body.zfill(13)
    return str(-sum(int(sign) * (3, 1)[place % 2] for place, sign in enumerate(padded)) % 10)


IN_STORE = [
    "2012345678900",
    "2912345678907",
    "0212345678903",
    "212345678903",  # the same as a UPC
    "02012345678900",  # as a GTIN-14
    "00212345678903",
    "20123451",  # EAN-8
    "2000000000000",  # a wrong check digit is a store's all the same
]


@pytest.mark.parametrize("code", IN_STORE)
def test_codes_every_store_makes_for_itself(code: str) -> None:
    """Decision table 8.22: 02 and 20-29."""
    assert is_in_store(code)
    assert is_in_store(f" {code} ")


@pytest.mark.parametrize("code", [one for one in RIGHT if one[:2] != "02"] + NO_CODE + ["12012345678907", "2", "29"])
def test_codes_of_the_whole_world(code: str) -> None:
    """Decision table 8.22: a GTIN-14 that begins with 1 is a pack, however its goods begin."""
    assert not is_in_store(code)


@pytest.mark.parametrize("code", RIGHT)
def test_right_check_digits(code: str) -> None:
    """Facts on EAN: lengths 8, 12, 13, 14."""
    assert has_valid_check_digit(code)


@pytest.mark.parametrize("code", WRONG + NO_CODE)
def test_wrong_check_digits_lengths_and_signs(code: str) -> None:
    """Decision tables 2.1 row "invalid check digit"."""
    assert not has_valid_check_digit(code)


@given(st.sampled_from([7, 11, 12, 13]).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_exactly_one_last_digit_is_right(body: str) -> None:
    accepted = [digit for digit in "0123456789" if has_valid_check_digit(body + digit)]
    assert accepted == [check_digit(body)]


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(body: str, place: int, shift: int) -> None:
    code = body + check_digit(body)
    typo = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert not has_valid_check_digit(typo)


def test_a_upc_is_the_ean_with_a_nought_in_front() -> None:
    """Decision tables 2.1 row "one": compare as GTIN-14, 12-digit UPC = 0 + UPC."""
    assert match_key("036000291452") == match_key("0036000291452") == match_key("00036000291452")


def test_a_pack_code_is_not_the_code_of_its_piece() -> None:
    """GTIN-14 with an indicator is another packaging level, not the same product."""
    assert match_key("15901234123454") != match_key("5901234123457")


def test_spaces_around_a_code_do_not_count() -> None:
    assert match_key(" 5901234123457 ") == match_key("5901234123457")


@pytest.mark.parametrize("literal", [True, False])
@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_code_matches_nothing(blank: str, literal: bool) -> None:
    """Decision tables 2.1 row "blank": not considered."""
    assert match_key(blank, literal=literal) == ""


def test_literal_matching_keeps_lengths_apart() -> None:
    """Decision tables 2.1: option `ean_match = literal`."""
    assert match_key("036000291452", literal=True) != match_key("0036000291452", literal=True)
    assert match_key("036000291452", literal=True) == match_key("036000291452", literal=True)


def test_a_wrong_check_digit_is_compared_sign_by_sign() -> None:
    """Decision tables 2.1 row "invalid check digit": compare literally."""
    assert match_key("036000291453") == match_key("036000291453")
    assert match_key("036000291453") != match_key("0036000291453")


@given(st.text(), st.text())
def test_codes_that_are_not_gtins_match_only_themselves(one: str, other: str) -> None:
    """Decision tables 2.1: no fuzzy match of codes."""
    if not has_valid_check_digit(one.strip()) or not has_valid_check_digit(other.strip()):
        assert (match_key(one) == match_key(other)) == (one.strip() == other.strip())
