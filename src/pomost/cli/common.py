"""What every command shares: exit codes, opening Pomost, and turning faults into sentences."""

import getpass
import logging
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pomost.app import (
    Busy,
    Fault,
    LeaseLost,
    Pomost,
    Refused,
    RunReport,
    ShopBusy,
    StopAsked,
    StoreError,
    StoreFault,
    default_home,
    open_pomost,
    why_ended,
)
from pomost.cli.output import complain
from pomost.cli.words import language, say

DONE, SOME_FAILED, USAGE, WAITING = 0, 1, 2, 3
UNAVAILABLE, CRASHED, STORE, BUSY, STOPPED = 69, 70, 74, 75, 130
AS_JSON = click.option("--json", "as_json", is_flag=True, help=say("Wynik jako JSON.", "Answer as JSON."))


def opened(context: click.Context) -> Pomost:
    """The Pomost this command works with, opened on first use."""
    options = context.find_root().params
    home: Path | None = options.get("home")
    return open_pomost(home, options.get("store") or "")


def person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def exit_code(report: RunReport) -> int:
    """3 waits for approval, else 1 with anything left undone that will not come right by itself, else 0."""
    if report.state == "waiting":
        return WAITING
    return SOME_FAILED if report.needs_a_person or report.fault is not None else DONE


def speaking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Faults become sentences and exit codes; nobody sees a stack trace, the log does."""

    @wraps(command)
    def spoken(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except (Exception, KeyboardInterrupt) as error:  # the last door: no mistake of ours throws a trace at a clerk
            complain(why_ended(error).into(language()))
            code = _code_of(error)
            if code in {STORE, CRASHED}:
                logging.getLogger("pomost").exception("store failed" if code == STORE else "unexpected")
            if code == CRASHED:
                home = click.get_current_context().find_root().params.get("home") or default_home()
                complain(str(Path(home) / "logs" / "pomost.log"))
            if isinstance(error, Busy) and error.same_shop:
                complain(say("Aby ją przejąć, dodaj --force.", "Add --force to take it over."))
            sys.exit(code)

    return spoken


def _code_of(error: BaseException) -> int:
    match error:
        case Busy() | ShopBusy() | LeaseLost():
            return BUSY
        case StopAsked() | KeyboardInterrupt():
            return STOPPED
        case Refused():
            return USAGE
        case StoreFault() | StoreError():
            return STORE
        case Fault():
            return UNAVAILABLE
        case _:
            return CRASHED
