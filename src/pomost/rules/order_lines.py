"""One line of an order in the ERP's own terms: card, unit, quantity, price, and a total that holds to the grosz."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from pomost.model.code import match_key
from pomost.model.offer import Offer, PriceKind
from pomost.model.order import DraftLine, LineCard, OrderLine
from pomost.model.policy import GoodsPolicy, PackBase
from pomost.model.reason import Finding, Reason
from pomost.model.unit import UnitTable
from pomost.ports.capability import ErpCapabilities
from pomost.rules.units import resolve

_GROSZ = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards an order's lines may be found among; `by_ean` is keyed by match key."""

    by_symbol: Mapping[str, tuple[LineCard, ...]]
    by_ean: Mapping[str, tuple[LineCard, ...]]


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of a unit (of `pack` base units) at a price, coming to a total on the side the document counts from."""

    quantity: Decimal
    unit: str
    price: Decimal
    total: Decimal
    pack: Decimal = Decimal(1)

    @property
    def holds(self) -> bool:
        return (self.quantity * self.price).quantize(_GROSZ, ROUND_HALF_UP) == self.total


def card_of(
    line: OrderLine, number: int, cards: Cards, *, literal: bool
) -> tuple[LineCard | None, tuple[Finding, ...]]:
    """The line's card by its symbol, else by its EAN (decision tables part 7), or None and why not."""
    code = match_key(line.ean, literal=literal)
    facts = {"line": number, "sku": line.sku, "ean": line.ean or "-", "name": line.name}
    found = cards.by_symbol.get(line.sku.strip(), ()) if line.sku.strip() else ()
    found = found or (cards.by_ean.get(code, ()) if code else ())
    living = [card for card in found if card.active]
    if not found:
        return None, (Finding.of(Reason.ORDER_LINE_UNKNOWN, **facts),)
    if not living:
        return None, (Finding.of(Reason.ORDER_LINE_BLOCKED, line=number, sku=found[0].symbol),)
    if len(living) > 1:
        listed = ", ".join(sorted(card.symbol for card in living))
        return None, (Finding.of(Reason.ORDER_LINE_AMBIGUOUS, **facts, cards=listed),)
    card = living[0]
    held = match_key(card.ean, literal=literal)
    if code and held and code != held:
        differs = {"line": number, "sku": card.symbol, "held": card.ean, "ean": line.ean}
        return card, (Finding.of(Reason.ORDER_EAN_DIFFERS, **differs),)
    return card, ()


def base_units(
    line: OrderLine, number: int, card: LineCard, told: Offer | None, units: UnitTable, goods: GoodsPolicy
) -> int | Finding:
    """How many base units one sales unit of the line is: its multiplier, or 1 where the base unit is that very pack.

    The unit on the line decides, not the unit of today's offer. Where the shop was told of the product in this very
    unit (`told`), the way back is the way there; else the card's base unit says (decision tables 1.2, 1.5).
    """
    if units.find(line.unit.type) is None:
        allowed = ", ".join(row.symbol for row in units.types)
        return Finding.of(Reason.ORDER_UNIT_UNKNOWN, line=number, unit=line.unit, allowed=allowed)
    if told is not None and (told.unit.type, told.unit.multiplier) == (line.unit.type, line.unit.multiplier):
        return line.unit.multiplier if told.recalculated else 1
    pack_base = PackBase.RECALCULATE if goods.pack_base is PackBase.RECALCULATE else PackBase.SELECT
    decided = resolve(
        line.unit.type,
        str(line.unit.multiplier),
        card.base_unit,
        (line.unit,),
        units,
        goods.unit_dictionary,
        pack_base=pack_base,
    )
    if decided.unit is None:
        facts = {"line": number, "unit": line.unit, "sku": card.symbol, "base": card.base_unit}
        return Finding.of(Reason.ORDER_UNIT_CONFLICT, **facts)
    return line.unit.multiplier if decided.recalculated else 1


def amounts(
    line: OrderLine, number: int, card: LineCard, factor: int, side: PriceKind, can: ErpCapabilities
) -> tuple[tuple[Amount, ...], tuple[Finding, ...]]:
    """The line in ERP units so that its total holds to the grosz (decision tables 1.5, way back).

    In this order: a price of the ERP's precision that gives the total; the total kept, where the ERP reckons from it;
    the card's additional unit of the ordered size; else the difference on some of the line's units, and told.
    """
    total = line.net if side is PriceKind.NET else line.gross
    quantity = Decimal(line.quantity * factor)
    step = Decimal(1).scaleb(-can.price_places)
    per_pack = line.unit_price if line.price_kind is side else total / line.quantity
    priced = [
        Amount(quantity, card.base_unit, price.quantize(step, ROUND_HALF_UP), total)
        for price in (per_pack / factor, total / quantity)
    ]
    for amount in priced:
        if amount.holds:
            return (amount,), ()
    if can.line_totals:
        return (priced[1],), ()
    for unit, size in card.units if factor > 1 else ():
        pack = Amount(Decimal(line.quantity), unit, per_pack.quantize(step, ROUND_HALF_UP), total, size)
        if size == factor and pack.holds:
            return (pack,), (Finding.of(Reason.ORDER_UNIT_ADDITIONAL, line=number, unit=unit),)
    parts = _split(priced[1], step)
    if not all(one.holds for one in parts):
        parts = _split(priced[1], _GROSZ)
    moved = {"moved": parts[0].quantity, "quantity": quantity, "unit": card.base_unit, "price": parts[0].price}
    return parts, (Finding.of(Reason.ORDER_GROSZ_MOVED, line=number, usual=parts[1].price, total=total, **moved),)


def _split(amount: Amount, step: Decimal) -> tuple[Amount, Amount]:
    """Some units at a price one step dearer than the others, so that both together come to the total exactly."""
    low = (amount.total / amount.quantity).quantize(step, ROUND_DOWN)
    dearer = ((amount.total - amount.quantity * low) / step).to_integral_value()
    first = Amount(dearer, amount.unit, low + step, (dearer * (low + step)).quantize(_GROSZ, ROUND_HALF_UP))
    return first, Amount(amount.quantity - dearer, amount.unit, low, amount.total - first.total)


def deposit_line(line: OrderLine, card: LineCard, can: ErpCapabilities) -> DraftLine:
    """The container deposit of one line: so many pieces at the deposit of one, else the whole as one."""
    total = line.deposit or Decimal(0)
    pieces = Decimal(line.quantity * line.unit.multiplier)
    price = (total / pieces).quantize(Decimal(1).scaleb(-can.price_places), ROUND_HALF_UP)
    amount = Amount(pieces, card.base_unit, price, total)
    if not amount.holds:
        amount = Amount(Decimal(1), card.base_unit, total, total)
    return drafted(f"{line.id}/deposit", card, amount, card.vat or "")


def drafted(line_id: str, card: LineCard, amount: Amount, vat: str) -> DraftLine:
    return DraftLine(
        line_id, card.key, card.symbol, amount.quantity, amount.unit, amount.price, amount.total, vat, pack=amount.pack
    )
