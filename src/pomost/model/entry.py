"""Entries: what a shop without a catalogue of its own holds for us, each named by its area and the ERP's key."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from pomost.model.account import CustomerEntry
from pomost.model.assortment import AttributeEntry, GroupEntry, PriceTypeEntry, ProductEntry, WarehouseEntry
from pomost.model.reason import Finding
from pomost.model.subject import Area, Subject
from pomost.model.trade import DiscountEntry, FilesEntry, PricesEntry, PromotionEntry, StocksEntry

Content = (
    PriceTypeEntry
    | WarehouseEntry
    | AttributeEntry
    | GroupEntry
    | ProductEntry
    | PricesEntry
    | DiscountEntry
    | PromotionEntry
    | FilesEntry
    | StocksEntry
    | CustomerEntry
)

CONTENTS: dict[Area, type[Content]] = {
    Area.PRICE_TYPE: PriceTypeEntry,
    Area.WAREHOUSE: WarehouseEntry,
    Area.ATTRIBUTE: AttributeEntry,
    Area.CUSTOMER: CustomerEntry,
    Area.GROUP: GroupEntry,
    Area.PRODUCT: ProductEntry,
    Area.PRICES: PricesEntry,
    Area.CUSTOMER_DISCOUNT: DiscountEntry,
    Area.PUBLIC_DISCOUNT: DiscountEntry,
    Area.PROMOTION: PromotionEntry,
    Area.FILES: FilesEntry,
    Area.STOCKS: StocksEntry,
}
"""Areas of entries in the order they are sent, each with what its entries hold.

A thing comes after what it names (customers after dictionaries, for they name price types), and stock last, so that
its quantities are the freshest.
"""

OF_PRODUCT = frozenset({Area.PRICES, Area.FILES, Area.STOCKS})
"""Areas whose entries are keyed by their product and mean nothing without it."""

LISTS = frozenset({Area.PRICE_TYPE, Area.WAREHOUSE, Area.ATTRIBUTE})
"""Dictionaries: small, and never swept."""

SWEPT = frozenset(CONTENTS) - LISTS - {Area.CUSTOMER, Area.FILES}
"""Areas a full run of the offer covers, after which the shop drops what it was not shown of them."""

GRANTING = frozenset({Area.CUSTOMER_DISCOUNT, Area.PUBLIC_DISCOUNT, Area.PROMOTION})
"""Areas whose entries give something away: one that cannot be told as the ERP has it is taken back."""

UNIQUE = frozenset({Area.PRODUCT, Area.CUSTOMER, Area.PROMOTION, Area.ATTRIBUTE})
"""Areas with values the shop takes from one entry alone (contract, sections 3, 5, 8 and 10): see `unique_values`.

