"""The shop in memory against the conformance suite."""

from dataclasses import replace

import pytest

from pomost.conformance.shop import ShopConformance
from pomost.connectors.shop.memory import MemoryShop
from pomost.model.unit import SalesUnit
from tests.worlds import listed


class TestMemoryShop(ShopConformance):
    """One shop per test; connecting again gives the same one."""

    @pytest.fixture(autouse=True)
    def prepared(self):
        self.shop = MemoryShop(names={"MAG": "Magazyn", "FIL": "Filia"})

    def connect(self):
        return self.shop

    def broken(self):
        return None

    def listed(self, number, packs):
        product = listed(number, tuple(SalesUnit(*pack) for pack in packs))
        self.shop.list_products(product)
        return product.id

    def unlist(self, product_id):
        self.shop.list_products(replace(self.shop.listed[product_id], deleted=True))
