"""A made-up company, and the writer with a sandbox Sfera that goes wrong as told."""

import shutil
import sqlite3
from datetime import date
from decimal import Decimal

import pytest

from pomost.connectors.erp.subiekt_gt import documents
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.connectors.erp.subiekt_gt.sfera import Sfera, opening
from pomost.model.offer import PriceKind
from pomost.model.order import DraftLine, OrderDraft
from pomost.sandbox.subiekt_gt.company import set_counters
from pomost.sandbox.subiekt_gt.customers import fill_customers
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.transport.sql import SqlAddress, SqlReader


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    path = tmp_path_factory.mktemp("writer") / "gt.db"
    company = minimal(path)
    company.add_product("WODA", ean="5900000000017", net=Decimal("2.50"), stock=100)
    company.add_product("PIWO", net=Decimal("1.6179"), stock=50)
    with company.engine.begin() as connection:
        fill_customers(connection)
        set_counters(connection)
    company.engine.dispose()
    return path


@pytest.fixture
def company(pattern, tmp_path):
    path = tmp_path / "gt.db"
    shutil.copyfile(pattern, path)
    return path


def settings(company, **changes):
    quick = {
        "sfera_start_seconds": 20,
        "sfera_call_seconds": 10,
        "sfera_lock_tries": 3,
        "sfera_lock_pause": 0,
        "sfera_idle_seconds": 5,
    }
    # The company's own first user, as the sandbox fills it.
    given = {"sfera_operator": "Szef", **quick, **changes}
    return SubiektSettings(database=str(company), driver=Driver.SQLITE, **given)


def orders_in(company):
    """(id, foreign number, number) of every ZK, raw."""
    with sqlite3.connect(company) as connection:
        return connection.execute(
            "SELECT dok_Id, dok_NrPelnyOryg, dok_NrPelny FROM dok__Dokument WHERE dok_Typ = 16 ORDER BY dok_Id"
        ).fetchall()


def finder(company):
    def find(key):
        reader = SqlReader(SqlAddress("sqlite", database=str(company)))
        try:
            return documents.find(reader, [key]).get(key, ())
        finally:
            reader.close()

    return find


@pytest.fixture
def writer(company):
    """A writer; `script` is the sandbox Sfera's, by default without trouble."""
    made = []

    def build(script=None, **changes):
        chosen = settings(company, **changes)
        told = opening(chosen)
        told["dispatch"]["arguments"] = [str(company), script or {}]
        made.append(Sfera(chosen, finder(company), told))
        return made[-1]

    yield build
    for one in made:
        one.close()


def customer(company):
    with sqlite3.connect(company) as connection:
        return connection.execute(
            "SELECT MIN(kh_Id) FROM kh__Kontrahent WHERE kh_Zablokowany = 0 AND kh_Jednorazowy = 0"
        ).fetchone()[0]


def draft(company, number="1001", *lines, **changes):
    chosen = lines or (line(1, "WODA", 18, "2.50", "45.00"),)
    given = {
        "shop": "hurt",
        "order_id": f"o{number}",
        "number": number,
        "original_number": f"hurt-{number}",
        "customer": customer(company),
        "warehouse": "1",
        "counts_from": PriceKind.NET,
        "currency": "PLN",
        "reserve": True,
        "lines": chosen,
        "due": date(2026, 12, 1),
        "remarks": "Proszę o fakturę",
    }
    return OrderDraft(**{**given, **changes})


def line(key, symbol, quantity, price, total, unit="szt."):
    return DraftLine(f"l{key}", key, symbol, Decimal(quantity), unit, Decimal(price), Decimal(total), "23", note="")
