"""The door: a function that stands in for COM's `Dispatch`, over one sandbox company and one script."""

import json
from collections.abc import Callable, Mapping
from os import PathLike, fspath
from typing import Any

from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.cards import CardDesk, CardList, ProductCard
from pomost.sandbox.sfera.customers import Customer, CustomerDesk, CustomerList, Phones, Traits
from pomost.sandbox.sfera.document import Document
from pomost.sandbox.sfera.errors import from_com
from pomost.sandbox.sfera.journal import Journal
from pomost.sandbox.sfera.launcher import Extras, Launcher
from pomost.sandbox.sfera.lines import DocumentLine, DocumentLines
from pomost.sandbox.sfera.members import Model, known_calls
from pomost.sandbox.sfera.script import BITS, Script, read_script
from pomost.sandbox.sfera.subiekt import DocumentDesk, DocumentList, Subiekt
from pomost.sandbox.sfera.wire import ComObject, Wire

CLASSES: tuple[type[Model], ...] = (
    Launcher,
    Extras,
    Subiekt,
    DocumentDesk,
    DocumentList,
    Document,
    DocumentLines,
    DocumentLine,
    CustomerDesk,
    CustomerList,
    Customer,
    Phones,
    Traits,
    CardDesk,
    CardList,
    ProductCard,
)
"""Every class of the object model."""

Dispatch = Callable[[str], ComObject]


def check_script(script: Mapping[str, Any]) -> Script:
    """The script as the factory reads it; `ValueError` says what is wrong with it, data JSON cannot hold included."""
    return read_script(json.loads(json.dumps(script)), known_calls(*CLASSES))


def open_sfera(database_path: str | PathLike[str], script: Mapping[str, Any] | None = None) -> Dispatch:
    """A `dispatch(prog_id)` for the company in this SQLite file; keys of the script: `pomost.sandbox.sfera.script`.

    `InsERT.GT` and `InsERT.Dodatki` are known. Objects belong to the thread that called `dispatch`, with all objects
    reached from them. Errors are `ComError`; a script or a file that cannot be used is a `ValueError` at once.
    """
    read = check_script(script or {})
    journal, path = Journal(read.journal), fspath(database_path)
    Books(path).close()

    def dispatch(prog_id: str) -> ComObject:
        if not read.installed:
            raise from_com("unknown_class")
        if prog_id not in {"InsERT.GT", "InsERT.Dodatki"}:
            raise from_com("unknown_class")
        if read.bits != BITS:
            raise from_com("class_not_registered")
        model = Launcher(path, read, journal) if prog_id == "InsERT.GT" else Extras()
        return Wire(read, journal).face(model)

    return dispatch
