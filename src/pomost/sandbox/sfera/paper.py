"""A document as it lies open on the desk: header, lines, payments; prices by the side it is counted from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from pomost.sandbox.sfera.books import Row
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.goods import Product

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
HOME_CURRENCY = "PLN"


class Form(NamedTuple):
    """A kind of document: its letters, `dok_Typ`, the kind of object, and its usual title."""

    letters: str
    typ: int
    object_kind: int
    title: str
    moves_stock: bool = True
    is_trade: bool = True


ZK = Form("ZK", 16, -8, "Zamówienie od klienta", moves_stock=False)
FS = Form("FS", 2, -2, "Faktura VAT")
PA = Form("PA", 21, -9, "Paragon")
WZ = Form("WZ", 11, -4, "Wydanie zewnętrzne", is_trade=False)
FORMS = (ZK, FS, PA, WZ)
WITHDRAWN, DONE, VOID, OPEN, UNRESERVED, RESERVED, REALISED = 0, 1, 2, 5, 6, 7, 8
"""Values of `dok_Status`."""
PARTLY, WITH_DIFFERENCES, COMPLETELY = 1, 2, 4
"""Bits of `dok_StatusEx`."""


class Amounts(NamedTuple):
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(slots=True)
class Line:
    """One line; prices are for the line's unit, before discount, in the document's currency."""

    product: Product | None
    warehouse: int
    unit: str
    vat_id: int | None
    rate: Decimal
    quantity: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    net: Decimal = Decimal(0)
    gross: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    value: Decimal | None = None
    """Total written by hand on the document's side, until price, quantity or discount change."""
    text: str = ""
    category: int | None = None
    sync_id: str = ""
    source: int | None = None
    """Line of the order this one realises."""
    key: int | None = None

    @property
    def base_quantity(self) -> Decimal:
        return self.quantity * self.factor


@dataclass(slots=True)
class Payments:
    """What was decided of the payment; what was not is paid in cash."""

    cash: Decimal | None = None
    credit: Decimal | None = None
    transfer: Decimal | None = None

    @property
    def undecided(self) -> bool:
        return self.cash is None and self.credit is None and self.transfer is None


@dataclass(slots=True)
class Paper:
    """A document; the header is kept by its columns."""

    form: Form
    header: Row
    lines: list[Line] = field(default_factory=list)
    payments: Payments = field(default_factory=Payments)
    reserve: bool | None = None
    """None until decided: then the parameters of the company decide."""
    source: int | None = None
    """Order this document realises."""
    control: int = 3
    """What a reservation beyond the stock meets: 0 nothing, 1 a question, 2 a refusal, 3 what the settings say."""
    missing: list[Line] = field(default_factory=list)
    """Lines the last check found too little of in the warehouses."""
    flag: tuple[str, str] | None = None
    """Name and comment of a flag to be saved along; None leaves it as it is."""
    skips_linked: bool = False
    """Goods with a linked packaging do not bring it along."""
    counts_itself: bool = True
    """Sums follow every change; otherwise they wait for a recount."""
    last_error: str = ""
    closed: bool = False

    @property
    def key(self) -> int | None:
        found: int | None = self.header.get("dok_Id")
        return found

    @property
    def by_net(self) -> bool:
        return bool(self.header["dok_CenyTyp"])

    @property
    def day(self) -> datetime:
        day: datetime = self.header["dok_DataWyst"]
        return day


class Pricing:
    """Arithmetic of lines with so many decimals of a price, counted from net or from gross."""

    def __init__(self, places: int, *, by_net: bool, keeps_value: bool) -> None:
        self._place = Decimal(1).scaleb(-places)
        self._by_net = by_net
        self._keeps_value = keeps_value

    def write_net(self, line: Line, price: Decimal) -> None:
        line.net = rounded(price, self._place)
        line.gross = rounded(line.net * (HUNDRED + line.rate) / HUNDRED, self._place)
        line.value = None

    def write_gross(self, line: Line, price: Decimal) -> None:
        line.gross = rounded(price, self._place)
        line.net = rounded(line.gross * HUNDRED / (HUNDRED + line.rate), self._place)
        line.value = None

    def write_value(self, line: Line, value: Decimal, *, net: bool) -> None:
        """Total of a line: the price follows from it; whether the total itself stays is the installation's habit."""
        if not line.quantity:
            raise Refusal("failure", "Ilość pozycji jest równa zero.")
        share = (HUNDRED - line.discount) / HUNDRED
        price = value / line.quantity / share if share else Decimal(0)
        (self.write_net if net else self.write_gross)(line, price)
        if self._keeps_value and net == self._by_net:
            line.value = rounded(value, CENT)

    def write_rate(self, line: Line, vat_id: int, rate: Decimal) -> None:
        """Another VAT rate keeps the price on the document's side."""
        line.vat_id, line.rate = vat_id, rate
        (self.write_net if self._by_net else self.write_gross)(line, line.net if self._by_net else line.gross)

    def write_unit(self, line: Line, unit: str) -> None:
        """Another unit of the card; the price goes with the factor."""
        known = line.product.units if line.product else {}
        if line.product and unit not in known:
            raise Refusal("failure", f"Towar {line.product.symbol} nie ma jednostki miary {unit}.")
        factor = known.get(unit, Decimal(1))
        ratio, line.factor, line.unit = factor / line.factor, factor, unit
        line.net, line.gross = rounded(line.net * ratio, self._place), rounded(line.gross * ratio, self._place)
        line.value = None

    def after_discount(self, line: Line) -> tuple[Decimal, Decimal]:
        """Net and gross price."""
        share = (HUNDRED - line.discount) / HUNDRED
        return rounded(line.net * share, self._place), rounded(line.gross * share, self._place)

    def amounts(self, line: Line) -> Amounts:
        net, gross = self.after_discount(line)
        value = line.value
        if value is None:
            value = rounded(line.quantity * (net if self._by_net else gross), CENT)
        return self.taxed(value, line.rate)

    def taxed(self, value: Decimal, rate: Decimal) -> Amounts:
        """A total of the document's side with its VAT."""
        if self._by_net:
            vat = rounded(value * rate / HUNDRED, CENT)
            return Amounts(value, vat, value + vat)
        vat = rounded(value * rate / (HUNDRED + rate), CENT)
        return Amounts(value - vat, vat, value)

    def by_rate(self, lines: list[Line], vat_from: str) -> dict[tuple[int | None, Decimal], Amounts]:
        """Totals by VAT rate, in the order of their first line."""
        found: dict[tuple[int | None, Decimal], list[Amounts]] = {}
        for line in lines:
            found.setdefault((line.vat_id, line.rate), []).append(self.amounts(line))
        if vat_from == "lines":
            return {rate: summed(parts) for rate, parts in found.items()}
        side = 0 if self._by_net else 2
        return {
            rate: self.taxed(sum((part[side] for part in parts), Decimal(0)), rate[1]) for rate, parts in found.items()
        }


def summed(parts: Iterable[Amounts]) -> Amounts:
    found = Amounts(Decimal(0), Decimal(0), Decimal(0))
    for part in parts:
        found = Amounts(found.net + part.net, found.vat + part.vat, found.gross + part.gross)
    return found


def rounded(value: Decimal, place: Decimal) -> Decimal:
    return value.quantize(place, ROUND_HALF_UP)
