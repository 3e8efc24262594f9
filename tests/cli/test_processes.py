"""Pomost as a process: the language of the help, exit codes as the shell sees them, and the demo."""

import json
import os

import pytest

from tests.cli.process import pomost
from tests.cli.test_operations import commands


@pytest.mark.parametrize(
    "lang, words",
    [("pl", "Synchronizator systemów ERP ze sklepami"), ("en", "Synchroniser between ERP systems and shops")],
)
def test_the_help_speaks_both_languages_and_names_every_command(lang, words):
    ended = pomost("--help", lang=lang)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert words in " ".join(ended.stdout.split())
    assert {name.split()[0] for name, _ in commands()} <= set(ended.stdout.split())


@pytest.mark.parametrize("environment, words", [({"LC_ALL": "pl_PL.UTF-8"}, "Synchronizator"), ({"LC_ALL": "C"}, "Synchroniser")])
def test_without_pomost_lang_the_locale_decides(environment, words):
    assert words in pomost("--help", lang="", **environment).stdout


def test_every_help_is_there_in_polish_and_differs_from_the_english(tmp_path):
    """One process per language: the words of all commands are read at start."""
    script = (
        "import json\nfrom tests.cli.test_operations import commands\n"
        "print(json.dumps({name: command.help for name, command in commands()}))"
    )
    told = {}
    for lang in ("pl", "en"):
        import subprocess
        import sys

        env = {**os.environ, "POMOST_LANG": lang}
        out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=env, check=True).stdout
        told[lang] = json.loads(out)
    assert told["pl"].keys() == told["en"].keys()
    assert not [name for name, text in told["pl"].items() if text == told["en"][name]]


def test_a_shell_sees_the_exit_codes_and_clean_streams(tmp_path):
    empty = pomost("--home", tmp_path, "channels", "--json")
    assert (empty.returncode, json.loads(empty.stdout), empty.stderr) == (0, [], "")
    unknown = pomost("--home", tmp_path, "run", "nieznany", lang="pl")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "Nie ma kanału" in unknown.stderr


def test_the_demo_shows_a_whole_synchronisation_and_ends_with_nothing_to_do(tmp_path):
    ended = pomost("demo", "--seed", "7", POMOST_HOME=str(tmp_path / "untouched"))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Nothing to do" in ended.stdout.partition("=== 6.")[2]
    assert "ERROR" not in ended.stdout
    assert [f"=== {step}." in ended.stdout for step in range(1, 7)] == [True] * 6
    assert not (tmp_path / "untouched").exists()


def test_the_demo_speaks_polish_and_the_same_seed_shows_the_same_changes():
    first, second = (pomost("demo", "--seed", "11", lang="pl").stdout for _ in range(2))

    def table(text):
        return text.partition("Zmieniono w ERP")[2].partition("Synchronizacja")[0]

    assert "Nic do zrobienia" in first
    assert table(first) == table(second)
    assert table(first).count("cena") >= 6
