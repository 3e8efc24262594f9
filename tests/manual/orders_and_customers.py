"""Manual, tabs Zamówienia, Kontrahenci and Inne."""

from tests.manual.rows import Row, shown

ORDER_ROWS: tuple[Row, ...] = (
    shown(
        "Zamówienia",
        "Na zakładce Zamówienia odbywa się sterowanie synchronizacją zamówień złożonych w serwisie M/store.",
        "tests/runs/test_orders.py::test_settings_that_cannot_work_refuse_orders_and_let_the_offer_go_on",
        "tests/runs/test_orders.py::test_orders_alone_leave_the_offer_alone",
    ),
    shown(
        "Zamówienia",
        "Proces ten jest dwukierunkowy i obejmuje:",
        "tests/end_to_end/test_orders.py::test_the_life_of_an_order",
    ),
    shown(
        "Zamówienia",
        "dodawanie zamówień do Subiekta GT jako dokument 'Zamówienie od klienta' (ZK)",
        "tests/end_to_end/test_orders.py::test_the_life_of_an_order",
        "tests/sfera/test_registering.py::test_an_order_becomes_a_document",
    ),
    shown(
        "Zamówienia",
        "informowanie serwisu M/store o bieżącym stanie realizacji zamówienia",
        "tests/end_to_end/test_orders.py::test_the_life_of_an_order",
        "tests/runs/test_order_statuses.py::test_a_stage_becomes_the_status_of_the_settings",
    ),
    shown(
        "Zamówienia",
        "Kategoria – określa jaka kategoria zostanie nadana dla dokumentu Zamówienie od klienta (ZK).",
        "tests/rules/test_ordering.py::test_category_reservation_and_price_level_come_from_the_settings",
        "tests/end_to_end/test_orders.py::test_the_life_of_an_order",
    ),
    shown(
        "Zamówienia",
        "Brak wyboru oznacza, że zostanie nadana kategoria domyślna dla ZK w Subiekcie.",
        "tests/sfera/test_registering.py::test_without_a_category_the_document_gets_the_programs_own",
    ),
    shown(
        "Zamówienia",
        "Rezerwacja stanów magazynowych – określa, czy ZK dodane do Subiekta będzie rezerwowało towar",
        "tests/sfera/test_registering.py::test_without_reservation_nothing_is_promised",
        "tests/runs/test_orders.py::test_what_a_document_reserves_is_in_the_stock_of_the_same_run",
    ),
    shown(
        "Zamówienia",
        "Synchronizuj zamówienia ze statusem – synchronizacji do Subiekta będą podlegały wyłącznie zamówienia, które w "
        "serwisie M/store są oznaczone wybranym statusem",
        "tests/runs/test_orders.py::test_only_orders_in_the_chosen_status_come_in",
    ),
    shown(
        "Zamówienia",
        "Zakładka Statusy służy do zmiany statusu zamówienia w serwisie M/store na podstawie etapu realizacji "
        "zamówienia w Subiekcie (np. wystawienie faktury sprzedaży w Subiekcie spowoduje zmianę statusu zamówienia w "
        "M/store na 'Zrealizowane').",
        "tests/runs/test_order_statuses.py::test_a_stage_becomes_the_status_of_the_settings",
        "tests/end_to_end/test_orders.py::test_the_life_of_an_order",
    ),
)

