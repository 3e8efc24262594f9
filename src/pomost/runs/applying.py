"""Applying a plan: every batch marked in doubt, sent, and recorded together with what the shop answered."""

import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import takewhile

from pomost.model.change import Amend, Area, Change, Drop, Publish, SetStock, Target, kind_of
from pomost.model.entry import GRANTING, OF_PRODUCT
from pomost.model.outcome import Done, Failed, Outcome, Skipped
from pomost.model.reason import Finding, Reason
from pomost.model.text import Text
from pomost.ports.fault import Fault
from pomost.rules.guard import Alarm, Stop, Tally, effect_of, tally
from pomost.rules.offering import Shop
from pomost.runs.book import Book
from pomost.runs.channel import KEEP_RUNS, Channel
from pomost.runs.exchange import Opened
from pomost.runs.moving import Moves, as_of_now, moves_of, stock_of_moves
from pomost.runs.reading_back import SENT, ReadBack, part_of
from pomost.runs.recovering import recover
from pomost.runs.session import Session, StopAsked
from pomost.runs.telling import tell_sent
from pomost.runs.visiting import keep_time
from pomost.store.database import one_transaction
from pomost.store.journal import Head, State, StoredBatch
from pomost.store.models import Run
from pomost.store.unresolved import Item

_SENDING = Text("Wysyłanie", "Sending")
_GRANTED = frozenset({Reason.SHOP_GRANTS_PERCENT, Reason.SHOP_GRANTS_PRICE, Reason.SHOP_GRANTS_SET})
_UNANSWERED = Failed(Finding.of(Reason.SHOP_SILENT), retry=True)


@dataclass(frozen=True, slots=True)
class Applied:
    """A run that was sent, what a look at the shop found worth telling, and what waits for a person since."""

    run: Run
    findings: tuple[Finding, ...] = ()
    stops: tuple[Stop, ...] = ()


@dataclass(slots=True)
class _Application:
    """A plan being applied.

    `held`: alarms that wait. `refused`: products whose offer, or whose new unit, the shop did not take. `unstocked`:
    products whose stock it did not take. `moves`: of a plan approved late, the offers that get another unit.
    """

    channel: Channel
    session: Session
    run: Run
    held: frozenset[Alarm]
    approved: bool
    read_back: ReadBack
    exchange: Opened | None = None
    refused: set[str] = field(default_factory=set)
    unstocked: set[str] = field(default_factory=set)
    moves: Moves = field(default_factory=Moves)
    held_cards: set[int] = field(default_factory=set)
    done: Tally = field(default_factory=Tally)


def apply(
    channel: Channel,
    session: Session,
    run: Run,
    held: frozenset[Alarm] = frozenset(),
    *,
    approved_by: str = "",
    exchange: Opened | None = None,
) -> Applied:
    """Send a stored plan batch by batch; batches of `held` alarms stay for a person.

    An approved plan was seen some time ago, so its stock is read again. Raises the fault that ended the sending, after
    recording what is known; whatever was on its way then stays in doubt and is sent again by the next run. An
    `exchange` is closed when all is sent, and given up where it is not.
    """
    recover(channel, session)
    unattended = Tally(**channel.journal.passed(run))
    read_back = ReadBack.of(channel, session, run, approved=bool(approved_by))
    application = _Application(channel, session, run, held, bool(approved_by), read_back, exchange, done=unattended)
    run.state, run.fence, run.approved_by = State.APPLYING, session.fence, approved_by
    run.save()
    swept = next((stop["count"] for stop in run.stops if stop["alarm"] == Alarm.SWEPT), None)
    # What the shop itself would drop is known once it saw everything: then all of it is shown to the shop again.
    heads = [head for head in channel.journal.batch_heads(run) if not head.sent or swept is not None]
    for head in heads:
        if head.alarm in held:
            application.held_cards |= set(channel.journal.cards(run, head.number))
    stop: Stop | None = None
    try:
        _send_all(application, heads)
        findings = read_back.check()
        if exchange is not None:
            stop = exchange.close(swept)
    except Fault as fault:
        _give_up(exchange)
        _finish(application, State.BROKEN, {"pl": fault.say("pl"), "en": fault.say("en")})
        raise
    except StopAsked:
        _give_up(exchange)
        _finish(application, State.BROKEN, None)
        raise
    waiting = stop is not None or any(head.alarm in held for head in heads)
    if exchange is not None:
        kept = [one for one in run.stops if one["alarm"] != Alarm.SWEPT]
        run.stops = [*kept, *([stop.as_facts()] if stop is not None else [])]
    _finish(application, State.WAITING if waiting else State.DONE, None)
    channel.journal.prune(KEEP_RUNS)
    return Applied(run, findings, () if stop is None else (stop,))


