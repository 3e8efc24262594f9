"""The server's clock: whose moment stock is sent as of, also once it went back (decision table 8.20)."""

from datetime import UTC, datetime, timedelta

import pytest

from pomost.connectors.shop.server_clock import ServerClock
from pomost.ports.shop import Visit

MINUTE, HOUR, MOMENT = timedelta(minutes=1), timedelta(hours=1), timedelta(milliseconds=1)


def nobody():
    """Nobody wishes to stop."""


def visited(as_of=None):
    clock, visit = ServerClock(), Visit(nobody, as_of)
    clock.begin(visit)
    return clock, visit


def near(one, other):
    return abs(one - other) < timedelta(seconds=5)


def test_a_reading_of_ours_is_told_by_the_servers_clock():
    clock, _ = visited()
    now = datetime.now(UTC)
    clock.hear(now + 3 * HOUR)
    assert near(clock.as_of(now - MINUTE), now + 3 * HOUR - MINUTE)
    assert near(clock.as_of(None), now + 3 * HOUR)


def test_no_stock_is_sent_as_of_an_earlier_moment_than_the_last_confirmed_one():
    """Decision table 8.20: `as_of` = the later of now and last confirmed + 1 ms."""
    now = datetime.now(UTC)
    confirmed = now + HOUR
    clock, visit = visited(confirmed)
    clock.hear(now)
    assert clock.as_of(now) == confirmed + MOMENT
    assert visit.clock_back is not None
    assert visit.clock_back.confirmed == confirmed
    assert near(visit.clock_back.shows, now)
    clock.confirmed(clock.as_of(now))
    assert visit.as_of == confirmed + MOMENT


@pytest.mark.parametrize("ago", [timedelta(), MINUTE, timedelta(days=400)])
def test_a_clock_that_is_right_changes_nothing(ago):
    now = datetime.now(UTC)
    clock, visit = visited(now - ago)
    clock.hear(now)
    reading = now + timedelta(seconds=1)
    assert near(clock.as_of(reading), reading)
    assert visit.clock_back is None


def test_what_was_confirmed_in_this_visit_makes_no_older_reading_newer():
    """A reading that is late stays late: somebody else's newer one must not be replaced by it."""
    now = datetime.now(UTC)
    clock, visit = visited(now - HOUR)
    clock.hear(now)
    clock.confirmed(clock.as_of(now))
    assert clock.as_of(now - MINUTE) < clock.as_of(now)
    clock.confirmed(clock.as_of(now - MINUTE))
    assert near(visit.as_of, now)


def test_stock_of_the_servers_own_future_is_followed():
    """Another machine, or a memory that was lost: what the server holds tells of its clock, and of nobody's reading."""
    now = datetime.now(UTC)
    clock, visit = visited()
    clock.hear(now)
    assert not clock.lies_ahead(now - MINUTE)
    assert not clock.lies_ahead(now + timedelta(seconds=2)), "somebody read a moment ago"
    assert visit.clock_back is None
    assert clock.lies_ahead(now + HOUR)
    assert clock.as_of(now) == now + HOUR + MOMENT
    assert visit.clock_back.confirmed == now + HOUR


def test_without_a_visit_nothing_is_remembered():
    clock, visit = visited(datetime.now(UTC) + HOUR)
    clock.end()
    now = datetime.now(UTC)
    clock.hear(now)
    assert near(clock.as_of(now), now)
    assert visit.clock_back is None
    clock.confirmed(now + 2 * HOUR)
    assert visit.as_of < now + 2 * HOUR
