"""Journal of the sandbox: every call with its time, started programs, and how often each trouble had its chance."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pomost.sandbox.sfera.script import Trouble


class Journal:
    """Lines of JSON in a file, or only counts in memory when no path is given.

    `{"call", "seconds", "reads", "outcome"}`: a method, with its own time and that of the properties since the line
    before, and how many these were. `{"program"}`: the id of a started process. `{"trouble", "struck"}`: a chance.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path) if path else None
        self._chances: Counter[int] = Counter()
        self._seconds = 0.0
        self._reads = 0
        for line in self.lines():
            if "trouble" in line:
                self._chances[line["trouble"]] += 1

    def lines(self) -> list[dict[str, Any]]:
        if self._path is None or not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_text(encoding="utf-8").splitlines()]

    def called(self, name: str, seconds: float, outcome: str, *, is_property: bool) -> None:
        self._seconds += seconds
        if is_property and outcome == "ok":
            self._reads += 1
            return
        self._write({"call": name, "seconds": round(self._seconds, 6), "reads": self._reads, "outcome": outcome})
        self._seconds, self._reads = 0.0, 0

    def started(self, pid: int) -> None:
        self._write({"program": pid})

    def striking(self, troubles: Sequence[Trouble], name: str, when: str) -> list[Trouble]:
        """The troubles that strike this call now; every chance is counted, used or not."""
        found = []
        for number, trouble in enumerate(troubles):
            if (trouble.at, trouble.when) != (name, when):
                continue
            passed = self._chances[number]
            strikes = passed >= trouble.skip and (trouble.times is None or passed < trouble.skip + trouble.times)
            self._chances[number] += 1
            self._write({"trouble": number, "struck": strikes})
            if strikes:
                found.append(trouble)
        return found

    def _write(self, line: dict[str, Any]) -> None:
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
