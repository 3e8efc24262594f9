"""What goes wrong with Sfera: each has a sentence and advice, no order is lost, none is there twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pomost.model.outcome import Done, Failed
from pomost.model.totals import DocumentTotals
from pomost.ports.fault import Refused, Unavailable
from pomost.sandbox.sfera.errors import CODES
from pomost.sandbox.sfera.journal import Journal
from tests.sfera.conftest import draft, orders_in


def trouble(at, do="error", **more):
    return {"troubles": [{"at": at, "do": do, **more}]}


def read(company):
    """Every card and address of a customer, raw."""
    with closing(sqlite3.connect(company)) as connection:
        return [connection.execute(f"SELECT * FROM {one}").fetchall() for one in ("kh__Kontrahent", "adr__Ewid")]


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("sql_login", Refused, "0x80041329"),
        ("start_failed", Refused, "0x8004132B"),
        ("licence_expired", Refused, "wygasła"),
        ("no_licence", Refused, "licencji"),
        ("seats_used_up", Unavailable, "stanowiska"),
        ("licences_exceeded", Unavailable, "licencji"),
        ("wrong_apartment", Refused, "wątku"),
    ],
)
@pytest.mark.parametrize("shape", ["exception", "bare"])
def test_what_stops_every_order_is_a_task_for_somebody(company, writer, code, kind, words, shape):
    script = {**trouble("GT.Uruchom", code=code, times=None), "error_shape": shape}
    with pytest.raises(kind) as told:
        writer(script).register(draft(company))
    assert words in told.value.text.pl
    assert told.value.advice.pl
    assert told.value.advice.en
    assert orders_in(company) == []


@pytest.mark.parametrize(
    "script", [{"installed": False}, {"bits": 64}], ids=["no Sfera on the machine", "64-bit interpreter"]
)
def test_without_sfera_the_advice_says_what_to_install(company, writer, script):
    with pytest.raises(Refused) as told:
        writer(script).register(draft(company))
    assert "32-bit" in told.value.advice.en
    assert "32-bitowego" in told.value.advice.pl


def test_an_interpreter_that_is_not_there_is_named(company, writer):
    with pytest.raises(Refused) as told:
        writer(sfera_python="/nowhere/python.exe").register(draft(company))
    assert "/nowhere/python.exe" in told.value.text.pl


@pytest.mark.parametrize(
    ("script", "changes"),
    [
        ({}, {"sfera_operator": "Nikt Taki"}),
        ({}, {"sfera_operator_password": "zle"}),
        ({"passwords": {"Szef": "tajne"}}, {}),
        ({"without_right": ["Szef"]}, {}),
        ({"licensed": False}, {}),
    ],
)
@pytest.mark.parametrize("shape", ["exception", "bare"])
def test_a_program_that_does_not_start_points_at_the_operator_and_not_at_sql(company, writer, script, changes, shape):
    with pytest.raises(Refused) as told:
        writer({**script, "error_shape": shape}, **changes).register(draft(company))
    operator = changes.get("sfera_operator", "Szef")
    assert "nie uruchomił się" in told.value.text.pl
    for advice in (told.value.advice.pl, told.value.advice.en):
        assert operator in advice
        assert "SQL" not in advice
    assert orders_in(company) == []


@pytest.mark.parametrize("shape", ["exception", "bare"])
@pytest.mark.parametrize(
    ("script", "login"), [({"sql_logins": {"sa": "inne"}}, {"sfera_sql_login": "sa"}), ({"windows_login": False}, {})]
)
def test_a_refused_sql_login_points_at_sql_and_not_at_the_operator(company, writer, script, login, shape):
    with pytest.raises(Refused) as told:
        writer({**script, "error_shape": shape}, **login).register(draft(company))
    assert "SQL" in told.value.text.pl
    assert "SQL" in told.value.advice.en
    assert "operator" not in told.value.advice.pl


def test_a_password_like_a_cipher_is_sent_enciphered(company, writer):
    """A plain one that begins with a digit or a-f is refused as if it were wrong."""
    for password in ("1haslo", "abc", "Fuga"):
        own = {"sfera_sql_login": "sa", "sfera_sql_password": password}
        assert isinstance(writer({"sql_logins": {"sa": password}}, **own).register(draft(company, password)), Done)


def test_a_window_of_subiekt_left_open_does_not_stop_orders(company, writer):
    """A new program is always asked for; taking the open one into the background fails."""
    assert isinstance(writer({"window_open": True}).register(draft(company)), Done)


@pytest.mark.parametrize("code", ["sql_login", "start_failed", "not_saved", "print_template"])
def test_the_sentence_windows_adds_to_a_number_is_not_shown(company, writer, code):
    """Windows takes the numbers of programs for its task scheduler's."""
    at = "GT.Uruchom" if code in {"sql_login", "start_failed"} else "SuDokument.Zapisz"
    one = writer({**trouble(at, code=code, times=None), "error_shape": "bare"})
    try:
        outcome = one.register(draft(company))
    except Refused as refused:
        said = str(refused.text) + str(refused.advice)
    else:
        said = str(dict(outcome.reason.facts))
    assert f"0x{CODES[code].number:08X}" in said
    assert "Harmonogram" not in said


