"""Product cards as COM objects, to be looked at only: `TowaryManager`, `Towary`, `Towar`."""

from decimal import Decimal
from typing import Any

from pomost.sandbox.sfera.books import Books, Row, decimal
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.kinds import bit, key, money, text, whole
from pomost.sandbox.sfera.members import Model, method, prop, stored
from pomost.sandbox.sfera.own_fields import own_field
from pomost.sandbox.sfera.session import Session

OBJECT_KIND = -14
_BY_ID = 5
_COLUMNS: dict[int, tuple[str, ...]] = {
    1: ("tw_Symbol", "tw_PodstKodKresk", "kk_Kod"),
    2: ("tw_Symbol",),
    3: ("tw_PodstKodKresk",),
    4: ("tw_PodstKodKresk", "kk_Kod"),
}
"""Where a text is looked for, by the second argument of the search."""


class ProductCard(Model, name="Towar"):
    def __init__(self, session: Session, row: Row) -> None:
        self.session = session
        self.row = row

    Symbol = stored(text, "tw_Symbol", write=False)
    Nazwa = stored(text, "tw_Nazwa", write=False)
    Opis = stored(text, "tw_Opis", write=False)
    GrupaId = stored(whole, "tw_IdGrupa", write=False)
    SprzedazVatId = stored(whole, "tw_IdVatSp", write=False)
    Pole1 = stored(text, "tw_Pole1", write=False)
    Pole2 = stored(text, "tw_Pole2", write=False)
    Pole3 = stored(text, "tw_Pole3", write=False)
    Pole4 = stored(text, "tw_Pole4", write=False)
    Pole5 = stored(text, "tw_Pole5", write=False)
    Pole6 = stored(text, "tw_Pole6", write=False)
    Pole7 = stored(text, "tw_Pole7", write=False)
    Pole8 = stored(text, "tw_Pole8", write=False)

    @prop(text)
    def Charakterystyka(self) -> str:
        return self.row["tw_Charakter"] or ""

    @prop(bit)
    def DoSklepuInternetowego(self) -> bool:
        return bool(self.row["tw_SklepInternet"])

    @prop(bit)
    def Aktywny(self) -> bool:
        return not self.row["tw_Zablokowany"]

    @prop(bit)
    def Usuniety(self) -> bool:
        return bool(self.row["tw_Usuniety"])

    @prop(money)
    def StanMin(self) -> Decimal:
        return decimal(self.row["tw_StanMin"])

    @prop(money)
    def StanMaks(self) -> Decimal:
        return decimal(self.row["tw_StanMaks"])

    @method(text)
    def PoleWlasne(self, name: str) -> Any:
        return own_field(self.session.books, OBJECT_KIND, self.row["tw_Id"], name)

    @method()
    def Zamknij(self) -> None:
        """Nothing was locked: the card is only looked at."""


class CardDesk(Model, name="TowaryManager"):
    def __init__(self, session: Session) -> None:
        self.session = session

    @method(key, whole)
    def IstniejeWg(self, what: int | str, way: int) -> bool:
        return self._find(what, way) is not None

    @method(key, whole)
    def WczytajTowarWg(self, what: int | str, way: int) -> ProductCard:
        found = self._find(what, way)
        if found is None:
            raise Refusal("failure", f"Nie znaleziono towaru {what}.")
        return ProductCard(self.session, found)

    def _find(self, what: int | str, way: int) -> Row | None:
        books: Books = self.session.books
        if isinstance(what, int) and way in {1, _BY_ID}:
            return books.row("SELECT * FROM tw__Towar WHERE tw_Id = ?", what)
        if way not in _COLUMNS:
            raise Refusal("overflow")
        for column in _COLUMNS[way]:
            found = books.row(
                "SELECT tw__Towar.* FROM tw__Towar LEFT JOIN tw_KodKreskowy ON kk_IdTowar = tw_Id"
                f" WHERE {column} = ? AND {column} <> '' ORDER BY tw_Id",
                str(what),
            )
            if found is not None:
                return found
        return None


class CardList(CardDesk, name="Towary"):
    """The same by its other name."""
