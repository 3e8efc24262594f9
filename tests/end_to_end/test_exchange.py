"""Exchanges with e-Sklep: from the ERP's offer to what shoppers see, and only what differs the next time."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pomost.model.change import Part
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.store.journal import State
from pomost.store.models import Channel
from tests.end_to_end.esklep_stage import DRINKS, FOOD, MAIN, RETAIL, ROOT, prices, product, stocks


def live(held):
    return {key for key, one in held.items() if one["state"] == "published"}


def test_the_offer_reaches_the_storefront(pair):
    ended = pair.run()
    assert (ended.run.state, ended.run.fault) == (State.DONE, None)
    assert live(pair.state("groups")) == {str(ROOT), str(DRINKS), str(FOOD)}
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert pair.state("products")["2"]["texts"][0]["name"] == "Towar 2"
    assert pair.state("prices")[f"2/{RETAIL}"]["value"] == "2"
    assert pair.state("prices")[f"2/{RETAIL}"]["loyalty_points"] == 2
    assert pair.state("stocks")[f"3/{MAIN}"]["quantity"] == "30"
    assert pair.quote(3) == "3.00"


def test_a_second_run_has_nothing_to_send(pair):
    pair.run()
    ended = pair.run()
    assert ended.run.state == State.DONE
    assert not [name for name in ended.run.counts if name.startswith(("plan.", "done.", "failed."))]
    assert not [call for call in pair.calls() if call.endswith(":batch")]


def test_only_what_differs_is_sent(pair):
    pair.run()
    pair.publish(Area.PRICES, 2, prices("2.99", "2.50", points=2))
    pair.publish(Area.STOCKS, 3, stocks("29", "3"))
    ended = pair.run()
    assert {name: count for name, count in ended.run.counts.items() if name.startswith("done.")} == {
        "done.prices": 1,
        "done.stocks": 1,
    }
    entries = pair.written()
    assert entries == {"prices": [f"2/{RETAIL}"], "stocks": [f"3/{MAIN}"]}
    assert pair.quote(2) == "2.99"


def test_a_product_no_longer_published_is_withdrawn(pair):
    pair.run()
    pair.drop(2)
    ended = pair.run()
    assert ended.run.state == State.DONE
    assert live(pair.state("products")) == {"1", "3"}
    assert pair.state("stocks")[f"2/{MAIN}"]["quantity"] == "0"
    pair.run()
    assert not pair.written()


def test_a_code_may_pass_to_another_product(pair):
    pair.run()
    pair.drop(2)
    pair.sell(7, code="T2")
    ended = pair.run()
    assert not ended.run.counts.get("failed.product")
    assert live(pair.state("products")) == {"1", "3", "7"}


def test_rules_keep_back_what_cannot_be_sold_and_the_rest_goes_on(pair):
    pair.publish(Area.PRODUCT, 1, product(1, default_group=None))
    pair.publish(Area.PRODUCT, 2, product(2, default_group=ROOT))
    pair.sell(4, availability="")
    ended = pair.run()
    assert live(pair.state("products")) == {"3"}
    reasons = {item.subject: item.findings[0].reason for item in pair.channel().inbox.items()}
    assert reasons == {
        "1": "DEFAULT_GROUP_MISSING",
        "2": "DEFAULT_GROUP_IS_ROOT",
        "4": "AVAILABILITY_MISSING",
    }
    assert ended.run.state == State.DONE
    pair.publish(Area.PRODUCT, 1, product(1))
    pair.run()
    assert live(pair.state("products")) == {"1", "3"}
    assert pair.quote(1) == "1.00"
    assert "1" not in {item.subject for item in pair.channel().inbox.items()}


def test_everything_else_of_an_offer_arrives(pair):
    pair.customer(5)
    pair.discount(10, 8, "10", what=1)
    pair.discount(11, 6, "20", who=5, what=2)
    pair.bundle(20, 1, 2, 3)
    pair.picture(1, (31, b"obraz 1"), (32, b"obraz 2"))
    ended = pair.run()
    assert (ended.run.state, ended.run.fault) == (State.DONE, None)
    assert not [name for name in ended.run.counts if name.startswith("failed.")], ended.run.counts
    assert (pair.quote(1), pair.quote(2), pair.quote(2, customer=5)) == ("0.90", "2.00", "1.60")
    assert live(pair.state("bundles")) == {"20"}
    assert [link["position"] for link in pair.state("file_links")["product:1"]["files"]] == [1, 2]
    assert len(pair.state("files")) == 2


def test_pictures_that_did_not_change_do_not_travel(pair):
    pair.picture(1, (31, b"obraz 1"), (32, b"obraz 2"))
    pair.run()
    pair.picture(1, (32, b"obraz 2"), (31, b"obraz 1"))
    pair.erp.stored_files.clear()
    pair.run()
    calls = pair.calls()
    assert calls.get("POST /v1/file-links:batch") == 1
    assert "PUT /v1/files/{sha256}" not in calls


def test_two_pictures_with_the_same_bytes_travel_once_and_both_stand(pair):
    pair.picture(1, (31, b"ten sam obraz"), (32, b"ten sam obraz"))
    pair.picture(2, (33, b"ten sam obraz"))
    pair.run()
    assert pair.calls().get("PUT /v1/files/{sha256}") == 1
    links = pair.state("file_links")
    assert [len(links[f"product:{key}"]["files"]) for key in (1, 2)] == [2, 1]
    # The shop loses its copy, and of the two files one can be read no more: the other still brings the bytes.
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    del pair.erp.stored_files[31]
    pair.run()
    assert pair.calls().get("PUT /v1/files/{sha256}") == 1
    assert [one["position"] for one in pair.state("file_links")["product:1"]["files"]] == [2]
    assert len(pair.state("file_links")["product:2"]["files"]) == 1


def test_a_picture_that_cannot_be_read_leaves_the_others(pair):
    pair.picture(1, (31, b"obraz 1"), (32, b"obraz 2"))
    del pair.erp.stored_files[31]
    ended = pair.run()
    assert ended.run.state == State.DONE
    assert len(pair.state("file_links")["product:1"]["files"]) == 1
    assert [item.findings[0].reason for item in pair.channel().inbox.items()] == ["FILE_UNREADABLE"]
    pair.erp.stored_files[31] = b"obraz 1"
    pair.run()
    assert len(pair.state("file_links")["product:1"]["files"]) == 2
    assert not pair.channel().inbox.items()


def test_stock_alone_and_prices_alone_touch_nothing_else(pair):
    pair.run()
    pair.drop(1)
    pair.sell(9)
    pair.publish(Area.PRICES, 2, prices("5.00", "2.50", points=2))
    pair.publish(Area.STOCKS, 2, stocks("7", "2"))
    pair.run(parts=frozenset({Part.STOCK}))
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert pair.written() == {"stocks": [f"2/{MAIN}"]}
    pair.run(parts=frozenset({Part.PRICE}))
    assert pair.written() == {"prices": [f"2/{RETAIL}"]}
    pair.run()
    assert live(pair.state("products")) == {"2", "3", "9"}


def test_a_forced_run_changes_nothing_on_a_synchronised_shop(pair):
    pair.run()
    before = {area: pair.state(area) for area in ("products", "prices", "groups")}
    ended = pair.run(full=True)
    assert (ended.run.state, ended.run.fault) == (State.DONE, None)
    for area, held in before.items():
        now = pair.state(area)
        assert {key: bare(one) for key, one in now.items()} == {key: bare(one) for key, one in held.items()}


def test_a_forced_run_sweeps_what_nobody_knows(pair):
    pair.run()
    forgotten = pair.channel()
    forgotten.entries.moved_on(Area.PRODUCT, 2)
    pair.drop(2)
    pair.run()
    assert live(pair.state("products")) == {"1", "2", "3"}
    pair.run(full=True)
    assert live(pair.state("products")) == {"1", "3"}


def bare(one):
    return {name: value for name, value in one.items() if name not in {"stamp", "updated_at"}}


def test_money_is_compared_exactly(pair):
    pair.publish(Area.PRICES, 1, prices("1.0000", "1.50", points=1))
    pair.run()
    pair.publish(Area.PRICES, 1, prices("1.00", "1.50", points=1))
    pair.run()
    assert Decimal(pair.state("prices")[f"1/{RETAIL}"]["value"]) == 1


def set_back(pair, hours):
    """The shop's clock, moved by so many hours."""
    moved = datetime.now(UTC) - timedelta(hours=hours)
    pair.door.put("/v1/sandbox/clock", json={"now": moved.isoformat().replace("+00:00", "Z")}).raise_for_status()


