"""What a Subiekt GT database can do wrong, and what the connector makes of it."""

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from pomost.conformance.erp import BOTH
from pomost.conformance.expecting import fails_with_advice, fault_of, passes
from pomost.connectors.erp.sql_server import fault_of as meaning_of
from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT, lists
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.connectors.erp.subiekt_gt.translation import is_extended_field
from pomost.model.setting import ChoiceKind
from pomost.ports.erp import Focus
from pomost.ports.fault import Refused, Unavailable
from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt.filling import damaged, minimal, not_subiekt, older_version
from pomost.transport.sql import SqlFailure, SqlReader

PASSWORD = "Tajne.Haslo!7"
SERVER = SubiektSettings("Firma", "KASA\\INSERTGT", "reader", PASSWORD, Driver.MSSQL_PYTHON)
FOCUS = Focus(frozenset({"3"}), frozenset({"1"}), frozenset({"tw_Pole1"}), frozenset({"1"}))


def over(path, focus=FOCUS):
    return SUBIEKT_GT.connect(SubiektSettings(str(path), driver=Driver.SQLITE), focus)


class Driverless:
    """A driver whose connecting or executing ends as the real one's would."""

    def __init__(self, says, *, connects=False):
        self.says, self.connects = says, connects

    def connect(self, *_, **__):
        if not self.connects:
            raise RuntimeError(self.says)
        return SimpleNamespace(cursor=self.cursor, close=lambda: None)

    def cursor(self):
        return SimpleNamespace(execute=self.execute, fetchone=lambda: (1,), close=lambda: None, fetchmany=lambda _: [])

    def execute(self, text, *_):
        if text.startswith("SELECT") and "sys.databases" not in text:
            raise RuntimeError(self.says)


# Texts as SQL Server and its drivers word them.
@pytest.mark.parametrize(
    ("says", "kind", "word"),
    [
        ("Login failed for user 'reader'. (18456)", Refused, "password"),
        pytest.param(
            'Cannot open database "Firma" requested by the login. The login failed. (4060)',
            Refused,
            "Firma",
        ),
        ("TCP Provider: No connection could be made, target machine actively refused it. 08001", Unavailable, "KASA"),
        ("Login timeout expired", Unavailable, "KASA"),
        ("getaddrinfo failed", Unavailable, "KASA"),
        ("something nobody has seen before", Unavailable, "broke off"),
    ],
)
def test_what_the_server_says_is_told_with_advice(monkeypatch, says, kind, word):
    monkeypatch.setitem(sys.modules, "mssql_python", Driverless(f"{says} PWD={PASSWORD}"))
    erp = SUBIEKT_GT.connect(SERVER, FOCUS)
    fails_with_advice(erp.check())
    fault = fault_of(lambda: list(erp.scan(BOTH)), kind)
    assert word in fault.text.en
    assert PASSWORD not in fault.say("pl") + fault.say("en")


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("Lock request time out period exceeded. (1222)", Unavailable),
        ("Transaction was deadlocked on lock resources (1205)", Unavailable),
        ("Invalid column name 'tw_SklepInternet'. (207)", Refused),
        ("Invalid object name 'tw__Towar'. (208)", Refused),
        ("The connection is broken and recovery is not possible", Unavailable),
    ],
)
def test_what_happens_while_reading_is_told_with_advice(monkeypatch, says, kind):
    monkeypatch.setitem(sys.modules, "mssql_python", Driverless(says, connects=True))
    erp = SUBIEKT_GT.connect(SERVER, FOCUS)
    fails_with_advice(erp.check())
    fault_of(lambda: list(erp.scan(BOTH)), kind)
    fault_of(lambda: list(erp.products([1])), kind)
    fault_of(lambda: erp.choices(ChoiceKind.GROUPS), kind)
    fault_of(lambda: erp.find("A"), kind)
    fault_of(erp.warehouses, kind)


def test_a_driver_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "mssql_python", None)
    fault = fault_of(lambda: list(SUBIEKT_GT.connect(SERVER, FOCUS).scan(BOTH)), Refused)
    assert "mssql" in fault.advice.en


def test_every_kind_of_failure_has_a_meaning():
    for kind in ("driver", "login", "database", "table", "column", "locked", "unreachable", "other"):
        fault = fault_of(
            lambda kind=kind: _raise(meaning_of(SqlFailure(kind, "detail"), SERVER, "Subiekt GT")), Refused, Unavailable
        )
        assert fault.text.pl != fault.text.en


def test_another_programs_database_is_recognised(tmp_path):
    not_subiekt(tmp_path / "other.db").dispose()
    erp = over(tmp_path / "other.db")
    fails_with_advice(erp.check())
    fault_of(lambda: list(erp.scan(BOTH)), Refused)


def test_a_file_that_is_no_database_is_recognised(tmp_path):
    (tmp_path / "text.db").write_text("this is no database, only text that is long enough" * 50)
    fails_with_advice(over(tmp_path / "text.db").check())


def test_a_missing_column_is_named(tmp_path):
    damaged(tmp_path / "gt.db").engine.dispose()
    steps = list(over(tmp_path / "gt.db").check())
    fails_with_advice(steps)
    assert "tw__Towar.tw_SklepInternet" in steps[-1].found.pl


def test_an_older_version_is_read(tmp_path):
    old = older_version(tmp_path / "gt.db")
    old.add_product("A", ean="5900000000015")
    erp = over(tmp_path / "gt.db", replace(FOCUS, own_fields=frozenset({"tw_Pole1", "pwd_Liczba01"})))
    passes(erp.check())
    assert [card.symbol for card in erp.products([1])] == ["A"]
    assert len(erp.warehouses()) == 3
    old.engine.dispose()


