"""Batches a shop accepts and works on elsewhere (contract, sections 0 and 17): followed to their end, or in doubt."""

import uuid

import httpx2
import pytest

from pomost.conformance.expecting import fault_of
from pomost.conformance.shelves import publication, stocked
from pomost.model.branch import ShopBranch
from pomost.model.change import Area, CreateBranch, Subject
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Reason
from pomost.model.request import RunRequest
from pomost.ports.fault import Unavailable
from pomost.runs import offer
from pomost.runs.session import StopAsked
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.store import leases
from pomost.store.journal import State
from tests.connectors.between import Between, Leisurely
from tests.connectors.mstore_shop import served
from tests.connectors.test_esklep_answers import Served, products, send
from tests.end_to_end.esklep_stage import KEY, SHOP
from tests.laws.wired import wire
from tests.worlds import card, differences, ean, listed


@pytest.fixture
def mstore():
    with served() as shop:
        yield shop


def leisurely(mstore, **facts):
    shop = mstore.connect()
    return shop, Leisurely(mstore.shop, shop, **facts)


def test_results_come_once_the_work_is_done(mstore):
    good = mstore.shop.add_product(ean(1), "Towar").id
    shop, between = leisurely(mstore)
    changes = [publication(good, 1), publication("no such product", 2), stocked(good, "MAG", 5)]
    outcomes = list(shop.send(changes, str(uuid.uuid4())))
    assert [type(one) for one in outcomes] == [Done, Failed, Done]
    assert sum(path.startswith("/v1/jobs/") for path in between.reads()) == 6, "asked three times of each batch"
    assert sum(mstore.slept) >= 6.0, "never sooner than after a second"


def test_a_job_that_is_gone_is_sent_again_under_the_same_key_and_taken_once(mstore):
    good = mstore.shop.add_product(ean(1), "Towar").id
    shop, between = leisurely(mstore)
    between.lost = 2
    assert [type(one) for one in shop.send([publication(good, 1)], str(uuid.uuid4()))] == [Done]
    assert (len(between.keys), len(set(between.keys))) == (3, 1)
    assert len(mstore.asked("/v1/offers:batch")) == 1


def test_when_patience_ends_the_fault_says_so_and_nothing_has_an_outcome(mstore):
    good = mstore.shop.add_product(ean(1), "Towar").id
    shop, _ = leisurely(mstore, questions=10**6)
    outcomes = []
    fault = fault_of(lambda: outcomes.extend(shop.send([publication(good, 1)], str(uuid.uuid4()))), Unavailable)
    assert outcomes == []
    assert "still at work" in fault.text.en
    assert "600 s" in fault.text.en
    assert "wciąż nad nimi pracuje" in fault.text.pl


def test_one_resource_that_is_only_accepted_is_in_doubt(mstore):
    """Of one resource nobody can be asked later what became of it: neither done nor refused."""
    shop = mstore.connect()

    class Accepting(Between):
        def answer(self, request, _items):
            answer = self.forward(request)
            return answer if request.method == "GET" else httpx2.Response(202, json={"id": "7", "status": "running"})

    Accepting(mstore.shop, shop)
    made = CreateBranch(Subject(Area.BRANCH, "SOP", "Sopot"), ShopBranch("SOP", "Sopot"))
    (unsure,) = shop.send([made], str(uuid.uuid4()))
    assert (unsure.reason.reason, unsure.retry) == (Reason.SHOP_SILENT, True)
    (again,) = mstore.connect().send([made], str(uuid.uuid4()))
    assert again.reason.reason is Reason.BRANCH_TAKEN, "it was made; a run compares branches first"


def test_e_sklep_may_take_its_time_too():
    with serve(Shop(key=KEY, settings=Settings(**SHOP))) as running:
        esklep = Served(running.url)
        shop = esklep.connect()
        shop._client._sleep = lambda _: None
        between = Leisurely(None, shop)
        assert [type(one) for one in send(shop, *products(900, 901))] == [Done, Done]
        assert len(between.keys) == 1
        between.questions = 10**6
        fault = fault_of(lambda: send(shop, *products(902)), Unavailable)
        assert "still at work" in fault.text.en
        esklep.close()


@pytest.fixture
def world(store):
    """Three cards and a shop that takes its time."""
    with wire(max_batch=50) as wired:
        world = wired.world()
        shop = world.shop.inner
        shop._client._sleep = lambda _: None
        yield world, Leisurely(world.shop.shop, shop)
        shop.close()


def fill(world):
    for key in (1, 2, 3):
        world.erp.put(card(key))
        world.shop.list_products(listed(key))


def test_a_run_waits_for_what_was_accepted(world):
    world, between = world
    fill(world)
    assert world.run().run.state == State.DONE
    assert differences(world) == {}
    before = len(between.keys)
    assert world.run().run.counts == {"catalogue": 3}
    assert len(between.keys) == before


def test_what_is_not_done_in_time_is_in_doubt_and_sent_again(world):
    """Until then an item is neither done nor refused; the run says why it ended."""
    world, between = world
    fill(world)
    between.questions = 10**6
    fault = fault_of(world.run, Unavailable)
    assert "still at work" in fault.text.en
    channel = world.channel()
    assert sorted(channel.ledger.in_doubt()) == [1, 2, 3]
    assert channel.inbox.items() == [], "nothing was refused"
    assert channel.journal.latest(State.BROKEN).fault["en"].startswith("M/store took what was sent")
    between.questions = 1
    assert world.run().run.state == State.DONE
    assert differences(world) == {}
    assert channel.ledger.in_doubt() == []


def test_a_wish_to_stop_is_heard_while_the_shop_takes_its_time(world, monkeypatch):
    """What was answered before stays recorded, what was accepted is in doubt."""
    world, between = world
    fill(world)
    monkeypatch.setattr("pomost.runs.session._LISTEN", 0.0)
    between.questions, asked = 10**6, []

    def sleep(_):
        asked.append(1)
        if len(asked) == 3:
            leases.ask_to_stop(f"channel:{world.name}")

    world.shop.inner._client._sleep = sleep
    with pytest.raises(StopAsked):
        offer.run(world.channel(), RunRequest())
    assert len(asked) < 10
    assert sorted(world.channel().ledger.in_doubt()) == [1, 2, 3]
    between.questions = 0
    world.shop.inner._client._sleep = lambda _: None
    assert world.run().run.state == State.DONE
    assert differences(world) == {}
