"""Every command with its exit code, in JSON and in words, and never a stack trace."""

import json
from decimal import Decimal

import pytest

from pomost.app import RunReport
from pomost.model.request import RunRequest
from pomost.model.setting import ChoiceKind
from pomost.runs.session import lease_name, manual_lock_name, session
from pomost.store import leases
from tests.end_to_end.stage import CARDS, CHANNEL, symbol

JSON = {
    "channels": ("channels",),
    "check": ("check", CHANNEL),
    "choices": ("choices", CHANNEL, "traits"),
    "warehouses": ("warehouses", CHANNEL),
    "preview": ("preview", CHANNEL),
    "run": ("run", CHANNEL),
    "history": ("history", CHANNEL),
    "history of one run": ("history", CHANNEL, "1"),
    "errors": ("errors", CHANNEL),
    "errors of one reason": ("errors", CHANNEL, "ean_missing"),
    "explain": ("explain", "product", CHANNEL, "S01"),
}


@pytest.mark.parametrize("name", JSON)
def test_json_is_json_whatever_the_language(settled, name):
    settled.company.set_ean(symbol(2), "")
    settled.run()
    answers = [settled.ask(*JSON[name], "--json", lang=lang) for lang in ("pl", "en")]
    for said in answers:
        assert (said.code, said.err) == (0, "")
    first, second = (json.loads(said.out) for said in answers)
    assert type(first) is type(second)
    assert first


def test_what_json_tells_of_a_run_is_what_the_report_tells(settled):
    settled.company.set_price(symbol(1), 3, Decimal("1.10"))
    told = json.loads(settled.ask("run", CHANNEL, "--json").out)
    assert told.keys() >= RunReport.__dataclass_fields__.keys()
    assert (told["state"], told["counts"]["done.amend"], told["number"]) == ("done", 1, 2)
    changes = json.loads(settled.ask("history", CHANNEL, "2", "--json").out)["changes"]
    assert [(one["symbol"], one["fields"]) for one in changes] == [
        (symbol(1), [{"field": "price", "before": "1.00 PLN net", "after": "1.10 PLN net"}])
    ]


def test_approve_and_rollback_answer_in_json(stage):
    planned = json.loads(stage.ask("preview", CHANNEL, "--json").out)["run"]
    approved = json.loads(stage.ask("approve", CHANNEL, planned["number"], "--json").out)
    assert (approved["state"], approved["number"]) == ("done", planned["number"])
    undone = stage.ask("rollback", CHANNEL, planned["number"], "--json")
    assert json.loads(undone.out)["rollback_of"] == planned["number"]


OF_OPTIMA = {ChoiceKind.STATIONS, ChoiceKind.COMPANIES}


@pytest.mark.parametrize("kind", sorted(OF_OPTIMA))
def test_a_list_this_erp_does_not_have_is_refused(stage, kind):
    polish, english = stage.in_both("choices", CHANNEL, kind.value)
    assert (polish.code, english.code) == (2, 2)
    assert "nie ma listy" in polish.text
    assert "has no list" in english.text


@pytest.mark.parametrize("kind", sorted(set(ChoiceKind) - OF_OPTIMA))
def test_every_list_of_choices_opens(stage, kind):
    said = stage.ask("choices", CHANNEL, kind.value, "--json")
    assert said.code == 0
    assert {one.keys() >= {"id", "label", "detail"} for one in json.loads(said.out)} <= {True}


EXITS = {
    "nothing to do": (("run", CHANNEL), 0),
    "preview": (("preview", CHANNEL), 0),
    "nothing runs": (("cancel", CHANNEL), 0),
    "retry": (("retry", CHANNEL), 0),
    "unknown command": (("nope",), 2),
    "unknown option": (("run", CHANNEL, "--wat"), 2),
    "no channel given": (("run",), 2),
    "offer and stock only": (("run", CHANNEL, "--offer", "--stock-only"), 2),
    "unknown kind of change": (("preview", CHANNEL, "--kind", "magic"), 2),
    "unknown list": (("choices", CHANNEL, "magic"), 2),
    "a word for a number": (("rollback", CHANNEL, "pierwsza"), 2),
    "a file that is not there": (("settings", "import", "/nie/ma.toml"), 2),
    "no plan waits": (("approve", CHANNEL), 2),
    "unknown ERP": (("settings", "template", "--erp", "wapro"), 2),
}


@pytest.mark.parametrize("name", EXITS)
def test_exit_codes(settled, name):
    words, code = EXITS[name]
    assert settled.ask(*words).code == code


OF_A_CHANNEL = {
    "check": (),
    "choices": ("traits",),
    "warehouses": (),
    "preview": (),
    "run": (),
    "approve": (),
    "rollback": ("1",),
    "cancel": (),
    "history": (),
    "errors": (),
    "retry": (),
    "explain product": ("S01",),
    "orders": (),
    "explain order": ("ZAM/000001",),
    "settings export": (),
    "settings history": (),
    "settings remove": ("--yes",),
}


@pytest.mark.parametrize("command", OF_A_CHANNEL)
def test_an_unknown_channel_is_named_with_the_known_ones(stage, command):
    for lang, words in (("pl", "Nie ma kanału „zima”. Kanały: hurt"), ("en", "no channel “zima”. Channels: hurt")):
        said = stage.ask(*command.split(), "zima", *OF_A_CHANNEL[command], lang=lang)
        assert said.code == 2
        assert words in said.text


