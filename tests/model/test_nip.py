"""Tax numbers: digits, check digit, mask. The numbers are those of public companies, or made up where they say so."""

import pytest

from pomost.model.nip import has_valid_nip, masked_nip, nip_digits


@pytest.mark.parametrize(
    "typed", ["5223145123", "522-314-51-23", "522-31-45-123", "PL5223145123", "PL 522 314 51 23", " 522.314.51.23 "]
)
def test_however_typed_the_digits_are_the_same(typed: str) -> None:
    """Decision tables 4.1: NIP is compared by its digits, a PL before it removed; row 8 of the examples."""
    assert nip_digits(typed) == "5223145123"


@pytest.mark.parametrize("typed", ["", "brak", "-", "PL"])
def test_what_holds_no_digit_is_no_number(typed: str) -> None:
    assert nip_digits(typed) == ""


@pytest.mark.parametrize(
    "digits,valid",
    [
        ("5223145123", True),
        ("8567346215", True),
        ("1234563218", True),
        ("5223145124", False),
        ("0000000000", False),
        ("1002345678", False),
        ("522314512", False),
        ("52231451234", False),
        ("", False),
    ],
    ids=["the operator's", "203 mod 11", "usual example", "wrong digit", "zeros", "no office", "short", "long", "none"],
)
def test_the_check_digit(digits: str, valid: bool) -> None:
    """Weights 6 5 7 2 3 4 5 6 7, sum mod 11; the first three digits are those of a tax office."""
    assert has_valid_nip(digits) is valid


@pytest.mark.parametrize(
    "typed,shown",
    [("5223145123", "522*****23"), ("PL 522-314-51-23", "522*****23"), ("12345", "*****"), ("brak", ""), ("", "")],
)
def test_logs_see_a_mask(typed: str, shown: str) -> None:
    assert masked_nip(typed) == shown
