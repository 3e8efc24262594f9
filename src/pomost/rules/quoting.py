"""What a buyer pays where the shop reckons discounts itself: the first rank that has a rule decides (contract 7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from pomost.model.offer import PriceKind
from pomost.model.selling import Goods, Rule, Tag
from pomost.model.trade import What, Who
from pomost.rules.entries import FIXED, SHAPES

Place = tuple[int, int, int]
"""Type of a rule, whom it is for and what it is on: of the rules of one place the newest counts."""
HUNDRED = Decimal(100)
EVERYTHING_OF_A_CUSTOMER = 2
"""The type the discount of a customer's card stands in for."""
_PUBLIC = frozenset({7, 8, 11})
_APART = frozenset({EVERYTHING_OF_A_CUSTOMER, 11, 12, 13})
_NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who asks for a price. `customer` and `group` 0: nobody known, and in no group.

    `percent`: what the customer is granted on everything, by a rule or else by the card, None for nothing.
    """

    price_type: int
    customer: int = 0
    group: int = 0
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What one base unit costs, gross and not rounded. `rule`: key of the rule that made it, None where none did.

    `granted`: it was made by what the customer is granted on everything.
    """

    gross: Decimal
    rule: int | None = None
    granted: bool = False


class Book:
    """Rules of discount by their places."""

    def __init__(self, rules: Mapping[Place, Mapping[int, Rule]]) -> None:
        self._rules = rules

    @classmethod
    def of(cls, rules: Iterable[tuple[int, Rule]]) -> "Book":
        found: defaultdict[Place, dict[int, Rule]] = defaultdict(dict)
        for key, rule in rules:
            found[place_of(rule)][key] = rule
        return cls(found)

    def changed(self, before: Mapping[int, Rule | None], after: Mapping[int, Rule | None]) -> "Book":
        """The book with rules changed: `before` and `after` by key, None for one that was or will not be there."""
        rules = dict(self._rules)
        for key, rule in before.items():
            if rule is not None:
                place = place_of(rule)
                rules[place] = {one: held for one, held in rules.get(place, {}).items() if one != key}
        for key, rule in after.items():
            if rule is not None:
                rules[place_of(rule)] = {**rules.get(place_of(rule), {}), key: rule}
        return Book(rules)

    def winner(self, place: Place, day: date, currency: str | None = None) -> tuple[int, Rule] | None:
        """The rule of a place that holds on a day: of equals the one that began last, then the highest key."""
        rules = self._rules.get(place)
        if not rules:
            return None
        holding = [
            (rule.valid_from or date.min, key, rule)
            for key, rule in rules.items()
            if rule.holds(day) and (currency is None or rule.currency == currency)
        ]
        if not holding:
            return None
        _, key, rule = max(holding, key=lambda one: one[:2])
        return key, rule

    def lasting(self, place: Place, day: date) -> bool:
        """Whether something is granted at a place on a day, or will be later."""
        rules = self._rules.get(place, {}).values()
        return any(_grants(rule) and (rule.valid_to is None or day <= rule.valid_to) for rule in rules)

    def places_of(self, who: Who, key: int) -> list[Place]:
        """Places of rules that name this customer, or this group of customers."""
        return self._places.get((who, key), [])

    def concerned(self, what: What, key: int) -> set[tuple[Who, int]]:
        """Customers, and groups of them, whom rules on this very thing name."""
        return self._concerned.get((what, key), set())

    def depth(self, product: int, group: int | None) -> Decimal:
        """The largest percent off a product of a group anybody may be granted by a rule, on whatever day.

        What one customer is granted on everything is left out, and fixed prices.
        """
        found = self._depths.get
        return max(
            found((What.PRODUCT, product), _NOUGHT),
            found((What.GROUP, group or 0), _NOUGHT),
            found((What.ALL_PRODUCTS, 0), _NOUGHT),
        )

    def depth_for(self, buyer: Buyer, product: int, group: int | None) -> Decimal:
        """The same for one buyer."""
        places = _percents_for(buyer, product, group or 0)
        return max(_NOUGHT, *(self._deepest_at.get(place, _NOUGHT) for place in places))

    def fixes(self, product: int) -> bool:
        """Whether there is a fixed price of a product, for whomever."""
        return product in self._fixed

    @cached_property
    def _fixed(self) -> frozenset[int]:
        return frozenset(place[2] for place, rules in self._rules.items() if place[0] >= FIXED and rules)

    @cached_property
    def _deepest_at(self) -> dict[Place, Decimal]:
        found = ((place, rules) for place, rules in self._rules.items() if place[0] not in _APART)
        return {
            place: max((rule.percent or _NOUGHT for rule in rules.values()), default=_NOUGHT) for place, rules in found
        }

    @cached_property
    def deepest(self) -> Decimal:
        """The largest percent of any rule, but those of one customer on everything; fixed prices left out."""
        return max(self._deepest_at.values(), default=_NOUGHT)

    @cached_property
    def surcharge(self) -> Decimal:
        """The largest percent any rule adds."""
        rules = (rule for held in self._rules.values() for rule in held.values())
        return max(_NOUGHT, *(-(rule.percent or _NOUGHT) for rule in rules), _NOUGHT)

    @cached_property
    def _depths(self) -> dict[tuple[What, int], Decimal]:
        found: dict[tuple[What, int], Decimal] = {}
        for place, most in self._deepest_at.items():
            thing = (SHAPES[place[0]][1], place[2])
            found[thing] = max(found.get(thing, _NOUGHT), most)
        return found

    @cached_property
    def _concerned(self) -> dict[tuple[What, int], set[tuple[Who, int]]]:
        found: defaultdict[tuple[What, int], set[tuple[Who, int]]] = defaultdict(set)
        for type_, who, on in self._rules:
            whose, which = SHAPES[type_]
            if whose is not Who.ALL:
                found[which, on].add((whose, who))
        return found

    @cached_property
    def _places(self) -> dict[tuple[Who, int], list[Place]]:
        found: defaultdict[tuple[Who, int], list[Place]] = defaultdict(list)
        for place in self._rules:
            found[SHAPES[place[0]][0], place[1]].append(place)
        return found


