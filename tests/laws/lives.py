"""Lives of small worlds as data: what people do in the ERP and in the shop's catalogue between runs."""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from pomost.conformance.hostile import Moment
from pomost.model.product import CatalogueProduct, Product, ProductKind
from tests.worlds import PACK, PIECE, World, card, ean, listed

_KEYS = st.integers(1, 8)
_CODES = st.integers(1, 6)  # fewer codes than cards, so that cards meet
_PRICES = st.sampled_from([Decimal("1.00"), Decimal("2.50"), Decimal("1.115"), Decimal(9)])
_QUANTITIES = st.sampled_from([-5, 0, 1, 5, 6, 13, 40])


@dataclass(frozen=True)
class Edit:
    """One thing somebody changed; `card` None is an errand in the shop's catalogue."""

    what: str
    number: int
    value: object = None

    def do(self, world: World) -> None:
        match self.what:
            case "add":
                world.erp.put(card(self.number, ean=ean(self.value)))
            case "delete":
                world.erp.cards.pop(self.number, None)
            case "list" if f"q{self.number}" not in world.shop.listed:
                world.shop.list_products(listed(self.value, id=f"q{self.number}"))
            case "unlist":
                _unlist(world, f"p{self.number}")
            case "packs" | "code" if self._product(world) is not None:
                facts = {"units": self.value} if self.what == "packs" else {"ean": ean(self.value)}
                world.shop.list_products(replace(self._product(world), **facts))
            case fact if self.number in world.erp.cards and fact not in {"list", "packs", "code"}:
                world.change(self.number, **{fact: ean(self.value) if fact == "ean" else self.value})

    def _product(self, world: World) -> CatalogueProduct | None:
        found = world.shop.listed.get(f"p{self.number}")
        return None if found is None or found.deleted else found


def _unlist(world: World, product_id: str) -> None:
    """A product that leaves the catalogue takes its offer along, as in the shop's own system."""
    held = world.shop.listed.get(product_id)
    if held is not None and not held.deleted:
        world.shop.list_products(replace(held, deleted=True))
        world.shop.held.pop(product_id, None)


def _edits(*kinds: tuple[str, st.SearchStrategy]) -> st.SearchStrategy[Edit]:
    return st.one_of(*(st.builds(Edit, st.just(what), _KEYS, values) for what, values in kinds))


card_edits = _edits(
    ("price", st.one_of(_PRICES, st.none())),
    ("main", _QUANTITIES),
    ("other", _QUANTITIES),
    ("ean", _CODES),
    ("active", st.booleans()),
    ("kind", st.sampled_from([ProductKind.GOODS, ProductKind.SERVICE])),
    ("unit", st.sampled_from(["", "PU", "CT"])),
    ("minimum", st.sampled_from(["", "2", "12"])),
    ("vat", st.sampled_from(["23", None])),
    ("symbol", st.sampled_from(["A", "B"])),
    ("add", _CODES),
    ("delete", st.none()),
)
catalogue_edits = _edits(
    ("list", _CODES),
    ("unlist", st.none()),
    ("packs", st.sampled_from([(PIECE,), (PACK,), (PIECE, PACK)])),
    ("code", _CODES),
)
edits = st.lists(st.one_of(card_edits, card_edits, card_edits, catalogue_edits), min_size=1, max_size=6)


@dataclass(frozen=True)
class Cut:
    """Where a run loses power; beyond its last send it does not."""

    at: int
    moment: Moment


cuts = st.builds(Cut, st.integers(0, 12), st.sampled_from(Moment))


@st.composite
def beginnings(draw: st.DrawFn) -> list[Edit]:
    """Cards and catalogue products to begin with: mostly matched, some alone, some sharing a code."""
    cards = [Edit("add", key, draw(st.one_of(st.just(min(key, 6)), _CODES))) for key in range(1, draw(_KEYS) + 1)]
    products = [Edit("list", number, number) for number in draw(st.sets(_CODES, min_size=1))]
    return [*cards, *products]


def born(beginning: list[Edit], world: World | None = None) -> World:
    """A world after its beginning; products are called p1, p2 and so on, those listed later q1, q2."""
    world = world or World()
    for edit in beginning:
        if edit.what == "list":
            world.shop.list_products(listed(edit.value))
        else:
            edit.do(world)
    return world


def remember(world: World) -> dict[int, Product]:
    """The ERP's cards as they are now, to come back to."""
    return dict(world.erp.cards)


def come_back(world: World, then: dict[int, Product]) -> None:
    world.erp.cards = dict(then)
