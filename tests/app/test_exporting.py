"""Changes as spreadsheets: read back as what they are, in both languages, and never a formula."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pomost.app import Change, Sheet, exporting
from pomost.app.exporting import exported, harmless
from pomost.model.change import FieldChange
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Finding, Reason

AT = datetime(2026, 11, 26, tzinfo=UTC)
TRICK = '=HYPERLINK("http://evil","x")'


def change(symbol="S1", **facts):
    fields = (FieldChange("price", "2.50 PLN net", "2.60 PLN net"), FieldChange("visible@KRA", "False", "True"))
    return Change(1, AT, "amend", symbol, "p1", facts.pop("fields", fields), (), **facts)


def table(changes, language="pl"):
    text = b"".join(exported(changes, Sheet.CSV, language)).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";" if language == "pl" else ","))


def test_one_row_a_field_in_both_languages():
    refused = Failed(Finding.of(Reason.SHOP_REFUSED, code="zly-vat"))
    heading, *rows = table([change(outcome=Done()), change("S2", outcome=refused, alarm="price jump")])
    assert heading[:6] == ["zmiana", "symbol", "id w sklepie", "pole", "było", "będzie"]
    assert rows[0] == ["aktualizacja", "S1", "p1", "cena", "2.50 PLN net", "2.60 PLN net", "", "", "wykonano"]
    assert rows[1][3:6] == ["widoczny KRA", "nie", "tak"]
    assert rows[2][7] == "skok ceny"
    assert "zly-vat" in rows[2][8]
    heading, first, *_ = table([change()], "en")
    assert heading[0] == "change"
    assert first == ["amend", "S1", "p1", "price", "2.50 PLN net", "2.60 PLN net", "", "", "not sent"]


def test_a_value_is_told_as_it_is_though_it_looks_like_a_field_of_a_branch():
    address = FieldChange("email", "", "sklep@example.com")
    _, row = table([change(fields=(address,))])
    assert row[3:6] == ["e-mail", "", "sklep@example.com"]


def test_no_changes_are_a_heading():
    assert len(table([])) == 1
    with zipfile.ZipFile(io.BytesIO(b"".join(exported([], Sheet.XLSX, "pl")))) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()


@pytest.mark.parametrize("sign", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_csv_is_a_formula(sign):
    _, row, _ = table([change(sign)])
    assert row[1][0] == "'"


@pytest.mark.parametrize("plain", ["", "S1", "-5", "-5.25", "5", "a=b"])
def test_numbers_and_texts_stay_as_they_are(plain):
    assert harmless(plain) == plain


@given(st.text(max_size=20))
def test_what_a_spreadsheet_could_take_for_a_formula_is_marked(text):
    marked = harmless(text)
    assert marked in {text, f"'{text}"}
    assert marked[:1] not in tuple("=+@\t\r") or not marked


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(exporting, "_ROWS", 2)
    data = b"".join(exported([change(symbol) for symbol in ("S1", "S2")], Sheet.XLSX, "pl"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        pages = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(pages) == 2, "two fields of two changes fill two sheets and need no third"
        rows = [book.read(page).decode().count("<row ") for page in sorted(pages)]
        assert rows == [3, 3], "each begins with the heading"
        symbols = [symbol in book.read(page).decode() for page in sorted(pages) for symbol in ("S1", "S2")]
        assert symbols == [True, False, False, True], "in their order"


def test_an_xlsx_holds_texts_alone():
    data = b"".join(exported([change(TRICK), change("http://sklep.example")], Sheet.XLSX, "pl"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page
        assert "HYPERLINK(" in page
        assert page.count("<row ") == 5
