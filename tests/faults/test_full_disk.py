"""A store that cannot be written: the run ends with a fault, nothing is sent unrecorded, and later it goes on."""

import pytest
from django.db import connection

from pomost.store.database import StoreError
from pomost.store.journal import State
from tests.worlds import World, differences

CARDS = 200


@pytest.fixture
def grown(store):
    """A synchronised world with work for many batches."""
    world = World.of(CARDS)
    world.settle()
    for key in range(1, CARDS + 1):
        world.change(key, main=key, symbol=f"NEW-{key}")
    world.shop.log.clear()
    return world


def fault_of_the_store(call):
    try:
        call()
    except StoreError as error:
        return error
    return None


def pragma(text):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        return cursor.fetchone()


def test_a_full_disk_ends_the_run_and_loses_nothing(grown):
    """The disk has a little more room every time: the run dies while planning, then while sending, then comes through."""
    world, pages, sent, spare = grown, pragma("page_count")[0], [], 0
    while True:
        pragma(f"max_page_count={pages + spare}")
        fault = fault_of_the_store(world.run)
        if fault is None:
            break
        assert "full" in str(fault)
        pragma("max_page_count=1000000")
        known = world.channel().ledger.known([f"p{key}" for key in range(1, CARDS + 1)])
        flying = {change.target.product_id for one in world.channel().journal.in_flight() for change in one.changes}
        for change in world.shop.log:
            if change.target.product_id in flying:
                continue
            one = known[change.target.product_id]
            assert one.doubtful or one.symbol.startswith("NEW"), "what was sent is known or in doubt, never forgotten"
        sent.append(len(world.shop.log))
        spare += 1 + spare // 8
    assert sent[0] == 0, "nothing leaves before it can be written down"
    assert any(0 < count < 3 * CARDS for count in sent), "once the run died in the middle of its sending"
    assert differences(world) == {}
    assert world.channel().ledger.in_doubt() == []
    pragma("max_page_count=1000000")
    log = len(world.shop.log)
    world.run()
    assert len(world.shop.log) == log


def test_a_store_that_may_only_be_read_sends_nothing(grown):
    pragma("query_only=ON")
    with pytest.raises(StoreError, match="readonly"):
        grown.run()
    assert grown.shop.log == []
    pragma("query_only=OFF")
    assert grown.run().run.state == State.DONE
    assert differences(grown) == {}
