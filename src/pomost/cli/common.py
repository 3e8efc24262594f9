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
    SettingsRefused,
    ShopBusy,
    StopAsked,
    StoreError,
    StoreFault,
    default_home,
    open_pomost,
)
from pomost.cli.output import advice, complain, finding
from pomost.cli.words import language, moment, say

DONE, SOME_FAILED, USAGE, WAITING = 0, 1, 2, 3
UNAVAILABLE, CRASHED, STORE, BUSY, STOPPED = 69, 70, 74, 75, 130


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


def speaking(command: Callable[..., Any]) -> Callable[..., Any]:  # noqa: C901  (one door, one list of ways to end)
    """Faults become sentences and exit codes; nobody sees a stack trace, the log does."""

    @wraps(command)
    def spoken(*arguments: Any, **options: Any) -> Any:  # noqa: C901
        try:
            return command(*arguments, **options)
        except Busy as busy:
            _say_busy(busy)
            sys.exit(BUSY)
        except ShopBusy as busy:
            complain(busy.say(language()))
            sys.exit(BUSY)
        except LeaseLost as lost:
            by = lost.holder.owner if lost.holder else "?"
            complain(
                say(
                    "Synchronizację przejął: {by}. Niczego więcej nie wysłano.",
                    "Taken over by {by}. Nothing more was sent.",
                    by=by,
                )
            )
            sys.exit(BUSY)
        except (StopAsked, KeyboardInterrupt):
            complain(say("Zatrzymano; następna synchronizacja dokończy.", "Stopped; the next run goes on from here."))
            sys.exit(STOPPED)
        except SettingsRefused as refused:
            complain(refused.say(language()))
            for one in refused.findings:
                complain(f"  {finding(one)} {advice(one)}")
            sys.exit(USAGE)
        except Fault as fault:
            complain(fault.say(language()))
            sys.exit(_code_of(fault))
        except StoreError as error:
            logging.getLogger("pomost").exception("store failed")
            complain(
                say(
                    "Nie można zapisać danych Pomostu: {error}. Sprawdź wolne miejsce i prawa do folderu danych; "
                    "to, czego nie zapisano, zostanie wysłane ponownie.",
                    "Pomost's data cannot be written: {error}. Check free space and rights of the data folder; "
                    "whatever was not recorded is sent again.",
                    error=error,
                )
            )
            sys.exit(STORE)
        except (click.ClickException, click.Abort, click.exceptions.Exit, SystemExit):
            raise
        except Exception:  # the last door: a mistake of ours must not throw a trace at a clerk
            logging.getLogger("pomost").exception("unexpected")
            home = click.get_current_context().find_root().params.get("home") or default_home()
            place = Path(home) / "logs" / "pomost.log"
            complain(
                say(
                    "Nieoczekiwany błąd Pomostu. Szczegóły zapisano w {place}; prosimy o zgłoszenie.",
                    "An unexpected error in Pomost. Details are in {place}; please report it.",
                    place=place,
                )
            )
            sys.exit(CRASHED)

    return spoken


def _code_of(fault: Fault) -> int:
    if isinstance(fault, Refused):
        return USAGE
    return STORE if isinstance(fault, StoreFault) else UNAVAILABLE


def _say_busy(busy: Busy) -> None:
    held = busy.holder
    progress = "-" if held.step is None else held.step.told.into(language())
    facts = {"owner": held.owner, "host": held.host, "since": moment(held.started), "progress": progress}
    complain(
        say(
            "Synchronizacja trwa od {since} na {host} ({owner}): {progress}.",
            "A synchronisation has been running since {since} on {host} ({owner}): {progress}.",
            **facts,
        )
    )
    if busy.same_shop:
        complain(say("Aby ją przejąć, dodaj --force.", "Add --force to take it over."))
    else:
        complain(
            say(
                "Ręczne synchronizacje jednego podmiotu nie biegną równolegle; poczekaj na jej koniec.",
                "Manual runs of one company never run side by side; wait for it to end.",
            )
        )
