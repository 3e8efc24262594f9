"""The ledger: what each shop confirmed to hold for us, and what is in doubt because an answer never came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from pomost.model.change import OfferChange
from pomost.model.known import Known, after, doubts
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.store import sql
from pomost.store.models import KnownOffer
from pomost.store.packing import pack_offer, pack_stocks, unpack_offer, unpack_stocks

_COLUMNS = "product_id, key, symbol, published, owned, held, offer, stocks, doubtful, attempt"
_SELECT = f"SELECT {_COLUMNS} FROM store_knownoffer WHERE channel_id = %s"  # noqa: S608  (no outside text in it)
_UPSERT = """
INSERT INTO store_knownoffer
  (channel_id, product_id, key, symbol, published, owned, held, offer, stocks, doubtful, attempt)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (channel_id, product_id) DO UPDATE SET key = excluded.key, symbol = excluded.symbol,
  published = excluded.published, owned = excluded.owned, held = excluded.held, offer = excluded.offer,
  stocks = excluded.stocks, doubtful = excluded.doubtful, attempt = excluded.attempt
"""
_SEPARATOR = "\n"


class Ledger:
    """One channel's ledger, keyed by the shop's product."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def known(self, product_ids: Iterable[str]) -> dict[str, Known]:
        found = sql.rows_in(_SELECT + " AND product_id IN ({keys})", [self._channel], set(product_ids))
        return {row[0]: _known(row) for row in found}

    def known_by_card(self, keys: Iterable[int]) -> dict[int, list[Known]]:
        """What stands in the shop for these cards; usually one product, two while an EAN moves."""
        found: defaultdict[int, list[Known]] = defaultdict(list)
        # Sorted here: an ORDER BY would tempt SQLite to walk the whole channel instead of the keys asked for.
        rows = sql.rows_in(_SELECT + " AND key IN ({keys})", [self._channel], set(keys))
        for row in sorted(rows, key=itemgetter(0)):
            found[row[1]].append(_known(row))
        return found

    def standing(self) -> int:
        """Products on offer."""
        return KnownOffer.objects.filter(channel_id=self._channel, published=True).count()

    def in_doubt(self) -> list[int]:
        """Cards of products whose last attempt had no answer."""
        rows = KnownOffer.objects.filter(channel_id=self._channel).exclude(attempt="")
        return list(rows.values_list("key", flat=True))

    def doubt(self, changes: Sequence[OfferChange], attempt: str) -> None:
        """Before a batch leaves: from now until it is answered nobody knows what the shop holds of it."""
        marks: defaultdict[str, set[str]] = defaultdict(set)
        for change in changes:
            marks[change.target.product_id] |= doubts(change)
        targets = {change.target.product_id: change.target for change in changes}
        held = self.known(marks)
        rows = []
        for product_id, new in marks.items():
            target = targets[product_id]
            base = held.get(product_id) or Known(product_id, target.key, target.symbol, published=False, offer=None)
            rows.append(_row(self._channel, _with_doubts(base, base.doubtful | new), attempt))
        sql.run_many(_UPSERT, rows)

    def record(self, changes: Sequence[OfferChange], outcomes: Sequence[Outcome], attempt: str) -> None:
        """Record what the shop answered: done changes become known, refused ones leave no doubt.

        A change without an outcome, or one that may have been taken in spite of its failure, stays in doubt.
        """
        held: dict[str, Known] = self.known({change.target.product_id for change in changes})
        for change, outcome in zip(changes, outcomes, strict=False):
            product_id = change.target.product_id
            match outcome:
                case Done():
                    held[product_id] = after(held.get(product_id), change)
                case Failed(retry=False) | Skipped():
                    base = held.get(product_id)
                    if base is not None:
                        held[product_id] = _with_doubts(base, base.doubtful - doubts(change))
                case Failed():
                    pass
        empty = [one.product_id for one in held.values() if _says_nothing(one)]
        rows = [_row(self._channel, one, attempt if one.doubtful else "") for one in held.values()]
        sql.run_many(_UPSERT, rows)
        statement = "DELETE FROM store_knownoffer WHERE channel_id = %s AND product_id IN ({keys})"
        sql.run_in(statement, [self._channel], empty)

    def adopt(self, found: Sequence[Known]) -> None:
        """Offers somebody else made: they may get stock, and are never withdrawn."""
        held = self.known(one.product_id for one in found)
        fresh = [_row(self._channel, one, "") for one in found if one.product_id not in held]
        sql.run_many(_UPSERT, fresh)

    def hold(self, product_ids: Iterable[str], *, held: bool) -> None:
        """Keep items of a rollback as they are until a person releases them."""
        statement = "UPDATE store_knownoffer SET held = %s WHERE channel_id = %s AND product_id IN ({keys})"
        sql.run_in(statement, [held, self._channel], set(product_ids))

    def held_cards(self) -> list[int]:
        return list(KnownOffer.objects.filter(channel_id=self._channel, held=True).values_list("key", flat=True))


def _with_doubts(known: Known, marks: Iterable[str]) -> Known:
    return Known(
        known.product_id,
        known.key,
        known.symbol,
        known.published,
        known.offer,
        known.stocks,
        frozenset(marks),
        known.held,
        known.owned,
    )


def _says_nothing(known: Known) -> bool:
    """A row that was only made for a doubt which the shop has since settled by a refusal."""
    return not known.published and known.offer is None and not known.stocks and not known.doubtful and not known.held


def _known(row: tuple[object, ...]) -> Known:
    product_id, key, symbol, published, owned, held, offer, stocks, doubtful, _ = row
    assert isinstance(key, int)
    stock: Mapping[str, object] = unpack_stocks(bytes(stocks))  # type: ignore[call-overload]
    return Known(
        product_id=str(product_id),
        key=key,
        symbol=str(symbol),
        published=bool(published),
        offer=None if offer is None else unpack_offer(bytes(offer)),  # type: ignore[call-overload]
        stocks=stock,  # type: ignore[arg-type]
        doubtful=frozenset(str(doubtful).split(_SEPARATOR)) if doubtful else frozenset(),
        held=bool(held),
        owned=bool(owned),
    )


def _row(channel: str, known: Known, attempt: str) -> tuple[object, ...]:
    return (
        channel,
        known.product_id,
        known.key,
        known.symbol,
        known.published,
        known.owned,
        known.held,
        pack_offer(known.offer),
        pack_stocks(dict(known.stocks)),
        _SEPARATOR.join(sorted(known.doubtful)),
        attempt,
    )
