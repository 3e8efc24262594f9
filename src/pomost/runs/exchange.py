"""An exchange: one run with a shop without a catalogue of its own, from its opening to the closing of its areas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pomost.model.change import Area, Change, Drop, Keep, Part, Put
from pomost.model.entry import CONTENTS, OF_PRODUCT, SWEPT, key_of, lines_of
from pomost.model.reason import Finding, Reason
from pomost.model.request import RunRequest
from pomost.model.sentences_of_runs import advise, say
from pomost.model.text import Text
from pomost.model.window import REFUSALS
from pomost.ports.entries import EntryTerrain, Exchange, Mode, ShopBusy
from pomost.ports.fault import Fault, Refused
from pomost.rules.exchanging import reaches, refusal
from pomost.rules.guard import Alarm, Stop
from pomost.rules.offering import Shop
from pomost.runs.approved import as_of_today
from pomost.runs.book import Book
from pomost.runs.channel import Channel
from pomost.runs.entries import plan_entries
from pomost.runs.entry_desk import Desk, shop_of, surroundings
from pomost.runs.files import hand_over
from pomost.runs.guarding import Planned, finish_plan
from pomost.runs.noting import Noted
from pomost.runs.planning import Draft, SettingsRefused, broken_off, nothing_to_do
from pomost.runs.recovering import recover
from pomost.runs.restored import all_waits, erp_went_back, is_restored, note_erp
from pomost.runs.session import Session, StopAsked
from pomost.store.database import one_transaction
from pomost.store.journal import State
from pomost.store.models import Run
from pomost.store.watermarks import Standing

_PARTS = frozenset({Part.CARD, Part.PRICE, Part.STOCK, Part.FILES, Part.CUSTOMERS})
_WENT_BACK = frozenset({Reason.SHOP_WENT_BACK, Reason.STORE_RESTORED})
_TO_FULL = Text("Zaznacz inne pola okna synchronizacji.", "Tick other boxes of the window.")


@dataclass(slots=True)
class Opened:
    """An exchange under way: its areas with their modes, and products the shop did not take in it.

    `closes`: the areas it closes, which may be more: a shop may keep one cursor for several.
    """

    channel: Channel
    session: Session
    shop: EntryTerrain
    modes: Mapping[Area, Mode]
    cursor: str
    closes: tuple[Area, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: set[int] = field(default_factory=set)

    def full(self, area: Area) -> bool:
        return self.modes.get(area) is Mode.FULL

    def pointless(self, change: Change) -> bool:
        """Whether it belongs to a product the shop has not taken."""
        if not isinstance(change, Put):
            return False
        return change.target.area in OF_PRODUCT and key_of(change.target) in self.refused

    def ready(
        self, changes: Sequence[Change], *, approved: bool
    ) -> tuple[Sequence[Change | None], Mapping[int, tuple[Finding, ...]]]:
        """The changes of a batch as they can be sent, None where there is nothing (left) to send.

        Files go before their lists; by place, what a list has to do without. A plan approved late is set against
        today.
        """
        area, full = changes[0].target.area, self.full(changes[0].target.area)
        standing: Sequence[Change | None] = changes
        if approved:
            standing = as_of_today(self.channel, self.shop, changes, full=full)
        elif isinstance(changes[0], Keep) and not full:
            standing = [None] * len(changes)
        return hand_over(self.channel, self.session, standing, anew=full) if area is Area.FILES else (standing, {})

    def give_up(self) -> None:
        """Nothing is swept, and the areas' cursors stay."""
        shop_of(self.channel).abort()

    def hear(self, change: Change, *, done: bool) -> None:
        """Note a product that is not in the shop after all."""
        if isinstance(change, Put) and change.target.area is Area.PRODUCT and not done and change.before is None:
            self.refused.add(key_of(change.target))

    def keep(self, changes: Sequence[Change]) -> None:
        """What is held back for a person is in the shop and stays: a full exchange must not sweep it."""
        kept = [
            Keep(change.target, lines_of(change.before) if isinstance(change, Put) else change.lines)
            for change in changes
            if isinstance(change, Put | Drop | Keep)
        ]
        if kept and self.full(kept[0].target.area):
            for _ in shop_of(self.channel).send(kept, self.cursor):
                self.session.tell(_KEEPING, 0)

    def close(self, confirmed: int | None = None) -> Stop | None:
        """Close every area of it; a stop where the shop would drop more than may pass without a person."""
        channel, shop = self.channel, shop_of(self.channel)
        areas = self.closes
        with one_transaction():
            self.session.confirm()
            channel.entries.closing(areas, self.cursor)
        swept = shop.commit(dict.fromkeys(areas, self.cursor), confirmed)
        if swept.wants is not None:
            shop.abort()
            return Stop(Alarm.SWEPT, swept.wants, 0, channel.entries.standing())
        with one_transaction():
            self.session.confirm()
            channel.entries.closed(areas, self.cursor)
        return None


_KEEPING = Text("Pozycje wstrzymane", "Items held back")


