"""`pomost backup` and `pomost restore`: whole, private, never over a living store, and acted on by the next run."""

import hashlib
import json
import multiprocessing
import os
import re
import sqlite3
import stat
import threading
import zipfile
from contextlib import closing
from decimal import Decimal

import pytest

from pomost.app import open_pomost
from pomost.app.backups import _command
from pomost.app.opening import store_url
from pomost.store import leases
from pomost.store.database import close_store, open_store
from pomost.store.leases import LeaseLost
from pomost.store.models import Channel, Secret
from pomost.store.watermarks import Standing
from tests.end_to_end.stage import CARDS, CHANNEL, KEY, PASSWORD, ask, document

LEFT, WRONG, CANNOT = 1, 2, 74


@pytest.fixture
def copy(stage, tmp_path):
    """A copy of a channel that offers twelve cards; the stage goes on."""
    stage.run()
    file = tmp_path / "kopia.zip"
    said = stage.ask("backup", file)
    assert said.code == 0, said.text
    return file


def restored(stage, file, *more, lang="en"):
    close_store()
    said = stage.ask("restore", file, *more, lang=lang)
    stage.pomost = open_pomost(stage.home)
    return said


def members(file):
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist())


def test_a_copy_is_one_private_file_with_everything(stage, copy):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert members(copy) == {"manifest.json", "pomost.db", "master.key", "settings/1.json"}
    with zipfile.ZipFile(copy) as archive:
        told = json.loads(archive.read("manifest.json"))
        settings = archive.read("settings/1.json").decode()
    assert (told["format"], told["store"], told["channels"]) == (1, "sqlite", [CHANNEL])
    assert KEY not in settings
    assert PASSWORD not in settings
    assert [one.name for one in copy.parent.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("lang, words", [("pl", "klucz główny"), ("en", "master key")])
def test_whether_the_key_is_in_it_is_said_plainly(stage, tmp_path, lang, words):
    with_key = stage.ask("backup", tmp_path / "z.zip", lang=lang)
    without = stage.ask("backup", tmp_path / "bez.zip", "--sealed", lang=lang)
    assert (with_key.code, without.code) == (0, 0)
    assert words in with_key.text
    assert re.search("odczyta hasła|can read passwords", with_key.text)
    assert re.search("Nie ma w niej|does not hold", without.text)
    assert "master.key" not in members(tmp_path / "bez.zip")
    raw = (tmp_path / "bez.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "bez.zip") as archive:
        raw += b"".join(archive.read(name) for name in archive.namelist())
    assert (stage.home / "key" / "master.key").read_bytes() not in raw
    assert KEY.encode() not in raw


def test_what_the_copy_says_is_what_the_next_run_acts_on(stage, copy):
    """Decision table 8.27: after a restore the store knows it was put back, whatever the shop would show."""
    stage.company.set_price("S03", 3, Decimal("9.99"))
    stage.run()
    stage.company.set_price("S03", 3, Decimal(3))
    said = restored(stage, copy, "--force")
    assert said.code == 0, said.text
    assert CHANNEL in said.out
    report = stage.run()
    assert [str(one.reason) for one in report.findings] == ["STORE_WENT_BACK"]
    assert stage.shop.shelf()["S03"].price == "3.00"
    assert stage.run().findings == ()


def test_a_copy_put_back_at_once_is_believed_no_more_than_another(stage, copy):
    restored(stage, copy, "--force")
    report = stage.run()
    assert (report.state, report.planned) == ("done", 0), "the shelf was read, and it is as it was known"
    assert [str(one.reason) for one in report.findings] == ["STORE_WENT_BACK"]
    assert len(stage.shop.active()) == CARDS


def test_a_living_store_is_not_replaced_unasked(stage, copy):
    data = stage.home / "data"
    before = (data / "pomost.db").read_bytes()
    close_store()
    polish, english = stage.in_both("restore", copy)
    assert (polish.code, english.code) == (WRONG, WRONG)
    assert "już istnieje" in polish.text
    assert "--force" in english.text
    assert (data / "pomost.db").read_bytes() == before


def test_what_was_there_is_kept_beside(stage, copy):
    stage.save(channel={"name": "drugi"})
    said = restored(stage, copy, "--force")
    (aside,) = [one for one in (stage.home / "data").iterdir() if "before" in one.name]
    assert str(aside) in said.out
    with closing(sqlite3.connect(aside)) as old:
        names = {row[0] for row in old.execute("SELECT name FROM store_channel")}
    assert names == {CHANNEL, "drugi"}
    assert [row[0] for row in stage.pomost.channels()] == [CHANNEL]


def test_an_empty_place_is_filled_and_everything_opens(stage, copy, tmp_path):
    close_store()
    fresh = tmp_path / "nowy"
    said = ask(fresh, "restore", copy)
    assert said.code == 0, said.text
    assert stat.S_IMODE((fresh / "data" / "pomost.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((fresh / "key" / "master.key").stat().st_mode) == 0o600
    assert ask(fresh, "check", CHANNEL).code == 0, "password and key open"
    assert ask(fresh, "run", CHANNEL).code == 1, "told that it was put back"


def test_a_copy_without_its_key_names_what_does_not_open(stage, tmp_path):
    stage.ask("backup", tmp_path / "bez.zip", "--sealed")
    close_store()
    said = ask(tmp_path / "nowy", "restore", tmp_path / "bez.zip")
    assert said.code == LEFT
    assert f"open these; put it back, or enter them again: {CHANNEL} erp.password, {CHANNEL} shop.key" in said.text
    refused = ask(tmp_path / "nowy", "channels")
    assert refused.code == CANNOT
    assert "master key" in refused.text


def test_a_copy_without_its_key_opens_where_the_key_stayed(stage, tmp_path):
    stage.ask("backup", tmp_path / "bez.zip", "--sealed")
    assert restored(stage, tmp_path / "bez.zip", "--force").err == ""
    assert stage.ask("check", CHANNEL).code == 0


def test_another_key_is_not_replaced_unasked_and_kept_beside(stage, copy):
    other = os.urandom(32)
    (stage.home / "data" / "pomost.db").unlink()
    (stage.home / "key" / "master.key").write_bytes(other)
    close_store()
    refused = stage.ask("restore", copy)
    assert (refused.code, (stage.home / "data" / "pomost.db").exists()) == (WRONG, False)
    assert restored(stage, copy, "--force").code == 0
    kept = [one.read_bytes() for one in (stage.home / "key").iterdir() if "before" in one.name]
    assert kept == [other]
    assert stage.ask("check", CHANNEL).code == 0


def _open_elsewhere(url, opened, end):
    open_store(url)
    Channel.objects.count()
    opened.set()
    end.wait(60)


def test_a_store_that_another_process_has_open_is_not_replaced(stage, copy):
    """A panel that rests holds the file open, and would go on with what was moved aside."""
    close_store()
    spawned = multiprocessing.get_context("spawn")
    opened, end = spawned.Event(), spawned.Event()
    panel = spawned.Process(target=_open_elsewhere, args=(store_url(stage.home), opened, end))
    panel.start()
    try:
        assert opened.wait(60)
        polish, english = (stage.ask("restore", copy, "--force", lang=one) for one in ("pl", "en"))
    finally:
        end.set()
        panel.join(60)
    assert (polish.code, english.code) == (WRONG, WRONG)
    assert "inny proces" in polish.text
    assert "another process" in english.text
    assert [one for one in (stage.home / "data").iterdir() if "before" in one.name] == []
    assert restored(stage, copy, "--force").code == 0


@pytest.mark.parametrize("spoilt", ["cut", "turned", "text", "empty", "other archive", "more", "less"])
def test_a_copy_that_is_damaged_changes_nothing(stage, copy, tmp_path, spoilt):
    bad, whole = tmp_path / "zła.zip", copy.read_bytes()
    match spoilt:
        case "cut":
            bad.write_bytes(whole[: len(whole) // 2])
        case "turned":
            middle = len(whole) // 2
            bad.write_bytes(whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :])
        case "text":
            bad.write_text("to nie jest kopia")
        case "empty":
            bad.touch()
        case "other archive":
            with zipfile.ZipFile(bad, "w") as archive:
                archive.writestr("manifest.json", "[]")
        case "more" | "less":
            with zipfile.ZipFile(copy) as old, zipfile.ZipFile(bad, "w") as new:
                for name in old.namelist():
                    if spoilt == "more" or name != "pomost.db":
                        new.writestr(name, old.read(name))
                if spoilt == "more":
                    new.writestr("pomost.db-wal", b"x")
    close_store()
    before = (stage.home / "data" / "pomost.db").read_bytes()
    polish, english = (stage.ask("restore", bad, "--force", lang=one) for one in ("pl", "en"))
    assert (polish.code, english.code) == (WRONG, WRONG)
    assert "uszkodzony" in polish.text
    assert "damaged" in english.text
    assert (stage.home / "data" / "pomost.db").read_bytes() == before
    assert sorted(one.name for one in (stage.home / "data").iterdir()) == ["pomost.db"]


@pytest.mark.parametrize("what", ["format", "tables"])
def test_a_copy_of_a_newer_program_is_refused_by_its_version(stage, copy, tmp_path, what):
    newer = tmp_path / "nowsza.zip"
    with zipfile.ZipFile(copy) as archive:
        told = json.loads(archive.read("manifest.json"))
        (tmp_path / "base.db").write_bytes(archive.read("pomost.db"))
        key = archive.read("master.key")
    if what == "tables":
        with closing(sqlite3.connect(tmp_path / "base.db")) as base, base:
            base.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_x', '2030-01-01')")
            base.execute("UPDATE store_keeper SET version = '7.8.9'")
    told |= {"program": "7.8.9", "format": 2 if what == "format" else 1, "files": {}}
    parts = {"master.key": key, "pomost.db": (tmp_path / "base.db").read_bytes()}
    told["files"] = {name: {"sha256": hashlib.sha256(part).hexdigest()} for name, part in parts.items()}
    with zipfile.ZipFile(newer, "w") as archive:
        for name, part in {**parts, "manifest.json": json.dumps(told)}.items():
            archive.writestr(name, part)
    close_store()
    said = stage.ask("restore", newer, "--force")
    assert said.code in {WRONG, CANNOT}
    assert "7.8.9" in said.text
    assert sorted(one.name for one in (stage.home / "data").iterdir()) == ["pomost.db"]


def test_a_copy_made_while_runs_write_is_whole(stage, tmp_path):
    """SQLite's own online copy: one state of the store, whatever is written meanwhile."""
    stage.run()
    done, wrong = threading.Event(), []

    def write():
        open_store(store_url(stage.home))
        number = 0
        while not done.is_set():
            number += 1
            Channel.objects.filter(name=CHANNEL).update(
                catalogue_cursor=f"{number:06}" * 20, customer_cursor=str(number)
            )
        close_store()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            said = stage.ask("backup", tmp_path / f"{number}.zip")
            wrong += [] if said.code == 0 else [said.text]
    finally:
        done.set()
        writer.join()
    assert wrong == []
    for number in range(5):
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
            (tmp_path / "base.db").write_bytes(archive.read("pomost.db"))
        with closing(sqlite3.connect(tmp_path / "base.db")) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            one, other = base.execute("SELECT catalogue_cursor, customer_cursor FROM store_channel").fetchone()
        assert one == f"{int(other or 0):06}" * 20 or not other


def test_a_file_that_is_there_is_not_written_over_unasked(stage, tmp_path):
    file = tmp_path / "notatki.zip"
    file.write_text("ważne")
    assert stage.ask("backup", file).code == WRONG
    assert file.read_text() == "ważne"
    assert stage.ask("backup", file, "--force").code == 0
    assert "pomost.db" in members(file)


def test_a_folder_that_is_not_there_is_said(stage, tmp_path):
    polish, english = stage.in_both("backup", tmp_path / "nie" / "ma.zip")
    assert (polish.code, english.code) == (CANNOT, CANNOT)
    assert "Nie można zapisać kopii" in polish.text
    assert "cannot be written" in english.text


def test_whoever_still_works_with_the_old_store_writes_nothing_into_the_new_one(stage, copy):
    now = stage.pomost._clock()
    old = leases.take(f"channel:{CHANNEL}", "A", "h", now, manual=False)
    restored(stage, copy, "--force")
    new = leases.take(f"channel:{CHANNEL}", "B", "h", now, manual=False)
    assert new.fence > old.fence
    with pytest.raises(LeaseLost):
        leases.beat(old, now)


def test_a_key_given_by_the_environment_is_not_in_the_copy(stage, tmp_path, monkeypatch):
    monkeypatch.setenv("POMOST_MASTER_KEY", (stage.home / "key" / "master.key").read_bytes().hex())
    (stage.home / "key" / "master.key").unlink()
    file = tmp_path / "kopia.zip"
    assert "does not hold the master key" in stage.ask("backup", file).text
    assert "master.key" not in members(file)
    assert restored(stage, file, "--force").code == 0
    assert not (stage.home / "key" / "master.key").exists()


# A lost key


def test_a_lost_key_is_told_and_never_replaced(stage):
    key = stage.home / "key" / "master.key"
    kept = key.read_bytes()
    key.unlink()
    for words in (("run", CHANNEL), ("channels",), ("serve", "--port", "0")):
        polish, english = stage.in_both(*words)
        assert (polish.code, english.code) == (CANNOT, CANNOT)
        assert "brak klucza głównego" in polish.text
        assert "docs/backup.md" in english.text
        assert not key.exists()
    key.write_bytes(kept)
    assert stage.ask("check", CHANNEL).code == 0


def test_a_key_that_was_cut_is_told(stage):
    key = stage.home / "key" / "master.key"
    key.write_bytes(key.read_bytes()[:20])
    said = stage.ask("channels")
    assert (said.code, key.stat().st_size) == (CANNOT, 20)
    assert "20 bytes instead of 32" in said.text


def test_without_any_copy_of_the_key_a_person_asks_for_a_new_one(stage):
    key = stage.home / "key" / "master.key"
    refused = stage.ask("new-key", "--yes")
    assert (refused.code, Secret.objects.count()) == (WRONG, 2), "while it is there"
    key.unlink()
    asked = stage.ask("new-key", given="n\n")
    assert (asked.code, key.exists()) == (1, False)
    said = stage.ask("new-key", "--yes")
    assert said.code == 0
    assert f"{CHANNEL} erp.password, {CHANNEL} shop.key" in said.text
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    stage.pomost = open_pomost(stage.home)
    stage.save()
    assert stage.ask("check", CHANNEL).code == 0


# On PostgreSQL


def test_a_store_on_a_server_is_copied_by_its_own_tool(home, window, tmp_path, postgres_stores):
    url = postgres_stores.copy()
    pomost = open_pomost(home, url)
    pomost.save_channel(document(home / "none.db", window.url), "test")
    key = (home / "key" / "master.key").read_bytes()
    close_store()
    file = tmp_path / "kopia.zip"
    said = ask(home, "--store", url, "backup", file)
    close_store()
    assert said.code == 0, said.text
    assert "pg_dump --format=custom" in said.text
    assert members(file) == {"manifest.json", "master.key", "settings/1.json"}
    dumped = postgres_stores.copy(of=url)
    empty = postgres_stores.copy()
    fresh = tmp_path / "nowy"
    first = ask(fresh, "--store", empty, "restore", file)
    close_store()
    assert first.code == WRONG
    assert "pg_restore" in first.text
    assert not (fresh / "key").exists()
    assert ask(fresh, "--store", dumped, "restore", file).code == 0
    assert (fresh / "key" / "master.key").read_bytes() == key
    open_store(dumped)
    assert [row.standing for row in Channel.objects.all()] == [Standing.WENT_BACK]
    close_store()
    other = ask(tmp_path / "plik", "restore", file)
    assert (other.code, "postgresql" in other.text) == (WRONG, True)


def test_the_tools_command_tells_no_password(tmp_path):
    told = _command("pg_dump --format=custom --file={file}", "postgresql://u:TAJNE@db:5432/pomost", tmp_path / "k.zip")
    assert told == f"pg_dump --format=custom --file='{tmp_path / 'k.zip'}.dump' 'postgresql://u@db:5432/pomost'"
