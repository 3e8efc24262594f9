"""Planning: deciding about every card that is due and storing the changes as a plan, guarded kinds apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from pomost.model.change import OFFER_PARTS, Amend, Area, Change, Kind, Part, SetStock, Target, kind_of
from pomost.model.order import OrderStatus
from pomost.model.reason import Finding, Reason
from pomost.model.request import RunRequest
from pomost.model.sentences_of_runs import to_tell
from pomost.model.setting import Choice, ChoiceKind
from pomost.model.text import Text
from pomost.ports.capability import no
from pomost.ports.entries import EntryErp, EntryShop
from pomost.ports.erp import Aspect
from pomost.ports.fault import Fault, Forbidden, Refused
from pomost.rules.branches import BranchPlan
from pomost.rules.diff import Scope, growing_units
from pomost.rules.entries import Surroundings, root_of
from pomost.rules.guard import Alarm, Tally, alarms_of, tally
from pomost.rules.offering import Shop, Verdict
from pomost.rules.settings import Terrain, judge
from pomost.rules.settings import Verdict as SettingsVerdict
from pomost.rules.settings_of_customers import CustomerTerrain
from pomost.rules.settings_of_orders import OrderTerrain
from pomost.runs.adopting import adopt_shelf
from pomost.runs.alerting import still_sold
from pomost.runs.book import Book
from pomost.runs.branches import compare_branches, made_by, not_made, plan_branches, without_branches
from pomost.runs.channel import Channel, aspects_of
from pomost.runs.customers import plan_customers
from pomost.runs.deciding import Decided, decide_piece, decide_stock_piece
from pomost.runs.noting import Noted
from pomost.runs.reading import mirror_catalogue, moved_cards, prints_of, sight_cards
from pomost.runs.reading_back import part_of
from pomost.runs.recovering import recover
from pomost.runs.session import Session, StopAsked
from pomost.store.channels import neighbours
from pomost.store.database import one_transaction
from pomost.store.journal import Counts, State
from pomost.store.unresolved import CAPABILITY, DECIDED, DECISION, WARNING, Item

_DECIDING = Text("Decyzje", "Decisions")
_ORDER = tuple(Kind)
_BRANCHES = frozenset({Part.BRANCHES})


@dataclass(slots=True)
class Draft:
    """The plan while it is being written in the run's book. `parts`: what is asked for, switched on and not refused.

    `noted`: what of it buyers may feel beyond the very change, in an exchange. `together`: cards whose offers change
    their unit, with the alarm under which unit, price and quantity wait.
    """

    channel: Channel
    book: Book
    request: RunRequest
    parts: frozenset[Part]
    shop: Shop
    branches: BranchPlan | None
    findings: tuple[Finding, ...]
    tally: Tally = field(default_factory=Tally)
    noted: Noted | None = None
    together: dict[int, Alarm] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        return self.book.counts

    @property
    def aspects(self) -> frozenset[Aspect]:
        return aspects_of(self.parts)

    def write(
        self, changes: Sequence[Change], settles: Sequence[tuple[int, bytes]], *, alarm: Alarm | None = None
    ) -> None:
        """Store a piece's changes in the order they are sent, each alarm in a batch of its own.

        With `alarm` all of them fall under that one, whatever each of them is.
        """
        guard = self.channel.policy.guard
        alarms = [alarm] * len(changes) if alarm else alarms_of(changes, guard)
        growing = growing_units(changes)
        groups: defaultdict[tuple[bool, Kind, str], list[Change]] = defaultdict(list)
        for change, found in zip(changes, alarms, strict=True):
            first = isinstance(change, SetStock) and change.target.product_id in growing and change.lowers
            groups[not first, kind_of(change), str(found or "")].append(change)
            if found is not None and isinstance(change, Amend) and change.moves_unit:
                self.together[change.target.key] = found
        if not alarm:
            self.tally += tally(changes, guard)
            if self.noted is not None:
                self.noted.take(changes, alarms)
        ordered = sorted(groups, key=lambda group: (group[0], _ORDER.index(group[1]), group[2]))
        cuts = [(group, piece) for group in ordered for piece in _cut(groups[group], self.channel.shop.can.batch)]
        for place, ((_, _, waits_for), piece) in enumerate(cuts, 1):
            self.book.plan(piece, waits_for, settles if place == len(cuts) else ())


def open_plan(channel: Channel, session: Session, request: RunRequest) -> Draft:
    """Judge the settings and begin a run. Raises Refused when they leave nothing that could be done."""
    recover(channel, session)
    shop = Shop(channel.shop.units(), channel.shop.can)
    branches = _branches(channel, request.parts)
    verdict = _judged(channel, shop, branches)
    shop = replace(shop, lacks=verdict.lacking | not_made(channel, branches))
    branches = without_branches(branches, verdict.unwritten)
    wanted = channel.enabled & request.parts
    parts = wanted - verdict.refused
    if wanted <= _BRANCHES < request.parts:
        wanted = frozenset()  # branches come along with what is switched on; alone they go when they are asked for
    if not wanted or not parts:
        raise nothing_to_do(wanted, verdict.findings)
    if parts == channel.enabled:
        # A limited run leaves a plan that waits for a person alone: it could not have planned the same.
        channel.journal.supersede(State.PLANNED, State.WAITING)
    facts, version = request.as_facts(), channel.settings_version
    run = channel.journal.begin(facts, session.owner, session.host, channel.clock(), version)
    draft = Draft(channel, Book(channel.journal, run), request, parts, shop, branches, verdict.findings)
    for part in wanted & verdict.refused:
        draft.counts.add(f"refused.{part}")
    if Part.STOCK in parts and shop.lacks:
        draft.counts.add("lacking", len(shop.lacks))
    return draft


def plan_parties(draft: Draft, session: Session) -> list[Fault]:
    """Branches, then customers: whoever is recognised now may have ordered already. Gives what stopped customers."""
    if Part.BRANCHES in draft.parts and draft.branches is not None:
        plan_branches(draft, session, draft.branches)
    try:
        if Part.CUSTOMERS in draft.parts:
            plan_customers(draft, session, full=draft.request.full)
    except Forbidden as fault:
        return [fault]
    return []


def plan_offer(draft: Draft, session: Session) -> None:
    """Read both sides, decide what is due of the offer, and store it. Sends nothing."""
    parts = draft.parts & OFFER_PARTS
    if parts:
        _fill(draft, session, draft.shop, Scope(parts, parts if draft.request.full else frozenset()), draft.request)


def broken_off(draft: Draft, ended: Fault | StopAsked) -> None:
    """The plan cannot be finished; the next run plans anew."""
    run = draft.book.run
    run.state, run.ended = State.BROKEN, draft.channel.clock()
    run.fault = {"pl": ended.say("pl"), "en": ended.say("en")} if isinstance(ended, Fault) else None
    run.save()


def _fill(draft: Draft, session: Session, shop: Shop, scope: Scope, request: RunRequest) -> None:
    """Read both sides of the offer and decide, as far as the scope goes."""
    channel, parts, enabled = draft.channel, scope.parts, draft.channel.enabled & OFFER_PARTS
    if Part.CARD in parts:
        read = mirror_catalogue(channel, session, full=request.full)
        draft.counts.add("catalogue", read)
    elif not channel.policy.goods.enabled:
        adopt_shelf(channel, session)
    if parts == enabled and Part.CARD in parts:
        _plan_all(draft, session, shop, scope, full=request.full)
    elif Part.CARD in parts or Part.PRICE in parts:
        _plan_some(draft, session, shop, scope, full=request.full)
    else:
        _plan_stock(draft, session, shop, scope, full=request.full)


def judged(channel: Channel) -> SettingsVerdict:
    """The settings judged against what both sides know.

    Where the shop has no catalogue of its own, the ERP's own configuration says what goes where.
    """
    if channel.shop.can.entries:
        if not channel.erp.can.entries:
            return SettingsVerdict((Finding.of(Reason.ENTRIES_NEED_ERP),), OFFER_PARTS)
        return SettingsVerdict(_around(channel).other_root, frozenset())
    shop = Shop(channel.shop.units(), channel.shop.can)
    return _judged(channel, shop, _branches(channel, frozenset(Part)))


def _around(channel: Channel) -> Surroundings:
    """The shop, and the group the ERP hangs its tree on."""
    erp, shop = cast("EntryErp", channel.erp), cast("EntryShop", channel.shop)
    keys = [key for key, _ in erp.scan_entries(Area.GROUP)]
    pieces = (keys[start : start + erp.can.batch] for start in range(0, len(keys), erp.can.batch))
    readings = (one for piece in pieces for one in erp.entries(Area.GROUP, piece) if one.meant)
    return Surroundings(shop.terrain(), erp_root=root_of(readings))


def _branches(channel: Channel, parts: frozenset[Part]) -> BranchPlan | None:
    """What a run of these parts would do about branches; None where it writes none."""
    return compare_branches(channel) if Part.BRANCHES in parts & channel.enabled else None


def _judged(channel: Channel, shop: Shop, branches: BranchPlan | None) -> SettingsVerdict:
    erp, can, customers = channel.erp, channel.shop.can, channel.policy.customers
    standing = _ids(channel.shop.choices(ChoiceKind.BRANCHES))
    terrain = Terrain(
        warehouses=_ids(erp.choices(ChoiceKind.WAREHOUSES)),
        price_levels={one.id: one.detail for one in erp.choices(ChoiceKind.PRICE_LEVELS)},
        groups=_ids(erp.choices(ChoiceKind.GROUPS)),
        traits=_ids(erp.choices(ChoiceKind.TRAITS)),
        own_fields=_ids(erp.choices(ChoiceKind.OWN_FIELDS)),
        shop_branches=standing if branches is None else standing | {one.held.id for one in branches.ours},
        units=shop.units,
        orders=_order_terrain(channel),
        customers=_customer_terrain(channel) if customers.enabled else CustomerTerrain(),
        regions=None if branches is None else _ids(channel.shop.choices(ChoiceKind.REGIONS)),
        to_make=made_by(branches),
    )
    verdict = judge(channel.policy, terrain)
    told = () if branches is None else branches.findings
    if customers.enabled and not can.customers:
        told = (*told, Finding.of(Reason.CANNOT_TAKE, why=can.customers.why.en))
    return replace(verdict, findings=(*verdict.findings, *told))


def _customer_terrain(channel: Channel) -> CustomerTerrain:
    erp = channel.erp
    return CustomerTerrain(
        traits=_ids(erp.choices(ChoiceKind.CUSTOMER_TRAITS)),
        groups=_ids(erp.choices(ChoiceKind.CUSTOMER_GROUPS)),
        industries=_ids(erp.choices(ChoiceKind.INDUSTRIES)),
    )


def _order_terrain(channel: Channel) -> OrderTerrain:
    """What settings about orders refer to; nothing is asked for while orders are off or cannot be carried."""
    policy, erp, shop = channel.policy.orders, channel.erp, channel.shop
    if not policy.enabled:
        return OrderTerrain()
    symbol = policy.deposit_card
    cards = erp.line_cards([symbol], []) if symbol else ()
    others = {name: document.get("orders", {}) for name, document in neighbours(channel.name).items()}
    fetch, report = shop.can.orders, shop.can.statuses
    statuses: Sequence[OrderStatus] = ()
    try:
        statuses = shop.order_statuses() if fetch else ()
    except Forbidden as fault:
        fetch = report = no(fault.text.pl, fault.text.en)
    return OrderTerrain(
        register=erp.can.orders,
        fetch=fetch,
        report=report,
        statuses=statuses,
        categories=_ids(erp.choices(ChoiceKind.CATEGORIES)),
        price_levels=_ids(erp.choices(ChoiceKind.PRICE_LEVELS)),
        cards={card.symbol: card.vat for card in cards if card.active},
        marks={name: str(one.get("mark", "")) for name, one in others.items() if one.get("enabled")},
    )


def _plan_all(draft: Draft, session: Session, shop: Shop, scope: Scope, *, full: bool) -> None:
    """The ordinary run: everything the settings switch on. Cards it deals with are settled."""
    channel = draft.channel
    sight_cards(channel, session, draft.aspects)
    version = channel.decided_by(shop.units, scope.parts, shop.lacks)
    channel.sightings.make_all_due(version, force=full)
    channel.sightings.recall([*channel.ledger.in_doubt(), *channel.inbox.to_retry()])
    total = channel.sightings.due_count()
    done = 0
    for piece in channel.sightings.due():
        session.tell(_DECIDING, done, total)
        decided = list(decide_piece(channel, shop, scope, piece))
        settles = [(one.key, prints_of(one.prints.card, one.prints.stock, draft.aspects)) for one in decided]
        changed = {one.key for one in decided if one.changes}
        with one_transaction():
            session.confirm()
            draft.write(
                [change for one in decided for change in one.changes], [row for row in settles if row[0] in changed]
            )
            _remember(draft, decided)
            channel.sightings.note_gone([one.key for one in decided if one.gone])
            channel.sightings.settle(row for row in settles if row[0] not in changed)
            channel.sightings.forget(one.key for one in decided if one.gone and not one.changes)
        done += len(piece)
    session.tell(_DECIDING, done, total)


def _plan_some(draft: Draft, session: Session, shop: Shop, scope: Scope, *, full: bool) -> None:
    """A run limited to some parts: it looks at what moved, and leaves the rest due for the next ordinary run."""
    channel = draft.channel
    from_scan = {key: ean for key, ean in moved_cards(channel, session, draft.aspects) if ean is not None}
    keys = sorted({*from_scan, *channel.sightings.due_keys(), *(channel.sightings.all_keys() if full else ())})
    for start in range(0, len(keys), channel.erp.can.batch):
        session.tell(_DECIDING, start, len(keys))
        piece = channel.sightings.as_due(keys[start : start + channel.erp.can.batch])
        decided = list(decide_piece(channel, shop, scope, piece))
        with one_transaction():
            session.confirm()
            draft.write([change for one in decided for change in one.changes], ())
            # Sent without being settled: should it change back, the fingerprint settled last would hide it.
            channel.sightings.make_due(one.key for one in decided if one.changes)
            draft.counts.add("decided", len(decided))


def _plan_stock(draft: Draft, session: Session, shop: Shop, scope: Scope, *, full: bool) -> None:
    """Stock alone: products that stand on offer, in their offers' units."""
    channel = draft.channel
    version = channel.decided_by(shop.units, scope.parts, shop.lacks)
    lasting = channel.enabled & OFFER_PARTS == scope.parts
    if lasting:
        sight_cards(channel, session, draft.aspects)
        channel.sightings.make_all_due(version, force=full)
        keys = channel.sightings.due_keys()
    else:
        moved = {key for key, ean in moved_cards(channel, session, draft.aspects) if ean is not None}
        keys = sorted({*moved, *channel.sightings.due_keys(), *(channel.sightings.all_keys() if full else ())})
    keys = sorted({*keys, *channel.ledger.in_doubt(), *channel.inbox.to_retry()})
    for start in range(0, len(keys), channel.erp.can.batch):
        session.tell(_DECIDING, start, len(keys))
        asked = keys[start : start + channel.erp.can.batch]
        decided = list(decide_stock_piece(channel, shop, scope, asked, every=lasting))
        prints = {card.key: prints_of(card.prints.card, card.prints.stock, draft.aspects) for card, _ in decided}
        changed = {card.key for card, changes in decided if changes}
        quiet = [(key, prints[key]) for key in prints if key not in changed]
        with one_transaction():
            session.confirm()
            # Where the card was not looked at its half is empty: the next ordinary scan decides it anew.
            settled = [(key, prints[key]) for key in sorted(changed)]
            draft.write([change for _, changes in decided for change in changes], settled)
            draft.counts.add("decided", len(decided))
            if lasting:
                _forgive(channel, asked, [change for _, changes in decided for change in changes])
                channel.sightings.settle(quiet)
            else:
                channel.sightings.settle_stock(quiet)


