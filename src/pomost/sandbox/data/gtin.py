"""Arithmetic of article numbers (GTIN-8, -12, -13, -14)."""

_LENGTH = 14
_HEAVY = 3


def check_digit(body: str) -> int:
    """Last digit that belongs after `body` (the number without its check digit)."""
    total = sum(int(digit) * (_HEAVY if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return -total % 10


def complete(body: str) -> str:
    return f"{body}{check_digit(body)}"


def is_valid(code: str) -> bool:
    return code.isdecimal() and check_digit(code[:-1]) == int(code[-1])


def fourteen(code: str) -> str:
    """The same number in its longest form; 12 and 13 digits of one article meet here."""
    return code.zfill(_LENGTH)


def mistyped(code: str) -> str:
    """The code with a wrong last digit, as a slip of the finger leaves it."""
    return f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
