"""Sessions with e-Sklep: who holds the shop, what is lost on the way, what waits for a person, what a sweep may take."""

import contextlib
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.change import Part
from pomost.model.policy import GuardPolicy
from pomost.model.subject import Area
from pomost.model.trade import StocksEntry
from pomost.ports.entries import ShopBusy
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.rules.guard import Alarm
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import MAIN, OTHER, POLICY, RETAIL, WHOLESALE, prices, stocks
from tests.end_to_end.test_exchange import live

GUARDED = replace(POLICY, guard=GuardPolicy(share=Decimal("0.20"), floor=2))


def sessions(pair):
    return {one["state"] for one in pair.state("sessions").values()}


def somebody(pair, **more):
    """Another program begins to exchange with the shop."""
    areas = [{"area": "products", "mode": "differential"}]
    wish = {"run_id": "7", "started_by": "manual", "operator": "ADMIN", "host": "KASA-2", "areas": areas, **more}
    headers = {"Authorization": "Bearer klucz-e-sklepu", "Idempotency-Key": str(uuid.uuid4())}
    answer = pair.door.post("/v1/sync-sessions", json=wish, headers=headers)
    assert answer.status_code == 201, answer.text


def test_every_session_is_closed(pair):
    pair.run()
    pair.run(full=True)
    assert sessions(pair) == {"committed"}
    assert pair.state("cursors")["products"]["confirmed_cursor"]


def test_a_preview_opens_no_session_and_its_plan_is_what_is_sent(pair):
    ended = pair.preview()
    assert ended.run.state == State.PLANNED
    assert not pair.state("sessions")
    done = pair.approve()
    assert done.run.pk == ended.run.pk
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert sessions(pair) == {"committed"}


def test_a_late_approval_sends_the_stock_of_now(pair):
    pair.preview()
    pair.publish(Area.STOCKS, 1, stocks("4", "1"))
    pair.approve()
    assert pair.state("stocks")[f"1/{MAIN}"]["quantity"] == "4"


def test_a_shop_held_by_somebody_else_is_asked_about(pair):
    somebody(pair)
    with pytest.raises(ShopBusy) as busy:
        pair.run()
    assert busy.value.holder.operator == "ADMIN"
    assert "KASA-2" in busy.value.say("pl")
    assert not pair.state("products")
    pair.run(force=True)
    assert live(pair.state("products")) == {"1", "2", "3"}


@pytest.fixture
def broken_off(pair):
    """Somebody else's session nobody has heard of for long: it still stands open, and is not alive."""
    somebody(pair)
    pair.door.put("/v1/sandbox/clock", json={"advance_s": 120}).raise_for_status()
    yield pair
    pair.door.put("/v1/sandbox/clock", json={}).raise_for_status()


def test_a_person_is_asked_before_a_broken_off_session_is_taken_over(broken_off):
    """Decision tables 6.2: heartbeat too old, manual: ask; the answer yes takes it over."""
    with pytest.raises(ShopBusy) as busy:
        broken_off.run(manual=True)
    assert (busy.value.holder.operator, busy.value.holder.alive) == ("ADMIN", False)
    assert not broken_off.state("products")
    broken_off.run(manual=True, force=True)
    assert live(broken_off.state("products")) == {"1", "2", "3"}


def test_a_scheduled_run_takes_a_broken_off_session_over(broken_off):
    """Decision tables 6.2: heartbeat too old, scheduler: take over."""
    assert broken_off.run(manual=False).run.state == State.DONE
    assert live(broken_off.state("products")) == {"1", "2", "3"}


def test_a_scheduled_run_leaves_a_living_session_alone(pair):
    somebody(pair)
    with pytest.raises(ShopBusy):
        pair.run(manual=False)
    assert not pair.state("products")


def test_a_session_taken_over_stops_at_once_and_says_by_whom(pair):
    pair.run()
    pair.publish(Area.PRICES, 1, prices("9.00", "1.50", points=1))
    taken: list[bool] = []

    def interrupted(area, keys):
        if area is Area.PRICES and not taken:
            taken.append(True)
            somebody(pair, takeover=True)
        return pair.erp.entries(area, keys)

    with pytest.raises(Refused) as lost:
        pair.run(erp=_Watched(pair.erp, interrupted))
    assert "ADMIN (KASA-2)" in lost.value.say("en")
    assert pair.state("prices")[f"1/{RETAIL}"]["value"] == "1"
    pair.run(force=True)
    assert pair.state("prices")[f"1/{RETAIL}"]["value"] == "9"


class _Watched:
    """An ERP during whose reading something happens."""

    def __init__(self, erp, entries):
        self._erp, self.entries = erp, entries

    def __getattr__(self, name):
        return getattr(self._erp, name)


def test_our_own_broken_session_needs_no_asking(pair):
    pair.faults({"kind": "status", "path_prefix": "/v1/products:batch", "times": None, "status": 503})
    with pytest.raises(Unavailable):
        pair.run()
    pair.faults()
    assert pair.run().run.state == State.DONE
    assert live(pair.state("products")) == {"1", "2", "3"}


