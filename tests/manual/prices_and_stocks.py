"""Manual, tabs Ceny and Stany."""

from tests.manual.rows import Row, shown

ROWS: tuple[Row, ...] = (
    shown(
        "Ceny",
        "Zakładka Ceny pozwala na ustalenie, który poziom cen z Subiekta ma być prezentowany jako ceny sprzedaży "
        "towarów poprzez serwis M/store.",
        "tests/rules/test_pricing.py::test_the_chosen_level_is_the_one_sent",
        "tests/rules/test_settings.py::test_a_price_level_that_cannot_be_sent",
    ),
    shown(
        "Ceny",
        "Polecenie Synchronizacja cen włącza/ wyłącza synchronizację cen.",
        "tests/panel/browser/test_from_nothing.py::test_from_an_empty_store_to_a_synchronised_shop",
    ),
    shown(
        "Ceny",
        "Wyłączenie synchronizacji powoduje, że ceny muszą być wpisywane poprzez panel dystrybutora serwisu M/store.",
        "tests/end_to_end/test_switches.py::test_with_price_synchronisation_off_the_panels_price_stays",
    ),
    shown(
        "Ceny",
        "Wybór jednego z poziomów cen powoduje, że cena towaru z wybranego poziomu z Subiekta zostanie wysłana do "
        "serwisu M/store jako cena 1 szt. danego asortymentu.",
        "tests/rules/test_pricing.py::test_the_chosen_level_is_the_one_sent",
        "tests/rules/test_pricing.py::test_price_is_per_sales_unit_with_the_unit_beside_it",
    ),
    shown(
        "Ceny",
        "Jeżeli sprzedaż w M/store odbywa się w innych jednostka miary niż podstawowa jednostka miary z Subiekta, "
        "należy w zakładce Towary skonfigurować sekcję Inna jednostka sprzedaży.",
        "tests/rules/test_pricing.py::test_price_is_per_sales_unit_with_the_unit_beside_it",
    ),
    shown(
        "Stany",
        "Zakładka Stany umożliwia przesyłanie z Subiekta do serwisu M/store aktualnych stanów magazynowych lub "
        "dostępności towarów.",
        "tests/rules/test_availability.py::test_quantity_of_one_product_in_one_branch",
        "tests/rules/test_availability.py::test_stock_synchronisation_off_sends_no_stock",
    ),
    shown(
        "Stany",
        "Jako dostępność rozumiemy stan magazynowy pomniejszony o aktualne rezerwacje.",
        "tests/rules/test_availability.py::test_quantity_of_one_product_in_one_branch",
    ),
    shown(
        "Stany",
        "Stan magazynowy (dostępność) w Subiekcie musi być liczbą całkowitą.",
        "tests/rules/test_availability.py::test_a_fraction_is_floored_with_a_warning",
        "tests/rules/test_availability.py::test_strict_stock_refuses_a_fraction",
        "tests/rules/test_availability.py::test_strict_stock_takes_whole_numbers",
    ),
    shown(
        "Stany",
        "Do serwisu M/store są przekazywane stany (dostępności) z magazynów Subiekta wybranych w zakładce Oddziały.",
        "tests/rules/test_availability.py::test_warehouses_outside_the_branch_do_not_count",
        "tests/rules/test_offering.py::test_every_branch_gets_the_stock_of_its_own_warehouses",
    ),
    shown(
        "Stany",
        "Funkcja Dostępność towaru w ofercie wg stanu magazynowego (3) pozwala na wyłączenie z oferty takiego towaru, "
        "który w magazynie w Subiekcie jest niedostępny (brak stanu lub brak dostępności w zależności od wybranego "
        "typu stanu).",
        "tests/rules/test_availability.py::test_out_is_judged_by_the_kind_of_stock_chosen",
        "tests/rules/test_availability.py::test_out_is_judged_on_the_quantity_sent",
    ),
    shown(
        "Stany",
        "Towar taki zostaje wyłączony z oferty tylko w tym Oddziale M/store, z którym jest powiązany magazyn Subiekta "
        "wykazujący braki (rys. poniżej).",
        "tests/rules/test_availability.py::test_a_product_is_hidden_only_in_the_branch_that_is_out",
    ),
    shown(
        "Stany",
        "Towar wyłączony z oferty nie będzie widoczny dla klientów danego Oddziału.",
        "tests/rules/test_availability.py::test_what_buyers_see_after_our_own_hiding",
    ),
    shown(
        "Stany",
        "Wyłączenie funkcji spowoduje, że towar o zerowym stanie lub zerowej dostępności będzie widoczny w ofercie "
        "M/store, ale klient nie będzie mógł go zakupić.",
        "tests/rules/test_availability.py::test_turning_hiding_off_shows_what_we_had_hidden",
        "tests/rules/test_availability.py::test_what_buyers_see_after_our_own_hiding",
    ),
)
