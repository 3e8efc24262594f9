"""A process of its own that carries customers and orders of one channel, and may end or stand still at any of its steps.

A step is a moment before or after something that lasts: a request to the shop, a question to Sfera's child, a commit.
"""

import logging
import os
import re
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from django.db.backends.base.base import BaseDatabaseWrapper

from pomost.app import Busy, LeaseLost, Pomost, open_pomost
from pomost.connectors.erp.subiekt_gt import sfera
from pomost.model.request import RunRequest
from pomost.transport.com import ComChild
from pomost.transport.http import HttpClient

_ID = re.compile(r"(or|br)\d+")
CHANNEL, KEY = "hurt", "mst_0123456789abcdef"
SETTINGS: dict[str, Any] = {
    "channel": {"name": CHANNEL, "company": "Hurtownia", "erp": "subiekt-gt", "shop": "mstore"},
    "customers": {"enabled": True, "qualification": "all", "level1": "group"},
    "orders": {
        "enabled": True,
        "status": "new",
        "feedback": True,
        "statuses": {"reserved": "accepted", "invoiced": "completed"},
    },
    "branches": [
        {"id": "MAG", "name": "Magazyn", "main_warehouse": "1", "customer_trait": "1"},
        {"id": "KRA", "name": "Kraków", "main_warehouse": "3", "customer_trait": "2"},
    ],
}


@dataclass(frozen=True)
class Errand:
    """What a process is to do. `at`: the step, counted from 1, where `end` (a signal) comes to it.

    `hurry`: whatever would be waited for is over at once, or given up.
    """

    home: str
    store: str
    erp: str
    shop: str
    at: int = 0
    end: signal.Signals = signal.SIGKILL
    runs: int = 1
    force: bool = False
    hurry: bool = False


@dataclass
class Steps:
    """The steps gone so far, by name; the signal comes at one of them."""

    at: int
    end: signal.Signals
    gone: list[str] = field(default_factory=list)
    open: bool = False

    def step(self, name: str) -> None:
        if not self.open or threading.current_thread() is not threading.main_thread():
            return  # the heartbeat comes when it comes
        self.gone.append(name)
        if len(self.gone) == self.at:
            os.kill(os.getpid(), self.end)

    @contextmanager
    def around(self, name: str) -> Any:
        self.step(f"{name} before")
        yield
        self.step(f"{name} after")

    def watch(self, owner: type, method: str, called: Callable[..., str]) -> None:
        inner = getattr(owner, method)

        def stepping(*what: Any, **more: Any) -> Any:
            with self.around(called(*what)):
                return inner(*what, **more)

        setattr(owner, method, stepping)


def do(errand: Errand, answer: Connection) -> None:
    """Run, and send how the runs ended with the names of all steps; or the error with its trace."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        pomost = open_pomost(Path(errand.home), errand.store)
        if not pomost.channels():
            pomost.save_channel(document(errand), "test")
        steps = Steps(errand.at, errand.end)
        steps.watch(HttpClient, "_ask", lambda _self, verb, path, *_: f"{verb} {_place(path)}")
        steps.watch(ComChild, "ask", lambda _self, what, *_: f"sfera {what}")
        steps.watch(BaseDatabaseWrapper, "_commit", lambda _self: "commit")
        if errand.hurry:
            _hurry(pomost)
        steps.open = True
        ended = [_run(pomost, errand) for _ in range(errand.runs)]
        steps.open = False
        answer.send((ended, steps.gone))
    except Exception as error:  # noqa: BLE001  (the parent reads what it was)
        answer.send(([{"error": repr(error), "trace": traceback.format_exc()}], []))


def document(errand: Errand) -> dict[str, Any]:
    quick = {"sfera_operator": "Szef", "sfera_start_seconds": 30, "sfera_call_seconds": 30, "sfera_idle_seconds": 3}
    return {
        **SETTINGS,
        "erp": {"driver": "sqlite", "database": errand.erp, **quick},
        "shop": {"address": errand.shop, "key": KEY},
    }


def _run(pomost: Pomost, errand: Errand) -> dict[str, Any]:
    try:
        report = pomost.run(CHANNEL, RunRequest(force=errand.force))
    except Busy as busy:
        return {"busy": busy.holder.owner}
    except LeaseLost as lost:
        return {"lost": lost.name}
    fault = None if report.fault is None else report.fault.en
    return {"state": report.state, "counts": dict(report.counts), "fault": fault}


def _hurry(pomost: Pomost) -> None:
    leaps = count(step=31)
    pomost._ways = replace(pomost._ways, clock=lambda: datetime.now(UTC) + timedelta(seconds=next(leaps)))
    sfera._LOCK_SECONDS = 1.0


def _place(path: str) -> str:
    """The last word of a path that is no id: ids differ from case to case."""
    return [word for word in path.split("/") if not _ID.fullmatch(word)][-1]
