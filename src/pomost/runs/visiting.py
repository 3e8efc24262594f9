"""A run's stay at its shop: the lease, the visit, and what is remembered of the shop's clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from pomost.model.reason import Finding, Reason
from pomost.model.request import RunRequest
from pomost.runs.channel import Channel
from pomost.runs.session import Progress, Session, session
from pomost.store.database import one_transaction


@contextmanager
def visiting(channel: Channel, request: RunRequest, progress: Progress) -> Iterator[Session]:
    """Hold the channel, and visit its shop. Raises Busy where another run holds it."""
    with session(channel.name, channel.company, request, channel.clock, progress) as held:
        held.visit.as_of = channel.shop_clock.as_of()
        with channel.shop.visit(held.visit):
            yield held


def keep_time(channel: Channel, session: Session) -> None:
    """Remember as of when stock was confirmed. Inside the transaction that records the answers."""
    if session.visit.as_of is not None:
        channel.shop_clock.confirmed(session.visit.as_of)


def clock_told(channel: Channel, session: Session) -> tuple[Finding, ...]:
    """A shop's clock that went back is told once, until it was seen to be right again (decision table 8.20)."""
    back, told = session.visit.clock_back, channel.shop_clock.back_told()
    if (back is not None) == told:
        return ()
    with one_transaction():
        session.confirm()
        channel.shop_clock.tell_back(told=back is not None)
    if back is None:
        return ()
    confirmed, shows = (f"{one:%Y-%m-%d %H:%M:%S} UTC" for one in (back.confirmed, back.shows))
    return (Finding.of(Reason.SHOP_CLOCK_BACK, confirmed=confirmed, shows=shows),)
