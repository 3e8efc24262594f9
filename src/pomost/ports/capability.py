"""Capabilities: what a connector can do, said with a reason; whatever is not said is no."""

from dataclasses import dataclass, field
from enum import StrEnum

from pomost.model.text import Text


class Ability(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Can:
    """One answer: yes, no (why), not yet (why)."""

    ability: Ability = Ability.NO
    why: Text = Text("nie podano", "unsaid")

    def __bool__(self) -> bool:
        return self.ability is Ability.YES


def yes() -> Can:
    return Can(Ability.YES, Text("", ""))


def no(pl: str, en: str) -> Can:
    return Can(Ability.NO, Text(pl, en))


def not_yet(pl: str, en: str) -> Can:
    return Can(Ability.NOT_YET, Text(pl, en))


@dataclass(frozen=True, slots=True)
class ErpCapabilities:
    """What an ERP connector can do. `batch`: cards, customers or documents asked for at once.

    Of documents: `drafts` may be registered at once, a foreign number has `original_number` signs, remarks have
    `remarks` of them in `code_page` ("": any), prices have `price_places` decimals; `line_totals`: a line's total may
    be given, and its price follows. `rehearsal`: the ERP has a dry run of its own for a document. `entries`: what
    `ports.entries.EntryErp` adds.
    """

    sets: Can = field(default_factory=Can)
    customers: Can = field(default_factory=Can)
    orders: Can = field(default_factory=Can)
    rehearsal: Can = field(default_factory=Can)
    documents: Can = field(default_factory=Can)
    line_totals: Can = field(default_factory=Can)
    entries: Can = field(default_factory=Can)
    batch: int = 500
    drafts: int = 50
    original_number: int = 30
    remarks: int = 500
    price_places: int = 4
    code_page: str = ""


@dataclass(frozen=True, slots=True)
class ShopCapabilities:
    """What a shop connector can do. `batch`: changes taken at once; `vat_rates`: the shop's list of rates.

    `written`: it tells what our own key wrote after a moment of the shop's clock.
    `entries`: the shop has no catalogue of its own and takes what `ports.entries.EntryShop` adds.
    """

    publish: Can = field(default_factory=Can)
    amend: Can = field(default_factory=Can)
    withdraw: Can = field(default_factory=Can)
    stock: Can = field(default_factory=Can)
    hide: Can = field(default_factory=Can)
    min_quantity: Can = field(default_factory=Can)
    shelf: Can = field(default_factory=Can)
    written: Can = field(default_factory=Can)
    catalogue_changes: Can = field(default_factory=Can)
    branches: Can = field(default_factory=Can)
    customers: Can = field(default_factory=Can)
    segments: Can = field(default_factory=Can)
    orders: Can = field(default_factory=Can)
    statuses: Can = field(default_factory=Can)
    entries: Can = field(default_factory=Can)
    vat_rates: frozenset[str] = frozenset()
    sku_length: int = 20
    batch: int = 500
