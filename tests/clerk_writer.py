"""A writer of orders for tests: the sandbox company's clerk saves them, one at a time, under a lock of the company."""

import fcntl
import threading
from contextlib import contextmanager
from pathlib import Path

from pomost.connectors.erp.subiekt_gt import SubiektGt
from pomost.connectors.erp.subiekt_gt import documents as reading
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.model.order import DocumentRef
from pomost.model.outcome import Done, Failed
from pomost.model.reason import Finding, Reason
from pomost.ports.erp import Focus
from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.sfera.errors import Refusal
from pomost.transport.sql import SqlAddress, SqlReader


class ClerkWriter:
    """Stands where Sfera does."""

    def __init__(self, database):
        self.database = str(database)
        self._local = threading.local()

    def register(self, draft):
        with self._lock():
            held = reading.find(self._reader(), [draft.identity]).get(draft.identity)
            own = [one.ref for one in held or () if one.customer == draft.customer]
            if own:
                return Done(str(own[0].id), own[0])
            if held:
                listed = ", ".join(str(one.ref) for one in held)
                return Failed(Finding.of(Reason.ORDER_NUMBER_TAKEN, documents=listed), retry=True)
            try:
                document = self._save(draft)
            except Refusal as refusal:
                return Failed(Finding.of(Reason.ERP_REFUSED, detail=str(refusal)))
            return Done(str(document.id), document)

    def rehearse(self, draft):
        try:
            self._customer(draft.customer)
        except Refusal as refusal:
            return Finding.of(Reason.ERP_REFUSED, detail=str(refusal))
        return None

    def check(self, _sample):
        yield from ()

    def close(self):
        """The clerk's books are closed with the thread that opened them."""

    def _save(self, draft):
        self._customer(draft.customer)
        key = self._clerk().write_order(
            draft.customer,
            [(line.key, line.quantity) for line in draft.lines],
            warehouse=int(draft.warehouse),
            original_number=draft.original_number,
            reserve=draft.reserve,
        )
        (row,) = self._clerk()._desk.books.rows("SELECT dok_NrPelny FROM dok__Dokument WHERE dok_Id = ?", key)
        return DocumentRef("ZK", key, row["dok_NrPelny"])

    def _customer(self, key):
        if self._clerk()._desk.books.value("SELECT kh_Id FROM kh__Kontrahent WHERE kh_Id = ?", key) is None:
            raise Refusal("failure", f"Nie znaleziono kontrahenta {key}.")

    @contextmanager
    def _lock(self):
        """Between processes, and gone with the process that held it, like an application lock of the server."""
        with Path(f"{self.database}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _clerk(self):
        if not hasattr(self._local, "clerk"):
            self._local.clerk = Clerk(self.database)
        return self._local.clerk

    def _reader(self):
        if not hasattr(self._local, "reader"):
            self._local.reader = SqlReader(SqlAddress("sqlite", database=self.database))
        return self._local.reader


def connected(database, focus=Focus()):  # noqa: B008  (a frozen value)
    """A Subiekt GT whose orders the clerk saves: at once, and without a process of its own."""
    erp = SubiektGt(SubiektSettings(str(database), driver=Driver.SQLITE, sfera_operator="Szef"), focus)
    erp._writer = ClerkWriter(database)
    return erp
