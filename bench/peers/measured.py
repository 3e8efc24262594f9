"""One run of a contender in processes of its own, measured: CPU of all of them, peak memory of the largest, wall time.

`python -m bench.peers.measured` reads a `Start` as JSON and prints a `Run` as JSON. It stands between the bench and the
contender because a child's peak memory begins with its parent's, and this parent is small.
"""

import dataclasses
import json
import os
import resource
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Start:
    """A command, where its words go, and after how many items at the shop it is killed (0: never)."""

    command: list[str]
    log: str
    environment: dict[str, str]
    counts: str = ""
    key: str = ""
    kill_at: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took. `code`: the exit code, -9 when it was killed."""

    code: int
    cpu: float
    wall: float
    peak_mb: float


def arrived(counts: str, key: str) -> int:
    asked = urllib.request.Request(counts, headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        told = json.load(answer)
    return int(told.get("offers", 0) + told.get("stocks", 0))


def measure(start: Start) -> Run:
    began = time.monotonic()
    with Path(start.log).open("ab") as log:
        child = subprocess.Popen(start.command, stdout=log, stderr=log, env=start.environment, start_new_session=True)
        while start.kill_at and child.poll() is None:
            if arrived(start.counts, start.key) >= start.kill_at:
                os.killpg(child.pid, signal.SIGKILL)
                break
            time.sleep(0.005)
        code = child.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(code, used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024)


def main() -> None:
    print(json.dumps(dataclasses.asdict(measure(Start(**json.load(sys.stdin))))))


if __name__ == "__main__":
    main()
