"""Planning entries, area by area: what moved in the ERP since it was confirmed is read in full, ruled and stored."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from pomost.model.assortment import AttributeEntry
from pomost.model.change import Area, Drop, EntryChange, Keep, Put
from pomost.model.entry import OF_PRODUCT, Content, Reading, key_of, lines_of, subject
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import to_tell
from pomost.model.text import Text
from pomost.model.trade import DiscountEntry, FilesEntry, Who
from pomost.ports.entries import EntryErp, EntryShop, EntryTerrain
from pomost.rules.entries import DEEPEST, Ruling, Surroundings, products_named, root_of, rule
from pomost.rules.exchanging import Reach
from pomost.rules.guard import Alarm, Stop
from pomost.runs.channel import Channel
from pomost.runs.planning import Draft
from pomost.runs.session import Session
from pomost.store.database import one_transaction
from pomost.store.entries import Held
from pomost.store.unresolved import DECIDED, DECISION, WARNING, Item

_NAMES = {
    Area.CUSTOMER: Text("Kontrahenci", "Customers"),
    Area.PRICE_TYPE: Text("Rodzaje cen", "Price types"),
    Area.WAREHOUSE: Text("Magazyny", "Warehouses"),
    Area.ATTRIBUTE: Text("Atrybuty", "Attributes"),
    Area.GROUP: Text("Grupy", "Groups"),
    Area.PRODUCT: Text("Towary", "Products"),
    Area.PRICES: Text("Ceny", "Prices"),
    Area.CUSTOMER_DISCOUNT: Text("Rabaty kontrahentów", "Customers' discounts"),
    Area.PUBLIC_DISCOUNT: Text("Rabaty dla wszystkich", "Discounts for everybody"),
    Area.PROMOTION: Text("Zestawy promocyjne", "Promotional sets"),
    Area.FILES: Text("Dane binarne", "Binary data"),
    Area.STOCKS: Text("Stany", "Stock"),
}
_OTHER = {
    Area.CUSTOMER_DISCOUNT: Area.PUBLIC_DISCOUNT,
    Area.PUBLIC_DISCOUNT: Area.CUSTOMER_DISCOUNT,
}
"""A rule that changes hands changes its area and keeps its key."""
_IN_SURROUNDINGS = {
    Area.CUSTOMER,
    Area.GROUP,
    Area.PRODUCT,
    Area.PRICES,
    Area.CUSTOMER_DISCOUNT,
    Area.PUBLIC_DISCOUNT,
}
"""Areas whose entries name groups, price types or attributes."""
_OFTEN = 0x3FFF
_END = float("inf")


@dataclass(slots=True)
class Desk:
    """Where entries of one run are decided. `offered`, `leaving`: products this very run puts, and takes back.

    `customers`: those looked for so far that the shop knows, or will once this run is carried out.
    """

    channel: Channel
    session: Session
    draft: Draft
    shop: EntryTerrain
    reaches: Mapping[Area, Reach]
    around: Surroundings
    read_at: datetime
    offered: set[int] = field(default_factory=set)
    leaving: set[int] = field(default_factory=set)
    variants: set[int] = field(default_factory=set)
    customers: set[int] = field(default_factory=set)

    @property
    def erp(self) -> EntryErp:
        return erp_of(self.channel)


def erp_of(channel: Channel) -> EntryErp:
    """The ERP of a channel that exchanges entries; `can.entries` was looked at before."""
    return cast("EntryErp", channel.erp)


def shop_of(channel: Channel) -> EntryShop:
    """The shop of a channel that exchanges entries."""
    return cast("EntryShop", channel.shop)


def surroundings(channel: Channel, shop: EntryTerrain, areas: Collection[Area]) -> Surroundings:
    """What entries of these areas are held against: sound groups, price types and attributes as the ERP has them."""
    bare = Surroundings(shop)
    if _IN_SURROUNDINGS.isdisjoint(areas):
        return bare
    tree = list(_all(channel, Area.GROUP))
    groups, types, attributes = (
        [one for one in found if rule(one, bare, ()).content is not None]
        for found in (tree, _all(channel, Area.PRICE_TYPE), _all(channel, Area.ATTRIBUTE))
    )
    parents = {one.key: getattr(one.content, "parent", None) for one in groups}
    return Surroundings(
        shop,
        groups=frozenset(key for key in parents if _hangs(key, parents, shop.root)),
        price_types=frozenset(one.key for one in types),
        attributes=frozenset(
            (one.content.subject, one.content.code) for one in attributes if isinstance(one.content, AttributeEntry)
        ),
        erp_root=root_of(tree),
    )


def _all(channel: Channel, area: Area) -> Iterator[Reading]:
    erp = erp_of(channel)
    keys = [key for key, _ in erp.scan_entries(area)]
    for start in range(0, len(keys), erp.can.batch):
        yield from (one for one in erp.entries(area, keys[start : start + erp.can.batch]) if one.meant)


def _hangs(key: int, parents: Mapping[int, int | None], root: int) -> bool:
    """Whether every group above is sound, up to the root, and the line not too long; the root is none of its groups."""
    line = [key]
    at: int | None = parents[key] if key != root else None
    while at is not None and at != root:
        if at not in parents or len(line) == DEEPEST:
            return False
        line.append(at)
        at = parents[at]
    return at == root


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
    told: tuple[object, ...] = (area, desk.channel.settings_digest, repr(_sorted(around.shop)))
    if area in {Area.PRODUCT, Area.PUBLIC_DISCOUNT, Area.CUSTOMER_DISCOUNT, Area.GROUP, Area.CUSTOMER}:
        told = (*told, sorted(around.groups or ()), sorted(around.attributes))
    if area in {Area.PRICES, Area.CUSTOMER}:
        told = (*told, sorted(around.price_types))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _sorted(shop: EntryTerrain) -> list[object]:
    return [sorted(one) if isinstance(one, frozenset) else one for one in (getattr(shop, n) for n in shop.__slots__)]


def _plan_area(desk: Desk, area: Area, reach: Reach, *, everything: bool) -> list[Stop]:
    channel, full = desk.channel, reach is Reach.FULL
    moved, gone = _compared(desk, area, everything=everything or full)
    moved |= {*channel.entries.in_doubt(area), *(int(one) for one in channel.inbox.subjects_to_retry(area))} - gone
    if reach is Reach.NEW:
        moved -= channel.entries.published(area, moved)
        gone = set()
    stops = _drop(desk, area, gone)
    later: list[int] = []
    _put(desk, area, sorted(moved), full=full, later=later)
    _put(desk, area, later, full=full, later=None)
    return stops


def _compared(desk: Desk, area: Area, *, everything: bool) -> tuple[set[int], set[int]]:
    """The ERP's scan and the settled fingerprints side by side in key order: keys that moved, keys that are gone."""
    settled = desk.channel.entries.settled(area)
    old_key, old = next(settled, (_END, b""))
    moved: set[int] = set()
    gone: set[int] = set()
    for place, (key, found) in enumerate(desk.erp.scan_entries(area)):
        if not place & _OFTEN:
            desk.session.tell(_NAMES[area], place)
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


