"""An ERP put back from a copy: the whole plan waits for a person, and what was only deleted raises no alarm."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from pomost.model.subject import Area
from pomost.rules.guard import Alarm
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.filling import build
from pomost.store.database import close_store
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import prices
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, OptimaStage
from tests.end_to_end.test_exchange import live

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def restored(pair):
    """Monday's prices are back in the ERP; the shop has Tuesday's."""
    pair.erp.moment = MONDAY
    pair.run()
    pair.erp.moment = MONDAY + timedelta(days=1)
    pair.publish(Area.PRICES, 1, prices("9.00", "1.50", points=1))
    pair.sell(4)
    pair.run()
    pair.publish(Area.PRICES, 1, prices("1.00", "1.50", points=1))
    pair.drop(4)
    pair.erp.moment = MONDAY
    return pair


def waits(pair, ended):
    assert ended.run.state == State.WAITING
    (stop,) = [one for one in ended.stops if one.alarm is Alarm.RESTORED]
    assert not [call for call in pair.calls() if not call.startswith("GET")]
    assert (pair.quote(1), live(pair.state("products"))) == ("9.00", {"1", "2", "3", "4"})
    return stop


@pytest.mark.parametrize("wish", [{"manual": False}, {}, {"full": True}, {"force": True}], ids=str)
def test_the_whole_plan_waits_whoever_runs_it(restored, wish):
    ended = restored.run(**wish)
    stop = waits(restored, ended)
    assert stop.count >= 2, "the price and the product"
    assert str(stop.count) in stop.why.pl
    assert str(stop.count) in stop.why.en
    (found,) = [one for one in ended.findings if str(one.reason) == "ERP_WENT_BACK"]
    assert dict(found.facts) == {"now": "2026-11-23 12:00:00", "before": "2026-11-24 12:00:00"}


def test_an_approval_sends_it_and_the_shop_takes_what_is_older(restored):
    ended = restored.run(manual=False)
    done = restored.approve(ended.run.pk)
    assert done.run.state == State.DONE
    assert (restored.quote(1), live(restored.state("products"))) == ("1.00", {"1", "2", "3"})
    later = restored.run(manual=False)
    assert (later.run.state, later.findings) == (State.DONE, ())
    assert not restored.written()


def test_an_approved_full_plan_is_sent_in_full(restored):
    ended = restored.run(full=True)
    assert restored.approve(ended.run.pk).run.state == State.DONE
    assert live(restored.state("products")) == {"1", "2", "3"}
    assert "full" in str(restored.state("sessions"))


def test_work_in_the_restored_company_answers_for_nobody(restored):
    restored.run(manual=False)
    restored.erp.moment = MONDAY + timedelta(days=3)
    waits(restored, restored.run(manual=False))
    restored.approve()
    assert restored.quote(1) == "1.00"
    assert restored.run(manual=False).run.state == State.DONE


def test_a_preview_asks_too(restored):
    ended = restored.preview()
    assert (ended.run.state, Alarm.RESTORED in {one.alarm for one in ended.stops}) == (State.PLANNED, True)
    waits(restored, restored.run())


def test_a_deletion_that_was_noted_is_no_restored_company(pair):
    pair.erp.moment, pair.erp.buried = MONDAY + timedelta(days=1), 7
    pair.run()
    pair.drop(3)
    pair.erp.moment, pair.erp.buried = MONDAY, 8
    ended = pair.run(manual=False)
    assert (ended.run.state, ended.stops, ended.findings) == (State.DONE, (), ())
    assert live(pair.state("products")) == {"1", "2"}
    pair.erp.moment = MONDAY - timedelta(days=1)
    assert pair.run(manual=False).run.state == State.WAITING, "no deletion since explains this one"


@pytest.fixture
def optima(tmp_path, home):
    """A small Optima company, synchronised once."""
    company = build(tmp_path / "server", products=20, customers=5)
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        one = OptimaStage(home, company, running.url)
        assert one.run().state == "done"
        yield one
        one.close()
        close_store()


def of_the_shop(stage):
    shown = live(stage.state("products"))
    return next(code for code in stage.company.goods.codes() if stage.product(code) in shown)


def test_an_optima_put_back_from_a_copy_waits(optima):
    code = of_the_shop(optima)
    copy = optima.company.back_up()
    optima.company.goods.set_text(code, name="Nazwa po kopii")
    assert optima.run().state == "done"
    optima.company.restore(copy)
    report = optima.run(manual=False)
    assert report.state == "waiting"
    assert "Nazwa po kopii" in str(optima.state("products")[optima.product(code)])
    assert optima.pomost.approve(CHANNEL, report.number, report.checksum, "ktoś").state == "done"
    assert "Nazwa po kopii" not in str(optima.state("products")[optima.product(code)])
    assert optima.run(manual=False).state == "done"


@pytest.mark.parametrize("noted", [True, False], ids=["tombstone", "none"])
def test_deleting_what_changed_last_in_optima_is_told_apart_by_its_tombstone(optima, noted):
    code = of_the_shop(optima)
    key = optima.product(code)
    optima.company.goods.rename(code, "Zmieniony ostatnio")
    assert optima.run().state == "done"
    optima.company.goods.delete(code)
    if not noted:
        with closing(sqlite3.connect(optima.company.company_file)) as books, books:
            books.execute("DELETE FROM UsunieteObiekty")
    report = optima.run(manual=False)
    assert report.state == ("done" if noted else "waiting")
    assert (key in live(optima.state("products"))) is not noted
