"""Alerting: what the shop goes on selling although its card is faulty, and stock of days ago that buyers see."""

from collections.abc import Iterable
from datetime import datetime

from pomost.model.reason import Finding, Reason
from pomost.runs.channel import Channel
from pomost.store.journal import State
from pomost.store.models import Run
from pomost.store.unresolved import Item

RUNS = 3
_LOOKED_AT = 50
_NAMED = 5


def still_sold(told: Iterable[Item], now: datetime) -> Finding:
    """That the shop sells by what it took before the card became faulty, since when it does: since it was first told.

    `told`: what the inbox holds of the same thing.
    """
    before = (found for item in told for found in item.findings if found.reason is Reason.STILL_SOLD)
    return next(before, Finding.of(Reason.STILL_SOLD, since=f"{now.astimezone():%Y-%m-%d %H:%M}"))


def left_stale(channel: Channel, run: Run) -> tuple[Finding, ...]:
    """What to tell of products on offer whose stock stood still in the last three ordinary runs, this one included.

    Ordinary: of everything the settings switch on. A run of stock alone gives standing offers their stock.
    """
    ordinary = [one for one in channel.journal.runs(_LOOKED_AT) if _ordinary(channel, one)][:RUNS]
    if len(ordinary) < RUNS or ordinary[0].pk != run.pk:
        return ()
    # Skipped before the run before this one began, hence in the run before that, and ever since.
    found = channel.inbox.on_offer_since(ordinary[1].started, Reason.STOCK_STANDS_STILL)
    if not found:
        return ()
    run.counts = {**run.counts, "stale": len(found)}
    channel.journal.note(run)
    symbols = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
    return (Finding.of(Reason.LEFT_STALE, runs=RUNS, count=len(found), symbols=symbols),)


def _ordinary(channel: Channel, run: Run) -> bool:
    asked = {str(part) for part in run.request.get("parts", ())}
    return run.state in {State.DONE, State.WAITING} and asked >= {str(part) for part in channel.enabled}
