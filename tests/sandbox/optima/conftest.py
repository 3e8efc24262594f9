"""One built company for the tests that only look, copies of it for those that change something."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from pomost.sandbox.optima.connection import Ticking, open_readonly
from pomost.sandbox.optima.filling import build, minimal
from pomost.sandbox.optima.sandbox import OptimaSandbox

LATER = datetime.fromisoformat("2026-11-17T08:00:00")
"""The next morning: work of the tests that change something begins then."""


@pytest.fixture(scope="session")
def company(tmp_path_factory):
    sandbox = build(tmp_path_factory.mktemp("optima") / "server", products=120, customers=60)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def read(company):
    """A plain connection of a reader to the built company."""
    connection = open_readonly(company.company_file)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def pattern(company, tmp_path_factory):
    """The same company without the one picture that is too large, which would only make copies slow."""
    company.close()
    home = tmp_path_factory.mktemp("pattern") / "server"
    shutil.copytree(company.home, home)
    with closing(sqlite3.connect(OptimaSandbox(home).company_file)) as connection:
        connection.execute("UPDATE DaneBinarne SET DAB_Wartosc = NULL WHERE length(DAB_Wartosc) > 1000000")
        connection.commit()
        connection.execute("VACUUM")
    return home


@pytest.fixture
def working(pattern, tmp_path):
    """A copy of the company to work in."""
    home = tmp_path / "server"
    shutil.copytree(pattern, home)
    sandbox = OptimaSandbox(home, Ticking(LATER))
    yield sandbox
    sandbox.close()


@pytest.fixture
def empty(tmp_path):
    sandbox = minimal(tmp_path / "server")
    yield sandbox
    sandbox.close()
