"""Planning entries, area by area: what moved in the ERP since it was confirmed is read in full, ruled and stored."""

import hashlib
from collections.abc import Sequence

from pomost.model.change import Area, Drop
from pomost.model.entry import OF_PRODUCT, UNIQUE, key_of, lines_of, subject
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import weight
from pomost.rules.exchanging import Reach
from pomost.rules.guard import Alarm, Stop
from pomost.runs.deciding_entries import decide, read_piece, store
from pomost.runs.entry_desk import Desk
from pomost.runs.handing_on import put_unique
from pomost.runs.moving_groups import put_groups
from pomost.store.database import one_transaction
from pomost.store.unresolved import DECIDED

_OTHER = {
    Area.CUSTOMER_DISCOUNT: Area.PUBLIC_DISCOUNT,
    Area.PUBLIC_DISCOUNT: Area.CUSTOMER_DISCOUNT,
}
"""A rule that changes hands changes its area and keeps its key."""
_DROPPED_LAST = UNIQUE | {Area.GROUP}
"""Areas where what is dropped may first have to make room for what is put."""
_GONE = (Finding.of(Reason.ENTRY_GONE),)
_OFTEN = 0x3FFF
_END = float("inf")


def plan_entries(desk: Desk) -> tuple[Stop, ...]:
    """Plan every area of the run, in the order they are sent. Gives what always waits for a person."""
    stops: list[Stop] = []
    for area, reach in desk.reaches.items():
        version = _version(desk, area)
        stops += _plan_area(desk, area, reach, everything=version != desk.channel.entries.decided_by(area))
        if reach is not Reach.NEW:
            desk.channel.entries.decide_by(area, version)
    return tuple(stops)


def _version(desk: Desk, area: Area) -> str:
    """Names what decisions of an area rest on besides its own rows."""
    around = desk.around
    told: tuple[object, ...] = (area, desk.channel.settings_digest, repr(_sorted(desk)))
    if area in {Area.PRODUCT, Area.PUBLIC_DISCOUNT, Area.CUSTOMER_DISCOUNT, Area.GROUP, Area.CUSTOMER}:
        told = (*told, [] if around.groups is None else sorted(around.groups.levels), sorted(around.attributes))
    if area is Area.GROUP and around.groups is not None:
        told = (*told, sorted(around.groups.astray.items()))
    if area in {Area.PRICES, Area.CUSTOMER, Area.PRODUCT}:
        told = (*told, sorted(around.price_types))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _sorted(desk: Desk) -> list[object]:
    shop = desk.shop
    return [sorted(one) if isinstance(one, frozenset) else one for one in (getattr(shop, n) for n in shop.__slots__)]


def _plan_area(desk: Desk, area: Area, reach: Reach, *, everything: bool) -> list[Stop]:
    channel, full = desk.channel, reach is Reach.FULL
    moved, gone = _compared(desk, area, everything=everything or full)
    unresolved = {*channel.inbox.subjects_to_retry(area), *channel.inbox.subjects_held_back(area)}
    moved |= {*channel.entries.in_doubt(area), *map(int, unresolved)} - gone
    if reach is Reach.NEW:
        moved -= channel.entries.published(area, moved)
        gone = set()
    drops = _leavings(desk, area, gone)
    if area not in _DROPPED_LAST:
        stops = _drop(desk, area, drops)
    again: list[Drop] = []
    if area in UNIQUE:
        again = put_unique(desk, area, moved, drops, full=full)
    elif area is Area.GROUP:
        again = put_groups(desk, moved, drops, full=full)
    else:
        for piece in desk.pieces(area, sorted(moved)):
            store(desk, area, decide(desk, area, piece, read_piece(desk, area, piece), full=full))
    if area in _DROPPED_LAST:
        stops = _drop(desk, area, drops, again)
    return stops


