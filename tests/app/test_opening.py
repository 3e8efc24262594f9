"""Opening Pomost: where its data lies, what happens where it cannot, and that kept settings survive."""

from pathlib import Path

import pytest

from pomost.app import SettingsWrong, Unavailable, UnknownChannel, default_home, open_pomost
from pomost.store.database import close_store
from tests.app.test_document import WHOLE, changed


@pytest.fixture
def home(tmp_path):
    yield tmp_path / "dane"
    close_store()


def test_the_data_folder_is_the_one_named_in_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("POMOST_HOME", str(tmp_path / "tu"))
    assert default_home() == tmp_path / "tu"


def test_without_a_name_it_is_the_systems_usual_place(monkeypatch):
    monkeypatch.delenv("POMOST_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/var/dane")
    monkeypatch.setattr("sys.platform", "linux")
    assert default_home() == Path("/var/dane/pomost")


def test_the_store_may_lie_elsewhere(home, tmp_path):
    elsewhere = tmp_path / "gdzie indziej" / "baza.db"
    open_pomost(home, f"sqlite:///{elsewhere}").save_channel(WHOLE, "ja")
    assert elsewhere.is_file()
    assert not (home / "data").exists()
    assert [row[0] for row in open_pomost(home, f"sqlite:///{elsewhere}").channels()] == ["hurt"]


def test_the_key_of_the_secrets_is_readable_by_its_owner_only(home):
    open_pomost(home)
    (key,) = [file for file in (home / "key").rglob("*") if file.is_file()]
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("level", ["GŁOŚNO", "17x"])
def test_a_log_level_that_does_not_exist_is_said(home, monkeypatch, level):
    monkeypatch.setenv("POMOST_LOG", level)
    with pytest.raises(Unavailable) as fault:
        open_pomost(home)
    assert level.casefold() in fault.value.say("pl").casefold()


def test_kept_settings_and_secrets_survive_a_restart(home):
    open_pomost(home).save_channel(WHOLE, "ja")
    pomost = open_pomost(home)
    settings, version = pomost._ways.settings("hurt")
    assert (version, settings.erp.password, settings.shop.key) == (1, "haslo", "klucz")


def test_every_save_is_a_version_with_its_author(home):
    pomost = open_pomost(home)
    assert [pomost.save_channel(changed(stock={"enabled": on}), who) for on, who in ((True, "ja"), (False, "ty"))] == [
        1,
        2,
    ]
    history = pomost.settings_history("hurt")
    assert {(number, author) for number, author, _, _ in history} == {(1, "ja"), (2, "ty")}
    assert pomost.export_settings("hurt")["stock"] == {"enabled": False}


def test_a_wrong_document_leaves_the_kept_one_alone(home):
    pomost = open_pomost(home)
    pomost.save_channel(WHOLE, "ja")
    with pytest.raises(SettingsWrong):
        pomost.save_channel(changed(stock={"enabeld": True}), "ty")
    assert len(pomost.settings_history("hurt")) == 1


@pytest.mark.parametrize("operation", ["settings_history", "export_settings", "remove_channel", "check", "warehouses"])
def test_an_unknown_channel_is_told_with_the_known_ones(home, operation):
    pomost = open_pomost(home)
    pomost.save_channel(WHOLE, "ja")
    with pytest.raises(UnknownChannel) as fault:
        getattr(pomost, operation)("zima")
    assert "„zima”" in fault.value.say("pl")
    assert "hurt" in fault.value.say("en")


@pytest.mark.parametrize("field", ["name", "company"])
def test_a_channel_needs_a_name_that_can_be_typed(home, field):
    with pytest.raises(SettingsWrong):
        open_pomost(home).save_channel(changed(channel={field: "  "}), "ja")


@pytest.mark.parametrize(
    "sections",
    [{"shop": {"timeout": -5}}, {"erp": {"timeout": -1}}, {"guard": {"share": "-1"}}, {"guard": {"hours": -1}}],
)
def test_a_number_that_makes_no_sense_is_refused(home, sections):
    with pytest.raises(SettingsWrong):
        open_pomost(home).save_channel(changed(**sections), "ja")
