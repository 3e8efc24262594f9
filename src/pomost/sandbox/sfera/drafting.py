"""Putting a document on the desk: a new one with its defaults, a saved one, one made from an order; adding lines."""

from collections.abc import Mapping
from decimal import Decimal

from pomost.sandbox.sfera.books import Row, decimal, moment
from pomost.sandbox.sfera.desk import Desk
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.goods import SERVICE, find_product, prices, product_of_line
from pomost.sandbox.sfera.paper import DONE, FORMS, HOME_CURRENCY, UNRESERVED, ZK, Form, Line, Paper, Payments
from pomost.sandbox.sfera.realising import remaining

_OWN_COMPANY = 8
_MOMENTS = (
    "dok_DoDokDataWyst",
    "dok_DataWyst",
    "dok_DataMag",
    "dok_DataOtrzym",
    "dok_TerminRealizacji",
    "dok_PlatTermin",
)
_MONEY = ("dok_RabatProc", "dok_WartNetto", "dok_WartVat", "dok_WartBrutto", "dok_WalutaKurs")
_PAID = {"cash": "dok_KwGotowka", "credit": "dok_KwKredyt", "transfer": "dok_KwPrzelew"}
_FROM_ORDER = (
    "dok_PlatnikId",
    "dok_OdbiorcaId",
    "dok_CenyPoziom",
    "dok_CenyTyp",
    "dok_Waluta",
    "dok_WalutaKurs",
    "dok_KatId",
    "dok_RabatProc",
    "dok_MagId",
)


def new_paper(desk: Desk, form: Form, warehouse: int) -> Paper:
    """A document with the defaults of the company: category, price level, side of prices (`dok_Parametr`)."""
    books, day = desk.books, desk.habits.day()
    # Kinds without a row of their own follow the parameters of orders.
    defaults = books.row(
        "SELECT * FROM dok_Parametr WHERE dkp_Typ IN (?, ?) AND dkp_Podtyp = 0 ORDER BY dkp_Typ = ? DESC",
        form.typ,
        ZK.typ,
        form.typ,
    )
    given: Row = defaults or {"dkp_KatId": None, "dkp_CenyPoziom": 1, "dkp_CenyTyp": 1}
    place = books.value("SELECT adr_Miejscowosc FROM adr__Ewid WHERE adr_TypAdresu = ?", _OWN_COMPANY)
    header: Row = {
        "dok_Id": None, "dok_Typ": form.typ, "dok_Podtyp": 0, "dok_MagId": warehouse, "dok_Nr": None, "dok_NrRoz": "",
        "dok_NrPelny": "", "dok_NrPelnyOryg": "", "dok_DoDokId": None, "dok_DoDokNrPelny": "",
        "dok_MscWyst": place or "", "dok_DataWyst": day, "dok_DataMag": day, "dok_TerminRealizacji": None,
        "dok_PlatnikId": None, "dok_OdbiorcaId": None, "dok_PlatId": None, "dok_PlatTermin": None,
        "dok_Wystawil": desk.holder.operator, "dok_PersonelId": desk.operator,
        "dok_CenyPoziom": given["dkp_CenyPoziom"], "dok_CenyTyp": given["dkp_CenyTyp"], "dok_RabatProc": Decimal(0),
        "dok_Waluta": HOME_CURRENCY, "dok_WalutaKurs": Decimal(1), "dok_Uwagi": "", "dok_UwagiExt": "",
        "dok_KatId": given["dkp_KatId"], "dok_Tytul": form.title, "dok_Podtytul": "",
        "dok_Status": UNRESERVED if form is ZK else DONE, "dok_StatusEx": 0, "dok_JestRuchMag": False,
        "dok_Rozliczony": False, "dok_ObiektGT": form.object_kind,
    }  # fmt: skip
    return Paper(form, header)


def find_document(desk: Desk, what: int | str) -> int:
    """Id by id or full number; `Refusal` when there is none."""
    column = "dok_Id" if isinstance(what, int) else "dok_NrPelny"
    found = desk.books.value(f"SELECT dok_Id FROM dok__Dokument WHERE {column} = ?", what)
    if found is None:
        raise Refusal("failure", f"Nie znaleziono dokumentu {what}.")
    return int(found)


