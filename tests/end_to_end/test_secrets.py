"""Secrets stay secret: the API key and the SQL password are in no export, log, error, command line or store file."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.stage import CHANNEL, KEY, PASSWORD, ask

SECRETS = (KEY, PASSWORD)
COMMAND = str(Path(sys.executable).with_name("pomost"))


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
    """What `ps` shows, of the process and of every child, and what it was started with."""
    settled.shop.fault("slow", seconds=1.5, times=None)
    env = {**os.environ, "POMOST_LANG": "en"}
    with subprocess.Popen(
        [COMMAND, "--home", str(settled.home), "run", CHANNEL], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as run:
        seen = b""
        while not seen.count(b"run"):
            seen = Path(f"/proc/{run.pid}/cmdline").read_bytes()
        time.sleep(2)
        assert run.poll() is None
        lines = b"".join(
            (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            for place in Path("/proc").iterdir()
            if place.name.isdigit() and f"PPid:\t{run.pid}\n".encode() in (place / "status").read_bytes()
        )
        seen += Path(f"/proc/{run.pid}/cmdline").read_bytes() + Path(f"/proc/{run.pid}/environ").read_bytes() + lines
        settled.shop.clear_faults()
        run.communicate(timeout=30)
    assert run.returncode == 0
    assert not any(secret.encode() in seen for secret in SECRETS)


def test_secrets_are_never_options_of_a_command():
    said = ask("/nonexistent", "--help")
    assert said.code == 0
    assert not {"--key", "--password", "--secret", "--token"} & set(said.out.split())
