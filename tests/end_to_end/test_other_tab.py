"""Tab Inne: the temporary directory is tried when saved and used in runs; the Info log tells, masks, rotates and ends."""

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import count

import pytest

from pomost.app import SettingsWrong
from pomost.app.logs import info_log
from pomost.app.workspace import working_in
from pomost.model.other import OtherPolicy
from pomost.model.request import RunRequest
from pomost.runs.telling import INFO_LOG
from tests.end_to_end.order_stage import LUNA, with_traits
from tests.end_to_end.stage import CHANNEL, symbol

LOGGING = OtherPolicy(log_products=True, log_megabytes=1, log_files=2, log_days=7)
WEEK_AND_MORE = 8 * 24 * 3600


def told(stage):
    """Lines of the channel's Info log."""
    path = stage.home / "logs" / f"info-{CHANNEL}.log"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_a_directory_nobody_can_write_to_is_refused_at_save(stage, tmp_path):
    file = tmp_path / "plik"
    file.write_text("")
    for place in (tmp_path / "nie-ma", file):
        with pytest.raises(SettingsWrong) as wrong:
            stage.save(other={"temp_directory": str(place)})
        (problem,) = wrong.value.problems
        assert problem.path == "other.temp_directory"
        for lang in ("pl", "en"):
            assert str(place) in problem.text.into(lang)
    assert stage.pomost.export_settings(CHANNEL).get("other", {}) == {}


def test_the_command_line_says_what_is_wrong_with_the_directory(stage, tmp_path):
    toml = tmp_path / "channel.toml"
    toml.write_text(stage.ask("settings", "export", CHANNEL).out + f'\n[other]\ntemp_directory = "{tmp_path}/brak"\n')
    said = stage.ask("settings", "import", toml, lang="pl")
    assert said.code == 2
    assert "niedostępny do zapisu" in said.text


def test_a_run_works_in_the_directory_and_leaves_nothing_there(stage, tmp_path):
    place = tmp_path / "inny"
    place.mkdir()
    stage.save(other={"temp_directory": str(place)})
    usual, seen = tempfile.gettempdir(), set()
    stage.pomost.run(CHANNEL, RunRequest(), lambda *_: seen.add(tempfile.gettempdir()))
    assert seen == {str(place)}
    assert tempfile.gettempdir() == usual
    assert list(place.iterdir()) == []


def test_children_work_there_too_and_the_environment_is_put_back(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", "/tmp")
    monkeypatch.delenv("TEMP", raising=False)
    ask = [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"]
    with working_in(str(tmp_path)):
        assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip() == str(tmp_path)
    assert os.environ["TMPDIR"] == "/tmp"
    assert "TEMP" not in os.environ


def test_nothing_is_logged_in_ordinary_times(selling):
    selling.company.set_stock(symbol(1), "MAG", 3)
    selling.run()
    assert told(selling) == []


def test_prices_and_stock_the_shop_took_are_told(stage):
    stage.save(other={"log_products": True})
    stage.run()
    prices = {one["symbol"]: one["price"] for one in told(stage) if one["event"] == "price sent"}
    assert prices == {symbol(number): f"{number}.00 PLN net" for number in range(1, 13)}
    stocks = {(one["symbol"], one["branch"]): one["quantity"] for one in told(stage) if one["event"] == "stock sent"}
    assert (stocks[symbol(4), "MAG"], stocks[symbol(4), "KRA"]) == (40, 4)
    before = len(told(stage))
    stage.company.set_stock(symbol(2), "KRA", 9)
    stage.run()
    (last,) = told(stage)[before:]
    assert (last["event"], last["symbol"], last["branch"], last["quantity"]) == ("stock sent", symbol(2), "KRA", 9)


def test_what_the_shop_refused_is_not_told_as_sent(stage):
    stage.save(other={"log_products": True})
    stage.shop.fault("refuse_item", path_prefix="/v1/offers", times=None, product_id=stage.shop.product_id(1))
    report = stage.run()
    assert report.counts["failed.publish"] == 1
    sent = {one["symbol"] for one in told(stage) if one["event"] in {"price sent", "stock sent"}}
    assert sent == {symbol(number) for number in range(2, 13)}


def test_recognised_customers_are_told_with_masked_numbers(selling):
    selling.save(other={"log_customers": True}, branches=with_traits(selling))
    selling.people.add("NOWY", nip="5213017228", city="Warszawa", street="Nowa", house="1", traits=["ODDZIAL_WAW"])
    new = selling.buyer("5213017228", "Nowa")
    selling.run(full=True)
    lines = told(selling)
    recognised = {one["customer"]: one["nip"] for one in lines if one["event"] == "customer recognised"}
    assert recognised[new] == "521*****28"
    assert {one["customer"] for one in lines if one["event"] == "customer assigned"} >= {new}
    assert not any(one["event"] in {"price sent", "stock sent"} for one in lines)
    text = (selling.home / "logs" / f"info-{CHANNEL}.log").read_text(encoding="utf-8")
    assert LUNA not in text
    assert re.findall(r"\b\d{10}\b", text) == []


def test_a_full_file_is_followed_by_the_next_and_the_oldest_goes(tmp_path):
    with info_log(tmp_path, "ażur/1", LOGGING):
        log = logging.getLogger(f"{INFO_LOG}.ażur/1")
        for number in range(4500):
            log.info("%05d %s", number, "x" * 1000)
    files = sorted(tmp_path.iterdir())
    assert [one.name for one in files] == ["info-ażur_1.log", "info-ażur_1.log.1", "info-ażur_1.log.2"]
    assert all(one.stat().st_size <= 1_000_000 for one in files)
    assert files[0].read_text().splitlines()[-1].startswith("04499")


def test_old_files_are_removed_and_a_new_day_begins_a_new_file(tmp_path):
    names = count(1)
    current, old = tmp_path / "info-x.log", tmp_path / "info-x.log.2"
    other = tmp_path / "info-xy.log"
    for path, age in ((current, 36 * 3600), (old, WEEK_AND_MORE), (other, WEEK_AND_MORE)):
        path.write_text(f"{next(names)}\n")
        then = time.time() - age
        os.utime(path, (then, then))
    with info_log(tmp_path, "x", LOGGING):
        logging.getLogger(f"{INFO_LOG}.x").info("dziś")
    assert current.read_text() == "dziś\n"
    assert (tmp_path / "info-x.log.1").read_text() == "1\n"
    assert not old.exists()
    assert other.exists(), "another channel's log is ruled by its own settings"


def test_switched_off_no_file_is_opened(tmp_path):
    with info_log(tmp_path, "x", replace(LOGGING, log_products=False)):
        logging.getLogger(f"{INFO_LOG}.x").info("nikt tego nie zapisuje")
    assert list(tmp_path.iterdir()) == []
