"""Entries: what the shop confirmed to hold for us, area by area, and from what fingerprints of the ERP it was made."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from pomost.model.change import Area, Drop, EntryChange, Keep, Put
from pomost.model.entry import Content, key_of, may_hold, unique_values
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.store import sql
from pomost.store.models import ExchangedArea, KnownEntry
from pomost.store.packing import pack_content, unpack_content

_CHUNK = 20_000
_COLUMNS = "key, label, print, content, published, attempt, attempted"
_SELECT = f"""SELECT {_COLUMNS} FROM store_knownentry
    WHERE channel_id = %s AND area = %s AND key IN ({{keys}})"""  # noqa: S608  (placeholders only)
_SELECT_ALL = f"""SELECT {_COLUMNS} FROM store_knownentry
    WHERE channel_id = %s AND area = %s AND key > %s ORDER BY key LIMIT %s"""  # noqa: S608
_SELECT_DROPPED = f"""SELECT {_COLUMNS} FROM store_knownentry
    WHERE channel_id = %s AND area = %s AND key > %s AND NOT published ORDER BY key LIMIT %s"""  # noqa: S608
_PUT = """
INSERT INTO store_knownentry (channel_id, area, key, label, print, content, published, attempt, attempted)
VALUES (%s, %s, %s, %s, %s, %s, TRUE, '', '')
ON CONFLICT (channel_id, area, key) DO UPDATE SET label = excluded.label, print = excluded.print,
  content = excluded.content, published = TRUE, attempt = '', attempted = ''
"""
_DROPPED = """UPDATE store_knownentry SET published = FALSE, print = %s, attempt = '', attempted = ''
    WHERE channel_id = %s AND area = %s AND key = %s"""
_SURE = """UPDATE store_knownentry SET attempt = '', attempted = ''
    WHERE channel_id = %s AND area = %s AND key = %s"""
_DOUBTED = """
INSERT INTO store_knownentry (channel_id, area, key, label, print, content, published, attempt, attempted)
VALUES (%s, %s, %s, %s, %s, %s, FALSE, %s, %s)
ON CONFLICT (channel_id, area, key) DO UPDATE SET attempt = excluded.attempt,
  content = COALESCE(excluded.content, store_knownentry.content),
  attempted = REPLACE(store_knownentry.attempted, excluded.attempted, '') || excluded.attempted
