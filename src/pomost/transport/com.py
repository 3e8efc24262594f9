"""A child process that owns what may hang, die or need another bitness: spoken to in lines of JSON, and watched."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("com_child.py")
_FAREWELL = 15.0  # seconds a child may take to put things away when it is asked to end
_LAST_WORDS = 2000


class ComFailure(Exception):
    """The child did not answer as it should.

    `kind`: start (it could not be started), hung (no answer in time; what it owned was ended), died (it ended by
    itself), error (the program behind it refused: `code` is its number or a word, `detail` its own text, `facts` what
    else it told).
    """

    def __init__(self, kind: str, detail: str, code: str = "", facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{kind} {code} {detail}".strip())
        self.kind = kind
        self.detail = detail
        self.code = code
        self.facts = dict(facts or {})


class ComChild:
    """One child, running `program` (a file for `com_child.py`) under `interpreter`; a script of the standard library.

    One question at a time. What the child says it owns (a process of the program it drives) is ended together with it
    when it hangs, and nothing else ever is.
    """

    def __init__(self, interpreter: Sequence[str], program: Path) -> None:
        self._owned: set[int] = set()
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._asked = 0
        self._words = ""
        # The child must not see the terminal's Ctrl+C: it ends when we say so, with everything put away.
        detached: dict[str, Any] = (
            {"creationflags": 0x08000200} if sys.platform == "win32" else {"start_new_session": True}
        )
        try:
            self._process = subprocess.Popen(  # noqa: S603  (the interpreter of the settings, our own file)
                [*interpreter, "-u", str(CHILD), str(program)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                **detached,
            )
        except OSError as error:
            raise ComFailure("start", f"{interpreter[0]}: {error.strerror or error}") from error
        for read in (self._listen, self._overhear):
            threading.Thread(target=read, name=read.__name__, daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def owned(self) -> frozenset[int]:
        """Processes the child said it started."""
        return frozenset(self._owned)

    def ask(self, what: str, seconds: float, **facts: Any) -> dict[str, Any]:
        """One question, one answer. Raises ComFailure; after `hung` and `died` the child is gone."""
        self._asked += 1
        line = json.dumps({"number": self._asked, "do": what, **facts})
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise self._dead() from error
        while True:
            try:
                answer = self._answers.get(timeout=seconds)
            except queue.Empty:
                self.kill()
                raise ComFailure("hung", f"{what}: {seconds:.0f} s") from None
            if answer is None:
                raise self._dead()
            if answer.get("number") != self._asked:
                continue  # the answer to a question nobody waits for any more
            told = answer.get("error")
            if told is not None:
                raise ComFailure("error", str(told.get("text", "")), str(told.get("code", "")), told.get("facts"))
            result: dict[str, Any] = answer.get("result") or {}
            return result

    def close(self) -> None:
        """Ask the child to put everything away, and end it if it does not."""
        if self.alive:
            try:
                assert self._process.stdin is not None
                self._process.stdin.close()
                self._process.wait(_FAREWELL)
            except (OSError, ValueError, subprocess.TimeoutExpired):
                self.kill()
        self._process.wait()

    def kill(self) -> None:
        """End the child, and whatever it owns."""
        for pid in (*self._owned, self._process.pid):
            _end(pid)
        self._owned.clear()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                told = json.loads(line)
            except ValueError:
                continue  # a print of the driven program; answers are lines of JSON
            if not isinstance(told, dict):
                continue
            if "owns" in told:
                self._owned.add(int(told["owns"]))
            elif "gave_back" in told:
                self._owned.discard(int(told["gave_back"]))
            else:
                self._answers.put(told)
        self._answers.put(None)

    def _overhear(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._words = (self._words + line)[-_LAST_WORDS:]

    def _dead(self) -> ComFailure:
        self.kill()
        last = self._words.strip().splitlines()
        return ComFailure("died", last[-1] if last else f"exit code {self._process.returncode}")


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # gone already, or no longer ours
    except OSError:
        return  # Windows says "invalid parameter" for a process that is gone
