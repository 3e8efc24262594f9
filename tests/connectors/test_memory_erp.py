"""The ERP in memory against the conformance suite."""

from decimal import Decimal

import pytest

from pomost.conformance.erp import CARD, STOCK, Change, ErpConformance
from tests.worlds import World, card


class TestMemoryErp(ErpConformance):
    """A company of three cards, changed through the words worlds are changed by."""

    @pytest.fixture(autouse=True)
    def company(self, store):  # noqa: ARG002  (a world lives in a store)
        self.world = World()
        self.world.erp.put(*(card(key, traits=frozenset({"1"}), group="1", minimum="2") for key in (3, 1, 2)))

    def connect(self):
        return self.world.erp

    def broken(self):
        return None

    def facts(self):
        wanted = {key: card(key, traits=frozenset({"1"}), group="1", minimum="2") for key in (1, 2, 3)}
        return {
            key: {"symbol": f"S{key}", "stock": one.stock, "own_fields": one.own_fields} for key, one in wanted.items()
        }

    def changes(self):
        facts = {
            "price": Decimal(7),
            "minimum": "3",
            "traits": frozenset(),
            "active": False,
            "symbol": "NEW",
            "ean": "",
        }
        return [
            Change("stock", 2, lambda: self.world.change(2, main=1), STOCK),
            *(
                Change(name, 2, lambda n=name, v=value: self.world.change(2, **{n: v}), CARD)
                for name, value in facts.items()
            ),
        ]

    def delete(self, key):
        self.world.erp.cards.pop(key)
