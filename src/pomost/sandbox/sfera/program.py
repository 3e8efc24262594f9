"""The program itself: a harmless process of its own that can be looked at, left behind and killed."""

import os
import subprocess
import sys
from pathlib import Path

from pomost.sandbox.sfera.errors import Gone

# Waits until its client lets go, by intent or by dying, and stays for some seconds more, as the real program does.
_BODY = "import sys, time; sys.stdin.read(); time.sleep(float(sys.argv[1]))"
_PATIENCE = 120  # seconds for the system to collect a killed process, on however busy a machine


class Program:
    """What stands for `Subiekt.exe`."""

    def __init__(self, linger: float) -> None:
        self._closed = False
        # Its output must not hold open the pipes of the client, which may be somebody's child itself.
        self._process = subprocess.Popen(  # noqa: S603 (this very interpreter, nothing from outside)
            [sys.executable, "-I", "-S", "-c", _BODY, str(linger)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def check(self) -> None:
        if self._closed or not self.alive:
            raise Gone(killed=not self._closed)

    def close(self) -> None:
        """End in order; further calls find the objects disconnected."""
        self._closed = True
        self._process.kill()
        self._process.wait(_PATIENCE)
        if self._process.stdin:
            self._process.stdin.close()


def is_running(pid: int) -> bool:
    """Whether a process lives; one that ended and was not yet collected by its parent does not."""
    if os.name == "nt":
        # There a signal would end it, and nothing else of the standard library asks.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
