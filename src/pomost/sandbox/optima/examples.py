"""The priced examples of the shop's contract (section 20) as data: what stands in the company, and what it must cost.

Every scene is a product, a group of its own, a customer and their rules, apart from everything else in the company, so
that all the examples stand side by side. VAT is 23 %, the prices are 123.00 gross at retail and 90.00 net wholesale
unless said otherwise, and the customer belongs to a group of customers of the scene's name.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pomost.sandbox.optima import tables_common as common
from pomost.sandbox.optima.books import Books
from pomost.sandbox.optima.bundles import Bundle, Part, bundle
from pomost.sandbox.optima.cards import Card, Price, enter
from pomost.sandbox.optima.company import CUSTOMER_GROUPS, GROSS, NET, RETAIL, WHOLESALE, Level
from pomost.sandbox.optima.customers import Customer, register
from pomost.sandbox.optima.discounts import Rule, grant
from pomost.sandbox.optima.groups import EXAMPLES as EXAMPLES_GROUP
from pomost.sandbox.optima.groups import Group
from pomost.sandbox.optima.stock import now_in

_FIRST_GROUP = 300
_STEP = 5
_YEAR = 2096
"""The contract's examples are of November 2026; here of a November to come, for rules that have ended leave."""
_TODAY = datetime.fromisoformat(f"{_YEAR}-11-25T12:00:00")

