"""Barcodes: the key by which a card of the ERP and a product of the shop are told to be the same."""

from functools import lru_cache

_LENGTHS = frozenset({8, 12, 13, 14})


@lru_cache(maxsize=8192)  # one card's code is looked at by identification, by its neighbours and by the mirror
def has_valid_check_digit(ean: str) -> bool:
    """Whether `ean` is a GTIN-8, -12, -13 or -14 whose last digit is right (GS1 General Specifications, 7.9)."""
    if len(ean) not in _LENGTHS or not (ean.isascii() and ean.isdigit()):
        return False
    digits = ean.encode()[::-1]  # a digit's byte is 48 + its value; the weights' sum takes the 48s out again
    plain, tripled = digits[::2], digits[1::2]
    return (sum(plain) + 3 * sum(tripled) - 48 * (len(plain) + 3 * len(tripled))) % 10 == 0


def is_in_store(ean: str) -> bool:
    """Whether a code is one of those every store makes for itself: EAN-13 that begin with 02 or 20-29, EAN-8 alike.

    A 12-digit UPC is 0 and the UPC, a GTIN-14 that begins with 0 the EAN-13 behind it (GS1 General Specifications,
    1.4.5 and 2.1.11).
    """
    code = ean.strip()
    if len(code) not in _LENGTHS or not (code.isascii() and code.isdigit()):
        return False
    printed = code.zfill(13) if len(code) == 12 else code.removeprefix("0") if len(code) == 14 else code  # noqa: PLR2004
    return printed.startswith("02") or (printed[0] == "2" and len(printed) in {8, 13})


def match_key(ean: str, *, literal: bool = False) -> str:
    """The text two codes are compared by: GTIN-14, so that a 12-digit UPC equals 0+UPC.

    A code with a wrong check digit, and every code under `literal`, is compared sign by sign; the leading `=` keeps
    such a key from meeting a real GTIN. A blank code has the key "" and never matches.
    """
    code = ean.strip()
    if not code:
        return ""
    return f"={code}" if literal or not has_valid_check_digit(code) else code.zfill(14)


def spellings(ean: str) -> frozenset[str]:
    """Every way a code with this match key may be written: a GTIN with and without its leading noughts."""
    code = ean.strip()
    if not has_valid_check_digit(code):
        return frozenset({code} - {""})
    bare = code.lstrip("0")
    return frozenset({code, *(bare.zfill(length) for length in _LENGTHS if length >= len(bare))})
