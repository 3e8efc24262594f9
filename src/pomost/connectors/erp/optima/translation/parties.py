"""Customers with their logins, attributes and consents turned into entries."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from pomost.connectors.erp.optima.sql.parties import NOBODY
from pomost.connectors.erp.optima.translation.goods import FORMATS, readable
from pomost.connectors.erp.optima.translation.rows import CustomerRow
from pomost.connectors.erp.optima.translation.values import Groups, Row, decimal, key, some, text, utc
from pomost.model.account import Consent, CustomerEntry, Login
from pomost.model.assortment import AttributeFormat, AttributeValue
from pomost.model.branch import Address
from pomost.model.reason import Finding, Reason


def is_published(symbol: Any, published: Any) -> bool:
    """Whether a customer is published to shops; the card of buyers nobody knows never is."""
    return published == 1 and text(symbol) != NOBODY


def customer(row: Row, groups: Groups, zone: ZoneInfo) -> tuple[CustomerEntry, tuple[Finding, ...]]:
    """A card with what hangs on it."""
    card = CustomerRow._make(row)
    logins, traits, consents = groups
    findings: list[Finding] = []
    if text(card.group_name) and card.group is None:
        findings.append(Finding.of(Reason.CUSTOMER_GROUP_UNKNOWN, group=text(card.group_name)))
    entry = CustomerEntry(
        code=text(card.code),
        company=not card.consumer,
        names=tuple(one for one in (text(card.name1), text(card.name2), text(card.name3)) if one),
        nip=text(card.nip),
        nip_country=text(card.nip_country).upper(),
        address=_address(card),
        phone=text(card.phone),
        email=text(card.email),
        group=0 if card.group is None else int(card.group),
        group_name="" if card.group is None else text(card.group_name),
        price_type=key(card.level),
        discount=some(card.discount, 2),
        payment_form="" if card.payment_form is None else str(card.payment_form),
        payment_days=int(card.payment_days or 0) or None,
        credit_limit=decimal(card.limit, 2) if card.limited else None,
        blocked=bool(card.blocked or card.inactive),
        logins=tuple(
            Login(text(email), text(name), text(phone), default=bool(default), active=not off)
            # The default one leads, whichever was entered first: a card may take over logins of another.
            for _, email, name, phone, default, off in sorted(logins, key=lambda row: not row[4])
        ),
        consents=tuple(_consents(consents, zone)),
        attributes=tuple(_attributes(traits, findings)),
        merged_into=key(card.merged_into) if card.merged_into != card.key else None,
    )
    return entry, tuple(findings)


def _address(card: CustomerRow) -> Address:
    parts = (card.street, card.house, card.flat, card.postal_code, card.city, card.country)
    return Address(*(text(one) for one in parts))


def _consents(rows: tuple[Row, ...], zone: ZoneInfo) -> Iterator[Consent]:
    """The last word on each consent; rows come with the oldest first."""
    last = {text(row[1]): row for row in rows}
    for name in sorted(last):
        _, _, version, given, at = last[name]
        yield Consent(name, bool(given), str(version), utc(at, zone))


def _attributes(rows: tuple[Row, ...], findings: list[Finding]) -> Iterator[AttributeValue]:
    for _, symbol, form, typed in rows:
        name, value = text(symbol), text(typed)
        known = FORMATS.get(form, AttributeFormat.UNKNOWN)
        if not value:
            continue
        read = readable(known, value)
        if read is None:
            findings.append(Finding.of(Reason.ATTRIBUTE_VALUE_WRONG, attribute=name, value=value, format=known))
        else:
            yield AttributeValue(name, read)
