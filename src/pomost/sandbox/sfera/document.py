"""One document as a COM object: `SuDokument`."""

from decimal import Decimal
from typing import Any

from pomost.sandbox.sfera.checking import check, may_be_edited, reserves_by_default
from pomost.sandbox.sfera.deleting import delete
from pomost.sandbox.sfera.drafting import base_on
from pomost.sandbox.sfera.errors import Dialog, Refusal
from pomost.sandbox.sfera.filing import file, rehearse
from pomost.sandbox.sfera.flags import flag_of, group_of
from pomost.sandbox.sfera.kinds import Kind, anything, bit, moment, money, text, whole
from pomost.sandbox.sfera.lines import DocumentLines
from pomost.sandbox.sfera.members import Model, Property, method, part, prop, stored
from pomost.sandbox.sfera.own_fields import own_field
from pomost.sandbox.sfera.paper import ZK, Amounts, Paper, summed
from pomost.sandbox.sfera.session import Session

_CONTROLS = range(4)


def _payment(name: str) -> Property:
    def get(model: Any) -> Decimal:
        found = getattr(model.paper.payments, name)
        if found is None:
            paid = model.paper.payments
            rest = model.total().gross - (paid.credit or 0) - (paid.transfer or 0)
            return rest if name == "cash" else Decimal(0)
        return Decimal(found)

    def put(model: Any, value: Decimal) -> None:
        setattr(model.paper.payments, name, value)

    return Property(money, get, put)


def _number(kind: Kind, column: str) -> Property:
    """A part of the number; a written one is put together anew at the next save."""

    def put(model: Any, value: Any) -> None:
        model.row.update({column: value, "dok_NrPelny": ""})

    return Property(kind, lambda model: model.row[column], put)