def _compared(desk: Desk, area: Area, *, everything: bool) -> tuple[set[int], set[int]]:
    """The ERP's scan and the settled fingerprints side by side in key order: keys that moved, keys that are gone."""
    settled = desk.channel.entries.settled(area)
    old_key, old = next(settled, (_END, b""))
    moved: set[int] = set()
    gone: set[int] = set()
    for place, (key, found) in enumerate(desk.erp.scan_entries(area)):
        if not place & _OFTEN:
            desk.tell(area, place)
        while old_key < key:
            gone.add(int(old_key))
            old_key, old = next(settled, (_END, b""))
        same = old_key == key and old == found
        if old_key == key:
            old_key, old = next(settled, (_END, b""))
        if everything or not same:
            moved.add(key)
    while old_key != _END:
        gone.add(int(old_key))
        old_key, old = next(settled, (_END, b""))
    return moved, gone


def _leavings(desk: Desk, area: Area, gone: set[int]) -> list[Drop]:
    """What the ERP no longer means for the shop, with why; what a scan missed is asked for by key before."""
    channel = desk.channel
    if area in OF_PRODUCT and Area.PRODUCT not in desk.reaches:
        return []  # neither stock nor prices alone may take a product off sale
    keys = sorted(gone)
    drops: list[Drop] = []
    for start in range(0, len(keys), channel.erp.can.batch):
        piece = keys[start : start + channel.erp.can.batch]
        readings = {one.key: one for one in desk.erp.entries(area, piece)}
        moved_on = _changed_hands(desk, area, piece)
        known = channel.entries.known(area, piece)
        for key in piece:
            held, reading = known.get(key), readings.get(key)
            if held is None or (reading is not None and reading.meant):
                continue
            if key in moved_on:
                with one_transaction():
                    desk.session.confirm()
                    channel.entries.moved_on(area, key)
                continue
            told = () if reading is None else reading.findings
            why = tuple(found for found in told if weight(found) is Weight.WITHDRAW) or _GONE
            drops.append(Drop(subject(area, key, held.label), lines_of(held.content), why))
    if area is Area.PRODUCT:
        desk.leaving = {key_of(one.target) for one in drops}
    return drops


def _drop(desk: Desk, area: Area, drops: Sequence[Drop], again: Sequence[Drop] = ()) -> list[Stop]:
    """Take entries back. An area the ERP has nothing of any more waits for a person, but not what has merely ended.

    `again`: what makes room for others; it stays among what a person has to mend.
    """
    channel = desk.channel
    standing = channel.entries.standing(area)
    missing = sum(one.why == _GONE for one in drops)
    emptied = area is not Area.PRODUCT and missing >= standing and missing > 1 and area not in OF_PRODUCT
    # What belongs to a product shares its fate: without its prices it would be off sale all the same.
    fates: dict[Alarm | None, list[Drop]] = {Alarm.WITHDRAWN: [], Alarm.EMPTIED: [], None: []}
    for one in drops:
        shared = area in OF_PRODUCT and key_of(one.target) in desk.leaving
        fates[Alarm.WITHDRAWN if shared else Alarm.EMPTIED if emptied and one.why == _GONE else None].append(one)
    fates[None] += again
    with one_transaction():
        desk.session.confirm()
        channel.inbox.clear_subjects(area, [one.target.id for one in drops], DECIDED)
    for alarm, group in fates.items():
        for start in range(0, len(group), channel.shop.can.batch):
            with one_transaction():
                desk.session.confirm()
                desk.draft.write(group[start : start + channel.shop.can.batch], (), alarm=alarm)
    return [Stop(Alarm.EMPTIED, missing, 0, standing)] if emptied else []


def _changed_hands(desk: Desk, area: Area, keys: Sequence[int]) -> set[int]:
    """Of these rules, those that stand in the other area of discounts now: the shop keeps one rule under one key."""
    other = _OTHER.get(area)
    return set() if other is None else {one.key for one in desk.erp.entries(other, keys) if one.meant}
