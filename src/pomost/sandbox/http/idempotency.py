"""Answers remembered by Idempotency-Key, so that a repeated POST is answered and not done again."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pomost.sandbox.http.problems import Flaw, Problem

# The header is a structured-field string in the draft, hence the quotes; bare values are common and accepted.
_KEY = re.compile(r'"?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"?')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(slots=True)
class _Kept:
    print: bytes
    since: datetime
    answer: Answer | None = None


class IdempotencyStore:
    def __init__(self, life: timedelta) -> None:
        self.life = life
        self._kept: dict[tuple[str, str], _Kept] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, account: str, key: str, path: str, body: bytes, now: datetime) -> Answer | None:
        """The first answer if there was one; otherwise the key is taken until `finish` or `release`."""
        self._forget_old(now)
        fingerprint = hashlib.sha256(path.encode() + b"\0" + body).digest()
        kept = self._kept.get((account, key))
        if kept is None:
            self._kept[account, key] = _Kept(fingerprint, now)
            return None
        if kept.print != fingerprint:
            raise Problem("idempotency-key-reused")
        if kept.answer is None:
            raise Problem("idempotency-in-progress", headers={"Retry-After": "1"})
        return kept.answer

    def finish(self, account: str, key: str, answer: Answer) -> None:
        self._kept[account, key].answer = answer

    def release(self, account: str, key: str) -> None:
        """The request came to nothing (a failure of the server): the same key may try again."""
        self._kept.pop((account, key), None)

    def forget(self, answered: Callable[[Answer], bool]) -> None:
        """The server lost these answers: their keys may be used again."""
        for place, kept in list(self._kept.items()):
            if kept.answer is not None and answered(kept.answer):
                del self._kept[place]

    def _forget_old(self, now: datetime) -> None:
        # Keys are kept in the order they came, so only the oldest need a look.
        while self._kept:
            oldest = next(iter(self._kept))
            if now - self._kept[oldest].since < self.life:
                return
            del self._kept[oldest]


def key_of(header: str | None) -> str:
    found = _KEY.fullmatch(header.strip()) if header else None
    if found is None:
        raise Problem("validation-failed", Flaw("", "missing-idempotency-key"))
    return found[1].lower()
