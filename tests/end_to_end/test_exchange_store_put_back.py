"""Our own store of an exchange put back from a copy: e-Sklep's cursors tell it, and both possibilities are named."""

import pytest

from pomost.app.reporting import ended as report_of
from pomost.model.sentences_of_runs import advise, say
from pomost.model.subject import Area
from pomost.store.copies import note_put_back
from pomost.store.database import close_store, open_store
from pomost.store.journal import State
from tests.end_to_end.esklep_stage import Pair, prices
from tests.end_to_end.test_exchange import live


@pytest.fixture(params=["sqlite", "postgresql"])
def copied(request, esklep):
    """A channel on a store of either kind, and how its store is copied and put back."""
    stores = request.getfixturevalue(f"{'postgres' if request.param == 'postgresql' else request.param}_stores")
    first = stores.copy()
    open_store(first)
    pair = Pair(esklep.url)
    pair.door.post("/v1/sandbox/reset").raise_for_status()
    pair.found()
    kept = []

    def copy():
        close_store()
        kept.append(stores.copy(of=first))
        open_store(first)

    def put_back():
        close_store()
        open_store(kept[-1])

    yield pair, copy, put_back
    pair.close()
    close_store()
    for url in (first, *kept):
        stores.drop(url)


def findings(ended):
    return {str(one.reason) for one in ended.findings}


def test_what_was_sent_since_the_copy_is_sent_anew_and_told(copied):
    """Decision table 8.27, where the shop keeps a mark of ours: the cursor each area was last closed with."""
    pair, copy, put_back = copied
    pair.run()
    copy()
    pair.publish(Area.PRICES, 1, prices("9.00", "1.50", points=1))
    pair.sell(4)
    pair.run()
    pair.publish(Area.PRICES, 1, prices("1.00", "1.50", points=1))
    pair.drop(4)
    assert pair.quote(1) == "9.00"
    put_back()
    ended = pair.run(manual=False)
    assert (ended.run.state, findings(ended)) == (State.DONE, {"SHOP_WENT_BACK"})
    assert pair.quote(1) == "1.00"
    assert report_of(ended).needs_a_person, "what the shop has and we do not know goes with a full run alone"
    assert live(pair.state("products")) == {"1", "2", "3", "4"}
    full = pair.run(full=True)
    assert (full.run.state, findings(full)) == (State.DONE, set())
    assert live(pair.state("products")) == {"1", "2", "3"}
    assert not findings(pair.run(manual=False))


def test_the_sentence_blames_neither_side_alone(copied):
    pair, copy, put_back = copied
    pair.run()
    copy()
    pair.sell(4)
    pair.run()
    put_back()
    found = next(one for one in pair.run().findings if str(one.reason) == "SHOP_WENT_BACK")
    assert "sklep i dane Pomostu" in say(found, "pl")
    assert "shop and Pomost's data" in say(found, "en")
    assert "pełną" in advise(found, "pl")
    assert "full run" in advise(found, "en")


def test_a_store_that_knows_it_was_put_back_believes_nothing_though_the_cursors_agree(copied):
    """After `pomost restore`, whatever was done since the copy and left no cursor."""
    pair, copy, put_back = copied
    pair.run()
    copy()
    put_back()
    note_put_back(pair.clock())
    ended = pair.run(manual=False)
    assert findings(ended) == {"STORE_RESTORED"}
    assert {"products", "prices", "stocks"} <= set(pair.written())
    again = pair.run(manual=False)
    assert (findings(again), pair.written()) == (set(), {})
    assert not report_of(again).needs_a_person


def test_a_preview_of_a_store_put_back_tells_it_too(copied):
    pair, copy, put_back = copied
    pair.run()
    copy()
    put_back()
    note_put_back(pair.clock())
    ended = pair.preview()
    assert findings(ended) == {"STORE_RESTORED"}
    assert report_of(ended).planned > 0
