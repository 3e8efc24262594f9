"""Stages for whole synchronisations, and retries without their pauses."""

import shutil
from dataclasses import replace

import pytest
import stamina

from pomost.model.assortment import GroupEntry
from pomost.model.subject import Area
from pomost.sandbox.esklep.server import serve as serve_esklep
from pomost.sandbox.esklep.settings import Settings as EsklepSandbox
from pomost.sandbox.esklep.shop import Shop as EsklepShop
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.subiekt_gt.filling import build, minimal
from pomost.store.database import close_store
from pomost.store.journal import State
from tests.end_to_end.effects import BEERS, GOODS, GUARDED
from tests.end_to_end.esklep_stage import DRINKS, FOOD, Pair, named, product
from tests.end_to_end.esklep_stage import KEY as ESKLEP_KEY
from tests.end_to_end.esklep_stage import SHOP as ESKLEP_SETTINGS
from tests.end_to_end.order_stage import OrderStage
from tests.end_to_end.stage import Stage, Window, furnish, small_shop


@pytest.fixture(autouse=True)
def _no_pauses():
    """Retries are made as ever, only nobody waits between them."""
    with stamina.set_testing(True, attempts=5, cap=True):
        yield


@pytest.fixture(scope="session")
def small_company(tmp_path_factory):
    """A company of twelve sound cards, copied for every test."""
    path = tmp_path_factory.mktemp("small") / "subiekt.db"
    company = minimal(path)
    furnish(company)
    company.engine.dispose()
    return path


@pytest.fixture(scope="session")
def whole_company(tmp_path_factory):
    """The sandbox company with every troublesome case, built once; tests work on copies."""
    path = tmp_path_factory.mktemp("company") / "subiekt.db"
    build(path, seed=1).engine.dispose()
    return path


@pytest.fixture
def window():
    """A shop that lists the twelve products."""
    with serve(small_shop()) as running:
        shop = Window(running.url)
        yield shop
        shop.close()


@pytest.fixture
def home(tmp_path, blank_sqlite):
    """A data folder with an empty, migrated store."""
    place = tmp_path / "pomost"
    (place / "data").mkdir(parents=True)
    shutil.copyfile(blank_sqlite, place / "data" / "pomost.db")
    return place


@pytest.fixture
def stage(home, small_company, window):
    """Twelve cards, the shop that lists them, and a channel; nothing was synchronised yet."""
    database = home / "subiekt.db"
    shutil.copyfile(small_company, database)
    stage = Stage(home, database, window)
    yield stage
    stage.close()
    close_store()


@pytest.fixture
def settled(stage):
    """The same after the first run: twelve offers stand, and what was sent so far is seen."""
    report = stage.run()
    assert (report.state, report.failed) == ("done", 0)
    stage.shop.posts()
    return stage


@pytest.fixture
def selling(home, small_company, window):
    """Twelve offers stand, two buyers are recognised, and orders are carried; none was placed yet."""
    database = home / "subiekt.db"
    shutil.copyfile(small_company, database)
    stage = OrderStage(home, database, window)
    report = stage.run()
    assert (report.state, report.failed, report.fault) == ("done", 0, None), report
    stage.shop.posts()
    yield stage
    stage.close()
    close_store()


@pytest.fixture(scope="session")
def esklep():
    """An e-Sklep that serves this worker's tests one after another."""
    with serve_esklep(EsklepShop(key=ESKLEP_KEY, settings=EsklepSandbox(**ESKLEP_SETTINGS))) as running:
        yield running


@pytest.fixture
def pair(store, esklep):
    """An ERP in memory and an empty e-Sklep; nothing was exchanged yet."""
    one = Pair(esklep.url)
    one.door.post("/v1/sandbox/reset").raise_for_status()
    yield one.found()
    one.close()


@pytest.fixture
def guarded(pair):
    """Ten goods, six in drinks, two in beers below drinks, two in food; at most two may be lost unattended."""
    pair.publish(Area.GROUP, BEERS, GroupEntry("PIWA", DRINKS, named("Piwa")))
    for key in range(4, GOODS + 1):
        pair.sell(key)
    for key in (7, 8):
        pair.publish(Area.PRODUCT, key, product(key, default_group=BEERS, groups=(BEERS,)))
    for key in (9, 10):
        pair.publish(Area.PRODUCT, key, product(key, default_group=FOOD, groups=(FOOD,)))
    for key in (1, 2, 3, 4, 5):
        pair.customer(key, group=1)
    pair.policy = replace(pair.policy, guard=GUARDED)
    assert pair.run().run.state == State.DONE
    return pair
