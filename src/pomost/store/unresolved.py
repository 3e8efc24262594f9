"""What did not get through, grouped by reason: the error inbox."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from pomost.model.change import Area
from pomost.model.reason import Finding, Reason
from pomost.store import sql
from pomost.store.models import InboxItem, KnownOffer
from pomost.store.packing import pack_findings, unpack_findings

_ORDER = ("symbol", "key", "area", "subject", "part")
DECISION, WARNING, CAPABILITY = DECIDED = ("decision", "warning", "capability")
_LABEL = 100  # signs of a name that are kept
_UPSERT = """
INSERT INTO store_inboxitem
  (channel_id, area, key, subject, part, symbol, product_id, reason, findings, retry, since, runs)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)
ON CONFLICT (channel_id, key, area, subject, part) DO UPDATE SET symbol = excluded.symbol,
  product_id = excluded.product_id, findings = excluded.findings, retry = excluded.retry,
  since = CASE WHEN store_inboxitem.reason = excluded.reason THEN store_inboxitem.since ELSE excluded.since END,
  runs = CASE WHEN store_inboxitem.reason = excluded.reason THEN store_inboxitem.runs + 1 ELSE 1 END,
  reason = excluded.reason
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One unresolved thing. `part`: decision, warning, offer, stock:BRANCH or withdraw; other areas have their own.

    A card is named by its key; anything else has key 0 and is named by `area` and `subject`, its id there. `symbol` is
    what people call it; its first hundred signs are kept.
    """

    key: int
    part: str
    symbol: str
    product_id: str
    findings: tuple[Finding, ...]
    retry: bool = False
    since: datetime | None = None
    runs: int = 1
    area: Area = Area.OFFER
    subject: str = ""


class Inbox:
    """One channel's unresolved items."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def put(self, items: Sequence[Item], now: datetime) -> None:
        rows = [
            (
                self._channel,
                item.area.value,
                item.key,
                item.subject,
                item.part,
                item.symbol[:_LABEL],
                item.product_id,
                item.findings[0].reason.value,
                pack_findings(item.findings),
                item.retry,
                now,
            )
            for item in items
        ]
        sql.run_many(_UPSERT, rows)

    def clear(self, keys: Iterable[int], parts: Sequence[str]) -> None:
        marks = ", ".join(["%s"] * len(parts))
        where = f"channel_id = %s AND area = 'offer' AND part IN ({marks}) AND key IN ({{keys}})"
        statement = f"DELETE FROM store_inboxitem WHERE {where}"  # noqa: S608  (placeholders only)
        sql.run_in(statement, [self._channel, *parts], set(keys))

    def clear_subjects(self, area: Area, subjects: Iterable[str], parts: Sequence[str] = ()) -> None:
        """Things of another area that are dealt with; with `parts` only these parts of them."""
        rows = InboxItem.objects.filter(channel_id=self._channel, area=area, key=0)
        for piece in sql.pieces(subjects):
            chosen = rows.filter(subject__in=piece)
            (chosen.filter(part__in=parts) if parts else chosen).delete()

    def unsay(self, area: Area, subjects: Collection[str], reasons: Collection[Reason]) -> None:
        """Findings of things of an area that hold no more; what else is said of them stays."""
        for row in InboxItem.objects.filter(channel_id=self._channel, area=area, key=0, subject__in=subjects):
            told = unpack_findings(bytes(row.findings))
            left = tuple(found for found in told if found.reason not in reasons)
            if left and left != told:
                changed = {"findings": pack_findings(left), "reason": left[0].reason.value}
                InboxItem.objects.filter(pk=row.pk).update(**changed)

    def renew(self, area: Area, parts: Sequence[str], items: Sequence[Item], now: datetime) -> None:
        """Make `items` everything these parts of an area hold.

        What is new or says something else is put, the rest of what stood there is cleared, and what stands as it is
        costs nothing.
        """
        rows = InboxItem.objects.filter(channel_id=self._channel, area=area, key=0, part__in=parts)
        held = {(subject, part): bytes(told) for subject, part, told in rows.values_list("subject", "part", "findings")}
        wanted = {(item.subject, item.part): item for item in items}
        self.put([one for place, one in wanted.items() if held.get(place) != pack_findings(one.findings)], now)
        for part in parts:
            gone = [subject for subject, of in held if of == part and (subject, of) not in wanted]
            self.clear_subjects(area, gone, (part,))

    def clear_done(self, done: Sequence[tuple[int, str]]) -> None:
        """Parts of cards that went through. Hardly any of them is in the inbox, so that is asked first."""
        where = "SELECT key, part FROM store_inboxitem WHERE channel_id = %s AND area = 'offer' AND key IN ({keys})"
        held = {(key, part) for key, part in sql.rows_in(where, [self._channel], {key for key, _ in done})}
        statement = "DELETE FROM store_inboxitem WHERE channel_id = %s AND area = 'offer' AND key = %s AND part = %s"
        sql.run_many(statement, [(self._channel, *one) for one in done if one in held])

    def to_retry(self) -> list[int]:
        """Cards the shop refused: their inputs may be unchanged, but the answer may not be."""
        rows = InboxItem.objects.filter(channel_id=self._channel, area=Area.OFFER, retry=True)
        return list(rows.values_list("key", flat=True).distinct())

    def subjects_to_retry(self, area: Area) -> list[str]:
        """Things of another area that the other side refused, or did not keep."""
        rows = InboxItem.objects.filter(channel_id=self._channel, area=area, retry=True)
        return list(rows.values_list("subject", flat=True).distinct())

    def subjects_held_back(self, area: Area) -> list[str]:
        """Things of another area that could not be told: mended, they may look just as they did when they were.

        Sets also where something is merely said of them: they may wait for a product that is in the shop by now.
        """
        parts = (DECISION, WARNING) if area is Area.PROMOTION else (DECISION,)
        rows = InboxItem.objects.filter(channel_id=self._channel, area=area, part__in=parts)
        return list(rows.values_list("subject", flat=True).distinct())

    def failed(self, keys: Iterable[int]) -> list[tuple[int, str]]:
        """Key and part of what failed of these cards when it was sent."""
        statement = """SELECT key, part FROM store_inboxitem
            WHERE channel_id = %s AND area = 'offer' AND retry AND key IN ({keys})"""
        return [(key, part) for key, part in sql.rows_in(statement, [self._channel], keys)]

    def on_offer_since(self, before: datetime, reason: Reason) -> list[str]:
        """Symbols of cards skipped since before then, of which this is said too, while their product is on offer."""
        on_offer = KnownOffer.objects.filter(channel_id=self._channel, key=OuterRef("key"), published=True)
        rows = InboxItem.objects.filter(channel_id=self._channel, area=Area.OFFER, part=DECISION, since__lt=before)
        found = rows.filter(Exists(on_offer)).order_by("symbol").values_list("symbol", "findings")
        return [symbol for symbol, told in found if any(one.reason is reason for one in unpack_findings(bytes(told)))]

    def of_cards(self, keys: Iterable[int]) -> dict[int, list[Item]]:
        """What several cards wait for; those that wait for nothing are not among them."""
        found: dict[int, list[Item]] = {}
        for piece in sql.pieces(keys):
            for row in InboxItem.objects.filter(channel_id=self._channel, area=Area.OFFER, key__in=piece):
                found.setdefault(row.key, []).append(_item(row))
        return found

    def by_reason(self) -> list[tuple[str, int]]:
        rows = InboxItem.objects.filter(channel_id=self._channel).values_list("reason")
        return [(reason, count) for reason, count in rows.annotate(n=Count("key")).order_by("-n", "reason")]

    def items(self, reason: str = "", limit: int = 1000) -> list[Item]:
        rows = InboxItem.objects.filter(channel_id=self._channel).order_by("symbol", "key", "subject", "part")
        if reason:
            rows = rows.filter(reason=reason)
        return [_item(row) for row in rows[:limit]]

    def page(self, reason: str, after: str, limit: int, search: str = "") -> tuple[list[Item], str]:
        """Items of a reason in the order of their symbols, and the mark the next page begins after ("": the last)."""
        rows = InboxItem.objects.filter(channel_id=self._channel, reason=reason)
        if search:
            rows = rows.filter(symbol__icontains=search)
        if after:
            rows = rows.filter(_after(after))
        found = list(rows.order_by(*_ORDER)[: limit + 1])
        mark = json.dumps([getattr(found[limit - 1], name) for name in _ORDER]) if len(found) > limit else ""
        return [_item(row) for row in found[:limit]], mark

    def symbols_like(self, beginning: str, limit: int) -> list[str]:
        """Some symbols of cards by their first letters."""
        areas = (Area.OFFER, Area.PRODUCT)
        rows = InboxItem.objects.filter(channel_id=self._channel, area__in=areas, symbol__istartswith=beginning)
        return sorted(set(rows.order_by().values_list("symbol", flat=True)[:limit]))

    def of_subject(self, area: Area, subject: str) -> list[Item]:
        return self.of_subjects(area, [subject]).get(subject, [])

    def of_subjects(self, area: Area, subjects: Sequence[str]) -> dict[str, list[Item]]:
        """What several things of an area wait for; those that wait for nothing are not among them."""
        rows = InboxItem.objects.filter(channel_id=self._channel, area=area, key=0, subject__in=subjects)
        found: dict[str, list[Item]] = {}
        for row in rows.order_by("part"):
            found.setdefault(row.subject, []).append(_item(row))
        return found

    def items_of_part(self, area: Area, part: str) -> list[Item]:
        """Everything unresolved of one part of an area."""
        rows = InboxItem.objects.filter(channel_id=self._channel, area=area, key=0, part=part)
        return [_item(row) for row in rows]

    def of_card(self, key: int) -> list[Item]:
        rows = InboxItem.objects.filter(channel_id=self._channel, key=key, area=Area.OFFER)
        return [_item(row) for row in rows.order_by("part")]


def _after(mark: str) -> Q:
    """What comes after a mark of `page`. Raises ValueError for one that is none."""
    place = json.loads(mark)
    if not isinstance(place, list) or [type(one) for one in place] != [str, int, str, str, str]:
        raise ValueError(mark)
    beyond = Q()
    for depth, name in enumerate(_ORDER):
        same = Q(**dict(zip(_ORDER[:depth], place, strict=False)))
        beyond |= same & Q(**{f"{name}__gt": place[depth]})
    return beyond & Q(symbol__gte=place[0])


def _item(row: InboxItem) -> Item:
    findings = unpack_findings(bytes(row.findings))
    return Item(
        row.key,
        row.part,
        row.symbol,
        row.product_id,
        findings,
        row.retry,
        row.since,
        row.runs,
        Area(row.area),
        row.subject,
    )
