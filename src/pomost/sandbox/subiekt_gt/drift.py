"""Random believable changes of one working day: what somebody may have changed in the company."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

_CENT = Decimal("0.01")
_MOST_SOLD = 24
_DELIVERY = (24, 240)


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that changed: `what` is 'price', 'stock' or 'trait', `where` the level, the warehouse or the trait."""

    symbol: str
    what: str
    where: str
    before: Decimal | bool
    after: Decimal | bool


def price_changes(random: Random, found: Sequence[tuple[str, Decimal]], level: int, count: int) -> list[Drift]:
    """Prices of a level go up or down by some per cent, never by nothing."""
    changes = []
    for symbol, before in random.sample(found, min(count, len(found))):
        factor = Decimal(100 + random.choice((-10, -5, -3, 2, 4, 7, 12))) / 100
        after = (before * factor).quantize(_CENT, ROUND_HALF_UP)
        if after == before:
            after += _CENT
        changes.append(Drift(symbol, "price", str(level), before, after))
    return changes


def stock_changes(random: Random, found: Sequence[tuple[str, str, Decimal]], count: int) -> list[Drift]:
    """Most goods are sold; what has run out is delivered, and now and then something else is too."""
    changes = []
    for symbol, warehouse, before in random.sample(found, min(count, len(found))):
        delivered = before < 1 or random.random() < 1 / 5
        moved = Decimal(random.randint(*_DELIVERY) if delivered else -random.randint(1, min(_MOST_SOLD, int(before))))
        changes.append(Drift(symbol, "stock", warehouse, before, before + moved))
    return changes


def trait_changes(
    random: Random, carrying: Sequence[str], lacking: Sequence[str], trait: str, count: int
) -> list[Drift]:
    """The qualifying trait is taken from some products and given to others, in turn."""
    taken = random.sample(carrying, min((count + 1) // 2, len(carrying)))
    given = random.sample(lacking, min(count - len(taken), len(lacking)))
    return [
        *(Drift(symbol, "trait", trait, before=True, after=False) for symbol in taken),
        *(Drift(symbol, "trait", trait, before=False, after=True) for symbol in given),
    ]
