"""Recovering: what left in a run that was cut off, and was never answered, is in doubt from now on."""

from pomost.runs.channel import Channel
from pomost.runs.session import Session
from pomost.store.database import one_transaction


def recover(channel: Channel, session: Session) -> None:
    """Note everything an unanswered batch touches as in doubt; the next decisions send it again, whatever it is.

    Called with the channel held, so no batch can be on its way while this looks.
    """
    for flight in channel.journal.in_flight():
        with one_transaction():
            session.confirm()
            channel.recorder(flight.changes[0].target.area).doubt(flight.changes, flight.attempt)
            channel.journal.give_up(flight.run, flight.number)
