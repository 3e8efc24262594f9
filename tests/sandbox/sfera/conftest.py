"""A small company in a file, a program over it, and the raw rows of its database."""

import shutil
import sqlite3
from contextlib import suppress
from decimal import Decimal

import pytest
from tests.sandbox.sfera.acts import TODAY, log_in

from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.sfera.errors import ComError
from pomost.sandbox.sfera.sfera import open_sfera
from pomost.sandbox.subiekt_gt.company import set_counters
from pomost.sandbox.subiekt_gt.customers import fill_customers
from pomost.sandbox.subiekt_gt.filling import minimal


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """Made-up goods of every kind that matters to a document, and the sandbox's customers."""
    path = tmp_path_factory.mktemp("sfera") / "gt.db"
    company = minimal(path)
    company.add_product("WODA", ean="5900000000017", net=Decimal("2.50"), stock=100)
    company.add_product("SOK", vat="5", net=Decimal("28.00"), stock=4)
    company.add_product("PIWO", net=Decimal("1.6179"), prices={1: Decimal("1.6179"), 2: Decimal("1.30")}, stock=50)
    company.add_product("ZESTAW", kind=8, net=Decimal(10), stock=0, components={"WODA": 2, "SOK": 1})
    company.add_product("TRANSPORT", kind=2, net=Decimal(50), stock=0)
    company.add_product("KAUCJA", kind=4, vat="np", net=Decimal(1), stock=10)
    company.add_product("NIEAKTYWNY", blocked=True)
    company.add_product("BEZVAT", vat=None)
    with company.engine.begin() as connection:
        fill_customers(connection)
        set_counters(connection)
        connection.exec_driver_sql(
            "INSERT INTO tw_JednMiary (jm_Id, jm_IdTowar, jm_IdJednMiary, jm_Przelicznik) VALUES (1, 1, 'zgrzewka', 6)"
        )
    company.engine.dispose()
    return path


@pytest.fixture
def company(pattern, tmp_path):
    path = tmp_path / "gt.db"
    shutil.copyfile(pattern, path)
    return path


@pytest.fixture
def rows(company):
    """Rows as SQLite keeps them; one column comes as plain values."""

    def read(query, *values):
        connection = sqlite3.connect(company)
        found = connection.execute(query, values).fetchall()
        connection.close()
        return [row[0] if len(row) == 1 else row for row in found]

    return read


@pytest.fixture
def row(rows):
    def read(query, *values):
        (found,) = rows(query, *values)
        return found

    return read


@pytest.fixture
def start(company):
    """A started program with a script given by its parts; every one is ended after the test."""
    started = []

    def begin(*troubles, habits=None, **script):
        script |= {"habits": {"today": TODAY, **(habits or {})}, "troubles": list(troubles)}
        subiekt = log_in(open_sfera(company, script)("InsERT.GT")).Uruchom(0, 4)
        started.append(subiekt)
        return subiekt

    yield begin
    for subiekt in started:
        with suppress(ComError):  # ended or killed by the test
            subiekt.Zakoncz()


@pytest.fixture
def subiekt(start):
    return start()


@pytest.fixture
def clerk(company):
    with Clerk(company) as one:
        yield one
