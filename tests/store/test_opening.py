"""Opening a store: brought up to date where it is ours, left as it is where it is not sound, of another or newer."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pomost.store.database import Flaw, StoreUnfit, close_store, open_store
from pomost.store.models import Channel

EARLIER = "0008"


def _applied():
    return {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store"}


def _refused(url):
    with pytest.raises(StoreUnfit) as refused:
        open_store(url)
    close_store()
    return refused.value


@pytest.fixture
def filled(tmp_path):
    """A file of a store with a channel in it, closed."""
    file = tmp_path / "pomost.db"
    open_store(f"sqlite:///{file}")
    Channel.objects.create(name="hurt", company="H", erp="memory", shop="memory", created=datetime.now(UTC))
    close_store()
    yield file
    close_store()


def test_a_store_of_an_earlier_program_is_brought_up_to_date(store_url):
    open_store(store_url)
    newest = _applied()
    call_command("migrate", "store", EARLIER, verbosity=0)
    assert max(_applied())[:4] == EARLIER
    open_store(store_url)
    assert _applied() == newest


def test_a_store_of_a_newer_program_is_refused_by_its_version(store_url):
    open_store(store_url)
    MigrationRecorder(connection).record_applied("store", "9999_of_tomorrow")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_keeper SET version = '7.8.9'")
    unfit = _refused(store_url)
    assert (unfit.flaw, unfit.facts["version"]) == (Flaw.NEWER, "7.8.9")


def test_a_newer_program_that_noted_nothing_is_named_by_its_migration(store_url):
    open_store(store_url)
    MigrationRecorder(connection).record_applied("panel", "9999_of_tomorrow")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_keeper")
    assert _refused(store_url).facts["version"] == "9999_of_tomorrow"


def test_an_empty_file_is_not_made_anew(tmp_path):
    file = tmp_path / "pomost.db"
    file.touch()
    unfit = _refused(f"sqlite:///{file}")
    assert (unfit.flaw, unfit.place, file.stat().st_size) == (Flaw.EMPTY, file, 0)


def test_a_database_without_tables_is_not_made_anew(tmp_path):
    file = tmp_path / "pomost.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("PRAGMA user_version = 1")
        made.execute("VACUUM")
    before = file.read_bytes()
    assert _refused(f"sqlite:///{file}").flaw is Flaw.EMPTY
    with closing(sqlite3.connect(file)) as left:
        assert left.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (0,)
    assert len(before) > 0


@pytest.mark.parametrize("bytes_left", [50, 100, 4096, 20_000, -1])
def test_a_file_cut_off_is_not_used(filled, bytes_left):
    size = filled.stat().st_size
    os.truncate(filled, bytes_left if bytes_left > 0 else size - 1)
    left = filled.read_bytes()
    assert _refused(f"sqlite:///{filled}").flaw is Flaw.CUT
    assert filled.read_bytes() == left
    assert [one.name for one in filled.parent.iterdir()] == [filled.name]


def test_a_file_that_is_whole_with_its_log_is_opened(filled):
    """A process cut off leaves its last pages in the log beside the file."""
    with closing(sqlite3.connect(filled)) as busy:
        busy.execute("PRAGMA wal_autocheckpoint = 0")
        busy.execute("CREATE TABLE more (text TEXT)")
        busy.executemany("INSERT INTO more VALUES (?)", [("x" * 3000,)] * 100)
        busy.commit()
        copy = filled.with_name("kopia.db")
        shutil.copyfile(filled, copy)
        shutil.copyfile(f"{filled}-wal", f"{copy}-wal")
    open_store(f"sqlite:///{copy}")
    assert Channel.objects.count() == 1


@pytest.mark.parametrize("content", [b"to nie jest baza danych " * 500, b"x", b"SQLite format 2\x00" * 400])
def test_a_file_of_something_else_is_left_as_it_is(tmp_path, content):
    file = tmp_path / "pomost.db"
    file.write_bytes(content)
    assert _refused(f"sqlite:///{file}").flaw is Flaw.FOREIGN
    assert file.read_bytes() == content


@pytest.mark.parametrize("table", ["customers", "django_migrations_of_others"])
def test_a_database_of_another_program_is_left_as_it_is(tmp_path, table):
    file = tmp_path / "pomost.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute(f"CREATE TABLE {table} (id INTEGER)")
    assert _refused(f"sqlite:///{file}").flaw is Flaw.FOREIGN
    with closing(sqlite3.connect(file)) as left:
        assert left.execute("SELECT name FROM sqlite_master").fetchall() == [(table,)]


def test_a_servers_database_without_tables_is_a_new_one_and_anothers_is_left(postgres_stores):
    server = postgres_stores._server
    for name in ("fresh", "others"):
        postgres_stores._execute(f"CREATE DATABASE {name}")
    others, fresh = (server.get_uri(database=name) for name in ("others", "fresh"))
    with psycopg.connect(others, autocommit=True) as made:
        made.execute("CREATE TABLE customers (id INTEGER)")
    unfit = _refused(others)
    assert (unfit.flaw, unfit.place) == (Flaw.FOREIGN, "others")
    open_store(fresh)
    assert Channel.objects.count() == 0
    close_store()
    with psycopg.connect(others) as left:
        found = left.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert found == [("customers",)]
    for url in (others, fresh):
        postgres_stores.drop(url)


def test_a_new_store_appears_whole(tmp_path, monkeypatch):
    """A first start cut off leaves nothing that a later one would have to refuse."""
    file = tmp_path / "data" / "pomost.db"

    def dark(*_, **__):
        assert not file.exists()
        raise KeyboardInterrupt

    monkeypatch.setattr("pomost.store.database.call_command", dark)
    with pytest.raises(KeyboardInterrupt):
        open_store(f"sqlite:///{file}")
    monkeypatch.undo()
    assert list(file.parent.iterdir()) == []
    open_store(f"sqlite:///{file}")
    assert Channel.objects.count() == 0
    close_store()


def test_of_two_first_starts_at_once_both_open_the_same_store(tmp_path):
    """The store that appears first is the store; the other one made goes away."""
    file = tmp_path / "pomost.db"
    open_store(f"sqlite:///{tmp_path / 'other.db'}")
    close_store()
    shutil.copyfile(tmp_path / "other.db", tmp_path / "first.db")
    appeared = threading.Event()
    link = os.link

    def late(source, place):
        shutil.copyfile(tmp_path / "first.db", place)
        appeared.set()
        link(source, place)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pomost.store.database.os.link", late)
        open_store(f"sqlite:///{file}")
    assert appeared.is_set()
    assert Channel.objects.count() == 0
    close_store()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["first.db", "other.db", "pomost.db"]
