"""How much buyers may lose unattended: counts of alarming changes and effects against what stands on offer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pomost.model.change import Amend, Area, Assign, Change, Drop, DropSegment, Put, SetStock, Unassign, Withdraw
from pomost.model.customer import Assignment
from pomost.model.offer import Offer, Stock
from pomost.model.policy import GuardPolicy
from pomost.model.text import Text
from pomost.model.trade import PriceLine, PricesEntry, StockLine, StocksEntry


class Alarm(StrEnum):
    """What a guard counts, by what buyers lose of it and how; only these wait for a person, everything else goes on.

    HIDDEN: goods nobody sees or can buy any more though they are not withdrawn (their group, price or price level is
    gone, or they are hidden in a branch). CHEAPER: goods whose price falls for some buyer because of discounts or of
    the buyer's own terms. TERMS: customers who lose their price type or a discount.
    """

    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    ZEROED = "zeroed"
    PRICE_JUMP = "price jump"
    CHEAPER = "cheaper"
    UNASSIGNED = "unassigned"
    TERMS = "terms"
    EMPTIED = "emptied"
    SWEPT = "swept"
    VANISHED = "vanished"
    RESTORED = "restored"


_GOODS = (Alarm.WITHDRAWN, Alarm.HIDDEN, Alarm.ZEROED)
_PRICES = (Alarm.PRICE_JUMP, Alarm.CHEAPER)
_CUSTOMERS = (Alarm.UNASSIGNED, Alarm.TERMS)
_EFFECTS = (_GOODS, _PRICES, _CUSTOMERS)
"""What is lost: goods, a price, customers. Alarms of one effect are added up, for buyers lose the same by each of them.

What is in none of them always waits: an empty area, what the shop itself would drop, a restored ERP.
"""
_TALLIED = {
    Alarm.WITHDRAWN: "withdrawn",
    Alarm.ZEROED: "zeroed",
    Alarm.PRICE_JUMP: "jumped",
    Alarm.UNASSIGNED: "unassigned",
    Alarm.HIDDEN: "hidden",
    Alarm.CHEAPER: "cheaper",
    Alarm.TERMS: "terms",
}
"""Alarms that are counted, with the names of their counts."""
_EMPTYING = frozenset({*_GOODS, Alarm.UNASSIGNED})
"""Alarms that wait however few they are when nothing would be left."""
_DROPS = {Area.PRODUCT: Alarm.WITHDRAWN, Area.CUSTOMER: Alarm.UNASSIGNED}


def effect_of(alarm: str) -> str:
    """How counts of a run name what buyers lose by its plan as a whole, beyond what each change tells by itself."""
    return f"effect.{alarm}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Products, and customers, under each alarm that is counted."""

    withdrawn: int = 0
    zeroed: int = 0
    jumped: int = 0
    unassigned: int = 0
    hidden: int = 0
    cheaper: int = 0
    terms: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: self.of(alarm) + other.of(alarm) for alarm, name in _TALLIED.items()})

    @classmethod
    def by(cls, counts: Mapping[Alarm, int]) -> "Tally":
        return cls(**{name: counts.get(alarm, 0) for alarm, name in _TALLIED.items()})

    def at_least(self, alarm: Alarm, count: int) -> "Tally":
        """The same with no fewer than so many under an alarm."""
        name = _TALLIED.get(alarm)
        return self if name is None or self.of(alarm) >= count else replace(self, **{name: count})

    def of(self, alarm: Alarm) -> int:
        """How many there are under an alarm; none under one that is not counted."""
        return int(getattr(self, _TALLIED[alarm])) if alarm in _TALLIED else 0