def _remember(draft: Draft, decided: Sequence[Decided]) -> None:
    """Count verdicts, and keep what did not get through or wants a look in the inbox."""
    inbox, now = draft.channel.inbox, draft.channel.clock()
    items: list[Item] = []
    before = inbox.of_cards(one.key for one in decided if one.sold)
    for one in decided:
        draft.counts.add("decided")
        draft.counts.add(f"verdict.{one.decision.verdict}")
        product = "" if one.decision.match is None else one.decision.match.id
        if one.decision.verdict is not Verdict.OFFERED and one.decision.findings:
            draft.counts.add(f"reason.{one.decision.findings[0].reason}")
            sold = (still_sold(before.get(one.key, ()), now),) if one.sold else ()
            items.append(Item(one.key, DECISION, one.symbol, product, (*one.decision.findings, *sold)))
        warnings = to_tell(one.decision.findings)
        if one.decision.verdict is Verdict.OFFERED and warnings:
            items.append(Item(one.key, WARNING, one.symbol, product, warnings))
        if one.unfit:
            items.append(Item(one.key, CAPABILITY, one.symbol, product, one.unfit))
    _forgive(draft.channel, [one.key for one in decided], [change for one in decided for change in one.changes])
    gone = {one.key for one in decided if one.gone}
    staying = [item for item in items if item.key not in gone]
    # What stays for the same reason keeps the time since when: it is overwritten, not cleared.
    inbox.clear({one.key for one in decided} - {item.key for item in staying}, DECIDED)
    for part in DECIDED:
        others = {item.key for item in staying} - {item.key for item in staying if item.part == part}
        inbox.clear(others, (part,))
    inbox.put(staying, now)


