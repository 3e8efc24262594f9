"""Another user of the machine reads nothing of Pomost's data, whoever made it and however wide it was left."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pomost.app import open_pomost
from pomost.app.closing import close_to_others
from pomost.store.database import close_store
from pomost.transport.com import ComChild
from tests.app.test_document import WHOLE

NOBODY = 65534
COMMAND = str(Path(sys.executable).with_name("pomost"))


@pytest.fixture
def open_place():
    """A folder everybody may enter and look into, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="pomost-closing-"))
    folder.chmod(0o755)
    yield folder
    close_store()
    shutil.rmtree(folder)


@pytest.fixture
def home(open_place):
    return open_place / "dane"


def command(home, *words, umask=0o022, **variables):
    """The command line as a process of its own, started by somebody whose files are for everybody."""
    environment = {**os.environ, "POMOST_HOME": str(home), "POMOST_LANG": "pl", **variables}
    environment.pop("POMOST_MASTER_KEY", None)
    return subprocess.run(
        [COMMAND, *map(str, words)], env=environment, umask=umask, capture_output=True, text=True, check=False
    )


def wide(folder):
    """What others may do anything with, by the modes alone."""
    return [str(path) for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077]


def seen_by_others(folder):
    """What another user of this machine reads: files it opens and folders it lists. Needs root, else the modes tell."""
    if os.geteuid() != 0:
        return wide(folder)
    # The system's own tools, because that user may not even enter the folder this Python lies in.
    script = 'find "$0" -type d -exec ls -a {} \\; ; find "$0" -type f -exec cat {} \\; ; cat "$@"'
    inside = [str(path) for path in folder.rglob("*") if path.is_file()]
    nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    found = subprocess.run(["/bin/sh", "-c", script, str(folder), *inside], capture_output=True, check=False, **nobody)
    return found.stdout.decode(errors="replace").splitlines()


def test_the_other_user_of_these_tests_can_read_what_is_open(open_place):
    """The proof is worth something only if that user gets as far as the folder."""
    (open_place / "plik").write_text("jawne")
    (open_place / "plik").chmod(0o644)
    assert seen_by_others(open_place)


def test_whatever_the_command_line_makes_is_its_users_alone(home, open_place):
    file = open_place / "kanal.toml"
    file.write_text('[channel]\nname = "nowy"\ncompany = "F"\nerp = "memory"\nshop = "memory"\n', encoding="utf-8")
    assert command(home, "settings", "import", file).returncode == 0
    command(home, "run", "nowy", POMOST_LOG="DEBUG")
    command(home, "start", "nowy")
    assert {path.name for path in home.iterdir()} >= {"data", "key", "logs"}
    assert wide(home) == []
    assert seen_by_others(home) == []


def test_what_an_older_program_left_open_is_closed_and_said_once(home):
    assert command(home, "channels", POMOST_LOG="DEBUG").returncode == 0
    (home / "data" / "copy").mkdir()
    (home / "data" / "copy" / "stara.db").write_bytes(b"x")
    (home / "logs" / "pomost.log.1").write_text("{}")
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    assert seen_by_others(home)
    open_pomost(home)
    assert wide(home) == []
    assert seen_by_others(home) == []
    said = [json.loads(line) for line in (home / "logs" / "pomost.log").read_text().splitlines()]
    (told,) = [one for one in said if one["event"] == "others could read this, and no longer can"]
    assert (told["level"], told["folder"]) == ("warning", str(home))
    assert told["count"] >= 8
    for _ in range(2):
        assert open_pomost(home).channels() == []
    assert (home / "logs" / "pomost.log").read_text().count("others could read") == 1


def test_a_store_that_lies_elsewhere_is_closed_too(open_place, home):
    elsewhere = open_place / "bazy" / "pomost.db"
    url = f"sqlite:///{elsewhere}"
    open_pomost(home, url).save_channel(WHOLE, "ja")
    close_store()
    elsewhere.chmod(0o666)
    (elsewhere.parent / "czyjes.txt").write_text("nie nasze")
    (elsewhere.parent / "czyjes.txt").chmod(0o644)
    open_pomost(home, url)
    assert elsewhere.stat().st_mode & 0o077 == 0
    assert (elsewhere.parent / "czyjes.txt").stat().st_mode & 0o077 == 0o044


def test_what_is_not_ours_is_left_as_it_is(open_place):
    """A data folder may hold more than ours, and a link may lead to anything: neither is touched."""
    home = open_place / "dane"
    (home / "data").mkdir(parents=True)
    theirs = open_place / "czyjes.txt"
    theirs.write_text("nie nasze")
    theirs.chmod(0o644)
    (home / "data" / "link.txt").symlink_to(theirs)
    (home / "inne.txt").write_text("x")
    (home / "inne.txt").chmod(0o644)
    shared = open_place / "wspolny"
    shared.mkdir()
    shared.chmod(0o1777)
    close_to_others(home, [open_place / "nie-ma.db"])
    close_to_others(shared, [])
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o644
    assert stat.S_IMODE((home / "inne.txt").stat().st_mode) == 0o644, "hidden by the folder itself"
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert "jawne" not in "".join(seen_by_others(home))
    assert seen_by_others(home) == []


def test_what_cannot_be_closed_is_said_and_stops_nothing(home, monkeypatch):
    open_pomost(home)
    close_store()
    (home / "data" / "pomost.db").chmod(0o644)
    real = Path.chmod

    def not_ours(self, mode, **more):
        if self.name == "pomost.db":
            raise PermissionError(1, "Operation not permitted")
        real(self, mode, **more)

    monkeypatch.setattr(Path, "chmod", not_ours)
    assert open_pomost(home).channels() == []
    assert "not ours to close" in (home / "logs" / "pomost.log").read_text()


def test_a_child_makes_files_for_nobody_else(tmp_path):
    """Whoever starts it: Subiekt's child leaves a lock's file behind."""
    program = tmp_path / "program.py"
    program.write_text(
        "class Program:\n"
        "    def __init__(self, dispatch, opening, tell):\n        pass\n"
        "    def answer(self, what, question):\n        return {}\n"
        "    def close(self):\n        pass\n"
    )
    before = os.umask(0o022)
    try:
        child = ComChild([sys.executable], program)
        place = {"module": "builtins", "name": "str", "arguments": [""]}
        lock = {"kind": "file", "path": str(tmp_path / "blokada"), "seconds": 5}
        child.ask("open", 20, dispatch={"kind": "factory", **place}, lock=lock)
        child.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "blokada").stat().st_mode) == 0o600
