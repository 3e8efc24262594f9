"""e-Sklep against the conformance suite, over the sandbox served on loopback."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import httpx2
import pytest

from pomost.conformance.shop_entries import EntryShopConformance
from pomost.connectors.shop.esklep import ESKLEP, EsklepSettings
from pomost.model.account import CustomerEntry, Login
from pomost.model.assortment import (
    AttributeEntry,
    AttributeFormat,
    AttributeSubject,
    GroupEntry,
    PriceTypeEntry,
    WarehouseEntry,
)
from pomost.model.entry import Put, subject
from pomost.model.offer import PriceKind
from pomost.model.outcome import Done
from pomost.model.subject import Area
from pomost.model.trade import DiscountEntry, FileLink, FileRole, FilesEntry, PromotionEntry, SetPart, What, Who
from pomost.ports.fault import Fault
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from tests.end_to_end.esklep_stage import DRINKS, KEY, MAIN, OTHER, RETAIL, ROOT, SHOP, named, prices, product, stocks
from tests.trust import TRUST

PICTURE = b"\x89PNG\r\n\x1a\n picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()
COLLECTIONS = {
    Area.PRICE_TYPE: "price_types",
    Area.WAREHOUSE: "warehouses",
    Area.ATTRIBUTE: "attributes",
    Area.CUSTOMER: "customers",
    Area.GROUP: "groups",
    Area.PRODUCT: "products",
    Area.PRICES: "prices",
    Area.CUSTOMER_DISCOUNT: "discounts",
    Area.PUBLIC_DISCOUNT: "discounts",
    Area.PROMOTION: "bundles",
    Area.FILES: "file_links",
    Area.STOCKS: "stocks",
}
_PASSING = {"stamp", "updated_at", "as_of"}


class Hostile:
    """A shop behind whose back somebody stands."""

    def __init__(self, inner):
        self.inner = inner

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Forgetful(Hostile):
    def send(self, changes, *_):
        return iter([Done() for _ in changes])


class Disordered(Hostile):
    def send(self, changes, attempt):
        return reversed(list(self.inner.send(changes, attempt)))


class Hurried(Hostile):
    def send(self, changes, attempt):
        return list(self.inner.send(changes, attempt))


class Careless(Hostile):
    """Has all files there are, and agrees for a person."""

    def missing_files(self, *_, **__):
        return []

    def commit(self, cursors, confirmed=None):
        swept = self.inner.commit(cursors, confirmed)
        return swept if swept.wants is None else self.inner.commit(cursors, swept.wants)


class Pushing(Hostile):
    """Takes the shop over without being asked to."""

    def open(self, exchange):
        return self.inner.open(replace(exchange, takeover=True))


def put(area, key, content):
    return Put(subject(area, key, f"{area} {key}"), None, content)


class TestEsklep(EntryShopConformance):
    """One served shop per test."""

    @pytest.fixture(autouse=True)
    def prepared(self):
        with serve(Shop(key=KEY, settings=Settings(**SHOP))) as running:
            self.url, self.shops = running.url, []
            yield
            for one in self.shops:
                one.close()

    def connect(self, key=KEY):
        self.shops.append(ESKLEP.connect(EsklepSettings(self.url, key)))
        return self.shops[-1]

    def broken(self):
        return self.connect("revoked")

    def first(self):
        link = FileLink(31, "1", FileRole.IMAGE, 1, "31.png", "image/png", len(PICTURE), main=True, sha256=DIGEST)
        rule = (Decimal(5), Decimal(10))
        return [
            put(Area.PRICE_TYPE, RETAIL, PriceTypeEntry(2, "detaliczna", PriceKind.GROSS, "PLN")),
            put(Area.WAREHOUSE, MAIN, WarehouseEntry("MAG", "Magazyn", default=True)),
            put(Area.WAREHOUSE, OTHER, WarehouseEntry("KRA", "Kraków")),
            put(Area.ATTRIBUTE, 5, AttributeEntry("KOLOR", "Kolor", AttributeSubject.PRODUCT, AttributeFormat.TEXT)),
            put(
                Area.CUSTOMER,
                7,
                CustomerEntry("K7", False, ("K 7",), logins=(Login("k7@example.com", "K 7", default=True),)),
            ),
            put(Area.GROUP, ROOT, GroupEntry("ROOT", None, named("Sklep"))),
            put(Area.GROUP, DRINKS, GroupEntry("NAPOJE", ROOT, named("Napoje"))),
            put(Area.PRODUCT, 900, product(900)),
            put(Area.PRODUCT, 901, product(901)),
            put(Area.PRICES, 900, prices("9.00")),
            put(Area.CUSTOMER_DISCOUNT, 50, DiscountEntry(6, Who.CUSTOMER, What.PRODUCT, 7, 900, rule[0])),
            put(Area.PUBLIC_DISCOUNT, 51, DiscountEntry(8, Who.ALL, What.PRODUCT, 0, 900, rule[1])),
            put(Area.PROMOTION, 60, PromotionEntry("Z60", "Zestaw", 900, (SetPart(901, Decimal(1), "szt."),))),
            put(Area.FILES, 900, FilesEntry((link,))),
            put(Area.STOCKS, 900, stocks("4", "1")),
        ]

    def product(self, number, name=""):
        return put(Area.PRODUCT, number, product(number, texts=named(name or f"Towar {number}")))

    def bad(self):
        return put(Area.PRODUCT, 800, product(800, default_group=12345, groups=(12345,)))

    def file(self, number):
        return PICTURE + b"." * number, "image/png"

    def shows(self, area, key):
        held = httpx2.get(f"{self.url}/v1/sandbox/state", params={"only": COLLECTIONS[area]}, verify=TRUST).json()
        found = [
            {name: value for name, value in one.items() if name not in _PASSING}
            for one in held[COLLECTIONS[area]].values()
            if key in {one.get("erp_id"), one.get("product_erp_id"), one.get("owner", {}).get("erp_id")}
            and one["state"] == "published"
        ]
        return found or None


@pytest.mark.parametrize(
    ("hostile", "test"),
    [
        (Forgetful, "test_every_area_is_taken_and_shown"),
        (Forgetful, "test_what_is_dropped_is_gone_and_dropping_it_again_does_no_harm"),
        (Disordered, "test_a_bad_item_is_an_outcome_in_its_place_and_spares_its_neighbours"),
        (Hurried, "test_outcomes_come_one_by_one"),
        (Careless, "test_bytes_are_asked_for_until_they_are_there"),
        (Careless, "test_an_emptied_area_is_dropped_by_the_number_agreed_to_alone"),
        (Pushing, "test_a_busy_shop_tells_who_holds_it_and_a_takeover_ends_them"),
    ],
)
def test_a_hostile_shop_fails_the_suite(hostile, test):
    suite = TestEsklep()
    with serve(Shop(key=KEY, settings=Settings(**SHOP))) as running:
        suite.url, suite.shops = running.url, []
        connect = suite.connect
        suite.connect = lambda: hostile(connect())
        with pytest.raises((AssertionError, Fault)):
            getattr(suite, test)()
        for one in suite.shops:
            one.close()
