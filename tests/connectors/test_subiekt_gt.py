"""Subiekt GT against the conformance suite, over a sandbox company in a file."""

from decimal import Decimal

import pytest

from pomost.conformance.erp import BOTH, CARD, NEITHER, STOCK, Change, ErpConformance
from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.model.product import OnHand, Price, ProductKind
from pomost.ports.erp import Focus
from pomost.sandbox.subiekt_gt.cards import SET
from pomost.sandbox.subiekt_gt.filling import minimal


def connected(path, focus):
    return SUBIEKT_GT.connect(SubiektSettings(database=str(path), driver=Driver.SQLITE), focus)


class TestSubiektGt(ErpConformance):
    """Looks at one level, one of three warehouses, a simple and three extended fields, one trait."""

    fields = frozenset({"tw_Pole1", "pwd_Liczba01", "pwd_Fk01", "pwd_Flaga01"})
    focus = Focus(frozenset({"3"}), frozenset({"1"}), fields, frozenset({"1"}))

    @pytest.fixture(autouse=True)
    def company(self, tmp_path):
        self.path = tmp_path / "gt.db"
        self.gt = minimal(self.path)
        self.gt.add_product(
            "A", ean="5900000000015", stock=Decimal("12.5"), fields={"tw_Pole1": "PU", "pwd_Liczba01": 6}
        )
        self.gt.add_product("B", vat="8", net=None, traits=())
        self.gt.add_product("SET", kind=SET, components={"A": 2, "B": 1})
        yield
        self.gt.engine.dispose()

    def connect(self):
        return connected(self.path, self.focus)

    def broken(self):
        return connected(self.path.with_name("absent.db"), self.focus)

    def facts(self):
        price, stock = Price(Decimal("2.5"), Decimal("3.075"), "PLN"), OnHand(Decimal("12.5"), Decimal(0))
        own = {"tw_Pole1": "PU", "pwd_Liczba01": "6", "pwd_Fk01": "", "pwd_Flaga01": ""}
        return {
            1: {
                "symbol": "A",
                "prices": {"3": price},
                "stock": {"1": stock},
                "own_fields": own,
                "traits": {"1"},
                "vat": "23",
            },
            2: {"symbol": "B", "traits": frozenset(), "vat": "8", "active": True, "base_unit": "szt.", "ean": ""},
            3: {"symbol": "SET", "kind": ProductKind.SET},
        }

    def changes(self):
        gt, aside = self.gt, lambda what, do: Change(what, 1, do, NEITHER)
        return [
            Change("price", 1, lambda: gt.set_price("A", 3, Decimal("2.51")), CARD),
            Change("dictionary field", 1, lambda: gt.set_field("A", "pwd_Fk01", 2), CARD),
            Change("flag", 1, lambda: gt.set_field("A", "pwd_Flaga01", True), CARD),
            Change("trait", 2, lambda: gt.add_trait("B", "MSTORE"), CARD),
            Change("blocking", 1, lambda: gt.block("A"), CARD, along={3: STOCK}),
            aside("a trait given twice", lambda: gt.add_trait("A", "MSTORE")),
            aside("another level", lambda: gt.set_price("A", 1, Decimal(99))),
            aside("another warehouse", lambda: gt.set_stock("A", "KRA", 5)),
            aside("another field", lambda: gt.set_field("A", "pwd_Kwota01", Decimal(5))),
            aside("another trait", lambda: gt.add_trait("A", "Promocja")),
        ]

    def delete(self, key):
        self.gt.delete({1: "A", 2: "B", 3: "SET"}[key])


def test_a_sets_stock_moves_with_its_parts(tmp_path):
    gt = minimal(tmp_path / "gt.db")
    gt.add_product("A")
    gt.add_product("SET", kind=SET, components={"A": 2})
    before = {row[0]: row[2:] for row in connected(tmp_path / "gt.db", TestSubiektGt.focus).scan(BOTH)}
    gt.set_stock("A", "MAG", 7)
    after = {row[0]: row[2:] for row in connected(tmp_path / "gt.db", TestSubiektGt.focus).scan(BOTH)}
    gt.engine.dispose()
    assert [key for key in before if before[key][1] != after[key][1]] == [1, 2]
    assert [key for key in before if before[key][0] != after[key][0]] == []
