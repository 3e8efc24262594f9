"""One line of an order in the ERP's own terms: card, unit, quantity, price, and a total that holds to the grosz."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from pomost.model.code import match_key
from pomost.model.offer import Offer, PriceKind
from pomost.model.order import DraftLine, LineCard, OrderLine
from pomost.model.policy import GoodsPolicy, PackBase
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike
from pomost.model.unit import SalesUnit, UnitTable
from pomost.ports.capability import ErpCapabilities
from pomost.rules.pricing import bare_rate
from pomost.rules.units import resolve

_GROSZ = Decimal("0.01")
_OUTSIDE_VAT = frozenset({"np", "oo"})


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
    """The line's card by its symbol, else by its EAN (decision tables part 7), or None and why not.

    Symbol and EAN that name different living cards name none (8.9). An EAN no living card has does not unname the
    symbol's card; it is told.
    """
    code = match_key(line.ean, literal=literal)
    facts = {"line": number, "sku": line.sku, "ean": line.ean or "-", "name": line.name}
    named = cards.by_symbol.get(line.sku.strip(), ()) if line.sku.strip() else ()
    coded = cards.by_ean.get(code, ()) if code else ()
    found = named or coded
    living = [card for card in found if card.active]
    if not found:
        return None, (Finding.of(Reason.ORDER_LINE_UNKNOWN, **facts),)
    if not living:
        return None, (Finding.of(Reason.ORDER_LINE_BLOCKED, line=number, sku=found[0].symbol),)
    if named and (others := {card.key: card for card in coded if card.active}):
        living = [card for card in living if card.key in others] or [*living, *others.values()]
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

    The unit on the line decides, not the unit of today's offer; today's card says what it comes to (decision tables 1.2
    read backwards, 1.5, 8.6). What the tables only assume of a base unit holds as long as the card is kept in the one
    the offer (`told`, as last confirmed) was made with: a piece never becomes a pack because a unit was renamed.
    """
    if units.find(line.unit.type) is None:
        allowed = ", ".join(row.symbol for row in units.types)
        return Finding.of(Reason.ORDER_UNIT_UNKNOWN, line=number, unit=line.unit, allowed=allowed)
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
    recalculated = decided.recalculated
    then = "" if told is None else told.base_unit
    unchanged = not then or alike(then) == alike(card.base_unit)
    if told is not None and unchanged and _one_pack(told.unit, line.unit):
        if decided.rule == "A8":  # kept in the pack itself: the offer alone tells whether the multiplier was counted in
            recalculated = told.recalculated if then else recalculated and told.recalculated
        elif decided.assumed:
            unchanged = told.recalculated is recalculated
    guessed = decided.assumed or (decided.rule == "A8" and recalculated)
    if decided.unit is None or (guessed and not unchanged):
        facts = {"line": number, "unit": line.unit, "sku": card.symbol, "base": card.base_unit}
        return Finding.of(Reason.ORDER_UNIT_CONFLICT, **facts)
    return line.unit.multiplier if recalculated else 1


def _one_pack(one: SalesUnit, other: SalesUnit) -> bool:
    return (one.type, one.multiplier) == (other.type, other.multiplier)


def amounts(
    line: OrderLine, number: int, card: LineCard, factor: int, side: PriceKind, can: ErpCapabilities
) -> tuple[tuple[Amount, ...], tuple[Finding, ...]]:
    """The line in ERP units so that its total holds to the grosz; none and why, should it not come out so.

    However it is put, together it is what was ordered: so many base units, at that total, nothing of it below nought.
    """
    total = line.net if side is PriceKind.NET else line.gross
    quantity = Decimal(line.quantity * factor)
    parts, notes = _put(line, number, card, factor, Amount(quantity, card.base_unit, Decimal(0), total), side, can)
    counted = sum((one.quantity * one.pack for one in parts), Decimal(0))
    summed = sum((one.total for one in parts), Decimal(0))
    sound = all(one.quantity > 0 and one.price >= 0 and one.total >= 0 for one in parts)
    if sound and (counted, summed) == (quantity, total):
        return parts, notes
    made = " + ".join(f"{one.quantity} {one.unit} × {one.price} = {one.total}" for one in parts)
    wanted = f"{quantity} {card.base_unit} = {total}"
    return (), (Finding.of(Reason.ORDER_LINE_UNSOUND, line=number, sku=card.symbol, wanted=wanted, made=made),)


def _put(
    line: OrderLine, number: int, card: LineCard, factor: int, whole: Amount, side: PriceKind, can: ErpCapabilities
) -> tuple[tuple[Amount, ...], tuple[Finding, ...]]:
    """Decision tables 1.5, way back, in this order.

    A price of the ERP's precision that gives the total; the total kept, where the ERP reckons from it; the card's
    additional unit of the ordered size; else the difference on some of the line's units, and told.
    """
    quantity, total = whole.quantity, whole.total
    step = Decimal(1).scaleb(-can.price_places)
    per_pack = line.unit_price if line.price_kind is side else total / line.quantity
    priced = [
        replace(whole, price=price.quantize(step, ROUND_HALF_UP)) for price in (per_pack / factor, total / quantity)
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


def outside_vat(rate: str | None, *, zero: bool) -> bool:
    """Whether a rate is none at all, as a deposit's must be (decision tables 8.11). `zero`: 0 counts as such here."""
    return bare_rate(rate or "") in ({*_OUTSIDE_VAT, "0"} if zero else _OUTSIDE_VAT)


def drafted(line_id: str, card: LineCard, amount: Amount, vat: str) -> DraftLine:
    return DraftLine(
        line_id,
        card.key,
        card.symbol,
        amount.quantity,
        amount.unit,
        amount.price,
        amount.total,
        vat,
        pack=amount.pack,
        card_vat=card.vat or "",
    )
