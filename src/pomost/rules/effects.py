"""What buyers lose by a plan: goods they can no longer see or buy, prices that fall; and which changes cause it.

What stands now is held against what will stand. A price is compared for one and the same day, so that what happens by
the dates of standing rules alone is no effect of a plan.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pomost.model.selling import Goods, Tags
from pomost.model.subject import Area
from pomost.rules.grouping import DEEPEST
from pomost.rules.quoting import HUNDRED, Book, Buyer, Quote, quote, start_of

Cause = tuple[Area, int]
"""A change of the plan, by its area and the ERP's key."""
NOTHING: frozenset[Cause] = frozenset()
_NO_PRICES = Tags()
_NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shown:
    """One product as the shop has it. `goods` None: not there. `stocked`: something is in stock, or nobody counts."""

    goods: Goods | None
    tags: Tags = _NO_PRICES
    stocked: bool = True


@dataclass(slots=True)
class Scene:
    """What stands around products: groups with the ones above them, price types on sale, and rules of discount."""

    root: int
    parents: Mapping[int, int | None]
    price_types: Collection[int]
    book: Book = field(default_factory=lambda: Book({}))
    _shows: dict[int | None, bool] = field(default_factory=dict)

    def line(self, group: int | None) -> list[int]:
        """A group and those above it, as far as they are there; at most as many as a shop takes, and the root."""
        found: list[int] = []
        while group is not None and group in self.parents and len(found) <= DEEPEST and group not in found:
            found.append(group)
            group = self.parents[group]
        return found

    def shows(self, group: int | None) -> bool:
        """Whether buyers find what is in a group: it and all above it are there, up to the root."""
        if group not in self._shows:
            self._shows[group] = self.line(group)[-1:] == [self.root]
        return self._shows[group]


