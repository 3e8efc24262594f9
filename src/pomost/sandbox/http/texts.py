"""Problems and errors that any of the shops can name, in Polish and in English, and the register of all of them."""

from collections.abc import Mapping
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


def kind(status: int, title_pl: str, title_en: str, detail_pl: str, detail_en: str) -> Kind:
    return Kind(status, Text(title_pl, title_en), Text(detail_pl, detail_en))


PROBLEMS: dict[str, Kind] = {
    "unauthorized": kind(401, "Brak dostępu", "Unauthorized", "Podaj ważny klucz API.", "Send a valid API key."),
    "key-revoked": kind(
        401, "Klucz unieważniony", "Key revoked", "Ten klucz API został unieważniony.", "This API key was revoked."
    ),
    "forbidden-scope": kind(
        403, "Brak uprawnienia", "Scope missing", "Klucz nie ma tego uprawnienia.", "The key lacks this scope."
    ),
    "not-found": kind(404, "Nie znaleziono", "Not found", "Nie ma takiego zasobu.", "There is no such resource."),
    "method-not-allowed": kind(
        405, "Metoda niedozwolona", "Method not allowed", "Zasób nie zna tej metody.", "The resource lacks this method."
    ),
    "cursor-expired": kind(
        410, "Kursor wygasł", "Cursor expired", "Zacznij czytać listę od nowa.", "Start reading the list again."
    ),
    "version-conflict": kind(
        412,
        "Inna wersja",
        "Version conflict",
        "Zasób zmienił się w międzyczasie.",
        "The resource has changed meanwhile.",
    ),
    "precondition-required": kind(
        428,
        "Wymagany warunek",
        "Precondition required",
        "Podaj wersję: If-Match albo If-None-Match: *, w pozycji listy if_version.",
        "Name the version: If-Match or If-None-Match: *, in a batch item if_version.",
    ),
    "payload-too-large": kind(
        413,
        "Za dużo danych",
        "Payload too large",
        "Podziel dane na mniejsze części.",
        "Split the data into smaller parts.",
    ),
    "unsupported-media-type": kind(
        415,
        "Nieobsługiwany typ danych",
        "Unsupported media type",
        "Wyślij application/json w UTF-8.",
        "Send application/json in UTF-8.",
    ),
    "rate-limited": kind(429, "Za dużo zapytań", "Too many requests", "Odczekaj chwilę.", "Wait a while."),
    "validation-failed": kind(
        422, "Błędne dane", "Validation failed", "Popraw dane i wyślij ponownie.", "Correct the data and send again."
    ),
    "product-unknown": kind(
        404,
        "Nieznany towar",
        "Unknown product",
        "W katalogu nie ma takiego towaru.",
        "The catalogue has no such product.",
    ),
    "quantity-negative": kind(
        422, "Ilość ujemna", "Negative quantity", "Ilość nie może być ujemna.", "A quantity cannot be negative."
    ),
    "customer-unknown": kind(
        404, "Nieznany kontrahent", "Unknown customer", "Nie ma takiego kontrahenta.", "There is no such customer."
    ),
    "order-status-unknown": kind(
        422, "Nieznany status zamówienia", "Unknown order status", "Nie ma takiego statusu.", "There is no such status."
    ),
    "order-transition-not-allowed": kind(
        409,
        "Niedozwolona zmiana statusu",
        "Transition not allowed",
        "Z obecnego statusu nie ma takiego przejścia.",
        "The present status does not lead there.",
    ),
    "order-already-acknowledged": kind(
        409,
        "Zamówienie już potwierdzone",
        "Order already acknowledged",
        "Zamówienie ma już inny dokument.",
        "The order already has another document.",
    ),
    "idempotency-key-reused": kind(
        422,
        "Klucz idempotencji użyty ponownie",
        "Idempotency key reused",
        "Ten klucz należy do innego zapytania.",
        "This key belongs to another request.",
    ),
    "idempotency-in-progress": kind(
        409,
        "Zapytanie w toku",
        "Request in progress",
        "Pierwsze zapytanie z tym kluczem jeszcze trwa.",
        "The first request with this key is still running.",
    ),
    "maintenance": kind(503, "Przerwa techniczna", "Maintenance", "Spróbuj później.", "Try again later."),
    "internal-error": kind(
        500, "Błąd serwera", "Internal error", "Zdarzył się nieoczekiwany błąd.", "Something unexpected happened."
    ),
    "bad-gateway": kind(502, "Zła odpowiedź pośrednika", "Bad gateway", "Spróbuj później.", "Try again later."),
    "http-error": kind(
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
    "cursor-invalid": Text("Kursor nie należy do tej listy.", "The cursor does not belong to this list."),
    "refused": Text("Serwis nie przyjmuje tej pozycji.", "The service refuses this item."),
}


def declare(problems: Mapping[str, Kind], errors: Mapping[str, Text]) -> None:
    """Add the codes of one shop; a code means the same in every shop, so none may be declared twice."""
    twice = (PROBLEMS.keys() & problems.keys()) | (ERRORS.keys() & errors.keys())
    if twice:
        raise ValueError(f"already declared: {sorted(twice)}")
    PROBLEMS.update(problems)
    ERRORS.update(errors)
