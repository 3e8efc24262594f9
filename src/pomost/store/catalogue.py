"""The mirror of what the shop lists, so that identification is a join here and not a dictionary in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from django.db import transaction
from django.db.models import Q

from pomost.model.product import CatalogueProduct
from pomost.store import sql
from pomost.store.models import CatalogueItem, Channel
from pomost.store.packing import pack_units, unpack_units

_UPSERT = """
INSERT INTO store_catalogueitem (channel_id, product_id, match_key, ean, name, units, deleted, seen)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (channel_id, product_id) DO UPDATE SET match_key = excluded.match_key, ean = excluded.ean,
  name = excluded.name, units = excluded.units, deleted = excluded.deleted, seen = excluded.seen
"""
_SEEN = "UPDATE store_catalogueitem SET seen = TRUE WHERE channel_id = %s AND product_id IN ({keys}) AND NOT seen"
_DUE = "UPDATE store_sightedcard SET due = TRUE WHERE channel_id = %s AND match_key IN ({keys})"
_SELECT = "SELECT product_id, ean, name, units, deleted, match_key FROM store_catalogueitem WHERE channel_id = %s"


class Catalogue:
    """One channel's mirror."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def cursor(self) -> str:
        return Channel.objects.values_list("catalogue_cursor", flat=True).get(name=self._channel)

    def store(
        self, page: Sequence[tuple[CatalogueProduct, str]], unreadable: Sequence[str] = (), cursor: str | None = None
    ) -> None:
        """Keep a page of (product, match key); cards under old and new match keys become due.

        `unreadable` products stay as they were known. `cursor` comes with the last page of a reading.
        """
        with transaction.atomic():
            ids = [product.id for product, _ in page]
            old = {row[0]: row for row in sql.rows_in(_SELECT + " AND product_id IN ({keys})", [self._channel], ids)}
            changed = [(product, key) for product, key in page if not _same(old.get(product.id), product, key)]
            keys = {key for _, key in changed} | {old[product.id][5] for product, _ in changed if product.id in old}
            sql.run_many(_UPSERT, [_row(self._channel, product, key) for product, key in changed])
            sql.run_in(_SEEN, [self._channel], [*ids, *unreadable])
            sql.run_in(_DUE, [self._channel], keys - {""})
            if cursor is not None:
                Channel.objects.filter(name=self._channel).update(catalogue_cursor=cursor)

    def start_over(self) -> None:
        """Before a full reading: whatever is not met again by its end is gone from the shop."""
        CatalogueItem.objects.filter(channel_id=self._channel).update(seen=False)
        Channel.objects.filter(name=self._channel).update(catalogue_cursor="")

    def unmet(self) -> Iterator[list[str]]:
        """Codes of living products the full reading under way has not met, piece by piece."""
        last = ""
        statement = """SELECT product_id, ean FROM store_catalogueitem
            WHERE channel_id = %s AND product_id > %s AND NOT seen AND NOT deleted ORDER BY product_id LIMIT 500"""
        while rows := sql.rows(statement, [self._channel, last]):
            yield [ean for _, ean in rows if ean]
            last = rows[-1][0]

    def finish(self) -> int:
        """After a full reading that came to its end: what was not met is gone. Returns how many."""
        unmet = CatalogueItem.objects.filter(channel_id=self._channel, seen=False, deleted=False)
        with transaction.atomic():
            keys = set(unmet.values_list("match_key", flat=True)) - {""}
            sql.run_in(_DUE, [self._channel], keys)
            return unmet.update(deleted=True)

    def matching(self, match_keys: Iterable[str]) -> dict[str, list[CatalogueProduct]]:
        """Living products by match key."""
        found: defaultdict[str, list[CatalogueProduct]] = defaultdict(list)
        wanted = {key for key in match_keys if key}
        statement = _SELECT + " AND match_key IN ({keys}) AND NOT deleted"
        # Sorted here: an ORDER BY would tempt SQLite to walk the whole channel instead of the keys asked for.
        for row in sorted(sql.rows_in(statement, [self._channel], wanted), key=itemgetter(0)):
            found[row[5]].append(_product(row))
        return found

    def products(self, ids: Iterable[str]) -> dict[str, tuple[CatalogueProduct, str]]:
        """Products, deleted ones too, with their match keys."""
        found = sql.rows_in(_SELECT + " AND product_id IN ({keys})", [self._channel], set(ids))
        return {row[0]: (_product(row), row[5]) for row in found}

    def named(self, text: str, limit: int) -> list[CatalogueProduct]:
        """Some living products whose name has this text in it; SQLite tells apart only the case of Polish letters."""
        spellings = {text, text.lower(), text.upper(), text.capitalize()} if not text.isascii() else {text}
        named = Q()
        for one in spellings:
            named |= Q(name__icontains=one)
        rows = CatalogueItem.objects.filter(named, channel_id=self._channel, deleted=False).order_by()
        columns = ("product_id", "ean", "name", "units", "deleted")
        return [_product(row) for row in rows.values_list(*columns)[:limit]]

    def count(self) -> int:
        return CatalogueItem.objects.filter(channel_id=self._channel, deleted=False).count()


def _row(channel: str, product: CatalogueProduct, key: str) -> tuple[object, ...]:
    units = pack_units(product.units)
    return (channel, product.id, key, product.ean, product.name, units, product.deleted, True)


def _product(row: tuple[object, ...]) -> CatalogueProduct:
    product_id, ean, name, units, deleted = row[:5]
    return CatalogueProduct(str(product_id), str(ean), str(name), unpack_units(bytes(units)), bool(deleted))  # type: ignore[call-overload]


def _same(old: tuple[object, ...] | None, product: CatalogueProduct, key: str) -> bool:
    if old is None or old[5] != key:
        return False
    held = _product(old)
    return (held.units, held.deleted) == (product.units, product.deleted)
