"""Documents under test: every command, setting, reason and word of the trade is where a reader looks for it."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_origin

import click
import pytest

from pomost.app import sections_for
from pomost.cli import main
from pomost.connectors import ERPS, SHOPS
from pomost.model.reason import Reason
from pomost.model.setting import about

DOCS = Path(__file__).parents[2] / "docs"
SOURCE = Path(__file__).parents[2] / "src" / "pomost"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_every_command_and_option_is_documented() -> None:
    text = read("commands.md")
    missing = []
    for path, command in commands(main, "pomost"):
        if path not in text:
            missing.append(path)
        options = [option for option in command.params if isinstance(option, click.Option)]
        missing += [f"{path} {option.opts[0]}" for option in options if option.opts[0] not in text]
    assert missing == []


def settings() -> list[str]:
    found = []
    for section, kind in sections_for("subiekt-gt", "mstore").items():
        declared = get_args(kind)[0] if get_origin(kind) is list else kind
        found += [f"{section}.{field.name}" for field in dataclasses.fields(declared)]
    return found


@pytest.mark.parametrize("path", settings())
def test_every_setting_is_documented(path: str) -> None:
    assert path in read("settings.md")


def of_connectors() -> list[tuple[str, str, "dataclasses.Field[object]"]]:
    """Every connector's settings: the line its section of the document begins with, the path and the field."""
    sides = (("erp", ERPS), ("shop", SHOPS))
    return [
        (f'channel.{side} = "{name}"', f"{side}.{field.name}", field)
        for side, connectors in sides
        for name, one in connectors.items()
        for field in dataclasses.fields(one.settings)
    ]


@pytest.mark.parametrize(("head", "path", "field"), of_connectors())
def test_every_setting_of_every_connector_is_documented_as_declared(
    head: str, path: str, field: "dataclasses.Field[object]"
) -> None:
    declared = about(field.metadata)
    assert declared is not None
    (section,) = [one for one in read("settings.md").split("\n## ") if head in one]
    (told,) = [line for line in section.splitlines() if line.startswith(f"| `{path}` |")]
    assert all(text in told for text in (declared.label.pl, declared.label.en, declared.help.pl, declared.help.en))
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    assert ("**required**" in told) is required
    assert ("**Secret:**" in told) is declared.secret


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_documented(reason: Reason) -> None:
    assert reason.value in read("reasons.md")


def glossary() -> list[list[str]]:
    rows = [line.strip().strip("|").split("|") for line in read("glossary.md").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_glossary_says_each_word_once_in_both_languages() -> None:
    words = [row[0].casefold() for row in glossary()]
    assert len(words) > 60
    assert sorted(words) == sorted(set(words))
    assert [row for row in glossary() if len(row) < 3 or not all(row[:3])] == []


SYNONYMS = ("article", "depot", "client_order", "goods_item", "sku_code", "merchandise", "pricelist", "stocklevel")
"""Words other programs use for what the glossary calls product, warehouse, order, price level, stock."""


def test_code_uses_the_glossarys_words() -> None:
    wrong = []
    for path in (
        one for one in SOURCE.rglob("*.py") if "sandbox" not in one.parts
    ):  # the other side may talk otherwise
        text = path.read_text(encoding="utf-8").casefold()
        wrong += [f"{path}: {word}" for word in SYNONYMS if re.search(rf"\b\w*{word}\w*\b", text)]
    assert wrong == []
