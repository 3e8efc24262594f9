"""Small made-up worlds: an ERP and a shop in memory, a channel between them, and what the shop ought to show."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from pomost.connectors.erp.memory import MemoryErp
from pomost.connectors.shop.memory import MemoryShop
from pomost.model.branch import Branch
from pomost.model.conditions import Qualification
from pomost.model.offer import Offer, PriceKind, Stock
from pomost.model.policy import GoodsPolicy, GuardPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.product import CatalogueProduct, OnHand, Price, Product, ProductKind
from pomost.model.request import RunRequest
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.unit import SalesUnit
from pomost.runs import offer
from pomost.runs.channel import Channel
from pomost.store.journal import State
from pomost.store.models import Channel as ChannelRow

MAIN, OTHER = "1", "2"
LEVEL = "1"
TYPE_FIELD, SIZE_FIELD, MINIMUM_FIELD = "unit", "size", "minimum"
BRANCHES = (Branch("MAG", "Magazyn", MAIN), Branch("FIL", "Filia", OTHER))
PIECE, PACK = SalesUnit("PCE", 1, "u1"), SalesUnit("PU", 6, "u2")
LISTS = {
    ChoiceKind.WAREHOUSES: [Choice(MAIN, "Magazyn"), Choice(OTHER, "Filia")],
    ChoiceKind.PRICE_LEVELS: [Choice(LEVEL, "Detaliczna", "PLN")],
    ChoiceKind.GROUPS: [Choice("1", "Napoje")],
    ChoiceKind.TRAITS: [Choice("1", "MSTORE")],
    ChoiceKind.OWN_FIELDS: [Choice(one, one) for one in (TYPE_FIELD, SIZE_FIELD, MINIMUM_FIELD)],
}
# A share of one and a high floor: laws look at contents, the guard has tests of its own.
OPEN_GUARD = GuardPolicy(share=Decimal(1), floor=1_000_000)
POLICY = Policy(
    GoodsPolicy(
        enabled=True,
        qualification=Qualification.ALL,
        min_quantity_field=MINIMUM_FIELD,
        unit_type_field=TYPE_FIELD,
        unit_multiplier_field=SIZE_FIELD,
    ),
    PricePolicy(enabled=True, level=LEVEL),
    StockPolicy(enabled=True),
    BRANCHES,
    OPEN_GUARD,
)
_names = itertools.count(1)


def ean(number: int) -> str:
    """A made-up EAN-13 with a right check digit."""
    body = f"590{number:09d}"
    total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(body))
    return body + str(-total % 10)


def card(key: int, **facts: object) -> Product:
    """A sound card number `key`; `price`, `main`, `other` and `unit` are short for what they set."""
    price = facts.pop("price", Decimal("2.50"))
    stock = {MAIN: facts.pop("main", 10), OTHER: facts.pop("other", 4)}
    typed = {TYPE_FIELD: facts.pop("unit", ""), SIZE_FIELD: "", MINIMUM_FIELD: facts.pop("minimum", "")}
    sound = Product(
        key=key,
        symbol=f"S{key}",
        name=f"Towar {key}",
        ean=ean(key),
        kind=ProductKind.GOODS,
        active=True,
        base_unit="szt.",
        vat="23",
        prices={LEVEL: Price(price, price, "PLN")},
        stock={warehouse: OnHand(Decimal(quantity), Decimal(0)) for warehouse, quantity in stock.items()},
        own_fields=typed,
    )
    return replace(sound, **facts)


def listed(number: int, units: tuple[SalesUnit, ...] = (PIECE, PACK), **facts: object) -> CatalogueProduct:
    """A catalogue product with the EAN of card `number`."""
    return replace(CatalogueProduct(f"p{number}", ean(number), f"Towar {number}", units), **facts)


class Clock:
    """Time that moves on by a millisecond whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class World:
    """One channel over memory connectors; `policy` and both sides may be changed between runs."""

    policy: Policy = POLICY
    erp: MemoryErp = field(default_factory=lambda: MemoryErp(lists=LISTS))
    shop: MemoryShop = field(default_factory=lambda: MemoryShop(names={one.id: one.name for one in BRANCHES}))
    clock: Clock = field(default_factory=Clock)
    name: str = field(default_factory=lambda: f"channel {next(_names)}")
    company: str = ""

    def __post_init__(self) -> None:
        self.company = self.company or f"company of {self.name}"
        ChannelRow.objects.create(
            name=self.name, company=self.company, erp="memory", shop="memory", created=self.clock()
        )

    @classmethod
    def of(cls, count: int, **facts: object) -> "World":
        """A world with `count` sound cards, each listed in the shop."""
        world = cls(**facts)
        for key in range(1, count + 1):
            world.erp.put(card(key))
            world.shop.list_products(listed(key))
        return world

    def channel(self, *, erp: object = None, shop: object = None) -> Channel:
        """The channel, with another ERP or shop in place of its own (a hostile one, say)."""
        digest = f"{hash(repr(self.policy)) & 0xFFFF_FFFF:x}"
        return Channel(self.name, self.company, self.policy, erp or self.erp, shop or self.shop, self.clock, 1, digest)

    def run(self, *, erp: object = None, shop: object = None, **request: object) -> offer.Ended:
        return offer.run(self.channel(erp=erp, shop=shop), RunRequest(**request))

    def settle(self, **request: object) -> offer.Ended:
        """A run, and a person's consent to whatever the guard holds back."""
        ended = self.run(**request)
        if ended.run.state == State.WAITING:
            ended = self.approve()
        assert ended.run.state == State.DONE, (ended.run.state, ended.run.fault)
        return ended

    def approve(self, *, shop: object = None) -> offer.Ended:
        """A person lets the newest waiting plan go."""
        return offer.approve(self.channel(shop=shop), None, "", "somebody", RunRequest())

    def change(self, key: int, **facts: object) -> None:
        """Change facts of a card; `price`, `main`, `other` and `unit` as in `card`."""
        held = self.erp.cards[key]
        if "price" in facts:
            price = facts.pop("price")
            facts["prices"] = {LEVEL: Price(price, price, "PLN")}
        stock = dict(held.stock)
        for name, warehouse in (("main", MAIN), ("other", OTHER)):
            if name in facts:
                stock[warehouse] = OnHand(Decimal(facts.pop(name)), Decimal(0))
        fields = dict(held.own_fields)
        for name, own in (("unit", TYPE_FIELD), ("minimum", MINIMUM_FIELD)):
            if name in facts:
                fields[own] = facts.pop(name)
        self.erp.put(replace(held, stock=stock, own_fields=fields, **facts))


