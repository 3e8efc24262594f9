"""Decision table 8.25: files of the ERP on disk are read only below folders named in the settings, after resolving."""

import os
import socket
from pathlib import Path

import pytest

from pomost.transport import disk
from pomost.transport.disk import Barred, Folders, TooLarge, is_folder, keep_out

MOST = 1000


@pytest.fixture
def named(tmp_path):
    folder = tmp_path / "foto"
    (folder / "lato").mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"picture")
    (folder / "lato" / "b.jpg").write_bytes(b"another")
    return folder


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "tajne").mkdir()
    secret = tmp_path / "tajne" / "master.key"
    secret.write_bytes(b"k" * 32)
    return secret


def barred(folders, path):
    """Refused by both doors alike."""
    with pytest.raises(Barred):
        folders.shape(str(path))
    with pytest.raises(Barred):
        folders.read(str(path), MOST)


def test_files_below_a_named_folder_are_read(named):
    folders = Folders([str(named)])
    assert folders.read(str(named / "a.jpg"), MOST) == b"picture"
    assert folders.read(f"{named}/lato/../lato/b.jpg", MOST) == b"another"
    assert folders.shape(str(named / "a.jpg"))[1] == len(b"picture")
    assert folders.missing() == []


@pytest.mark.parametrize("names", [[], ["foto"], ["."], ["/"], [""]])
def test_without_a_named_folder_nothing_is_read(named, names, monkeypatch):
    monkeypatch.chdir(named.parent)
    barred(Folders(names), named / "a.jpg")
    barred(Folders(names), "foto/a.jpg")


def test_what_lies_elsewhere_is_barred_however_it_is_written(named, outside, monkeypatch):
    folders = Folders([str(named)])
    monkeypatch.chdir(named)
    for path in (
        outside,
        f"{named}/../tajne/master.key",
        f"{named}/lato/../../tajne/master.key",
        f"{named}-obok/a.jpg",
        "a.jpg",
        "../tajne/master.key",
        "/etc/passwd",
        "",
        f"{named}/a.jpg\0.png",
        "file:///etc/passwd",
        "~/.ssh/id_rsa",
    ):
        barred(folders, path)


def test_links_are_followed_before_they_are_judged(named, outside, tmp_path):
    (named / "klucz.jpg").symlink_to(outside)
    (named / "tajne").symlink_to(outside.parent)
    (named / "obok.jpg").symlink_to(named / "a.jpg")
    (named / "w-gore").symlink_to("..")
    folders = Folders([str(named)])
    barred(folders, named / "klucz.jpg")
    barred(folders, named / "tajne" / "master.key")
    barred(folders, named / "w-gore" / "tajne" / "master.key")
    # The system takes `..` from where the link leads, a text from where it stands: both have to stay inside.
    barred(folders, f"{named}/tajne/../tajne/master.key")
    assert folders.read(str(named / "obok.jpg"), MOST) == b"picture"
    (tmp_path / "dowiazanie").symlink_to(named)
    linked = Folders([str(tmp_path / "dowiazanie")])
    assert linked.read(str(tmp_path / "dowiazanie" / "a.jpg"), MOST) == b"picture"
    barred(linked, named / "a.jpg")


def test_a_chain_of_links_without_an_end_is_no_file(named):
    (named / "x.jpg").symlink_to(named / "y.jpg")
    (named / "y.jpg").symlink_to(named / "x.jpg")
    with pytest.raises(OSError, match=r"x\.jpg"):
        Folders([str(named)]).read(str(named / "x.jpg"), MOST)


def test_only_regular_files_are_opened(named):
    """A pipe would be waited for and a device may act when it is opened: neither is."""
    os.mkfifo(named / "potok.jpg")
    (named / "zero.jpg").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(named / "gniazdo.jpg"))
        folders = Folders([str(named), "/dev"])
        for path in (named / "potok.jpg", named / "gniazdo.jpg", named / "lato", named, named / "zero.jpg"):
            barred(folders, path)
        barred(folders, "/dev/zero")
        barred(folders, "/dev/null")


