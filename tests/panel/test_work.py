"""Screens of work: synchronisation, history, changes, approval, rollback; empty, one, many, wrong, forbidden."""

import csv
import io
import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from pomost.app import ChangeFilter
from pomost.model.request import RunRequest
from pomost.model.text import Text
from pomost.panel.models import Event
from pomost.panel.roles import Role
from pomost.runs.session import lease_name, session
from pomost.store import leases
from pomost.store.leases import Step
from tests.end_to_end.stage import CARDS, CHANNEL, symbol
from tests.panel.visitor import Visitor

SYNC = f"/channels/{CHANNEL}/sync/"
STATE = f"{SYNC}state/"
RUNS = f"/channels/{CHANNEL}/runs/"
EVERY = (
    SYNC,
    STATE,
    RUNS,
    f"/channels/{CHANNEL}/errors/",
    f"/channels/{CHANNEL}/explain/",
    f"/channels/{CHANNEL}/orders/",
)
PATIENCE = 60
_ALL = ChangeFilter()


def finished(visitor, channel=CHANNEL):
    """The state once nothing goes on any more; a started run is a process of its own."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page = visitor.get(f"/channels/{channel}/sync/state/")
        if "every 1s" not in page.html:
            return page
        time.sleep(0.1)
    raise AssertionError(page.text)


def approval(visitor, number):
    """What the button of approval sends."""
    page = visitor.get(f"{RUNS}{number}/")
    return {"work": "approve", "number": str(number), "checksum": page.value_of("checksum")}


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_screens_of_a_channel_nothing_happened_in(hurt, address, language):
    page = Visitor(language=language).get(address)
    assert page.status == 200
    assert "{%" not in page.html
    assert "None" not in page.text


@pytest.mark.parametrize("address", EVERY)
def test_nobody_sees_anything_without_signing_in(hurt, address):
    assert Visitor(role=None).get(address).status == 302
    part = Visitor(role=None).get(address, headers={"HX-Request": "true"})
    assert part.status == 401


@pytest.mark.parametrize("address", [one.replace(CHANNEL, "nie-ma") for one in EVERY])
def test_a_channel_that_is_not_there_is_told(owner, address):
    page = owner.get(address)
    assert page.status == 404
    assert "Nie ma kanału" in page.text


def test_a_run_from_the_window_to_its_end(hurt, owner):
    assert "jeszcze nie synchronizowano" in owner.get(SYNC).text
    sent = owner.post(SYNC, {"work": "run", "scope": ""})
    assert (sent.status, sent.goes_to) == (302, SYNC)
    page = finished(owner)
    assert f"Wykonano: {CARDS * 3}. Błędne: 0." in page.text
    assert len(hurt.shop.active()) == CARDS
    number = hurt.pomost.history(CHANNEL)[0].number
    assert "owner-pl" in owner.get(RUNS).text
    run = owner.get(f"{RUNS}{number}/")
    assert f"wystawienie {CARDS} {CARDS} 0" in run.text
    assert "1,00 PLN netto" in run.text
    assert Event.objects.filter(kind="run", who="owner-pl", channel=CHANNEL).exists()


def test_a_preview_is_seen_and_approved(hurt, owner):
    owner.post(SYNC, {"work": "preview"})
    page = finished(owner)
    assert "36 zmian czeka na obejrzenie" in page.text
    number = hurt.pomost.history(CHANNEL)[0].number
    seen = owner.get(f"{RUNS}{number}/")
    assert "niczego jeszcze nie wysłano" in seen.text
    assert hurt.shop.active() == {}
    owner.post(SYNC, approval(owner, number))
    finished(owner)
    assert len(hurt.shop.active()) == CARDS
    assert "zatwierdził owner-pl" in owner.get(f"{RUNS}{number}/").text


def test_a_preview_that_was_applied_meanwhile_is_not_applied_again(hurt, owner):
    planned = hurt.preview()
    form = approval(owner, planned.number)
    hurt.approve(planned)
    hurt.shop.posts()
    owner.post(SYNC, form)
    page = finished(owner)
    assert "Nie ma planu, który czeka na zatwierdzenie." in page.text
    assert hurt.shop.posts() == []
    assert 'name="checksum"' not in owner.get(f"{RUNS}{planned.number}/").html


def test_what_the_guard_holds_back_is_shown_with_examples_and_approved(hurt, owner):
    hurt.save(guard={"share": "0.20", "floor": 1})
    hurt.run()
    for number in (1, 2, 3, 4):
        hurt.company.remove_trait(symbol(number), "MSTORE")
    waiting = hurt.run()
    assert "Zobacz i zatwierdź" in owner.get(SYNC).text
    page = owner.get(f"{RUNS}{waiting.number}/")
    assert "Nietypowe zmiany czekają na Twoją decyzję" in page.text
    assert "wycofanie 4 z 12 towarów; bez zatwierdzenia najwyżej 2." in page.text
    assert symbol(4) in page.text
    owner.post(SYNC, approval(owner, waiting.number))
    finished(owner)
    assert len(hurt.shop.active()) == CARDS - 4


def test_a_run_is_rolled_back_from_its_history(hurt, owner):
    first = hurt.run()
    question = owner.get(f"{RUNS}{first.number}/rollback/")
    assert "Stany, oddziały i kontrahenci zostają" in question.text
    owner.post(SYNC, {"work": "rollback", "number": str(first.number)})
    finished(owner)
    assert hurt.shop.active() == {}
    assert f"cofnięcie nr {first.number}" in owner.get(RUNS).text
    owner.post(f"/channels/{CHANNEL}/errors/")
    hurt.run()
    assert len(hurt.shop.active()) == CARDS


def running(hurt, owner_name="anna"):
    company = hurt.document["channel"]["company"]
    return session(CHANNEL, company, RunRequest(by=owner_name), lambda: datetime.now(UTC))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ("Synchronizacja trwa", "anna", "Wysyłanie : 1\xa0200 / 4\xa0000", "Tempo", "na sekundę")),
        ("en", ("A synchronisation is under way", "anna", "Sending : 1,200 / 4,000", "Rate", "a second")),
    ],
)
def test_progress_is_told_and_asked_for_every_second(hurt, language, words):
    visitor = Visitor(language=language)
    with running(hurt) as held:
        now = datetime.now(UTC)
        for grip in held.grips:
            leases.beat(grip, now, Step(Text("Wysyłanie", "Sending"), 1200, 4000, now - timedelta(seconds=10)))
        page = visitor.get(STATE)
        for one in words:
            assert one.replace("\xa0", " ") in page.text.replace("\xa0", " "), page.text
        assert "every 1s" in page.html
        assert 'max="4000" value="1200"' in page.html
        assert "23 s" in page.text or "24 s" in page.text
        figures = visitor.get(f"{STATE}?seen=running")
        assert figures.html.lstrip().startswith('<div id="progress"')
        assert "HX-Retarget" not in figures.answer.headers
    ended = visitor.get(f"{STATE}?seen=running")
    assert ended.answer.headers["HX-Retarget"] == "#state"
    assert "every 1s" not in visitor.get(STATE).html


def test_another_run_is_asked_about_with_the_manuals_question(hurt, owner):
    with running(hurt):
        page = owner.post(SYNC, {"work": "run", "scope": "stock", "full": "on"})
        assert page.status == 409
        assert "Synchronizacja danych odbywa się na innym stanowisku lub poprzez automat" in page.text
        assert "uruchomił ją anna" in page.text
        assert 'name="force" value="on"' in page.html
        assert 'name="scope" value="stock"' in page.html
        assert "Czy wykonać synchronizację?" in page.text
    assert hurt.pomost.history(CHANNEL) == []


def test_a_run_that_broke_off_is_told_and_goes_on(hurt, owner):
    long_ago = datetime.now(UTC) - timedelta(minutes=10)
    leases.take(lease_name(CHANNEL), "anna#1", "KASA-2", long_ago, manual=True)
    page = owner.get(SYNC)
    assert "Synchronizacja została przerwana" in page.text
    assert "KASA-2" in page.text
    asked = owner.post(SYNC, {"work": "run"})
    assert "została niepoprawnie przerwana" in asked.text
    assert "Nowa synchronizacja dokończy to, co przerwano." in asked.text
    owner.post(SYNC, {"work": "run", "force": "on"})
    finished(owner)
    assert len(hurt.shop.active()) == CARDS


def test_a_run_is_stopped(hurt, owner):
    with running(hurt):
        assert owner.post(f"{SYNC}cancel/").goes_to == SYNC
        assert "zatrzymuje się" in owner.get(STATE).text
    assert owner.post(f"{SYNC}cancel/").status == 302


def test_why_a_run_ended_before_it_began_is_told(hurt, owner):
    hurt.save(goods={"enabled": False}, prices={"enabled": False}, stock={"enabled": False}, branches=[])
    owner.post(SYNC, {"work": "run"})
    assert "Żadna wybrana część nie jest włączona w ustawieniach." in finished(owner).text


@pytest.mark.parametrize(
    "fields",
    [
        {"work": "format c:"},
        {"work": ""},
        {},
        {"work": "run", "scope": "all'--"},
        {"work": "approve", "number": "1e9"},
        {"work": "approve", "number": "9" * 50},
        {"work": "approve", "checksum": "<script>"},
        {"work": "RUN"},
    ],
)
def test_what_is_no_form_of_ours_does_nothing(hurt, owner, fields):
    page = owner.post(SYNC, fields)
    assert page.status == 400
    assert "Tego żądania nie da się zrozumieć." in page.text
    assert hurt.pomost.history(CHANNEL) == []


@pytest.mark.parametrize("address", [f"{RUNS}999/", f"{RUNS}999/changes.csv", f"{RUNS}999/rollback/"])
def test_a_run_that_is_not_there_is_told(owner, address):
    page = owner.get(address)
    assert (page.status, "Nie ma synchronizacji nr 999." in page.text) == (409, True)


@pytest.mark.parametrize(
    "address", [f"{RUNS}999999999999999999999/", f"{RUNS}1/changes.exe", f"{RUNS}x/", f"{RUNS}-1/"]
)
def test_an_address_that_is_none_is_told(hurt, owner, address):
    hurt.run()
    assert owner.get(address).status in {404, 409}


def test_old_news_is_not_told_again(hurt, owner):
    owner.post(SYNC, {"work": "approve", "number": "999", "checksum": ""})
    assert "Nie ma planu, który czeka na zatwierdzenie." in finished(owner).text
    hurt.run()
    page = owner.get(SYNC)
    assert "Nie ma planu" not in page.text
    assert "Błędne: 0." in page.text


def test_a_viewer_sees_and_does_nothing(hurt):
    viewer = Visitor(Role.VIEWER)
    planned = hurt.preview()
    assert '<form method="post" class="group"' not in viewer.get(SYNC).html
    assert "Zatwierdza operator albo właściciel." in viewer.get(f"{RUNS}{planned.number}/").text
    for address, fields in (
        (SYNC, {"work": "run"}),
        (f"{SYNC}cancel/", {}),
        (f"/channels/{CHANNEL}/errors/", {}),
        (f"/channels/{CHANNEL}/errors/SHOP_REFUSED/", {}),
    ):
        assert viewer.post(address, fields).status == 403
    assert viewer.get(f"{RUNS}{planned.number}/rollback/").status == 403
    assert len(hurt.pomost.history(CHANNEL)) == 1


def test_changes_are_filtered_and_shown_page_by_page(hurt, owner):
    planned = hurt.preview()
    address = f"{RUNS}{planned.number}/"
    page = owner.get(f"{address}?kind=publish&search=S01")
    assert (page.text.count("1,00 PLN netto"), "S02" in page.text) == (1, False)
    assert "Żadna zmiana nie spełnia tych warunków." in owner.get(f"{address}?search=zz").text
    assert owner.get(f"{address}?after=bzdura").status == 409
    rows = owner.get(address, headers={"HX-Request": "true"})
    assert rows.html.lstrip().startswith("<tr>")


def test_a_long_plan_is_shown_page_by_page(hurt, owner):
    planned = hurt.preview()
    address = f"{RUNS}{planned.number}/"
    first = hurt.pomost.changes_page(CHANNEL, planned.number, _ALL, limit=30)
    rest = owner.get(f"{address}?after={first.next}", headers={"HX-Request": "true"})
    assert rest.html.count('scope="row"') == 36 - 30


def test_changes_are_downloaded(hurt, owner):
    planned = hurt.preview()
    for language, separator in (("pl", ";"), ("en", ",")):
        visitor = Visitor(language=language, login=f"gość {language}")
        answer = visitor.client.get(f"{RUNS}{planned.number}/changes.csv?kind=stock")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="pomost-{planned.number}.csv"'
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
        assert len({row[1] for row in rows[1:]}) == CARDS
    answer = owner.client.get(f"{RUNS}{planned.number}/changes.xlsx")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_history_shows_older_ones_when_asked(hurt, owner):
    for _ in range(3):
        hurt.run()
    assert len(re.findall(r"/runs/\d+/", owner.get(f"{RUNS}?shown=2").html)) == 2
    assert len(re.findall(r"/runs/\d+/", owner.get(f"{RUNS}?shown=x").html)) == 3


@pytest.mark.parametrize(
    ("language", "what", "advice"),
    [
        ("pl", "zegar sklepu pokazuje", "Poproś operatora sklepu o ustawienie zegara serwera"),
        ("en", "the shop's clock shows", "Ask the shop to set its server's clock"),
    ],
)
def test_what_was_found_about_a_whole_run_is_told_on_its_page(hurt, language, what, advice):
    hurt.run()
    hurt.shop.owner("advance_clock", seconds=-3600)
    report = hurt.run()
    page = Visitor(language=language).get(f"/channels/{CHANNEL}/runs/{report.number}/")
    assert what in page.text
    assert advice in page.text
