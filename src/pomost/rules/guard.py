"""How much may change unattended: counts of alarming changes against what stands on offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pomost.model.change import Amend, Change, Publish, SetStock, Withdraw
from pomost.model.offer import Offer
from pomost.model.policy import GuardPolicy
from pomost.model.text import Text


class Alarm(StrEnum):
    """Kinds of change a guard counts; only these wait for a person, everything else goes on."""

    WITHDRAWN = "withdrawn"
    ZEROED = "zeroed"
    PRICE_JUMP = "price jump"


@dataclass(frozen=True, slots=True)
class Tally:
    """Products under each alarm."""

    withdrawn: int = 0
    zeroed: int = 0
    jumped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.withdrawn + other.withdrawn, self.zeroed + other.zeroed, self.jumped + other.jumped)

    def of(self, alarm: Alarm) -> int:
        match alarm:
            case Alarm.WITHDRAWN:
                return self.withdrawn
            case Alarm.ZEROED:
                return self.zeroed
            case Alarm.PRICE_JUMP:
                return self.jumped


@dataclass(frozen=True, slots=True)
class Stop:
    """One kind of change held back: how many there are, how many may pass, out of how many."""

    alarm: Alarm
    count: int
    limit: int
    standing: int

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
        }
        limit = Text("; bez zatwierdzenia najwyżej {limit}", "; at most {limit} without approval")
        text = names[self.alarm].fill(count=self.count, standing=self.standing)
        suffix = limit.fill(limit=self.limit)
        return Text(text.pl + suffix.pl, text.en + suffix.en)


def alarm_of(change: Change, policy: GuardPolicy) -> Alarm | None:
    """Which alarm a change falls under, if any."""
    match change:
        case Withdraw():
            return Alarm.WITHDRAWN
        case SetStock(before=before, after=after) if after.quantity == 0 and before is not None and before.quantity > 0:
            return Alarm.ZEROED
        case Amend(before=before, after=after) if before is not None and _jumped(before, after, policy.price_jump):
            return Alarm.PRICE_JUMP
        case Publish() | SetStock() | Amend():
            return None


def tally(changes: Iterable[Change], policy: GuardPolicy) -> Tally:
    """Alarms of the changes of whole products (all changes of a product must come in one call)."""
    products: dict[Alarm, set[str]] = {alarm: set() for alarm in Alarm}
    for change in changes:
        alarm = alarm_of(change, policy)
        if alarm is not None:
            products[alarm].add(change.target.product_id)
    return Tally(len(products[Alarm.WITHDRAWN]), len(products[Alarm.ZEROED]), len(products[Alarm.PRICE_JUMP]))


def stops(planned: Tally, recent: Tally, standing: int, policy: GuardPolicy) -> tuple[Stop, ...]:
    """Alarms over the limit. `recent`: what passed unattended within the policy's hours; `standing`: products on offer.

    The limit is the greater of the share and the floor, over planned and recent together, so that small ticks cannot
    pass one by one. An offer that would be emptied, or wholly zeroed, always waits, however small it is.
    """
    limit = max(policy.floor, int(policy.share * (standing + recent.withdrawn)))
    found: list[Stop] = []
    for alarm in Alarm:
        count = planned.of(alarm)
        # One product selling out is trade, not an empty answer: a lone product may go to nought by itself.
        empties = count >= standing and (alarm is Alarm.WITHDRAWN or (alarm is Alarm.ZEROED and standing > 1))
        if count and (empties or count + recent.of(alarm) > limit):
            allowed = 0 if empties else max(limit - recent.of(alarm), 0)
            found.append(Stop(alarm, count, allowed, standing))
    return tuple(found)


def _jumped(before: Offer, after: Offer, limit: Decimal) -> bool:
    """Prices are compared per piece, so that another pack size alone is no jump."""
    if before.price is None or after.price is None or before.price <= 0:
        return False
    was, now = before.price / before.unit.multiplier, after.price / after.unit.multiplier
    return abs(now - was) / was > limit
