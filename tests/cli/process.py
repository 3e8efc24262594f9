"""The command line as a process of its own, for what only a process shows: language at start, exit code, streams."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("pomost"))


def pomost(*words, lang="en", given=None, **env):
    """Run `pomost` and check that no stack trace is ever shown."""
    environment = {**os.environ, "POMOST_LANG": lang, "COLUMNS": "160", "PYTHONWARNINGS": "error::ResourceWarning", **env}
    ended = subprocess.run(
        [COMMAND, *(str(word) for word in words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=given,
        env=environment,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in ended.stdout + ended.stderr
    return ended
