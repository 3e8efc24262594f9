"""Every problem and every error the shop can name, in Polish and in English."""

from typing import NamedTuple


class Text(NamedTuple):
    pl: str
    en: str

    def into(self, language: str) -> str:
        return self.pl if language == "pl" else self.en


class Kind(NamedTuple):
    status: int
    title: Text
    detail: Text


def _kind(status: int, title_pl: str, title_en: str, detail_pl: str, detail_en: str) -> Kind:
    return Kind(status, Text(title_pl, title_en), Text(detail_pl, detail_en))


PROBLEMS: dict[str, Kind] = {
    "unauthorized": _kind(401, "Brak dostępu", "Unauthorized", "Podaj ważny klucz API.", "Send a valid API key."),
    "key-revoked": _kind(
        401, "Klucz unieważniony", "Key revoked", "Ten klucz API został unieważniony.", "This API key was revoked."
    ),
    "forbidden-scope": _kind(
        403, "Brak uprawnienia", "Scope missing", "Klucz nie ma tego uprawnienia.", "The key lacks this scope."
    ),
    "not-found": _kind(404, "Nie znaleziono", "Not found", "Nie ma takiego zasobu.", "There is no such resource."),
    "method-not-allowed": _kind(
        405, "Metoda niedozwolona", "Method not allowed", "Zasób nie zna tej metody.", "The resource lacks this method."
    ),
    "cursor-expired": _kind(
        410, "Kursor wygasł", "Cursor expired", "Zacznij czytać listę od nowa.", "Start reading the list again."
    ),
    "version-conflict": _kind(
        412,
        "Inna wersja",
        "Version conflict",
        "Zasób zmienił się w międzyczasie.",
        "The resource has changed meanwhile.",
    ),
    "precondition-required": _kind(
        428,
        "Wymagany warunek",
        "Precondition required",
        "Wyślij If-Match albo If-None-Match: *.",
        "Send If-Match or If-None-Match: *.",
    ),
    "payload-too-large": _kind(
        413,
        "Za dużo danych",
        "Payload too large",
        "Podziel dane na mniejsze części.",
        "Split the data into smaller parts.",
    ),
    "unsupported-media-type": _kind(
        415,
        "Nieobsługiwany typ danych",
        "Unsupported media type",
        "Wyślij application/json w UTF-8.",
        "Send application/json in UTF-8.",
    ),
    "rate-limited": _kind(429, "Za dużo zapytań", "Too many requests", "Odczekaj chwilę.", "Wait a while."),
    "validation-failed": _kind(
        422, "Błędne dane", "Validation failed", "Popraw dane i wyślij ponownie.", "Correct the data and send again."
    ),
    "duplicate-branch-id": _kind(
        409,
        "ID oddziału już istnieje",
        "Branch id taken",
        "ID oddziału musi być niepowtarzalne.",
        "A branch id must be unique.",
    ),
    "duplicate-branch-name": _kind(
        409,
        "Nazwa oddziału już istnieje",
        "Branch name taken",
        "Nazwa oddziału musi być unikalna.",
        "A branch name must be unique.",
    ),
    "region-unknown": _kind(422, "Nieznany region", "Unknown region", "Nie ma takiego regionu.", "No such region."),
    "product-unknown": _kind(
        404,
        "Nieznany towar",
        "Unknown product",
        "W katalogu nie ma takiego towaru.",
        "The catalogue has no such product.",
    ),
    "sales-unit-not-offered": _kind(
        422,
        "Brak jednostki sprzedaży",
        "Sales unit not offered",
        "Towar nie ma takiej jednostki sprzedaży.",
        "The product has no such sales unit.",
    ),
    "multiplier-not-offered": _kind(
        422,
        "Brak przelicznika",
        "Multiplier not offered",
        "Towar ma tę jednostkę, ale z innym przelicznikiem.",
        "The product has this unit, but with another multiplier.",
    ),
    "quantity-not-integer": _kind(
        422,
        "Ilość niecałkowita",
        "Quantity not an integer",
        "Ilość musi być liczbą całkowitą.",
        "A quantity must be an integer.",
    ),
    "quantity-negative": _kind(
        422, "Ilość ujemna", "Negative quantity", "Ilość nie może być ujemna.", "A quantity cannot be negative."
    ),
    "min-quantity-invalid": _kind(
        422,
        "Błędna ilość minimalna",
        "Invalid minimum quantity",
        "Ilość minimalna to liczba całkowita od 1.",
        "A minimum quantity is an integer from 1.",
    ),
    "vat-rate-unknown": _kind(
        422,
        "Nieznana stawka VAT",
        "Unknown VAT rate",
        "Stawka to 23, 8, 5, 0, zw, np albo oo.",
        "A rate is 23, 8, 5, 0, zw, np or oo.",
    ),
    "customer-unknown": _kind(
        404, "Nieznany kontrahent", "Unknown customer", "Nie ma takiego kontrahenta.", "There is no such customer."
    ),
    "customer-already-assigned": _kind(
        409,
        "Kontrahent już przypisany",
        "Customer already assigned",
        "Kontrahent jest powiązany z innym wpisem; podaj jego wersję.",
        "The customer is linked to another record; send its version.",
    ),
    "segment-too-deep": _kind(
        422,
        "Za głęboki segment",
        "Segment too deep",
        "Segmenty mają najwyżej 3 poziomy.",
        "Segments have 3 levels at most.",
    ),
    "segment-in-use": _kind(
        409,
        "Segment w użyciu",
        "Segment in use",
        "Segment ma podsegmenty albo kontrahentów.",
        "The segment has children or customers.",
    ),
    "order-status-unknown": _kind(
        422, "Nieznany status zamówienia", "Unknown order status", "Nie ma takiego statusu.", "There is no such status."
    ),
    "order-transition-not-allowed": _kind(
        409,
        "Niedozwolona zmiana statusu",
        "Transition not allowed",
        "Z obecnego statusu nie ma takiego przejścia.",
        "The present status does not lead there.",
    ),
    "order-already-acknowledged": _kind(
        409,
        "Zamówienie już potwierdzone",
        "Order already acknowledged",
        "Zamówienie ma już inny dokument.",
        "The order already has another document.",
    ),
    "idempotency-key-reused": _kind(
        422,
        "Klucz idempotencji użyty ponownie",
        "Idempotency key reused",
        "Ten klucz należy do innego zapytania.",
        "This key belongs to another request.",
    ),
    "idempotency-in-progress": _kind(
        409,
        "Zapytanie w toku",
        "Request in progress",
        "Pierwsze zapytanie z tym kluczem jeszcze trwa.",
        "The first request with this key is still running.",
    ),
    "stale": _kind(
        409,
        "Nieaktualny odczyt",
        "Stale reading",
        "Zapisany stan pochodzi z późniejszego odczytu.",
        "What is stored was read later than this.",
    ),
    "maintenance": _kind(503, "Przerwa techniczna", "Maintenance", "Spróbuj później.", "Try again later."),
    "internal-error": _kind(
        500, "Błąd serwera", "Internal error", "Zdarzył się nieoczekiwany błąd.", "Something unexpected happened."
    ),
    "bad-gateway": _kind(502, "Zła odpowiedź pośrednika", "Bad gateway", "Spróbuj później.", "Try again later."),
    "http-error": _kind(
        400, "Błąd zapytania", "Request error", "Zapytania nie udało się obsłużyć.", "The request could not be served."
    ),
}

