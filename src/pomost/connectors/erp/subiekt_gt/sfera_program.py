"""What the child does with Sfera: starts Subiekt GT, registers orders as ZK, and lets go. Standard library only.

Runs inside `transport/com_child.py`, under a 32-bit interpreter on Windows; member names are those of Sfera's type
library. Documents are written by Sfera alone, never by SQL.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

_SUBIEKT = 1
_MIXED, _WINDOWS = 0, 1
_MATCH_ANY = 0  # UruchomDopasuj: nothing to match, because a new program is asked for
_NEW, _BACKGROUND = 2, 4  # flags of Uruchom: without NEW it fails where somebody has Subiekt's window open
_RESERVATION_UNCHECKED = 0  # KontrolaRezerwacjiTowaru: anything else may ask in a window
_LOCKED = "zablokowany przez operatora"


class Refusal(Exception):
    """A refusal in our own words: the child tells `code` and `facts` to the other side."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Program:
    """One Subiekt GT in the background, started at the first need and given back at the end."""

    def __init__(self, dispatch: Callable[[str], Any], opening: dict[str, Any], tell: Callable[[Any], None]) -> None:
        self._dispatch = dispatch
        self._login = opening["login"]
        self._tries = int(opening["tries"])
        self._pause = int(opening["pause"])
        self._tell = tell
        self._subiekt: Any = None
        self._pid = 0

    def answer(self, what: str, question: dict[str, Any]) -> dict[str, Any]:
        match what:
            case "opened":
                return {}
            case "launch":
                return self._launched()
            case "register":
                return self._patiently(self._register, question["draft"])
            case "rehearse":
                return self._patiently(self._rehearse, question["draft"])
            case _:
                raise Refusal("unknown-question", what=what)

    def close(self) -> None:
        """Let go of the seat; without this the background program would stay and keep it."""
        subiekt, self._subiekt = self._subiekt, None
        if subiekt is not None:
            subiekt.Zakoncz()
            self._tell({"gave_back": self._pid})

    def _launched(self) -> dict[str, Any]:
        subiekt = self._running()
        return {"version": str(subiekt.WersjaTekst), "company": str(subiekt.PodmiotNazwa)}

    def _running(self) -> Any:
        if self._subiekt is None:
            login = self._login
            gt = self._dispatch("InsERT.GT")
            gt.Produkt = _SUBIEKT
            gt.Serwer = login["server"]
            gt.Baza = login["database"]
            gt.Autentykacja = _MIXED if login["user"] else _WINDOWS
            if login["user"]:
                gt.Uzytkownik = login["user"]
                gt.UzytkownikHaslo = self._sealed(login["password"])
            gt.Operator = login["operator"]
            gt.OperatorHaslo = self._sealed(login["operator_password"])
            self._subiekt = gt.Uruchom(_MATCH_ANY, _NEW | _BACKGROUND)
            self._pid = int(self._subiekt.IdentyfikatorProcesu)
            self._tell({"owns": self._pid})
        return self._subiekt

    def _sealed(self, password: str) -> str:
        """Sfera takes passwords as its own helper encrypts them; a blank one stays blank."""
        return str(self._dispatch("InsERT.Dodatki").Szyfruj(password)) if password else ""

    def _patiently(self, act: Callable[[dict[str, Any]], dict[str, Any]], draft: dict[str, Any]) -> dict[str, Any]:
        """Save or rehearse, and wait where a person keeps a record open."""
        for last in (*(False for _ in range(self._tries - 1)), True):
            try:
                return act(draft)
            except Refusal:
                raise
            except Exception as error:
                if last or _LOCKED not in str(error):
                    raise
                time.sleep(self._pause)
        raise AssertionError("the last try answers or raises")

    def _register(self, draft: dict[str, Any]) -> dict[str, Any]:
        with self._drawn_up(draft) as document:
            document.Zapisz()
            return {"id": int(document.Identyfikator), "number": str(document.NumerPelny), **_totals(document)}

    def _rehearse(self, draft: dict[str, Any]) -> dict[str, Any]:
        with self._drawn_up(draft) as document:
            document.ZapiszSymulacja()
            return _totals(document)

    @contextmanager
    def _drawn_up(self, draft: dict[str, Any]) -> Iterator[Any]:
        """An order as it would be saved, every line verified; closed afterwards, saved or not."""
        subiekt = self._running()
        warehouse = int(draft["warehouse"])
        if subiekt.MagazynId != warehouse:
            subiekt.MagazynId = warehouse
        document = subiekt.SuDokumentyManager.DodajZK()
        try:
            _head(document, draft)
            for line in draft["lines"]:
                _line(document.Pozycje.Dodaj(int(line["key"])), line, draft["counts_from"])
            document.Przelicz()
            # As the program itself does for an order; left open, it may ask in a window.
            document.PlatnoscGotowkaKwota = document.KwotaDoZaplaty
            _verify(document, draft)
            yield document
        finally:
            document.Zamknij()


