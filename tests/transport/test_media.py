"""Decision table 8.25: the type of a file by its content. Real bytes of every kind, each under every name."""

import io
import os
import zipfile

import pytest
from PIL import Image

from pomost.connectors.erp.optima.translation.files import MEDIA_TYPES
from pomost.transport.media import holds

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIPPED = {"application/zip", _WORD, _SHEET}
_OLD_OFFICE = {"application/msword", "application/vnd.ms-excel"}


def drawn(form):
    written = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 10, 10)).save(written, form)
    return written.getvalue()


def zipped(*names):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return written.getvalue()


GOOD = {
    "jpeg": (drawn("JPEG"), {"image/jpeg"}),
    "png": (drawn("PNG"), {"image/png"}),
    "webp": (drawn("WEBP"), {"image/webp"}),
    "gif": (drawn("GIF"), {"image/gif"}),
    "bmp": (drawn("BMP"), {"image/bmp"}),
    "tiff": (drawn("TIFF"), {"image/tiff"}),
    "pdf": (drawn("PDF"), {"application/pdf"}),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', {"image/svg+xml", "text/plain"}),
    "svg of a drawing program": (
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg [\n<!ENTITY ns "http://ns">\n]>\n<svg><g/></svg>',
        {"image/svg+xml", "text/plain"},
    ),
    "text": ("Zażółć gęślą jaźń\r\n".encode("cp1250"), {"text/plain"}),
    "text with a mark": ("Zażółć gęślą jaźń\n".encode("utf-8-sig"), {"text/plain"}),
    "zip": (zipped("a.txt"), _ZIPPED),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), _ZIPPED),
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), _ZIPPED),
    "doc, xls": (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), _OLD_OFFICE),
}
BAD = {
    "a program of Windows": b"MZ\x90\0\x03" + bytes(100),
    "a program of Linux": b"\x7fELF\x02\x01\x01" + bytes(100),
    "a key": bytes(range(128, 160)),
    "a database": b"SQLite format 3\0" + bytes(100),
    "nothing": b"",
    "noughts": bytes(1000),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_what_its_bytes_say_and_nothing_else(name):
    data, types = GOOD[name]
    assert {one for one in MEDIA_TYPES.values() if holds(data, one)} == types


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_nor_document_has_no_name_to_go_by(name):
    passing = [one for one in {*MEDIA_TYPES.values(), ""} if holds(BAD[name], one)]
    assert passing == (["text/plain"] if name == "nothing" else [])


def test_a_text_under_the_name_of_a_picture_is_none():
    text = b"Zdjecie przesle jutro"
    assert not any(holds(text, one) for one in MEDIA_TYPES.values() if one != "text/plain")


def test_no_random_key_passes_for_a_text():
    """32 random bytes are hardly ever readable letters: some of a thousand may not be spared by chance."""
    assert sum(holds(os.urandom(32), "text/plain") for _ in range(1000)) < 20


def test_a_picture_cut_off_still_begins_as_one():
    whole = drawn("JPEG")
    assert holds(whole[: len(whole) // 2], "image/jpeg")


def test_a_type_nobody_can_tell_is_never_held():
    assert not holds(drawn("PNG"), "image/heic")
    assert not holds(drawn("PNG"), "")
