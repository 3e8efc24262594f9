"""The command line: one file per command group, every operation a command."""

from pathlib import Path

import click

from pomost.app import begin_alone
from pomost.cli import background, channels, copies, customers, demo, looking, orders, runs, sandbox, serve, settings
from pomost.cli.words import say


@click.group(
    help=say(
        "Synchronizator systemów ERP ze sklepami. Kody wyjścia: 0 gotowe, 1 gotowe z błędnymi pozycjami, "
        "2 użycie lub ustawienia, 3 czeka na zatwierdzenie, 69 druga strona niedostępna, 74 nie można zapisać danych, "
        "75 zajęte, 70 nieoczekiwany błąd, 130 zatrzymano.",
        "Synchroniser between ERP systems and shops. Exit codes: 0 done, 1 done with failed items, "
        "2 usage or settings, 3 waiting for approval, 69 other side unavailable, 74 data cannot be written, 75 busy, "
        "70 unexpected error, 130 stopped.",
    )
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help=say("Folder danych (też POMOST_HOME).", "Data folder (also POMOST_HOME)."),
)
@click.option(
    "--store", help=say("URL bazy Pomostu (też POMOST_STORE).", "URL of Pomost's database (also POMOST_STORE).")
)
@click.version_option(package_name="pomost")
def main(home: Path | None, store: str | None) -> None:
    """Options that hold for every command; the commands read them from the root context."""


def run() -> None:
    """The command line as a process of its own: what it writes is its user's alone."""
    begin_alone()
    main(prog_name="pomost")


for group in (channels, runs, background, looking, customers, orders, settings, copies, sandbox, demo, serve):
    for command in group.COMMANDS:
        main.add_command(command)
