"""Whom a plan gives other prices: the buyers to ask about where rules or customers change, and who loses terms."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from pomost.model.selling import Rule, Terms
from pomost.model.subject import Area
from pomost.model.trade import What, Who
from pomost.rules.effects import Case, Cause
from pomost.rules.entries import SHAPES
from pomost.rules.quoting import EVERYTHING_OF_A_CUSTOMER, Book, Buyer, Place, granted, place_of

Thing = tuple[What, int]
EVERYTHING: Thing = (What.ALL_PRODUCTS, 0)
_DAY = timedelta(days=1)


@dataclass
class Clients:
    """Customers the shop has and will have; `default`: the price type of whoever has none of their own.

    By key; one who is taken back is in `was` alone, a new one in `will` alone.
    """

    default: int
    was: Mapping[int, Terms] = field(default_factory=dict)
    will: Mapping[int, Terms] = field(default_factory=dict)

    def price_type(self, terms: Terms) -> int:
        return self.default if terms.price_type is None else terms.price_type

    @cached_property
    def price_types(self) -> frozenset[int]:
        """Price types somebody buys at; the default one always, for buyers nobody knows are given it."""
        return frozenset({self.default, *(self.price_type(one) for one in self.will.values())})

    @cached_property
    def members(self) -> Mapping[int, list[int]]:
        """Customers by their group."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for key, one in self.will.items():
            found[one.group].append(key)
        return found

    def price_types_of(self, group: int) -> set[int]:
        """Price types customers of a group buy at."""
        return {self.price_type(self.will[key]) for key in self.members.get(group, ())}

    def staying(self, keys: Collection[int]) -> Iterator[tuple[int, Terms, Terms]]:
        """Of these customers those the shop had and will have, with their terms before and after."""
        return ((key, self.was[key], self.will[key]) for key in sorted(keys) if key in self.was and key in self.will)

    def moves(self, changed: Collection[int]) -> dict[tuple[int, int], set[Cause]]:
        """Price types of buyers before and after, with the customers whose change moves them."""
        found: dict[tuple[int, int], set[Cause]] = {(one, one): set() for one in self.price_types}
        for key, before, after in self.staying(changed):
            move = (self.price_type(before), self.price_type(after))
            if move[0] != move[1]:
                found.setdefault(move, set()).add((Area.CUSTOMER, key))
        return found


@dataclass(frozen=True, slots=True)
class Changed:
    """Rules a plan changes, by key, before and after (None: there is none), with their areas; and customers."""

    before: Mapping[int, Rule | None]
    after: Mapping[int, Rule | None]
    areas: Mapping[int, Area]
    customers: Collection[int] = frozenset()

    def rules(self) -> Iterator[tuple[Cause, list[Rule]]]:
        """Each rule's change with what the rule was and will be."""
        for key, after in self.after.items():
            pair = (self.before.get(key), after)
            yield (self.areas[key], key), [one for one in pair if one is not None]


Cases = Mapping[Thing, list[Case]]
"""Buyers to ask about, by what they buy: everything, products of a group, one product."""
_Asked = defaultdict[Thing, defaultdict[tuple[Buyer, Buyer, date], set[Cause]]]


@dataclass
class _Touch:
    """What a plan changes for one customer: the days it bears on, and the causes by what they bear on."""

    days: set[date] = field(default_factory=set)
    causes: defaultdict[Thing, set[Cause]] = field(default_factory=lambda: defaultdict(set))


def cases_of(changed: Changed, clients: Clients, was: Book, now: Book, today: date) -> Cases:
    """The buyers on whose prices changed rules and customers bear, each once for a thing and a day.

    A rule counts today, on the days it begins and on the days after it ends, as it was and as it will be.
    """
    asked: _Asked = defaultdict(lambda: defaultdict(set))
    touched: defaultdict[int, _Touch] = defaultdict(_Touch)
    for key in changed.customers:
        touched[key].days.add(today)
        touched[key].causes[EVERYTHING].add((Area.CUSTOMER, key))
    for cause, rules in changed.rules():
        days = _days(rules, today)
        for rule in rules:
            who, what = SHAPES[rule.type]
            thing = (what, rule.what_key)
            if who is Who.CUSTOMER:
                touched[rule.who_key].days |= days
                touched[rule.who_key].causes[thing].add(cause)
                continue
            whose = clients.price_types if who is Who.ALL else clients.price_types_of(rule.who_key)
            for buyer in (Buyer(one, group=rule.who_key) for one in whose):
                for day in days:
                    asked[thing][buyer, buyer, day].add(cause)
    for key, touch in touched.items():
        for day, before, after in _customer(key, touch, clients, was, now):
            _ask(asked, touch, (before, after, day), was, now)
    return {
        thing: [Case(before, after, day, frozenset(causes)) for (before, after, day), causes in buyers.items()]
        for thing, buyers in asked.items()
    }


