"""Saving of documents: everything the program writes for one of them, in one transaction."""

from collections.abc import Callable
from decimal import Decimal

from pomost.sandbox.sfera.books import Books, Row
from pomost.sandbox.sfera.checking import check, check_stock
from pomost.sandbox.sfera.desk import Desk
from pomost.sandbox.sfera.drafting import kind_of
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.flags import group_of, write_flag
from pomost.sandbox.sfera.goods import move, movements
from pomost.sandbox.sfera.paper import (
    CENT,
    DONE,
    RESERVED,
    UNRESERVED,
    WZ,
    ZK,
    Amounts,
    Line,
    Paper,
    rounded,
    summed,
)
from pomost.sandbox.sfera.parties import snapshot
from pomost.sandbox.sfera.realising import free_reservation, reserve, settle

_PRICE = Decimal("0.0001")
_AUTOMATIC = 1
"""Subtype of a dispatch note the program issues by itself."""


def file(desk: Desk, paper: Paper, *, with_wz: bool = False, links: str | None = None) -> None:
    """Save a document: a new one gets its id and number, an order that stands already is written anew.

    `Refusal` and `Dialog` leave the database as it was. A document made from an order settles that order; its stock
    moves on the document itself, or on a dispatch note of its own (`with_wz`).
    """
    before = _unsaved(paper)
    try:
        with desk.books.saving():
            _file(desk, paper, with_wz=with_wz, links=links or desk.habits.links)
    except BaseException:
        before()
        raise


def rehearse(desk: Desk, paper: Paper) -> None:
    """Everything `file` computes, checks and refuses, on the same document; nothing of it is written or decided."""
    before, reserve = _unsaved(paper), paper.reserve
    try:
        with desk.books.rehearsing():
            _file(desk, paper, with_wz=False, links=desk.habits.links)
    finally:
        before()
        paper.reserve = reserve


def _unsaved(paper: Paper) -> Callable[[], None]:
    """Gives what makes a document as it is now again: what was not saved has no id and no number."""
    header, keys = dict(paper.header), [line.key for line in paper.lines]

    def again() -> None:
        paper.header = header
        for line, key in zip(paper.lines, keys, strict=True):
            line.key = key

    return again


def _file(desk: Desk, paper: Paper, *, with_wz: bool, links: str) -> None:
    books = desk.books
    check(desk, paper)
    totals = desk.pricing(paper).by_rate(paper.lines, desk.habits.vat_from)
    new = paper.key is None
    if paper.form is ZK and not new:
        free_reservation(books, paper.header["dok_Id"])
    reserved = paper.source is not None and free_reservation(books, paper.source)
    check_stock(desk, paper)
    _complete(desk, paper, summed(totals.values()))
    if new:
        paper.header["dok_Id"] = books.next_id("dok__Dokument")
        if paper.source is not None and links in {"document", "both"}:
            number = books.row("SELECT dok_NrPelny, dok_DataWyst FROM dok__Dokument WHERE dok_Id = ?", paper.source)
            assert number is not None
            paper.header |= {"dok_DoDokId": paper.source, "dok_DoDokNrPelny": number["dok_NrPelny"]}
            paper.header["dok_DoDokDataWyst"] = number["dok_DataWyst"]
        books.insert("dok__Dokument", paper.header)
    else:
        books.update("dok__Dokument", paper.header["dok_Id"], paper.header)
    mover = _own_dispatch_note(books, paper) if with_wz else paper.header["dok_Id"]
    _write_lines(desk, paper, mover)
    _write_vat(books, paper, totals)
    if paper.form is ZK and paper.header["dok_JestRuchMag"]:
        reserve(books, paper.header["dok_Id"], 1)
    if paper.form.moves_stock:
        for line in paper.lines:
            move(books, line.warehouse, movements(books, line.product, line.base_quantity), on_hand=-1)
    if paper.source is not None and links != "none":
        habits = desk.habits
        settle(books, paper.source, reserved=reserved, partly=habits.partly, document=paper, links=links)
    if paper.flag is not None:
        write_flag(desk, group_of(paper.form), paper.header["dok_Id"], *paper.flag)


