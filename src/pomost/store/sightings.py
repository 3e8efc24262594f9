"""Cards the ERP was seen to have, with the fingerprints last settled, and which of them are due for a decision."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from pomost.store import sql
from pomost.store.models import Channel, SightedCard

_CHUNK = 20_000
_NOTE = """
INSERT INTO store_sightedcard (channel_id, key, prints, match_key, due, gone)
VALUES (%s, %s, %s, %s, TRUE, FALSE)
ON CONFLICT (channel_id, key) DO UPDATE SET match_key = excluded.match_key, due = TRUE, gone = FALSE
"""
_RECALL = """
INSERT INTO store_sightedcard (channel_id, key, prints, match_key, due, gone)
VALUES (%s, %s, %s, '', TRUE, TRUE)
ON CONFLICT (channel_id, key) DO UPDATE SET due = TRUE
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A card to decide about; `gone` when the ERP no longer has it."""

    key: int
    match_key: str
    gone: bool


class Sightings:
    """One channel's cards."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def settled(self) -> Iterator[tuple[int, bytes]]:
        """Key and fingerprints of every card settled and not gone, in key order.

        Read in chunks, so cards may be noted between: a card noted for the first time has no fingerprints yet and is
        not among the settled.
        """
        last = -(2**63)
        statement = """SELECT key, prints FROM store_sightedcard
            WHERE channel_id = %s AND key > %s AND NOT gone AND LENGTH(prints) > 0 ORDER BY key LIMIT %s"""
        while chunk := sql.rows(statement, [self._channel, last, _CHUNK]):
            yield from chunk
            last = chunk[-1][0]

    def note(self, moved: Sequence[tuple[int, str]]) -> None:
        """Cards (key, match key) that are new or whose fingerprints moved: they and their neighbours become due."""
        with transaction.atomic():
            keys = [key for key, _ in moved]
            self._neighbours_due(keys)
            sql.run_many(_NOTE, [(self._channel, key, b"", match_key) for key, match_key in moved])
            self._neighbours_due(keys)

    def note_gone(self, keys: Sequence[int]) -> None:
        """Cards the ERP no longer has; whoever shared their code becomes due."""
        with transaction.atomic():
            self._neighbours_due(keys)
            statement = """UPDATE store_sightedcard SET due = TRUE, gone = TRUE, match_key = ''
                WHERE channel_id = %s AND key IN ({keys})"""
            sql.run_in(statement, [self._channel], keys)

    def make_due(self, keys: Iterable[int]) -> None:
        statement = "UPDATE store_sightedcard SET due = TRUE WHERE channel_id = %s AND key IN ({keys})"
        sql.run_in(statement, [self._channel], keys)

    def recall(self, keys: Iterable[int]) -> None:
        """Cards to decide about whether or not they moved; one that was forgotten comes back as gone."""
        sql.run_many(_RECALL, [(self._channel, key, b"") for key in set(keys)])

    def make_all_due(self, version: str, *, force: bool) -> None:
        """Every card is due when a forced run asks, or settings changed since the last decisions."""
        with transaction.atomic():
            if force or Channel.objects.filter(name=self._channel).exclude(decided_version=version).exists():
                SightedCard.objects.filter(channel_id=self._channel).update(due=True)
                Channel.objects.filter(name=self._channel).update(decided_version=version)

    def unsettle(self) -> None:
        """Every card has to be decided about again, by whichever run comes next."""
        SightedCard.objects.filter(channel_id=self._channel).update(due=True)

    def due(self) -> Iterator[list[Due]]:
        """Cards to decide about, in key order, in pieces of 500; a piece may be settled while the next is read."""
        last = -(2**63)
        statement = """SELECT key, match_key, gone FROM store_sightedcard
            WHERE channel_id = %s AND due AND key > %s ORDER BY key LIMIT 500"""
        while chunk := sql.rows(statement, [self._channel, last]):
            yield [Due(key, match_key, bool(gone)) for key, match_key, gone in chunk]
            last = chunk[-1][0]

    def due_keys(self) -> list[int]:
        return list(SightedCard.objects.filter(channel_id=self._channel, due=True).values_list("key", flat=True))

    def all_keys(self) -> list[int]:
        return list(SightedCard.objects.filter(channel_id=self._channel, gone=False).values_list("key", flat=True))

    def as_due(self, keys: Sequence[int]) -> list[Due]:
        """These cards as if they were due, whether or not they are; cards never noted come with a blank code."""
        statement = "SELECT key, match_key FROM store_sightedcard WHERE channel_id = %s AND key IN ({keys})"
        held: dict[int, str] = dict(sql.rows_in(statement, [self._channel], keys))
        return [Due(key, held.get(key, ""), gone=False) for key in keys]

    def due_count(self) -> int:
        return SightedCard.objects.filter(channel_id=self._channel, due=True).count()

    def living(self) -> int:
        return SightedCard.objects.filter(channel_id=self._channel, gone=False).count()

    def sharing(self, match_keys: Iterable[str]) -> dict[str, list[int]]:
        """Keys of living cards by match key."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        statement = """SELECT match_key, key FROM store_sightedcard
            WHERE channel_id = %s AND match_key IN ({keys}) AND NOT gone"""
        # Sorted here: an ORDER BY would tempt SQLite to walk the whole channel in key order instead of the keys asked.
        for match_key, key in sorted(sql.rows_in(statement, [self._channel], {one for one in match_keys if one})):
            found[match_key].append(key)
        return found

    def settle(self, prints: Iterable[tuple[int, bytes]]) -> None:
        """Decisions about these cards are carried out for exactly these fingerprints."""
        statement = "UPDATE store_sightedcard SET prints = %s, due = FALSE WHERE channel_id = %s AND key = %s"
        sql.run_many(statement, [(value, self._channel, key) for key, value in prints])

    def settle_stock(self, prints: Iterable[tuple[int, bytes]]) -> None:
        """Settle the stock half alone, for runs that look at nothing else; cards that are due stay due."""
        wanted = dict(prints)
        statement = """SELECT key, prints FROM store_sightedcard
            WHERE channel_id = %s AND LENGTH(prints) = 32 AND NOT due AND key IN ({keys})"""
        held = list(sql.rows_in(statement, [self._channel], wanted))
        update = "UPDATE store_sightedcard SET prints = %s WHERE channel_id = %s AND key = %s"
        sql.run_many(update, [(bytes(old)[:16] + wanted[key][16:], self._channel, key) for key, old in held])

    def forget(self, keys: Iterable[int]) -> None:
        """Cards gone from the ERP and dealt with."""
        statement = "DELETE FROM store_sightedcard WHERE channel_id = %s AND gone AND key IN ({keys})"
        sql.run_in(statement, [self._channel], keys)

    def _neighbours_due(self, keys: Sequence[int]) -> None:
        statement = """UPDATE store_sightedcard SET due = TRUE WHERE channel_id = %s AND NOT due AND match_key IN (
            SELECT match_key FROM store_sightedcard WHERE channel_id = %s AND match_key <> '' AND key IN ({keys}))"""
        sql.run_in(statement, [self._channel, self._channel], keys)
