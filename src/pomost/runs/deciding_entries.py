"""Deciding about a piece of entries: what both sides hold, what the rules make of it, and storing what came of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pomost.model.assortment import ProductEntry
from pomost.model.change import Area, Drop, EntryChange, Keep, Put
from pomost.model.entry import GRANTING, OF_PRODUCT, Content, Reading, lines_of, subject
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import to_tell
from pomost.model.setting import ChoiceKind
from pomost.model.trade import DiscountEntry, FilesEntry, PricesEntry, What, Who
from pomost.ports.fault import Unsupported
from pomost.rules.entries import Offered, Ruling, group_named, products_named, rule, with_prices
from pomost.rules.granting import Named, granted, named_by
from pomost.runs.alerting import still_sold
from pomost.runs.entry_desk import Desk, with_names
from pomost.store.database import one_transaction
from pomost.store.entries import Held
from pomost.store.unresolved import DECIDED, DECISION, WARNING, Item

_SOLD = frozenset({Area.PRODUCT, Area.PRICES})
"""Areas whose entries the shop goes on selling by when the ERP's are faulty."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Entries of one area read together: those meant for the shop, what is known of them, and products they name.

    `prices`: of products, what the prices of each come to.
    """

    readings: Mapping[int, Reading]
    known: Mapping[int, Held]
    offered: Offered
    prices: Mapping[int, Ruling]


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to happen to one entry; `settle`: its new fingerprint, where nothing need be sent.

    `gone`: the ERP does not mean it for the shop any more. `sold`: the shop goes on selling by what it holds of it.
    """

    key: int
    label: str
    change: EntryChange | None
    findings: tuple[Finding, ...] = ()
    skipped: bool = False
    settle: bytes | None = None
    unsettle: bool = False
    gone: bool = False
    sold: bool = False


def read_piece(desk: Desk, area: Area, keys: Sequence[int]) -> Piece:
    """Read entries in full, with everything their rules look at."""
    readings = {one.key: one for one in desk.erp.entries(area, keys) if one.meant}
    contents = [one.content for one in readings.values()]
    known = desk.channel.entries.known(area, keys)
    desk.customers |= _customers_in_shop(desk, contents)
    groups = {key for one in contents if (key := group_named(one)) is not None}
    desk.around = with_names(desk.channel, desk.around, groups)
    prices = _prices(desk, readings) if area is Area.PRODUCT else {}
    return Piece(readings, known, _offered(desk, area, readings), prices)


def decide(desk: Desk, area: Area, keys: Sequence[int], piece: Piece, *, full: bool) -> list[Decided]:
    return [_decide(desk, area, key, piece, full=full) for key in keys]


def _decide(desk: Desk, area: Area, key: int, piece: Piece, *, full: bool) -> Decided:
    reading, held = piece.readings.get(key), piece.known.get(key)
    if reading is None:
        return _gone(desk, area, key, held)
    label = reading.label
    published = held is not None and held.published
    keep = Keep(subject(area, key, label), lines_of(held.content)) if full and held and held.published else None
    if area in OF_PRODUCT and key not in piece.offered:
        return Decided(key, label, keep, skipped=True)
    if not _for_somebody(desk, reading.content):
        return Decided(key, label, keep, skipped=True)
    ruling: Ruling = rule(reading, desk.around, piece.offered)
    if area is Area.PRODUCT:
        ruling = with_prices(ruling, piece.prices.get(key, _unpriced(desk)))
    if ruling.content is None:
        return _held_back(desk, area, label, keep, ruling, held, key)
    if isinstance(ruling.content, ProductEntry):
        desk.offered[key] = frozenset(ruling.content.variant_attributes)
        desk.held_back.discard(key)
    if area is Area.CUSTOMER:
        desk.customers.add(key)
    doubtful = held is not None and held.doubtful
    before = held.content if held is not None and (published or doubtful) else None
    if isinstance(before, FilesEntry):
        before = before.bare
    if published and not doubtful and not full and before == ruling.content:
        return Decided(key, label, None, ruling.findings, settle=reading.print)
    put = Put(
        subject(area, key, label),
        before,
        ruling.content,
        print=reading.print,
        read_at=desk.read_at,
        again=full or doubtful,
        why=ruling.findings,
    )
    return Decided(key, label, put, ruling.findings, unsettle=held is not None and held.print == reading.print)


def _held_back(
    desk: Desk, area: Area, label: str, keep: Keep | None, ruling: Ruling, held: Held | None, key: int
) -> Decided:
    """The shop can be told nothing of it: what gives money away is taken back, everything else stays as it stands."""
    stands = held is not None and (held.published or held.doubtful)
    if held is not None and stands and area in GRANTING and not _in_dispute(desk, ruling):
        why = (*ruling.findings, *granted(held.content, _names(desk, held.content)))
        return Decided(key, label, Drop(subject(area, key, label), (), why), why, skipped=True)
    if area is Area.PRODUCT:
        desk.held_back.add(key)
    if area is Area.PRICES and key in desk.held_back:
        return Decided(key, label, keep, skipped=True)  # the product tells
    sold = area in _SOLD and held is not None and held.published
    return Decided(key, label, keep, ruling.findings, skipped=True, sold=sold)


def _in_dispute(desk: Desk, ruling: Ruling) -> bool:
    """Where both sides mean another root, no group hangs anywhere: the root is wrong, and no rule ends by it."""
    reasons = {one.reason for one in ruling.findings}
    return bool(desk.around.other_root) and Reason.DISCOUNT_GROUP_GONE in reasons


