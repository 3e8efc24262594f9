"""One run at a time: taking the channel's lease, beating while we work, and stopping when somebody took over."""

import getpass
import os
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.shop import Visit
from pomost.store import leases
from pomost.store.database import StoreError, close_store
from pomost.store.leases import Grip, Holder, LeaseLost, Step

_log = structlog.get_logger("pomost.session")
_STOPPING = 60.0
_LISTEN = 1.0  # seconds between looks at a request to stop


class Progress(Protocol):
    """Where a run tells how far it is."""

    def __call__(self, step: Text, done: int, total: int | None) -> None: ...


def quiet(step: Text, done: int, total: int | None) -> None:
    """Nobody is watching."""


class Busy(Exception):
    """Another run holds the channel, or another manual run the company. `same_shop`: force would help."""

    def __init__(self, holder: Holder, *, same_shop: bool) -> None:
        super().__init__(holder.owner)
        self.holder = holder
        self.same_shop = same_shop


class StopAsked(Exception):
    """Somebody asked this run to stop at its next item (cancel, or a takeover)."""


@dataclass(slots=True)
class Session:
    """A lease held by a run that is under way, and its visit at the shop."""

    owner: str
    host: str
    grips: tuple[Grip, ...]
    clock: Callable[[], datetime]
    progress: Progress
    _lost: LeaseLost | None = None
    _stop: bool = False
    _beaten: float = field(default_factory=time.monotonic)
    _step: Step | None = None
    _done: threading.Event = field(default_factory=threading.Event)
    visit: Visit = field(init=False)

    def __post_init__(self) -> None:
        self.visit = Visit(self.heed)

    @property
    def fence(self) -> int:
        return self.grips[0].fence

    def tell(self, step: Text, done: int, total: int | None = None) -> None:
        """Say how far the run is, and stop here if it must."""
        since = self._step.since if self._step is not None and self._step.text == step else self.clock()
        self._step = Step(step, done, total, since)
        self.progress(step, done, total)
        self.heed()

    def heed(self) -> None:
        """Stop here if this run must: the only place where a run is interrupted."""
        if time.monotonic() - self._beaten > _LISTEN:
            self.beat()
        if self._lost is not None:
            raise self._lost
        if self._stop:
            raise StopAsked

    def confirm(self) -> None:
        """Inside a transaction, before anything is recorded: raises LeaseLost once somebody took over."""
        leases.confirm(self.grips, self.clock())

    def beat_until_done(self) -> None:
        """The heartbeat's thread, with a connection of its own."""
        try:
            while not self._done.wait(leases.BEAT.total_seconds()):
                self.beat()
        finally:
            close_store()

    def beat(self) -> None:
        """Say that we are alive, and hear whether we are asked to stop or were taken over."""
        self._beaten = time.monotonic()
        try:
            for grip in self.grips:
                self._stop = leases.beat(grip, self.clock(), self._step) or self._stop
        except LeaseLost as lost:
            self._lost = lost
        except StoreError as error:
            # One missed beat is no harm; if the store stays away, the next recording fails with its own fault.
            _log.warning("heartbeat missed", error=str(error))


@contextmanager
def session(
    channel: str,
    company: str,
    request: RunRequest,
    clock: Callable[[], datetime],
    progress: Progress = quiet,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Session]:
    """Hold the channel's lease, and for a manual run the company's manual lock (decision tables 6.2).

    Raises Busy where another run is alive and `force` was not given, or where force cannot help.
    """
    owner, host = f"{request.by or _person()}#{uuid.uuid4().hex[:8]}", socket.gethostname()
    grips = _take_all(channel, company, owner, host, request, clock, pause)
    held = Session(owner, host, grips, clock, progress)
    heart = threading.Thread(target=held.beat_until_done, name=f"beat {channel}", daemon=True)
    heart.start()
    try:
        yield held
    finally:
        held._done.set()  # noqa: SLF001  (the session's own context manager)
        heart.join()
        for grip in grips:
            leases.release(grip)


def lease_name(channel: str) -> str:
    return f"channel:{channel}"


def manual_lock_name(company: str) -> str:
    return f"company:{company}:manual"


def _take_all(
    channel: str,
    company: str,
    owner: str,
    host: str,
    request: RunRequest,
    clock: Callable[[], datetime],
    pause: Callable[[float], None],
) -> tuple[Grip, ...]:
    name, lock = lease_name(channel), manual_lock_name(company)
    before = leases.holder(name, clock())
    held = _take(name, owner, host, clock(), manual=request.manual)
    if isinstance(held, Holder):
        if not (request.manual and request.force):
            raise Busy(held, same_shop=True)
        leases.ask_to_stop(name)
        leases.wait_until_free(name, clock, pause, _STOPPING)
        forced = leases.take(name, owner, host, clock(), manual=True, force=True, pid=os.getpid())
        assert isinstance(forced, Grip)
        held = forced
    if not request.manual:
        return (held,)
    rival = leases.holder(lock, clock())
    outdated = rival is not None and before is not None and rival.owner == before.owner
    company_grip = _take(lock, owner, host, clock(), manual=True, force=outdated)
    if isinstance(company_grip, Holder):
        leases.release(held)
        raise Busy(company_grip, same_shop=False)
    return held, company_grip


def _take(name: str, owner: str, host: str, now: datetime, *, manual: bool, force: bool = False) -> Grip | Holder:
    """Take a lease; one whose process ended on this very machine need not be waited for."""
    found = leases.take(name, owner, host, now, manual=manual, force=force, pid=os.getpid())
    if isinstance(found, Holder) and found.host == host and process_ended(found.pid):
        return leases.take(name, owner, host, now, manual=manual, force=True, pid=os.getpid())
    return found


def process_ended(pid: int) -> bool:
    """Whether no process of this number runs here. On Windows asking would end it, so there the heartbeat decides."""
    if pid <= 0 or sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "?"
