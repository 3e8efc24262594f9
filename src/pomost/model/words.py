"""Words of the trade as people read them: what code calls `amend` is an "aktualizacja" wherever it is shown."""

from collections.abc import Mapping

from pomost.model.product import PRODUCT_KINDS
from pomost.model.text import Text
from pomost.model.words_of_entries import ENTRY_VALUES, entry_field

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
    "price level": Text("poziom cen", "price level"),
    "in warehouse": Text("stan (rezerwacja) w magazynie", "on hand (reserved) in warehouse"),
    "own field": Text("pole własne", "own field"),
    "kind": Text("rodzaj", "kind"),
    "active": Text("aktywna", "active"),
    "base unit": Text("podstawowa jm", "base unit"),
    "published": Text("w ofercie", "on offer"),
    "held": Text("wstrzymane", "held"),
    "ours": Text("nasza oferta", "our own offer"),
    "stock": Text("stan", "stock"),
    "sku": Text("symbol", "symbol"),
    "unit": Text("jednostka", "unit"),
    "price": Text("cena", "price"),
    "vat": Text("VAT", "VAT"),
    "min_quantity": Text("minimalna ilość", "minimum quantity"),
    "quantity": Text("stan", "stock"),
    "visible": Text("widoczny", "visible"),
    "basis": Text("rodzaj stanu", "kind of stock"),
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
    "yes": Text("tak", "yes"),
    "no": Text("nie", "no"),
    **PRODUCT_KINDS,
    **ENTRY_VALUES,
}
VERDICTS = {
    "offered": Text("wystawiany", "offered"),
    "kept": Text("bez zmian oferty, stan wysyłany", "offer kept as it is, stock sent"),
    "skipped": Text("pominięty", "skipped"),
    "out": Text("poza ofertą", "not on offer"),
}
OUTCOMES = {
    "done": Text("wykonano", "done"),
    "skipped": Text("pominięto", "skipped"),
    "failed": Text("błąd", "failed"),
    "unsent": Text("nie wysłano", "not sent"),
}
SCOPES = {
    "": Text("Wszystko, co włączono w ustawieniach", "Everything the settings switch on"),
    "offer": Text("Oferta: towary, ceny i stany", "The offer: goods, prices and stock"),
    "prices": Text("Tylko ceny", "Prices only"),
    "stock": Text("Tylko stany", "Stock only"),
    "orders": Text("Tylko zamówienia i ich statusy", "Orders and their statuses only"),
    "customers": Text("Tylko kontrahenci", "Customers only"),
    "branches": Text("Tylko oddziały", "Branches only"),
}
FOUND = {
    "product": Text("towar", "product"),
    "customer": Text("kontrahent", "customer"),
    "order": Text("zamówienie", "order"),
}
INBOX_PARTS = {
    "decision": Text("decyzja", "decision"),
    "warning": Text("ostrzeżenie", "warning"),
    "capability": Text("możliwości sklepu", "what the shop can take"),
    "offer": Text("oferta", "offer"),
    "stock": Text("stan", "stock"),
    "withdraw": Text("wycofanie", "withdrawal"),
    "order": Text("zamówienie", "order"),
    "notice": Text("zamówienie do obejrzenia", "order to be looked at"),
    "acknowledge": Text("potwierdzenie zamówienia", "acknowledgement"),
    "edited": Text("zamówienie zmienione w sklepie", "order edited in the shop"),
    "store": Text("dane Pomostu", "Pomost's data"),
    "closed": Text("zamówienie zamknięte w sklepie", "order closed in the shop"),
    "status": Text("status zamówienia", "order status"),
    "sent": Text("wysłane", "sent"),
}
ALARMS = {
    "withdrawn": Text("wycofanie towaru", "product withdrawn"),
    "zeroed": Text("wyzerowanie stanu", "stock going to nought"),
    "hidden": Text("zniknięcie ze sprzedaży", "vanishing from sale"),
    "price jump": Text("skok ceny", "price jump"),
    "cheaper": Text("spadek ceny przez rabaty lub warunki", "price falling by discounts or terms"),
    "terms": Text("utrata warunków kontrahenta", "customer losing terms"),
    "unassigned": Text("cofnięcie przypisania", "assignment taken back"),
    "vanished": Text("zniknięcie dokumentu", "document vanished"),
    "emptied": Text("opróżnienie obszaru", "area emptied"),
    "swept": Text("wycofanie przez sklep", "withdrawal by the shop"),
    "restored": Text("przywrócona baza ERP", "restored ERP"),
}


def part_called(part: str) -> Text:
    """What an item of the inbox is about; `stock:KRA` keeps its branch."""
    return called(INBOX_PARTS, part.replace(":", "@", 1))


def valued(value: str) -> Text:
    """A value of a field as people read it; one without words of its own is data and stays as it is, `@` and all."""
    return VALUES.get(value, Text(value, value))


def called(words: Mapping[str, Text], name: str) -> Text:
    """A term of one of the tables above; unknown names stand for themselves. `quantity@KRA` keeps its branch.

    A field no table names is one of an entry: its path is told step by step.
    """
    bare, _, branch = name.partition("@")
    text = words.get(bare) or (entry_field(bare) if words is FIELDS else Text(bare, bare))
    return Text(f"{text.pl} {branch}".strip(), f"{text.en} {branch}".strip())
