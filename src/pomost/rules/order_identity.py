"""Whose document is this? A number alone is no identity: payer and goods are compared (decision tables 8.1-8.4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from pomost.model.nip import nip_digits
from pomost.model.offer import PriceKind
from pomost.model.order import Order, OrderDocument, Progress, Stage
from pomost.model.policy import GuardPolicy
from pomost.model.reason import Finding, Reason
from pomost.rules.guard import Alarm, Stop
from pomost.rules.ordering import OrderDecision


@dataclass(frozen=True, slots=True)
class Claim:
    """What documents under an order's number mean for it: the one that is its own, or why it waits.

    Neither: there is no document yet. `document` with findings: it is its own, and something is worth knowing.
    """

    document: OrderDocument | None = None
    findings: tuple[Finding, ...] = ()


def claim(
    order: Order,
    decided: OrderDecision,
    documents: Sequence[OrderDocument],
    owned: Collection[int],
    tax_numbers: Mapping[int, str],
    tolerance: Decimal,
    answer: int | None = None,
) -> Claim:
    """Decide whose the documents under an order's number are. `owned`: ids of those linked to other orders.

    `answer`: the document a person said is the order's. Without one it is the order's when its payer is the order's
    customer and its goods and total are what was ordered; an order that cannot be drafted is held by its total alone.
    A buyer nobody recognised is the payer whose tax number (`tax_numbers`, by the ERP's key) stands on the order.
    """
    free = [one for one in documents if one.ref.id not in owned]
    chosen = [one for one in free if one.ref.id == answer]
    if chosen:
        return Claim(chosen[0])
    if not documents:
        return Claim()
    listed = ", ".join(str(one.ref) for one in documents)
    own = [one for one in free if _pays(order, decided, one.customer, tax_numbers)]
    if not own:
        return Claim(None, (Finding.of(Reason.ORDER_NUMBER_TAKEN, documents=listed),))
    same = [one for one in own if _holds(order, decided, one, tolerance)]
    if not same:
        listed = ", ".join(str(one.ref) for one in own)
        return Claim(None, (Finding.of(Reason.ORDER_DOCUMENT_DIFFERS, documents=listed),))
    double = Finding.of(Reason.ORDER_DOUBLE, documents=", ".join(str(one.ref) for one in same))
    return Claim(same[0], (double,) if len(same) > 1 else ())


def _pays(order: Order, decided: OrderDecision, payer: int, tax_numbers: Mapping[int, str]) -> bool:
    if decided.customer is not None:
        return payer == decided.customer
    nip = nip_digits(order.buyer.nip)
    return bool(nip) and nip_digits(tax_numbers.get(payer, "")) == nip


def _holds(order: Order, decided: OrderDecision, document: OrderDocument, tolerance: Decimal) -> bool:
    """Whether a document is of what was ordered."""
    draft = decided.draft
    if draft is None:
        return document.net is None or abs(document.net - order.net) <= tolerance
    held = document.net if draft.counts_from is PriceKind.NET else document.gross
    if held is not None and abs(held - draft.total) > tolerance:
        return False
    return _counted(document.goods) == _counted(draft.goods)


def _counted(goods: Mapping[int, Decimal]) -> dict[int, Decimal]:
    return {card: quantity for card, quantity in goods.items() if quantity}


class Standing(Enum):
    """What stands under the id of an order's document now."""

    ITS_OWN = auto()
    CHANGED = auto()  # another number or another payer: a person's hand, or another document
    ANOTHERS = auto()  # another number and another payer: the id was given out anew
    GONE = auto()


def standing(seen: Progress, original: str, customer: int) -> Standing:
    """Hold number and payer against what the order's document had; blank and 0: never looked at, anything holds."""
    if seen.stage is Stage.DELETED:
        return Standing.GONE
    same_number = original in {"", seen.original}
    same_payer = customer in {0, seen.customer}
    if same_number and same_payer:
        return Standing.ITS_OWN
    return Standing.CHANGED if same_number or same_payer else Standing.ANOTHERS


def vanished(gone: int, anothers: int, of: int, recent: int, guard: GuardPolicy) -> Stop | None:
    """What waits for a person because documents of orders vanished, out of so many (`of`) that were looked at.

    `recent`: those told within the guard's hours. An id that was given out anew, or more gone than may pass unattended,
    looks like an ERP put back from a copy: everything waits. Several gone at once: what would be told of them waits.
    A single one is somebody's work.
    """
    limit = max(guard.floor, int(guard.share * (of + recent)))
    if anothers or (gone and gone + recent > limit):
        return Stop(Alarm.RESTORED, gone + anothers, 0, of)
    return Stop(Alarm.VANISHED, gone, 1, of) if gone > 1 else None