def test_an_existing_customer_is_never_saved_nor_opened(company, writer, tmp_path):
    """A card that is saved again waits in a window for ever: the order names it by its id, and that is all."""
    journal = tmp_path / "journal"
    script = {"journal": str(journal)}
    before = read(company)
    one = writer(script)
    assert isinstance(one.register(draft(company)), Done)
    assert isinstance(one.rehearse(draft(company, "2")), DocumentTotals)
    one.close()
    assert not [line for line in Journal(str(journal)).lines() if "Kontrahen" in str(line.get("call", ""))]
    assert read(company) == before


def test_sfera_logs_in_with_a_login_of_its_own_where_the_other_may_only_read(company, writer):
    """The login Pomost reads with writes nothing; Subiekt itself needs one that may."""
    script = {"sql_logins": {"sa": "pisze"}}
    own = {"login": "pomost", "password": "czyta", "sfera_sql_login": "sa", "sfera_sql_password": "pisze"}
    assert isinstance(writer(script, **own).register(draft(company)), Done)
    with pytest.raises(Refused) as told:
        writer(script, **own | {"sfera_sql_login": ""}).register(draft(company, "2"))
    assert "login SQL" in told.value.advice.pl


def test_a_refused_order_does_not_stop_the_next(company, writer):
    one = writer(trouble("SuDokument.Zapisz", code="failure", text="Brak wymaganego pola"))
    first, second = one.register(draft(company, "1")), one.register(draft(company, "2"))
    assert isinstance(first, Failed)
    assert "Brak wymaganego pola" in dict(first.reason.facts)["detail"]
    assert isinstance(second, Done)
    assert [row[1] for row in orders_in(company)] == ["hurt-2"]


def test_a_locked_record_is_waited_for(company, writer):
    assert isinstance(writer(trouble("SuDokument.Zapisz", "lock", times=2)).register(draft(company)), Done)


def test_a_record_that_stays_locked_is_tried_again_later(company, writer):
    outcome = writer(trouble("SuDokument.Zapisz", "lock", times=None)).register(draft(company))
    assert isinstance(outcome, Failed)
    assert (outcome.reason.reason, outcome.retry) == ("ERP_LATER", True)


def test_an_error_after_saving_is_a_saved_document(company, writer):
    outcome = writer(trouble("SuDokument.Zapisz", when="after", code="server_fault")).register(draft(company))
    assert isinstance(outcome, Done)
    assert [row[0] for row in orders_in(company)] == [outcome.document.id]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("do", ["hang", "die", "close"])
def test_a_program_that_hangs_or_goes_away_costs_one_order_at_most(company, writer, tmp_path, do, when):
    script = {**trouble("SuDokument.Zapisz", do, when=when), "journal": str(tmp_path / "journal")}
    one = writer(script, sfera_start_seconds=5, sfera_call_seconds=1)
    first = one.register(draft(company, "1"))
    second = one.register(draft(company, "2"))
    assert isinstance(second, Done), second
    saved = [row[1] for row in orders_in(company)]
    if when == "after":
        assert isinstance(first, Done)
        assert saved == ["hurt-1", "hurt-2"]
    else:
        assert isinstance(first, Failed)
        assert (first.reason.reason, first.retry) == ("ERP_SILENT", True)
        assert saved == ["hurt-2"]
        assert isinstance(one.register(draft(company, "1")), Done)
    assert len(saved) == len(set(saved))


