"""The effects of a plan of entries, weighed against what the shop holds once the whole plan is known.

A plan of which buyers feel nothing is not weighed. Where groups, price types or rules change, every product the shop
holds passes by once, in key order; else only those the plan touches.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pomost.model.selling import Rule
from pomost.model.trade import What
from pomost.ports.entries import EntryTerrain
from pomost.rules.clients import EVERYTHING, Changed, Clients, Thing, cases_of, cases_of_thing, lost_terms
from pomost.rules.effects import Cause, Comparison, Crowd, Scene, Shown, Touched, crowds
from pomost.rules.guard import Alarm
from pomost.rules.quoting import Book
from pomost.runs.noting import Noted
from pomost.store.selling import Selling

_PIECE = 500


@dataclass(slots=True)
class Effects:
    """What buyers lose: products and customers under each alarm, and the changes that cause it."""

    counts: Counter[Alarm] = field(default_factory=Counter)
    causes: defaultdict[Alarm, set[Cause]] = field(default_factory=lambda: defaultdict(set))

    def add(self, alarm: Alarm, causes: Collection[Cause], *, counted: bool = True) -> None:
        self.causes[alarm].update(causes)
        self.counts[alarm] += counted


def weigh(noted: Noted, selling: Selling, shop: EntryTerrain, jump: Decimal, today: date) -> Effects:
    """The effects of what was noted: goods hidden, prices fallen for some buyer, customers who lose their terms."""
    found = Effects()
    if not noted:
        return found
    scale = _Scale.of(noted, selling, shop, jump, today)
    moved: set[tuple[int, int]] = set()
    for losses in scale.losers.values():
        found.add(Alarm.TERMS, losses)
    for key, before, after in scale.products():
        lost = scale.comparison.loss(key, before, after, scale.moves.keys())
        if lost is None:
            _weigh_price(scale, found, key, before, after)
        elif lost.causes or lost.moves:
            found.add(Alarm.HIDDEN, lost.causes)
            moved.update(lost.moves)
    for move in moved:
        found.causes[Alarm.HIDDEN] |= scale.moves[move]
    return found


def _weigh_price(scale: "_Scale", found: Effects, key: int, before: Shown, after: Shown) -> None:
    """Ask buyers about a product until one finds it too cheap, and then those nothing was found about yet."""
    fallen = key in scale.noted.jumped
    for crowd in scale.asked(key, before, after):
        fallen = _ask(scale, found, crowd, (key, before, after), fallen=fallen)


def _ask(scale: "_Scale", found: Effects, crowd: Crowd, product: tuple[int, Shown, Shown], *, fallen: bool) -> bool:
    """Whether a product has fallen for somebody. Products are counted once, and changes blamed once."""
    blamed, comparison = scale.blamed, scale.comparison
    if (fallen and id(crowd) in blamed) or not comparison.may_fall(*product, crowd):
        return fallen
    for part in crowd.parts:
        fallen = _ask(scale, found, part, product, fallen=fallen)
    for case in crowd.cases:
        if fallen and id(case) in blamed:
            continue
        fall = comparison.fall(*product, case)
        if fall is not None:
            causes = fall.causes | case.causes if fall.of_buyer and id(case) not in blamed else fall.causes
            found.add(Alarm.CHEAPER, causes, counted=not fallen)
            fallen = True
            blamed.add(id(case))
    if all(id(one) in blamed for one in (*crowd.parts, *crowd.cases)):
        blamed.add(id(crowd))
    return fallen


@dataclass(slots=True)
class _Scale:
    """What effects are weighed with.

    `wide`: every product has to be looked at, not those of the plan alone. `blamed`: buyers (by identity) on whose
    account all there is to be found was found.
    """

    noted: Noted
    selling: Selling
    comparison: Comparison
    clients: Clients
    moves: Mapping[tuple[int, int], set[Cause]]
    cases: Mapping[Thing, Sequence[Crowd]]
    losers: Mapping[int, set[Cause]]
    today: date
    wide: bool = False
    blamed: set[int] = field(default_factory=set)
    _of_things: dict[Thing, Sequence[Crowd]] = field(default_factory=dict)

    @classmethod
    def of(cls, noted: Noted, selling: Selling, shop: EntryTerrain, jump: Decimal, today: date) -> "_Scale":
        was, now, before = _books(noted, selling)
        clients = _clients(noted, selling, shop)
        changed = Changed(before, noted.rules, noted.areas, noted.customers.keys())
        touched = Touched(
            noted.cards.keys(), noted.prices.keys(), noted.groups, noted.closed, noted.stockless, noted.areas
        )
        comparison = Comparison(*_scenes(noted, selling, shop, was, now), touched, jump)
        cases = {thing: crowds(alike) for thing, alike in cases_of(changed, clients, was, now, today).items()}
        losers = lost_terms(changed, clients, was, now, today)
        made = cls(noted, selling, comparison, clients, clients.moves(noted.customers.keys()), cases, losers, today)
        made.wide = made.is_wide()
        return made

    def is_wide(self) -> bool:
        """Whether goods nothing of whose own changes may be lost or get cheaper."""
        if self.noted.groups or self.noted.closed or len(self.moves) > len(self.clients.price_types):
            return True
        enough = self.comparison.enough
        everywhere = self.cases.get(EVERYTHING, ())
        steep = any(one.moves or one.most > enough or one.paid > 0 for one in everywhere)
        many = any(thing[0] is not What.PRODUCT for thing in self.cases)
        return steep or (many and self.comparison.will.book.deepest > enough)

    def products(self) -> Iterator[tuple[int, Shown, Shown]]:
        """Products that may be lost or get cheaper, as they are and as they will be, in key order."""
        if self.wide:
            yield from self._overlaid(None)
            return
        named = {key for what, key in self.cases if what is What.PRODUCT}
        prices = self.noted.prices.keys() if self.noted.bears_on_discounts else self.noted.unpriced
        keys = sorted(named | self.noted.cards.keys() | self.noted.stockless | prices)
        for start in range(0, len(keys), _PIECE):
            yield from self._overlaid(keys[start : start + _PIECE])

    def _overlaid(self, keys: Sequence[int] | None) -> Iterator[tuple[int, Shown, Shown]]:
        noted = self.noted
        for key, goods, tags, stocked in self.selling.goods(keys):
            before = after = Shown(goods, tags, stocked)
            if key in noted.gone:
                after = Shown(None)
            elif key in noted.cards or key in noted.prices or key in noted.emptied or key in noted.stockless:
                left = stocked and key not in noted.emptied and key not in noted.stockless
                after = Shown(noted.card(key, goods), noted.tags(key, tags), left)
            yield key, before, after

    def asked(self, key: int, before: Shown, after: Shown) -> Iterator[Crowd]:
        """The buyers to ask about one product."""
        if not self.cases and key not in self.noted.cards:
            return
        groups = {shown.goods.default_group or 0 for shown in (before, after) if shown.goods is not None}
        things = [EVERYTHING, (What.PRODUCT, key), *((What.GROUP, one) for one in groups)]
        for thing in things:
            yield from self.cases.get(thing, ())
        if key in self.noted.cards:
            yield from self._of_card(key, before, after)

    def _of_card(self, key: int, before: Shown, after: Shown) -> Iterator[Crowd]:
        """Whoever has to be asked because a product moved to another group, or its discounts are stopped no more."""
        if before.goods is None or after.goods is None:
            return
        groups = {before.goods.default_group or 0, after.goods.default_group or 0}
        things: list[Thing] = [(What.GROUP, one) for one in groups] if len(groups) > 1 else []
        if before.goods.no_discount and not after.goods.no_discount:
            things = [EVERYTHING, (What.PRODUCT, key), *((What.GROUP, one) for one in groups)]
        if things and EVERYTHING not in things:
            things.append(EVERYTHING)
        for thing in things:
            if thing not in self._of_things:
                books = self.comparison.was.book, self.comparison.will.book
                self._of_things[thing] = crowds(cases_of_thing(thing, self.clients, *books, self.today))
            yield from self._of_things[thing]


def _books(noted: Noted, selling: Selling) -> tuple[Book, Book, dict[int, Rule | None]]:
    """Rules of discount as they are and as they will be; the changed ones as they are, by key."""
    if not noted.bears_on_discounts:
        return Book({}), Book({}), {}
    before: dict[int, Rule | None] = {}

    def told() -> Iterator[tuple[int, Rule]]:
        for key, rule in selling.rules():
            if key in noted.rules:
                before[key] = rule
            yield key, rule

    was = Book.of(told())
    return was, was.changed(before, noted.rules), before


def _clients(noted: Noted, selling: Selling, shop: EntryTerrain) -> Clients:
    """Customers before and after, where it matters who buys at which price."""
    default = shop.price_type
    if not (noted.bears_on_discounts or noted.closed or noted.vanished - {default}):
        return Clients(default)
    was = dict(selling.customers())
    if not noted.customers:
        return Clients(default, was, was)
    now = {key: noted.customers.get(key, terms) for key, terms in was.items()}
    return Clients(default, was, {key: terms for key, terms in now.items() if terms is not None})


def _scenes(noted: Noted, selling: Selling, shop: EntryTerrain, was: Book, now: Book) -> tuple[Scene, Scene]:
    groups, sold = selling.groups(), selling.price_types()
    groups[shop.root] = None  # the root need not have been sent to be there
    after = {key: parent for key, parent in groups.items() if key not in noted.lost_groups} | noted.parents
    on_sale = (sold | noted.price_types.keys()) - noted.closed
    return Scene(shop.root, groups, sold, was), Scene(shop.root, after, on_sale, now)
