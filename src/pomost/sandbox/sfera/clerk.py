"""A person at the program: realises, edits and deletes, and leaves in the database what the program would.

For tests and demonstrations; no COM is involved, and no trouble is scripted.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from os import PathLike
from types import TracebackType
from typing import Self

from pomost.sandbox.sfera import locks
from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.deleting import delete
from pomost.sandbox.sfera.desk import Desk, operator_names
from pomost.sandbox.sfera.drafting import add_product, base_on, find_document, new_paper, open_paper
from pomost.sandbox.sfera.filing import file
from pomost.sandbox.sfera.flags import ORDERS, write_flag
from pomost.sandbox.sfera.locks import Holder
from pomost.sandbox.sfera.paper import FORMS, FS, PA, WZ, ZK, Form, Line, Paper
from pomost.sandbox.sfera.script import Habits

Which = int | str
"""A document by its id or full number."""
_FORMS: dict[str, Form] = {form.letters: form for form in FORMS}


class Clerk:
    """One of the company's users at a workstation; refusals of the program are `Refusal`.

    Usable in `with`. Quantities are in units of the order's lines, and lines are counted from one.
    """

    def __init__(
        self,
        database_path: str | PathLike[str],
        *,
        operator: str = "Janina Kowalska",
        workstation: str = "KASA-2",
        habits: Habits | None = None,
    ) -> None:
        books = Books(str(database_path))
        self._desk = Desk(books, habits or Habits(), operator_names(books)[operator], Holder(workstation, operator))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._desk.books.close()

    def write_order(
        self,
        customer: int,
        lines: Sequence[tuple[Which, Decimal | int]],
        *,
        warehouse: int = 1,
        original_number: str = "",
        reserve: bool = False,
    ) -> int:
        """An order (ZK) of products by id or symbol with quantities; its id."""
        paper = self._new(ZK, customer, warehouse)
        paper.header["dok_NrPelnyOryg"] = original_number
        paper.reserve = reserve
        self._add(paper, lines)
        return self._save(paper)

    def realise(
        self,
        order: Which,
        part: Mapping[int, Decimal | int] | None = None,
        *,
        as_: str = "FS",
        links: str | None = None,
        more: Sequence[tuple[Which, Decimal | int]] = (),
        with_wz: bool = False,
    ) -> int:
        """Make an FS, PA or WZ from an order and return its id.

        `part`: quantities by number of the order's line, what is not named stays; None takes everything left.
        `links`: 'order' (the order names the document, as documented), 'document' (the other way round), 'both',
        'chain' (only line by line), 'none' (typed anew: the order knows nothing and stays open). `more` adds goods
        nobody ordered, `with_wz` issues a dispatch note of its own beside the document.
        """
        paper = new_paper(self._desk, _FORMS[as_], 1)
        with self._locked(order) as key:
            wanted = None
            if part is not None:
                ordered = [line.key or 0 for line in open_paper(self._desk, key).lines]
                wanted = {ordered[place - 1]: Decimal(quantity) for place, quantity in part.items()}
            base_on(self._desk, paper, key, wanted)
            if links == "none":
                paper.source = None
                for line in paper.lines:
                    line.source = None
            self._add(paper, more)
            file(self._desk, paper, with_wz=with_wz, links=links)
        return int(paper.header["dok_Id"])

    def invoice(self, order: Which, part: Mapping[int, Decimal | int] | None = None, *, with_wz: bool = False) -> int:
        return self.realise(order, part, as_=FS.letters, with_wz=with_wz)

    def receipt(self, order: Which, part: Mapping[int, Decimal | int] | None = None) -> int:
        return self.realise(order, part, as_=PA.letters)

    def issue_wz(self, order: Which, part: Mapping[int, Decimal | int] | None = None) -> int:
        return self.realise(order, part, as_=WZ.letters)

    def sell(
        self, customer: int, lines: Sequence[tuple[Which, Decimal | int]], *, as_: str = "FS", warehouse: int = 1
    ) -> int:
        """A document that has nothing to do with an order."""
        paper = self._new(_FORMS[as_], customer, warehouse)
        self._add(paper, lines)
        return self._save(paper)

    def delete(self, document: Which) -> None:
        """Delete: an order gives back its reservation, another document its stock, and its order is open again."""
        with self._locked(document) as key:
            delete(self._desk, key)

    def reserve(self, order: Which, *, reserve: bool = True) -> None:
        """Switch the reservation of an open order on or off."""
        with self._edited(order) as paper:
            paper.reserve = reserve

    def edit_line(
        self,
        order: Which,
        place: int,
        *,
        quantity: Decimal | int | None = None,
        price: Decimal | None = None,
        unit: str | None = None,
    ) -> None:
        """Change a line of an open order; the price is of the side the order is counted from."""
        with self._edited(order) as paper:
            pricing, line = self._desk.pricing(paper), paper.lines[place - 1]
            if quantity is not None:
                line.quantity, line.value = Decimal(quantity), None
            if unit is not None:
                pricing.write_unit(line, unit)
            if price is not None:
                (pricing.write_net if paper.by_net else pricing.write_gross)(line, price)

    def add_line(self, order: Which, product: Which, quantity: Decimal | int) -> None:
        with self._edited(order) as paper:
            self._add(paper, [(product, quantity)])

    def remove_line(self, order: Which, place: int) -> None:
        with self._edited(order) as paper:
            del paper.lines[place - 1]

    def renumber(self, order: Which, original_number: str) -> None:
        """Overtype the foreign number of an order."""
        with self._edited(order) as paper:
            paper.header["dok_NrPelnyOryg"] = original_number

    def tamper(self, document: Which, **columns: object) -> None:
        """Columns of `dok__Dokument` overwritten past the program, as people do by SQL: nothing else follows."""
        key = find_document(self._desk, document)
        with self._desk.books.saving():
            self._desk.books.update("dok__Dokument", key, columns)

    def flag(self, order: Which, name: str, comment: str = "") -> None:
        """Give an order an own flag; an empty name takes it away."""
        with self._desk.books.saving():
            write_flag(self._desk, ORDERS, find_document(self._desk, order), name, comment)

    def lock(self, document: Which) -> None:
        """Open a document and leave it open on the screen."""
        desk, record = self._desk, self._record(document)
        with desk.books.saving():
            locks.take(desk.books, desk.holder, *record, desk.now())

    def unlock(self, document: Which) -> None:
        self._give_back(self._record(document))

    def _record(self, document: Which) -> tuple[int, int]:
        key = find_document(self._desk, document)
        return open_paper(self._desk, key).form.object_kind, key

    def _give_back(self, record: tuple[int, int]) -> None:
        with self._desk.books.saving():
            locks.give_back(self._desk.books, self._desk.holder, *record)

    @contextmanager
    def _locked(self, document: Which) -> Iterator[int]:
        """Hold a document while it is worked on; another's lock is a refusal."""
        record = self._record(document)
        self.lock(record[1])
        try:
            yield record[1]
        finally:
            self._give_back(record)

    @contextmanager
    def _edited(self, order: Which) -> Iterator[Paper]:
        """An order opened, changed and saved."""
        with self._locked(order) as key:
            paper = open_paper(self._desk, key)
            yield paper
            self._save(paper)

    def _new(self, form: Form, customer: int, warehouse: int) -> Paper:
        paper = new_paper(self._desk, form, warehouse)
        paper.header |= {"dok_PlatnikId": customer, "dok_OdbiorcaId": customer}
        return paper

    def _add(self, paper: Paper, lines: Sequence[tuple[Which, Decimal | int]]) -> None:
        for what, quantity in lines:
            line: Line = add_product(self._desk, paper, what, with_linked=False)
            line.quantity = Decimal(quantity)

    def _save(self, paper: Paper) -> int:
        file(self._desk, paper)
        return int(paper.header["dok_Id"])