@pytest.mark.parametrize("batch", ["groups", "products", "prices", "stocks", "discounts", "file-links"])
@pytest.mark.parametrize("kind", ["lost_after", "lost_before", "half_batch"])
def test_a_lost_answer_ends_like_none(pair, batch, kind):
    pair.discount(10, 8, "10", what=1)
    pair.picture(1, (31, b"obraz 1"))
    pair.faults({"kind": kind, "path_prefix": f"/v1/{batch}:batch", "times": 8})
    with contextlib.suppress(Fault):
        pair.run()
    # The ERP moves on and back while nobody knows what the shop took.
    pair.publish(Area.PRICES, 2, prices("7.00", "2.50", points=2))
    pair.publish(Area.PRICES, 2, prices("2.00", "2.50", points=2))
    pair.faults()
    pair.run()
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert (pair.quote(1), pair.quote(2)) == ("0.90", "2.00")
    assert pair.state("stocks")[f"3/{MAIN}"]["quantity"] == "30"
    assert len(pair.state("file_links")["product:1"]["files"]) == 1
    again = pair.run()
    assert not pair.written(), again.run.counts


def test_a_lost_answer_to_the_commit_is_no_harm(pair):
    pair.faults({"kind": "lost_after", "path_prefix": "/v1/sync-sessions/", "method": "POST", "times": 1})
    assert pair.run().run.state == State.DONE
    pair.run()
    assert not pair.written()


@pytest.mark.parametrize("kinds", [("lost_after", "lost_before"), ("lost_after", "lost_after", "lost_before")])
def test_closings_lost_one_after_the_other_are_no_shop_gone_back(pair, kinds):
    """The shop closed what it never answered, and the next closing did not reach it: it still is at our own doing."""
    pair.run()
    for number, kind in enumerate(kinds, 1):
        pair.publish(Area.PRICES, 1, prices(f"{number}.10", "1.50", points=1))
        pair.faults({"kind": kind, "path_prefix": "/v1/sync-sessions/", "method": "POST", "times": None})
        with pytest.raises(Unavailable):
            pair.run()
        pair.faults()
    ended = pair.run()
    assert (ended.run.state, ended.findings, pair.written()) == (State.DONE, (), {})
    assert pair.quote(1) == f"{len(kinds)}.10"


def test_runs_of_a_part_do_not_make_the_shop_look_gone_back(pair):
    """The shop closes its dictionaries as one, whichever of them a run is about."""
    pair.run()
    for part in (Part.PRICE, Part.STOCK, Part.CUSTOMERS):
        pair.run(parts=frozenset({part}))
        ended = pair.run()
        assert (ended.findings, pair.written()) == ((), {}), part


def test_what_a_price_may_have_become_is_set_right(pair):
    pair.run()
    pair.publish(Area.PRICES, 1, prices("9.00", "1.50", points=1))
    pair.faults({"kind": "lost_after", "path_prefix": "/v1/prices:batch", "times": None})
    with pytest.raises(Unavailable):
        pair.run()
    assert pair.state("prices")[f"1/{RETAIL}"]["value"] == "9"
    pair.faults()
    pair.publish(Area.PRICES, 1, prices("1.00", "1.50", points=1))
    pair.run()
    assert pair.state("prices")[f"1/{RETAIL}"]["value"] == "1"


@pytest.mark.parametrize("kind", ["lost_after", "lost_before"])
def test_every_line_a_doubtful_entry_may_have_is_taken_back(pair, kind):
    """The line that was to go is remembered with those that were to come, whichever of them the shop has."""
    pair.run()
    pair.publish(Area.PRICES, 1, prices("1.10"))
    pair.faults({"kind": kind, "path_prefix": "/v1/prices:batch", "times": None})
    with pytest.raises(Unavailable):
        pair.run()
    pair.faults()
    held = pair.channel().entries.known(Area.PRICES, [1])[1]
    assert (held.doubtful, {line.price_type for line in held.content.lines}) == (True, {RETAIL, WHOLESALE})
    pair.run()
    assert {key for key in live(pair.state("prices")) if key.startswith("1/")} == {f"1/{RETAIL}"}


@pytest.mark.parametrize("kind", ["lost_after", "lost_before"])
def test_every_warehouse_a_doubtful_stock_may_stand_in_goes_to_nought(pair, kind):
    pair.run()
    pair.publish(Area.STOCKS, 1, StocksEntry(stocks("10").lines[:1]))
    pair.faults({"kind": kind, "path_prefix": "/v1/stocks:batch", "times": None})
    with pytest.raises(Unavailable):
        pair.run()
    pair.faults()
    held = pair.channel().entries.known(Area.STOCKS, [1])[1]
    assert (held.doubtful, {line.warehouse for line in held.content.lines}) == (True, {MAIN, OTHER})
    pair.drop(1)
    pair.run()
    assert {key: one["quantity"] for key, one in pair.state("stocks").items() if key.startswith("1/")} == {
        f"1/{MAIN}": "0",
        f"1/{OTHER}": "0",
    }


