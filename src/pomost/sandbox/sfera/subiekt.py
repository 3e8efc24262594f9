"""The started program and its documents as COM objects: `Subiekt`, `SuDokumentyManager`, `Dokumenty`."""

from typing import Any

from pomost.sandbox.sfera import cards, customers
from pomost.sandbox.sfera.cards import CardDesk, CardList, ProductCard
from pomost.sandbox.sfera.customers import Customer, CustomerDesk, CustomerList
from pomost.sandbox.sfera.document import Document
from pomost.sandbox.sfera.drafting import find_document, new_paper, open_paper
from pomost.sandbox.sfera.errors import Dialog, Refusal
from pomost.sandbox.sfera.flags import write_flag
from pomost.sandbox.sfera.kinds import anything, key, text, whole
from pomost.sandbox.sfera.members import Model, method, prop
from pomost.sandbox.sfera.own_fields import write_own_field
from pomost.sandbox.sfera.paper import FORMS, FS, PA, WZ, ZK, Form
from pomost.sandbox.sfera.session import Session

_VERSION = "1.88"
_OWN_COMPANY = 8


class DocumentDesk(Model, name="SuDokumentyManager"):
    def __init__(self, session: Session) -> None:
        self.session = session

    @method()
    def DodajZK(self) -> Document:
        return self._new(ZK)

    @method()
    def DodajFS(self) -> Document:
        return self._new(FS)

    @method()
    def DodajPA(self) -> Document:
        return self._new(PA)

    @method()
    def DodajWZ(self) -> Document:
        return self._new(WZ)

    @method(key)
    def Istnieje(self, what: int | str) -> bool:
        column = "dok_Id" if isinstance(what, int) else "dok_NrPelny"
        return self.session.books.value(f"SELECT 1 FROM dok__Dokument WHERE {column} = ?", what) is not None

    @method(key)
    def Wczytaj(self, what: int | str) -> Document:
        return self._open(find_document(self.session.desk, what))

    @method(whole)
    def WczytajDokument(self, what: int) -> Document:
        return self._open(find_document(self.session.desk, what))

    def _new(self, form: Form) -> Document:
        return Document(self.session, new_paper(self.session.desk, form, self.session.warehouse))

    def _open(self, found: int) -> Document:
        document = Document(self.session, open_paper(self.session.desk, found))
        document.lock(document.paper.form.object_kind, found)
        return document


class DocumentList(Model, name="Dokumenty"):
    def __init__(self, session: Session) -> None:
        self.session = session

    @method(whole)
    def Dodaj(self, object_kind: int) -> Document:
        form = next((one for one in FORMS if one.object_kind == object_kind), None)
        if form is None:
            raise Refusal("failure", f"Nie można dodać dokumentu rodzaju {object_kind}.")
        return Document(self.session, new_paper(self.session.desk, form, self.session.warehouse))


class Subiekt(Model, name="Subiekt"):
    def __init__(self, session: Session) -> None:
        self.session = session

    @prop(whole)
    def MagazynId(self) -> int:
        return int(self.session.warehouse)

    @MagazynId.writer
    def _write_warehouse(self, value: int) -> None:
        if not self.session.books.value("SELECT 1 FROM sl_Magazyn WHERE mag_Id = ?", value):
            raise Refusal("failure", f"Nie znaleziono magazynu {value}.")
        if value != self.session.warehouse and "warehouse" in self.session.desk.habits.asks:
            raise Dialog
        self.session.warehouse = value

    @prop(anything)
    def SuDokumentyManager(self) -> DocumentDesk:
        return DocumentDesk(self.session)

    @prop(anything)
    def Dokumenty(self) -> DocumentList:
        return DocumentList(self.session)

    @prop(anything)
    def KontrahenciManager(self) -> CustomerDesk:
        return CustomerDesk(self.session)

    @prop(anything)
    def Kontrahenci(self) -> CustomerList:
        return CustomerList(self.session)

    @prop(anything)
    def TowaryManager(self) -> CardDesk:
        return CardDesk(self.session)

    @prop(anything)
    def Towary(self) -> CardList:
        return CardList(self.session)

    @prop(text)
    def OperatorNazwa(self) -> str:
        return str(self.session.desk.holder.operator)

    @prop(whole)
    def OperatorId(self) -> int:
        return int(self.session.desk.operator)

    @prop(text)
    def Wersja(self) -> str:
        return _VERSION

    @prop(text)
    def WersjaTekst(self) -> str:
        return f"Subiekt GT {_VERSION}"

    @prop(text)
    def PodmiotNazwa(self) -> str:
        query = "SELECT adr_NazwaPelna FROM adr__Ewid WHERE adr_TypAdresu = ?"
        return str(self.session.books.value(query, _OWN_COMPANY))

    @prop(anything)
    def Zajeta(self) -> bool:
        return False

    @prop(whole)
    def IdentyfikatorProcesu(self) -> int:
        return int(self.session.program.pid)

    @method(whole, whole, text, text)
    def UstawFlageWlasna(self, group: int, object_id: int, flag: str, comment: str) -> None:
        """Flag an object without opening it."""
        with self.session.books.saving():
            write_flag(self.session.desk, group, object_id, flag, comment)

    @method(anything, text, anything)
    def UstawPoleWlasne(self, target: Any, name: str, value: Any) -> None:
        kind, found = _identity(target)
        write_own_field(self.session.books, kind, found, name, value)

    @method(whole, whole, text, anything)
    def UstawPoleWlasneWgId(self, object_kind: int, object_id: int, name: str, value: Any) -> None:
        write_own_field(self.session.books, object_kind, object_id, name, value)

    @method()
    def Zakoncz(self) -> None:
        self.session.end()


def _identity(target: Any) -> tuple[int, int]:
    """Kind and id of a saved object."""
    match target:
        case Document(paper=paper) if paper.key is not None:
            return paper.form.object_kind, paper.key
        case Customer(party=party) if party.card["kh_Id"] is not None:
            return customers.OBJECT_KIND, party.card["kh_Id"]
        case ProductCard(row=row):
            return cards.OBJECT_KIND, row["tw_Id"]
    raise Refusal("type_mismatch")
