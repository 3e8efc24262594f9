"""The child's side: `python com_child.py PROGRAM` owns one COM program on one thread and answers lines of JSON.

Needs the standard library alone, and on Windows pywin32, so that it runs under the 32-bit interpreter some COM servers
ask for. PROGRAM is a file with a class `Program(dispatch, opening, tell)` that has `answer(what, question) -> dict` and
`close()`. Questions: {"number", "do", ...}; answers: {"number", "result"} or {"number", "error": {"code", "text",
"facts"}}. The first question is "open"; its `dispatch` says whom to ask for objects and its `lock` what to hold.
"""

import contextlib
import importlib
import importlib.util
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

_TICK = 0.1  # seconds between looks at COM's own messages while nothing is asked
_END = None
_OF_INTERFACES = range(0x80040200, 0x80050000)
"""Numbers each interface gives a meaning of its own; the sentence Windows adds to one is about something else."""


class Refusal(Exception):
    """The child itself refuses; `facts` are for the other side's sentence. Programs have one of the same shape."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class FileLock:
    """A lock on a file, held as long as this process lives; for a company that is a file itself."""

    def __init__(self, path: str, seconds: float) -> None:
        self._file = Path(path).open("a+b")  # noqa: SIM115  (held until the process ends)
        until = time.monotonic() + seconds
        while not self._taken():
            if time.monotonic() > until:
                raise Refusal("lock-busy", lock=path)
            time.sleep(0.05)

    def _taken(self) -> bool:
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415  (Windows only)

                self._file.seek(0)
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415  (not on Windows)

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class ServerLock:
    """An application lock of SQL Server, held by a connection of this process's own (sp_getapplock, Session owner)."""

    def __init__(self, dispatch: Callable[[str], Any], connection: str, name: str, seconds: float) -> None:
        self._connection = dispatch("ADODB.Connection")
        self._connection.Open(connection)
        self._connection.CommandTimeout = int(seconds) + 10
        resource = name.replace("'", "''")
        rows = self._connection.Execute(
            "SET NOCOUNT ON; DECLARE @held int; "
            f"EXEC @held = sp_getapplock @Resource = N'{resource}', @LockMode = 'Exclusive', "
            f"@LockOwner = 'Session', @LockTimeout = {int(seconds * 1000)}; SELECT @held"
        )
        rows = rows[0] if isinstance(rows, tuple) else rows
        if int(rows.Fields(0).Value) < 0:
            raise Refusal("lock-busy", lock=name)


class Child:
    """The loop: one question at a time, on the thread that made the objects."""

    def __init__(self, program: str, lines: TextIO, answers: TextIO) -> None:
        self._program_file = program
        self._lines = lines
        self._answers = answers
        self._questions: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._program: Any = None
        self._lock: Any = None

    def run(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()
        try:
            for question in self._asked():
                self._say({"number": question.get("number"), **self._answer(question)})
        finally:
            # The other side is gone or asked us to end: nothing of ours may stay open in the program.
            if self._program is not None:
                self._program.close()

    def _asked(self) -> Iterator[dict[str, Any]]:
        while True:
            try:
                question = self._questions.get(timeout=_TICK)
            except queue.Empty:
                _pump()
                continue
            if question is _END:
                return
            yield question

    def _read(self) -> None:
        for line in self._lines:
            self._questions.put(json.loads(line))
        self._questions.put(_END)

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        what = str(question.pop("do"))
        try:
            result = self._open(question) if what == "open" else self._program.answer(what, question)
        except Exception as error:  # noqa: BLE001  (whatever COM raises is told, by number and text, to the other side)
            return {"error": _told(error)}
        return {"result": result}

    def _open(self, question: dict[str, Any]) -> dict[str, Any]:
        dispatch = _dispatch(question["dispatch"])
        lock = question.get("lock")
        if lock is not None and self._lock is None:
            seconds = float(lock["seconds"])
            if lock["kind"] == "file":
                self._lock = FileLock(lock["path"], seconds)
            else:
                self._lock = ServerLock(dispatch, lock["connection"], lock["name"], seconds)
        if self._program is None:
            self._program = _program(self._program_file)(dispatch, question, self._say)
        opened: dict[str, Any] = self._program.answer("opened", question)
        return opened

    def _say(self, told: dict[str, Any]) -> None:
        self._answers.write(json.dumps(told, default=str) + "\n")
        self._answers.flush()


def _dispatch(source: dict[str, Any]) -> Callable[[str], Any]:
    """Whom to ask for objects: COM itself, or a factory (module, name, arguments) that plays its part."""
    if source["kind"] == "factory":
        factory = getattr(importlib.import_module(source["module"]), source["name"])
        made: Callable[[str], Any] = factory(*source.get("arguments", ()))
        return made
    try:
        pythoncom = importlib.import_module("pythoncom")
        client = importlib.import_module("win32com.client")
    except ImportError as error:
        raise Refusal("pywin32-missing", detail=str(error)) from error
    with contextlib.suppress(pythoncom.com_error):
        pythoncom.CoInitialize()  # single-threaded apartment: this thread alone may use what it makes
    dispatch: Callable[[str], Any] = client.Dispatch
    return dispatch


def _pump() -> None:
    """COM's own messages of this thread; without them a single-threaded apartment seems dead to others."""
    pythoncom = sys.modules.get("pythoncom")
    if pythoncom is not None:
        pythoncom.PumpWaitingMessages()


def _program(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("com_program", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["com_program"] = module
    spec.loader.exec_module(module)
    return module.Program


def _told(error: Exception) -> dict[str, Any]:
    """A COM error's number and text: pywin32 raises (hresult, text, excepinfo, argument).

    The program's own number may be inside: excepinfo is (wcode, source, description, help file, help context, scode).
    """
    arguments = error.args
    facts = getattr(error, "facts", None)
    if isinstance(facts, dict):
        return {"code": str(getattr(error, "code", "")), "text": str(error), "facts": facts}
    if arguments and isinstance(arguments[0], int):
        number, windows = arguments[0], str(arguments[1]) if len(arguments) > 1 else ""
        inside, own = arguments[2] if len(arguments) > 2 else None, ""  # noqa: PLR2004
        if isinstance(inside, tuple):
            own = str(inside[2] or "") if len(inside) > 2 else ""  # noqa: PLR2004
            number = inside[5] if len(inside) > 5 and inside[5] else number  # noqa: PLR2004
        number &= 0xFFFFFFFF
        text = own or ("" if number in _OF_INTERFACES else windows)
        return {"code": f"0x{number:08X}", "text": text.strip()}
    return {"code": type(error).__name__, "text": str(error)}


if __name__ == "__main__":
    os.umask(0o077)  # what it leaves behind, a lock's file, is its user's alone
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    Child(sys.argv[1], sys.stdin, sys.stdout).run()
