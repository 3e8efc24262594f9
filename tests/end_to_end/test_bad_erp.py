"""An ERP that cannot be read: said clearly in both languages, nothing sent, nothing lost, and it goes on afterwards."""

import shutil
from decimal import Decimal

import pytest

from pomost.sandbox.subiekt_gt.filling import damaged, not_subiekt, older_version
from tests.end_to_end.stage import CARDS, CHANNEL, Stage, ean, symbol

UNREADABLE = {
    "missing": ("Nie można otworzyć bazy", "cannot be opened"),
    "text": ("Nie można otworzyć bazy", "cannot be opened"),
    "other program": ("nie ma oczekiwanej tabeli lub kolumny", "lacks a table or column"),
    "damaged": ("tw_SklepInternet", "tw_SklepInternet"),
}


def place(kind, folder):
    """A file that is no sound company."""
    path = folder / "inna.db"
    match kind:
        case "text":
            path.write_text("to nie jest baza danych " * 200)
        case "other program":
            not_subiekt(path).dispose()
        case "damaged":
            damaged(path).engine.dispose()
    return path


@pytest.mark.parametrize("command", ["run", "preview"])
@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_said_and_changes_nothing(settled, tmp_path, kind, command):
    before = settled.shop.contents()
    settled.save(erp={"database": str(place(kind, tmp_path))})
    polish, english = settled.in_both(command, CHANNEL)
    assert (polish.code, english.code) == (2, 2)
    assert UNREADABLE[kind][0] in polish.text
    assert UNREADABLE[kind][1] in english.text
    assert settled.shop.posts() == []
    assert settled.shop.contents() == before


@pytest.mark.parametrize("kind", UNREADABLE)
def test_the_check_names_the_step_that_failed(settled, tmp_path, kind):
    settled.save(erp={"database": str(place(kind, tmp_path))})
    polish, english = settled.in_both("check", CHANNEL)
    assert (polish.code, english.code) == (2, 2)
    for said in (polish, english):
        assert "!! ERP: " in said.out
        assert "ok " in said.out
    assert "Wszystko w porządku" not in polish.text
    assert "All is well" not in english.text


def test_after_the_file_came_back_the_run_goes_on(settled, tmp_path):
    away = tmp_path / "away.db"
    settled.company.set_price(symbol(1), 3, Decimal("1.10"))
    settled.company.engine.dispose()
    shutil.move(settled.database, away)
    assert settled.ask("run", CHANNEL).code == 2
    shutil.move(away, settled.database)
    assert settled.ask("run", CHANNEL).code == 0
    assert settled.shop.shelf()[symbol(1)].price == "1.10"
    assert len(settled.shop.active()) == CARDS


def test_reading_never_writes_beside_or_into_the_erps_file(settled, tmp_path):
    """Law 10: the ERP's database is only read; a missing one is not created."""
    missing = tmp_path / "empty" / "brak.db"
    missing.parent.mkdir()
    settled.save(erp={"database": str(missing)})
    settled.ask("check", CHANNEL)
    settled.ask("run", CHANNEL)
    assert list(missing.parent.iterdir()) == []


def test_an_older_version_of_the_program_works(stage, tmp_path):
    path = tmp_path / "starsza.db"
    older = older_version(path)
    older.add_product("STARY", ean=ean(1), net=Decimal("1.50"), internet_shop=False)
    older.engine.dispose()
    stage.save(erp={"database": str(path)})
    assert stage.ask("check", CHANNEL).code == 0
    assert stage.ask("run", CHANNEL).code == 0
    assert stage.shop.active()["STARY"].price == "1.50"


@pytest.mark.parametrize("name", ["dane #1.db", "dane 50%25.db", "co?.db"])
def test_a_file_with_signs_of_an_address_in_its_name_is_that_file(stage, tmp_path, name):
    path = tmp_path / "erp" / name
    path.parent.mkdir()
    shutil.copyfile(stage.database, path)
    stage.save(erp={"database": str(path)})
    assert stage.ask("run", CHANNEL).code == 0
    assert len(stage.shop.active()) == CARDS
    assert {one.name.removesuffix("-wal").removesuffix("-shm") for one in path.parent.iterdir()} == {name}


@pytest.mark.parametrize(
    "name",
    [
        "dane 100% pełne",
        "Łódź żółć",
        "dane #1",
        "co?to",
    ],
)
def test_a_data_folder_with_any_name_keeps_its_store_inside(window, small_company, tmp_path, name):
    home = tmp_path / "folder" / name
    home.mkdir(parents=True)
    stage = Stage(home, small_company, window)
    stage.close()
    assert [one.name for one in home.parent.iterdir()] == [name]
    assert (home / "data" / "pomost.db").is_file()


@pytest.mark.parametrize("field, value", [("database", ""), ("server", "")])
def test_a_blank_address_is_refused_by_sentence_not_by_trace(stage, field, value):
    stage.save(erp={field: value, "driver": "python-tds", "encryption": "no", "timeout": 1})
    assert stage.ask("run", CHANNEL).code in {2, 69}


def test_a_server_that_is_not_there_is_unavailable(stage):
    stage.save(erp={"driver": "python-tds", "encryption": "no", "server": "127.0.0.1", "login": "sa", "timeout": 1})
    polish, english = stage.in_both("run", CHANNEL)
    assert (polish.code, english.code) == (69, 69)
    assert "Spróbuj ponownie" in polish.text or "Sprawdź" in polish.text
    assert stage.shop.posts() == []


def test_the_recommended_driver_gets_as_far_as_the_network(stage):
    pytest.importorskip("mssql_python")
    stage.save(erp={"driver": "mssql-python", "server": "127.0.0.1", "login": "sa", "timeout": 1})
    assert "Reserved keyword" not in stage.ask("run", CHANNEL).text


def test_a_price_level_the_company_lacks_is_named(settled):
    settled.save(prices={"level": "77"})
    said = settled.ask("check", CHANNEL)
    assert (said.code, "no price level “77”" in said.text) == (2, True)


def test_a_run_with_a_price_level_the_company_lacks_says_so(stage):
    stage.save(prices={"level": "77"})
    assert "77" in stage.ask("run", CHANNEL).text


@pytest.mark.parametrize("setting, words", [("abc", "no number"), ("-1", "no number")])
def test_a_price_level_that_is_no_id_is_refused(stage, setting, words):
    stage.save(prices={"level": setting})
    said = stage.ask("run", CHANNEL)
    assert (said.code, words in said.text) == (2, True)
