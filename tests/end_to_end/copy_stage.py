"""A company with sixty cards and a shop that lists them, and copies of Pomost's own data on either database."""

import shutil
from decimal import Decimal

import pytest

from pomost.app import open_pomost
from pomost.sandbox.mstore.server import serve
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.store.database import close_store
from tests.end_to_end.order_stage import OrderStage, with_traits
from tests.end_to_end.stage import CARDS as LISTED
from tests.end_to_end.stage import PACKS, Window, small_shop, symbol
from tests.worlds import ean

CARDS = 60


def furnish(path):
    """Sixty sound cards; only the first eight are meant for the shop."""
    company = minimal(path)
    for number in range(1, CARDS + 1):
        traits = {} if number <= 8 else {"traits": ()}
        company.add_product(
            symbol(number),
            name=f"Towar {number}",
            ean=ean(number),
            net=Decimal(number),
            stocks={"MAG": 10 * number, "KRA": number},
            **traits,
        )
    company.engine.dispose()


def shop():
    """A shop that lists all of them."""
    listed = small_shop()
    for number in range(LISTED + 1, CARDS + 1):
        listed.add_product(ean(number), f"Towar {number}", PACKS)
    return listed


class FileCopies:
    """A store in a file, copied and put back as a user would: with the folder, between runs."""

    def __init__(self, home, *_):
        self.data, self.kept = home / "data", home / "copy"

    def copy(self):
        close_store()
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.data, self.kept)

    def put_back(self):
        close_store()
        shutil.rmtree(self.data)
        shutil.copytree(self.kept, self.data)


class ServerCopies:
    """A store on PostgreSQL; a dump of it is made and read by the server."""

    def __init__(self, _home, stores, environment):
        self.stores, self.environment = stores, environment
        self.now = stores.copy()
        self.kept = ""
        environment.setenv("POMOST_STORE", self.now)

    def copy(self):
        close_store()
        self.kept = self.stores.copy(of=self.now)

    def put_back(self):
        close_store()
        self.now = self.stores.copy(of=self.kept)
        self.environment.setenv("POMOST_STORE", self.now)


class CopyStage(OrderStage):
    """Orders, offers and stock over a store that can be put back."""

    copies = None

    def __post_init__(self):
        super().__post_init__()
        self.save(branches=with_traits(self))

    def copy(self):
        self.copies.copy()
        self.pomost = open_pomost(self.home)

    def put_back(self):
        self.copies.put_back()
        self.pomost = open_pomost(self.home)

    def offer(self, *numbers):
        for number in numbers:
            self.company.add_trait(symbol(number), "MSTORE")

    def take_off(self, *numbers):
        for number in numbers:
            self.company.remove_trait(symbol(number), "MSTORE")

    def shows(self, number):
        """Status, price and stock of a card's product in the shop."""
        shown = self.shop.shelf()[symbol(number)]
        return shown.status, shown.price, shown.stock


@pytest.fixture(scope="session")
def sixty_cards(tmp_path_factory):
    path = tmp_path_factory.mktemp("sixty") / "subiekt.db"
    furnish(path)
    return path


@pytest.fixture
def sixty_listed():
    with serve(shop()) as running:
        window = Window(running.url)
        yield window
        window.close()


def begun(home, cards, shop, copies):
    database = home / "subiekt.db"
    shutil.copyfile(cards, database)
    stage = CopyStage(home, database, shop)
    stage.copies = copies
    report = stage.run()
    assert (report.state, report.failed, report.fault) == ("done", 0, None)
    return stage


@pytest.fixture
def stage(home, sixty_cards, sixty_listed):
    """Eight offers stand, nothing is left to do."""
    stage = begun(home, sixty_cards, sixty_listed, FileCopies(home))
    yield stage
    stage.close()
    close_store()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, home, sixty_cards, sixty_listed, monkeypatch):
    """The same on either database."""
    if request.param == "sqlite":
        copies = FileCopies(home)
    else:
        copies = ServerCopies(home, request.getfixturevalue("postgres_stores"), monkeypatch)
    stage = begun(home, sixty_cards, sixty_listed, copies)
    yield stage
    stage.close()
    close_store()


def told(report):
    return [str(one.reason) for one in report.findings]


def done(report):
    return {name: count for name, count in report.counts.items() if name.startswith("done.")}


def quiet(report):
    """Nothing was planned, and nobody is told anything."""
    assert (report.state, report.planned, told(report)) == ("done", 0, [])