def plan_exchange(channel: Channel, session: Session, request: RunRequest, *, send: bool) -> tuple[Planned, Opened]:
    """Judge, open the exchange unless this is a preview, and plan. Raises the fault that ended it."""
    parts = _judged(channel, request)
    recover(channel, session)
    shop = shop_of(channel).terrain()
    if parts == channel.enabled & _PARTS or Part.CARD in parts:
        channel.journal.supersede(State.PLANNED, State.WAITING)
    run = channel.journal.begin(
        request.as_facts(), session.owner, session.host, channel.clock(), channel.settings_version
    )
    table = Shop(channel.shop.units(), channel.shop.can)
    draft = Draft(
        channel,
        Book(channel.journal, run),
        request,
        parts,
        table,
        None,
        (),
        noted=Noted(channel.policy.guard.price_jump),
    )
    reach = reaches(parts, shop, full=request.full)
    modes = {area: one.mode for area, one in reach.items()}
    opened = Opened(channel, session, shop, modes, cursor_of(run, session))
    _doubt_restored(opened)
    try:
        restored, told = erp_went_back(channel)
        opened.findings += told
        if send and not restored:
            _open(opened, request, run)
        else:
            _refuse_unknown(opened, shop_of(channel).cursors(modes))
        around = surroundings(channel, shop, reach)
        desk = Desk(channel, session, draft, shop, reach, around, channel.clock())
        stops = plan_entries(desk)
        draft.findings = (*draft.findings, *opened.findings, *around.other_root)
        if any(one.reason in _WENT_BACK for one in opened.findings):
            draft.counts.numbers["went_back"] = 1
        return (all_waits(draft, stops, send=send) if restored else finish_plan(draft, stops, around)), opened
    except (Fault, StopAsked) as ended:
        broken_off(draft, ended)
        shop_of(channel).abort()
        raise


def reopen(channel: Channel, session: Session, run: Run, request: RunRequest) -> Opened:
    """The exchange an approved plan is sent in: in full only where nothing of a full plan was sent before."""
    parts = frozenset(Part(one) for one in run.request["parts"]) & channel.enabled & _PARTS
    shop = shop_of(channel).terrain()
    alarms = {stop["alarm"] for stop in run.stops}
    unsent = run.state == State.PLANNED or not alarms.isdisjoint({Alarm.SWEPT, Alarm.RESTORED})
    full = bool(run.request["full"]) and unsent
    modes = {area: one.mode for area, one in reaches(parts, shop, full=full).items()}
    opened = Opened(channel, session, shop, modes, cursor_of(run, session))
    _open(opened, request, run)
    if is_restored(run):
        note_erp(channel)
    return opened


def cursor_of(run: Run, session: Session) -> str:
    """What areas are closed with: it names this very passage, and no other installation's."""
    return f"{run.pk}-{session.owner.rpartition('#')[2]}"


def _judged(channel: Channel, request: RunRequest) -> frozenset[Part]:
    """The parts of the offer to exchange. Raises Refused where there are none or they cannot go together."""
    if not channel.erp.can.entries:
        raise SettingsRefused((Finding.of(Reason.ENTRIES_NEED_ERP),))
    wrong = refusal(request.parts, full=request.full)
    if wrong is not None:
        said = REFUSALS[wrong]
        raise Refused(Text(f"{said.pl} ({wrong})", f"{said.en} ({wrong})"), _TO_FULL)
    parts = channel.enabled & request.parts & _PARTS
    if not parts:
        raise nothing_to_do(channel.enabled & request.parts, ())
    return parts


def _open(opened: Opened, request: RunRequest, run: Run) -> None:
    """Begin the exchange; one of ours that was broken off is ended without asking, for the lease is ours now."""
    channel, session = opened.channel, opened.session
    wish = Exchange(str(run.pk), request.manual, session.owner, session.host, opened.modes, takeover=request.force)
    try:
        cursors = shop_of(channel).open(wish)
    except ShopBusy as busy:
        dead_and_unattended = not busy.holder.alive and not request.manual
        if not (channel.journal.ran(busy.holder.operator) or dead_and_unattended):
            raise
        cursors = shop_of(channel).open(replace(wish, takeover=True))
    opened.closes = tuple(cursors)
    unknown = _refuse_unknown(opened, cursors)
    for area, cursor in cursors.items():
        with one_transaction():
            session.confirm()
            if area in unknown or channel.entries.believed(area, cursor):
                continue
            channel.entries.forget(area)
        opened.findings += (Finding.of(Reason.SHOP_WENT_BACK, area=area),)


def _refuse_unknown(opened: Opened, cursors: Mapping[Area, str]) -> set[Area]:
    """Raise where the shop was filled and this store knows nothing of it, in areas that only a full run can put right.

    Without one nobody could tell what in them is to go: what the ERP has would be sent, and the rest would stay for
    good. Gives the others: no full run of the offer covers them, so they are sent anew and believed from then on.
    """
    unknown = opened.channel.entries.never_closed(area for area, cursor in cursors.items() if cursor)
    stuck = [area for area in opened.modes if area in unknown & SWEPT and not opened.full(area)]
    if stuck:
        found = Finding.of(Reason.SHOP_FILLED_BEFORE, areas=", ".join(stuck))
        raise Refused(Text(say(found, "pl"), say(found, "en")), Text(advise(found, "pl"), advise(found, "en")))
    return unknown


def _doubt_restored(opened: Opened) -> None:
    """Our own data were put back from a copy by a person: nothing known of any area may be believed."""
    channel = opened.channel
    if channel.watermarks.standing() is Standing.SOUND:
        return
    with one_transaction():
        opened.session.confirm()
        for area in CONTENTS:
            channel.entries.forget(area)
        channel.watermarks.stand(Standing.SOUND)
    opened.findings += (Finding.of(Reason.STORE_RESTORED),)
