"""A customer of the ERP as a shop without customers of its own is told of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pomost.model.assortment import AttributeValue
from pomost.model.branch import Address


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who may log in for a customer; the shop mails an invitation, passwords are none of our business."""

    email: str
    name: str = ""
    phone: str = ""
    default: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agreed to, or took back. `at` is UTC."""

    code: str
    given: bool
    version: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CustomerEntry:
    """A customer published to the shop; the card of buyers nobody knows is never one.

    `price_type`: of this shop, None for the shop's default. `discount`: of the card, in percent. `payment_form`: the
    shop's code, "" for none. `group`: key of the group, 0 for none. `merged_into`: the customer it became part of.
    """

    code: str
    company: bool
    names: tuple[str, ...]
    nip: str = ""
    nip_country: str = ""
    address: Address | None = None
    phone: str = ""
    email: str = ""
    group: int = 0
    group_name: str = ""
    price_type: int | None = None
    discount: Decimal | None = None
    payment_form: str = ""
    payment_days: int | None = None
    credit_limit: Decimal | None = None
    blocked: bool = False
    logins: tuple[Login, ...] = ()
    consents: tuple[Consent, ...] = ()
    attributes: tuple[AttributeValue, ...] = ()
    merged_into: int | None = None
