"""A stage for whole synchronisations: a company's database, a shop over HTTP, and Pomost between them."""

import itertools
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal

import httpx2
from click.testing import CliRunner

from pomost.app import open_pomost
from pomost.cli import main
from pomost.model.change import Part
from pomost.model.request import EVERYTHING, RunRequest
from pomost.sandbox.mstore.shop import Shop
from pomost.sandbox.subiekt_gt.connection import open_engine
from pomost.sandbox.subiekt_gt.sandbox import SubiektSandbox
from tests.trust import TRUST
from tests.worlds import ean

KEY = "klucz-do-sklepu-7f31c0"
PASSWORD = "haslo-do-sql-93ab"
CHANNEL = "hurt"
CARDS = 12
PACKS = (("PCE", 1), ("PU", 6))
BRANCHES = ("MAG", "KRA")


def symbol(number):
    return f"S{number:02}"


def furnish(company):
    """Twelve sound cards: number n costs n zlotys, ten times n lie in the main warehouse and n in Kraków."""
    for number in range(1, CARDS + 1):
        company.add_product(
            symbol(number),
            name=f"Towar {number}",
            ean=ean(number),
            net=Decimal(number),
            stocks={"MAG": 10 * number, "KRA": number},
        )


def small_shop(**facts):
    """A shop that lists the twelve products, in pieces and in packs of six, and has the two branches."""
    shop = Shop(key=KEY, **facts)
    for number in range(1, CARDS + 1):
        shop.add_product(ean(number), f"Towar {number}", PACKS)
    for branch, name in (("MAG", "Magazyn Główny"), ("KRA", "Kraków")):
        shop.add_branch(branch, name)
    return shop


def document(database, url):
    """Everything switched on, as a user of the sandbox company would have it."""
    return {
        "channel": {"name": CHANNEL, "company": "Hurtownia", "erp": "subiekt-gt", "shop": "mstore"},
        "erp": {"driver": "sqlite", "database": str(database), "password": PASSWORD},
        "shop": {"address": url, "key": KEY},
        "goods": {
            "enabled": True,
            "qualification": "conditions",
            "conditions": [{"field": "trait", "values": ["1"]}],
            "unit_type_field": "tw_Pole1",
            "unit_multiplier_field": "tw_Pole2",
            "min_quantity_field": "tw_Pole3",
        },
        "prices": {"enabled": True, "level": "3", "kind": "net"},
        "stock": {"enabled": True, "basis": "available"},
        "branches": [
            {"id": "MAG", "name": "Magazyn Główny", "main_warehouse": "1", "extra_warehouses": ["2"]},
            {"id": "KRA", "name": "Kraków", "main_warehouse": "3"},
        ],
    }


@dataclass(frozen=True)
class Shown:
    """One product as the shop holds it."""

    product_id: str
    status: str
    unit: str
    price: str | None
    vat: str
    minimum: int | None
    stock: dict[str, int]
    visible: dict[str, bool]

    @property
    def brief(self):
        return self.status, self.unit, self.price


