"""The second pair at the command line: Optima and e-Sklep by settings, run, errors, explain, and refusals with codes."""

import json

import pytest
from click.testing import CliRunner

from pomost.app import open_pomost
from pomost.cli import main
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.filling import build
from pomost.store.database import close_store
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, document


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """Commands over a small company and an empty shop, run once."""
    home = tmp_path_factory.mktemp("door")
    company = build(home / "server", products=10, customers=5)
    company.close()
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        document_file = home / "channel.json"
        document_file.write_text(json.dumps(document(company.company_file, running.url)), encoding="utf-8")

        def say(*words, code=0):
            answer = CliRunner().invoke(main, ["--home", str(home / "pomost"), *words], env={"POMOST_LANG": "en"})
            assert answer.exit_code == code, answer.output
            return answer.output

        open_pomost(home / "pomost").save_channel(json.loads(document_file.read_text(encoding="utf-8")), "test")
        yield say
        close_store()


def test_check_run_errors_explain(door):
    assert "Connected to shop Sklep Wzorcowy" in door("check", CHANNEL)
    report = json.loads(door("run", CHANNEL, "--json", code=1))
    assert report["state"] == "done"
    assert report["counts"]["done.product"] > 50
    assert "AVAILABILITY_MISSING" in door("errors", CHANNEL)
    told = door("explain", "product", CHANNEL, "PRZ-01-T")
    assert "123" in told
    assert "PRZ-01-T" in told


def test_a_preview_tells_what_would_change(door):
    told = door("preview", CHANNEL, "--full", "--kind", "promotion")
    assert "promotional set" in told


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--binaries",), "binaries-require-full"),
        (("--stock-only", "--full"), "only-excludes-offer"),
        (("--prices-only", "--full"), "only-excludes-offer"),
    ],
)
def test_illegal_mixes_are_refused_with_the_tables_codes(door, flags, code):
    assert code in door("run", CHANNEL, *flags, code=2)


def test_what_is_not_made_yet_says_so(door):
    assert "rolled back" in door("rollback", CHANNEL, "1", code=2)
