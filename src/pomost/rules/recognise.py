"""Which customer of the ERP a customer of the shop is: tax number, city, street, house number (decision tables 4.1)."""

from collections import Counter
from collections.abc import Sequence

from pomost.model.branch import Address
from pomost.model.customer import ShopCustomer
from pomost.model.nip import has_valid_nip, masked_nip, nip_digits
from pomost.model.policy import CustomerMatch
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike, tidy

MatchKey = tuple[str, str, str]
"""Digits of the tax number, city and street in the form they are compared in."""


def comparable(text: str, match: CustomerMatch) -> str:
    """NFC, trimmed, single spaces, and casefolded unless literal. Nothing else: no "ul.", no abbreviations."""
    return alike(text) if match is CustomerMatch.CASEFOLD else tidy(text)


def match_key(nip: str, address: Address, match: CustomerMatch) -> MatchKey | None:
    """What two customers must have equal; None without a tax number."""
    digits = nip_digits(nip)
    return (digits, comparable(address.city, match), comparable(address.street, match)) if digits else None


def recognise(shop: Sequence[str], erp: Sequence[str]) -> list[int | Reason]:
    """For each of the shop's customers with one match key: the place of its card in `erp`, or why there is none.

    `shop` and `erp`: comparable house numbers of all customers of the shop, and of all *qualified* cards, with that
    key. A blank is no number, so it never decides between several. No card is given to two customers.
    """
    if not erp:
        return [Reason.CUSTOMER_NOT_FOUND] * len(shop)
    if len(erp) == 1 and len(shop) == 1:
        return [0]
    times = Counter(shop)
    found = [_by_number(number, erp, times) for number in shop]
    if len(erp) == 1 and not any(isinstance(one, int) for one in found):
        # Nothing tells the shop's customers apart: the number they share, or have not, is what has to be mended.
        return [
            Reason.CUSTOMER_AMBIGUOUS if times[number] > 1 else one for number, one in zip(shop, found, strict=True)
        ]
    return found


def _by_number(number: str, erp: Sequence[str], times: Counter[str]) -> int | Reason:
    equal = [place for place, other in enumerate(erp) if number and other == number]
    if not equal:
        return Reason.CUSTOMER_NOT_FOUND
    return equal[0] if len(equal) == 1 and times[number] == 1 else Reason.CUSTOMER_AMBIGUOUS


def told(customer: ShopCustomer, verdict: int | Reason, counts: tuple[int, int], house: str) -> tuple[Finding, ...]:
    """The findings behind a verdict. `counts`: customers and cards with the key; `house`: the card's house number."""
    nip = nip_digits(customer.nip)
    warning = () if not nip or has_valid_nip(nip) else (Finding.of(Reason.NIP_CHECKSUM, nip=masked_nip(nip)),)
    match verdict:
        case Reason.CUSTOMER_NOT_FOUND:
            return (Finding.of(verdict, place=f"{masked_nip(nip)}, {place_of(customer.address)}"), *warning)
        case Reason.CUSTOMER_AMBIGUOUS:
            return (Finding.of(verdict, shop=counts[0], erp=counts[1]), *warning)
        case Reason():
            return (Finding.of(verdict), *warning)
    if alike(customer.address.house_number) == alike(house):
        return warning
    differs = Finding.of(Reason.HOUSE_NUMBER_DIFFERS, shop=tidy(customer.address.house_number), erp=tidy(house))
    return (differs, *warning)


def place_of(address: Address) -> str:
    """City, street and number in one line, as people read it."""
    return ", ".join(one for one in (tidy(address.city), tidy(f"{address.street} {address.house_number}")) if one)