def test_a_refused_product_is_retried_and_blocks_nothing(pair):
    pair.faults({"kind": "refuse_item", "erp_id": "2", "path_prefix": "/v1/products:batch", "times": None})
    first = pair.run()
    assert first.run.state == State.DONE
    assert live(pair.state("products")) == {"1", "3"}
    assert pair.state("cursors")["products"]["confirmed_cursor"]
    items = {(item.area, item.subject) for item in pair.channel().inbox.items()}
    assert (Area.PRODUCT, "2") in items
    pair.run(full=True)
    assert live(pair.state("products")) == {"1", "3"}
    pair.faults()
    pair.run()
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert pair.quote(2) == "2.00"
    assert not pair.channel().inbox.items()


def test_a_refused_product_that_stands_is_not_swept(pair):
    pair.run()
    pair.sell(2, code="INNY")
    pair.faults({"kind": "refuse_item", "erp_id": "2", "path_prefix": "/v1/products:batch", "times": None})
    pair.run(full=True)
    assert live(pair.state("products")) == {"1", "2", "3"}


def test_withdrawals_over_the_limit_wait_and_everything_else_goes_on(pair):
    pair.policy = GUARDED
    for key in range(4, 11):
        pair.sell(key)
    pair.run()
    for key in range(1, 6):
        pair.drop(key)
    pair.publish(Area.PRICES, 7, prices("7.77", "7.50", points=7))
    ended = pair.run()
    assert (ended.run.state, [stop.alarm for stop in ended.stops]) == (State.WAITING, [Alarm.WITHDRAWN])
    assert len(live(pair.state("products"))) == 10
    assert pair.quote(7) == "7.77"
    assert pair.approve().run.state == State.DONE
    assert len(live(pair.state("products"))) == 5


def test_a_full_run_keeps_what_waits_for_a_person(pair):
    pair.policy = GUARDED
    for key in range(4, 11):
        pair.sell(key)
    pair.run()
    for key in range(1, 6):
        pair.drop(key)
    ended = pair.run(full=True)
    assert ended.run.state == State.WAITING
    assert len(live(pair.state("products"))) == 10
    pair.approve()
    assert len(live(pair.state("products"))) == 5


def test_an_empty_erp_withdraws_nothing_unattended(pair):
    pair.policy = GUARDED
    pair.discount(10, 8, "10", what=1)
    pair.discount(11, 8, "10", what=2)
    pair.run()
    before = {area: pair.state(area) for area in ("products", "discounts", "groups", "prices")}
    published = pair.erp.published
    pair.erp.published = {}
    for full in (False, True):
        ended = pair.run(full=full)
        assert ended.run.state == State.WAITING
        now = {area: pair.state(area) for area in before}
        assert {area: live(held) for area, held in now.items()} == {area: live(held) for area, held in before.items()}
    pair.erp.published = published
    assert pair.run().run.state == State.DONE


def test_more_than_a_person_agreed_to_is_never_swept(pair):
    for key in range(4, 40):
        pair.sell(key)
    pair.run()
    for key in range(10, 40):
        pair.channel().entries.moved_on(Area.PRODUCT, key)
        for area in (Area.PRICES, Area.STOCKS):
            pair.channel().entries.moved_on(area, key)
        pair.drop(key)
    ended = pair.run(full=True)
    assert (ended.run.state, [stop.alarm for stop in ended.stops]) == (State.WAITING, [Alarm.SWEPT])
    assert len(live(pair.state("products"))) == 39
    assert pair.approve().run.state == State.DONE
    assert len(live(pair.state("products"))) == 9


def test_a_shop_that_was_emptied_gets_everything_again(pair):
    pair.run()
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    ended = pair.run()
    assert "SHOP_WENT_BACK" in {str(found.reason) for found in ended.findings}
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert pair.quote(3) == "3.00"
    assert not pair.run().findings


def test_a_protocol_nobody_here_speaks_is_refused(pair):
    pair.door.put("/v1/sandbox/settings", json={"protocol_version": "2.0"})
    with pytest.raises(Refused, match=r"2\.0"):
        pair.run()
    pair.door.put("/v1/sandbox/settings", json={"protocol_version": "1.0"})


def test_an_upload_cut_off_is_sent_again(pair):
    pair.picture(1, (31, b"obraz 1" * 1000))
    pair.faults({"kind": "cut", "path_prefix": "/v1/files/", "method": "PUT", "times": 2})
    pair.run()
    assert len(pair.state("files")) == 1


def test_a_copy_gone_bad_in_the_shop_is_mended_by_a_full_run_with_files(pair):
    pair.picture(1, (31, b"obraz 1"))
    pair.run()
    (digest,) = pair.state("files")
    pair.faults({"kind": "corrupt_file", "sha256": digest})
    pair.faults()
    pair.run(full=True)
    assert "PUT /v1/files/{sha256}" in pair.calls()