def _send_all(application: _Application, heads: Sequence[Head]) -> None:
    """Send the batches of a plan in their order, but those that wait for a person."""
    channel, run, exchange = application.channel, application.run, application.exchange
    if application.approved and exchange is None:
        application.moves = moves_of(channel, run, heads)
        _send_stock(application, before=True)
    total, sent = sum(head.size for head in heads), 0
    for head in heads:
        if head.alarm in application.held:
            if exchange is not None:
                exchange.keep(channel.journal.load(run, head.number).changes)
            continue
        application.session.tell(_SENDING, sent, total)
        _send(application, channel.journal.load(run, head.number))
        sent += head.size
    _send_stock(application, before=False)


def _send_stock(application: _Application, *, before: bool) -> None:
    """Of a plan approved late: stock of offers that get another unit, so that they are never sold by the old count."""
    channel, run = application.channel, application.run
    if not application.moves.offers:
        return
    shop = Shop(channel.shop.units(), channel.shop.can)
    book = Book.reopened(channel.journal, run)
    for changes in stock_of_moves(channel, shop, application.moves, before=before):
        with one_transaction():
            application.session.confirm()
            number = book.plan(changes)
        _send(application, channel.journal.load(run, number), as_planned=True)


def _give_up(exchange: Opened | None) -> None:
    if exchange is not None:
        exchange.give_up()


def _send(application: _Application, batch: StoredBatch, *, as_planned: bool = False) -> None:
    channel, session, run = application.channel, application.session, application.run
    recorder = channel.recorder(batch.changes[0].target.area)
    planned: Sequence[Change | None] = batch.changes
    changes, lacking = (planned, {}) if as_planned else _as_of_now(application, batch)
    standing: Sequence[Change] = [change for change in changes if change is not None]
    sendable = [change for change in standing if not _pointless(application, change)]
    attempt, sent = str(uuid.uuid4()), time.monotonic()
    answers, ended = _asked(application, batch.number, sendable, attempt)
    outcomes = _outcomes(application, batch.changes, changes, answers)
    _hear(application, outcomes)
    offer = batch.changes[0].target.area is Area.OFFER
    until = channel.shop.watermark() if offer and channel.shop.can.written else ""
    # Losing this to a power cut leaves the batch in flight, and it is sent again: no need to wait for the disk.
    with one_transaction(lasting=False):
        session.confirm()
        keep_time(channel, session)
        recorder.record(sendable[: len(answers)], answers, attempt)
        recorder.doubt(sendable[len(answers) :], attempt)
        if until:
            channel.watermarks.move(until, stocks=True)
        if ended is None:
            channel.journal.answered(run, batch.number, [outcome for _, outcome in outcomes], channel.clock())
            _settle(application, batch)
            tell_sent(channel.name, channel.policy.other, outcomes)
        else:
            # What was answered before it ended took effect unattended, and counts; the rest has no outcome.
            outcomes = list(takewhile(lambda one: one[1] is not _UNANSWERED, outcomes))
            if outcomes:
                channel.journal.answered(run, batch.number, [outcome for _, outcome in outcomes], channel.clock())
            channel.journal.give_up(run.pk, batch.number)
        _remember(application, batch.alarm, outcomes)
        channel.inbox.put([_item(batch.changes[at], SENT, odd[0]) for at, odd in lacking.items()], channel.clock())
    application.read_back.hear(batch.number, sent, outcomes)
    if ended is not None:
        raise ended


def _asked(
    application: _Application, number: int, sendable: Sequence[Change], attempt: str
) -> tuple[list[Outcome], Fault | StopAsked | None]:
    """Mark a batch as in flight and send it: what was answered, and what ended it before all was."""
    answers: list[Outcome] = []
    ended: Fault | StopAsked | None = None
    if sendable:
        with one_transaction():
            application.session.confirm()
            application.channel.journal.leaving(application.run, number, attempt)
        try:
            answers.extend(application.channel.shop.send(sendable, attempt))  # what came before a fault stays
        except (Fault, StopAsked) as caught:
            ended = caught
    # More answers than questions are the answers to something else.
    return ([] if len(answers) > len(sendable) else answers), ended


def _settle(application: _Application, batch: StoredBatch) -> None:
    """Cards are settled once every change of theirs was answered; those with something held back are not."""
    settled = [(key, prints) for key, prints in batch.settles if key not in application.held_cards]
    application.channel.sightings.settle(settled)
    application.channel.sightings.forget(key for key, _ in settled)


def _as_of_now(
    application: _Application, batch: StoredBatch
) -> tuple[Sequence[Change | None], Mapping[int, tuple[Finding, ...]]]:
    """The changes of a batch; of a plan approved late with the stock of now. None: it no longer stands.

    In an exchange also, by place, what of a change has to be left out.
    """
    if application.exchange is not None:
        return application.exchange.ready(batch.changes, approved=application.approved)
    if not application.approved:
        return batch.changes, {}
    shop = Shop(application.channel.shop.units(), application.channel.shop.can)
    return as_of_now(application.channel, shop, batch.changes, application.moves), {}


