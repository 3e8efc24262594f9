"""The worked examples of decision tables 1.6, read from the table as it is printed there.

A backslash joins a row that is too wide for one line of source.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from pomost.model.unit import SalesUnit
from tests.rules.trade import packs
from tests.rules.unit_matrix import rows

EXAMPLES = """
| # | T | M | BU | Offered | ERP price | ERP stock | Rule | Result | Price sent | Stock sent |
|---|---|---|---|---|---|---|---|---|---|---|
| 1 | PU | 6 | szt. | PCE×1, PU×6 | 2.50 | 20 | A6 | PU×6 recalculated | 15.00 | 3 |
| 2 | Zgrzewka | 6 | szt. | PCE×1, PU×6 | 2.50 | 20 | A6 | PU×6 recalculated | 15.00 | 3 |
| 3 | PU | ∅ | szt. | PCE×1, PU×6 | 2.50 | 20 | A7 | PU×6 recalculated | 15.00 | 3 |
| 4 | PU | ∅ | szt. | PCE×1, PU×6, PU×12 | 2.50 | 20 | A5 | **skip** `UNIT_AMBIGUOUS` | – | – |
| 5 | PU | 12 | szt. | PCE×1, PU×6, PU×12 | 2.50 | 25 | A6 | PU×12 recalculated | 30.00 | 2 |
| 6 | PU | 8 | szt. | PCE×1, PU×6, PU×12 | 2.50 | 20 | A4 | **skip** `UNIT_MULTIPLIER_NOT_OFFERED` | – | – |
| 7 | PU | sześć | szt. | PCE×1, PU×6 | 2.50 | 20 | A2 | **skip** `UNIT_MULTIPLIER_INVALID` | – | – |
| 8 | PU | 6 szt. | szt. | PCE×1, PU×6 | 2.50 | 20 | A2 | **skip** `UNIT_MULTIPLIER_INVALID` | – | – |
| 9 | PU | 6,0 | szt. | PCE×1, PU×6 | 2.50 | 17 | A6 | PU×6.0 recalculated | 15.00 | 2 |
| 10 | PU | 0 | szt. | PCE×1, PU×6 | 2.50 | 20 | A2 | **skip** `UNIT_MULTIPLIER_INVALID` | – | – |
| 11 | Paleta | 60 | szt. | PCE×1, PU×6 | 2.50 | 20 | A1 | **skip** `UNIT_TYPE_UNKNOWN` | – | – |
| 12 | zgrzewka | 6 | szt. | PCE×1, PU×6 | 2.50 | 20 | A1 | **skip** `UNIT_TYPE_UNKNOWN` | – | – |
| 13 | CR | 18 | szt. | PCE×1, PU×6 | 2.50 | 20 | A3 | **skip** `UNIT_NOT_OFFERED` | – | – |
| 14 | ∅ | ∅ | szt. | PCE×1, PU×6 | 2.50 | 20 | B1 | PCE×1 as is | 2.50 | 20 |
| 15 | ∅ | 6 | szt. | PCE×1, PU×6 | 2.50 | 20 | B1 | PCE×1 as is (warn `UNIT_MULTIPLIER_IGNORED`) | 2.50 | 20 |
| 16 | ∅ | ∅ | Karton | PCE×1, CT×24 | 60.00 | 7 | B1 | CT×24 as is | 60.00 | 7 |
| 17 | ∅ | ∅ | Skrzynka | PCE×1, CR×18, CR×24 | 45.00 | 7 | B3 | **skip** `UNIT_AMBIGUOUS` | – | – |
| 18 | ∅ | ∅ | Karton | PCE×1, PU×6 | 60.00 | 7 | B2 | **skip** `UNIT_NOT_OFFERED` | – | – |
| 19 | ∅ | ∅ | butelka | PCE×1, PU×6 | 2.50 | 20 | B7 | PCE×1 as is (warn `UNIT_ASSUMED_PIECE`) | 2.50 | 20 |
| 20 | ∅ | ∅ | opak. zb. (dict→PU) | PCE×1, PU×6 | 15.00 | 9 | B4 | PU×6 as is | 15.00 | 9 |
| 21 | ∅ | ∅ | opak. zb. | PCE×1, PU×6 | 15.00 | 9 | B7 | PCE×1 as is (warn `UNIT_ASSUMED_PIECE`) | 15.00 | 9 |
| 22 | ∅ | ∅ | transporter (dict→CR) | PCE×1, CR×20, CR×24 | 48.00 | 9 | B6 | **skip** `UNIT_AMBIGUOUS` | – | – |
| 23 | CR | 20 | transporter (dict→CR) | PCE×1, CR×20, CR×24 | 48.00 | 9 | A8 | \
CR×20 as is (warn `MULTIPLIER_USED_AS_SELECTOR`) | 48.00 | 9 |
| 24 | PU | 6 | Zgrzewka | PCE×1, PU×6, PU×12 | 15.00 | 9 | A8 | \
PU×6 as is (warn `MULTIPLIER_USED_AS_SELECTOR`) | 15.00 | 9 |
| 25 | PU | 6 | Karton | PCE×1, PU×6, CT×24 | 60.00 | 7 | A9 | **skip** `UNIT_BASE_CONFLICT` | – | – |
| 26 | PU | 6 | butelka | PCE×1, PU×6 | 0.8333 | 19 | A6 | PU×6 recalculated (warn `UNIT_ASSUMED_PIECE`) | 5.00 | 3 |
| 27 | PU | 6 | szt. | PCE×1, PU×6 | 2.50 | 5 | A6 | PU×6 recalculated | 15.00 | 0 |
| 28 | PU | 6 | szt. | PCE×1, PU×6 | 2.50 | -3 | A6 | PU×6 recalculated | 15.00 | 0 |
| 29 | B | ∅ | szt. | PCE×1, B×30 | 12.345 | 95 | A7 | B×30 recalculated | 370.35 | 3 |
| 30 | PCE | ∅ | szt. | PCE×1, PU×6 | 2.50 | 20 | A7 | PCE×1 as is | 2.50 | 20 |
| 31 | PCE | 6 | szt. | PCE×1, PU×6 | 2.50 | 20 | A4 | **skip** `UNIT_MULTIPLIER_NOT_OFFERED` | – | – |
| 32 | ∅ | ∅ | szt. | PU×6 | 2.50 | 20 | B2 | **skip** `UNIT_NOT_OFFERED` | – | – |
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One row: the card, the shop, and what is sent; a skip has no unit, price or stock."""

    number: str
    typed: str
    multiplier: str
    base_unit: str
    dictionary: dict[str, str]
    packs: tuple[SalesUnit, ...]
    erp_price: Decimal
    erp_stock: Decimal
    rule: str
    skip: str
    warning: str
    recalculated: bool
    unit: tuple[str, Decimal] | None
    price: str
    stock: int


def examples() -> list[Example]:
    return [_example(*row) for row in rows(EXAMPLES)[1]]


def _example(
    number: str,
    typed: str,
    multiplier: str,
    base: str,
    offered: str,
    erp_price: str,
    erp_stock: str,
    rule: str,
    result: str,
    price: str,
    stock: str,
) -> Example:
    base_unit, _, target = base.partition(" (dict→")
    code = re.search(r"`(\w+)`", result)
    skipped = result.startswith("**skip**")
    symbol, _, size = result.partition(" ")[0].partition("×")
    return Example(
        number=number,
        typed=typed.replace("∅", ""),
        multiplier=multiplier.replace("∅", ""),
        base_unit=base_unit,
        dictionary={base_unit: target.rstrip(")")} if target else {},
        packs=packs(*offered.split(", ")),
        erp_price=Decimal(erp_price),
        erp_stock=Decimal(erp_stock),
        rule=rule,
        skip=code[1] if code and skipped else "",
        warning=code[1] if code and not skipped else "",
        recalculated="recalculated" in result,
        unit=None if skipped else (symbol, Decimal(size)),
        price="" if skipped else price,
        stock=0 if skipped else int(stock),
    )