def _complete(desk: Desk, paper: Paper, total: Amounts) -> None:
    """Fill what the program fills by itself: number, addresses, totals in the home currency, payment, status."""
    books, header, rate = desk.books, paper.header, paper.header["dok_WalutaKurs"]
    if not header["dok_NrPelny"]:
        _number(books, paper)
    for role in ("Platnik", "Odbiorca"):
        header[f"dok_{role}AdreshId"] = snapshot(books, header[f"dok_{role}Id"], desk.now())
    net, vat = rounded(total.net * rate, CENT), rounded(total.vat * rate, CENT)
    header |= {"dok_WartNetto": net, "dok_WartVat": vat, "dok_WartBrutto": net + vat}
    if paper.form.is_trade:
        _pay(paper, total, rate)
    if paper.form is ZK:
        status = RESERVED if paper.reserve else UNRESERVED
        header |= {"dok_Status": status, "dok_JestRuchMag": bool(paper.reserve)}
    else:
        header |= {"dok_Status": DONE, "dok_JestRuchMag": True}


def _pay(paper: Paper, total: Amounts, rate: Decimal) -> None:
    """Cash is the default: whatever is not credit and not a transfer."""
    payments, header = paper.payments, paper.header
    credit, transfer = payments.credit or Decimal(0), payments.transfer or Decimal(0)
    if header["dok_Rozliczony"] and payments.transfer == 0:
        credit, transfer = Decimal(0), credit
    cash = total.gross - credit - transfer if payments.cash is None else payments.cash
    if cash + credit + transfer != total.gross or cash < 0:
        raise Refusal("failure", "Suma płatności nie jest równa wartości dokumentu.")
    paid = {"Wartosc": total.gross, "DoZaplaty": total.gross, "Gotowka": cash, "Kredyt": credit, "Przelew": transfer}
    header |= {f"dok_Kw{name}": rounded(amount * rate, CENT) for name, amount in paid.items()}


def _number(books: Books, paper: Paper) -> None:
    """The next number of this kind in this warehouse and year, unless the client chose one."""
    header, year = paper.header, paper.day.year
    if header["dok_Nr"] is None:
        highest = books.value(
            "SELECT max(dok_Nr) FROM dok__Dokument WHERE dok_Typ = ? AND dok_MagId = ? AND dok_DataWyst >= ?"
            " AND dok_DataWyst < ?",
            paper.form.typ,
            header["dok_MagId"],
            f"{year}-01-01",
            f"{year + 1}-01-01",
        )
        header["dok_Nr"] = (highest or 0) + 1
    symbol = books.value("SELECT mag_Symbol FROM sl_Magazyn WHERE mag_Id = ?", header["dok_MagId"])
    parts = [str(header["dok_Nr"]), header["dok_NrRoz"].strip(), symbol, str(year)]
    full = f"{paper.form.letters} {'/'.join(part for part in parts if part)}"
    same = "SELECT 1 FROM dok__Dokument WHERE dok_NrPelny = ? AND dok_Typ = ? AND dok_Id <> ?"
    if books.value(same, full, paper.form.typ, paper.key or 0):
        raise Refusal("failure", f"Dokument o numerze {full} już istnieje.")
    header["dok_NrPelny"] = full


def _own_dispatch_note(books: Books, paper: Paper) -> int:
    """A dispatch note the invoice issues by itself; it points at the invoice and shares its lines."""
    wanted = ("dok_MagId", "dok_DataWyst", "dok_DataMag", "dok_PlatnikId", "dok_OdbiorcaId", "dok_PlatnikAdreshId")
    header: Row = {name: paper.header[name] for name in (*wanted, "dok_OdbiorcaAdreshId", "dok_Wystawil")}
    header |= {"dok_Id": books.next_id("dok__Dokument"), "dok_Typ": WZ.typ, "dok_Podtyp": _AUTOMATIC, "dok_Nr": None}
    header |= {"dok_NrRoz": "", "dok_Status": DONE, "dok_JestRuchMag": True, "dok_ObiektGT": WZ.object_kind}
    header |= {"dok_DoDokId": paper.key, "dok_DoDokNrPelny": paper.header["dok_NrPelny"], "dok_Tytul": WZ.title}
    note = Paper(WZ, header)
    _number(books, note)
    books.insert("dok__Dokument", note.header)
    books.update("dok__Dokument", paper.header["dok_Id"], {"dok_JestRuchMag": False})
    return int(header["dok_Id"])


