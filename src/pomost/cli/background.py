"""Runs that are not waited for: start one as a process of its own, carry one out, ask how far it is."""

from typing import Any

import click

from pomost.app import Activity, Errand, Going, Work
from pomost.cli.common import AS_JSON, exit_code, opened, person, speaking
from pomost.cli.output import show, show_json
from pomost.cli.runs import FORCE, request_of, scope
from pomost.cli.words import language, moment, number, say, word
from pomost.model.text import Text
from pomost.model.words import STATES

_GOING = {
    Going.IDLE: Text("Nic nie trwa.", "Nothing is running."),
    Going.STARTING: Text("Synchronizacja się uruchamia.", "A run is starting."),
    Going.RUNNING: Text("Synchronizacja trwa.", "A run is under way."),
    Going.BROKEN_OFF: Text(
        "Synchronizacja została przerwana; następna dokończy.", "A run broke off; the next one goes on from there."
    ),
}


@click.command(
    help=say(
        "Uruchom synchronizację jako osobny proces i nie czekaj.", "Start a run as a process of its own; do not wait."
    )
)
@click.argument("channel")
@scope
@FORCE
@click.option("--preview", is_flag=True, help=say("Tylko podgląd.", "A preview only."))
@click.pass_context
@speaking
def start(context: click.Context, channel: str, preview: bool, **chosen: Any) -> None:
    request = request_of(**chosen)
    work = Work.PREVIEW if preview else Work.RUN
    errand = Errand(work, request.parts, full=request.full, force=request.force)
    launch = opened(context).start(channel, errand, person())
    show(say("Uruchomiono. Postęp: pomost status {c}", "Started. Progress: pomost status {c}", c=launch.channel))


@click.command(
    "carry-out",
    help=say("Wykonaj zlecenie polecenia start (robi to Pomost).", "Carry out what start asked for (Pomost does)."),
)
@click.argument("launch", type=int)
@click.pass_context
@speaking
def carry_out(context: click.Context, launch: int) -> None:
    context.exit(exit_code(opened(context).carry_out(launch)))


@click.command(help=say("Co się teraz dzieje w kanale.", "What goes on in a channel now."))
@click.argument("channel")
@AS_JSON
@click.pass_context
@speaking
def status(context: click.Context, channel: str, as_json: bool) -> None:
    pomost = opened(context)
    found = pomost.activity(channel)
    if as_json:
        show_json(found)
        return
    show(_GOING[found.going].into(language()))
    if found.going in {Going.RUNNING, Going.BROKEN_OFF}:
        facts = {"since": moment(found.since), "host": found.host, "by": found.by}
        show(say("Od {since} na {host} ({by}).", "Since {since} on {host} ({by}).", **facts))
        _show_step(found)
    elif found.launch is not None:
        if found.launch.said is not None:
            show(found.launch.said.into(language()))
        if found.launch.run is not None:
            report = pomost.report(channel, found.launch.run)
            state = word(STATES, report.state)
            show(say("Ostatnio uruchomiona: nr {n}, {s}.", "Last started: run {n}, {s}.", n=report.number, s=state))


def _show_step(found: Activity) -> None:
    if found.step is not None:
        of = "" if found.total is None else f" / {number(found.total)}"
        show(f"{found.step.into(language())}: {number(found.done)}{of}")
    if found.rate is not None:
        show(say("{rate} na sekundę", "{rate} a second", rate=number(round(found.rate))))
    if found.remaining is not None:
        show(say("Pozostało około {s} s", "About {s} s remaining", s=number(round(found.remaining))))


COMMANDS = (start, carry_out, status)