CUSTOMER_ROWS: tuple[Row, ...] = (
    shown(
        "Kontrahenci",
        "Synchronizacja kontrahentów polega na porównaniu kontrahentów istniejących w serwisie M/store z kartotekami "
        "kontrahentów w Subiekcie.",
        "tests/end_to_end/test_customers.py::test_customers_are_recognised_assigned_and_put_into_segments",
    ),
    shown(
        "Kontrahenci",
        "Podczas synchronizacji kontrahentów nie są wysyłane do M/store żadne informacje – dane kontrahentów zapisane "
        "w M/store nie podlegają aktualizacji.",
        "tests/end_to_end/test_customers.py::test_no_personal_data_leaves_and_nobody_is_added_or_changed",
    ),
    shown(
        "Kontrahenci",
        "Program nie dodaje nowych kontrahentów z Subiekta do M/store.",
        "tests/end_to_end/test_customers.py::test_no_personal_data_leaves_and_nobody_is_added_or_changed",
    ),
    shown(
        "Kontrahenci",
        "identyfikacja kontrahenta - jednoznaczne rozpoznanie, czy kontrahent z M/store istnieje w Subiekcie.",
        "tests/rules/test_recognise.py::test_the_table",
        "tests/rules/test_recognise.py::test_no_card_is_given_to_two_customers",
    ),
    shown(
        "Kontrahenci",
        "Identyfikacja kontrahenta nie podlega ustawieniom",
        "tests/rules/test_recognise.py::test_flat_postal_code_and_name_do_not_count",
        "tests/rules/test_recognise.py::test_only_space_case_and_composition_are_forgiven",
    ),
    shown(
        "Kontrahenci",
        "kwalifikacja do serwisu M/store",
        "tests/rules/test_placing.py::test_who_qualifies",
        "tests/end_to_end/test_customers.py::test_qualification_by_conditions",
    ),
    shown(
        "Kontrahenci",
        "przyporządkowanie Kh do oddziału - opcjonalnie tylko w przypadku pracy w trybie wielooddziałowym.",
        "tests/end_to_end/test_customers.py::test_one_branch_needs_no_trait",
        "tests/rules/test_placing.py::test_the_branch_of_a_customer",
    ),
    shown(
        "Kontrahenci",
        "Aby przyporządkować kontrahenta do oddziału należy mu nadać w Subiekcie Cechę, która została użyta w "
        "definicji Oddziału (rozdział Oddziały)",
        "tests/end_to_end/test_customers.py::test_another_trait_moves_a_customer_to_the_other_branch",
        "tests/end_to_end/test_customers.py::test_without_a_branch_trait_nobody_is_assigned",
    ),
    shown(
        "Kontrahenci",
        "Praca z jednym oddziałem nie wymaga określenia przyporządkowania do oddziału.",
        "tests/end_to_end/test_customers.py::test_one_branch_needs_no_trait",
        "tests/rules/test_settings_of_customers.py::test_one_branch_needs_no_trait_and_its_trait_is_not_looked_at",
    ),
    shown(
        "Kontrahenci",
        "Kontrahenci z serwisu M/store są rozpoznawani w Subiekcie na podstawie zgodności:",
        "tests/rules/test_recognise.py::test_the_table",
    ),
    shown(
        "Kontrahenci",
        "numeru NIP",
        "tests/rules/test_recognise.py::test_the_number_is_compared_by_its_digits",
        "tests/rules/test_recognise.py::test_without_a_number_there_is_nothing_to_compare",
    ),
    shown(
        "Kontrahenci",
        "miasta",
        "tests/rules/test_recognise.py::test_the_table",
        "tests/rules/test_recognise.py::test_only_space_case_and_composition_are_forgiven",
    ),
    shown(
        "Kontrahenci",
        "ulicy",
        "tests/rules/test_recognise.py::test_the_table",
        "tests/rules/test_recognise.py::test_examples_of_places",
    ),
    shown(
        "Kontrahenci",
        "numeru domu (opcjonalnie, jeżeli powyższe dane się dublowały, np. dwa oddziały firmy mieszczą się na tej "
        "samej ulicy)",
        "tests/rules/test_recognise.py::test_the_table",
        "tests/rules/test_recognise.py::test_a_match_in_spite_of_another_number_is_told",
    ),
    shown(
        "Kontrahenci",
        "Warunkiem rozpoznania kontrahenta jest absolutna poprawność zapisania powyższych danych kontrahenta (NIP, "
        "miasto, ulica, numer domu) w kartotece w Subiekcie.",
        "tests/rules/test_recognise.py::test_only_space_case_and_composition_are_forgiven",
        "tests/rules/test_recognise.py::test_who_is_not_found_is_told_with_place_and_masked_number",
    ),
    shown(
        "Kontrahenci",
        "Wszelkie błędy, skróty, literówki, umieszczanie danych w niewłaściwych polach w Subiekcie itp. spowodują, że "
        "kontrahent nie zostanie rozpoznany.",
        "tests/end_to_end/test_customers.py::test_explain_shows_what_is_near",
        "tests/rules/test_suggest.py::test_what_keeps_two_entries_apart",
    ),
    shown(
        "Kontrahenci",
        "ustawienie obowiązkowe - określa, którzy kontrahenci z Subiekta GT mają być synchronizowani do serwisu "
        "M/store:",
        "tests/end_to_end/test_customers.py::test_a_mandatory_qualification_refuses_customers_alone",
    ),
    shown(
        "Kontrahenci",
        "Wszyscy kontrahenci",
        "tests/rules/test_placing.py::test_who_qualifies",
    ),
    shown(
        "Kontrahenci",
        "Spełniające wybrane warunki – można wybrać jeden lub wiele warunków, przy czym aby towar został rozpoznany, "
        "musi spełnić jednocześnie wszystkie wybrane warunki (np. Kontrahent sklepu internetowego, który należy do "
        "wybranej Grupy kontrahentów oraz posiada właściwą Cechę)",
        "tests/end_to_end/test_customers.py::test_qualification_by_conditions",
        "tests/rules/test_placing.py::test_every_condition_that_is_not_met_is_named",
    ),
    shown(
        "Kontrahenci",
        "Segment - ustawienie opcjonalne - pozwala na rozdzielenie swoich kontrahentów do poszczególnych kategorii "
        "(segmentów).",
        "tests/end_to_end/test_customers.py::test_the_segment_function_off_leaves_segments_alone",
        "tests/end_to_end/test_customers.py::test_customers_are_recognised_assigned_and_put_into_segments",
    ),
    shown(
        "Kontrahenci",
        "Funkcja pozwala na utworzenie struktury kategorii maksymalnie do 3 poziomów na podstawie Grupy kontrahenta, "
        "Cechy kontrahenta oraz Branży z Subiekta.",
        "tests/rules/test_placing.py::test_the_segment_of_a_customer",
        "tests/rules/test_placing.py::test_parents_are_made_first_and_children_dropped_first",
    ),
    shown(
        "Kontrahenci",
        "Cechy, które biorą udział w segmentowaniu - w przypadku skorzystania z Cech kontrahentów, należy wybrać, "
        "które cechy z Subiekta będą tworzyły strukturę kategorii.",
        "tests/rules/test_placing.py::test_traits_nobody_selected_count_as_missing",
        "tests/rules/test_settings_of_customers.py::test_segments_of_traits_without_a_trait_warn",
    ),
)

