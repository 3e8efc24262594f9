"""Manual, tabs Zamówienia, Kontrahenci and Inne."""

from tests.manual.rows import CUSTOMERS, FOLDER, LOG, ORDERS, SEGMENTS, STATUSES, Row, later

ORDER_ROWS: tuple[Row, ...] = (
    later(
        "Zamówienia",
        "Na zakładce Zamówienia odbywa się sterowanie synchronizacją zamówień złożonych w serwisie M/store.",
        ORDERS,
    ),
    later("Zamówienia", "Proces ten jest dwukierunkowy i obejmuje:", STATUSES),
    later("Zamówienia", "dodawanie zamówień do Subiekta GT jako dokument 'Zamówienie od klienta' (ZK)", ORDERS),
    later("Zamówienia", "informowanie serwisu M/store o bieżącym stanie realizacji zamówienia", STATUSES),
    later(
        "Zamówienia",
        "Kategoria – określa jaka kategoria zostanie nadana dla dokumentu Zamówienie od klienta (ZK).",
        ORDERS,
    ),
    later(
        "Zamówienia",
        "Brak wyboru oznacza, że zostanie nadana kategoria domyślna dla ZK w Subiekcie.",
        ORDERS,
    ),
    later(
        "Zamówienia",
        "Rezerwacja stanów magazynowych – określa, czy ZK dodane do Subiekta będzie rezerwowało towar",
        ORDERS,
    ),
    later(
        "Zamówienia",
        "Synchronizuj zamówienia ze statusem – synchronizacji do Subiekta będą podlegały wyłącznie zamówienia, które w "
        "serwisie M/store są oznaczone wybranym statusem",
        ORDERS,
    ),
    later(
        "Zamówienia",
        "Zakładka Statusy służy do zmiany statusu zamówienia w serwisie M/store na podstawie etapu realizacji "
        "zamówienia w Subiekcie (np. wystawienie faktury sprzedaży w Subiekcie spowoduje zmianę statusu zamówienia w "
        "M/store na 'Zrealizowane').",
        STATUSES,
    ),
)

CUSTOMER_ROWS: tuple[Row, ...] = (
    later(
        "Kontrahenci",
        "Synchronizacja kontrahentów polega na porównaniu kontrahentów istniejących w serwisie M/store z kartotekami "
        "kontrahentów w Subiekcie.",
        CUSTOMERS,
    ),
    later(
        "Kontrahenci",
        "Podczas synchronizacji kontrahentów nie są wysyłane do M/store żadne informacje – dane kontrahentów zapisane "
        "w M/store nie podlegają aktualizacji.",
        CUSTOMERS,
    ),
    later("Kontrahenci", "Program nie dodaje nowych kontrahentów z Subiekta do M/store.", CUSTOMERS),
    later(
        "Kontrahenci",
        "identyfikacja kontrahenta - jednoznaczne rozpoznanie, czy kontrahent z M/store istnieje w Subiekcie.",
        CUSTOMERS,
    ),
    later("Kontrahenci", "Identyfikacja kontrahenta nie podlega ustawieniom", CUSTOMERS),
    later("Kontrahenci", "kwalifikacja do serwisu M/store", CUSTOMERS),
    later(
        "Kontrahenci",
        "przyporządkowanie Kh do oddziału - opcjonalnie tylko w przypadku pracy w trybie wielooddziałowym.",
        CUSTOMERS,
    ),
    later(
        "Kontrahenci",
        "Aby przyporządkować kontrahenta do oddziału należy mu nadać w Subiekcie Cechę, która została użyta w "
        "definicji Oddziału (rozdział Oddziały)",
        CUSTOMERS,
    ),
    later("Kontrahenci", "Praca z jednym oddziałem nie wymaga określenia przyporządkowania do oddziału.", CUSTOMERS),
    later(
        "Kontrahenci",
        "Kontrahenci z serwisu M/store są rozpoznawani w Subiekcie na podstawie zgodności:",
        CUSTOMERS,
    ),
    later("Kontrahenci", "numeru NIP", CUSTOMERS),
    later("Kontrahenci", "miasta", CUSTOMERS),
    later("Kontrahenci", "ulicy", CUSTOMERS),
    later(
        "Kontrahenci",
        "numeru domu (opcjonalnie, jeżeli powyższe dane się dublowały, np. dwa oddziały firmy mieszczą się na tej "
        "samej ulicy)",
        CUSTOMERS,
    ),
    later(
        "Kontrahenci",
        "Warunkiem rozpoznania kontrahenta jest absolutna poprawność zapisania powyższych danych kontrahenta (NIP, "
        "miasto, ulica, numer domu) w kartotece w Subiekcie.",
        CUSTOMERS,
    ),
    later(
        "Kontrahenci",
        "Wszelkie błędy, skróty, literówki, umieszczanie danych w niewłaściwych polach w Subiekcie itp. spowodują, że "
        "kontrahent nie zostanie rozpoznany.",
        CUSTOMERS,
    ),
    later(
        "Kontrahenci",
        "ustawienie obowiązkowe - określa, którzy kontrahenci z Subiekta GT mają być synchronizowani do serwisu "
        "M/store:",
        CUSTOMERS,
    ),
    later("Kontrahenci", "Wszyscy kontrahenci", CUSTOMERS),
    later(
        "Kontrahenci",
        "Spełniające wybrane warunki – można wybrać jeden lub wiele warunków, przy czym aby towar został rozpoznany, "
        "musi spełnić jednocześnie wszystkie wybrane warunki (np. Kontrahent sklepu internetowego, który należy do "
        "wybranej Grupy kontrahentów oraz posiada właściwą Cechę)",
        CUSTOMERS,
    ),
    later(
        "Kontrahenci",
        "Segment - ustawienie opcjonalne - pozwala na rozdzielenie swoich kontrahentów do poszczególnych kategorii "
        "(segmentów).",
        SEGMENTS,
    ),
    later(
        "Kontrahenci",
        "Funkcja pozwala na utworzenie struktury kategorii maksymalnie do 3 poziomów na podstawie Grupy kontrahenta, "
        "Cechy kontrahenta oraz Branży z Subiekta.",
        SEGMENTS,
    ),
    later(
        "Kontrahenci",
        "Cechy, które biorą udział w segmentowaniu - w przypadku skorzystania z Cech kontrahentów, należy wybrać, "
        "które cechy z Subiekta będą tworzyły strukturę kategorii.",
        SEGMENTS,
    ),
)