@dataclass(frozen=True, slots=True)
class Touched:
    """Keys a plan changes, as far as buyers may feel it.

    `stocks`: those taken back though their products stay. `rules`: with the area each is in.
    """

    cards: Collection[int] = frozenset()
    prices: Collection[int] = frozenset()
    groups: Collection[int] = frozenset()
    price_types: Collection[int] = frozenset()
    stocks: Collection[int] = frozenset()
    rules: Mapping[int, Area] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One buyer before and after, on a day. `causes`: the changes on account of which this buyer is asked about."""

    before: Buyer
    after: Buyer
    day: date
    causes: frozenset[Cause] = NOTHING


@dataclass(frozen=True, slots=True)
class Crowd:
    """Buyers with one price type before and one after: of `parts`, or `cases` of one customer or one group of them.

    `buyer`: whom rules may name, None for any of them. `most`: the largest percent one of them is granted on
    everything; `paid`: the largest one of them paid more before.
    """

    price_types: tuple[int, int]
    buyer: Buyer | None
    most: Decimal
    paid: Decimal
    cases: tuple[Case, ...] = ()
    parts: tuple["Crowd", ...] = ()

    @property
    def moves(self) -> bool:
        """Whether they are offered the prices of another price type."""
        return self.price_types[0] != self.price_types[1]


def crowds(cases: Iterable[Case]) -> list[Crowd]:
    """The same buyers by what they have in common, for most of them need not be asked one by one."""
    found: defaultdict[tuple[int, int], defaultdict[Buyer, list[Case]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        found[case.before.price_type, case.after.price_type][replace(case.after, percent=None)].append(case)
    made: list[Crowd] = []
    for price_types, alike in found.items():
        parts = tuple(_crowd(price_types, buyer, whole) for buyer, whole in alike.items())
        most, paid = max(one.most for one in parts), max(one.paid for one in parts)
        made.append(Crowd(price_types, None, most, paid, parts=parts))
    return made


def _crowd(price_types: tuple[int, int], buyer: Buyer, cases: Sequence[Case]) -> Crowd:
    most = max(_NOUGHT, *(one.after.percent or _NOUGHT for one in cases))
    paid = max(_NOUGHT, *(-(one.before.percent or _NOUGHT) for one in cases))
    return Crowd(price_types, buyer, most, paid, tuple(cases))


@dataclass(frozen=True, slots=True)
class Loss:
    """Why goods are lost: the changes, and price types of buyers who are moved. None of both: it counts by itself."""

    causes: frozenset[Cause] = NOTHING
    moves: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fall:
    """Why a price falls: the changes, and whether what changed for the buyer is among them."""

    causes: frozenset[Cause]
    of_buyer: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A shop before and after a plan. `jump`: the share by which a price may fall."""

    was: Scene
    will: Scene
    touched: Touched
    jump: Decimal

    def loss(self, key: int, before: Shown, after: Shown, moves: Collection[tuple[int, int]]) -> Loss | None:
        """Why buyers no longer see or buy a product; None where they still do, or did not before.

        `moves`: price types buyers have and will have. Goods taken back or sold out are lost, and count by themselves.
        """
        if before.goods is None or not self.was.shows(before.goods.default_group):
            return None
        if after.goods is None:
            return Loss()
        group = after.goods.default_group
        if not self.will.shows(group):
            line = {*self.was.line(before.goods.default_group), *self.will.line(group), *_next(self.will, group)}
            moved = {(Area.PRODUCT, key)} if group != before.goods.default_group else set()
            return Loss(frozenset(moved | {(Area.GROUP, one) for one in line if one in self.touched.groups}))
        lost = [
            (old, new)
            for old, new in moves
            if self._sells(before, self.was, old) and not self._sells(after, self.will, new)
        ]
        moved_buyers = tuple(one for one in lost if one[0] != one[1])
        return Loss(frozenset(self._unsold(key, before, after, lost)), moved_buyers) if lost else None

    def _unsold(self, key: int, before: Shown, after: Shown, lost: Sequence[tuple[int, int]]) -> Iterator[Cause]:
        was, now = before.goods, after.goods
        if was is not None and now is not None and key in self.touched.cards:
            asks = now.ask_for_price and not was.ask_for_price
            if asks or (now.counted and not was.counted and not after.stocked):
                yield Area.PRODUCT, key
        if key in self.touched.stocks:
            yield Area.STOCKS, key
        for _, price_type in lost:
            if price_type not in self.will.price_types and price_type in self.touched.price_types:
                yield Area.PRICE_TYPE, price_type
            if after.tags.at(price_type) is None and key in self.touched.prices:
                yield Area.PRICES, key

    @staticmethod
    def _sells(shown: Shown, scene: Scene, price_type: int) -> bool:
        """Whether a buyer of a price type can have a product that is seen."""
        goods = shown.goods
        return (
            goods is not None
            and not goods.ask_for_price
            and (shown.stocked or not goods.counted)
            and price_type in scene.price_types
            and shown.tags.at(price_type) is not None
        )

    @property
    def enough(self) -> Decimal:
        """The percent up to which no discount alone makes a price fall too far, whoever paid more before."""
        return HUNDRED - (HUNDRED + self.was.book.surcharge) * (1 - self.jump)

    def may_fall(self, key: int, before: Shown, after: Shown, crowd: Crowd) -> bool:
        """Whether a price may have fallen too far for one of a crowd, by the most that may be granted to any of them.

        Where it may not nobody need be asked. A fixed price may be any, before and after.
        """
        goods, will = after.goods, self.will.book
        old, new = before.tags.at(crowd.price_types[0]), after.tags.at(crowd.price_types[1])
        if before.goods is None or goods is None or old is None or new is None:
            return False
        if self.was.book.fixes(key) or will.fixes(key):
            return True
        start, left = start_of(before.goods, old), start_of(goods, new)
        highest = start * (HUNDRED + max(self.was.book.surcharge, crowd.paid)) * (1 - self.jump)
        group = goods.default_group
        most = will.depth(key, group) if crowd.buyer is None else will.depth_for(crowd.buyer, key, group)
        return left * (HUNDRED - max(most, crowd.most)) < highest

    def fall(self, key: int, before: Shown, after: Shown, case: Case) -> Fall | None:
        """Why a product is cheaper by more than the jump for a buyer; None where it is not, or no change did it.

        Prices are only compared where the buyer can have the product before and after, in one currency.
        """
        old, new = before.tags.at(case.before.price_type), after.tags.at(case.after.price_type)
        if before.goods is None or after.goods is None or old is None or new is None or old.currency != new.currency:
            return None
        was = quote(key, before.goods, old, case.before, self.was.book, case.day)
        now = quote(key, after.goods, new, case.after, self.will.book, case.day)
        if was.gross - now.gross <= self.jump * was.gross:
            return None
        found = Fall(frozenset(self._cheapened(key, before, after, (was, now))), case.before != case.after)
        return found if found.causes or found.of_buyer else None

    def _cheapened(self, key: int, before: Shown, after: Shown, quotes: tuple[Quote, Quote]) -> Iterator[Cause]:
        for one in quotes:
            if one.rule is not None and one.rule in self.touched.rules:
                yield self.touched.rules[one.rule], one.rule
        if key in self.touched.cards and _priced(before.goods) != _priced(after.goods):
            yield Area.PRODUCT, key
        if key in self.touched.prices and before.tags != after.tags:
            yield Area.PRICES, key


def _priced(goods: Goods | None) -> tuple[int | None, bool] | None:
    return None if goods is None else (goods.default_group, goods.no_discount)


def _next(scene: Scene, group: int | None) -> list[int]:
    """The group at which the line of a product breaks off: what it hangs on, and is not there."""
    line = scene.line(group)
    above = scene.parents[line[-1]] if line else group
    return [] if above is None else [above]
