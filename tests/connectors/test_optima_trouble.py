"""What can be wrong with an Optima company and its configuration, and what the connector makes of it."""

import sys
from datetime import datetime

import pytest

from pomost.conformance.expecting import fails_with_advice, fault_of, passes
from pomost.connectors.erp.optima import OPTIMA, Optima
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.model.entry import CONTENTS
from pomost.model.setting import ChoiceKind
from pomost.model.subject import Area
from pomost.ports.erp import Aspect, Focus
from pomost.ports.fault import Refused, Unavailable, Unsupported
from pomost.sandbox.optima import variants
from pomost.sandbox.optima.cards import Card
from pomost.sandbox.optima.company import (
    B2B,
    COMPANY_NAME,
    CONFIGURATION_DATABASE,
    OLD_SHOP,
    SHOP,
)
from pomost.sandbox.optima.connection import Ticking
from pomost.sandbox.optima.filling import minimal
from pomost.transport.sql import SqlFailure, SqlReader
from tests.connectors.test_optima import EARLY, over
from tests.connectors.test_subiekt_gt_trouble import Driverless

PASSWORD = "Tajne.Haslo!7"
SERVER = OptimaSettings("CDN_Firma", "SERWER\\OPTIMA", "reader", PASSWORD, Driver.MSSQL_PYTHON, station="1")


@pytest.fixture
def company(tmp_path):
    it = minimal(tmp_path / "server", clock=Ticking(EARLY))
    it.goods.add(Card(code="A", name="Woda"))
    yield it
    it.close()


def names(steps):
    return [step.name.en for step in steps]


def test_the_connection_is_checked_step_by_step(company):
    steps = list(over(company).check())
    passes(steps)
    assert names(steps)[:4] == [
        "Connection to the SQL server",
        "Tables of Optima",
        "Configuration database",
        "Configuration of the shop",
    ]
    assert COMPANY_NAME in steps[0].found.pl
    assert COMPANY_NAME in steps[2].found.pl
    assert steps[-1].found.en == "shown in the shop: 1"


def test_another_programs_database_is_recognised(tmp_path):
    path = variants.not_optima(tmp_path / "server")
    erp = Optima(OptimaSettings(database=str(path), driver=Driver.SQLITE, station="1"))
    fails_with_advice(erp.check())
    fault_of(lambda: list(erp.scan_entries(Area.PRODUCT)), Refused)


def test_a_file_that_is_no_database_is_recognised(tmp_path):
    (tmp_path / "text.db").write_text("this is no database, only text that is long enough" * 50)
    erp = Optima(OptimaSettings(database=str(tmp_path / "text.db"), driver=Driver.SQLITE))
    fails_with_advice(erp.check())
    fault_of(lambda: list(erp.scan_entries(Area.PRODUCT)), Refused)


def test_a_company_without_a_shop_says_where_to_configure_one(tmp_path):
    it = variants.without_shop(tmp_path / "server")
    for station in ("", "1"):
        erp = over(it, station=station)
        steps = list(erp.check())
        fails_with_advice(steps)
        assert names(steps)[-1] == "Configuration of the shop"
        fault_of(lambda erp=erp: list(erp.scan_entries(Area.PRODUCT)), Refused)
    assert list(erp.choices(ChoiceKind.STATIONS)) == []
    it.close()


def test_several_shops_are_to_be_chosen_from(company):
    fault = fault_of(lambda: list(over(company, station="").scan_entries(Area.GROUP)), Refused)
    assert f"{SHOP} (Sklep Pod Mostem)" in fault.text.pl
    assert [one.id for one in over(company, station="").choices(ChoiceKind.STATIONS)] == [str(SHOP), str(B2B)]


@pytest.mark.parametrize("station", [str(OLD_SHOP), "17", "pierwszy"])
def test_a_shop_that_is_not_in_use_is_refused(company, station):
    fault = fault_of(lambda: list(over(company, station=station).scan_entries(Area.PRODUCT)), Refused)
    assert station in fault.text.pl


def test_the_only_shop_in_use_needs_no_choosing(company):
    company.shops.configure(B2B, ESS_Nieaktywny=1)
    passes(over(company, station="").check())


def test_a_configuration_that_is_not_there_stops_no_reading(tmp_path):
    it = variants.configuration_missing(tmp_path / "server")
    erp = over(it)
    steps = list(erp.check())
    passes(steps)
    told = next(step for step in steps if step.name.en == "Configuration database")
    assert "not to be had" in told.found.en
    assert told.advice.pl
    assert list(erp.scan_entries(Area.GROUP))
    fault_of(lambda: erp.choices(ChoiceKind.OPERATORS), Refused, Unavailable)
    it.close()


