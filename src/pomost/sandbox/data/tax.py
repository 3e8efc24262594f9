"""Polish tax numbers (NIP) that belong to nobody."""

_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


def tax_number(number: int) -> str:
    """A tax number with a right check digit; no tax office has the number 999, so it belongs to nobody."""
    while True:
        body = f"999{number:06}"
        check = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
        if check != len(body) + 1:
            return f"{body}{check}"
        # A remainder of ten has no digit, so such numbers are never given.
        number += 500_000
