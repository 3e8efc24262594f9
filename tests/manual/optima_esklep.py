"""Manual "Jak odbywa się synchronizacja pomiędzy Comarch ERP Optima, a Comarch e-Sklep?"."""

from tests.manual.rows import Row, later, shown

SECTIONS = (
    "Synchronizacja",
    "Synchronizacja ręczna",
    "Synchronizacja automatyczna",
    "Konfiguracja automatycznej synchronizacji",
    "Definiowanie zadania",
    "Uwaga",
)

_ORDERS = "not yet: orders into Optima"
_SCHEDULE = "not yet: schedule and the service that runs it"
_REALISE = "not yet: orders realised by themselves"
_PDF = "not yet: invoices as PDF"
_SHIPMENTS = "not yet: shipments"
_SERVICE = "does not apply: Pomost brings a service of its own"

_ARRIVES = "tests/end_to_end/test_optima_exchange.py::test_the_whole_company_arrives"
_WINDOW = "tests/model/test_window.py::test_every_state_of_the_window"
_CLICKS = "tests/model/test_window.py::test_boxes_hang_together"
_PAGE = "tests/panel/test_window.py::test_the_window_opens_as_the_manual_says"
_PRESSED = "tests/panel/browser/test_window.py::test_boxes_hang_together_at_once"
_CALLS = "tests/end_to_end/test_exchange_window.py::test_exactly_these_calls_are_made"