def _drop(desk: Desk, area: Area, gone: set[int]) -> list[Stop]:
    """Take back what the ERP no longer means for the shop; what a scan missed is asked for by key before."""
    channel, draft = desk.channel, desk.draft
    if area in OF_PRODUCT and Area.PRODUCT not in desk.reaches:
        return []  # neither stock nor prices alone may take a product off sale
    standing = channel.entries.standing(area)
    keys = sorted(gone)
    drops: list[Drop] = []
    for start in range(0, len(keys), channel.erp.can.batch):
        piece = keys[start : start + channel.erp.can.batch]
        meant = {one.key for one in desk.erp.entries(area, piece) if one.meant}
        moved_on = _changed_hands(desk, area, piece)
        known = channel.entries.known(area, piece)
        why = (Finding.of(Reason.ENTRY_GONE),)
        for key in piece:
            held = known.get(key)
            if key in meant or held is None:
                continue
            if key in moved_on:
                with one_transaction():
                    desk.session.confirm()
                    channel.entries.moved_on(area, key)
                continue
            drops.append(Drop(subject(area, key, held.label), lines_of(held.content), why))
    dropped = len(drops)
    emptied = area is not Area.PRODUCT and dropped >= standing and dropped > 1 and area not in OF_PRODUCT
    if area is Area.PRODUCT:
        desk.leaving = {key_of(one.target) for one in drops}
    # What belongs to a product shares its fate: without its prices it would be off sale all the same.
    fates: dict[bool, list[Drop]] = {True: [], False: []}
    for one in drops:
        fates[area in OF_PRODUCT and key_of(one.target) in desk.leaving].append(one)
    for group, alarm in ((fates[True], Alarm.WITHDRAWN), (fates[False], Alarm.EMPTIED if emptied else None)):
        for start in range(0, len(group), channel.shop.can.batch):
            with one_transaction():
                desk.session.confirm()
                changes = group[start : start + channel.shop.can.batch]
                draft.write(changes, (), alarm=alarm)
                channel.inbox.clear_subjects(area, [one.target.id for one in changes], DECIDED)
    return [Stop(Alarm.EMPTIED, dropped, 0, standing)] if emptied else []