def _hear(application: _Application, outcomes: Sequence[tuple[Change, Outcome]]) -> None:
    """Note products the shop has not taken: nothing that belongs to them need be sent.

    Nor is anything that counts in a unit they did not get, or a unit whose count it did not take.
    """
    for change, outcome in outcomes:
        match change:
            case Publish() | Amend() if not isinstance(outcome, Done):
                if isinstance(change, Publish) or change.moves_unit:
                    application.refused.add(change.target.product_id)
            case SetStock() if not isinstance(outcome, Done):
                application.unstocked.add(change.target.product_id)
            case _:
                pass
        if application.exchange is not None:
            application.exchange.hear(change, done=isinstance(outcome, Done))


def _pointless(application: _Application, change: Change) -> bool:
    if application.exchange is not None:
        return application.exchange.pointless(change)
    match change:
        case SetStock(target=target):
            return target.product_id in application.refused
        case Amend(target=target):
            return change.moves_unit and target.product_id in application.unstocked
        case _:
            return False


def _outcomes(
    application: _Application,
    planned: Sequence[Change],
    changes: Sequence[Change | None],
    answers: Sequence[Outcome],
) -> list[tuple[Change, Outcome]]:
    """An outcome for every change of the batch, in its order. None: it no longer stands, and was not sent."""
    nothing_refused = not (application.refused or application.unstocked)
    nothing_refused = nothing_refused and (application.exchange is None or not application.exchange.refused)
    if len(answers) == len(planned) and changes is planned and nothing_refused:
        return list(zip(planned, answers, strict=True))
    answered = iter(answers)
    found: list[tuple[Change, Outcome]] = []
    for plan, change in zip(planned, changes, strict=True):
        if change is None:
            found.append((plan, Skipped(Finding.of(Reason.OUTDATED))))
        elif _pointless(application, change):
            why = Reason.STOCK_NOT_ACCEPTED if isinstance(change, Amend) else Reason.OFFER_NOT_ACCEPTED
            found.append((change, Skipped(Finding.of(why))))
        else:
            found.append((change, next(answered, _UNANSWERED)))
    return found


def _remember(application: _Application, alarm: str, outcomes: Sequence[tuple[Change, Outcome]]) -> None:
    """Count, and keep failures in the inbox until the same part of the same card succeeds."""
    channel, run = application.channel, application.run
    items: list[Item] = []
    succeeded: list[Change] = []
    numbers = Counter(run.counts)
    for change, outcome in outcomes:
        match outcome:
            case Done():
                succeeded.append(change)
            case Skipped(reason=reason):
                numbers[f"skipped.{reason.reason}"] += 1
                if not _told_by_product(change, reason):
                    items.append(_item(change, part_of(change), reason))
            case Failed(reason=reason):
                numbers[f"failed.{kind_of(change)}"] += 1
                items.append(_item(change, part_of(change), reason))
    numbers.update(Counter(f"done.{kind}" for kind in map(kind_of, succeeded)))
    if not application.approved:
        application.done += tally(succeeded, channel.policy.guard)
        if succeeded and alarm:
            application.done = application.done.at_least(Alarm(alarm), numbers[effect_of(alarm)])
    run.counts = dict(numbers)
    for name, count in asdict(application.done).items():
        setattr(run, name, count)
    channel.journal.note(run)
    _forgive(channel, succeeded)
    channel.inbox.put(items, channel.clock())


def _forgive(channel: Channel, succeeded: Sequence[Change]) -> None:
    """What has succeeded is in nobody's inbox any more, nor what a rule gave away that is taken back."""
    channel.inbox.clear_done([(one.target.key, part_of(one)) for one in succeeded if isinstance(one.target, Target)])
    others = [one.target for one in succeeded if not isinstance(one.target, Target)]
    for area in {one.area for one in others}:
        channel.inbox.clear_subjects(area, [one.id for one in others if one.area is area], (SENT,))
    for area in GRANTING:
        dropped = [one.target.id for one in succeeded if isinstance(one, Drop) and one.target.area is area]
        channel.inbox.unsay(area, dropped, _GRANTED)


def _told_by_product(change: Change, reason: Finding) -> bool:
    """What waits with its product needs no reason of its own; the next run meets it again."""
    return change.target.area in OF_PRODUCT and reason.reason is Reason.OFFER_NOT_ACCEPTED


def _item(change: Change, part: str, reason: Finding) -> Item:
    target = change.target
    if isinstance(target, Target):
        return Item(target.key, part, target.symbol, target.product_id, (reason,), retry=True)
    # What could not be taken back is named: whoever reads of it should know what the shop goes on doing.
    findings = (reason, *change.why) if isinstance(change, Drop) else (reason,)
    return Item(0, part, target.label, target.id, findings, retry=True, area=target.area, subject=target.id)


def _finish(application: _Application, state: State, fault: dict[str, str] | None) -> None:
    run = application.run
    with one_transaction():
        application.session.confirm()
        run.state, run.ended, run.fault = state, application.channel.clock(), fault
        run.save()
