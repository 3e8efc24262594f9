"""What people call the fields of entries: every step of a path such as `prices lines[3].value`."""

import re

from pomost.model.text import Text

ENTRY_FIELDS = {
    "active": Text("aktywny", "active"),
    "address": Text("adres", "address"),
    "alt": Text("opis obrazu", "picture's text"),
    "ask_for_price": Text("zapytaj o cenę", "ask for the price"),
    "as_of": Text("na dzień", "as of"),
    "at": Text("kiedy", "when"),
    "attributes": Text("atrybut", "attribute"),
    "availability": Text("dostępność", "availability"),
    "available_from": Text("dostępny od", "available from"),
    "base_unit": Text("podstawowa jm", "base unit"),
    "basis": Text("rodzaj", "basis"),
    "blocked": Text("zablokowany", "blocked"),
    "brand": Text("marka", "brand"),
    "catalogue_number": Text("numer katalogowy", "catalogue number"),
    "city": Text("miasto", "city"),
    "code": Text("kod", "code"),
    "company": Text("firma", "company"),
    "complex": Text("usługa lub towar złożony", "complex"),
    "consents": Text("zgoda", "consent"),
    "country": Text("kraj", "country"),
    "credit_limit": Text("limit kredytu", "credit limit"),
    "currency": Text("waluta", "currency"),
    "default": Text("domyślny", "default"),
    "default_group": Text("grupa domyślna", "default group"),
    "delivery_cost": Text("koszt dostawy", "delivery cost"),
    "denominator": Text("mianownik przelicznika", "multiplier's denominator"),
    "description": Text("opis", "description"),
    "discount": Text("rabat", "discount"),
    "ean": Text("EAN", "EAN"),
    "eans": Text("kod kreskowy", "barcode"),
    "email": Text("e-mail", "e-mail"),
    "file": Text("plik", "file"),
    "file_name": Text("nazwa pliku", "file name"),
    "flags": Text("oznaczenie", "flag"),
    "flat_number": Text("numer lokalu", "flat number"),
    "format": Text("format", "format"),
    "given": Text("wyrażona", "given"),
    "group": Text("grupa", "group"),
    "group_name": Text("nazwa grupy", "group name"),
    "groups": Text("grupa", "group"),
    "hours_from": Text("godziny od", "hours from"),
    "hours_to": Text("godziny do", "hours to"),
    "house_number": Text("numer domu", "house number"),
    "ignore_stock": Text("sprzedaż bez stanu", "sold without stock"),
    "key": Text("id w ERP", "ERP id"),
    "kind": Text("rodzaj", "kind"),
    "language": Text("język", "language"),
    "lines": Text("pozycja", "line"),
    "link": Text("odnośnik", "link"),
    "links": Text("plik", "file"),
    "logins": Text("konto", "account"),
    "lowest": Text("najniższa cena z 30 dni", "lowest price of 30 days"),
    "main": Text("główny", "main"),
    "main_product": Text("towar główny", "main product"),
    "media_type": Text("typ pliku", "file type"),
    "merged_into": Text("połączony z", "merged into"),
    "meta_description": Text("opis dla wyszukiwarek", "description for search engines"),
    "meta_keywords": Text("słowa kluczowe", "keywords"),
    "meta_title": Text("tytuł dla wyszukiwarek", "title for search engines"),
    "min_quantity": Text("minimalna ilość", "minimum quantity"),
    "mode": Text("sposób", "mode"),
    "name": Text("nazwa", "name"),
    "name_html": Text("nazwa HTML", "HTML name"),
    "names": Text("nazwa", "name"),
    "nip": Text("NIP", "tax number"),
    "nip_country": Text("kraj NIP", "tax number's country"),
    "no_discount": Text("bez rabatów", "no discounts"),
    "numerator": Text("licznik przelicznika", "multiplier's numerator"),
    "parent": Text("grupa nadrzędna", "group above"),
    "parts": Text("składnik", "part"),
    "payment_days": Text("termin płatności (dni)", "payment term (days)"),
    "payment_form": Text("forma płatności", "payment form"),
    "percent": Text("procent", "per cent"),
    "phone": Text("telefon", "phone"),
    "pkwiu": Text("PKWiU", "PKWiU"),
    "points": Text("punkty lojalnościowe", "loyalty points"),
    "position": Text("kolejność", "position"),
    "postal_code": Text("kod pocztowy", "postal code"),
    "price": Text("cena", "price"),
    "price_places": Text("miejsca po przecinku", "decimal places"),
    "price_type": Text("rodzaj ceny", "price type"),
    "producer": Text("producent", "producer"),
    "producer_code": Text("kod producenta", "producer's code"),
    "product": Text("towar", "product"),
    "quantity": Text("ilość", "quantity"),
    "rate": Text("stawka", "rate"),
    "reduction": Text("obniżka", "reduction"),
    "reward": Text("nagroda za punkty", "reward for points"),
    "role": Text("rola", "role"),
    "search_words": Text("słowa wyszukiwania", "search words"),
    "service": Text("usługa", "service"),
    "sha256": Text("skrót SHA-256", "SHA-256"),
    "shop_percent": Text("procent w sklepie", "shop's per cent"),
    "shop_status": Text("status w sklepie", "status in the shop"),
    "short": Text("krótki opis", "short description"),
    "size": Text("rozmiar (B)", "size (B)"),
    "slug": Text("adres strony", "page address"),
    "split_payment": Text("podzielona płatność", "split payment"),
    "street": Text("ulica", "street"),
    "subject": Text("czego dotyczy", "what it is of"),
    "substitutes": Text("zamiennik", "substitute"),
    "symbol": Text("symbol", "symbol"),
    "texts": Text("opisy", "texts"),
    "title": Text("tytuł", "title"),
    "type": Text("typ", "type"),
    "unit": Text("jednostka", "unit"),
    "units": Text("jednostka pomocnicza", "further unit"),
    "valid_from": Text("od dnia", "from"),
    "valid_to": Text("do dnia", "to"),
    "value": Text("wartość", "value"),
    "values": Text("wartość", "value"),
    "variant_attributes": Text("atrybut wariantu", "variant attribute"),
    "variant_of": Text("wariant towaru", "variant of"),
    "vat": Text("VAT", "VAT"),
    "vat_abroad": Text("VAT za granicą", "VAT abroad"),
    "version": Text("wersja", "version"),
    "warehouse": Text("magazyn", "warehouse"),
    "weight_kg": Text("waga (kg)", "weight (kg)"),
    "what": Text("na co", "on what"),
    "what_key": Text("id towaru albo grupy", "id of product or group"),
    "who": Text("dla kogo", "for whom"),
    "who_key": Text("id kontrahenta albo grupy", "id of customer or group"),
    "whole_units_only": Text("tylko całe jednostki", "whole units only"),
}
ENTRY_PLACES = {
    "prices": Text("ceny", "prices"),
    "files": Text("pliki", "files"),
    "stocks": Text("stany", "stock"),
}
"""Areas an explanation shows beside the card's own fields."""
ENTRY_VALUES = {
    "net": Text("netto", "net"),
    "gross": Text("brutto", "gross"),
    "taxed": Text("opodatkowany", "taxed"),
    "exempt": Text("zwolniony", "exempt"),
    "not_subject": Text("nie podlega", "not subject"),
    "image": Text("zdjęcie", "picture"),
    "attachment": Text("załącznik", "attachment"),
    "available": Text("dostępność", "availability"),
    "stock": Text("stan", "on hand"),
    "kept": Text("zostaje", "stays"),
    "customer_group": Text("grupa kontrahentów", "customer group"),
    "all_products": Text("wszystkie towary", "all products"),
    "fixed_price": Text("stała cena", "fixed price"),
    "seller_choice": Text("wybór sprzedawcy", "seller's choice"),
    "super_quality": Text("super jakość", "super quality"),
    "super_price": Text("super cena", "super price"),
    "best_rated": Text("najlepiej oceniane", "best rated"),
}
WORDED_FACTS = frozenset({"who", "what", "basis"})
"""Facts of findings that may be words of the trade."""
FACT_WORDS = {
    "all": Text("wszyscy", "everybody"),
    "all_products": ENTRY_VALUES["all_products"],
    "net": ENTRY_VALUES["net"],
    "gross": ENTRY_VALUES["gross"],
    "type": Text("rodzaj", "type"),
    "dates": Text("daty", "dates"),
    "percent": Text("procent", "per cent"),
    "price": Text("cena", "price"),
    "currency": Text("waluta", "currency"),
}
"""What such facts say; anything else is a name and stays as it is."""
_STEP = re.compile(r"(\w+)(?:\[(.*)\])?")


def entry_field(path: str) -> Text:
    """A path step by step: `prices lines[3].value` is „ceny: pozycja 3, wartość”; unknown ones stay as they are."""
    place, _, rest = path.partition(" ")
    if place not in ENTRY_PLACES:
        place, rest = "", path
    steps = [_step(one) for one in re.split(r"\.(?![^\[]*\])", rest)]
    polish, english = (", ".join(one.into(language) for one in steps) for language in ("pl", "en"))
    if not place:
        return Text(polish, english)
    where = ENTRY_PLACES[place]
    return Text(f"{where.pl}: {polish}", f"{where.en}: {english}")


def _step(written: str) -> Text:
    found = _STEP.fullmatch(written)
    name, mark = (found[1], found[2]) if found else (written, None)
    text = ENTRY_FIELDS.get(name, Text(name, name))
    return Text(f"{text.pl} {mark}", f"{text.en} {mark}") if mark else text