def _changed_hands(desk: Desk, area: Area, keys: Sequence[int]) -> set[int]:
    """Of these rules, those that stand in the other area of discounts now: the shop keeps one rule under one key."""
    other = _OTHER.get(area)
    return set() if other is None else {one.key for one in desk.erp.entries(other, keys) if one.meant}


def _put(desk: Desk, area: Area, keys: Sequence[int], *, full: bool, later: list[int] | None) -> None:
    """Read, rule and store pieces of an area. `later`: products that wait until those they are variants of are put."""
    channel = desk.channel
    size = min(channel.erp.can.batch, channel.shop.can.batch)
    for start in range(0, len(keys), size):
        desk.session.tell(_NAMES[area], start, len(keys))
        piece = keys[start : start + size]
        readings = {one.key: one for one in desk.erp.entries(area, piece) if one.meant}
        if later is not None and area is Area.PRODUCT:
            variants = [key for key, one in readings.items() if getattr(one.content, "variant_of", None)]
            later += variants
            desk.variants.update(variants)
            piece = [key for key in piece if key not in variants]
        known = channel.entries.known(area, piece)
        offered = _offered(desk, area, [readings[key] for key in piece if key in readings])
        desk.customers |= _customers_in_shop(desk, readings.values())
        decided = [_decide(desk, area, key, readings.get(key), known.get(key), offered, full=full) for key in piece]
        _store(desk, area, [one for one in decided if one is not None])
        vanished = [str(key) for key, one in zip(piece, decided, strict=True) if one is None]
        channel.inbox.clear_subjects(area, vanished)