class Document(Model, name="SuDokument"):
    """A document open for edit; the record is locked from its opening or first saving until `Zamknij`."""

    def __init__(self, session: Session, paper: Paper) -> None:
        self.session = session
        self.paper = paper
        self.locked: list[tuple[int, int]] = []
        self.level_chosen = self.recipient_chosen = False
        self.counted: Amounts | None = None

    @property
    def row(self) -> dict[str, Any]:
        return self.paper.header

    def ready(self) -> None:
        if self.paper.closed:
            raise Refusal("failure", "Obiekt został zamknięty.")

    def failed(self, text: str) -> None:
        self.paper.last_error = text

    def lock(self, object_kind: int, key: int) -> None:
        self.session.lock(object_kind, key)
        self.locked.append((object_kind, key))

    def total(self) -> Amounts:
        """Sums as they are now, or as they were counted last when counting by itself is switched off."""
        if self.paper.counts_itself or self.counted is None:
            pricing = self.session.desk.pricing(self.paper)
            self.counted = summed(pricing.by_rate(self.paper.lines, self.session.desk.habits.vat_from).values())
        return self.counted

    Identyfikator = stored(whole, "dok_Id", write=False)
    NumerPelny = stored(text, "dok_NrPelny", write=False)
    Numer = _number(whole, "dok_Nr")
    NumerRozszerzenie = _number(text, "dok_NrRoz")
    DoDokumentuId = stored(whole, "dok_DoDokId", write=False)
    DoDokumentuNumerPelny = stored(text, "dok_DoDokNrPelny", write=False)
    DataWystawienia = stored(moment, "dok_DataWyst")
    TerminRealizacji = stored(moment, "dok_TerminRealizacji")
    WalutaSymbol = stored(text, "dok_Waluta")
    WalutaKurs = stored(money, "dok_WalutaKurs")
    KategoriaId = stored(whole, "dok_KatId")
    Tytul = stored(text, "dok_Tytul")
    Podtytul = stored(text, "dok_Podtytul")
    Uwagi = stored(text, "dok_Uwagi")
    UwagiExt = stored(text, "dok_UwagiExt")
    Wystawil = stored(text, "dok_Wystawil")
    StatusDokumentu = stored(whole, "dok_Status", write=False)
    SkutekMagazynowy = stored(bit, "dok_JestRuchMag", write=False)
    Rozliczony = stored(bit, "dok_Rozliczony")
    PlatnoscKredytId = stored(whole, "dok_PlatId")
    PlatnoscKredytTermin = stored(moment, "dok_PlatTermin")
    PominAsortymentPowiazany = part(bit, "paper", "skips_linked")
    AutoPrzeliczanie = part(bit, "paper", "counts_itself")
    SzczegolyOstatniegoBledu = part(text, "paper", "last_error", write=False)
    PlatnoscGotowkaKwota = _payment("cash")
    PlatnoscKredytKwota = _payment("credit")
    PlatnoscPrzelewKwota = _payment("transfer")

    @prop(text)
    def NumerOryginalny(self) -> str:
        return str(self.row["dok_NrPelnyOryg"])

    @NumerOryginalny.writer
    def _write_foreign_number(self, value: str) -> None:
        # Cut without a word, as everybody finds out sooner or later.
        self.row["dok_NrPelnyOryg"] = value[: self.session.books.width("dok__Dokument", "dok_NrPelnyOryg")]

    @prop(whole)
    def KontrahentId(self) -> int | None:
        found: int | None = self.row["dok_PlatnikId"]
        return found

    @KontrahentId.writer
    def _write_customer(self, value: int) -> None:
        self.row["dok_PlatnikId"] = value
        if not self.recipient_chosen:
            self.row["dok_OdbiorcaId"] = value
        level = self.session.books.value("SELECT kh_Cena FROM kh__Kontrahent WHERE kh_Id = ?", value)
        if level and not self.level_chosen:
            self.row["dok_CenyPoziom"] = level

    @prop(whole)
    def OdbiorcaId(self) -> int | None:
        found: int | None = self.row["dok_OdbiorcaId"]
        return found

    @OdbiorcaId.writer
    def _write_recipient(self, value: int) -> None:
        self.row["dok_OdbiorcaId"], self.recipient_chosen = value, True

    @prop(whole)
    def PoziomCenyId(self) -> int | None:
        found: int | None = self.row["dok_CenyPoziom"]
        return found

    @PoziomCenyId.writer
    def _write_level(self, value: int) -> None:
        if not self.session.books.value("SELECT 1 FROM vwPoziomyCenWaluty WHERE IDENT = ?", value):
            raise Refusal("failure", f"Nie znaleziono poziomu cen {value}.")
        self.row["dok_CenyPoziom"], self.level_chosen = value, True

    @prop(bit)
    def LiczonyOdCenNetto(self) -> bool:
        return bool(self.row["dok_CenyTyp"])

    @LiczonyOdCenNetto.writer
    def _write_by_net(self, value: bool) -> None:
        self.row["dok_CenyTyp"] = int(value)

    @prop(bit)
    def LiczonyOdCenBrutto(self) -> bool:
        return not self.row["dok_CenyTyp"]

    @LiczonyOdCenBrutto.writer
    def _write_by_gross(self, value: bool) -> None:
        self.row["dok_CenyTyp"] = int(not value)

    @prop(money)
    def RabatProcent(self) -> Decimal:
        return Decimal(self.row["dok_RabatProc"])

    @RabatProcent.writer
    def _write_discount(self, value: Decimal) -> None:
        self.row["dok_RabatProc"] = value
        for line in self.paper.lines:
            line.discount, line.value = value, None

    @prop(bit)
    def Rezerwacja(self) -> bool:
        reserve = self.paper.reserve
        return reserves_by_default(self.session.books) if reserve is None else reserve

    @Rezerwacja.writer
    def _write_reservation(self, value: bool) -> None:
        self.paper.reserve = value

    @prop(whole)
    def KontrolaRezerwacjiTowaru(self) -> int:
        return self.paper.control

    @KontrolaRezerwacjiTowaru.writer
    def _write_control(self, value: int) -> None:
        if value not in _CONTROLS:
            raise Refusal("overflow")
        self.paper.control = value

    @prop(anything)
    def Pozycje(self) -> DocumentLines:
        found = DocumentLines(self.session, self.paper, lambda: self.paper.lines)
        found.with_linked = lambda: not self.paper.skips_linked
        return found

    @prop(anything)
    def PozycjeBrakujace(self) -> DocumentLines:
        return DocumentLines(self.session, self.paper, lambda: self.paper.missing, adds=False)

    @prop(money)
    def WartoscNetto(self) -> Decimal:
        return self.total().net

    @prop(money)
    def WartoscVat(self) -> Decimal:
        return self.total().vat

    @prop(money)
    def WartoscBrutto(self) -> Decimal:
        return self.total().gross

    @prop(money)
    def KwotaDoZaplaty(self) -> Decimal:
        return self.total().gross

    @prop(bit)
    def MoznaEdytowac(self) -> bool:
        key = self.row["dok_Id"]
        return key is None or may_be_edited(self.session.books, key)

    @prop(bit)
    def MoznaUsunac(self) -> bool:
        key = self.row["dok_Id"]
        return key is not None and (self.paper.form is not ZK or may_be_edited(self.session.books, key))

    @prop(text)
    def FlagaNazwa(self) -> str:
        return self._flag()[0]

    @FlagaNazwa.writer
    def _write_flag(self, value: str) -> None:
        self.paper.flag = (value, self._flag()[1])

    @prop(text)
    def FlagaKomentarz(self) -> str:
        return self._flag()[1]

    @FlagaKomentarz.writer
    def _write_comment(self, value: str) -> None:
        self.paper.flag = (self._flag()[0], value)

    def _flag(self) -> tuple[str, str]:
        return self.paper.flag or flag_of(self.session.books, group_of(self.paper.form), self.paper.key)

    @method(text)
    def PoleWlasne(self, name: str) -> Any:
        return own_field(self.session.books, self.paper.form.object_kind, self.row["dok_Id"], name)

    @method()
    def Przelicz(self) -> None:
        self.counted = None
        self.total()

    @method()
    def SprawdzPoprawnosc(self) -> None:
        check(self.session.desk, self.paper)

    @method()
    def ZapiszSymulacja(self) -> None:
        rehearse(self.session.desk, self.paper)

    @method()
    def Zapisz(self) -> None:
        new = self.paper.key is None
        file(self.session.desk, self.paper)
        if new:
            self.lock(self.paper.form.object_kind, self.paper.header["dok_Id"])

    @method(whole)
    def NaPodstawie(self, order: int) -> None:
        """Copy an order; it stays locked as long as this document is open."""
        if not self.session.books.value("SELECT 1 FROM dok__Dokument WHERE dok_Id = ?", order):
            raise Refusal("failure", f"Nie znaleziono dokumentu {order}.")
        self.lock(ZK.object_kind, order)
        base_on(self.session.desk, self.paper, order)

    @method(bit, optional=1)
    def Usun(self, asks: bool = True) -> None:
        """Delete; unless told not to, the program asks first."""
        key = self.row["dok_Id"]
        if key is None:
            raise Refusal("failure", "Dokument nie jest zapisany.")
        if asks:
            raise Dialog
        delete(self.session.desk, key)
        self._close()

    @method()
    def Zamknij(self) -> None:
        self._close()

    def _close(self) -> None:
        for object_kind, key in self.locked:
            self.session.unlock(object_kind, key)
        self.locked, self.paper.closed = [], True
