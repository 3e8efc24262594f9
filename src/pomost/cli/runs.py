"""Commands that plan, send, approve and undo."""

import sys
from collections.abc import Callable
from itertools import islice
from typing import Any

import click

from pomost.app import Change, ChangeFilter, RunReport
from pomost.cli.common import AS_JSON, exit_code, opened, person, speaking
from pomost.cli.output import (
    finding,
    progress,
    run_summary,
    show,
    show_json,
    skipped_summary,
    table,
    waiting_summary,
)
from pomost.cli.words import language, number, say, value, word
from pomost.model.change import Part
from pomost.model.request import EVERYTHING, SCOPES, RunRequest
from pomost.model.window import REFUSALS, Refusal
from pomost.model.words import FIELDS, KINDS

FORCE = click.option(
    "--force",
    is_flag=True,
    help=say("Przejmij kanał, jeśli inna synchronizacja trwa.", "Take the channel over from a run under way."),
)


def scope(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say what to synchronise."""
    for option in (
        click.option(
            "--only",
            type=click.Choice(list(SCOPES)),
            multiple=True,
            help=say(
                "Tylko te części (można podać kilka razy); domyślnie wszystko, co włączono w ustawieniach.",
                "These parts only (may be given repeatedly); everything the settings switch on by default.",
            ),
        ),
        click.option("--offer", is_flag=True, help=say("Cała oferta: --only offer.", "The whole offer: --only offer.")),
        click.option(
            "--orders-only",
            is_flag=True,
            help=say("Zamówienia i ich statusy: --only orders.", "Orders and statuses: --only orders."),
        ),
        click.option("--stock-only", is_flag=True, help=say("Tylko stany.", "Stock only.")),
        click.option("--prices-only", is_flag=True, help=say("Tylko ceny.", "Prices only.")),
        click.option(
            "--customers", is_flag=True, help=say("Kontrahenci: --only customers.", "Customers: --only customers.")
        ),
        click.option("--full", is_flag=True, help=say("Wyślij wszystko ponownie.", "Send everything again.")),
        click.option(
            "--binaries",
            is_flag=True,
            help=say(
                "Razem z --full: także wszystkie dane binarne; może trwać bardzo długo.",
                "With --full: all binary data too; it may take very long.",
            ),
        ),
    ):
        command = option(command)
    return command


def request_of(
    only: tuple[str, ...],
    offer: bool,
    stock_only: bool,
    prices_only: bool,
    orders_only: bool,
    customers: bool,
    full: bool,
    binaries: bool,
    force: bool,
) -> RunRequest:
    """Parts asked for together; without any, everything that is switched on. Files go in full only when asked for."""
    if binaries and not full:
        raise click.UsageError(f"{REFUSALS[Refusal.BINARIES].into(language())} ({Refusal.BINARIES})")
    if offer and (stock_only or prices_only):
        raise click.UsageError(
            say("--offer wyklucza --stock-only i --prices-only.", "--offer excludes --stock-only and --prices-only.")
        )
    shorthands = {
        "offer": offer,
        "stock": stock_only,
        "prices": prices_only,
        "orders": orders_only,
        "customers": customers,
    }
    chosen = {*only, *(name for name, on in shorthands.items() if on)}
    parts = frozenset(part for name in chosen for part in SCOPES[name]) or EVERYTHING
    return RunRequest(parts=parts - {Part.FILES} if full and not binaries else parts, full=full, force=force)


@click.command(help=say("Co zmieniłaby synchronizacja, pole po polu.", "What a run would change, field by field."))
@click.argument("channel")
@scope
@FORCE
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=40,
    show_default=True,
    help=say("Ile zmian pokazać (0: wszystkie).", "Changes to show (0: all)."),
)
@click.option("--kind", type=click.Choice(list(KINDS)), help=say("Tylko ten rodzaj.", "Only this kind."))
@click.option("--search", default="", help=say("Tylko symbole z tym tekstem.", "Only symbols with this text."))
@AS_JSON
@click.pass_context
@speaking
def preview(
    context: click.Context, channel: str, limit: int, kind: str, search: str, as_json: bool, **chosen: Any
) -> None:
    pomost = opened(context)
    with progress() as tell:
        report = pomost.preview(channel, request_of(**chosen), tell)
    found = pomost.changes(channel, report.number, ChangeFilter(kind=kind or "", search=search))
    shown = list(islice(found, limit)) if limit else list(found)
    if as_json:
        show_json({"run": report, "changes": shown})
        return
    show_changes(shown, report.planned, filtered=bool(kind or search))
    run_summary(report)
    skipped_summary(report)
    waiting_summary(report)


@click.command(help=say("Synchronizuj kanał.", "Synchronise a channel."))
@click.argument("channel")
@scope
@FORCE
@AS_JSON
@click.pass_context
@speaking
def run(context: click.Context, channel: str, as_json: bool, **chosen: Any) -> None:
    pomost = opened(context)
    with progress() as tell:
        report = pomost.run(channel, request_of(**chosen), tell)
    _finished(report, as_json)


@click.command(help=say("Zatwierdź podgląd albo wstrzymane zmiany.", "Approve a preview, or what the guard held back."))
@click.argument("channel")
@click.argument("number", type=int, required=False)
@click.option("--checksum", default="", help=say("Suma planu, który oglądano.", "Checksum of the plan that was seen."))
@FORCE
@AS_JSON
@click.pass_context
@speaking
def approve(
    context: click.Context, channel: str, number: int | None, checksum: str, force: bool, as_json: bool
) -> None:
    pomost = opened(context)
    with progress() as tell:
        report = pomost.approve(channel, number, checksum, person(), tell, force=force)
    _finished(report, as_json)


@click.command(help=say("Cofnij synchronizację (stanów się nie cofa).", "Undo a run (stock is never rolled back)."))
@click.argument("channel")
@click.argument("number", type=int)
@FORCE
@AS_JSON
@click.pass_context
@speaking
def rollback(context: click.Context, channel: str, number: int, force: bool, as_json: bool) -> None:
    pomost = opened(context)
    with progress() as tell:
        report = pomost.rollback(channel, number, person(), tell, force=force)
    if not as_json:
        show(
            say(
                "Cofnięte pozycje są wstrzymane do zwolnienia: pomost retry {channel}",
                "What was rolled back is held until released: pomost retry {channel}",
                channel=channel,
            )
        )
    _finished(report, as_json)


@click.command(help=say("Poproś trwającą synchronizację o zatrzymanie.", "Ask the run under way to stop."))
@click.argument("channel")
@click.pass_context
@speaking
def cancel(context: click.Context, channel: str) -> None:
    asked = opened(context).cancel(channel)
    show(say("Poproszono o zatrzymanie.", "Asked to stop.") if asked else say("Nic nie trwa.", "Nothing is running."))


def show_changes(changes: list[Change], total: int, *, filtered: bool) -> None:
    """Changes field by field with the reason, if one was found worth saying."""
    rows = []
    for change in changes:
        why = "; ".join(finding(one) for one in change.why)
        for place, field in enumerate(change.fields):
            head = (word(KINDS, change.kind), change.symbol) if place == 0 else ("", "")
            values = [value(one or "-") for one in (field.before, field.after)]
            rows.append((*head, word(FIELDS, field.field), *values, why if place == 0 else ""))
    if rows:
        columns = say("zmiana|symbol|pole|było|będzie|uwagi", "change|symbol|field|was|will be|remarks").split("|")
        table("", columns, rows)
    if len(changes) < total and not filtered:
        facts = {"shown": number(len(changes)), "total": number(total)}
        show(
            say(
                "Pokazano {shown} z {total} zmian (--limit 0: wszystkie).",
                "{shown} of {total} changes shown (--limit 0: all).",
                **facts,
            )
        )


def _finished(report: RunReport, as_json: bool) -> None:
    if as_json:
        show_json(report)
    else:
        run_summary(report)
        skipped_summary(report)
        waiting_summary(report)
    sys.exit(exit_code(report))


COMMANDS = (preview, run, approve, rollback, cancel)
