"""Secrets stay secret: the API key and the SQL password are in no export, log, error, command line or store file."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomli_w

from pomost.store.models import SettingsVersion
from tests.end_to_end.stage import CHANNEL, KEY, PASSWORD, ask
from tests.walking import places_of

SECRETS = (KEY, PASSWORD)
COMMAND = str(Path(sys.executable).with_name("pomost"))
LOOKS = 20


def leaks(folder):
    """Files under `folder` that hold a secret in plain bytes."""
    return {
        (file.name, secret)
        for file in folder.rglob("*")
        if file.is_file()
        for secret in SECRETS
        if secret.encode() in file.read_bytes()
    }


def test_no_command_shows_a_secret_and_no_file_holds_one(settled):
    settled.shop.fault("status", status=401, times=1)
    commands = [
        ("run", CHANNEL),
        ("settings", "export", CHANNEL),
        ("settings", "history", CHANNEL),
        ("check", CHANNEL),
        ("check", CHANNEL, "--json"),
        ("channels", "--json"),
        ("run", CHANNEL, "--json"),
        ("history", CHANNEL, "1", "--json"),
        ("explain", "product", CHANNEL, "S01", "--json"),
    ]
    for words in commands:
        assert not any(secret in settled.ask(*words).text for secret in SECRETS), words
    assert not leaks(settled.home)


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_the_log_of_a_run_in_trouble_holds_no_secret(settled, monkeypatch, level):
    monkeypatch.setenv("POMOST_LOG", level)
    settled.shop.fault("status", status=500, times=None)
    assert settled.ask("run", CHANNEL).code == 69
    settled.save(erp={"driver": "python-tds", "encryption": "no", "server": "127.0.0.1", "login": "sa", "timeout": 1})
    assert settled.ask("run", CHANNEL).code == 69
    assert not leaks(settled.home)
    if level == "DEBUG":
        lines = (settled.home / "logs" / "pomost.log").read_text(encoding="utf-8").splitlines()
        assert any(json.loads(line).get("path", "").startswith("/v1/") for line in lines)


def test_an_export_can_be_imported_without_giving_the_secrets_again(settled, tmp_path):
    file = tmp_path / "kanał.toml"
    file.write_text(settled.ask("settings", "export", CHANNEL).out, encoding="utf-8")
    assert settled.ask("settings", "import", file).code == 0
    assert settled.ask("check", CHANNEL).code == 0


def test_a_key_pasted_into_the_address_is_kept_as_secretly(stage):
    """The manual tells people to paste what they received into the field Adres."""
    stage.pomost.remove_channel(CHANNEL)
    stage.document["shop"].pop("key")
    stage.save(shop={"address": f"{stage.shop.url}/?key={KEY}"})
    assert stage.ask("check", CHANNEL).code == 0
    assert KEY not in stage.ask("settings", "export", CHANNEL).out
    assert not leaks(stage.home)


@pytest.mark.parametrize(
    "spoilt",
    [f"{KEY} ąę", f"{KEY}\n", f"{KEY}\nX", f" {KEY} "],
)
def test_a_key_spoilt_by_pasting_is_never_repeated(stage, spoilt):
    stage.save(shop={"key": spoilt})
    for words in (("check", CHANNEL), ("run", CHANNEL)):
        said = stage.ask(*words)
        assert said.code in {0, 2}
        assert KEY not in said.text
    assert not leaks(stage.home)


def test_the_command_line_of_a_run_shows_no_secret(settled):
    """What `ps` shows, of the process and of every child, and what it was started with: all while it runs."""
    settled.shop.fault("slow", seconds=1.5, times=None)
    env = {**os.environ, "POMOST_LANG": "en"}
    with subprocess.Popen(
        [COMMAND, "--home", str(settled.home), "run", CHANNEL], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as run:
        seen, looks = b"", 0
        while run.poll() is None and looks < LOOKS:
            seen += shown_of(run.pid)
            looks += b"run" in seen
            time.sleep(0.05)
        settled.shop.clear_faults()
        run.communicate(timeout=60)
    assert run.returncode == 0
    assert looks == LOOKS
    assert not any(secret.encode() in seen for secret in SECRETS)


def shown_of(pid):
    """Command lines and environments of a process and its children, of those that are still there."""
    found = b""
    for place in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # it has just ended
            if place.name == str(pid) or (
                place.name.isdigit() and f"PPid:\t{pid}\n".encode() in (place / "status").read_bytes()
            ):
                found += (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
    return found


def test_secrets_are_never_options_of_a_command():
    said = ask("/nonexistent", "--help")
    assert said.code == 0
    assert not {"--key", "--password", "--secret", "--token"} & set(said.out.split())


NEW = "mst_nowy_klucz_4711_0815"
PASTED = {
    "the key alone": (NEW, 2),
    "the key after https://": (f"https://{NEW}", 2),
    "the key after a word": (f"Klucz: {NEW}", 2),
    "an unknown question": ("{url}/?" + NEW, 2),
    "a known question": ("{url}/?key=" + NEW, 0),
    "the last of the path": ("{url}/" + NEW, 0),
}


def imported(stage, tmp_path, document):
    file = tmp_path / "kanał.toml"
    file.write_text(tomli_w.dumps(document), encoding="utf-8")
    return stage.ask("settings", "import", file)


@pytest.mark.parametrize("shop", ["mstore", "esklep"])
@pytest.mark.parametrize("name", PASTED)
def test_a_key_typed_into_the_address_of_a_file_is_kept_sealed_or_not_at_all(stage, tmp_path, shop, name):
    """Every command that shows or keeps settings, after a file whose address holds the key: accepted or refused."""
    address, code = PASTED[name]
    document = {**stage.document, "channel": {**stage.document["channel"], "name": "nowy", "shop": shop}}
    document["shop"] = {"address": address.format(url=stage.shop.url)}
    said = [imported(stage, tmp_path, document)]
    assert said[0].code == code
    document["shop"]["key"] = "klucz-z-pliku"
    said.append(imported(stage, tmp_path, document))
    said += [stage.ask("check", "nowy"), stage.ask("channels"), stage.ask("run", "nowy"), stage.ask("status", "nowy")]
    for words in (("export",), ("history",), ("diff", 1, 2), ("restore", 1)):
        said.append(stage.ask("settings", words[0], "nowy", *words[1:]))
    said.append(stage.ask("settings", "qualified", "nowy", "--file", tmp_path / "kanał.toml"))
    assert not any(NEW in one.text for one in said)
    assert places_of(stage.home, NEW) == set()


def test_a_version_of_an_earlier_program_that_holds_a_key_is_not_brought_back(stage):
    """Such a version cannot be made any more; where one is left, restoring it would keep the key once more."""
    name = stage.document["channel"]["name"]
    old = {**stage.pomost.export_settings(name), "shop": {"address": NEW}}
    SettingsVersion.objects.filter(channel_id=name).update(document=old)
    stage.save(prices={"enabled": False})
    answer = stage.ask("settings", "restore", name, 1)
    assert answer.code == 2
    assert NEW not in answer.text
    assert SettingsVersion.objects.filter(channel_id=name).count() == 2
    for words in (("check", name), ("run", name), ("channels",)):
        assert NEW not in stage.ask(*words).text


@pytest.mark.parametrize("field", ["server", "login", "database"])
def test_a_secret_in_a_file_under_another_name_is_refused(stage, tmp_path, field):
    document = {**stage.document, "erp": {**stage.document["erp"], field: f"Server=KASA;UID=sa;PWD={NEW}"}}
    answer = imported(stage, tmp_path, document)
    assert answer.code == 2
    assert f"erp.{field}" in answer.text
    document["erp"] = {**stage.document["erp"], field: f"x {NEW}", "sfera_operator_password": NEW}
    assert imported(stage, tmp_path, document).code == 2
    assert NEW not in answer.text
    assert places_of(stage.home, NEW) == set()
