"""What the shop tells of itself, and the dictionaries it keeps (the e-Sklep contract, section 1)."""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from pomost.sandbox.esklep.fields import Currency, Decimal4, Key, Language, Moment
from pomost.sandbox.http.access import RateForm

MIB = 1024 * 1024
Count = Annotated[int, Meta(ge=1)]
Capability = Literal["files", "documents", "bundles", "points", "lots", "coupons", "price_history"]
FILE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf")


class Pricing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    discount_base: Literal["gross", "price_basis"] = "gross"
    erp_discounts: bool = True
    shop_discounts: bool = True
    shop_discounts_combine: Literal["first", "sum"] = "first"
    fixed_price_units: Literal["base_only", "all"] = "base_only"


class Limits(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The contract's limits, but for the two rates: a sandbox is there to be hurried."""

    max_page: Count = 500
    max_batch: Count = 500
    max_products: Count = 200
    max_stocks: Count = 1000
    max_hashes: Count = 1000
    max_body_bytes: Count = 8 * MIB
    max_file_bytes: Count = 20 * MIB
    max_document_bytes: Count = 10 * MIB
    file_types: tuple[str, ...] = FILE_TYPES
    files_per_owner: Count = 50
    attributes_per_product: Count = 200
    components_per_bundle: Count = 100
    lines_per_order: Count = 500
    requests_per_minute: Count = 60_000
    uploads_per_minute: Count = 60_000
    session_hours: Count = 24


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the shop tells of itself, and at the end its own affairs: no client is told of them (`OWN_AFFAIRS`).

    `waits_as_dates` tells `Retry-After` as an HTTP date, `rate_form` chooses the headers a rate limit is told by,
    `deprecated` and `sunset` announce the end of this version, `id_form` says how ids look from now on. A product code
    is unique: `withdrawn_codes` says whether goods that are hidden still hold theirs, as the text reads, or free it.
    """

    shop_id: Key = "ES-1001"
    name: str = "Sklep Wzorcowy"
    kind: str = "b2c"
    protocol_version: str = "1.0"
    time_zone: str = "Europe/Warsaw"
    default_language: Language = "pl"
    languages: tuple[Language, ...] = ("pl", "en")
    default_currency: Currency = "PLN"
    currencies: tuple[Currency, ...] = ("PLN", "EUR")
    pricing: Pricing = Pricing()
    root_group_erp_id: Key = "0"
    default_price_type_erp_id: Key = "2"
    stock_mode: Literal["per_warehouse", "total"] = "per_warehouse"
    capabilities: tuple[Capability, ...] = get_args(Capability)
    limits: Limits = Limits()
    skip_zero_prices: bool = True
    point_value: Decimal4 = "0.04"
    price_basis: Literal["net", "gross"] = "gross"
    waits_as_dates: bool = False
    rate_form: RateForm = "draft"
    deprecated: Moment | None = None
    sunset: Moment | None = None
    id_form: Literal["plain", "odd"] = "plain"
    withdrawn_codes: Literal["taken", "free"] = "taken"


OWN_AFFAIRS = frozenset(
    {
        "skip_zero_prices", "point_value", "price_basis", "waits_as_dates", "rate_form", "deprecated", "sunset",
        "id_form", "withdrawn_codes",
    }
)  # fmt: skip


class Entry(Struct, frozen=True, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """One code of a dictionary; what a dictionary has no use for is absent."""

    code: str
    name: str
    active: bool
    final: bool | None = None
    allowed_next: tuple[str, ...] | None = None
    online: bool | None = None
    counts_as_paid: bool | None = None


def _plain(*pairs: tuple[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry(code=code, name=name, active=True) for code, name in pairs)


def _status(code: str, name: str, *allowed_next: str) -> Entry:
    return Entry(code=code, name=name, active=True, final=not allowed_next, allowed_next=allowed_next)


def _form(code: str, name: str, *, online: bool, counts_as_paid: bool) -> Entry:
    return Entry(code=code, name=name, active=True, online=online, counts_as_paid=counts_as_paid)


# Forward only: each status leads to those behind it, and a final one leads nowhere.
_ON_THE_WAY = ("confirmed", "in_progress", "ready_to_ship", "completed", "cancelled")
DICTIONARIES: dict[str, tuple[Entry, ...]] = {
    "payment-forms": (
        _form("1", "Przelew", online=False, counts_as_paid=False),
        _form("2", "Za pobraniem", online=False, counts_as_paid=False),
        _form("3", "Płatność internetowa", online=True, counts_as_paid=True),
        _form("4", "Odroczony termin", online=False, counts_as_paid=False),
        _form("5", "BLIK", online=True, counts_as_paid=True),
    ),
    "delivery-types": _plain(
        ("1", "Kurier"), ("2", "Paczkomat"), ("3", "Odbiór osobisty"), ("4", "Transport własny")
    ),
    "order-statuses": (
        _status("entered", "Wprowadzone", "awaiting_delivery_cost", "awaiting_customer", "awaiting_payment_system",
                "awaiting_shop", "cancelled"),
        _status("awaiting_delivery_cost", "Oczekuje na koszt dostawy", "awaiting_customer",
                "awaiting_payment_system", "awaiting_shop", "cancelled"),
        _status("awaiting_customer", "Oczekuje na potwierdzenie klienta", "awaiting_payment_system", "awaiting_shop",
                "cancelled"),
        _status("awaiting_payment_system", "Oczekuje na system płatności", "awaiting_shop", "cancelled"),
        _status("awaiting_shop", "Oczekuje na potwierdzenie sklepu", *_ON_THE_WAY),
        _status("confirmed", "Potwierdzone", *_ON_THE_WAY[1:]),
        _status("in_progress", "W realizacji", *_ON_THE_WAY[2:]),
        _status("ready_to_ship", "Gotowe do wysyłki", *_ON_THE_WAY[3:]),
        _status("completed", "Zrealizowane"),
        _status("cancelled", "Anulowane"),
    ),
    "payment-statuses": _plain(
        ("none", "Nieopłacone"), ("partial", "Opłacone częściowo"), ("paid", "Opłacone"), ("overpaid", "Nadpłacone"),
        ("refunded", "Zwrócone"),
    ),
    "availability-statuses": _plain(
        ("1", "Dostępny"), ("2", "Dostępny w ciągu 24 godzin"), ("3", "Na zamówienie"), ("4", "Niedostępny")
    ),
    "order-sources": _plain(
        ("0", "e-Sklep"), ("2", "Facebook"), ("3", "Allegro"), ("5", "RWD"), ("6", "API"), ("8", "eBay"),
        ("9", "Ceneo"), ("10", "Aplikacja mobilna"), ("13", "Amazon"),
    ),
}  # fmt: skip