@dataclass(frozen=True)
class Shown:
    """What buyers see of one product: terms, and per branch quantity."""

    offer: Offer
    stocks: Mapping[str, int]


def shown(shop: MemoryShop) -> dict[str, Shown]:
    """Products on offer as buyers see them; unit ids and how a price was computed are nobody's business there."""
    found: dict[str, Shown] = {}
    for item in shop.shelf():
        if item.active and item.offer is not None:
            found[item.product_id] = Shown(bare(item.offer), {one.branch: one.quantity for one in item.stocks})
    return found


def bare(terms: Offer) -> Offer:
    return replace(terms, recalculated=False, unit=replace(terms.unit, id=""))


def leftovers(shop: MemoryShop) -> list[Stock]:
    """Stock that products off the offer still claim to have: there must be none."""
    return [stock for item in shop.shelf() if not item.active for stock in item.stocks if stock.quantity]


UNSURE = object()
"""The rules leave such a product as it stands, so what is right depends on what was there before."""


def desired(world: World) -> dict[str, object]:
    """Per listed product what ought to be shown: Shown, None (nothing) or UNSURE. Written without the rules.

    Knows only what these worlds hold: pieces and packs of six, one price level, VAT 23 or none, two branches.
    """
    by_code: dict[str, list[Product]] = {}
    for one in world.erp.cards.values():
        if one.active and one.kind is ProductKind.GOODS and one.ean:
            by_code.setdefault(one.ean, []).append(one)
    living = [product for product in world.shop.listed.values() if not product.deleted]
    codes = [product.ean for product in living]
    wanted: dict[str, object] = dict.fromkeys(world.shop.listed)
    for product in living:
        cards = by_code.get(product.ean, [])
        if len(cards) > 1 or (cards and codes.count(product.ean) > 1):
            wanted[product.id] = UNSURE
        elif cards:
            wanted[product.id] = _wanted(cards[0], product)
    return wanted


def _wanted(one: Product, product: CatalogueProduct) -> object:
    price = one.prices[LEVEL].net
    typed = one.own_fields[TYPE_FIELD]
    unit = next((pack for pack in product.units if pack.type == (typed or "PCE")), None)
    if unit is None or price is None or one.vat != "23":
        return UNSURE
    minimum = one.own_fields[MINIMUM_FIELD]
    terms = Offer(
        sku=one.symbol,
        unit=replace(unit, id=""),
        recalculated=False,
        vat="23",
        price=(price * unit.multiplier).quantize(Decimal("0.01"), ROUND_HALF_UP),
        price_kind=PriceKind.NET,
        currency="PLN",
        min_quantity=int(minimum) if minimum else None,
    )
    stocks = {
        branch.id: max(
            int((one.stock[branch.main_warehouse].on_hand / unit.multiplier).to_integral_value(ROUND_FLOOR)), 0
        )
        for branch in BRANCHES
    }
    return Shown(terms, stocks)


def differences(world: World) -> dict[str, tuple[object, object]]:
    """Where the shop shows something else than it ought to: product -> (shown, desired)."""
    actual = shown(world.shop)
    return {
        product_id: (actual.get(product_id), wanted)
        for product_id, wanted in desired(world).items()
        if wanted is not UNSURE and actual.get(product_id) != wanted
    }