def test_the_company_is_found_through_the_configuration(company):
    configuration = str(company.home / f"{CONFIGURATION_DATABASE}.db")
    erp = over(company, database="", configuration=configuration, company=COMPANY_NAME)
    passes(erp.check())
    assert [one.content.code for one in erp.entries(Area.PRODUCT, [key for key, _ in erp.scan_entries(Area.PRODUCT)])]
    assert {one.id for one in erp.choices(ChoiceKind.COMPANIES)} == {COMPANY_NAME, "Firma bez sklepu"}
    assert "ADMIN" in {one.id for one in erp.choices(ChoiceKind.OPERATORS)}
    erp.close()


def test_a_company_the_configuration_does_not_list_is_named(company):
    configuration = str(company.home / f"{CONFIGURATION_DATABASE}.db")
    fault = fault_of(
        lambda: list(over(company, database="", configuration=configuration, company="Inna").scan_entries(Area.GROUP)),
        Refused,
    )
    assert COMPANY_NAME in fault.text.pl
    fault_of(lambda: list(over(company, database="").scan_entries(Area.GROUP)), Refused)
    fails_with_advice(over(company, database="").check())


def test_an_older_version_is_read_without_what_it_lacks(tmp_path):
    it = variants.older(tmp_path / "server")
    erp = over(it)
    steps = list(erp.check())
    passes(steps)
    assert "consents" in steps[1].found.en
    assert "texts of groups" in steps[1].found.en
    for area in CONTENTS:
        keys = [key for key, _ in erp.scan_entries(area)]
        assert [one.key for one in erp.entries(area, keys[:500])] == keys[:500]
    it.close()


def test_a_column_nobody_can_do_without_is_named(tmp_path):
    it = variants.damaged(tmp_path / "server")
    steps = list(over(it).check())
    fails_with_advice(steps)
    assert ".".join(variants.NEEDED_COLUMN) in steps[-1].found.pl
    fault_of(lambda: list(over(it).scan_entries(Area.PRODUCT)), Refused)
    it.close()


def test_a_root_group_that_is_gone_is_told(company):
    company.shops.configure(ESS_TwGNumer=4321)
    steps = list(over(company).check())
    fails_with_advice(steps)
    assert names(steps)[-1] == "Root group of the shop"
    fault = fault_of(lambda: list(over(company).scan_entries(Area.GROUP)), Refused)
    assert "4321" in fault.text.pl


def test_a_shop_without_warehouses_is_told(company):
    company.shops.use_warehouses([])
    steps = list(over(company).check())
    fails_with_advice(steps)
    assert names(steps)[-1] == "Warehouses of the shop"


def test_optimas_own_exchange_is_told_about(company):
    company.shops.hold()
    steps = list(over(company).check())
    passes(steps)
    assert "Optima" in next(step for step in steps if step.name.en == "Configuration of the shop").advice.en


def test_a_restored_database_has_an_older_newest_stamp(tmp_path):
    it = minimal(tmp_path / "server", clock=Ticking(EARLY))
    it.goods.add(Card(code="A", name="Woda"))
    copy = it.back_up()
    it.goods.rename("A", "Woda gazowana")
    after = over(it).age().newest
    it.restore(copy)
    assert over(it).age().newest < after
    it.close()


def test_an_unknown_time_zone_is_told(company):
    erp = over(company, time_zone="Europe/Pcim")
    fails_with_advice(erp.check())
    fault_of(lambda: list(erp.scan_entries(Area.STOCKS)), Refused)


def test_today_is_the_companys_day(company):
    """A row of tomorrow becomes today's at midnight of the company's own clock."""
    late = datetime.fromisoformat("2026-11-17T23:30:00+00:00")
    company.stock.set("A", "MAGAZYN", 99, day=datetime.fromisoformat("2026-11-18T00:00:00"))
    settings = OptimaSettings(database=str(company.company_file), driver=Driver.SQLITE, station="1")

    def stock(zone):
        erp = Optima(settings if zone else OptimaSettings(**{**_given(settings), "time_zone": "UTC"}), late.astimezone)
        (key,) = erp.find_entries(Area.STOCKS, "A")
        return next(erp.entries(Area.STOCKS, [key])).content.lines[0].quantity

    assert stock(zone=True) == 99
    assert stock(zone=False) != 99


def _given(settings):
    return {name: getattr(settings, name) for name in ("database", "driver", "station")}


