"""A small shop without a catalogue of its own, and a product it can sell: every test names only what it is about."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pomost.model.assortment import AttributeSubject, ProductEntry, Vat, Wording
from pomost.model.entry import Content, Reading
from pomost.model.reason import Finding, Reason
from pomost.ports.entries import EntryTerrain
from pomost.rules.entries import Offered, Ruling, Surroundings, rule
from pomost.rules.grouping import Tree

SHOP = EntryTerrain(
    languages=("pl", "en"),
    default_language="pl",
    currencies=frozenset({"PLN"}),
    root=1,
    price_type=2,
    total_stock=False,
    availability=frozenset({"1"}),
    file_types=frozenset({"image/png"}),
    file_bytes=100,
    files_per_owner=2,
    able=frozenset({"files", "bundles", "points"}),
)
AROUND = Surroundings(
    SHOP,
    groups=Tree({10: 1}, {10: 1}, {11: Finding.of(Reason.GROUP_TOO_DEEP, group="Głęboka")}),
    names={10: "Napoje", 11: "Głęboka", 99: "Magazyn"},
    price_types=frozenset({2}),
    attributes=frozenset({(AttributeSubject.PRODUCT, "KOLOR"), (AttributeSubject.PRODUCT, "ROZMIAR")}),
)
NAME = (Wording("pl", "Nazwa"),)
PRODUCT = ProductEntry("T1", NAME, Vat(Decimal(23)), "szt.", default_group=10, availability="1")


def ruled(
    content: Content | None,
    around: Surroundings = AROUND,
    offered: Offered | Iterable[int] = (),
    key: int = 5,
    findings: tuple[Finding, ...] = (),
) -> Ruling:
    """`offered`: products that are in the shop, with the attributes that tell their variants apart where there are any."""
    sent = offered if isinstance(offered, Mapping) else dict.fromkeys(offered, frozenset[str]())
    return rule(Reading(key, "label", content, bytes(16), findings=findings), around, sent)


def reasons(ruling: Ruling) -> list[Reason]:
    return [found.reason for found in ruling.findings]