ERRORS: dict[str, Text] = {
    "required": Text("Pole jest wymagane.", "The field is required."),
    "unknown-field": Text("Nieznane pole.", "Unknown field."),
    "read-only-field": Text("To pole nadaje serwer.", "This field belongs to the server."),
    "unknown-parameter": Text("Nieznany parametr.", "Unknown parameter."),
    "repeated-parameter": Text("Parametr podano więcej niż raz.", "The parameter was given more than once."),
    "wrong-type": Text("Zły typ wartości.", "Wrong type of value."),
    "wrong-format": Text("Zły zapis wartości.", "Wrong form of value."),
    "too-long": Text("Za długa wartość.", "The value is too long."),
    "too-short": Text("Za krótka wartość.", "The value is too short."),
    "out-of-range": Text("Wartość spoza zakresu.", "The value is out of range."),
    "not-allowed-value": Text("Niedozwolona wartość.", "The value is not allowed."),
    "malformed-json": Text("To nie jest poprawny JSON.", "This is not well-formed JSON."),
    "missing-idempotency-key": Text(
        "Nagłówek Idempotency-Key musi zawierać UUID.", "The header Idempotency-Key must hold a UUID."
    ),
    "key-mismatch": Text("Wartość różni się od adresu.", "The value differs from the address."),
    "one-of": Text("Podaj sales_unit_id albo sales_unit.", "Send either sales_unit_id or sales_unit."),
    "price-kind-required": Text("Cena wymaga price_kind.", "A price needs price_kind."),
    "price-required": Text("Bez ceny nie podawaj price_kind.", "Without a price send no price_kind."),
    "immutable": Text("Tego pola nie można zmienić.", "This field cannot be changed."),
    "segment-unknown": Text("Nie ma takiego segmentu.", "There is no such segment."),
    "segment-cycle": Text("Segment nie może leżeć pod sobą.", "A segment cannot lie under itself."),
    "level-mismatch": Text("Poziom nie zgadza się z miejscem.", "The level differs from the place."),
    "cursor-invalid": Text("Kursor nie należy do tej listy.", "The cursor does not belong to this list."),
    "refused": Text("Serwis nie przyjmuje tego towaru.", "The service refuses this product."),
}