def _write_lines(desk: Desk, paper: Paper, mover: int) -> None:
    books, document, pricing = desk.books, paper.header["dok_Id"], desk.pricing(paper)
    kept = {line.key for line in paper.lines if line.key is not None}
    own = "ob_DokHanId" if paper.form.is_trade else "ob_DokMagId"
    for row in books.rows(f"SELECT ob_Id FROM dok_Pozycja WHERE {own} = ?", document):
        if row["ob_Id"] not in kept:
            books.execute("DELETE FROM dok_Pozycja WHERE ob_Id = ?", row["ob_Id"])
    fresh = books.next_id("dok_Pozycja", len(paper.lines) - len(kept)) if len(kept) < len(paper.lines) else 0
    for place, line in enumerate(paper.lines, 1):
        row = _line_row(line, paper, pricing.amounts(line), pricing.after_discount(line))
        row |= {"ob_DokHanId": document, "ob_DokHanLp": place} if paper.form.is_trade else {}
        row |= {"ob_DokMagId": mover, "ob_DokMagLp": place} if paper.form.moves_stock else {}
        if line.key is None:
            line.key, fresh = fresh, fresh + 1
            books.insert("dok_Pozycja", {"ob_Id": line.key, **row})
        else:
            books.update("dok_Pozycja", line.key, row)


def _line_row(line: Line, paper: Paper, amounts: Amounts, price: tuple[Decimal, Decimal]) -> Row:
    rate = paper.header["dok_WalutaKurs"]
    net, vat = rounded(amounts.net * rate, CENT), rounded(amounts.vat * rate, CENT)
    return {
        "ob_DoId": line.source, "ob_Znak": 1, "ob_Status": 1 if paper.form is ZK else 0,
        "ob_TowId": line.product.id if line.product else None, "ob_TowRodzaj": kind_of(line),
        "ob_Opis": line.text or None,
        "ob_Ilosc": line.quantity, "ob_IloscMag": rounded(line.base_quantity, _PRICE), "ob_Jm": line.unit,
        "ob_CenaWaluta": price[0 if paper.by_net else 1], "ob_CenaNetto": rounded(price[0] * rate, _PRICE),
        "ob_CenaBrutto": rounded(price[1] * rate, _PRICE), "ob_Rabat": line.discount,
        "ob_WartNetto": net, "ob_WartVat": vat, "ob_WartBrutto": net + vat,
        "ob_VatId": line.vat_id, "ob_VatProc": line.rate, "ob_MagId": line.warehouse,
        "ob_KategoriaId": line.category, "ob_SyncId": line.sync_id or None,
    }  # fmt: skip


def _write_vat(books: Books, paper: Paper, totals: dict[tuple[int | None, Decimal], Amounts]) -> None:
    books.execute("DELETE FROM dok_Vat WHERE vt_DokId = ?", paper.header["dok_Id"])
    rate, first = paper.header["dok_WalutaKurs"], books.next_id("dok_Vat", len(totals))
    for key, ((vat_id, per_cent), total) in enumerate(totals.items(), first):
        row: Row = {"vt_Id": key, "vt_DokId": paper.header["dok_Id"], "vt_VatId": vat_id, "vt_VatProc": per_cent}
        for name, amount in zip(("Netto", "Vat", "Brutto"), total, strict=True):
            row |= {f"vt_Wart{name}": rounded(amount * rate, CENT), f"vt_Wart{name}Waluta": amount}
        books.insert("dok_Vat", row)