def _offered(desk: Desk, area: Area, readings: Sequence[Reading]) -> set[int]:
    """Products these entries name that are in the shop, or will be once this run is carried out."""
    named = {one.key for one in readings} if area in OF_PRODUCT else set()
    for one in readings:
        named |= products_named(one.content)
    if not named:
        return set()
    if area is not Area.PRODUCT:
        return ((desk.channel.entries.published(Area.PRODUCT, named) - desk.leaving) | desk.offered) & named
    # Here a product names what it is a variant of, and a variant has no variants.
    known = desk.channel.entries.known(Area.PRODUCT, named).values()
    held = {one.key for one in known if one.published and getattr(one.content, "variant_of", None) is None}
    return ((held - desk.leaving) | (desk.offered - desk.variants)) & named


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is to happen to one entry; `settle`: its new fingerprint, where nothing need be sent."""

    key: int
    label: str
    change: EntryChange | None
    findings: tuple[Finding, ...] = ()
    skipped: bool = False
    settle: bytes | None = None
    unsettle: bool = False


def _decide(
    desk: Desk, area: Area, key: int, reading: Reading | None, held: Held | None, offered: set[int], *, full: bool
) -> _Decided | None:
    """One entry; None where it went away while this was read: the next run drops it."""
    if reading is None:
        return _doubtful_and_gone(desk, area, key, held)
    label = reading.label
    published = held is not None and held.published
    keep = Keep(subject(area, key, label), lines_of(held.content)) if full and held and held.published else None
    if area in OF_PRODUCT and key not in offered:
        return _Decided(key, label, keep, skipped=True)
    if not _for_somebody(desk, reading.content):
        return _Decided(key, label, keep, skipped=True)
    ruling: Ruling = rule(reading, desk.around, offered)
    if ruling.content is None:
        return _Decided(key, label, keep, ruling.findings, skipped=True)
    if area is Area.PRODUCT:
        desk.offered.add(key)
    if area is Area.CUSTOMER:
        desk.customers.add(key)
    doubtful = held is not None and held.doubtful
    before = held.content if held is not None and (published or doubtful) else None
    if isinstance(before, FilesEntry):
        before = before.bare
    if published and not doubtful and not full and before == ruling.content:
        return _Decided(key, label, None, ruling.findings, settle=reading.print)
    put = Put(
        subject(area, key, label),
        before,
        ruling.content,
        print=reading.print,
        read_at=desk.read_at,
        again=full or doubtful,
        why=ruling.findings,
    )
    return _Decided(key, label, put, ruling.findings, unsettle=held is not None and held.print == reading.print)


def _doubtful_and_gone(desk: Desk, area: Area, key: int, held: Held | None) -> _Decided | None:
    """In doubt, and no longer meant for the shop: taken back, for the shop may hold it."""
    if held is None or not (held.doubtful or held.published):
        return None
    if area in OF_PRODUCT and Area.PRODUCT not in desk.reaches:
        return None
    why = (Finding.of(Reason.ENTRY_GONE),)
    return _Decided(key, held.label, Drop(subject(area, key, held.label), lines_of(held.content), why))


def _customers_in_shop(desk: Desk, readings: Iterable[Reading]) -> set[int]:
    """Customers these rules name that the shop knows."""
    contents = (one.content for one in readings)
    named = {one.who_key for one in contents if isinstance(one, DiscountEntry) and one.who is Who.CUSTOMER}
    return desk.channel.entries.published(Area.CUSTOMER, named - desk.customers) if named else set()


def _for_somebody(desk: Desk, content: Content | None) -> bool:
    """A rule that names a customer means nothing to a shop that does not know the customer."""
    if not isinstance(content, DiscountEntry) or content.who is not Who.CUSTOMER:
        return True
    return content.who_key in desk.customers


def _store(desk: Desk, area: Area, decided: Sequence[_Decided]) -> None:
    channel, draft = desk.channel, desk.draft
    changes = [one.change for one in decided if one.change is not None]
    items: list[Item] = []
    for one in decided:
        told = to_tell(one.findings)
        if told or (one.skipped and one.findings):
            part = DECISION if one.skipped else WARNING
            items.append(Item(0, part, one.label, "", told or one.findings, area=area, subject=str(one.key)))
            draft.counts.add(f"reason.{(told or one.findings)[0].reason}")
    with one_transaction():
        desk.session.confirm()
        draft.counts.add("decided", len(decided))
        draft.write(changes, ())
        channel.entries.settle(area, [(one.key, one.settle) for one in decided if one.settle is not None])
        # Decided anew for another cause than the ERP's rows: only its answer settles it, not the old fingerprint.
        channel.entries.settle(area, [(one.key, b"") for one in decided if one.unsettle])
        for part in DECIDED:
            staying = {item.subject for item in items if item.part == part}
            clean = [str(one.key) for one in decided if str(one.key) not in staying]
            channel.inbox.clear_subjects(area, clean, (part,))
        channel.inbox.put(items, channel.clock())
