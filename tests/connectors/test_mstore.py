"""M/store against the conformance suite, over the sandbox served on loopback."""

from typing import ClassVar

import pytest

from pomost.conformance.shelves import publication
from pomost.conformance.shop import ShopConformance
from tests.connectors.mstore_shop import served
from tests.worlds import ean


class TestMstore(ShopConformance):
    """One served shop per test, taking small batches so that every batch is cut."""

    settings: ClassVar = {}

    @pytest.fixture(autouse=True)
    def prepared(self):
        with served(max_batch=25, max_page=100, **self.settings) as self.mstore:
            yield

    def connect(self):
        return self.mstore.connect()

    def broken(self):
        return self.mstore.connect(key="revoked")

    def listed(self, number, packs):
        return self.mstore.shop.add_product(ean(number), f"Towar {number}", packs).id

    def unlist(self, product_id):
        self.mstore.shop.remove_product(product_id)

    def test_what_was_written_at_the_watermark_itself_is_known(self):
        """The service's list of changes begins at the moment asked for, not after it."""
        product_id = self.listed(1, (("PCE", 1),))
        self.send(publication(product_id, 1))
        at = self.mstore.shop.offers.get(product_id).updated_at
        assert list(self.connect().written(at)) == []
        assert len(list(self.connect().written("2020-01-01T00:00:00Z"))) == 1


class TestMstoreWithoutBatches(TestMstore):
    """A poorer server (contract, section 1): every offer and stock is written by itself, under a condition."""

    settings: ClassVar = {"capabilities": ("segments",)}
