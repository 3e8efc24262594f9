"""The guard over a whole plan: what of it waits for a person, and the plan closed with its checksum."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pomost.model.change import Area, Part
from pomost.model.reason import Finding
from pomost.rules.diff import Scope
from pomost.rules.effects import Cause
from pomost.rules.entries import Surroundings
from pomost.rules.guard import Alarm, Stop, Tally, effect_of, stops
from pomost.runs.channel import Channel
from pomost.runs.deciding import decide_stock_piece
from pomost.runs.effects import Effects, weigh
from pomost.runs.noting import Noted
from pomost.runs.planning import Draft
from pomost.store.database import one_transaction
from pomost.store.journal import State
from pomost.store.models import Run


@dataclass(frozen=True, slots=True)
class Planned:
    """A stored plan: its run, what the guard stops of it, and what is wrong with the settings."""

    run: Run
    stops: tuple[Stop, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Verdict:
    """What the guard says of a plan: stops by alarm, the effects counted, and the changes that cause them."""

    stops: dict[Alarm, Stop]
    counts: Counter[Alarm] = field(default_factory=Counter)
    causes: defaultdict[Alarm, set[Cause]] = field(default_factory=lambda: defaultdict(set))

    @property
    def held(self) -> set[Cause]:
        """Changes that wait because of what they cause."""
        return {one for alarm in self.stops for one in self.causes[alarm]}

    def add(self, effects: Effects) -> None:
        """Effects of what would go on: on top of what waits already, and the most there may be of what does not."""
        for alarm, causes in effects.causes.items():
            self.causes[alarm] |= causes
            more = effects.counts[alarm]
            self.counts[alarm] = self.counts[alarm] + more if alarm in self.stops else max(self.counts[alarm], more)


def finish_plan(draft: Draft, always: tuple[Stop, ...] = (), around: Surroundings | None = None) -> Planned:
    """Let the guard look at the whole, and close the plan with its checksum. `always`: what waits at any rate.

    `around`: of an exchange, whose effects are more than what each change tells by itself.
    """
    run = draft.book.run
    verdict = _verdict(draft, always, around)
    for alarm, count in verdict.counts.items():
        draft.counts.add(effect_of(alarm), count)
    if _go_on(draft, verdict.stops.keys()):
        verdict.stops |= {one.alarm: one for one in _stops(draft, around)}
    _set_apart(draft, verdict.causes, verdict.stops.keys())
    found = tuple(verdict.stops.values())
    run.checksum = draft.book.checksum.hexdigest()
    run.counts = draft.counts.numbers
    run.stops = [stop.as_facts() for stop in found]
    run.state = State.PLANNED
    run.save()
    return Planned(run, found, draft.findings)


def standing(channel: Channel) -> tuple[int, int]:
    """Products and customers of ours the shop holds."""
    if channel.shop.can.entries:
        return channel.entries.standing(), channel.entries.standing(Area.CUSTOMER)
    return channel.ledger.standing(), channel.assignments.standing()


def _verdict(draft: Draft, always: tuple[Stop, ...], around: Surroundings | None) -> _Verdict:
    """Weigh the plan, and again without what waits, until nothing more has to: the rest must do no harm by itself.

    A group that goes while its goods move elsewhere hides nothing; it does where the moves wait.
    """
    verdict, own, noted = _Verdict({one.alarm: one for one in always}), draft.tally, draft.noted
    while True:
        before = len(verdict.stops), len(verdict.held)
        if noted is not None and around is not None:
            verdict.add(_weighed(draft.channel, noted, around))
            draft.tally = own + Tally.by(verdict.counts)
        verdict.stops |= {one.alarm: one for one in _stops(draft, around)}
        if draft.noted is None:
            return verdict
        for alarm in verdict.stops:
            verdict.causes[alarm] |= draft.noted.alike(alarm, verdict.causes[alarm])
        if (len(verdict.stops), len(verdict.held)) == before:
            return verdict
        noted = draft.noted.without(verdict.stops.keys(), verdict.held)


def _weighed(channel: Channel, noted: Noted, around: Surroundings) -> Effects:
    jump = channel.policy.guard.price_jump
    return weigh(noted, channel.selling, around.shop, jump, channel.clock().date())


def _stops(draft: Draft, around: Surroundings | None) -> tuple[Stop, ...]:
    """What is over the limits. While the ERP and the shop name different root groups, whatever would be hidden is."""
    channel, guard, hidden = draft.channel, draft.channel.policy.guard, draft.tally.hidden
    recent = Tally(**channel.journal.unattended(channel.clock(), guard.hours))
    products, customers = standing(channel)
    found = stops(draft.tally, recent, products, guard, customers)
    if around is None or not around.other_root or not hidden or any(one.alarm is Alarm.HIDDEN for one in found):
        return found
    return (*found, Stop(Alarm.HIDDEN, hidden, 0, products))


def _set_apart(draft: Draft, causes: Mapping[Alarm, set[Cause]], waiting: Collection[Alarm]) -> None:
    """Changes that cause an effect get batches of their own; what waits for one alarm waits, whatever else it does."""
    waits: dict[tuple[str, str], str] = {}
    for alarm in sorted(causes, key=lambda one: one in waiting):
        waits |= {(area, str(key)): alarm for area, key in causes[alarm]}
    if waits:
        with one_transaction():
            draft.book.set_apart(waits, frozenset(waiting))


def _go_on(draft: Draft, waiting: Collection[Alarm]) -> bool:
    """Where a new unit waits for a person, the stock of today goes out in the unit that stands meanwhile."""
    keys = sorted(key for key, alarm in draft.together.items() if alarm in waiting)
    if Part.STOCK not in draft.parts or not keys:
        return False
    size = draft.channel.erp.can.batch
    for start in range(0, len(keys), size):
        piece = keys[start : start + size]
        decided = decide_stock_piece(draft.channel, draft.shop, Scope(frozenset({Part.STOCK})), piece, every=False)
        with one_transaction():
            draft.write([change for _, changes in decided for change in changes], ())
    return True
