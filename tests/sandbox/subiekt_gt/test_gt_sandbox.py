"""Work in the company is saved as it is done, and a day of random work is repeatable."""

from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from pomost.sandbox.data.gtin import is_valid
from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_goods as goods
from pomost.sandbox.subiekt_gt.bulk import bulk_catalogue, fill_bulk
from pomost.sandbox.subiekt_gt.filling import build


def test_a_new_product_has_sensible_values(empty):
    empty.add_product("WODA", ean="5900000000017", net=Decimal("1.22"), stocks={"MAG": 20, "KRA": Decimal("0.5")})
    assert empty.symbols() == ["WODA"]
    assert empty.prices("WODA")[3] == (Decimal("1.22"), Decimal("1.5006"))
    assert empty.stocks("WODA") == {"MAG": (20, 0), "ZAP": (0, 0), "KRA": (Decimal("0.5"), 0)}
    assert empty.traits("WODA") == ["MSTORE"]
    assert empty.row("WODA")["tw_SklepInternet"] is True


@pytest.mark.parametrize("amount", ["0.0001", "0.8333", "12.3450", "99999999999.9999", "-0.5000", "0.0000"])
def test_money_comes_back_exactly(empty, amount):
    empty.add_product("A")
    empty.set_price("A", 3, Decimal(amount), Decimal(amount))
    assert [str(price) for price in empty.prices("A")[3]] == [amount, amount]


def test_every_change_of_a_card(empty):
    empty.add_product("A", vat="5")
    empty.set_price("A", 2, Decimal(10))
    empty.set_price("A", 3, None)
    empty.set_stock("A", "ZAP", 7, reserved=2)
    empty.set_unit("A", "Karton")
    empty.set_ean("A", "123")
    empty.set_name("A", "Nazwa")
    empty.set_group("A", "Piwo")
    empty.block("A")
    empty.set_field("A", "tw_Pole1", "PU")
    empty.set_field("A", "pwd_Liczba01", 3)
    empty.set_field("A", "pwd_Liczba01", 4)
    assert empty.prices("A")[2] == (10, Decimal("10.5"))
    assert empty.prices("A")[3] == (None, None)
    assert empty.stocks("A")["ZAP"] == (7, 2)
    row = empty.row("A")
    assert (row["tw_JednMiary"], row["tw_PodstKodKresk"], row["tw_Nazwa"], row["tw_Pole1"]) == (
        "Karton",
        "123",
        "Nazwa",
        "PU",
    )
    assert row["tw_Zablokowany"] is True
    with empty.engine.connect() as connection:
        assert connection.execute(select(common.pw_dane.c.pwd_Liczba01)).scalars().all() == [4]
    empty.unblock("A")
    empty.set_vat("A", None)
    assert empty.row("A")["tw_Zablokowany"] is False
    assert empty.row("A")["tw_IdVatSp"] is None


def test_traits_come_and_go(empty):
    empty.add_product("A", traits=())
    empty.add_trait("A", "MSTORE")
    empty.add_trait("A", "MSTORE")
    empty.add_trait("A", "Zupełnie nowa")
    assert empty.traits("A") == ["MSTORE", "MSTORE", "Zupełnie nowa"]
    empty.remove_trait("A", "MSTORE")
    assert empty.traits("A") == ["Zupełnie nowa"]


def test_a_deleted_card_leaves_nothing(empty):
    empty.add_product("A", fields={"pwd_Tekst01": "x"})
    empty.add_product("ZESTAW", kind=8, components={"A": 2})
    empty.delete("ZESTAW")
    empty.delete("A")
    with empty.engine.connect() as connection:
        for table in (
            goods.tw_towar,
            goods.tw_cena,
            goods.tw_stan,
            goods.tw_cecha_tw,
            goods.tw_komplet,
            common.pw_dane,
        ):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_a_symbol_nobody_has_is_named(empty):
    with pytest.raises(KeyError, match="NIC"):
        empty.set_unit("NIC", "szt.")


def test_ids_come_from_the_counter(empty):
    first = empty.add_product("A")
    empty.delete("A")
    assert empty.add_product("B") == first + 1


def test_a_reader_does_not_stop_the_writer(empty):
    empty.add_product("A")
    with empty.engine.connect() as reading:
        # The driver opens no transaction for a query, so the reader's view is held by hand.
        reading.exec_driver_sql("BEGIN")
        before = reading.execute(select(goods.tw_towar.c.tw_JednMiary)).scalar()
        empty.set_unit("A", "kg")
        assert reading.execute(select(goods.tw_towar.c.tw_JednMiary)).scalar() == before
    assert empty.row("A")["tw_JednMiary"] == "kg"


def test_drift_is_repeatable_and_does_what_it_says(company, tmp_path):
    other = build(tmp_path / "gt.db")
    changes = other.drift(7, prices=15, stocks=30, traits=6)
    assert Counter(change.what for change in changes) == {"price": 15, "stock": 30, "trait": 6}
    for change in changes:
        assert change.before != change.after
        # Unchanged in the company next door, so `before` is what it was.
        if change.what == "price":
            assert company.prices(change.symbol)[int(change.where)][0] == change.before
            assert other.prices(change.symbol)[int(change.where)][0] == change.after
        elif change.what == "stock":
            assert company.stocks(change.symbol)[change.where][0] == change.before
            assert other.stocks(change.symbol)[change.where][0] == change.after
        else:
            assert (change.where in company.traits(change.symbol)) is change.before
            assert (change.where in other.traits(change.symbol)) is change.after
    again = build(tmp_path / "again.db")
    assert again.drift(7, prices=15, stocks=30, traits=6) == changes
    assert again.drift(8) != changes


def test_a_small_bulk_company(tmp_path):
    sandbox = fill_bulk(tmp_path / "bulk.db", 300, warehouses=5, seed=3)
    entries = list(bulk_catalogue(300))
    with sandbox.engine.connect() as connection:
        codes = (
            connection.execute(select(goods.tw_towar.c.tw_PodstKodKresk).order_by(goods.tw_towar.c.tw_Id))
            .scalars()
            .all()
        )
        sizes = [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (goods.tw_stan, goods.tw_cena)
        ]
        lowest = connection.execute(select(func.min(goods.tw_cena.c.tc_CenaNetto3))).scalar()
    assert codes == [entry["ean"] for entry in entries]
    assert len(set(codes)) == 300
    assert all(is_valid(code) and code.startswith("952") and len(code) == 13 for code in codes)
    assert sizes == [1500, 300]
    assert lowest > 0
    assert sandbox.traits("B00000001") == ["MSTORE"]
    assert sandbox.add_product("DALEJ") == 301


def test_a_bulk_company_is_repeatable(tmp_path):
    first, second = (fill_bulk(tmp_path / f"{name}.db", 50, warehouses=2) for name in "ab")
    assert first.stocks("B00000050") == second.stocks("B00000050")
    assert list(first.stocks("B00000050")) == ["MAG", "ZAP"]
