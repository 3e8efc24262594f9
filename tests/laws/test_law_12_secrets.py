"""Law 12: secrets never appear in logs, exports, errors or the store's file."""

import json
import logging
import sys
import traceback

import pytest
import structlog

from pomost.app import open_pomost
from pomost.app.logs import start_logging
from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.connectors.shop.mstore import MSTORE
from pomost.connectors.shop.mstore.settings import MstoreSettings
from pomost.model.request import RunRequest
from pomost.ports.erp import Aspect, Focus
from pomost.ports.fault import Fault
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.store.database import close_store
from tests.connectors.mstore_shop import KEY, served
from tests.worlds import ean

PASSWORD = "Tajne.Haslo!7"
SCAN = frozenset({Aspect.CARD})


@pytest.fixture
def logs(tmp_path):
    """Everything the program logs at its most talkative, read back from the file."""
    start_logging(tmp_path / "logs", "DEBUG")

    def text():
        return "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "logs").iterdir())

    yield text
    structlog.reset_defaults()
    logger = logging.getLogger("pomost")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = True


@pytest.fixture
def shop():
    with served() as mstore:
        mstore.shop.add_product(ean(1), "Towar 1")
        yield mstore


def told(call):
    """Everything an error may show: its text, its words for people, its whole traceback with causes."""
    try:
        call()
    except Exception as error:  # noqa: BLE001  (any error, whatever its kind)
        words = [error.say("pl"), error.say("en")] if isinstance(error, Fault) else []
        return "\n".join([repr(error), str(error), *words, *traceback.format_exception(error)])
    raise AssertionError("an error was expected")


def document(path, shop, **more):
    return {
        "channel": {"name": "c", "company": "Firma", "erp": "subiekt-gt", "shop": "mstore"},
        "erp": {"database": str(path), "driver": "sqlite", "login": "reader", "password": PASSWORD},
        "shop": {"address": shop.url, "key": KEY, **more},
        "goods": {"enabled": True, "qualification": "all"},
        "prices": {"enabled": True, "level": "3"},
        "stock": {"enabled": True},
        "branches": [{"id": "MAG", "name": "Magazyn", "main_warehouse": "1"}],
    }


@pytest.fixture
def pomost(tmp_path, shop):
    """An opened Pomost with one channel, its log at its most talkative."""
    gt = minimal(tmp_path / "gt.db")
    gt.add_product("A", ean=ean(1))
    opened = open_pomost(tmp_path / "home")
    start_logging(tmp_path / "home" / "logs", "DEBUG")
    opened.save_channel(document(tmp_path / "gt.db", shop), "somebody")
    yield opened
    close_store()
    structlog.reset_defaults()
    gt.engine.dispose()


def kept(tmp_path):
    """Every file of Pomost but the master key, as bytes."""
    return b"".join(
        path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file() and path.name != "master.key"
    )


def test_a_whole_run_shows_no_secret(pomost, tmp_path):
    assert all(step.passed for step in (*pomost.check("c").erp, *pomost.check("c").shop))
    pomost.run("c", RunRequest())
    close_store()
    everything = kept(tmp_path)
    assert b"/v1/offers:batch" in everything, "the log is there"
    assert KEY.encode() not in everything
    assert PASSWORD.encode() not in everything


def test_an_export_shows_no_secret(pomost):
    exported = json.dumps([pomost.export_settings("c"), [str(row) for row in pomost.settings_history("c")]])
    assert "subiekt-gt" in exported
    assert KEY not in exported
    assert PASSWORD not in exported


def test_a_key_pasted_with_the_address_is_a_secret_too(pomost, tmp_path, shop):
    """The manual says to paste the key into the field Adres, so this is what most people will do."""
    pasted = document(tmp_path / "gt.db", shop, address=f"{shop.url}/?key={KEY}", key="")
    pomost.save_channel(pasted, "somebody")
    assert KEY not in json.dumps(pomost.export_settings("c"))
    assert all(step.passed for step in pomost.check("c").shop), "and it still opens the shop"


@pytest.mark.parametrize("kind", ["status", "html", "truncated_json", "wrong_types"])
def test_errors_of_the_shop_show_no_key(shop, logs, kind, monkeypatch):
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    more = {"status": {"status": 500}, "wrong_types": {"fields": ["server_time", "name"]}}
    shop.fault(kind, times=None, **more.get(kind, {}))
    connector = MSTORE.connect(MstoreSettings(shop.url, KEY))
    said = told(lambda: (list(connector.catalogue()), connector.units()))
    assert KEY not in said + logs()
    assert "asked" in logs()


def test_a_refused_key_is_not_shown(shop, logs):
    wrong = "mst_wrong_but_still_secret"
    said = told(lambda: MSTORE.connect(MstoreSettings(f"{shop.url}/?key={wrong}")).units())
    assert wrong not in said + logs()


@pytest.mark.parametrize(
    "address", [f"http://shop.example/?key={KEY}", f"ftp://{KEY}@shop.example/", f"https://:x/{KEY}"]
)
def test_an_address_that_cannot_be_used_shows_no_key(address, logs):
    assert KEY not in told(lambda: MSTORE.connect(MstoreSettings(address)).units()) + logs()


@pytest.mark.parametrize("driver", [Driver.MSSQL_PYTHON, Driver.PYTHON_TDS])
def test_errors_of_the_database_show_no_password(driver, logs, monkeypatch):
    class Talkative:
        """Drivers repeat the connection text in their errors."""

        @staticmethod
        def connect(*places, **facts):
            raise RuntimeError(f"cannot connect with {places} {facts}")

    for module in ("mssql_python", "pytds"):
        monkeypatch.setitem(sys.modules, module, Talkative)
    erp = SUBIEKT_GT.connect(SubiektSettings("Firma", "KASA", "reader", PASSWORD, driver, "no"), Focus())
    with pytest.raises(Fault) as fault:
        list(erp.scan(SCAN))
    assert PASSWORD not in fault.value.say("pl") + fault.value.say("en") + repr(fault.value)
    assert not any(PASSWORD in f"{step.found} {step.advice}" for step in erp.check())
    assert PASSWORD not in logs()


def test_a_password_with_a_brace_is_not_shown_either(monkeypatch):
    """In an ODBC text `}` is doubled, so the text of an error holds another spelling of the password."""
    secret = "Tajne}Haslo"
    monkeypatch.setitem(sys.modules, "mssql_python", type("Driver", (), {"connect": staticmethod(_fail)}))
    erp = SUBIEKT_GT.connect(SubiektSettings("Firma", "KASA", "reader", secret), Focus())
    shown = " ".join(f"{step.found.en}" for step in erp.check())
    assert "Tajne}}Haslo" not in shown


def test_settings_do_not_show_their_secrets():
    assert PASSWORD not in repr(SubiektSettings("Firma", password=PASSWORD))
    assert KEY not in repr(MstoreSettings("https://shop.example", KEY))


def _fail(text, **_):
    raise RuntimeError(text)
