"""Runs as processes of their own: started, watched through the store, cut off, asked about, carried out once."""

import os
import signal
import time
from datetime import timedelta

import pytest

from pomost.app import Busy, Errand, Going, LaunchState, Pomost, Refused, SettingsRefused, StopAsked, Work
from pomost.model.change import Part
from pomost.model.reason import Finding, Reason
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.runs import offer
from pomost.runs.session import lease_name, session
from pomost.store import launches, leases
from pomost.store.database import StoreError
from pomost.store.leases import Grip, LeaseLost, Step
from pomost.store.secrets import Vault
from tests.end_to_end.stage import CARDS, CHANNEL
from tests.worlds import World

PATIENCE = 60.0


def wait_for(found, what="it"):
    """Ask until it is so; a process of its own takes a second or two to begin."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        answer = found()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} never came")


def ended(pomost, launch):
    """The launch once it is over."""

    def over():
        now = pomost.activity(CHANNEL).launch
        return now if now is not None and now.id == launch.id and now.state is LaunchState.ENDED else None

    return wait_for(over, "the end")


def test_a_run_is_a_process_of_its_own(stage):
    launch = stage.pomost.start(CHANNEL, Errand(), "anna")
    over = ended(stage.pomost, launch)
    assert (over.said, over.by) == (None, "anna")
    assert over.pid != os.getpid()
    report = stage.pomost.report(CHANNEL, over.run)
    assert (report.state, report.failed, report.owner.partition("#")[0]) == ("done", 0, "anna")
    assert len(stage.shop.active()) == CARDS
    assert stage.pomost.activity(CHANNEL).going is Going.IDLE


def test_a_preview_is_approved_and_rolled_back_by_processes(stage):
    seen = ended(stage.pomost, stage.pomost.start(CHANNEL, Errand(Work.PREVIEW), "anna"))
    planned = stage.pomost.report(CHANNEL, seen.run)
    assert (planned.state, stage.shop.active()) == ("planned", {})
    wrong = Errand(Work.APPROVE, number=planned.number, checksum="0" * 64)
    refused = ended(stage.pomost, stage.pomost.start(CHANNEL, wrong, "anna"))
    assert refused.said.en.startswith("The plan has changed since it was seen.")
    assert refused.said.pl.startswith("Plan zmienił się od czasu podglądu.")
    right = Errand(Work.APPROVE, number=planned.number, checksum=planned.checksum)
    done = ended(stage.pomost, stage.pomost.start(CHANNEL, right, "anna"))
    assert (done.run, done.said) == (planned.number, None)
    assert stage.pomost.report(CHANNEL, planned.number).approved_by == "anna"
    assert len(stage.shop.active()) == CARDS
    undone = ended(stage.pomost, stage.pomost.start(CHANNEL, Errand(Work.ROLLBACK, number=planned.number), "anna"))
    assert stage.pomost.report(CHANNEL, undone.run).rollback_of == planned.number
    assert stage.shop.active() == {}


def test_why_a_run_could_not_begin_is_told_in_both_languages(stage):
    stage.save(goods={"enabled": False}, prices={"enabled": False}, stock={"enabled": False}, branches=[])
    over = ended(stage.pomost, stage.pomost.start(CHANNEL, Errand(), "anna"))
    assert over.run is None
    assert over.said.pl.startswith("Żadna wybrana część nie jest włączona")
    assert over.said.en.startswith("No part asked for is switched on")


def test_a_process_that_is_killed_is_noticed_and_the_next_goes_on(stage):
    stage.shop.fault("slow", seconds=2, method="POST", times=None)
    launch = stage.pomost.start(CHANNEL, Errand(), "anna")
    wait_for(stage.shop.posts, "the first batch")
    running = stage.pomost.activity(CHANNEL)
    assert (running.going, running.by) == (Going.RUNNING, "anna")
    with pytest.raises(Busy) as busy:
        stage.pomost.start(CHANNEL, Errand(), "jan")
    assert (busy.value.same_shop, busy.value.holder.owner.partition("#")[0]) == (True, "anna")
    os.kill(running.launch.pid, signal.SIGKILL)
    stage.shop.clear_faults()
    broken = wait_for(
        lambda: (found := stage.pomost.activity(CHANNEL)).going is Going.BROKEN_OFF and found, "the broken run"
    )
    over = ended(stage.pomost, launch)
    assert "bez słowa" in over.said.pl
    assert broken.run.state in {"planning", "applying"}
    with pytest.raises(Busy):
        stage.pomost.start(CHANNEL, Errand(), "jan")
    again = ended(stage.pomost, stage.pomost.start(CHANNEL, Errand(force=True), "jan"))
    assert stage.pomost.report(CHANNEL, again.run).state == "done"
    assert len(stage.shop.active()) == CARDS


def test_the_store_alone_tells_how_far_a_run_is(world, pomost):
    with session(world.name, world.company, RunRequest(by="anna"), world.clock) as held:
        told = Text("Wysyłanie", "Sending")
        start = world.clock()
        world.clock.now += timedelta(seconds=10)
        for grip in held.grips:
            leases.beat(grip, world.clock(), Step(told, 400, 1000, start))
        found = pomost.activity(world.name)
        assert (found.going, found.by, found.step, found.done, found.total) == (
            Going.RUNNING,
            "anna",
            told,
            400,
            1000,
        )
        assert found.rate == pytest.approx(40, rel=0.01)
        assert found.remaining == pytest.approx(15, rel=0.01)
        assert not found.stopping
        assert pomost.cancel(world.name)
        assert pomost.activity(world.name).stopping
    assert pomost.activity(world.name).going is Going.IDLE


def test_a_run_of_another_channel_of_the_company_is_told(either_store):
    ours, theirs = World(company="Firma"), World(company="Firma")
    pomost = Pomost(Vault(b"k" * 32), clock=ours.clock)
    with session(theirs.name, "Firma", RunRequest(by="jan"), ours.clock):
        found = pomost.activity(ours.name)
        assert (found.going, found.elsewhere.owner.partition("#")[0]) == (Going.IDLE, "jan")
        assert pomost.activity(theirs.name).elsewhere is None


def test_a_lease_without_a_heartbeat_is_a_run_that_broke_off(world, pomost):
    grip = leases.take(lease_name(world.name), "anna#1", "KASA-2", world.clock(), manual=True)
    assert isinstance(grip, Grip)
    assert pomost.activity(world.name).going is Going.RUNNING
    world.clock.now += timedelta(minutes=2)
    found = pomost.activity(world.name)
    assert (found.going, found.host, found.by) == (Going.BROKEN_OFF, "KASA-2", "anna")


def test_an_errand_is_carried_out_once(world, pomost):
    launch = launches.ask(world.name, Errand().as_facts(), "anna", world.clock())
    assert pomost.activity(world.name).going is Going.STARTING
    assert launches.take(launch.id, "here", 1).by == "anna"
    assert launches.take(launch.id, "here", 2) is None
    for number in (launch.id, 999):
        with pytest.raises(Refused):
            pomost.carry_out(number)


@pytest.mark.parametrize(
    ("error", "polish", "english"),
    [
        (ZeroDivisionError(), "Nieoczekiwany błąd Pomostu.", "An unexpected error in Pomost."),
        (StoreError("disk full"), "Nie można zapisać danych Pomostu: disk full.", "cannot be written: disk full."),
        (StopAsked(), "Zatrzymano;", "Stopped;"),
        (LeaseLost("hurt", None), "Synchronizację przejął: ?.", "Taken over by ?."),
        (SettingsRefused((Finding.of(Reason.EAN_MISSING),)), "Wpisz podstawowy kod", "Fill in the primary barcode"),
    ],
)
def test_however_a_started_run_ends_whoever_asked_hears_why(stage, monkeypatch, error, polish, english):
    def end(*_):
        raise error

    monkeypatch.setattr(offer, "run", end)
    launch = launches.ask(CHANNEL, Errand().as_facts(), "anna", stage.pomost._clock())
    with pytest.raises(type(error)):
        stage.pomost.carry_out(launch.id)
    over = stage.pomost.activity(CHANNEL).launch
    assert over.state is LaunchState.ENDED
    assert polish in over.said.pl
    assert english in over.said.en


def test_a_process_that_never_begins_is_given_up(world, pomost):
    launch = launches.ask(world.name, Errand().as_facts(), "anna", world.clock())
    launches.place(launch.id, "elsewhere", 1)
    world.clock.now += timedelta(minutes=2)
    found = pomost.activity(world.name)
    assert (found.going, found.launch.state) == (Going.IDLE, LaunchState.ENDED)
    assert found.launch.said is not None


def test_old_launches_are_forgotten(world):
    for _ in range(60):
        launch = launches.ask(world.name, Errand().as_facts(), "anna", world.clock())
    assert launches.latest(world.name) == launch
    assert launches.launch(world.name, launch.id - 49) is not None
    assert launches.launch(world.name, launch.id - 50) is None


@pytest.mark.parametrize(
    "errand",
    [Errand(), Errand(Work.PREVIEW, frozenset({Part.STOCK}), full=True), Errand(Work.APPROVE, number=7, checksum="ab")],
)
def test_an_errand_survives_its_stored_form(errand):
    assert Errand.of(errand.as_facts()) == errand


def test_without_a_launcher_nothing_is_started(stage):
    quiet = Pomost(stage.pomost._vault)
    with pytest.raises(Refused):
        quiet.start(CHANNEL, Errand(), "anna")
