"""All connectors that know customers, against the suites of `pomost.conformance.customers`."""

from dataclasses import replace

import pytest

from pomost.conformance.customers import ErpCustomersConformance, Errand, ShopCustomersConformance, buyer
from pomost.connectors.erp.memory import MemoryErp
from pomost.connectors.shop.memory import MemoryShop
from pomost.model.branch import Address
from pomost.model.customer import CustomerCard
from pomost.model.setting import Choice, ChoiceKind
from pomost.ports.erp import Focus
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.sandbox.subiekt_gt.partners import Partners
from tests.connectors.mstore_shop import served
from tests.connectors.test_subiekt_gt import connected

LISTS = {
    ChoiceKind.CUSTOMER_GROUPS: [Choice("1", "Podstawowa"), Choice("2", "Gastronomia")],
    ChoiceKind.INDUSTRIES: [Choice("1", "Restauracja")],
    ChoiceKind.CUSTOMER_TRAITS: [Choice("1", "ODDZIAL_WAW"), Choice("3", "VIP")],
}
NIP = "525-000-00-01"


class TestMemoryErpCustomers(ErpCustomersConformance):
    @pytest.fixture(autouse=True)
    def company(self):
        self.erp = MemoryErp(lists=LISTS)
        self.erp.meet(
            *(
                CustomerCard(key, f"K{key}", "Bar", NIP, Address("Długa", "7", city="Warszawa"), "2", "1")
                for key in (2, 1)
            )
        )

    def connect(self):
        return self.erp

    def facts(self):
        return {1: {"symbol": "K1", "nip": NIP, "group": "2", "traits": frozenset()}, 2: {"symbol": "K2"}}

    def errands(self):
        def change(**facts):
            return lambda: self.erp.meet(replace(self.erp.partners[1], **facts))

        facts = {"nip": "1", "traits": frozenset({"3"}), "blocked": True, "group": None, "shop_flag": True}
        return [
            *(Errand(name, 1, change(**{name: value})) for name, value in facts.items()),
            Errand("the same again", 1, change(blocked=True), moves=False),
            Errand("deletion", 1, lambda: self.erp.partners.pop(1)),
        ]


class TestSubiektGtCustomers(ErpCustomersConformance):
    """Looks at two of three traits."""

    customer_traits = frozenset({"1", "3"})

    @pytest.fixture(autouse=True)
    def company(self, tmp_path):
        self.path = tmp_path / "gt.db"
        gt = minimal(self.path)
        self.people = Partners(gt.engine)
        self.people.add(
            "BAR", nip=NIP, street=" Długa", house="7", traits=("ODDZIAL_WAW", "MSTORE"), group="Gastronomia"
        )
        self.people.add("HOTEL", nip="PL 676", city="Kraków", industry="Hotel", shop=False, one_off=True)
        self.people.add("*" * 20, nip=NIP, blocked=True)
        yield
        gt.engine.dispose()

    def connect(self):
        return connected(self.path, Focus(customer_traits=self.customer_traits))

    def facts(self):
        return {
            1: {
                "symbol": "BAR",
                "name": "Firma BAR",
                "nip": NIP,
                "address": Address("Długa", "7", city="Warszawa"),
                "group": "2",
                "industry": None,
                "traits": frozenset({"1"}),
                "shop_flag": True,
                "blocked": False,
                "one_off": False,
            },
            2: {
                "nip": "PL 676",
                "industry": "2",
                "group": None,
                "shop_flag": False,
                "one_off": True,
                "traits": frozenset(),
            },
            3: {"nip": "", "blocked": True},
        }

    def errands(self):
        people = self.people
        return [
            Errand("seat", 1, lambda: people.move("BAR", "Gdynia", "Morska", "1")),
            Errand("tax number", 1, lambda: people.set_nip("BAR", "5250000002")),
            Errand("trait", 1, lambda: people.give("BAR", "VIP")),
            Errand("the trait again", 1, lambda: people.give("BAR", "VIP"), moves=False),
            Errand("a trait out of focus", 1, lambda: people.give("BAR", "ODDZIAL_KRK"), moves=False),
            Errand("group", 1, lambda: people.set_group("BAR", "Hotele")),
            Errand("industry", 1, lambda: people.set_industry("BAR", "Restauracja")),
            Errand("shop flag", 1, lambda: people.tick("BAR", shop=False)),
            Errand("blocking", 1, lambda: people.block("BAR")),
            Errand("deletion", 2, lambda: people.delete("HOTEL")),
        ]


class TestMemoryShopCustomers(ShopCustomersConformance):
    @pytest.fixture(autouse=True)
    def prepared(self):
        self.shop = MemoryShop(names={"MAG": "Magazyn"})

    def connect(self):
        return self.shop

    def listed(self, nip, **place):
        ident = f"cu{len(self.shop.parties.moved)}"
        self.shop.parties.list_customers(buyer(ident, nip, **place))
        return ident

    def changed(self, ident, **place):
        held = self.shop.parties.customers[ident]
        self.shop.parties.list_customers(replace(held, address=replace(held.address, **place)))

    def unlisted(self, ident):
        self.shop.parties.forget_customer(ident)

    def held(self, ident):
        one = self.shop.parties.assignments.get(ident)
        return None if one is None else (str(one.key), one.branch, one.segment or "")


class TestMstoreCustomers(ShopCustomersConformance):
    """One served shop per test, taking small batches so that every batch is cut."""

    capabilities: tuple[str, ...] = ("batch", "segments")

    @pytest.fixture(autouse=True)
    def prepared(self):
        with served(max_batch=25, max_page=4, capabilities=self.capabilities) as self.mstore:
            yield

    def connect(self):
        return self.mstore.connect()

    def listed(self, nip, **place):
        return self.mstore.shop.add_customer(nip, **place).id

    def changed(self, ident, **place):
        self.mstore.shop.change_customer(ident, **place)

    def unlisted(self, ident):
        self.mstore.shop.remove_customer(ident)

    def held(self, ident):
        shop = self.mstore.shop
        one = shop.assignments.get(ident)
        if one is None:
            return None
        segment = next((row.external_key for row in shop.segments if row.id == one.segment_id), "")
        return one.erp_customer_ref, shop.branch(one.branch_id).external_id, segment


class TestMstoreWithoutBatches(TestMstoreCustomers):
    """A poorer server, which takes assignments one by one."""

    capabilities = ("segments",)
