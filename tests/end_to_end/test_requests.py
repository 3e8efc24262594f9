"""What a run asks of the shop: each list once, and nothing of yesterday for whoever asks beside a run."""

from collections import Counter

import pytest

from pomost.model.request import RunRequest
from pomost.model.setting import ChoiceKind
from pomost.runs import offer
from tests.end_to_end.order_stage import with_traits
from tests.end_to_end.stage import CHANNEL, symbol
from tests.end_to_end.town import VIP, enlist, inhabit, people, welcome

MOST = 10


def idle(stage):
    """The requests of a run that finds nothing to do: how often each path was asked for."""
    stage.run()
    stage.shop.requests()
    report = stage.run()
    assert (report.state, report.planned, report.fault) == ("done", 0, None)
    asked = stage.shop.requests()
    assert {method for method, _ in asked} == {"GET"}
    return Counter(path for _, path in asked)


def test_an_idle_run_asks_for_every_list_once(selling):
    """Customers and orders are switched on, and no order waits. Orders are two questions: what waits, what changed.

    Offers are asked for once: what our key wrote and this store does not remember (decision table 8.27).
    """
    selling.save(branches=with_traits(selling))
    asked = idle(selling)
    assert asked == {
        "/v1/account": 1,
        "/v1/unit-types": 1,
        "/v1/branches": 1,
        "/v1/order-statuses": 1,
        "/v1/regions": 1,
        "/v1/customers": 1,
        "/v1/orders": 2,
        "/v1/products": 1,
        "/v1/offers": 1,
    }
    assert asked.total() <= MOST


def test_an_idle_run_of_offers_alone_asks_for_less(settled):
    assert idle(settled).total() <= 6


def test_a_channel_of_stock_alone_reads_the_catalogue_once(settled):
    settled.save(goods={"enabled": False})
    asked = idle(settled)
    twice = {"/v1/offers": 2}  # the shelf, for it has no ledger of goods; and what our key wrote
    assert {path: count for path, count in asked.items() if count > 1} == twice


def test_orders_that_were_taken_do_not_make_the_list_long(selling):
    """They stay in the status they are taken in until it is moved by hand: the list is not read in twenties."""
    selling.save(orders={"feedback": False})
    for _ in range(45):
        selling.place()
    selling.run()
    asked = idle(selling)
    assert asked["/v1/orders"] == 2


def test_orders_that_wait_are_fresh_when_they_are_dealt_with(selling):
    """The first of a page as they stand in the list, the others read once more, each just before its turn."""
    for _ in range(45):
        selling.place()
    selling.shop.requests()
    report = selling.run()
    assert report.counts["done.register"] == 45
    asked = Counter(path for method, path in selling.shop.requests() if method == "GET")
    single = [path for path in asked if path.startswith("/v1/orders/")]
    assert (asked["/v1/orders"], len(single)) == (2, 25)


def test_segments_are_read_once_however_many_are_written(settled):
    inhabit(settled)
    welcome(settled, level1="group", level2="trait", segment_traits=[VIP])
    for number in range(5):
        people(settled).add(f"BAR{number}", nip=f"701000000{number}", street="Nowa", house="1", group=f"Grupa {number}")
        enlist(settled, f"701000000{number}", "Warszawa", "Nowa", "1")
    settled.shop.requests()
    report = settled.run()
    assert report.failed == 0
    asked = settled.shop.requests()
    assert sum(method == "PUT" for method, _ in asked) >= 3
    assert sum((method, path) == ("GET", "/v1/segments") for method, path in asked) == 1


def test_branches_are_read_once_more_only_after_one_was_made(settled):
    settled.save(branches=[*settled.document["branches"], {"id": "SOP", "name": "Sopot", "main_warehouse": "2"}])
    settled.document["branches"][0].pop("extra_warehouses")
    settled.save()
    settled.shop.requests()
    assert settled.run().failed == 0
    asked = Counter(path for method, path in settled.shop.requests() if method == "GET")
    assert asked["/v1/branches"] == 2


@pytest.mark.parametrize("kind", [ChoiceKind.BRANCHES, ChoiceKind.REGIONS, ChoiceKind.ORDER_STATUSES])
def test_whoever_asks_beside_a_run_is_told_what_stands_now(settled, kind):
    settled.shop.requests()
    with settled.pomost._ways.looking(CHANNEL) as channel:
        for _ in range(2):
            channel.shop.choices(kind)
    asked = [path for _, path in settled.shop.requests()]
    assert len(asked) == 2, "lists of settings are asked for anew each time"


def test_a_run_holds_nothing_of_the_run_before(settled):
    """The same connector, run after run: what was read in one is given up at its end."""
    with settled.pomost._ways.looking(CHANNEL) as channel:
        offer.run(channel, RunRequest())
        settled.shop.owner("add_branch", external_id="SOP", name="Sopot")
        assert {one.id for one in channel.shop.branches()} == {"MAG", "KRA", "SOP"}
        settled.company.set_stock(symbol(1), "MAG", 4)
        offer.run(channel, RunRequest())
    assert settled.shop.shelf()[symbol(1)].stock["MAG"] == 4


def test_an_idle_exchange_asks_for_nothing_twice(pair):
    """e-Sklep: the shop, its two dictionaries, and the exchange itself; a full one no list more."""
    pair.run()
    pair.run()
    idle = {
        "GET /v1/shop": 1,
        "GET /v1/dictionaries/{name}": 2,
        "POST /v1/sync-sessions": 1,
        "POST /v1/sync-sessions/{session_id}/commit": 1,
    }
    assert pair.calls() == idle
    pair.run(full=True)
    assert {call: count for call, count in pair.calls().items() if call.startswith("GET")} == dict(
        list(idle.items())[:2]
    )
