"""Whether an ERP was put back from a copy (decision table 8.4): marks that only grow have gone back."""

from datetime import UTC, datetime

import pytest

from pomost.ports.erp import ErpAge
from pomost.rules.restored import went_back

NOON, NIGHT = datetime(2026, 11, 30, 12, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seen", "now", "back"),
    [
        (ErpAge(), ErpAge(), False),
        (ErpAge(), ErpAge(NIGHT, 1, {"a": 1}), False),
        (ErpAge(NOON, 1, {"a": 1}), ErpAge(), False),
        (ErpAge(counters={"a": 5}), ErpAge(counters={"a": 5}), False),
        (ErpAge(counters={"a": 5}), ErpAge(counters={"a": 6}), False),
        (ErpAge(counters={"a": 5}), ErpAge(counters={"a": 4}), True),
        (ErpAge(counters={"a": 5, "b": 2}), ErpAge(counters={"a": 9, "b": 1}), True),
        (ErpAge(counters={"a": 5}), ErpAge(counters={"b": 1}), False),
        (ErpAge(NOON), ErpAge(NIGHT), True),
        (ErpAge(NOON), ErpAge(NOON), False),
        (ErpAge(NIGHT), ErpAge(NOON), False),
        (ErpAge(NOON, 3), ErpAge(NIGHT, 4), False),
        (ErpAge(NOON, 3), ErpAge(NIGHT, 3), True),
        (ErpAge(NOON, None), ErpAge(NIGHT, 4), True),
        (ErpAge(NOON, 3), ErpAge(NIGHT, None), True),
        (ErpAge(NOON, 3, {"a": 5}), ErpAge(NIGHT, 4, {"a": 4}), True),
    ],
)
def test_a_mark_that_went_back_says_so(seen, now, back):
    """Decision table 8.4: signs: highest id or counter below the one seen."""
    assert (went_back(seen, now) is not None) is back


def test_what_went_back_is_named():
    seen = ErpAge(counters={"dok__Dokument": 120, "tw__Towar": 9})
    assert went_back(seen, ErpAge(counters={"dok__Dokument": 95, "tw__Towar": 9})) == (
        "dok__Dokument 95",
        "dok__Dokument 120",
    )
    assert went_back(ErpAge(NOON), ErpAge(NIGHT)) == ("2026-11-29 23:00:00", "2026-11-30 12:00:00")
