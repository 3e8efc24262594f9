"""Lines of an open document as COM objects: `Pozycje` and `SuPozycja`."""

from collections.abc import Callable
from decimal import Decimal

from pomost.sandbox.sfera.drafting import add_product, add_service
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.goods import available, vat_rate
from pomost.sandbox.sfera.kinds import key, money, text, whole
from pomost.sandbox.sfera.members import Model, method, part, prop
from pomost.sandbox.sfera.paper import Amounts, Line, Paper, Pricing
from pomost.sandbox.sfera.session import Session


class DocumentLine(Model, name="SuPozycja"):
    def __init__(self, session: Session, paper: Paper, line: Line) -> None:
        self.session = session
        self.paper = paper
        self.line = line

    def ready(self) -> None:
        if self.paper.closed:
            raise Refusal("failure", "Obiekt został zamknięty.")

    VatProcent = part(money, "line", "rate", write=False)
    Opis = part(text, "line", "text")
    MagazynId = part(whole, "line", "warehouse")
    KategoriaId = part(whole, "line", "category")
    SyncId = part(text, "line", "sync_id")
    Id = part(whole, "line", "key", write=False)
    DoId = part(whole, "line", "source", write=False)

    @property
    def pricing(self) -> Pricing:
        found: Pricing = self.session.desk.pricing(self.paper)
        return found

    @property
    def amounts(self) -> Amounts:
        return self.pricing.amounts(self.line)

    @prop(money)
    def IloscJm(self) -> Decimal:
        return self.line.quantity

    @IloscJm.writer
    def _write_quantity(self, value: Decimal) -> None:
        self.line.quantity, self.line.value = value, None

    @prop(text)
    def Jm(self) -> str:
        return self.line.unit

    @Jm.writer
    def _write_unit(self, value: str) -> None:
        self.pricing.write_unit(self.line, value)

    @prop(money)
    def CenaNettoPrzedRabatem(self) -> Decimal:
        return self.line.net

    @CenaNettoPrzedRabatem.writer
    def _write_net(self, value: Decimal) -> None:
        self.pricing.write_net(self.line, value)

    @prop(money)
    def CenaBruttoPrzedRabatem(self) -> Decimal:
        return self.line.gross

    @CenaBruttoPrzedRabatem.writer
    def _write_gross(self, value: Decimal) -> None:
        self.pricing.write_gross(self.line, value)

    @prop(money)
    def CenaNettoPoRabacie(self) -> Decimal:
        return self.pricing.after_discount(self.line)[0]

    @prop(money)
    def CenaBruttoPoRabacie(self) -> Decimal:
        return self.pricing.after_discount(self.line)[1]

    @prop(money)
    def WartoscNettoPoRabacie(self) -> Decimal:
        return self.amounts.net

    @WartoscNettoPoRabacie.writer
    def _write_net_value(self, value: Decimal) -> None:
        self.pricing.write_value(self.line, value, net=True)

    @prop(money)
    def WartoscBruttoPoRabacie(self) -> Decimal:
        return self.amounts.gross

    @WartoscBruttoPoRabacie.writer
    def _write_gross_value(self, value: Decimal) -> None:
        self.pricing.write_value(self.line, value, net=False)

    @prop(money)
    def RabatProcent(self) -> Decimal:
        return self.line.discount

    @RabatProcent.writer
    def _write_discount(self, value: Decimal) -> None:
        self.line.discount, self.line.value = value, None

    @prop(whole)
    def VatId(self) -> int | None:
        return self.line.vat_id

    @VatId.writer
    def _write_vat(self, value: int) -> None:
        self.pricing.write_rate(self.line, value, vat_rate(self.session.books, value))

    @prop(text)
    def UslJednNazwa(self) -> str:
        return "" if self.line.product else self.line.text

    @UslJednNazwa.writer
    def _write_name(self, value: str) -> None:
        if self.line.product is not None:
            raise Refusal("failure", "Pozycja nie jest usługą jednorazową.")
        self.line.text = value

    @prop(whole)
    def TowarId(self) -> int | None:
        return self.line.product.id if self.line.product else None

    @prop(text)
    def TowarSymbol(self) -> str:
        return self.line.product.symbol if self.line.product else ""

    @prop(text)
    def TowarNazwa(self) -> str:
        return self.line.product.name if self.line.product else self.line.text

    @prop(money)
    def DostepnaIlosc(self) -> Decimal:
        product = self.line.product
        return available(self.session.books, product.id, self.line.warehouse) if product else Decimal(0)

    @method()
    def Usun(self) -> None:
        # By identity: two lines with the same values are still two.
        self.paper.lines[:] = [line for line in self.paper.lines if line is not self.line]


class DocumentLines(Model, name="Pozycje"):
    """A list of lines counted from one; without `paper` nothing can be added."""

    def __init__(self, session: Session, paper: Paper, listed: Callable[[], list[Line]], *, adds: bool = True) -> None:
        self.session = session
        self.paper = paper
        self.listed = listed
        self.adds = adds
        self.with_linked: Callable[[], bool] = lambda: True

    @prop(whole)
    def Liczba(self) -> int:
        return len(self.listed())

    @method(whole)
    def Element(self, place: int) -> DocumentLine:
        lines = self.listed()
        if not 1 <= place <= len(lines):
            raise Refusal("failure", f"Nie ma pozycji {place}.")
        return DocumentLine(self.session, self.paper, lines[place - 1])

    @method(key)
    def Dodaj(self, what: int | str) -> DocumentLine:
        self._check()
        line = add_product(self.session.desk, self.paper, what, with_linked=self.with_linked())
        return DocumentLine(self.session, self.paper, line)

    @method()
    def DodajUslugeJednorazowa(self) -> DocumentLine:
        self._check()
        return DocumentLine(self.session, self.paper, add_service(self.paper))

    def _check(self) -> None:
        if not self.adds:
            raise Refusal("failure", "Do tej listy nie można dodawać pozycji.")
