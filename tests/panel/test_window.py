"""The second pair's synchronisation window: what the page enables and what the server answers agree with the rule."""

import itertools
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.model.window import LABELS, REFUSALS, Box, Window
from pomost.panel.models import Event
from pomost.panel.roles import Role
from pomost.runs.session import session
from pomost.store.launches import latest
from tests.end_to_end.optima_stage import CHANNEL, document
from tests.panel.test_work import finished
from tests.panel.visitor import Visitor

SYNC = f"/channels/{CHANNEL}/sync/"
EVERY = [Window(*states) for states in itertools.product((False, True), repeat=len(Box))]
LEGAL = [window for window in EVERY if window.refusal is None]
BOX = re.compile(r'<input type="checkbox" name="box"[^>]*>')


@pytest.fixture
def second(hurt):
    """A channel of the second pair, neither of whose sides is there: the page and the rule ask neither."""
    hurt.pomost.save_channel(document(Path("nie-ma.db"), "http://127.0.0.1:9"), "test")
    return hurt


@pytest.fixture
def held(second):
    """The same while somebody works in it, so that whatever may be started is asked about and nothing starts."""
    with session(CHANNEL, "Hurtownia Pod Mostem", RunRequest(by="anna"), lambda: datetime.now(UTC)):
        yield second


def form(window, work="run"):
    return {"work": work, "window": "on", "box": [box.value for box in Box if window.ticked(box)]}


def attribute(tag, name):
    found = re.search(rf'{name}="([^"]*)"', tag)
    return found[1] if found else ""


class Shown:
    """The boxes of a page, and what its script does with them at a click."""

    def __init__(self, page):
        self.tags = {Box(attribute(tag, "value")): tag for tag in BOX.findall(page.html)}
        self.ticked = {box for box, tag in self.tags.items() if " checked" in tag}
        self.active = {box for box, tag in self.tags.items() if " disabled" not in tag}

    def click(self, window, box):
        ticked = {one for one in Box if window.ticked(one)} ^ {box}
        for word in attribute(self.tags[box], "data-on" if box in ticked else "data-off").split():
            ticked = ticked | {Box(word[1:])} if word[0] == "+" else ticked - {Box(word[1:])}
        return ticked


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_window_opens_as_the_manual_says(second, language):
    page = Visitor(language=language).get(SYNC)
    assert list(Shown(page).tags) == list(Box)
    places = [page.text.index(LABELS[box].into(language)) for box in Box]
    assert places == sorted(places)
    assert Shown(page).ticked == {Box.OFFER, Box.ORDERS}
    assert Shown(page).active == set(Box) - {Box.BINARIES}
    assert 'name="scope"' not in page.html.partition('<h2 id="what">')[2]
    later = Text("Jeszcze nie działa: zamówienia z e-Sklepu są w przygotowaniu.", "Not yet: orders from e-Sklep")
    assert later.into(language) in page.text


def test_whatever_is_ticked_a_click_on_the_page_does_what_the_rule_does(second, owner):
    shown = Shown(owner.get(SYNC))
    assert attribute(shown.tags[Box.BINARIES], "data-needs") == Box.FULL
    assert [box for box in Box if "data-needs" in shown.tags[box]] == [Box.BINARIES]
    for window in EVERY:
        for box in Box:
            if box is Box.BINARIES and not window.binaries_active:
                continue
            after = window.click(box)
            assert shown.click(window, box) == {one for one in Box if after.ticked(one)}, (window, box)


def test_the_server_refuses_exactly_what_the_rule_refuses(held, owner):
    for window in EVERY:
        page = owner.post(SYNC, form(window))
        if window.refusal is None:
            assert page.status == 409, window
            assert "Czy wykonać synchronizację?" in page.text
        else:
            assert page.status == 422, window
            assert f"{REFUSALS[window.refusal].pl} {window.refusal}" in page.text
            assert Shown(page).ticked == {box for box in Box if window.ticked(box)}
    assert latest(CHANNEL) is None


def test_the_question_keeps_the_boxes(held, owner):
    for window in LEGAL:
        page = owner.post(SYNC, form(window, "preview"))
        question = page.html.partition('role="alertdialog"')[2].partition("</section>")[0]
        kept = set(re.findall(r'name="box" value="(\w+)"', question))
        assert Window(**{box.value: box in kept for box in Box}).request() == window.request()
        assert 'name="window" value="on"' in question
        assert 'name="work" value="preview"' in question
        implied = {Box.OFFER} if window.full else set()
        assert Shown(page).ticked == {box for box in Box if window.ticked(box)} | implied


def test_english_readers_are_refused_in_english(held):
    page = Visitor(language="en").post(SYNC, form(Window(stock_only=True)))
    assert "exclude sending the whole offer. only-excludes-offer" in page.text


@pytest.mark.parametrize(
    "asked",
    [
        Window(offer=False, orders=False, stock_only=True, prices_only=True),
        Window(full=True, binaries=True, customers=True),
        Window(full=True, orders=False),
    ],
)
def test_what_is_ticked_is_what_is_started(second, owner, asked):
    sent = owner.post(SYNC, form(asked))
    assert (sent.status, sent.goes_to) == (302, SYNC)
    finished(owner, CHANNEL)
    errand = latest(CHANNEL).errand
    assert (set(errand["parts"]), errand["full"]) == (set(asked.request().parts), asked.full)
    event = Event.objects.get(kind="run", channel=CHANNEL)
    assert event.subject.split(", ") == [box.value for box in Box if asked.ticked(box)]


@pytest.mark.parametrize("boxes", [["robot"], ["offer", "<script>"], ["OFFER"]])
def test_a_box_that_is_none_does_nothing(second, owner, boxes):
    assert owner.post(SYNC, {"work": "run", "window": "on", "box": boxes}).status == 400
    assert latest(CHANNEL) is None


def test_the_first_pair_has_no_window(hurt, owner):
    assert 'name="box"' not in owner.get("/channels/hurt/sync/").html
    assert owner.post("/channels/hurt/sync/", form(Window())).status == 400


def test_a_viewer_sees_no_boxes(second):
    viewer = Visitor(Role.VIEWER)
    assert 'name="box"' not in viewer.get(SYNC).html
    assert viewer.post(SYNC, form(Window())).status == 403


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Przejdź do harmonogramu|nie ma jeszcze własnego"),
        ("en", "Go to the schedule|no schedule of its own yet"),
    ],
)
def test_the_way_to_the_schedule(second, language, words):
    visitor = Visitor(language=language)
    way, there = words.split("|")
    page = visitor.get(SYNC)
    assert way in page.text
    address = re.search(rf'href="([^"]+)">{way}', page.html)[1]
    told = visitor.get(address).text
    assert there in told
    assert f"pomost run {CHANNEL}" in told
    assert visitor.get("/channels/nie-ma/schedule/").status == 404
