"""Which areas of entries a run is about, and how far it goes in each (contract, section 17)."""

from collections.abc import Mapping
from enum import StrEnum

from pomost.model.change import Part
from pomost.model.entry import CONTENTS, LISTS
from pomost.model.subject import Area
from pomost.model.window import Refusal
from pomost.ports.entries import EntryTerrain, Mode

_AREAS = {
    Part.CARD: (*LISTS, Area.GROUP, Area.PRODUCT, Area.PROMOTION),
    Part.PRICE: (Area.PRICES, Area.CUSTOMER_DISCOUNT, Area.PUBLIC_DISCOUNT),
    Part.STOCK: (Area.STOCKS,),
    Part.FILES: (Area.FILES,),
    Part.CUSTOMERS: (Area.CUSTOMER, Area.CUSTOMER_DISCOUNT),
}
_NEEDED = {
    Part.PRICE: (Area.PRICE_TYPE,),
    Part.STOCK: (Area.WAREHOUSE,),
    Part.CUSTOMERS: (Area.PRICE_TYPE,),
}
"""Dictionaries of which a part needs what is new, when goods are not sent."""
_ABILITIES = {Area.FILES: "files", Area.PROMOTION: "bundles"}
_ONLY = frozenset({Part.PRICE, Part.STOCK})


class Reach(StrEnum):
    """How far a run goes in an area. NEW: what the shop has none of yet, and nothing is dropped."""

    NEW = "new"
    DIFFERENTIAL = "differential"
    FULL = "full"

    @property
    def mode(self) -> Mode:
        return Mode.FULL if self is Reach.FULL else Mode.DIFFERENTIAL


def reaches(parts: frozenset[Part], shop: EntryTerrain, *, full: bool) -> Mapping[Area, Reach]:
    """Areas of a run in the order they are sent. Customers are never sent in full: nobody sweeps them."""
    found: dict[Area, Reach] = {}
    for part in parts & _NEEDED.keys():
        found |= dict.fromkeys(_NEEDED[part], Reach.NEW)
    for part in sorted(parts & _AREAS.keys(), key=list(_AREAS).index, reverse=True):
        whole = full and part is not Part.CUSTOMERS
        found |= dict.fromkeys(_AREAS[part], Reach.FULL if whole else Reach.DIFFERENTIAL)
    able = {area: reach for area, reach in found.items() if _ABILITIES.get(area, "") in {"", *shop.able}}
    return {area: able[area] for area in CONTENTS if area in able}


def refusal(parts: frozenset[Part], *, full: bool) -> Refusal | None:
    """Why parts cannot be asked for together, if so (decision tables, part 6)."""
    offer = Part.CARD in parts
    if full and not offer and parts & _ONLY:
        return Refusal.ONLY
    if Part.FILES in parts and not offer:
        return Refusal.BINARIES
    return None
