"""How much may change unattended: counts of alarming changes against what stands on offer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pomost.model.change import Amend, Area, Change, Drop, DropSegment, Put, SetStock, Unassign, Withdraw
from pomost.model.offer import Offer
from pomost.model.policy import GuardPolicy
from pomost.model.text import Text
from pomost.model.trade import PriceLine, PricesEntry, StockLine, StocksEntry


class Alarm(StrEnum):
    """Kinds of change a guard counts; only these wait for a person, everything else goes on."""

    WITHDRAWN = "withdrawn"
    ZEROED = "zeroed"
    PRICE_JUMP = "price jump"
    UNASSIGNED = "unassigned"
    EMPTIED = "emptied"
    SWEPT = "swept"
    VANISHED = "vanished"
    RESTORED = "restored"


_TALLIED = (Alarm.WITHDRAWN, Alarm.ZEROED, Alarm.PRICE_JUMP, Alarm.UNASSIGNED)
"""Alarms counted here; the others always wait: an empty area, what the shop would drop, lost documents or ERP."""


_DROPS = {Area.PRODUCT: Alarm.WITHDRAWN, Area.CUSTOMER: Alarm.UNASSIGNED}


@dataclass(frozen=True, slots=True)
class Tally:
    """Products, and customers, under each alarm."""

    withdrawn: int = 0
    zeroed: int = 0
    jumped: int = 0
    unassigned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(self.of(alarm) + other.of(alarm) for alarm in _TALLIED))

    def of(self, alarm: Alarm) -> int:
        match alarm:
            case Alarm.WITHDRAWN:
                return self.withdrawn
            case Alarm.ZEROED:
                return self.zeroed
            case Alarm.PRICE_JUMP:
                return self.jumped
            case Alarm.UNASSIGNED:
                return self.unassigned
            case Alarm.EMPTIED | Alarm.SWEPT | Alarm.VANISHED | Alarm.RESTORED:
                return 0


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
            Alarm.PRICE_JUMP: Text(
                "zmiana ceny ponad dopuszczalny skok dla {count} z {standing} towarów",
                "{count} of {standing} prices moving beyond the allowed jump",
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


def alarm_of(change: Change, policy: GuardPolicy) -> Alarm | None:  # noqa: PLR0911  (one return per kind)
    """Which alarm a change falls under, if any."""
    match change:
        case Withdraw():
            return Alarm.WITHDRAWN
        case SetStock(before=before, after=after) if after.quantity == 0 and before is not None and before.quantity > 0:
            return Alarm.ZEROED
        case Amend(before=before, after=after) if before is not None and _jumped(before, after, policy.price_jump):
            return Alarm.PRICE_JUMP
        case Drop(target=target):
            return _DROPS.get(target.area)
        case Put(before=StocksEntry(lines=held), after=StocksEntry(lines=now)):
            return Alarm.ZEROED if _sum(held) > 0 and _sum(now) == 0 else None
        case Put(before=PricesEntry(lines=was), after=PricesEntry(lines=prices)):
            return Alarm.PRICE_JUMP if _any_jumped(was, prices, policy.price_jump) else None
        case Unassign() | DropSegment():  # a segment waits with those who have to leave it first
            return Alarm.UNASSIGNED
        case _:
            return None


def tally(changes: Iterable[Change], policy: GuardPolicy) -> Tally:
    """Alarms of the changes of whole products (all changes of a product must come in one call)."""
    things: dict[Alarm, set[str]] = {alarm: set() for alarm in _TALLIED}
    for change in changes:
        alarm = alarm_of(change, policy)
        if alarm is not None and not isinstance(change, DropSegment):
            things[alarm].add(change.target.id)
    return Tally(*(len(things[alarm]) for alarm in _TALLIED))


def stops(planned: Tally, recent: Tally, standing: int, policy: GuardPolicy, assigned: int = 0) -> tuple[Stop, ...]:
    """Alarms over the limit. `recent`: what passed unattended within the policy's hours.

    `standing`: products on offer; `assigned`: customers with an assignment of ours. The limit is the greater of the
    share and the floor, over planned and recent together, so that small ticks cannot pass one by one. An offer that
    would be emptied, or wholly zeroed, and a list of customers that would be emptied always wait, however small.
    """
    found: list[Stop] = []
    for alarm in _TALLIED:
        count = planned.of(alarm)
        customers = alarm is Alarm.UNASSIGNED
        of, gone = (assigned, recent.unassigned) if customers else (standing, recent.withdrawn)
        limit = max(policy.floor, int(policy.share * (of + gone)))
        # One product selling out is trade, not an empty answer: a lone product may go to nought by itself.
        wholly = alarm in {Alarm.WITHDRAWN, Alarm.UNASSIGNED} or (alarm is Alarm.ZEROED and of > 1)
        empties = count >= of and wholly
        if count and (empties or count + recent.of(alarm) > limit):
            allowed = 0 if empties else max(limit - recent.of(alarm), 0)
            found.append(Stop(alarm, count, allowed, of))
    return tuple(found)


def _jumped(before: Offer, after: Offer, limit: Decimal) -> bool:
    """Prices are compared per piece, so that another pack size alone is no jump."""
    if before.price is None or after.price is None or before.price <= 0:
        return False
    was, now = before.price / before.unit.multiplier, after.price / after.unit.multiplier
    return abs(now - was) / was > limit


def _sum(lines: Iterable[StockLine]) -> Decimal:
    return sum((line.quantity for line in lines), Decimal(0))


def _any_jumped(before: Iterable[PriceLine], after: Iterable[PriceLine], limit: Decimal) -> bool:
    was = {line.price_type: line.value for line in before}
    return any(
        was.get(line.price_type, Decimal(0)) > 0
        and abs(line.value - was[line.price_type]) / was[line.price_type] > limit
        for line in after
    )
