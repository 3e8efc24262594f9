"""Every request that arrived at /v1, in order, with what it wrote."""

from threading import Lock
from typing import Any

from msgspec import Struct


class WrittenItem(Struct, gc=False):
    key: dict[str, str]
    fields: dict[str, Any]
    status: int


class JournalEntry(Struct):
    seq: int
    at: str
    method: str
    path: str
    query: str
    request_id: str
    route: str | None = None
    headers: dict[str, str] = {}
    idempotency_key: str | None = None
    item_count: int = 0
    status: int | None = None
    seconds: float = 0.0
    replayed: bool = False
    faults: list[str] = []
    # JSON pointers of request fields the shop does not know and passed over.
    ignored: list[str] = []
    items: list[Any] = []


class Journal:
    def __init__(self, *, keeps_headers: bool = False) -> None:
        self.keeps_headers = keeps_headers
        self._lock = Lock()
        self._entries: list[JournalEntry] = []
        self._last = 0

    @property
    def last(self) -> int:
        return self._last

    def arrive(self, at: str, method: str, path: str, query: str, request_id: str) -> JournalEntry:
        with self._lock:
            self._last += 1
            entry = JournalEntry(self._last, at, method, path, query, request_id)
            self._entries.append(entry)
            return entry

    def since(self, seq: int) -> list[JournalEntry]:
        with self._lock:
            if not self._entries:
                return []
            return self._entries[max(seq - self._entries[0].seq + 1, 0) :]

    def clear(self) -> None:
        """Forget what was recorded; numbers go on, so a reader's `since` stays good."""
        with self._lock:
            self._entries.clear()
