"""One synchronisation session: its fence, its heartbeat, its areas, and what was seen in each (section 2)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct

from pomost.sandbox.http.moments import moment_text
from pomost.sandbox.http.problems import Problem

HEARTBEAT_S = 15
TTL_S = 90
AREAS = (
    "dictionaries", "groups", "products", "prices", "discounts_public", "discounts_customer", "bundles", "files",
    "stocks", "customers", "orders", "order_progress",
)  # fmt: skip
Area = Literal[
    "dictionaries", "groups", "products", "prices", "discounts_public", "discounts_customer", "bundles", "files",
    "stocks", "customers", "orders", "order_progress",
]  # fmt: skip
Mode = Literal["differential", "full"]
RESULTS = ("created", "updated", "unchanged", "withdrawn", "kept", "rejected")


class AreaCursor(Struct, kw_only=True):
    """How far an area got, as opaque texts of the client."""

    area: str
    sent_cursor: str | None = None
    sent_at: str | None = None
    confirmed_cursor: str | None = None
    confirmed_at: str | None = None
    last_full_at: str | None = None
    session_id: str | None = None


@dataclass(slots=True)
class AreaWork:
    """What a session did in one area; `marks` are the keys the shop saw, kept in a full session only."""

    mode: Mode
    marks: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    # By script, an item without a price ends its whole area: nothing more is taken in this session.
    over: bool = False

    @property
    def full(self) -> bool:
        return self.mode == "full"

    def refuse_if_over(self, code: str) -> None:
        if self.over:
            raise Problem(code)

    def saw(self, key: str) -> None:
        if self.full:
            self.marks.add(key)


@dataclass(slots=True)
class Session:
    id: str
    fence: int
    run_id: str
    started_by: str
    operator: str
    host: str
    started_at: datetime
    heartbeat_at: datetime
    areas: dict[str, AreaWork]
    reset_stamps: bool = False
    state: Literal["open", "committed", "aborted", "superseded", "expired"] = "open"
    ended_at: datetime | None = None
    commit: tuple[bytes, dict[str, Any]] | None = None

    def alive(self, now: datetime) -> bool:
        return self.state == "open" and now - self.heartbeat_at <= timedelta(seconds=TTL_S)

    def end(self, state: Literal["committed", "aborted", "superseded", "expired"], now: datetime) -> None:
        """Whatever ends a session drops its marks: they were for its own commit alone."""
        self.state, self.ended_at = state, now
        for work in self.areas.values():
            work.marks.clear()

    def holder(self, now: datetime) -> dict[str, Any]:
        """Who holds the shop, for the question a person is asked."""
        return {
            "host": self.host,
            "operator": self.operator,
            "started_by": self.started_by,
            "started_at": moment_text(self.started_at),
            "heartbeat_at": moment_text(self.heartbeat_at),
            "alive": self.alive(now),
            "run_id": self.run_id,
        }

    def report(self, now: datetime) -> dict[str, Any]:
        return {
            "id": self.id,
            "fence": self.fence,
            "state": self.state,
            **self.holder(now),
            "ended_at": None if self.ended_at is None else moment_text(self.ended_at),
            "areas": [
                {"area": area, "mode": work.mode, "marked": len(work.marks), **counted(work)}
                for area, work in self.areas.items()
            ],
            "commit": None if self.commit is None else self.commit[1],
        }


def counted(work: AreaWork) -> dict[str, int]:
    return {result: work.counts[result] for result in RESULTS}