def place_of(rule: Rule) -> Place:
    return rule.type, rule.who_key, rule.what_key


def granted(customer: int, card: Decimal | None, book: Book, day: date) -> Decimal | None:
    """The percent a customer is granted on everything: by a rule, else by the card; None for nothing."""
    found = book.winner((EVERYTHING_OF_A_CUSTOMER, customer, 0), day)
    return (card or None) if found is None else found[1].percent


def deepens(was: Rule | None, now: Rule, jump: Decimal) -> bool:
    """Whether a rule takes off more than the jump of what it left before; a fixed price may, where it is new."""
    before = was if was is not None and place_of(was) == place_of(now) else None
    if now.type >= FIXED:
        held = None if before is None or before.currency != now.currency else before.price
        return held is None or (now.price or _NOUGHT) < held * (1 - jump)
    left = HUNDRED - (_NOUGHT if before is None else before.percent or _NOUGHT)
    return HUNDRED - (now.percent or _NOUGHT) < left * (1 - jump)


def quote(product: int, goods: Goods, tag: Tag, buyer: Buyer, book: Book, day: date) -> Quote:
    """What a buyer pays for one base unit: a fixed price, else the start price less the percent of the first rank.

    The largest percent does not win, nor do percents add up; a percent of nought ends the search as well.
    """
    whole = HUNDRED + goods.rate
    for type_, who in ((13, buyer.customer), (12, buyer.group), (11, 0)):
        found = book.winner((type_, who, product), day, tag.currency) if who or type_ in _PUBLIC else None
        if found is not None:
            return Quote(_gross(found[1].price or _NOUGHT, found[1].basis, whole), found[0])
    start = start_of(goods, tag)
    if goods.no_discount:
        return Quote(start)
    places = _percents_for(buyer, product, goods.default_group or 0)
    found = _first(places[:2], book, day)
    if found is None and buyer.percent is not None:
        return Quote(start * (HUNDRED - buyer.percent) / HUNDRED, granted=True)
    found = found or _first(places[2:], book, day)
    if found is None:
        return Quote(start)
    return Quote(start * (HUNDRED - (found[1].percent or _NOUGHT)) / HUNDRED, found[0])


def start_of(goods: Goods, tag: Tag) -> Decimal:
    """The price of a base unit before any discount, gross."""
    return _gross(tag.value, tag.basis, HUNDRED + goods.rate)


def _percents_for(buyer: Buyer, product: int, group: int) -> tuple[Place, ...]:
    """Places of percents a buyer may be granted on a product, by rank; the customer's on everything comes after two."""
    return (
        (6, buyer.customer, product),
        (5, buyer.customer, group),
        (4, buyer.group, product),
        (3, buyer.group, group),
        (1, buyer.group, 0),
        (8, 0, product),
        (7, 0, group),
    )


def _first(places: Iterable[Place], book: Book, day: date) -> tuple[int, Rule] | None:
    """The rule of the first place that has one; whoever is nobody is named by none."""
    rules = (book.winner(place, day) for place in places if place[1] or place[0] in _PUBLIC)
    return next((found for found in rules if found is not None), None)


def _gross(value: Decimal, basis: PriceKind | None, whole: Decimal) -> Decimal:
    return value if basis is PriceKind.GROSS else value * whole / HUNDRED


def _grants(rule: Rule) -> bool:
    return rule.type >= FIXED or (rule.percent or _NOUGHT) > 0
