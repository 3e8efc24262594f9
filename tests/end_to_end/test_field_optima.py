"""Cases from the field for Optima and e-Sklep, each with its right outcome: what others' users have reported."""

import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from pomost.model.change import Area
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.cards import Card, Price, TraitValue
from pomost.sandbox.optima.company import RETAIL
from pomost.sandbox.optima.customers import Customer, Login
from pomost.sandbox.optima.filling import minimal
from pomost.store.database import close_store
from pomost.store.unresolved import Inbox
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, OptimaStage

TO_D = "KnO_KntId = (SELECT Knt_KntId FROM Kontrahenci WHERE Knt_Kod = 'D'), KnO_Domyslny = 0"
"""A login moves to the card of D."""


@pytest.fixture
def stage(tmp_path, blank_sqlite):
    """A company without goods, an empty e-Sklep, and Pomost between them."""
    home = tmp_path / "pomost"
    (home / "data").mkdir(parents=True)
    shutil.copyfile(blank_sqlite, home / "data" / "pomost.db")
    company = minimal(tmp_path / "optima")
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        one = OptimaStage(home, company, running.url)
        yield one
        one.close()
    close_store()


def sql(stage, statement, *values):
    with closing(sqlite3.connect(stage.company.company_file)) as connection, connection:
        connection.execute(statement, values)


def logins(stage):
    return {
        one["code"]: [login["email"] for login in one["logins"]]
        for one in stage.state("customers").values()
        if one["state"] == "published"
    }


def codes(stage):
    products = stage.state("products").values()
    return {one["texts"][0]["name"]: one["code"] for one in products if one["state"] == "published"}


def goods(stage, *names):
    for name in names:
        stage.company.goods.add(Card(code=name, name=f"Towar {name}", wholesale=Decimal(10)))


def people(stage, *names):
    for name in names:
        login = Login(f"{name.lower()}@bar.example")
        stage.company.customers.add(Customer(code=name, name=f"Bar {name}", person=True, logins=(login,)))


def done(stage):
    """A run with nothing refused."""
    report = stage.run()
    assert (report.state, report.failed, report.fault) == ("done", 0, None), report


def test_two_products_may_swap_their_codes(stage):
    """Decision table 8.17: in one run. Reported to a synchroniser of commercetools, 132."""
    goods(stage, "P1", "P2")
    done(stage)
    for old, new in (("P1", "TMP"), ("P2", "P1"), ("TMP", "P2")):
        stage.company.goods.change(old, Twr_Kod=new)
    done(stage)
    assert codes(stage) == {"Towar P1": "P2", "Towar P2": "P1"}
    stage.run()
    assert not stage.written()


def test_two_customers_may_swap_their_addresses(stage):
    """Decision table 8.17 among people. Reported to Shopware, 18164."""
    people(stage, "A", "B")
    done(stage)
    swapped = "CASE KnO_EmailESklep WHEN 'a@bar.example' THEN 'b@bar.example' ELSE 'a@bar.example' END"
    sql(stage, f"UPDATE KntOsoby SET KnO_EmailESklep = {swapped}")
    done(stage)
    assert logins(stage) == {"A": ["b@bar.example"], "B": ["a@bar.example"]}


def test_a_merged_customers_login_goes_with_it(stage):
    """A card was merged into another one and deleted. Reported to Odoo, 167898 and 113778."""
    people(stage, "C", "D")
    done(stage)
    sql(stage, f"UPDATE KntOsoby SET {TO_D} WHERE KnO_EmailESklep = 'c@bar.example'")
    sql(stage, "DELETE FROM Kontrahenci WHERE Knt_Kod = 'C'")
    done(stage)
    assert logins(stage) == {"D": ["d@bar.example", "c@bar.example"]}


def test_a_customer_unticked_gives_its_login_back(stage):
    people(stage, "C", "D")
    done(stage)
    stage.company.customers.withdraw("C")
    sql(stage, f"UPDATE KntOsoby SET {TO_D} WHERE KnO_EmailESklep = 'c@bar.example'")
    done(stage)
    assert "c@bar.example" in logins(stage)["D"], logins(stage)


