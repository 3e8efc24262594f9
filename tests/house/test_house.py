"""House rules beside shape and documents: money is never binary, tests are told too, documents speak of each command."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from pomost.app import sections_for
from pomost.cli import main
from tests.house.test_documents import commands, read

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "pomost"
MONEY_PATHS = ("model", "rules", "runs", "connectors")
DECISIONS = ("model", "rules")


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def floats_made(tree: ast.Module) -> Iterator[int]:
    """Lines that turn something into a float; the constant infinity, which no amount is, excepted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            given = node.args[0] if node.args else None
            if not (isinstance(given, ast.Constant) and given.value == "inf"):
                yield node.lineno


def test_no_amount_ever_becomes_a_binary_fraction() -> None:
    assert [f"{path}:{line}" for path, tree in trees(*MONEY_PATHS) for line in floats_made(tree)] == []


def test_a_float_would_be_found() -> None:
    assert list(floats_made(ast.parse("x = float(price)\ny = float('inf')\nz = float()"))) == [1, 3]


def test_decisions_hold_no_binary_fraction_either() -> None:
    """A limit of 0.5 written as a float would be compared with amounts that are exact."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in trees(*DECISIONS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert wrong == []


CLOCKS = frozenset({"now", "utcnow", "today", "monotonic", "perf_counter", "time_ns", "localtime", "uuid4", "urandom"})


def test_decisions_read_no_clock_and_no_chance_under_any_name() -> None:
    wrong = [
        f"{path}:{node.lineno} {node.attr}"
        for path, tree in trees(*DECISIONS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
    ]
    imported = [
        f"{path}:{node.lineno}"
        for path, tree in trees(*DECISIONS)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and {one.name for one in node.names} & {"time", "random", "secrets", "uuid"})
        or (isinstance(node, ast.ImportFrom) and node.module in {"time", "random", "secrets", "uuid"})
    ]
    assert wrong + imported == []


@pytest.mark.parametrize("folder", ["tests", "bench"])
def test_tests_and_benches_open_with_one_sentence_too(folder: str) -> None:
    mute = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if not told.splitlines() or not told.splitlines()[0].endswith((".", "?", "!", ":")):
            mute.append(str(path.relative_to(ROOT)))
    assert mute == []


DRAWER_WORDS = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common_stuff)(_|$)")


@pytest.mark.parametrize("folder", ["src", "tests", "bench"])
def test_no_file_is_named_like_a_drawer(folder: str) -> None:
    assert [str(path) for path in (ROOT / folder).rglob("*.py") if DRAWER_WORDS.search(path.stem.casefold())] == []


def rows_about(path: str) -> str:
    """The lines of the manual that speak of a command, with the options that commands of its section share."""
    text = read("commands.md")
    own = [line for line in text.splitlines() if re.search(rf"`{re.escape(path)}[ `]", line)]
    shared = [line for line in text.splitlines() if line.startswith("| `--")]
    return "\n".join([*own, *shared])


@pytest.mark.parametrize(
    "path, command", list(commands(main, "pomost")), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_commands_options_are_told_where_the_command_is(path: str, command: Any) -> None:
    rows = rows_about(path)
    assert rows
    assert [
        option.opts[0] for option in command.params if option.opts[0].startswith("--") and option.opts[0] not in rows
    ] == []


def leaves(kind: Any, path: str) -> Iterator[str]:
    """Every setting below a section, those of branches, addresses and conditions included."""
    inner = get_args(kind)[0] if get_origin(kind) in {list, tuple} else kind
    if not dataclasses.is_dataclass(inner):
        yield path
        return
    hints = get_type_hints(inner)
    for field in dataclasses.fields(inner):
        yield from leaves(hints[field.name], f"{path}.{field.name}")


OF_CONNECTORS = {"erp", "shop"}  # each in a section of its own, see test_documents
ALL_SETTINGS = [
    path
    for name, kind in sections_for("subiekt-gt", "mstore").items()
    if name not in OF_CONNECTORS
    for path in leaves(kind, name)
]


def test_every_setting_down_to_the_last_address_line_is_documented_once() -> None:
    """Those of connectors have a table each: `test_documents.py` looks after them."""
    text = read("settings.md")
    assert len(ALL_SETTINGS) > 50
    own = [path for path in ALL_SETTINGS if not path.startswith(("erp.", "shop."))]
    assert [path for path in own if len(re.findall(rf"(?m)^\| `{re.escape(path)}` \|", text)) != 1] == []


def test_no_secret_can_be_given_on_a_command_line() -> None:
    """Whatever stands on a command line is shown by `ps` to everybody on the machine."""
    options = {name for _, command in commands(main, "pomost") for option in command.params for name in option.opts}
    assert {name for name in options if re.search(r"key|password|secret|token|haslo", name)} == set()
