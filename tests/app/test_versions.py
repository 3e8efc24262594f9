"""Versions of the settings: what differs between two, under its label; an older one restored; drafts counted."""

import itertools
from copy import deepcopy
from dataclasses import replace

import pytest

from pomost.app import QualifiedCount, Refused, SettingsWrong
from pomost.app.qualifying import count_qualified
from tests.end_to_end.stage import CARDS, CHANNEL, symbol


def told(found):
    return {one.path: (one.before, one.after) for one in found}


def test_two_versions_differ_setting_by_setting(stage):
    stage.save(prices={"level": "1"}, goods={"unit_dictionary": {"karton": "PU"}})
    found = stage.pomost.settings_diff(CHANNEL, 1, 2)
    assert told(found) == {"prices.level": ("3", "1"), "goods.unit_dictionary.karton": ("", "PU")}
    labels = {one.path: (one.label.pl, one.label.en) for one in found}
    assert labels["prices.level"][0] != "prices.level"
    assert labels["goods.unit_dictionary.karton"] == ("Słownik jednostek (karton)", "Unit dictionary (karton)")
    assert told(stage.pomost.settings_diff(CHANNEL, 1)) == told(found)
    assert stage.pomost.settings_diff(CHANNEL, 2) == []


def test_branches_are_compared_by_their_ids(stage):
    branches = deepcopy(stage.document["branches"])
    branches[0]["name"] = "Główny"
    stage.save(branches=[{"id": "NEW", "name": "Nowy", "main_warehouse": "2"}, *branches])
    found = told(stage.pomost.settings_diff(CHANNEL, 1))
    assert found["branches[MAG].name"] == ("Magazyn Główny", "Główny")
    assert found["branches[NEW].main_warehouse"] == ("", "2")
    assert not [path for path in found if path.startswith("branches[KRA]")]


def test_secrets_are_no_part_of_a_difference(stage):
    stage.save(shop={"key": "inny-klucz"}, prices={"level": "1"})
    assert told(stage.pomost.settings_diff(CHANNEL, 1)) == {"prices.level": ("3", "1")}


def test_an_older_version_is_restored_as_the_newest(stage):
    stage.save(prices={"level": "1"})
    assert stage.pomost.restore_settings(CHANNEL, 1, "ktoś") == 3
    assert stage.pomost.export_settings(CHANNEL)["prices"]["level"] == "3"
    newest = stage.pomost.settings_history(CHANNEL)[0]
    assert newest[:2] == (3, "ktoś")
    assert stage.run().state == "done", "the secrets are still there"


def test_a_version_that_is_not_there_is_refused(stage):
    for number in (0, 9, -1):
        with pytest.raises(Refused):
            stage.pomost.settings_diff(CHANNEL, number)
        with pytest.raises(Refused):
            stage.pomost.restore_settings(CHANNEL, number, "x")


def test_a_drafts_qualification_is_counted_without_saving_it(stage):
    stage.company.remove_trait(symbol(1), "MSTORE")
    document = stage.pomost.export_settings(CHANNEL)
    assert stage.pomost.count_qualified(CHANNEL, document) == QualifiedCount(CARDS - 1, CARDS)
    document["goods"] = {**document["goods"], "qualification": "all", "conditions": []}
    assert stage.pomost.count_qualified(CHANNEL, document) == QualifiedCount(CARDS, CARDS)
    document["branches"] = "half edited"
    assert stage.pomost.count_qualified(CHANNEL, document).passing == CARDS
    assert len(stage.pomost.settings_history(CHANNEL)) == 1


def test_a_count_that_runs_out_of_time_says_so(world):
    world.erp.can = replace(world.erp.can, batch=2)
    moments = itertools.count()
    assert count_qualified(world.channel(), seconds=1.5, tick=lambda: next(moments)) == QualifiedCount(
        4, 4, whole=False
    )
    assert count_qualified(world.channel(), seconds=9, tick=lambda: next(moments)) == QualifiedCount(5, 5)


def test_a_draft_that_cannot_be_read_names_its_mistakes(stage):
    document = stage.pomost.export_settings(CHANNEL)
    document["goods"] = {"qualification": "perhaps"}
    with pytest.raises(SettingsWrong) as wrong:
        stage.pomost.count_qualified(CHANNEL, document)
    assert [one.path for one in wrong.value.problems] == ["goods.qualification"]
