"""Who saves documents in Subiekt GT: a writer, because nothing is ever written by SQL."""

from collections.abc import Iterator
from typing import Protocol

from pomost.model.order import OrderDraft
from pomost.model.outcome import Outcome
from pomost.model.reason import Finding
from pomost.model.totals import DocumentTotals
from pomost.ports.checking import CheckStep


class Writer(Protocol):
    """Saves customer orders (ZK).

    `register` first looks for a ZK with the draft's original number and gives that one if it is there; looking and
    saving are one step under an application lock of the ERP's own server, named by the company, for which a takeover
    waits. A wrong draft is an outcome. Raises Unavailable or Refused where nothing more can be tried; whether this
    draft was saved is then not known.
    """

    def register(self, draft: OrderDraft) -> Outcome:
        """Rates of its totals are named by their ids."""
        ...

    def rehearse(self, draft: OrderDraft) -> Finding | DocumentTotals | None:
        """Why this draft would not be saved, by the ERP's own dry run, else what it comes to. Raises as `register`."""
        ...

    def check(self, sample: OrderDraft | None) -> Iterator[CheckStep]:
        """Start what writes, log in, take the lock, rehearse the sample, and let go of it all. Writes nothing."""
        ...

    def close(self) -> None:
        """Give back the licence seat."""
        ...
