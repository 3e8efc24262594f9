"""A run, read aloud: hold the channel, bring orders in, plan what is due, let the guard look, send, record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pomost.model.reason import Finding
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.fault import Fault, Refused
from pomost.rules.guard import Alarm, Stop
from pomost.runs.alerting import left_stale
from pomost.runs.applying import apply
from pomost.runs.channel import Channel
from pomost.runs.exchange import plan_exchange, reopen
from pomost.runs.guarding import finish_plan
from pomost.runs.order_parts import approve_orders, carry_orders
from pomost.runs.planning import broken_off, open_plan, plan_offer, plan_parties
from pomost.runs.restored import all_waits, erp_went_back, is_restored, note_erp
from pomost.runs.session import Progress, Session, StopAsked, quiet
from pomost.runs.visiting import clock_told, visiting
from pomost.runs.went_back import approved, look_back, look_closer, make_up, note_sent, refuse_if_gone_back, withhold
from pomost.store.journal import State
from pomost.store.models import Run
from pomost.store.packing import pack_findings


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its journal row, what waits for approval, and what is wrong with the settings."""

    run: Run
    stops: tuple[Stop, ...] = ()
    findings: tuple[Finding, ...] = ()


def preview(channel: Channel, request: RunRequest, progress: Progress = quiet) -> Ended:
    """Plan and stop: the stored plan is the very object an approval applies."""
    with visiting(channel, request, progress) as held:
        return told(channel, held, _run(channel, held, request, send=False))


def run(channel: Channel, request: RunRequest, progress: Progress = quiet) -> Ended:
    """Plan and send; what the guard stops waits for a person, everything else goes on.

    Orders come first: what their documents reserve is in the stock that is read and sent after them. What breaks them
    off is told by the run's `fault` and stops nothing else; a fault of the offer is raised.
    """
    with visiting(channel, request, progress) as held:
        return told(channel, held, _run(channel, held, request, send=True))


def approve(
    channel: Channel, number: int | None, checksum: str, by: str, request: RunRequest, progress: Progress = quiet
) -> Ended:
    """Apply a plan a person has seen: a preview, or what a guard held back. Raises Refused for an outdated plan."""
    with visiting(channel, request, progress) as held:
        return told(channel, held, _approved(channel, held, _approvable(channel, number, checksum), by, request))


def _approved(channel: Channel, held: Session, found: Run, by: str, request: RunRequest) -> Ended:
    refuse_if_gone_back(channel, held)
    if channel.shop.can.entries:
        exchange = reopen(channel, held, found, request)
        done = apply(channel, held, found, approved_by=by, exchange=exchange)
        return _ended(done.run, done.stops, (*exchange.findings, *done.findings), ())
    if is_restored(found):
        note_erp(channel)
    troubles = approve_orders(channel, held, found)
    refuse_if_gone_back(channel, held)  # an order may have told it
    done = apply(channel, held, found, approved_by=by)
    approved(channel, held, found)
    return _ended(done.run, (), done.findings, troubles)


def told(channel: Channel, held: Session, ended: Ended) -> Ended:
    """With what the visit showed of the shop's clock; all of it is kept for whoever asks about the run later."""
    found = (*ended.findings, *clock_told(channel, held))
    ended.run.told = pack_findings(found)
    ended.run.save(update_fields=["told"])
    return replace(ended, findings=found)


def _approvable(channel: Channel, number: int | None, checksum: str) -> Run:
    """The plan in question, if it is still the one that was seen."""
    latest = (State.PLANNED, State.WAITING)
    found = channel.journal.latest(*latest) if number is None else channel.journal.run(number)
    if found is None or found.state not in {State.PLANNED, State.WAITING}:
        raise Refused(
            Text("Nie ma planu, który czeka na zatwierdzenie.", "No plan waits for approval."),
            Text("Utwórz nowy podgląd (pomost preview).", "Make a new preview (pomost preview)."),
        )
    if checksum and not found.checksum.startswith(checksum):
        raise Refused(
            Text("Plan zmienił się od czasu podglądu.", "The plan has changed since it was seen."),
            Text("Obejrzyj nowy podgląd i zatwierdź jego sumę.", "Look at the new preview and approve its checksum."),
        )
    if found.settings_version != channel.settings_version:
        raise Refused(
            Text(
                "Od czasu podglądu zmieniono ustawienia kanału.",
                "The channel's settings changed since the preview.",
            ),
            Text("Utwórz nowy podgląd (pomost preview).", "Make a new preview (pomost preview)."),
        )
    return found


def _exchange(channel: Channel, held: Session, request: RunRequest, *, send: bool) -> Ended:
    """The same with a shop that has no catalogue of its own: it holds entries of ours, exchanged area by area."""
    planned, opened = plan_exchange(channel, held, request, send=send)
    alarms = frozenset(stop.alarm for stop in planned.stops)
    if not send or Alarm.RESTORED in alarms:
        return _ended(planned.run, planned.stops, planned.findings, ())
    done = apply(channel, held, planned.run, alarms, exchange=opened)
    return _ended(done.run, (*planned.stops, *done.stops), (*planned.findings, *done.findings), ())


def _run(channel: Channel, held: Session, request: RunRequest, *, send: bool) -> Ended:
    if channel.shop.can.entries:
        return _exchange(channel, held, request, send=send)
    draft = open_plan(channel, held, request)
    try:
        look_back(draft, held)
        restored, said = erp_went_back(channel)
        draft.findings = (*draft.findings, *said)
        troubles = plan_parties(draft, held)
        orders = carry_orders(channel, held, draft.book, draft.parts, send=send, restored=restored)
        troubles += orders.troubles
        make_up(draft, held)  # an order may have told it
        plan_offer(draft, held)
        if look_closer(draft, held):
            return _run(channel, held, request, send=send)
    except (Fault, StopAsked) as ended:
        broken_off(draft, ended)
        raise
    if restored or orders.restored:
        planned = all_waits(draft, orders.stops, send=send)
        return _ended(planned.run, planned.stops, planned.findings, troubles)
    planned = withhold(draft, finish_plan(draft, orders.stops))
    if not send:
        return _ended(planned.run, planned.stops, planned.findings, troubles)
    done = apply(channel, held, planned.run, frozenset(stop.alarm for stop in planned.stops))
    note_sent(draft, held)
    findings = (*planned.findings, *done.findings, *left_stale(channel, done.run))
    return _ended(done.run, planned.stops, findings, troubles)


def _ended(row: Run, stops: tuple[Stop, ...], findings: tuple[Finding, ...], troubles: Sequence[Fault]) -> Ended:
    if troubles:
        said = dict.fromkeys((one.say("pl"), one.say("en")) for one in troubles)
        row.fault = {"pl": " ".join(pl for pl, _ in said), "en": " ".join(en for _, en in said)}
        row.save(update_fields=["fault"])
    return Ended(row, stops, findings)