class Window:
    """The shop's own doors, through which tests look and meddle."""

    def __init__(self, url):
        self.url = url
        self._client = httpx2.Client(base_url=url, timeout=30, verify=TRUST)
        self._seen = 0

    def close(self):
        self._client.close()

    def state(self):
        """What the shop holds, without its clock."""
        found = self._client.get("/sandbox/state").json()
        found.pop("server_time")
        return found

    def shelf(self):
        """Offers by the distributor's symbol."""
        state = self.state()
        names = {ident: branch["external_id"] for ident, branch in state["branches"].items()}
        shelf = {}
        for product_id, offer in state["offers"].items():
            stocks = {names[one]: held[product_id] for one, held in state["stocks"].items() if product_id in held}
            shelf[offer["distributor_sku"]] = Shown(
                product_id,
                offer["status"],
                f"{offer['sales_unit']['type']} x {offer['sales_unit']['multiplier']}",
                offer["price"],
                offer["vat_rate"],
                offer["min_quantity"],
                {name: stock["quantity"] for name, stock in stocks.items()},
                {name: stock["visible"] for name, stock in stocks.items()},
            )
        return shelf

    def active(self):
        return {name: shown for name, shown in self.shelf().items() if shown.status == "active"}

    def contents(self):
        """Offers and stocks without versions and times: what a buyer could tell apart."""
        return {name: (one.brief, one.vat, one.minimum, one.stock, one.visible) for name, one in self.shelf().items()}

    def product_id(self, number):
        return next(one["id"] for one in self.state()["products"].values() if one["ean"] == ean(number))

    def branch_id(self, external):
        return next(one["id"] for one in self.state()["branches"].values() if one["external_id"] == external)

    def posts(self):
        """POST requests since this was last asked."""
        return [one for one in self._entries() if one["method"] == "POST"]

    def requests(self):
        """Method and path of every request since this was last asked."""
        return [(one["method"], one["path"]) for one in self._entries()]

    def written(self):
        """Items written since this was last asked: (path, fields)."""
        return [(post["path"], item) for post in self.posts() for item in post["items"]]

    def _entries(self):
        answer = self._client.get("/sandbox/journal", params={"since": self._seen}).json()
        self._seen = answer["last"]
        return answer["entries"]

    def owner(self, action, **arguments):
        answer = self._client.post("/sandbox/owner", json={"action": action, "arguments": arguments})
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    def fault(self, kind, **more):
        answer = self._client.post("/sandbox/faults", json=[{"kind": kind, **more}])
        assert answer.status_code == 200, answer.text

    def clear_faults(self):
        assert self._client.delete("/sandbox/faults").status_code == 204


@dataclass
class Said:
    """What a command answered; `text` is both streams with the line breaks of narrow screens undone."""

    code: int
    out: str
    err: str

    @property
    def text(self):
        return " ".join(f"{self.out} {self.err}".split())


def ask(home, *words, lang="en", given=None):
    """A command of the command line in this process; never a stack trace, never an exception."""
    env = {"POMOST_LANG": lang, "COLUMNS": "200", "POMOST_HOME": str(home), "POMOST_STORE": ""}
    result = CliRunner(env=env).invoke(main, [str(word) for word in words], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return Said(result.exit_code, result.stdout, result.stderr)


@dataclass
class Stage:
    """One channel between a company and a shop; `document` may be changed and saved again."""

    home: object
    database: object
    shop: Window
    document: dict = field(default_factory=dict)
    company: SubiektSandbox = None
    pomost: object = None

    def __post_init__(self):
        self.company = SubiektSandbox(open_engine(self.database))
        self.pomost = open_pomost(self.home)
        self.document = self.document or document(self.database, self.shop.url)
        self.save()

    def save(self, **sections):
        """Save the settings, with sections changed: `save(stock={"enabled": False})`."""
        for name, values in sections.items():
            self.document[name] = {**self.document.get(name, {}), **values} if isinstance(values, dict) else values
        self.pomost.save_channel(deepcopy(self.document), "test")

    def run(self, *parts, full=False):
        return self.pomost.run(CHANNEL, RunRequest(parts=frozenset(parts) or EVERYTHING, full=full))

    def preview(self, *parts):
        return self.pomost.preview(CHANNEL, RunRequest(parts=frozenset(parts) or EVERYTHING))

    def approve(self, report, checksum=None):
        return self.pomost.approve(CHANNEL, report.number, report.checksum if checksum is None else checksum, "szef")

    def ask(self, *words, lang="en", given=None):
        return ask(self.home, *words, lang=lang, given=given)

    def in_both(self, *words):
        """The same command in Polish and in English."""
        return self.ask(*words, lang="pl"), self.ask(*words, lang="en")

    def reasons(self):
        """The inbox: symbol -> reasons."""
        found = {}
        for group in self.pomost.errors(CHANNEL):
            for one in itertools.chain.from_iterable(
                each.items for each in self.pomost.errors(CHANNEL, group.reason, 100_000)
            ):
                found.setdefault(one.symbol, set()).update(str(finding.reason) for finding in one.findings)
        return found

    def close(self):
        self.company.engine.dispose()


STOCK_ONLY, PRICES_ONLY = (Part.STOCK,), (Part.PRICE,)
