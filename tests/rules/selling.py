"""A shop that reckons discounts itself, small enough to be reckoned by hand (contract, section 20)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pomost.model.assortment import Tax, Vat
from pomost.model.offer import PriceKind
from pomost.model.selling import Goods, Rule, Tag, Tags
from pomost.model.subject import Area
from pomost.rules.effects import Comparison, Scene, Shown, Touched
from pomost.rules.quoting import Book

TODAY = date(2026, 11, 25)
DET, HURT = 3, 2
T1, G10, G20, G1 = 1, 10, 20, 100
K1, VIP = 7, 70
GROSS, NET = PriceKind.GROSS, PriceKind.NET


def goods(group=G10, rate="23.00", kind=Tax.TAXED, **facts):
    return Goods(Vat(Decimal(rate), kind), group, **facts)


def tags(*lines):
    """Lines as (price type, value, basis, currency), the last two gross and PLN when left out."""
    made = []
    for price_type, value, *rest in lines:
        basis, currency = [*rest, *(GROSS, "PLN")[len(rest) :]]
        made.append(Tag(price_type, Decimal(value), basis, currency))
    return Tags(tuple(made))


def percent(kind, value, who=0, what=0, since=None, until=None):
    return Rule(kind, who, what, Decimal(value), valid_from=since, valid_to=until)


def fixed(kind, value, basis=GROSS, currency="PLN", who=0, what=T1, since=None, until=None):
    return Rule(kind, who, what, price=Decimal(value), basis=basis, currency=currency, valid_from=since, valid_to=until)


RULES = {
    6: percent(6, 5, K1, T1),
    5: percent(5, 10, K1, G10),
    2: percent(2, 12, K1),
    4: percent(4, 15, VIP, T1),
    3: percent(3, 8, VIP, G10),
    1: percent(1, 20, VIP),
    8: percent(8, 25, 0, T1),
    7: percent(7, 30, 0, G10),
}
"""R of the worked examples, one rule of each type."""

ROOT = 1
TREE = {ROOT: None, G1: ROOT, G10: G1, G20: ROOT}
LEVELS = {DET, HURT}
SOLD = Shown(goods(), tags((HURT, "90.00", NET), (DET, "123.00")))
HALF = Decimal("0.50")
PRODUCT, PRICE = (Area.PRODUCT, T1), (Area.PRICES, T1)


def scene(parents=TREE, levels=LEVELS, *rules):
    return Scene(ROOT, parents, levels, Book.of(rules))


def comparison(will=None, was=None, jump=HALF, **touched):
    return Comparison(was or scene(), will or scene(), Touched(**touched), jump)


def shown(**facts):
    return replace(SOLD, **facts)