def test_a_channel_with_failed_items_ends_with_one_and_a_waiting_one_with_three(settled):
    settled.shop.fault("refuse_item", product_id=settled.shop.product_id(1), times=None)
    settled.company.set_price(symbol(1), 3, Decimal("1.10"))
    assert settled.ask("run", CHANNEL).code == 1
    for number in range(1, CARDS + 1):
        settled.company.remove_trait(symbol(number), "MSTORE")
    assert settled.ask("run", CHANNEL).code == 3


def test_a_run_beside_another_is_busy_and_says_whose_turn_it_is(settled):
    with session(CHANNEL, "Hurtownia", RunRequest(), settled.pomost._clock):
        polish, english = settled.in_both("run", CHANNEL)
        assert (polish.code, english.code) == (75, 75)
        assert "Synchronizacja trwa od" in polish.text
        assert "--force" in english.text
        assert settled.ask("cancel", CHANNEL).text == "Asked to stop."
    assert settled.ask("run", CHANNEL).code == 0


def test_two_channels_of_one_company_never_run_side_by_side(settled):
    with session("inny", "Hurtownia", RunRequest(), settled.pomost._clock):
        polish = settled.ask("run", CHANNEL, lang="pl")
        assert polish.code == 75
        assert "poczekaj na jej koniec" in polish.text
    assert settled.ask("run", CHANNEL).code == 0


def test_a_broken_off_run_stands_in_nobodys_way(settled):
    """A process that died leaves its lease; once its heartbeat is too old, the next run takes it without --force."""
    long_ago = settled.pomost._clock() - leases.TTL * 2
    for name in (lease_name(CHANNEL), manual_lock_name("Hurtownia")):
        leases.take(name, "duch", "gdzieś", long_ago, manual=True)
    assert settled.ask("run", CHANNEL).code == 0


def test_progress_is_silent_where_nobody_watches(stage):
    said = stage.ask("run", CHANNEL)
    assert said.err == ""
    assert "\x1b" not in said.out
    assert "\r" not in said.out


def test_a_preview_shows_as_much_as_asked(stage):
    few = stage.ask("preview", CHANNEL, "--limit", "2", lang="pl")
    assert "Pokazano 2 z 36 zmian (--limit 0: wszystkie)" in few.text
    every = stage.ask("preview", CHANNEL, "--limit", "0")
    assert all(symbol(number) in every.out for number in range(1, CARDS + 1))
    some = stage.ask("preview", CHANNEL, "--kind", "publish", "--search", "s1", "--limit", "0")
    assert (symbol(10) in some.out, symbol(1) in some.out, "stock" in some.out.partition("Run")[0]) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("history", CHANNEL, "--limit", "0"),
        ("history", CHANNEL, "1", "--limit", "0"),
        ("errors", CHANNEL, "EAN_MISSING", "--limit", "0"),
        ("errors", CHANNEL, "EAN_MISSING", "--limit", "-1"),
        ("history", CHANNEL, "--limit", "-1"),
        ("history", CHANNEL, "1", "--limit", "-1"),
        ("preview", CHANNEL, "--limit", "-1"),
    ],
)
def test_an_odd_limit_is_no_crash(settled, words):
    settled.company.set_ean(symbol(3), "")
    settled.run()
    assert settled.ask(*words).code in {0, 2}


def test_limit_nought_shows_every_change_of_a_run_too(settled):
    assert symbol(12) in settled.ask("history", CHANNEL, "1", "--limit", "0").out


def test_the_inbox_is_shown_by_reason(settled):
    settled.company.set_ean(symbol(3), "")
    settled.company.set_price(symbol(4), 3, None)
    settled.run()
    for lang, words in (("pl", "brak podstawowego kodu"), ("en", "no primary barcode")):
        said = settled.ask("errors", CHANNEL, lang=lang)
        assert said.code == 0
        assert "EAN_MISSING" in said.out
        assert "PRICE_MISSING" in said.out
        assert words in said.text
    one = settled.ask("errors", CHANNEL, "price_missing")
    assert symbol(4) in one.out
    assert symbol(3) not in one.out


def test_a_channel_can_be_forgotten_only_when_confirmed(settled):
    before = settled.shop.contents()
    settled.ask("settings", "remove", CHANNEL, given="n\n")
    assert CHANNEL in settled.ask("channels").out
    assert settled.ask("settings", "remove", CHANNEL, given="y\n").code == 0
    assert json.loads(settled.ask("channels", "--json").out) == []
    assert settled.shop.contents() == before


def test_a_no_to_a_question_is_no_error_of_ours(settled):
    said = settled.ask("settings", "remove", CHANNEL, given="n\n")
    assert said.code in {0, 1, 130}
    assert "unexpected" not in said.text


def test_every_run_is_in_the_history_with_its_numbers(settled):
    settled.company.set_price(symbol(1), 3, Decimal("1.10"))
    settled.run()
    reports = json.loads(settled.ask("history", CHANNEL, "--json").out)
    assert [(one["number"], one["state"]) for one in reports] == [(2, "done"), (1, "done")]
    shown = settled.ask("history", CHANNEL, lang="pl").out
    assert "zakończona" in shown
    assert len([line for line in shown.splitlines() if "zakończona" in line]) == 2
