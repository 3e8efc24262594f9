"""A keyed set of records in the stable order (updated_at, id), with tombstones and a way back."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from msgspec import Struct

R = TypeVar("R")
# Of a record in the order: when it changed, its id, and the key it is kept under.
Position = tuple[str, str, str]
START: Position = ("", "", "")


class Tombstone(Struct, frozen=True, gc=False):
    id: str
    deleted_at: str


class Undo:
    """Steps back to the state before a write, kept only while somebody asked for them."""

    def __init__(self) -> None:
        self._steps: list[Callable[[], object]] | None = None

    @property
    def active(self) -> bool:
        return self._steps is not None

    def begin(self) -> None:
        self._steps = []

    def add(self, step: Callable[[], object]) -> None:
        if self._steps is not None:
            self._steps.append(step)

    def forget(self) -> None:
        self._steps = None

    def roll_back(self) -> None:
        steps, self._steps = self._steps or [], None
        for step in reversed(steps):
            step()


class Collection(Generic[R]):
    """`name_of` is a record's id where that is not the key it is kept under."""

    def __init__(self, undo: Undo, name_of: Callable[[R], str] | None = None) -> None:
        self.records: dict[str, R] = {}
        self.tombstones: dict[str, Tombstone] = {}
        self._moments: dict[str, str] = {}
        self._name_of = name_of
        self._order: list[Position] | None = None
        self._undo = undo

    def __len__(self) -> int:
        return len(self.records)

    def __contains__(self, key: str) -> bool:
        return key in self.records

    def __iter__(self) -> Iterator[R]:
        return iter(self.records.values())

    def get(self, key: str) -> R | None:
        return self.records.get(key)

    def put(self, key: str, record: R, moment: str) -> None:
        self._remember(key)
        self.records[key] = record
        self.tombstones.pop(key, None)
        self._moments[key] = moment
        self._order = None

    def remove(self, key: str, moment: str) -> None:
        """Leave a tombstone, so that readers of changes learn of the removal."""
        self._remember(key)
        self.tombstones[key] = Tombstone(self._name(key), moment)
        del self.records[key]
        self._moments[key] = moment
        self._order = None

    def after(
        self, position: Position, since: str | None, among: Iterable[str] | None, *, deleted: bool
    ) -> Iterator[tuple[Position, R | Tombstone]]:
        """Records behind a position; `among` narrows to keys found by an index, so that no full scan is needed."""
        order = self._ordered() if among is None else self._positions(set(among))
        first = bisect_right(order, position)
        if since is not None:
            first = max(first, bisect_right(order, (since, "", "")))
        for index in range(first, len(order)):
            key = order[index][2]
            record = self.records.get(key)
            if record is not None:
                yield order[index], record
            elif deleted:
                yield order[index], self.tombstones[key]

    def _ordered(self) -> list[Position]:
        if self._order is None:
            self._order = self._positions(self._moments)
        return self._order

    def _positions(self, keys: Iterable[str]) -> list[Position]:
        moments = self._moments
        return sorted((moments[key], self._name(key), key) for key in keys if key in moments)

    def _name(self, key: str) -> str:
        if self._name_of is None:
            return key
        record = self.records.get(key)
        return self.tombstones[key].id if record is None else self._name_of(record)

    def _remember(self, key: str) -> None:
        if not self._undo.active:
            return
        record, tombstone, moment = self.records.get(key), self.tombstones.get(key), self._moments.get(key)
        self._undo.add(lambda: self._restore(key, record, tombstone, moment))

    def _restore(self, key: str, record: R | None, tombstone: Tombstone | None, moment: str | None) -> None:
        _put_back(self.records, key, record)
        _put_back(self.tombstones, key, tombstone)
        _put_back(self._moments, key, moment)
        self._order = None


def _put_back(into: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        into.pop(key, None)
    else:
        into[key] = value
