"""What a document comes to: net, VAT and gross, as a whole and by VAT rate."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from pomost.model.offer import PriceKind

_GROSZ = Decimal("0.01")
_PER_CENT = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Totals:
    """Net, VAT and gross of a document, or of what stands on it at one rate."""

    net: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    gross: Decimal = Decimal(0)

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.net + other.net, self.tax + other.tax, self.gross + other.gross)

    def __str__(self) -> str:
        return f"{self.net:.2f} + {self.tax:.2f} = {self.gross:.2f}"


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """What a document comes to, in its own currency: as a whole, and by the symbol of each VAT rate.

    `rates` is empty where the ERP tells the whole alone.
    """

    whole: Totals
    rates: Mapping[str, Totals] = field(default_factory=dict)

    @classmethod
    def of(cls, shares: Iterable[tuple[str, Totals]]) -> "DocumentTotals":
        """Summed up of shares at their rates."""
        rates: dict[str, Totals] = {}
        for rate, share in shares:
            rates[rate] = rates.get(rate, Totals()) + share
        return cls(sum(rates.values(), Totals()), rates)


def taxed(total: Decimal, rate: Decimal, side: PriceKind) -> Totals:
    """A sum of one side with the VAT of a rate in per cent, reckoned once."""
    if side is PriceKind.NET:
        tax = (total * rate / 100).quantize(_GROSZ, ROUND_HALF_UP)
        return Totals(total, tax, total + tax)
    tax = (total * rate / (100 + rate)).quantize(_GROSZ, ROUND_HALF_UP)
    return Totals(total - tax, tax, total)


def per_cent(rate: str) -> Decimal:
    """Of a rate's symbol; what is exempt or outside VAT (zw, np, oo) bears none."""
    return Decimal(rate) if _PER_CENT.fullmatch(rate) else Decimal(0)
