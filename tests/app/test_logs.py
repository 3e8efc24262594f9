"""The log: secrets and whole tax numbers never reach it, whatever they are called and wherever they stand."""

import json
import logging

import pytest
import structlog

from pomost.app.logs import redact, start_logging

NAMES = ["password", "api_key", "KEY", "token", "Authorization", "client_secret"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_named_like_a_secret_is_blanked(name):
    assert redact(None, "info", {name: "tajne"}) == {name: "***"}


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Authorization: Bearer abc.def-123 sent", "Authorization: Bearer *** sent"),
        ("bearer TAJNE", "bearer ***"),
        ("https://sklep.example/v1?key=TAJNE&limit=5", "https://sklep.example/v1?key=***&limit=5"),
        ("https://sklep.example/v1?limit=5&api_key=TAJNE", "https://sklep.example/v1?limit=5&api_key=***"),
        ("postgresql://pomost:TAJNE@host/base", "postgresql://pomost:***@host/base"),
        ("NIP 5260001246 kupił", "NIP 526*****46 kupił"),
        ("EAN 5901234123457 bez zmian", "EAN 5901234123457 bez zmian"),
        ("kartotek: 2189", "kartotek: 2189"),
    ],
)
def test_secrets_inside_texts_are_masked_and_the_rest_stays(text, shown):
    assert redact(None, "info", {"event": text}) == {"event": shown}


def test_what_is_no_text_stays_as_it_is():
    assert redact(None, "info", {"count": 5260001246, "parts": ["card"]}) == {"count": 5260001246, "parts": ["card"]}


def test_events_are_lines_of_json_in_the_folder_given(tmp_path):
    start_logging(tmp_path / "logs")
    structlog.get_logger("pomost.test").info("said", password="tajne", symbol="ŻÓŁĆ")
    (line,) = (tmp_path / "logs" / "pomost.log").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["event"], told["password"], told["symbol"], told["level"]) == ("said", "***", "ŻÓŁĆ", "info")


def test_the_level_given_holds_and_starting_again_moves_the_log(tmp_path):
    start_logging(tmp_path / "first", "DEBUG")
    start_logging(tmp_path / "second", "WARNING")
    log = structlog.get_logger("pomost.test")
    log.info("quiet")
    log.warning("loud")
    assert not (tmp_path / "first" / "pomost.log").exists()
    assert len((tmp_path / "second" / "pomost.log").read_text().splitlines()) == 1
    assert len(logging.getLogger("pomost").handlers) == 1
