"""Batches of items: halved where a server cannot take them, waited for, and answers held against the items."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from pomost.transport.http import TOO_SLOW, Answer, HttpClient, HttpFailure, retry_after

_log = structlog.get_logger("pomost.batches")
_SPLITTABLE = 10  # a server too slow for fewer items than this is not there
_ACCEPTED, _OK, _LOST, _DONE = 202, 200, frozenset({404, 410}), "done"
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds between questions about a batch that is being worked on
PATIENCE = 600.0
"""Seconds a batch the server has accepted is waited for; what it came to is not known after that."""
WHOLE_BATCH = frozenset({400, 413, 422})
"""Answers to a batch that refuse it as a whole, though it may be sound in halves."""
R = TypeVar("R")
Names = tuple[str, ...]
"""What an answer may call an item: its own name, then others that are not wrong."""


class Batches:
    """Batches for one API. `largest`: items it is known to be quick enough for at once; learnt from slow answers."""

    def __init__(self, client: HttpClient, largest: int) -> None:
        self._client = client
        self.largest = largest
        self._before: frozenset[str] = frozenset()

    def post(
        self, path: str, items: Sequence[Mapping[str, Any]], attempt: str, headers: Mapping[str, str] | None = None
    ) -> Iterator[tuple[Sequence[Mapping[str, Any]], Answer]]:
        """POST items: each part of them with its answer. Raises HttpFailure.

        A batch refused as a whole is halved until the bad item stands alone, one the server is too slow for until it is
        not. Halves are new requests: what the server may still be doing of the whole is done again, which is no harm.
        """
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{attempt} {path} {items[0]} {len(items)}"))
        answer = self._ask(path, items, key, headers)
        if answer is not None and answer.status == _ACCEPTED:
            answer = self._finished(path, answer, lambda: self._ask(path, items, key, headers))
        half = len(items) // 2
        if answer is None:
            self.largest = half
        if half and (answer is None or answer.status in WHOLE_BATCH):
            yield from self.post(path, items[:half], attempt, headers)
            yield from self.post(path, items[half:], attempt, headers)
        elif answer is not None:
            yield items, answer

    def _ask(
        self, path: str, items: Sequence[Mapping[str, Any]], key: str, headers: Mapping[str, str] | None
    ) -> Answer | None:
        """The answer, or None where the server was too slow and the batch is large enough to be sent in halves."""
        splittable = len(items) >= _SPLITTABLE
        try:
            answer = self._client.post(path, {"items": list(items)}, key=key, splittable=splittable, headers=headers)
        except HttpFailure as failure:
            if splittable and failure.kind == "timeout":
                return None
            raise
        return None if splittable and answer.status in TOO_SLOW else answer

    def _finished(self, path: str, accepted: Answer, again: Callable[[], Answer | None]) -> Answer | None:
        """What a batch came to that was accepted and is worked on elsewhere (`202` with a `Location`).

        A place the server no longer knows leaves the batch unanswered: it is sent again under the same key. Raises
        HttpFailure once patience ends.
        """
        answer: Answer | None = accepted
        patience = _Patience()
        while answer is not None and answer.status == _ACCEPTED:
            answer = self._asked_about(path, answer, patience) or again()
        return answer

    def _asked_about(self, path: str, accepted: Answer, patience: "_Patience") -> Answer | None:
        """The answer of a place that was asked until its work was done; None where the server knows no such place."""
        place = accepted.headers.get("Location", "")
        answer, pause = accepted, _FIRST_PAUSE
        while True:
            wished = retry_after(answer.headers)
            wait = pause if wished is None else max(wished, _FIRST_PAUSE)
            pause = min(2 * pause, _LONGEST_PAUSE)
            patience.spend(wait, place)
            self._client.wait(wait)
            answer = self._client.follow(place, path)
            if answer.status in _LOST:
                return None
            if answer.status != _OK or not isinstance(answer.body, dict):
                # How the question was answered says nothing of the batch.
                raise HttpFailure("unfinished", f"{place}: {answer.status}", sent=True)
            if answer.body.get("status", _DONE) == _DONE:
                return answer

    def told(
        self, rows: Any, names: Sequence[Names], named: str, read: Callable[[Mapping[str, Any]], R]
    ) -> list[R | None]:
        """What an answer's rows tell of each item, by their `index`; None: nothing, so the item is in doubt.

        An answer that speaks of other items, or of more, is another request's: all stays in doubt. Ids are opaque, so
        the one in the row's field `named` counts against it only where it names another item of this batch or of the
        one before, whose answer may come late. An item told of twice, each time differently, is in doubt too.
        """
        these = frozenset(one for own in names for one in own)
        others, self._before = self._before | these, these
        found: list[R | None] = [None] * len(names)
        told: set[int] = set()
        for row in rows if isinstance(rows, list) else ():
            index = row.get("index") if isinstance(row, dict) else None
            if not isinstance(index, int) or not isinstance(row.get("status"), int):
                _log.warning("batch result not understood", row=str(row)[:200])
                continue
            own, called = names[index] if 0 <= index < len(names) else (), str(row.get(named) or "")
            if not own or (called in others and called not in own):
                _log.warning("batch answered with other items", row=str(row)[:200], items=len(names))
                return [None] * len(names)
            result = read(row)
            found[index] = result if index not in told or found[index] == result else None
            told.add(index)
        return found


@dataclass(slots=True)
class _Patience:
    """How long one batch was waited for."""

    waited: float = 0.0

    def spend(self, seconds: float, place: str) -> None:
        """Raises HttpFailure where that were too long."""
        self.waited += seconds
        if self.waited > PATIENCE:
            raise HttpFailure("unfinished", f"{place}: {PATIENCE:.0f} s", sent=True)


def detail_of(problem: Mapping[str, Any]) -> str:
    """What a problem (RFC 9457) says: its detail and its errors, each with the place it is about."""
    errors = problem.get("errors")
    flaws = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    told = [f"{one.get('pointer', '')} {one.get('detail') or one.get('code') or ''}".strip() for one in flaws]
    return "; ".join(one for one in [str(problem.get("detail") or problem.get("title") or ""), *told] if one)
