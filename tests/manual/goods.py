"""Manual, tab Towary without its chapter 4 (units)."""

from tests.manual.rows import Row, shown

_ALL_TERMS = "tests/rules/test_offering.py::test_everything_the_manual_names_travels_in_one_offer"

ROWS: tuple[Row, ...] = (
    shown(
        "Towary",
        "Synchronizacja towarów pozwala na przeniesienie z Subiekta GT do serwisu M/store niektórych informacji o "
        "towarze:",
        _ALL_TERMS,
    ),
    shown("Towary", "cena", _ALL_TERMS, "tests/rules/test_unit_examples.py::test_what_the_shop_is_told"),
    shown(
        "Towary",
        "jednostka sprzedaży wraz z przelicznikiem opakowania zbiorczego",
        _ALL_TERMS,
        "tests/rules/test_unit_examples.py::test_what_the_shop_is_told",
    ),
    shown(
        "Towary",
        "minimalna ilość sprzedaży",
        _ALL_TERMS,
        "tests/rules/test_pricing.py::test_the_minimum_is_in_sales_units_already",
    ),
    shown(
        "Towary",
        "stawka podatku VAT",
        _ALL_TERMS,
        "tests/rules/test_pricing.py::test_the_shops_rate_for_a_symbol_of_the_erp",
        "tests/rules/test_pricing.py::test_the_rate_travels_with_the_offer",
    ),
    shown(
        "Towary",
        "Symbol z Subiekta (jako ID dystrybutora)",
        "tests/rules/test_identify.py::test_the_symbol_travels_as_the_distributors_id",
    ),
    shown(
        "Towary",
        "Towary w serwisie M/store są porównywane z towarami w Subiekcie na podstawie kodu kreskowego EAN.",
        "tests/rules/test_identify.py::test_one_product_with_the_code_is_the_match",
        "tests/model/test_code.py::test_a_upc_is_the_ean_with_a_nought_in_front",
    ),
    shown(
        "Towary",
        "Jeżeli kod kreskowy nie jest zgodny, towar zostanie pominięty.",
        "tests/rules/test_identify.py::test_a_code_the_catalogue_lacks_is_skipped",
        "tests/rules/test_identify.py::test_nothing_is_offered_without_exactly_one_match",
    ),
    shown(
        "Towary",
        "Nazwa towaru oraz kod EAN pochodzą z serwisu M/store i nie podlegają modyfikacji ze strony Subiekta.",
        "tests/rules/test_identify.py::test_name_and_code_never_reach_the_shop",
    ),
    shown(
        "Towary",
        "Synchronizacja towarów nie jest wymagana.",
        "tests/rules/test_settings.py::test_what_is_switched_off_is_not_judged",
        "tests/rules/test_offering.py::test_goods_off_and_stocks_on_sends_stock_in_the_standing_offers_unit",
    ),
    shown(
        "Towary",
        "Brak włączenia synchronizacji powoduje, że wszystkie informacje o towarach muszą być wpisywane manualnie "
        "poprzez panel dystrybutora M/store.",
        "tests/end_to_end/test_switches.py::test_with_goods_off_stock_goes_only_to_offers_that_stand_in_their_unit",
    ),
    shown(
        "Towary 1",
        "Włączenie synchronizacji towarów odbywa się poleceniem 'Włącz synchronizację towarów'.",
        "tests/panel/browser/test_from_nothing.py::test_from_an_empty_store_to_a_synchronised_shop",
    ),
    shown(
        "Towary 2",
        "Kwalifikacja towarów – ustawienie określa, które towary z Subiekta GT mają być synchronizowane do serwisu "
        "M/store:",
        "tests/rules/test_qualify.py::test_a_card_that_qualifies_is_offered_with_price_and_unit",
        "tests/rules/test_qualify.py::test_a_card_that_no_longer_qualifies_leaves_the_offer",
    ),
    shown(
        "Towary 2",
        "Wszystkie towary",
        "tests/rules/test_qualify.py::test_all_products_qualify",
        "tests/rules/test_qualify.py::test_goods_and_sets_are_offered",
    ),
    shown(
        "Towary 2",
        "Spełniające wybrane warunki – można wybrać jeden lub wiele warunków, przy czym aby towar został rozpoznany, "
        "musi spełnić jednocześnie wszystkie wybrane warunki",
        "tests/rules/test_qualify.py::test_a_card_must_meet_all_conditions_at_once",
        "tests/rules/test_qualify.py::test_two_trait_conditions_ask_for_both_traits",
    ),
    shown(
        "Towary 2",
        "Po wyłączeniu kwalifikatora (np. usunięcie Cechy kwalifikującej dany towar do M/store), stan magazynowy "
        "towaru w serwisie M/store zostanie wyzerowany, a towar zostanie wycofany z oferty dystrybutora.",
        "tests/end_to_end/test_withdrawal.py::test_a_card_without_the_trait_is_withdrawn_once_with_no_stock_left",
    ),
    shown(
        "Towary 3",
        "Synchronizacja minimalnej ilości – wybór pola własnego kartoteki towaru w Subiekcie, w którym zostanie "
        "umieszczona wartość minimalnej ilości tego towaru, którą klient może zamówić w ramach 1 pozycji zamówienia "
        "(pole 'Minimalna ilość jedn. sprz.' w M/store)",
        "tests/rules/test_pricing.py::test_the_minimum_is_in_sales_units_already",
        "tests/rules/test_pricing.py::test_a_minimum_field_not_chosen_sends_no_minimum",
    ),
)
