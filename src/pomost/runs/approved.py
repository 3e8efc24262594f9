"""A plan of entries approved late, set against today: what the shop holds by now, and the ERP's stock as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pomost.model.change import Area, Change, Drop, Keep, Put
from pomost.model.entry import Content, EntryChange, key_of, lines_of
from pomost.model.trade import FilesEntry
from pomost.ports.entries import EntryTerrain
from pomost.rules.entries import Surroundings, rule
from pomost.runs.channel import Channel
from pomost.runs.entry_desk import erp_of
from pomost.store.entries import Held


def as_of_today(channel: Channel, shop: EntryTerrain, changes: Sequence[Change], *, full: bool) -> list[Change | None]:
    """The changes of one area as they can be sent now, None where a later run settled the matter.

    Runs of a part alone leave the plan standing, so they may have sent what it holds, or something newer, since it was
    made. In a full exchange such an entry is kept: the shop would sweep what it is not shown.
    """
    area = changes[0].target.area
    entries = [one for one in changes if isinstance(one, Put | Drop | Keep)]
    held = channel.entries.known(area, [key_of(one.target) for one in entries])
    standing = [_standing(one, held.get(key_of(one.target)), full=full) for one in entries]
    return list(_fresh_stock(channel, shop, standing)) if area is Area.STOCKS else [*standing]


def _standing(change: EntryChange, held: Held | None, *, full: bool) -> EntryChange | None:
    now = _content(held)
    doubtful = held is not None and held.doubtful
    match change:
        case Put() if doubtful:
            return replace(change, before=now, again=True)
        case Put(target=target) if target.area is Area.STOCKS or now in (change.before, change.after):
            return replace(change, before=now)
        case Put(target=target):
            return Keep(target, lines_of(now)) if full and now is not None else None
        case Drop(lines=lines) if now is not None or full:
            return replace(change, lines=lines_of(now) or lines)
        case Keep(target=target) if full:
            return Keep(target, lines_of(now))
        case _:
            return None


def _content(held: Held | None) -> Content | None:
    """What the shop holds of an entry, as a plan has it."""
    if held is None or not (held.published or held.doubtful):
        return None
    return held.content.bare if isinstance(held.content, FilesEntry) else held.content


def _fresh_stock(
    channel: Channel, shop: EntryTerrain, changes: Sequence[EntryChange | None]
) -> Iterator[EntryChange | None]:
    """Stock as the ERP has it now; None where it is not meant for the shop any more."""
    read_at, around = channel.clock(), Surroundings(shop)
    keys = sorted({key_of(one.target) for one in changes if isinstance(one, Put)})
    readings: Mapping[int, Content | None] = {}
    prints: dict[int, bytes] = {}
    if keys:
        found = [one for one in erp_of(channel).entries(Area.STOCKS, keys) if one.meant]
        readings = {one.key: rule(one, around, {}).content for one in found}
        prints = {one.key: one.print for one in found}
    for change in changes:
        if not isinstance(change, Put):
            yield change
            continue
        key = key_of(change.target)
        content = readings.get(key)
        yield None if content is None else replace(change, after=content, print=prints[key], read_at=read_at)
