"""What of a plan of entries buyers may feel, noted while it is written: of a product its key and a few bytes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from pomost.model.account import CustomerEntry
from pomost.model.assortment import GroupEntry, PriceTypeEntry, ProductEntry
from pomost.model.change import Change, Drop, Put
from pomost.model.entry import Content, key_of
from pomost.model.selling import Goods, Rule, Tags, Terms
from pomost.model.subject import Area
from pomost.model.trade import DiscountEntry, PricesEntry, StocksEntry
from pomost.rules.effects import Cause
from pomost.rules.guard import Alarm, in_stock
from pomost.rules.quoting import deepens
from pomost.store.packing import pack_goods, pack_tags, unpack_goods, unpack_tags


@dataclass(slots=True)
class Noted:
    """Changes of a plan by the ERP's keys; None: taken back. `cards` and `prices` are packed, as they will be.

    `stockless`: stock that is taken back though its product stays. `parents`: groups that come, or move below another
    one. `price_types`: whether one will be on sale. `vanished`: price types at which some product loses its price,
    `unpriced`: such products. `jumped`: products whose own prices jump: that counts by itself. `steep`: rules that may
    take off more than `jump`, whomever they are for.
    """

    jump: Decimal = Decimal("0.50")
    gone: set[int] = field(default_factory=set)
    cards: dict[int, bytes] = field(default_factory=dict)
    prices: dict[int, bytes] = field(default_factory=dict)
    emptied: set[int] = field(default_factory=set)
    stockless: set[int] = field(default_factory=set)
    parents: dict[int, int | None] = field(default_factory=dict)
    lost_groups: set[int] = field(default_factory=set)
    moved_groups: set[int] = field(default_factory=set)
    price_types: dict[int, bool] = field(default_factory=dict)
    rules: dict[int, Rule | None] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)
    customers: dict[int, Terms | None] = field(default_factory=dict)
    vanished: set[int] = field(default_factory=set)
    unpriced: set[int] = field(default_factory=set)
    steep: set[int] = field(default_factory=set)
    jumped: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether anything has to be weighed: what is new, taken back or sold out alone takes nothing else along.

        Nor does a price that falls: how far is told by the change itself, unless a discount comes to it.
        """
        return bool(self.unpriced or self.stockless or self.groups or self.closed or self.bears_on_discounts)

    @property
    def groups(self) -> set[int]:
        """Groups that go, or move: what is in them may not be found any more."""
        return self.lost_groups | self.moved_groups

    @property
    def closed(self) -> set[int]:
        """Price types nobody can buy at any more."""
        return {key for key, on in self.price_types.items() if not on}

    @property
    def bears_on_discounts(self) -> bool:
        return bool(self.rules or self.customers or self.cards)

    def take(self, changes: Sequence[Change], alarms: Sequence[Alarm | None]) -> None:
        """Note a piece of a plan, with the alarms its changes fall under by themselves."""
        for change, alarm in zip(changes, alarms, strict=True):
            match change:
                case Drop(target=target, lines=lines):
                    self._dropped(target.area, key_of(target), lines)
                case Put(target=target, before=before, after=after):
                    if alarm is Alarm.PRICE_JUMP:
                        self.jumped.add(key_of(target))
                    self._put(target.area, key_of(target), before, after)
                case _:
                    pass

    def alike(self, alarm: Alarm, causes: Collection[Cause]) -> set[Cause]:
        """Changes of the same sorts as those that cause an effect, which do the same harm sooner or later.

        A group nothing is sold in yet, or a rule for somebody who does not buy yet, tells nobody that it is right.
        """
        areas = {area for area, _ in causes}
        found: set[Cause] = set()
        if alarm is Alarm.HIDDEN and Area.GROUP in areas:
            found |= {(Area.GROUP, key) for key in self.groups}
        if alarm is Alarm.HIDDEN and areas & {Area.PRICES, Area.PRICE_TYPE}:
            found |= {(Area.PRICE_TYPE, key) for key in self.closed} | {(Area.PRICES, key) for key in self.unpriced}
        if alarm is Alarm.CHEAPER and areas & {Area.CUSTOMER_DISCOUNT, Area.PUBLIC_DISCOUNT}:
            found |= {(self.areas[key], key) for key in self.steep}
        return found

    def without(self, waiting: Collection[Alarm], causes: Collection[Cause]) -> "Noted":
        """What goes on while these alarms wait, and with them the changes that cause them."""
        left: defaultdict[Area, set[int]] = defaultdict(set)
        for area, key in causes:
            left[area].add(key)
        rules = left[Area.CUSTOMER_DISCOUNT] | left[Area.PUBLIC_DISCOUNT]
        prices = left[Area.PRICES] | (self.jumped if Alarm.PRICE_JUMP in waiting else set())
        return Noted(
            jump=self.jump,
            gone=set() if Alarm.WITHDRAWN in waiting else self.gone,
            cards=_except(self.cards, left[Area.PRODUCT]),
            prices=_except(self.prices, prices),
            emptied=set() if Alarm.ZEROED in waiting else self.emptied,
            stockless=self.stockless - left[Area.STOCKS],
            parents=_except(self.parents, left[Area.GROUP]),
            lost_groups=self.lost_groups - left[Area.GROUP],
            moved_groups=self.moved_groups - left[Area.GROUP],
            price_types=_except(self.price_types, left[Area.PRICE_TYPE]),
            rules=_except(self.rules, rules),
            areas=_except(self.areas, rules),
            customers={
                key: terms
                for key, terms in self.customers.items()
                if key not in left[Area.CUSTOMER] and not (terms is None and Alarm.UNASSIGNED in waiting)
            },
            vanished=self.vanished,
            unpriced=self.unpriced - prices,
            jumped=self.jumped - prices,
        )

    def card(self, key: int, goods: Goods) -> Goods:
        """A product's card as it will be."""
        return unpack_goods(self.cards[key]) if key in self.cards else goods

    def tags(self, key: int, tags: Tags) -> Tags:
        """A product's prices as they will be."""
        return unpack_tags(self.prices[key]) if key in self.prices else tags

    def _dropped(self, area: Area, key: int, lines: Sequence[int]) -> None:
        match area:
            case Area.PRODUCT:
                self.gone.add(key)
            case Area.PRICES:
                self.unpriced.add(key)
                self.vanished.update(lines)
                self.prices[key] = pack_tags(Tags())
            case Area.STOCKS:
                self.stockless.add(key)
            case Area.GROUP:
                self.lost_groups.add(key)
            case Area.PRICE_TYPE:
                self.price_types[key] = False
            case Area.CUSTOMER:
                self.customers[key] = None
            case Area.CUSTOMER_DISCOUNT | Area.PUBLIC_DISCOUNT:
                self.rules.setdefault(key, None)  # it may stand in the other area by now
                self.areas.setdefault(key, area)
            case _:
                pass

    def _put(self, area: Area, key: int, before: Content | None, after: Content) -> None:  # noqa: C901, PLR0912  (one case an area)
        match before, after:
            case ProductEntry(), ProductEntry():
                card = Goods.of(after)
                if replace(Goods.of(before), vat=card.vat) != card:
                    self.cards[key] = pack_goods(card)
            case PricesEntry(), PricesEntry():
                self._priced(key, Tags.of(before), Tags.of(after))
            case StocksEntry(), StocksEntry():
                if in_stock(before.lines) and not in_stock(after.lines):
                    self.emptied.add(key)
            case ((GroupEntry() | None), GroupEntry()):
                self.lost_groups.discard(key)
                if before is None or before.parent != after.parent:
                    self.parents[key] = after.parent
                    if before is not None:
                        self.moved_groups.add(key)
            case ((PriceTypeEntry() | None), PriceTypeEntry()):
                if before is None or before.active != after.active:
                    self.price_types[key] = after.active
            case ((DiscountEntry() | None), DiscountEntry()):
                was, now = None if before is None else rule_of(before), rule_of(after)
                if was != now:
                    self.rules[key], self.areas[key] = now, area
                    if deepens(was, now, self.jump):
                        self.steep.add(key)
            case CustomerEntry(), CustomerEntry():
                if Terms.of(before) != Terms.of(after):
                    self.customers[key] = Terms.of(after)
            case _:
                pass

    def _priced(self, key: int, held: Tags, now: Tags) -> None:
        """Prices of which one vanishes or is not what it was; rises matter only to whoever moves to that price type."""
        worse = False
        for one in held.lines:
            other = now.at(one.price_type)
            if other is None:
                self.vanished.add(one.price_type)
                self.unpriced.add(key)
            if other is None or other.value < one.value or (other.basis, other.currency) != (one.basis, one.currency):
                worse = True
        if worse or (self.customers and held != now):
            self.prices[key] = pack_tags(now)


_V = TypeVar("_V")


def _except(held: Mapping[int, _V], keys: Collection[int]) -> dict[int, _V]:
    return {key: value for key, value in held.items() if key not in keys}


def rule_of(entry: DiscountEntry) -> Rule:
    return Rule(
        entry.type,
        entry.who_key,
        entry.what_key,
        entry.percent,
        entry.price,
        entry.basis,
        entry.currency,
        entry.valid_from,
        entry.valid_to,
    )
