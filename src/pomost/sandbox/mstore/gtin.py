"""Barcodes in their common form of fourteen digits."""

GTIN_DIGITS = 14
GTIN_LENGTHS = frozenset({8, 12, 13, GTIN_DIGITS})


def gtin14(ean: str) -> str:
    return ean.zfill(GTIN_DIGITS)
