"""What the drivers of SQL Server are told: encryption, transactions, and nothing where a password would travel in clear."""

import pytest

from pomost.connectors import ERPS
from pomost.connectors.erp.optima.settings import OptimaSettings
from pomost.connectors.erp.sql_server import Driver, SqlServerSettings, unfit_connection
from pomost.connectors.erp.subiekt_gt.settings import SubiektSettings
from pomost.ports.erp import Aspect, Focus
from pomost.ports.fault import Refused, Unavailable
from tests.connectors.fake_driver import install

MODULES = {Driver.MSSQL_PYTHON: "mssql_python", Driver.PYTHON_TDS: "pytds"}
PASSWORD = "Tajne-Haslo-123"
KINDS = {"subiekt-gt": SubiektSettings, "optima": OptimaSettings}


def settings(erp, driver, encryption, **more):
    given = {"server": "KASA", "login": "pomost", "password": PASSWORD, **more}
    return KINDS[erp](database="Firma", driver=driver, encryption=encryption, **given)


def checked(erp, chosen):
    """The steps of the connector's own check."""
    connector = ERPS[erp].connect(chosen, Focus())
    try:
        return list(connector.check())
    finally:
        connector.close()


@pytest.fixture(params=KINDS)
def erp(request):
    return request.param


@pytest.mark.parametrize("word", ["yes", "strict"])
def test_a_driver_that_does_not_encrypt_refuses_to_be_asked_to(erp, word, monkeypatch):
    """python-tds leaves the word out, so nothing is sent: not the password, not even a call of the driver."""
    driver = install(monkeypatch, "pytds")
    chosen = settings(erp, Driver.PYTHON_TDS, word)
    step = checked(erp, chosen)[-1]
    assert not step.passed
    assert f"„{word}”" in step.found.pl
    assert "mssql-python" in step.advice.en
    assert driver.connected == []
    assert [name for name, _ in ERPS[erp].unfit(chosen)] == ["encryption"]


@pytest.mark.parametrize("driver_name", [Driver.MSSQL_PYTHON, Driver.PYTHON_TDS])
@pytest.mark.parametrize("word", ["", "Yes", "tak", "true", "optional", "no "])
def test_a_word_for_encryption_nobody_knows_is_refused(erp, driver_name, word, monkeypatch):
    driver = install(monkeypatch, MODULES[driver_name])
    chosen = settings(erp, driver_name, word)
    step = checked(erp, chosen)[-1]
    assert not step.passed
    assert f"„{word}”" in step.found.pl
    assert "yes, no, strict" in step.found.en
    assert driver.connected == []
    assert [name for name, _ in ERPS[erp].unfit(chosen)] == ["encryption"]


@pytest.mark.parametrize("word", ["yes", "no", "strict"])
def test_the_recommended_driver_is_told_the_word(word, monkeypatch):
    driver = install(monkeypatch, "mssql_python", rows=[(1,)])
    checked("subiekt-gt", settings("subiekt-gt", Driver.MSSQL_PYTHON, word))
    assert f"Encrypt={{{word}}};" in driver.connected[0]["connection_str"]
    assert list(unfit_connection(settings("subiekt-gt", Driver.MSSQL_PYTHON, word))) == []


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("snapshots", [True, False])
def test_every_statement_stands_outside_a_transaction(name, snapshots, monkeypatch):
    """With a transaction open, SQL Server refuses every statement once snapshots are chosen."""
    driver = install(monkeypatch, MODULES[name], snapshots=snapshots)
    connector = ERPS["subiekt-gt"].connect(settings("subiekt-gt", name, "no"), Focus())
    assert list(connector.scan(frozenset(Aspect))) == []
    assert list(connector.products([1, 2])) == []
    connector.close()
    assert {one["autocommit"] for one in driver.connected} == {True}
    assert driver.asked


def test_a_server_that_refuses_snapshots_in_an_open_transaction_is_told_of(monkeypatch):
    """The fake is as strict as the server: without autocommit nothing is read."""
    driver = install(monkeypatch, "mssql_python")
    connect = driver.connect
    monkeypatch.setattr(driver, "connect", lambda *places, **facts: connect(*places, **{**facts, "autocommit": False}))
    connector = ERPS["subiekt-gt"].connect(settings("subiekt-gt", Driver.MSSQL_PYTHON, "yes"), Focus())
    with pytest.raises((Refused, Unavailable), match="3951"):
        list(connector.scan(frozenset(Aspect)))


def test_a_file_needs_no_encryption():
    assert list(unfit_connection(SqlServerSettings(database="gt.db", driver=Driver.SQLITE, encryption="?"))) == []
