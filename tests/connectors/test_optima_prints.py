"""What decides how Optima's rows are read is in their fingerprints: a settings' change is seen by the next run."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from pomost.connectors.erp.optima import Optima
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings, StockSent
from pomost.model.entry import CONTENTS
from pomost.model.subject import Area
from pomost.sandbox.optima.company import SHOP
from pomost.sandbox.optima.filling import build


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    sandbox = build(tmp_path_factory.mktemp("optima") / "server", products=20, customers=10)
    sandbox.close()
    return sandbox.company_file


@pytest.fixture
def database(built, tmp_path):
    shutil.copyfile(built, tmp_path / built.name)
    return tmp_path / built.name


def prints(database, **more):
    erp = Optima(OptimaSettings(database=str(database), driver=Driver.SQLITE, station=str(SHOP), **more))
    found = {area: dict(erp.scan_entries(area)) for area in CONTENTS}
    for area, scanned in found.items():
        assert {one.key: one.print for one in erp.entries(area, list(scanned))} == scanned, area
    erp.close()
    return found


def moved(before, after):
    """Areas of which an entry that stayed looks different."""
    return {area for area, held in before.items() if any(after[area].get(key, one) != one for key, one in held.items())}


SETTINGS = [
    ({"languages": {"1": "pl", "2": "en-GB"}}, {Area.GROUP, Area.PRODUCT, Area.FILES}),
    ({"time_zone": "Europe/London"}, {Area.CUSTOMER}),
    ({"stock_sent": StockSent.ON_HAND}, {Area.STOCKS}),
]
STATEMENTS = [
    ("UPDATE DefCeny SET DfC_Waluta = 'EUR' WHERE DfC_Lp = 3", {Area.PRICE_TYPE, Area.PRICES}),
    ("DELETE FROM eSklepMagazyny WHERE ESM_Domyslny = 0", {Area.STOCKS}),
    ("UPDATE Magazyny SET Mag_Nazwa = 'Nowa nazwa'", {Area.WAREHOUSE}),
]


@pytest.mark.parametrize(
    ("change", "areas"), SETTINGS, ids=lambda one: next(iter(one)) if isinstance(one, dict) else ""
)
def test_a_change_of_the_settings_moves_what_depends_on_it(database, change, areas):
    before = prints(database, stock_sent=StockSent.AVAILABLE)
    assert moved(before, prints(database, **{"stock_sent": StockSent.AVAILABLE, **change})) == areas


@pytest.mark.parametrize(("statement", "areas"), STATEMENTS)
def test_a_change_of_the_companys_configuration_moves_what_depends_on_it(database, statement, areas):
    before = prints(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.create_function("triggers_enabled", 0, lambda: 0)
        connection.create_function("getdate", 0, lambda: "")
        assert connection.execute(statement).rowcount > 0
        connection.commit()
    assert moved(before, prints(database)) == areas
