"""The command line as a process of its own, for what only a process shows: language at start, exit code, streams."""

import os
import subprocess
import sys
from pathlib import Path

PYTHON = sys.executable
COMMAND = str(Path(PYTHON).with_name("pomost"))


def start(*words, lang="en", **env):
    """Run a command to its end and check that no stack trace is ever shown."""
    ended = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "POMOST_LANG": lang, "COLUMNS": "160", **env},
        timeout=120,
        check=False,
    )
    assert "Traceback" not in ended.stdout + ended.stderr, ended.stderr
    return ended


def pomost(*words, lang="en", **env):
    return start(COMMAND, *words, lang=lang, **env)
