"""Where entries of one run are decided: both sides, what is around each entry, and what this very run does so far."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from pomost.model.assortment import AttributeEntry, GroupEntry
from pomost.model.change import Area
from pomost.model.entry import Reading
from pomost.model.text import Text
from pomost.ports.entries import EntryErp, EntryShop, EntryTerrain
from pomost.rules.entries import Surroundings, root_of, rule
from pomost.rules.exchanging import Reach
from pomost.rules.grouping import Place, tree
from pomost.runs.channel import Channel
from pomost.runs.planning import Draft
from pomost.runs.session import Session

_STEPS = {
    Area.CUSTOMER: Text("Kontrahenci", "Customers"),
    Area.PRICE_TYPE: Text("Rodzaje cen", "Price types"),
    Area.WAREHOUSE: Text("Magazyny", "Warehouses"),
    Area.ATTRIBUTE: Text("Atrybuty", "Attributes"),
    Area.GROUP: Text("Grupy", "Groups"),
    Area.PRODUCT: Text("Towary", "Products"),
    Area.PRICES: Text("Ceny", "Prices"),
    Area.CUSTOMER_DISCOUNT: Text("Rabaty kontrahentów", "Customers' discounts"),
    Area.PUBLIC_DISCOUNT: Text("Rabaty dla wszystkich", "Discounts for everybody"),
    Area.PROMOTION: Text("Zestawy promocyjne", "Promotional sets"),
    Area.FILES: Text("Dane binarne", "Binary data"),
    Area.STOCKS: Text("Stany", "Stock"),
}
_IN_SURROUNDINGS = {
    Area.CUSTOMER,
    Area.GROUP,
    Area.PRODUCT,
    Area.PRICES,
    Area.CUSTOMER_DISCOUNT,
    Area.PUBLIC_DISCOUNT,
}
"""Areas whose entries name groups, price types or attributes."""


@dataclass(slots=True)
class Desk:
    """One run's desk.

    `offered`: products this very run puts, each with what tells its variants apart; `leaving`: those it takes back;
    `held_back`: those it can tell the shop nothing of, with their reason. `customers`: those looked for so far that the
    shop knows, or will once this run is carried out. `names`: of groups, the rest of them asked for when needed.
    """

    channel: Channel
    session: Session
    draft: Draft
    shop: EntryTerrain
    reaches: Mapping[Area, Reach]
    around: Surroundings
    read_at: datetime
    offered: dict[int, frozenset[str]] = field(default_factory=dict)
    leaving: set[int] = field(default_factory=set)
    held_back: set[int] = field(default_factory=set)
    variants: set[int] = field(default_factory=set)
    customers: set[int] = field(default_factory=set)

    @property
    def erp(self) -> EntryErp:
        return erp_of(self.channel)

    def tell(self, area: Area, done: int, total: int | None = None) -> None:
        """How far the run is; asks whether it has to stop."""
        self.session.tell(_STEPS[area], done, total)

    def pieces(self, area: Area, keys: Sequence[int]) -> Iterator[Sequence[int]]:
        """As many keys as both sides take at once, telling how far it is."""
        size = min(self.channel.erp.can.batch, self.channel.shop.can.batch)
        for start in range(0, len(keys), size):
            self.tell(area, start, len(keys))
            yield keys[start : start + size]


def erp_of(channel: Channel) -> EntryErp:
    """The ERP of a channel that exchanges entries; `can.entries` was looked at before."""
    return cast("EntryErp", channel.erp)


def shop_of(channel: Channel) -> EntryShop:
    """The shop of a channel that exchanges entries."""
    return cast("EntryShop", channel.shop)


def surroundings(channel: Channel, shop: EntryTerrain, areas: Collection[Area]) -> Surroundings:
    """What entries of these areas are held against: the tree of groups, price types and attributes as the ERP has them.

    Names of groups are those of the tree; `with_names` adds others.
    """
    bare = Surroundings(shop)
    if _IN_SURROUNDINGS.isdisjoint(areas):
        return bare
    groups = list(_all(channel, Area.GROUP))
    places = {one.key: Place(name_of(one), _above(one)) for one in groups}
    unsendable = {one.key for one in groups if rule(one, bare, {}).content is None}
    types, attributes = (
        [one for one in _all(channel, area) if rule(one, bare, {}).content is not None]
        for area in (Area.PRICE_TYPE, Area.ATTRIBUTE)
    )
    return Surroundings(
        shop,
        groups=tree(places, unsendable, shop.root),
        names={key: place.name for key, place in places.items()},
        price_types=frozenset(one.key for one in types),
        attributes=frozenset(
            (one.content.subject, one.content.code) for one in attributes if isinstance(one.content, AttributeEntry)
        ),
        erp_root=root_of(groups),
    )


def _all(channel: Channel, area: Area) -> Iterator[Reading]:
    erp = erp_of(channel)
    keys = [key for key, _ in erp.scan_entries(area)]
    for start in range(0, len(keys), erp.can.batch):
        yield from (one for one in erp.entries(area, keys[start : start + erp.can.batch]) if one.meant)


def name_of(group: Reading) -> str:
    """A group as people call it: by its name, else by what stands for it."""
    texts = group.content.texts if isinstance(group.content, GroupEntry) else ()
    return next((text.name for text in texts if text.name.strip()), group.label)


def _above(group: Reading) -> int | None:
    return group.content.parent if isinstance(group.content, GroupEntry) else None


def with_names(channel: Channel, around: Surroundings, keys: Collection[int]) -> Surroundings:
    """The same, knowing the names of these groups too, also of those that are none of this shop's."""
    unknown = sorted({*keys} - around.names.keys())
    if not unknown:
        return around
    erp = erp_of(channel)
    pieces = [unknown[start : start + erp.can.batch] for start in range(0, len(unknown), erp.can.batch)]
    found = {one.key: name_of(one) for piece in pieces for one in erp.entries(Area.GROUP, piece)}
    return replace(around, names={**around.names, **{key: found.get(key, "") for key in unknown}})
