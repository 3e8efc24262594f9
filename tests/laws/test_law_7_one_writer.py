"""Law 7: two runs of one channel never both write, and two channels do not wait for each other."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest

from pomost.conformance.hostile import WrappedShop
from pomost.model.change import Change
from pomost.model.outcome import Outcome
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.ports.shop import ShopConnector
from pomost.runs import offer
from pomost.runs.session import Busy, StopAsked
from pomost.store import leases
from pomost.store.database import close_store
from pomost.store.journal import State
from pomost.store.leases import LeaseLost
from tests.worlds import World, differences

PATIENCE = 20  # seconds before a hung test gives up; nothing waits for it to pass


class Standing(WrappedShop):
    """Stands still after the first change took effect, until told to go on."""

    def __init__(self, inner: ShopConnector) -> None:
        super().__init__(inner)
        self.reached, self.go_on = threading.Event(), threading.Event()

    def send(self, changes: Sequence[Change], attempt: str) -> Iterator[Outcome]:
        for outcome in self.inner.send(changes, attempt):
            self.reached.set()
            assert self.go_on.wait(PATIENCE)
            yield outcome


class Beside:
    """A call in a thread of its own, with its result or its error."""

    def __init__(self, call: Callable[[], object]) -> None:
        self.error: BaseException | None = None
        self._call = call
        self._thread = threading.Thread(target=self._do, daemon=True)
        self._thread.start()

    def _do(self) -> None:
        try:
            self._call()
        except BaseException as error:  # noqa: BLE001  (handed to the test, whatever it is)
            self.error = error
        finally:
            close_store()

    def ended(self) -> BaseException | None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.error


@pytest.fixture
def standing(either_store):
    """A world whose first run stands in the middle of its first batch."""
    world = World.of(4)
    shop = Standing(world.shop)
    run = Beside(lambda: world.run(shop=shop))
    assert shop.reached.wait(PATIENCE)
    yield world, shop, run
    shop.go_on.set()
    run.ended()


def test_a_second_run_is_told_who_is_working(standing):
    world, shop, run = standing
    with pytest.raises(Busy) as busy:
        world.run()
    holder = busy.value.holder
    assert holder.alive
    assert holder.owner
    assert holder.host
    assert holder.started < world.clock()
    assert busy.value.same_shop
    shop.go_on.set()
    assert run.ended() is None
    assert differences(world) == {}


def test_a_scheduled_run_gives_way_even_with_force(standing):
    world, _, _ = standing
    with pytest.raises(Busy):
        world.run(manual=False, force=True)


def test_force_takes_over_and_the_older_run_records_nothing_more(standing, monkeypatch):
    world, shop, run = standing
    patient = World.__dict__["channel"]
    hurried = type("Hurried", (), {"__call__": lambda _: world.clock() + timedelta(seconds=next(seconds))})
    seconds = iter(range(0, 100_000, 31))
    channel = patient(world)
    object.__setattr__(channel, "clock", hurried())
    monkeypatch.setattr("pomost.runs.session.time.sleep", lambda _: None)
    ended = offer.run(channel, RunRequest(force=True))
    assert ended.run.state == State.DONE
    log = len(world.shop.log)
    known = channel.ledger.known([f"p{key}" for key in range(1, 5)])
    shop.go_on.set()
    assert isinstance(run.ended(), LeaseLost)
    assert channel.ledger.known(known) == known
    later = world.shop.log[log:]
    assert {one.target.product_id for one in later} <= {"p1", "p2", "p3", "p4"}
    assert len(later) < 4, "only what was on its way may still arrive"
    assert differences(world) == {}


@pytest.mark.parametrize(
    "step, time",
    [("The shop's catalogue", 1), ("Decisions", 1), ("Decisions", 2), ("Sending", 1), ("Sending", 2)],
)
def test_a_run_taken_over_between_two_steps_sends_and_settles_nothing_more(store, step, time):
    world = World.of(600)  # two pieces to decide about
    left, held = iter(range(time - 1, -1, -1)), []

    def take_over(now: Text, done: int, total: int | None) -> None:
        if now.en == step and next(left, None) == 0:
            name = f"channel:{world.name}"
            held.append(leases.take(name, "another", "elsewhere", world.clock(), manual=True, force=True))
            held.append((len(world.shop.log), world.channel().sightings.due_count()))

    with pytest.raises(LeaseLost):
        offer.run(world.channel(), RunRequest(), take_over)
    grip, (sent, due) = held
    assert len(world.shop.log) == sent == world.channel().ledger.standing()
    assert world.channel().sightings.due_count() >= due
    leases.release(grip)
    assert world.run().run.state == State.DONE
    assert differences(world) == {}


def test_a_run_that_is_asked_to_stop_stops_at_its_next_item(either_store, monkeypatch):
    monkeypatch.setattr(leases, "BEAT", timedelta(milliseconds=1))
    world = World.of(60)
    shop = Standing(world.shop)
    heard = threading.Event()
    beat = leases.beat

    def beat_and_tell(*facts: object) -> bool:
        asked = beat(*facts)
        if asked:
            heard.set()
        return asked

    monkeypatch.setattr(leases, "beat", beat_and_tell)
    run = Beside(lambda: world.run(shop=shop))
    assert shop.reached.wait(PATIENCE)
    leases.ask_to_stop(f"channel:{world.name}")
    assert heard.wait(PATIENCE)
    shop.go_on.set()
    assert isinstance(run.ended(), StopAsked)
    assert len(world.shop.log) <= world.shop.can.batch
    assert world.run().run.state == State.DONE
    assert differences(world) == {}


def test_another_channel_does_not_wait(standing):
    """The first run stands in the middle of a send; a long transaction of its would block this one."""
    other = World.of(30)
    assert other.run().run.state == State.DONE
    assert differences(other) == {}


def test_manual_runs_of_one_company_are_never_beside_each_other(standing):
    world, _, _ = standing
    sister = World(company=world.company)
    with pytest.raises(Busy) as busy:
        sister.run(force=True)
    assert not busy.value.same_shop
    assert sister.run(manual=False).run.state == State.DONE, "a scheduled run of another shop goes on"
    assert leases.holder(f"channel:{sister.name}", world.clock()) is None
