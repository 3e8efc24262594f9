"""Outcomes: how a change ended. Nothing ends in any other way; nothing is swallowed."""

from dataclasses import dataclass

from pomost.model.order import DocumentRef
from pomost.model.reason import Finding
from pomost.model.totals import DocumentTotals


@dataclass(frozen=True, slots=True)
class Done:
    """The other side confirmed the change; `ref` is its own mark of it (version, id).

    `document`: the ERP's document that holds it now, where the change asked for one; `totals`: what it comes to, None
    where the ERP does not tell.
    """

    ref: str = ""
    document: DocumentRef | None = None
    totals: DocumentTotals | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Not sent, or not needed; nothing is wrong with the other side."""

    reason: Finding


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused or not taken. `retry` says whether the same change may succeed later without anybody's help."""

    reason: Finding
    retry: bool = False


Outcome = Done | Skipped | Failed


def ending(outcome: Outcome | None) -> str:
    """Which way it ended, as filters and stored batches name it: done, skipped, failed; unsent where it did not."""
    match outcome:
        case None:
            return "unsent"
        case Done():
            return "done"
        case Skipped():
            return "skipped"
        case Failed():
            return "failed"
