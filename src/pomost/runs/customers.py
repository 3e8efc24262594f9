"""Customers of a run, read aloud: mirror the shop's, recognise them in the ERP, place them, plan what differs."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from pomost.model.change import Area, Change, DropSegment, PutSegment, Subject
from pomost.model.customer import HeldAssignment, SegmentSource, ShopCustomer
from pomost.model.nip import masked_nip
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import weight
from pomost.model.setting import ChoiceKind
from pomost.model.text import Text
from pomost.ports.fault import Forbidden
from pomost.rules.assigning import Fate, Fortune, assignment_change
from pomost.rules.fit import fit
from pomost.rules.recognise import place_of
from pomost.rules.segments import Names, segment_changes, segment_tree
from pomost.runs.branches import Draft
from pomost.runs.channel import Channel
from pomost.runs.recognising import Meeting
from pomost.runs.session import Session
from pomost.runs.telling import tell_recognised
from pomost.store.customers import Mirrored
from pomost.store.database import one_transaction
from pomost.store.unresolved import DECISION, WARNING, Item

_SHOP = Text("Kontrahenci sklepu", "The shop's customers")
_ERP = Text("Kontrahenci ERP", "ERP customers")
_DECIDING = Text("Decyzje o kontrahentach", "Decisions about customers")
_PIECE, _OFTEN, _LABEL = 500, 0x3FFF, 100
_LISTS = {
    SegmentSource.GROUP: ChoiceKind.CUSTOMER_GROUPS,
    SegmentSource.TRAIT: ChoiceKind.CUSTOMER_TRAITS,
    SegmentSource.INDUSTRY: ChoiceKind.INDUSTRIES,
}


def plan_customers(draft: Draft, session: Session, *, full: bool) -> None:
    """Decide about all customers, if anything their decisions rest on has moved, and store what differs as a plan."""
    channel = draft.channel
    mirror_customers(channel, session, full=full)
    names = names_of(channel, channel.policy.customers.levels)  # none while the function is off
    ground = _ground(channel, names)
    settled = channel.customers.settled()
    if not full and settled and settled == _sighted(channel, session, ground):
        draft.counts.add("customers.unmoved", channel.customers.count())
        return
    meeting = Meeting(channel.policy.customers, channel.policy.branches)
    meeting.invite(channel.customers.all())
    known = channel.assignments.known()
    fingerprint = _admit_cards(channel, session, meeting, known, ground)
    decided = list(meeting.fortunes())
    found = _segments(draft, names, decided, known)
    segments = found or ()
    _write(draft, session, [one for one in segments if isinstance(one, PutSegment)])
    changes = (change for change in _assignments(channel, decided, known, full=full))
    while piece := list(islice(changes, _PIECE)):
        _write(draft, session, piece)
    _write(draft, session, [one for one in segments if isinstance(one, DropSegment)])
    _remember(draft, session, decided, known.keys())
    if found is not None and not _planned(draft):
        channel.customers.settle(fingerprint)


def mirror_customers(channel: Channel, session: Session, *, full: bool) -> int:
    """Bring the mirror up to date: what changed since the last reading, or everything. Returns customers changed."""
    mirror = channel.customers
    since = "" if full else mirror.cursor()
    if not since:
        mirror.start_over()
    read = changed = 0
    for page in channel.shop.customers(since):
        session.tell(_SHOP, read)
        latest = {one.id: one for one in page.customers}
        cursor = page.cursor if page.complete else None
        if page.complete and not since:
            changed += mirror.finish()
        changed += mirror.store(list(latest.values()), page.gone, page.unreadable, cursor)
        read += len(latest)
    return changed


def names_of(channel: Channel, sources: Iterable[SegmentSource]) -> Names:
    """Names of everything segments could be made of these sources."""
    return {(source, one.id): one.label for source in sources for one in channel.erp.choices(_LISTS[source])}


def subject_of(customer: ShopCustomer) -> Subject:
    """Whom a change is about, named so that a person can find it and a log gives nothing away."""
    label = f"{masked_nip(customer.nip) or '-'} {place_of(customer.address)}".strip()
    return Subject(Area.CUSTOMER, customer.id, label[:_LABEL])


def _ground(channel: Channel, names: Names) -> "hashlib._Hash":
    """What decisions rest on besides the two lists of customers."""
    branches = [(branch.id, branch.customer_trait) for branch in channel.policy.branches]
    told = (channel.policy.customers, branches, sorted(names.items()), bool(channel.shop.can.segments))
    return hashlib.sha256(repr(told).encode())


def _sighted(channel: Channel, session: Session, ground: "hashlib._Hash") -> str:
    """The fingerprint `_admit_cards` would come to, at the price of reading the rows."""
    digest = ground.copy()
    for place, (_, print_) in enumerate(channel.erp.sight_customers()):
        digest.update(print_)
        if not place & _OFTEN:
            session.tell(_ERP, place)
    return digest.hexdigest()


def _admit_cards(
    channel: Channel,
    session: Session,
    meeting: Meeting,
    known: Mapping[str, HeldAssignment],
    ground: "hashlib._Hash",
) -> str:
    """Let all cards in; the fingerprint of exactly this reading, "" where it missed a card that is there.

    A card somebody is linked with and the reading did not meet is asked for by its key: a reading without locks may
    miss a row that moves while it passes, and a missed row would look like a customer that is gone.
    """
    digest = ground.copy()
    expected = {one.confirmed.key for one in known.values() if one.confirmed is not None}
    for place, card in enumerate(channel.erp.customers()):
        digest.update(card.print)
        expected.discard(card.key)
        meeting.admit(card)
        if not place & _OFTEN:
            session.tell(_ERP, place)
    missed, asked = 0, sorted(expected)
    for start in range(0, len(asked), channel.erp.can.batch):
        for card in channel.erp.customers(asked[start : start + channel.erp.can.batch]):
            meeting.admit(card)
            missed += 1
    return "" if missed else digest.hexdigest()


def _segments(
    draft: Draft,
    names: Names,
    decided: Sequence[tuple[Mirrored, Fortune]],
    known: Mapping[str, HeldAssignment],
) -> list[PutSegment | DropSegment] | None:
    """Segments to make, rename or drop; whoever is left as it stands keeps the segment it is in.

    None where the key may not read them: whoever is recognised still gets a branch, and all is looked at again in the
    next run.
    """
    channel = draft.channel
    if not channel.policy.customers.levels or not channel.shop.can.segments:
        return []
    try:
        held = {one.key: one for one in channel.shop.segments()}
    except Forbidden as fault:
        draft.findings = (*draft.findings, Finding.of(Reason.SHOP_FORBIDDEN, detail=fault.detail))
        return None
    used = {fortune.wanted.segment or "" for _, fortune in decided if fortune.wanted is not None}
    wanted = segment_tree(used, names)
    left = (known.get(one.customer.id) for one, fortune in decided if fortune.fate is Fate.LEFT)
    stay = {one.confirmed.segment or "" for one in left if one is not None and one.confirmed is not None}
    kept = {key: held[key] for key in segment_tree(stay, {}) if key in held and key not in wanted}
    return list(segment_changes({**wanted, **kept}, held, channel.assignments.own_segments()))


def _assignments(
    channel: Channel,
    decided: Sequence[tuple[Mirrored, Fortune]],
    known: Mapping[str, HeldAssignment],
    *,
    full: bool,
) -> Iterator[Change]:
    for one, fortune in decided:
        subject = subject_of(one.customer)
        change = assignment_change(subject, fortune, known.get(one.customer.id), again=full)
        if change is not None:
            fitted = fit(change, channel.shop.can)
            if not isinstance(fitted, Finding):
                yield fitted


def _write(draft: Draft, session: Session, changes: Sequence[Change]) -> None:
    if changes:
        session.tell(_DECIDING, draft.counts.numbers.get("plan.assign", 0))
        with one_transaction():
            session.confirm()
            draft.channel.customers.unsettle()
            draft.write(changes, ())


def _remember(
    draft: Draft, session: Session, decided: Sequence[tuple[Mirrored, Fortune]], known: Iterable[str]
) -> None:
    """Note whom everybody is recognised as, count, and keep what a person should look at in the inbox."""
    channel, counts = draft.channel, draft.counts
    items: list[Item] = []
    for one, fortune in decided:
        counts.add(f"customers.{fortune.fate}")
        subject = subject_of(one.customer)
        if fortune.fate is not Fate.ASSIGNED and fortune.findings:
            counts.add(f"customer.{fortune.findings[0].reason}")
            items.append(_item(subject, DECISION, fortune.findings))
        warnings = tuple(found for found in fortune.findings if weight(found) is Weight.WARN)
        if fortune.fate is Fate.ASSIGNED and warnings:
            items.append(_item(subject, WARNING, warnings))
    moved = [(one.customer.id, fortune.key) for one, fortune in decided if one.key != fortune.key]
    present = {one.customer.id for one, _ in decided}
    with one_transaction():
        session.confirm()
        channel.customers.recognise(moved)
        channel.assignments.forget([ident for ident in known if ident not in present])
        channel.inbox.renew(Area.CUSTOMER, (DECISION, WARNING), items, channel.clock())
    told = [(masked_nip(one.customer.nip), one.customer.id, it.key) for one, it in decided if one.key != it.key]
    tell_recognised(channel.name, channel.policy.other, told)


def _item(subject: Subject, part: str, findings: tuple[Finding, ...]) -> Item:
    return Item(0, part, subject.label, subject.id, findings, area=subject.area, subject=subject.id)


def _planned(draft: Draft) -> bool:
    kinds = ("segment", "assign", "unassign", "drop-segment")
    return any(draft.counts.numbers.get(f"plan.{kind}") for kind in kinds)
