"""Law 7 for Optima and e-Sklep between real processes: one sleeps through its own takeover, wakes and writes nothing."""

import httpx2
import pytest

from tests.faults.exchange_crossing import open_crossing

_CLOSING = ("/abort", "/heartbeat")


@pytest.fixture(scope="module")
def crossing(tmp_path_factory):
    with open_crossing(tmp_path_factory.mktemp("crossing")) as found:
        yield found


@pytest.fixture(scope="module")
def undisturbed(crossing, sqlite_stores):
    """What the shop shows after a run nobody disturbed."""
    store = sqlite_stores.copy()
    crossing.empty()
    crossing.settle(store, crossing.now)
    state = crossing.state()
    sqlite_stores.drop(store)
    return state


def writes(crossing):
    """Status of every write since the journal was last emptied."""
    told = httpx2.get(f"{crossing.url}/v1/sandbox/journal", timeout=60).json()["entries"]
    return [one["status"] for one in told if one["method"] in {"POST", "PUT"} and not one["path"].endswith(_CLOSING)]


def forget(crossing):
    httpx2.delete(f"{crossing.url}/v1/sandbox/journal", timeout=60).raise_for_status()


@pytest.mark.parametrize("late", [False, True], ids=["before it left", "after its answer"])
@pytest.mark.parametrize("post", [4, 8, 11])
def test_two_processes_meet_and_force_takes_over(crossing, undisturbed, store_url, post, late):
    crossing.empty()
    first = crossing.start(store_url, crossing.now, post=post, late=late, still=True, by="Ania")
    assert first.told()[0] == "still"
    busy, who = crossing.run(store_url, crossing.now, by="Bartek")[1]
    assert (busy, who.partition("#")[0]) == ("Busy", "Ania")
    state, counts = crossing.run(store_url, crossing.now, force=True, hurry=True, by="Celina")[1]
    assert state == "done", counts
    assert crossing.state() == undisturbed
    forget(crossing)
    assert first.wake()[0] == "lost"
    assert writes(crossing) == ([] if late else [409]), "its fence is outdated"
    assert crossing.state() == undisturbed
    assert not [name for name in crossing.settle(store_url, crossing.now) if name.startswith("done.")]


def test_the_shops_fence_names_who_took_over_from_another_installation(crossing, undisturbed, store_url, sqlite_stores):
    """Two installations know nothing of each other's leases: the shop alone keeps them apart."""
    crossing.empty()
    elsewhere = sqlite_stores.copy()
    first = crossing.start(store_url, crossing.now, post=6, still=True, by="Ania")
    assert first.told()[0] == "still"
    busy, who = crossing.run(elsewhere, crossing.now, by="Bartek")[1]
    assert (busy, who.partition("#")[0]) == ("ShopBusy", "Ania")
    third = crossing.start(elsewhere, crossing.now, post=5, still=True, force=True, by="Celina")
    assert third.told()[0] == "still"
    forget(crossing)
    ended, said = first.wake()
    assert ended == "refused"
    assert "przejął Celina" in said
    assert set(writes(crossing)) == {409}
    assert third.wake()[0] == "done"
    assert crossing.state() == undisturbed
    sqlite_stores.drop(elsewhere)
