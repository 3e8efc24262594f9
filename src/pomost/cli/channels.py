"""Commands about channels before a run: list, check, lists for settings."""

import sys

import click

from pomost.app import CheckResult
from pomost.cli.common import AS_JSON, DONE, USAGE, opened, person, speaking
from pomost.cli.output import advice, complain, finding, show, show_json, table
from pomost.cli.words import language, moment, say, word
from pomost.model.setting import ChoiceKind
from pomost.model.words import STATES


@click.command(help=say("Kanały i ich ostatnie synchronizacje.", "Channels and their last runs."))
@AS_JSON
@click.pass_context
@speaking
def channels(context: click.Context, as_json: bool) -> None:
    rows = opened(context).channels()
    if as_json:
        show_json([dict(zip(("name", "company", "erp", "shop", "last_run"), row, strict=True)) for row in rows])
        return
    if not rows:
        show(
            say(
                "Nie ma jeszcze kanałów. Zacznij od: pomost settings template > kanal.toml",
                "There are no channels yet. Begin with: pomost settings template > channel.toml",
            )
        )
        return
    shown = [
        (name, company, erp, shop, moment(run.started) if run else "-", word(STATES, run.state) if run else "-")
        for name, company, erp, shop, run in rows
    ]
    columns = say("kanał|podmiot|ERP|sklep|ostatnia|stan", "channel|company|ERP|shop|last run|state").split("|")
    table("", columns, shown)


@click.command(help=say("Sprawdź połączenia i ustawienia kanału.", "Check a channel's connections and settings."))
@click.argument("channel")
@AS_JSON
@click.pass_context
@speaking
def check(context: click.Context, channel: str, as_json: bool) -> None:
    result = opened(context).check(channel)
    if as_json:
        show_json(result)
    else:
        _show_steps(result)
        for one in result.settings:
            complain(f"!! {finding(one)} {advice(one)}")
        if result.passed and not result.settings:
            show(say("Wszystko w porządku.", "All is well."))
    sys.exit(DONE if result.passed and not result.settings else USAGE)


@click.command(help=say("Lista do wyboru w ustawieniach.", "A list settings choose from."))
@click.argument("channel")
@click.argument("kind", type=click.Choice([kind.value for kind in ChoiceKind]))
@AS_JSON
@click.pass_context
@speaking
def choices(context: click.Context, channel: str, kind: str, as_json: bool) -> None:
    found = opened(context).choices(channel, ChoiceKind(kind))
    if as_json:
        show_json(found)
        return
    table(kind, ("id", say("nazwa", "name"), ""), [(one.id, one.label, one.detail) for one in found])


@click.command(
    help=say(
        "Magazyny z adresami; --fill wypełnia nimi oddział w ustawieniach.",
        "Warehouses with addresses; --fill puts one into a branch of the settings.",
    )
)
@click.argument("channel")
@click.option("--fill", default="", metavar="BRANCH", help=say("Wypełnij ten oddział.", "Fill this branch."))
@click.option(
    "--warehouse",
    default="",
    help=say(
        "Z tego magazynu (domyślnie: magazyn dla ZK oddziału).", "From this one (default: the branch's main one)."
    ),
)
@AS_JSON
@click.pass_context
@speaking
def warehouses(context: click.Context, channel: str, fill: str, warehouse: str, as_json: bool) -> None:
    if fill:
        branch = opened(context).fill_branch(channel, fill, warehouse, person())
        show(
            say(
                "Wypełniono dane oddziału {b}. Region wybiera się ręcznie: pomost choices {c} regions",
                "Filled in branch {b}. Its region is chosen by hand: pomost choices {c} regions",
                b=branch.id,
                c=channel,
            )
        )
        return
    found = opened(context).warehouses(channel)
    if as_json:
        show_json(found)
        return
    rows = [
        (
            *(one.id, one.symbol, one.name),
            f"{one.address.street} {one.address.house_number}, {one.address.postal_code} {one.address.city}",
            f"{one.contact.phone} {one.contact.email}".strip(),
        )
        for one in found
    ]
    table("", say("id|symbol|nazwa|adres|kontakt", "id|symbol|name|address|contact").split("|"), rows)


@click.command(
    help=say(
        "Włącz kanał (po udanym sprawdzeniu obu połączeń) albo go wyłącz.",
        "Switch a channel on (once both connections pass their check) or off.",
    )
)
@click.argument("channel")
@click.option("--on/--off", "on", required=True, help=say("Włącz albo wyłącz.", "On or off."))
@click.pass_context
@speaking
def switch(context: click.Context, channel: str, on: bool) -> None:
    checked = opened(context).switch(channel, person(), on=on)
    if checked is not None and not checked.passed:
        _show_steps(checked)
        complain(say("Kanału nie włączono: popraw połączenie.", "Not switched on: mend the connection first."))
        sys.exit(USAGE)
    show(say("Kanał włączony.", "The channel is on.") if on else say("Kanał wyłączony.", "The channel is off."))


def _show_steps(result: CheckResult) -> None:
    for side, steps in (("ERP", result.erp), (say("Sklep", "Shop"), result.shop)):
        for step in steps:
            mark = "ok " if step.passed else "!! "
            show(f"{mark}{side}: {step.name.into(language())} {step.found.into(language())}".rstrip())
            if not step.passed:
                complain(f"   {step.advice.into(language())}")


COMMANDS = (channels, check, choices, warehouses, switch)
