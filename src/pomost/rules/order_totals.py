"""What an order comes to at each VAT rate and what its document does: told where they differ (decision tables 8.7)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pomost.model.offer import PriceKind
from pomost.model.order import DraftLine, Order
from pomost.model.reason import Finding, Reason
from pomost.model.totals import DocumentTotals, Totals, per_cent, taxed
from pomost.rules.pricing import bare_rate


def ordered(order: Order, deposit_rate: str) -> DocumentTotals:
    """What the shop says of the lines of an order and their deposits, which are on the document at `deposit_rate`."""
    shares = [(bare_rate(line.vat), Totals(line.net, line.tax, line.gross)) for line in order.lines]
    deposits = [Totals(line.deposit, Decimal(0), line.deposit) for line in order.lines if line.deposit]
    return DocumentTotals.of((*shares, *((bare_rate(deposit_rate), one) for one in deposits)))


def foreseen(lines: Iterable[DraftLine], side: PriceKind) -> DocumentTotals:
    """What the ERP will make of drafted lines: rates are its cards', and VAT is reckoned from each rate's sum."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        rate = bare_rate(line.card_vat or line.vat)
        sums[rate] = sums.get(rate, Decimal(0)) + line.total
    return DocumentTotals.of((rate, taxed(total, per_cent(rate), side)) for rate, total in sums.items())


def differences(order: DocumentTotals, document: DocumentTotals, tolerance: Decimal) -> Iterator[Finding]:
    """Rates at which a document is not what was ordered; as a whole where no rate tells it.

    Told and never corrected: what is exempt on the order stays exempt in money, or somebody hears of it.
    """
    held = DocumentTotals.of((bare_rate(rate), share) for rate, share in document.rates.items()).rates
    found = False
    for rate in sorted({*order.rates, *held}) if held else ():
        wanted, made = order.rates.get(rate, Totals()), held.get(rate, Totals())
        if _apart(wanted, made) > tolerance:
            found = True
            yield Finding.of(Reason.ORDER_VAT_DIFFERS, vat=rate, order=wanted, erp=made)
    if not found:
        yield from whole_differs(order.whole, document.whole, tolerance)


def whole_differs(order: Totals, lines: Totals, tolerance: Decimal) -> Iterator[Finding]:
    """Sides on which an order is not what the lines on its document come to."""
    for name, wanted, made in (
        ("netto / net", order.net, lines.net),
        ("VAT", order.tax, lines.tax),
        ("brutto / gross", order.gross, lines.gross),
    ):
        if abs(wanted - made) > tolerance:
            yield Finding.of(Reason.ORDER_TOTALS_DIFFER, side=name, lines=made, order=wanted)


def _apart(one: Totals, other: Totals) -> Decimal:
    return max(abs(one.net - other.net), abs(one.tax - other.tax), abs(one.gross - other.gross))
