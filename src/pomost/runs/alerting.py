"""Alerting: offers whose card is skipped run after run, while buyers go on seeing the stock of days ago."""

from pomost.model.reason import Finding, Reason
from pomost.rules.offering import leaving_stock_stale
from pomost.runs.channel import Channel
from pomost.store.journal import State
from pomost.store.models import Run

RUNS = 3
_LOOKED_AT = 50
_NAMED = 5


def left_stale(channel: Channel, run: Run) -> tuple[Finding, ...]:
    """What to tell of products on offer that the last three ordinary runs skipped, this one included.

    Ordinary: of everything the settings switch on. A run of stock alone gives standing offers their stock.
    """
    ordinary = [one for one in channel.journal.runs(_LOOKED_AT) if _ordinary(channel, one)][:RUNS]
    if len(ordinary) < RUNS or ordinary[0].pk != run.pk:
        return ()
    # Skipped before the run before this one began, hence in the run before that, and ever since.
    found = channel.inbox.on_offer_since(ordinary[1].started, leaving_stock_stale(channel.policy))
    if not found:
        return ()
    run.counts = {**run.counts, "stale": len(found)}
    channel.journal.note(run)
    symbols = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
    return (Finding.of(Reason.LEFT_STALE, runs=RUNS, count=len(found), symbols=symbols),)


def _ordinary(channel: Channel, run: Run) -> bool:
    asked = {str(part) for part in run.request.get("parts", ())}
    return run.state in {State.DONE, State.WAITING} and asked >= {str(part) for part in channel.enabled}
