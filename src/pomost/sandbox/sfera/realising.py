"""How far an order is realised, and what the order says of it: status, bits, links, what stays reserved."""

from decimal import Decimal

from pomost.sandbox.sfera.books import Books, Row, decimal
from pomost.sandbox.sfera.goods import Movement, move, movements, product_of_line
from pomost.sandbox.sfera.paper import COMPLETELY, PARTLY, REALISED, RESERVED, UNRESERVED, WITH_DIFFERENCES, Paper

ZERO = Decimal(0)
_LINES = "SELECT ob_Id, ob_TowId, ob_IloscMag, ob_MagId FROM dok_Pozycja WHERE ob_DokHanId = ? ORDER BY ob_DokHanLp"
_REALISED = (
    "SELECT sum(x.ob_IloscMag * x.ob_Znak) FROM dok_Pozycja x"
    " JOIN dok__Dokument d ON d.dok_Id = coalesce(x.ob_DokHanId, x.ob_DokMagId)"
    " WHERE x.ob_DoId = ? AND d.dok_Typ IN (2, 11, 21) AND d.dok_Status <> 2"
)


def remaining(books: Books, order: int) -> dict[int, Decimal]:
    """Base quantity by line of the order that no document took yet; negative where more was taken than ordered."""
    return {
        line["ob_Id"]: decimal(line["ob_IloscMag"]) - decimal(books.value(_REALISED, line["ob_Id"]))
        for line in books.rows(_LINES, order)
    }


def held(books: Books, order: int) -> list[tuple[int, list[Movement]]]:
    """What the order's remaining lines reserve, by warehouse of each line."""
    left = remaining(books, order)
    return [
        (line["ob_MagId"], movements(books, product_of_line(books, line["ob_TowId"]), max(left[line["ob_Id"]], ZERO)))
        for line in books.rows(_LINES, order)
        if line["ob_TowId"] is not None
    ]


def reserve(books: Books, order: int, sign: int) -> None:
    """Raise (1) or lower (-1) reservations by what the order still waits for."""
    for warehouse, moved in held(books, order):
        move(books, warehouse, moved, reserved=sign)


def free_reservation(books: Books, order: int) -> bool:
    """Lower the reservations of an order that has some, before its lines or its realisation change."""
    reserves = bool(books.value("SELECT dok_JestRuchMag FROM dok__Dokument WHERE dok_Id = ?", order))
    if reserves:
        reserve(books, order, -1)
    return reserves


def settle(books: Books, order: int, *, reserved: bool, partly: str, document: Paper | None, links: str) -> None:
    """Bring the order up to date after `document` took from it, or after one that had is gone (None).

    `reserved`: the order held a reservation until now; the caller has lowered it already.
    """
    ordered = books.rows(_LINES, order)
    left = remaining(books, order)
    taken = [decimal(line["ob_IloscMag"]) - left[line["ob_Id"]] for line in ordered]
    done = all(quantity <= 0 for quantity in left.values())
    begun = any(quantity > 0 for quantity in taken)
    foreign = document is not None and any(line.source is None for line in document.lines)
    differs = foreign or any(quantity < 0 for quantity in left.values())
    stays = not done and (not begun or partly == "open")
    extra = (COMPLETELY if done else PARTLY) | (WITH_DIFFERENCES if differs else 0) if begun else 0
    change: Row = {"dok_StatusEx": extra, "dok_JestRuchMag": stays and reserved}
    change["dok_Status"] = (RESERVED if reserved else UNRESERVED) if stays else REALISED
    if not begun or (reserved and not stays):
        change["dok_ZrealizowaneZRezerwacja"] = begun
    if document is not None and links in {"order", "both"}:
        change |= {"dok_DoDokId": document.key, "dok_DoDokNrPelny": document.header["dok_NrPelny"]}
        change |= {"dok_DoDokDataWyst": document.day}
    books.update("dok__Dokument", order, change)
    if stays and reserved:
        reserve(books, order, 1)