def _customer(key: int, touch: _Touch, clients: Clients, was: Book, now: Book) -> Iterator[tuple[date, Buyer, Buyer]]:
    """A customer as a buyer before and after, on every day that counts; none who comes or goes."""
    for _, old, new in clients.staying([key]):
        for day in touch.days:
            yield day, _known(key, old, clients, was, day), _known(key, new, clients, now, day)


def _ask(asked: _Asked, touch: _Touch, buyer: tuple[Buyer, Buyer, date], was: Book, now: Book) -> None:
    before, after, day = buyer
    general, things = touch.causes.get(EVERYTHING, set()), set(touch.causes)
    if before != after:
        things |= {_thing(place) for book in (was, now) for place in book.places_of(Who.CUSTOMER, before.customer)}
        # Most products are named by no rule of theirs: there they are buyers like any other.
        asked[EVERYTHING][_unknown(before, was), _unknown(after, now), day] |= general
    for thing in things - {EVERYTHING}:
        asked[thing][buyer] |= general | touch.causes.get(thing, set())


def cases_of_thing(thing: Thing, clients: Clients, was: Book, now: Book, day: date) -> list[Case]:
    """Whoever some rule on this very thing names, or a card grants something on everything; for a card that changed."""
    pairs: set[tuple[Buyer, Buyer]] = set()
    if thing == EVERYTHING:
        pairs |= {(Buyer(one), Buyer(one)) for one in clients.price_types}
    named = was.concerned(*thing) | now.concerned(*thing)
    for who, key in named:
        if who is Who.CUSTOMER_GROUP:
            pairs |= {(Buyer(one, group=key), Buyer(one, group=key)) for one in clients.price_types_of(key)}
    keys = {key for who, key in named if who is Who.CUSTOMER}
    if thing == EVERYTHING:
        keys |= {key for key, one in clients.will.items() if one.discount}
    for key, old, new in clients.staying(keys):
        before, after = _known(key, old, clients, was, day), _known(key, new, clients, now, day)
        pairs.add((_unknown(before, was), _unknown(after, now)) if thing == EVERYTHING else (before, after))
    return [Case(before, after, day) for before, after in pairs]


def lost_terms(changed: Changed, clients: Clients, was: Book, now: Book, today: date) -> dict[int, set[Cause]]:
    """Customers who lose a price type or a discount of theirs, or may not buy any more, with the changes that do it.

    A rule that was over before is no loss, nor is one in whose place another one stands.
    """
    found: defaultdict[int, set[Cause]] = defaultdict(set)
    for key, before, after in clients.staying(changed.customers):
        own = before.price_type is not None and after.price_type is None
        poorer = own and clients.price_type(before) != clients.price_type(after)
        if poorer or _poorer(key, before, after, (was, now), today):
            found[key].add((Area.CUSTOMER, key))
    for cause, rules in changed.rules():
        for place in {place_of(rule) for rule in rules}:
            if not was.lasting(place, today) or now.lasting(place, today):
                continue
            who, _ = SHAPES[place[0]]
            losers = [place[1]] if who is Who.CUSTOMER else clients.members.get(place[1], ()) if place[1] else ()
            for key, _, after in clients.staying(losers):
                if place[0] != EVERYTHING_OF_A_CUSTOMER or not _grants(after):
                    found[key].add(cause)
    return found


def _poorer(key: int, before: Terms, after: Terms, books: tuple[Book, Book], today: date) -> bool:
    was, now = books
    instead = now.lasting((EVERYTHING_OF_A_CUSTOMER, key, 0), today)
    left = {(one[0], one[2]) for one in was.places_of(Who.CUSTOMER_GROUP, before.group) if was.lasting(one, today)}
    kept = {(one[0], one[2]) for one in now.places_of(Who.CUSTOMER_GROUP, after.group) if now.lasting(one, today)}
    return (
        (_grants(before) and not _grants(after) and not instead)
        or (after.blocked and not before.blocked)
        or (before.group != after.group and not left <= kept)
    )


def _grants(terms: Terms) -> bool:
    """Whether the card itself grants something; below nought it adds."""
    return terms.discount is not None and terms.discount > 0


def _days(rules: list[Rule], today: date) -> set[date]:
    """The days on which a rule may begin to count or stop counting, from today on."""
    first = {rule.valid_from for rule in rules}
    after = {rule.valid_to + _DAY for rule in rules if rule.valid_to is not None and rule.valid_to < date.max}
    return {today, *(day for day in first | after if day is not None and day > today)}


def _thing(place: Place) -> Thing:
    return SHAPES[place[0]][1], place[2]


def _known(key: int, terms: Terms, clients: Clients, book: Book, day: date) -> Buyer:
    return Buyer(clients.price_type(terms), key, terms.group, granted(key, terms.discount, book, day))


def _unknown(buyer: Buyer, book: Book) -> Buyer:
    """The same buyer as anybody of like terms: customers nobody names are one."""
    return replace(buyer, customer=0, group=buyer.group if book.places_of(Who.CUSTOMER_GROUP, buyer.group) else 0)
