"""Manual, tabs Połączenie and Oddziały."""

from tests.manual.rows import KEYS_ARE_THE_SHOPS, Row, later, shown

ROWS: tuple[Row, ...] = (
    shown(
        "Ustawienia",
        "W zakładce Ustawienia użytkownik ma możliwość określenia wszystkich parametrów, na podstawie których będzie "
        "się odbywała wymiana danych pomiędzy systemem M/store a Subiektem GT.",
        "tests/cli/test_settings_files.py::test_a_filled_in_template_is_a_working_channel",
    ),
    shown(
        "Połączenie",
        "Zakładka Połączenie służy do wpisania danych połączeniowych do serwisu M/store.",
        "tests/panel/browser/test_from_nothing.py::test_from_an_empty_store_to_a_synchronised_shop",
    ),
    later(
        "Połączenie",
        "Użytkownik chcący zintegrować swojego Subiekta GT z serwisem M/store i zautomatyzować przebieg procesów "
        "wymiany danych musi zwrócić się do M/store (kontakt@mstore.com.pl lub +48 515 215 590) w celu otrzymania "
        "klucza API.",
        KEYS_ARE_THE_SHOPS,
    ),
    shown(
        "Połączenie",
        "Otrzymany klucz API należy wpisać do pola Adres (1), a następnie wykonać polecenie Sprawdź połączenie (2).",
        "tests/connectors/test_mstore_trouble.py::test_a_pasted_key_works",
    ),
    shown(
        "Połączenie",
        "Komunikat 'Udało się nawiązać połączenie z M/store' świadczy o prawidłowym nawiązaniu kontaktu z bazą "
        "M/store.",
        "tests/connectors/test_mstore_trouble.py::test_a_pasted_key_works",
    ),
    shown(
        "Oddziały",
        "Zakładka Oddziały jest przeznaczona do przyporządkowania magazynów Subiekta do Oddziałów w systemie M/store.",
        "tests/rules/test_offering.py::test_every_branch_gets_the_stock_of_its_own_warehouses",
    ),
    shown(
        "Oddziały",
        "Polecenie Dodaj pozwala założyć nowy oddział w M/store na podstawie magazynu z Subiekta.",
        "tests/end_to_end/test_branches.py::test_a_branch_of_the_settings_is_created_and_gets_its_stock_in_the_same_run",
    ),
    shown(
        "Oddziały",
        "Oddział w M/store jest odpowiednikiem magazynu w Subiekcie.",
        "tests/rules/test_settings.py::test_a_branch_without_a_main_warehouse",
        "tests/rules/test_settings.py::test_one_warehouse_main_for_two_branches",
    ),
    shown(
        "Oddziały",
        "Wpisana tu Nazwa będzie widoczna na liście oddziałów M/store w profilu dystrybutora.",
        "tests/rules/test_branches.py::test_a_branch_the_shop_does_not_have_is_created_with_all_that_is_known",
        "tests/end_to_end/test_branches.py::test_what_differs_is_amended_and_nothing_else",
    ),
    shown(
        "Oddziały",
        "Nazwa jest wymagana oraz musi być unikalna.",
        "tests/rules/test_settings.py::test_name_and_id_are_required",
        "tests/rules/test_settings.py::test_a_repeated_name_or_id",
    ),
    shown(
        "Oddziały",
        "Można tutaj wpisać dowolną wartość alfanumeryczną, np. 'Magazyn Główny'",
        "tests/rules/test_settings.py::test_settings_that_work_are_left_alone",
    ),
    shown(
        "Oddziały",
        "ID oddziału – identyfikator oddziału w M/store, wg którego dany oddział (magazyn) będzie rozpoznawany w "
        "M/store.",
        "tests/rules/test_offering.py::test_a_branch_is_told_by_its_own_id",
        "tests/rules/test_settings.py::test_a_branch_the_shop_does_not_have_is_named",
    ),
    shown(
        "Oddziały",
        "Wprowadzona wartość jest wymagana oraz musi być niepowtarzalna.",
        "tests/rules/test_settings.py::test_name_and_id_are_required",
        "tests/rules/test_settings.py::test_a_repeated_name_or_id",
    ),
    shown(
        "Oddziały",
        "Można tutaj wpisać dowolną wartość alfanumeryczną, np. 'MAG'",
        "tests/rules/test_offering.py::test_a_branch_is_told_by_its_own_id",
    ),
    shown(
        "Oddziały",
        "Magazyn dla ZK – wybór magazynu z Subiekta, w którym będą generowane dokumenty Zamówienie od klienta (ZK) na "
        "podstawie zamówień złożonych poprzez serwis M/store.",
        "tests/rules/test_ordering.py::test_a_sound_order_becomes_a_document_in_the_branchs_main_warehouse",
        "tests/end_to_end/test_orders.py::test_the_life_of_an_order",
    ),
    shown(
        "Oddziały",
        "Magazyn ten będzie również służył do prezentowania bieżących stanów magazynowych (dostępności) towarów "
        "oferowanych dla wybranego Oddziału",
        "tests/rules/test_availability.py::test_warehouses_outside_the_branch_do_not_count",
    ),
    shown(
        "Oddziały",
        "Lista dodatkowych magazynów składających się na stan – wybór dodatkowych magazynów z Subiekta, które nie są "
        "zdefiniowane w M/store jako osobne Oddziały.",
        "tests/rules/test_settings.py::test_an_extra_warehouse_that_is_another_branchs_main_one",
    ),
    shown(
        "Oddziały",
        "Zaznaczenie dodatkowych magazynów spowoduje, że stan magazynowy (dostępność) danego towaru w serwisie M/store "
        "będzie sumą stanu Magazynu dla ZK oraz stanów magazynów dodatkowych.",
        "tests/rules/test_availability.py::test_quantity_of_one_product_in_one_branch",
        "tests/rules/test_availability.py::test_sum_first_or_floor_each_warehouse",
    ),
    shown(
        "Oddziały",
        "Pole to nie jest wymagane.",
        "tests/rules/test_settings.py::test_settings_that_work_are_left_alone",
    ),
    shown(
        "Oddziały",
        "Cecha kontrahenta przypisanego do oddziału – pozwala na przyporządkowanie kontrahenta do Oddziału M/store.",
        "tests/end_to_end/test_customers.py::test_another_trait_moves_a_customer_to_the_other_branch",
        "tests/rules/test_placing.py::test_the_branch_of_a_customer",
    ),
    shown(
        "Oddziały",
        "Kontrahent z Subiekta może być przyporządkowany tylko do jednego oddziału, może mieć więc w Subiekcie TYLKO "
        "JEDNĄ cechę użytą do kwalifikacji oddziałów.",
        "tests/end_to_end/test_customers.py::test_two_branch_traits_leave_the_assignment_as_it_was_and_tell",
        "tests/rules/test_placing.py::test_a_conflict_lists_the_branches",
    ),
    shown(
        "Oddziały",
        "Dane adresowe / Dane kontaktowe – pola do wpisania danych Oddziałów.",
        "tests/end_to_end/test_branches.py::test_what_differs_is_amended_and_nothing_else",
        "tests/rules/test_branches.py::test_only_what_differs_travels",
    ),
    shown(
        "Oddziały",
        "Polecenie 'Pobierz dane magazynu z Subiekta' pozwala automatycznie wypełnić pola danymi zgromadzonymi w "
        "Subiekcie, przy czym pole Region zawiera listę regionów zdefiniowaną w serwisie M/store i trzeba wybrać "
        "właściwy wpis manualnie.",
        "tests/end_to_end/test_branches.py::test_warehouse_data_fill_a_branch_and_the_region_stays_to_be_chosen",
        "tests/end_to_end/test_branches.py::test_a_region_is_chosen_from_the_list_only",
    ),
    shown(
        "Oddziały",
        "Polecenie Edytuj pozwala na wprowadzenie zmian w parametrach oddziałów istniejących.",
        "tests/end_to_end/test_branches.py::test_what_differs_is_amended_and_nothing_else",
    ),
)