def test_a_file_that_is_no_more_is_another_matter(named):
    with pytest.raises(FileNotFoundError):
        Folders([str(named)]).shape(str(named / "brak.jpg"))


def test_the_size_is_known_before_anything_is_read(named):
    """Four gigabytes that take no room: reading them whole would take the memory, or the evening."""
    with (named / "wielki.jpg").open("wb") as file:
        file.truncate(4 * 1024**3)
    folders = Folders([str(named)])
    with pytest.raises(TooLarge) as told:
        folders.read(str(named / "wielki.jpg"), MOST)
    assert told.value.size == 4 * 1024**3
    (named / "w-sam-raz.jpg").write_bytes(b"x" * MOST)
    assert len(folders.read(str(named / "w-sam-raz.jpg"), MOST)) == MOST
    (named / "za-duzy.jpg").write_bytes(b"x" * (MOST + 1))
    with pytest.raises(TooLarge):
        folders.read(str(named / "za-duzy.jpg"), MOST)


def test_a_file_that_grows_while_it_is_read_is_still_bounded(named, monkeypatch):
    real = os.fstat

    def before_it_grew(descriptor):
        found = real(descriptor)
        with (named / "a.jpg").open("ab") as file:
            file.write(b"x" * 5 * MOST)
        return found

    monkeypatch.setattr(disk.os, "fstat", before_it_grew)
    with pytest.raises(TooLarge):
        Folders([str(named)]).read(str(named / "a.jpg"), MOST)


def test_our_own_data_is_never_read_even_inside_a_named_folder(tmp_path):
    home = tmp_path / "pomost"
    for folder, name in (("key", "master.key"), ("data", "pomost.db"), ("logs", "pomost.log")):
        (home / folder).mkdir(parents=True)
        (home / folder / name).write_bytes(b"ours")
    (tmp_path / "a.jpg").write_bytes(b"picture")
    (tmp_path / "klucz.jpg").symlink_to(home / "key" / "master.key")
    keep_out(home)
    for named in (tmp_path, home, home / "key"):
        folders = Folders([str(named)])
        barred(folders, home / "key" / "master.key")
    folders = Folders([str(tmp_path)])
    barred(folders, home / "data" / "pomost.db")
    barred(folders, home / "logs" / "pomost.log")
    barred(folders, tmp_path / "klucz.jpg")
    assert folders.read(str(tmp_path / "a.jpg"), MOST) == b"picture"


UNC = r"\\SERWER\foto\a.jpg"


@pytest.mark.parametrize(
    "path",
    [UNC, "//SERWER/foto/a.jpg", r"\\?\UNC\SERWER\foto\a.jpg", r"\\.\pipe\a", r"\\.\PhysicalDrive0", r"\\SERWER"],
)
def test_a_share_is_asked_for_only_when_it_is_named(named, path, monkeypatch):
    """On Windows the mere question hands over the user's login, so the disk is not even looked at."""

    def looked(*_, **__):
        raise AssertionError("the disk was looked at")

    for name in ("stat", "lstat", "open"):
        monkeypatch.setattr(disk.os, name, looked)
    monkeypatch.setattr(disk.os.path, "realpath", looked)
    for names in ([], [str(named)], [r"\\INNY\foto"], [r"\\SERWER\inny"], [r"\\SERWER\foto-obok"]):
        with pytest.raises(Barred):
            Folders(names).shape(path)


@pytest.mark.parametrize("name", [r"\\SERWER\foto", r"\\serwer\FOTO", "//Serwer/foto/", r"\\SERWER\foto\lato\.."])
@pytest.mark.parametrize("path", [UNC, "//serwer/FOTO/lato/b.jpg", r"\\SERWER\foto\lato\..\a.jpg"])
def test_a_named_share_is_not_reached_from_another_system(name, path):
    """The folder is named, so the file is missing here rather than forbidden."""
    with pytest.raises(FileNotFoundError):
        Folders([name]).shape(path)
    with pytest.raises(Barred):
        Folders([name]).shape(r"\\SERWER\inny\a.jpg")


