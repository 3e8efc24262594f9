"""Decision table 8.14 with rows of an Optima company: a healthy program must not ruin a shop, whatever was changed."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from pomost.model.request import RunRequest
from pomost.rules.guard import Alarm
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.company import RETAIL, SHOP
from pomost.sandbox.optima.filling import build
from pomost.sandbox.optima.groups import ROOT
from pomost.store.database import close_store, open_store
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, OptimaStage, document


@pytest.fixture(scope="module")
def synchronised(tmp_path_factory, sqlite_stores):
    """A company synchronised once, its guard as it comes: a fifth, at least twenty, within a day."""
    home = tmp_path_factory.mktemp("effects")
    company = build(home / "server", products=120, customers=60)
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        one = OptimaStage(home / "pomost", company, running.url)
        one.run()
        guarded = document(company.company_file, running.url)
        one.pomost.save_channel({**guarded, "guard": {}}, "test")
        one.run()
        yield one
        one.close()
        close_store()


@pytest.fixture
def stage(synchronised):
    """The company as it was, whatever another test did to it; nothing of what was done may have been sent."""
    open_store(f"sqlite:///{(synchronised.home / 'data' / 'pomost.db').absolute()}")
    copy = synchronised.company.back_up()
    before = shown(synchronised)
    yield synchronised
    assert shown(synchronised) == before
    synchronised.company.restore(copy)


def sql(stage, statement, *values):
    """A script of the company's own: no triggers, no stamps."""
    with closing(sqlite3.connect(stage.company.company_file)) as connection, connection:
        connection.create_function("triggers_enabled", 0, lambda: 0)
        connection.create_function("getdate", 0, lambda: "")
        connection.execute(statement, values)


def live(stage, area):
    return {key for key, one in stage.state(area).items() if one["state"] == "published"}


def shown(stage):
    """What the tests here threaten: groups, prices, rules, and what customers are granted."""
    default = {None: str(RETAIL.key)}  # whoever has no price type of his own buys at this one
    customers = {
        one["erp_id"]: (default.get(one["price_type_erp_id"], one["price_type_erp_id"]), one["discount_percent"])
        for one in stage.state("customers").values()
    }
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    rules = {
        key: one["percent"]
        for key, one in stage.state("discounts").items()
        if one["state"] == "published" and (one["valid_to"] or today) >= today  # one that is over may go
    }
    return live(stage, "groups"), live(stage, "prices"), rules, customers


def waits(stage, *alarms):
    """Preview and run tell the same, and nothing of it was sent."""
    seen = stage.pomost.preview(CHANNEL, RunRequest())
    report = stage.run()
    told = {one.alarm for one in stage.pomost.unusual(CHANNEL, report.number)}
    assert (report.state, told) == ("waiting", set(alarms))
    assert len(seen.stops) == len(report.stops) == len(alarms)
    for stop in report.stops:
        assert stop.pl
        assert stop.en
    return report


def test_nothing_waits_while_nothing_is_lost(stage):
    report = stage.run()
    assert (report.state, report.done) == ("done", 0)


def test_the_root_group_of_the_shop_changed(stage):
    groups = live(stage, "groups")
    assert len(groups) > 50
    sql(stage, "UPDATE eSklepStanowiska SET ESS_TwGNumer = 30 WHERE ESS_ESSId = ?", SHOP)
    report = waits(stage, Alarm.HIDDEN)
    assert "ROOT_GROUP_DIFFERS" in {str(one.reason) for one in report.findings}
    assert live(stage, "groups") == groups


def test_a_root_group_that_is_not_the_shops_is_a_failed_check(stage):
    assert stage.pomost.check(CHANNEL).settings == ()
    sql(stage, "UPDATE eSklepStanowiska SET ESS_TwGNumer = 30 WHERE ESS_ESSId = ?", SHOP)
    (found,) = stage.pomost.check(CHANNEL).settings
    assert found.reason == "ROOT_GROUP_DIFFERS"
    assert dict(found.facts) == {"shop": str(ROOT), "erp": "30"}


def test_the_default_price_level_switched_off(stage):
    prices = {key for key in live(stage, "prices") if key.endswith(f"/{RETAIL.key}")}
    assert len(prices) > 100
    sql(stage, "UPDATE DefCeny SET DfC_Nieaktywna = 1 WHERE DfC_Lp = ?", RETAIL.key)
    waits(stage, Alarm.HIDDEN)
    assert prices <= live(stage, "prices")


def test_every_percent_rule_at_ninety_nine(stage):
    sql(stage, "UPDATE Rabaty SET Rab_Rabat = 99 WHERE Rab_Typ < 11")
    waits(stage, Alarm.CHEAPER)


def test_customers_terms_dropped(stage):
    sql(stage, "UPDATE Kontrahenci SET Knt_Upust = 0")
    sql(stage, "UPDATE KntESklepy SET KES_TypCenyDomyslnej = 0")
    sql(stage, "DELETE FROM Rabaty WHERE Rab_Typ IN (2, 5, 6, 13)")
    waits(stage, Alarm.TERMS)
