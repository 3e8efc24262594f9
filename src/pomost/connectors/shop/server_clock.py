"""A server's clock: stock is put in order by it, so that readings made on several machines, and in any year, agree."""

from datetime import UTC, datetime, timedelta

from pomost.ports.shop import ClockBack, Visit

_MOMENT = timedelta(milliseconds=1)
_SLACK = timedelta(seconds=10)  # less than this is no clock that went back, only a slow answer


class ServerClock:
    """The clock of one server, as its last answer told it, and the stock that was confirmed by it.

    Stock is sent as of the moment the ERP was read, by the server's clock. The server refuses what is older than what
    it holds, so a clock that goes back, or was once far ahead, would freeze stock until it has caught up: no stock is
    sent as of an earlier moment than the last one confirmed in a visit before (decision table 8.20).
    """

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._visit: Visit | None = None
        self._floor: datetime | None = None

    def begin(self, visit: Visit) -> None:
        self._visit, self._floor = visit, visit.as_of

    def end(self) -> None:
        self._visit = self._floor = None

    def hear(self, now: datetime) -> None:
        """The server told its time."""
        self._ahead = now - datetime.now(UTC)
        if self._floor is not None and now < self._floor - _SLACK:
            self._went_back(self._floor)

    def now(self) -> datetime:
        return self.told(datetime.now(UTC))

    def told(self, ours: datetime) -> datetime:
        """A moment of ours by the server's clock."""
        return ours + self._ahead

    def as_of(self, read_at: datetime | None) -> datetime:
        """What stock is sent as of that was read from the ERP at a moment of ours, None for now."""
        return self.lifted(self.now() if read_at is None else self.told(read_at))

    def lifted(self, moment: datetime) -> datetime:
        """A moment of the server's, or the first one after what was confirmed."""
        return moment if self._floor is None else max(moment, self._floor + _MOMENT)

    def confirmed(self, as_of: datetime) -> None:
        """The server took stock as of this moment."""
        visit = self._visit
        if visit is not None and (visit.as_of is None or visit.as_of < as_of):
            visit.as_of = as_of

    def lies_ahead(self, held: datetime) -> bool:
        """Whether the server holds stock as of a moment its own clock has not reached: what is sent follows it then.

        Nobody reads the ERP in the server's future, so it is its clock that moved, and no later reading of somebody
        else.
        """
        if held <= self.now() + _SLACK:
            return False
        self._went_back(held)
        self._floor = held if self._floor is None else max(self._floor, held)
        return True

    def _went_back(self, confirmed: datetime) -> None:
        if self._visit is not None and self._visit.clock_back is None:
            self._visit.clock_back = ClockBack(confirmed, self.now())
