"""Runs started at a door that does not wait: each is a process of its own, so the door may close without hurting it."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from pomost.app import reporting
from pomost.app.connecting import Connections
from pomost.app.endings import why_ended
from pomost.app.results import RunReport
from pomost.model.change import Part
from pomost.model.request import EVERYTHING, RunRequest
from pomost.model.text import Text
from pomost.ports.entries import ShopBusy
from pomost.ports.fault import Refused
from pomost.runs import offer, rollback
from pomost.runs.session import Busy, Progress, lease_name, manual_lock_name, process_ended
from pomost.store import launches, leases
from pomost.store.journal import OPEN, Journal, State
from pomost.store.launches import Launched, LaunchState
from pomost.store.leases import Holder

_STARTING = timedelta(seconds=60)


class Work(StrEnum):
    """What a launched process does."""

    RUN = "run"
    PREVIEW = "preview"
    APPROVE = "approve"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Errand:
    """What is asked of a launched process. `number` and `checksum`: of the run to approve or to roll back."""

    work: Work = Work.RUN
    parts: frozenset[Part] = EVERYTHING
    full: bool = False
    force: bool = False
    number: int | None = None
    checksum: str = ""

    def as_facts(self) -> dict[str, Any]:
        told = {"work": self.work, "parts": sorted(self.parts), "full": self.full, "force": self.force}
        return {**told, "number": self.number, "checksum": self.checksum}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Errand":
        parts = frozenset(Part(one) for one in facts["parts"])
        told = (facts["full"], facts["force"], facts["number"], facts["checksum"])
        return cls(Work(facts["work"]), parts, *told)

    def request(self, by: str) -> RunRequest:
        preview = self.work is Work.PREVIEW
        return RunRequest(parts=self.parts, full=self.full, force=self.force, preview=preview, by=by)


class Going(StrEnum):
    """Whether a channel is being worked on."""

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    BROKEN_OFF = "broken off"


@dataclass(frozen=True, slots=True)
class Activity:
    """What goes on in a channel: who works, where, since when and how far.

    `done` of `total` (None: unknown) in this `step`, `rate` a second, `remaining` seconds of the step (None: unknown).
    `elsewhere`: whoever holds the company's manual lock through another channel. `run`: the journal's row of it.
    """

    going: Going
    by: str = ""
    host: str = ""
    since: datetime | None = None
    heard: datetime | None = None
    stopping: bool = False
    step: Text | None = None
    done: int = 0
    total: int | None = None
    rate: float | None = None
    remaining: float | None = None
    run: RunReport | None = None
    launch: Launched | None = None
    elsewhere: Holder | None = None


def activity(channel: str, company: str, now: datetime) -> Activity:
    """What goes on now, from the store alone."""
    holder = leases.holder(lease_name(channel), now)
    launch = _seen(launches.latest(channel), now)
    lock = leases.holder(manual_lock_name(company), now)
    theirs = lock is not None and lock.alive and not _gone(lock) and (holder is None or lock.owner != holder.owner)
    elsewhere = lock if theirs else None
    working = holder is not None and holder.alive and not _gone(holder)
    if launch is not None and launch.state is not LaunchState.ENDED and not working:
        return Activity(Going.STARTING, by=launch.by, launch=launch, elsewhere=elsewhere)
    if holder is None:
        return Activity(Going.IDLE, launch=launch, elsewhere=elsewhere)
    going = Going.RUNNING if working else Going.BROKEN_OFF
    row = Journal(channel).latest(*OPEN)
    rate, remaining = _pace(holder)
    return Activity(
        going=going,
        by=holder.owner.partition("#")[0],
        host=holder.host,
        since=holder.started,
        heard=holder.heartbeat,
        stopping=holder.stopping,
        step=None if holder.step is None else holder.step.text,
        done=0 if holder.step is None else holder.step.done,
        total=None if holder.step is None else holder.step.total,
        rate=rate,
        remaining=remaining,
        run=None if row is None else reporting.run(channel, row.pk),
        launch=launch,
        elsewhere=elsewhere,
    )


def _pace(holder: Holder) -> tuple[float | None, float | None]:
    """Items a second in this step so far, and seconds it will still take at this pace."""
    step = holder.step
    if step is None:
        return None, None
    seconds = (holder.heartbeat - step.since).total_seconds()
    if seconds < 1 or not step.done:
        return None, None
    rate = step.done / seconds
    return rate, None if step.total is None else max(step.total - step.done, 0) / rate


def _gone(holder: Holder) -> bool:
    return holder.host == socket.gethostname() and process_ended(holder.pid)


def _seen(launch: Launched | None, now: datetime) -> Launched | None:
    """A launch as it is now: one whose process ended without a word is over."""
    if launch is None or launch.state is LaunchState.ENDED:
        return launch
    here = launch.host == socket.gethostname()
    late = launch.state is LaunchState.ASKED and launch.at + _STARTING < now
    if late or (here and process_ended(launch.pid)):
        row = Journal(launch.channel).latest(*OPEN)
        launches.end(launch.id, now, None if row is None else row.pk, _SILENT)
        return launches.launch(launch.channel, launch.id)
    return launch


_SILENT = Text(
    "Proces synchronizacji zakończył się bez słowa (awaria albo wyłączenie komputera). Uruchom ją ponownie: "
    "dokończy od miejsca, w którym przerwano. Szczegóły są w folderze logów Pomostu.",
    "The run's process ended without a word (a failure, or the computer was switched off). Start it again: it goes on "
    "from where it stopped. Details are in Pomost's folder of logs.",
)


@dataclass(frozen=True, slots=True)
class Launcher:
    """Starts processes that work on the same data. `home`: the data folder; `store`: the store's URL."""

    home: Path
    store: str

    def start(self, launch: Launched) -> None:
        """A process that outlives this one; what it says beside its report goes to a file of the logs' folder."""
        logs = self.home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        # The environment, not the command line: a store's URL may hold a password, and anybody may list processes.
        environment = {**os.environ, "POMOST_HOME": str(self.home), "POMOST_STORE": self.store}
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        with (logs / "launched.log").open("ab") as said:
            process = subprocess.Popen(  # noqa: S603  (this very program)
                [sys.executable, "-m", "pomost", "carry-out", str(launch.id)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=environment,
                **apart,
            )
        launches.place(launch.id, socket.gethostname(), process.pid)
        # A child nobody waits for stays in the list of processes as if it were alive.
        threading.Thread(target=process.wait, name=f"launch {launch.id}", daemon=True).start()


def ask(launcher: Launcher, channel: str, company: str, errand: Errand, by: str, now: datetime) -> Launched:
    """Start a process for what is asked. Raises Busy with the facts when somebody works, and `force` was not given.

    One that broke off is asked about too: the process that goes on from there is started with `force`.
    """
    seen = activity(channel, company, now)
    holder = leases.holder(lease_name(channel), now)
    if holder is not None and not errand.force:
        raise Busy(holder, same_shop=True)
    if seen.elsewhere is not None:
        raise Busy(seen.elsewhere, same_shop=False)
    if seen.going is Going.STARTING and not errand.force:
        raise Refused(
            Text("Synchronizacja tego kanału właśnie się uruchamia.", "A run of this channel is just starting."),
            Text("Poczekaj chwilę na jej początek.", "Wait a moment for it to begin."),
        )
    launch = launches.ask(channel, errand.as_facts(), by, now)
    try:
        launcher.start(launch)
    except OSError as error:
        text = Text("Nie można uruchomić procesu: {error}", "The process cannot be started: {error}").fill(error=error)
        launches.end(launch.id, now, None, text)
        raise Refused(
            text, Text("Sprawdź wolną pamięć i prawa użytkownika.", "Check free memory and the user's rights.")
        ) from error
    return launch


def _taken(number: int) -> Launched:
    """The launch as this process's own. Raises Refused where it is not to be had."""
    found = launches.take(number, socket.gethostname(), os.getpid())
    if found is None:
        text = Text("Nie ma zlecenia nr {number} do wykonania.", "There is no errand {number} to carry out.")
        raise Refused(
            text.fill(number=number),
            Text("Uruchom synchronizację: pomost run KANAŁ.", "Start a run: pomost run CHANNEL."),
        )
    return found


def carry_out(ways: Connections, number: int, progress: Progress) -> RunReport:
    """Do, in this process, what was asked. However it ends, whoever asked hears of it."""
    launch = _taken(number)
    errand = Errand.of(launch.errand)
    request = errand.request(launch.by)
    with (
        _told(launch, ways.clock) as reports,
        ways.working(launch.channel, sending=errand.work is not Work.PREVIEW) as channel,
    ):
        match errand.work:
            case Work.RUN:
                report = reporting.ended(offer.run(channel, request, progress))
            case Work.PREVIEW:
                report = reporting.ended(offer.preview(channel, request, progress))
            case Work.APPROVE:
                wanted = (errand.number, errand.checksum, launch.by)
                report = reporting.ended(offer.approve(channel, *wanted, request, progress))
            case Work.ROLLBACK:
                undone = rollback.rollback(channel, errand.number or 0, launch.by, request, progress)
                report = reporting.ended(undone.ended, left_alone=undone.left_alone)
        reports.append(report)
    return report


@contextmanager
def _told(launch: Launched, clock: Callable[[], datetime]) -> Iterator[list[RunReport]]:
    """However the work ends, whoever asked hears of it; the report is put into the list given."""
    reports: list[RunReport] = []
    said: Text | None = None
    asks = False
    try:
        yield reports
    except ShopBusy as busy:
        said, asks = busy.text, True  # a question, and whoever is asked answers with a button
        raise
    except BaseException as error:
        said = why_ended(error)
        raise
    finally:
        run = reports[0].number if reports else _begun_since(launch)
        launches.end(launch.id, clock(), run, said, asks=asks)


def _begun_since(launch: Launched) -> int | None:
    """The run that was begun for it before it ended early, if there is one."""
    row = Journal(launch.channel).latest(*State)
    return row.pk if row is not None and row.started >= launch.at else None
