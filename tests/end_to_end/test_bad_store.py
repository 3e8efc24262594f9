"""Pomost's own data cannot be opened or written: said with the right code, and the next run makes up for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pomost.store.database import close_store
from tests.end_to_end.stage import CARDS, CHANNEL, ask

COMMAND = str(Path(sys.executable).with_name("pomost"))
CANNOT = 74


def in_little_room(stage, kilobytes):
    """A run in a process that may not write any file beyond so many kilobytes: a full disk."""
    line = f"ulimit -f {kilobytes}; exec {COMMAND} --home '{stage.home}' run {CHANNEL}"
    env = {**os.environ, "POMOST_LANG": "pl", "COLUMNS": "200"}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=env, check=False)


def test_a_full_disk_is_told_and_the_next_run_makes_up_for_it(stage):
    run = in_little_room(stage, 64)
    assert run.returncode == 74
    assert "Nie można zapisać danych" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert stage.ask("run", CHANNEL).code == 0
    assert len(stage.shop.active()) == CARDS
    assert stage.run().planned == 0


@pytest.mark.parametrize("inside", [".", "home", "home/deeper"])
def test_a_data_folder_that_is_a_file_is_said(tmp_path, inside):
    file = tmp_path / "plik"
    file.write_text("x")
    home = file if inside == "." else file / inside
    polish, english = ask(home, "channels", lang="pl"), ask(home, "channels")
    assert (polish.code, english.code) == (CANNOT, CANNOT)
    assert "Nie można otworzyć danych Pomostu" in polish.text
    assert "data cannot be opened" in english.text


@pytest.mark.parametrize("store", ["mysql://host/base", "blah", "postgresql://u:TAJNE@127.0.0.1:9/base"])
def test_a_store_that_cannot_be_opened_is_said_without_its_password(tmp_path, store):
    said = ask(tmp_path, "--store", store, "channels")
    close_store()
    assert said.code == CANNOT
    assert "cannot be opened" in said.text
    assert "TAJNE" not in said.text


def test_a_store_that_is_no_database_is_said_and_left_alone(tmp_path):
    file = tmp_path / "notatki.db"
    file.write_text("to nie jest baza danych " * 500)
    said = ask(tmp_path, "--store", f"sqlite:///{file}", "channels")
    close_store()
    assert said.code == CANNOT
    assert file.read_text().startswith("to nie jest baza")


@pytest.mark.parametrize(
    "flaw, polish, english",
    [
        ("empty", "jest pusty", "is empty"),
        ("cut", "jest ucięty", "is cut off"),
        ("foreign", "nie jest bazą", "no database"),
    ],
)
def test_a_store_that_is_not_sound_is_said_with_the_way_back_and_left_alone(stage, flaw, polish, english):
    close_store()
    file = stage.home / "data" / "pomost.db"
    whole = file.read_bytes()
    file.write_bytes({"empty": b"", "cut": whole[:-1], "foreign": b"x" * len(whole)}[flaw])
    left = file.read_bytes()
    told = stage.in_both("run", CHANNEL)
    assert [said.code for said in told] == [CANNOT, CANNOT]
    assert polish in told[0].text
    assert english in told[1].text
    assert all("pomost restore" in said.text and "docs/backup.md" in said.text for said in told)
    assert file.read_bytes() == left


def test_a_store_of_a_newer_program_is_said_with_its_version(stage):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_keeper SET version = '7.8.9'")
    MigrationRecorder(connection).record_applied("store", "9999_of_tomorrow")
    polish, english = stage.in_both("run", CHANNEL)
    assert (polish.code, english.code) == (CANNOT, CANNOT)
    assert "nowsza wersja programu (7.8.9)" in polish.text
    assert "a newer version of the program (7.8.9)" in english.text


def test_secrets_sealed_with_another_key_are_asked_for_again(stage):
    (stage.home / "key" / "master.key").write_bytes(os.urandom(32))
    polish, english = stage.in_both("run", CHANNEL)
    assert (polish.code, english.code) == (2, 2)
    assert "Klucz główny jest inny" in polish.text
    assert "master key is not the one" in english.text
