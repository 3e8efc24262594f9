"""Problems, errors and warnings that only this shop can name, in Polish and in English."""

from pomost.sandbox.http.texts import Kind, Text, kind

PROBLEMS: dict[str, Kind] = {
    "session-required": kind(
        428,
        "Wymagana sesja synchronizacji",
        "Synchronisation session required",
        "Zapis wymaga nagłówków Sync-Session i Sync-Fence.",
        "A write needs the headers Sync-Session and Sync-Fence.",
    ),
    "session-closed": kind(
        409,
        "Sesja zakończona",
        "Session closed",
        "Ta sesja jest zakończona, wygasła albo nie istnieje; otwórz nową.",
        "This session has ended, has expired or does not exist; open a new one.",
    ),
    "area-not-in-session": kind(
        409,
        "Obszar poza sesją",
        "Area not in session",
        "Sesja nie obejmuje tego obszaru.",
        "The session does not cover this area.",
    ),
    "sync-in-progress": kind(
        409,
        "Trwa inna synchronizacja",
        "Synchronisation in progress",
        "Synchronizacja odbywa się na innym stanowisku lub poprzednia została przerwana; można ją przejąć.",
        "A synchronisation runs elsewhere or the last one was interrupted; it may be taken over.",
    ),
    "fence-lost": kind(
        409,
        "Sesja przejęta",
        "Fence lost",
        "Inna synchronizacja przejęła sklep; zakończ tę bez dalszych zapisów.",
        "Another synchronisation took the shop over; end this one without further writes.",
    ),
    "count-mismatch": kind(
        409,
        "Niezgodna liczba pozycji",
        "Count mismatch",
        "Sklep widział inną liczbę pozycji, niż podano; niczego nie wycofano.",
        "The shop saw another number of items than was told; nothing was withdrawn.",
    ),
    "sweep-too-large": kind(
        409,
        "Za dużo wycofań",
        "Sweep too large",
        "Zakończenie wycofałoby zbyt wiele pozycji; potwierdź ich dokładną liczbę.",
        "The commit would withdraw too many items; confirm their exact number.",
    ),
    "stale-item": kind(
        409, "Nieaktualna pozycja", "Stale item", "Zapisana pozycja jest nowsza.", "What is stored is newer."
    ),
    "keep-needs-full": kind(
        422,
        "Keep tylko w pełnej synchronizacji",
        "Keep needs a full session",
        "Op keep ma sens tylko w obszarze synchronizowanym w pełni.",
        "The op keep has a meaning in an area in mode full only.",
    ),
    "protocol-unsupported": kind(
        422,
        "Nieobsługiwana wersja protokołu",
        "Protocol unsupported",
        "Sklep obsługuje inną główną wersję protokołu.",
        "The shop speaks another major version of the protocol.",
    ),
    "purchase-price-forbidden": kind(
        422,
        "Cena zakupu nie może trafić do sklepu",
        "Purchase price forbidden",
        "Pozycja 1 to cena zakupu; nie wysyłaj jej.",
        "Position 1 is the purchase price; do not send it.",
    ),
    "group-cycle": kind(
        422, "Grupa leży pod sobą", "Group cycle", "Grupa nie może leżeć pod sobą.", "A group cannot lie under itself."
    ),
    "group-parent-unknown": kind(
        409,
        "Nieznana grupa nadrzędna",
        "Parent group unknown",
        "Sklep nie zna grupy nadrzędnej.",
        "The shop does not know the parent group.",
    ),
    "group-name-missing": kind(
        422,
        "Grupa bez nazwy",
        "Group name missing",
        "Grupa wymaga nazwy w domyślnym języku sklepu.",
        "A group needs a name in the shop's default language.",
    ),
    "default-group-missing": kind(
        422,
        "Brak domyślnej grupy",
        "Default group missing",
        "Towar udostępniony wymaga domyślnej grupy znanej sklepowi.",
        "A published product needs a default group that the shop knows.",
    ),
    "default-group-is-root": kind(
        422,
        "Domyślna grupa jest grupą główną",
        "Default group is the root",
        "Wybierz grupę poniżej grupy głównej sklepu.",
        "Choose a group below the shop's root group.",
    ),
    "availability-missing": kind(
        422,
        "Brak statusu dostępności",
        "Availability missing",
        "Towar udostępniony wymaga statusu dostępności ze słownika.",
        "A published product needs an availability status from the dictionary.",
    ),
    "product-code-duplicate": kind(
        409,
        "Kod towaru już istnieje",
        "Product code taken",
        "Inny udostępniony towar ma ten kod.",
        "Another published product has this code.",
    ),
    "variant-parent-invalid": kind(
        422,
        "Błędny fantom",
        "Variant parent invalid",
        "Fantom musi być udostępniony, sam nie być wariantem i mieć te same atrybuty wariantów.",
        "The parent must be published, be no variant itself and have the same variant attributes.",
    ),
    "unit-invalid": kind(
        422,
        "Błędna jednostka",
        "Unit invalid",
        "Jednostka jest nieznana, powtórzona albo ma przelicznik, który nie jest większy od zera.",
        "The unit is unknown, repeated or has a ratio that is not above zero.",
    ),
    "attribute-unknown": kind(
        409,
        "Nieznany atrybut",
        "Attribute unknown",
        "Sklep nie zna takiego atrybutu.",
        "The shop does not know this attribute.",
    ),
    "price-type-unknown": kind(
        409,
        "Nieznany typ ceny",
        "Price type unknown",
        "Sklep nie zna takiego typu ceny.",
        "The shop does not know this price type.",
    ),
    "currency-not-enabled": kind(
        422,
        "Waluta niedostępna",
        "Currency not enabled",
        "Sklep nie sprzedaje w tej walucie.",
        "The shop does not sell in this currency.",
    ),
    "warehouse-unknown": kind(
        409,
        "Nieznany magazyn",
        "Warehouse unknown",
        "Sklep nie zna takiego magazynu.",
        "The shop does not know this warehouse.",
    ),
    "service-has-no-stock": kind(
        422, "Usługa nie ma stanu", "Service has no stock", "Usługa nie ma stanu.", "A service has no stock."
    ),
    "discount-type-mismatch": kind(
        422,
        "Typ rabatu nie zgadza się z treścią",
        "Discount type mismatch",
        "Typ rabatu wyznacza, dla kogo, na co i jakiego rodzaju jest rabat.",
        "The type of a discount decides for whom, on what and of what kind it is.",
    ),
    "bundle-empty": kind(
        422, "Pusty zestaw", "Bundle empty", "Zestaw wymaga składnika.", "A bundle needs a component."
    ),
    "login-taken": kind(
        409, "Login zajęty", "Login taken", "Ten adres ma już inne konto.", "This address has another account already."
    ),
    "customer-already-linked": kind(
        409,
        "Kontrahent już powiązany",
        "Customer already linked",
        "Konto albo kartoteka ma już inne powiązanie.",
        "The account or the card has another link already.",
    ),
    "file-missing": kind(
        409, "Brak pliku", "File missing", "Najpierw wyślij zawartość pliku.", "Upload the bytes of the file first."
    ),
    "digest-mismatch": kind(
        400,
        "Skrót nie zgadza się z treścią",
        "Digest mismatch",
        "Treść została uszkodzona w drodze; wyślij ją ponownie.",
        "The bytes were damaged on the way; send them again.",
    ),
    "digest-path-mismatch": kind(
        422,
        "Skrót nie zgadza się z adresem",
        "Digest differs from the address",
        "Treść jest cała, ale to nie ten plik.",
        "The bytes are whole, but it is another file.",
    ),
    "order-changed": kind(
        409,
        "Zamówienie zmieniono",
        "Order changed",
        "Zamówienie zmieniło się po odczycie; odczytaj je ponownie.",
        "The order has changed since it was read; read it again.",
    ),
    "order-not-acknowledged": kind(
        409,
        "Zamówienie niepotwierdzone",
        "Order not acknowledged",
        "Najpierw potwierdź pobranie zamówienia.",
        "Acknowledge the import of the order first.",
    ),
    "payment-owned-by-shop": kind(
        409,
        "Płatność prowadzi sklep",
        "Payment owned by the shop",
        "Stan płatności internetowej zna sklep.",
        "The shop itself knows the state of an online payment.",
    ),
    "order-not-importable": kind(
        422,
        "Zamówienia nie można pobrać",
        "Order not importable",
        "Potwierdza się tylko zamówienie, które oczekuje na potwierdzenie sklepu.",
        "Only an order that awaits the shop can be acknowledged.",
    ),
    "product-has-no-price": kind(
        422,
        "Towar bez ceny",
        "Product without a price",
        "Towar bez ceny domyślnej kończy przyjmowanie towarów w tej sesji.",
        "A product without a default price ends the taking of products in this session.",
    ),
    "document-type-not-allowed": kind(
        422,
        "Niedozwolony dokument",
        "Document type not allowed",
        "Sklep przyjmuje tylko faktury sprzedaży (FS).",
        "The shop takes sales invoices (FS) only.",
    ),
}