def on_hand(pair, key):
    return {
        place: Decimal(one["quantity"]) for place, one in pair.state("stocks").items() if place.startswith(f"{key}/")
    }


@pytest.mark.parametrize("lost", [False, True], ids=["remembered", "memory lost"])
def test_stock_goes_out_though_the_shops_clock_went_back(pair, lost):
    """Decision table 8.20, the other shop: `as_of` plays the stamp of stock, and is never below the last confirmed."""
    pair.clock.now = datetime.now(UTC)
    pair.run()
    set_back(pair, 1)
    if lost:
        Channel.objects.filter(name=pair.name).update(stock_as_of=None)
    findings = []
    for quantity in (7, 8):
        pair.publish(Area.STOCKS, 1, stocks(str(quantity), "1"))
        ended = pair.run()
        assert (ended.run.state, ended.run.counts.get("failed.stocks", 0)) == (State.DONE, 0)
        assert max(on_hand(pair, 1).values()) == quantity
        assert pair.calls()["POST /v1/stocks:batch"] == (2 if lost and quantity == 7 else 1)
        findings += [one.reason for one in ended.findings]
    assert findings == [Reason.SHOP_CLOCK_BACK], "told once"


def test_stock_somebody_else_read_later_is_out_of_date_and_sent_again(pair):
    """Two installations that know nothing of each other: the later reading stays until ours is the later one."""
    pair.run()
    Channel.objects.filter(name=pair.name).update(stock_as_of=None)
    pair.publish(Area.STOCKS, 1, stocks("7", "1"))
    pair.clock.now -= timedelta(hours=2)
    ended = pair.run()
    assert ended.run.counts["failed.stocks"] == 1
    assert len(pair.channel().inbox.items(Reason.OUTDATED)) == 1
    pair.clock.now += timedelta(hours=3)
    assert pair.run().run.counts.get("failed.stocks", 0) == 0
    assert max(on_hand(pair, 1).values()) == 7
