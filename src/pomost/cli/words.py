"""Which language to speak, and words the command line says in both."""

import locale
import os
from datetime import datetime

from pomost.model.text import Language, Text


def language() -> Language:
    """POMOST_LANG if set, else the locale: Polish where it says so, English everywhere else."""
    asked = os.environ.get("POMOST_LANG", "")
    if asked:
        return "pl" if asked.casefold().startswith("pl") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "pl" if os.environ[name].casefold().startswith("pl") else "en"
    return "pl" if (locale.getlocale()[0] or "").casefold().startswith(("pl", "polish")) else "en"


def say(pl: str, en: str, **facts: object) -> str:
    """A sentence in the user's language."""
    return Text(pl, en).fill(**facts).into(language())


def moment(at: datetime | None) -> str:
    """Local date and time, to the second."""
    return "" if at is None else at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def number(count: int) -> str:
    """A whole number with its thousands apart: 12 345."""
    return f"{count:,}".replace(",", "\u00a0")


STATES = {
    "planning": Text("planowanie", "planning"),
    "planned": Text("podgląd", "preview"),
    "applying": Text("wysyłanie", "sending"),
    "waiting": Text("czeka na zatwierdzenie", "waiting for approval"),
    "done": Text("zakończona", "done"),
    "broken": Text("przerwana", "broken off"),
    "superseded": Text("zastąpiona", "superseded"),
}
KINDS = {
    "create-branch": Text("nowy oddział", "new branch"),
    "amend-branch": Text("zmiana oddziału", "branch change"),
    "segment": Text("segment", "segment"),
    "assign": Text("przypisanie kontrahenta", "customer assigned"),
    "unassign": Text("cofnięcie przypisania", "assignment taken back"),
    "drop-segment": Text("usunięcie segmentu", "segment dropped"),
    "publish": Text("wystawienie", "publish"),
    "amend": Text("aktualizacja", "amend"),
    "stock": Text("stan", "stock"),
    "withdraw": Text("wycofanie", "withdraw"),
    "register": Text("zamówienie do ERP", "order to the ERP"),
    "acknowledge": Text("potwierdzenie zamówienia", "acknowledgement"),
    "status": Text("status zamówienia", "order status"),
    "drop": Text("wycofanie wpisu", "entry dropped"),
    "keep": Text("pozostawienie wpisu", "entry kept"),
    "customer": Text("kontrahent", "customer"),
    "price-type": Text("rodzaj ceny", "price type"),
    "warehouse": Text("magazyn", "warehouse"),
    "attribute": Text("atrybut", "attribute"),
    "group": Text("grupa", "group"),
    "product": Text("towar", "product"),
    "prices": Text("ceny towaru", "prices of a product"),
    "customer-discount": Text("rabat kontrahenta", "customer's discount"),
    "public-discount": Text("rabat dla wszystkich", "discount for everybody"),
    "promotion": Text("zestaw promocyjny", "promotional set"),
    "files": Text("pliki towaru", "files of a product"),
    "stocks": Text("stany towaru", "stock of a product"),
}
PARTS = {
    "branches": Text("oddziały", "branches"),
    "customers": Text("kontrahenci", "customers"),
    "orders": Text("zamówienia", "orders"),
    "statuses": Text("statusy zamówień", "order statuses"),
    "card": Text("towary", "goods"),
    "price": Text("ceny", "prices"),
    "stock": Text("stany", "stock"),
    "files": Text("dane binarne", "binary data"),
}
FIELDS = {
    "sku": Text("symbol", "symbol"),
    "unit": Text("jednostka", "unit"),
    "price": Text("cena", "price"),
    "vat": Text("VAT", "VAT"),
    "min_quantity": Text("minimalna ilość", "minimum quantity"),
    "quantity": Text("stan", "stock"),
    "visible": Text("widoczny", "visible"),
    "status": Text("status", "status"),
    "name": Text("nazwa", "name"),
    "region": Text("region", "region"),
    "street": Text("ulica", "street"),
    "house_number": Text("numer domu", "house number"),
    "flat_number": Text("numer lokalu", "flat number"),
    "postal_code": Text("kod pocztowy", "postal code"),
    "city": Text("miasto", "city"),
    "country": Text("kraj", "country"),
    "person": Text("osoba", "person"),
    "email": Text("e-mail", "e-mail"),
    "phone": Text("telefon", "phone"),
    "parent": Text("segment nadrzędny", "segment above"),
    "customer": Text("kontrahent ERP", "ERP customer"),
    "branch": Text("oddział", "branch"),
    "segment": Text("segment", "segment"),
    "symbol": Text("symbol", "symbol"),
    "nip": Text("NIP", "tax number"),
    "address": Text("adres", "address"),
    "group": Text("grupa", "group"),
    "traits": Text("cechy", "traits"),
    "industry": Text("branża", "industry"),
    "key": Text("id w ERP", "ERP id"),
    "in doubt": Text("niepewne", "in doubt"),
    "original-number": Text("numer oryginału", "original number"),
    "warehouse": Text("magazyn", "warehouse"),
    "category": Text("kategoria", "category"),
    "lines": Text("pozycji", "lines"),
    "total-net": Text("suma netto", "net total"),
    "total-gross": Text("suma brutto", "gross total"),
    "total": Text("suma", "total"),
    "document": Text("dokument", "document"),
    "buyer": Text("kupujący", "buyer"),
    "remarks": Text("uwagi", "remarks"),
}
ORDER_STATES = {
    "waiting": Text("czeka", "waits"),
    "doubt": Text("bez odpowiedzi ERP", "not answered by the ERP"),
    "linked": Text("ma dokument, sklep nie wie", "has a document, shop not told"),
    "acknowledged": Text("ma dokument", "has a document"),
}
STAGES = {
    "open": Text("niezrealizowane", "open"),
    "reserved": Text("zarezerwowane", "reserved"),
    "partly": Text("zrealizowane częściowo", "partly realised"),
    "realised": Text("zrealizowane", "realised"),
    "dispatched": Text("wydano (WZ)", "dispatched (WZ)"),
    "receipt": Text("paragon (PA)", "receipt (PA)"),
    "invoiced": Text("faktura (FS)", "invoiced (FS)"),
    "deleted": Text("usunięte", "deleted"),
}
VALUES = {
    "active": Text("w ofercie", "on offer"),
    "withdrawn": Text("wycofany", "withdrawn"),
    "True": Text("tak", "yes"),
    "False": Text("nie", "no"),
}


def word(words: dict[str, Text], name: str) -> str:
    """A term of one of the tables above; unknown names stand for themselves. `quantity@KRA` keeps its branch."""
    bare, _, branch = name.partition("@")
    text = words[bare].into(language()) if bare in words else bare
    return f"{text} {branch}".strip()
