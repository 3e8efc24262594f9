"""Decision table 8.25: a path in Optima's tables is read only below named folders, and only as what its name says."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pomost.app import open_pomost
from pomost.connectors import ERPS
from pomost.connectors.erp.optima import contents
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.model.reason import Finding, Reason
from pomost.model.subject import Area
from pomost.sandbox.optima import pictures
from pomost.sandbox.optima.cards import Card, File
from pomost.sandbox.optima.connection import Ticking
from pomost.sandbox.optima.filling import minimal
from pomost.store.database import close_store
from tests.connectors.test_optima import EARLY, over

PICTURE = pictures.jpeg("Woda")
ON_A_DISK = {"DBL_DabId": None, "DBL_WBazie": 0, "DBL_Sciezka": "?"}


@pytest.fixture
def shelf(tmp_path):
    """The named folder, with one good picture."""
    folder = tmp_path / "zdjecia"
    folder.mkdir()
    (folder / "woda.jpg").write_bytes(PICTURE)
    return folder


@pytest.fixture
def linked(tmp_path, shelf):
    """A product with one link to a path; gives what is planned of it, and what is read of the link."""
    it = minimal(tmp_path / "serwer", clock=Ticking(EARLY))
    it.goods.add(Card(code="A", name="Woda", files=(File("woda.jpg", None, link=ON_A_DISK),)))
    it.close()
    rows = []

    def told(path, name="woda.jpg", folders=None):
        with closing(sqlite3.connect(it.company_file)) as connection, connection:
            connection.create_function("triggers_enabled", 0, lambda: 0)
            connection.create_function("getdate", 0, lambda: "")
            connection.execute("UPDATE DaneBinarneLinki SET DBL_Sciezka = ?, DBL_NazwaPliku = ?", (str(path), name))
            (number,) = connection.execute("SELECT DBL_DBLID FROM DaneBinarneLinki").fetchone()
        erp = over(it, file_folders=(str(shelf),) if folders is None else folders)
        rows.append(erp)
        (key, _), *_ = erp.scan_entries(Area.FILES)
        (reading,) = erp.entries(Area.FILES, [key])
        return reading, erp.file(-number)

    yield told
    for erp in rows:
        erp.close()


def reasons(reading, data):
    """Why it is left out: told when it is planned, and when it is read."""
    assert isinstance(data, Finding)
    return [one.reason for one in reading.findings], data.reason


def test_a_picture_of_a_named_folder_is_read(linked, shelf):
    reading, data = linked(shelf / "woda.jpg")
    (link,) = reading.content.links
    assert (link.media_type, link.size, data) == ("image/jpeg", len(PICTURE), PICTURE)
    assert reading.findings == ()


def test_without_a_named_folder_nothing_on_a_disk_is_read(linked, shelf):
    reading, data = linked(shelf / "woda.jpg", folders=())
    assert reading.content.links == ()
    assert reasons(reading, data) == ([Reason.FILE_NOT_ALLOWED], Reason.FILE_NOT_ALLOWED)
    assert dict(data.facts)["path"] == str(shelf / "woda.jpg")


def test_naming_the_folder_later_brings_the_file(linked, shelf):
    """The fingerprint holds what was found of the file, so the product is looked at again by itself."""
    before, _ = linked(shelf / "woda.jpg", folders=())
    after, _ = linked(shelf / "woda.jpg")
    assert before.print != after.print


def test_paths_to_elsewhere_are_told_and_not_read(linked, shelf, tmp_path):
    secret = tmp_path / "tajne.jpg"
    secret.write_bytes(PICTURE)
    (shelf / "link.jpg").symlink_to(secret)
    for path in (secret, f"{shelf}/../tajne.jpg", shelf / "link.jpg", r"\\SERWER\foto\woda.jpg", r"C:\foto\woda.jpg"):
        assert reasons(*linked(path)) == ([Reason.FILE_NOT_ALLOWED], Reason.FILE_NOT_ALLOWED), path


def test_a_pipe_is_not_waited_for(linked, shelf):
    os.mkfifo(shelf / "potok.jpg")
    assert reasons(*linked(shelf / "potok.jpg")) == ([Reason.FILE_NOT_ALLOWED], Reason.FILE_NOT_ALLOWED)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("program.jpg", b"MZ\x90\0\x03" + bytes(200)),
        ("true.png", Path(shutil.which("true")).read_bytes()),
        ("klucz.txt", bytes(range(128, 160))),
        ("master.key", bytes(32)),
        ("bez-konca", PICTURE),
        ("tekst.jpg", b"Zdjecie przesle jutro"),
        ("obraz.pdf", PICTURE),
    ],
)
def test_what_is_not_what_its_name_says_is_not_read(linked, shelf, name, data):
    (shelf / name).write_bytes(data)
    _, found = linked(shelf / name, name=name)
    assert isinstance(found, Finding)
    assert found.reason is Reason.FILE_NOT_ALLOWED


def test_the_name_that_is_sent_is_the_one_that_counts(linked, shelf):
    """The link may call a key a picture, or a picture something else: the bytes have to fit what the shop is told."""
    assert linked(shelf / "woda.jpg", name="woda.pdf")[1].reason is Reason.FILE_NOT_ALLOWED
    (shelf / "bez-konca").write_bytes(PICTURE)
    assert linked(shelf / "bez-konca", name="woda.jpg")[1] == PICTURE


def test_a_file_of_gigabytes_is_not_read(linked, shelf):
    with (shelf / "wielki.jpg").open("wb") as file:
        file.truncate(contents.MOST + 1)
    reading, data = linked(shelf / "wielki.jpg")
    assert reading.content.links[0].size == contents.MOST + 1
    assert data.reason is Reason.FILE_TOO_LARGE_TO_READ


def test_missing_and_empty_files_are_told_as_such(linked, shelf):
    (shelf / "pusty.jpg").touch()
    assert reasons(*linked(shelf / "brak.jpg")) == ([Reason.FILE_NOT_ON_DISK], Reason.FILE_NOT_ON_DISK)
    assert linked(shelf / "pusty.jpg")[1].reason is Reason.FILE_EMPTY
    # A share that is named cannot be reached from a system that is not Windows: the file is missing here.
    told = linked(r"\\SERWER\foto\woda.jpg", folders=(r"\\serwer\FOTO",))
    assert reasons(*told) == ([Reason.FILE_NOT_ON_DISK], Reason.FILE_NOT_ON_DISK)


def test_the_master_key_is_never_published(linked, tmp_path, monkeypatch):
    """Even by somebody who names the folder with Pomost's data, and calls the key a picture or a text."""
    home = tmp_path / "pomost"
    monkeypatch.delenv("POMOST_MASTER_KEY", raising=False)
    open_pomost(home)
    key = home / "key" / "master.key"
    assert key.is_file()
    (home / "obraz.jpg").write_bytes(PICTURE)
    (home / "logs" / "pomost.log").write_text("{}")
    close_store()
    for folders in ((str(tmp_path),), (str(home),), (str(home / "key"),)):
        for name in ("klucz.jpg", "klucz.txt", "master.key"):
            assert reasons(*linked(key, name=name, folders=folders))[1] is Reason.FILE_NOT_ALLOWED
        assert linked(home / "obraz.jpg", folders=folders)[1].reason is Reason.FILE_NOT_ALLOWED
    for other in (home / "data" / "pomost.db", home / "logs" / "pomost.log"):
        assert linked(other, name="baza.txt", folders=(str(tmp_path),))[1].reason is Reason.FILE_NOT_ALLOWED


