"""An order becomes a draft of the ERP's document, or waits with its reasons (manual, Zamówienia: Ogólne)."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pomost.model.branch import Address, Branch
from pomost.model.nip import masked_nip, nip_digits
from pomost.model.offer import Offer, PriceKind
from pomost.model.order import DraftLine, LineCard, Order, OrderDraft, OrderKey, OrderLine
from pomost.model.policy import Policy
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike, tidy
from pomost.model.unit import UnitTable
from pomost.ports.capability import ErpCapabilities
from pomost.rules.order_lines import Cards, amounts, base_units, card_of, deposit_line, drafted

_GROSZ = Decimal("0.01")
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

    One reason makes the whole order wait: there is never a document with a part of the lines.
    """

    draft: OrderDraft | None
    findings: tuple[Finding, ...]
    customer: int | None = None
    """The ERP's key of the buyer, also of an order that waits for another reason."""


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
    """Decide about one order (decision tables part 5 and 7). Every reason is found, the first one is reported.

    `key`: the number its document carries, or will.
    """
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
    waits += [*_deposits(order, facts), *(_permits(order, today) if policy.orders.permits else ())]
    lines += [
        deposit_line(line, facts.deposit, facts.can)
        for line in order.lines
        if line.deposit and line.quantity > 0 and facts.deposit is not None
    ]
    if waits or customer is None or branch is None:
        return OrderDecision(None, (*waits, *notes), customer)
    remarks, cut = _remarks(order, key, facts.can.remarks, whole=policy.orders.remarks)
    draft = OrderDraft(
        shop=key.shop,
        order_id=order.id,
        number=order.number,
        original_number=key.original,
        customer=customer,
        warehouse=branch.main_warehouse,
        counts_from=side,
        currency=order.currency,
        reserve=policy.orders.reserve,
        lines=tuple(lines),
        category=policy.orders.category or None,
        price_level=policy.orders.price_level or None,
        due=order.requested_date,
        remarks=remarks,
    )
    told = (*notes, *_differences(order, side, policy.orders.tolerance), *cut)
    return OrderDecision(draft, told, customer)


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
    worthless = line.quantity > 0 and min(line.net, line.gross) <= 0  # of nothing, the quantity is what is wrong
    if line.unit_price <= 0 or worthless:
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
    ids = [line.id, *(f"{line.id}/{place}" for place in range(2, len(parts) + 1))]
    made = [drafted(one_id, card, part, line.vat) for one_id, part in zip(ids, parts, strict=True)]
    return made, [*found, *notes]


def _deposits(order: Order, facts: Facts) -> Iterator[Finding]:
    amount = sum((line.deposit or Decimal(0) for line in order.lines), Decimal(0))
    if amount and facts.deposit is None:
        yield Finding.of(Reason.ORDER_DEPOSIT_CARD, amount=amount)


def _permits(order: Order, today: date) -> Iterator[Finding]:
    """A line of a class passes only with the buyer's permit of that class, valid on the day and for the place."""
    day = order.requested_date or today
    place = order.delivery or order.buyer.address
    for number, line in enumerate(order.lines, 1):
        valid = [one for one in order.permits if one.category == line.permit and one.valid_to >= day]
        if line.permit and not any(_covers(one.place, place) for one in valid):
            yield Finding.of(Reason.ORDER_PERMIT_MISSING, line=number, category=line.permit, day=day)


def _covers(place: str, address: Address) -> bool:
    """A permit that names a place is good there alone: street and number must stand in it."""
    return not place or alike(f"{address.street} {address.house_number}") in alike(place)


def _differences(order: Order, side: PriceKind, tolerance: Decimal) -> Iterator[Finding]:
    """Totals against the lines, and VAT per rate against what the ERP reckons from the sum; never corrected here."""
    deposits = sum((line.deposit or Decimal(0) for line in order.lines), Decimal(0))
    for name, whole, parts in (
        ("netto / net", order.net, [line.net for line in order.lines]),
        ("VAT", order.tax, [line.tax for line in order.lines]),
        ("brutto / gross", order.gross, [line.gross for line in order.lines]),
    ):
        summed = sum(parts, Decimal(0))
        # A shop may or may not count deposits into its totals; either is right.
        if min(abs(whole - summed), abs(whole - summed - deposits)) > tolerance:
            yield Finding.of(Reason.ORDER_TOTALS_DIFFER, side=name, lines=summed, order=whole)
    for rate in sorted({line.vat for line in order.lines}):
        share = Decimal(rate) if rate.isdecimal() else Decimal(0)
        lines = [line for line in order.lines if line.vat == rate]
        if side is PriceKind.NET:
            reckoned = sum((line.net for line in lines), Decimal(0)) * share / 100
        else:
            reckoned = sum((line.gross for line in lines), Decimal(0)) * share / (100 + share)
        erp, shop = reckoned.quantize(_GROSZ, ROUND_HALF_UP), sum((line.tax for line in lines), Decimal(0))
        if abs(erp - shop) > tolerance:
            yield Finding.of(Reason.ORDER_VAT_DIFFERS, vat=rate, order=shop, erp=erp)


def _remarks(order: Order, key: OrderKey, limit: int, *, whole: bool) -> tuple[str, list[Finding]]:
    """What the document's remarks say, and findings about numbers shortened and texts cut."""
    shortened = key.original != f"{key.shop}{key.number}"
    told = [f"Zamówienie {order.number}"] if shortened else []
    if whole:
        delivery = order.delivery
        place = _address(delivery) if delivery is not None and delivery != order.buyer.address else ""
        days = "" if order.payment_days is None else f" {order.payment_days} dni"
        paid = ", zapłacone" if order.paid else ""
        told += [f"Dostawa: {tidy(f'{order.delivery_method} {place}')}"] if order.delivery_method or place else []
        told += [f"Płatność: {tidy(order.payment_method)}{days}{paid}"] if order.payment_method or paid else []
        told += [tidy(order.remarks)] if tidy(order.remarks) else []
    text = "\n".join(told)
    findings = []
    if shortened:
        findings.append(Finding.of(Reason.ORDER_NUMBER_SHORTENED, number=order.number, original=key.original))
    if len(text) > limit:
        text = text[: limit - 1] + "…"
        findings.append(Finding.of(Reason.ORDER_REMARKS_CUT, limit=limit))
    return text, findings


def _address(one: Address) -> str:
    flat = f"/{one.flat_number}" if one.flat_number else ""
    return tidy(f"{one.street} {one.house_number}{flat}, {one.postal_code} {one.city}").strip(", ")
