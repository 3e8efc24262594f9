"""What the program checks before it saves a document."""

from collections import defaultdict
from decimal import Decimal

from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.desk import Desk
from pomost.sandbox.sfera.errors import Dialog, Refusal
from pomost.sandbox.sfera.goods import available, movements
from pomost.sandbox.sfera.paper import HOME_CURRENCY, REALISED, ZK, Line, Paper

_LEVELS = range(1, 11)
SKIP, ASK, REFUSE, BY_SETTINGS = 0, 1, 2, 3
"""Values of the control of reservations."""


def check(desk: Desk, paper: Paper) -> None:
    """Customer, lines, currency, undecided questions; parameters of the company decide what the client did not."""
    books, header = desk.books, paper.header
    if paper.key is not None and not may_be_edited(books, paper.key):
        raise Refusal("failure", f"Dokument {header['dok_NrPelny']} nie może być edytowany.")
    for role in ("Platnik", "Odbiorca"):
        # The program says nothing at all about a customer it does not know.
        if not books.value("SELECT 1 FROM kh__Kontrahent WHERE kh_Id = ?", header[f"dok_{role}Id"]):
            raise Refusal("failure", "")
    if not paper.lines:
        raise Refusal("failure", "Dokument nie zawiera pozycji.")
    for place, line in enumerate(paper.lines, 1):
        _check_line(books, line, place)
    if header["dok_Waluta"] not in currencies(books) or header["dok_WalutaKurs"] <= 0:
        raise Refusal("failure", f"Nieznana waluta {header['dok_Waluta']} lub jej kurs.")
    if paper.form is ZK:
        _decide(desk, paper)


def _check_line(books: Books, line: Line, place: int) -> None:
    if line.quantity <= 0:
        raise Refusal("failure", f"Ilość w pozycji {place} musi być większa od zera.")
    if line.vat_id is None:
        raise Refusal("failure", f"Pozycja {place} nie ma stawki VAT.")
    if line.product is None and not line.text:
        raise Refusal("failure", f"Usługa jednorazowa w pozycji {place} nie ma nazwy.")
    if not books.value("SELECT 1 FROM sl_Magazyn WHERE mag_Id = ?", line.warehouse):
        raise Refusal("failure", f"Nie znaleziono magazynu {line.warehouse}.")


def _decide(desk: Desk, paper: Paper) -> None:
    asks = desk.habits.asks if paper.key is None else ()
    if paper.reserve is None:
        if "reservation" in asks:
            raise Dialog
        paper.reserve = reserves_by_default(desk.books)
    if paper.payments.undecided and "payment" in asks:
        raise Dialog


def reserves_by_default(books: Books) -> bool:
    return bool(books.value("SELECT dkp_Rezerwuj FROM dok_Parametr WHERE dkp_Typ = ? AND dkp_Podtyp = 0", ZK.typ))


def check_stock(desk: Desk, paper: Paper) -> None:
    """Enough in the warehouses; called when the order's own reservation is lowered already."""
    paper.missing = _shortages(desk.books, paper)
    if not paper.missing:
        return
    control = desk.habits.reservation_control if paper.control == BY_SETTINGS else paper.control
    if paper.form is not ZK or (paper.reserve and control == REFUSE):
        raise Refusal("failure", "Brak towaru w magazynie.")
    if paper.reserve and control == ASK:
        raise Dialog


def _shortages(books: Books, paper: Paper) -> list[Line]:
    """Lines whose goods are not available, all lines of the document counted together."""
    needed: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
    short = []
    for line in paper.lines:
        for product, quantity in movements(books, line.product, line.base_quantity):
            needed[product, line.warehouse] += quantity
            if needed[product, line.warehouse] > available(books, product, line.warehouse):
                short.append(line)
    return short


def may_be_edited(books: Books, key: int) -> bool:
    """Only an order nobody realised yet: everything else has moved stock."""
    row = books.row("SELECT dok_Typ, dok_Status FROM dok__Dokument WHERE dok_Id = ?", key)
    return row is not None and row["dok_Typ"] == ZK.typ and row["dok_Status"] != REALISED


def currencies(books: Books) -> set[str]:
    """The home currency and those of the price levels."""
    row = books.row("SELECT * FROM tw_Parametr") or {}
    return {HOME_CURRENCY} | {str(row[f"twp_WalutaCeny{level}"]) for level in _LEVELS if row}
