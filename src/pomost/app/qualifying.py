"""How many cards a draft of the settings would let into the shop, counted over the ERP as it is now."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from pomost.ports.erp import Aspect
from pomost.rules.qualify import qualify
from pomost.runs.channel import Channel


@dataclass(frozen=True, slots=True)
class QualifiedCount:
    """`passing` of `of` cards looked at. `whole` False: time ran out, and there are more cards than were looked at."""

    passing: int
    of: int
    whole: bool = True


def count_qualified(channel: Channel, seconds: float, tick: Callable[[], float] = time.monotonic) -> QualifiedCount:
    """Count the cards that qualify under the channel's policy, as far as the time goes."""
    until = tick() + seconds
    passing = looked = 0
    sighted = (sighting[0] for sighting in channel.erp.scan(frozenset({Aspect.CARD})))
    while keys := list(islice(sighted, channel.erp.can.batch)):
        if looked and tick() > until:
            return QualifiedCount(passing, looked, whole=False)
        for card in channel.erp.products(keys):
            looked += 1
            passing += not qualify(card, channel.policy.goods)
    return QualifiedCount(passing, looked)
