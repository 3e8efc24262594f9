"""Discounts, promotional sets and customers as they are sent (sections 7, 8 and 10)."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from pomost.sandbox.esklep.fields import (
    Basis,
    Code20,
    Code50,
    Country,
    Currency,
    Decimal4,
    Email,
    Hour,
    Key,
    Line,
    Moment,
    Place,
    Signed2,
    Stamp,
    Upsert,
)
from pomost.sandbox.esklep.records import AttributeValue


class Who(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    kind: Literal["all", "customer_group", "customer"]
    erp_id: Key | None = None


class What(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    kind: Literal["all_products", "group", "product"]
    erp_id: Key | None = None


class Discount(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    erp_type: Literal[1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13]
    kind: Literal["percent", "fixed_price"]
    who: Who
    what: What
    percent: Signed2 | None = None
    shop_percent: Signed2 | None = None
    price: Decimal4 | None = None
    basis: Basis | None = None
    currency: Currency | None = None
    valid_from: date | None
    valid_to: date | None
    stamp: Stamp


class Reduction(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    kind: Literal["none", "percent", "amount", "fixed_price"]
    value: Decimal4 | None = None
    currency: Currency | None = None


class BundlePart(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    product_erp_id: Key
    quantity: Decimal4
    unit: Code20
    discount: Reduction


class Bundle(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    op: Upsert = "upsert"
    erp_id: Key
    code: Code20
    name: Annotated[str, Meta(min_length=1, max_length=512)]
    main_product_erp_id: Key
    main_discount: Reduction
    valid_from: date | None = None
    valid_to: date | None = None
    hours_from: Hour | None = None
    hours_to: Hour | None = None
    components: tuple[BundlePart, ...]
    publish: bool
    stamp: Stamp


class Address(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    street: Line | None = None
    house: Line | None = None
    flat: Line | None = None
    postal_code: Line | None = None
    city: Line | None = None
    country: Country | None = None


class Login(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    email: Email
    name: Line | None = None
    phone: Line | None = None
    default: bool = False
    active: bool = True


class Consent(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    code: Code50
    text_version: Code50 | None = None
    given: bool
    at: Moment | None = None


class Customer(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A card of the ERP; an account registered in the shop has the same fields and, until it is linked, no `erp_id`."""

    op: Upsert = "upsert"
    erp_id: Key | None = None
    code: Code20
    company: bool
    names: Annotated[tuple[Line, ...], Meta(max_length=3)]
    nip: Annotated[str, Meta(max_length=30)] | None = None
    nip_country: Country | None = None
    address: Address | None = None
    phone: Line | None = None
    email: Email | None = None
    group_erp_id: Key | None = None
    group_name: Line | None = None
    price_type_erp_id: Key | None = None
    discount_percent: Signed2 | None = None
    payment_form_id: Code20 | None = None
    payment_days: Place | None = None
    credit_limit: Decimal4 | None = None
    blocked: bool
    logins: tuple[Login, ...] = ()
    consents: tuple[Consent, ...] = ()
    attributes: tuple[AttributeValue, ...] = ()
    merged_into_erp_id: Key | None = None
    anonymise: bool = False
    stamp: Stamp