def open_paper(desk: Desk, key: int) -> Paper:
    """A saved document, with amounts in its own currency again."""
    row = desk.books.row("SELECT * FROM dok__Dokument WHERE dok_Id = ?", key)
    assert row is not None
    form = next((one for one in FORMS if one.typ == row["dok_Typ"]), None)
    if form is None:
        raise Refusal("failure", f"Nie można otworzyć dokumentu {row['dok_NrPelny']}.")
    header: Row = row | {name: moment(row[name]) for name in _MOMENTS} | {name: decimal(row[name]) for name in _MONEY}
    header |= {name: bool(row[name]) for name in ("dok_JestRuchMag", "dok_Rozliczony")}
    rate = header["dok_WalutaKurs"]
    own = "ob_DokHanId" if form.is_trade else "ob_DokMagId"
    lines = desk.books.rows(f"SELECT * FROM dok_Pozycja WHERE {own} = ? ORDER BY {own[:-2]}Lp", key)
    paid = Payments(**{name: decimal(row[column]) / rate for name, column in _PAID.items()})
    # All of it in cash means that nobody decided, and follows the total when lines change.
    payments = paid if paid.credit or paid.transfer else Payments()
    paper = Paper(form, header, payments=payments, reserve=header["dok_JestRuchMag"])
    paper.lines = [_opened(desk, paper, line) for line in lines]
    return paper


def _opened(desk: Desk, paper: Paper, row: Row) -> Line:
    product = None if row["ob_TowId"] is None else product_of_line(desk.books, row["ob_TowId"])
    quantity, rate = decimal(row["ob_Ilosc"]), paper.header["dok_WalutaKurs"]
    line = Line(
        product=product,
        warehouse=row["ob_MagId"],
        unit=row["ob_Jm"] or "",
        vat_id=row["ob_VatId"],
        rate=decimal(row["ob_VatProc"]),
        quantity=quantity,
        factor=decimal(row["ob_IloscMag"]) / quantity,
        discount=decimal(row["ob_Rabat"]),
        text=row["ob_Opis"] or "",
        category=row["ob_KategoriaId"],
        sync_id=row["ob_SyncId"] or "",
        source=row["ob_DoId"],
        key=row["ob_Id"],
    )
    share = (100 - line.discount) / 100 * rate
    if share:
        line.net, line.gross = decimal(row["ob_CenaNetto"]) / share, decimal(row["ob_CenaBrutto"]) / share
    # The total was saved as it is; it stays until somebody changes the line.
    line.value = decimal(row["ob_WartNetto" if paper.by_net else "ob_WartBrutto"]) / rate
    return line


def add_product(desk: Desk, paper: Paper, what: int | str, *, with_linked: bool = True) -> Line:
    """One more line with a quantity of one at the document's price level, even if the card is there already."""
    product = find_product(desk.books, what)
    net, gross = prices(desk.books, product.id, paper.header["dok_CenyPoziom"] or 1)
    line = Line(product, paper.header["dok_MagId"], product.unit, product.vat_id, product.rate)
    pricing = desk.pricing(paper)
    (pricing.write_net if paper.by_net else pricing.write_gross)(line, net if paper.by_net else gross)
    line.discount = paper.header["dok_RabatProc"]
    paper.lines.append(line)
    linked = desk.habits.linked_goods.get(product.symbol)
    if linked is not None and with_linked:
        add_product(desk, paper, linked)
    return line


def add_service(paper: Paper) -> Line:
    """A service without a card; its name, price and VAT rate are still to be written."""
    line = Line(None, paper.header["dok_MagId"], "szt.", None, Decimal(0))
    paper.lines.append(line)
    return line


def base_on(desk: Desk, paper: Paper, order: int, quantities: Mapping[int, Decimal] | None = None) -> None:
    """Take over the header of an order and what of its lines is not realised yet, or these quantities by line.

    Quantities are in the order's units; `Refusal` when nothing is left to realise.
    """
    source = open_paper(desk, order)
    if source.form is not ZK:
        raise Refusal("failure", f"Dokument {source.header['dok_NrPelny']} nie jest zamówieniem od klienta.")
    left = remaining(desk.books, order)
    if not any(quantity > 0 for quantity in left.values()):
        raise Refusal("already_realised")
    paper.header |= {name: source.header[name] for name in _FROM_ORDER}
    paper.source = order
    for line in source.lines:
        assert line.key is not None
        whole = left[line.key] == line.base_quantity
        quantity = left[line.key] / line.factor if quantities is None else quantities.get(line.key, Decimal(0))
        if quantity <= 0:
            continue
        if not whole or quantity != line.quantity:
            line.value = None
        line.quantity, line.source, line.key = quantity, line.key, None
        paper.lines.append(line)


def kind_of(line: Line) -> int:
    return SERVICE if line.product is None else line.product.kind
