"""Customers: as the ERP keeps them, as the shop lists them, and what ties one to the other."""

from dataclasses import dataclass
from enum import StrEnum

from pomost.model.branch import Address


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A trading partner of the ERP with the address of its seat. `nip` is as people typed it.

    Group, industry and traits are keyed by the ids `choices` lists; traits out of focus are left out. `print`:
    fingerprint of the raw values this card was read from.
    """

    key: int
    symbol: str
    name: str
    nip: str
    address: Address
    group: str | None = None
    industry: str | None = None
    traits: frozenset[str] = frozenset()
    shop_flag: bool = False
    blocked: bool = False
    one_off: bool = False
    print: bytes = b""


@dataclass(frozen=True, slots=True)
class ShopCustomer:
    """A buyer as the shop lists it; its data is the shop's and is never written."""

    id: str
    nip: str
    address: Address
    name: str = ""


class SegmentSource(StrEnum):
    """What a segment's level is made of."""

    GROUP = "group"
    TRAIT = "trait"
    INDUSTRY = "industry"


@dataclass(frozen=True, slots=True)
class Segment:
    """A category of customers in a tree of at most three levels.

    `key` is the path of ids behind it, stable under renaming (`grupa:3/cecha:7`); `parent` is the key above, "" at
    the top.
    """

    key: str
    name: str
    parent: str
    level: int
    source: SegmentSource


@dataclass(frozen=True, slots=True)
class HeldAssignment:
    """What the shop is known to hold of a customer for us.

    `confirmed` None: an attempt was made, and nobody knows what came of it. `doubtful`: the last attempt had no answer.
    """

    confirmed: "Assignment | None"
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the shop is told of a recognised customer, and nothing else: the link, the branch, the segment.

    `key` is the ERP's own key. `branch` is the branch's ID of the settings. `segment`: a segment's key, "" for none,
    None leaves what the shop holds alone.
    """

    key: int
    branch: str
    segment: str | None = None