@dataclass(frozen=True, slots=True)
class Stop:
    """One kind of change held back: how many there are, how many may pass, out of how many."""

    alarm: Alarm
    count: int
    limit: int
    standing: int

    def as_facts(self) -> dict[str, object]:
        """For the journal."""
        return {"alarm": self.alarm, "count": self.count, "limit": self.limit, "standing": self.standing}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Stop":
        return cls(Alarm(facts["alarm"]), facts["count"], facts["limit"], facts["standing"])

    @property
    def why(self) -> Text:
        names = {
            Alarm.WITHDRAWN: Text("wycofanie {count} z {standing} towarów", "{count} of {standing} products withdrawn"),
            Alarm.ZEROED: Text(
                "wyzerowanie stanu {count} z {standing} towarów", "{count} of {standing} products going to nought"
            ),
            Alarm.HIDDEN: Text(
                "zniknięcie ze sprzedaży {count} z {standing} towarów (grupa, cena, poziom cen albo widoczność)",
                "{count} of {standing} products vanishing from sale (their group, price, price level or visibility)",
            ),
            Alarm.PRICE_JUMP: Text(
                "zmiana ceny ponad dopuszczalny skok dla {count} z {standing} towarów",
                "{count} of {standing} prices moving beyond the allowed jump",
            ),
            Alarm.CHEAPER: Text(
                "spadek ceny ponad dopuszczalny skok dla {count} z {standing} towarów (rabaty, warunki kontrahentów)",
                "{count} of {standing} products getting cheaper beyond the allowed jump (discounts, customers' terms)",
            ),
            Alarm.TERMS: Text(
                "utrata warunków (rodzaj ceny, rabat) przez {count} z {standing} kontrahentów",
                "{count} of {standing} customers losing their terms (price type, discount)",
            ),
            Alarm.UNASSIGNED: Text(
                "cofnięcie przypisania {count} z {standing} kontrahentów",
                "{count} of {standing} customers losing their assignment",
            ),
            Alarm.EMPTIED: Text(
                "wycofanie wszystkich pozycji obszaru, który w ERP jest pusty ({count} z {standing})",
                "everything of an area the ERP has nothing of any more withdrawn ({count} of {standing})",
            ),
            Alarm.SWEPT: Text(
                "wycofanie {count} pozycji sklepu, których nie ma w ERP",
                "{count} of the shop's items withdrawn that the ERP does not have",
            ),
            Alarm.VANISHED: Text(
                "status „usunięty” dla {count} z {standing} zamówień, których dokumenty zniknęły z ERP naraz",
                "“deleted” told of {count} of {standing} orders whose documents vanished from the ERP together",
            ),
            Alarm.RESTORED: Text(
                "cały plan ({count}), bo baza ERP wygląda na przywróconą z kopii (w sklepie stoi {standing})",
                "the whole plan ({count}), for the ERP's database looks restored from a copy ({standing} stand in the "
                "shop)",
            ),
        }
        limit = Text("; bez zatwierdzenia najwyżej {limit}", "; at most {limit} without approval")
        text = names[self.alarm].fill(count=self.count, standing=self.standing)
        suffix = limit.fill(limit=self.limit)
        return Text(text.pl + suffix.pl, text.en + suffix.en)


def alarm_of(change: Change, policy: GuardPolicy) -> Alarm | None:  # noqa: C901, PLR0911  (one branch per kind)
    """Which alarm a change falls under by itself, if any."""
    match change:
        case Withdraw():
            return Alarm.WITHDRAWN
        case SetStock(before=Stock() as held, after=now):
            if held.quantity > 0 >= now.quantity:
                return Alarm.ZEROED
            return Alarm.HIDDEN if held.visible is not False and now.visible is False else None
        case Amend(before=Offer() as held, after=now):
            return Alarm.PRICE_JUMP if _jumped(held, now, policy.price_jump) else None
        case Drop(again=True):
            return None
        case Drop(target=target):
            return _DROPS.get(target.area)
        case Put(before=StocksEntry(lines=held), after=StocksEntry(lines=now)):
            return Alarm.ZEROED if in_stock(held) and not in_stock(now) else None
        case Put(before=PricesEntry(lines=was), after=PricesEntry(lines=prices)):
            return Alarm.PRICE_JUMP if _any_jumped(was, prices, policy.price_jump) else None
        case Assign(before=Assignment(segment=str(segment)), after=Assignment(segment="")) if segment:
            return Alarm.UNASSIGNED
        case Unassign() | DropSegment():  # a segment waits with those who have to leave it first
            return Alarm.UNASSIGNED
        case _:
            return None


