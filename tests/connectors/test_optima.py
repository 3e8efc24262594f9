"""Comarch ERP Optima against the conformance suite of entries, over a small sandbox company."""

from datetime import datetime
from decimal import Decimal

import pytest

from pomost.conformance.erp_entries import Change, EntryErpConformance
from pomost.connectors.erp.optima import Optima
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.model.assortment import AttributeFormat, Tax, Vat
from pomost.model.offer import Basis, PriceKind
from pomost.model.subject import Area
from pomost.model.trade import PriceLine, StockLine, What, Who
from pomost.sandbox.optima.bundles import Bundle, Part
from pomost.sandbox.optima.cards import Card, File, Price, TraitValue
from pomost.sandbox.optima.company import B2B, PURCHASE, RETAIL, TRAIT_IDS, WHOLESALE
from pomost.sandbox.optima.connection import Ticking
from pomost.sandbox.optima.customers import Customer, Login
from pomost.sandbox.optima.discounts import Rule
from pomost.sandbox.optima.filling import minimal
from pomost.sandbox.optima.groups import NEWS, OFFERS
from pomost.sandbox.optima.pictures import jpeg, pdf
from pomost.sandbox.optima.stock import now_in

EARLY, TODAY = datetime.fromisoformat("2026-11-16T08:00:00"), datetime.fromisoformat("2026-11-17T12:00:00")


def over(company, /, **settings):
    given = {"database": str(company.company_file), "driver": Driver.SQLITE, "station": "1", **settings}
    return Optima(OptimaSettings(**given), lambda zone: TODAY.replace(tzinfo=zone))


