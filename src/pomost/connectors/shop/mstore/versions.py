"""Batches of a service that demands to be told which version of a row an item was made over (contract, section 17)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pomost.connectors.shop.mstore.api import ItemResult, MstoreApi, name_of
from pomost.ports.fault import Forbidden

_OK, _DEMANDED, _FORBIDDEN = range(200, 300), 428, 403
_WITHOUT = frozenset({_DEMANDED, 412})  # the item came over no version of its row, or over another than it has
_FEW = 10  # rows asked for one by one rather than with the whole list
_TRIES = 2
CHANGED = ItemResult(409, code="changed")
"""The row is not what the item was made for any more; nothing was sent."""
Item = Mapping[str, Any]


def _one_list(_: Item) -> str:
    return ""


@dataclass(slots=True)
class Rows:
    """Versions of one resource's rows as last seen, list by list; None for a row that is not there.

    `one` reads a row by its name. `many` reads the whole list an item's row stands in (`list_of`), where there is one.
    `alone` writes one item over a version of its row (None: it is not there) where the service takes no batches.
    """

    alone: Callable[[Item, str | None, str], ItemResult]

    one: Callable[[str], str | None] | None = None
    many: Callable[[str], Mapping[str, str]] | None = None
    list_of: Callable[[Item], str] = _one_list
    seen: defaultdict[str, dict[str, str | None]] = field(default_factory=lambda: defaultdict(dict))
    whole: set[str] = field(default_factory=set)

    def version(self, item: Item) -> str | None:
        """The version an item's row was last seen in; None where there is no such row, or none was looked at."""
        return self.seen[self.list_of(item)].get(name_of(item))

    def look(self, items: Iterable[Item]) -> None:
        """Read the versions of rows that are not known."""
        wanted = [(self.list_of(item), name_of(item)) for item in items]
        wanted = [(place, name) for place, name in wanted if place not in self.whole and name not in self.seen[place]]
        if self.one is not None and (self.many is None or len(wanted) <= _FEW):
            for place, name in wanted:
                self.seen[place][name] = self.one(name)
            return
        for place in dict.fromkeys(place for place, _ in wanted):
            self.read_whole(place)

    def read_whole(self, place: str) -> None:
        assert self.many is not None
        self.seen[place] = {**self.many(place)}
        self.whole.add(place)

    def note(self, item: Item, version: str = "") -> None:
        """The version an item's row has now; without one it is not known any more."""
        place = self.list_of(item)
        if version:
            self.seen[place][name_of(item)] = version
        else:
            self.seen[place].pop(name_of(item), None)
            self.whole.discard(place)

    def forget(self) -> None:
        self.seen.clear()
        self.whole.clear()


def _always(_: Item) -> bool:
    return True


class Versions:
    """Batches, with versions wherever the service demands them or an item comes with its own."""

    def __init__(self, api: MstoreApi, batches: Callable[[], bool]) -> None:
        self._api = api
        self._batches = batches
        self._demanded: set[str] = set()

    def batch(
        self, path: str, items: Sequence[Item], attempt: str, rows: Rows, still: Callable[[Item], bool] = _always
    ) -> list[ItemResult]:
        """POST a batch; one result per item. A service without batches is sent its items one by one.

        A service that demands versions says so once (428). From then on every row that is there goes with the version
        last seen, read first where none is known. One that has moved meanwhile (412) is read again and sent once more,
        unless the item is not `still` right over what was read.
        """
        answered: dict[int, ItemResult] = {}
        left = [*range(len(items))]
        if not self._batches():
            self._demanded.add(path)  # what is written by itself goes under a condition (contract, section 0)
        if path not in self._demanded:
            answered = self._asked(path, dict(enumerate(items)), attempt, rows)
            left = [place for place, one in answered.items() if one.status in _WITHOUT]
            if any(one.status == _DEMANDED for one in answered.values()):
                self._demanded.add(path)
        for number, wave in enumerate(_waves(left, items)):
            moved = {place: items[place] for place in wave}
            for again in range(_TRIES):
                try:
                    rows.look(moved.values())
                except Forbidden as fault:
                    answered |= dict.fromkeys(moved, ItemResult(_FORBIDDEN, detail=fault.detail))
                    break
                ready = {place: _over(item, rows) for place, item in moved.items() if still(item)}
                answered |= dict.fromkeys(moved.keys() - ready.keys(), CHANGED)
                answered |= self._asked(path, ready, f"{attempt} {number}.{again}", rows)
                moved = {place: items[place] for place in ready if answered[place].status in _WITHOUT}
        return [answered[place] for place in range(len(items))]

    def _asked(self, path: str, items: Mapping[int, Item], attempt: str, rows: Rows) -> dict[int, ItemResult]:
        if not items:
            return {}
        if self._batches():
            results = self._api.batch(path, [*items.values()], attempt)
        else:
            results = [rows.alone(_bare(item), rows.version(item), attempt) for item in items.values()]
        for item, result in zip(items.values(), results, strict=True):
            if result.status in _WITHOUT:
                rows.note(item)
            elif result.status in _OK and (path in self._demanded or rows.version(item)):
                rows.note(item, result.version)
        return dict(zip(items, results, strict=True))


def _over(item: Item, rows: Rows) -> Item:
    """The item over the version of its row that was seen last; over none where there is no row."""
    version = rows.version(item)
    return {**_bare(item), "if_version": version} if version else _bare(item)


def _bare(item: Item) -> Item:
    return {name: value for name, value in item.items() if name != "if_version"}


def _waves(places: Sequence[int], items: Sequence[Item]) -> list[list[int]]:
    """Places of items, cut so that no row comes twice in one piece: the second needs the version the first made."""
    met: Counter[str] = Counter()
    waves: defaultdict[int, list[int]] = defaultdict(list)
    for place in places:
        name = name_of(items[place])
        waves[met[name]].append(place)
        met[name] += 1
    return [waves[number] for number in sorted(waves)]