# Texts as SQL Server and its drivers word them.
@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("Login failed for user 'reader'. (18456)", Refused),
        ('Cannot open database "CDN_Firma" requested by the login. The login failed. (4060)', Refused),
        ("Login timeout expired", Unavailable),
        ("Lock request time out period exceeded. (1222)", Unavailable),
        ("Invalid object name 'CDN.Towary'. (208)", Refused),
        ("something nobody has seen before", Unavailable),
    ],
)
@pytest.mark.parametrize("connects", [True, False])
def test_what_the_server_says_is_told_with_advice(monkeypatch, says, kind, connects):
    monkeypatch.setitem(sys.modules, "mssql_python", Driverless(f"{says} PWD={PASSWORD}", connects=connects))
    erp = OPTIMA.connect(SERVER, Focus())
    fails_with_advice(erp.check())
    for call in (
        lambda: list(erp.scan_entries(Area.PRODUCT)),
        lambda: list(erp.entries(Area.PRODUCT, [1])),
        lambda: erp.find_entries(Area.PRODUCT, "A"),
        lambda: erp.find("A"),
        lambda: erp.file(1),
        erp.age,
        erp.warehouses,
        lambda: erp.choices(ChoiceKind.WAREHOUSES),
    ):
        fault = fault_of(call, kind)
        assert PASSWORD not in fault.say("pl") + fault.say("en")


def test_a_reading_that_breaks_off_says_so(tmp_path, monkeypatch):
    it = minimal(tmp_path / "server", clock=Ticking(EARLY))
    for number in range(20):
        it.goods.add(Card(code=f"A{number}", name="Woda"))
    erp = over(it)
    passes(erp.check())
    whole = SqlReader.stream

    def breaking(self, statement, parameters=None):
        for place, piece in enumerate(whole(self, statement, parameters)):
            if place and "Twr_Opis" in str(statement):
                raise SqlFailure("other", "the network cable")
            yield piece

    monkeypatch.setattr("pomost.transport.sql.FETCH", 9)
    monkeypatch.setattr(SqlReader, "stream", breaking)
    seen = []
    fault_of(lambda: seen.extend(erp.scan_entries(Area.PRODUCT)), Unavailable)
    it.close()


def test_what_optima_does_not_do_yet_is_unsupported(company):
    erp = over(company)
    for call in (
        lambda: erp.scan(frozenset({Aspect.CARD})),
        lambda: erp.products([1]),
        erp.sight_customers,
        erp.customers,
        lambda: erp.line_cards(["A"], []),
        lambda: erp.find_orders([]),
        lambda: erp.progress([]),
        lambda: erp.send([], "attempt"),
        lambda: erp.choices(ChoiceKind.ORDER_STATUSES),
    ):
        fault_of(call, Unsupported)


LISTS = {
    ChoiceKind.WAREHOUSES: ("1", "Magazyn główny", "MAGAZYN"),
    ChoiceKind.PRICE_LEVELS: ("3", "detaliczna", "PLN"),
    ChoiceKind.GROUPS: ("50", "Okazje", "OKAZJE"),
    ChoiceKind.TRAITS: ("1", "Kraj pochodzenia", "KRAJ"),
    ChoiceKind.CUSTOMER_TRAITS: ("13", "Numer koncesji", "KONCESJA"),
    ChoiceKind.CUSTOMER_GROUPS: ("5", "VIP", ""),
    ChoiceKind.UNITS_IN_USE: ("szt", "szt", ""),
    ChoiceKind.CURRENCIES: ("EUR", "EUR", ""),
    ChoiceKind.OPERATORS: ("ADMIN", "Administrator", ""),
}


@pytest.mark.parametrize("kind", LISTS)
def test_lists_for_settings(company, kind):
    found = over(company).choices(kind)
    assert LISTS[kind] in {(one.id, one.label, one.detail) for one in found}
    assert len({one.id for one in found}) == len(found)
    assert all(one.label for one in found)


def test_warehouses_with_the_shops_own_as_the_main_one(company):
    found = over(company).warehouses()
    assert [one.id for one in found if one.main] == ["1"]
    assert [one.id for one in found] == [one.id for one in over(company).choices(ChoiceKind.WAREHOUSES)]
    assert "6" not in {one.id for one in found}, "the closed warehouse"


def test_stock_of_every_warehouse_where_the_station_says_so(company):
    company.shops.configure(ESS_WyslijStanWszystkieMag=1)
    assert [key for key, _ in over(company).scan_entries(Area.WAREHOUSE)] == [1, 2, 3, 4, 5]