ROWS: tuple[Row, ...] = (
    shown(
        "Synchronizacja",
        "Synchronizacja pomiędzy programem Comarch ERP Optima, a e-Sklepem polega na synchronizacji w dwóch kierunkach: "
        "eksporcie do e-Sklepu informacji o towarach, cenach, ofertach, kontrahentach oraz danych binarnych,",
        _ARRIVES,
        "tests/connectors/test_optima.py::test_a_deleted_product_is_gone_everywhere",
        "tests/connectors/test_optima_cases.py::test_a_troubled_card_is_read_as_it_is",
        "tests/connectors/test_optima_cases.py::test_customers_are_read_as_they_are",
        "tests/connectors/test_optima_cases.py::test_files_are_listed_in_order_without_their_bytes",
    ),
    later("Synchronizacja", "imporcie informacji o złożonych zamówieniach.", _ORDERS),
    shown(
        "Synchronizacja",
        "Ręcznie – uruchamia się go poprzez ikonę: dostępną w menu Handel.",
        "tests/cli/test_processes.py::test_a_shell_sees_the_exit_codes_and_clean_streams",
        "tests/panel/browser/test_window.py::test_from_the_window_to_what_shoppers_see",
    ),
    later(
        "Synchronizacja",
        "Automatycznie – za pośrednictwem programu do synchronizacji Comarch ERP Optima Automat Synchronizacji",
        _SCHEDULE,
    ),
    shown(
        "Synchronizacja ręczna",
        "Wyślij ofertę – zaznaczenie on różnicową synchronizację do e-Sklepu listy towarów, grup towarowych, cen, ilości "
        "punktów przyznanych w programie lojalnościowym, rabatów, zestawów promocyjnych oraz zasobów.",
        _CALLS,
        "tests/end_to_end/test_exchange.py::test_only_what_differs_is_sent",
        "tests/end_to_end/test_optima_exchange.py::test_a_day_of_work_arrives_and_nothing_else_moves",
        "tests/end_to_end/test_optima_exchange.py::test_the_shop_asks_the_price_of_the_example",
        "tests/end_to_end/test_optima_exchange.py::test_the_set_of_the_examples_is_sold_by_the_hour",
        "tests/connectors/test_optima_cases.py::test_groups_below_the_root_and_those_that_hang_nowhere",
        "tests/connectors/test_optima_cases.py::test_prices_of_troubled_cards",
        "tests/connectors/test_optima_cases.py::test_discounts_keep_their_days_and_their_kind",
        "tests/connectors/test_optima_cases.py::test_sets_are_read_with_their_hours_and_reductions",
        "tests/connectors/test_optima_cases.py::test_the_newest_balance_is_the_stock",
    ),
    later(
        "Synchronizacja ręczna",
        "Pobierz zamówienia – zaznaczenie powoduje on synchronizację zamówień z e-Sklepu.",
        _ORDERS,
    ),
    shown(
        "Synchronizacja ręczna",
        "W drugiej części okna dostępne są kolejne parametry, które domyślnie są niezaznaczone:",
        _WINDOW,
        _CLICKS,
        _PAGE,
    ),
    shown(
        "Synchronizacja ręczna",
        "Wyślij tylko zasoby – zaznaczenie powoduje on wysłanie stanów magazynowych do e-Sklepu zgodnie z ustawieniami w "
        "konfiguracji stanowiska Comarch e-Sklep.",
        "tests/end_to_end/test_optima_exchange.py::test_stock_alone_leaves_everything_else_alone",
        "tests/end_to_end/test_exchange_window.py::test_stock_alone_goes_to_known_products_only",
        "tests/connectors/test_optima_cases.py::test_another_shop_has_its_own_offer_warehouses_and_kind_of_stock",
        "tests/connectors/test_optima_cases.py::test_a_station_is_what_its_configuration_says",
        "tests/connectors/test_optima_trouble.py::test_stock_of_every_warehouse_where_the_station_says_so",
    ),
    shown(
        "Synchronizacja ręczna",
        "Zaznaczenie tego parametru powoduje odznaczenie parametru Wyślij ofertę do e-Sklepu.",
        _CLICKS,
        _PRESSED,
    ),
    shown(
        "Synchronizacja ręczna",
        "Wyślij tylko ceny – zaznaczenie powoduje on eksport tylko cen, ilości punktów przyznanych w programie "
        "lojalnościowym i rabatów do e-Sklepu, jego zaznaczenie powoduje odznaczenie parametru Wyślij ofertę do e-Sklepu.",
        _CLICKS,
        _CALLS,
        "tests/end_to_end/test_exchange.py::test_stock_alone_and_prices_alone_touch_nothing_else",
    ),
    shown(
        "Synchronizacja ręczna",
        "Wyślij kontrahentów – zaznaczenie powoduje on eksport listy kontrahentów wraz z ich cenami i rabatami do "
        "e-Sklepu.",
        _CALLS,
        "tests/connectors/test_optima_cases.py::test_customers_are_read_as_they_are",
        "tests/end_to_end/test_optima_exchange.py::test_the_shop_asks_the_price_of_the_example",
    ),
    shown(
        "Synchronizacja ręczna",
        "Wymuś pełną synchronizację oferty – zaznaczenie powoduje on wykonanie pełnej synchronizacji oferty do e-Sklepu "
        "jedynie bez danych binarnych.",
        "tests/end_to_end/test_optima_exchange.py::test_a_forced_run_changes_nothing",
        "tests/end_to_end/test_exchange.py::test_a_forced_run_sweeps_what_nobody_knows",
        "tests/end_to_end/test_exchange_window.py::test_a_forced_run_leaves_links_alone",
    ),
    shown(
        "Synchronizacja ręczna",
        "Jego zaznaczenie powoduje aktywację parametru Wyślij wszystkie dane binarne.",
        _CLICKS,
        _PRESSED,
    ),
    shown(
        "Synchronizacja ręczna",
        "Wyślij wszystkie dane binarne – zaznaczenie domyślnie jest nieaktywny.",
        _WINDOW,
        _CLICKS,
        _PAGE,
    ),
    shown(
        "Synchronizacja ręczna",
        "Dostępny jest po zaznaczeniu parametru Wymuś pełną synchronizację oferty.",
        _CLICKS,
        "tests/end_to_end/test_exchange_window.py::test_an_illegal_mix_opens_no_session",
    ),
    shown(
        "Synchronizacja ręczna",
        "Powoduje on pełną synchronizację danych binarnych do e-Sklepu, która może trwać bardzo długo.",
        _CALLS,
        "tests/end_to_end/test_exchange_sessions.py::"
        "test_a_copy_gone_bad_in_the_shop_is_mended_by_a_full_run_with_files",
    ),
    shown(
        "Synchronizacja ręczna",
        "Opcja: Przejdź do harmonogramu przekierowuje Użytkownika do konfiguracji harmonogramu, który umożliwi "
        "wprowadzenie synchronizacji automatycznej pomiędzy Comarch ERP Optima, a Comarch e-Sklep.",
        "tests/panel/test_window.py::test_the_way_to_the_schedule",
    ),
    later(
        "Synchronizacja automatyczna",
        "Synchronizacja automatyczna jest uruchamiana na serwerze, na którym jest zainstalowany jest program Comarch ERP "
        "Optima.",
        _SERVICE,
    ),
    later(
        "Synchronizacja automatyczna",
        "Usługa Comarch Serwis Operacji Automatycznych instalowana jest wraz z programem Comarch ERP Optima.",
        _SERVICE,
    ),
    later(
        "Synchronizacja automatyczna",
        "Po instalacji Comarch ERP Optima Serwis Operacji Automatycznych usługa jest zatrzymana, po skonfigurowaniu "
        "parametrów w konfiguracji Comarch ERP Optima należy ją uruchomić w systemie Windows",
        _SERVICE,
    ),
    later(
        "Konfiguracja automatycznej synchronizacji",
        "W podgałęzi Harmonogramy widoczne są wszystkie bazy firmowe podpięte do bazy konfiguracyjnej, na której obecnie "
        "pracujemy.",
        _SCHEDULE,
    ),
    later(
        "Konfiguracja automatycznej synchronizacji",
        "Dla każdej z baz możemy włączyć automatyczną synchronizację oraz określić, w jakich godzinach oraz z jaką "
        "częstotliwością synchronizacja będzie się odbywać.",
        _SCHEDULE,
    ),
    later(
        "Konfiguracja automatycznej synchronizacji",
        "W przypadku Serwisu Operacji Automatycznych zostało zastosowane zrównoleglenie synchronizacji Comarch ERP Optima "
        "z usługami e-Commerce, tak aby synchronizacja mogła wymieniać dane z kilkoma usługami w tym samym czasie.",
        _SCHEDULE,
    ),
    shown(
        "Konfiguracja automatycznej synchronizacji",
        "Ręczne synchronizacje nie będą zrównoleglone.",
        "tests/laws/test_law_7_one_writer.py::test_manual_runs_of_one_company_are_never_beside_each_other",
    ),
    later(
        "Definiowanie zadania",
        "Do Comarch e-Sklep synchronizacja automatyczna obejmuje takie same dane jak przy zaznaczonym parametrze Wyślij "
        "ofertę do e-Sklepu dla ręcznej synchronizacji, importowanie zamówień z Comarch e-Sklep oraz synchronizację stanów "
        "magazynowych i cen towarów.",
        _SCHEDULE,
    ),
    later(
        "Definiowanie zadania",
        "Automatyczna synchronizacja odbywa się w ustalonym przez Użytkownika interwałem czasowym oraz określoną "
        "częstotliwością wykonywania zadania.",
        _SCHEDULE,
    ),
    later(
        "Definiowanie zadania",
        "Na formularzu zadania wskazywany jest również operator wykonujący zadanie. Domyślnie podpowiadany jest operator "
        "ADMIN, ale istnieje możliwość jego zmiany.",
        _SCHEDULE,
    ),
    later(
        "Definiowanie zadania",
        "Automatyczne realizowanie zamówień – zaznaczenie parametru powoduje automatyczne przekształcenie zamówienia do "
        "dokumentów handlowo- magazynowych.",
        _REALISE,
    ),
    later(
        "Definiowanie zadania",
        "Po zaimportowaniu zamówienia do Comarch ERP Optima, zamówienie zostaje poddane weryfikacji, w której sprawdzane są "
        "następujące kryteria: czy zamówienie posiada uwagi od Klienta, czy na magazynie znajduje się odpowiednia ilość "
        "towaru oraz czy zamówienie zostało opłacone.",
        _REALISE,
    ),
    later(
        "Definiowanie zadania",
        "Eksport faktur w formacie pdf – w sytuacji, gdy zamówienie zostanie przekształcone do Faktury sprzedaży, w panelu "
        "administracyjnym oraz profilu Klienta będzie dostępna kopia elektroniczna faktury zgodna z wybranym wzorcem.",
        _PDF,
    ),
    later(
        "Definiowanie zadania",
        "Automatyczne generowanie zlecenia nadania przesyłki – parametr jest dostępny w przypadku skonfigurowania "
        "współpracy z Comarch Shipping lub dowolnym kurierem.",
        _SHIPMENTS,
    ),
    later(
        "Definiowanie zadania",
        "Aktywowanie tego parametru umożliwi automatyczne wygenerowanie Zlecenie nadania przesyłki oraz listu przewozowego "
        "do dokumentu WZ.",
        _SHIPMENTS,
    ),
    later(
        "Definiowanie zadania",
        "Eksport kontrahentów – podczas synchronizacji eksportowani są kontrahenci wraz z ich cenami i rabatami do "
        "e-Sklepu.",
        _SCHEDULE,
    ),
    later(
        "Definiowanie zadania",
        "Wszelkie komunikaty błędów podczas synchronizacji automatycznej zapisywane są w plikach loga operacji",
        _SCHEDULE,
    ),
    shown(
        "Uwaga",
        "Podczas wywoływania synchronizacji ręcznej Użytkownik może otrzymać komunikat: Synchronizacja danych odbywa się na "
        "innym stanowisku lub poprzez automat lub poprzednia została niepoprawnie przerwana. Czy wykonać synchronizację?",
        "tests/end_to_end/test_exchange_sessions.py::test_a_shop_held_by_somebody_else_is_asked_about",
        "tests/end_to_end/test_exchange_sessions.py::test_our_own_broken_session_needs_no_asking",
    ),
    shown(
        "Uwaga",
        "Po kliknięciu na TAK zostanie uruchomiona synchronizacja ręczna.",
        "tests/panel/test_second_pair.py::test_a_shop_held_by_somebody_else_is_asked_about_and_taken_over",
        "tests/end_to_end/test_exchange_sessions.py::test_a_shop_held_by_somebody_else_is_asked_about",
    ),
    shown(
        "Uwaga",
        "W przypadku wybrania opcji NIE program wróci do okna parametrów synchronizacji i nie wykona jej.",
        "tests/end_to_end/test_exchange_sessions.py::test_a_shop_held_by_somebody_else_is_asked_about",
    ),
    shown(
        "Uwaga",
        "Wynika to z faktu, że uruchomienie automatu i jednocześnie synchronizacji ręcznej spowoduje, że wykonają się "
        "jednocześnie dwie synchronizacje co może spowodować niepoprawny wynik synchronizacji.",
        "tests/end_to_end/test_exchange_sessions.py::test_a_session_taken_over_stops_at_once_and_says_by_whom",
        "tests/laws/test_law_7_one_writer.py::test_force_takes_over_and_the_older_run_records_nothing_more",
    ),
)
