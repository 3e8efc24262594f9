"""The ledger: what each shop confirmed to hold for us, and what is in doubt because an answer never came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from pomost.model.change import Amend, OfferChange, Publish, SetStock, Target
from pomost.model.known import Known, after, doubts, hiding, shown_as
from pomost.model.offer import Stock
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.reason import Reason
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
# What a done change alone says of a product nothing else is in doubt about.
_PUBLISHED = """
INSERT INTO store_knownoffer
  (channel_id, product_id, key, symbol, published, owned, held, offer, stocks, doubtful, attempt)
VALUES (%s, %s, %s, %s, TRUE, TRUE, FALSE, %s, %s, '', '')
ON CONFLICT (channel_id, product_id) DO UPDATE SET key = excluded.key, symbol = excluded.symbol,
  published = TRUE, owned = TRUE, offer = excluded.offer
"""
_AMENDED = _PUBLISHED.replace("published = TRUE, owned = TRUE,", "published = TRUE,")
_STOCKED = """
UPDATE store_knownoffer SET key = %s, symbol = %s, stocks = %s WHERE channel_id = %s AND product_id = %s
"""
_OF_OTHERS = """
SELECT DISTINCT known.product_id FROM store_knownoffer known
  JOIN store_channel other ON other.name = known.channel_id
  JOIN store_channel ours ON ours.shop = other.shop AND ours.shop_account = other.shop_account
WHERE ours.name = %s AND other.name <> %s AND known.product_id IN ({keys})
"""
_NO_STOCKS = pack_stocks({})
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

    def symbols_like(self, beginning: str, limit: int) -> list[str]:
        """Some symbols of what we made the shop say something of, by their first letters."""
        # In whatever order they come: sorting would read all of them for the few that are shown.
        rows = KnownOffer.objects.filter(channel_id=self._channel, symbol__istartswith=beginning).order_by()
        return sorted(set(rows.values_list("symbol", flat=True)[:limit]))

    def in_doubt(self) -> list[int]:
        """Cards of products whose last attempt had no answer."""
        rows = KnownOffer.objects.filter(channel_id=self._channel).exclude(attempt="")
        return list(rows.values_list("key", flat=True))

    def doubt(self, changes: Sequence[OfferChange], attempt: str) -> None:
        """These changes left and were not answered: nobody knows what the shop holds of what they touch."""
        held = self.known(change.target.product_id for change in changes)
        unsure: dict[str, Known] = {}
        for change in changes:
            product_id = change.target.product_id
            base = unsure.get(product_id) or held.get(product_id) or _blank(change.target)
            unsure[product_id] = _with_doubts(base, base.doubtful | doubts(change) | hiding(change))
        sql.run_many(_UPSERT, [_row(self._channel, one, attempt) for one in unsure.values()])

    def record(self, changes: Sequence[OfferChange], outcomes: Sequence[Outcome], attempt: str) -> None:
        """Record what the shop answered: done changes become known, refused ones leave no doubt.

        One that may have been taken in spite of its failure is in doubt from now on. Products without doubts whose
        change was simply done take a way that neither reads nor packs what the change leaves alone.
        """
        statement = "SELECT product_id, stocks, doubtful FROM store_knownoffer WHERE channel_id = %s"
        ids = {change.target.product_id for change in changes}
        held = {row[0]: row for row in sql.rows_in(statement + " AND product_id IN ({keys})", [self._channel], ids)}
        offers: dict[str, tuple[bool, tuple[object, ...]]] = {}
        stocks: dict[str, tuple[Target, dict[str, Stock]]] = {}
        slow: list[tuple[OfferChange, Outcome]] = []
        for change, outcome in zip(changes, outcomes, strict=False):
            target = change.target
            row = held.get(target.product_id)
            if not isinstance(outcome, Done) or (row is not None and row[2]):
                slow.append((change, outcome))
                continue
            match change:
                case Publish(offer=offer) | Amend(after=offer) if target.product_id not in offers:
                    values = (
                        self._channel,
                        target.product_id,
                        target.key,
                        target.symbol,
                        pack_offer(offer),
                        _NO_STOCKS,
                    )
                    offers[target.product_id] = isinstance(change, Publish), values
                case SetStock(after=stock) if row is not None:
                    known = stocks.get(target.product_id) or (target, unpack_stocks(bytes(row[1])))
                    known[1][stock.branch] = shown_as(known[1].get(stock.branch), stock)
                    stocks[target.product_id] = known
                case _:
                    slow.append((change, outcome))
        for published in (True, False):
            rows = [values for made, values in offers.values() if made is published]
            sql.run_many(_PUBLISHED if published else _AMENDED, rows)
        packed = [
            (one.key, one.symbol, pack_stocks(held), self._channel, one.product_id) for one, held in stocks.values()
        ]
        sql.run_many(_STOCKED, packed)
        self._record_slowly(slow, attempt)

    def _record_slowly(self, answered: Sequence[tuple[OfferChange, Outcome]], attempt: str) -> None:
        held: dict[str, Known] = self.known({change.target.product_id for change, _ in answered})
        for change, outcome in answered:
            target = change.target
            base = held.get(target.product_id)
            match outcome:
                case Done():
                    held[target.product_id] = after(base, change)
                case Failed(retry=True, reason=reason):
                    sure = base or _blank(target)
                    # What was refused for its age has hidden nothing.
                    hidden = frozenset[str]() if reason.reason is Reason.OUTDATED else hiding(change)
                    held[target.product_id] = _with_doubts(sure, sure.doubtful | doubts(change) | hidden)
                case Failed() | Skipped():
                    if base is not None:
                        held[target.product_id] = _with_doubts(base, base.doubtful - doubts(change))
        empty = [one.product_id for one in held.values() if _says_nothing(one)]
        rows = [_row(self._channel, one, attempt if one.doubtful else "") for one in held.values()]
        sql.run_many(_UPSERT, rows)
        statement = "DELETE FROM store_knownoffer WHERE channel_id = %s AND product_id IN ({keys})"
        sql.run_in(statement, [self._channel], empty)

    def everything(self, *, doubtful: bool = False) -> Iterator[list[Known]]:
        """All that is known, or all that is in doubt, in pieces; it may be changed in between."""
        last, chosen = "", " AND attempt <> ''" if doubtful else ""
        statement = f"{_SELECT}{chosen} AND product_id > %s ORDER BY product_id LIMIT 500"
        while rows := sql.rows(statement, [self._channel, last]):
            yield [_known(row) for row in rows]
            last = rows[-1][0]

    def keep(self, found: Sequence[Known], attempt: str) -> None:
        """These take the place of whatever was known of their products. `attempt`: what their doubts stand under."""
        sql.run_many(_UPSERT, [_row(self._channel, one, attempt if one.doubtful else "") for one in found])

    def of_others(self, product_ids: Iterable[str]) -> set[str]:
        """Those of these products that another channel of this store knows of, at the same account of the shop."""
        found = sql.rows_in(_OF_OTHERS, [self._channel, self._channel], set(product_ids))
        return {product_id for (product_id,) in found}

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


def _blank(target: Target) -> Known:
    return Known(target.product_id, target.key, target.symbol, published=False, offer=None)


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
