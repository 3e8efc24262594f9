"""Deleting of documents, with everything that hangs on them."""

from pomost.sandbox.sfera.books import Books, decimal
from pomost.sandbox.sfera.desk import Desk
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.flags import ORDERS, SALES
from pomost.sandbox.sfera.goods import move, movements, product_of_line
from pomost.sandbox.sfera.paper import REALISED, ZK
from pomost.sandbox.sfera.realising import free_reservation, settle


def delete(desk: Desk, key: int) -> None:
    """Delete a document: an order gives its reservation back, others give back stock and reopen their order."""
    with desk.books.saving():
        _delete(desk.books, key, desk.habits.partly)


def _delete(books: Books, key: int, partly: str) -> None:
    document = books.row("SELECT * FROM dok__Dokument WHERE dok_Id = ?", key)
    assert document is not None
    if document["dok_Typ"] == ZK.typ:
        if document["dok_Status"] == REALISED or _is_taken_from(books, key):
            raise Refusal("failure", f"Nie można usunąć zrealizowanego zamówienia {document['dok_NrPelny']}.")
        free_reservation(books, key)
    lines = books.rows("SELECT * FROM dok_Pozycja WHERE ob_DokHanId = ? OR ob_DokMagId = ?", key, key)
    orders = {_order_of(books, line["ob_DoId"]) for line in lines if line["ob_DoId"] is not None}
    reserved = {order: free_reservation(books, order) for order in orders}
    for line in lines:
        if line["ob_DokMagId"] is not None and line["ob_TowId"] is not None:
            moved = movements(books, product_of_line(books, line["ob_TowId"]), decimal(line["ob_IloscMag"]))
            move(books, line["ob_MagId"], moved, on_hand=1)
        books.execute("DELETE FROM dok_Pozycja WHERE ob_Id = ?", line["ob_Id"])
    books.execute("DELETE FROM dok_Vat WHERE vt_DokId = ?", key)
    books.execute("DELETE FROM fl_Wartosc WHERE flw_IdObiektu = ? AND flw_IdGrupyFlag IN (?, ?)", key, SALES, ORDERS)
    own = "pwd_IdObiektu = ? AND pwd_TypObiektu = ?"
    books.execute(f"DELETE FROM pw_Dane WHERE {own}", key, document["dok_ObiektGT"])
    gone = "dok_DoDokId = NULL, dok_DoDokNrPelny = '', dok_DoDokDataWyst = NULL"
    books.execute(f"UPDATE dok__Dokument SET {gone} WHERE dok_DoDokId = ?", key)
    notes = {line["ob_DokMagId"] for line in lines} - {None}
    for one in {key, *notes}:
        books.execute("DELETE FROM dok__Dokument WHERE dok_Id = ?", one)
    for order in orders:
        settle(books, order, reserved=reserved[order], partly=partly, document=None, links="none")


def _is_taken_from(books: Books, order: int) -> bool:
    query = "SELECT 1 FROM dok_Pozycja x JOIN dok_Pozycja o ON o.ob_Id = x.ob_DoId WHERE o.ob_DokHanId = ?"
    return books.value(query, order) is not None


def _order_of(books: Books, line: int) -> int:
    return int(books.value("SELECT ob_DokHanId FROM dok_Pozycja WHERE ob_Id = ?", line))