def _forgive(channel: Channel, keys: Sequence[int], changes: Sequence[Change]) -> None:
    """A change that failed and is wanted no more is no failure any more."""
    wanted = {(one.target.key, part_of(one)) for one in changes if isinstance(one.target, Target)}
    channel.inbox.clear_done([one for one in channel.inbox.failed(keys) if one not in wanted])


def nothing_to_do(wanted: frozenset[Part], findings: tuple[Finding, ...]) -> Refused:
    if not wanted:
        return Refused(
            Text("Żadna wybrana część nie jest włączona w ustawieniach.", "No part asked for is switched on."),
            Text(
                "Włącz synchronizację towarów, cen lub stanów w ustawieniach kanału.",
                "Switch goods, prices or stock synchronisation on in the channel's settings.",
            ),
        )
    return SettingsRefused(findings)


class SettingsRefused(Refused):
    """Configuration errors refuse every part asked for; `findings` name them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            Text("Ustawienia kanału nie pozwalają na synchronizację.", "The channel's settings do not allow a run."),
            Text("Popraw wymienione ustawienia.", "Correct the settings named."),
        )
        self.findings = findings


def _ids(choices: Sequence[Choice]) -> set[str]:
    return {one.id for one in choices}


def _cut(items: list[Change], size: int) -> list[list[Change]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
