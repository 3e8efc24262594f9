"""Manual, tab Towary, chapter 4: units of sale."""

from tests.manual.rows import Row, shown

_EXAMPLES = "tests/rules/test_unit_examples.py::test_what_the_shop_is_told"
_MATRIX = "tests/rules/test_unit_matrix.py::test_combination"
_TABLE = "tests/model/test_unit.py::test_find"

ROWS: tuple[Row, ...] = (
    shown(
        "Towary 4",
        "Jednostka sprzedaży – wybór pól własnych kartoteki towaru w Subiekcie, w którym można (czyli wcale nie "
        "trzeba!) umieścić jednostkę miary stosowaną w M/store wraz z przelicznikiem.",
        _MATRIX,
        "tests/rules/test_unit_choices.py::test_own_field_undefined_or_blank_falls_back_to_the_base_unit",
    ),
    shown(
        "Towary 4.1",
        "Jeżeli dany towar z Subiekta jest sprzedawany w M/store w jednostkach podstawowych (szt.), a w kartotece w "
        "Subiekcie jako Podstawową jednostkę miary wpisano szt., to nie trzeba wykonywać żadnych dodatkowych "
        "czynności.",
        _EXAMPLES,
        "tests/rules/test_unit_choices.py::test_spellings_of_a_piece_as_base_unit",
    ),
    shown(
        "Towary 4.1",
        "Jednostka zostanie prawidłowo zinterpretowana, a towar będzie sprzedawany w sztukach w cenie jednostkowej.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.1",
        "Jeżeli dany towar z Subiekta jest zawsze sprzedawany w jednostkach zbiorczych (czyli zarówno poprzez Subiekta "
        "jak i M/store), można w kartotece towaru Subiekta wpisać jako Podstawową jednostkę miary jednostkę zbiorczą, "
        "która występuje w M/store dla tego towaru (tabela jednostek znajduje się poniżej, na końcu rozdziału).",
        _MATRIX,
        _EXAMPLES,
    ),
    shown(
        "Towary 4.1",
        "Jednostka z Subiekta zostanie prawidłowo rozpoznana wśród istniejących jednostek sprzedażowych.",
        _MATRIX,
        "tests/rules/test_unit_choices.py::test_the_base_unit_is_recognised_in_any_letter_case",
    ),
    shown(
        "Towary 4.1",
        "W tym trybie, cena towaru z Subiekta jak również stan magazynowy nie zostaną przeliczone przez liczbę sztuk w "
        "opakowaniu, ponieważ z założenia zastosowanie jednostki zbiorczej jako jednostki podstawowej w Subiekcie "
        "oznacza, że cena oraz stan magazynowy dotyczą całego opakowania.",
        _EXAMPLES,
        _MATRIX,
    ),
    shown(
        "Towary 4.1",
        "Warunkiem prawidłowego dopasowania w tym trybie jest, aby dana jednostka zbiorcza występowała dla danego "
        "towaru tylko 1 raz.",
        _MATRIX,
    ),
    shown(
        "Towary 4.1",
        "Jeżeli towar może być sprzedawany w różnych jednostkach (np. Zgrzewka 6 szt. oraz Zgrzewka 12 szt), program "
        "zgłosi ten fakt na liście błędów.",
        _EXAMPLES,
        "tests/model/test_sentences.py::test_unit_messages_name_what_a_person_has_to_mend",
    ),
    shown(
        "Towary 4.1",
        "Taki przypadek należy obsłużyc metodą opisaną w podpunkcie 4.2.",
        _EXAMPLES,
        "tests/rules/test_unit_choices.py::test_base_pack_and_own_field_can_be_told_to_recalculate_or_to_fail",
    ),
    shown(
        "Towary 4.2",
        "Jeżeli towar z Subiekta jest sprzedawany poprzez serwis M/Store w jednostkach miary innych niż sztuki, należy "
        "wpisać typ wybranej jednostki (np. CR) oraz przelicznik w polach własnych tego towaru w Subiekcie.",
        _MATRIX,
        "tests/rules/test_unit_matrix.py::test_any_collective_type_stands_in_the_place_of_pu",
    ),
    shown(
        "Towary 4.2",
        "Można wybrać wyłącznie typ jednostki, który znajduje się na poniższej liście jednostek dostępnych w M/Store.",
        _MATRIX,
        "tests/rules/test_unit_choices.py::test_a_unit_of_the_dictionary_typed_into_the_own_field_is_unknown",
    ),
    shown(
        "Towary 4.2",
        "Przelicznik musi być liczbą, która wskazuje ilość danego towaru z Subiekta w jednostce użytej w serwisie "
        "M/Store.",
        "tests/rules/test_unit_choices.py::test_what_is_not_a_multiplier",
        "tests/rules/test_unit_choices.py::test_a_multiplier_is_a_number_in_polish_or_english_writing",
    ),
    shown(
        "Towary 4.2",
        "Przykład: w Subiekcie towar jest sprzedawany jako sztuka (szt.), a w M/Store jako Zgrzewka 6 sztuk --> w "
        "polach własnych w Subiekcie należy wpisać odpowiednio PU (lub Zgrzewka) oraz 6.",
        _EXAMPLES,
        "tests/rules/test_unit_choices.py::test_every_row_of_the_shops_table_is_known_by_symbol_and_by_name",
    ),
    shown(
        "Towary 4.2",
        "Następnie w ustawieniach 'Nazwa/Typ' oraz 'Przelicznik' należy wybrać pola własne, które zostały użyte w "
        "Subiekcie do wpisania typu oraz przelicznika.",
        "tests/panel/test_editing.py::test_conditions_units_and_statuses_are_kept_as_the_document_has_them",
    ),
    shown(
        "Towary 4.2",
        "Niezdefiniowanie w Subiekcie pola własnego dla jednostki sprzedażowej lub pozostawienie istniejącego pola "
        "pustego spowoduje, że w serwisie M/store zostanie przyjęta Podstawowa jednostka miary z Subiekta (jeżeli "
        "zostanie rozpoznana).",
        "tests/rules/test_unit_choices.py::test_own_field_undefined_or_blank_falls_back_to_the_base_unit",
    ),
    shown(
        "Towary 4.2",
        "Może to być szt., jednak program rozpoznaje także pozostałe dopuszczone jednostki sprzedażowe z powyższej "
        "listy.",
        _MATRIX,
        "tests/rules/test_unit_choices.py::test_the_base_unit_is_recognised_in_any_letter_case",
    ),
    shown(
        "Towary 4.2",
        "Jeżeli zatem Podstawową jednostką miary będzie Karton, a jest on obsługiwany dla danego towaru przez M/store, "
        "to jako jednostka sprzedażowa zostanie wybrany Karton.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.2",
        "Warunkiem automatycznego dobrania jednostki sprzedażowej jest, aby jednostka ta występowała tylko raz dla "
        "danego towaru w M/store - jeżeli więc Karton występuje dla danego towaru w różnych wielkościach (np. Skrzynka "
        "(18 szt.) oraz Skrzynka (24 szt.)), to program zgłosi błąd, a towar zostanie pominięty.",
        _EXAMPLES,
        "tests/rules/test_unit_choices.py::test_a_unit_error_keeps_what_the_shop_shows_and_its_stock_goes_on",
    ),
    shown(
        "Towary 4.2",
        "UWAGA! W przypadku zastosowania jednostki sprzedażowej jako jednostki podstawowej w Subiekcie, należy w "
        "kartotece towaru w Subiekcie zastosować cenę zbiorczą.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.2",
        "Stan magazynowy oraz cena nie są w tym przypadku przeliczane przez przelicznik M/store - zostało to szerzej "
        "opisane powyżej w punkcie 4.1.",
        _EXAMPLES,
        _MATRIX,
    ),
    shown(
        "Towary 4.2",
        "Wpisanie w Subiekcie jednostki sprzedaży, która nie istnieje w M/store lub wpisanie nieistniejącego "
        "przelicznika spowoduje, że towar zostanie pominięty podczas synchronizacji.",
        _EXAMPLES,
        "tests/rules/test_unit_choices.py::test_a_unit_error_keeps_what_the_shop_shows_and_its_stock_goes_on",
    ),
    shown(
        "Towary 4.2",
        "Pozostawienie pustego pola z przelicznikiem spowoduje, że program automatycznie wybierze jedyny istniejący w "
        "M/store przelicznik dla danego towaru.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.2",
        "Jeżeli w M/store przelicznik występuje więcej niż 1 raz dla wybranej jednostki sprzedażowej (np. Skrzynka (18 "
        "szt.) oraz Skrzynka (9 szt.)), to program zgłosi błąd, a towar zostanie pominięty.",
        _EXAMPLES,
        _MATRIX,
    ),
    shown(
        "Towary 4.2",
        "Niewybranie pól własnych w ustawieniach spowoduje, że jako domyślna jednostka zostanie ustawiona podstawowa "
        "jednostka miary z Subiekta.",
        "tests/rules/test_unit_choices.py::test_own_fields_not_chosen_in_the_settings_fall_back_to_the_base_unit",
    ),
    shown(
        "Towary 4.2",
        "Lista jednostek sprzedaży dostępnych w serwisie M/store - wpis w polu własnym Subiekta musi być dokładnie "
        "taki sam jak określenia występujące w poniższej tabeli:",
        "tests/rules/test_unit_choices.py::test_the_typed_unit_must_be_exactly_as_the_table_has_it",
        _TABLE,
    ),
    # Rows of the manual's table, whose columns run together in print: symbol, name, remark.
    shown(
        "Towary 4.2",
        "PCESztukaJednostka domyślna",
        _TABLE,
        "tests/model/test_unit.py::test_piece_is_the_default_unit",
    ),
    shown("Towary 4.2", "CTKarton", _TABLE),
    shown("Towary 4.2", "BKeg", _TABLE),
    shown("Towary 4.2", "CRSkrzynka", _TABLE),
    shown("Towary 4.2", "PUZgrzewka", _TABLE),
    shown(
        "Towary 4.3",
        "Jednostka miary zastosowana w Subiekcie jako Podstawowa jednostka miary, która nie występuje w serwisie "
        "M/store jest podczas synchronizacji danych interpretowana jako Sztuka.",
        _EXAMPLES,
        _MATRIX,
    ),
    shown(
        "Towary 4.3",
        "Oznacza to, że można w Subiekcie stosować dowolne jednostki (np. butelka, puszka, beczka itp.).",
        _MATRIX,
    ),
    shown(
        "Towary 4.3",
        "Cena towaru podana w Subiekcie, jak również stan magazynowy nie zostaną przeliczone.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.4",
        'Użytkownicy prowadzący sprzedaż hurtową "na opakowania zbiorcze", mający w swoim Subiekcie - jako Podstawowa '
        "jednostka miary – zdefiniowane jednostki zbiorcze, które nie występują w serwisie M/store, mogą wprowadzić "
        '"tłumaczenie" swoich jednostek.',
        _EXAMPLES,
        "tests/rules/test_settings.py::test_a_dictionary_may_translate_to_a_piece",
    ),
    shown(
        "Towary 4.4",
        "Słownik jednostek pozwala wybrać z listy jednostki używane w Subiekcie i przyporządkować im jednostki "
        "obowiązujące w Mstore.",
        "tests/panel/test_editing.py::test_conditions_units_and_statuses_are_kept_as_the_document_has_them",
    ),
    shown(
        "Towary 4.4",
        "Po wprowadzeniu danych, program automatycznie rozpozna i przyporządkuje jednostkę zbiorczą w M/store.",
        _EXAMPLES,
        _MATRIX,
    ),
    shown(
        "Towary 4.4",
        "Cena w Subiekcie musi być podana za całe opakowanie, a stan magazynowy w Subiekcie musi wyrażać liczbę "
        "opakowań, gdyż algorytm nie przelicza niestandardowych jednostek zbiorczych.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.4",
        "Używając niestandardowych jednostek zbiorczych, wprowadzenie tłumaczenia jest absolutnie konieczne.",
        _EXAMPLES,
        "tests/model/test_sentences.py::test_unit_messages_name_what_a_person_has_to_mend",
    ),
    shown(
        "Towary 4.4",
        "Pominięcie tłumaczenia spowoduje, że jednostka zbiorcza będzie interpretowana zgodnie z algorytmem opisanym w "
        "podpunkcie 4.3.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.4",
        "Oznacza to, że jednostka zbiorcza zostanie zinterpretowana jako sztuka i jej cena oraz stan zostaną "
        "wyświetlone w M/store niezgodnie ze stanem faktycznym!",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.4",
        "Warunkiem prawidłowego rozpoznania jednostki zbiorczej w powyższej sytuacji jest ponadto, aby dana jednostka "
        "zbiorcza występowała w M/store tylko 1 raz, gdyż funkcja nie posiada możliwości autonomicznego wyboru "
        "właściwej jednostki (brak podanego przelicznika w Subiekcie).",
        _MATRIX,
    ),
    shown(
        "Towary 4.4",
        "Jeżeli więc dla danego towaru istnieje więcej rodzajów opakowań zbiorczych, to zastosowanie powyższej metody "
        "nie będzie skuteczne.",
        _EXAMPLES,
    ),
    shown(
        "Towary 4.4",
        "W takim przypadku należy skorzystać z metody opisanej powyżej w podpunkcie 4.2.",
        _EXAMPLES,
        _MATRIX,
    ),
)