# The manual says some sentences of the extended log twice, for goods and for customers; they stand here once.
OTHER_ROWS: tuple[Row, ...] = (
    shown(
        "Inne",
        "Pozwala na umieszczenie plików tymczasowych niezbędnych do prawidłowej pracy programu w miejscu innym niż "
        "domyślne oraz na włączenie zapisywania dodatkowych informacji podczas synchronizacji.",
        "tests/end_to_end/test_other_tab.py::test_a_run_works_in_the_directory_and_leaves_nothing_there",
        "tests/end_to_end/test_other_tab.py::test_prices_and_stock_the_shop_took_are_told",
    ),
    shown(
        "Inne",
        "Program podczas normalnej pracy zapisuje lokalnie dane tymczasowe niezbędne do jego działania.",
        "tests/end_to_end/test_other_tab.py::test_children_work_there_too_and_the_environment_is_put_back",
    ),
    shown(
        "Inne",
        "Z folderu alternatywnego należy skorzystać, gdy program w trakcie pracy zgłasza błędy związane z dostępem do "
        "lokalizacji domyślnej Windows (np. użytkownik komputera nie ma stosownych uprawnień do korzystania z "
        "niektórych zasobów swojego komputera).",
        "tests/end_to_end/test_other_tab.py::test_a_run_works_in_the_directory_and_leaves_nothing_there",
    ),
    shown(
        "Inne",
        "Należy w takim przypadku wskazać folder, który jest dostępny dla użytkownika Windows podczas standardowego "
        "korzystania z komputera.",
        "tests/end_to_end/test_other_tab.py::test_a_directory_nobody_can_write_to_is_refused_at_save",
        "tests/end_to_end/test_other_tab.py::test_the_command_line_says_what_is_wrong_with_the_directory",
    ),
    shown(
        "Inne",
        "Włączenie funkcji powoduje, że do loga typu 'Info' zapisywane są dodatkowe informacje, które pojawiają się na "
        "ekranie w trybie interfejsowym.",
        "tests/end_to_end/test_other_tab.py::test_prices_and_stock_the_shop_took_are_told",
    ),
    shown(
        "Inne",
        "Dzięki temu, podczas pracy automatycznej, można zapoznać się z wartościami, które zostały przekazane do "
        "serwisu M/store.",
        "tests/end_to_end/test_other_tab.py::test_prices_and_stock_the_shop_took_are_told",
        "tests/end_to_end/test_other_tab.py::test_what_the_shop_refused_is_not_told_as_sent",
    ),
    shown(
        "Inne",
        "Obecnie są to: cena towaru oraz stan/ dostępność towaru.",
        "tests/end_to_end/test_other_tab.py::test_prices_and_stock_the_shop_took_are_told",
    ),
    shown(
        "Inne",
        "Obecnie zapisywany jest fakt rozpoznania kontrahenta o podanym numerze NIP.",
        "tests/end_to_end/test_other_tab.py::test_recognised_customers_are_told_with_masked_numbers",
    ),
    shown(
        "Inne",
        "Z funkcji należy skorzystać w przypadku, gdy dane w serwisie M/store są niezgodne z oczekiwaniem.",
        "tests/end_to_end/test_other_tab.py::test_prices_and_stock_the_shop_took_are_told",
    ),
    shown(
        "Inne",
        "Podczas normalnego korzystania z programu, funkcja powinna być wyłączona, aby niepotrzebnie nie zajmować "
        "przestrzeni dyskowej.",
        "tests/end_to_end/test_other_tab.py::test_nothing_is_logged_in_ordinary_times",
        "tests/end_to_end/test_other_tab.py::test_old_files_are_removed_and_a_new_day_begins_a_new_file",
    ),
)

ROWS: tuple[Row, ...] = ORDER_ROWS + CUSTOMER_ROWS + OTHER_ROWS
