"""Every operation of Pomost has a command, and every command an operation: the table below is the whole of both."""

import inspect

import click

from pomost.app import Pomost
from pomost.cli import main

COMMAND_OF = {
    "channels": "channels",
    "save_channel": "settings import",
    "export_settings": "settings export",
    "settings_history": "settings history",
    "remove_channel": "settings remove",
    "switch": "switch",
    "check": "check",
    "choices": "choices",
    "warehouses": "warehouses",
    "settings_diff": "settings diff",
    "restore_settings": "settings restore",
    "count_qualified": "settings qualified",
    "preview": "preview",
    "run": "run",
    "approve": "approve",
    "rollback": "rollback",
    "start": "start",
    "carry_out": "carry-out",
    "activity": "status",
    "cancel": "cancel",
    "history": "history",
    "report": "history",
    "changes": "history",
    "unusual": "history",
    "export_changes": "export",
    "errors": "errors",
    "errors_page": "errors",
    "search": "find",
    "retry": "retry",
    "explain": "explain product",
    "explain_customer": "explain customer",
    "customers": "customers",
    "fill_branch": "warehouses",
    "orders": "orders",
    "orders_page": "orders",
    "explain_order": "explain order",
    "settle_order": "settle-order",
}
PAGES = {"changes_page": "changes"}
"""What a screen shows a piece at a time, and the operation by which the command line tells the same whole."""
OF_THE_DOOR_ALONE = {"settings template", "sandbox", "demo", "serve", "backup", "restore", "new-key"}
"""Commands that ask Pomost for nothing a screen would ask for."""


def commands(group=main, path=()):
    """Every command by its words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def operations():
    return {name for name, _ in inspect.getmembers(Pomost, inspect.isfunction) if not name.startswith("_")}


def test_every_operation_has_its_command():
    assert operations() == COMMAND_OF.keys() | PAGES.keys()
    assert set(PAGES.values()) <= COMMAND_OF.keys()


def test_a_command_asks_for_the_operations_it_stands_for():
    told = dict(commands())
    for operation, command in COMMAND_OF.items():
        body = inspect.getsource(inspect.unwrap(told[command].callback))
        assert f".{operation}(" in body, (operation, command)


def test_every_command_has_its_operation():
    assert {name for name, _ in commands()} == set(COMMAND_OF.values()) | OF_THE_DOOR_ALONE


def test_every_command_and_option_is_explained():
    for name, command in commands():
        assert command.help, name
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in {"seed", "limit", "erp", "shop"}:
                assert option.help, (name, option.name)


def test_whatever_shows_a_list_or_a_report_also_answers_in_json():
    silent = {"settings export", "settings import", "settings history", "settings remove", "cancel", "retry", "switch"}
    silent |= {"start", "carry-out", "export", "settings restore"}
    for name, command in commands():
        flags = {flag for option in command.params for flag in option.opts}
        assert ("--json" in flags) is (name not in silent | OF_THE_DOOR_ALONE), name