def test_a_code_handed_on_arrives_in_one_run(stage):
    """Decision table 8.17: a chain, the one who takes having the lower id."""
    goods(stage, "P5", "P6")
    done(stage)
    stage.company.goods.change("P6", Twr_Kod="P6-OLD")
    stage.company.goods.change("P5", Twr_Kod="P6")
    done(stage)
    assert codes(stage) == {"Towar P5": "P6", "Towar P6": "P6-OLD"}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("12345678901234567890123456789", "12345678901234567890123456789"),
        ("0,123456789012345678901234567890120", "0.12345678901234567890123456789012"),
        ("1 000,50", "1000.5"),
        ("-0", "0"),
        ("1e5", "100000"),
        ("1e999999", None),
    ],
)
def test_a_long_number_keeps_its_digits(stage, typed, sent):
    trait = TraitValue("POJEMNOSC", typed)
    stage.company.goods.add(Card(code="LONG", name="Seria", wholesale=Decimal(10), traits=(trait,)))
    stage.run()
    (product,) = stage.state("products").values()
    assert [one["value"] for one in product["attributes"]] == ([] if sent is None else [sent])


def test_a_negative_price_is_called_by_its_name(stage):
    """Decision table 8.24."""
    stage.company.goods.add(Card(code="NEG", name="Ujemna", prices=(Price(RETAIL, Decimal("-9.90")),)))
    stage.run()
    found = {group.reason for group in stage.pomost.errors(CHANNEL)}
    assert "PRICE_LINE_LEFT_OUT" not in found, found
    assert "PRICE_NEGATIVE" in found
    assert not stage.state("products")


def test_a_discount_is_ended_by_yesterdays_date(stage):
    """Decision table 8.15: people end a rule by an earlier last day, which may come before its first one."""
    goods(stage, "P1")
    done(stage)
    sql(
        stage,
        "INSERT INTO Rabaty (Rab_RabId, Rab_Typ, Rab_TwrId, Rab_PodmiotId, Rab_Rabat, Rab_DataOd, Rab_DataDo, Rab_Opis)"
        " SELECT 77, 8, Twr_TwrId, 0, 10, '2020-01-01 00:00:00.000000', '2999-12-31 00:00:00.000000', 'Promocja'"
        " FROM Towary WHERE Twr_Kod = 'P1'",
    )
    done(stage)
    assert stage.state("discounts")["77"]["state"] == "published"
    for last, reasons in (("2019-12-31", {"DISCOUNT_UNUSABLE"}), ("2020-12-31", set())):
        sql(stage, "UPDATE Rabaty SET Rab_DataDo = ? WHERE Rab_RabId = 77", f"{last} 00:00:00.000000")
        done(stage)
        assert stage.state("discounts")["77"]["state"] == "withdrawn"
        items = Inbox(CHANNEL).of_subject(Area.PUBLIC_DISCOUNT, "77")
        assert {str(found.reason) for item in items for found in item.findings} == reasons
        sql(stage, "UPDATE Rabaty SET Rab_DataDo = '2999-12-31 00:00:00.000000' WHERE Rab_RabId = 77")
        done(stage)
        assert stage.state("discounts")["77"]["state"] == "published"


def test_what_is_held_back_is_seen_at_every_door(stage):
    """`pomost errors` and explain tell the same as the inbox."""
    goods(stage, "P1")
    done(stage)
    sql(stage, "DELETE FROM TwrCeny")
    stage.company.goods.change("P1", Twr_NumerKat="nowy")
    stage.run()
    (group,) = stage.pomost.errors(CHANNEL, "PRODUCT_HAS_NO_PRICE")
    assert [(item.symbol, [str(found.reason) for found in item.findings]) for item in group.items] == [
        ("P1", ["PRODUCT_HAS_NO_PRICE", "STILL_SOLD"])
    ]
    (one,) = stage.pomost.explain(CHANNEL, "P1")
    assert one.verdict == "skipped"
    assert [str(found.reason) for found in one.findings] == ["PRODUCT_HAS_NO_PRICE"]
    assert [str(found.reason) for item in one.unresolved for found in item.findings][-1] == "STILL_SOLD"