def _gone(desk: Desk, area: Area, key: int, held: Held | None) -> Decided:
    """It went away while this was read, and the next run drops it; one in doubt the shop may hold: it is taken back."""
    label = f"#{key}" if held is None else held.label
    if held is None or not (held.doubtful or held.published):
        return Decided(key, label, None, gone=True)
    if area in OF_PRODUCT and Area.PRODUCT not in desk.reaches:
        return Decided(key, label, None, gone=True)
    why = (Finding.of(Reason.ENTRY_GONE),)
    return Decided(key, label, Drop(subject(area, key, label), lines_of(held.content), why))


def _offered(desk: Desk, area: Area, readings: Mapping[int, Reading]) -> Offered:
    """Products these entries name that are in the shop, or will be once this run is carried out."""
    named = set(readings) if area in OF_PRODUCT else set()
    for one in readings.values():
        named |= products_named(one.content)
    if not named:
        return {}
    entries, going = desk.channel.entries, named & desk.offered.keys()
    standing: dict[int, frozenset[str]] = {}
    if area is Area.PRODUCT:
        # Here a product names what it is a variant of, and a variant has no variants.
        going -= desk.variants
        for held in entries.known(Area.PRODUCT, named).values():
            content = held.content
            if held.published and isinstance(content, ProductEntry) and content.variant_of is None:
                standing[held.key] = frozenset(content.variant_attributes)
    else:
        standing = dict.fromkeys(entries.published(Area.PRODUCT, named), frozenset())
    for key in standing.keys() & desk.leaving:
        del standing[key]
    return standing | {key: desk.offered[key] for key in going}


def _prices(desk: Desk, products: Collection[int]) -> Mapping[int, Ruling]:
    """What the prices of these products come to: the ERP's, or those the shop holds where this run sends none."""
    if Area.PRICES in desk.reaches:
        return {one.key: rule(one, desk.around, {}) for one in desk.erp.entries(Area.PRICES, sorted(products))}
    default = desk.shop.price_type
    held = desk.channel.entries.known(Area.PRICES, products)
    found = {}
    for key in products:
        content = held[key].content if key in held and held[key].published else None
        stands = isinstance(content, PricesEntry) and any(line.price_type == default for line in content.lines)
        found[key] = Ruling(content) if stands else _unpriced(desk)
    return found


def _unpriced(desk: Desk) -> Ruling:
    return Ruling(None, (Finding.of(Reason.PRODUCT_HAS_NO_PRICE, price_type=desk.shop.price_type),))


def _customers_in_shop(desk: Desk, contents: Iterable[Content | None]) -> set[int]:
    """Customers these rules name that the shop knows."""
    named = {one.who_key for one in contents if isinstance(one, DiscountEntry) and one.who is Who.CUSTOMER}
    return desk.channel.entries.published(Area.CUSTOMER, named - desk.customers) if named else set()


def _for_somebody(desk: Desk, content: Content | None) -> bool:
    """A rule that names a customer means nothing to a shop that does not know the customer."""
    if not isinstance(content, DiscountEntry) or content.who is not Who.CUSTOMER:
        return True
    return content.who_key in desk.customers


def _names(desk: Desk, content: Content | None) -> Mapping[Named, str]:
    """What people call what a rule names."""
    found: dict[Named, str] = {}
    for thing in named_by(content):
        kind, key = thing
        match kind:
            case What.GROUP:
                desk.around = with_names(desk.channel, desk.around, [key])
                found[thing] = desk.around.names[key]
            case Who.CUSTOMER_GROUP:
                found[thing] = _customer_groups(desk).get(str(key), "")
            case _:
                area = Area.PRODUCT if kind is What.PRODUCT else Area.CUSTOMER
                held = desk.channel.entries.known(area, [key]).get(key)
                found[thing] = "" if held is None else held.label
    return found


def _customer_groups(desk: Desk) -> Mapping[str, str]:
    try:
        return {one.id: one.label for one in desk.channel.erp.choices(ChoiceKind.CUSTOMER_GROUPS)}
    except Unsupported:
        return {}


def store(desk: Desk, area: Area, decided: Sequence[Decided]) -> None:
    """Write the changes into the plan, settle what needs none, and tell the inbox."""
    channel, draft = desk.channel, desk.draft
    gone = [str(one.key) for one in decided if one.gone]
    standing = [one for one in decided if not one.gone]
    changes = [one.change for one in standing if one.change is not None]
    before = channel.inbox.of_subjects(area, [str(one.key) for one in standing if one.sold])
    items: list[Item] = []
    for one in standing:
        findings = one.findings
        if one.sold:
            findings = (*findings, still_sold(before.get(str(one.key), ()), channel.clock()))
        told = to_tell(findings)
        if told or (one.skipped and findings):
            part = DECISION if one.skipped else WARNING
            items.append(Item(0, part, one.label, "", told or findings, area=area, subject=str(one.key)))
            draft.counts.add(f"reason.{(told or findings)[0].reason}")
    with one_transaction():
        desk.session.confirm()
        draft.counts.add("decided", len(standing))
        draft.write(changes, ())
        channel.entries.settle(area, [(one.key, one.settle) for one in standing if one.settle is not None])
        # Decided anew for another cause than the ERP's rows: only its answer settles it, not the old fingerprint.
        channel.entries.settle(area, [(one.key, b"") for one in standing if one.unsettle])
        for part in DECIDED:
            staying = {item.subject for item in items if item.part == part}
            clean = [str(one.key) for one in standing if str(one.key) not in staying]
            channel.inbox.clear_subjects(area, clean, (part,))
        channel.inbox.put(items, channel.clock())
        channel.inbox.clear_subjects(area, gone)
