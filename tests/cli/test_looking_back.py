"""Commands that look back or do not wait: filters, spreadsheets, search, versions, runs of their own process."""

import json
import time

import pytest

from pomost.app import LaunchState
from tests.cli.process import pomost as process
from tests.end_to_end.stage import CARDS, CHANNEL, symbol
from tests.worlds import ean


def test_changes_of_a_run_are_filtered(settled):
    said = settled.ask("history", CHANNEL, "1", "--kind", "publish", "--search", "s03", "--limit", "0")
    assert said.code == 0
    assert symbol(3) in said.out
    assert symbol(4) not in said.out
    assert "stock MAG" not in said.out
    told = json.loads(settled.ask("history", CHANNEL, "1", "--field", "quantity", "--json", "--limit", "0").out)
    assert len(told["changes"]) == 2 * CARDS
    assert json.loads(settled.ask("history", CHANNEL, "1", "--outcome", "failed", "--json").out)["changes"] == []


@pytest.mark.parametrize(("name", "begins"), [("zmiany.csv", b"\xef\xbb\xbf"), ("zmiany.XLSX", b"PK")])
def test_changes_are_written_as_a_spreadsheet(settled, tmp_path, name, begins):
    said = settled.ask("export", CHANNEL, "1", str(tmp_path / name), "--kind", "publish")
    assert (said.code, (tmp_path / name).read_bytes()[: len(begins)]) == (0, begins)


def test_a_spreadsheet_that_cannot_be_written_is_told(settled, tmp_path):
    polish, english = settled.in_both("export", CHANNEL, "1", str(tmp_path / "nie ma" / "x.csv"))
    assert (polish.code, english.code) == (2, 2)
    assert "Nie można zapisać pliku" in polish.text
    assert "cannot be written" in english.text


def test_whatever_is_meant_is_found(settled):
    said = settled.ask("find", CHANNEL, ean(3))
    assert (said.code, symbol(3) in said.out) == (0, True)
    polish, english = settled.in_both("find", CHANNEL, "zzz")
    assert "Nic takiego nie znaleziono." in polish.text
    assert "Nothing like that was found." in english.text
    assert json.loads(settled.ask("find", CHANNEL, symbol(3), "--json").out)[0]["kind"] == "product"


def test_versions_are_compared_and_restored(settled):
    settled.save(prices={"level": "1"})
    polish, english = settled.in_both("settings", "diff", CHANNEL, "1")
    assert "Poziom cen" in polish.text
    assert "Price level" in english.text
    assert json.loads(settled.ask("settings", "diff", CHANNEL, "1", "--json").out)[0]["after"] == "1"
    assert "Version 1 was restored as version 3." in settled.ask("settings", "restore", CHANNEL, "1").text
    assert settled.pomost.export_settings(CHANNEL)["prices"]["level"] == "3"
    assert "These versions are the same." in settled.ask("settings", "diff", CHANNEL, "3", "3").text
    assert settled.ask("settings", "restore", CHANNEL, "9").code == 2


def test_qualified_cards_are_counted(settled, tmp_path):
    assert f"{CARDS} of {CARDS} pass." in settled.ask("settings", "qualified", CHANNEL).text
    draft = tmp_path / "szkic.toml"
    draft.write_text('[goods]\nqualification = "conditions"\nconditions = [{field = "group", values = ["77"]}]\n')
    said = settled.ask("settings", "qualified", CHANNEL, "--file", str(draft), "--json")
    assert json.loads(said.out) == {"passing": 0, "of": CARDS, "whole": True}


def test_errors_and_orders_are_searched(settled):
    settled.company.set_ean(symbol(2), "")
    settled.company.set_ean(symbol(3), "")
    settled.run()
    said = settled.ask("errors", CHANNEL, "ean_missing", "--search", "s02")
    assert (symbol(2) in said.out, symbol(3) in said.out) == (True, False)
    everywhere = settled.ask("errors", CHANNEL, "--search", "s02")
    assert ("EAN_MISSING" in everywhere.out, symbol(2) in everywhere.out, symbol(3) in everywhere.out) == (
        True,
        True,
        False,
    )
    assert "There are no skipped or failed items." in settled.ask("errors", CHANNEL, "--search", "zzz").text
    assert "There are no such orders." in settled.ask("orders", CHANNEL, "--search", "1").text


def test_a_run_is_started_watched_and_carried_out(stage):
    assert "Nothing is running." in stage.ask("status", CHANNEL).text
    said = stage.ask("start", CHANNEL, "--preview")
    assert (said.code, "pomost status hurt" in said.text) == (0, True)
    until = time.monotonic() + 60
    while stage.pomost.activity(CHANNEL).launch.state is not LaunchState.ENDED and time.monotonic() < until:
        time.sleep(0.1)
    polish, english = stage.in_both("status", CHANNEL)
    assert "Ostatnio uruchomiona: nr 1, podgląd." in polish.text
    assert "Last started: run 1, preview." in english.text
    assert json.loads(stage.ask("status", CHANNEL, "--json").out)["going"] == "idle"
    again = process("--home", str(stage.home), "carry-out", "1", lang="pl")
    assert (again.returncode, "Nie ma zlecenia nr 1 do wykonania." in again.stderr) == (2, True)
