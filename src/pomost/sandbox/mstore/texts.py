"""Problems and errors that only this shop can name, in Polish and in English."""

from pomost.sandbox.http.texts import Kind, Text, kind

PROBLEMS: dict[str, Kind] = {
    "duplicate-branch-id": kind(
        409,
        "ID oddziału już istnieje",
        "Branch id taken",
        "ID oddziału musi być niepowtarzalne.",
        "A branch id must be unique.",
    ),
    "duplicate-branch-name": kind(
        409,
        "Nazwa oddziału już istnieje",
        "Branch name taken",
        "Nazwa oddziału musi być unikalna.",
        "A branch name must be unique.",
    ),
    "region-unknown": kind(422, "Nieznany region", "Unknown region", "Nie ma takiego regionu.", "No such region."),
    "sales-unit-not-offered": kind(
        422,
        "Brak jednostki sprzedaży",
        "Sales unit not offered",
        "Towar nie ma takiej jednostki sprzedaży.",
        "The product has no such sales unit.",
    ),
    "multiplier-not-offered": kind(
        422,
        "Brak przelicznika",
        "Multiplier not offered",
        "Towar ma tę jednostkę, ale z innym przelicznikiem.",
        "The product has this unit, but with another multiplier.",
    ),
    "quantity-not-integer": kind(
        422,
        "Ilość niecałkowita",
        "Quantity not an integer",
        "Ilość musi być liczbą całkowitą.",
        "A quantity must be an integer.",
    ),
    "min-quantity-invalid": kind(
        422,
        "Błędna ilość minimalna",
        "Invalid minimum quantity",
        "Ilość minimalna to liczba całkowita od 1.",
        "A minimum quantity is an integer from 1.",
    ),
    "vat-rate-unknown": kind(
        422,
        "Nieznana stawka VAT",
        "Unknown VAT rate",
        "Stawka to 23, 8, 5, 0, zw, np albo oo.",
        "A rate is 23, 8, 5, 0, zw, np or oo.",
    ),
    "customer-already-assigned": kind(
        409,
        "Kontrahent już przypisany",
        "Customer already assigned",
        "Kontrahent jest powiązany z innym wpisem; podaj jego wersję.",
        "The customer is linked to another record; send its version.",
    ),
    "segment-too-deep": kind(
        422,
        "Za głęboki segment",
        "Segment too deep",
        "Segmenty mają najwyżej 3 poziomy.",
        "Segments have 3 levels at most.",
    ),
    "segment-in-use": kind(
        409,
        "Segment w użyciu",
        "Segment in use",
        "Segment ma podsegmenty albo kontrahentów.",
        "The segment has children or customers.",
    ),
    "stale": kind(
        409,
        "Nieaktualny odczyt",
        "Stale reading",
        "Zapisany stan pochodzi z późniejszego odczytu.",
        "What is stored was read later than this.",
    ),
}

ERRORS: dict[str, Text] = {
    "one-of": Text("Podaj sales_unit_id albo sales_unit.", "Send either sales_unit_id or sales_unit."),
    "price-kind-required": Text("Cena wymaga price_kind.", "A price needs price_kind."),
    "price-required": Text("Bez ceny nie podawaj price_kind.", "Without a price send no price_kind."),
    "digest-differs": Text("Skrót nie zgadza się z treścią.", "The digest differs from the bytes."),
    "immutable": Text("Tego pola nie można zmienić.", "This field cannot be changed."),
    "segment-unknown": Text("Nie ma takiego segmentu.", "There is no such segment."),
    "segment-cycle": Text("Segment nie może leżeć pod sobą.", "A segment cannot lie under itself."),
    "level-mismatch": Text("Poziom nie zgadza się z miejscem.", "The level differs from the place."),
}
