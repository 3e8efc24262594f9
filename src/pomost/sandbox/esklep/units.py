"""Units of a product and how many base units they hold (section 5)."""

from decimal import Decimal

from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.orders_records import OrderUnit
from pomost.sandbox.esklep.records import Product


def ratio(value: int | str) -> Decimal | None:
    """A part of a ratio as a number; None where it is none, or not above zero."""
    text = str(value)
    if not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    number = Decimal(text)
    return number if number > 0 else None


def unit_of(product: Product, symbol: str | None) -> OrderUnit | None:
    """The unit by its symbol, None for the base unit; the base unit is always on sale."""
    if symbol is None or symbol == product.base_unit.symbol:
        return OrderUnit(product.base_unit.symbol, 1, 1)
    found = next((unit for unit in product.units if unit.symbol == symbol), None)
    return None if found is None else OrderUnit(found.symbol, found.numerator, found.denominator)


def factor(unit: OrderUnit) -> tuple[Decimal, Decimal]:
    """Numerator and denominator, apart, so that multiplying can come before dividing."""
    above, below = ratio(unit.numerator), ratio(unit.denominator)
    assert above is not None
    assert below is not None
    return above, below


def check_units(case: Case, product: Product) -> None:
    base = product.base_unit.symbol
    for index, unit in enumerate(product.units):
        parts = ratio(unit.numerator), ratio(unit.denominator)
        if None in parts or (unit.symbol == base and parts[0] != parts[1]):
            case.flaw(f"/units/{index}", "unit-invalid")
    case.unique([unit.symbol for unit in product.units], "/units/{}/symbol", "unit-invalid")
    if sum(unit.default for unit in product.units) > 1:
        case.flaw("/units", "unit-invalid")
    known = {base, None, *(unit.symbol for unit in product.units)}
    for index, ean in enumerate(product.eans):
        if ean.unit not in known:
            case.flaw(f"/eans/{index}/unit", "unit-invalid")
    case.unique([ean.ean for ean in product.eans], "/eans/{}/ean")
    if sum(ean.default for ean in product.eans) > 1:
        case.flaw("/eans", "several-defaults")
