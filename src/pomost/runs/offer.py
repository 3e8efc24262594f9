"""The offer's run, read aloud: hold the channel, plan what is due, let the guard look, send, record."""

from dataclasses import dataclass

from pomost.model.reason import Finding
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.rules.guard import Stop
from pomost.runs.alerting import left_stale
from pomost.runs.applying import apply
from pomost.runs.channel import Channel
from pomost.runs.planning import Planned, plan
from pomost.runs.session import Progress, quiet, session
from pomost.store.journal import State
from pomost.store.models import Run


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its journal row, what waits for approval, and what is wrong with the settings."""

    run: Run
    stops: tuple[Stop, ...] = ()
    findings: tuple[Finding, ...] = ()


def preview(channel: Channel, request: RunRequest, progress: Progress = quiet) -> Ended:
    """Plan and stop: the stored plan is the very object an approval applies."""
    with session(channel.name, channel.company, request, channel.clock, progress) as held:
        planned = plan(channel, held, request)
        return Ended(planned.run, planned.stops, planned.findings)


def run(channel: Channel, request: RunRequest, progress: Progress = quiet) -> Ended:
    """Plan and send; what the guard stops waits for a person, everything else goes on."""
    with session(channel.name, channel.company, request, channel.clock, progress) as held:
        planned: Planned = plan(channel, held, request)
        done = apply(channel, held, planned.run, frozenset(stop.alarm for stop in planned.stops))
        return Ended(done.run, planned.stops, (*planned.findings, *done.findings, *left_stale(channel, done.run)))


def approve(
    channel: Channel, number: int | None, checksum: str, by: str, request: RunRequest, progress: Progress = quiet
) -> Ended:
    """Apply a plan a person has seen: a preview, or what a guard held back. Raises Refused for an outdated plan."""
    with session(channel.name, channel.company, request, channel.clock, progress) as held:
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
                Text(
                    "Obejrzyj nowy podgląd i zatwierdź jego sumę.", "Look at the new preview and approve its checksum."
                ),
            )
        if found.settings_version != channel.settings_version:
            raise Refused(
                Text(
                    "Od czasu podglądu zmieniono ustawienia kanału.",
                    "The channel's settings changed since the preview.",
                ),
                Text("Utwórz nowy podgląd (pomost preview).", "Make a new preview (pomost preview)."),
            )
        done = apply(channel, held, found, approved_by=by)
        return Ended(done.run, findings=done.findings)