ERRORS: dict[str, Text] = {
    "default-language-missing": Text("Brak tekstu w domyślnym języku.", "No text in the default language."),
    "language-not-enabled": Text("Sklep nie ma tego języka.", "The shop lacks this language."),
    "repeated": Text("Wartość się powtarza.", "The value is repeated."),
    "several-defaults": Text("Więcej niż jedna wartość domyślna.", "More than one default."),
    "dates-reversed": Text("Data początku jest po dacie końca.", "The first day is after the last."),
    "duplicate-code": Text("Ten kod ma już inna pozycja.", "Another item has this code."),
    "group-too-deep": Text("Drzewo grup ma najwyżej 10 poziomów.", "The tree of groups has 10 levels at most."),
    "capability-missing": Text("Sklep nie ma tej funkcji.", "The shop lacks this capability."),
    "not-a-pdf": Text("To nie jest dokument PDF.", "This is not a PDF document."),
    "missing-content-digest": Text(
        "Wymagany nagłówek Content-Digest (sha-256).", "Content-Digest (sha-256) is needed."
    ),
    "session-mismatch": Text("Nagłówki dotyczą innej sesji.", "The headers belong to another session."),
    "value-or-file": Text("Podaj value albo file_sha256.", "Send either value or file_sha256."),
    "not-for-this-kind": Text("Pole nie pasuje do rodzaju.", "The field does not go with the kind."),
    "group-unknown": Text("Nie ma takiej grupy.", "There is no such group."),
    "not-sellable": Text("Towaru nie można kupić.", "The product cannot be bought."),
    "anonymous-card": Text("Kartoteki anonimowej się nie wysyła.", "The anonymous card is never sent."),
}

WARNINGS: dict[str, Text] = {
    "discount-target-unknown": Text(
        "Rabat czeka, aż sklep pozna kontrahenta, grupę lub towar.",
        "The discount sleeps until the shop knows the customer, the group or the product.",
    ),
    "substitute-unknown": Text(
        "Zamiennik czeka, aż sklep pozna towar.", "The substitute sleeps until the shop knows the product."
    ),
    "bundle-part-unpublished": Text(
        "Zestaw czeka, aż wszystkie jego towary będą udostępnione.",
        "The bundle sleeps until all its products are published.",
    ),
    "product-has-no-price": Text(
        "Towar nie ma ceny w domyślnym typie ceny.", "The product has no price in the default price type."
    ),
    "product-has-no-image": Text("Towar nie ma zdjęcia.", "The product has no picture."),
}
