"""The hallway, the command line and the panel offer the same: every operation has a screen, or a reason for none."""

import ast
import inspect
from pathlib import Path

import pytest

from pomost.app import Pomost
from pomost.panel.screens import MODULES
from tests.cli.test_operations import COMMAND_OF, PAGES

SCREEN_OF = {
    "channels": "channels",
    "save_channel": "channels",
    "remove_channel": "channels",
    "export_settings": "channels",
    "check": "connection",
    "switch": "connection",
    "choices": "settings",
    "count_qualified": "settings",
    "settings_history": "versions",
    "settings_diff": "versions",
    "restore_settings": "versions",
    "warehouses": "branches",
    "start": "syncing",
    "activity": "syncing",
    "cancel": "syncing",
    "history": "runs",
    "report": "runs",
    "changes_page": "runs",
    "unusual": "runs",
    "export_changes": "runs",
    "errors": "errors",
    "errors_page": "errors",
    "retry": "errors",
    "search": "explaining",
    "explain": "explaining",
    "explain_customer": "explaining",
    "explain_order": "explaining",
    "orders_page": "orders",
    "settle_order": "orders",
}
BESIDE = {"choices": "lists", "save_channel": "saving"}
"""Operations a screen reaches through a room of the panel beside `screens`."""
WITHOUT_A_SCREEN = {
    "preview": "started as a process of its own by `start`, so that the panel may end without hurting it",
    "run": "started by `start`",
    "approve": "started by `start`",
    "rollback": "started by `start`",
    "carry_out": "what the process that `start` made does",
    "changes": "the whole stream; a screen shows it page by page (`changes_page`) or hands it out (`export_changes`)",
    "orders": "the newest alone; a screen shows pages (`orders_page`)",
    "fill_branch": "the branch's form is filled from `warehouses` and saved by `save_channel` with what else was typed",
    "customers": "not yet: how all customers stand; one at a time is explained",
}
PANEL = Path(inspect.getfile(MODULES[0])).parents[1]


def asked(module: str) -> set[str]:
    """Operations a room of the panel calls on the hallway."""
    path = PANEL / "screens" / f"{module}.py"
    tree = ast.parse((path if path.exists() else PANEL / f"{module}.py").read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "pomost"
    }


def test_each_operation_has_a_command_and_a_screen_or_a_reason():
    operations = {name for name, _ in inspect.getmembers(Pomost, inspect.isfunction) if not name.startswith("_")}
    assert operations == {*COMMAND_OF, *PAGES}
    assert operations == set(SCREEN_OF) | set(WITHOUT_A_SCREEN)
    assert set(SCREEN_OF) & set(WITHOUT_A_SCREEN) == set()


@pytest.mark.parametrize("operation", SCREEN_OF)
def test_the_screen_named_asks_for_that_operation(operation):
    assert operation in asked(SCREEN_OF[operation]) | asked(BESIDE.get(operation, SCREEN_OF[operation]))


def test_screens_ask_for_nothing_but_operations():
    called = {name for path in PANEL.rglob("*.py") for name in asked_in(path)}
    assert called <= {*COMMAND_OF, *PAGES}


def asked_in(path: Path) -> set[str]:
    return asked(path.stem) if path.parent in {PANEL, PANEL / "screens"} else set()


def test_every_screen_is_served_under_its_own_name():
    names = [one.name for module in MODULES for one in module.SCREENS]
    assert sorted(names) == sorted(set(names))