def alarms_of(changes: Sequence[Change], policy: GuardPolicy) -> list[Alarm | None]:
    """The alarm of each change of whole products (all changes of a product must come in one call).

    Where the unit of an offer changes, unit, price and quantity wait together: a quantity in other units than the offer
    is sold in would be sold.
    """
    found = [alarm_of(change, policy) for change in changes]
    moved = {change.target.product_id for change in changes if isinstance(change, Amend) and change.moves_unit}
    if not moved:
        return found
    told = list(zip(changes, found, strict=True))
    shared: dict[str, Alarm] = {}
    for change, alarm in told:
        if alarm is not None and isinstance(change, SetStock):
            shared.setdefault(change.target.product_id, alarm)
    for change, alarm in told:
        if alarm is not None and isinstance(change, Amend):
            shared[change.target.product_id] = alarm
    return [
        shared.get(change.target.product_id)
        if isinstance(change, Amend | SetStock) and change.target.product_id in moved
        else alarm
        for change, alarm in told
    ]


def tally(changes: Sequence[Change], policy: GuardPolicy) -> Tally:
    """Alarms of the changes of whole products (all changes of a product must come in one call)."""
    things: defaultdict[Alarm, set[str]] = defaultdict(set)
    for change, alarm in zip(changes, alarms_of(changes, policy), strict=True):
        if alarm is not None and not isinstance(change, DropSegment):
            things[alarm].add(change.target.id)
    return Tally.by({alarm: len(ids) for alarm, ids in things.items()})


def stops(planned: Tally, recent: Tally, standing: int, policy: GuardPolicy, assigned: int = 0) -> tuple[Stop, ...]:
    """Alarms over the limit. `recent`: what passed unattended within the policy's hours.

    `standing`: products on offer; `assigned`: customers with something of ours. The limit is the greater of the share
    and the floor, over everything that has the same effect, planned and recent together, so that nothing passes one by
    one. Over it, the most numerous alarm waits first, and the next only where the rest is still too much. An offer that
    would be emptied or wholly zeroed, and a list of customers that would be emptied, always wait, however small.
    """
    found: list[Stop] = []
    for effect in _EFFECTS:
        customers = effect is _CUSTOMERS
        of, gone = (assigned, recent.unassigned) if customers else (standing, recent.withdrawn)
        limit = max(policy.floor, int(policy.share * (of + gone)))
        room = max(limit - sum(recent.of(alarm) for alarm in effect), 0)
        rest = sum(planned.of(alarm) for alarm in effect)
        leaving = sum(planned.of(alarm) for alarm in effect if alarm in _EMPTYING)
        for alarm in sorted(effect, key=planned.of, reverse=True):
            count = planned.of(alarm)
            # One product selling out is trade, not an empty answer: a lone product may go to nought by itself.
            wholly = alarm in _EMPTYING and (alarm is not Alarm.ZEROED or of > 1)
            empties = wholly and leaving >= of
            if count and (empties or rest > room):
                found.append(Stop(alarm, count, 0 if empties else room, of))
                rest, leaving = rest - count, leaving - (count if alarm in _EMPTYING else 0)
    return tuple(found)


def in_stock(lines: Iterable[StockLine]) -> bool:
    """Whether there is something of a product in all warehouses together."""
    return sum((line.quantity for line in lines), Decimal(0)) > 0


def _jumped(before: Offer, after: Offer, limit: Decimal) -> bool:
    """Prices are compared per piece, so that another pack size alone is no jump, and the old price of another pack is.

    A price nobody sets any more stays in the shop as it stands. One in another currency cannot be compared: it counts.
    """
    price, currency = (before.price, before.currency) if after.price is None else (after.price, after.currency)
    if before.price is None or price is None or before.price <= 0:
        return False
    was, now = before.price / before.unit.multiplier, price / after.unit.multiplier
    return currency != before.currency or abs(now - was) / was > limit


def _any_jumped(before: Iterable[PriceLine], after: Iterable[PriceLine], limit: Decimal) -> bool:
    was = {line.price_type: line for line in before if line.value > 0}
    pairs = ((was[line.price_type], line) for line in after if line.price_type in was)
    return any(old.currency != new.currency or abs(new.value - old.value) / old.value > limit for old, new in pairs)