class TestOptima(EntryErpConformance):
    @pytest.fixture(autouse=True)
    def company(self, tmp_path):
        self.home = tmp_path / "server"
        it = self.it = minimal(self.home, clock=Ticking(EARLY))
        self.a = it.goods.add(
            Card(
                code="A",
                name="Woda",
                ean="5900000000015",
                prices=(
                    Price(PURCHASE, Decimal(1)),
                    Price(WHOLESALE, Decimal("2.00"), points=3),
                    Price(RETAIL, Decimal("2.46")),
                ),
                group=OFFERS,
                balances=(now_in("MAGAZYN", "12.5", "2"), now_in("ZWROTY", "7")),
                packs=(("zgrzewka", 6, 1),),
                traits=(TraitValue("KRAJ", "Polska"),),
                files=(File("a.jpg", jpeg("A"), alt="Woda"), File("ulotka.pdf", pdf("A"))),
            )
        )
        self.b = it.goods.add(Card(code="B", name="Sok", vat=8, balances=(), substitutes=("A",)))
        self.hidden = it.goods.add(Card(code="C", name="Ukryty", published=False))
        self.service = it.goods.add(Card(code="USL", name="Dowóz", kind=0))
        it.trade.add_set(Bundle("ZES", "A", (Part("B", "2", "50"),), percent="10", hours=("08:00", "20:00")))
        it.trade.add_set(Bundle("LADA", "A", (Part("B"),), in_shop=False))
        self.set, self.counter_set = (it.trade.set_row(code)["ZTw_ZTwId"] for code in ("ZES", "LADA"))
        self.k = it.customers.add(
            Customer(
                code="K1",
                name="Bar",
                nip="9990010604",
                level=WHOLESALE,
                group="VIP",
                logins=(Login("bar@poczta.example"),),
            )
        )
        self.quiet = it.customers.add(Customer(code="K2", name="Cichy", published=False))
        self.rule = it.trade.grant(Rule(6, "5", since="2026-11-01"), product="A", customer="K1")
        self.quiet_rule = it.trade.grant(Rule(6, "5"), product="A", customer="K2")
        self.public = it.trade.grant(Rule(11, price="1.99", basis=2), product="A")
        yield
        it.close()

    def connect(self):
        return over(self.it)

    def broken(self):
        return Optima(OptimaSettings(database=str(self.home / "absent.db"), driver=Driver.SQLITE, station="1"))

    def facts(self):
        prices = (
            PriceLine(WHOLESALE.key, Decimal("2.00"), PriceKind.NET, "PLN", 3),
            PriceLine(RETAIL.key, Decimal("2.46"), PriceKind.GROSS, "PLN"),
        )
        stock = (
            StockLine(1, Decimal("10.5"), Basis.AVAILABLE),
            StockLine(3, Decimal(0), Basis.AVAILABLE),
            StockLine(5, Decimal(0), Basis.AVAILABLE),
        )
        return {
            (Area.PRICE_TYPE, RETAIL.key): {"position": 3, "name": "detaliczna", "basis": PriceKind.GROSS},
            (Area.WAREHOUSE, 1): {"symbol": "MAGAZYN", "default": True},
            (Area.ATTRIBUTE, TRAIT_IDS["KRAJ"]): {"code": "KRAJ", "format": AttributeFormat.LIST},
            (Area.GROUP, OFFERS): {"parent": 50},
            (Area.GROUP, 10): {"parent": None},
            (Area.PRODUCT, self.a): {
                "code": "A",
                "vat": Vat(Decimal(23), Tax.TAXED),
                "default_group": OFFERS,
                "groups": (OFFERS,),
                "availability": "1",
                "base_unit": "szt",
                "variant_of": None,
            },
            (Area.PRODUCT, self.b): {"substitutes": (self.a,), "vat": Vat(Decimal(8), Tax.TAXED)},
            (Area.PRODUCT, self.service): {"service": True},
            (Area.PRICES, self.a): {"lines": prices},
            (Area.STOCKS, self.a): {"lines": stock},
            (Area.CUSTOMER_DISCOUNT, self.rule): {
                "who": Who.CUSTOMER,
                "who_key": self.k,
                "what": What.PRODUCT,
                "what_key": self.a,
                "percent": Decimal(5),
                "valid_from": datetime.fromisoformat("2026-11-01").date(),
                "valid_to": None,
            },
            (Area.PUBLIC_DISCOUNT, self.public): {"who_key": 0, "price": Decimal("1.99"), "basis": PriceKind.GROSS},
            (Area.PROMOTION, self.set): {"main_product": self.a, "hours_from": "08:00", "valid_from": None},
            (Area.CUSTOMER, self.k): {
                "names": ("Bar",),
                "price_type": WHOLESALE.key,
                "group_name": "VIP",
                "company": True,
            },
            (Area.FILES, self.a): {},
        }

    def unmeant(self):
        products = [(area, self.hidden) for area in (Area.PRODUCT, Area.PRICES, Area.STOCKS, Area.FILES)]
        return [
            *products,
            (Area.STOCKS, self.service),
            (Area.FILES, self.b),
            (Area.GROUP, 70),
            (Area.PROMOTION, self.counter_set),
            (Area.CUSTOMER, self.quiet),
            (Area.CUSTOMER_DISCOUNT, self.quiet_rule),
        ]

    def changes(self):
        it, a, b = self.it, self.a, self.b
        goods, of_a = it.goods, lambda *areas: frozenset((area, a) for area in areas)
        of_goods = (Area.PRODUCT, Area.PRICES, Area.STOCKS)

        def unstamped():
            with it.unstamped():
                goods.set_price("B", RETAIL, Decimal(7))

        return [
            Change("price", lambda: goods.set_price("A", RETAIL, Decimal("2.50")), of_a(Area.PRICES)),
            Change("points", lambda: goods.set_points("A", RETAIL, 9), of_a(Area.PRICES)),
            Change("a price with the triggers off", unstamped, frozenset({(Area.PRICES, b)})),
            Change("stock", lambda: it.stock.set("A", "MAGAZYN", 40), of_a(Area.STOCKS)),
            Change("a reservation", lambda: it.stock.reserve("A", "MAGAZYN", 1), of_a(Area.STOCKS)),
            Change("one for a service job", lambda: it.stock.reserve_for_service("A", "MAGAZYN", 1), of_a(Area.STOCKS)),
            Change("the name", lambda: goods.rename("A", "Woda niegazowana"), of_a(Area.PRODUCT)),
            Change("a text", lambda: goods.set_text("A", "en", name="Water"), of_a(Area.PRODUCT)),
            Change("an attribute", lambda: goods.set_trait("A", "KRAJ", "Niemcy"), of_a(Area.PRODUCT)),
            Change("a unit", lambda: goods.add_pack("A", "paleta", 480), of_a(Area.PRODUCT)),
            Change("a group it is in", lambda: it.groups.put_in("NOWOSCI", "A"), of_a(Area.PRODUCT)),
            Change("a flag", lambda: goods.set_in_shop("A", Twes_ESklepFlaga_Nowosc=1), of_a(Area.PRODUCT)),
            Change("the name of a group", lambda: it.groups.rename("NOWOSCI", "Nowe"), frozenset({(Area.GROUP, NEWS)})),
            Change("withdrawn", lambda: goods.withdraw("B"), frozenset((one, b) for one in of_goods)),
            Change("shown", lambda: goods.publish("B"), frozenset((one, b) for one in of_goods)),
            Change("alt text", lambda: it.files.relabel("A", "Woda 0,5 l"), of_a(Area.FILES)),
            Change("bytes", lambda: it.files.replace("A", jpeg("inna")), of_a(Area.FILES)),
            Change("order of files", lambda: it.files.swap("A"), of_a(Area.FILES)),
            Change(
                "a discount",
                lambda: it.trade.change_discount(self.rule, Rab_Rabat=Decimal(7)),
                frozenset({(Area.CUSTOMER_DISCOUNT, self.rule)}),
            ),
            Change(
                "a discount for everybody is over",
                lambda: it.trade.end_discount(self.public, TODAY),
                frozenset({(Area.PUBLIC_DISCOUNT, self.public)}),
            ),
            Change("a set", lambda: it.trade.reprice_set("ZES", Decimal(20)), frozenset({(Area.PROMOTION, self.set)})),
            Change(
                "a login",
                lambda: it.customers.add_login("K1", Login("szef@poczta.example")),
                frozenset({(Area.CUSTOMER, self.k)}),
            ),
            Change(
                "a price type", lambda: it.customers.set_price_level("K1", RETAIL), frozenset({(Area.CUSTOMER, self.k)})
            ),
            Change("the purchase price", lambda: goods.set_price("A", PURCHASE, Decimal(9)), frozenset()),
            Change("stock of a warehouse of others", lambda: it.stock.set("A", "SKLEP", 5), frozenset()),
            Change("a text for another shop", lambda: goods.set_text("A", shop_key=B2B, name="Inna"), frozenset()),
            Change("the card saved as it is", lambda: goods.change("A"), frozenset()),
            Change("a hidden card", lambda: goods.rename("C", "Nadal ukryty"), frozenset()),
            Change("a customer who is not published", lambda: it.customers.block("K2"), frozenset()),
        ]


def test_a_deleted_product_is_gone_everywhere(tmp_path):
    it = minimal(tmp_path / "server", clock=Ticking(EARLY))
    key = it.goods.add(Card(code="A", name="Woda", files=(File("a.jpg", jpeg("A")),)))
    it.goods.delete("A")
    erp = over(it)
    for area in (Area.PRODUCT, Area.PRICES, Area.STOCKS, Area.FILES):
        assert key not in dict(erp.scan_entries(area))
        assert list(erp.entries(area, [key])) == []
    assert list(erp.find_entries(Area.PRODUCT, "A")) == []
    it.close()
