"""A run's changes as a file for a spreadsheet: CSV as it is read, XLSX with constant memory."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice

from pomost.app.results import Change
from pomost.model.outcome import Failed, Skipped, ending
from pomost.model.sentences_of_runs import say
from pomost.model.text import Language, Text
from pomost.model.words import ALARMS, FIELDS, KINDS, OUTCOMES, called, valued


class Sheet(StrEnum):
    """Kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"


_COLUMNS = (
    Text("zmiana", "change"),
    Text("symbol", "symbol"),
    Text("id w sklepie", "id in the shop"),
    Text("pole", "field"),
    Text("było", "was"),
    Text("będzie", "will be"),
    Text("powód", "reason"),
    Text("bezpiecznik", "guard"),
    Text("wynik", "outcome"),
)
_ROWS = 1_048_575  # what a sheet of XLSX holds below its heading
_PIECE = 64 * 1024
_LONGEST = 32_767  # characters in a cell of XLSX
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def exported(changes: Iterable[Change], sheet: Sheet, language: Language) -> Iterator[bytes]:
    """The file piece by piece; one row a field of a change."""
    heading = [column.into(language) for column in _COLUMNS]
    rows = chain.from_iterable(_rows(change, language) for change in changes)
    match sheet:
        case Sheet.CSV:
            return _csv(heading, rows, language)
        case Sheet.XLSX:
            return _xlsx(heading, rows)


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: an apostrophe goes before whatever could begin one, numbers apart."""
    if not cell.startswith(_FORMULA) or cell.removeprefix("-").replace(".", "", 1).isdecimal():
        return cell
    return f"'{cell}"


def _rows(change: Change, language: Language) -> Iterator[list[str]]:
    kind, alarm = called(KINDS, change.kind).into(language), called(ALARMS, change.alarm).into(language)
    why = " ".join(say(one, language) for one in change.why)
    outcome = _outcome(change, language)
    for field in change.fields:
        values = [valued(value).into(language) for value in (field.before, field.after)]
        name = called(FIELDS, field.field).into(language)
        yield [kind, change.symbol, change.product_id, name, *values, why, alarm, outcome]


def _outcome(change: Change, language: Language) -> str:
    if isinstance(change.outcome, Skipped | Failed):
        return say(change.outcome.reason, language)
    return called(OUTCOMES, ending(change.outcome)).into(language)


def _csv(heading: list[str], rows: Iterator[list[str]], language: Language) -> Iterator[bytes]:
    """With the byte order mark and the separator spreadsheets of this language expect."""
    page = io.StringIO()
    page.write("\ufeff")
    writer = csv.writer(page, delimiter=";" if language == "pl" else ",", lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if page.tell() > _PIECE:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def _xlsx(heading: list[str], rows: Iterator[list[str]]) -> Iterator[bytes]:
    """Cells are written as texts, never as formulas or links; what one sheet cannot hold goes on in the next."""
    import xlsxwriter  # noqa: PLC0415  (few commands write one, and every command would wait for it)

    with tempfile.TemporaryFile(prefix="pomost-") as file:
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            bold = book.add_format({"bold": True})
            waiting: Iterator[list[str]] = rows
            while True:
                page = book.add_worksheet()
                page.freeze_panes(1, 0)
                for column, title in enumerate(heading):
                    page.write_string(0, column, title, bold)
                for place, row in enumerate(islice(waiting, _ROWS), 1):
                    for column, cell in enumerate(row):
                        page.write_string(place, column, cell[:_LONGEST])
                following = next(waiting, None)
                if following is None:
                    break
                waiting = chain([following], waiting)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
