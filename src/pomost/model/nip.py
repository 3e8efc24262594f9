"""Tax numbers (NIP): the digits two of them are compared by, their check digit, and the form logs may hold."""

import re

_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_LENGTH = 10
_SHOWN = 3
_NO_DIGIT = re.compile(r"[^0-9]+")


def nip_digits(text: str) -> str:
    """The digits of a tax number however it was typed: dashes, spaces and a `PL` before it are gone; "" for none."""
    return text if text.isascii() and text.isdigit() else _NO_DIGIT.sub("", text)


def has_valid_nip(digits: str) -> bool:
    """Whether the tenth digit is right and the first three are those of a tax office (FA(3) schema: [1-9] not x00)."""
    if len(digits) != _LENGTH or digits[0] == "0" or digits[1:3] == "00":
        return False
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11 == int(digits[9])


def masked_nip(text: str) -> str:
    """`522*****23`: enough to tell numbers apart on a list, too little to be the number."""
    digits = nip_digits(text)
    if len(digits) <= _SHOWN + 2:
        return "*" * len(digits)
    return f"{digits[:_SHOWN]}{'*' * (len(digits) - _SHOWN - 2)}{digits[-2:]}"
