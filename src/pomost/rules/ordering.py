"""An order becomes a draft of the ERP's document, or waits with its reasons (manual, Zamówienia: Ogólne)."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pomost.model.branch import Branch
from pomost.model.nip import masked_nip, nip_digits
from pomost.model.offer import Offer, PriceKind
from pomost.model.order import DraftLine, LineCard, Order, OrderDraft, OrderKey, OrderLine
from pomost.model.order_policy import OrderPolicy, VatDiffers
from pomost.model.policy import Policy
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike
from pomost.model.totals import DocumentTotals, Totals
from pomost.model.unit import UnitTable
from pomost.ports.capability import ErpCapabilities
from pomost.rules.order_lines import Cards, amounts, base_units, card_of, deposit_line, drafted, outside_vat
from pomost.rules.order_remarks import delivery_day, remarks
from pomost.rules.order_totals import differences, foreseen, ordered, whole_differs
from pomost.rules.permits import check_permits

_PLAIN = re.compile(r"[!-}]+(?: [!-}]+)*")  # ASCII without `~`, which marks a shortened number
_UNSAFE = re.compile(r"[^A-Za-z0-9/._-]+")
_DIGEST = 12
MARK = re.compile(r"[A-Za-z0-9/._-]{0,10}")
"""What a shop's mark may look like."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision needs to know of both sides beside the order.

    `customers`: ERP keys by the shop's customer; `tax_numbers`: of those keys, as typed in the ERP; `told`: the offer
    the shop last confirmed, by product; `deposit`: the card chosen for deposits.
    """

    cards: Cards
    customers: Mapping[str, int]
    tax_numbers: Mapping[int, str]
    told: Mapping[str, Offer]
    currencies: AbstractSet[str]
    vat_rates: AbstractSet[str]
    units: UnitTable
    can: ErpCapabilities
    deposit: LineCard | None = None


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """The document to be registered, or None: the order waits. Reasons to wait come first, then what is worth knowing.

    One reason makes the whole order wait: there is never a document with a part of the lines. `customer`: the ERP's key
    of the buyer, also of an order that waits for another reason. `ordered`: what the document should come to;
    `differing`: the findings that tell where it does not.
    """

    draft: OrderDraft | None
    findings: tuple[Finding, ...]
    customer: int | None = None
    ordered: DocumentTotals | None = None
    differing: tuple[Finding, ...] = ()


def key_of(mark: str, number: str, limit: int, apart: str = "") -> OrderKey:
    """An order's identity and the original number its document carries, of at most `limit` signs.

    A number that does not fit, or that the ERP's code page might spoil, keeps its beginning and gets a digest of the
    whole, so that two different numbers never come out the same. So does an order that must be kept `apart` from
    another of the same number: its own id in the shop is what tells them apart.
    """
    whole = f"{mark}{number}"
    if len(whole) <= limit and _PLAIN.fullmatch(whole) and not apart:
        return OrderKey(mark, number, whole)
    told = f"{mark}\0{number}\0{apart}" if apart else f"{mark}\0{number}"
    digest = base64.b32encode(hashlib.blake2b(told.encode(), digest_size=10).digest()).decode()[:_DIGEST]
    room = max(limit - len(mark) - _DIGEST - 1, 0)
    return OrderKey(mark, number, f"{mark}{_UNSAFE.sub('', number)[:room]}~{digest}")


def decide_order(order: Order, key: OrderKey, policy: Policy, facts: Facts, today: date) -> OrderDecision:
    """Decide about one order (decision tables part 5, 7 and 8). Every reason is found, the first one is reported.

    `key`: the number its document carries, or will.
    """
    settings = policy.orders
    branch = next((one for one in policy.branches if alike(one.id) == alike(order.branch)), None)
    customer, unknown = _customer(order, facts)
    side = PriceKind.GROSS if {line.price_kind for line in order.lines} == {PriceKind.GROSS} else PriceKind.NET
    waits = [*unknown, *_header(order, branch, facts)]
    notes: list[Finding] = []
    lines: list[DraftLine] = []
    for number, line in enumerate(order.lines, 1):
        made, found = _line(line, number, side, key, policy, facts)
        lines += made
        (notes if made else waits).extend(found)
    day, left_out = delivery_day(order)
    waits += [
        *_deposits(order, key, settings, facts),
        *(check_permits(order, day or today) if settings.permits else ()),
    ]
    lines += [
        deposit_line(line, facts.deposit, facts.can)
        for line in order.lines
        if line.deposit and line.quantity > 0 and facts.deposit is not None
    ]
    wanted = ordered(order, "" if facts.deposit is None else facts.deposit.vat or "")
    if waits or customer is None or branch is None:
        return OrderDecision(None, (*waits, *notes), customer)
    text, cut = remarks(order, key, facts.can, whole=settings.remarks)
    draft = OrderDraft(
        shop=key.shop,
        order_id=order.id,
        number=order.number,
        original_number=key.original,
        customer=customer,
        warehouse=branch.main_warehouse,
        counts_from=side,
        currency=order.currency,
        reserve=settings.reserve,
        lines=tuple(lines),
        category=settings.category or None,
        price_level=settings.price_level or None,
        due=day,
        remarks=text,
    )
    told = (*notes, *_own_sums(order, settings.tolerance), *left_out, *cut)
    decision = OrderDecision(draft, told, customer, wanted)
    return held_against(decision, foreseen(lines, side), settings)


def held_against(decision: OrderDecision, totals: DocumentTotals, settings: OrderPolicy) -> OrderDecision:
    """The same with what the document comes to: first as it is foreseen, then as the ERP tells, dry run or saved.

    What differs beyond the tolerance is told, and makes the order wait where the settings say so (8.7).
    """
    if decision.ordered is None:
        return decision
    found = tuple(differences(decision.ordered, totals, settings.tolerance))
    if not totals.rates:
        found = decision.differing or found  # a whole says less than what is foreseen of its rates
    rest = [one for one in decision.findings if one not in decision.differing]
    if found and settings.vat_differs is VatDiffers.WAIT:
        return replace(decision, draft=None, findings=(*found, *rest), differing=found)
    return replace(decision, findings=(*rest, *found), differing=found)


def content_print(order: Order) -> bytes:
    """16 bytes that are equal exactly when buyers ordered the same: what a document was made from."""
    told = (
        order.branch,
        order.customer_id,
        order.currency,
        order.requested_date,
        [(one.id, one.product_id, str(one.unit), one.quantity, one.unit_price, one.vat) for one in order.lines],
    )
    return hashlib.blake2b(repr(told).encode(), digest_size=16).digest()


def _customer(order: Order, facts: Facts) -> tuple[int | None, list[Finding]]:
    """The ERP's key of whoever the document is for: recognised, still there, and with the order's own tax number."""
    nip = nip_digits(order.buyer.nip)
    if not nip:
        return None, [Finding.of(Reason.ORDER_WITHOUT_NIP)]
    key = facts.customers.get(order.customer_id)
    if key is None:
        return None, [Finding.of(Reason.ORDER_CUSTOMER_UNKNOWN, name=order.buyer.name, nip=masked_nip(nip))]
    held = facts.tax_numbers.get(key)
    if held is None:
        return None, [Finding.of(Reason.ORDER_CUSTOMER_GONE, key=key)]
    if nip_digits(held) != nip:
        return None, [Finding.of(Reason.ORDER_NIP_DIFFERS, nip=masked_nip(nip), held=masked_nip(held))]
    return key, []


def _header(order: Order, branch: Branch | None, facts: Facts) -> Iterator[Finding]:
    if branch is None:
        yield Finding.of(Reason.ORDER_BRANCH_UNKNOWN, branch=order.branch)
    if order.currency not in facts.currencies:
        known = ", ".join(sorted(facts.currencies))
        yield Finding.of(Reason.ORDER_CURRENCY_UNKNOWN, currency=order.currency, known=known)
    if not order.lines:
        yield Finding.of(Reason.ORDER_EMPTY)


def _line(
    line: OrderLine, number: int, side: PriceKind, key: OrderKey, policy: Policy, facts: Facts
) -> tuple[list[DraftLine], list[Finding]]:
    """Draft lines of one line with notes, or none and what is wrong with it."""
    card, found = card_of(line, number, facts.cards, literal=policy.goods.ean_literal)
    wrong = [] if card is not None else [*found]
    most = policy.orders.most
    if not 1 <= line.quantity <= most:
        wrong.append(Finding.of(Reason.ORDER_QUANTITY, line=number, quantity=line.quantity, most=most))
    if min(line.unit_price, line.net, line.gross) < 0:
        wrong.append(Finding.of(Reason.ORDER_PRICE, line=number, price=line.unit_price, original=key.original))
    if line.vat not in facts.vat_rates:
        allowed = ", ".join(sorted(facts.vat_rates))
        wrong.append(Finding.of(Reason.ORDER_VAT_UNKNOWN, line=number, vat=line.vat, allowed=allowed))
    if card is None:
        return [], wrong
    factor = base_units(line, number, card, facts.told.get(line.product_id), facts.units, policy.goods)
    if isinstance(factor, Finding):
        wrong.append(factor)
    if wrong or isinstance(factor, Finding):
        return [], wrong
    parts, notes = amounts(line, number, card, factor, side, facts.can)
    if not parts:
        return [], [*notes]
    ids = [line.id, *(f"{line.id}/{place}" for place in range(2, len(parts) + 1))]
    made = [drafted(one_id, card, part, line.vat) for one_id, part in zip(ids, parts, strict=True)]
    return made, [*found, *notes]


def _deposits(order: Order, key: OrderKey, settings: OrderPolicy, facts: Facts) -> Iterator[Finding]:
    """Deposits need a card of their own, one without VAT (8.11); none is below nought."""
    amount = sum((line.deposit or Decimal(0) for line in order.lines), Decimal(0))
    for number, line in enumerate(order.lines, 1):
        if line.deposit is not None and line.deposit < 0:
            yield Finding.of(Reason.ORDER_PRICE, line=number, price=line.deposit, original=key.original)
    if amount and facts.deposit is None:
        yield Finding.of(Reason.ORDER_DEPOSIT_CARD, amount=amount)
    elif amount and facts.deposit is not None and not outside_vat(facts.deposit.vat, zero=settings.deposit_zero_rate):
        card = facts.deposit
        yield Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol=card.symbol, vat=card.vat or "-")


def _own_sums(order: Order, tolerance: Decimal) -> Iterator[Finding]:
    """The order's totals against its own lines; never corrected here."""
    deposits = sum((line.deposit or Decimal(0) for line in order.lines), Decimal(0))
    net, tax, gross = (
        _nearest(whole, sum(parts, Decimal(0)), deposits)
        for whole, parts in (
            (order.net, [line.net for line in order.lines]),
            (order.tax, [line.tax for line in order.lines]),
            (order.gross, [line.gross for line in order.lines]),
        )
    )
    yield from whole_differs(Totals(order.net, order.tax, order.gross), Totals(net, tax, gross), tolerance)


def _nearest(whole: Decimal, lines: Decimal, deposits: Decimal) -> Decimal:
    """A shop may or may not count deposits into its totals; either is right."""
    return min(lines, lines + deposits, key=lambda summed: abs(whole - summed))