"""
_SEPARATOR = "\x1f"
_SETTLED = """SELECT key, print FROM store_knownentry
    WHERE channel_id = %s AND area = %s AND key > %s AND published ORDER BY key LIMIT %s"""
_EXCHANGED = """
INSERT INTO store_exchangedarea (channel_id, area, sent, confirmed, decided)
VALUES (%s, %s, %s, '', '')
ON CONFLICT (channel_id, area) DO UPDATE SET sent = excluded.sent
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one entry. `doubtful`: the last attempt had no answer, so nobody knows what the shop holds.

    `content`: last confirmed, also of one that was dropped since (`published` False); of a doubtful one with lines all
    the lines the shop may hold. `attempted`: unique values the shop may hold of it because of attempts without answer.
    """

    key: int
    label: str
    print: bytes
    content: Content | None
    published: bool
    doubtful: bool
    attempted: frozenset[str] = frozenset()

    @property
    def values(self) -> frozenset[str]:
        """Unique values the shop holds, or may hold, of it, also where it was withdrawn."""
        return unique_values(self.content) | self.attempted


class Entries:
    """One channel's entries."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def settled(self, area: Area) -> Iterator[tuple[int, bytes]]:
        """Key and fingerprint of everything the shop holds in an area, in key order; read in chunks."""
        last = -(2**63)
        while chunk := sql.rows(_SETTLED, [self._channel, area, last, _CHUNK]):
            yield from ((key, bytes(found)) for key, found in chunk)
            last = chunk[-1][0]

    def known(self, area: Area, keys: Iterable[int]) -> dict[int, Held]:
        found = sql.rows_in(_SELECT, [self._channel, area], set(keys))
        return {row[0]: _held(area, row) for row in found}

    def met(self, area: Area, keys: Iterable[int]) -> set[int]:
        """Those of these entries the shop was ever told of, as far as anybody knows."""
        statement = "SELECT key FROM store_knownentry WHERE channel_id = %s AND area = %s AND key IN ({keys})"
        return {key for (key,) in sql.rows_in(statement, [self._channel, area], set(keys))}

    def everything(self, area: Area, *, dropped: bool = False) -> Iterator[Held]:
        """All that is known of an area in key order, or what the shop holds no more; read in chunks."""
        statement, last = (_SELECT_DROPPED if dropped else _SELECT_ALL), -(2**63)
        while chunk := sql.rows(statement, [self._channel, area, last, _CHUNK]):
            yield from (_held(area, row) for row in chunk)
            last = chunk[-1][0]

    def published(self, area: Area, keys: Iterable[int]) -> set[int]:
        """Those of these entries the shop holds."""
        statement = """SELECT key FROM store_knownentry
            WHERE channel_id = %s AND area = %s AND published AND key IN ({keys})"""
        return {key for (key,) in sql.rows_in(statement, [self._channel, area], set(keys))}

    def in_doubt(self, area: Area) -> list[int]:
        rows = KnownEntry.objects.filter(channel_id=self._channel, area=area).exclude(attempt="")
        return list(rows.values_list("key", flat=True))

    def standing(self, area: Area = Area.PRODUCT) -> int:
        """How many entries of an area the shop holds, or may hold."""
        rows = KnownEntry.objects.filter(channel_id=self._channel, area=area)
        return rows.filter(Q(published=True) | ~Q(attempt="")).count()

    def labels_like(self, beginning: str, limit: int, area: Area = Area.PRODUCT) -> list[str]:
        """Some names of what the shop holds or held in an area, by their first letters."""
        rows = KnownEntry.objects.filter(channel_id=self._channel, area=area, label__istartswith=beginning)
        return sorted(set(rows.order_by().values_list("label", flat=True)[:limit]))

    def record(self, changes: Sequence[EntryChange], outcomes: Sequence[Outcome], attempt: str) -> None:
        """Done changes become known; refused ones leave no doubt; one that may have been taken all the same does."""
        put: list[tuple[object, ...]] = []
        dropped: list[tuple[object, ...]] = []
        sure: list[tuple[object, ...]] = []
        doubtful: list[EntryChange] = []
        for change, outcome in zip(changes, outcomes, strict=False):
            place = (self._channel, change.target.area, key_of(change.target))
            match outcome, change:
                case Done(), Put(after=content, print=made_from):
                    put.append((*place, change.target.label, made_from, pack_content(content)))
                case Done(), Drop():
                    dropped.append((b"", *place))
                case Failed(retry=True), Put() | Drop():
                    doubtful.append(change)
                case ((Failed() | Skipped()), Put() | Drop()):
                    sure.append(place)
        sql.run_many(_PUT, put)
        sql.run_many(_DROPPED, dropped)
        sql.run_many(_SURE, sure)
        self.doubt(doubtful, attempt)

    def doubt(self, changes: Sequence[EntryChange], attempt: str) -> None:
        """These left and were not answered; of an entry with lines, every line the shop may hold is remembered.

        So is every unique value it may have got.
        """
        rows = [
            (
                self._channel,
                change.target.area,
                key_of(change.target),
                change.target.label,
                b"",
                pack_content(may_hold(change)),
                attempt,
                "".join(f"{one}{_SEPARATOR}" for one in sorted(unique_values(getattr(change, "after", None)))),
            )
            for change in changes
            if not isinstance(change, Keep)
        ]
        sql.run_many(_DOUBTED, rows)

    def settle(self, area: Area, prints: Iterable[tuple[int, bytes]]) -> None:
        """The shop holds what these fingerprints make, so nothing need be sent for them."""
        statement = "UPDATE store_knownentry SET print = %s WHERE channel_id = %s AND area = %s AND key = %s"
        sql.run_many(statement, [(value, self._channel, area, key) for key, value in prints])

    def moved_on(self, area: Area, key: int) -> None:
        """What stood here stands in another area now under the same key: nothing is left to drop."""
        KnownEntry.objects.filter(channel_id=self._channel, area=area, key=key).delete()

    # --- areas as a whole

    def believed(self, area: Area, cursor: str) -> bool:
        """Whether the shop last closed an area with our own doing, so that what is known of it may be believed.

        If so it counts as confirmed, also where the answer to that closing was lost: the next closing may fail too.
        """
        row = ExchangedArea.objects.filter(channel_id=self._channel, area=area).first()
        if row is None:
            return not cursor
        if cursor not in {row.sent, row.confirmed}:
            return False
        if cursor != row.confirmed:
            ExchangedArea.objects.filter(channel_id=self._channel, area=area).update(confirmed=cursor)
        return True

    def never_closed(self, areas: Iterable[Area]) -> set[Area]:
        """Those of these areas this store has never closed at the shop."""
        closed = ExchangedArea.objects.filter(channel_id=self._channel).exclude(sent="")
        return set(areas) - {Area(one) for one in closed.values_list("area", flat=True)}

    def forget(self, area: Area) -> None:
        """The shop does not hold what it confirmed (it was restored, or emptied): all of it is in doubt."""
        KnownEntry.objects.filter(channel_id=self._channel, area=area).update(attempt="forgotten", print=b"")

    def closing(self, areas: Iterable[Area], cursor: str) -> None:
        """Before areas are closed with a cursor: the answer may be lost, and the cursor is ours all the same."""
        sql.run_many(_EXCHANGED, [(self._channel, area, cursor) for area in areas])

    def closed(self, areas: Iterable[Area], cursor: str) -> None:
        rows = ExchangedArea.objects.filter(channel_id=self._channel, area__in=[area.value for area in areas])
        rows.update(sent=cursor, confirmed=cursor)

    def decided_by(self, area: Area) -> str:
        """What decisions in this area rested on besides the ERP's rows, when they were last made for all of it."""
        row = ExchangedArea.objects.filter(channel_id=self._channel, area=area).first()
        return "" if row is None else row.decided

    def decide_by(self, area: Area, version: str) -> None:
        ExchangedArea.objects.update_or_create(channel_id=self._channel, area=area, defaults={"decided": version})

    # --- files

    def digests(self, files: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Version and SHA-256 of files read before."""
        statement = "SELECT file, version, sha256 FROM store_filedigest WHERE channel_id = %s AND file IN ({keys})"
        return {
            file: (version, sha256) for file, version, sha256 in sql.rows_in(statement, [self._channel], set(files))
        }

    def note_digest(self, file: int, version: str, sha256: str) -> None:
        statement = """INSERT INTO store_filedigest (channel_id, file, version, sha256) VALUES (%s, %s, %s, %s)
            ON CONFLICT (channel_id, file) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256"""
        sql.run(statement, (self._channel, file, version, sha256))


def _held(area: Area, row: tuple[object, ...]) -> Held:
    key, label, made_from, content, published, attempt, attempted = row
    assert isinstance(key, int)
    packed = None if content is None else bytes(content)  # type: ignore[call-overload]
    return Held(
        key=key,
        label=str(label),
        print=bytes(made_from),  # type: ignore[call-overload]
        content=unpack_content(area, packed),
        published=bool(published),
        doubtful=bool(attempt),
        attempted=frozenset(str(attempted).split(_SEPARATOR)) - {""},
    )
