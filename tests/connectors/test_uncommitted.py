"""Rows read without locks: a document whose saving is rolled back is never told of (decision table 8.5)."""

from sqlalchemy.dialects import mssql

from pomost.connectors.erp.subiekt_gt import documents
from pomost.connectors.erp.subiekt_gt import sql_of_documents as sql
from pomost.model.order import DocumentRef, OrderKey, Stage

KEY = OrderKey("", "1001", "1001")
ROW = (5, "ZK 5/MAG/2026", "1001", 7, 10, 12.3, "PLN")


class Rows:
    """A database in which somebody is saving: a plain reading shows more than a committed one."""

    def __init__(self, dirty, committed):
        self.answers = {True: committed, False: dirty}
        self.asked = []

    def rows(self, statement, parameters=None):
        waits = "READCOMMITTED" in str(statement.compile(dialect=DIALECT))
        self.asked.append(waits)
        return self.answers[waits](str(statement), parameters)


DIALECT = mssql.dialect()


def test_a_document_that_is_rolled_back_is_not_found():
    reader = Rows(lambda text, _: [ROW] if "NrPelnyOryg" in text else [], lambda *_: [])
    assert documents.find(reader, [KEY]) == {}
    assert reader.asked == [False, True]


def test_one_that_is_saved_is_found():
    reader = Rows(lambda *_: [ROW], lambda text, _: [ROW] if "dok_WartNetto" in text else [(5, 1, 3)])
    (found,) = documents.find(reader, [KEY])[KEY]
    assert (found.ref.id, found.customer, dict(found.goods)) == (5, 7, {1: 3})


def test_nothing_found_costs_one_question():
    reader = Rows(lambda *_: [], lambda *_: [])
    assert documents.find(reader, [KEY]) == {}
    assert reader.asked == [False]


def test_a_stage_is_told_as_it_is_saved_when_it_is_asked_for_so():
    open_row, done_row = (5, "ZK 5", 7, 0, "1001", 7), (5, "ZK 5", 8, 4, "1001", 7)
    by_id = str(sql.orders_by_id())

    def of(row):
        return lambda text, _: [row] if text.startswith(by_id[:60]) else []

    reader = Rows(of(done_row), of(open_row))
    ref = DocumentRef("ZK", 5, "ZK 5")
    assert [one.stage for one in documents.progress(reader, [ref], committed=False)] == [Stage.REALISED]
    assert [one.stage for one in documents.progress(reader, [ref], committed=True)] == [Stage.RESERVED]