def test_what_hangs_again_and_again_ends_the_orders_of_this_run(company, writer):
    one = writer(trouble("SuDokument.Zapisz", "hang", times=None), sfera_start_seconds=5, sfera_call_seconds=1)
    assert isinstance(one.register(draft(company, "1")), Failed)
    with pytest.raises(Unavailable) as told:
        one.register(draft(company, "2"))
    assert "oknie" in told.value.text.pl
    assert "window" in told.value.text.en


def test_the_watchdog_ends_the_program_it_started_and_no_other(company, writer):
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        one = writer(trouble("SuDokument.Zapisz", "hang"), sfera_start_seconds=5, sfera_call_seconds=1)
        one._held().ask("launch", 20)
        (owned,) = one._child.owned
        one.register(draft(company))
        assert not Path(f"/proc/{owned}").exists() or Path(f"/proc/{owned}/stat").read_text().split()[2] == "Z"
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_second_writer_waits_for_the_first(company, writer):
    """Two runs of one company, the first asleep: its child still holds the lock, so nobody else may write."""
    first, second = writer(), writer()
    first.register(draft(company, "1"))
    second._told["lock"]["seconds"] = 0.3
    with pytest.raises(Unavailable) as told:
        second.register(draft(company, "2"))
    assert "Inny program Pomostu" in told.value.text.pl
    first.close()
    assert isinstance(second.register(draft(company, "2")), Done)


def test_a_run_that_slept_through_its_takeover_finds_the_other_ones_document(company, writer):
    """It looked once, found nothing and fell asleep; under the lock it looks again before it saves."""
    other = writer()
    made = other.register(draft(company))
    other.close()
    assert writer().register(draft(company)).document == made.document
    assert len(orders_in(company)) == 1


def test_when_the_run_is_killed_its_child_puts_everything_away(company, tmp_path):
    code = (
        "import sys, time, json\n"
        "from tests.sfera.conftest import settings, finder, draft\n"
        "from pomost.connectors.erp.subiekt_gt.sfera import Sfera\n"
        f"one = Sfera(settings({str(company)!r}), finder({str(company)!r}))\n"
        f"one.register(draft({str(company)!r}))\n"
        "print(json.dumps([one._child._process.pid, *one._child.owned]), flush=True)\n"
        "time.sleep(60)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pids = [int(one) for one in run.stdout.readline().strip(" []\n").split(",")]
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert len(orders_in(company)) == 1


def test_an_idle_writer_gives_back_its_seat(company, writer):
    one = writer(sfera_idle_seconds=1)
    one.register(draft(company, "1"))
    pid = one._child._process.pid
    until = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
    assert isinstance(one.register(draft(company, "2")), Done)


def test_the_check_starts_rehearses_and_lets_go(company, writer):
    started, rehearsed = writer().check(draft(company))
    assert started.passed
    assert rehearsed.passed
    assert "nothing was saved" in rehearsed.found.en
    (alone,) = writer().check(None)
    assert alone.passed
    assert orders_in(company) == []
    (failed,) = writer({"installed": False}).check(draft(company))
    assert not failed.passed
    assert failed.advice.pl


def test_a_rehearsal_that_fails_is_told_with_the_programs_own_words(company, writer):
    script = trouble("SuDokument.ZapiszSymulacja", code="failure", text="Brak wymaganego pola")
    started, failed = writer(script).check(draft(company))
    assert started.passed
    assert not failed.passed
    assert "Brak wymaganego pola" in failed.found.pl


def test_a_dry_run_that_saves_all_the_same_is_noticed(company, writer):
    """Nobody has seen the real one; should it save, the check says so and what to do."""
    writer().register(draft(company))
    _, noticed = writer().check(draft(company))
    assert not noticed.passed
    assert "ZK 1/MAG/" in noticed.found.pl
    assert "Usuń" in noticed.advice.pl