A withdrawn entry may hold them still: hidden goods keep their code, an account that is blocked keeps its logins.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry as the ERP has it now.

    `label`: what people call it (a code, a name). `meant` False: the ERP has it and does not mean it for this shop, so
    that it stands in no scan; then `content` may be None, and a finding that weighs WITHDRAW says why. `print`: 16
    bytes, equal to the scan's exactly when the raw values are. `findings`: what of it could not be read and was left
    out; where one weighs SKIP, nothing could be made of a meant entry and `content` is None.
    """

    key: int
    label: str
    content: Content | None
    print: bytes
    meant: bool = True
    findings: tuple[Finding, ...] = ()


C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Put(Generic[C]):
    """Make the shop hold an entry exactly so.

    `before`: what was last confirmed, None when nothing was. `again`: the last attempt had no answer, or a forced run
    sends what it already sent, so everything of it travels. `print`: of the raw values it was made from, empty where
    it must be decided again whatever becomes of it. `read_at`: when the ERP was read (UTC).
    """

    target: Subject
    before: C | None
    after: C
    print: bytes = b""
    read_at: datetime | None = None
    again: bool = False
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an entry back: a product is hidden, a price and a stock are gone, a rule or a set no longer counts.

    `lines`: the price types or warehouses the shop may hold of an entry that has lines. `again`: it had been taken back
    and showed itself in this very exchange, only to make room for another one; nobody loses anything by it.
    """

    target: Subject
    lines: tuple[int, ...] = ()
    why: tuple[Finding, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """In a full exchange: we know the entry and cannot tell its content now; the shop must not sweep it."""

    target: Subject
    lines: tuple[int, ...] = ()
    why: tuple[Finding, ...] = ()


EntryChange = Put[Any] | Drop | Keep


def subject(area: Area, key: int, label: str) -> Subject:
    return Subject(area, str(key), label)


def key_of(target: Subject) -> int:
    """The ERP's key of an entry."""
    return int(target.id)


def lines_of(content: Content | None) -> tuple[int, ...]:
    """Price types or warehouses of an entry that has lines, in their order."""
    match content:
        case PricesEntry(lines=lines):
            return tuple(line.price_type for line in lines)
        case StocksEntry(lines=stocks):
            return tuple(line.warehouse for line in stocks)
        case _:
            return ()


def unique_values(content: Content | None) -> frozenset[str]:
    """What of a content the shop takes from one entry of its area alone: product codes, logins, codes of sets."""
    match content:
        case ProductEntry(code=code):
            found = [code]
        case CustomerEntry(logins=logins):
            found = [login.email for login in logins]
        case PromotionEntry(code=code, main_product=main):
            found = [f"{main} {code}"]
        case AttributeEntry(code=code, subject=about):
            found = [f"{about} {code}"]
        case _:
            found = []
    return frozenset(one.casefold() for one in found if one)


def may_hold(change: EntryChange) -> Content | None:
    """What the shop may hold of an entry that has lines while a change of it is not answered; None for any other."""
    match change:
        case Put(before=before, after=PricesEntry(lines=lines)):
            was = before.lines if isinstance(before, PricesEntry) else ()
            now = {line.price_type for line in lines}
            return PricesEntry((*lines, *(line for line in was if line.price_type not in now)))
        case Put(before=before, after=StocksEntry(lines=stocks)):
            held = before.lines if isinstance(before, StocksEntry) else ()
            told = {line.warehouse for line in stocks}
            return StocksEntry((*stocks, *(line for line in held if line.warehouse not in told)))
        case _:
            return None


def named_values(change: EntryChange) -> list[tuple[str, str, str]]:
    """Field, before and after of everything that differs, as people read it."""
    match change:
        case Put(before=before, after=after):
            was, now = ({} if before is None else dict(_flat("", before))), dict(_flat("", after))
            names = [*now, *(name for name in was if name not in now)]
            return [(name, was.get(name, ""), now.get(name, "")) for name in names if was.get(name) != now.get(name)]
        case Drop():
            return [("status", "active", "withdrawn")]
        case Keep():
            return [("status", "active", "kept")]


def values_of(content: Content | None) -> list[tuple[str, str]]:
    """Every leaf of a content by its path, as people read it."""
    return _flat("", content)


def _flat(name: str, value: object) -> list[tuple[str, str]]:
    """Every leaf of a content by its path; what is empty is left out."""
    if value is None or value in ("", ()) or value is False:
        return []
    if is_dataclass(value):
        prefix = f"{name}." if name else ""
        return [row for one in fields(value) for row in _flat(f"{prefix}{one.name}", getattr(value, one.name))]
    if isinstance(value, tuple):
        rows: list[tuple[str, str]] = []
        for place, one in enumerate(value, 1):
            rows += _flat(f"{name}[{_mark(one) or place}]", one)
        return rows
    return [(name, format(value, "f") if isinstance(value, Decimal) else str(value))]


def _mark(value: object) -> str:
    """What tells one row of a list from another, where rows have such a thing: rows then keep their names."""
    for name in ("language", "price_type", "warehouse", "country", "symbol"):
        found = getattr(value, name, None)
        if found is not None and found != "":
            return str(found)
    return ""
