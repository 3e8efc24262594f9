"""Copies of Pomost's own data: make one while runs go on, put one back, and go on without a lost master key."""

import sys
from pathlib import Path

import click

from pomost.app import back_up, put_back, renew_key
from pomost.cli.common import SOME_FAILED, speaking
from pomost.cli.output import complain, show
from pomost.cli.words import moment, say

_FORCE = click.option(
    "--force",
    is_flag=True,
    help=say("Zastąp to, co już jest.", "Replace what is there already."),
)


@click.command(
    help=say(
        "Zrób kopię danych Pomostu w jednym pliku; synchronizacje mogą trwać.",
        "Copy Pomost's data into one file; runs may go on.",
    )
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--sealed",
    is_flag=True,
    help=say(
        "Bez klucza głównego: z samej kopii nikt nie odczyta haseł, a klucz trzeba przechować osobno.",
        "Without the master key: the copy alone opens no passwords, and the key must be kept apart.",
    ),
)
@_FORCE
@click.pass_context
@speaking
def backup(context: click.Context, file: Path, sealed: bool, force: bool) -> None:
    made = back_up(file, *_places(context), sealed=sealed, force=force)
    facts = {"file": made.file, "channels": ", ".join(made.channels) or "-"}
    show(say("Kopia: {file} (kanały: {channels}).", "Copy: {file} (channels: {channels}).", **facts))
    if made.key:
        show(
            say(
                "Jest w niej klucz główny: kto ma ten plik, odczyta hasła i klucze API. Trzymaj go bezpiecznie.",
                "It holds the master key: whoever has this file can read passwords and API keys. Keep it safe.",
            )
        )
    else:
        show(
            say(
                "Nie ma w niej klucza głównego: przechowaj go osobno, bez niego hasła trzeba wpisać od nowa.",
                "It does not hold the master key: keep that apart; without it passwords must be typed again.",
            )
        )
    if made.dump:
        show(
            say(
                "To nie wszystko: bazę na serwerze kopiuje jego własne narzędzie: {command}",
                "That is not all: the database on the server is copied by its own tool: {command}",
                command=made.dump,
            )
        )


@click.command(
    help=say(
        "Przywróć dane Pomostu z kopii. Następna synchronizacja sprawdzi, co sklep ma teraz.",
        "Put Pomost's data back from a copy. The next run looks at what the shop holds now.",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_FORCE
@click.pass_context
@speaking
def restore(context: click.Context, file: Path, force: bool) -> None:
    back = put_back(file, *_places(context), force=force)
    facts = {"made": moment(back.made), "channels": ", ".join(back.channels) or "-"}
    show(
        say(
            "Przywrócono dane z {made} (kanały: {channels}).",
            "The data of {made} are back (channels: {channels}).",
            **facts,
        )
    )
    for place in back.aside:
        show(say("Poprzednie zachowano: {place}", "What was there is kept: {place}", place=place))
    show(
        say(
            "Następna synchronizacja każdego kanału odczyta, co sklep ma teraz; wycofania zaczekają na zgodę.",
            "The next run of each channel reads what the shop holds now; withdrawals will wait for approval.",
        )
    )
    if back.unopened:
        named = ", ".join(f"{channel} {field}" for channel, field in back.unopened)
        complain(
            say(
                "Tych haseł i kluczy nie otwiera klucz główny; przywróć go albo wpisz je od nowa: {named}",
                "The master key does not open these; put it back, or enter them again: {named}",
                named=named,
            )
        )
        sys.exit(SOME_FAILED)


@click.command(
    "new-key",
    help=say(
        "Zrób nowy klucz główny w miejsce utraconego; zapisane hasła i klucze API przepadają.",
        "Make a new master key in place of a lost one; the passwords and API keys kept are gone.",
    ),
)
@click.option("--yes", is_flag=True, help=say("Nie pytaj.", "Do not ask."))
@click.pass_context
@speaking
def renew(context: click.Context, yes: bool) -> None:
    sure = say(
        "Zapisane hasła i klucze API zostaną usunięte. Na pewno nie ma kopii klucza?",
        "The passwords and API keys kept will be deleted. Is there really no copy of the key?",
    )
    if not yes:
        click.confirm(sure, abort=True)
    lost = renew_key(*_places(context))
    named = ", ".join(f"{channel} {field}" for channel, field in lost) or "-"
    show(say("Jest nowy klucz. Wpisz od nowa: {named}", "There is a new key. Enter again: {named}", named=named))


def _places(context: click.Context) -> tuple[Path | None, str]:
    options = context.find_root().params
    return options.get("home"), options.get("store") or ""


COMMANDS = (backup, restore, renew)