# The manual says some sentences of the extended log twice, for goods and for customers; they stand here once.
OTHER_ROWS: tuple[Row, ...] = (
    later(
        "Inne",
        "Pozwala na umieszczenie plików tymczasowych niezbędnych do prawidłowej pracy programu w miejscu innym niż "
        "domyślne oraz na włączenie zapisywania dodatkowych informacji podczas synchronizacji.",
        FOLDER,
    ),
    later(
        "Inne",
        "Program podczas normalnej pracy zapisuje lokalnie dane tymczasowe niezbędne do jego działania.",
        FOLDER,
    ),
    later(
        "Inne",
        "Z folderu alternatywnego należy skorzystać, gdy program w trakcie pracy zgłasza błędy związane z dostępem do "
        "lokalizacji domyślnej Windows (np. użytkownik komputera nie ma stosownych uprawnień do korzystania z "
        "niektórych zasobów swojego komputera).",
        FOLDER,
    ),
    later(
        "Inne",
        "Należy w takim przypadku wskazać folder, który jest dostępny dla użytkownika Windows podczas standardowego "
        "korzystania z komputera.",
        FOLDER,
    ),
    later(
        "Inne",
        "Włączenie funkcji powoduje, że do loga typu 'Info' zapisywane są dodatkowe informacje, które pojawiają się na "
        "ekranie w trybie interfejsowym.",
        LOG,
    ),
    later(
        "Inne",
        "Dzięki temu, podczas pracy automatycznej, można zapoznać się z wartościami, które zostały przekazane do "
        "serwisu M/store.",
        LOG,
    ),
    later("Inne", "Obecnie są to: cena towaru oraz stan/ dostępność towaru.", LOG),
    later("Inne", "Obecnie zapisywany jest fakt rozpoznania kontrahenta o podanym numerze NIP.", CUSTOMERS),
    later(
        "Inne",
        "Z funkcji należy skorzystać w przypadku, gdy dane w serwisie M/store są niezgodne z oczekiwaniem.",
        LOG,
    ),
    later(
        "Inne",
        "Podczas normalnego korzystania z programu, funkcja powinna być wyłączona, aby niepotrzebnie nie zajmować "
        "przestrzeni dyskowej.",
        LOG,
    ),
)

ROWS: tuple[Row, ...] = ORDER_ROWS + CUSTOMER_ROWS + OTHER_ROWS
