"""The sandbox shop at a moment: kept, and put back as often as a test likes."""

from dataclasses import dataclass
from typing import Any

from pomost.sandbox.http.collection import Collection
from pomost.sandbox.mstore.shop import Shop


@dataclass(frozen=True)
class Snapshot:
    """What a shop held: its collections by name, its indexes, and its counters."""

    collections: dict[str, Collection[Any]]
    by_gtin: dict[str, set[str]]
    numbers: dict[str, int]

    @classmethod
    def of(cls, shop: Shop) -> "Snapshot":
        collections = {name: _copied(held) for name, held in _collections(shop).items()}
        return cls(collections, _copied_index(shop.by_gtin), dict(shop._numbers))

    def put_back(self, shop: Shop) -> None:
        """The shop as it was then, with an empty journal and nothing answered yet."""
        with shop.lock:
            for name, held in _collections(shop).items():
                vars(held).update(vars(_copied(self.collections[name])))
            shop.by_gtin, shop._numbers = _copied_index(self.by_gtin), dict(self.numbers)
            shop.idempotency._kept.clear()
            shop.journal.clear()


def _collections(shop: Shop) -> dict[str, Collection[Any]]:
    found = {name: held for name, held in vars(shop).items() if isinstance(held, Collection)}
    return found | {f"stocks of {branch}": held for branch, held in shop.stocks.items()}


def _copied(held: Collection[Any]) -> Collection[Any]:
    """Records are never changed in place, so a copy of who is there is a copy of all."""
    fresh: Collection[Any] = Collection(held._undo)
    fresh.records, fresh.tombstones, fresh._moments = dict(held.records), dict(held.tombstones), dict(held._moments)
    return fresh


def _copied_index(index: dict[str, set[str]]) -> dict[str, set[str]]:
    return {code: set(keys) for code, keys in index.items()}