def _totals(document: Any) -> dict[str, Any]:
    """The document's own totals, and its lines' by the id of their VAT rate: net, gross, and the rate in per cent."""
    rates: dict[str, list[Decimal]] = {}
    positions = document.Pozycje
    for number in range(1, positions.Liczba + 1):
        position = positions.Element(number)
        sums = rates.setdefault(str(position.VatId), [Decimal(0), Decimal(0), Decimal(str(position.VatProcent))])
        sums[0] += Decimal(str(position.WartoscNettoPoRabacie))
        sums[1] += Decimal(str(position.WartoscBruttoPoRabacie))
    return {
        "net": str(document.WartoscNetto),
        "vat": str(document.WartoscVat),
        "gross": str(document.WartoscBrutto),
        "rates": {ident: [str(one) for one in sums] for ident, sums in rates.items()},
    }


def _head(document: Any, draft: dict[str, Any]) -> None:
    """Everything that a window might otherwise ask about is said outright."""
    document.KontrahentId = int(draft["customer"])
    if draft["counts_from"] == "net":
        document.LiczonyOdCenNetto = True
    else:
        document.LiczonyOdCenBrutto = True
    document.PominAsortymentPowiazany = True
    document.KontrolaRezerwacjiTowaru = _RESERVATION_UNCHECKED
    document.Rezerwacja = bool(draft["reserve"])
    document.NumerOryginalny = draft["original_number"]
    document.Uwagi = draft["remarks"]
    if draft["price_level"]:
        document.PoziomCenyId = int(draft["price_level"])
    if draft["category"]:
        document.KategoriaId = int(draft["category"])
    if draft["due"]:
        document.TerminRealizacji = datetime.fromisoformat(draft["due"])
    if draft["currency"] != "PLN":
        document.WalutaSymbol = draft["currency"]


def _line(position: Any, line: dict[str, Any], side: str) -> None:
    """Unit, quantity and price; where these round to another total, the total itself is set."""
    if position.Jm != line["unit"]:
        position.Jm = line["unit"]
    position.IloscJm = Decimal(line["quantity"])
    total = Decimal(line["total"])
    if side == "net":
        position.CenaNettoPrzedRabatem = Decimal(line["price"])
        if Decimal(str(position.WartoscNettoPoRabacie)) != total:
            position.WartoscNettoPoRabacie = total
    else:
        position.CenaBruttoPrzedRabatem = Decimal(line["price"])
        if Decimal(str(position.WartoscBruttoPoRabacie)) != total:
            position.WartoscBruttoPoRabacie = total
    if line["note"]:
        position.Opis = line["note"]


def _verify(document: Any, draft: dict[str, Any]) -> None:
    """Before anything is saved: as many lines as were ordered, each coming to its total to the grosz."""
    lines, positions = draft["lines"], document.Pozycje
    if positions.Liczba != len(lines):
        raise Refusal("lines", wanted=len(lines), found=positions.Liczba)
    for number, line in enumerate(lines, 1):
        position = positions.Element(number)
        held = position.WartoscNettoPoRabacie if draft["counts_from"] == "net" else position.WartoscBruttoPoRabacie
        if Decimal(str(held)) != Decimal(line["total"]):
            raise Refusal("line-total", line=number, symbol=line["symbol"], wanted=line["total"], found=str(held))
