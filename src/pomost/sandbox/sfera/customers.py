"""Customers as COM objects: `KontrahenciManager`, `Kontrahenci`, `Kontrahent`."""

from typing import Any

from pomost.sandbox.sfera.errors import Dialog, Refusal
from pomost.sandbox.sfera.kinds import anything, bit, key, text, whole
from pomost.sandbox.sfera.members import Model, Property, method, part, prop, stored
from pomost.sandbox.sfera.own_fields import own_field
from pomost.sandbox.sfera.parties import Party, find_party, new_party, open_party, save_party
from pomost.sandbox.sfera.session import Session

OBJECT_KIND = -12
_ANYTHING = 1
_WAYS = range(1, 5)


def _seat(kind: Any, column: str) -> Property:
    """A property that is a column of the customer's seat."""

    def get(model: Any) -> Any:
        return model.party.seat[column]

    def put(model: Any, value: Any) -> None:
        model.party.seat[column] = value

    return Property(kind, get, put)


class Phones(Model, name="Telefony"):
    def __init__(self, session: Session, party: Party) -> None:
        self.session = session
        self.party = party

    @method(text)
    def Dodaj(self, number: str) -> None:
        self.party.phones.append(number)


class Traits(Model, name="Cechy"):
    def __init__(self, session: Session, party: Party) -> None:
        self.session = session
        self.party = party

    @method(whole)
    def Dodaj(self, trait: int) -> None:
        self.party.traits.append(trait)


class Customer(Model, name="Kontrahent"):
    """A customer open for edit; the card is locked until `Zamknij`."""

    def __init__(self, session: Session, party: Party) -> None:
        self.session = session
        self.party = party
        self.locked = self.closed = False

    @property
    def row(self) -> dict[str, Any]:
        return self.party.card

    def ready(self) -> None:
        if self.closed:
            raise Refusal("failure", "Obiekt został zamknięty.")

    def lock(self) -> None:
        self.session.lock(OBJECT_KIND, self.party.card["kh_Id"])
        self.locked = True

    Identyfikator = stored(whole, "kh_Id", write=False)
    Symbol = stored(text, "kh_Symbol")
    Typ = stored(whole, "kh_Rodzaj")
    Email = stored(text, "kh_EMail")
    GrupaId = stored(whole, "kh_IdGrupa")
    BranzaId = stored(whole, "kh_IdBranza")
    RegionId = stored(whole, "kh_IdRegion")
    OpiekunId = stored(whole, "kh_IdOpiekun")
    Osoba = stored(bit, "kh_Osoba")
    OsobaImie = stored(text, "kh_Imie")
    OsobaNazwisko = stored(text, "kh_Nazwisko")
    KhSklepuInternetowego = stored(bit, "kh_KlientSklepuInternetowego")
    PoziomCenPrzySprzedazyId = stored(whole, "kh_Cena")
    Pole1 = stored(text, "kh_Pole1")
    Pole2 = stored(text, "kh_Pole2")
    Pole3 = stored(text, "kh_Pole3")
    Pole4 = stored(text, "kh_Pole4")
    Pole5 = stored(text, "kh_Pole5")
    Pole6 = stored(text, "kh_Pole6")
    Pole7 = stored(text, "kh_Pole7")
    Pole8 = stored(text, "kh_Pole8")
    Nazwa = _seat(text, "adr_Nazwa")
    NazwaPelna = _seat(text, "adr_NazwaPelna")
    NIP = _seat(text, "adr_NIP")
    Ulica = _seat(text, "adr_Ulica")
    NrDomu = _seat(text, "adr_NrDomu")
    NrLokalu = _seat(text, "adr_NrLokalu")
    KodPocztowy = _seat(text, "adr_Kod")
    Miejscowosc = _seat(text, "adr_Miejscowosc")
    Wojewodztwo = _seat(whole, "adr_IdWojewodztwo")
    Panstwo = _seat(whole, "adr_IdPanstwo")

    PowielNIPBezUI = part(bit, "party", "repeats_nip")
    # The sandbox company keeps no PESEL, so there is never a double to ask about.
    PowielPESELBezUI = part(bit, "party", "repeats_pesel")
    KontrolujNIP = part(bit, "party", "checks_nip")

    @prop(bit)
    def Aktywny(self) -> bool:
        return not self.party.card["kh_Zablokowany"]

    @Aktywny.writer
    def _write_active(self, value: bool) -> None:
        self.party.card["kh_Zablokowany"] = not value

    @prop(anything)
    def Telefony(self) -> Phones:
        return Phones(self.session, self.party)

    @prop(anything)
    def Cechy(self) -> Traits:
        return Traits(self.session, self.party)

    @method(text)
    def PoleWlasne(self, name: str) -> Any:
        return own_field(self.session.books, OBJECT_KIND, self.party.card["kh_Id"], name)

    @method()
    def Zapisz(self) -> None:
        """Save a new card; one that stands already raises a question, and the call never returns."""
        party, desk = self.party, self.session.desk
        if party.card["kh_Id"] is not None:
            raise Dialog
        before = dict(party.card), dict(party.seat)
        try:
            with desk.books.saving():
                save_party(desk.books, party, desk.operator, desk.now())
        except BaseException:
            party.card, party.seat = before
            raise
        party.phones, party.traits = [], []
        self.lock()

    @method()
    def Zamknij(self) -> None:
        if self.locked:
            self.session.unlock(OBJECT_KIND, self.party.card["kh_Id"])
        self.locked, self.closed = False, True


class CustomerDesk(Model, name="KontrahenciManager"):
    def __init__(self, session: Session) -> None:
        self.session = session

    @method(key)
    def Istnieje(self, what: int | str) -> bool:
        return self._find(what, _ANYTHING) is not None

    @method(key, whole)
    def IstniejeWg(self, what: int | str, way: int) -> bool:
        return self._find(what, way) is not None

    @method(key)
    def Wczytaj(self, what: int | str) -> Customer:
        return self._open(what, _ANYTHING)

    @method(key, whole)
    def WczytajKontrahentaWg(self, what: int | str, way: int) -> Customer:
        return self._open(what, way)

    @method()
    def DodajKontrahenta(self) -> Customer:
        return Customer(self.session, new_party(self.session.desk.operator, one_off=False))

    @method()
    def DodajKontrahentaJednorazowego(self) -> Customer:
        return Customer(self.session, new_party(self.session.desk.operator, one_off=True))

    def _find(self, what: int | str, way: int) -> int | None:
        if way not in _WAYS:
            raise Refusal("overflow")
        return find_party(self.session.books, what, way)

    def _open(self, what: int | str, way: int) -> Customer:
        found = self._find(what, way)
        if found is None:
            raise Refusal("failure", f"Nie znaleziono kontrahenta {what}.")
        customer = Customer(self.session, open_party(self.session.books, found))
        customer.lock()
        return customer


class CustomerList(CustomerDesk, name="Kontrahenci"):
    """The same by its other name."""