_PERCENTS = {6: "5", 5: "10", 2: "12", 4: "15", 3: "8", 1: "20", 8: "25", 7: "30"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What one or more examples need in the company. Codes: `name` is the customer's, `name`-T the product's."""

    name: str
    rules: tuple[Rule, ...] = ()
    prices: tuple[Price, ...] = (Price(RETAIL, Decimal("123.00")), Price(WHOLESALE, Decimal("90.00")))
    level: Level = RETAIL
    card_discount: str = "0"
    no_discount: str = ""
    """Where the card says that it bears no discount: `card`, `shop` or nowhere."""
    four_places: bool = False
    packs: tuple[tuple[str, int, int], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    """More products of the scene: letter and gross retail price."""
    bundle: Bundle | None = None

    @property
    def product(self) -> str:
        return f"{self.name}-T"

    @property
    def group(self) -> int:
        """The product's default group; the next number is its other group, the one before the group above both."""
        return _FIRST_GROUP + _STEP * [scene.name for scene in SCENES].index(self.name) + 1


def _rules(*without: int) -> tuple[Rule, ...]:
    return tuple(Rule(kind, percent) for kind, percent in _PERCENTS.items() if kind not in without)


def _fixed(kind: int, price: str, basis: int = GROSS, currency: str = "PLN") -> Rule:
    return Rule(kind, price=price, basis=basis, currency=currency)


SCENES: tuple[Scene, ...] = (
    Scene(name="PRZ-01"),
    Scene(name="PRZ-02", rules=_rules()),
    Scene(name="PRZ-03", rules=_rules(6, 5)),
    Scene(name="PRZ-03B", rules=_rules(6, 5, 2), card_discount="7"),
    Scene(name="PRZ-04", rules=_rules(6, 5, 2)),
    Scene(name="PRZ-04B", rules=_rules(6, 5, 2, 4)),
    Scene(name="PRZ-05", rules=_rules(6, 5, 2, 4, 3), level=WHOLESALE),
    Scene(name="PRZ-06", rules=_rules()),
    Scene(name="PRZ-06B", rules=_rules(8)),
    Scene(name="PRZ-07", rules=(_fixed(11, "99.00"), Rule(6, "50"))),
    Scene(name="PRZ-08", rules=(_fixed(13, "85.00", NET), _fixed(12, "99.00"), _fixed(11, "95.00"))),
    Scene(name="PRZ-08B", rules=(_fixed(13, "85.00", NET, "EUR"), _fixed(12, "99.00"), _fixed(11, "95.00"))),
    Scene(
        name="PRZ-09",
        rules=(
            Rule(6, "10", since=f"{_YEAR}-11-01", until=f"{_YEAR}-11-30"),
            Rule(6, "15", since=f"{_YEAR}-11-20", until=f"{_YEAR}-11-30"),
            Rule(2, "12"),
        ),
    ),
    Scene(name="PRZ-10", rules=_rules(), no_discount="card"),
    Scene(name="PRZ-10B", rules=(*_rules(), _fixed(11, "99.00")), no_discount="shop"),
    Scene(name="PRZ-11", rules=(Rule(7, "30", group=1), Rule(7, "30", group=-1))),
    Scene(name="PRZ-11B", rules=(Rule(7, "30", group=1), Rule(7, "30", group=-1), Rule(7, "30"))),
    Scene(
        name="PRZ-12",
        prices=(Price(RETAIL, Decimal("3.3333"), NET),),
        four_places=True,
        packs=(("op.", 6, 1),),
        rules=(_fixed(11, "3.00", NET), Rule(8, "10")),
    ),
    Scene(name="PRZ-13", prices=(Price(RETAIL, Decimal("5.01"), NET),), rules=(Rule(8, "10"),)),
    Scene(
        name="PRZ-14",
        prices=(Price(RETAIL, Decimal("100.00")),),
        rules=(Rule(8, "25"),),
        more=(("B", "30.00"),),
        bundle=Bundle("PRZ-14-Z", "PRZ-14-T", (Part("PRZ-14-B", "2", "50"),), percent="10", hours=("08:00", "20:00")),
    ),
    Scene(name="PRZ-15", prices=(Price(RETAIL, Decimal("110.70"), points=11),), more=(("B", "49.20"), ("C", "30.00"))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One price to be met: who buys what and when, which rule wins, and the price of one unit."""

    number: str
    """Number in the contract's table, with a letter where one row has several prices."""
    scene: str
    gross: Decimal
    net: Decimal | None = None
    winner: int | None = None
    """Kind of the winning rule (`Rab_Typ`); 2 also stands for the discount on the customer's card."""
    guest: bool = False
    unit: str = "szt"
    quantity: int = 1
    at: datetime = _TODAY
    """Local time of the shop when the order is placed."""
    discount_base: str = "gross"
    in_bundle: bool = False
    """The price is of the whole set."""


def _priced(
    number: str, scene: str, gross: str, net: str | None = None, winner: int | None = None, **more: Any
) -> Example:
    price = {"gross": Decimal(gross), "net": None if net is None else Decimal(net)}
    return Example(number=number, scene=f"PRZ-{scene}", winner=winner, **(price | more))


def _on(day: str) -> datetime:
    return datetime.fromisoformat(f"{_YEAR}-{day}")


PRICED: tuple[Example, ...] = (
    _priced("1", "01", "123.00", "100.00", guest=True, quantity=2),
    _priced("2", "02", "116.85", "95.00", 6),
    _priced("3a", "03", "108.24", "88.00", 2),
    _priced("3b", "03B", "114.39", "93.00", 2),
    _priced("4a", "04", "104.55", "85.00", 4),
    _priced("4b", "04B", "113.16", "92.00", 3),
    _priced("5", "05", "88.56", "72.00", 1),
    _priced("6a", "06", "92.25", "75.00", 8, guest=True),
    _priced("6b", "06B", "86.10", "70.00", 7, guest=True),
    _priced("7", "07", "99.00", "80.49", 11),
    _priced("8a", "08", "104.55", "85.00", 13),
    _priced("8b", "08B", "99.00", "80.49", 12),
    _priced("9a", "09", "110.70", "90.00", 6, at=_on("11-15T12:00:00")),
    _priced("9b", "09", "104.55", "85.00", 6, at=_on("11-30T23:59:30")),
    _priced("9c", "09", "108.24", "88.00", 2, at=_on("12-01T00:30:00")),
    _priced("10a", "10", "123.00", "100.00"),
    _priced("10b", "10B", "99.00", "80.49", 11),
    _priced("11a", "11", "123.00", "100.00", guest=True),
    _priced("11b", "11B", "86.10", "70.00", 7, guest=True),
    _priced("12a", "12", "3.69", "3.00", 11, guest=True),
    _priced("12b", "12", "22.14", "18.00", 8, guest=True, unit="op."),
    _priced("13a", "13", "5.54", "4.50", 8, guest=True),
    _priced("13b", "13", "5.55", "4.51", 8, guest=True, discount_base="price_basis"),
    _priced("14a", "14", "120.00", guest=True, in_bundle=True),
    _priced("14b", "14", "75.00", winner=8, guest=True, at=_on("11-25T20:00:00")),
    _priced("15", "15", "110.70", "90.00"),
)


@dataclass(frozen=True, slots=True)
class Basket:
    """The order of the last example: gross value of each product's line, and what the shop adds and takes."""

    lines: tuple[tuple[str, Decimal], ...]
    coupon: Decimal
    delivery: Decimal
    points_used: int
    points_value: Decimal
    shares: tuple[Decimal, ...]
    """How the coupon is spread over the lines."""
    to_pay: Decimal


BASKET = Basket(
    (("PRZ-15-T", Decimal("110.70")), ("PRZ-15-B", Decimal("49.20")), ("PRZ-15-C", Decimal("30.00"))),
    coupon=Decimal("10.00"),
    delivery=Decimal("14.99"),
    points_used=500,
    points_value=Decimal("20.00"),
    shares=(Decimal("5.83"), Decimal("2.59"), Decimal("1.58")),
    to_pay=Decimal("174.89"),
)


def scene_groups() -> tuple[Group, ...]:
    """Groups of the scenes: for each the group above, the product's own, and the product's other one."""
    found: list[Group] = []
    for scene in SCENES:
        own, code = scene.group, scene.name
        found += (
            Group(own - 1, EXAMPLES_GROUP, f"{code}-G1", f"Przykład {code}"),
            Group(own, own - 1, f"{code}-G10", f"Przykład {code}, towary"),
            Group(own + 1, own - 1, f"{code}-G20", f"Przykład {code}, polecane"),
        )
    return tuple(found)


def set_the_scenes(books: Books) -> None:
    """Enter products, customers, rules and sets of all the examples."""
    for scene in SCENES:
        enter(books, _card(scene))
        for letter, gross in scene.more:
            more = Card(
                code=f"{scene.name}-{letter}",
                name=f"Towar {letter} z przykładu {scene.name}",
                group=scene.group,
                prices=(Price(RETAIL, Decimal(gross)),),
                balances=(now_in("MAGAZYN", "100"),),
            )
            enter(books, more)
        gru_id = books.add(common.grupy, Gru_Typ=CUSTOMER_GROUPS, Gru_Nazwa=scene.name)
        buyer = register(
            books,
            Customer(
                code=scene.name,
                name=f"Klient z przykładu {scene.name}",
                group=scene.name,
                level=scene.level,
                discount=Decimal(scene.card_discount),
                email=f"{scene.name.lower()}@przyklady.example",
            ),
        )
        for rule in scene.rules:
            grant(books, rule, product=books.products[scene.product], group=scene.group, customer=buyer, among=gru_id)
        if scene.bundle:
            bundle(books, scene.bundle)


def _card(scene: Scene) -> Card:
    return Card(
        code=scene.product,
        name=f"Towar z przykładu {scene.name}",
        group=scene.group,
        more_groups=(scene.group + 1,),
        prices=scene.prices,
        packs=scene.packs,
        balances=(now_in("MAGAZYN", "100"),),
        card_row={
            "Twr_BezRabatu": int(scene.no_discount == "card"),
            "Twr_CenaZCzteremaMiejscami": int(scene.four_places),
        },
        shop_row={"Twes_ESklepBezRabatu": int(scene.no_discount == "shop")},
    )