def test_the_check_names_a_folder_that_is_not_to_be_reached(tmp_path, shelf):
    it = minimal(tmp_path / "serwer", clock=Ticking(EARLY))
    it.close()
    gone = str(tmp_path / "nie-ma")
    erp = over(it, file_folders=(str(shelf), gone))
    last = list(erp.check())[-1]
    erp.close()
    assert last.passed
    assert gone in last.found.pl
    assert str(shelf) not in last.found.pl


@pytest.mark.parametrize("folder", ["zdjecia", "/", "C:", "C:\\", r"\\SERWER", "", r"\\?\C:\zdjecia"])
def test_a_text_that_names_no_folder_is_not_saved(folder):
    settings = OptimaSettings(database="CDN_Firma", file_folders=("/srv/zdjecia", folder))
    (told,) = ERPS["optima"].unfit(settings)
    assert told[0] == "file_folders"
    assert f"„{folder}”" in told[1].pl
    assert list(ERPS["optima"].unfit(replace(settings, file_folders=("/srv/zdjecia", r"\\S\foto")))) == []


def test_a_table_does_not_name_the_file_of_another_database(tmp_path):
    """With files for databases, the name of the configuration database comes from a table of the company."""
    it = minimal(tmp_path / "serwer", clock=Ticking(EARLY))
    it.close()
    other = minimal(tmp_path / "inny", clock=Ticking(EARLY))
    other.close()
    elsewhere = next(path for path in (tmp_path / "inny").glob("*.db") if path.name != it.company_file.name)
    for written in (str(elsewhere), f"../inny/{elsewhere.stem}", f"..\\inny\\{elsewhere.stem}"):
        with closing(sqlite3.connect(it.company_file)) as connection, connection:
            connection.execute("UPDATE SystemCDN SET SYS_Wartosc = ? WHERE SYS_ID = 1002", (written,))
        erp = over(it)
        assert Path(erp._company.configuration._address.database).parent == it.company_file.parent
        erp.close()
    assert erp._settings.driver is Driver.SQLITE