def test_an_id_that_is_no_number_is_refused():
    for focus in (Focus(price_levels=frozenset({"3); DROP TABLE tw__Towar"})), Focus(warehouses=frozenset({"MAG"}))):
        fault_of(lambda focus=focus: SUBIEKT_GT.connect(SERVER, focus), Refused)


@pytest.mark.parametrize(
    "good", ["pwd_Liczba01", "pwd_Tekst10", "pwd_Fk05", "pwd_Flaga01", "pwd_Data09", "pwd_Kwota02"]
)
def test_columns_of_own_fields_are_let_through(good):
    assert is_extended_field(good)


@pytest.mark.parametrize(
    "bad",
    [
        "pwd_Liczba11",
        "pwd_Liczba1",
        "pwd_Id",
        "pwd_Liczba01; DROP TABLE x",
        "pwd_Liczba01\n",
        "",
        "tw_Pole1",
        "PWD_LICZBA01",
    ],
)
def test_other_names_are_not(bad):
    assert not is_extended_field(bad)


def test_a_column_name_in_the_database_is_never_trusted(tmp_path):
    gt = minimal(tmp_path / "gt.db")
    with gt.engine.begin() as connection:
        row = {"pwp_Id": 99, "pwp_TypObiektu": -14, "pwp_Typ": 2, "pwp_Nazwa": "Zły"}
        connection.execute(sa.insert(common.pw_pole), {**row, "pwp_Pole": "pwd_Id FROM x --"})
    offered = {one.id for one in over(tmp_path / "gt.db").choices(ChoiceKind.OWN_FIELDS)}
    assert "pwd_Liczba01" in offered
    assert not any("--" in one for one in offered)
    bad = over(tmp_path / "gt.db", replace(FOCUS, own_fields=frozenset({"pwd_Id FROM x --", "pwd_Liczba01"})))
    gt.add_product("A")
    assert [dict(card.own_fields) for card in bad.products([1])] == [{"pwd_Liczba01": ""}]
    gt.engine.dispose()


def test_a_field_only_gt_can_explain_is_not_offered(tmp_path):
    gt = minimal(tmp_path / "gt.db")
    with gt.engine.begin() as connection:
        row = {"pwp_Id": 99, "pwp_TypObiektu": -14, "pwp_Pole": "pwd_Fk09", "pwp_Typ": lists.QUERY_FIELD}
        connection.execute(sa.insert(common.pw_pole), {**row, "pwp_Nazwa": "Zapytanie"})
    assert "pwd_Fk09" not in {one.id for one in over(tmp_path / "gt.db").choices(ChoiceKind.OWN_FIELDS)}
    gt.engine.dispose()


def test_letters_of_another_code_page_do_not_stop_the_reading(tmp_path):
    """Text somebody pasted with signs its code page has not: it is read as it is, and the next cards too."""
    gt = minimal(tmp_path / "gt.db")
    gt.add_product("A", name="Woda ga\ufffdzowana \u0142")
    gt.add_product("B", name="Dobra")
    erp = over(tmp_path / "gt.db")
    assert "\ufffd" in next(erp.products([1])).name
    assert [key for key, *_ in erp.scan(BOTH)] == [1, 2]
    gt.engine.dispose()


def test_bytes_nobody_can_decode_spoil_their_own_value_only(tmp_path):
    """Only a file can hold them; the card is still read, with the sign for what could not be."""
    gt = minimal(tmp_path / "gt.db")
    gt.add_product("A")
    gt.add_product("B")
    gt.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "gt.db")) as connection, connection:
        connection.execute("UPDATE tw__Towar SET tw_Nazwa = CAST(X'5A61BF' AS TEXT) WHERE tw_Id = 1")
    assert [key for key, *_ in over(tmp_path / "gt.db").scan(BOTH)] == [1, 2]
    assert ["\ufffd" in card.name for card in over(tmp_path / "gt.db").products([1, 2])] == [True, False]


def test_two_rows_of_own_fields_are_one_card(tmp_path):
    gt = minimal(tmp_path / "gt.db")
    gt.add_product("A", fields={"pwd_Liczba01": Decimal(6)})
    with gt.engine.begin() as connection:
        row = {"pwd_Id": 77, "pwd_TypObiektu": -14, "pwd_IdObiektu": 1, "pwd_Liczba01": Decimal(7)}
        connection.execute(sa.insert(common.pw_dane), row)
    erp = over(tmp_path / "gt.db", replace(FOCUS, own_fields=frozenset({"pwd_Liczba01"})))
    (seen,) = erp.scan(BOTH)
    (card,) = erp.products([1])
    assert (seen[2], seen[3]) == (card.prints.card, card.prints.stock)
    gt.engine.dispose()


def test_a_reading_that_breaks_off_says_so(tmp_path, monkeypatch):
    gt = minimal(tmp_path / "gt.db")
    for number in range(20):
        gt.add_product(f"A{number}")
    gt.engine.dispose()
    whole = SqlReader.stream

    def breaking(self, *facts):
        for place, piece in enumerate(whole(self, *facts)):
            if place:
                raise SqlFailure("other", "the network cable")
            yield piece

    erp = over(tmp_path / "gt.db")
    passes(erp.check())
    monkeypatch.setattr("pomost.transport.sql.FETCH", 9)
    monkeypatch.setattr(SqlReader, "stream", breaking)
    scan, seen = erp.scan(BOTH), []
    fault_of(lambda: _keep(scan, seen), Unavailable)
    assert 0 < len(seen) < 20, "what was read before is handed on, and then it says so"


def _keep(rows, seen):
    seen.extend(row[0] for row in rows)


def _raise(error):
    raise error