@pytest.mark.parametrize("path", [r"C:\foto\a.jpg", "C:/foto/a.jpg", "c:a.jpg", r"foto\a.jpg", r"\foto\a.jpg"])
def test_a_path_of_windows_is_no_name_of_a_file_elsewhere(named, path, monkeypatch):
    """`C:\\foto\\a.jpg` is a possible name of one file in the current folder of another system."""
    (named / path.replace("/", "_")).write_bytes(b"x")
    monkeypatch.chdir(named)
    barred(Folders([str(named)]), path)
    with pytest.raises((Barred, FileNotFoundError)):
        Folders([str(named), "C:\\foto", "C:\\"]).read(path, MOST)


@pytest.mark.parametrize(
    ("folder", "path", "inside"),
    [
        (r"D:\Zdjecia", r"D:\Zdjecia\a.jpg", True),
        (r"D:\Zdjecia", r"d:/zdjecia/LATO/a.jpg", True),
        (r"D:\Zdjecia", r"D:\Zdjecia\..\Windows\a.jpg", False),
        (r"D:\Zdjecia", r"D:\Zdjecia2\a.jpg", False),
        (r"D:\Zdjecia", r"D:Zdjecia\a.jpg", False),
        (r"D:\Zdjecia", r"\Zdjecia\a.jpg", False),
        (r"D:\Zdjecia", r"D:\Zdjecia\a.jpg:klucz", False),
        (r"D:\Zdjecia", r"D:\Zdjecia\NUL", False),
        (r"D:\Zdjecia", r"D:\Zdjecia\com1.jpg", False),
        (r"D:\Zdjecia", "D:\\Zdjecia\\.. \\klucz.jpg", False),
        (r"D:\Zdjecia", r"D:\Zdjecia\...\klucz.jpg", False),
        (r"D:\Zdjecia", r"\\?\D:\Zdjecia\a.jpg", False),
        (r"D:\Zdjecia", r"\\localhost\D$\Zdjecia\a.jpg", False),
        (r"D:\Zdjecia", r"D:\Zdjecia", False),
        (r"\\S\foto", r"\\s\FOTO\a.jpg", True),
        (r"\\S\foto", r"\\S\foto\..\..\a.jpg", True),  # no `..` leads out of a share
        (r"\\S\foto", r"\\S\fotografie\a.jpg", False),
        (r"\\S\foto", r"\\S.domena\foto\a.jpg", False),
    ],
)
def test_paths_of_windows_are_compared_as_windows_does(folder, path, inside):
    """By their text alone, before the disk is touched: so it can be shown on any system."""
    named, parts = disk._parts(folder), disk._parts(path)
    assert (parts is not None and disk._is_below(parts, named)) is inside


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("/srv/foto", True),
        ("/srv", True),
        (r"D:\Zdjecia", True),
        ("D:/Zdjecia", True),
        (r"\\SERWER\foto", True),
        ("//SERWER/foto/lato", True),
        ("/", False),
        ("/srv/..", False),
        ("D:\\", False),
        ("D:", False),
        ("D:Zdjecia", False),
        (r"\\SERWER", False),
        ("\\\\SERWER\\", False),
        (r"\\?\D:\Zdjecia", False),
        (r"\\.\pipe\x", False),
        ("foto", False),
        ("../foto", False),
        ("~/foto", False),
        ("", False),
        ("*", False),
        ("/srv/foto\n", False),
    ],
)
def test_what_can_be_named_as_a_folder(text, is_one):
    assert is_folder(text) is is_one


def test_a_folder_that_cannot_be_reached_is_told(named):
    gone = str(Path(named) / "nie-ma")
    assert Folders([str(named), gone, r"\\SERWER\foto"]).missing() == [gone, r"\\SERWER\foto"]
