"""Commands that look back: history, errors, retry, explain."""

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import click

from pomost.app import OUTCOMES, ChangeFilter, ErrorGroup, Explanation, Sheet
from pomost.cli.common import AS_JSON, USAGE, opened, speaking
from pomost.cli.customers import show_customer
from pomost.cli.output import advice, complain, finding, reason_text, run_summary, show, show_json, show_trail, table
from pomost.cli.runs import show_changes
from pomost.cli.words import language, moment, number, say, value, word
from pomost.model.words import ALARMS, FIELDS, FOUND, KINDS, STATES, VERDICTS


def _blank(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    return value or ""


def _filter(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which changes of a run."""
    for option in (
        click.option("--kind", type=click.Choice(list(KINDS)), callback=_blank, help=say("Ten rodzaj.", "This kind.")),
        click.option("--search", default="", help=say("Symbole z tym tekstem.", "Symbols with this text.")),
        click.option("--field", default="", help=say("To pole, np. price.", "This field, e.g. price.")),
        click.option(
            "--outcome", type=click.Choice(OUTCOMES), callback=_blank, help=say("Ten wynik.", "This outcome.")
        ),
    ):
        command = option(command)
    return command


@click.command(help=say("Synchronizacje kanału albo zmiany jednej z nich.", "A channel's runs, or the changes of one."))
@click.argument("channel")
@click.argument("run", type=int, required=False)
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help=say("0: wszystkie.", "0: all.")
)
@_filter
@AS_JSON
@click.pass_context
@speaking
def history(context: click.Context, channel: str, run: int | None, limit: int, as_json: bool, **chosen: str) -> None:
    pomost = opened(context)
    if run is not None:
        report = pomost.report(channel, run)
        found = list(islice(pomost.changes(channel, run, ChangeFilter(**chosen)), limit or None))
        if as_json:
            show_json({"run": report, "changes": found})
            return
        show_changes(found, report.planned, filtered=any(chosen.values()))
        run_summary(report)
        for one in pomost.unusual(channel, run) if report.state in {"planned", "waiting"} else ():
            show(f"{word(ALARMS, one.alarm)}: {', '.join(change.symbol for change in one.examples)}")
        return
    reports = pomost.history(channel, limit or 1_000_000)
    if as_json:
        show_json(reports)
        return
    rows = [
        (
            str(one.number),
            moment(one.started),
            f"{(one.ended - one.started).total_seconds():.1f} s" if one.ended else "",
            word(STATES, one.state),
            f"{one.owner.partition('#')[0]}@{one.host}",
            number(one.planned),
            number(one.done),
            number(one.failed),
        )
        for one in reports
    ]
    columns = say(
        "nr|początek|czas|stan|kto|zaplanowano|wykonano|błędne", "no.|started|took|state|who|planned|done|failed"
    ).split("|")
    table("", columns, rows)


@click.command(help=say("Pozycje pominięte i błędne według powodu.", "Skipped and failed items by reason."))
@click.argument("channel")
@click.argument("reason", required=False, default="")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@click.option("--search", default="", help=say("Tylko symbole z tym tekstem.", "Only symbols with this text."))
@AS_JSON
@click.pass_context
@speaking
def errors(context: click.Context, channel: str, reason: str, limit: int, search: str, as_json: bool) -> None:
    pomost = opened(context)
    groups = pomost.errors(channel, reason.upper(), limit)
    if search:
        pages = [pomost.errors_page(channel, group.reason, search, limit=limit) for group in groups]
        groups = [ErrorGroup(page.reason, len(page.items), page.items) for page in pages if page.items]
    if as_json:
        show_json(groups)
    elif not groups:
        show(say("Nie ma pominiętych ani błędnych pozycji.", "There are no skipped or failed items."))
    elif reason or search:
        for group in groups:
            rows = [
                (
                    f"{item.subject} {item.symbol}".strip() if item.subject != item.symbol else item.symbol,
                    item.part,
                    finding(item.findings[0]),
                    moment(item.since),
                    str(item.runs),
                )
                for item in group.items
            ]
            columns = say("pozycja|część|co się stało|od kiedy|razy", "item|part|what happened|since|times").split("|")
            table(f"{group.reason} ({number(group.count)})", columns, rows)
            show(advice(group.items[0].findings[0]))
    else:
        summary = [(number(group.count), group.reason, reason_text(group.reason)) for group in groups]
        table("", say("pozycji|kod|powód", "items|code|reason").split("|"), summary)
        show(say("Szczegóły: pomost errors {c} KOD", "Details: pomost errors {c} CODE", c=channel))


@click.command(help=say("Spróbuj ponownie i zwolnij wstrzymane.", "Try again, and release what is held."))
@click.argument("channel")
@click.option("--reason", default="", help=say("Tylko ten powód.", "Only this reason."))
@click.option(
    "--symbol",
    default="",
    help=say("Tylko ten towar (symbol) albo kontrahent (id).", "Only this product (symbol) or customer (id)."),
)
@click.pass_context
@speaking
def retry(context: click.Context, channel: str, reason: str, symbol: str) -> None:
    count = opened(context).retry(channel, reason.upper(), symbol)
    show(say("Do ponownego sprawdzenia: {n}.", "To be decided again: {n}.", n=number(count)))
    show(say("Uruchom: pomost run {c}", "Now run: pomost run {c}", c=channel))


@click.command(help=say("Zmiany synchronizacji jako arkusz.", "A run's changes as a spreadsheet."))
@click.argument("channel")
@click.argument("run", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_filter
@click.pass_context
@speaking
def export(context: click.Context, channel: str, run: int, file: Path, **chosen: str) -> None:
    sheet = Sheet.XLSX if file.suffix.casefold() == ".xlsx" else Sheet.CSV
    pieces = opened(context).export_changes(channel, run, sheet, language(), ChangeFilter(**chosen))
    try:
        with file.open("wb") as written:
            written.writelines(pieces)
    except OSError as error:
        facts = {"file": file, "error": error}
        complain(say("Nie można zapisać pliku {file}: {error}", "{file} cannot be written: {error}", **facts))
        sys.exit(USAGE)
    show(say("Zapisano: {file}", "Written: {file}", file=file))


@click.command(help=say("Znajdź towar, kontrahenta lub zamówienie.", "Find a product, a customer or an order."))
@click.argument("channel")
@click.argument("text")
@AS_JSON
@click.pass_context
@speaking
def find(context: click.Context, channel: str, text: str, as_json: bool) -> None:
    found = opened(context).search(channel, text)
    if as_json:
        show_json(found)
    elif not found:
        show(say("Nic takiego nie znaleziono.", "Nothing like that was found."))
    else:
        rows = [(word(FOUND, one.kind), one.label, one.detail) for one in found]
        table("", say("co|oznaczenie|opis", "what|called|detail").split("|"), rows)
        show(say("Wyjaśnienie: pomost explain ...", "Explanation: pomost explain ..."))


@click.group(help=say("Wyjaśnij, dlaczego jest tak, jak jest.", "Explain why things are as they are."))
def explain() -> None:
    """Trails of products, customers and orders."""


@explain.command("product", help=say("Towar po symbolu albo kodzie EAN.", "A product by symbol or EAN."))
@click.argument("channel")
@click.argument("text")
@AS_JSON
@click.pass_context
@speaking
def explain_product(context: click.Context, channel: str, text: str, as_json: bool) -> None:
    found = opened(context).explain(channel, text)
    if as_json:
        show_json(found)
        return
    for one in found:
        _show_explanation(one)


@explain.command("customer", help=say("Kontrahent po NIP albo id ze sklepu.", "A customer by tax number or shop's id."))
@click.argument("channel")
@click.argument("text")
@AS_JSON
@click.pass_context
@speaking
def explain_customer(context: click.Context, channel: str, text: str, as_json: bool) -> None:
    found = opened(context).explain_customer(channel, text)
    if as_json:
        show_json(found)
        return
    for one in found:
        show_customer(one)


def _show_explanation(one: Explanation) -> None:
    show(f"{one.symbol}  {one.name}  EAN {one.ean or '-'}")
    show(say("Decyzja: {verdict}", "Decision: {verdict}", verdict=word(VERDICTS, one.verdict)))
    if one.unit_rule:
        show(say("Reguła jednostki: {rule}", "Unit rule: {rule}", rule=one.unit_rule))
    for match in one.matches:
        show(say("W katalogu sklepu: {match}", "In the shop's catalogue: {match}", match=match))
    for reason in one.findings:
        show(f"  {reason.reason}: {finding(reason)} {advice(reason)}")
    names = [*dict.fromkeys([*one.wanted, *one.known, *one.shelf])]
    sides = (one.wanted, one.known, one.shelf)
    rows = [[word(FIELDS, name), *(value(side.get(name, "")) for side in sides)] for name in names]
    if rows:
        columns = say("|ma być|potwierdzone|w sklepie|", "|wanted|confirmed|in the shop|").strip("|").split("|")
        table("", ("", *columns), rows)
    table(say("W ERP", "In the ERP"), ("", ""), [(name, value) for name, value in one.erp.items() if value])
    show_trail(one.trail)


COMMANDS = (history, export, errors, retry, find, explain)
