"""Settings as a file: export, import, history, and a template that explains every setting."""

import codecs
import dataclasses
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import click
import tomli_w

from pomost.app import ERPS, SHOPS, sections_for, suggested_mark
from pomost.cli.common import AS_JSON, USAGE, opened, person, speaking
from pomost.cli.output import complain, show, show_json, table
from pomost.cli.words import language, moment, number, say
from pomost.model.setting import about


@click.group(help=say("Ustawienia kanału jako plik TOML.", "A channel's settings as a TOML file."))
def settings() -> None:
    """Secrets are taken in by import and left out by export."""


@settings.command(
    "export", help=say("Wypisz ustawienia (bez haseł i kluczy).", "Print the settings (secrets left out).")
)
@click.argument("channel")
@click.pass_context
@speaking
def export_settings(context: click.Context, channel: str) -> None:
    sys.stdout.write(tomli_w.dumps(opened(context).export_settings(channel)))


@settings.command("import", help=say("Zapisz ustawienia z pliku.", "Save the settings of a file."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
@speaking
def import_settings(context: click.Context, file: Path) -> None:
    document = _document(file)
    version = opened(context).save_channel(document, person())
    name = document["channel"]["name"]
    show(say("Zapisano kanał {name}, wersja {v}.", "Saved channel {name}, version {v}.", name=name, v=version))
    show(say("Sprawdź: pomost check {name}", "Check it: pomost check {name}", name=name))


def _document(file: Path) -> dict[str, Any]:
    """The settings of a file, in whichever encoding its editor kept it; one that is no TOML ends the command."""
    try:
        return tomllib.loads(_decoded(file.read_bytes()).replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        complain(
            say(
                "Plik {file} nie jest poprawnym TOML: {error}",
                "{file} is not valid TOML: {error}",
                file=file,
                error=error,
            )
        )
        sys.exit(USAGE)


_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _decoded(data: bytes) -> str:
    """Text as editors of Windows keep it: UTF-8 or UTF-16 with their marks, UTF-8 without, else CP1250."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1250")


@settings.command("history", help=say("Wersje ustawień: kto i kiedy.", "Versions: who and when."))
@click.argument("channel")
@click.pass_context
@speaking
def settings_history(context: click.Context, channel: str) -> None:
    rows = [(str(version), moment(at), author) for version, author, at, _ in opened(context).settings_history(channel)]
    table("", say("wersja|kiedy|kto", "version|when|who").split("|"), rows)


@settings.command("diff", help=say("Czym różnią się dwie wersje.", "What differs between two versions."))
@click.argument("channel")
@click.argument("older", type=int)
@click.argument("newer", type=int, required=False)
@AS_JSON
@click.pass_context
@speaking
def settings_diff(context: click.Context, channel: str, older: int, newer: int | None, as_json: bool) -> None:
    found = opened(context).settings_diff(channel, older, newer)
    if as_json:
        show_json(found)
        return
    if not found:
        show(say("Te wersje są takie same.", "These versions are the same."))
        return
    rows = [(one.label.into(language()), one.path, one.before or "-", one.after or "-") for one in found]
    table("", say("ustawienie|gdzie|było|jest", "setting|where|was|is").split("|"), rows)


@settings.command("restore", help=say("Przywróć starszą wersję jako nową.", "Save an older version as the newest."))
@click.argument("channel")
@click.argument("version", type=int)
@click.pass_context
@speaking
def restore(context: click.Context, channel: str, version: int) -> None:
    facts = {"n": version, "v": opened(context).restore_settings(channel, version, person())}
    show(say("Przywrócono wersję {n} jako wersję {v}.", "Version {n} was restored as version {v}.", **facts))


@settings.command(
    "qualified", help=say("Ile kartotek przechodzi kwalifikację.", "How many cards pass the qualification.")
)
@click.argument("channel")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=say("Według tego pliku ustawień.", "By this file of settings."),
)
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=60.0, show_default=True, help=say("Najdłużej.", "At most.")
)
@AS_JSON
@click.pass_context
@speaking
def qualified(context: click.Context, channel: str, file: Path | None, seconds: float, as_json: bool) -> None:
    pomost = opened(context)
    document = pomost.export_settings(channel) if file is None else _document(file)
    found = pomost.count_qualified(channel, document, seconds)
    if as_json:
        show_json(found)
        return
    show(say("Spełnia warunki: {n} z {of}.", "{n} of {of} pass.", n=number(found.passing), of=number(found.of)))
    if not found.whole:
        show(say("Zabrakło czasu: są jeszcze inne kartoteki.", "Time ran out: there are more cards."))


@settings.command(
    "template", help=say("Wypisz plik ustawień z objaśnieniami.", "Print a settings file with explanations.")
)
@click.option("--erp", type=click.Choice(list(ERPS)), default="subiekt-gt", show_default=True)
@click.option("--shop", type=click.Choice(list(SHOPS)), default="mstore", show_default=True)
@speaking
def template(erp: str, shop: str) -> None:
    for line in _template(erp, shop):
        sys.stdout.write(line + "\n")


@settings.command("remove", help=say("Usuń kanał z pamięci Pomostu.", "Make Pomost forget a channel."))
@click.argument("channel")
@click.option("--yes", is_flag=True, help=say("Nie pytaj.", "Do not ask."))
@click.pass_context
@speaking
def remove(context: click.Context, channel: str, yes: bool) -> None:
    if not yes:
        click.confirm(
            say("Usunąć kanał {c}? Sklep i ERP nie zmienią się.", "Remove {c}? Shop and ERP do not change.", c=channel),
            abort=True,
        )
    opened(context).remove_channel(channel)
    show(say("Usunięto.", "Removed."))


def _template(erp: str, shop: str) -> Iterator[str]:
    """Every setting with its label, help and default, commented out unless it is required."""
    for name, kind in sections_for(erp, shop).items():
        listed = get_origin(kind) is list
        section = get_args(kind)[0] if listed else kind
        yield ""
        yield f"[[{name}]]" if listed else f"[{name}]"
        for field in dataclasses.fields(section):
            yield from _line(field, _given(name, erp, shop))


def _given(section: str, erp: str, shop: str) -> dict[str, str]:
    """Values a template gives although they have defaults."""
    match section:
        case "channel":
            return {"erp": erp, "shop": shop}
        case "orders":
            return {"mark": suggested_mark(shop)}
        case _:
            return {}


def _line(field: "dataclasses.Field[Any]", given: dict[str, str]) -> Iterator[str]:
    declared = about(field.metadata)
    if declared is not None:
        yield f"# {declared.label.into(language())}: {declared.help.into(language())}"
        for option, name in (declared.options or {}).items():
            yield f"#   {option}: {name.into(language())}"
        if declared.choice is not None:
            yield f"#   pomost choices {say('KANAŁ', 'CHANNEL')} {declared.choice}"
    value: Any = field.default if field.default is not dataclasses.MISSING else ""
    value = given.get(field.name, value)
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    if dataclasses.is_dataclass(value):
        return
    mark = "" if required or field.name in given else "# "
    yield f"{mark}{field.name} = {_toml(value, field)}"


def _toml(value: Any, field: "dataclasses.Field[Any]") -> str:
    if field.default_factory is not dataclasses.MISSING:
        value = field.default_factory()
    if isinstance(value, frozenset | tuple):
        value = sorted(str(one) for one in value)
    if isinstance(value, dict):
        return "{}"
    plain = value if isinstance(value, bool | int | list) else str(value)
    return tomli_w.dumps({"x": plain}).removeprefix("x = ").strip().replace("\n", " ")


COMMANDS = (settings,)
