"""Pomost as a process: the language of the help, exit codes as the shell sees them, and the demo."""

import json
import re

import pytest

from pomost.cli.words import language
from tests.cli.process import PYTHON, pomost, start
from tests.cli.test_operations import commands

HELP_OF_ALL = (
    "import json; from tests.cli.test_operations import commands; from pomost.cli import main; "
    "print(json.dumps({'': main.help} | {name: command.help for name, command in commands()}))"
)


@pytest.fixture(scope="module")
def helps():
    """The help of every command in both languages: its words are read at start, hence a process for each."""
    return {lang: json.loads(start(PYTHON, "-c", HELP_OF_ALL, lang=lang).stdout) for lang in ("pl", "en")}


def test_every_command_is_explained_in_both_languages(helps):
    assert helps["pl"].keys() == helps["en"].keys() == {"", *(name for name, _ in commands())}
    assert not [name for name, text in helps["pl"].items() if text == helps["en"][name]]
    assert "Synchronizator systemów ERP ze sklepami" in helps["pl"][""]
    assert "Synchroniser between ERP systems and shops" in helps["en"][""]


def test_the_exit_codes_are_told_in_the_help(helps):
    for text in (helps["pl"][""], helps["en"][""]):
        assert {int(code) for code in re.findall(r"\b(\d+) ", text)} >= {0, 1, 2, 3, 69, 75}


@pytest.mark.parametrize(
    "environment, wanted",
    [
        ({"POMOST_LANG": "pl", "LC_ALL": "C"}, "pl"),
        ({"POMOST_LANG": "en", "LC_ALL": "pl_PL.UTF-8"}, "en"),
        ({"POMOST_LANG": "PL_pl"}, "pl"),
        ({"POMOST_LANG": "", "LC_ALL": "pl_PL.UTF-8"}, "pl"),
        ({"POMOST_LANG": "", "LC_ALL": "de_DE.UTF-8", "LANG": "pl_PL"}, "en"),
        ({"POMOST_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "pl_PL.UTF-8"}, "pl"),
        ({"POMOST_LANG": "", "LC_ALL": "C", "LANG": "C"}, "en"),
    ],
)
def test_pomost_lang_decides_and_then_the_locale(monkeypatch, environment, wanted):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == wanted


def test_no_command_waits_for_what_only_a_spreadsheet_needs():
    said = start(PYTHON, "-c", "import sys, pomost.cli; print('xlsxwriter' in sys.modules)")
    assert (said.returncode, said.stdout.strip()) == (0, "False")


def test_a_shell_sees_the_exit_codes_and_clean_streams(tmp_path):
    empty = pomost("--home", tmp_path, "channels", "--json")
    assert (empty.returncode, json.loads(empty.stdout), empty.stderr) == (0, [], "")
    unknown = pomost("--home", tmp_path, "run", "nieznany", lang="pl")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "Nie ma kanału" in unknown.stderr


@pytest.fixture(scope="module")
def demos(tmp_path_factory):
    """The show with one seed in both languages."""
    untouched = tmp_path_factory.mktemp("demo") / "home"
    shows = {lang: pomost("demo", "--seed", "7", lang=lang, POMOST_HOME=str(untouched)) for lang in ("pl", "en")}
    assert not untouched.exists()
    return shows


@pytest.mark.parametrize("lang, nothing, error", [("pl", "Nic do zrobienia", "BŁĄD"), ("en", "Nothing to do", "ERROR")])
def test_the_demo_shows_a_whole_synchronisation_and_ends_with_nothing_to_do(demos, lang, nothing, error):
    show = demos[lang]
    assert (show.returncode, show.stderr) == (0, "")
    parts = steps(show)
    assert [step for step, part in parts.items() if nothing in part] == [6, 10]
    assert list(parts) == list(range(1, 13))
    assert error not in show.stdout


@pytest.mark.parametrize("lang, gone", [("pl", "wycofane"), ("en", "withdrawn")])
def test_the_demo_ends_with_the_second_system(demos, lang, gone):
    part = steps(demos[lang])[12]
    for seen in ("111 PLN gross", gone, "15 %", "Zestaw POKAZ", "prz-02-t-nowe.png"):
        assert seen in part


@pytest.mark.parametrize(
    "lang, ordered, waits, invoiced",
    [
        ("pl", "zamówienie do ERP", "nie jest rozpoznany", "faktura (FS)"),
        ("en", "order to the ERP", "is not recognised", "invoiced (FS)"),
    ],
)
def test_the_demo_takes_an_order_into_the_erp_and_its_status_back(demos, lang, ordered, waits, invoiced):
    parts = steps(demos[lang])
    assert parts[7].count("MAG") == parts[7].count("KRA") == 3
    assert ordered in parts[8]
    assert "ORDER_CUSTOMER_UNKNOWN" in parts[8]
    assert waits in parts[8]
    document = re.search(r"ZK \d\S+", parts[8])[0].rstrip(",")
    assert f"{document}, " in parts[8]
    assert "accepted" in parts[8]
    assert "completed" not in parts[8]
    assert re.search(r"FS \d", parts[9])
    assert "completed" in parts[9]
    assert document in parts[11]
    assert invoiced in parts[11]
    for change in ("new → accepted", "accepted → completed"):
        assert change in parts[11]


def steps(show):
    """The show cut at its headlines: number -> what follows."""
    _, *parts = re.split(r"^=== (\d+)\. ", show.stdout, flags=re.MULTILINE)
    return {int(number): part for number, part in zip(parts[::2], parts[1::2], strict=True)}


def test_the_same_seed_shows_the_same_changes(demos):
    """Symbols and values of what the ERP changed, whatever the language around them."""

    def changed(show):
        part = show.stdout.partition("=== 5.")[2].partition("=== 6.")[0]
        return [re.findall(r"\S*\d\S*", line) for line in part.splitlines() if "│" in line]

    polish, english = changed(demos["pl"]), changed(demos["en"])
    assert len(polish) > 16
    assert polish == english
